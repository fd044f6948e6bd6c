"""What holds in every model: implications, existence, and changes whose effect is known, over random plain models."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

import pytest

from tests.definitions.concepts import DEFINITIONS, equilibria
from tests.definitions.drafts import Draft, label, random_draft
from tests.definitions.plain import PlainModel

Verdicts = Mapping[tuple[str, str, int], bool]


def drafts(seed: int, count: int, least: int = 2, most: int = 3, plain: bool = False) -> Iterator[Draft]:
    random = Random(seed)
    for _ in range(count):
        yield random_draft(random, least, most, plain)


def verdicts(model: PlainModel, *concepts: str) -> Verdicts:
    """For each concept (all, unless some are named), decision maker and state whether it is stable."""
    return {
        (concept, i, s): DEFINITIONS[concept](model, i, s)
        for concept in concepts or DEFINITIONS
        for i in model.decision_makers
        for s in model.numbers
    }


IMPLICATIONS = [
    ("Nash", "SSEQ"),
    ("SSEQ", "SEQ"),
    ("SEQ", "GMR"),
    ("SSEQ", "SMR"),
    ("SMR", "GMR"),
    ("Nash", "SIM"),
]


def test_implications() -> None:
    tried = dict.fromkeys(IMPLICATIONS, 0)
    for draft in drafts(seed=1, count=1500, least=1, most=4):
        found = verdicts(draft.build())
        for (concept, i, s), stable in found.items():
            for stronger, weaker in IMPLICATIONS:
                if concept == stronger and stable:
                    tried[stronger, weaker] += 1
                    assert found[weaker, i, s], (stronger, weaker, i, s, draft)
    assert min(tried.values()) > 1000


def test_with_two_decision_makers_sim_implies_gmr() -> None:
    """With one owner for each option: the other's half of a joint change is a move of theirs after i's."""
    for draft in drafts(seed=2, count=1000, most=2, plain=True):
        found = verdicts(draft.build(), "SIM", "GMR")
        assert all(found["GMR", i, s] for (concept, i, s), stable in found.items() if concept == "SIM" and stable), draft


def test_alone_every_concept_is_nash() -> None:
    for draft in drafts(seed=3, count=100, least=1, most=1):
        found = verdicts(draft.build())
        assert all(stable == found["Nash", i, s] for (_, i, s), stable in found.items()), draft


def test_a_gmr_equilibrium_exists() -> None:
    for draft in drafts(seed=4, count=1500, most=4):
        assert equilibria(draft.build(), "GMR"), draft


def test_a_seq_equilibrium_exists_in_plain_option_form() -> None:
    """With one owner for each option, no merged states and nothing unperceived, so that moves are transitive."""
    for draft in drafts(seed=5, count=1500, most=4, plain=True):
        assert equilibria(draft.build(), "SEQ"), draft


def test_where_nobody_can_move_on_there_is_a_nash_equilibrium() -> None:
    """With every option one-way the moves make no cycle, so that they end."""
    for draft in drafts(seed=6, count=100, plain=True):
        one_way = replace(draft, options=tuple((owners, "only_on") for owners, _ in draft.options))
        assert equilibria(one_way.build(), "Nash"), draft


def changed(old: Verdicts, new: Verdicts, focal: str) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """The verdicts for the focal decision maker that were gained and those that were lost, as (concept, state)."""
    mine = [(concept, i, s) for concept, i, s in old if i == focal]
    gained = {(concept, s) for concept, i, s in mine if new[concept, i, s] and not old[concept, i, s]}
    lost = {(concept, s) for concept, i, s in mine if old[concept, i, s] and not new[concept, i, s]}
    return gained, lost


def with_option(draft: Draft, k: int, option: tuple[str, str]) -> Draft:
    return replace(draft, options=(*draft.options[:k], option, *draft.options[k + 1 :]))


class TestMoreMoves:
    """States and preferences fixed: more moves for the others destroy no stability of i's, more for i create none."""

    @staticmethod
    def check(old: Verdicts, draft: Draft, i: str, theirs: bool) -> int:
        gained, lost = changed(old, verdicts(draft.build()), i)
        assert not (lost if theirs else gained), (i, draft, gained, lost)
        return len(gained) + len(lost)

    @pytest.mark.parametrize("theirs", [True, False])
    def test_a_one_way_option_becomes_two_way(self, theirs: bool) -> None:
        effects = 0
        for draft in drafts(seed=7, count=250, plain=True):
            old = verdicts(draft.build())
            for k, (owner, direction) in enumerate(draft.options):
                more = with_option(draft, k, (owner, "both"))
                for i in draft.levels:
                    if direction != "both" and (i != owner) == theirs:
                        effects += self.check(old, more, i, theirs)
        assert effects > 50

    @pytest.mark.parametrize("theirs", [True, False])
    def test_an_option_gains_an_owner(self, theirs: bool) -> None:
        effects = 0
        for draft in drafts(seed=8, count=150, plain=True):
            old = verdicts(draft.build())
            for k, (owner, direction) in enumerate(draft.options):
                for j in draft.levels:
                    more = with_option(draft, k, (owner + j, direction))
                    for i in draft.levels:
                        if j != owner and (i != j) == theirs:
                            effects += self.check(old, more, i, theirs)
        assert effects > 50

    @pytest.mark.parametrize("theirs", [True, False])
    def test_somebody_perceives_what_they_did_not(self, theirs: bool) -> None:
        effects = 0
        for draft in drafts(seed=9, count=250, plain=True):
            for j in draft.levels:
                old = verdicts(replace(draft, hidden={j: draft.feasible[1:3]}).build())
                for i in draft.levels:
                    if (i != j) == theirs:
                        effects += self.check(old, draft, i, theirs)
        assert effects > 50


