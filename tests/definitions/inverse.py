"""The inverse problem by trying every order of everybody: what is the least change after which something holds?

The cost of new orders is the sum over decision makers of weight times distance (`orders.py`). Inverse graph model: Kinsara, Kilgour &
Hipel 2015, IEEE Trans. SMC: Systems 45:1118 (page not checked); the distance and the four wishes are this project's.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product

from .behaviour import Profile
from .changed import Changed
from .concepts import DEFINITIONS
from .orders import Levels, changed_pairs, compared, keys, levels, weak_orders
from .plain import PlainModel
from .sequences import reachable
from .together import coalition_improvements, groups

Orders = tuple[Levels, ...]
"""An order of each decision maker, in the order of the model."""

Change = frozenset[tuple[str, int, int, int]]
"""What compares differently: (decision maker, s, t, how they compare then), s the lower number."""


class Verdicts:
    """What stays and what improvements lead to in a model whose orders vary; each question is answered by the definitions, once.

    A verdict about i depends on i's order and on which moves of the others are improvements; it is remembered by these.
    """

    def __init__(self, model: PlainModel, profile: Profile) -> None:
        self.model, self.profile = model, profile
        self.place = {i: place for place, i in enumerate(model.decision_makers)}
        self.gains = cache(self._gains)
        self.stays_then = cache(self._stays_then)
        self.reached_then = cache(self._reached_then)

    def under(self, orders: Orders) -> Changed:
        """The model with these orders."""
        return Changed(self.model, {i: keys(orders[self.place[i]]) for i in self.model.decision_makers})

    def _gains(self, j: str, order: Levels) -> frozenset[tuple[int, int]]:
        return frozenset((s, t) for s, t in self.model.arcs[j] if compared(order, t, s) > 0)

    def _stays_then(self, i: str, s: int, own: Levels, gains: tuple[frozenset[tuple[int, int]], ...], some: "Some") -> bool:
        return DEFINITIONS[self.profile[i]](self.under(some.orders), i, s)

    def _reached_then(self, s: int, gains: tuple[frozenset[tuple[int, int]], ...], some: "Some") -> set[int]:
        return reachable(self.under(some.orders), self.model.decision_makers, s, improving=True)

    def stays(self, i: str, s: int, orders: Orders) -> bool:
        """Whether s is stable for i under these orders."""
        gains = tuple(self.gains(j, orders[self.place[j]]) for j in self.model.others(i))
        return self.stays_then(i, s, orders[self.place[i]], gains, Some(orders))

    def holds(self, s: int, orders: Orders) -> bool:
        """Whether s is stable for everybody under these orders."""
        return all(self.stays(i, s, orders) for i in self.model.decision_makers)

    def improved_to(self, s: int, orders: Orders) -> set[int]:
        """R_N^+(s) under these orders."""
        gains = tuple(self.gains(j, orders[self.place[j]]) for j in self.model.decision_makers)
        return self.reached_then(s, gains, Some(orders))


class Some:
    """Orders that stand for all that answer alike: any two are equal, so that they do not count in what is remembered."""

    def __init__(self, orders: Orders) -> None:
        self.orders = orders

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Some)

    def __hash__(self) -> int:
        return 0


Works = Callable[[Verdicts, Orders], bool]


def one_holds(targets: set[int]) -> Works:
    """Some wanted state holds."""
    return lambda verdicts, orders: any(verdicts.holds(x, orders) for x in targets)


def start_breaks(start: int) -> Works:
    """Somebody leaves the start."""
    return lambda verdicts, orders: not verdicts.holds(start, orders)


def is_reached(start: int, x: int, verdicts: Verdicts, orders: Orders) -> bool:
    """Whether improvements lead from a start that does not hold to x, or a group of two or more gains by going there."""
    if x in verdicts.improved_to(start, orders) and not verdicts.holds(start, orders):
        return True
    then = verdicts.under(orders)
    return any(x in coalition_improvements(then, group, start) for group in groups(then, least=2))


def one_is_reached(start: int, targets: set[int]) -> Works:
    """Some wanted state holds and is reached from the start."""
    return lambda verdicts, orders: any(verdicts.holds(x, orders) and is_reached(start, x, verdicts, orders) for x in targets)


def one_alone_is_reached(start: int, targets: set[int]) -> Works:
    """Some wanted state holds and is reached, and improvements lead from the start to no other state that holds."""
    return lambda verdicts, orders: any(
        verdicts.holds(x, orders)
        and is_reached(start, x, verdicts, orders)
        and not any(verdicts.holds(y, orders) for y in verdicts.improved_to(start, orders) - {x, start})
        for x in targets
    )


@cache
def all_orders(m: int) -> tuple[Levels, ...]:
    """Every weak order of m states."""
    return tuple(weak_orders(m))


@cache
def by_distance(order: Levels) -> tuple[tuple[int, Levels], ...]:
    """Every weak order with its distance from one, nearest first."""
    return tuple(sorted((len(changed_pairs(order, other)), other) for other in all_orders(len(order))))


def orders_of(model: PlainModel) -> Orders:
    """The orders that a model has."""
    return tuple(levels(model.keys[i]) for i in model.decision_makers)


def open_to(model: PlainModel, i: str, kept: Mapping[str, set[tuple[int, int]]]) -> list[tuple[int, Levels]]:
    """Every order that i could come to have, with its distance, if the pairs in `kept` must compare as before."""
    now = levels(model.keys[i])
    held = kept.get(i, set())
    return [(d, order) for d, order in by_distance(now) if all(compared(order, s, t) == compared(now, s, t) for s, t in held)]


def by_cost(
    model: PlainModel, weights: Mapping[str, int] | None = None, kept: Mapping[str, set[tuple[int, int]]] | None = None
) -> Iterator[tuple[int, Orders]]:
    """Every choice of orders for everybody with its cost, cheapest first."""
    choices: list[dict[int, list[Levels]]] = []
    for i in model.decision_makers:
        priced: dict[int, list[Levels]] = {}
        for d, order in open_to(model, i, kept or {}):
            priced.setdefault(d * (weights or {}).get(i, 1), []).append(order)
        choices.append(priced)

    def spread(total: int, rest: list[dict[int, list[Levels]]]) -> Iterator[Orders]:
        if not rest:
            if total == 0:
                yield ()
            return
        for price in sorted(rest[0]):
            if price <= total:
                for others in spread(total - price, rest[1:]):
                    for order in rest[0][price]:
                        yield (order, *others)

    for total in range(sum(max(priced) for priced in choices) + 1):
        for orders in spread(total, choices):
            yield total, orders


def cheapest(
    verdicts: Verdicts, works: Works, weights: Mapping[str, int] | None = None, kept: Mapping[str, set[tuple[int, int]]] | None = None
) -> tuple[int, set[Orders]] | None:
    """The least cost at which something works, with all orders that do it at that cost; None if nothing does it."""
    least, found = None, set()
    for cost, orders in by_cost(verdicts.model, weights, kept):
        if least is not None and cost > least:
            break
        if works(verdicts, orders):
            least = cost
            found.add(orders)
    return None if least is None else (least, found)


def change(model: PlainModel, orders: Orders) -> Change:
    """What compares differently under other orders than the model's."""
    return frozenset(
        (i, s, t, compared(order, s, t))
        for i, order in zip(model.decision_makers, orders, strict=True)
        for s, t in changed_pairs(levels(model.keys[i]), order)
    )


