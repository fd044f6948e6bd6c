"""A family of claims: the kinds in it, how to have true ones, and what they say."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from inspect import isabstract
from random import Random
from typing import Any

from detente.analysis import claims
from detente.analysis.claims.base import Claim
from tests.unlock.ground import Ground


@dataclass(frozen=True)
class Family:
    """Kinds of claims that belong together.

    `made` gives claims of a conflict that the program makes; `true` says by the second statement alone whether what a claim states
    is so, in the parts that are told to a reader: it is asked of damaged claims that the checker accepted.
    """

    kinds: tuple[type[Claim], ...]
    made: Callable[[Ground, Random], Iterator[Claim]]
    true: Callable[[Ground, Any], bool]
    planted: tuple[Callable[[Random], Ground], ...] = ()
    """Makers of conflicts in which a rarer kind of claim can be made."""


@cache
def families() -> dict[str, Family]:
    """The families, by the names of their modules."""
    package = __name__.rpartition(".")[0]
    path = importlib.import_module(package).__path__
    modules = {info.name: importlib.import_module(f"{package}.{info.name}") for info in pkgutil.iter_modules(path)}
    return {name: module.FAMILY for name, module in modules.items() if hasattr(module, "FAMILY")}


@cache
def all_kinds() -> frozenset[type[Claim]]:
    """Every kind of claim that the program has: each class in a module of its package that is a claim and has a check."""
    modules = [importlib.import_module(f"{claims.__name__}.{info.name}") for info in pkgutil.iter_modules(claims.__path__)]
    found = [thing for module in modules for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Claim)]
    return frozenset(kind for kind in found if not isabstract(kind))
