"""Witnesses: what shows that a decision maker stays at a state, or leaves it, with all cases listed.

Engines make them, `detente.analysis.certificate` checks them without searching, and every sentence of an explanation is made
from one.  States are (greatest) combinations; decision makers are keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from detente.model.formula import Formula


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


@dataclass(frozen=True, slots=True)
class Group:
    """Improvements that the same moves of the others answer.

    Parameters
    ----------
    taken, not_taken
        Bits of the decision maker's own options: the group is every improvement after which all of the first are taken and none of the
        second.
    steps
        The others' moves from there, each as mover and flipped bits; at least one.

    Examples
    --------
    >>> Group(taken=1, not_taken=2, steps=(("B", 4),)).steps[0]
    ('B', 4)
    """

    taken: int
    not_taken: int
    steps: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Covers:
    """The decision maker stays, at a state of a space of any size: a few groups together hold every improvement, each with its answer.

    The others' options stand alike after every improvement, so that the same moves can answer many of them.

    Parameters
    ----------
    concept, dm, state
        As in `Stays`.
    groups
        The groups; empty if there is no improvement.

    Examples
    --------
    >>> Covers("GMR", "A", 0, (Group(1, 0, (("B", 2),)),)).groups[0].taken
    1
    """

    concept: str
    dm: str
    state: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Why one claim holds: clauses, each of which follows from the claim's and those before by unit propagation, until nothing is left.

    Parameters
    ----------
    by
        The mover whom the claim is about; empty for the claim about the closing comparison.
    clauses
        The clauses, in the numbers of `detente.preference.claims`; empty where unit propagation alone shows the claim.

    Examples
    --------
    >>> Proof("B", ((3,),)).by
    'B'
    """

    by: str
    clauses: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """The decision maker leaves, at a state of a space of any size: no sequence of the others leads out of a condition that deters nobody.

    Parameters
    ----------
    concept, dm, state, improvement
        As in `Leaves`.
    invariant
        A condition that the improvement meets, that every move of the others (or every improvement of theirs, where the concept asks for
        these) leaves true, and in which the decision maker prefers each state to `state`, or has one of the ways out.
    escapes
        For SMR and SSEQ the ways out that are needed: each as the bits of own options taken after it.
    proofs
        One for each of the others who has options, and one for the closing comparison.

    Examples
    --------
    >>> from detente.model.formula import TRUE
    >>> Closed("GMR", "A", 0, 1, TRUE, (), (Proof(""),)).improvement
    1
    """

    concept: str
    dm: str
    state: int
    improvement: int
    invariant: Formula
    escapes: tuple[int, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """One position of a play that is worked out backwards: where it stands, whose turn it is, and what comes of it.

    Parameters
    ----------
    state
        Where the play stands.
    turn
        Who may move: a decision maker (key), or "" for all but the focal one together.
    left
        How many moves, this one included, may follow; for policies the length of the longest way out.
    to
        Where whoever has the turn moves; None if they stay, or may not move any more.
    ends
        Every state at which the play can end from here, as far as it counts (the concept says how), ascending; one, where nothing is tied.

    Examples
    --------
    >>> Position(0, "A", 1, 2, (2,)).to
    2
    """

    state: int
    turn: str
    left: int
    to: int | None
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Replies:
    """All that the others can bring about from a state by legal sequences, where there are several of them.

    Parameters
    ----------
    start
        The state that they answer at.
    reached
        Each state that they reach from it, with its last movers and the lengths of shortest sequences.

    Examples
    --------
    >>> Replies(4, (Reached(5, ("B",), (1,)),)).reached[0].state
    5
    """

    start: int
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """A verdict that is worked out backwards, with what comes of every position that it looks at.

    What comes of a position follows from the positions after it by a law of the concept, so that a checker can follow it without searching.

    Parameters
    ----------
    concept, dm, state
        As in `Stays`.
    stays
        The verdict.
    improvement
        Where the decision maker moves to if they leave, None if they stay.
    entries
        The positions, that of the question first.
    replies
        For concepts in which the others answer together, and several others: all that they can bring about, for each position of theirs.
    repeats
        For concepts without a greatest length: a lesser number of moves left at which every position comes out as at the greatest, so that
        all that lies between repeats for ever; 0 elsewhere.

    Examples
    --------
    >>> Worked("L1", "A", 0, True, None, (Position(0, "A", 1, None, (0,)),)).stays
    True
    """

    concept: str
    dm: str
    state: int
    stays: bool
    improvement: int | None
    entries: tuple[Position, ...]
    replies: tuple[Replies, ...] = ()
    repeats: int = 0


AnyWitness: TypeAlias = Stays | Leaves | Covers | Closed | Worked
"""A witness of any kind; `Covers` and `Closed` are made in spaces too large for lists."""


def is_staying(witness: AnyWitness) -> bool:
    """Whether a witness is one of staying.

    >>> is_staying(Stays("Nash", "A", 0, ())), is_staying(Leaves("Nash", "A", 0, 1))
    (True, False)
    """
    return witness.stays if isinstance(witness, Worked) else isinstance(witness, Stays | Covers)
