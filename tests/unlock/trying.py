"""Preference shifts by trying every choice of orders: which burdens give what is asked for, and which of them no other undercuts.

The *burden* of a decision maker is the number of pairs of states that they come to compare differently.
"""

from __future__ import annotations

from itertools import product

from tests.definitions.inverse import Verdicts, Works, one_alone_is_reached, one_holds, one_is_reached, open_to, start_breaks
from tests.definitions.plain import PlainModel
from tests.unlock.ground import Ground

Burden = tuple[int, ...]
ORDERS = {1: 1, 2: 3, 3: 13, 4: 75, 5: 541}
"""How many weak orders there are of so many states."""


def choices(model: PlainModel) -> int:
    """How many choices of orders for everybody there are; none of models with more states than any order is tried for."""
    return int(ORDERS.get(len(model.numbers), 10**9) ** len(model.decision_makers))


def undercuts(one: Burden, other: Burden) -> bool:
    """Whether one asks no more of anybody than the other."""
    return all(a <= b for a, b in zip(one, other, strict=True))


def minimal(burdens: set[Burden]) -> set[Burden]:
    """The burdens that no other undercuts."""
    return {one for one in burdens if not any(other != one and undercuts(other, one) for other in burdens)}


def works_of(ground: Ground, want: str, start: int, targets: set[int]) -> Works:
    """What is asked for, in the second statement."""
    s, t = ground.number(start), ground.numbers(targets)
    if want == "hold":
        return one_holds(t)
    if want == "break":
        return start_breaks(s)
    return one_is_reached(s, t) if want == "reach" else one_alone_is_reached(s, t)


def by_trying(ground: Ground, profile: dict[str, str], works: Works, red_lines: str) -> set[Burden]:
    """The minimal burdens under which something works."""
    kept = {i: ground.apart(i) for i in ground.parties} if red_lines == "excluded" else {}
    open_orders = [open_to(ground.model, i, kept) for i in ground.parties]
    verdicts, found = Verdicts(ground.model, profile), set[Burden]()
    for choice in sorted(product(*open_orders), key=lambda chosen: sum(d for d, _ in chosen)):
        burden = tuple(d for d, _ in choice)
        if not any(undercuts(known, burden) for known in found) and works(verdicts, tuple(order for _, order in choice)):
            found.add(burden)
    return minimal(found)
