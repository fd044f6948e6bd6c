"""What the documents of diagnoses have in common, whether the states of a conflict are listed or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from detente.analysis.claims.dilemmas import Dilemmas
from detente.analysis.deadlock.found import Diagnosis, Finding, Silence
from detente.analysis.deadlock.registry import deadlock_type
from detente.analysis.dilemmas import dilemmas
from detente.analysis.large.found import LargeDiagnosis, LargeFinding
from detente.app.answers import ElementPart
from detente.app.basis import element_parts
from detente.app.completing import as_written
from detente.app.diagnosis_documents import DilemmaPart, DilemmasPart, NotExaminedPart, PositionPart, TypePart
from detente.app.documents import ParagraphPart
from detente.app.errors import contradicted
from detente.app.parts import Described
from detente.errors import UsageError
from detente.explain.diagnosis.dilemmas import told as told_dilemmas
from detente.explain.sentence import Explanation
from detente.space.states import StateSpace

Found = TypeVar("Found", bound=Diagnosis | LargeDiagnosis)


@dataclass(frozen=True)
class Account:
    """What is said of a diagnosis and of what is demanded, and what that rests on."""

    paragraphs: tuple[ParagraphPart, ...]
    dilemmas: DilemmasPart | None
    no_dilemmas: str | None
    evidence: tuple[ElementPart, ...]


def account_of(described: Described, found: Found, told: Callable[[StateSpace, Found], Explanation]) -> Account:
    """The account of a diagnosis.

    Parameters
    ----------
    described
        The space.
    found
        The diagnosis.
    told
        Puts it into sentences, and raises `UsageError` where a checker refuses a claim that one would be made from.

    Raises
    ------
    InternalError
        D902 if a claim was refused.
    """
    space = described.space
    claim = dilemmas(space)
    try:
        explanation, demands = told(space, found), told_dilemmas(space, claim)
    except UsageError as problem:
        raise contradicted(problem) from None
    first, open_ = as_written(described, explanation.verdict, found.start, found.profile)
    before, last = explanation.parts[:-1], explanation.parts[-1]
    explanation = replace(explanation, verdict=first, parts=(*before, *(() if open_ is None else (open_,)), last))
    return Account(
        paragraphs=described.paragraphs(explanation),
        dilemmas=None if claim is None else _dilemmas(described, claim, demands),
        no_dilemmas=demands.verdict.text if claim is None else None,
        evidence=element_parts(space.conflict, dict.fromkeys((*explanation.elements, *demands.elements))),
    )


def _dilemmas(described: Described, claim: Dilemmas, demands: Explanation) -> DilemmasPart:
    """The dilemmas that were found (`claim`), and what is said of them (`demands`)."""
    space, at = described.space, dict(claim.positions)
    positions = {position.party: position for position in space.conflict.positions}
    return DilemmasPart(
        positions=tuple(
            PositionPart(by=dm, state=described.state(at[dm]) if dm in at else None, says=positions[dm].says)
            for dm in described.keys
            if dm in positions
        ),
        fallback=None if claim.fallback is None else described.state(claim.fallback),
        orders={dm: tuple(described.ids(level) for level in levels) for dm, levels in claim.orders},
        found=tuple(
            DilemmaPart(kind=d.kind, by=d.by, of=d.of, better=described.ids(d.better), than=space.number(d.than)) for d in claim.found
        ),
        paragraphs=described.paragraphs(demands),
    )


def type_part(finding: Finding | LargeFinding, primary: bool, count: int | None, states: tuple[int, ...] | None) -> TypePart:
    """A type of deadlock that applies.

    Parameters
    ----------
    finding
        What was found of it.
    primary
        Whether it is the primary one.
    count, states
        How many states it is about, and their numbers; None where that is not known, or they are too many to be listed.
    """
    of = deadlock_type(finding.key)
    shown_by = tuple(dict.fromkeys(claim.kind for claim in finding.claims))
    return TypePart(key=of.key, name=of.name, asks=of.asks, primary=primary, by=finding.by, count=count, states=states, shown_by=shown_by)


def not_examined(silence: Silence) -> NotExaminedPart:
    """A type of deadlock that was not examined, and why (`silence`).

    >>> not_examined(Silence("D4", "size")).name
    'coordination'
    """
    return NotExaminedPart(key=silence.key, name=deadlock_type(silence.key).name, reason=silence.reason)
