"""Certificates that nothing the others do deters: all that they reach, where that is little, or a condition that they never leave."""

from __future__ import annotations

from detente.concepts.base import SolutionConcept
from detente.concepts.witness import Closed, Leaves, Proof
from detente.engines.sat.deterring import Sanctions
from detente.engines.sat.moving import Moving
from detente.engines.sat.refuting import refutation
from detente.engines.sat.search import Cube, Kept, Search
from detente.model.clauses import clauses_of, conjunction, disjunction
from detente.model.formula import Formula, Not, Taken
from detente.preference.claims import deterring, left_by, names_of
from detente.space.states import StateSpace


def leaving(
    space: StateSpace, concept: SolutionConcept, moving: Moving, search: Search, kept: Kept, sanctions: Sanctions
) -> Leaves | Closed:
    """The certificate that an improvement from which a search found nothing that deters is enough to leave.

    Raises `LimitError` (S330) when the time of the search is over.
    """
    clock, improving = moving.solver.clock, concept.answers == "improving"
    constant, clauses, escapes = needed(search, kept, sanctions)
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
            if any(abs(x) in mover.own for x in clause):
                after = [-(mover.primed.get(x, x) if x > 0 else -mover.primed.get(-x, -x)) for x in clause]
                assert not solver.solve_under([*assumed, mover.step, *after]), "a move leaves the condition"
                use(solver.core)
    for gate in gates:
        solver.add(-gate)
    return tuple(constant), tuple(found), tuple(dict.fromkeys(ways))
