"""Many chains over one graph side by side: other starts, and other weights of who moves, in floating point.

What flows through a state is a row of numbers, one for each chain.  The components are gone through in order; where states lie on a common
cycle, chains of the same weights share one factorisation.  So a weighting more costs one system of equations for each such group, and
whatever begins elsewhere with the same weights costs nearly nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.analysis.evolution.graph import Targets, Weights

Floats = NDArray[np.float64]
"""Floating point numbers."""


@dataclass(frozen=True, eq=False)
class Flows:
    """Several chains: how often each visits each state that is left again, and where it ends.

    Parameters
    ----------
    states
        The states that are left again.
    visits
        The expected visits, a row for each of these states and a column for each chain.
    ends
        For the states of each recurrent class its probability in each chain.
    residual
        For each chain the greatest amount by which the visits to some state do not balance.
    """

    states: tuple[int, ...]
    visits: Floats
    ends: dict[tuple[int, ...], Floats]
    residual: Floats

    @cached_property
    def moves(self) -> Floats:
        """For each chain the expected number of moves until it has ended."""
        found: Floats = self.visits.sum(axis=0)
        return found


class Stream:
    """The components of a graph made ready for many chains to be sent through.

    Parameters
    ----------
    components
        The components in order, each before those that it leads to.
    closed
        Of each, whether nothing leads out of it.
    targets
        For each state where those who move can go from it.
    movers
        Everybody who may move (keys).

    Examples
    --------
    >>> from fractions import Fraction
    >>> stream = Stream([(1,), (2,), (3,)], [False, True, True], {1: {"A": (2,), "B": (2, 3)}, 2: {}, 3: {}}, ("A", "B"))
    >>> found = stream.sent([1, 1], [{"A": Fraction(1), "B": Fraction(1)}, {"A": Fraction(0), "B": Fraction(1)}])
    >>> {states: [float(p) for p in ends] for states, ends in found.ends.items()}
    {(2,): [0.75, 0.5], (3,): [0.25, 0.5]}
    """

    def __init__(
        self, components: Sequence[tuple[int, ...]], closed: Sequence[bool], targets: Mapping[int, Targets], movers: Sequence[str]
    ) -> None:
        self.components, self.closed, self.movers = components, closed, tuple(movers)
        order = [state for members in components for state in members]
        self.place = {state: number for number, state in enumerate(order)}
        number = {dm: k for k, dm in enumerate(self.movers)}
        self.after = [
            [(number[dm], np.array([self.place[to] for to in reached])) for dm, reached in targets[state].items()] for state in order
        ]

    def sent(self, starts: Sequence[int], weights: Sequence[Weights]) -> Flows:
        """Send a chain from each of some states, each with weights of its own.

        Parameters
        ----------
        starts
            Where each chain begins.
        weights
            Who moves how often in each.
        """
        width = len(starts)
        shares = np.array([[float(one.get(dm, 0)) for one in weights] for dm in self.movers]).reshape(len(self.movers), width)
        _, first, kind = np.unique(shares, axis=1, return_index=True, return_inverse=True)
        alike = [(int(column), np.flatnonzero(kind.reshape(-1) == k)) for k, column in enumerate(first)]
        flow, residual = np.zeros((len(self.after), width)), np.zeros(width)
        flow[[self.place[start] for start in starts], range(width)] = 1.0
        ends: dict[tuple[int, ...], Floats] = {}
        rows: list[int] = []
        begin = 0
        for members, closed in zip(self.components, self.closed, strict=True):
            end = begin + len(members)
            if closed:
                ends[members] = flow[begin:end].sum(axis=0)
            else:
                if end - begin > 1:
                    self._together(begin, end, shares, alike, flow, residual)
                for place in range(begin, end):
                    self._on(place, end, shares, flow)
                rows += range(begin, end)
            begin = end
        states = tuple(state for members, closed in zip(self.components, self.closed, strict=True) if not closed for state in members)
        return Flows(states, flow[rows], ends, residual)

    def _on(self, place: int, end: int, shares: Floats, flow: Floats) -> None:
        """Let what reaches a state flow on to later components, which begin at `end`."""
        after = self.after[place]
        each = flow[place] / shares[[mover for mover, _ in after]].sum(axis=0)
        for mover, reached in after:
            later = reached[reached >= end]
            if later.size:
                flow[later] += each * shares[mover] / len(reached)

    def _together(
        self, begin: int, end: int, shares: Floats, alike: Sequence[tuple[int, NDArray[np.intp]]], flow: Floats, residual: Floats
    ) -> None:
        """The visits of states on common cycles: v (I - Q) = what flows in, solved for all chains of the same weights at once."""
        size = end - begin
        movers, sources, targets, lengths = self._arcs(begin, end)
        acting = np.array(
            [[any(mover == k for mover, _ in self.after[place]) for k in range(len(self.movers))] for place in range(begin, end)]
        )
        for column, chains in alike:
            own = flow[begin:end, chains]
            if not own.any():
                continue
            weight = shares[:, column]
            share = weight[movers] / (acting @ weight)[sources] / lengths
            system = np.eye(size) - np.bincount(targets * size + sources, share, size * size).reshape(size, size)
            solved = np.linalg.solve(system, own)
            residual[chains] = np.maximum(residual[chains], np.abs(system @ solved - own).max(axis=0))
            flow[begin:end, chains] = solved

    def _arcs(self, begin: int, end: int) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], Floats]:
        """The arcs within a component: who moves, from where and to where (counted from its beginning), and how many targets they have."""
        movers, sources, targets, lengths = [], [], [], []
        for place in range(begin, end):
            for mover, reached in self.after[place]:
                inside = reached[(reached >= begin) & (reached < end)]
                targets.append(inside - begin)
                movers.append(np.full(inside.size, mover))
                sources.append(np.full(inside.size, place - begin))
                lengths.append(np.full(inside.size, float(len(reached))))
        return np.concatenate(movers), np.concatenate(sources), np.concatenate(targets), np.concatenate(lengths)
