"""Certificates that nothing the others do deters: all that they reach, where that is little, or a condition that they never leave."""

from __future__ import annotations

from dataclasses import dataclass

from detente.concepts.base import SolutionConcept
from detente.concepts.reading import Relations
from detente.concepts.witness import Closed, Leaves, Proof, Reached
from detente.engines.sat.deterring import Sanctions
from detente.engines.sat.refuting import refutation
from detente.engines.sat.search import Cube, Kept, Search
from detente.engines.single import SingleEngine
from detente.errors import Cannot, LimitError
from detente.model.clauses import clauses_of, conjunction, disjunction
from detente.model.formula import Formula, Not, Taken
from detente.preference.claims import deterring, left_by, names_of
from detente.space.states import StateSpace

MAX_LISTED = 200
"""Most states that are listed one by one in a certificate of leaving; beyond it holds a condition."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An improvement for which there is no answer: the search from it, what holds however the others move, and what would deter."""

    search: Search
    kept: Kept
    sanctions: Sanctions


def certified(space: StateSpace, concept: SolutionConcept, found: Unanswered) -> Leaves | Closed:
    """The certificate that an improvement without an answer is enough to leave.

    Raises
    ------
    LimitError
        S330 when the time of the search is over.
    Cannot
        S332 if what the others can do depends on who moved last, and is too much to list.
    """
    search, sanctions, moving = found.search, found.sanctions, found.search.moving
    reached = _Lister(search, sanctions).reached(concept)
    if reached is not None:
        return Leaves(concept.key, sanctions.dm, sanctions.state, search.start, reached)
    clock, improving = moving.solver.clock, concept.answers == "improving"
    constant, clauses, escapes = needed(search, found.kept, sanctions)
    if any(abs(x) in moving.last.values() for clause in clauses for x in clause):
        why = "what the others can do depends on who moved last, since some moves are banned, and they can bring about too much to list"
        raise Cannot.of("S332", f"no certificate: {why}", help="ask under another concept")
    place = {variable: k for k, variable in enumerate(moving.state)}
    keys = [option.key for option in space.conflict.options]

    def part(literal: int) -> Formula:
        option = Taken(keys[place[abs(literal)]])
        return option if literal > 0 else Not(option)

    held = [part(x) for x in sorted(constant, key=lambda x: place[abs(x)])]
    held += [disjunction(part(x) for x in sorted(clause, key=lambda x: place[abs(x)])) for clause in clauses]
    invariant, names = conjunction(held), names_of(space)
    proofs = []
    for mover, own in space.masks.items():
        if own and mover != sanctions.dm:
            proof = refutation(clauses_of(left_by(space, invariant, mover, improving=improving), names), clock)
            assert proof is not None, f"moves of {mover} leave the condition"
            proofs.append(Proof(mover, proof))
    claim = deterring(space, invariant, sanctions.dm, sanctions.state, escapes)
    proof = refutation(clauses_of(claim, names), clock)
    assert proof is not None, "something within the condition deters"
    proofs.append(Proof("", proof))
    return Closed(concept.key, sanctions.dm, sanctions.state, search.start, invariant, escapes, tuple(proofs))


class _Lister(SingleEngine):
    """The reference engine's list of all that the others reach, with moves found by the solver, as long as it is short."""

    def __init__(self, search: Search, sanctions: Sanctions) -> None:
        super().__init__(sanctions.moving.space, most_reached=MAX_LISTED)
        self.search, self.sanctions = search, sanctions

    def reached(self, concept: SolutionConcept) -> tuple[Reached, ...] | None:
        """Everything that the others can reach; None if it is not short."""
        sanctions = self.sanctions
        try:
            found = self._answer(concept, sanctions.dm, sanctions.state, self.search.start)
        except _LongError:
            return None
        except LimitError as limit:
            if limit.diagnostics[0].code == "S303":
                return None
            raise
        assert isinstance(found, tuple), "something that the others reach deters"
        return found

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The others' moves of the kind that counts."""
        if (dm, state) not in self._moves:
            found = self.search.moving.each(dm, state, MAX_LISTED) if dm in self.search.movers else ()
            if found is None:
                raise _LongError
            self._moves[dm, state] = found
        return self._moves[dm, state]

    improvements = moves

    def _escape(self, concept: SolutionConcept, read: Relations, dm: str, state: int, now: int) -> int | None:
        return self.sanctions.way_out(now) if concept.counters else None


class _LongError(Exception):
    """There is too much to list."""


def needed(search: Search, kept: Kept, sanctions: Sanctions) -> tuple[tuple[int, ...], tuple[Cube, ...], tuple[int, ...]]:
    """What of a condition is needed for it to deter nobody and to be kept: constants, clauses, and ways out."""
    solver, moving = search.solver, search.moving
    gates: dict[int, Cube] = {}
    for clause in kept.clauses:
        gate = solver.new()
        solver.add(-gate, *clause)
        gates[gate] = clause
    assumed = [*kept.constant, *gates, moving.feasible]
    constant: set[int] = set()
    found: dict[Cube, None] = {}
    ways: list[int] = []
    waiting: list[Cube] = []

    def use(core: frozenset[int]) -> None:
        constant.update(x for x in kept.constant if x in core)
        for gate, clause in gates.items():
            if gate in core and clause not in found:
                found[clause] = None
                waiting.append(clause)

    assert not solver.solve_under([*assumed, *sanctions.literals]), "something within the condition deters"
    core = solver.core
    ways += [sanctions.escapes[literal] for literal in sanctions.literals if literal in core and literal in sanctions.escapes]
    use(core)
    while waiting:
        clause = waiting.pop()
        for mover in search.movers.values():
            if any(abs(x) in mover.primed for x in clause):
                after = [-mover.then(x) for x in clause]
                assert not solver.solve_under([*assumed, mover.step, *after]), "a move leaves the condition"
                use(solver.core)
    for gate in gates:
        solver.add(-gate)
    return tuple(constant), tuple(found), tuple(dict.fromkeys(ways))
