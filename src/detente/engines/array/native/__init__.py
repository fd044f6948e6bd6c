"""Kernels in C for the array engine, where they were compiled; without them NumPy does the same, more slowly.

Environment: DETENTE_THREADS sets how many threads work together (otherwise as many as there are processors for this process), and
DETENTE_NATIVE=no leaves the kernels unused.  The vectors (AVX-512, AVX2 or what every processor has) are chosen when they are loaded.
"""

from __future__ import annotations

import importlib
import os
from functools import cache
from types import ModuleType


@cache
def kernels() -> ModuleType | None:
    """The compiled kernels, or None where there are none (no compiler when Detente was installed) or they are not wanted.

    Their signatures stand in `_kernels.pyi`.

    >>> found = kernels()
    >>> found is None or found.threads() >= 1
    True
    """
    if os.environ.get("DETENTE_NATIVE") == "no":
        return None
    try:
        return importlib.import_module(f"{__name__}._kernels")
    except ImportError:
        return None


def about() -> str:
    """One clause that says how this installation works on all states at once.

    >>> about().split()[0] in {"compiled", "NumPy"}
    True
    """
    found = kernels()
    if found is None:
        return "NumPy, without compiled kernels"
    return f"compiled kernels, vectors: {found.vectors()}, threads: {found.threads()}"
