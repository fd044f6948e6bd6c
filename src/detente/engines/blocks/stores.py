"""Where numbers lie while the engine works: in memory, or in a file that is read and written in pieces.

Files are read and written at places, not mapped: what has been read is then in buffers of the engine's own, so that the memory it uses is
what it says.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import numpy as np

from detente.engines.blocks.layout import Column


class Store(Protocol):
    """A long row of numbers of one type."""

    def load(self, start: int, out: Column) -> None:
        """Copy numbers from a place on into a contiguous array."""
        ...

    def save(self, start: int, data: Column) -> None:
        """Copy a contiguous array to a place."""
        ...

    def close(self) -> None:
        """Give it up."""
        ...


class InMemory:
    """A row of numbers in memory, at first 0.

    >>> store, out = InMemory(8, np.dtype(np.uint8)), np.zeros(2, np.uint8)
    >>> store.save(3, np.array([7, 8], np.uint8)), store.load(4, out), out.tolist()
    (None, None, [8, 0])
    """

    def __init__(self, size: int, dtype: np.dtype[np.unsignedinteger]) -> None:
        self._data = np.zeros(size, dtype)

    def load(self, start: int, out: Column) -> None:
        """Copy numbers from a place on into a contiguous array."""
        flat = out.reshape(-1)
        np.copyto(flat, self._data[start : start + flat.size])

    def save(self, start: int, data: Column) -> None:
        """Copy a contiguous array to a place."""
        flat = data.reshape(-1)
        np.copyto(self._data[start : start + flat.size], flat)

    def close(self) -> None:
        """Give it up."""
        self._data = self._data[:0].copy()


class InFile:
    """A row of numbers in a file, at first 0; the file stays when it is closed.

    Parameters
    ----------
    path
        The file; it must not exist unless `existing`.
    size
        How many numbers.
    dtype
        Their type.
    existing
        Whether the file is there and is read only.
    """

    def __init__(self, path: Path, size: int, dtype: np.dtype[np.unsignedinteger], *, existing: bool = False) -> None:
        self.path, self._width = path, dtype.itemsize
        self._file = os.open(path, os.O_RDONLY if existing else os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        if not existing and size:
            os.posix_fallocate(self._file, 0, size * self._width)

    def load(self, start: int, out: Column) -> None:
        """Copy numbers from a place on into a contiguous array."""
        left, at = _bytes(out), start * self._width
        while left:
            count = os.preadv(self._file, [left], at)
            if count == 0:
                raise EOFError(f"{self.path} is shorter than it was")
            left, at = left[count:], at + count

    def save(self, start: int, data: Column) -> None:
        """Copy a contiguous array to a place."""
        left, at = _bytes(data), start * self._width
        while left:
            count = os.pwritev(self._file, [left], at)
            left, at = left[count:], at + count

    def settle(self) -> None:
        """Wait until all that was written is on the disk."""
        os.fsync(self._file)

    def close(self) -> None:
        """Give it up; the file stays."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _bytes(numbers: Column) -> memoryview:
    return numbers.reshape(-1).view(np.uint8).data
