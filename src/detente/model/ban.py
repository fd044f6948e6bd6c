"""Bans: moves that a decision maker could make, and that somebody watches and keeps from happening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from detente.model.evidence import Basis
from detente.model.formula import TRUE, Formula, holds, renamed


@dataclass(frozen=True, slots=True)
class Ban:
    """A monitored ban: a decision maker has no move from a state that meets one condition to a state that meets another.

    The states themselves can still occur, and others may still bring them about; that is what tells a ban from a rule.  Removing a
    move is what a guarantor does who keeps a party from breaking an agreement (Walter 1997).  With merged states, a move is left if
    it leads from some combination of one state to some combination of the other that the ban does not speak of.

    Parameters
    ----------
    by
        Key of the decision maker whose moves are banned.
    leaving
        The condition that the state before such a move meets.
    reaching
        The condition that the state after it meets.
    basis
        What the ban rests on, or None.
    says
        The ban in words, or None.

    Examples
    --------
    >>> from detente.model.formula import Not, Taken
    >>> ban = Ban("A", Taken("deal"), Not(Taken("deal")), says="A is kept from leaving the deal")
    >>> bans_change(ban, frozenset({"deal"}), frozenset()), bans_change(ban, frozenset(), frozenset({"deal"}))
    (True, False)
    """

    by: str
    leaving: Formula = TRUE
    reaching: Formula = TRUE
    basis: Basis | None = None
    says: str | None = None


def bans_change(ban: Ban, before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether a ban speaks of a change from the combination with these options taken (`before`) to another (`after`).

    >>> bans_change(Ban("A"), frozenset(), frozenset({"x"}))
    True
    """
    return holds(ban.leaving, before.__contains__) and holds(ban.reaching, after.__contains__)


def rename_ban(ban: Ban, options: Mapping[str, str], decision_makers: Mapping[str, str]) -> Ban:
    """The ban with keys of options and decision makers replaced; keys that the mappings lack stay.

    >>> rename_ban(Ban("A"), {}, {"A": "B"}).by
    'B'
    """
    by = decision_makers.get(ban.by, ban.by)
    return replace(ban, by=by, leaving=renamed(ban.leaving, options), reaching=renamed(ban.reaching, options))
