"""A cheapest change of one order, others fixed: one state raised above levels, or lowered below them.

The statement (this project's own; the tests look for counterexamples among all weak orders): where stability of s grows with what
i likes no better than s, no change of i's order that makes s stable costs less than raising s just above the lowest level that does it, at
the price of all states that it comes past: those tied with s, and those better than s up to and including that level. Lowering likewise.
"""

from collections.abc import Callable

from .orders import Levels, levels


def raised(order: Levels, s: int, above: int) -> Levels:
    """The order with s alone just above all states of a level."""
    return levels({t: (above, 1) if t == s else (level, 0) for t, level in enumerate(order, start=1)})


def lowered(order: Levels, s: int, below: int) -> Levels:
    """The order with s alone just below all states of a level."""
    return levels({t: (below, 0) if t == s else (level, 1) for t, level in enumerate(order, start=1)})


def past(order: Levels, s: int, one: int, other: int) -> int:
    """How many states other than s have a level from `one` to `other`."""
    return sum(1 for t, level in enumerate(order, start=1) if t != s and one <= level <= other)


def cheapest_raise(order: Levels, s: int, works: Callable[[Levels], bool]) -> int | None:
    """The price of the least raise of s after which an order works, 0 if the order does as it is, None if none does."""
    own = order[s - 1]
    if works(order):
        return 0
    return next((past(order, s, own, top) for top in range(own, max(order) + 1) if works(raised(order, s, top))), None)


def cheapest_drop(order: Levels, s: int, works: Callable[[Levels], bool]) -> int | None:
    """The price of the least drop of s after which an order works, 0 if the order does as it is, None if none does."""
    own = order[s - 1]
    if works(order):
        return 0
    return next((past(order, s, bottom, own) for bottom in range(own, -1, -1) if works(lowered(order, s, bottom))), None)
