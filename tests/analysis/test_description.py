"""Conditions that describe a set of states hold of its members and of no other state."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.description import MOST_CASES, Case, described
from detente.cases import load
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from tests.conformance.seeds import FIXED, fresh


def holds(space: StateSpace, case: Case, state: int) -> bool:
    """Whether a case is so in a state: in all combinations that it merges."""
    choice = dict(zip((option.key for option in space.conflict.options), space.choice(state), strict=True))
    return all(choice[key] == "Y" for key in case.taken) and all(choice[key] == "N" for key in case.not_taken)


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_exact_descriptions(seed: int | str) -> None:
    """Random sets of states, small and large, of all kinds of spaces."""
    exact = 0
    for name, conflict in random_conflicts(200, f"{seed} description"):
        random, space = Random(f"{name} set"), StateSpace(conflict)
        every = set(space.states.each())
        chosen = {state for state in every if random.random() < random.choice((0.1, 0.5, 0.9))}
        found = described(space.set_of(*chosen))
        assert found.count == len(chosen), name
        for key in found.common.taken:
            assert all(holds(space, Case((key,), (), 0), state) for state in chosen), name
        for key in found.common.not_taken:
            assert all(holds(space, Case((), (key,), 0), state) for state in chosen), name
        assert len(found.cases) <= MOST_CASES, name
        if found.cases:
            exact += 1
            assert {state for state in every if any(holds(space, case, state) for case in found.cases)} == chosen, name
            left = set(chosen)
            for case in found.cases:
                new = {state for state in left if holds(space, case, state)}
                assert len(new) == case.count > 0, name
                left -= new
            check_short(name, space, found.cases, every, chosen)
    assert exact > 50


def check_short(name: str, space: StateSpace, cases: tuple[Case, ...], every: set[int], chosen: set[int]) -> None:
    """Without any one condition a case would hold of a state outside the set."""
    for case in cases:
        shorter = [Case(tuple(k for k in case.taken if k != key), case.not_taken, 0) for key in case.taken]
        shorter += [Case(case.taken, tuple(k for k in case.not_taken if k != key), 0) for key in case.not_taken]
        for one in shorter:
            assert any(holds(space, one, state) for state in every - chosen), (name, case, one)


def test_no_states_and_many_cases() -> None:
    space = StateSpace(load("gaza-hostage-talks"))
    assert described(space.set_of()).cases == ()
    scattered = space.set_of(*space.states.sample(40, seed=3))
    assert described(scattered).count == 40
    assert described(scattered).cases == ()
