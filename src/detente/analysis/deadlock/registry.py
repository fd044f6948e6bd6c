"""All types of deadlock, found by discovery: each module of this package that defines `TYPE`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from detente.analysis.deadlock.base import DeadlockType


@cache
def all_types() -> tuple[DeadlockType, ...]:
    """Every type of deadlock, in the order in which the first that applies is the primary one.

    >>> [type.key for type in all_types()]
    ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9']
    """
    package = importlib.import_module(__name__.rpartition(".")[0])
    modules = [importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)]
    found: list[DeadlockType] = [module.TYPE for module in modules if hasattr(module, "TYPE")]
    return tuple(sorted(found, key=lambda type: type.key))


def deadlock_type(key: str) -> DeadlockType:
    """The type of deadlock with a key.  Raises KeyError if there is none.

    >>> deadlock_type("D4").name
    'coordination'
    """
    for found in all_types():
        if found.key == key:
            return found
    raise KeyError(key)
