"""All kinds of preference, found by discovery: each class of this package that is a `Preference` and says what it is written with."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import cache

import detente.preference as package
from detente.model.preference import Preference
from detente.model.shape import Field


@cache
def all_kinds() -> tuple[type[Preference], ...]:
    """Every kind of preference, by name.

    >>> [kind.kind for kind in all_kinds()]
    ['prefers', 'prefers, then ranking', 'ranking', 'weights']
    """
    modules = [importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)]
    found = {
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Preference) and thing.__module__ == module.__name__
    }
    return tuple(sorted(found, key=lambda kind: kind.kind))


def required_keys(kind: type[Preference]) -> frozenset[str]:
    """The keys that a preference of this kind must be written with.

    >>> from detente.preference.weighting import OptionWeighting
    >>> sorted(required_keys(OptionWeighting))
    ['weights']
    """
    return frozenset(f.key for f in kind.fields if f.required)


@cache
def all_fields() -> tuple[Field, ...]:
    """The keys that preferences of any kind are written with, each once, none required: which go together is for the kinds to say.

    >>> [f.key for f in all_fields()]
    ['prefers', 'ranking', 'weights', 'preference basis']
    """
    found = {f.key: f for kind in all_kinds() for f in kind.fields}
    return tuple(replace(f, required=False) for f in sorted(found.values(), key=lambda f: (not f.required, f.key)))


def kind_written_with(keys: frozenset[str]) -> type[Preference] | None:
    """The kind whose required keys are exactly these among the required keys of all kinds, or None.

    >>> kind_written_with(frozenset({"weights"})).__name__
    'OptionWeighting'
    >>> kind_written_with(frozenset({"weights", "ranking"})) is None
    True
    """
    return next((kind for kind in all_kinds() if required_keys(kind) == keys), None)
