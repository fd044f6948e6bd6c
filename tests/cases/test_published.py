"""Every packaged case is read without an error, and every engine finds what was published, or differs from it exactly as the case says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import pytest
from ruamel.yaml import YAML

from detente.app.expect import expect
from detente.cases import FLAGSHIP, WIDE, expect_path, load, names, path
from detente.concepts.registry import concept
from detente.errors import Severity
from detente.io import read
from detente.model.conflict import Conflict
from detente.preference.order import Order
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from tests.cases.engines import engine, engines
from tests.cases.teaching import lake, markets, neighbours, quarry, resolve
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.drafts import label
from tests.definitions.plain import PlainModel
from tests.definitions.published import CUBAN_RANKINGS, EUPHRATES_RANKINGS, cuban, elmira, euphrates, north_korea, two_by_two

PUBLISHED = [name for name in names() if name not in (FLAGSHIP, WIDE)]
KOREA = [name for name in PUBLISHED if name.startswith("north-korea-2017")]

TYPED = {
    "elmira": elmira(),
    "cuban-missile-crisis": cuban(),
    "cuban-missile-crisis-irreversible": cuban(strike="only_on"),
    "euphrates-1975": euphrates(),
    "north-korea-2017": north_korea("base", "both"),
    "north-korea-2017-irreversible": north_korea("base", "only_on"),
    "north-korea-2017-bloodthirsty": north_korea("bloodthirsty", "only_on"),
    "north-korea-2017-deterrence": north_korea("deterrence", "only_on"),
    "north-korea-2017-pacifist": north_korea("pacifist", "only_on"),
    "prisoners-dilemma": two_by_two("33,14,41,22"),
    "chicken": two_by_two("33,24,42,11"),
    "stag-hunt": two_by_two("44,13,31,22"),
    "deadlock": two_by_two("22,14,41,33"),
    "battle-of-the-sexes": two_by_two("22,43,34,11"),
    "called-bluff": two_by_two("33,24,41,12"),
    "misread-neighbours": neighbours(),
    "unknown-resolve": resolve([1, 2, 4, 3]),
    "shared-lake": lake(),
    "half-known-objection": quarry(),
    "market-days": markets(),
}
"""The same conflicts, typed in a second time by somebody else, for the second statement of the definitions."""

TIED = {"market-days"}
"""The cases whose decision makers don't tell all states apart; all others are printed with strict orders."""

Verdict = Mapping[str, Any]


@cache
def conflict(name: str) -> Conflict:
    """The conflict of a packaged case."""
    return load(name)


@cache
def expected(name: str) -> Mapping[str, Any]:
    """What a case's file of expected verdicts holds, as plain data."""
    file = expect_path(name)
    assert file is not None, f"{name} has no expected verdicts"
    found: Mapping[str, Any] = YAML(typ="safe").load(file)
    return found


@dataclass(frozen=True)
class Found:
    """One engine's answers for one case."""

    name: str
    engine: str

    @property
    def space(self) -> StateSpace:
        return StateSpace(conflict(self.name))

    def numbers(self, states: Any) -> set[int]:
        """The numbers of states that a file of expected verdicts gives: by number, by label, by choice pattern or by name."""
        space = self.space
        by_name = {named.name: conflict(self.name).combination(named.taken) for named in conflict(self.name).named_states}
        by_choice = {space.choice(state): state for state in space.states.each()}
        labels = expected(self.name).get("labels", {})

        def number(state: Any) -> int:
            state = labels.get(state, state)
            return state if isinstance(state, int) else space.number(by_name[state] if state in by_name else by_choice[state])

        return {number(state) for state in states}

    def stable(self, keys: Any, dm: str) -> set[int]:
        """The states where a decision maker stays under a concept, or under one of several."""
        space = self.space
        made = engine(self.engine, space)
        union = StateSet(space, 0)
        for key in [keys] if isinstance(keys, str) else keys:
            union |= made.stable(concept(key), dm)
        return {space.number(state) for state in union.each()}

    def equilibria(self, keys: Any) -> set[int]:
        """The states that are stable for everybody."""
        return set.intersection(*(self.stable(keys, dm.key) for dm in conflict(self.name).decision_makers))


