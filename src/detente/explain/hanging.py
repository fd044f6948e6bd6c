"""On which guesses a conclusion hangs, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.explain.guessed import guess_short
from detente.model.conflict import Conflict
from detente.text import capital, listing, plural

if TYPE_CHECKING:
    from detente.analysis.sweep.found import Hanging

NAMED = 3
"""Most sets of guesses of one kind that a sentence names."""


def hanging_words(conflict: Conflict, found: Hanging) -> str:
    """On which guesses of a conflict a conclusion hangs: what can change it, and what keeps it.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    found
        The smallest sets of guesses that can change the conclusion, and those that keep it.

    Examples
    --------
    >>> from detente.analysis.sweep.found import Hanging
    >>> from detente.cases import load
    >>> print(hanging_words(load("elmira"), Hanging(True, (("a",), ("b", "c")), (("a", "b"),), 2, True, 3, True)))
    “a” alone can change it, and “b” with “c”. It stays so, however the others come out, if “a” and “b” come out as written.
    """
    names = {guess.key: guess_short(conflict, guess) for guess in conflict.guesses}
    return " ".join(part for part in (_changing(names, found), _keeping(names, found)) if part)


def _changing(names: dict[str, str], found: Hanging) -> str:
    """What can change it, with all other guesses as written."""
    looked = [keys for keys in found.breaking if found.complete or len(keys) <= found.up_to]  # of larger sets only a few were met
    if not looked:
        together = {1: "", 2: ", and no 2 together,"}.get(found.up_to, f", and no {found.up_to} or fewer together,")
        told = not found.complete and found.up_to > 0
        return f"No single guess{together} can change it while the others come out as written." if told else ""
    single = [keys[0] for keys in looked if len(keys) == 1]
    several = [keys for keys in looked if len(keys) > 1]
    said = []
    if single:
        each = "each " if len(single) > 1 else ""
        said.append(f"{_names(names, single)} {each}alone can change it")
    if several:
        shown = [" with ".join((_name(names, keys[0]), _names(names, keys[1:]))) for keys in several[:NAMED]]
        more = f", and {plural(len(several) - NAMED, 'further set')} of guesses together" if len(several) > NAMED else ""
        together = listing(shown, "or") if len(shown) < 3 else "; or ".join(shown)
        said.append((", and " if single else "") + f"{together}{more}" + ("" if single else " can change it together"))
    text = f"{''.join(said)}."
    text = capital(text)
    if not found.complete:
        text += f" Sets of more than {plural(found.up_to, 'guess', 'guesses')} were not all looked at."
    return text


def _keeping(names: dict[str, str], found: Hanging) -> str:
    """What keeps it, however all other guesses come out."""
    if not found.sufficient:
        return (
            f"To keep it however the others come out, at least {plural(found.least, 'guess', 'guesses')} would have to come out as written."
            if found.least
            else ""
        )
    first, *others = found.sufficient
    if not first:
        return "It stays so however the guesses come out."
    text = f"It stays so, however the others come out, if {_names(names, first)} {'come' if len(first) > 1 else 'comes'} out as written"
    if not others:
        return f"{text}."
    if len(others) <= NAMED:
        return f"{text} (or {'; or '.join(_names(names, keys) for keys in others)})."
    same = sum(len(keys) == len(first) for keys in others)
    of_them = f", {same:,} of them as small" if same else ""
    return f"{text}; there are {plural(len(others), 'other set')} that keep it so{of_them}."


def _names(names: dict[str, str], keys: Sequence[str]) -> str:
    return listing(_name(names, key) for key in keys)


def _name(names: dict[str, str], key: str) -> str:
    return names.get(key, f"“{key}”")
