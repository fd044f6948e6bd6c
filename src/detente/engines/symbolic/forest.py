"""Decision diagrams in this process: a small table of nodes in plain Python, which needs no library and can be interrupted.

The stable states of a conflict are small diagrams even where there are 2**100 of them, so that counting, searching and combining them
needs no more than a walk over their nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import TypeVar

from detente.engines.symbolic.table import Table
from detente.model.formula import And, Const, Formula, If, Iff, Not, Or, Taken

T = TypeVar("T")
NOTHING, EVERYTHING = 0, 1
"""The nodes that hold nowhere and everywhere."""


class Forest:
    """Reduced ordered binary decision diagrams (Bryant 1986) in one order, which share their nodes.

    Parameters
    ----------
    order
        The options' places, the top level first; it becomes `order`.

    Attributes
    ----------
    level, low, high
        For each node its level, and the nodes that follow where its option is not taken and where it is.  Children have smaller numbers
        than their parents.

    Examples
    --------
    >>> forest = Forest((1, 0))
    >>> both = forest.both(forest.taken(0), forest.taken(1))
    >>> forest.count(both), list(forest.each(forest.either(forest.taken(0), forest.taken(1))))
    (1, [1, 2, 3])
    """

    def __init__(self, order: Sequence[int]) -> None:
        self.order = tuple(order)
        self.level_of = {place: level for level, place in enumerate(order)}
        bottom = len(self.order)
        self.level, self.low, self.high = [bottom, bottom], [0, 1], [0, 1]
        self._node: dict[tuple[int, int, int], int] = {}
        self._known: dict[tuple[str, int, int], int] = {}
        self._counts = {NOTHING: 0, EVERYTHING: 1}

    def node(self, level: int, low: int, high: int) -> int:
        """The node with a level and two children, made if there is none yet."""
        if low == high:
            return low
        key = (level, low, high)
        found = self._node.get(key)
        if found is None:
            found = self._node[key] = len(self.level)
            self.level.append(level)
            self.low.append(low)
            self.high.append(high)
        return found

    def add(self, table: Table) -> int:
        """The node of a table, which may have been made in another order."""
        nodes = [NOTHING, EVERYTHING]
        if tuple(table.order) == self.order:
            for level, low, high in zip(table.levels, table.lows, table.highs, strict=True):
                nodes.append(self.node(level, nodes[low], nodes[high]))
        else:
            for level, low, high in zip(table.levels, table.lows, table.highs, strict=True):
                taken = self.taken(table.order[level])
                on, off = self.both(taken, nodes[high]), self.without(nodes[low], taken)
                nodes.append(self.either(on, off))
        return nodes[table.root]

    def table(self, root: int) -> Table:
        """A diagram as a table of its own."""
        nodes = self.below(root)
        index = {NOTHING: 0, EVERYTHING: 1} | {node: place + 2 for place, node in enumerate(nodes)}
        lows, highs = [index[self.low[node]] for node in nodes], [index[self.high[node]] for node in nodes]
        return Table(self.order, [self.level[node] for node in nodes], lows, highs, index[root])

    def taken(self, place: int) -> int:
        """Where an option is taken."""
        return self.node(self.level_of[place], NOTHING, EVERYTHING)

    # -- combining -------------------------------------------------------------------------------------------------
    def both(self, one: int, other: int) -> int:
        """Where both hold."""
        return self._apply("both", one, other)

    def either(self, one: int, other: int) -> int:
        """Where at least one holds."""
        return self._apply("either", one, other)

    def without(self, one: int, other: int) -> int:
        """Where the first holds and the other does not."""
        return self._apply("without", one, other)

    def formula(self, formula: Formula, places: dict[str, int]) -> int:
        """Where a condition holds; `places` gives the place of each option."""
        match formula:
            case Const(value):
                return EVERYTHING if value else NOTHING
            case Taken(option):
                return self.taken(places[option])
            case Not(part):
                return self.without(EVERYTHING, self.formula(part, places))
            case And(parts):
                return reduce(self.both, (self.formula(part, places) for part in parts), EVERYTHING)
            case Or(parts):
                return reduce(self.either, (self.formula(part, places) for part in parts), NOTHING)
            case If(then, condition):
                return self.without(EVERYTHING, self.without(self.formula(condition, places), self.formula(then, places)))
            case Iff(left, right):
                one, other = self.formula(left, places), self.formula(right, places)
                return self.without(EVERYTHING, self.either(self.without(one, other), self.without(other, one)))

    def _apply(self, what: str, one: int, other: int) -> int:
        """Combine two nodes; a stack of our own, because diagrams may be deeper than calls may nest."""
        known, level, ends = self._known, self.level, _ENDS[what]
        stack = [(one, other)]
        while stack:
            a, b = stack[-1]
            key = (what, a, b)
            if key in known:
                stack.pop()
                continue
            end = ends(a, b)
            if end is not None:
                known[key] = end
                stack.pop()
                continue
            top = min(level[a], level[b])
            low = (self.low[a] if level[a] == top else a, self.low[b] if level[b] == top else b)
            high = (self.high[a] if level[a] == top else a, self.high[b] if level[b] == top else b)
            made = known.get((what, *low)), known.get((what, *high))
            if made[0] is None:
                stack.append(low)
            if made[1] is None:
                stack.append(high)
            if made[0] is not None and made[1] is not None:
                known[key] = self.node(top, made[0], made[1])
                stack.pop()
        found = known[what, one, other]
        if len(known) > _REMEMBERED:
            known.clear()
        return found

    # -- walking ---------------------------------------------------------------------------------------------------
    def below(self, root: int) -> list[int]:
        """The nodes of a diagram that are no ends, children before parents."""
        found, stack = {root}, [root]
        while stack:
            node = stack.pop()
            for child in (self.low[node], self.high[node]):
                if child not in found:
                    found.add(child)
                    stack.append(child)
        return sorted(node for node in found if node > EVERYTHING)

    def fold(
        self,
        root: int,
        nothing: T,
        everything: T,
        join: Callable[[int, T, T], T],
        free: Callable[[int, T], T] | None = None,
    ) -> T:
        """Fold a diagram from its ends up, each node once.

        Parameters
        ----------
        root
            The diagram.
        nothing, everything
            The values of the two ends.
        join
            Gives the value of a node from the place of its option, the value where that is not taken, and the value where it is.
        free
            Gives the value above a level that a path skips, from the place of that level's option and the value below; left out, skipped
            levels change nothing.  With it every option is seen exactly once on each path.
        """
        values = {NOTHING: nothing, EVERYTHING: everything}

        def seen_from(level: int, child: int) -> T:
            value = values[child]
            if free is not None and child != NOTHING:
                for skipped in range(self.level[child] - 1, level, -1):
                    value = free(self.order[skipped], value)
            return value

        for node in self.below(root):
            level = self.level[node]
            values[node] = join(self.order[level], seen_from(level, self.low[node]), seen_from(level, self.high[node]))
        return seen_from(-1, root)

    def count(self, root: int) -> int:
        """How many combinations a diagram holds for."""
        counts, level = self._counts, self.level
        if root not in counts:
            for node in self.below(root):
                if node not in counts:
                    low, high, under = self.low[node], self.high[node], level[node] + 1
                    counts[node] = (counts[low] << (level[low] - under)) + (counts[high] << (level[high] - under))
        return counts[root] << level[root]

    def contains(self, root: int, combination: int) -> bool:
        """Whether a diagram holds for a combination."""
        while root > EVERYTHING:
            root = (self.high if combination >> self.order[self.level[root]] & 1 else self.low)[root]
        return root == EVERYTHING

    def with_option(self, root: int, place: int, *, taken: bool) -> int:
        """The diagram where an option is taken, or is not, which no longer depends on the option."""
        wanted, key = self.level_of[place], ("taken" if taken else "not", root, place)
        if key in self._known or self.level[root] > wanted:
            return self._known.get(key, root)
        made: dict[int, int] = {}
        for node in self.below(root):
            if self.level[node] < wanted:
                low, high = self.low[node], self.high[node]
                made[node] = self.node(self.level[node], made.get(low, low), made.get(high, high))
            elif self.level[node] == wanted:
                made[node] = (self.high if taken else self.low)[node]
        self._known[key] = found = made.get(root, root)
        return found

    def each(self, root: int) -> Iterator[int]:
        """The combinations that a diagram holds for, ascending."""
        stack = [(root, len(self.order) - 1, 0)]
        while stack:
            node, place, prefix = stack.pop()
            if node == NOTHING:
                continue
            if node == EVERYTHING:
                yield from range(prefix, prefix + (2 << place)) if place >= 0 else (prefix,)
                continue
            stack.append((self.with_option(node, place, taken=True), place - 1, prefix | 1 << place))
            stack.append((self.with_option(node, place, taken=False), place - 1, prefix))

    def at(self, root: int, number: int) -> int:
        """A combination that a diagram holds for by its number, from 0, in the order of the levels."""
        combination, node, level = 0, root, 0
        self.count(root)
        for level, place in enumerate(self.order):
            halves = (node, node) if self.level[node] > level else (self.low[node], self.high[node])
            without = self._counts[halves[0]] << (self.level[halves[0]] - level - 1)
            taken = number >= without
            if taken:
                number -= without
                combination |= 1 << place
            node = halves[taken]
        return combination


_REMEMBERED = 2_000_000
"""Most results that are remembered (about 300 MiB)."""


def _both(a: int, b: int) -> int | None:
    if NOTHING in (a, b):
        return NOTHING
    return b if a in (EVERYTHING, b) else a if b == EVERYTHING else None


def _either(a: int, b: int) -> int | None:
    if EVERYTHING in (a, b):
        return EVERYTHING
    return b if a in (NOTHING, b) else a if b == NOTHING else None


def _without(a: int, b: int) -> int | None:
    if a in (NOTHING, b) or b == EVERYTHING:
        return NOTHING
    return a if b == NOTHING else None


_ENDS = {"both": _both, "either": _either, "without": _without}
