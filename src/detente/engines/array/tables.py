"""Columns: one number for every combination of a space, and the rank of each state for one decision maker.

A column is indexed by combination, feasible or not; NumPy holds it.  Sets of states travel as big integers, which have the same order
of bits as the columns have rows.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of, listed_scores
from detente.space.states import StateSpace

Column: TypeAlias = npt.NDArray[Any]
"""Whole numbers, one for each combination (or for each of the states looked at)."""
Mask: TypeAlias = npt.NDArray[np.bool_]
"""Whether something holds, for each combination."""

SMALL_LEVELS = (1 << 15) - 3
"""Most ranks that are held in 16 bits; the sign bit and two values are needed otherwise."""
_TABLE = 1 << 16


def mask_of(bits: int, size: int) -> Mask:
    """The set of combinations that an integer stands for, as one truth value for each.

    >>> mask_of(0b0110, 4).tolist()
    [False, True, True, False]
    """
    raw = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), np.uint8)
    return np.unpackbits(raw, count=size, bitorder="little").view(np.bool_)


def bits_of_mask(mask: Mask) -> int:
    """The inverse of `mask_of`.

    >>> bits_of_mask(mask_of(0b0110, 4))
    6
    """
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


class Columns:
    """What the forms of the array engine share: columns over all combinations of a space, each made when first asked for.

    Parameters
    ----------
    space
        The space.
    """

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.size = space.conflict.combinations
        self._ranks: dict[str, Column] = {}
        self._unperceived: dict[str, Mask | None] = {}
        self._bans: dict[str, list[tuple[Mask, Mask]]] = {}

    @cached_property
    def feasible(self) -> Mask:
        """Which combinations can occur."""
        return mask_of(self.space.feasible, self.size)

    @cached_property
    def infeasible(self) -> Mask:
        """Which combinations cannot occur."""
        return ~self.feasible

    def ranks(self, dm: str) -> Column:
        """The ranks of a decision maker, see `rank_column`."""
        found = self._ranks.get(dm)
        if found is None:
            found = self._ranks[dm] = rank_column(self.space, dm)
        return found

    def unperceived(self, dm: str) -> Mask | None:
        """The combinations that a decision maker does not perceive; None where they perceive everything."""
        if dm not in self._unperceived:
            condition = self.space.conflict.decision_maker(dm).unperceived
            self._unperceived[dm] = None if condition is None else mask_of(self.space.where_bits(condition), self.size)
        return self._unperceived[dm]

    def bans(self, dm: str) -> list[tuple[Mask, Mask]]:
        """For each ban on a decision maker's moves the combinations that they can't leave by it, and those that they can't reach."""
        if dm not in self._bans:
            self._bans[dm] = [(mask_of(before, self.size), mask_of(after, self.size)) for before, after in self.space.bans[dm]]
        return self._bans[dm]


def rank_column(space: StateSpace, dm: str) -> Column:
    """The rank of every combination for a decision maker: 0 if infeasible, otherwise from 1 for the least preferred, without gaps.

    Equal ranks are indifference; the members of a merged state all have the rank of the state.  The column has 16 bits a
    combination where the ranks fit, otherwise 32.

    Raises `ConflictError` (P201, P202) if a ranking does not fit the states.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", -2), ("y", 1))))
    >>> rank_column(StateSpace(Conflict("two", (a,), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))), "A").tolist()
    [3, 1, 4, 2]
    """
    size = space.conflict.combinations
    states = mask_of(space.states.bits, size)
    codes, levels = np.zeros(space.states.count, np.uint32), 1
    for criterion in criteria_of(space.conflict.decision_maker(dm)):
        scores, above = _scores(space, dm, criterion, states)
        codes, levels = _folded(codes, levels, scores, above)
    codes, levels = _renumbered(codes, levels)
    ranks = np.zeros(size, np.uint16 if levels <= SMALL_LEVELS else np.uint32)
    ranks[states] = codes + 1
    for state, members in space.classes.items():
        ranks[list(members)] = ranks[state]
    return ranks


def _scores(space: StateSpace, dm: str, criterion: Criterion, states: Mask) -> tuple[Column, int]:
    """The score of each state by one criterion, greater is better, and a number that no score reaches."""
    match criterion:
        case Meets(formula):
            return mask_of(space.where_bits(formula), states.size)[states], 2
        case Sums(weights):
            values, scores = np.unique(_sums(space, dict(weights))[states], return_inverse=True)
            return scores, values.size
        case Listed(levels):
            listed = np.zeros(states.size, np.uint32)
            found = listed_scores(space, space.conflict.decision_maker(dm), criterion)
            listed[list(found)] = list(found.values())
            return listed[states], len(levels) + 1


def _sums(space: StateSpace, weights: dict[str, int]) -> Column:
    """The sum of the weights of the options taken, for each combination; exact, because a model bounds its weights."""
    sums = np.zeros(1, np.int64)
    for option in space.conflict.options:
        sums = np.concatenate((sums, sums + weights.get(option.key, 0)))
    return sums


def _folded(codes: Column, levels: int, scores: Column, above: int) -> tuple[Column, int]:
    """Codes that order by what was folded in before, then by the new scores; renumbered only when they would grow too great."""
    limit = max(_TABLE, 4 * codes.size)
    if levels * above > limit:
        codes, levels = _renumbered(codes, levels)
    if levels * above > limit:
        values, fresh = np.unique(codes.astype(np.int64) * above + scores, return_inverse=True)
        return fresh.astype(np.uint32), values.size
    return codes * np.uint32(above) + scores.astype(np.uint32), levels * above


def _renumbered(codes: Column, levels: int) -> tuple[Column, int]:
    """The codes without gaps, in the same order."""
    if not codes.size:
        return codes, 0
    present = np.zeros(levels, np.bool_)
    present[codes] = True
    place = np.cumsum(present, dtype=np.uint32)
    return place[codes] - 1, int(place[-1])
