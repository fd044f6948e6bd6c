"""The grid of the array engine on compiled kernels: the same plays, the same values, all cores.

Values are held as the kernels want them (`_kernels.pyi`): all-ones where a combination cannot occur, so that maxima are minima of values
turned around.  A pass over improvements needs no comparison of states where few options of others bear on the order of a decision
maker's own choices (`contexts`): the choices of each context then stand in one order, and each takes over the least value of
those before it.  Where many do, or a ranking orders the states, the ranks are compared pair by pair.

Parts of 1024 combinations that have not changed since a decision maker last looked at them are not looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.concepts.base import Ply, SolutionConcept
from detente.engines.array.native import kernels
from detente.engines.array.native.contexts import Contexts, contexts
from detente.engines.array.native.fitting import most_codes, own_ways, statements, value_bytes
from detente.engines.array.native.programs import program
from detente.engines.array.tables import Column, mask_of, rank_column
from detente.space.states import StateSpace

_MARKS = 32
"""Decision makers that a mark tells apart."""


@dataclass(frozen=True, slots=True)
class Mover:
    """How one decision maker moves: own bits, schedules, what they do not perceive (None for nothing), the mark they leave."""

    own: int
    moves: Any
    improvements: Any
    bits: bytes
    weights: npt.NDArray[np.uint32]
    hidden: Column | None
    number: int


class NativeGrid:
    """Plays of moves and answers, valued for all combinations of a space by the kernels.

    Parameters
    ----------
    space
        The space; `fits` tells whether it can be served.
    """

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.kernels: Any = kernels()
        self.options = len(space.conflict.options)
        self.size = value_bytes(space.conflict)
        self.type = np.dtype(f"u{self.size}")
        self._feasible = np.frombuffer(space.feasible.to_bytes((space.conflict.combinations + 7) // 8, "little"), np.uint8)
        count = len(space.masks) + 1
        self._columns = np.empty((count, space.conflict.combinations), self.type)  # together: fewer and larger pages of memory
        self._work: Column = self._columns[-1]
        self.passes = 0
        """How many passes over all combinations were made so far."""
        self._ranks: dict[str, Column] = {}
        self._movers: dict[str, Mover] = {}

    def stable(self, concept: SolutionConcept, dm: str) -> int:
        """The states that are stable for a decision maker under a concept, as the bits of an integer."""
        ranks, mover = self.ranks(dm), self.mover(dm)
        value = ranks
        for ply in reversed(concept.plies[1:]):
            value = self._greatest(value, mover) if ply.who == "focal" else self._answered(value, dm, ply)
        bits = np.empty(self._feasible.size, np.uint8)
        self.passes += 1
        self.kernels.judge(self.size, value, ranks, self.options, mover.own, mover.moves, mover.hidden, bits)
        return int.from_bytes(bits.tobytes(), "little")

    def ranks(self, dm: str) -> Column:
        """The rank of each combination for a decision maker, greater is preferred, all-ones where infeasible."""
        known = self._ranks.get(dm)
        if known is not None:
            return known
        found: Column = self._columns[list(self.space.masks).index(dm)]
        wanted = statements(self.space.conflict, dm)
        if wanted is None:
            found[:] = rank_column(self.space, dm)
            np.copyto(found, np.iinfo(self.type).max, where=found == 0)
        else:
            programs = tuple(program(statement, self.space.conflict.option_index) for statement in wanted)
            self.kernels.codes(self.size, programs, 0, self._feasible, found)
        self._ranks[dm] = found
        return found

    def mover(self, dm: str) -> Mover:
        """How a decision maker moves."""
        found = self._movers.get(dm)
        if found is None:
            space, mask = self.space, self.space.masks[dm]
            rows = np.arange(1 << mask.bit_count(), dtype=np.uint32)
            ways = own_ways(mask, space.only_on), own_ways(mask, space.only_off)
            order = contexts(space.conflict, dm, mask, most_codes(space, mask)) or Contexts((), np.zeros((0, rows.size), np.uint32))
            improvements = self.kernels.Schedule(rows, *ways, np.ascontiguousarray(order.codes)) if order.codes.size else None
            weights = np.array([1 << k for k in range(len(order.options))], np.uint32)
            moves = self.kernels.Schedule(rows, *ways)
            number = list(space.masks).index(dm)
            found = Mover(mask, moves, improvements, bytes(order.options), weights, self._hidden(dm), number)
            self._movers[dm] = found
        return found

    def _hidden(self, dm: str) -> Column | None:
        condition = self.space.conflict.decision_maker(dm).unperceived
        if condition is None:
            return None
        mask = mask_of(self.space.where_bits(condition), self.space.conflict.combinations)
        return np.where(mask, np.iinfo(self.type).max, 0).astype(self.type)

    def _greatest(self, value: Column, mover: Mover) -> Column:
        """The greatest value to which one move, or none, leads."""
        self.passes += 1
        self.kernels.cube(self.size, value, self._work, self.options, mover.own, mover.moves, hidden=mover.hidden, turn=True)
        return self._work

    def _answered(self, value: Column, dm: str, ply: Ply) -> Column:
        """The least value to which a legal sequence of the others, or none, leads."""
        others = [self.mover(other) for other, mask in self.space.masks.items() if other != dm and mask]
        improving = ply.moves == "improving"
        blocks = max(1, value.size >> 10)
        marks = np.full(blocks, 0xFFFFFFFF, np.uint32) if len(self.space.masks) <= _MARKS else None
        found, unchanged, turn = value, 0, 0
        while unchanged < len(others) and not (turn >= len(others) and not improving and self._is_full):
            changed = self._pass(found, self._work, others[turn % len(others)], improving, marks)
            found, unchanged, turn = self._work, 1 if changed else unchanged + 1, turn + 1
        return found

    def _pass(self, value: Column, into: Column, mover: Mover, improving: bool, marks: npt.NDArray[np.uint32] | None) -> bool:
        """One pass of a mover over the values; whether it changed any."""
        self.passes += 1
        more: dict[str, Any] = {"hidden": mover.hidden, "marks": marks, "me": mover.number % _MARKS}
        schedule = mover.moves
        if improving and mover.improvements is None:
            more["ranks"] = self.ranks(list(self.space.masks)[mover.number])
        elif improving:
            schedule, more["bits"], more["weights"] = mover.improvements, mover.bits, mover.weights
        return bool(self.kernels.cube(self.size, value, into, self.options, mover.own, schedule, **more))

    @property
    def _is_full(self) -> bool:
        """Whether every combination can occur and is perceived by everybody; one pass of each decision maker is then all."""
        return self.space.feasible == self.space.everything and all(dm.unperceived is None for dm in self.space.conflict.decision_makers)
