"""Reads composition files: the local conflicts that they name, and what makes one conflict of them.

First the local conflicts are found and read, so that the rest of the file can speak of their options and decision makers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from detente.errors import ConflictError, Diagnostic, Position, UsageError
from detente.io.compose import compose
from detente.io.language import VERSION
from detente.io.language_composition import COMPOSITION
from detente.io.nodes import Items, Node, Pairs, Scalar, SourceText, pairs_under
from detente.io.report import Enough, Report, quoted
from detente.io.shaped import Names, Shaped
from detente.model.composition import Component, Composition
from detente.model.conflict import Conflict
from detente.model.shape import Noun

Load = Callable[[str], Conflict]
"""Reads the local conflict that a composition names."""


@dataclass(frozen=True, slots=True)
class LoadedComposition:
    """A composition as it was read.

    Parameters
    ----------
    composition
        The composition with its local conflicts.
    positions
        Where each element stands, by its path ("compose/north", "links/1").
    text
        The text that was read.
    path
        Name of the file.
    """

    composition: Composition
    positions: Mapping[str, Position]
    text: str
    path: str


def is_composition(text: str) -> bool:
    r"""Whether a text is a composition file rather than a conflict file: it has the key `compose` at the beginning of a line.

    >>> is_composition("detente: 1\ncompose:\n  north: {conflict: north.yaml}\n"), is_composition("detente: 1")
    (True, False)
    """
    return re.search(r'^(?:\ufeff?\{?\s*)?"?compose"?\s*:', text, re.MULTILINE) is not None


def read_composition(text: str, name: str, load: Load) -> LoadedComposition:
    """Read the text of a composition file.

    Parameters
    ----------
    text
        The text, YAML or JSON.
    name
        Name of the file, for positions.
    load
        Reads a local conflict; may raise `ConflictError` or `UsageError`.

    Raises
    ------
    ConflictError
        With everything that is wrong: families F and M, F630 where a local conflict can't be read.

    Examples
    --------
    >>> from detente.io.files import loads
    >>> def load(file):
    ...     return loads("{detente: 1, title: t, decision makers: {A: {options: {x: }}}}").conflict
    >>> text = "{detente: 1, title: both, compose: {n: {conflict: n, prefix: n}, s: {conflict: s}}, common: {A: {lexicographic: [n, s]}}}"
    >>> read = read_composition(text, "both.yaml", load)
    >>> [component.key for component in read.composition.components], read.composition.common[0].order
    (['n', 's'], ('n', 's'))
    """
    source = SourceText(text.removeprefix("\ufeff"), name)
    report = Report()
    try:
        root = compose(source, report)
        if not isinstance(root, Pairs):
            help = f"it begins with `detente: {VERSION}`"
            raise ConflictError([Diagnostic("M114", "a composition file is a mapping from keys to values", source.where(root), help=help)])
        return _Reader(source, report, root, load).read()
    except Enough:
        raise ConflictError(report.found) from None
    except ConflictError as problem:
        raise ConflictError([*report.found, *problem.diagnostics]) from None


class _Reader:
    """One composition file on its way."""

    def __init__(self, source: SourceText, report: Report, root: Pairs, load: Load) -> None:
        self.source, self.report, self.root, self.load = source, report, root, load

    def read(self) -> LoadedComposition:
        """The composition; raises `ConflictError` or `Enough`."""
        conflicts = {key: conflict for key, file in self.files() if (conflict := self.local(key, file)) is not None}
        if self.report.has_errors:  # what the rest speaks of is not known
            raise Enough
        shaped = Shaped(self.source, self.report, self.names(conflicts))
        values: dict[str, Any] = {}
        given = {f.key: (f, value) for f, value in shaped.fields(COMPOSITION, self.root, "")}
        for f in COMPOSITION.fields:
            if f.key in given:
                values[f.name] = shaped.field(*given[f.key], "")
            elif f.required:
                shaped.bad("M115", f'a composition file needs "{f.key}"', self.source.place(0, 1), "", help=f.about)
        if self.report.has_errors:
            raise Enough
        values.pop("detente")
        components = tuple(self.component(written, conflicts) for written in values.pop("compose"))
        made = Composition(components=components, **values)
        return LoadedComposition(made, shaped.positions, self.source.text, self.source.name)

    def files(self) -> list[tuple[str, Scalar]]:
        """Each front with the place where its file is named."""
        found = []
        for key, value in pairs_under(self.root, "compose"):
            entry = value.get("conflict") if isinstance(value, Pairs) else None
            if entry is not None and isinstance(entry[1], Scalar) and not entry[1].is_null:
                found.append((key.text, entry[1]))
        return found

    def local(self, key: str, file: Scalar) -> Conflict | None:
        """The local conflict of a front; None, with the problem noted, where it can't be read."""
        try:
            return self.load(file.text)
        except (ConflictError, UsageError) as problem:
            first = problem.diagnostics[0]
            place = f" ({first.where.label})" if first.where is not None else ""
            self.report.error(
                "F630", f"the conflict of the front {quoted(key)} can't be read: {first.message}{place}", self.source.where(file),
                value=file.text[:200], element=f"compose/{key}", help=f"put {quoted(file.text)} right; `detente check` says all of it",
            )  # fmt: skip
            return None

    def names(self, conflicts: Mapping[str, Conflict]) -> Names:
        """What the file may speak of: fronts, and what the local conflicts declare, under the keys that these have in the whole."""
        names = Names({noun: {} for noun in Noun})
        entry = self.root.get("same options")
        same = _texts(entry[1]) if entry is not None else set()
        for key, value in pairs_under(self.root, "compose"):
            names.known[Noun.FRONT][key.text] = None
            conflict = conflicts.get(key.text)
            if conflict is None:
                continue
            prefix = next((node.text for inner, node in _inner(value) if inner == "prefix" and isinstance(node, Scalar)), "")
            renamed = {old.text: new.text for old, new in pairs_under(value, "decision makers") if isinstance(new, Scalar)}
            options = (option.key if option.key in same else prefix + option.key for option in conflict.options)
            names.known[Noun.OPTION].update(dict.fromkeys(options))
            names.known[Noun.DECISION_MAKER].update(dict.fromkeys(renamed.get(dm.key, dm.key) for dm in conflict.decision_makers))
            names.known[Noun.SOURCE].update(dict.fromkeys(one.key for one in conflict.evidence.sources))
            names.known[Noun.ASSERTER].update(dict.fromkeys(one.key for one in conflict.evidence.asserters))
        return names

    def component(self, written: dict[str, Any], conflicts: Mapping[str, Conflict]) -> Component:
        """A front with its conflict.  Raises `ConflictError` (M105) for a decision maker whom the local conflict does not have."""
        made = Component(conflict=conflicts[written["key"]], **written)
        known = [dm.key for dm in made.conflict.decision_makers]
        for old, _ in made.renamed:
            if old not in known:
                self.report.error(
                    "M105", f"no decision maker of the front {quoted(made.key)} is called {quoted(old)}", self.source.where(self.root),
                    value=old, element=f"compose/{made.key}", help="decision makers are " + ", ".join(known),
                )  # fmt: skip
                raise Enough
        return made


def _inner(node: Node) -> list[tuple[str, Node]]:
    """The entries of a mapping, if it is one."""
    return [(key.text, value) for key, value in node.pairs] if isinstance(node, Pairs) else []


def _texts(node: Node) -> set[str]:
    """The single values of a list, or a single value alone."""
    items = node.items if isinstance(node, Items) else [node]
    return {item.text for item in items if isinstance(item, Scalar)}


def located(loaded: LoadedComposition, found: Diagnostic) -> Diagnostic:
    """A diagnostic of a composition (`found`) with the position of the element that it is about, or of what that is part of.

    Parameters
    ----------
    loaded
        The composition as it was read.
    found
        The diagnostic.

    Examples
    --------
    >>> read = LoadedComposition(Composition("t", ()), {"compose/n": Position("f.yaml", 3, 1)}, "", "f.yaml")
    >>> located(read, Diagnostic("M170", "alone", element="compose/n")).where.label
    'f.yaml:3:1'
    """
    path = found.element or ""
    while path and path not in loaded.positions:
        path = path.rpartition("/")[0]
    return replace(found, where=found.where or loaded.positions.get(path) or Position(loaded.path, 1, 1))
