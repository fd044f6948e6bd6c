"""`concepts`, `cases` and `explain-code`: what there is, without a conflict."""

from __future__ import annotations

from collections.abc import Callable

from detente import cases as packaged
from detente import io
from detente.app.answers import (
    CasePart,
    CasesDocument,
    CodeDocument,
    ConceptDetailPart,
    ConceptsDocument,
    FamilyPart,
    NumberPart,
    ReadingPart,
)
from detente.app.opening import opened
from detente.codes import page
from detente.concepts.base import SolutionConcept
from detente.concepts.reading import Reading, all_readings
from detente.concepts.registry import all_concepts, concept, families, further_concepts
from detente.explain.glosses import gloss


def concepts(name: str | None = None) -> ConceptsDocument:
    """The solution concepts that there are, with families and readings of preferences, or the one concept with a name.

    Raises `UsageError` (U401) if there is none of this name, or (U485) if the numbers of its reading don't fit.

    >>> [concept.key for concept in concepts("seq").concepts]
    ['SEQ']
    """
    if name is not None:
        return ConceptsDocument(concepts=(_concept(concept(name)),))
    return ConceptsDocument(
        concepts=tuple(map(_concept, all_concepts())),
        further=tuple(map(_concept, further_concepts())),
        families=tuple(found for one in families() if (found := _family(one.written, one.member)) is not None),
        readings=tuple(map(_reading, all_readings())),
    )


def _concept(c: SolutionConcept) -> ConceptDetailPart:
    return ConceptDetailPart(
        key=c.key, name=c.name, gloss=gloss(c.key), asks=c.asks, formula=c.formula, source=c.source,
        implies=c.implies, implied_by=c.implied_by, example=c.example,
    )  # fmt: skip


def _family(written: str, member: Callable[[str], SolutionConcept | None]) -> FamilyPart | None:
    """A family as it is written ("L1, L2, ..."), told by its second member, or its only form."""
    named = [key for key in written.split(", ") if key != "..."]
    found = member(named[-1])
    return None if found is None else FamilyPart(written=written, example=found.key, name=found.name, asks=found.asks)


def _reading(reading: Reading) -> ReadingPart:
    numbers = "/".join(number.name for number in reading.parameters)
    return ReadingPart(
        key=reading.key, written=reading.key + (f"@{numbers}" if numbers else ""), name=reading.name, says=reading.says,
        source=reading.source, concepts=reading.concepts, optional=reading.optional, implies=reading.implies,
        numbers=tuple(
            NumberPart(name=n.name, says=n.says, range=n.range, concepts=n.concepts or reading.concepts) for n in reading.parameters
        ),
    )  # fmt: skip


def cases(name: str | None = None) -> CasesDocument:
    """The conflicts that come with the program, or the one with a name.

    Raises `UsageError` (U402) if there is none of this name.

    >>> "elmira" in [case.name for case in cases().cases]
    True
    """
    if name is not None:
        return CasesDocument(cases=(_case(name),))
    return CasesDocument(cases=tuple(map(_case, (*packaged.names(), *packaged.generated()))))


def case_text(name: str) -> str:
    """The file of a packaged case, or a generated case as one.

    Raises `UsageError` (U402) if there is none of this name.

    >>> case_text("elmira").splitlines()[1]
    'detente: 1'
    """
    found = opened(name) if packaged.exists(name) else None
    return io.dumps(packaged.load(name)) if found is None or not found.text else found.text


def _case(name: str) -> CasePart:
    return CasePart(name=name, about=packaged.describe(name), generated=name in packaged.generated())


def explain_code(code: str) -> CodeDocument:
    """The page of a diagnostic's code: what it means, why, an example and how to mend it.

    Raises `UsageError` (U418) if there is no such code.

    >>> explain_code("u402").code
    'U402'
    """
    return CodeDocument(code=code.strip().upper(), page=page(code))
