"""What a solution concept is: a value that says which play it looks at, in one file of its own.

Most concepts are *plies*: "for every improvement of the focal decision maker there is an answer by the others such that
every further move of the focal decision maker leaves them no better off".  Quantifiers alternate and begin with "for every"; the
closing question compares one state with the origin.  A concept that does not fit gives a `rule`, a function over the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, Protocol

from detente.concepts.reading import Reading
from detente.concepts.witness import AnyWitness
from detente.space.sets import StateSet
from detente.space.states import StateSpace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Moves = Literal["any", "improving"]


@dataclass(frozen=True, slots=True)
class Ply:
    """One stage of play: who moves, by which moves, and whether they may stay where they are (`may_stay`).

    >>> Ply("focal", "improving").may_stay
    False
    """

    who: Literal["focal", "others"]
    moves: Moves
    may_stay: bool = False


def focal(moves: Moves, *, may_stay: bool = False) -> Ply:
    """A move of the decision maker whose stability is asked about; read "for every".

    Parameters
    ----------
    moves
        "improving" for improvements only, "any" for all moves.
    may_stay
        Whether staying counts as a move.

    Examples
    --------
    >>> focal("any", may_stay=True)
    Ply(who='focal', moves='any', may_stay=True)
    """
    return Ply("focal", moves, may_stay)


def others(moves: Moves) -> Ply:
    """A legal sequence of moves by the others, at least one move, nobody twice in a row; read "there is".

    With moves "improving" each step is an improvement of its mover.

    >>> others("improving").who
    'others'
    """
    return Ply("others", moves)


class Graph(Protocol):
    """What a rule may ask of a conflict; states are (greatest) combinations, decision makers are keys."""

    decision_makers: tuple[str, ...]

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The states that a decision maker reaches by one move."""
        ...

    def improvements(self, dm: str, state: int) -> tuple[int, ...]:
        """The moves that lead to a state that the decision maker prefers."""
        ...

    def no_better(self, dm: str, state: int, than: int) -> bool:
        """Whether a decision maker does not prefer a state to another."""
        ...

    def flips(self, dm: str, state: int) -> Iterator[tuple[int, int, int]]:
        """Every change open to a decision maker, as (member of the state, flipped bits, state reached)."""
        ...

    def state_of(self, combination: int) -> int | None:
        """The state of a combination, None if infeasible."""
        ...


class Ground(Graph, Protocol):
    """A graph for rules that look further: with the whole space, what states are worth, and a memory."""

    space: StateSpace
    memory: dict[str, Any]
    """What rules keep from one question to the next, under the name of each."""

    def worth(self, dm: str, state: int) -> tuple[Any, ...]:
        """What a state is worth to a decision maker: greater is preferred, equal is indifferent; no more than an order."""
        ...


Rule = Callable[[Ground, str, int], AnyWitness]
Settle = Callable[[Ground, str, int], bool]


