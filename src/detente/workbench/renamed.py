"""A conflict with another key for a source, an asserter or a viewpoint, wherever something refers to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from detente.model.conflict import Conflict
from detente.model.evidence import Asserter, Citation, Source
from detente.model.guess import SeenFrom
from detente.model.viewpoint import Viewpoint

Renaming = Callable[[Any, str, str], Any]
"""Something as it is after a renaming, from one key to another; as it was where it has nothing to do with it."""


def _source(one: Any, old: str, new: str) -> Any:
    if isinstance(one, Citation) and one.source == old:
        return replace(one, source=new)
    return replace(one, key=new) if isinstance(one, Source) and one.key == old else one


def _asserter(one: Any, old: str, new: str) -> Any:
    if isinstance(one, Citation) and one.by == old:
        return replace(one, by=new)
    return replace(one, key=new) if isinstance(one, Asserter) and one.key == old else one


def _viewpoint(one: Any, old: str, new: str) -> Any:
    if isinstance(one, SeenFrom) and one.viewpoint == old:
        return replace(one, viewpoint=new)
    if not isinstance(one, Viewpoint):
        return one
    believes = tuple((party, new if seen == old else seen) for party, seen in one.believes)
    return replace(one, key=new if one.key == old else one.key, believes=believes)


RENAMED: Mapping[str, Renaming] = {"sources": _source, "asserters": _asserter, "viewpoints": _viewpoint}
"""How what stands in a table of the file is renamed, by the table."""


def with_renamed(conflict: Conflict, table: str, old: str, new: str) -> Conflict:
    """The conflict with a new key for an entry of one of the tables of `RENAMED`; names in full and other texts stay.

    Parameters
    ----------
    conflict
        The conflict.
    table
        The table.
    old, new
        The keys.

    Raises
    ------
    ConflictError
        The new key can't be used.

    Examples
    --------
    >>> from detente.cases import load
    >>> found = with_renamed(load("elmira"), "sources", "xu-2007", "xu")
    >>> [one.key for one in found.evidence.sources], found.decision_makers[0].preference.basis.citations[0].source
    (['hipel-1993', 'kilgour-2001', 'kilgour-2005', 'xu', 'gmcr-plus'], 'xu')
    """
    changed = _walked(conflict, lambda one: RENAMED[table](one, old, new))
    assert isinstance(changed, Conflict)
    return changed


def _walked(value: Any, change: Callable[[Any], Any]) -> Any:
    """A value with what is in it changed; the same where nothing is."""
    if isinstance(value, tuple):
        parts = tuple(_walked(part, change) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
    found = {name: _walked(part, change) for name, part in held.items()}
    altered = {name: part for name, part in found.items() if part is not held[name]}
    return change(replace(value, **altered) if altered else value)
