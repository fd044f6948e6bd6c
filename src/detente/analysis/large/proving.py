"""Proofs that no state has some property, made by a SAT solver and written for the checker of claims."""

from __future__ import annotations

from detente.analysis.claims.none_such import NoneSuch, Question, clauses_of
from detente.engines.sat.refuting import refutation
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.model.formula import Formula
from detente.space.states import StateSpace

MOST_STEPS = 20_000
"""Most clauses of a proof that is kept: the checker follows each of them."""


def proved(space: StateSpace, start: int, question: Question, where: Formula, clock: Clock | None = None) -> NoneSuch | None:
    """The claim that no combination that meets a condition has a property, with its proof; None where no short proof was found in time.

    Parameters
    ----------
    space
        The space.
    start
        The start.
    question
        The property.
    where
        The condition.
    clock
        How long it may take.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.formula import TRUE
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> claim = proved(space, space.status_quo, Question("gain"), TRUE)
    >>> claim.check(space)
    """
    try:
        proof = refutation(clauses_of(space, start, question, where), clock)
    except LimitError:
        return None
    return None if proof is None or len(proof) > MOST_STEPS else NoneSuch(start, question, where, proof)
