"""The digest of a conflict: what identifies the model that an analysis is about."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

from detente.model.formula import And, Const, Or

LATER = frozenset({"bans", "measures", "positions", "fallback", "questions", "conclusions", "fronts"}) | {
    "viewpoints", "pairs", "thresholds", "attitudes", "degree", "joint", "guesses", "movers",
}  # fmt: skip
"""Fields that conflicts came to have after digests were first given: left out while they are as if not given, so that digests last."""


_PLAIN = frozenset({str, int, bool})


def canonical(value: object) -> Any:
    """A value as nested lists, strings and numbers, the same for equal values (sets are sorted, types are named).

    Raises TypeError for a value that a conflict can't hold.

    >>> canonical((frozenset({"b", "a"}), None, 3))
    [['a', 'b'], None, 3]
    """
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(canonical(v) for v in value)
    if isinstance(value, And | Or) and len(value.parts) < 2:  # what files write as the part alone, or as true and false
        return canonical(value.parts[0] if value.parts else Const(isinstance(value, And)))
    if isinstance(value, tuple):
        return [canonical(v) for v in value]
    if is_dataclass(value):
        kind: Any = type(value)
        parts = []
        for name, default, later in _fields(kind):
            part = getattr(value, name)
            if not later or part or part != default:
                parts.append([name, canonical(part)])
        return [kind.__name__, *parts]
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (bool, int, str)):
        return value
    raise TypeError(f"a conflict can't hold a {type(value).__name__}")


@cache
def _fields(kind: Any) -> tuple[tuple[str, object, bool], ...]:
    """The fields of a kind of values: the name of each, what it is as if not given, and whether it came later."""
    return tuple((field.name, field.default, field.name in LATER) for field in fields(kind))


def digest_of(conflict: object) -> str:
    """SHA-256, in hexadecimal, over the canonical form of a conflict.

    >>> digest_of(("a", 1)) == digest_of(("a", 1)), len(digest_of(()))
    (True, 64)
    """
    text = json.dumps(canonical(conflict), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
