"""Damage to any claim, found by looking at what it is made of: one field, one entry or one number changed, left out, doubled or exchanged.

Nothing here knows what a claim means. A damaged claim may happen to be true; whoever counts refusals asks the second statement whether it
is, when it is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from random import Random
from typing import Any

from detente.analysis.claims.base import Claim

Path = tuple[str | int, ...]
"""Names of fields and places of entries, from the outside in."""


@dataclass(frozen=True)
class Words:
    """What numbers and texts are replaced by: states and keys of the same conflict, so that the damage is not nonsense."""

    states: Sequence[int]
    keys: Sequence[str]


def parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value within a value, itself included, with its path."""
    yield path, value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from parts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, tuple):
        for place, entry in enumerate(value):
            yield from parts(entry, (*path, place))


def changed(value: Any, path: Path, new: Any) -> Any:
    """The value with another in the place of one part."""
    if not path:
        return new
    head, *rest = path
    if isinstance(head, str):
        return replace(value, **{head: changed(getattr(value, head), tuple(rest), new)})
    return (*value[:head], changed(value[head], tuple(rest), new), *value[head + 1 :])


def others(value: Any, words: Words, random: Random) -> Iterator[tuple[str, Any]]:
    """What a value may be replaced by, with a word for the kind of damage."""
    if isinstance(value, bool):
        yield "turned", not value
    elif isinstance(value, Enum):
        yield from (("other member", member) for member in type(value) if member is not value)
    elif isinstance(value, int):
        yield "one more", value + 1
        yield "one less", value - 1
        yield "other state", random.choice(words.states)
        yield "other bit", value ^ (1 << random.choice(words.states))
        yield "out of range", random.choice((-1, 1 << 40))
    elif isinstance(value, str):
        yield "other key", random.choice(words.keys)
        yield "no key", "nobody"
    elif value is None:
        yield "something", random.choice(words.states)
    elif isinstance(value, tuple):
        yield from lists(value, random)
    elif is_dataclass(value) and not isinstance(value, Claim):
        yield "nothing", None


def lists(value: tuple[Any, ...], random: Random) -> Iterator[tuple[str, Any]]:
    """What a list may be replaced by."""
    if not value:
        return
    place = random.randrange(len(value))
    yield "left out", (*value[:place], *value[place + 1 :])
    yield "doubled", (*value[:place], value[place], *value[place:])
    yield "nothing", ()
    if len(value) > 1:
        first, second = sorted(random.sample(range(len(value)), 2))
        exchanged = list(value)
        exchanged[first], exchanged[second] = exchanged[second], exchanged[first]
        yield "exchanged", tuple(exchanged)


def damaged(claim: Claim, words: Words, random: Random, most: int) -> Iterator[tuple[str, Claim]]:
    """At most so many claims that differ from one in one place, each with a name for what was done."""
    known = list(parts(claim))
    possible = [(path, what, new) for path, value in known for what, new in others(value, words, random) if path]
    for path, what, new in random.sample(possible, min(most, len(possible))):
        try:
            wrong = changed(claim, path, new)
        except (TypeError, ValueError, LookupError):
            continue  # a class that does not even let such a value be made
        if wrong != claim:
            name = ".".join("[]" if isinstance(step, int) else step for step in path)
            yield f"{name}: {what}", wrong
