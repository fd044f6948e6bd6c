"""The tree of the answers on which a conclusion hangs: each leaf is a set of completions with one value.

It grows where it is walked.  Walked whole, its leaves share out all completions, so that they are counted exactly, however many they are;
walked by a batch of completions, it gives the value of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.cell import Cell, Undecided, Within, present
from detente.analysis.sweep.lists import Labels
from detente.analysis.sweep.orders import PartyOrders
from detente.errors import LimitError

Value = Any
"""What a conclusion gives: hashable."""
Conclude = Callable[[Cell], Value]

MAX_LEAVES = 200_000
"""Most leaves of a tree that is walked whole."""

NODE = 1_000
"""About how many bytes a node takes, without its lists."""


@dataclass(frozen=True)
class Leaf:
    """Completions of which a conclusion says the same.

    Parameters
    ----------
    within
        For each decision maker the numbers of the orders; every choice of one order each belongs to it.
    value
        What the conclusion says.
    """

    within: Within
    value: Value


@dataclass
class _Node:
    """A place in the tree: completions that have answered the same so far; `dm` and `labels` once it is known what they are asked next."""

    within: Within
    known: list[Any]
    value: Value = None
    is_leaf: bool = False
    dm: str = ""
    labels: Labels | None = None
    children: dict[int, _Node] = field(default_factory=dict)


class Tree:
    """A conclusion over all combinations of the orders that decision makers may have.

    Parameters
    ----------
    orders
        For each decision maker (key) their orders.
    conclude
        The conclusion: a function of a cell, which asks the same when it is given the same answers.
    tick
        Called before each question; what it raises ends the work, and the tree can be walked on.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("chicken"))
    >>> from detente.analysis.sweep.lists import Lists
    >>> orders = {dm.key: PartyOrders(space, dm.key, Lists([dm])) for dm in space.conflict.decision_makers}
    >>> first = space.conflict.decision_makers[0].key
    >>> tree = Tree(orders, lambda cell: cell.ask(first, lambda party: party.prefers(1, 0)))
    >>> [leaf.value for leaf in tree.leaves()], tree.values({key: np.zeros(2, dtype=np.int32) for key in orders})
    ([True], [True, True])
    """

    def __init__(self, orders: Mapping[str, PartyOrders], conclude: Conclude, tick: Callable[[], None] | None = None) -> None:
        self.orders, self._conclude, self._tick = orders, conclude, tick
        self._root = _Node({dm: np.arange(party.count) for dm, party in orders.items()}, [])
        self.held = 0
        """About how many bytes its nodes hold, without what they share."""

    def leaves(self, most: int = MAX_LEAVES) -> Iterator[Leaf]:
        """All leaves: no two share a completion, and every completion is in one.

        Raises `LimitError` (S351) if there are more than `most`.
        """
        waiting, found = [self._root], 0
        while waiting:
            node = waiting.pop()
            if self._settle(node):
                found += 1
                if found > most:
                    message = f"a conclusion falls into more than {most:,} cases; its share can't be counted exactly"
                    raise LimitError.of("S351", message, help="draw completions by chance instead, or leave fewer parts open")
                yield Leaf(node.within, node.value)
            else:
                assert node.labels is not None
                waiting += [self._child(node, label) for label in reversed(present(node.labels, node.within[node.dm]))]

    def value(self, orders: Mapping[str, int]) -> Value:
        """The value for one order of each decision maker."""
        node = self._root
        while not self._settle(node):
            assert node.labels is not None
            node = self._child(node, int(node.labels[orders[node.dm]]))
        return node.value

    def values(self, orders: Mapping[str, Labels]) -> list[Value]:
        """The values for many completions: for each decision maker the number of the order in each, all of one length."""
        rows = len(next(iter(orders.values())))
        result: list[Value] = [None] * rows
        for node, chosen in self._walk(orders, np.arange(rows)):
            for row in chosen.tolist():
                result[row] = node.value
        return result

    def coded(self, orders: Mapping[str, Labels], codes: dict[Value, int]) -> npt.NDArray[np.int16]:
        """The same as numbers: each value by its code; `codes` gains those of values that it lacks, in the order in which they are met."""
        rows = len(next(iter(orders.values())))
        result = np.empty(rows, dtype=np.int16)
        for node, chosen in self._walk(orders, np.arange(rows)):
            result[chosen] = codes.setdefault(node.value, len(codes))
        return result

    def _walk(self, orders: Mapping[str, Labels], rows: npt.NDArray[np.int64]) -> Iterator[tuple[_Node, npt.NDArray[np.int64]]]:
        """Each leaf that some completions come to, with these."""
        waiting = [(self._root, rows)]
        while waiting:
            node, chosen = waiting.pop()
            if not len(chosen):
                continue
            if self._settle(node):
                yield node, chosen
                continue
            assert node.labels is not None
            labels = node.labels[orders[node.dm][chosen]]
            ranked = np.argsort(labels, kind="stable")
            kinds, starts = np.unique(labels[ranked], return_index=True)
            parts = np.split(chosen[ranked], starts[1:])
            waiting += [(self._child(node, int(kind)), part) for kind, part in zip(kinds, parts, strict=True)]

    def _settle(self, node: _Node) -> bool:
        """Whether a node is a leaf, after finding out what comes next there if that is not known."""
        if not node.is_leaf and node.labels is None:
            cell = Cell(self.orders, node.within, node.known, self._tick)
            try:
                node.value = self._conclude(cell)
                node.is_leaf = True
            except Undecided as next_question:
                node.dm, node.labels = next_question.dm, next_question.split.labels
        return node.is_leaf

    def _child(self, node: _Node, label: int) -> _Node:
        child = node.children.get(label)
        if child is None:
            assert node.labels is not None
            asked = node.within[node.dm]
            within = {**node.within, node.dm: asked[node.labels[asked] == label]}
            child = node.children[label] = _Node(within, list(node.known))
            self.held += NODE + within[node.dm].nbytes + 8 * len(node.known)
        return child
