"""The condensed graph of improvements: it is that of the second statement, in each of its forms, and of any size."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
import pytest

from detente.analysis import basins
from detente.analysis.basins import Condensed, condensed
from detente.cases import load
from detente.engines.array import improving
from detente.engines.array.improving import GREATEST, LEAST, UNION, Improvements
from detente.errors import LimitError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.model.preference import Preference, Statement
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import FIXED, fresh
from tests.definitions import basins as naive
from tests.definitions.adapter import plain_model

SHAPE = Shape(most_decision_makers=3, most_options=5, most_states=32)
MODELS = 60


def numbers(space: StateSpace, found: Condensed, place: int) -> set[int]:
    """The states of a group, by number."""
    return {space.number(state) for state in found.members[place].each()}


def wants(*texts: str) -> Preference:
    return OptionPrioritization(tuple(Statement(parse_formula(text)) for text in texts))


def turning(random: Random) -> Conflict:
    """A conflict of parties with an option each, who want it to be as some other is, or otherwise: improvements often go round."""
    keys = [f"o{k}" for k in range(random.randint(2, 5))]
    parties = []
    for key in keys:
        either = [f"{key} iff {other}" for other in keys if other != key]
        parties.append(
            DecisionMaker(
                key, key, wants(*(random.choice(["", "not "]) + f"({one})" for one in random.sample(either, min(2, len(either)))))
            )
        )
    return Conflict("turning", tuple(parties), tuple(Option(key, key, (key,)) for key in keys), status_quo=frozenset())


def agree(conflict: Conflict, found: Condensed) -> None:
    """Compare with the second statement: all ends told apart."""
    space, model = StateSpace(conflict), plain_model(conflict)
    told = [numbers(space, found, place) for place in range(len(found.groups))]
    ending = [place for place, group in enumerate(found.groups) if group.kind in ("equilibrium", "cycle")]
    assert {frozenset(told[place]) for place in ending} == naive.ends(model)
    assert len(ending) == found.ends
    assert all((found.groups[place].kind == "cycle") == (len(told[place]) > 1) for place in ending)
    leading = {
        frozenset(frozenset(told[end]) for end in group.ends): told[place]
        for place, group in enumerate(found.groups)
        if group.kind == "leading"
    }
    assert leading == naive.groups(model)
    expected = {
        (i, j): by for i, one in enumerate(told) for j, other in enumerate(told) if i != j and (by := naive.leads(model, one, other))
    }
    assert {(lead.start, lead.end): dict(lead.by) for lead in found.leads} == expected
    assert sorted(number for group in told for number in group) == model.numbers
    for place, group in enumerate(found.groups):
        assert group.states == len(told[place])
        assert group.holds_status_quo == (space.status_quo is not None and space.number(space.status_quo) in told[place])
        assert space.number(group.first) == (
            space.number(space.status_quo) if group.holds_status_quo and space.status_quo is not None else min(told[place])
        )


@pytest.mark.parametrize("seed", [FIXED, None])
@pytest.mark.parametrize("few", [0, improving.FEW_PAIRS])
def test_random_conflicts_in_both_forms(monkeypatch: pytest.MonkeyPatch, few: int, seed: int | None) -> None:
    """With lists of moves where they are few, and by sorting wherever moves compose."""
    monkeypatch.setattr(improving, "FEW_PAIRS", few)
    monkeypatch.setattr(improving, "_BLOCK", 64)
    monkeypatch.setattr(basins, "GROUPS", 50)
    monkeypatch.setattr(basins, "ENDS", 40)
    random, cycles, several, composing = Random(fresh() if seed is None else seed), 0, 0, 0
    for _ in range(MODELS):
        conflict = turning(random) if random.random() < 0.3 else random_conflict(random, SHAPE)
        found = condensed(StateSpace(conflict))
        agree(conflict, found)
        cycles += any(group.kind == "cycle" for group in found.groups)
        several += any(len(group.ends) > 1 for group in found.groups)
        composing += StateSpace(conflict).moves_compose
    if seed is not None:
        assert min(cycles, several, composing, MODELS - composing) > 0, "the drawn conflicts have everything in them"


@pytest.mark.parametrize("name", ["elmira", "cuban-missile-crisis-irreversible", "north-korea-2017-pacifist", "euphrates-1975"])
def test_packaged_cases(name: str) -> None:
    agree(load(name), condensed(StateSpace(load(name))))


def test_both_forms_agree_on_the_talks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where improvements lead among ten thousand states, of which most combinations are none."""
    space = StateSpace(load("gaza-hostage-talks"))
    listed = condensed(space)
    monkeypatch.setattr(improving, "FEW_PAIRS", 0)
    assert condensed(space) == listed
    assert len(listed.groups) <= basins.GROUPS
    assert sum(group.states for group in listed.groups) == space.states.count
    assert sum(group.count for group in listed.groups) == listed.ends


