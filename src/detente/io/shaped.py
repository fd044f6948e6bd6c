"""Reads nodes by shapes (`detente.model.shape`): every place becomes a value of the model, or problems with their positions.

A place that can't be read becomes `BAD`; reading goes on elsewhere, so that a file is told all its problems at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from detente.errors import Position
from detente.io.bad import BAD, Bad
from detente.io.nodes import Items, Node, Pairs, Scalar, SourceText, kind_of
from detente.io.numbers import read_decimal, read_intervals
from detente.io.passages import Unread, read_passage
from detente.io.report import Report, known_words, quoted, suggestion
from detente.io.states import StateReader
from detente.model.formula import Formula
from detente.model.parse import FormulaError, KeyUse, parse_with_uses
from detente.model.shape import (
    Condition,
    Decimal,
    Field,
    Intervals,
    Key,
    ListOf,
    Noun,
    OneOf,
    Passage,
    Ranking,
    Record,
    Shape,
    State,
    Table,
    Text,
    Whole,
    Word,
    spelled,
)
from detente.text import listing

_UNKNOWN = {Noun.OPTION: "M104", Noun.DECISION_MAKER: "M105", Noun.SOURCE: "M120", Noun.ASSERTER: "M121", Noun.NAMED_STATE: "P206"} | {
    Noun.THRESHOLD: "M141",
    Noun.VIEWPOINT: "M143",
    Noun.FRONT: "M173",
}
_WRITTEN = (
    ("mapping", "a mapping is written with a line `key: value` for each entry, or {key: value, key: value}"),
    ("list", "a list is written with a line `- item` for each item, or [item, item]"),
)
_INTEGER = re.compile(r"[-+]?[0-9]{1,20}")


@dataclass(slots=True)
class Names:
    """The keys that a file declares, by noun, and for options whose they are."""

    known: dict[Noun, dict[str, None]] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)

    def shown(self, key: str) -> str:
        """A key for a suggestion, with its owner where it is an option."""
        return f"{quoted(key)} ({self.owners[key]})" if key in self.owners else quoted(key)


class Shaped:
    """Reads the nodes of one document by their shapes.

    Parameters
    ----------
    source
        The text with its name.
    report
        Takes the problems.
    names
        The keys that the document declares.
    """

    def __init__(self, source: SourceText, report: Report, names: Names) -> None:
        self.source = source
        self.report = report
        self.names = names
        self.positions: dict[str, Position] = {}
        self.states = StateReader(self)

    # -- problems --------------------------------------------------------------------------------------------------
    def bad(self, code: str, message: str, node: Node | Position, path: str, value: str | None = None, help: str | None = None) -> Bad:
        """Note an error at a node and return `BAD`."""
        where = node if isinstance(node, Position) else self.source.where(node)
        self.report.error(code, message, where, element=path or None, value=value[:200] if value else value, help=help)
        return BAD

    def unlike(self, node: Node, expected: str, path: str) -> Bad:
        """Note that a place holds something of the wrong kind."""
        value = node.text if isinstance(node, Scalar) else None
        form = next((form for word, form in _WRITTEN if word in expected), "write a single value, without [ ] or { } around it")
        help = "give it a value, or delete the key" if _is_null(node) else form
        return self.bad("M114", f"{expected} was expected here, not {kind_of(node)}", node, path, value, help)

    # -- values ----------------------------------------------------------------------------------------------------
    def value(self, shape: Shape, node: Node, path: str) -> Any:
        """What a node means in the model, or `BAD`."""
        match shape:
            case Text():
                return None if shape.optional and _is_null(node) else self.text(node, path)
            case Whole(least, most):
                return self.whole(node, path, least, most)
            case Decimal():
                return read_decimal(self, shape, node, path)
            case Intervals():
                return read_intervals(self, shape, node, path)
            case Word(words):
                return self.word(node, path, dict(words))
            case Key(noun):
                return self.key(node, path, noun)
            case Condition():
                return self.condition(node, path)
            case State():
                return self.states.state(shape, node, path)
            case Ranking():
                return self.states.ranking(node, path)
            case ListOf():
                return self.items(shape, node, path)
            case Table():
                return self.table(shape, node, path)
            case Record() | OneOf():
                return self.record(shape, node, path)

    def text(self, node: Node, path: str) -> str | Bad:
        """A text; a number without quotes will do."""
        return node.text if isinstance(node, Scalar) and not node.is_null else self.unlike(node, "a text", path)

    def whole(self, node: Node, path: str, least: int, most: int) -> int | Bad:
        """A whole number within limits."""
        if not isinstance(node, Scalar) or node.style is not None or not _INTEGER.fullmatch(node.text):
            value = node.text if isinstance(node, Scalar) else None
            return self.bad(
                "M119",
                "a whole number was expected here",
                node,
                path,
                value,
                "write digits without quotes, with - before them for a negative one",
            )
        number = int(node.text)
        if least <= number <= most:
            return number
        help = "weights count by their proportions; divide all by the same" if least < 0 else "see the reference of conflict files"
        return self.bad("M119", f"the number must lie between {least:,} and {most:,}", node, path, node.text, help)

    def word(self, node: Node, path: str, words: Mapping[str, object]) -> Any:
        """One of a few words."""
        said = self.text(node, path)
        if isinstance(said, Bad) or said in words:
            return said if isinstance(said, Bad) else words[said]
        help = f"{suggestion(said, tuple(words))}it is one of: {', '.join(words)}"
        return self.bad("M116", f"{quoted(said)} is no word for this place", node, path, said, help)

    def key(self, node: Node, path: str, noun: Noun) -> str | Bad:
        """The key of something that the file declares."""
        said = self.text(node, path)
        return said if isinstance(said, Bad) or self.known(said, noun, node, path) else BAD

    def known(self, key: str, noun: Noun, where: Node | Position, path: str) -> bool:
        """Whether the file declares a key; if not, a problem is noted."""
        known = self.names.known.get(noun, {})
        if key in known:
            return True
        article = "an" if noun in (Noun.OPTION, Noun.ASSERTER) else "a"
        message = f"no {noun} is called {quoted(key)}" if key.strip() else f"the key of {article} {noun} was expected here"
        self.bad(_UNKNOWN[noun], message, where, path, key, suggestion(key, known, self.names.shown) + known_words(noun, known))
        return False

    def condition(self, node: Node, path: str) -> Formula | Bad:
        """A condition; each unknown option is pointed at where it stands."""
        if not isinstance(node, Scalar) or node.is_null:
            return self.unlike(node, "a condition", path)
        try:
            formula, uses = parse_with_uses(node.text)
        except FormulaError as problem:
            found = problem.diagnostics[0]
            where = self.source.inside(node, problem.offset, problem.length)
            return self.bad(found.code, found.message, where, path, found.value, found.help)
        known = [self.used(use, node, path) for use in uses]  # all of them: each unknown option is noted
        return formula if all(known) else BAD

    def used(self, use: KeyUse, node: Scalar, path: str) -> bool:
        """Whether the option of a condition exists; if not, a problem is noted at its place."""
        if use.key in self.names.owners:
            return True
        return self.known(use.key, Noun.OPTION, self.source.inside(node, use.offset, use.length), path)

    # -- lists, tables, records ------------------------------------------------------------------------------------
    def items(self, shape: ListOf, node: Node, path: str) -> tuple[Any, ...] | Bad:
        """A list as a tuple."""
        if not isinstance(node, Items):
            if not shape.lone or _is_null(node):
                return self.unlike(node, "a list", path)
            return _all_good((self.value(shape.item, node, path),))
        found: list[Any] = []
        seen: set[Any] = set()
        for place, item in enumerate(node.items, start=1):
            self.positions.setdefault(f"{path}/{place}", self.source.where(item))
            value = self.value(shape.item, item, f"{path}/{place}")
            if shape.distinct and value is not BAD:
                if value in seen:
                    value = self.bad("M106", f"{quoted(str(value))} stands in this list twice", item, path, str(value), "keep one of them")
                seen.add(value)
            found.append(value)
        if shape.filled and not node.items:
            return self.bad("M107", "the list is empty", node, path, help="name something in it, or delete it")
        return _all_good(tuple(found))

    def table(self, shape: Table, node: Node, path: str) -> tuple[Any, ...] | Bad:
        """A mapping from keys as a tuple of pairs, or of the values alone."""
        if not isinstance(node, Pairs):
            return self.unlike(node, f"a mapping from keys of {shape.noun.many}", path)
        found = []
        for key, value in node.pairs:
            place = f"{shape.root or path}/{key.text}"
            self.positions.setdefault(place, self.source.where(key))
            good = shape.new or self.known(key.text, shape.noun, key, place)
            read = self.entry(shape.value, key.text, value, place)
            found.append((key.text, read if good else BAD))
        if any(value is BAD for _, value in found):
            return BAD
        return tuple(value for _, value in found) if shape.lone else tuple(found)

    def entry(self, shape: Shape, key: str, node: Node, path: str) -> Any:
        """The value that stands under a key of a table; some records take the key as an attribute."""
        if not isinstance(shape, Record | OneOf) or shape.key is None:
            return self.value(shape, node, path)
        record = self.chosen(shape, node, path) if isinstance(shape, OneOf) else shape
        attributes = BAD if isinstance(record, Bad) else self.attributes(record, node, path)
        return BAD if isinstance(record, Bad) or isinstance(attributes, Bad) else record.make(**{shape.key: key}, **attributes)

    def record(self, shape: Record | OneOf, node: Node, path: str) -> Any:
        """A record as what it makes of its attributes."""
        record = self.chosen(shape, node, path) if isinstance(shape, OneOf) else shape
        if isinstance(record, Bad):
            return BAD
        attributes = self.attributes(record, node, path)
        return BAD if isinstance(attributes, Bad) else record.make(**attributes)

    def chosen(self, shape: OneOf, node: Node, path: str) -> Record | Bad:
        """The record that a mapping is, by the keys that stand in it."""
        leading = {record.fields[0].key: record for record in shape.records}
        if isinstance(node, Scalar) and not node.is_null and (known := shape.bare.get(node.text, shape.short)) is not None:
            return known
        if not isinstance(node, Pairs):
            return self.unlike(node, f"{shape.name}, a mapping with one of the keys {listing(leading, 'or')},", path)
        here = [key for key, _ in node.pairs if key.text in leading]
        if len(here) == 1:
            return leading[here[0].text]
        if here:
            both = listing([quoted(key.text) for key in here])
            return self.bad("M117", f"{shape.name} can't be {both} at once", here[1], path, here[1].text, "make them two, or keep one")
        odd = next((key for key, _ in node.pairs if key.text not in spelled(shape)), None)
        help = (suggestion(odd.text, tuple(leading)) if odd else "") + f"{shape.name} has one of the keys {listing(leading, 'or')}"
        return self.bad("M117", f"this is not {shape.name}", odd or node, path, odd.text if odd else None, help)

    def attributes(self, record: Record, node: Node, path: str) -> dict[str, Any] | Bad:
        """The attributes of a record, by name."""
        if isinstance(node, Pairs):
            fields = self.fields(record, node, path)
            read = {f.name: self.field(f, value, path) for f, value in fields}
            missing = [f for f in record.fields if f.required and f.name not in read]
            for f in missing:
                where = self.source.where(node.pairs[0][0]) if node.pairs else self.source.where(node)
                self.bad("M115", f'{record.name} needs "{f.key}"', where, path, help=f"{f.key}: {f.about[0].lower()}{f.about[1:]}")
            return BAD if missing or any(v is BAD for v in read.values()) or len(fields) < len(node.pairs) else read
        if _is_null(node) and record.key and not any(f.required for f in record.fields):
            return {}
        if record.bare and isinstance(node, Scalar) and isinstance(word := record.fields[0].shape, Word):
            return {record.fields[0].name: word.words[0][1]}
        if record.short is None or _is_null(node):
            return self.unlike(node, f"{record.name}, a mapping,", path)
        if isinstance(record.short, Passage):
            return self.passage(node, path)
        short = record.by_key[record.short]
        value = self.value(short.shape, node, path)
        return BAD if value is BAD else {short.name: value}

    def fields(self, record: Record, node: Pairs, path: str) -> list[tuple[Field, Node]]:
        """The fields of a record with their values; a key that it does not have is noted."""
        known, found = record.by_key, []
        self.positions.setdefault(path, self.source.where(node))
        for key, value in node.pairs:
            if key.text in known:
                place = f"{path}/{key.text}" if path else key.text
                self.positions.setdefault(place, self.source.where(key))
                found.append((known[key.text], value))
            else:
                free = [k for k in known if node.get(k) is None] or list(known)
                help = suggestion(key.text, free) + f"{record.name} has the keys {listing(known)}"
                if self.source.text[node.start : node.start + 1] == "{" and isinstance(value, Scalar) and value.is_null:
                    help = "inside { } a text that holds a comma needs quotes; the comma ends the text before it"
                self.bad("M113", f"{record.name} has no key {quoted(key.text)}", key, path, key.text, help)
        return found

    def field(self, f: Field, node: Node, path: str) -> Any:
        """The value of one field of a record at a path."""
        return self.value(f.shape, node, f"{path}/{f.key}" if path else f.key)

    def passage(self, node: Node, path: str) -> dict[str, Any] | Bad:
        """A citation on one line."""
        said = self.text(node, path)
        if isinstance(said, Bad) or not isinstance(node, Scalar):
            return BAD
        try:
            read = read_passage(said, self.names.known.get(Noun.SOURCE, {}), self.names.known.get(Noun.ASSERTER, {}))
        except Unread as problem:
            where = self.source.inside(node, problem.offset, problem.length)
            if problem.noun is not None:
                self.known(problem.word, problem.noun, where, path)
                return BAD
            return self.bad(
                "M122", problem.message, where, path, said, "a citation is written `source place`, or `source place by asserter`"
            )
        return read


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.is_null


def _all_good(values: tuple[Any, ...]) -> tuple[Any, ...] | Bad:
    return BAD if any(value is BAD for value in values) else values
