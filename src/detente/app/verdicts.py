"""`standing`: what becomes of any one state: who stays at it under which concept, where the others would go, and what is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.app import asking
from detente.app.deciding import Decider
from detente.app.documents import NotKnownPart
from detente.app.explaining import State
from detente.app.large_standing import Near, large_standing, large_status_quo
from detente.app.opening import Opened, Source, opened
from detente.app.parts import concept_parts, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.standing import standing_of, status_quo_part
from detente.app.state_table import described_of, table_of
from detente.app.table_documents import StandingDocument, UndecidedPart
from detente.app.version import version
from detente.engines.single import MAX_REACHED
from detente.space.states import MAX_OPTIONS

SECONDS = 2.0
"""Most seconds for the verdict of one decision maker under one concept, where states are not listed."""
MANY, REACHED = 1 << 14, 1_000
"""With more states it is looked for where somebody goes only as far as the others reach so few states from an improvement."""


def standing(
    source: Source | Opened,
    state: State,
    *,
    under: str | Sequence[str] | Mapping[str, str] | None = None,
    seconds: float | None = None,
    progress: Progress = silent,
) -> StandingDocument:
    """What becomes of one state: who stays at it under which concept, where those who leave would go, and which states are better for whom.

    Every improvement that somebody would leave by rests on a certificate that was checked.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    state
        A number, a choice pattern, the name of a named state, or "status quo".
    under
        The concepts; by default all, but for SIM among very many states (2^17), where it takes long.
    seconds
        Most time for a verdict where states are not listed, `SECONDS` by default; 0 for no limit.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        The state or a concept is not known.

    Examples
    --------
    >>> found = standing("elmira", 4).standing
    >>> found.equilibrium_under, [(one.by, one.to, one.under) for one in found.leaves]
    (('GMR', 'SMR'), [('Local', 8, ('Nash', 'SEQ', 'SSEQ', 'SIM'))])
    """
    found = opened(source)
    concepts = asking.behaviour(under, found.conflict).concepts
    undecided: Sequence[NotKnownPart]
    described = described_of(found.conflict, MAX_OPTIONS)
    at = asking.state(state, described.space)
    if len(found.conflict.options) <= MAX_OPTIONS:
        table = table_of(found.conflict)
        stable, undecided = table.stability(concepts, progress, patient=under is not None)
        progress("where those who leave would go")
        reached = MAX_REACHED if table.space.states.count <= MANY else REACHED
        equilibria = {key: stable.equilibria(key) for key in stable.stable}
        part = status_quo_part(described, standing_of(described, stable, at, reached), equilibria)
    else:
        decided = large_standing(
            described, concepts, Decider(described.space, seconds=SECONDS if seconds is None else seconds), at, progress
        )
        part, undecided = large_status_quo(described, decided, None, {}, Near()), decided.unknown
    return StandingDocument(
        conflict=conflict_part(described.space, found.name),
        decision_makers=decision_makers(described.conflict),
        concepts=concept_parts(concepts),
        standing=part,
        not_known=tuple(UndecidedPart(under=one.under, by=one.by, reason=one.reason, limit=one.limit) for one in undecided),
        detente=version(),
    )
