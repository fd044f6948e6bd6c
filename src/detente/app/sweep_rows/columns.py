"""The columns of the rows of a sweep: their names, and how values stand in them.

What is yes or no is a BOOLEAN, what is a text is VARCHAR, anything else is VARCHAR with JSON; "does not apply" is NULL.  How a conclusion's
values are written follows from its kind alone and not from what occurs, so that all parts have the same columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any, Literal

from detente.analysis.sweep.asked import KINDS, Subject
from detente.analysis.sweep.tree import Value
from detente.model.conflict import Conflict
from detente.model.digest import canonical
from detente.model.direction import Direction
from detente.model.formula import Formula, written
from detente.model.guess import AsWritten, Decided, Guess, LeftOut, Ordered, SeenFrom, What
from detente.model.parse import parse_formula

NUMBER = "completion"
"""The name of the column with the number of the completion."""
Coding = Literal["yes or no", "text", "json"]
"""How values are written."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the columns, no two the same in large and small letters alike, as DuckDB reads them.

    Parameters
    ----------
    guesses
        One for each guess, in the order of the conflict.
    subjects
        One for each conclusion.
    """

    guesses: tuple[str, ...]
    subjects: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """The names in the order of the columns."""
        return (NUMBER, *self.guesses, *self.subjects)


def names_of(conflict: Conflict, subjects: Sequence[Subject]) -> Names:
    """The names of the columns: guesses under their keys, conclusions under what they ask.

    Parameters
    ----------
    conflict
        Gives the guesses.
    subjects
        The conclusions.

    Examples
    --------
    >>> from detente.cases import load
    >>> names_of(load("elmira"), [Subject("holds"), Subject("stays", dm="MoE"), Subject("holds")]).subjects
    ('holds', 'stays:MoE', 'holds (2)')
    """
    keys = [f"guess:{guess.key}" for guess in conflict.guesses]
    found = list(_apart([NUMBER, *keys, *map(_asked, subjects)]))[1:]
    return Names(tuple(found[: len(keys)]), tuple(found[len(keys) :]))


def _asked(subject: Subject) -> str:
    told = (getattr(subject, field.name) for field in fields(subject))
    return ":".join(_text(part) for part in told if part is not None and part != ())


def _text(part: object) -> str:
    if isinstance(part, Formula):
        return written(part)
    if isinstance(part, tuple):
        return " + ".join(map(_text, part))
    told = (getattr(part, name, None) for name in ("kind", "by"))  # a lever that is tried
    return ":".join(map(_text, filter(None, told))) if is_dataclass(part) else str(part)


def _apart(names: Iterable[str]) -> Iterator[str]:
    """The names, with a number behind those that have occurred."""
    taken: set[str] = set()
    for name in names:
        now, number = name, 1
        while now.casefold() in taken:
            number += 1
            now = f"{name} ({number})"
        taken.add(now.casefold())
        yield now


def coding_of(subject: Subject) -> Coding:
    """How the values of a conclusion are written: as the function of its kind says that it gives them.

    Parameters
    ----------
    subject
        The conclusion.

    Examples
    --------
    >>> coding_of(Subject("kept gain"))
    'yes or no'
    """
    gives = {part.strip() for part in str(getattr(KINDS[subject.kind], "__annotations__", {}).get("return", "")).split("|")} - {"None"}
    return "yes or no" if gives == {"bool"} else "text" if gives == {"str"} else "json"


def encoded(coding: Coding, value: Value) -> Any:
    """A value as it is written: None, a truth value or a text.

    Parameters
    ----------
    coding
        How.
    value
        The value.

    Raises
    ------
    TypeError
        If a value of this kind can't be written so.

    Examples
    --------
    >>> encoded("json", (3, frozenset({"b", "a"})))
    '[3,{"set":["a","b"]}]'
    """
    if value is None:
        return None
    if coding == "json":
        return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    if not isinstance(value, bool if coding == "yes or no" else str):
        raise TypeError(f"{value!r} is not {coding}")
    return value


def decoded(coding: Coding, stored: Any) -> Value:
    """The value of which `encoded` gives what is `stored`.

    >>> decoded("json", '[3,{"set":["a","b"]}]') == (3, frozenset({"a", "b"}))
    True
    """
    return _restored(json.loads(stored)) if coding == "json" and stored is not None else stored


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, frozenset):
        return {"set": sorted((_plain(part) for part in value), key=json.dumps)}
    if isinstance(value, Fraction):
        return {"fraction": str(value)}
    raise TypeError(f"a {type(value).__name__} can't be written into a table")


def _restored(value: Any) -> Value:
    match value:
        case {"set": parts}:
            return frozenset(map(_restored, parts))
        case {"fraction": text}:
            return Fraction(text)
        case list():
            return tuple(map(_restored, value))
    return value


def guess_about(guess: Guess, name: str) -> dict[str, Any]:
    """What the manifest says of a guess: its column (`name`), what it is about, its alternatives.

    >>> from detente.model.guess import Alternative, AsWritten, LeftOut
    >>> guess_about(Guess("g", "rule", None, (1,), (Alternative(AsWritten()), Alternative(LeftOut()))), "guess:g")["alternatives"]
    ['as written', 'left out']
    """
    return {
        "column": name,
        "key": guess.key,
        "kind": guess.kind,
        "elements": list(guess.elements),
        "alternatives": [one.says or _alternative(one.what) for one in guess.alternatives],
        "weights": [str(weight) for weight in guess.weights] if guess.is_weighted else None,
    }


def _alternative(what: What) -> Any:
    match what:
        case AsWritten():
            return "as written"
        case LeftOut():
            return "left out"
        case Ordered(places):
            return list(places)
        case Decided(preferred):
            return preferred
        case SeenFrom(viewpoint):
            return viewpoint
        case Direction():
            return what.value
    return written(what) if isinstance(what, Formula) else canonical(what)


def subject_about(subject: Subject, name: str) -> dict[str, Any]:
    """What the manifest says of a conclusion: its column (`name`), how its values are written, what is asked.

    >>> subject_about(Subject("stays", dm="A"), "stays:A")
    {'column': 'stays:A', 'values': 'yes or no', 'kind': 'stays', 'dm': 'A'}
    """
    told = {field.name: getattr(subject, field.name) for field in fields(subject)}
    asked = {key: _stored(part) for key, part in told.items() if part is not None and part != ()}
    return {"column": name, "values": coding_of(subject), **asked}


def _stored(part: object) -> Any:
    """What is asked, in texts, numbers and lists; a lever that is tried as its canonical form."""
    if isinstance(part, tuple):
        return [_stored(one) for one in part]
    if isinstance(part, Formula):
        return {"formula": written(part)}
    return {"attempt": canonical(part)} if is_dataclass(part) else _plain(part)


def subject_from(about: dict[str, Any]) -> Subject:
    """The conclusion of which the manifest says so much (`about`); the levers of one that tries levers are left out.

    >>> subject_from(subject_about(Subject("stays", dm="A"), "stays:A")) == Subject("stays", dm="A")
    True
    """
    return Subject(**{key: _asked_back(part) for key, part in about.items() if key not in ("column", "values", "attempts")})


def _asked_back(part: Any) -> Any:
    return parse_formula(part["formula"]) if isinstance(part, dict) and "formula" in part else _restored(part)
