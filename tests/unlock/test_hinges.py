"""What a bargain hangs on, by the program and by the naive statement of a conflict whose statements stand in another order."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from detente.analysis.bargain import bargain
from detente.analysis.hinges import After, decisive, hinges
from detente.model.conflict import Conflict
from detente.testing.models import Shape
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.adapter import plain_model
from tests.definitions.bargain import better_for_all, worse_for_none
from tests.unlock.ground import Ground, grounds

STATEMENTS = Shape(most_decision_makers=3, most_options=4, most_states=16, red_lines=0.3)
"""All kinds of preference; those without statements have nothing to move."""


def with_moved(conflict: Conflict, dm: str, place: int, to: int) -> Conflict:
    """The conflict with one statement of a decision maker at another place, both from 1."""

    def moved(party: str) -> Conflict:
        found = conflict.decision_maker(party)
        assert found.preference is not None
        statements = list(found.preference.statements())
        statements.insert(to - 1, statements.pop(place - 1))
        preference = found.preference.with_statements(tuple(statements))
        parties = tuple(replace(d, preference=preference) if d.key == party else d for d in conflict.decision_makers)
        return replace(conflict, decision_makers=parties)

    return moved(dm)


def after(ground: Ground, dm: str, place: int, to: int, s: int) -> After:
    """How many states are better for all and worse for none, with a statement moved, by the second statement."""
    model = plain_model(with_moved(ground.conflict, dm, place, to))
    return After(len(better_for_all(model, s)), len(worse_for_none(model, s)))


def compare(name: str, ground: Ground, random: Random) -> int:
    """One start with every pair of statements; how many pairs there are."""
    s = random.choice(ground.model.numbers)
    found = hinges(bargain(ground.space, ground.state(s)))
    expected = {
        (dm.key, upper, lower)
        for dm in ground.conflict.decision_makers
        for lower in range(2, len(dm.preference.statements() if dm.preference else ()) + 1)
        for upper in range(1, lower)
    }
    assert {(hinge.dm, hinge.upper, hinge.lower) for hinge in found} == expected, name
    assert len(found) == len(expected), name
    for hinge in found:
        assert hinge.lowered == after(ground, hinge.dm, hinge.upper, hinge.lower, s), (name, s, hinge)
        assert hinge.raised == after(ground, hinge.dm, hinge.lower, hinge.upper, s), (name, s, hinge)
    closest = {
        hinge
        for hinge in found
        if hinge.empties
        and not any(
            other.empties and other != hinge and other.dm == hinge.dm and hinge.upper <= other.upper and other.lower <= hinge.lower
            for other in found
        )
    }
    assert set(decisive(found)) == closest, name
    return len(found)


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_hinges(seed: object) -> None:
    random = Random(f"{seed} hinges")
    assert sum(compare(name, ground, random) for name, ground in grounds(120, f"{seed} hinges", STATEMENTS)) > 100
