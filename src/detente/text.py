"""Small helpers for words: plurals, lists, suggestions.  They know nothing of conflicts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


def counted(count: int) -> str:
    """A count as it stands in a sentence: exact with commas, from 10^15 on rounded to three places.

    >>> counted(12480), counted(1 << 60)
    ('12,480', 'about 1.15 × 10^18')
    """
    if abs(count) < 10**15:
        return f"{count:,}"
    power = len(str(abs(count))) - 1
    rounded = (count + 10 ** (power - 2) // 2) // 10 ** (power - 2)
    power, rounded = (power + 1, rounded // 10) if rounded >= 1000 else (power, rounded)
    return f"about {rounded // 100}.{rounded % 100:02} × 10^{power}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """The count with its noun: `1 state`, `9 states`, `12,480 states`.

    Parameters
    ----------
    count
        How many.
    one
        The noun for one of them.
    many
        The noun for any other number; by default `one` with an s.

    Examples
    --------
    >>> plural(1, "state"), plural(12480, "state"), plural(2, "party", "parties")
    ('1 state', '12,480 states', '2 parties')
    """
    return f"{counted(count)} {one if count == 1 else many or one + 's'}"


def listing(items: Iterable[object], word: str = "and") -> str:
    """Items as a reader would say them.

    Parameters
    ----------
    items
        What to list; each is shown as `str` shows it.
    word
        What stands before the last.

    Examples
    --------
    >>> listing(["a"]), listing(["a", "b"]), listing(["a", "b", "c"], "or")
    ('a', 'a and b', 'a, b or c')
    """
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {word} {words[-1]}"


def capital(text: str) -> str:
    """The text with a capital at its beginning.

    >>> capital("the status quo holds")
    'The status quo holds'
    """
    return text[:1].upper() + text[1:]


def did_you_mean(wrong: str, known: Iterable[str]) -> str | None:
    """The known word closest to a wrong one, or None.

    Parameters
    ----------
    wrong
        What was written.
    known
        What there is to choose from.

    Examples
    --------
    >>> did_you_mean("Aceept", ["Delay", "Accept"])
    'Accept'
    >>> did_you_mean("xyz", ["Delay", "Accept"]) is None
    True
    """
    by_lower: dict[str, str] = {}
    for word in known:
        by_lower.setdefault(word.lower(), word)
    close = difflib.get_close_matches(wrong[:200].lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


def shortened(value: str, limit: int = 60) -> str:
    """The value on one line, cut in the middle when long; control and direction characters made visible.

    Parameters
    ----------
    value
        Any text, also a hostile one.
    limit
        Longest result, in characters.

    Examples
    --------
    >>> shortened("a" * 100, 11)
    'aaaaa…aaaaa'
    """
    flat = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in value)
    if len(flat) <= limit:
        return flat
    half = (limit - 1) // 2
    return f"{flat[:half]}…{flat[-half:]}"


def unique_prefixes(names: Sequence[str]) -> list[str]:
    """The shortest prefix of each name that no other name begins with (the whole name where there is none).

    Parameters
    ----------
    names
        The names; upper and lower case count as the same.

    Examples
    --------
    >>> unique_prefixes(["MoE", "Uniroyal", "Local"]), unique_prefixes(["Iran", "Israel"])
    (['M', 'U', 'L'], ['Ir', 'Is'])
    """
    result = []
    for i, name in enumerate(names):
        others = [other.lower() for j, other in enumerate(names) if j != i]
        low = name.lower()
        length = next((k for k in range(1, len(low)) if not any(o.startswith(low[:k]) for o in others)), len(low))
        result.append(name[:length])
    return result
