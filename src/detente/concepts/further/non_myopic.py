"""Non-myopic stability: limited-move stability, however far everybody looks, from some horizon on.

A state is NM stable for a decision maker if it is L_h stable for them for every horizon h from some one on (Kilgour 1984, 1985, after
Brams and Wittman 1981).  What comes of a horizon follows from what comes of the one before, and there are finitely many ways in which it
can come out; so in the end the results repeat, and NM stable is what is L_h stable at each horizon of the part that repeats.  That part
can be longer than one: then there may be states that are stable at some horizons for ever, and not NM stable.

With more than two decision makers there are the same two readings as for limited moves, `NM.apart` and `NM.together`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.concepts.base import Facts, Ground, SolutionConcept
from detente.concepts.further.limited_move import SOURCES, Law, Play, Variant, play_of
from detente.concepts.further.turns import (
    MOST_POSITIONS,
    MOST_STATES,
    Key,
    checked,
    demand,
    entry,
    too_many,
)
from detente.concepts.witness import AnyWitness, Position, Worked
from detente.errors import LimitError

MOST = 500
"""The greatest horizon that is looked at for a repetition (U489)."""

Place = tuple[int, str]
Row = dict[Place, tuple[int | None, tuple[int, ...]]]


@dataclass
class Horizons:
    """What comes of every position of a region, horizon by horizon, until the results repeat.

    Parameters
    ----------
    rows
        For each horizon, from 0, what comes of each position (as `Play.comes_of` gives it).
    repeats
        The first horizon that comes out as the last of the rows does.

    Examples
    --------
    >>> Horizons([{}], 0).repeats
    0
    """

    rows: list[Row] = field(default_factory=list)
    repeats: int = 0

    def leaves(self, place: Place) -> int | None:
        """A horizon of the part that repeats at which whoever has the turn moves, the greatest; None if there is none."""
        return next((h for h in range(len(self.rows) - 1, self.repeats, -1) if self.rows[h][place][0] is not None), None)


def horizons(play: Play, places: list[Place]) -> Horizons:
    """What comes of some positions that depend on no others, until the results repeat.

    Parameters
    ----------
    play
        The play.
    places
        The positions, as state and whose turn it is.

    Raises
    ------
    LimitError
        U489 if nothing repeats within `MOST` horizons.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.engines.single import SingleEngine
    >>> from detente.space.states import StateSpace
    >>> engine = SingleEngine(StateSpace(load("prisoners-dilemma")))
    >>> one, two = engine.decision_makers
    >>> horizons(play_of(engine, one, "two", "NM"), [(state, dm) for state in range(4) for dm in (one, two)]).repeats
    2
    """
    found = Horizons([{place: (None, (place[0],)) for place in places}])
    seen: dict[tuple[tuple[int, ...], ...], int] = {}
    while True:
        last = found.rows[-1]
        signature = tuple(ends for _, ends in last.values())
        if signature in seen:
            found.repeats = seen[signature]
            return found
        seen[signature] = len(found.rows) - 1
        if len(found.rows) > MOST:
            raise LimitError.of(
                "U489",
                f"what parties do who look ever further has not begun to repeat within {MOST} moves",
                help="ask for limited moves of some horizon, as L5",
            )
        found.rows.append({place: play.law(*place, lambda to, by, row=last: row[to, by][1]) for place in places})  # type: ignore[misc]


def _region(play: Play, start: Place, most: int) -> list[Place]:
    """Every position that one depends on, itself first."""
    found, waiting = dict.fromkeys([start]), [start]
    while waiting:
        for place in play.children(*waiting.pop()):
            if place not in found:
                found[place] = None
                waiting.append(place)
        if len(found) > most:
            raise too_many(f"the verdict depends on more than {most:,} positions")
    return list(found)


def _of_all(play: Play, ground: Ground, dm: str, variant: Variant) -> Horizons:
    """The horizons of the whole space, from the memory of the graph."""
    name = f"non-myopic {variant} {dm if variant == 'together' else ''}"
    if name not in ground.memory:
        turns = (dm, "") if variant == "together" else ground.decision_makers
        ground.memory[name] = horizons(play, [(state, turn) for state in play.turns.states for turn in turns])
    found: Horizons = ground.memory[name]
    return found


def settled(ground: Ground, dm: str, state: int, *, key: str, variant: Variant = "two") -> bool:
    """The verdict alone; parameters as for `verdict`.

    >>> settled.__name__
    'settled'
    """
    play = play_of(ground, dm, variant, key)
    if not play.turns.is_whole:
        return horizons(play, _region(play, (state, dm), MOST_STATES)).leaves((state, dm)) is None
    return _of_all(play, ground, dm, variant).leaves((state, dm)) is None


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
    play = play_of(ground, dm, variant, key)
    start = (state, dm)
    region = _region(play, start, MOST_STATES)
    found = horizons(play, region)
    if len(region) * len(found.rows) > MOST_POSITIONS:
        raise too_many(f"the verdict depends on more than {MOST_POSITIONS:,} positions")
    last = len(found.rows) - 1
    order = [start, *sorted(place for place in region if place != start)]
    entries = tuple(Position(at, turn, h, *found.rows[h][at, turn]) for h in range(last, -1, -1) for at, turn in order)
    replies = play.turns.listed(dm, (at for at, turn in region if not turn), "any")
    leaves = found.leaves(start)
    to = None if leaves is None else found.rows[leaves][start][0]
    return Worked(key, dm, state, to is None, to, entries, replies, found.repeats)


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
    >>> check.__name__
    'check'
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
