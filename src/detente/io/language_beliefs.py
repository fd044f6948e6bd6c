"""The language of what decision makers think: pairs of states, thresholds, attitudes, viewpoints (see `detente.io.language`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from detente.model.attitude import Attitude, Stance
from detente.model.conflict import RedLine
from detente.model.direction import Direction
from detente.model.evidence import Missing
from detente.model.formula import Formula
from detente.model.pairs import MAX_DEGREE, PairStatement, Threshold
from detente.model.shape import Condition, Decimal, Field, Intervals, Key, ListOf, Noun, OneOf, Record, Table, Text, Whole, Word
from detente.model.viewpoint import Altered, Viewpoint
from detente.model.written import BASIS
from detente.preference.registry import all_fields

_PARTY, _OPTION = Key(Noun.DECISION_MAKER), Key(Noun.OPTION)
_BASIS = Field("basis", BASIS, "What this rests on.")
_SAYS = Field("says", Text(), "This in words, for explanations.")
_OVER = Field("over", Condition(), "The other states of the pairs.", required=True)

DIRECTION = Word((("both ways", Direction.BOTH), ("only on", Direction.ONLY_ON), ("only off", Direction.ONLY_OFF)))
"""Which changes of an option its owners can make."""

RED_LINE = Record(
    "a red line",
    (
        Field("never", Condition(), "The states that the party never accepts.", required=True),
        Field("says", Text(), "The red line in words."),
        _BASIS,
    ),
    make=RedLine,
    short="never",
)
"""States that a decision maker never accepts."""

MISSING = Record(
    "a gap in the sources",
    (
        Field("what", Text(), "What the sources lack.", required=True),
        Field("about", _PARTY, "The decision maker whom it is about."),
        Field("matters", Text(), "What may hang on it."),
    ),
    make=Missing,
)
"""Something that the sources lack."""


def _pair(kind: str, leading: Field, of: bool = True) -> Record:
    """A statement about pairs of one kind, whose leading key holds what is said."""
    states = (Field("of", Condition(), "The states that are spoken of.", required=True),) if of else ()
    return Record("a statement about pairs", (leading, *states, _OVER, _SAYS, _BASIS), make=_maker(kind), fits=lambda one: one.kind == kind)


def _maker(kind: str) -> Callable[..., PairStatement]:
    """What makes a statement about pairs of one kind from what it is written with."""

    def make(
        of: Formula,
        over: Formula,
        whole: int | None = None,
        value: Fraction | None = None,
        values: tuple[Fraction, ...] = (),
        **more: Any,
    ) -> PairStatement:
        said = values if whole is None and value is None else (Fraction(whole or value or 0),)
        return PairStatement(kind, of, over, said, **more)

    return make


PAIR = OneOf(
    "a statement about pairs",
    (
        _pair(
            "unknown",
            Field(
                "unknown", Condition(), "States of which it is not known how they compare with the others.", required=True, attribute="of"
            ),
            of=False,
        ),
        _pair(
            "degree",
            Field("degree", Whole(1, MAX_DEGREE), "By what degree they are preferred to the others.", required=True, attribute="whole"),
        ),
        _pair(
            "certainty",
            Field(
                "certainty", Decimal(0, 1), "The fuzzy preference for them over the others, from 0 to 1.", required=True, attribute="value"
            ),
        ),
        _pair(
            "grey",
            Field(
                "grey",
                Intervals(0, 1),
                "The grey preference for them over the others: numbers and [from, to], from 0 to 1.",
                required=True,
                attribute="values",
            ),
        ),
        _pair(
            "probability",
            Field(
                "probability",
                Decimal(0, 1),
                "The probability that they are preferred to the others, from 0 to 1.",
                required=True,
                attribute="value",
            ),
        ),
    ),
)
"""What is known of each pair of a state that meets one condition and a state that meets another."""

THRESHOLD = Record(
    "a threshold",
    (Field("value", Decimal(0, 1, above=True), "The threshold, more than 0 and at most 1.", required=True), _BASIS),
    make=Threshold,
    short="value",
    key="kind",
)
"""From where on a decision maker acts on what is uncertain."""

STANCE = Word(tuple((stance.value, stance) for stance in Stance))
"""How somebody stands toward somebody."""

ATTITUDE = Record(
    "an attitude",
    (Field("stance", STANCE, "Positive, neutral or negative.", required=True), _BASIS),
    make=Attitude,
    short="stance",
    key="toward",
)
"""How a decision maker stands toward one other, or toward themselves."""

PAIRS = Field("pairs", ListOf(PAIR), "What is known of pairs of states beside the order; of a kind the first that covers a pair counts.")
ATTITUDES = Field(
    "attitudes",
    Table(Noun.DECISION_MAKER, ATTITUDE, new=False, lone=True),
    "How this decision maker stands toward others; by default neutral, and toward themselves positive.",
)
THRESHOLDS = Field(
    "thresholds", Table(Noun.THRESHOLD, THRESHOLD, new=False, lone=True), "From where on this decision maker acts on what is uncertain."
)

ALTERED = Record(
    "a decision maker of a viewpoint",
    (
        Field("description", Text(), "Who this is, as this viewpoint has it."),
        _BASIS,
        *all_fields(),
        Field("red lines", ListOf(RED_LINE), "What this decision maker never accepts, in the place of the red lines of the file."),
        replace(PAIRS, about="What is known of pairs of states, in the place of what the file says of pairs."),
        replace(ATTITUDES, about="How this decision maker stands toward others, in the place of the attitudes of the file."),
    ),
    make=Altered,
    key="party",
)
"""A decision maker as a viewpoint has them; what is not given is as the conflict is written."""


def _viewpoint(key: str, name: str | None = None, **more: Any) -> Viewpoint:
    """A viewpoint, whose name is by default the key."""
    return Viewpoint(key, key if name is None else name, **more)


VIEWPOINT = Record(
    "a viewpoint",
    (
        Field("name", Text(), "In full, for reports; by default the key."),
        Field("whose", Text(), "Whose account it is, in words."),
        Field("held by", ListOf(_PARTY, distinct=True, lone=True), "Decision makers who act on it."),
        Field(
            "believes",
            Table(Noun.DECISION_MAKER, Key(Noun.VIEWPOINT), new=False),
            "On which viewpoint, as those who hold this one believe, a decision maker acts; by default on this one.",
        ),
        Field(
            "decision makers",
            Table(Noun.DECISION_MAKER, ALTERED, new=False, lone=True),
            "Whom this viewpoint has otherwise.",
            attribute="parties",
        ),
        Field("unperceived", Condition(), "States that are not perceived."),
        Field("unperceived options", ListOf(_OPTION, distinct=True), "Options that are not perceived: they stand as in the status quo."),
        Field("missing", ListOf(MISSING), "What this account leaves out."),
        _SAYS,
        _BASIS,
    ),
    make=_viewpoint,
    key="key",
)
"""The conflict as somebody has it."""
