"""Non-myopic stability: limited-move stability, however far everybody looks, from some horizon on.

A state is NM stable for a decision maker if it is L_h stable for them for every horizon h from some one on (Kilgour 1984, 1985, after
Brams and Wittman 1981).  What comes of a horizon follows from what comes of the one before, and there are finitely many ways in which it
can come out; so in the end the results repeat, and NM stable is what is L_h stable at each horizon of the part that repeats.  That part
can be longer than one: then there may be states that are stable at some horizons for ever, and not NM stable.

With more than two decision makers there are the same two readings as for limited moves, `NM.apart` and `NM.together`.
"""

from __future__ import annotations

from detente.concepts.base import Facts, Ground, SolutionConcept
from detente.concepts.further.limited_move import SOURCES, Law, play_of
from detente.concepts.further.play import Horizons, Play, Variant
from detente.concepts.further.turns import MOST_POSITIONS, MOST_STATES, Key, checked, demand, entry, too_many
from detente.concepts.witness import AnyWitness, Position, Worked

Place = tuple[int, str]


def _horizons(play: Play, state: int) -> Horizons:
    """The horizons of the whole space, or of the states that moves of anybody lead to from one."""
    if play.horizons is not None:
        return play.horizons
    found, waiting = {state}, [state]
    while waiting:
        at = waiting.pop()
        fresh = {to for dm in play.turns.parties for to in play.moves(dm, at)} - found
        found |= fresh
        waiting += sorted(fresh)
        if len(found) > MOST_STATES:
            raise too_many(f"the verdict depends on more than {MOST_STATES:,} states")
    return Horizons(play, sorted(found))


def _leaves(horizons: Horizons, place: Place) -> int | None:
    """A horizon of the part that repeats at which whoever has the turn moves, the greatest; None if there is none."""
    first, again = horizons.repetition()
    return next((h for h in range(again, first, -1) if horizons.at(*place, h)[0] is not None), None)


def settled(ground: Ground, dm: str, state: int, *, key: str, variant: Variant = "two") -> bool:
    """The verdict alone; `ground`, `dm`, `state`, `key` and `variant` as for `verdict`.

    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> settled(SingleEngine(StateSpace(load("prisoners-dilemma"))), "Row", 0, key="NM")
    True
    """
    return _leaves(_horizons(play_of(ground, dm, variant, key), state), (state, dm)) is None


def verdict(ground: Ground, dm: str, state: int, *, key: str, variant: Variant = "two") -> Worked:
    """Whether a decision maker stays at a state at every horizon from some one on, with all positions up to where the results repeat.

    Parameters
    ----------
    ground
        The graph.
    dm, state
        Who, and where.
    key
        The concept that the witness is to name.
    variant
        The reading for more than two decision makers.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> engine = SingleEngine(StateSpace(load("prisoners-dilemma")))
    >>> [verdict(engine, engine.decision_makers[0], state, key="NM").stays for state in range(4)]
    [True, True, False, True]
    """
    play, start = play_of(ground, dm, variant, key), (state, dm)
    horizons = _horizons(play, state)
    first, again = horizons.repetition()
    region = _region(play, start, MOST_POSITIONS // (again + 1))
    order = [start, *sorted(place for place in region if place != start)]
    entries = tuple(Position(at, turn, h, *horizons.at(at, turn, h)) for h in range(again, -1, -1) for at, turn in order)
    replies = play.turns.listed(dm, (at for at, turn in region if not turn), "any")
    leaves = _leaves(horizons, start)
    to = None if leaves is None else horizons.at(*start, leaves)[0]
    return Worked(key, dm, state, to is None, to, entries, replies, first)


def _region(play: Play, start: Place, most: int) -> list[Place]:
    """Every position that one depends on, itself first."""
    found, waiting = dict.fromkeys([start]), [start]
    while waiting:
        for place in play.children(*waiting.pop()):
            if place not in found:
                found[place] = None
                waiting.append(place)
        if len(found) > most:
            raise too_many(f"the verdict depends on more than {MOST_POSITIONS:,} positions")
    return list(found)


def check(facts: Facts, witness: AnyWitness, *, variant: Variant = "two") -> str | None:
    """None if a witness shows its verdict at every horizon from some one on; otherwise what is wrong.

    Its positions at the greatest horizon must depend on no others, and come out as at the horizon from which the results repeat.

    Parameters
    ----------
    facts
        Moves and comparisons.
    witness
        What is checked.
    variant
        The reading for more than two decision makers.

    Examples
    --------
    >>> from detente.analysis.certificate import Checker
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> dilemma = StateSpace(load("prisoners-dilemma"))
    >>> check(Checker(dilemma), verdict(SingleEngine(dilemma), "Row", 0, key="NM")) is None
    True
    """

    def work(worked: Worked, table: dict[Key, Position]) -> None:
        law, last, first = Law(facts, worked, variant), worked.entries[0].left, worked.repeats
        demand(0 <= first < last, f"repeats: {first}")
        for position in worked.entries:
            demand(position.left <= last, "position: looks further than the first")
            law.follows(position, table)
            if position.left == last:
                demand(entry(table, position.state, position.turn, first).ends == position.ends, f"repeats: not at {position.state}")
                for to, following in law.children(position.state, position.turn):
                    for by in following:
                        entry(table, to, by, last)
        moved = [entry(table, worked.state, worked.dm, h).to for h in range(last, first, -1)]
        leaves = next((to for to in moved if to is not None), None)
        demand(worked.stays == (leaves is None) and worked.improvement == leaves, "verdict: not that of the horizons that repeat")

    return checked(facts, witness, work)


_OTHERS: dict[Variant, str] = {
    "two": "",
    "apart": ", whoever of the others comes next",
    "together": ", the others acting as one where it serves them",
}


def member(variant: Variant) -> SolutionConcept:
    """The concept in one of the readings for more than two decision makers (`variant`).

    >>> member("two").key, member("apart").key
    ('NM', 'NM.apart')
    """
    key = "NM" if variant == "two" else f"NM.{variant}"
    return SolutionConcept(
        key=key,
        name="Non-myopic stability" + ("" if variant == "two" else f", the others {variant}"),
        asks=f"However far everybody looks ahead{_OTHERS[variant]}: is there nothing to gain by leaving?",
        plies=(),
        formula=r"\exists k\ \forall h\ge k: G_h(i,s)=s",
        source="Kilgour 1984, 1985; Brams and Wittman 1981" if variant == "two" else SOURCES[variant],
        rule=lambda ground, dm, state: verdict(ground, dm, state, key=key, variant=variant),
        settle=lambda ground, dm, state: settled(ground, dm, state, key=key, variant=variant),
        check=lambda facts, witness: check(facts, witness, variant=variant),
    )


CONCEPTS = (member("two"), member("apart"), member("together"))
