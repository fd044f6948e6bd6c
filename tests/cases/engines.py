"""Every engine that the program has, found by discovery, so that a new one is held to the same verdicts."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

import detente.engines as package
from detente.engines.base import Engine
from detente.space.states import StateSpace


def engines() -> dict[str, type[Any]]:
    """The engines by name: every class under detente.engines that has a name and answers `can` and `stable`."""
    found: dict[str, type[Any]] = {}
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            name = getattr(value, "name", None)
            answers = inspect.isclass(value) and value is not Engine and hasattr(value, "can") and hasattr(value, "stable")
            if answers and isinstance(name, str):
                found[name] = value
    return dict(sorted(found.items()))


def engine(name: str, space: StateSpace) -> Engine:
    """The engine with a name for one space."""
    made: Engine = engines()[name](space)
    return made
