"""How ways end, in words: who is better off at the end, and where steps of some kind stop."""

from __future__ import annotations

from collections.abc import Mapping

from detente.explain.prefer import capital
from detente.explain.sentence import Sentence
from detente.explain.words import Words
from detente.preference.order import Comparison
from detente.space.sets import StateSet
from detente.text import listing, plural

LOOKED = 1_000
"""Most states reached of which it is said from which nobody can go on."""
NAMED = 10
"""Most states that are named one by one where steps end."""


def ended(words: Words, outcome: Mapping[str, Comparison], start: int, end: int) -> Sentence:
    """Who is better off and worse off at the end of a way than at its start, as everybody compares the two (`outcome`).

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> words = Words(StateSpace(load("chicken")))
    >>> ended(words, {"Row": Comparison.BETTER, "Column": Comparison.WORSE}, 0, 1).text
    'At the end, compared with state 1, Row would be better off and Column worse off.'
    """
    groups = {kind: [words.party(dm) for dm, view in outcome.items() if view is kind] for kind in Comparison}
    better = f"{listing(groups[Comparison.BETTER]) or 'nobody'} would be better off"
    worse = f"{listing(groups[Comparison.WORSE]) or 'nobody'} worse off"
    equal = (
        f"; {listing(groups[Comparison.EQUAL])} would be neither better nor worse off"
        if groups[Comparison.EQUAL] and len(groups[Comparison.EQUAL]) < len(outcome)
        else ""
    )
    return Sentence(f"At the end, compared with {words.state(start)}, {better} and {worse}{equal}.", (end, start))


def stopped(words: Words, steps: str, start: int, reached: StateSet, ends: StateSet | None) -> Sentence:
    """How far steps of some kind (`steps`) lead from a state, and where they end.

    Parameters
    ----------
    words
        The words of the conflict.
    steps
        What the steps are called.
    start
        Where they begin.
    reached
        The other states that they lead to.
    ends
        The states among these and the start from which there are none; None where that was not looked at.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> one, five = (space.set_of(space.state(number)) for number in (1, 5))
    >>> stopped(Words(space), "such steps", space.state(1), five, five).text
    'Such steps lead from state 1 to state 5 and to no other; from state 5 there are none.'
    """
    first = words.state(start)
    if not reached:
        return Sentence(f"There are no {steps} from {first}.", (start,))
    few = reached.first(NAMED) if reached.count <= NAMED else ()
    where = f"{words.states(few)} and to no other" if few else plural(reached.count, "other state")
    text = f"{capital(steps)} lead from {first} to {where}"
    if ends is None:
        return Sentence(f"{text}.", (start, *few))
    if not ends:
        return Sentence(f"{text}; from each of them there are others.", (start, *few))
    named = ends.first(NAMED) if ends.count <= NAMED else ()
    which = words.states(named) if named else plural(ends.count, "of them", "of them")
    return Sentence(f"{text}; from {which} there are none.", tuple(dict.fromkeys((start, *few, *named))))
