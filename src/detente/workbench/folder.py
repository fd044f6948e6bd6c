"""The folder that the workbench was opened on: all that it reads and writes.

What a file holds has a digest, and a save says which one it replaces: whoever saves later, in another window or another program, is told,
and nothing is overwritten unseen.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EINVAL
from hashlib import sha256
from itertools import islice
from pathlib import Path
from threading import Lock
from unicodedata import category

from detente.errors import UsageError
from detente.io.atomic import write_atomically
from detente.io.decoding import MAX_BYTES, decoded

SUFFIXES = (".yaml", ".yml", ".json")
"""What the names of files end in that the workbench shows; all of them are in the language of Detente."""
MOST_FILES = 1_000
"""Most files that are listed."""
MOST_LOOKED_AT = 50_000
"""Most files and folders of any kind that are looked at for them."""
MOST_DEEP = 4
"""How many folders deep files are looked for."""


class ChangedError(UsageError):
    """A file is not what a save wanted to replace; `found` is what it is now, None where it is not there."""

    found: Held | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds.

    Parameters
    ----------
    name
        Its path within the folder, with slashes.
    text
        Its text.

    Examples
    --------
    >>> Held("a.yaml", "detente: 1").digest[:8]
    'b193c3e1'
    """

    name: str
    text: str

    @property
    def digest(self) -> str:
        """What tells this text from any other."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Listed:
    """The conflict files of a folder, as far as they are listed.

    Parameters
    ----------
    names
        Their paths within the folder, in order, at most `MOST_FILES`.
    total
        How many were found, listed or not.
    whole
        Whether all that is in the folder was looked at; there may be more of them where it was not.

    Examples
    --------
    >>> Listed(("a.yaml",), 1, True).total
    1
    """

    names: tuple[str, ...]
    total: int
    whole: bool


class Folder:
    """Reads and writes conflict files of one folder and the folders in it, and no others.

    Parameters
    ----------
    root
        The folder.

    Raises
    ------
    UsageError
        U540 if it is no folder.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = Folder(place)
    ...     saved = folder.write("a.yaml", "detente: 1", None)
    ...     folder.names(), folder.read("a.yaml").text, folder.read("a.yaml").digest == saved.digest
    (('a.yaml',), 'detente: 1', True)
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = Path(os.path.realpath(root))
        self._saving = Lock()  # two windows don't look at a file at once and then both replace it
        if not self.root.is_dir():
            raise UsageError.of("U540", f'there is no folder "{os.fspath(root)}"', value=os.fspath(root), help="name a folder")

    def names(self) -> tuple[str, ...]:
        """The names of the files that are listed, in order; raises U540 as `listed`."""
        return self.listed().names

    def listed(self) -> Listed:
        """The files; hidden files and folders are passed over, and what can't be read; raises U540 if it is gone."""
        if not self.root.is_dir():
            raise UsageError.of("U540", f'there is no folder "{self.root.name}" any more', value=self.root.name, help="open another folder")
        entries = _entries(self.root, MOST_DEEP)
        files = [entry for entry in islice(entries, MOST_LOOKED_AT) if _is_shown(entry)]
        names = sorted(Path(entry.path).relative_to(self.root).as_posix() for entry in files[:MOST_FILES])
        return Listed(tuple(names), len(files), next(entries, None) is None)

    def read(self, name: str) -> Held:
        """What a file holds.

        Parameters
        ----------
        name
            Its path within the folder.

        Raises
        ------
        UsageError
            U541 if the name is not one of a conflict file in this folder, U404 if there is no such file.
        ConflictError
            F-codes if it is too large, or no text.
        """
        path = self._path(name)
        try:
            if path.exists() and not path.is_file():  # a pipe would be waited for
                raise OSError(EINVAL, "it is no file")
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as problem:
            help = "the list of files shows what there is"
            raise UsageError.of("U404", f'"{name}" can\'t be read: {problem.strerror}', value=name, help=help) from None
        return Held(name, decoded(content, name))

    def write(self, name: str, text: str, replaces: str | None) -> Held:
        """Save a text as UTF-8; returns what the file holds then.

        Parameters
        ----------
        name
            The path of the file within the folder.
        text
            What it is to hold; a byte order mark at its beginning is left out.
        replaces
            The digest of what it holds now; None for a file that is not there.

        Raises
        ------
        UsageError
            U541 as `read`, U543 if it can't be written.
        ConflictError
            F-codes if what it holds now, or is to hold, can't be read.
        ChangedError
            U542: the file is not what was to be replaced.
        """
        with self._saving:
            return self._write(name, text, replaces)

    def _write(self, name: str, text: str, replaces: str | None) -> Held:
        path = self._path(name)
        text = decoded(text.encode("utf-8", "surrogatepass"), name).lstrip("\ufeff")  # nothing is saved that could not be read back
        there = self.read(name) if _is_there(path) else None
        if (None if there is None else there.digest) != replaces:
            since = " since it was opened"
            what = "is there already" if replaces is None else f"has changed on disk{since}" if there is not None else f"is gone{since}"
            help = "look at what differs, and save again over it, or under another name"
            problem = ChangedError.of("U542", f'"{name}" {what}', value=name, help=help)
            assert isinstance(problem, ChangedError)
            problem.found = there
            raise problem
        try:
            write_atomically(path, text)
        except OSError as problem:
            message = f'"{name}" can\'t be written: {problem.strerror}'
            raise UsageError.of("U543", message, value=name, help="save it under another name, or in another folder") from None
        return Held(name, text)

    def _path(self, name: str) -> Path:
        """Where a file is; raises U541 for anything but a conflict file in this folder."""
        parts = name.split("/")
        plain = all(map(_is_plain, parts))
        path = self.root.joinpath(*parts) if plain else self.root
        real = Path(os.path.realpath(path))
        if not plain or len(parts) > MOST_DEEP + 1 or not name.lower().endswith(SUFFIXES) or real != path or _is_link(path):
            message = "this is no name of a conflict file in the folder that is open"
            help = f"name a file that ends in {', '.join(SUFFIXES)}, at most {MOST_DEEP} folders deep, without links and hidden folders"
            raise UsageError.of("U541", message, value=name, help=help)
        return path


def _entries(root: Path, most_deep: int) -> Iterator[os.DirEntry[str]]:
    """What is in a folder and, so deep, the folders in it, by names that can be asked for; no folder that can't be read.

    What is least deep comes first: no folder with very many files hides what stands beside it.
    """
    left = deque([(root, most_deep)])
    while left:
        folder, deep = left.popleft()
        try:
            found = sorted(os.scandir(folder), key=lambda one: one.name)
        except OSError:
            continue
        for entry in found:
            if _is_plain(entry.name):
                yield entry
                if deep and entry.is_dir(follow_symlinks=False):
                    left.append((Path(entry.path), deep - 1))


def _is_shown(entry: os.DirEntry[str]) -> bool:
    """Whether something is a conflict file."""
    return entry.name.lower().endswith(SUFFIXES) and entry.is_file(follow_symlinks=False)


def _is_plain(part: str) -> bool:
    """Whether this can be part of a name: not hidden, no way up, nothing but text, without control characters."""
    return part != "" and not part.startswith(".") and "\\" not in part and not any(category(sign) in ("Cc", "Cs") for sign in part)


def _is_link(path: Path) -> bool:
    """Whether this is a link, be it to itself."""
    try:
        return path.is_symlink()
    except OSError:  # the name is too long for anything to have it
        return False


def _is_there(path: Path) -> bool:
    """Whether anything has this name; nothing has a name that is too long for the system."""
    try:
        return path.exists()
    except OSError:
        return False
