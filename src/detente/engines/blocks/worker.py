"""One run of the blocks engine: makes parts, one after the other, keeps them, and tells how far it is."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from detente.concepts.base import SolutionConcept
from detente.engines.base import NotWithin
from detente.engines.blocks.bitmap import BitmapSet, Reader
from detente.engines.blocks.cuts import Reach
from detente.engines.blocks.layout import Column
from detente.engines.blocks.native import cubes_for
from detente.engines.blocks.parts import BYTES, Folder
from detente.engines.blocks.plays import Answers, Table, begin, judge
from detente.engines.blocks.provision import Provision
from detente.engines.blocks.ranks import Ranks
from detente.engines.blocks.rows import Condition, Feasible, Kept
from detente.engines.blocks.stores import InFile, InMemory, Store
from detente.errors import LimitError
from detente.space.states import StateSpace

SPARED = 1 << 30
"""Bytes of a disk that are left free."""
_OFTEN = 0.2  # seconds between two tellings of progress
_SWEEPS = {None: 0, "any": 3, "improving": 5}  # over all blocks, usually


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    concept, dm
        The part in hand: keys of the concept and the decision maker.
    done, of
        Blocks looked at, and how many there will be; the latter is an estimate where it depends on what is found.
    seconds
        Since the part was begun.
    rest
        Seconds that the part will still take, by the rate so far; None if that is not known yet.

    Examples
    --------
    >>> Progress("SEQ", "A", 30, 120, 15.0, 45.0).rest
    45.0
    """

    concept: str
    dm: str
    done: int
    of: int
    seconds: float
    rest: float | None


class Clock:
    """Tells progress, and ends the work when the time is over.

    Parameters
    ----------
    seconds
        The time, from now on; None for no limit.
    tell
        Called now and then.
    """

    def __init__(self, seconds: float | None, tell: Callable[[Progress], None] | None) -> None:
        self._seconds, self._tell = seconds, tell
        self._until = None if seconds is None else time.monotonic() + seconds
        self._part, self._done, self._of = ("", ""), 0, 0
        self._begun = self._told = time.monotonic()
        self.known: Callable[[], dict[tuple[str, str], BitmapSet]] = dict
        """Gives what is known when the time is over."""

    def begin(self, concept: str, dm: str, blocks: int) -> None:
        """A part is begun that will take about so many blocks."""
        self._part, self._done, self._of, self._begun = (concept, dm), 0, blocks, time.monotonic()

    def look(self) -> None:
        """A block was worked on."""
        self._done += 1
        self._of = max(self._of, self._done)
        self.check()

    def check(self) -> None:
        """Tell progress if it is time to; raises `NotWithin` if the time is over."""
        now = time.monotonic()
        if self._until is not None and now > self._until:
            concept, dm = self._part
            where = f" for {concept} of {dm}" if concept else ""
            raise NotWithin.because(f"{self._seconds:.3g} seconds were not enough{where}", self.known())
        if self._tell is not None and now - self._told > _OFTEN:
            self._told = now
            spent = now - self._begun
            rest = spent / self._done * (self._of - self._done) if self._done else None
            self._tell(Progress(*self._part, self._done, self._of, spent, rest))


