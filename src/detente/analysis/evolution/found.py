"""How a conflict would go on from a state, in the model: its ends with several readings side by side, the next moves, and what if.

Beside the reading that is asked for stand baselines: that nothing changes, that everybody moves equally often, that each takes what
they prefer most.  Weights that nobody states are not invented: without any, the equal ones are the reading, and said to be that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from detente.analysis.evolution.balance import MAX_CHECKED
from detente.analysis.evolution.graph import MAX_LOOKED, Choice, Graph, Moves, Weights, equal
from detente.analysis.evolution.passage import Column, Number, Passage, passage, passages
from detente.analysis.evolution.rounds import Round, Way, rounds, ways
from detente.analysis.evolution.swept import Swept, swept
from detente.errors import LimitError
from detente.space.states import StateSpace

Source = Literal["stated", "given", "equal"]
"""Where weights come from: the conflict file, the question, or nowhere, so that they are equal."""
MAX_FIRST_LOOKED = 1_500_000
"""Most moves that are looked at to follow first moves."""
MAX_CONCESSIONS = 400
"""Most first moves that are followed where the start is left by no improvement; of more those that change the fewest options."""


@dataclass(frozen=True)
class Reading:
    """One way to read who moves and where to: which weights, where they come from, which improvement is taken, and what follows."""

    source: Source
    weights: Weights
    choice: Choice
    passage: Passage


@dataclass(frozen=True)
class Scenario:
    """An end with its probability in each reading (`found.readings`), and a most probable way to it in the first reading."""

    states: tuple[int, ...]
    probabilities: tuple[Number, ...]
    way: Way | None


@dataclass(frozen=True)
class FirstPassage:
    """Whether a chain ever passes one of some states: with which probability, and after how many moves.

    Parameters
    ----------
    goal
        The states.
    probability
        That one of them is ever reached; 1 where it begins there.
    within
        For one move, two moves and so on that one of them has been reached by then.
    moves
        The expected number of moves until then; None where it is not certain that one is reached.
    """

    goal: tuple[int, ...]
    probability: Number
    within: tuple[Number, ...]
    moves: Number | None


@dataclass(frozen=True)
class Concession:
    """A first move that is no improvement for its mover, and where improvements would lead after it.

    Parameters
    ----------
    by, to
        The mover, and the state that they move to.
    passage
        How it goes on in the reading that is asked for.
    even
        The same with equal weights.
    swept
        The same over a grid of weights; None where fewer than two could ever move.
    """

    by: str
    to: int
    passage: Passage
    even: Passage
    swept: Swept | None


@dataclass(frozen=True)
class Evolution:
    """How a conflict would go on from a state.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    moves
        Improvements, or moves of any kind.
    readings
        The reading that is asked for, then the baselines that differ from it.
    scenarios
        Every end that some reading gives, the most probable of the first reading first.
    rounds
        Where the chain of the first reading stands after one move, two moves and so on.
    swept
        The first reading over a grid of weights; None where fewer than two could ever move.
    passages
        Whether it passes the states that were asked about.
    concessions
        Where it goes on after a first move that is no improvement, if the start is left by no improvement; None where that was not asked
        or would take too long.
    first_moves
        How many such first moves of those with a weight above 0 there are, followed or not.
    """

    space: StateSpace
    start: int
    moves: Moves
    readings: tuple[Reading, ...]
    scenarios: tuple[Scenario, ...]
    rounds: tuple[Round, ...]
    swept: Swept | None
    passages: tuple[FirstPassage, ...]
    concessions: tuple[Concession, ...] | None
    first_moves: int = 0

    @property
    def checkable(self) -> bool:
        """Whether the readings are small enough to be checked state by state."""
        return all(len(reading.passage.visits) <= MAX_CHECKED for reading in self.readings)

    @property
    def stays(self) -> bool:
        """Whether the start is left by no move of the chain."""
        return not self.readings[0].passage.visits and len(self.readings[0].passage.ends[0].states) == 1


def evolve(
    space: StateSpace,
    start: int,
    weights: Weights | None = None,
    source: Source = "equal",
    choice: Choice = "any",
    moves: Moves = "improving",
    *,
    goals: Sequence[Collection[int]] = (),
    most: int = 4,
    parts: int | None = None,
) -> Evolution:
    """How a conflict would go on from a state.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    weights
        How often each decision maker moves next; by default equally often.
    source
        Where the weights come from.
    choice
        Which of their improvements a mover takes.
    moves
        Improvements, or moves of any kind.
    goals
        Sets of states of which it is asked whether one is ever reached.
    most
        How many moves are followed one by one.
    parts
        How fine the grid of weights is.

    Raises
    ------
    LimitError
        S360 if too many states are reached.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> found = evolve(space, space.state(1))
    >>> [([space.number(s) for s in one.states], one.probabilities[0]) for one in found.scenarios]
    [([2], Fraction(1, 2)), ([3], Fraction(1, 2))]
    """
    graph = Graph(space, choice, moves)
    used = equal(graph.movers) if weights is None else weights
    even = passage(graph, start, equal(graph.movers))
    found_first = even if used == equal(graph.movers) else passage(graph, start, used)
    first = Reading(source if weights is not None else "equal", used, choice, found_first)
    other: Choice = "best" if choice == "any" else "any"
    stays = not first.passage.visits and len(first.passage.ends[0].states) == 1
    readings = [first]
    if first.source != "equal":
        readings.append(Reading("equal", equal(graph.movers), choice, even))
    if moves == "improving" and not stays:
        readings.append(Reading(first.source, used, other, passage(Graph(space, other, moves), start, used)))
    ends = list(dict.fromkeys(end.states for reading in readings for end in reading.passage.ends))
    found = ways(graph, start, used, [frozenset(states) for states in ends])
    scenarios = tuple(
        Scenario(states, tuple(reading.passage.at(states) for reading in readings), way if first.passage.at(states) else None)
        for states, way in zip(ends, found, strict=True)
    )
    asked = stays and moves == "improving"
    firsts = [(dm, to) for dm in graph.movers if used.get(dm) for to in space.moves(dm, start)] if asked else []
    return Evolution(
        space,
        start,
        moves,
        tuple(readings),
        scenarios,
        rounds(graph, start, used, most, ends=(state for end in first.passage.ends for state in end.states)),
        None if (over := swept(graph, [start], parts)) is None else over[0],
        tuple(_passed(graph, start, used, goal, most) for goal in goals),
        _concessions(graph, start, firsts, used, parts) if asked else None,
        len(firsts),
    )


def _passed(graph: Graph, start: int, weights: Weights, goal: Collection[int], most: int) -> FirstPassage:
    """Whether a goal is ever reached: the chain stopped there."""
    stops = frozenset(goal)
    found = passage(graph, start, weights, stops=stops)
    probability = sum((end.probability for end in found.ends if end.states[0] in stops), Fraction(0))
    within = tuple(
        sum((share for state, share in one.states if state in stops), Fraction(0)) for one in rounds(graph, start, weights, most, stops)
    )
    certain = all(end.states[0] in stops for end in found.ends)
    return FirstPassage(tuple(sorted(stops)), probability, within, found.moves if certain else None)


def _concessions(
    graph: Graph, start: int, firsts: Sequence[tuple[str, int]], weights: Weights, parts: int | None
) -> tuple[Concession, ...] | None:
    """First moves from a state that no improvement leaves, the smallest changes if there are many, with what improvements make of them."""
    graph.allow(MAX_FIRST_LOOKED)
    sets: list[list[tuple[str, int]]] = [] if firsts else [[]]
    for size in sorted({(to ^ start).bit_count() for _, to in firsts}):
        some = [(dm, to) for dm, to in firsts if (to ^ start).bit_count() <= size]
        if len(some) > MAX_CONCESSIONS or not _fits(graph, some):
            break
        sets.append(some)
    graph.allow(MAX_LOOKED)
    return next((found for some in reversed(sets) if (found := _followed(graph, some, weights, parts)) is not None), None)


def _fits(graph: Graph, firsts: Sequence[tuple[str, int]]) -> bool:
    """Whether improvements after some first moves can be followed."""
    try:
        graph.reached([to for _, to in firsts], frozenset(graph.movers))
    except LimitError:
        return False
    return True


def _followed(graph: Graph, firsts: Sequence[tuple[str, int]], weights: Weights, parts: int | None) -> tuple[Concession, ...] | None:
    """Some first moves with what follows them; None where too many states lie on common cycles."""
    states = [to for _, to in firsts]
    try:
        even = passages(graph, [Column(to, equal(graph.movers)) for to in states])
        found = even if weights == equal(graph.movers) else passages(graph, [Column(to, weights) for to in states])
        beside = swept(graph, states, parts) or (None,) * len(states)
    except LimitError:
        return None
    each = zip(firsts, found, even, beside, strict=True)
    return tuple(Concession(dm, to, made, same, grid) for (dm, to), made, same, grid in each)
