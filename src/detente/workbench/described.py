"""The language of conflict files as forms need it: which keys stand where, what may stand under each, and what it is for.

Made from the shapes that the reader of files follows (`detente.io.language`), so that forms offer what files can say, and all of it.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar, Literal

from pydantic import Field

from detente.app.document_base import Document, Part
from detente.io.language import CONFLICT
from detente.model.shape import Decimal, Intervals, Key, ListOf, OneOf, Passage, Record, Shape, State, Table, Text, Whole, Word


class ShapePart(Part):
    """What may stand at a place.

    `kind` is "text", "whole", "decimal", "intervals", "word", "key", "condition", "state", "ranking", "list", "table" or "record".  `least`
    and `most` are the limits of numbers, `words` those that may be chosen, `noun` what a key (or the keys of a table) names, `many` the
    word for several, `declares` whether keys are declared here; `bare` is whether a state is given by the list of options that are taken;
    `item` is what a list or table holds; `lone` whether one item needs no list; `records` are the numbers of the records that a mapping
    may be.
    """

    left_out: ClassVar[frozenset[str]] = frozenset(
        ("least", "most", "words", "noun", "many", "declares", "bare", "item", "lone", "records"),
    )

    kind: str
    least: int | None = None
    most: int | None = None
    words: tuple[str, ...] | None = None
    noun: str | None = None
    many: str | None = None
    declares: bool | None = None
    bare: bool | None = None
    item: ShapePart | None = None
    lone: bool | None = None
    records: tuple[int, ...] | None = None


class KeyPart(Part):
    """A key of a record: what may stand under it, what it is for, and whether it must be there."""

    key: str
    about: str
    required: bool
    shape: ShapePart


class RecordPart(Part):
    """A mapping with fixed keys; `short` is the key that a value which is no mapping stands for, `line` whether a line of text will do."""

    name: str
    keys: tuple[KeyPart, ...]
    short: str | None
    line: bool


class LanguageDocument(Document):
    """The language of conflict files: its records, of which number `root` (from 0) is a whole file."""

    schema_: Literal["detente.language/1"] = Field(default="detente.language/1", serialization_alias="schema", validation_alias="schema")
    root: int
    records: tuple[RecordPart, ...]


@cache
def language() -> LanguageDocument:
    """The language.

    >>> [one.key for one in language().records[language().root].keys][:3]
    ['detente', 'title', 'question']
    """
    told = _Told()
    root = told.record(CONFLICT)
    return LanguageDocument(root=root, records=tuple(told.records[number] for number in range(len(told.records))))


class _Told:
    """The records that were told already, by their numbers, each once."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self.records: dict[int, RecordPart] = {}

    def record(self, record: Record) -> int:
        """The number of a record."""
        if id(record) not in self.numbers:
            number = self.numbers[id(record)] = len(self.numbers)
            keys = tuple(KeyPart(key=f.key, about=f.about, required=f.required, shape=self.shape(f.shape)) for f in record.fields)
            short = record.short if isinstance(record.short, str) else record.fields[0].key if record.bare else None
            self.records[number] = RecordPart(name=record.name, keys=keys, short=short, line=isinstance(record.short, Passage))
        return self.numbers[id(record)]

    def shape(self, shape: Shape) -> ShapePart:
        """A shape."""
        match shape:
            case Whole(least, most) | Decimal(least, most) | Intervals(least, most):
                return ShapePart(kind=type(shape).__name__.lower(), least=least, most=most)
            case Word(words):
                return ShapePart(kind="word", words=tuple(word for word, _ in words))
            case Key(noun):
                return ShapePart(kind="key", noun=noun.value, many=noun.many)
            case State(bare):
                return ShapePart(kind="state", bare=bare)
            case ListOf(item):
                return ShapePart(kind="list", item=self.shape(item), lone=shape.lone)
            case Table(noun, value, new):
                return ShapePart(kind="table", noun=noun.value, many=noun.many, declares=new, item=self.shape(value))
            case Record():
                return ShapePart(kind="record", records=(self.record(shape),))
            case OneOf(_, records):
                return ShapePart(kind="record", records=tuple(map(self.record, records)))
            case _:  # a text, a condition or a ranking
                return ShapePart(kind="text" if isinstance(shape, Text) else type(shape).__name__.lower())
