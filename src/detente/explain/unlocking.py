"""The words around levers: what is to be had, what a lever costs, and how far a search of them went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.analysis.unlock.goal import Want
from detente.explain.sentence import Sentence
from detente.explain.words import Words, quoted
from detente.text import listing, plural

KINDS: Mapping[str, str] = {
    "priority": "priority shifts",
    "preference": "preference shifts",
    "pressure": "pressure",
    "red-lines": "red lines",
    "guarantee": "guarantees and options",
    "fear": "moves that hold somebody",
    "phases": "phases",
    "coalitions": "joint moves",
    "plan": "whole plans",
}
"""What the kinds of levers are called."""

_UNITS: Mapping[str, tuple[str, str]] = {
    "priority": ("edit", "edits"),
    "preference": ("comparison", "comparisons"),
    "pressure": ("place", "places"),
    "red-lines": ("red line or rule", "red lines or rules"),
    "guarantee": ("unit of cost", "units of cost"),
    "fear": ("kind of move taken away", "kinds of move taken away"),
    "phases": ("step", "steps"),
    "coalitions": ("party", "parties"),
    "plan": ("unit of cost", "units of cost"),
}


def crossing(parties: Sequence[str]) -> str:
    """That a state crosses red lines of some decision makers (keys), and what that means; with a space before it, empty for none.

    >>> crossing(["A"])
    ' It crosses a red line of A: to A every state that crosses none is better.'
    """
    if not parties:
        return ""
    if len(parties) == 1:
        return f" It crosses a red line of {parties[0]}: to {parties[0]} every state that crosses none is better."
    return f" It crosses red lines of {listing(parties)}: to each of them every state that crosses none of theirs is better."


@dataclass(frozen=True, slots=True)
class Searched:
    """How far a search for levers of one kind went, in numbers.

    Parameters
    ----------
    kind
        Which kind.
    count, cheapest, least
        How many were found, what the first of them costs (None if none was found), and what every lever of the kind costs at least (None
        if there is none at all).
    complete
        Whether these are all minimal ones.
    stopped
        Why the search ended before, as a code; "" if it did not.
    """

    kind: str
    count: int
    cheapest: int | None
    least: int | None
    complete: bool
    stopped: str = ""

    @property
    def proven(self) -> bool:
        """Whether the first lever is shown to be the smallest, or that there is none."""
        return self.cheapest == self.least


def counted(kind: str, cost: int) -> str:
    """A cost in the unit of its kind.

    >>> counted("priority", 1), counted("preference", 3)
    ('1 edit', '3 comparisons')
    """
    one, many = _UNITS[kind]
    return plural(cost, one, many) if cost else "nothing to change"


def searched(found: Searched) -> Sentence:
    """How sure it is that nothing smaller does it, and that these are all.

    >>> searched(Searched("preference", 2, 1, 1, True)).text
    'No smaller one does it, and every other one changes as many comparisons of each party as one of these, or more: proven.'
    """
    return Sentence(_searched(found))


def _searched(found: Searched) -> str:
    why = _STOPPED.get(found.stopped, f"The search was stopped ({found.stopped})") if found.stopped else ""
    if not found.count:
        if found.least is None and not found.stopped:
            return f"In this model none does it: {_sure(found.kind)}."
        if found.least and found.complete and not found.stopped:
            least = counted(found.kind, found.least)
            return f"None that costs less than {least} does it: {_sure(found.kind)}. Costlier ones were not looked at."
        bound = f"; each costs at least {counted(found.kind, found.least)}" if found.least else ""
        return f"{why or 'The search did not look at all of them'}: none was found, which does not mean that there is none{bound}."
    if found.kind == "coalitions" and found.cheapest == 2 and not found.complete:
        return "No joint move has fewer than two parties. These were found first; there may be others."
    if found.kind == "plan" and found.proven:
        return f"No set of the means that were considered does it for less: all were tried.{f' {why}.' if why else ''}"
    if found.proven and found.complete:
        if found.kind == "preference":
            one = "this one" if found.count == 1 else "one of these"
            others = f"every other one changes as many comparisons of each party as {one}, or more"
            return f"No smaller one does it, and {others}: {_sure(found.kind)}."
        one = "it is the only minimal one" if found.count == 1 else "these are all minimal ones"
        one += " of those with so few edits as were tried together" if found.kind == "priority" else ""
        return f"No smaller one does it, and {one}: {_sure(found.kind)}."
    if found.proven:
        return f"No smaller one does it: {_sure(found.kind)}. There may be others{f'. {why}' if why else ''}."
    bound = f"; each costs at least {counted(found.kind, found.least)}" if found.least else ""
    return f"{why or 'Not all of them were looked at'}: a smaller one is not ruled out{bound}."


CERTIFIED = frozenset({"preference", "phases", "red-lines"})
"""The kinds whose claims show, case by case, that nothing smaller does it; of the others all smaller ones were tried."""


def _sure(kind: str) -> str:
    return "proven" if kind in CERTIFIED else "all were tried"


_STOPPED: Mapping[str, str] = {
    "time": "The time for this kind ran out",
    "size": "The conflict is too large for this kind of lever",
    "unlisted": "This kind of lever is found by comparing all states, which a conflict too large to be listed does not allow",
    "condition": "In a conflict too large to be listed this kind of lever is looked for a single wanted state, not for a condition",
    "only": "That nothing else is reached is not looked at in a conflict too large to be listed",
    "many": "There are more than are listed",
    "interrupted": "The search was interrupted",
    "cut": "Ways over very many states were not followed",
    "means": "No set of the means that were considered does it",
}


def goal_words(words: Words, want: Want, start: int, state: int | None, condition: str | None) -> Sentence:
    """What is to be had, as a heading.

    Parameters
    ----------
    words
        The words of the conflict.
    want
        What is to be had.
    start
        The state that the conflict is in.
    state, condition
        The wanted state, or the condition that wanted states meet; neither where only the start is to be left.
    """
    if want == "break" or (state is None and condition is None):
        called = "the status quo" if start == words.space.status_quo else ""
        return Sentence(f"To leave {f'{called} ({words.state(start)})' if called else words.state(start)}", (start,))
    what = _wanted(words, state, condition)
    states = (start,) if state is None else (start, state)
    ends = {"hold": "to hold", "reach": "to be reached and to hold", "only": "to be reached and to hold, and nothing else to be reached"}
    return Sentence(f"For {what} {ends[want]}", states)


def _wanted(words: Words, state: int | None, condition: str | None) -> str:
    if state is None:
        return f"a state with {quoted(condition or '')}"
    name = words.name(state)
    return f"{quoted(name)} ({words.state(state)})" if name else words.state(state)


def standing(words: Words, start: int, profile: Mapping[str, str], leaves: tuple[str, ...]) -> Sentence:
    """Whether the start holds under a profile, and who leaves it.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> words = Words(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    >>> standing(words, 0, {"A": "SEQ"}, ()).text
    'In this model state 1 holds under SEQ: nobody would leave it by a move of their own.'
    """
    called = f"the status quo ({words.state(start)})" if start == words.space.status_quo else words.state(start)
    by = behaviour(profile)
    if not leaves:
        return Sentence(f"In this model {called} holds {by}: nobody would leave it by a move of their own.", (start,))
    return Sentence(f"In this model {called} does not hold {by}: {listing(map(words.party, leaves))} would leave it.", (start,))


def behaviour(profile: Mapping[str, str]) -> str:
    """A profile in words.

    >>> behaviour({"A": "SEQ", "B": "SEQ"}), behaviour({"A": "SEQ", "B": "Nash"})
    ('under SEQ', 'with A by SEQ and B by Nash')
    """
    if len(set(profile.values())) == 1:
        return f"under {next(iter(profile.values()))}"
    return f"with {listing(f'{dm} by {key}' for dm, key in profile.items())}"