def verdicts() -> list[Any]:
    """Every expected verdict of every case, for every engine."""
    return [
        pytest.param(Found(name, made), verdict, id=f"{name}-{place}-{made}")
        for name in PUBLISHED
        for place, verdict in enumerate(expected(name)["verdicts"], start=1)
        for made in engines()
    ]


@pytest.mark.parametrize("name", names())
def test_a_case_is_read_without_errors(name: str) -> None:
    loaded = read(path(name))
    assert [d for d in loaded.diagnostics if d.severity is Severity.ERROR] == []
    assert loaded.conflict == conflict(name)


@pytest.mark.parametrize(("found", "verdict"), verdicts())
def test_published_verdicts_are_reproduced_or_differ_as_stated(found: Found, verdict: Verdict) -> None:
    assert verdict["source"]
    keys = verdict["concept"]
    assert isinstance(keys, str) or verdict["any"] is True
    if "stable" in verdict:
        computed = {dm: found.stable(keys, dm) for dm in verdict["stable"]}
        assert computed == {dm: found.numbers(states) for dm, states in verdict["stable"].items()}
        return
    computed_equilibria, published = found.equilibria(keys), found.numbers(verdict["equilibria"])
    if "disputed" in verdict:
        assert computed_equilibria != published
        assert computed_equilibria == found.numbers(verdict["computed"])
    else:
        assert computed_equilibria == published


@pytest.mark.parametrize("name", PUBLISHED)
def test_nothing_that_is_expected_goes_unchecked(name: str) -> None:
    assert set(expected(name)) <= {"case", "labels", "counts", "status quo", "verdicts"}
    for verdict in expected(name)["verdicts"]:
        assert set(verdict) <= {"concept", "any", "equilibria", "stable", "source", "disputed", "computed"}
        assert ("equilibria" in verdict) != ("stable" in verdict)
        assert ("disputed" in verdict) == ("computed" in verdict)


@pytest.mark.parametrize("made", engines())
@pytest.mark.parametrize("name", PUBLISHED)
def test_the_program_s_own_comparison_agrees(name: str, made: str) -> None:
    file = expect_path(name)
    assert file is not None
    answer = expect(name, file, engine=made)
    assert answer.holds
    disputed = [claim for claim in answer.claims if claim.disputed is not None]
    assert len(disputed) == sum("disputed" in verdict for verdict in expected(name)["verdicts"])
    assert not any(claim.agrees for claim in disputed)


@pytest.mark.parametrize("name", PUBLISHED)
def test_counts_and_the_status_quo(name: str) -> None:
    space = StateSpace(conflict(name))
    moves = sum(len(space.moves(dm.key, state)) for dm in conflict(name).decision_makers for state in space.states.each())
    computed = {"combinations": conflict(name).combinations, "feasible": space.states.count, "moves": moves}
    for key, count in expected(name)["counts"].items():
        assert computed[key] == count
    if "status quo" in expected(name):
        assert space.status_quo is not None
        assert {space.number(space.status_quo)} == Found(name, "single").numbers([expected(name)["status quo"]])


# -- the data themselves -----------------------------------------------------------------------------------------------
def test_every_published_case_was_typed_twice() -> None:
    assert set(TYPED) == set(PUBLISHED)


def dense(keys: Mapping[int, Any]) -> dict[int, int]:
    """The same order of states as whole numbers from 0 on."""
    levels = sorted(set(keys.values()))
    return {state: levels.index(key) for state, key in keys.items()}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_file_says_what_was_typed_in_a_second_time(name: str) -> None:
    space, model = StateSpace(conflict(name)), TYPED[name]
    assert [dm.key for dm in conflict(name).decision_makers] == model.decision_makers
    numbers = [space.number(state) for state in space.states.each()]
    assert numbers == model.numbers
    for number in numbers:
        members = [tuple(combination.values()) for combination in model.state(number).members]
        width = len(conflict(name).options)
        assert [tuple(bool(member >> k & 1) for k in range(width)) for member in space.members(space.state(number))] == members
    for dm in model.decision_makers:
        arcs = {(s, space.number(t)) for s in numbers for t in space.moves(dm, space.state(s))}
        assert arcs == model.arcs[dm]
        order = Order(space, dm)
        worth = {s: order.key(space.state(s)) for s in numbers}
        assert dense(worth) == dense(model.keys[dm])
        assert name in TIED or len(set(worth.values())) == len(numbers)


