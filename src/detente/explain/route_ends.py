"""What is told alike of all ways: where they begin and end, their steps in one line, who is better off at the end, where steps stop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente.analysis.certificate import Checker, Kind
from detente.analysis.reach import Reach, turns_matter
from detente.analysis.route import Leg
from detente.errors import Diagnostic, UsageError
from detente.explain.sentence import Part, Sentence
from detente.explain.words import Words
from detente.preference.order import Comparison
from detente.space.sets import StateSet
from detente.text import capital, listing, plural

LOOKED = 1_000
"""Most states reached of which it is said from which nobody can go on."""
NAMED = 10
"""Most states that are named one by one where steps end."""
IN_TURN = ", nobody moving twice in a row"
"""What is said besides where it makes a difference that nobody moves twice in a row."""
VIEWS = {Comparison.BETTER: "better off", Comparison.WORSE: "worse off", Comparison.EQUAL: "no better and no worse off"}
"""How somebody is at the end of a way, compared with a state on it."""


def in_turn(found: Reach) -> str:
    """That nobody moves twice in a row, where others would be reached, or sooner, if somebody did.

    >>> from detente.analysis.reach import reach
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> in_turn(reach(StateSpace(load("elmira")), 0b10))
    ''
    """
    return IN_TURN if turns_matter(found) else ""


def places(words: Words, *states: int) -> Part:
    """What the states are between which a way is asked for, each once.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> places(Words(StateSpace(load("chicken"))), 0, 0).lead[0].states
    (0,)
    """
    return Part(tuple(Sentence(f"{capital(words.full(state))}.", (state,)) for state in dict.fromkeys(states)))


def nothing_to_do(words: Words, start: int) -> str:
    """That a way leads from a state to itself.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> nothing_to_do(Words(StateSpace(load("chicken"))), 0)
    'In this model nothing needs to move: state 1 is where it is to lead.'
    """
    return f"In this model nothing needs to move: {words.state(start)} is where it is to lead."


def strip(words: Words, start: int, steps: Iterable[tuple[Sequence[str], int]]) -> str:
    """A way in one line of numbers; of each step who takes it, and where it leads.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> strip(Words(StateSpace(load("chicken"))), 0, [(["Row"], 1), (["Row", "Column"], 2)])
    '1 ─Row▸ 2 ─Row+Column▸ 3'
    """
    return words.number(start) + "".join(f" ─{'+'.join(map(words.party, movers))}▸ {words.number(to)}" for movers, to in steps)


def follow(checker: Checker, start: int, legs: Iterable[Leg], kind: Kind, movers: Sequence[str], found: str) -> int:
    """Follow a way move by move, to the state where it ends.

    Parameters
    ----------
    checker
        Knows moves.
    start
        Where it begins.
    legs
        Its moves.
    kind
        Which moves it may be made of.
    movers
        Who may move (keys).
    found
        What is to be explained instead of a wrong way, as it is advised.

    Raises
    ------
    UsageError
        U423 if a move is none.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> follow(Checker(StateSpace(load("chicken"))), 0, [], "any", ["Row"], "what was found")
    0
    """
    now, last = start, ""
    for leg in legs:
        if leg.start != now or leg.mover == last or leg.mover not in movers or leg.to not in checker.moves(leg.mover, now, kind):
            raise UsageError([Diagnostic("U423", f"a way holds a step that is none, by {leg.mover}", help=f"explain {found}")])
        now, last = leg.to, leg.mover
    return now


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


def stopped(words: Words, steps: str, start: int, reached: StateSet, ends: StateSet | None, turns: str = "") -> Sentence:
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
    turns
        That nobody takes two of them in a row, where that makes a difference.

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
    text = f"{capital(steps)} lead from {first} to {where}{turns}"
    if ends is None:
        return Sentence(f"{text}.", (start, *few))
    if not ends:
        return Sentence(f"{text}; from each of them there are others.", (start, *few))
    named = ends.first(NAMED) if ends.count <= NAMED else ()
    which = words.states(named) if named else plural(ends.count, "of them", "of them")
    return Sentence(f"{text}; from {which} there are none.", tuple(dict.fromkeys((start, *few, *named))))
