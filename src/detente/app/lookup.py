"""`concepts`, `cases` and `explain-code`: what there is, without a conflict."""

from __future__ import annotations

from detente import cases as packaged
from detente import io
from detente.app.answers import CasePart, CasesDocument, CodeDocument, ConceptDetailPart, ConceptsDocument
from detente.app.opening import opened
from detente.codes import page
from detente.concepts.registry import all_concepts, concept
from detente.explain.glosses import gloss


def concepts(name: str | None = None) -> ConceptsDocument:
    """The solution concepts that there are, or the one with a name.

    Raises `UsageError` (U401) if there is none of this name.

    >>> [concept.key for concept in concepts("seq").concepts]
    ['SEQ']
    """
    found = all_concepts() if name is None else (concept(name),)
    return ConceptsDocument(
        concepts=tuple(
            ConceptDetailPart(
                key=c.key, name=c.name, gloss=gloss(c.key), asks=c.asks, formula=c.formula, source=c.source,
                implies=c.implies, implied_by=c.implied_by, example=c.example,
            )
            for c in found
        )
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