def minimal_changes(verdicts: Verdicts, works: Works, kept: Mapping[str, set[tuple[int, int]]] | None = None) -> set[Change]:
    """All changes after which something works and of which no proper part, that is a change to orders too, does it."""
    working = [change(verdicts.model, orders) for _, orders in by_cost(verdicts.model, None, kept) if works(verdicts, orders)]
    minimal: list[Change] = []
    for one in working:  # a proper part costs less, and comes before
        if not any(other < one for other in minimal):
            minimal.append(one)
    return set(minimal)


Burden = tuple[int, ...]
"""How many pairs each decision maker comes to compare differently, in the order of the model."""


def lighter(one: Burden, other: Burden) -> bool:
    """Whether a burden is for nobody greater than another, and for somebody less."""
    return one != other and all(mine <= theirs for mine, theirs in zip(one, other, strict=True))


def minimal_burdens(
    verdicts: Verdicts, works: Mapping[int, Works], kept: Mapping[str, set[tuple[int, int]]] | None = None
) -> set[tuple[Burden, int]]:
    """All burdens at which some wish comes true and no lighter burden makes any true, each with every wish that it makes true.

    All orders of everybody are tried, but those whose burden is heavier than one that is known to do.
    """
    model = verdicts.model
    by_burden: list[dict[int, list[Levels]]] = []
    for i in model.decision_makers:
        orders: dict[int, list[Levels]] = {}
        for d, order in open_to(model, i, kept or {}):
            orders.setdefault(d, []).append(order)
        by_burden.append(orders)
    found: set[tuple[Burden, int]] = set()
    for burden in sorted(product(*by_burden), key=lambda one: (sum(one), one)):
        if any(lighter(known, burden) for known, _ in found):
            continue
        waiting = set(works)
        for choice in product(*(orders[d] for orders, d in zip(by_burden, burden, strict=True))):
            done = {wish for wish in waiting if works[wish](verdicts, choice)}
            found |= {(burden, wish) for wish in done}
            waiting -= done
            if not waiting:
                break
    return found
