"""Who stays at single states of a space of any size, remembered; and whether a state holds."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.certificate import check
from detente.concepts.registry import concept
from detente.concepts.witness import AnyWitness, is_staying
from detente.engines.sat import SatEngine
from detente.engines.sat.encoding import Encoding
from detente.engines.sat.solver import Clock, Solver
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.preference.order import Order
from detente.space.states import StateSpace

MOST_REACHED = 2_000
"""Most states that are listed in a witness of the engine that lists them."""
SECONDS = 5.0
"""Most time for the verdict of one decision maker at one state."""


def leaves(witness: AnyWitness) -> bool:
    """Whether a witness shows that its decision maker leaves.

    >>> from detente.concepts.witness import Leaves, Stays
    >>> leaves(Stays("Nash", "A", 0, ())), leaves(Leaves("Nash", "A", 0, 1))
    (False, True)
    """
    return not is_staying(witness)


class Verdicts:
    """Verdicts on single states under one behaviour, each with a witness that the checker has accepted.

    Parameters
    ----------
    space
        The space.
    profile
        For each decision maker (key) the key of their concept.
    clock
        No verdict is begun once it has run out.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> Verdicts(space, {"Row": "Nash", "Column": "Nash"}).holds(1)
    True
    """

    def __init__(self, space: StateSpace, profile: Mapping[str, str], clock: Clock | None = None) -> None:
        self.space, self.profile = space, dict(profile)
        self.clock = clock or Clock()
        self.orders = {dm: Order(space, dm) for dm in self.profile}
        self._sat = None if space.is_listed and space.classes else SatEngine(space)
        self._single = SingleEngine(space, MOST_REACHED, self.orders)
        self._known: dict[tuple[str, str, int], AnyWitness | None] = {}
        self._movers: dict[str, tuple[Encoding, tuple[int, ...], tuple[int, ...], int]] = {}

    # -- who stays -------------------------------------------------------------------------------------------------
    def witness(self, key: str, dm: str, state: int) -> AnyWitness | None:
        """Why a decision maker stays at a state or leaves it under a concept (`key`); None where it was not found in time.

        Raises `LimitError` (S330) when all time is over.
        """
        asked = (key, dm, state)
        if asked not in self._known:
            self.clock.check()
            self._known[asked] = self._asked(key, dm, state)
        return self._known[asked]

    def _asked(self, key: str, dm: str, state: int) -> AnyWitness | None:
        named, left = concept(key), SECONDS if self.clock.seconds is None else self.clock.seconds - self.clock.spent
        try:
            if named.is_classical and self._sat is not None:
                found = self._sat.witness(named, dm, state, seconds=max(0.05, min(SECONDS, left)))
            else:
                found = self._single.witness(named, dm, state)
        except LimitError:
            return None
        return found if check(self.space, found) is None else None

    def of(self, state: int) -> tuple[AnyWitness | None, ...]:
        """For everybody, in the order of the conflict, why they stay or leave under their own concept."""
        return tuple(self.witness(key, dm, state) for dm, key in self.profile.items())

    def leaver(self, state: int) -> AnyWitness | None:
        """Somebody who leaves a state, those whose improvements are found soonest first; None if nobody does, or it is not known."""
        for dm, key in self.profile.items():
            found = self.witness(key, dm, state)
            if found is not None and leaves(found):
                return found
        return None

    def holds(self, state: int) -> bool | None:
        """Whether everybody stays at a state; None where that is not known."""
        if self.leaver(state) is not None:
            return False
        return True if all(found is not None for found in self.of(state)) else None

    # -- improvements ----------------------------------------------------------------------------------------------
    def improvement(self, dm: str, state: int) -> int | None:
        """An improvement of a decision maker from a state, by one option if there is one; None if there is none."""
        order = self.orders[dm]
        mask = self.space.masks[dm]
        for k in range(mask.bit_length()):
            if mask >> k & 1 and order.prefers(to := state ^ (1 << k), state) and self._may(dm, state, to):
                return to
        if dm not in self._movers:
            solver = Solver(self.clock)
            code = Encoding(self.space, solver)
            before = code.copy()
            after = code.changed(before, mask)
            self._movers[dm] = code, before, after, code.move(dm, before, after, improving=True)
        code, before, after, moves = self._movers[dm]
        if not code.solver.solve_under([*code.is_state(before, state), moves]):
            return None
        return code.read(after)

    def _may(self, dm: str, state: int, to: int) -> bool:
        space, flip = self.space, state ^ to
        if flip & ((space.only_on & state) | (space.only_off & ~state)) or not space.is_feasible(to):
            return False
        if self.space.conflict.bans or self.space.conflict.decision_maker(dm).unperceived is not None:
            return to in space.moves(dm, state)
        return True