@pytest.mark.parametrize("name", [name for name in PUBLISHED if name.startswith("cuban")])
def test_the_cuban_statements_give_the_published_rankings(name: str) -> None:
    space = StateSpace(conflict(name))
    for dm, best_first in CUBAN_RANKINGS.items():
        ranks = Order(space, dm).ranks
        assert sorted(ranks, key=ranks.__getitem__) == best_first
        assert len(set(ranks.values())) == 12


def test_the_statements_of_1975_give_the_published_rankings() -> None:
    space = StateSpace(conflict("euphrates-1975"))
    for dm, best_first in EUPHRATES_RANKINGS.items():
        ranks = Order(space, dm).ranks
        assert [space.number(state) for state in sorted(ranks, key=ranks.__getitem__)] == best_first


@pytest.mark.parametrize("name", [name for name in PUBLISHED if name.startswith(("cuban", "north"))])
def test_the_names_of_states_carry_the_numbers_of_the_publication(name: str) -> None:
    named = {conflict(name).combination(state.taken): state.name for state in conflict(name).named_states}
    assert set(named) == set(StateSpace(conflict(name)).states.each())
    for combination, words in named.items():
        assert int(words.split()[0]) == combination


# -- North Korea 2017: nine runs ---------------------------------------------------------------------------------------
def runs() -> dict[int, set[int]]:
    """The published result of each of the nine runs, by its number, as the articles number the states."""
    found: dict[int, set[int]] = {}
    for verdict in chain.from_iterable(expected(name)["verdicts"] for name in KOREA):
        if match := re.search(r"run (\d) of nine", verdict["source"]):
            assert int(match[1]) not in found
            found[int(match[1])] = {int(state.removeprefix("s")) for state in verdict["equilibria"]}
    return found


def test_the_nine_runs_add_up_to_the_published_count() -> None:
    assert sorted(runs()) == list(range(1, 10))
    assert Counter(chain.from_iterable(runs().values())) == {0: 7, 2: 1, 4: 4, 5: 9, 8: 1, 10: 6, 12: 6}


def keeping_moves_out_of(variant: str, kept: set[int]) -> PlainModel:
    """A variant in which an invasion can be taken back in some states and not in others."""
    model, reversible = north_korea(variant, "only_on"), north_korea(variant, "both")
    numbered = {number: label(model.state(number).combination) for number in model.numbers}
    model.arcs["NK"] |= {(s, t) for s, t in reversible.arcs["NK"] if numbered[s] in kept}
    return model


@pytest.mark.parametrize(
    ("variant", "key", "run"),
    [
        ("base", "SEQ", 3),
        ("bloodthirsty", "SEQ", 4),
        ("bloodthirsty", "SMR", 5),
        ("deterrence", "SEQ", 6),
        ("deterrence", "SMR", 7),
        ("pacifist", "SEQ", 8),
        ("pacifist", "SMR", 9),
    ],
)
def test_the_reading_under_which_the_disputed_run_holds_too(variant: str, key: str, run: int) -> None:
    model = keeping_moves_out_of(variant, {12, 13, 14})
    both = [s for s in model.numbers if all(DEFINITIONS[key](model, i, s) for i in model.decision_makers)]
    assert {label(model.state(s).combination) for s in both} == runs()[run]


def test_what_is_disputed() -> None:
    disputed = [(name, str(verdict["concept"])) for name in PUBLISHED for verdict in expected(name)["verdicts"] if "disputed" in verdict]
    assert disputed == [("north-korea-2017-irreversible", "SEQ"), ("north-korea-2017-pacifist", "['SEQ', 'SIM']")]
