"""Witnesses: what shows that a decision maker stays at a state, or leaves it, with all cases listed.

Engines make them, `detente.analysis.certificate` checks them without searching, and every sentence of an explanation is made
from one.  States are (greatest) combinations; decision makers are keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Step:
    """One move: the mover, and the state that it leads to.

    >>> Step("A", 3).to
    3
    """

    mover: str
    to: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Why one improvement is deterred: a legal sequence of the others that ends in a state no better than the origin.

    Parameters
    ----------
    improvement
        The state that the focal decision maker would move to.
    steps
        The others' moves, from `improvement` on; the last state is the sanction.
    escapes
        Where the concept lets the focal decision maker move on: all states they could then reach, none better than the origin.

    Examples
    --------
    >>> Answer(4, (Step("B", 5),)).steps[-1].to
    5
    """

    improvement: int
    steps: tuple[Step, ...]
    escapes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class JointAnswer:
    """Why one improvement is deterred under simultaneous sanctioning.

    Parameters
    ----------
    improvement
        The state that the focal decision maker would move to.
    origin
        The combination (a member of the state) from which all changes are made at once.
    flip
        The bits that the focal decision maker changes.
    steps
        For each sanctioning decision maker the bits they change and the state that this alone would lead to.
    result
        The state that all changes together give; no better than the origin.

    Examples
    --------
    >>> JointAnswer(improvement=1, origin=0, flip=1, steps=(("B", 2, 2),), result=3).result
    3
    """

    improvement: int
    origin: int
    flip: int
    steps: tuple[tuple[str, int, int], ...]
    result: int


@dataclass(frozen=True, slots=True)
class Stays:
    """The decision maker stays.

    Parameters
    ----------
    concept
        Key of the concept.
    dm
        Key of the decision maker.
    state
        The state at which they stay.
    answers
        Every improvement that they have from it, each with its answer; empty if they have none, which is a Nash verdict.

    Examples
    --------
    >>> Stays("Nash", "A", 0, ()).answers
    ()
    """

    concept: str
    dm: str
    state: int
    answers: tuple[Answer | JointAnswer, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A state that the others can bring about after the improvement, by whom last, and why it deters nobody.

    Parameters
    ----------
    state
        The state; preferred to the origin by the focal decision maker, unless `escape` is given.
    last
        Every decision maker who can make the last move to it.
    after
        For each of these the number of moves of a shortest legal sequence that they end; it lets a checker see, without
        searching, that the state can be reached and that nothing else can.
    escape
        A move of the focal decision maker from there to a state that they prefer to the origin (for SMR and SSEQ), or None.

    Examples
    --------
    >>> Reached(5, ("B",), (1,)).escape is None
    True
    """

    state: int
    last: tuple[str, ...]
    after: tuple[int, ...]
    escape: int | None = None


@dataclass(frozen=True, slots=True)
class JointCase:
    """One choice of changes by the others, at once with the focal decision maker's.

    Parameters
    ----------
    origin
        The combination from which all changes are made.
    flip
        The bits that the focal decision maker changes.
    flips
        For each of the others who change something, the bits.
    result
        The state that all changes together give, None if that is infeasible.

    Examples
    --------
    >>> JointCase(0, 1, (("B", 2),), None).result is None
    True
    """

    origin: int
    flip: int
    flips: tuple[tuple[str, int], ...]
    result: int | None


@dataclass(frozen=True, slots=True)
class Leaves:
    """The decision maker leaves: one improvement for which there is no answer, with every case listed.

    Parameters
    ----------
    concept
        Key of the concept.
    dm
        Key of the decision maker.
    state
        The state that they leave.
    improvement
        The state that they move to.
    reached
        All that the others can bring about from there by legal sequences (of improvements, where the concept asks for credible
        answers); empty for Nash and for simultaneous sanctioning.
    cases
        For simultaneous sanctioning: every joint choice of the others.

    Examples
    --------
    >>> Leaves("Nash", "A", 0, improvement=1).reached
    ()
    """

    concept: str
    dm: str
    state: int
    improvement: int
    reached: tuple[Reached, ...] = ()
    cases: tuple[JointCase, ...] = ()


Witness: TypeAlias = Stays | Leaves
