"""Reading viewpoints: what they say of decision makers holds preferences, which are read as those of the conflict are."""

from __future__ import annotations

from typing import Any

from detente.io.bad import BAD
from detente.io.language_beliefs import ALTERED, VIEWPOINT
from detente.io.nodes import Node, Pairs, Scalar
from detente.io.preferences import PreferenceReader
from detente.io.shaped import Shaped
from detente.model.shape import Field, Noun
from detente.model.viewpoint import Altered, Viewpoint
from detente.preference.registry import all_fields

_PREFERENCE = frozenset(f.key for f in all_fields())


def read_viewpoints(shaped: Shaped, f: Field, node: Node) -> tuple[Viewpoint, ...]:
    """The viewpoints that stand at a place; what can't be read is left out, and noted.

    Parameters
    ----------
    shaped
        Reads the document.
    f
        The field of the viewpoints.
    node
        What stands there.
    """
    if not isinstance(node, Pairs):
        shaped.unlike(node, "a mapping from keys of viewpoints", f.key)
        return ()
    found = []
    for key, value in node.pairs:
        path = f"{f.key}/{key.text}"
        shaped.positions.setdefault(path, shaped.source.where(key))
        found.append(_viewpoint(shaped, key.text, value, path))
    return tuple(one for one in found if one is not BAD)


def _viewpoint(shaped: Shaped, key: str, node: Node, path: str) -> Any:
    """One viewpoint, or `BAD`."""
    if isinstance(node, Scalar) and node.is_null:
        return VIEWPOINT.make(key=key)
    if not isinstance(node, Pairs):
        return shaped.unlike(node, "a viewpoint, a mapping,", path)
    fields = shaped.fields(VIEWPOINT, node, path)
    read: dict[str, Any] = {}
    for f, value in fields:
        parties = f.name == "parties"
        read[f.name] = _parties(shaped, value, f"{path}/{f.key}") if parties else shaped.field(f, value, path)
    good = len(fields) == len(node.pairs) and not any(value is BAD for value in read.values())
    return VIEWPOINT.make(key=key, **read) if good else BAD


def _parties(shaped: Shaped, node: Node, path: str) -> Any:
    """What a viewpoint says of decision makers, or `BAD`."""
    if not isinstance(node, Pairs):
        return shaped.unlike(node, "a mapping from keys of decision makers", path)
    found = []
    for key, value in node.pairs:
        place = f"{path}/{key.text}"
        shaped.positions.setdefault(place, shaped.source.where(key))
        good = shaped.known(key.text, Noun.DECISION_MAKER, key, place)
        made = _altered(shaped, key.text, value, place)
        found.append(made if good else BAD)
    return BAD if any(one is BAD for one in found) else tuple(found)


def _altered(shaped: Shaped, key: str, node: Node, path: str) -> Any:
    """A decision maker as a viewpoint has them, or `BAD`."""
    if isinstance(node, Scalar) and node.is_null:
        return Altered(key)
    if not isinstance(node, Pairs):
        return shaped.unlike(node, "a decision maker of a viewpoint, a mapping,", path)
    fields = shaped.fields(ALTERED, node, path)
    read = {f.name: shaped.field(f, value, path) for f, value in fields if f.key not in _PREFERENCE}
    preference = PreferenceReader(shaped).preference([entry for entry in fields if entry[0].key in _PREFERENCE], path)
    good = len(fields) == len(node.pairs) and preference is not BAD and not any(value is BAD for value in read.values())
    return Altered(key, preference=preference, **read) if good else BAD
