"""The engines that packaged cases are held against: those that answer every question about a small conflict."""

from __future__ import annotations

from detente.engines.base import Engine
from detente.engines.choose import all_engines
from detente.space.states import StateSpace
from tests.conftest import COMPLETE


def engines() -> dict[str, type[Engine]]:
    """The engines by name; `tests/conformance` holds all others against them."""
    return {name: all_engines()[name] for name in COMPLETE}


def engine(name: str, space: StateSpace) -> Engine:
    """The engine with a name for one space."""
    return engines()[name](space)
