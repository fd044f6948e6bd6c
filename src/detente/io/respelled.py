"""Conditions in which options have other keys, otherwise as they are written in a file."""

from __future__ import annotations

from detente.model.formula import quoted_key
from detente.model.parse import FormulaError, parse_formula, parse_with_uses


def respelled(text: str, old: str, new: str) -> str | None:
    """The text of a condition with other keys of options, where nothing else is different; None where something is, or it is no condition.

    Parameters
    ----------
    text
        The condition as a file has it.
    old
        The same condition as this program writes it.
    new
        What it is to be, as this program writes it.

    Examples
    --------
    >>> respelled("a&!b -> a", "a if (a and not b)", "deal if (deal and not b)")
    'deal&!b -> deal'
    >>> respelled("a & b", "a and b", "a or b") is None
    True
    """
    try:
        uses = parse_with_uses(text)[1]
        before, (wanted, after) = parse_with_uses(old)[1], parse_with_uses(new)
    except FormulaError:
        return None
    names: dict[str, str] = {}
    if len(before) != len(after) or any(names.setdefault(a.key, b.key) != b.key for a, b in zip(before, after, strict=True)):
        return None
    if not {use.key for use in uses} <= set(names):
        return None
    for use in reversed(uses):
        if names[use.key] != use.key:
            text = text[: use.offset] + quoted_key(names[use.key]) + text[use.offset + use.length :]
    return text if parse_formula(text) == wanted else None
