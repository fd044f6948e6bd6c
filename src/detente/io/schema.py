"""The JSON Schema of conflict files, made from the shapes that the reader follows; editors complete and check files with it.

The schema knows structure: keys, kinds of values, which keys go together.  What a file refers to (options, sources, states) only the
reader can check.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, TypeAlias

from detente.io.language import CONFLICT, DECISION_MAKER, SPARE
from detente.io.language_beliefs import ALTERED
from detente.model.shape import (
    Condition,
    Decimal,
    Intervals,
    Key,
    ListOf,
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
)
from detente.preference.registry import all_fields, all_kinds, required_keys

Schema: TypeAlias = dict[str, Any]

FILE = "conflict.schema.json"
"""The name of the file, beside this module, that holds the schema."""

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_KEYS: Schema = {"type": "array", "items": _TEXT, "uniqueItems": True}


def packaged() -> str:
    """The text of the schema as it is shipped.

    >>> json.loads(packaged())["title"]
    'A conflict for Detente'
    """
    return (files("detente.io") / FILE).read_text(encoding="utf-8")


def schema() -> Schema:
    """The schema of conflict files (JSON Schema, draft 7).

    >>> schema()["required"]
    ['detente', 'title', 'decision makers']
    """
    maker = _Maker()
    whole = maker.record(CONFLICT)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A conflict for Detente",
        **whole,
        "definitions": dict(sorted(maker.definitions.items())),
    }


def schema_text() -> str:
    """The schema as text, as it is written into its file.

    >>> schema_text() == packaged()
    True
    """
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


class _Maker:
    """Turns shapes into schemas; what several places share becomes a definition."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}
        self.names: dict[int, str] = {}

    def of(self, shape: Shape) -> Schema:
        """The schema of a shape."""
        match shape:
            case Text(optional=True):
                return {"type": ["string", "number", "boolean", "null"]}
            case Text() | Key():
                return _TEXT
            case Whole(least, most):
                return {"type": "integer", "minimum": least, "maximum": most}
            case Decimal(least, most, above):
                return _number(least, most, above)
            case Intervals(least, most):
                number = _number(least, most)
                pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
                return {"anyOf": [number, {"type": "array", "items": {"anyOf": [number, pair]}, "minItems": 1}]}
            case Word(words):
                return {"enum": [word for word, _ in words]}
            case Condition():
                return {"type": ["string", "boolean"]}
            case State(bare):
                return self.state(bare)
            case Ranking():
                state = self.state(bare=False)
                return {"type": "array", "items": {"anyOf": [state, {"type": "array", "items": state, "minItems": 1}]}}
            case ListOf():
                return self.listed(shape)
            case Table(value=value):
                empty = isinstance(value, Record) and value.key is not None and not any(f.required for f in value.fields)
                inner = self.of(value)
                return {"type": "object", "additionalProperties": {"anyOf": [inner, {"type": "null"}]} if empty else inner}
            case Record() | OneOf():
                return self.shared(shape)

    def state(self, bare: bool) -> Schema:
        """The schema of a state; with `bare`, a list of options will do."""
        taken = {"type": "object", "properties": {"taken": _KEYS}, "required": ["taken"], "additionalProperties": False}
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"type": ["string", "boolean"]}, taken, *([_KEYS] if bare else [])]}

    def listed(self, shape: ListOf) -> Schema:
        """The schema of a list, or of a lone item of it."""
        item = self.of(shape.item)
        made: Schema = {"type": "array", "items": item}
        if shape.distinct:
            made["uniqueItems"] = True
        if shape.filled:
            made["minItems"] = 1
        return {"anyOf": [item, made]} if shape.lone else made

    def shared(self, shape: Record | OneOf) -> Schema:
        """A reference to the definition of a record."""
        if id(shape) not in self.names:
            plain = shape.name.split(" ", 1)[1]
            name, number = plain, 2
            while name in self.definitions:
                name, number = f"{plain} {number}", number + 1
            self.names[id(shape)] = name
            self.definitions[name] = {}
            if isinstance(shape, OneOf):
                self.definitions[name] = {"anyOf": [*self.short_forms(shape), *(self.record(record) for record in shape.records)]}
            else:
                self.definitions[name] = self.with_short(shape)
        return {"$ref": f"#/definitions/{self.names[id(shape)]}"}

    def short_forms(self, shape: OneOf) -> list[Schema]:
        """The schemas of what stands for a record without its keys."""
        forms: list[Schema] = [{"enum": list(shape.bare)}] if shape.bare else []
        if shape.short is not None and isinstance(shape.short.short, str):
            forms.append(self.of(shape.short.by_key[shape.short.short].shape))
        return forms

    def with_short(self, record: Record) -> Schema:
        """The schema of a record, or of the short form that stands for it."""
        if record.short is None:
            return self.record(record)
        short = _TEXT if isinstance(record.short, Passage) else self.of(record.by_key[record.short].shape)
        return {"anyOf": [short, self.record(record)]}

    def record(self, record: Record) -> Schema:
        """The schema of a mapping with fixed keys."""
        properties = {f.key: self.described(f.shape, f.about) for f in record.fields}
        made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        if record in (SPARE, DECISION_MAKER, ALTERED):
            made["anyOf"] = _kinds(none=record is not SPARE)
        if needed := [f.key for f in record.fields if f.required]:
            made["required"] = needed
        return made

    def described(self, shape: Shape, about: str) -> Schema:
        """The schema of a field with its line for editors."""
        made = self.of(shape)
        return {"description": about, **({"allOf": [made]} if "$ref" in made else made)}


def _number(least: int, most: int, above: bool = False) -> Schema:
    """The schema of a number between limits, or of a ratio, whose value only the reader knows."""
    number: Schema = {"type": "number", "exclusiveMinimum" if above else "minimum": least, "maximum": most}
    return {"anyOf": [number, {"type": "string", "pattern": "^[-+]?[0-9]"}]}


def _kinds(none: bool) -> list[Schema]:
    """Which keys of preferences go together: those of one kind, or with `none`, no key at all."""
    known = [f.key for f in all_fields()]
    found: list[Schema] = [{"properties": dict.fromkeys(known, False)}] if none else []
    for kind in all_kinds():
        others = [key for key in known if key not in {f.key for f in kind.fields}]
        found.append({"required": sorted(required_keys(kind)), "properties": dict.fromkeys(others, False)})
    return found
