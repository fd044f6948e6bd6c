"""The shapes in which evidence and statements are written, shared by many places of a conflict file."""

from __future__ import annotations

from functools import partial

from detente.model.evidence import Basis, BasisKind, Citation
from detente.model.pairs import MAX_DEGREE
from detente.model.preference import Statement
from detente.model.shape import Condition, Field, Key, ListOf, Noun, OneOf, Passage, Record, Text, Whole

CITATION = Record(
    "a citation",
    (
        Field("source", Key(Noun.SOURCE), "Key of the source.", required=True),
        Field("at", Text(), "Where in the source: ¶3, p. 12, a heading.", required=True),
        Field("by", Key(Noun.ASSERTER), "Key of the asserter: who says it, which is not always who publishes it."),
        Field("quote", Text(), "The words of the source, exactly."),
    ),
    make=Citation,
    short=Passage(),
)
"""A passage that an element rests on."""

_CITATIONS = ListOf(CITATION, lone=True)

BASIS = OneOf(
    "a basis",
    (
        Record(
            "a reported basis",
            (
                Field("reported", _CITATIONS, "The passages that say it.", required=True, attribute="citations"),
                Field("why", Text(), "What a reader should know of the reading."),
            ),
            make=partial(Basis, BasisKind.REPORTED),
            fits=lambda basis: basis.kind is BasisKind.REPORTED,
        ),
        Record(
            "an inferred basis",
            (
                Field("inferred", _CITATIONS, "The passages that it follows from.", required=True, attribute="citations"),
                Field("why", Text(), "The reasoning."),
            ),
            make=partial(Basis, BasisKind.INFERRED),
            fits=lambda basis: basis.kind is BasisKind.INFERRED,
        ),
        Record(
            "an assumed basis",
            (Field("assumed", Text(optional=True), "Why the analyst assumes it.", required=True, attribute="why"),),
            make=partial(Basis, BasisKind.ASSUMED),
            fits=lambda basis: basis.kind is BasisKind.ASSUMED,
        ),
    ),
)
"""What an element rests on: reported, inferred or assumed."""

STATEMENT = Record(
    "a statement",
    (
        Field("when", Condition(), "The condition that is wanted.", required=True),
        Field("says", Text(), "The statement in words."),
        Field("degree", Whole(1, MAX_DEGREE), "How strongly it is wanted; 1 by default."),
        Field("basis", BASIS, "What the statement rests on."),
    ),
    make=Statement,
    short="when",
)
"""A statement of an option prioritization; the condition alone will do."""

PREFERENCE_BASIS = Field("preference basis", BASIS, "What the weights or the ranking rest on.", attribute="basis")
"""The evidence of a preference as a whole."""
