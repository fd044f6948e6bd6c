"""Where finished sets and the work in hand lie on the disk, and how an interrupted run is taken up again.

A *part* is the set of stable states of one decision maker under one concept.  It is written under another name, brought to the disk, and
only then given its name and noted in the manifest, so that whatever has its name is whole, even if the process was killed.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detente.engines.blocks.layout import Layout
from detente.engines.blocks.stores import InFile
from detente.errors import LimitError

FORMAT = 1
"""Version of the files."""
BYTES = np.dtype(np.uint8)
_PIECE = 1 << 22


@dataclass(frozen=True, slots=True)
class Part:
    """A finished part: its file, and how many states it holds."""

    path: Path
    count: int


class Folder:
    """The scratch folder of one run; made when it is first needed.

    Parameters
    ----------
    layout
        Where combinations stand.
    base
        The folder in which it is made; None for the system's temporary folder, see `tempfile.gettempdir`.
    keep
        Whether finished parts stay when it is closed.  It then has a name that depends only on the conflict, and parts in it that a former
        run finished are taken up.

    Raises
    ------
    LimitError
        S313 if another process works in it.
    """

    def __init__(self, layout: Layout, base: Path | None, *, keep: bool) -> None:
        self._layout, self._base, self.keep = layout, base, keep
        self._path: Path | None = None
        self._lock = -1
        self._parts: dict[str, dict[str, Any]] = {}

    @property
    def base(self) -> Path:
        """The folder in which it is made."""
        return self._base or Path(tempfile.gettempdir())

    @property
    def path(self) -> Path:
        """The folder itself; it exists from now on."""
        if self._path is None:
            self.base.mkdir(parents=True, exist_ok=True)
            if self.keep:
                self._path = self.base / f"detente-{self._layout.conflict.digest[:16]}"
                self._path.mkdir(exist_ok=True)
            else:
                self._path = Path(tempfile.mkdtemp(prefix="detente-", dir=self.base))
            self._take(self._path)
        return self._path

    def _take(self, path: Path) -> None:
        self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            self._lock, self._path = -1, None
            help = "wait until the other run is done, or name another folder"
            raise LimitError.of("S313", f"another run works in {path}", value=str(path), help=help) from None
        self._parts = self._noted(path)
        for stale in path.glob("*.new"):
            stale.unlink()

    def _noted(self, path: Path) -> dict[str, dict[str, Any]]:
        """The finished parts in the manifest, if it is of this conflict and these places."""
        try:
            manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
            about = (manifest["format"], manifest["conflict"], manifest["places"])
            parts: dict[str, dict[str, Any]] = manifest["parts"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return parts if about == (FORMAT, self._layout.conflict.digest, self._layout.signature) else {}

    def finished(self, key: str) -> Part | None:
        """A part that a former run has finished and that is whole; None if there is none."""
        if not self.keep:
            return None
        found, path = self.path / f"{key}.bits", self.path
        noted = self._parts.get(key)
        if noted is None or not found.is_file() or found.stat().st_size != noted["bytes"] or _checksum(found) != noted["crc32"]:
            return None
        return Part(path / f"{key}.bits", int(noted["count"]))

    def new(self, name: str, size: int, dtype: np.dtype[np.unsignedinteger]) -> InFile:
        """A file for the work in hand."""
        return InFile(self.path / f"{name}.new", size, dtype)

    def finish(self, key: str, store: InFile, count: int) -> Part:
        """Make a part of a file, closed from now on; where parts are kept it is whole on the disk when it gets its name."""
        if self.keep:
            store.settle()
        store.close()
        path = self.path / f"{key}.bits"
        if self.keep:
            self._parts[key] = {"count": count, "bytes": store.path.stat().st_size, "crc32": _checksum(store.path)}
        store.path.replace(path)
        if self.keep:
            self._note()
        return Part(path, count)

    def _note(self) -> None:
        conflict = self._layout.conflict
        manifest = {
            "format": FORMAT,
            "title": conflict.title,
            "conflict": conflict.digest,
            "decision makers": [dm.key for dm in conflict.decision_makers],
            "places": self._layout.signature,
            "parts": self._parts,
        }
        fresh = self.path / "manifest.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(manifest, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / "manifest.json")
        folder = os.open(self.path, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def close(self) -> None:
        """Give the folder up; without `keep` it is removed with all that is in it."""
        if self._path is None:
            return
        path, self._path = self._path, None
        if self.keep:
            for stale in path.glob("*.new"):
                stale.unlink()
        else:
            shutil.rmtree(path, ignore_errors=True)
        os.close(self._lock)
        self._lock = -1


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found = zlib.crc32(piece, found)
    return found
