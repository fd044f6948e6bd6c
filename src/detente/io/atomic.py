"""Writes a file whole or not at all.

The new content goes into a temporary file in the same folder, is forced to the disk and then takes the place of the old file in one
step (`rename` of POSIX).  Whoever reads the file, and whenever the writer is killed, finds the old content or the new, never a part.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def write_atomically(path: str | os.PathLike[str], content: str | bytes) -> None:
    r"""Replace the content of a file in one step; make the file if it is not there.

    Parameters
    ----------
    path
        The file.  A symbolic link is followed, so that the link stays and the file behind it is replaced.
    content
        Its new content; a text is written in UTF-8 with its line ends as they are.

    Raises
    ------
    OSError
        The folder or the file can't be written; the file is then as it was.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_atomically(pathlib.Path(folder, "a.txt"), "one\n")
    ...     pathlib.Path(folder, "a.txt").read_text(), len(list(pathlib.Path(folder).iterdir()))
    ('one\n', 1)
    """
    with replacing(path) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place of another in one step when all is written; nothing is left when anything goes wrong.

    Parameters
    ----------
    path
        The file that is replaced, or made if it is not there.  A symbolic link is followed.

    Raises
    ------
    OSError
        The folder or the file can't be written; the file is then as it was.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(pathlib.Path(folder, "a.txt")) as file:
    ...         there = file.write(b"one"), pathlib.Path(folder, "a.txt").exists()
    ...     there, pathlib.Path(folder, "a.txt").read_bytes()
    ((3, False), b'one')
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder")
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), _mode(target))
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    _sync_folder(target.parent)


def _mode(target: Path) -> int:
    """The permissions that the file has, or that a new file gets here."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Force the folder's entry to the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
