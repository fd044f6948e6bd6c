"""Verdicts on single states, in conflicts of any size: each with a witness that the checker of certificates has accepted."""

from __future__ import annotations

import importlib
import importlib.util
import time
from typing import Any

from detente.analysis.certificate import check
from detente.app.errors import refused
from detente.concepts.base import SolutionConcept
from detente.concepts.witness import AnyWitness
from detente.engines.base import NotWithin
from detente.engines.single import MAX_REACHED, SingleEngine
from detente.errors import Cannot, LimitError, MissingExtra, UsageError
from detente.space.states import StateSpace
from detente.text import did_you_mean, listing

SECONDS = 20.0
"""How long a verdict on one state is looked for, unless a limit is given."""
QUICK_REACHED = 300
"""Up to so many states that the others reach are listed in a conflict that is not; beyond, a certificate that lists none is looked for."""
QUICK_OWN = 10
"""Up to so many options of every decision maker moves are listed one by one in a conflict that is not."""
ENGINES = ("sat", "single")
"""The engines that answer for single states."""
INSTALL = 'pip install "detente[sat]"'


class Decider:
    """Decides who stays at single states, and keeps what it has found.

    In a conflict whose states are listed the single-state engine answers, which lists all cases; where they are too many, and in larger
    conflicts, the engine that works by satisfiability, whose certificates cover many cases at once.

    Parameters
    ----------
    space
        The space.
    engine
        "sat" or "single" for only this engine; None to let the program choose.
    seconds
        Limit for one verdict; None for `SECONDS`, 0 for no limit.

    Raises
    ------
    UsageError
        U430 if no engine for single states has the name.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.concepts.registry import concept
    >>> space = StateSpace(load("elmira"))
    >>> type(Decider(space).witness(concept("SEQ"), "Local", space.state(1))).__name__
    'Leaves'
    """

    def __init__(self, space: StateSpace, engine: str | None = None, seconds: float | None = None) -> None:
        if engine is not None and engine not in ENGINES:
            close = did_you_mean(engine, ENGINES)
            hint = (f'did you mean "{close}"? ' if close else "") + f"for single states there are {listing(ENGINES)}"
            raise UsageError.of("U430", f'no engine for single states is called "{engine}"', value=engine, help=hint)
        self.space, self.engine = space, engine
        self.seconds = SECONDS if seconds is None else seconds or None
        self._known: dict[tuple[str, str, int], AnyWitness] = {}
        self._single: dict[int, _Timed] = {}
        self._sat: Any = None

    def witness(self, under: SolutionConcept, dm: str, state: int, most: float | None = None) -> AnyWitness:
        """Why a decision maker stays at a state, or leaves it, under a concept; the checker has accepted it.

        `most` may give a smaller limit of time than the usual one.

        Raises `LimitError` (S303, S310) where it was not found within the limits, `Cannot` where no engine knows the concept in a conflict
        of this kind, `MissingExtra` where the engine that might answer is not installed, and `InternalError` (D902) if it is refused.
        """
        key = (under.key, dm, state)
        if key not in self._known:
            limit = min((one for one in (self.seconds, most) if one is not None), default=None)
            found = self._found(under, dm, state, limit)
            reason = check(self.space, found, under)
            if reason is not None:
                raise refused(reason, dm, under.key, self.space.number(state))
            self._known[key] = found
        return self._known[key]

    def refused(self, witness: AnyWitness) -> str | None:
        """Why the checker of certificates refuses a `witness`, None if it accepts it; what it has accepted here is not checked again."""
        known = self._known.get((witness.concept, witness.dm, witness.state))
        return None if known is witness else check(self.space, witness)

    def _found(self, under: SolutionConcept, dm: str, state: int, limit: float | None) -> AnyWitness:
        if under.rule is not None or not under.is_classical:  # another play than the other engine knows
            self._check_few(under)
            return self._by_single(MAX_REACHED, under, dm, state, None if self.space.is_listed else limit)
        if self.engine == "sat":
            return self._by_sat(under, dm, state, limit)
        if self.space.is_listed or self.engine == "single" or not has_sat():
            try:
                return self._by_single(MAX_REACHED, under, dm, state)
            except LimitError as problem:
                if self.engine == "single":
                    raise
                return self._instead(problem, under, dm, state, limit)
        if self._few:
            try:
                return self._by_single(QUICK_REACHED, under, dm, state)
            except LimitError:
                return self._by_sat(under, dm, state, limit)
        return self._by_sat(under, dm, state, limit)

    @property
    def _few(self) -> bool:
        return all(mask.bit_count() <= QUICK_OWN for mask in self.space.masks.values())

    def _check_few(self, under: SolutionConcept) -> None:
        """Refuse to go through moves one by one where a decision maker has too many; raises `Cannot` (S332)."""
        if not self.space.is_listed and self.engine is None and not self._few:
            raise Cannot.of(
                "S332",
                f"{under.key} looks at all moves of everybody one by one, and somebody has more than {QUICK_OWN} options",
                help="ask under another concept, or wait for it with --engine single",
            )

    def _instead(self, problem: LimitError, under: SolutionConcept, dm: str, state: int, limit: float | None) -> AnyWitness:
        """What the other engine finds where listing all cases was too much; the first problem if it can't."""
        if not has_sat():
            raise MissingExtra.of(
                "S331", f"{problem.diagnostics[0].message}; a certificate that lists none needs a library that is not installed",
                help=f"install it: {INSTALL}",
            ) from None  # fmt: skip
        try:
            return self._by_sat(under, dm, state, limit)
        except Cannot:
            raise problem from None

    def _by_single(self, most: int, under: SolutionConcept, dm: str, state: int, limit: float | None = None) -> AnyWitness:
        if most not in self._single:
            self._single[most] = _Timed(self.space, most)
        return self._single[most].within(limit).verdict(under, dm, state)

    def _by_sat(self, under: SolutionConcept, dm: str, state: int, limit: float | None) -> AnyWitness:
        if self._sat is None:
            module: Any = importlib.import_module("detente.engines.sat")
            self._sat = module.SatEngine(self.space)
        found: AnyWitness = self._sat.witness(under, dm, state, seconds=limit)
        return found


class _Timed(SingleEngine):
    """The engine that lists all cases, with a limit of time for a verdict whose cases are too many to be gone through."""

    _seconds: float | None = None
    _until: float | None = None

    def within(self, seconds: float | None) -> _Timed:
        """The same engine, for a verdict that is to be found within so many seconds from now; None for no limit."""
        self._seconds, self._until = seconds, None if seconds is None else time.monotonic() + seconds
        return self

    def state_of(self, combination: int) -> int | None:
        """The state of a combination, None if infeasible; raises `LimitError` (S310) when the time is up."""
        if self._until is not None and time.monotonic() > self._until:
            raise NotWithin.because(f"not all that the others could change at once was gone through within {self._seconds:.3g} seconds")
        return super().state_of(combination)


def goal(witness: AnyWitness) -> int | None:
    """The improvement by which a decision maker leaves, None if they stay.

    >>> from detente.concepts.witness import Leaves, Stays
    >>> goal(Leaves("Nash", "A", 0, 1)), goal(Stays("Nash", "A", 0, ()))
    (1, None)
    """
    to: int | None = getattr(witness, "improvement", None)
    return to


def has_sat() -> bool:
    """Whether the library that decides by satisfiability is installed.

    >>> has_sat() in (True, False)
    True
    """
    return importlib.util.find_spec("pysat") is not None
