"""How a conflict would go on from a state, in the model: its ends with several readings side by side, the next moves, and what if.

Beside the reading that is asked for stand baselines: that nothing changes, that everybody moves equally often, that each takes what
they prefer most.  Weights that nobody states are not invented: without any, the equal ones are the reading, and said to be that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from detente.analysis.evolution.balance import MAX_CHECKED
from detente.analysis.evolution.graph import Choice, Graph, Moves, Weights, equal
from detente.analysis.evolution.passage import Column, Number, Passage, passage, passages
from detente.analysis.evolution.rounds import Round, Way, rounds, ways
from detente.analysis.evolution.swept import Swept, swept
from detente.space.sets import StateSet
from detente.space.states import StateSpace

Source = Literal["stated", "given", "equal"]
"""Where weights come from: the conflict file, the question, or nowhere, so that they are equal."""
MAX_CONCESSIONS = 400
"""Most first moves that are followed where the start is left by no improvement."""


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
    within: tuple[Fraction, ...]
    moves: Number | None


@dataclass(frozen=True)
class Concession:
    """A first move that is no improvement for its mover, and where improvements would lead after it."""

    by: str
    to: int
    passage: Passage


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
        The first reading over a grid of weights; None where fewer than two could ever move, or there are too many states.
    passages
        Whether it passes the states that were asked about.
    concessions
        Where it goes on after a first move that is no improvement, if the start is left by no improvement; None where that was not asked
        or these moves are too many.
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
    goals: Sequence[StateSet] = (),
    most: int = 4,
    parts: int | None = None,
) -> Evolution:
    """How a conflict would go on from a state.

    Parameters
    ----------
    space
        The space, listed.
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
        S301 in a space that is not listed, S360 if too many states are reached.

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
    first = Reading(source if weights is not None else "equal", used, choice, passage(graph, start, used))
    other: Choice = "best" if choice == "any" else "any"
    readings = [first]
    even = passage(graph, start, equal(graph.movers))
    if first.source != "equal":
        readings.append(Reading("equal", equal(graph.movers), choice, even))
    if moves == "improving" and first.passage.visits:
        readings.append(Reading(first.source, used, other, passage(Graph(space, other, moves), start, used)))
    ends = list(dict.fromkeys(end.states for reading in readings for end in reading.passage.ends))
    found = ways(graph, start, used, [frozenset(states) for states in ends])
    scenarios = tuple(
        Scenario(states, tuple(reading.passage.at(states) for reading in readings), way) for states, way in zip(ends, found, strict=True)
    )
    stays = not first.passage.visits and len(first.passage.ends[0].states) == 1
    return Evolution(
        space,
        start,
        moves,
        tuple(readings),
        scenarios,
        rounds(graph, start, used, most, ends=(state for end in first.passage.ends for state in end.states)),
        swept(graph, start, even, parts),
        tuple(_passed(graph, start, used, goal, most) for goal in goals),
        _concessions(graph, start, used) if stays and moves == "improving" else None,
    )


def _passed(graph: Graph, start: int, weights: Weights, goal: StateSet, most: int) -> FirstPassage:
    """Whether a goal is ever reached: the chain stopped there."""
    stops = frozenset(goal.each())
    found = passage(graph, start, weights, stops=stops)
    probability = sum((end.probability for end in found.ends if end.states[0] in stops), Fraction(0))
    within = tuple(
        sum((share for state, share in one.states if state in stops), Fraction(0)) for one in rounds(graph, start, weights, most, stops)
    )
    certain = all(end.states[0] in stops for end in found.ends)
    return FirstPassage(tuple(sorted(stops)), probability, within, found.moves if certain else None)


def _concessions(graph: Graph, start: int, weights: Weights) -> tuple[Concession, ...] | None:
    """Every first move of somebody from a state that no improvement leaves, with what improvements make of it."""
    firsts = [(dm, to) for dm in graph.movers for to in graph.space.moves(dm, start)]
    if len(firsts) > MAX_CONCESSIONS:
        return None
    found = passages(graph, [Column(to, weights) for _, to in firsts])
    return tuple(Concession(dm, to, made) for (dm, to), made in zip(firsts, found, strict=True))
