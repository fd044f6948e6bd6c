"""Simultaneous stability.

A state is SIM stable for a decision maker if each of their improvements can be met at once: some of the others, at least one, make
one improvement of their own each, from the same state and at the same time, and the state that all these changes together give
is feasible and leaves the focal decision maker no better off.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from detente.concepts.base import Graph, SolutionConcept
from detente.concepts.witness import JointAnswer, JointCase, Leaves, Stays

Change = tuple[str, int, int]  # who, flipped bits, the state that this alone would lead to


def joint_changes(graph: Graph, dm: str, state: int, origin: int) -> Iterator[tuple[Change, ...]]:
    """Every non-empty choice of one improvement each by some of the others, all from one member of a state."""
    menus: list[list[Change | None]] = []
    for other in graph.decision_makers:
        if other != dm:
            gains = set(graph.improvements(other, state))
            own = [(other, flip, to) for member, flip, to in graph.flips(other, state) if member == origin and to in gains]
            menus.append([None, *own])
    for choice in product(*menus):
        made = tuple(change for change in choice if change is not None)
        if made:
            yield made


def verdict(graph: Graph, dm: str, state: int) -> Stays | Leaves:
    """Whether a decision maker stays under simultaneous sanctioning, with the witness."""
    answers = []
    for improvement in graph.improvements(dm, state):
        own = [(member, flip) for member, flip, to in graph.flips(dm, state) if to == improvement]
        cases: list[JointCase] = []
        answer = None
        for origin, flip in own:
            for changes in joint_changes(graph, dm, state, origin):
                together = flip
                for _, bits, _ in changes:
                    together |= bits
                result = graph.state_of(origin ^ together)
                if result is not None and graph.no_better(dm, result, state):
                    answer = JointAnswer(improvement, origin, flip, changes, result)
                    break
                cases.append(JointCase(origin, flip, tuple((who, bits) for who, bits, _ in changes), result))
            if answer:
                break
        if answer is None:
            return Leaves("SIM", dm, state, improvement, cases=tuple(cases))
        answers.append(answer)
    return Stays("SIM", dm, state, tuple(answers))


CONCEPT = SolutionConcept(
    key="SIM",
    name="Simultaneous stability",
    asks="Would the others, each gaining by a change of their own made at the same moment, undo every gain?",
    plies=(),
    formula=r"\forall t\in R_i^+(s)\ \exists\emptyset\ne H\subseteq N-i,\ t_j\in R_j^+(s)\ (j\in H): s\succeq_i t\oplus\bigoplus_{j\in H}t_j\in S",
    implied_by=("Nash",),
    source="Fraser and Hipel 1984 (simultaneous sanctioning); any non-empty set of the others, as in GMCR+",
    example="north-korea-2017#4",
    rule=verdict,
)
