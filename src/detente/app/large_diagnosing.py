"""`diagnose` in a conflict too large to be listed: the same document, from examples, witnesses and proofs."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.large.diagnose import SECONDS, large_diagnosis
from detente.analysis.large.found import Existence, LargeDiagnosis, LargeFinding
from detente.app.completing import as_written
from detente.app.diagnosis_account import account_of, not_examined, type_part
from detente.app.diagnosis_documents import DiagnosisDocument, GainsPart, TypePart, VerdictPart
from detente.app.documents import StuckPart
from detente.app.errors import contradicted
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.concepts.witness import is_staying
from detente.errors import UsageError
from detente.explain.diagnosis.large import destination, short, told


def large_diagnosed(
    described: Described, start: int, profile: Mapping[str, str], seconds: float | None = None, progress: Progress = silent
) -> LargeDiagnosis:
    """The diagnosis of a state of a space of any size; its claims are checked when it is told.

    Parameters
    ----------
    described
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of a concept.
    seconds
        How long it may take, about; by default a minute, 0 for as long as it takes.
    progress
        Is told what is being done.
    """
    limit = SECONDS if seconds is None else seconds or None
    return large_diagnosis(described.space, start, profile, seconds=limit, progress=progress)


def large_document_of(described: Described, found: LargeDiagnosis, file: str | None) -> DiagnosisDocument:
    """The document of a large diagnosis.  Raises `InternalError` (D902) if the checker refuses a claim that a sentence is made from.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> described = Described(StateSpace(load("euphrates-1975"), list_up_to=0))
    >>> found = large_diagnosed(described, described.space.status_quo, {"Syria": "SEQ", "Iraq": "SEQ"})
    >>> large_document_of(described, found, None).stuck
    False
    """
    space, account = described.space, account_of(described, found, told)
    return DiagnosisDocument(
        conflict=conflict_part(space, file),
        decision_makers=decision_makers(space.conflict),
        start=described.state(found.start),
        profile=dict(found.profile),
        stuck=found.stuck,
        primary=found.primary,
        verdicts=tuple(_verdicts(described, found)),
        stable={key: dict(verdicts) for key, verdicts in found.stable.items()},
        better_for_all=_gains(described, found.better),
        worse_for_none=_gains(described, found.weakly_better),
        types=tuple(_type(described, finding, finding.key == found.primary) for finding in found.found),
        not_examined=tuple(map(not_examined, found.silent)),
        swaps=(),
        dilemmas=account.dilemmas,
        no_dilemmas=account.no_dilemmas,
        checked=True,
        paragraphs=account.paragraphs,
        evidence=account.evidence,
        detente=version(),
    )


def large_stuck_part(described: Described, found: LargeDiagnosis) -> StuckPart | None:
    """The diagnosis in short, for an analysis; None where it was not settled whether the state is stuck.

    Raises `InternalError` (D902) if the checker refuses a claim.
    """
    if found.stuck is None:
        return None
    try:
        first, gains = short(described.space, found)
    except UsageError as problem:
        raise contradicted(problem) from None
    return StuckPart(
        stuck=found.stuck,
        primary=found.primary,
        types=tuple(finding.key for finding in found.found),
        profile=dict(found.profile),
        sentences=(described.sentence(as_written(described, first, found.start, found.profile)[0]), described.sentence(gains)),
    )


def _verdicts(described: Described, found: LargeDiagnosis) -> list[VerdictPart]:
    made = []
    for dm, witness in zip(found.profile, found.witnesses, strict=True):
        if witness is not None:
            to = None if is_staying(witness) else described.space.number(destination(witness))
            made.append(VerdictPart(by=dm, under=witness.concept, stays=to is None, to=to))
    return made


def _gains(described: Described, found: Existence) -> GainsPart:
    """Whether there are states of a kind, and what is known of them."""
    counted = found.all_listed and found.exists is not None
    return GainsPart(
        count=len(found.states) if counted else None,
        hold=None,
        states=described.ids(found.states) if counted else None,
        exists=found.exists,
        examples=described.ids(found.states) if not counted else None,
        nearest=found.nearest,
        taken=found.taken,
        not_taken=found.not_taken,
        by_condition=(),
        ways=None,
    )


def _type(described: Described, finding: LargeFinding, primary: bool) -> TypePart:
    count = len(finding.states) if finding.complete else None
    return type_part(finding, primary, count, described.ids(finding.states) if _are_states(described, finding) else None)


def _are_states(described: Described, finding: LargeFinding) -> bool:
    """Whether what a finding is about can occur; what dropped rules would allow cannot."""
    return all(described.space.state_of(state) == state for state in finding.states)
