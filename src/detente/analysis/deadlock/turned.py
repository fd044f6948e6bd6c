"""What a diagnosis would be if the two statements on whose order everything better for everybody hangs stood the other way round."""

from __future__ import annotations

from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.deadlock.found import Diagnosis, Turned
from detente.analysis.hinges import decisive
from detente.errors import LimitError
from detente.model.edit import MoveStatement
from detente.space.states import StateSpace

MOST_STATES = 20_000
"""Most feasible states for which it is worked out."""
MOST_PAIRS = 2
"""Most pairs of statements for which it is worked out."""


def turned(diagnosis: Diagnosis) -> tuple[Turned, ...]:
    """For each pair of statements on whose order a diagnosis hangs, which types would apply if one were moved past the other.

    Empty where the state is not stuck, the space is large (`MOST_STATES`), the pairs are many (`MOST_PAIRS`) or a type can't be tested.

    >>> from detente.cases import load
    >>> space = StateSpace(load("gaza-hostage-talks"))
    >>> [(turn.upper, turn.lower, turn.raised) for turn in turned(diagnose(space, space.status_quo))]
    [(6, 8, ('D2', 'D4'))]
    """
    pairs = decisive(diagnosis.hinges) if diagnosis.stuck and diagnosis.space.states.count <= MOST_STATES else ()
    if len(pairs) > MOST_PAIRS:
        return ()
    try:
        return tuple(
            Turned(
                pair.dm,
                pair.upper,
                pair.lower,
                _types(diagnosis, pair.dm, pair.upper, pair.lower),
                _types(diagnosis, pair.dm, pair.lower, pair.upper),
            )
            for pair in pairs
        )
    except LimitError:
        return ()


def _types(diagnosis: Diagnosis, dm: str, place: int, to: int) -> tuple[str, ...] | None:
    """The types that would apply with a statement at another place, None if the state would not be stuck."""
    changed = StateSpace(MoveStatement(dm, place, to).apply(diagnosis.space.conflict))
    found = diagnose(changed, diagnosis.start, diagnosis.profile, concepts=())
    return tuple(finding.key for finding in found.found) if found.stuck else None
