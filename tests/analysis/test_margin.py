"""How far one statement has to be moved before somebody no longer prefers a state: by the first difference, and by trying every move."""

from random import Random

import pytest

from detente.analysis.margin import Margin, margin, narrowest, width
from detente.model.edit import MoveStatement
from detente.preference.order import Order
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict

SHAPE = Shape(most_decision_makers=2, most_options=4, most_states=12, red_lines=0.4, merged=0.0, kinds=("prefers",))


@pytest.mark.parametrize("seed", range(60))
def test_every_move_of_a_statement(seed: int) -> None:
    """No shorter move of one statement undoes the preference, and the one that is named does."""
    rng = Random(seed)
    conflict = random_conflict(rng, SHAPE)
    space = StateSpace(conflict)
    states = tuple(space.states.each())
    for dm in conflict.decision_makers:
        order = Order(space, dm.key)
        places = range(1, len(dm.preference.statements() if dm.preference else ()) + 1)
        moved = {(p, q): Order(StateSpace(MoveStatement(dm.key, p, q).apply(conflict)), dm.key) for p in places for q in places if p != q}
        for better in states:
            for worse in states:
                if not order.prefers(better, worse):
                    continue
                undone = [abs(p - q) for (p, q), changed in moved.items() if not changed.prefers(better, worse)]
                found = margin(order, better, worse)
                assert (None if found is None else found.places) == min(undone, default=None)
                assert found is None or moved[found.lower, found.upper].prefers(worse, better)


def test_the_narrowest_of_several() -> None:
    assert width(None) > width(Margin("A", 1, 9)) > width(Margin("A", 6, 8)) == 2
    assert narrowest({}, (), 0, 1) is None
