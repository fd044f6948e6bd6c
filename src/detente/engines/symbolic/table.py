"""A decision diagram as a table of nodes, as it travels between processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A reduced ordered binary decision diagram (Bryant 1986) as a table of nodes.

    Node 0 holds nowhere, node 1 everywhere; the node at index i of the lists is node i + 2.  Children stand before their parents.

    Parameters
    ----------
    order
        The options' places, the top level first.
    levels
        For each node the level, an index into `order`.
    lows, highs
        For each node the node that follows where the option is not taken, and where it is.
    root
        The node of the whole.
    """

    order: tuple[int, ...]
    levels: Sequence[int]
    lows: Sequence[int]
    highs: Sequence[int]
    root: int
