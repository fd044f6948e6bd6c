"""The documents of the verbs besides `analyze`: check, explain, path, cases, concepts, codes, and files written."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from detente.app.documents import (
    ConflictPart,
    DecisionMakerPart,
    DiagnosticPart,
    Document,
    EvidencePart,
    NotKnownPart,
    ParagraphPart,
    Part,
    SentencePart,
    SeverityName,
    StatePart,
    Whole,
)


class CitationPart(Part):
    """A passage: source, locator, who asserts it, and the quotation if there is one."""

    source: str
    at: str
    by: str | None = None
    quote: str | None = None


class PassagePart(CitationPart):
    """Whether a cited passage was found again: `result` in one word, `detail` in a sentence."""

    element: str
    result: str
    detail: str = ""


class CheckDocument(Document):
    """The answer of `check`: everything that is wrong with a file, or worth knowing about it.

    `ok` says that it can be analysed; `conflict` and `evidence` are null where it can't even be read.
    """

    schema_: Literal["detente.check/1"] = Field(default="detente.check/1", serialization_alias="schema", validation_alias="schema")
    file: str | None
    ok: bool
    conflict: ConflictPart | None
    counts: dict[SeverityName, int]
    diagnostics: tuple[DiagnosticPart, ...]
    evidence: EvidencePart | None
    passages: tuple[PassagePart, ...]
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import check_html

        return check_html(self)


class ElementPart(Part):
    """An element of the conflict that an answer rests on: its path, what it is `called`, and its basis, in `words` too.

    `kind` is null where the file gives no basis.
    """

    element: str
    kind: Literal["reported", "inferred", "assumed"] | None
    why: str | None = None
    citations: tuple[CitationPart, ...] = ()
    hostile: bool = False
    called: str = ""
    words: str = ""


class ExplanationDocument(Document):
    """The answer of `explain`: why a decision maker stays at a state, or leaves it, under a concept.

    Every sentence is made from `certificate`, which the checker of certificates has accepted (`checked` is always true).
    """

    schema_: Literal["detente.explanation/1"] = Field(
        default="detente.explanation/1", serialization_alias="schema", validation_alias="schema"
    )
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    state: StatePart
    by: str
    under: str
    stays: bool
    checked: Literal[True] = True
    paragraphs: tuple[ParagraphPart, ...]
    evidence: tuple[ElementPart, ...]
    certificate: dict[str, Any]
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import paragraphs_html

        return paragraphs_html(self.paragraphs)


class StepPart(Part):
    """One move of a route: who moves, from where to where, and what the mover makes of it.

    `regrets` says that the mover prefers the state before the step to the one after it; `regrets_end` compares with the route's end.
    Ranks are left out where there are too many states to be listed.  Where several act at once `together` holds their keys, which `by`
    joins by a plus sign; there are no ranks then, and it is regretted if one of them does.
    """

    left_out = frozenset({"together", "rank_before", "rank_after"})

    by: str
    together: tuple[str, ...] | None = None
    from_: Whole = Field(serialization_alias="from", validation_alias="from")
    to: Whole
    rank_before: int | None = None
    rank_after: int | None = None
    regrets: bool
    regrets_end: bool


class RoutePart(Part):
    """A shortest sequence of moves in which nobody moves twice in a row.

    `count` is how many of this length there are, null where they were not counted.
    """

    length: int
    count: int | None
    steps: tuple[StepPart, ...]
    states: tuple[StatePart, ...]
    movers: tuple[str, ...]


class PathDocument(Document):
    """The answer of `path`: how one state can be reached from another, by any moves and by moves that each gain at once.

    A route that does not exist is null: then there is none, of any length.  In a conflict too large to be listed, and with coalitions, it
    can be that this was not settled in time; `not_settled` then names it ("moves", "improvements"), and is left out elsewhere.  `by` is
    who may act, as it was asked, alone or with others of the same coalition; it is left out where everybody may, alone.  With coalitions
    a route is of steps that its movers take at once, improvements for all of them or of any kind.
    """

    left_out = frozenset({"not_settled", "by"})

    schema_: Literal["detente.path/1"] = Field(default="detente.path/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    by: tuple[tuple[str, ...], ...] | None = None
    start: StatePart
    end: StatePart
    moves: RoutePart | None
    improvements: RoutePart | None
    not_settled: tuple[Literal["moves", "improvements"], ...] | None = None
    paragraphs: tuple[ParagraphPart, ...]
    evidence: tuple[ElementPart, ...] = ()
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import paragraphs_html

        return paragraphs_html(self.paragraphs)


class CasePart(Part):
    """A packaged case."""

    name: str
    about: str
    generated: bool = False


class CasesDocument(Document):
    """The answer of `cases`: the conflicts that come with the program."""

    schema_: Literal["detente.cases/1"] = Field(default="detente.cases/1", serialization_alias="schema", validation_alias="schema")
    cases: tuple[CasePart, ...]


class ConceptDetailPart(Part):
    """A solution concept in full."""

    key: str
    name: str
    gloss: str
    asks: str
    formula: str
    source: str
    implies: tuple[str, ...]
    implied_by: tuple[str, ...]
    example: str


class FamilyPart(Part):
    """Concepts that differ in a number or a name: how they are `written`, one of them for `example`, its name and question."""

    written: str
    example: str
    name: str
    asks: str


class NumberPart(Part):
    """A number that a reading takes: its name, what it is, its range, and the concepts for which it counts."""

    name: str
    says: str
    range: str
    concepts: tuple[str, ...]


class ReadingPart(Part):
    """A reading of preferences: how it is `written` behind a concept, what it does, and the concepts with which it goes."""

    key: str
    written: str
    name: str
    says: str
    source: str
    concepts: tuple[str, ...]
    numbers: tuple[NumberPart, ...] = ()
    optional: bool = False
    implies: tuple[str, ...] = ()


class ConceptsDocument(Document):
    """The answer of `concepts`: by which concepts of behaviour states can be called stable.

    `concepts` are the classical ones, or the one asked for; `further` those beyond them, `families` those with a number or a name, and
    `readings` what preferences may be read as, for conflicts with statements about pairs of states or with attitudes.
    """

    schema_: Literal["detente.concepts/1"] = Field(default="detente.concepts/1", serialization_alias="schema", validation_alias="schema")
    concepts: tuple[ConceptDetailPart, ...]
    further: tuple[ConceptDetailPart, ...] | None = None
    families: tuple[FamilyPart, ...] | None = None
    readings: tuple[ReadingPart, ...] | None = None


class CodeDocument(Document):
    """The answer of `explain-code`: the page of a diagnostic's code, in Markdown."""

    schema_: Literal["detente.code/1"] = Field(default="detente.code/1", serialization_alias="schema", validation_alias="schema")
    code: str
    page: str


