"""What a conflict rests on, and what an analyst would want to know of it, for documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.analysis.evidence import Counts, evidence_findings, evidence_report
from detente.analysis.lint import findings
from detente.analysis.lint_readings import reading_findings
from detente.app.documents import BasisCountsPart, EvidencePart, HostilePart, MissingPart
from detente.app.opening import Opened
from detente.concepts.base import SolutionConcept
from detente.errors import Diagnostic
from detente.model.conflict import Conflict
from detente.space.states import StateSpace


def evidence_part(conflict: Conflict, viewpoints: bool = False) -> EvidencePart:
    """What the elements of a conflict rest on, counted, with those that deserve a second look.

    An analysis of the conflict as it is written rests on nothing that its viewpoints say, nor on why something is open: these count
    if `viewpoints`.

    >>> from detente import cases
    >>> evidence_part(cases.load("elmira")).reported > 0
    True
    """
    found = evidence_report(conflict if viewpoints else replace(conflict, viewpoints=(), guesses=()))
    return EvidencePart(
        elements=found.counts.elements,
        reported=found.counts.reported,
        inferred=found.counts.inferred,
        assumed=found.counts.assumed,
        by_party={key: _counts(counts) for key, counts in found.by_party.items()},
        without_basis=found.without_basis,
        single_source=found.single_source,
        hostile=tuple(HostilePart(element=one.element, party=one.party) for one in found.hostile),
        missing=tuple(MissingPart(what=one.what, about=one.about, matters=one.matters) for one in found.missing),
    )


def _counts(counts: Counts) -> BasisCountsPart:
    return BasisCountsPart(elements=counts.elements, reported=counts.reported, inferred=counts.inferred, assumed=counts.assumed)


def warnings_of(found: Opened, space: StateSpace | None, concepts: Sequence[SolutionConcept] | None = None) -> tuple[Diagnostic, ...]:
    """Everything worth knowing about a conflict that can be read: from its reader, its states and its evidence, each with its place.

    With what the concepts that are asked of it leave aside, and which of their readings have nothing to read.
    """
    remarks = [*found.diagnostics, *reading_findings(found.conflict, concepts)]
    if space is not None:
        remarks += findings(found.conflict, space)
    remarks += evidence_findings(found.conflict, evidence_report(found.conflict))
    return tuple(placed(found, dict.fromkeys(remarks)))


def placed(found: Opened, diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """The diagnostics, each with the place of its element in the file, where it has none of its own."""
    for one in diagnostics:
        where = found.positions.get(one.element) if one.where is None and one.element else None
        yield one if where is None else replace(one, where=where)
