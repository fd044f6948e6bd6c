"""The symbolic engine: stable states as decision diagrams, at sizes that nobody can list.

A decision maker's value is a vector of diagrams, one for each statement.  How long that takes depends on how the statements and rules hang
together, hardly on how many states there are; it can't be told beforehand.  The work is done by a process of its own, with OxiDD
(`pip install "detente[symbolic]"`), and ends when a limit is met.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, ClassVar, NoReturn
from weakref import finalize

from detente.concepts.base import SolutionConcept
from detente.engines.base import ONE_ORDER, Needs, NotWithin, Refusal
from detente.engines.symbolic.forest import Forest
from detente.engines.symbolic.process import Died, Late, Worker, give_back, take
from detente.engines.symbolic.sets import DiagramSet
from detente.engines.symbolic.table import Table
from detente.engines.symbolic.task import Kind, task_of
from detente.errors import Cannot, MissingExtra
from detente.model.preference import Listed
from detente.preference.order import criteria_of
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import listing

MEMORY = 4 << 30
"""Most bytes of memory that the worker holds, unless told otherwise."""
INSTALL = 'pip install "detente[symbolic]"'
_SMALL = 14  # options: diagrams of so few need little room
_LISTED = 20  # options of a listed space up to which other engines are surely quicker


class SymbolicEngine:
    """Stability of all states at once, as decision diagrams.

    It is a context manager.  One worker process answers all questions of an engine, and shares what it has worked out between them.

    Parameters
    ----------
    space
        The space to answer for, listed or not.
    seconds
        By the clock, for all questions together, from the first on; None for no limit.
    memory
        Most bytes of the worker; `MEMORY` by default.
    progress
        Told in a few words what is being worked out.
    seed
        Of the orders of options that are tried; another gives the same answers in another time.

    Raises
    ------
    MissingExtra
        S321 if OxiDD is not installed.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)), list_up_to=0)
    >>> with SymbolicEngine(space) as engine:
    ...     stable = engine.members(concept("Nash"), "A")
    ...     stable.count, stable.first(2), engine.feasible().count
    (1, (1,), 2)
    """

    name: ClassVar[str] = "symbolic"
    suits: ClassVar[str] = "described by decision diagrams without being listed"

    def __init__(
        self,
        space: StateSpace,
        *,
        seconds: float | None = None,
        memory: int | None = None,
        progress: Callable[[str], None] | None = None,
        seed: int = 1,
    ) -> None:
        if not is_installed():
            raise MissingExtra.of("S321", "decision diagrams need OxiDD, which is not installed", help=INSTALL)
        self.space, self.seed = space, seed
        self.memory = MEMORY if memory is None else memory
        self._seconds, self._until = seconds, None if seconds is None else 0.0
        self._progress = progress or (lambda _: None)
        self._parties = {dm.key: number for number, dm in enumerate(space.conflict.decision_makers)}
        self._forests: dict[tuple[int, ...], Forest] = {}
        self._known: dict[tuple[str, str], DiagramSet] = {}
        self._worker: Worker | None = None
        self._ending: finalize[..., Any] | None = None

    # -- what it says beforehand -----------------------------------------------------------------------------------
    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        """Refuses what it has no diagrams for (other plays, merged states, bans, explicit rankings), and to work without OxiDD."""
        if concept.reading is not None:
            return Refusal(ONE_ORDER.format(concept.key))
        if not concept.is_classical:
            return Refusal(f"has no diagrams for {concept.key}, which looks at another play; array has a rule, up to 26 options")
        if not space.moves_compose:
            why = "moves are banned" if space.conflict.bans else "states are merged"
            return Refusal(f"takes two moves of one decision maker for one move, and {why}; array keeps them apart, up to 26 options")
        ranked = [dm.key for dm in space.conflict.decision_makers if any(isinstance(c, Listed) for c in criteria_of(dm))]
        if ranked:
            return Refusal(f"has no diagrams for an explicit ranking, as that of {ranked[0]}; array takes it, up to 26 options")
        if not is_installed():
            return Refusal(f"needs OxiDD, which is not installed: {INSTALL}")
        return None

    @classmethod
    def seconds(cls, space: StateSpace, concept: SolutionConcept) -> float:
        """Roughly how long a concept takes for all decision makers of a listed space; in a small one mostly the start of its process."""
        options = len(space.conflict.options)
        return 0.5 + len(space.masks) * (0.02 if options <= _LISTED else 0.5) * (10.0 if concept.answers == "improving" else 1.0)

    @classmethod
    def needs(cls, space: StateSpace, concepts: Sequence[SolutionConcept]) -> Needs:
        """What it expects to need: its time can't be told beforehand, its memory is at most its limit."""
        return Needs(None, MEMORY)

    # -- answers ---------------------------------------------------------------------------------------------------
    def members(self, concept: SolutionConcept, dm: str) -> DiagramSet:
        """The states that are stable for a decision maker (`dm`, a key) under a concept.

        Raises `NotWithin` (S310) when a limit is met first, and `Cannot` (S320) if the worker fails.
        """
        found = self._known.get((concept.key, dm))
        if found is None:
            self._check(concept)
            self._progress(f"{concept.key}, {dm}")
            asked = f"{concept.key} for {dm}"
            found = self._known[concept.key, dm] = self._set(self._ask("stable", (Kind.of(concept), self._parties[dm]), asked))
        return found

    def equilibria(self, concept: SolutionConcept) -> DiagramSet:
        """The states that are stable for every decision maker under a concept; raises as `members` does."""
        return self.mixed(dict.fromkeys(self._parties, concept))

    def mixed(self, profile: Mapping[str, SolutionConcept]) -> DiagramSet:
        """The states that are stable for some decision makers (keys), each under a concept of their own; raises as `members` does.

        Equal to what the sets of `members` have in common, found more quickly, and smaller as a diagram.
        """
        for dm, concept in profile.items():
            self.members(concept, dm)
        wanted = tuple((Kind.of(concept), self._parties[dm]) for dm, concept in profile.items())
        return self._set(self._ask("all stable", wanted, f"{listing(sorted({c.key for c in profile.values()}))} for all"))

    def feasible(self) -> DiagramSet:
        """All feasible states; raises as `members` does."""
        return self._set(self._ask("feasible", None, "the feasible states"))

    states = feasible

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        """The states that are stable for a decision maker under a concept, in a listed space."""
        return self.space.set_of(*self.members(concept, dm).each())

    def close(self) -> None:
        """End the worker, or leave it to the next engine; the sets that were found stay as they are.

        From another thread it ends the question that is being answered, which then raises `Cannot`.
        """
        if self._ending is not None:
            self._ending()
            self._ending = self._worker = None

    def __enter__(self) -> SymbolicEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- the worker ------------------------------------------------------------------------------------------------
    def _check(self, concept: SolutionConcept) -> None:
        refusal = self.can(self.space, concept)
        if refusal is not None:
            raise ValueError(f"{concept.key} can't be answered: {refusal.reason}; ask `can` first")

    def _set(self, table: Table) -> DiagramSet:
        """The set of a table, beside others that were made in the same order."""
        forest = self._forests.setdefault(tuple(table.order), Forest(table.order))
        return DiagramSet(self.space, forest, forest.add(table))

    def _ask(self, question: str, about: Any, asked: str) -> Table:
        if self._seconds is not None and not self._until:
            self._until = time.monotonic() + self._seconds
        try:
            table: Table = self._at_work().ask(question, about, self._until)
            return table
        except Late:
            self._not_within(f"{self._seconds:.3g} seconds were not enough for {asked}")
        except Died as death:
            if death.memory:
                self._not_within(f"{self.memory / (1 << 30):.1f} GiB of memory were not enough for {asked}")
            message = f"the process that works with decision diagrams ended by itself at {asked}: {death.words}"
            raise Cannot.of("S320", message, help="ask another engine with --engine, and report the conflict with this message") from death

    def _not_within(self, message: str) -> NoReturn:
        raise NotWithin.because(message, dict(self._known))

    def _at_work(self) -> Worker:
        """The worker, told of the conflict; a new one if the last one was ended."""
        if self._worker is None or not self._worker.is_alive:
            self.close()
            self._worker = worker = take(self.memory)
            self._ending = finalize(self, give_back, worker)
            small = len(self.space.conflict.options) <= _SMALL
            worker.ask("conflict", (task_of(self.space), small, self.seed), self._until)
        return self._worker


def is_installed() -> bool:
    """Whether OxiDD is installed; it is not imported here."""
    return find_spec("oxidd") is not None


ENGINE = SymbolicEngine
