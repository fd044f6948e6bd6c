"""The criteria that many completions of one decision maker's preference give them, each list of criteria once.

The completions of one preference share their criteria and differ in which of them count, and in what order.  So each list is a row of
weights over a common pool of criteria.  Weights are whole numbers below 2**53, so that floating point holds them exactly.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from detente.errors import LimitError
from detente.model.conflict import DecisionMaker
from detente.model.formula import Formula
from detente.model.pairs import PairStatement
from detente.model.preference import Criterion, Meets
from detente.preference.order import criteria_of
from detente.preference.pairs import UNKNOWN

Made = TypeVar("Made")
Labels = npt.NDArray[np.int32]
Table = npt.NDArray[np.float64]

Alike = tuple[Labels, npt.NDArray[np.int64]]
"""For each of some lists the number of its kind, and for each kind the first of it."""

COARSE = 4
"""Kinds are kept, to be made coarser, where there are fewer than one for so many lists."""
MOST_COARSE = 64
"""Most sets of criteria of which the kinds are kept so."""
EXACT = 1 << 53
"""Whole numbers up to this are exact in floating point."""
Decided = tuple[PairStatement, ...]
"""Statements about pairs whose comparison is decided."""
_WORD = 1 << 63


class Lists:
    """The criteria of a decision maker in each of many completions, each list of criteria once; the same in spaces with other rules.

    Parameters
    ----------
    parties
        The decision maker as each completion has them: their preference and red lines.
    compared
        The numbers (from 1) of the statements about pairs whose comparison guesses decide, ascending.

    Examples
    --------
    >>> from detente.cases import load
    >>> dm = load("chicken").decision_makers[0]
    >>> lists = Lists([dm, dm])
    >>> lists.of.tolist(), lists.codes.shape == (1, len(lists.pool))
    ([0, 0], True)
    """

    def __init__(self, parties: Iterable[DecisionMaker], compared: Sequence[int] = ()) -> None:
        self.pool: dict[Criterion, int] = {}
        """All criteria, with their numbers."""
        self.owner: dict[int, DecisionMaker] = {}
        """For the number of a criterion somebody who has it."""
        self._plain: dict[type, bool] = {}  # whether preferences of a kind have conditions alone
        self._met: dict[tuple[int, ...], tuple[int, object]] = {}  # what a number stands for is kept, so that no other takes its place
        place: dict[tuple[tuple[int, ...], Decided], int] = {}
        of = [place.setdefault((self._coded(party), _decided(party, compared)), len(place)) for party in parties]
        width = max((len(codes) for codes, _ in place), default=0)
        codes = np.array([(*codes, *[-1] * (width - len(codes))) for codes, _ in place], dtype=np.int32).reshape(len(place), width)
        self._keep(np.array(of, dtype=np.int32), codes, [decided for _, decided in place])

    @classmethod
    def numbered(cls, owner: DecisionMaker, number: Callable[[Callable[[Criterion], int]], npt.NDArray[np.int32]]) -> Lists:
        """The same from the numbers of criteria.

        Parameters
        ----------
        owner
            The decision maker.
        number
            Given what numbers a criterion, gives for each completion the numbers of its criteria, filled up with -1.
        """
        made = cls([])
        every = number(lambda criterion: made._number(criterion, owner))
        codes, first, of = np.unique(every, axis=0, return_index=True, return_inverse=True)
        by_first = np.argsort(first)
        place = np.empty(len(first), dtype=np.int32)
        place[by_first] = np.arange(len(first), dtype=np.int32)
        width = int((codes >= 0).sum(axis=1).max(initial=0))
        made._keep(place[of.reshape(-1)], np.ascontiguousarray(codes[by_first, :width]), [()] * len(codes))
        return made

    def _keep(self, of: Labels, codes: npt.NDArray[np.int32], decided: Sequence[Decided]) -> None:
        self.of = of
        """For each completion the number of its list."""
        self.codes = codes
        """For each list the numbers of its criteria, the most important first, filled up with -1; shape (lists, length)."""
        self.decided = decided
        """For each list the statements about pairs whose comparison is decided beside it."""
        self._weights: dict[tuple[int, ...], Table] = {}
        self._projected: dict[bytes, Alike] = {}
        self._coarse: list[tuple[npt.NDArray[np.bool_], Labels, npt.NDArray[np.int64]]] = []
        self._made: dict[Hashable, Any] = {}

    def _coded(self, party: DecisionMaker) -> tuple[int, ...]:
        """The numbers of the criteria of a decision maker.  Conditions are told by which objects they are, as far as that goes."""
        kind = type(party.preference)
        if kind not in self._plain:
            self._plain[kind] = party.preference is not None and all(isinstance(one, Meets) for one in party.preference.criteria())
        if party.preference is None or not self._plain[kind]:
            return tuple(self._number(criterion, party) for criterion in criteria_of(party))
        codes = [self._known(tuple(id(line.never) for line in party.red_lines), party, None)] if party.red_lines else []
        return (*codes, *(self._known((-1, id(statement.when)), party, statement.when) for statement in party.preference.statements()))

    def _known(self, key: tuple[int, ...], party: DecisionMaker, when: Formula | None) -> int:
        """The number of a criterion under a key made of objects: a condition, or the red lines of a decision maker."""
        found = self._met.get(key)
        if found is None:
            criterion = criteria_of(party)[0] if when is None else Meets(when)
            found = self._met[key] = self._number(criterion, party), (party.red_lines, when)
        return found[0]

    def _number(self, criterion: Criterion, party: DecisionMaker) -> int:
        number = self.pool.setdefault(criterion, len(self.pool))
        self.owner.setdefault(number, party)
        return number

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What follows from the lists alone, made (`make`) when a `key` is first asked for; all frames with these lists share it."""
        if key not in self._made:
            self._made[key] = make()
        found: Made = self._made[key]
        return found

    def weights(self, levels: Sequence[int]) -> Table:
        """For each list the weight of each criterion: it outweighs all that come after it together; shape (lists, criteria).

        `levels` says for each criterion how many levels it tells apart.
        """
        key = tuple(levels)
        if key not in self._weights:
            found = np.zeros((len(self.codes), len(self.pool)), dtype=np.float64)
            unit, radix = np.ones(len(self.codes)), np.array(levels, dtype=np.float64)
            for column in range(self.codes.shape[1] - 1, -1, -1):
                rows = np.flatnonzero(self.codes[:, column] >= 0)
                codes = self.codes[rows, column]
                found[rows, codes] = unit[rows]
                unit[rows] *= radix[codes]
                if unit.max(initial=0) > EXACT:
                    whose = next(iter(self.owner.values())).key
                    message = f"the preference of {whose} tells more than 2**53 levels apart; so many can't be swept"
                    hint = "leave out statements that decide nothing, or analyse single completions"
                    raise LimitError.of("S350", message, value=whose, help=hint)
            self._weights[key] = found
        return self._weights[key]

    def projected(self, some: npt.NDArray[np.bool_]) -> Alike:
        """Which lists are the same as far as some criteria go.

        States that all other criteria find alike are compared in the same way by such lists, so that one of them speaks for all.

        Parameters
        ----------
        some
            For each criterion of the pool whether it counts, shape (criteria,).

        Returns
        -------
        For each list the number of its kind, and for each kind the first list of it.
        """
        key = some.tobytes()
        if key not in self._projected:
            within = next(((wide, of, first) for wide, of, first in self._coarse if not (some & ~wide).any()), None)
            if within is None:
                found = _alike(self.codes, some)
            else:  # lists that are the same as far as more criteria go are so here
                _, wider, stands = within
                of, first = _alike(self.codes[stands], some)
                found = of[wider], stands[first]
            self._projected[key] = found
            if len(found[1]) * COARSE < len(self.codes):
                insort(self._coarse, (some, *found), key=lambda one: len(one[2]))
                del self._coarse[MOST_COARSE:]
        return self._projected[key]


def _alike(codes: npt.NDArray[np.int32], some: npt.NDArray[np.bool_]) -> Alike:
    """Which lists are the same as far as some criteria go."""
    places = np.append(np.where(some, np.cumsum(some), 0), 0)  # the last is for the filling, -1
    base, kept = int(some.sum()) + 1, places[codes]
    if base ** int((kept > 0).sum(axis=1).max(initial=0)) >= _WORD:  # too many to be told apart by one number: each stands for itself
        return np.arange(len(codes), dtype=np.int32), np.arange(len(codes))
    kinds = np.zeros(len(kept), dtype=np.int64)
    for place in kept.T:
        kinds = np.where(place, kinds * base + place, kinds)
    _, first, of = np.unique(kinds, return_index=True, return_inverse=True)
    return of.reshape(-1).astype(np.int32), first


def _decided(party: DecisionMaker, compared: Sequence[int]) -> Decided:
    """Of some statements about pairs those whose comparison is decided."""
    return tuple(party.pairs[place - 1] for place in compared if party.pairs[place - 1].kind != UNKNOWN)
