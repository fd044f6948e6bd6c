"""Which part of a list or mapping became which part of another: what stayed, moved, was changed, went or came.

A change to plain data is told apart here; `detente.io.patched` makes the same change to a text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

from detente.io.emit import Data

MOST_COMPARED = 1_000_000
"""Most pairs of parts of two lists that are compared."""
Alike = Callable[[int, int], bool]
"""Whether an old part and a new one, by their numbers, are taken for the same part, changed."""


def written(data: Data) -> str:
    """What tells data from other data, the order of mappings counted.

    >>> written({"a": 1, "b": None}) == written({"b": None, "a": 1})
    False
    """
    return json.dumps(data, ensure_ascii=False)


def of_items(old: Sequence[Data], new: Sequence[Data]) -> list[int | None] | None:
    """For each new item of a list the number of the old one that it was, None for one that came; None where the lists are too long.

    >>> of_items(["a", "b", "c"], ["b", "c", "x", "a"])
    [1, 2, None, 0]
    >>> of_items(["a", {"when": "b", "says": "yes"}], ["a", {"when": "c", "says": "yes"}, "d"])
    [0, 1, None]
    """
    return _aligned(list(map(written, old)), list(map(written, new)), lambda i, j: _alike(old[i], new[j]), pairs_up=True)


def of_keys(old: Mapping[str, Data], new: Mapping[str, Data]) -> dict[str, str] | None:
    """For each new key that stands for something old, the old key; None where the mappings are too long.

    >>> of_keys({"a": 1, "b": {"x": 1, "y": 2}}, {"a": 3, "c": {"x": 1, "y": 4}})
    {'a': 'a', 'c': 'b'}
    """
    before, after = list(old), list(new)
    found = _aligned(before, after, lambda i, j: _alike(old[before[i]], new[after[j]]), pairs_up=False)
    return None if found is None else {key: before[i] for key, i in zip(after, found, strict=True) if i is not None}


def _aligned(old: Sequence[str], new: Sequence[str], alike: Alike, pairs_up: bool) -> list[int | None] | None:
    """For each new part the number of the old one.

    `pairs_up`: as many new parts at the place of as many old ones are these, changed.
    """
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    middle, inner = old[first : len(old) - last], new[first : len(new) - last]
    if len(middle) * len(inner) > MOST_COMPARED:
        return None
    found: list[int | None] = [None] * len(inner)

    def inside(i: int, j: int) -> bool:
        return alike(i + first, j + first)

    steps = SequenceMatcher(None, middle, inner, autojunk=False).get_opcodes()
    for tag, i1, i2, j1, _ in steps:
        if tag == "equal":
            found[j1 : j1 + i2 - i1] = range(i1, i2)
    _moved(middle, inner, found)
    for _, i1, i2, j1, j2 in steps:
        taken = set(found)
        _changed([i for i in range(i1, i2) if i not in taken], [j for j in range(j1, j2) if found[j] is None], found, inside, pairs_up)
    taken = set(found)
    _changed([i for i in range(len(middle)) if i not in taken], [j for j, i in enumerate(found) if i is None], found, inside, False)
    ends = range(len(old) - last, len(old))
    return [*range(first), *(None if i is None else i + first for i in found), *ends]


def _moved(old: Sequence[str], new: Sequence[str], found: list[int | None]) -> None:
    """Find equal parts that stand elsewhere."""
    taken = set(found)
    elsewhere: dict[str, list[int]] = {}
    for i in reversed(range(len(old))):
        if i not in taken:
            elsewhere.setdefault(old[i], []).append(i)
    for j, part in enumerate(new):
        if found[j] is None and elsewhere.get(part):
            found[j] = elsewhere[part].pop()


def _changed(old: list[int], new: list[int], found: list[int | None], alike: Alike, pairs_up: bool) -> None:
    """Find new parts that are old ones, changed."""
    if pairs_up and len(old) == len(new):
        for i, j in zip(old, new, strict=True):
            found[j] = i
        return
    if len(old) * len(new) > 10_000:
        return
    for j in new:
        source = next((i for i in old if alike(i, j)), None)
        if source is not None:
            found[j] = source
            old.remove(source)


def _alike(old: Data, new: Data) -> bool:
    """Whether at least half of what two mappings hold is the same, or both are equal."""
    if isinstance(old, dict) and isinstance(new, dict):
        same = sum(1 for key, value in old.items() if key in new and written(new[key]) == written(value))
        return 2 * same >= max(len(old), len(new), 1)
    return written(old) == written(new)
