"""The strongly connected components of a chain, in the order in which it passes through them; the closed ones are its recurrent classes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def components(after: Mapping[int, Sequence[int]]) -> list[tuple[int, ...]]:
    """The strongly connected components of a directed graph, each before those that it leads to (Tarjan 1972).

    Parameters
    ----------
    after
        For each node where its arcs lead; every node is a key.

    Examples
    --------
    >>> components({1: [2], 2: [1, 3], 3: []})
    [(1, 2), (3,)]
    """
    search = _Search(after)
    for root in after:
        if root not in search.index:
            search.follow(root)
    return search.found[::-1]


class _Search:
    """One depth-first search: when each node was entered, and the lowest entry that can be reached from it."""

    def __init__(self, after: Mapping[int, Sequence[int]]) -> None:
        self.after = after
        self.index: dict[int, int] = {}
        self.low: dict[int, int] = {}
        self.stack: list[int] = []
        self.held: set[int] = set()
        self.found: list[tuple[int, ...]] = []

    def enter(self, node: int) -> tuple[int, Iterator[int]]:
        """Begin with a node."""
        self.index[node] = self.low[node] = len(self.index)
        self.stack.append(node)
        self.held.add(node)
        return node, iter(self.after[node])

    def follow(self, root: int) -> None:
        """Everything that a node leads to."""
        work = [self.enter(root)]
        while work:
            node, rest = work[-1]
            to = next((to for to in rest if to not in self.index or to in self.held), None)
            if to is None:
                work.pop()
                if work:
                    before = work[-1][0]
                    self.low[before] = min(self.low[before], self.low[node])
                if self.low[node] == self.index[node]:
                    self.close(node)
            elif to not in self.index:
                work.append(self.enter(to))
            else:
                self.low[node] = min(self.low[node], self.index[to])

    def close(self, node: int) -> None:
        """Take the component that was entered at a node off the stack."""
        members: list[int] = []
        while not members or members[-1] != node:
            members.append(self.stack.pop())
        self.held.difference_update(members)
        self.found.append(tuple(sorted(members)))