class WrittenDocument(Document):
    """A file was written: which, with how many bytes, and what was lost on the way (`notes`)."""

    schema_: Literal["detente.written/1"] = Field(default="detente.written/1", serialization_alias="schema", validation_alias="schema")
    file: str
    bytes: int
    notes: tuple[DiagnosticPart, ...] = ()


class DifferencePart(Part):
    """One claim of an expectation file: what was expected, what was found, and whether they agree or it is disputed."""

    claim: str
    source: str
    agrees: bool
    disputed: str | None = None
    difference: str | None = None


class ExpectationDocument(Document):
    """The answer of `analyze --expect`: which expected verdicts hold."""

    schema_: Literal["detente.expectation/1"] = Field(
        default="detente.expectation/1", serialization_alias="schema", validation_alias="schema"
    )
    file: str | None
    holds: bool
    claims: tuple[DifferencePart, ...]


class ExplanationsDocument(Document):
    """Several explanations of one state, one for each decision maker and concept that was asked about.

    `summary` says what becomes of the state, if every decision maker was asked about; `not_known` which of the verdicts asked about were
    not found, and why.
    """

    left_out = frozenset({"not_known"})

    schema_: Literal["detente.explanations/1"] = Field(
        default="detente.explanations/1", serialization_alias="schema", validation_alias="schema"
    )
    summary: tuple[SentencePart, ...]
    explanations: tuple[ExplanationDocument, ...]
    not_known: tuple[NotKnownPart, ...] | None = None


class PathsDocument(Document):
    """Paths from one state to several others."""

    schema_: Literal["detente.paths/1"] = Field(default="detente.paths/1", serialization_alias="schema", validation_alias="schema")
    paths: tuple[PathDocument, ...]


class ProblemsDocument(Document):
    """What a verb answers, with `--json`, when it can't answer."""

    schema_: Literal["detente.problems/1"] = Field(default="detente.problems/1", serialization_alias="schema", validation_alias="schema")
    diagnostics: tuple[DiagnosticPart, ...]
