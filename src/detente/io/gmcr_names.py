"""From the names in a `.gmcr` file, which may be anything, to keys that a conflict can use; the writer asks the same rules."""

from __future__ import annotations

from collections.abc import Sequence

from detente.model.conflict import MAX_NAME


def distinct(names: Sequence[str]) -> list[str]:
    """The names, each that stood before with a number behind it.

    >>> distinct(["A", "B", "A", "A (2)", "A"])
    ['A', 'B', 'A (2)', 'A (2) (2)', 'A (3)']
    """
    seen: set[str] = set()
    numbers: dict[str, int] = {}
    result = []
    for name in names:
        new, number = name, numbers.get(name, 1)
        while new in seen:
            number += 1
            new = f"{name} ({number})"
        numbers[name] = number
        seen.add(new)
        result.append(new)
    return result


def usable_keys(names: Sequence[str], noun: str) -> list[str]:
    r"""A distinct key for each name: the name itself where it can be one, otherwise derived from it.

    A key has 1 to `MAX_NAME` printable characters, single spaces, and not both kinds of quotation mark (conditions quote keys with
    one or the other).  A name with nothing usable becomes the noun and its place.

    >>> usable_keys(["Accept", "Accept", " new\nline ", ""], "option")
    ['Accept', 'Accept (2)', 'new line', 'option 4']
    """
    wanted = []
    for place, name in enumerate(names, start=1):
        key = " ".join("".join(c if c.isprintable() else " " for c in name).split())[: MAX_NAME - 20].rstrip()
        if '"' in key and "'" in key:
            key = key.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}")
        wanted.append(key or f"{noun} {place}")
    return distinct(wanted)
