"""The blocks engine: every combination has a place, and what is known of all places is worked out block by block.

It is for conflicts that are too large to be listed and yet small enough to be gone through: some billion combinations.  A play's values
lie in memory or, where that does not suffice, in files; what a run will hold is said before it starts, and kept to.  Sets that are found
are kept bit by bit, and a run that was ended can be taken up where it was.  NumPy is imported when the first such engine is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from detente.concepts.base import SolutionConcept
from detente.engines.base import ONE_ORDER, Needs, Refusal
from detente.errors import LimitError
from detente.model.preference import Listed
from detente.preference.order import criteria_of
from detente.space.sets import StateSet
from detente.space.states import StateSpace

if TYPE_CHECKING:
    from detente.engines.blocks.bitmap import BitmapSet
    from detente.engines.blocks.worker import Progress

MAX_PLACES = 1 << 33
"""Most places: combinations, where rules make no digits smaller."""
MAX_SETTINGS = 1 << 20
"""Most settings of one decision maker's own options."""
_ALWAYS = 1 << 20  # combinations: these fit anywhere, and nothing need be looked at to say so
_TRIAL = 1 << 18  # places of a block in a trial


class BlocksEngine:
    """Stability of all states of a conflict, block by block.

    It is a context manager; when it is closed its files are removed, unless they are to be kept, and its sets can't be read any more.

    Parameters
    ----------
    space
        The space to answer for, listed or not.
    memory
        Most bytes of memory; by default `detente.engines.blocks.provision.MAX_MEMORY`, or half of what is free if that is less.
    disk
        Most bytes of files; by default what is free where they are made, less `SPARED`.
    seconds
        By the clock, from now on; None for no limit.
    folder
        The folder in which files are made; by default the system's temporary folder.
    keep
        Whether finished parts stay in the folder when the engine is closed, and those of a former run are taken up.
    progress
        Called now and then.

    Raises
    ------
    LimitError
        S311 if so much memory does not suffice.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)), list_up_to=0)
    >>> with BlocksEngine(space) as engine:
    ...     stable = engine.members(concept("Nash"), "A")
    ...     stable.count, stable.first(2)
    (1, (1,))
    """

    name: ClassVar[str] = "blocks"
    suits: ClassVar[str] = "few enough to go through all combinations, block by block"

    def __init__(
        self,
        space: StateSpace,
        *,
        memory: int | None = None,
        disk: int | None = None,
        seconds: float | None = None,
        folder: Path | None = None,
        keep: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        from detente.engines.blocks.parts import Folder
        from detente.engines.blocks.provision import default_memory, provide
        from detente.engines.blocks.worker import Clock, Worker

        self.space = space
        self.memory = default_memory() if memory is None else memory
        provision = provide(space, self.memory)
        clock = Clock(seconds, progress)
        clock.known = lambda: dict(self._found)
        self._worker = Worker(space, provision, self.memory, disk, Folder(provision.layout, folder, keep=keep), clock)
        self._found: dict[tuple[str, str], BitmapSet] = {}

    # -- what it says beforehand -----------------------------------------------------------------------------------
    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        """Refuses what it has no form for, and what is too large to be gone through."""
        if concept.reading is not None:
            return Refusal(ONE_ORDER.format(concept.key))
        if concept.rule is not None or not concept.is_classical:
            return Refusal(f"has no rule for {concept.key}, which looks at another play; array may have one, up to 26 options")
        if not space.moves_compose:
            why = "states are merged" if space.conflict.bans == () else "moves are banned"
            return Refusal(f"takes two moves of one decision maker for one move, and {why}; array keeps them apart, up to 26 options")
        ranked = [dm.key for dm in space.conflict.decision_makers if any(isinstance(c, Listed) for c in criteria_of(dm))]
        if ranked and not space.is_listed:
            return Refusal(f"does not take the explicit ranking of {ranked[0]} among so many states")
        return cls._too_large(space)

    @classmethod
    def _too_large(cls, space: StateSpace) -> Refusal | None:
        if space.conflict.combinations <= _ALWAYS:
            return None
        from detente.engines.blocks.cuts import Reach
        from detente.engines.blocks.layout import Layout
        from detente.engines.blocks.provision import default_memory, provide

        layout = Layout(space.conflict)
        if layout.size > MAX_PLACES:
            return Refusal(f"goes through at most {MAX_PLACES:,} combinations; there are {layout.size:,}")
        for dm in space.masks:
            if layout.own(dm) and Reach(space, layout, dm).rows > MAX_SETTINGS:
                return Refusal(f"compares all settings of one decision maker's options, at most {MAX_SETTINGS:,}; {dm} has more")
        try:
            provide(space, default_memory())
        except LimitError as problem:
            return Refusal(f"has too little memory: {problem.diagnostics[0].message}")
        return None

    @classmethod
    def seconds(cls, space: StateSpace, concept: SolutionConcept) -> float:
        """Roughly how long a concept takes for all decision makers of a listed space; the array engine is quicker there."""
        return 0.02 + len(space.masks) * (1e-3 + space.conflict.combinations * 4e-7)

    @classmethod
    def needs(
        cls,
        space: StateSpace,
        concepts: Sequence[SolutionConcept],
        memory: int | None = None,
        disk: int | None = None,
        folder: Path | None = None,
        *,
        keep: bool = False,
    ) -> Needs:
        """What it expects to need for a space, these concepts and all decision makers; the time is found by a short trial.

        `memory`, `disk`, `folder` and `keep` are those that the engine will be made with; `LimitError` (S311) if they do not suffice.
        """
        from detente.engines.blocks.estimate import seconds_for

        with cls(space, memory=memory, disk=disk, folder=folder) as engine:
            worker, parts = engine._worker, len(concepts) * len(space.masks)
            provision = worker.provision
            held = 0 if keep else provision.parts_in_memory(parts, engine.memory)
            bytes_ = provision.memory(held), provision.disk(parts - held)
            worker.check_disk(bytes_[1])
            worker.tried = True
            trial = replace(worker.table, most=min(provision.most, _TRIAL), look=lambda: None)
            seconds = seconds_for(trial, concepts, list(space.masks), provision.width, on_disk=provision.on_disk)
        return Needs(seconds, *bytes_)

    # -- answers ---------------------------------------------------------------------------------------------------
    def members(self, concept: SolutionConcept, dm: str) -> BitmapSet:
        """The states that are stable for a decision maker (`dm`, a key) under a concept.

        Raises `NotWithin` (S310) when the time is over, and `LimitError`: S311 if the disk does not suffice, S312 if a preference tells too
        many ranks apart, S313 if another run works in the folder.
        """
        refusal = None if (concept.key, dm) in self._found else self.can(self.space, concept)
        if refusal is not None:
            raise ValueError(f"{concept.key} can't be answered: {refusal.reason}; ask `can` first")
        if (concept.key, dm) not in self._found:
            self._found[concept.key, dm] = self._worker.part(concept, dm)
        return self._found[concept.key, dm]

    def states(self) -> BitmapSet:
        """All feasible states."""
        return self._worker.states()

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        """The states that are stable for a decision maker under a concept, in a listed space."""
        from detente.engines.blocks.bitmap import listed

        return StateSet(self.space, listed(self.members(concept, dm)))

    def close(self) -> None:
        """Remove what lies on the disk, unless it is to be kept; sets of this engine can't be read any more."""
        self._found.clear()
        self._worker.close()

    def __enter__(self) -> BlocksEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


ENGINE = BlocksEngine
