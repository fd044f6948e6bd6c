"""Definitions of solution concepts for the terminal: the LaTeX of the papers in plain signs."""

from __future__ import annotations

import re

_SIGNS = {
    r"\forall": "∀ ",
    r"\exists": "∃ ",
    r"\in": " ∈ ",
    r"\notin": " ∉ ",
    r"\wedge": " ∧ ",
    r"\vee": " ∨ ",
    r"\succeq": " ≽",
    r"\succ": " ≻",
    r"\preceq": " ≼",
    r"\emptyset": "∅",
    r"\varnothing": "∅",
    r"\ne": " ≠ ",
    r"\neq": " ≠ ",
    r"\subseteq": " ⊆ ",
    r"\setminus": "∖",
    r"\bigoplus": "⨁",
    r"\oplus": "⊕",
}
_LOWER = {"i": "ᵢ", "j": "ⱼ"}
_SPACES = re.compile(r" {2,}")


def plain(formula: str) -> str:
    r"""A formula in signs that a terminal shows.

    >>> plain(r"\forall t\in R_i^+(s)\ \exists u\in R_{N-i}(t): s\succeq_i u")
    '∀ t ∈ R⁺ᵢ(s) ∃ u ∈ R_{N−i}(t): s ≽ᵢ u'
    """
    text = re.sub(r"_(\{[^}]*\}|\w)\^\+", r"^+_\1", formula)
    text = re.sub(r"\\[a-zA-Z]+", lambda match: _SIGNS.get(match[0], match[0]), text)
    text = text.replace(r"\ ", " ").replace("^+", "⁺")
    text = re.sub(r"_([ij])(?![\w{])", lambda match: _LOWER[match[1]], text)
    text = re.sub(r"_\{[^}]*\}", lambda match: match[0].replace("-", "−"), text)
    return _SPACES.sub(" ", text).strip()
