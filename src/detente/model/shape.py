"""What may stand in a conflict file, as values: shapes.

A shape says what a place of the file can hold and what it becomes in the model.  The reader of files, the writer and the JSON
Schema for editors all follow the same shapes, so they can't disagree.  A kind of preference gives the shapes of what it is
written with in its own module.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias


class Noun(StrEnum):
    """What the keys of a conflict file name."""

    OPTION = "option"
    DECISION_MAKER = "decision maker"
    SOURCE = "source"
    ASSERTER = "asserter"
    NAMED_STATE = "named state"
    FRONT = "front"
    VIEWPOINT = "viewpoint"
    THRESHOLD = "threshold"
    GUESS = "guess"
    OUTCOME = "outcome"

    @property
    def many(self) -> str:
        """The word for several."""
        return "guesses" if self is Noun.GUESS else f"{self.value}s"


@dataclass(frozen=True, slots=True)
class Text:
    """A text; becomes a `str`.  With `optional`, an empty place becomes None."""

    optional: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`; becomes an `int`."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Decimal:
    """An exact number from `least` to `most`, written as a decimal or as a ratio of whole numbers; becomes a `Fraction`.

    With `above`, `least` itself is too small.
    """

    least: int
    most: int
    above: bool = False


@dataclass(frozen=True, slots=True)
class Intervals:
    """Numbers and pairs of numbers (the ends of an interval) from `least` to `most`, or one number alone.

    Becomes a tuple of `Fraction`: the ends of each interval one after the other; a number is an interval that begins and ends there.
    """

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words; becomes the value that stands beside it."""

    words: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The key of something that the file declares elsewhere, told by its noun; becomes a `str`."""

    noun: Noun


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition over option keys; becomes a `Formula`."""


@dataclass(frozen=True, slots=True)
class State:
    """A state: its number, a choice pattern, the name of a named state or `{taken: [options]}`; becomes the set of options taken.

    With `bare`, the list of options taken alone will do; without `named`, names are not looked up; `possible` asks for a feasible one.
    """

    bare: bool = False
    named: bool = True
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """States, best first, a list where several are tied; becomes a tuple of levels, each a tuple of sets of options."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; becomes a tuple.  With `distinct`, nothing stands in it twice; with `lone`, one item
    needs no list; with `filled`, it is not empty.
    """

    item: Shape
    distinct: bool = False
    lone: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping from keys to values of one shape; becomes a tuple of pairs.

    Parameters
    ----------
    noun
        What the keys name.
    value
        The shape of the values.
    new
        Whether the keys are declared here (or refer to what is declared elsewhere).
    root
        How the paths of its elements begin, where that is not the path of the place.
    lone
        Whether it becomes a tuple of the values alone, which hold their keys.
    """

    noun: Noun
    value: Shape
    new: bool = True
    root: str | None = None
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A citation on one line: the source's key, where in it, and optionally `by` an asserter's key."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record.

    Parameters
    ----------
    key
        The key.
    shape
        What may stand under it.
    about
        A line for editors.
    required
        Whether it must be there.
    attribute
        The attribute that it becomes, if that is not the key with `_` for spaces.
    """

    key: str
    shape: Shape
    about: str
    required: bool = False
    attribute: str = ""

    @property
    def name(self) -> str:
        """The attribute that the field becomes; by default its key with `_` for spaces."""
        return self.attribute or self.key.replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with fixed keys; becomes what `make` makes of its attributes.

    Parameters
    ----------
    name
        What it is called in messages.
    fields
        Its keys.  A field that is absent is not passed to `make`, whose default counts.
    make
        Takes the attributes as keyword arguments.
    short
        The key that a value which is no mapping stands for, or a shape that reads it into several attributes.
    fits
        Whether a value is written with this record, where a place allows several.
    key
        The attribute that takes the key, for records that are the values of a table.
    view
        What the attributes are taken from when a value is written, if not the value itself.
    bare
        Whether the leading key alone, as a text, stands for it.
    """

    name: str
    fields: tuple[Field, ...]
    make: Callable[..., Any] = dict
    short: str | Passage | None = None
    fits: Callable[[Any], bool] | None = None
    key: str | None = None
    view: Callable[[Any], Any] | None = None
    bare: bool = False

    @property
    def by_key(self) -> Mapping[str, Field]:
        """The fields by their keys."""
        return {f.key: f for f in self.fields}


@dataclass(frozen=True, slots=True)
class OneOf:
    """A mapping that is one of several records, told apart by the key of the first field of each.

    Parameters
    ----------
    name
        What it is called in messages.
    records
        The records.
    key
        The attribute that takes the key, for values of a table.
    """

    name: str
    records: tuple[Record, ...] = field(default=())
    key: str | None = None

    @property
    def short(self) -> Record | None:
        """The record that a text stands for that is no leading key."""
        return next((record for record in self.records if isinstance(record.short, str)), None)

    @property
    def bare(self) -> Mapping[str, Record]:
        """The records for which their leading key alone stands, by that key."""
        return {record.fields[0].key: record for record in self.records if record.bare}


Shape: TypeAlias = Text | Whole | Decimal | Intervals | Word | Key | Condition | State | Ranking | ListOf | Table | Record | OneOf


def spelled(shapes: Record | OneOf) -> tuple[str, ...]:
    """All keys that may stand in a mapping of these shapes, in order.

    >>> spelled(Record("a source", (Field("title", Text(), "As printed."), Field("date", Text(), "As printed."))))
    ('title', 'date')
    """
    records = shapes.records if isinstance(shapes, OneOf) else (shapes,)
    return tuple(dict.fromkeys(f.key for record in records for f in record.fields))
