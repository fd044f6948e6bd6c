"""What must compare otherwise before a state holds: clauses, read off the moves alone.

A clause is a set of comparisons of which at least one holds under *all* orders that give what is asked for.  It is read off a list of
states: of those that the others could reach after an improvement, say.  Whatever the list, the clause is true; a good list gives
comparisons that are dear.  Nothing here looks at a preference of the conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import need
from detente.analysis.claims.comparisons import Atom
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts

Clause = frozenset[Atom]


def weaker(key: str) -> frozenset[str]:
    """The concepts under which every state is stable that is stable under one, with this one; read off what the concepts say.

    >>> sorted(weaker("SEQ")), "SMR" in weaker("Nash")
    (['GMR', 'SEQ'], True)
    """
    found, known = {key}, all_concepts()
    for _ in known:
        found |= {c.key for c in known if found & set(c.implied_by)} | {k for c in known if c.key in found for k in c.implies}
    return frozenset(found)


def named(key: str) -> SolutionConcept:
    """A concept that clauses know, by its key; refuses others."""
    found = next((c for c in all_concepts() if c.key == key and (c.is_classical or c.key == "SIM")), None)
    if found is None:
        need(False, f"concept: {key}")
        raise AssertionError
    return found


def worse(dm: str, state: int, than: int) -> Atom:
    """That a state is no better to a decision maker than another (`than`)."""
    return Atom(dm, than, state, False)


class Necessary(Protocol):
    """Something that a clause is read off."""

    def clause(self, checker: Checker) -> Clause:
        """The clause; refuses lists that are not of the conflict."""
        ...


@dataclass(frozen=True, slots=True)
class Unanswered:
    """For a state to be stable for a decision maker, one improvement must not be one, or must come to be answered.

    Parameters
    ----------
    concept, dm, state
        The concept (a weaker one than the decision maker's will do), the decision maker and the state (keys, combination).
    improvement
        Where the decision maker could move.
    reached
        States that the others may reach after it, with who moved last.  An answer ends in one of these, or leaves the list by a move
        that is an improvement.
    escapes
        For some of these states a move of the decision maker from there, where the concept lets them move on.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> two = tuple(DecisionMaker(dm, dm) for dm in "AB")
    >>> checker = Checker(StateSpace(Conflict("two", two, (Option("x", "x", ("A",)), Option("y", "y", ("B",))))))
    >>> for atom in sorted(Unanswered("SEQ", "A", 0, 1, ()).clause(checker)):
    ...     print(atom)
    Atom(dm='A', high=0, low=1, strict=False)
    Atom(dm='B', high=3, low=1, strict=True)
    """

    concept: str
    dm: str
    state: int
    improvement: int
    reached: tuple[tuple[int, str], ...]
    escapes: tuple[tuple[int, int], ...] = ()

    def clause(self, checker: Checker) -> Clause:
        """The improvement is none, or a listed state (or the way on from it) is no better, or somebody gains by a move off the list."""
        concept, escapes = named(self.concept), dict(self.escapes)
        need(self.improvement in checker.moves(self.dm, self.state), f"improvement: {self.dm} can't move to {self.improvement}")
        found = {worse(self.dm, self.improvement, self.state)}
        if concept.answers is None:
            need(not self.reached and concept.key == "Nash", "reached: not of this concept")
            return frozenset(found)
        need(concept.counters or not escapes, "escapes: not of this concept")
        for state in {state for state, _ in self.reached}:
            if state in escapes:
                need(escapes[state] in checker.moves(self.dm, state), f"escape: no move from {state}")
            found.add(worse(self.dm, escapes.get(state, state), self.state))
        others = tuple(other for other in checker.decision_makers if other != self.dm)
        for mover, start, to in leaving(checker, self.improvement, self.reached, others):
            need(concept.answers == "improving", f"reached: {to} by {mover} is not listed")
            found.add(Atom(mover, to, start, True))
        return frozenset(found)


def leaving(checker: Checker, start: int, reached: tuple[tuple[int, str], ...], movers: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """Every move that may come next in a legal sequence from a start, or after a listed state and last mover, and is not listed."""
    listed = set(reached)
    need(all(last in movers for _, last in listed), "reached: by nobody of these")
    for state, last in [(start, ""), *reached]:
        for mover in movers:
            if mover != last:
                for to in checker.moves(mover, state):
                    if (to, mover) not in listed:
                        yield mover, state, to


@dataclass(frozen=True, slots=True)
class UnansweredJointly:
    """The same for simultaneous sanctioning: one improvement must not be one, or the others must come to answer it at once.

    Parameters
    ----------
    dm, state, improvement
        As for `Unanswered`.
    moves
        Moves of the others (key, state) from the same state.  An answer is made of these, or takes another one that is an improvement.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> two = tuple(DecisionMaker(dm, dm) for dm in "AB")
    >>> checker = Checker(StateSpace(Conflict("two", two, (Option("x", "x", ("A",)), Option("y", "y", ("B",))))))
    >>> sorted(UnansweredJointly("A", 0, 1, (("B", 2),)).clause(checker))[1]
    Atom(dm='A', high=0, low=3, strict=False)
    """

    dm: str
    state: int
    improvement: int
    moves: tuple[tuple[str, int], ...]

    def clause(self, checker: Checker) -> Clause:
        """The improvement is none, or a move that is not listed is one, or listed ones together give a state that is no better."""
        need(self.improvement in checker.moves(self.dm, self.state), f"improvement: {self.dm} can't move to {self.improvement}")
        found = {worse(self.dm, self.improvement, self.state)}
        others = [other for other in checker.decision_makers if other != self.dm]
        found |= {Atom(o, to, self.state, True) for o in others for to in checker.moves(o, self.state) if (o, to) not in self.moves}
        space = checker.space
        for origin in space.members(self.state):
            menus = [[0, *(f for f, t in space.flips(o, origin) if (o, space.state_of(t)) in self.moves)] for o in others]
            for flip, target in space.flips(self.dm, origin):
                for choice in product(*menus) if space.state_of(target) == self.improvement else ():
                    together = flip
                    for bits in choice:
                        together |= bits
                    result = space.state_of(origin ^ together) if any(choice) else None
                    if result is not None:
                        found.add(worse(self.dm, result, self.state))
        return frozenset(found)
