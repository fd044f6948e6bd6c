"""The states of a conflict as sets: which member is nearest."""

from __future__ import annotations

from random import Random

from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape


def test_the_nearest_member_is_the_one_that_fewest_options_tell_from_a_state() -> None:
    empty = 0
    for name, conflict in random_conflicts(150, "nearest", Shape(most_options=7, most_states=60)):
        rng, space = Random(name), StateSpace(conflict)
        members = list(space.states.each())
        for size in (0, 1, 3, len(members)):
            chosen, state = rng.sample(members, min(size, len(members))), rng.choice(members)
            expected = min(chosen, key=lambda other: ((other ^ state).bit_count(), other), default=None)
            assert space.set_of(*chosen).nearest(state) == expected, (name, state, chosen)
            empty += expected is None
    assert empty == 150