class Facts(Protocol):
    """What the check of a certificate may ask: moves and comparisons, which it looks up, and nothing that searches."""

    space: StateSpace
    decision_makers: tuple[str, ...]

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The states that a decision maker reaches by one move."""
        ...

    def prefers(self, dm: str, state: int, other: int) -> bool:
        """Whether a decision maker prefers a state to another (`other`)."""
        ...

    def check_reached(self, start: int, movers: Iterable[str], kind: Moves, lengths: Mapping[tuple[int, str], int]) -> str | None:
        """None if legal sequences of movers by one kind of move reach from a start exactly these, with these lengths of shortest ones."""
        ...


Check = Callable[[Facts, AnyWitness], "str | None"]


class Tables(Protocol):
    """What an array rule may ask of the array engine; columns are indexed by combination, feasible or not."""

    space: StateSpace
    decision_makers: tuple[str, ...]

    def ranks(self, dm: str) -> npt.NDArray[np.unsignedinteger]:
        """A decision maker's rank of each combination, 0 if infeasible, greater is preferred; a merged state's members share its rank."""
        ...

    def changes(self, dm: str) -> npt.NDArray[np.int64]:
        """Every non-empty set of a decision maker's own options, as bits to flip, ascending."""
        ...

    def gains(self, dm: str, origins: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """For each of some feasible combinations (`origins`) and each of a decision maker's changes: whether it is an improvement."""
        ...

    def least_freely(self, value: npt.NDArray[np.unsignedinteger], dm: str) -> npt.NDArray[np.unsignedinteger]:
        """The least value over all changes of a decision maker's options that the directions allow, or none, feasible or not."""
        ...

    def set_of(self, mask: npt.NDArray[np.bool_]) -> StateSet:
        """The states for whose combination a mask is true."""
        ...


ArrayRule = Callable[[Tables, str], StateSet]


@dataclass(frozen=True, slots=True)
class SolutionConcept:
    """A concept of behaviour: when does a decision maker stay at a state?

    Parameters
    ----------
    key, name
        Short name ("SMR") and full name.
    asks
        The question in one sentence, as a reader would put it.
    plies
        The play it looks at; empty if `rule` is given.
    formula
        The definition in LaTeX.
    source
        Where it is printed.
    implied_by, implies
        Keys of concepts whose stability implies this one's, and the reverse (property tests check them).
    example
        A packaged case and state that show it.
    rule
        For concepts that are not plies: the verdict with its witness, for the single-state engine.
    array_rule
        For concepts that are not plies: a function of the array engine and a decision maker that gives the stable states, or None
        if that engine cannot.
    settle
        For rules whose witnesses are long: the verdict alone (True for staying), which is quicker for whole spaces.
    check
        For rules with witnesses of their own (`Worked`): None if a witness shows its verdict, otherwise what is wrong with it.
    reading, parameters
        How preferences enter the play, where that is not by one order for each decision maker, and its parameters.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> concept("SMR").answers, concept("SMR").counters, concept("Nash").answers is None
    ('any', True, True)
    """

    key: str
    name: str
    asks: str
    plies: tuple[Ply, ...]
    formula: str
    source: str
    implied_by: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    example: str = ""
    rule: Rule | None = None
    array_rule: ArrayRule | None = None
    settle: Settle | None = None
    check: Check | None = None
    reading: Reading | None = None
    parameters: tuple[Fraction, ...] = ()

    @property
    def answers(self) -> Moves | None:
        """By which moves the others may answer; None where the concept looks at no answer, or is a rule."""
        return self.plies[1].moves if len(self.plies) > 1 else None

    @property
    def is_classical(self) -> bool:
        """Whether the play is a simple one (`is_simple`) and reads one order for each decision maker.

        Engines that know only this refuse others.
        """
        return self.is_simple and self.reading is None

    @property
    def is_simple(self) -> bool:
        """Whether the play is an improvement, at most one answer to it, and at most one further move with leave to stay."""
        shapes = [(focal("improving"), others(self.answers or "any"), focal("any", may_stay=True))[:length] for length in (1, 2, 3)]
        return self.rule is None and self.plies in shapes

    @property
    def counters(self) -> bool:
        """Whether an answer must also survive every further move of the focal decision maker."""
        return len(self.plies) > 2


class Members(Protocol):
    """Concepts that have no list, because their names hold a number or a decision maker."""

    @property
    def key(self) -> str:
        """What their keys begin with ("L")."""
        ...

    @property
    def written(self) -> str:
        """How a member is written, for messages ("L1, L2, ...")."""
        ...

    def member(self, key: str) -> SolutionConcept | None:
        """The member with a key, in any case of letters, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Family:
    """Concepts that differ in a number, as the horizon of limited moves.

    Parameters
    ----------
    key
        What their keys begin with ("L").
    written
        How a member is written, for messages ("L1, L2, ...").
    make
        The member for a number.
    least, most
        The numbers that there are.
    ending
        What follows the number in their keys, where something does.

    Examples
    --------
    >>> counted = Family("N", "N1, N2, ...", lambda number: SolutionConcept(f"N{number}", "", "", (), "", ""))
    >>> counted.member("n3").key, counted.member("N0") is None, counted.member("Nash") is None
    ('N3', True, True)
    """

    key: str
    written: str
    make: Callable[[int], SolutionConcept]
    least: int = 1
    most: int = 1000
    ending: str = ""

    def member(self, key: str) -> SolutionConcept | None:
        """The member with a key, in any case of letters, or None."""
        if not key.lower().endswith(self.ending.lower()):
            return None
        number = key[len(self.key) : len(key) - len(self.ending)]
        if not key.lower().startswith(self.key.lower()) or not number.isascii() or not number.isdigit() or len(number) > 4:
            return None
        return self.make(int(number)) if self.least <= int(number) <= self.most else None