def test_ends_that_are_not_told_apart_are_one_group(monkeypatch: pytest.MonkeyPatch) -> None:
    """The states of each group are those that lead to the same of the ends that are told apart, and to some other or to none."""
    random, joined = Random(FIXED), 0
    for _ in range(30):
        conflict = random_conflict(random, SHAPE)
        space, model = StateSpace(conflict), plain_model(conflict)
        monkeypatch.setattr(basins, "GROUPS", 6)
        found = condensed(space)
        told = [frozenset(numbers(space, found, place)) for place in range(len(found.groups))]
        assert len(found.groups) <= 6
        last = [place for place, group in enumerate(found.groups) if group.kind == "other ends"]
        apart = [told[place] for place, group in enumerate(found.groups) if group.kind in ("equilibrium", "cycle")]
        others = naive.ends(model) - set(apart)
        assert (len(others) > 0) == bool(last)
        for place in last:
            assert (told[place], found.groups[place].count) == (frozenset().union(*others), len(others))
            joined += 1
        expected: dict[tuple[frozenset[frozenset[int]], bool], set[int]] = {}
        for reached, states in naive.groups(model).items():
            expected.setdefault((reached & frozenset(apart), bool(reached & others)), set()).update(states)
        assert {
            (frozenset(told[end] for end in group.ends if end not in last), bool(set(group.ends) & set(last))): set(told[place])
            for place, group in enumerate(found.groups)
            if group.kind == "leading"
        } == expected
    assert joined > 3


def test_what_the_status_quo_leads_to_is_told_apart_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of eight equilibria, one for each thing that nobody decides, the one of the status quo is kept when few are."""
    keys = [f"o{k}" for k in range(4)]
    party = DecisionMaker("A", "A", wants("o3"))
    options = tuple(Option(key, key, ("A",) if key == "o3" else ()) for key in keys)
    for number in range(8):
        start = frozenset(key for bit, key in enumerate(keys[:3]) if number >> bit & 1)
        space = StateSpace(Conflict("eight", (party,), options, status_quo=start))
        assert condensed(space).ends == 8
        monkeypatch.setattr(basins, "GROUPS", 5)
        few = condensed(space)
        assert [group.kind for group in few.groups] == ["equilibrium", "other ends", "leading", "leading"]
        assert few.groups[0].first == number | 8
        assert few.groups[2].holds_status_quo


@pytest.mark.parametrize("count", [14, pytest.param(20, marks=pytest.mark.long)])
def test_a_wheel_of_any_size(count: int) -> None:
    """Parties with an option each, who want it to be as that of the one before: it ends where all are alike, as the first is."""
    keys = [f"o{k}" for k in range(count)]
    parties = tuple(DecisionMaker(key, key, wants(f"{key} iff {before}")) for before, key in pairwise([keys[0], *keys]))
    conflict = Conflict("wheel", parties, tuple(Option(key, key, (key,)) for key in keys), status_quo=frozenset())
    found = condensed(StateSpace(conflict))
    assert [(group.kind, group.first, group.states) for group in found.groups[:2]] == [
        ("equilibrium", 0, 1),
        ("equilibrium", (1 << count) - 1, 1),
    ]
    assert [(group.kind, group.states, group.ends) for group in found.groups[2:]] == [
        ("leading", (1 << count - 1) - 1, (0,)),
        ("leading", (1 << count - 1) - 1, (1,)),
    ]


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(improving, "FEW_PAIRS", 0)
    monkeypatch.setattr(improving, "MAX_COMBINATIONS", 8)
    monkeypatch.setattr(improving, "MAX_PAIRS", 100)
    wide = Conflict("wide", (DecisionMaker("A", "A"),), tuple(Option(f"o{k}", "o", ("A",)) for k in range(4)))
    with pytest.raises(LimitError, match="S347"):
        condensed(StateSpace(wide))


@pytest.mark.parametrize("few", [0, improving.FEW_PAIRS])
def test_values_travel_both_ways(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    """What one improvement leads to, and from, by the ranks themselves; equal states are not led to."""
    monkeypatch.setattr(improving, "FEW_PAIRS", few)
    levels: tuple[tuple[frozenset[str], ...], ...] = ((frozenset(),), (frozenset("x"), frozenset("y")), (frozenset("xy"),))
    options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    graph = Improvements(StateSpace(Conflict("four", (DecisionMaker("A", "A", StateRanking(levels)),), options)))
    value = np.array([1, 2, 4, 8], np.int32)
    assert graph.one("A", value, UNION).tolist() == [0, 1, 1, 7]
    assert graph.one("A", value, UNION, forward=True).tolist() == [14, 8, 8, 0]
    assert graph.one("A", value, GREATEST).tolist() == [0, 1, 1, 4]
    assert graph.one("A", value, LEAST, forward=True).tolist() == [2, 8, 8, LEAST.neutral]
    assert graph.closed(value, GREATEST).tolist() == [1, 2, 4, 8]
    assert graph.closed(value, LEAST).tolist() == [1, 1, 1, 1]
