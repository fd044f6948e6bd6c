"""The folder that rows are written into: one writer at a time, no part without all its bytes, and what is finished is never done again.

A part is written under another name, forced to the disk and then given its name in one step; so is the manifest, from time to time.  A
writer that is killed leaves finished parts, some of which the manifest may not know yet: these are looked at and taken over.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from detente.app.progress import Progress, silent
from detente.app.sweep_rows.making import Made, bytes_of
from detente.app.sweep_rows.manifest import FILE, Entry, Manifest, part_file, read, same
from detente.app.sweep_rows.plan import Plan, arrow
from detente.errors import ConflictError, UsageError
from detente.io.atomic import write_atomically
from detente.text import plural

SAVED_EVERY = 1.0
"""How many seconds pass at least between two writings of the manifest."""
_LEFT_OVER = re.compile(r"\.(?:part-[0-9]{7}\.parquet|manifest\.json)\.\w+\.part")
_PART = re.compile(r"part-[0-9]{7}\.parquet")


@contextlib.contextmanager
def claimed(path: str | os.PathLike[str]) -> Iterator[None]:
    """A folder for one writer, made if it is not there.

    Parameters
    ----------
    path
        The folder.

    Raises
    ------
    ConflictError
        F641 if another run writes there; F642 if it can't be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, claimed(folder):
    ...     with claimed(folder):
    ...         pass
    Traceback (most recent call last):
    ...
    detente.errors.ConflictError: error[F641]: another run writes into this folder
    """
    name = os.fspath(path)
    with writing(name):
        Path(path).mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            help = "wait for it, or write into another folder"
            raise ConflictError.of("F641", "another run writes into this folder", value=name, help=help) from None
        except OSError:  # a disk that knows no locks
            pass
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def writing(name: str) -> Iterator[None]:
    """Tells of what goes wrong with the disk as a `ConflictError` (F642), which names a file or folder.

    >>> with writing("here"):
    ...     raise OSError(28, "No space left on device")
    Traceback (most recent call last):
    ...
    detente.errors.ConflictError: error[F642]: "here" can't be written: no space left on device
    """
    try:
        yield
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        help = "the finished parts are kept: make room, or check the permissions, then go on with --resume"
        raise ConflictError.of("F642", f'"{name}" can\'t be written: {reason}', value=name, help=help) from None


class Folder:
    """A claimed folder with the parts of a plan that are there.

    Parameters
    ----------
    path
        The folder.
    plan
        The plan.
    resume
        Whether to go on with what is there.
    note
        Is told of parts that are taken over, or made again.

    Raises
    ------
    UsageError
        U510 if something is there and is not to be gone on with; U511 if that is another sweep.
    ConflictError
        F640 if what is there is no sweep; F648 if other versions wrote it; F642 if it can't be written.

    Examples
    --------
    >>> import tempfile
    >>> from detente.cases import load
    >>> from detente.analysis.sweep.rows import Numbered
    >>> from detente.app.sweep_rows.making import Maker
    >>> plan = Plan(Numbered.of(load("elmira"), 10, 1), (), (), 10)
    >>> with tempfile.TemporaryDirectory() as path:
    ...     folder = Folder(path, plan, resume=False)
    ...     folder.keep(Maker(plan).made(0))
    ...     folder.save(), Folder(path, plan, resume=True).entries == folder.entries, read(path).missing
    (None, True, ())
    """

    def __init__(self, path: str | os.PathLike[str], plan: Plan, resume: bool, note: Progress = silent) -> None:
        self.path, self.plan, self._note = Path(path), plan, note
        self.entries: dict[int, Entry] = {}
        """The parts that are there, by their numbers."""
        self._saved = 0.0
        there = sorted(name for name in names_in(path) if not _LEFT_OVER.fullmatch(name))
        if FILE in there:
            self._go_on(resume)
        elif there:
            self._refuse(resume)
        with writing(str(path)):
            for name in names_in(path):
                if _LEFT_OVER.fullmatch(name):
                    Path(path, name).unlink()
        self.save()

    @property
    def manifest(self) -> Manifest:
        """The manifest as it is now."""
        return Manifest(self.plan.about, self.entries)

    def keep(self, made: Made) -> None:
        """Write a part that was `made`, and from time to time the manifest.

        Raises `ConflictError` (F642) if it can't be written; what was finished stays.
        """
        start, stop = self.plan.bounds(made.number)
        entry = Entry(part_file(made.number), stop - start, len(made.content), hashlib.sha256(made.content).hexdigest())
        with writing(str(self.path / entry.file)):
            write_atomically(self.path / entry.file, made.content)
        self.entries[made.number] = entry
        if time.monotonic() - self._saved >= SAVED_EVERY:
            self.save()

    def save(self) -> None:
        """Write the manifest."""
        with writing(str(self.path / FILE)):
            write_atomically(self.path / FILE, self.manifest.text)
        self._saved = time.monotonic()

    def _refuse(self, resume: bool) -> None:
        name = str(self.path)
        if resume:
            help = "name the folder that the sweep was written into"
            raise ConflictError.of("F640", f'"{name}" holds other files and no sweep', value=name, help=help)
        raise UsageError.of("U510", f'"{name}" is not empty', value=name, help="name a new folder, or an empty one")

    def _go_on(self, resume: bool) -> None:
        name = str(self.path)
        if not resume:
            message = f'there is a sweep in "{name}" already'
            raise UsageError.of("U510", message, value=name, help="go on with it (--resume), or name another folder")
        found = read(self.path)
        same(found, self.plan, name)
        damaged, taken = 0, 0
        for file in sorted(filter(_PART.fullmatch, names_in(self.path))):
            number = int(file[5:12])
            content = _bytes(self.path / file)
            entry = Entry(file, _rows(self.plan, number), len(content), hashlib.sha256(content).hexdigest())
            known = found.entries.get(number)
            if entry == known or (known is None and is_part(self.plan, number, content)):
                self.entries[number] = entry
                taken += known is None
            else:
                damaged += 1
        damaged += sum(number not in self.entries and not (self.path / part_file(number)).exists() for number in found.entries)
        if taken:
            self._note(f"{plural(taken, 'finished part')} taken over that the manifest did not know yet")
        if damaged:
            self._note(f"{plural(damaged, 'part')} missing or not as written; made again")


def names_in(path: str | os.PathLike[str]) -> list[str]:
    """The names of what is in a folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     names_in(folder)
    []
    """
    return [one.name for one in Path(path).iterdir()]


def _bytes(path: Path) -> bytes:
    """What a file holds; nothing if it can't be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _rows(plan: Plan, number: int) -> int:
    start, stop = plan.bounds(number)
    return max(stop - start, 0)


def is_part(plan: Plan, number: int, content: bytes) -> bool:
    """Whether some bytes are a part of a plan, every one of them as it was written.

    What they hold must have the sums that were written with it, and must give the same bytes when it is written again.

    Parameters
    ----------
    plan
        The plan.
    number
        The number of the part, from 0.
    content
        The bytes.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.analysis.sweep.rows import Numbered
    >>> is_part(Plan(Numbered.of(load("elmira"), 10, 1), (), (), 10), 0, b"PAR1 and no more")
    False
    """
    lib, parquet = arrow()
    if number >= plan.parts:
        return False
    try:
        table = parquet.read_table(io.BytesIO(content), page_checksum_verification=True)
        about = json.loads(table.schema.metadata[b"detente"])
        is_mine = about["sweep"] == plan.identity and about["part"] == number and table.num_rows == _rows(plan, number)
        return bool(is_mine and tuple(table.column_names) == plan.names.all and bytes_of(table) == content)
    except (lib.ArrowException, OSError, ValueError, KeyError, TypeError):
        return False
