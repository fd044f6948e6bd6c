"""Descriptions hold of exactly the states that they count, whether all states are examples or few are, and however sets are held."""

from __future__ import annotations

from functools import reduce
from random import Random

import pytest

from detente.analysis.many import looking
from detente.analysis.many.clock import Clock
from detente.analysis.many.conditions import Condition, IsTaken, of_options, of_pairs, of_statements
from detente.analysis.many.lines import MOST_LINES, Lines, lines_of
from detente.analysis.many.looking import Look
from detente.cases import load
from detente.model.conflict import Conflict
from detente.model.formula import holds as formula_holds
from detente.model.parse import parse_formula
from detente.space.members import Members
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict, random_formula
from detente.testing.transform import rename
from tests.conformance.seeds import FIXED, fresh
from tests.many.held import WAYS

SHAPE = Shape(most_options=12, most_states=1 << 12, kinds=("prefers", "weights"), merged=0.1)


def holds(space: StateSpace, condition: Condition, state: int) -> bool:
    """Whether a condition is so in all combinations that a state stands for, by the definition of formulas."""
    taken = [space.conflict.taken(member) for member in space.members(state)]
    return all(formula_holds(condition.formula, options.__contains__) for options in taken)


def drawn(random: Random, space: StateSpace) -> set[int]:
    """Some states: scattered ones, those that meet a condition, or such a set with some taken out and some put in."""
    every = list(space.states.each())
    kind = random.choice(("scattered", "condition", "nearly"))
    if kind == "scattered":
        return {state for state in every if random.random() < random.choice((0.02, 0.3, 0.95))}
    keys = [option.key for option in space.conflict.options]
    found = set(space.where(random_formula(random, keys, 4)).each())
    return found if kind == "condition" else {state for state in every if (state in found) != (random.random() < 0.01)}


def check(name: str, space: StateSpace, chosen: set[int], found: Lines) -> None:
    """Everything that a description says, held against the states one by one."""
    every = set(space.states.each())
    assert found.count == len(chosen), name
    assert all(holds(space, condition, state) for condition in found.shared.conditions for state in chosen), name
    for condition in found.shared.options:
        assert not all(holds(space, condition, state) for state in every), name
    among = {state for state in every if all(holds(space, condition, state) for condition in found.shared.conditions)}
    assert found.whole == (among == chosen and bool(chosen)), name
    assert len(found.lines) <= MOST_LINES, name
    left = set(chosen)
    gains = []
    for line in found.lines:
        meeting = {state for state in among if all(holds(space, condition, state) for condition in line.conditions)}
        assert meeting <= chosen, name
        for needed in line.conditions:
            others = [other for other in line.conditions if other is not needed]
            assert any(all(holds(space, other, state) for other in others) for state in among - chosen), name
        assert (len(meeting), len(meeting & left)) == (line.count, line.further), name
        gains.append(line.further)
        left -= meeting
    assert gains == sorted(gains, reverse=True), name
    assert all(gains), name
    assert found.left == (0 if found.whole else len(left)), name


