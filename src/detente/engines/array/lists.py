"""Moves as lists, for spaces in which two moves of one decision maker need not be one move of theirs.

Where states are merged, or moves banned, a sequence in which nobody moves twice in a row reaches fewer states than a plain closure, so
that the last mover counts: the value of answers is kept for each decision maker who makes the first of them.  The lists have an entry
for each move, never for each pair of states.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detente.concepts.base import Moves, Ply
from detente.engines.array.tables import Column, Columns, Mask, mask_of
from detente.space.states import StateSpace

_BLOCK = 1 << 22
"""Pairs of combinations that are looked at together."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Moves of one decision maker, ordered by where they start.

    Parameters
    ----------
    start, end
        For each move the places, in the list of states, of the state it starts from and of the one it leads to.
    """

    start: Column
    end: Column

    def where(self, which: Mask) -> Arcs:
        """Those of the moves for which a condition holds."""
        return Arcs(self.start[which], self.end[which])

    def take(self, better: np.ufunc, value: Column, without: int) -> Column:
        """For each state the best value that one move leads to, `without` where there is no move."""
        best = np.full(value.size, without, value.dtype)
        if self.start.size:
            first = np.flatnonzero(np.diff(self.start, prepend=-1))
            best[self.start[first]] = better.reduceat(value[self.end], first)
        return best


class Groups:
    """The feasible combinations grouped by what one decision maker cannot change: all moves of theirs are within a group."""

    def __init__(self, combinations: Column, mask: int) -> None:
        rest = combinations & ~mask
        order = np.argsort(rest, kind="stable")
        self.combinations = combinations[order]
        first = np.flatnonzero(np.diff(rest[order], prepend=-1))
        sizes = np.diff(np.append(first, combinations.size))
        self._first, self._size = np.repeat(first, sizes), np.repeat(sizes, sizes)  # of the group of each combination
        self.pairs = int(self._size.sum())
        """How many pairs of combinations lie in one group."""

    def each_pair(self) -> Iterator[tuple[Column, Column]]:
        """All pairs of combinations in one group, as (from, to), in blocks."""
        ends = np.cumsum(self._size)
        start = 0
        while start < ends.size:
            before = int(ends[start - 1]) if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, before + _BLOCK, side="right")))
            size, first = self._size[start:stop], self._first[start:stop]
            place = np.arange(int(ends[stop - 1]) - before) - np.repeat(ends[start:stop] - size - before, size)
            yield np.repeat(self.combinations[start:stop], size), self.combinations[np.repeat(first, size) + place]
            start = stop


def combinations_of(space: StateSpace) -> Column:
    """The feasible combinations, ascending."""
    return np.flatnonzero(mask_of(space.feasible, space.conflict.combinations))


def pairs_of(space: StateSpace) -> int:
    """How many pairs of combinations the lists of moves are made from: at least as many as there are moves.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)))
    >>> pairs_of(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), options)))
    16
    """
    combinations = combinations_of(space)
    return sum(Groups(combinations, mask).pairs for mask in space.masks.values())


class Lists:
    """Plays of moves and answers, valued state by state over lists of moves.

    Parameters
    ----------
    columns
        Ranks and sets of combinations of the space; `pairs_of` tells how much there is to list.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.space = columns.space
        self.states = np.flatnonzero(mask_of(self.space.states.bits, columns.size))
        self._combinations = np.flatnonzero(columns.feasible)
        stands_for = self._combinations.copy()
        for state, members in self.space.classes.items():
            stands_for[np.searchsorted(self._combinations, members)] = state
        self._place = np.searchsorted(self.states, stands_for)
        self._ranks: dict[str, Column] = {}
        self._arcs: dict[tuple[str, Moves], Arcs] = {}

    def over_combinations(self, which: Mask) -> Mask:
        """States of this form's list as a mask over all combinations."""
        mask = np.zeros(self.columns.size, np.bool_)
        mask[self.states[which]] = True
        return mask

    def ranks(self, dm: str) -> Column:
        """The rank of each state for a decision maker, from 1 for the least preferred."""
        found = self._ranks.get(dm)
        if found is None:
            found = self._ranks[dm] = self.columns.ranks(dm)[self.states]
        return found

    def arcs(self, dm: str, moves: Moves) -> Arcs:
        """The moves, or the improvements, of a decision maker."""
        found = self._arcs.get((dm, moves))
        if found is None:
            if moves == "any":
                found = self._all_arcs(dm)
            else:
                every, ranks = self.arcs(dm, "any"), self.ranks(dm)
                found = every.where(ranks[every.end] > ranks[every.start])
            self._arcs[dm, moves] = found
        return found

    def _all_arcs(self, dm: str) -> Arcs:
        space, count = self.space, np.int64(self.states.size)
        hidden = self.columns.unperceived(dm)
        combinations = self._combinations if hidden is None else self._combinations[~hidden[self._combinations]]
        found = [np.zeros(0, np.int64)]
        for one, other in Groups(combinations, space.masks[dm]).each_pair():
            permitted = ((other & ~one & space.only_off) | (one & ~other & space.only_on)) == 0
            for leaving, reaching in self.columns.bans(dm):
                permitted &= ~(leaving[one] & reaching[other])
            start, end = self._places(one[permitted]), self._places(other[permitted])
            found.append(np.unique((start * count + end)[start != end]))
        start, end = np.divmod(np.unique(np.concatenate(found)), count)
        return Arcs(start.astype(np.int32), end.astype(np.int32))

    def _places(self, combinations: Column) -> Column:
        return self._place[np.searchsorted(self._combinations, combinations)]

    def worst(self, dm: str, plies: tuple[Ply, ...]) -> Column:
        """The greatest value that a move of the first ply leads to, for each state, when the other plies are then played.

        It exceeds the rank of a state iff some such move is not deterred; 0 where there is no such move.
        """
        value = self.ranks(dm)
        for ply in reversed(plies[1:]):
            if ply.who == "others":
                value = self._answered(value, dm, ply.moves)
            else:
                best = self.arcs(dm, ply.moves).take(np.maximum, value, 0)
                value = np.maximum(value, best) if ply.may_stay else best
        return self.arcs(dm, plies[0].moves).take(np.maximum, value, 0)

    def _answered(self, value: Column, dm: str, moves: Moves) -> Column:
        """The least value to which a legal sequence of at least one move of the others leads; the greatest number if there is none."""
        others = [other for other, mask in self.space.masks.items() if other != dm and mask]
        nothing = np.full_like(value, np.iinfo(value.dtype).max)
        begun = dict.fromkeys(others, nothing)  # the least value, by who moves first
        changed = bool(others)
        while changed:
            changed = False
            for mover in others:
                going_on = _least([value, *(begun[other] for other in others if other != mover)])
                least = self.arcs(mover, moves).take(np.minimum, going_on, int(nothing[0]))
                changed = changed or not np.array_equal(least, begun[mover])
                begun[mover] = least
        return _least([nothing, *begun.values()])


def _least(columns: list[Column]) -> Column:
    """The least of several columns, place by place."""
    least: Column = np.minimum.reduce(columns)
    return least
