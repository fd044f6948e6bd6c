"""The inverse of `detente.io.shaped`: values of the model as plain data (mappings, lists, texts, numbers), by their shapes.

What a reader would assume anyway is left out, so that a written file says no more than it must.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from detente.errors import ConflictError
from detente.io.emit import Brief, Column, Data
from detente.io.language import ASSERTER, COALITION
from detente.io.language_beliefs import ATTITUDE, THRESHOLD
from detente.io.language_guesses import BRIEF
from detente.io.numbers import number_text
from detente.io.passages import written_passage
from detente.io.states import looks_like_a_state
from detente.model.conflict import Conflict
from detente.model.formula import written
from detente.model.rule import Merged
from detente.model.shape import (
    Condition,
    Decimal,
    Field,
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
from detente.model.written import BASIS, CITATION
from detente.space.states import StateSpace

MAX_PATTERNS = 16
"""Most options of a conflict whose merged states are written as patterns with `-`."""

_BRIEF = (CITATION, *BASIS.records, ASSERTER, COALITION, THRESHOLD, ATTITUDE, *BRIEF)

_SURROGATE = re.compile("[\ud800-\udfff]")


class Unshaped:
    """Writes the values of one conflict by their shapes."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.sources = {source.key: None for source in conflict.evidence.sources}
        self.asserters = {asserter.key: None for asserter in conflict.evidence.asserters}
        self.names = {n.taken: n.name for n in reversed(conflict.named_states) if not looks_like_a_state(n.name)}
        merges = any(isinstance(rule, Merged) for rule in conflict.rules)
        self.space = StateSpace(conflict) if merges and len(conflict.options) <= MAX_PATTERNS else None

    def data(self, shape: Shape, value: Any) -> Data:
        """A value as plain data."""
        match shape:
            case Text() if isinstance(value, str) and _SURROGATE.search(value):
                message = "a text holds half of a surrogate pair, which is no character"
                raise ConflictError.of("F609", message, value=value[:40], help="take it out of the text")
            case Text() | Whole() | Key():
                plain: Data = value  # the shape says what it is
                return plain
            case Word(words):
                return next(word for word, meaning in words if meaning == value)
            case Condition():
                return written(value)
            case State(bare=True):
                return self.taken(value)
            case State():
                return self.state(value)
            case Ranking():
                return [self.state(level[0]) if len(level) == 1 else [self.state(taken) for taken in level] for level in value]
            case ListOf(item):
                made = [self.data(item, part) for part in value]
                return Column(made) if made and isinstance(item, Record | OneOf) and item not in _BRIEF else made
            case Decimal():
                return number_text(value)
            case Intervals():
                ends = [number_text(end) for end in value]
                pairs = list(zip(ends[::2], ends[1::2], strict=True))
                two = len(pairs) == 2 and all(low == high for low, high in pairs)  # two single numbers look like an interval
                return [low if low == high and not two else [low, high] for low, high in pairs]
            case Table(value=inner, lone=True):
                assert isinstance(inner, Record | OneOf)
                assert inner.key is not None
                return {getattr(part, inner.key): self.data(inner, part) for part in value}
            case Table(value=inner):
                return {key: self.data(inner, part) for key, part in value}
            case OneOf(records=records):
                return self.record(next(r for r in records if r.fits is not None and r.fits(value)), value)
            case Record():
                return self.record(shape, value)

    def record(self, record: Record, value: Any) -> Data:
        """A record as a mapping, or as the short form that says the same."""
        if isinstance(record.short, Passage):
            line = written_passage(value, self.sources, self.asserters)
            if line is not None:
                return line
        key = None if record.key is None else getattr(value, record.key)
        found = self.fields(record.fields, value if record.view is None else record.view(value), key)
        if record.bare and list(found) == [record.fields[0].key]:
            return record.fields[0].key
        if isinstance(record.short, str) and list(found) == [record.short]:
            return found[record.short]
        if not found and record.key is not None:
            return None
        return Brief(found) if record in _BRIEF else found

    def fields(self, fields: tuple[Field, ...], value: Any, key: str | None = None) -> dict[str, Data]:
        """The fields of a value that say something; `key` is the name that is assumed where none is given."""
        defaults: Mapping[str, object] = {f.name: f.default for f in dataclasses.fields(value)}
        found: dict[str, Data] = {}
        for f in fields:
            part = getattr(value, f.name)
            assumed = part == defaults.get(f.name) or part is None or (f.name == "name" and part == key)
            if f.required or not assumed:
                found[f.key] = self.data(f.shape, part)
        return found

    # -- states ----------------------------------------------------------------------------------------------------
    def taken(self, taken: frozenset[str]) -> Data:
        """A state as the list of the options taken, in the order of the conflict."""
        return [option.key for option in self.conflict.options if option.key in taken]

    def state(self, taken: frozenset[str]) -> Data:
        """A state by its name, or as a choice pattern; - stands for what a merged state leaves open."""
        if taken in self.names:
            return self.names[taken]
        if self.space is not None and (state := self.conflict.combination(taken)) in self.space.classes:
            choice = self.space.choice(state)
            if sum(self.space.choice(other) == choice for other in self.space.classes) == 1 and set(choice) != {"-"}:
                return choice
        return "".join("Y" if option.key in taken else "N" for option in self.conflict.options)
