"""The moves of the space are those of the second statement, found among all changes or among the feasible combinations."""

from __future__ import annotations

import pytest

from detente.space import listing
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape
from tests.conformance.seeds import fresh
from tests.definitions.adapter import plain_model


@pytest.mark.parametrize("few", [0, 26], ids=["among the feasible", "among all changes"])
def test_moves(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_FEW_BITS", few)
    found = 0
    for name, conflict in random_conflicts(300, fresh(), Shape(merged=0.4, unperceived=0.3, shared=0.2)):
        space, model = StateSpace(conflict), plain_model(conflict)
        for dm in space.masks:
            arcs = {(space.number(s), space.number(t)) for s in space.states.each() for t in space.moves(dm, s)}
            assert arcs == model.arcs[dm], (name, dm)
            found += len(arcs)
            for s in space.states.each():
                flips = [flip for flip, _ in space.flips(dm, s)]
                assert flips == sorted(flips), (name, dm, s)
    assert found > 5_000


def test_moves_that_nothing_forbids_are_not_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among a million states a verdict asks for a hundred thousand times the moves of somebody."""
    conflicts = [conflict for _, conflict in random_conflicts(50, fresh(), Shape(merged=0.0, bans=0.0, unperceived=0.0))]

    def flips(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(listing.Listing, "flips", flips)
    for conflict in conflicts:
        space, model = StateSpace(conflict), plain_model(conflict)
        for dm in space.masks:
            assert {(space.number(s), space.number(t)) for s in space.states.each() for t in space.moves(dm, s)} == model.arcs[dm]