class Worker:
    """Makes the parts of one run.

    Parameters
    ----------
    space
        The space.
    provision
        What it may hold.
    memory
        Most bytes of memory.
    disk
        Most bytes of files; None for what is free, less `SPARED`.
    folder
        Where files are made.
    clock
        Is asked after each block.
    """

    def __init__(self, space: StateSpace, provision: Provision, memory: int, disk: int | None, folder: Folder, clock: Clock) -> None:
        self.space, self.provision, self.folder, self.clock = space, provision, folder, clock
        self._room = memory - provision.working - (0 if provision.on_disk else provision.values)
        self._disk, self._written = disk, 0
        self._kept = Kept(provision.vectors)
        self._ranks: dict[str, Ranks] = {}
        self.tried = False
        """Whether it is only to be seen how long the work takes: ranks are then not the right ones."""
        self._files = ExitStack()

    @cached_property
    def table(self) -> Table:
        """What all plays share."""
        layout, kept = self.provision.layout, self._kept
        unperceived = {dm.key: dm.unperceived for dm in self.space.conflict.decision_makers if dm.unperceived is not None}
        return Table(
            layout,
            {dm: Reach(self.space, layout, dm) for dm in self.space.masks if layout.own(dm)},
            Feasible(layout, kept),
            self.ranks,
            {dm: Condition(layout, formula, kept) for dm, formula in unperceived.items()},
            self.provision.most,
            self.provision.on_disk,
            self.clock.look,
            cubes_for(self.space, layout, self.provision.width, self.provision.words),
        )

    def ranks(self, dm: str) -> Ranks:
        """The ranks of a decision maker."""
        if dm not in self._ranks:
            self._ranks[dm] = Ranks(self.space, dm, self.provision.layout, self._kept, self.clock.check, tried=self.tried)
        return self._ranks[dm]

    # -- parts -----------------------------------------------------------------------------------------------------
    def part(self, concept: SolutionConcept, dm: str) -> BitmapSet:
        """The stable states of a decision maker under a concept, taken up from a former run or worked out."""
        key = f"{concept.key}-{list(self.space.masks).index(dm) + 1}"
        found = self.folder.finished(key)
        return self._read(found.path, found.count) if found is not None else self._made(concept, dm, key)

    def _made(self, concept: SolutionConcept, dm: str, key: str) -> BitmapSet:
        table = self.table
        others = [other for other in table.reaches if other != dm] if concept.answers is not None else []
        sweeps = _SWEEPS[concept.answers] * len(table.cuts(others)) + 1
        self.clock.begin(concept.key, dm, sweeps * table.cut(dm).count)
        with ExitStack() as values_of, ExitStack() as unfinished:
            values = None
            if others:
                values = self._values(table.dtype(dm))
                values_of.callback(self._discard, values)
                begin(table, concept, dm, values)
                Answers(table, others, concept.answers == "improving", values, table.dtype(dm)).settle()
            bits = self._bits(key)
            unfinished.callback(self._discard, bits)
            count = judge(table, dm, values, self._putting(bits))
            unfinished.pop_all()
        return self._finished(key, bits, count)

    def _putting(self, bits: Store) -> Callable[[Column, Column], None]:
        """Puts which places of some runs are stable into a set."""
        width = -(-self.provision.layout.run // 8)

        def put(runs: Column, packed: Column) -> None:
            ends = np.flatnonzero(np.diff(runs) != 1) + 1
            for first, rows in zip(np.split(runs, ends), np.split(packed, ends), strict=True):
                bits.save(int(first[0]) * width, rows)

        return put

    def _finished(self, key: str, bits: InMemory | InFile, count: int) -> BitmapSet:
        if isinstance(bits, InFile):
            part = self.folder.finish(key, bits, count)
            return self._read(part.path, part.count)
        self._files.callback(bits.close)
        return BitmapSet(self.space, self.provision.layout, self._reader(bits), count)

    def _read(self, path: Path, count: int) -> BitmapSet:
        store = InFile(path, self.provision.part, BYTES, existing=True)
        self._files.callback(store.close)
        return BitmapSet(self.space, self.provision.layout, self._reader(store), count)

    def _reader(self, store: Store) -> Reader:
        width = -(-self.provision.layout.run // 8)

        def read(start: int, stop: int) -> Column:
            rows = np.empty((stop - start, width), np.uint8)
            store.load(start * width, rows)
            return rows

        return read

    def states(self) -> BitmapSet:
        """All feasible states."""
        layout, feasible = self.provision.layout, self.table.feasible

        def read(start: int, stop: int) -> Column:
            rows = np.empty((stop - start, -(-layout.run // 8)), np.uint8)
            for row, run in zip(rows, range(start, stop), strict=True):
                row[...] = np.packbits(np.broadcast_to(feasible(layout.high(run)), layout.run), bitorder="little")
            return rows

        return BitmapSet(self.space, layout, read)

    # -- where they lie --------------------------------------------------------------------------------------------
    def _values(self, dtype: np.dtype[np.unsignedinteger]) -> InMemory | InFile:
        size = self.provision.layout.size
        if not self.provision.on_disk:
            return InMemory(size, dtype)
        return self._file("values", size, dtype)

    def _bits(self, key: str) -> InMemory | InFile:
        size = self.provision.part
        if not self.folder.keep and self._room >= size:
            self._room -= size
            return InMemory(size, BYTES)
        return self._file(key, size, BYTES)

    def _file(self, name: str, size: int, dtype: np.dtype[np.unsignedinteger]) -> InFile:
        self.check_disk(size * dtype.itemsize)
        self._written += size * dtype.itemsize
        return self.folder.new(name, size, dtype)

    def _discard(self, store: InMemory | InFile) -> None:
        store.close()
        if isinstance(store, InFile):
            self._written -= store.path.stat().st_size
            store.path.unlink()

    def check_disk(self, wanted: int) -> None:
        """Refuse (`LimitError` S311) to write so many bytes more than there is room for."""
        base = self.folder.base
        while not base.exists():
            base = base.parent
        free = shutil.disk_usage(base).free - SPARED
        room = free if self._disk is None else min(free, self._disk - self._written)
        if wanted > room:
            message = f"{_gib(wanted)} of disk are needed in {self.folder.base}; {_gib(max(room, 0))} can be used"
            help = "allow more memory, name a folder on a larger disk, or let another engine answer"
            raise LimitError.of("S311", message, value=str(self.folder.base), help=help)

    def close(self) -> None:
        """Give up all that is held, and the folder."""
        self._files.close()
        self.folder.close()


def _gib(size: int) -> str:
    return f"{size / (1 << 30):,.1f} GiB"
