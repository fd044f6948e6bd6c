"""Bans in words."""

from __future__ import annotations

from detente.model.ban import Ban
from detente.model.formula import TRUE, written


def ban_words(ban: Ban) -> str:
    """A ban in words: its own, or made from its conditions.

    >>> from detente.model.formula import Not, Taken
    >>> ban_words(Ban("A", Taken("deal"), Not(Taken("deal"))))
    'A makes no move from states with “deal” to states with “not deal”'
    >>> ban_words(Ban("A", says="A is watched"))
    '“A is watched”'
    """
    if ban.says:
        return f"“{ban.says}”"
    leaving = "any state" if ban.leaving == TRUE else f"states with “{written(ban.leaving)}”"
    reaching = "any state" if ban.reaching == TRUE else f"states with “{written(ban.reaching)}”"
    return f"{ban.by} makes no move from {leaving} to {reaching}"
