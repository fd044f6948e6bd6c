"""What must compare otherwise before a state is left, or reached, or is the only one that is: clauses, read off the moves alone.

As in `detente.analysis.claims.unanswered`, a clause is a set of comparisons of which at least one holds under all orders that give
what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import need
from detente.analysis.claims.comparisons import Atom
from detente.analysis.claims.unanswered import Clause, leaving, named, worse
from detente.concepts.base import SolutionConcept
from detente.concepts.witness import Answer, JointAnswer, Step


@dataclass(frozen=True, slots=True)
class Answered:
    """For a decision maker to leave a state, a move must become an improvement, or an answer to an improvement must fail.

    Parameters
    ----------
    concept, dm, state
        The concept, the decision maker and the state.
    answers
        For some of the decision maker's moves an answer; the others are moves that would have to become improvements.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> two = tuple(DecisionMaker(dm, dm) for dm in "AB")
    >>> checker = Checker(StateSpace(Conflict("two", two, (Option("x", "x", ("A",)), Option("y", "y", ("B",))))))
    >>> sorted(Answered("SEQ", "A", 0, (Answer(1, (Step("B", 3),)),)).clause(checker))
    [Atom(dm='A', high=3, low=0, strict=True), Atom(dm='B', high=1, low=3, strict=False)]
    """

    concept: str
    dm: str
    state: int
    answers: tuple[Answer | JointAnswer, ...]

    def clause(self, checker: Checker) -> Clause:
        """A move without answer comes to be preferred; or a step of an answer is no improvement, or its end or a way on is preferred."""
        concept = named(self.concept)
        answered, moves = {answer.improvement for answer in self.answers}, checker.moves(self.dm, self.state)
        need(answered <= set(moves), "answers: not to moves")
        found = {worse(self.dm, to, self.state).opposite for to in moves if to not in answered}
        for answer in self.answers:
            need(isinstance(answer, JointAnswer) == (concept.key == "SIM"), "answer: of another concept")
            atoms = _jointly(checker, self, answer) if isinstance(answer, JointAnswer) else _steps(checker, self, concept, answer)
            found |= {atom.opposite for atom in atoms}
        return frozenset(found)


def _steps(checker: Checker, stays: Answered, concept: SolutionConcept, answer: Answer) -> Iterator[Atom]:
    """What an answer by a sequence needs: improvements, and an end, with all ways on from there, that is no better."""
    need(concept.answers is not None and bool(answer.steps), "answer: of another concept, or no step")
    now, last = answer.improvement, ""
    for step in answer.steps:
        need(step.mover in checker.decision_makers and step.mover not in (last, stays.dm), f"sequence: {step.mover} can't move here")
        need(step.to in checker.moves(step.mover, now), f"step: {step.mover} has no move from {now} to {step.to}")
        if concept.answers == "improving":
            yield Atom(step.mover, step.to, now, True)
        now, last = step.to, step.mover
    for end in (now, *(checker.moves(stays.dm, now) if concept.counters else ())):
        yield worse(stays.dm, end, stays.state)


def _jointly(checker: Checker, stays: Answered, answer: JointAnswer) -> Iterator[Atom]:
    """What an answer at once needs: changes that are improvements, and together a state that is no better."""
    space, origin, together = checker.space, answer.origin, answer.flip
    need(origin in space.members(stays.state), f"origin: {origin} is not in {stays.state}")
    movers = [who for who, _, _ in answer.steps]
    need(bool(movers) and len(set(movers)) == len(movers) and stays.dm not in movers, f"joint: {movers} change at once")
    for who, bits, to in ((stays.dm, answer.flip, answer.improvement), *answer.steps):
        allowed = (bits, origin ^ bits) in space.flips(who, origin) and space.state_of(origin ^ bits) == to
        need(allowed, f"change: {who} can't change {bits}")
        together |= bits
    need(space.state_of(origin ^ together) == answer.result, f"joint: the changes do not give {answer.result}")
    yield from (Atom(who, to, stays.state, True) for who, _, to in answer.steps)
    yield worse(stays.dm, answer.result, stays.state)


@dataclass(frozen=True, slots=True)
class Closed:
    """For improvements to lead from a start to a state, somebody must gain by a move off a list that does not hold the state.

    Parameters
    ----------
    start, target
        The two states.
    reached
        States that sequences may reach, with who moved last.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> checker = Checker(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    >>> Closed(0, 1, ()).clause(checker)
    frozenset({Atom(dm='A', high=1, low=0, strict=True)})
    """

    start: int
    target: int
    reached: tuple[tuple[int, str], ...]

    def clause(self, checker: Checker) -> Clause:
        """Some move off the list is an improvement."""
        need(all(state != self.target for state, _ in self.reached), f"reached: {self.target} is listed")
        moves = leaving(checker, self.start, self.reached, checker.decision_makers)
        return frozenset(Atom(mover, to, start, True) for mover, start, to in moves)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """For improvements to lead from a start to no other state that holds, a way to one must be cut, or somebody must come to leave it.

    Parameters
    ----------
    start
        The start.
    steps
        A legal sequence from the start.
    stays
        For each decision maker, in the order of the conflict, answers at its end.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> checker = Checker(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    >>> sorted(Elsewhere(0, (Step("A", 1),), (Answered("Nash", "A", 1, ()),)).clause(checker))[0]
    Atom(dm='A', high=0, low=1, strict=False)
    """

    start: int
    steps: tuple[Step, ...]
    stays: tuple[Answered, ...]

    def clause(self, checker: Checker) -> Clause:
        """A step is no improvement, or a decision maker leaves the end."""
        found: set[Atom] = set()
        now, last = self.start, ""
        for step in self.steps:
            need(step.mover in checker.decision_makers and step.mover != last, f"sequence: {step.mover} can't move here")
            need(step.to in checker.moves(step.mover, now), f"step: {step.mover} has no move from {now} to {step.to}")
            found.add(worse(step.mover, step.to, now))
            now, last = step.to, step.mover
        need(tuple(stays.dm for stays in self.stays) == checker.decision_makers, "stays: not one for each decision maker")
        need(all(stays.state == now for stays in self.stays), f"stays: not at {now}")
        return frozenset(found).union(*(stays.clause(checker) for stays in self.stays))


@dataclass(frozen=True, slots=True)
class Either:
    """A decision maker prefers a state to another, or finds it no better.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> checker = Checker(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    >>> len(Either("A", 0, 1).clause(checker))
    2
    """

    dm: str
    high: int
    low: int

    def clause(self, checker: Checker) -> Clause:
        """Both cases."""
        states = checker.space.states
        need(self.dm in checker.decision_makers and states.contains(self.high) and states.contains(self.low), "either: no such states")
        atom = Atom(self.dm, self.high, self.low, True)
        return frozenset((atom, atom.opposite))