@pytest.mark.parametrize("seed", [FIXED, fresh()])
@pytest.mark.parametrize("examples", [1 << 14, 0])
def test_lines_are_exact(seed: int, examples: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MAX_EXAMPLES", examples)
    monkeypatch.setattr(looking, "DRAWN", 1 << 10 if examples else 16)
    complete = 0
    for number in range(30):
        random = Random(f"{seed} lines {number}")
        space = StateSpace(random_conflict(random, SHAPE))
        chosen = drawn(random, space)
        found = lines_of(Look(space.states), space.set_of(*chosen))
        check(f"{seed} {number}", space, chosen, found)
        complete += not found.left
    assert complete > 10


@pytest.mark.parametrize("way", WAYS)
def test_lines_of_sets_held_in_other_ways(way: type) -> None:
    for number in range(25):
        random = Random(f"held {number}")
        space = StateSpace(random_conflict(random, Shape(most_options=8, most_states=200, merged=0)))
        chosen = drawn(random, space)
        unlisted = StateSpace(space.conflict, list_up_to=0)
        states: Members = way(unlisted, frozenset(space.states.each()))
        members: Members = way(unlisted, frozenset(chosen))
        assert lines_of(Look(states), members) == lines_of(Look(space.states), space.set_of(*chosen)), number


def test_the_equilibria_of_the_talks_are_described_in_few_lines() -> None:
    """A set of 201 equilibria that scattered conditions on single options describe in eleven lines."""
    from detente.analysis.stability import analyse
    from detente.concepts.registry import concept
    from detente.engines.choose import choose

    space = StateSpace(load("gaza-hostage-talks"))
    table = analyse(space, [concept("SEQ")], choose(space, [concept("SEQ")])[0])
    found = lines_of(Look(space.states), table.equilibria("SEQ"))
    check("talks", space, set(table.equilibria("SEQ").each()), found)
    assert found.count == 201
    assert found.left == 0
    assert len(found.lines) <= 7
    assert IsTaken("Supply", True) in found.shared.options


def test_only_some_lines_of_many() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    several = ("Ceasefire and Aid and Disarm", "Pressure and Rebuild and Table", "Guarantee and not Supply", "Access and FreeSelected")
    members = reduce(StateSet.__or__, (space.where(parse_formula(one)) for one in several))
    found = lines_of(Look(space.states), members, most=2)
    assert len(found.lines) == 2
    assert found.left == members.count - sum(line.further for line in found.lines) > 0
    assert lines_of(Look(space.states), members).left == 0


def test_a_scattered_set_is_not_described() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    found = lines_of(Look(space.states), space.set_of(*space.states.sample(100, seed=3)))
    assert found.left == 100 - sum(line.further for line in found.lines) > 0


def test_no_members() -> None:
    space = StateSpace(load("elmira"))
    found = lines_of(Look(space.states), space.set_of())
    assert (found.count, found.lines, found.left, found.whole) == (0, (), 0, False)


def test_all_states() -> None:
    space = StateSpace(load("elmira"))
    found = lines_of(Look(space.states), space.states)
    assert (found.count, found.lines, found.left, found.whole, found.shared.conditions) == (9, (), 0, True, ())


def renamed(conflict: Conflict) -> Conflict:
    """The conflict under names whose alphabetical order is another."""
    makers = {dm.key: f"{9 - place} party" for place, dm in enumerate(conflict.decision_makers)}
    options = {option.key: f"{99 - place} option" for place, option in enumerate(conflict.options)}
    return rename(conflict, makers, options).conflict


def test_other_names_give_the_same_lines_with_other_names() -> None:
    for number in range(20):
        random = Random(f"names {number}")
        space = StateSpace(random_conflict(random, SHAPE))
        other = StateSpace(renamed(space.conflict))
        chosen = drawn(random, space)
        here, there = (lines_of(Look(one.states), one.set_of(*chosen)) for one in (space, other))
        assert (here.count, here.left, here.whole) == (there.count, there.left, there.whole), number
        assert [(line.count, line.further) for line in here.lines] == [(line.count, line.further) for line in there.lines], number
        parts = [(one.shared.conditions, *(line.conditions for line in one.lines)) for one in (here, there)]
        tables = [[[of.where_bits(c.formula) for c in part] for part in found] for of, found in zip((space, other), parts, strict=True)]
        assert tables[0] == tables[1], number


def test_conditions_say_what_their_formulas_mean() -> None:
    conflict = load("gaza-hostage-talks")
    options, pairs, statements = of_options(conflict), tuple(of_pairs(conflict)), of_statements(conflict)
    assert len(options) == 32
    assert len(pairs) == 6 * 16 * 15 // 2
    for one in statements:
        preference = conflict.decision_maker(one.dm).preference
        assert preference is not None
        assert one.when == preference.statements()[one.place - 1].when
    tables = {StateSpace(conflict).where_bits(condition.formula) for condition in pairs}
    assert len(tables) == len(pairs)


def test_when_the_time_is_up_no_more_is_sought() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    members = space.where(parse_formula("Ceasefire and Aid or Disarm and Table"))
    found = lines_of(Look(space.states, Clock(0)), members)
    assert (found.lines, found.left, found.stopped, found.shared.conditions) == ((), members.count, True, ())
    assert not lines_of(Look(space.states, Clock(1000)), members).stopped
