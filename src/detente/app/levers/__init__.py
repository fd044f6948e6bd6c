"""The kinds of levers that `unlock` knows; each is one module of this package, found by discovery."""

from __future__ import annotations

import pkgutil
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

from detente.analysis.unlock.lever import Lever
from detente.app.levers.base import LeverKind
from detente.errors import UsageError
from detente.text import did_you_mean


@cache
def all_kinds() -> tuple[LeverKind, ...]:
    """Every kind of lever, in the order in which they are told: those in which people think come first.

    >>> len({kind.key for kind in all_kinds()}) == len(all_kinds())
    True
    """
    found = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    kinds: list[LeverKind] = [module.KIND for module in found if hasattr(module, "KIND")]
    return tuple(sorted(kinds, key=lambda kind: (kind.place, kind.key)))


def kinds_named(names: str | None) -> tuple[LeverKind, ...]:
    """The kinds that a user names, separated by commas, in their own order; all where none is named.

    Parameters
    ----------
    names
        "priority,coalitions", or None.

    Raises
    ------
    UsageError
        U440 for a kind that there is not, or where none is named.

    Examples
    --------
    >>> kinds_named(None) == all_kinds()
    True
    """
    if names is None:
        return all_kinds()
    asked = [name.strip().lower() for name in names.split(",") if name.strip()]
    known = {kind.key: kind for kind in all_kinds()}
    for name in asked or [names]:
        if name not in known:
            close = did_you_mean(name, known)
            help = (f'did you mean "{close}"? ' if close else "") + f"there are {', '.join(known)}"
            raise UsageError.of("U440", f'there is no kind of lever "{name}"', value=name, help=help)
    return tuple(kind for kind in all_kinds() if kind.key in asked)


def in_turn(levers: Sequence[Lever[Any]]) -> list[Lever[Any]]:
    """Levers by cost, and those of one cost in turn: the first of each who would have to act, then the second of each, and so on.

    So nobody is told of first, again and again, only for standing first in the conflict.
    """
    seen: Counter[tuple[int, tuple[str, ...]]] = Counter()
    placed = []
    for place, lever in enumerate(levers):
        placed.append(((lever.cost, seen[lever.cost, lever.by], place), lever))
        seen[lever.cost, lever.by] += 1
    return [lever for _, lever in sorted(placed, key=lambda item: item[0])]