def test_gmr_and_smr_do_not_depend_on_the_preferences_of_others() -> None:
    for draft in drafts(seed=10, count=100):
        found = verdicts(draft.build(), "Nash", "GMR", "SMR")
        for i in draft.levels:
            others = {j: levels if j == i else levels[::-1] for j, levels in draft.levels.items()}
            again = verdicts(replace(draft, levels=others).build(), "Nash", "GMR", "SMR")
            assert changed(found, again, i) == (set(), set())


def test_only_the_order_of_the_levels_counts() -> None:
    for draft in drafts(seed=11, count=100):
        cubes = {i: tuple(level**3 - 5 for level in levels) for i, levels in draft.levels.items()}
        assert verdicts(replace(draft, levels=cubes).build()) == verdicts(draft.build())


def test_the_indifferent_are_nash_stable_everywhere() -> None:
    for draft in drafts(seed=12, count=100):
        model = replace(draft, levels={**draft.levels, "A": (0,) * len(draft.levels["A"])}).build()
        assert all(DEFINITIONS["Nash"](model, "A", s) for s in model.numbers)


def test_somebody_indifferent_without_moves_changes_nothing() -> None:
    for draft in drafts(seed=13, count=100):
        found = verdicts(draft.build())
        guest = replace(draft, levels={**draft.levels, "Z": (0,) * len(draft.levels["A"])})
        again = verdicts(guest.build())
        assert {key: stable for key, stable in again.items() if key[1] != "Z"} == found
        assert all(stable for key, stable in again.items() if key[1] == "Z")


def test_reordering_options_and_decision_makers_permutes_the_verdicts() -> None:
    """Also where states are merged, as long as the preference over the states stays the same."""
    random = Random(14)
    for draft in drafts(seed=14, count=400):
        model = draft.build()
        order = random.sample(range(len(draft.options)), len(draft.options))

        def turned(old: int, order: list[int] = order) -> int:
            return sum(2**place for place, k in enumerate(order) if old >> k & 1)

        labels = {turned(old): old for old in draft.feasible}
        moved = Draft(
            options=tuple(draft.options[k] for k in order),
            feasible=tuple(sorted(labels)),
            merged=tuple(turned(old) for old in draft.merged),
            levels={},
            hidden={i: tuple(turned(old) for old in hidden) for i, hidden in draft.hidden.items()},
        )
        blank = replace(moved, levels={i: (0,) * len(model.states) for i in draft.levels}).build()
        by_members = {frozenset(map(label, state.members)): state.number for state in model.states}
        old_number = {state.number: by_members[frozenset(labels[label(member)] for member in state.members)] for state in blank.states}
        numbers = [old_number[number] for number in blank.numbers]
        levels = {i: tuple(draft.levels[i][s - 1] for s in numbers) for i in reversed(list(draft.levels))}
        again = verdicts(replace(moved, levels=levels).build())
        assert {(concept, i, old_number[s]): stable for (concept, i, s), stable in again.items()} == verdicts(model)
