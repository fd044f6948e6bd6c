"""The language of what is not certain: guesses with their alternatives (see `detente.io.language`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from detente.io.language_beliefs import DIRECTION
from detente.model.direction import Direction
from detente.model.evidence import Basis
from detente.model.formula import Formula
from detente.model.guess import Alternative, AsWritten, Decided, Guess, GuessKind, LeftOut, SeenFrom, orders
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, OnlyIf
from detente.model.shape import Condition, Decimal, Field, Key, ListOf, Noun, OneOf, Record, Shape, Text, Whole, Word
from detente.model.written import BASIS

_PARTY, _OPTION = Key(Noun.DECISION_MAKER), Key(Noun.OPTION)
_SOME_OPTIONS = ListOf(_OPTION, distinct=True, filled=True)
_WEIGHT = Decimal(0, 10**9, above=True)
_PLACE = Whole(1, 10_000)
_SHARED = (Field("says", Text(), "The alternative in words."), Field("weight", _WEIGHT, "How much it counts beside the others."))


@dataclass(frozen=True)
class _Otherwise:
    """An alternative as it is written: what a rule or a viewpoint is stands beside the weight."""

    seen: str | None = None
    when: Formula | None = None
    this: Formula | None = None
    needs: Formula | None = None
    options: tuple[str, ...] | None = None
    says: str | None = None
    weight: Fraction | None = None


def _as_rule(alternative: Alternative) -> _Otherwise:
    """An alternative that is a rule, as it is written."""
    names = [f.name for f in fields(_Otherwise) if f.name not in ("seen", "says", "weight")]
    return _Otherwise(**{name: getattr(alternative.what, name, None) for name in names}, says=alternative.says, weight=alternative.weight)


def _makes(rule: type) -> Callable[..., Alternative]:
    """What makes an alternative of the attributes of a rule."""

    def make(weight: Fraction | None = None, says: str | None = None, **more: Any) -> Alternative:
        return Alternative(rule(**more), weight, says)

    return make


def _otherwise(*leading: Field, fits: Any, short: bool = True) -> Record:
    """Another condition, direction, comparison or viewpoint in the place of the one that is written."""
    key = leading[0].key if short else None
    return Record("an alternative", (*leading, *_SHARED), make=Alternative, short=key, fits=lambda one: isinstance(one.what, fits))


def _rule(rule: type, *leading: Field) -> Record:
    """Another rule in the place of the one that is written."""
    return Record("an alternative", (*leading, *_SHARED), make=_makes(rule), view=_as_rule, fits=lambda one: isinstance(one.what, rule))


def _some(key: str, rule: type, about: str) -> Record:
    """Another rule over a list of options."""
    return _rule(rule, Field(key, _SOME_OPTIONS, about, required=True, attribute="options"))


def _what(key: str, shape: Shape, about: str) -> Field:
    """The leading key of an alternative."""
    return Field(key, shape, about, required=True, attribute="what")


_LEFT_OUT = Record(
    "an alternative",
    (_what("left out", Word((("yes", LeftOut()),)), "Without it."), *_SHARED),
    make=Alternative,
    fits=lambda one: isinstance(one.what, LeftOut),
    bare=True,
)

OTHER_STATEMENT = OneOf(
    "an alternative", (_LEFT_OUT, _otherwise(_what("when", Condition(), "The condition that is wanted instead."), fits=Formula))
)
"""What a statement may be instead."""

OTHER_RED_LINE = OneOf(
    "an alternative", (_LEFT_OUT, _otherwise(_what("never", Condition(), "The states that the party never accepts instead."), fits=Formula))
)
"""What a red line may be instead."""

OTHER_RULE = OneOf(
    "an alternative",
    (
        _LEFT_OUT,
        _rule(Infeasible, Field("infeasible", Condition(), "No state can meet this instead.", required=True, attribute="when")),
        _some("at most one", AtMostOne, "No two of these are taken."),
        _some("exactly one", ExactlyOne, "One of these is taken, and no two."),
        _some("at least one", AtLeastOne, "One or more of these are taken."),
        _rule(
            OnlyIf,
            Field("option", Condition(), "The option, or any condition, that depends.", required=True, attribute="this"),
            Field("only if", Condition(), "What it depends on.", required=True, attribute="needs"),
        ),
    ),
)
"""What a rule may be instead."""

_COMPARED = Word((("first", Decided("first")), ("second", Decided("second")), ("neither", Decided("neither"))))

OTHER_RELATION = _otherwise(_what("preferred", _COMPARED, "Which states of the statement about pairs are preferred."), fits=Decided)
"""What a comparison that is not known may be."""

OTHER_DIRECTION = _otherwise(_what("direction", DIRECTION, "Which changes can be made instead."), fits=Direction)
"""Which changes of an option may be possible instead."""

OTHER_VIEWPOINT = Record(
    "an alternative",
    (Field("viewpoint", Key(Noun.VIEWPOINT), "The viewpoint that may be right.", required=True, attribute="seen"), *_SHARED),
    make=lambda seen, **more: Alternative(SeenFrom(seen), **more),
    view=lambda one: _Otherwise(seen=one.what.viewpoint, says=one.says, weight=one.weight),
    short="viewpoint",
)
"""Whose account may be right instead."""


@dataclass(frozen=True)
class _Open:
    """A guess as it is written."""

    of: str | None
    place: int | None
    places: tuple[int, ...]
    others: tuple[Alternative, ...]
    key: str
    as_written: Fraction | None = None
    says: str | None = None
    basis: Basis | None = None
    weighed: Basis | None = None


def _as_open(guess: Guess) -> _Open:
    """A guess, as it is written."""
    first, *others = guess.alternatives
    place = guess.places[0] if guess.places else None
    return _Open(guess.of, place, guess.places, tuple(others), guess.key, first.weight, guess.says, guess.basis, guess.weighed)


def _maker(kind: GuessKind, usual: tuple[Alternative, ...] = ()) -> Callable[..., Guess]:
    """What makes a guess of one kind of what it is written with; `usual` are the alternatives where none is written."""

    def make(
        key: str,
        of: str | None = None,
        place: int | None = None,
        places: tuple[int, ...] = (),
        others: tuple[Alternative, ...] = usual,
        as_written: Fraction | None = None,
        **more: Any,
    ) -> Guess:
        where = tuple(sorted(places)) if place is None else (place,)
        permuted = tuple(map(Alternative, orders(where))) if kind == "order" else others
        return Guess(key, kind, of, where, (Alternative(AsWritten(), as_written), *permuted), **more)

    return make


def _guess(kind: GuessKind, fields: tuple[Field, ...], others: Field | None, usual: tuple[Alternative, ...] = ()) -> Record:
    """A guess of one kind; without `others`, its alternatives follow from what it is about, and have no weights."""
    weights: tuple[Field, ...] = ()
    if others is not None:
        weights = (
            *((others,) if others not in fields else ()),
            Field("as written", _WEIGHT, "How much it counts that it is as written."),
            Field("weights basis", BASIS, "What the weights rest on.", attribute="weighed"),
        )
    common = (
        Field("says", Text(), "What is guessed, in words."),
        Field("basis", BASIS, "Why it is open."),
    )
    return Record("a guess", (*fields, *weights, *common), make=_maker(kind, usual), view=_as_open, fits=lambda one: one.kind == kind)


def _or(shape: Shape, required: bool = False) -> Field:
    """The alternatives of a guess."""
    return Field("or", ListOf(shape, lone=True, filled=True), "What it may be instead.", required=required, attribute="others")


_OF = Field("of", _PARTY, "The decision maker whose it is.", required=True)
_OUT = (Alternative(LeftOut()),)
_ANY = (Alternative(Decided("first")), Alternative(Decided("second")), Alternative(Decided("neither")))
_VIEWPOINTS = Field(
    "viewpoints", ListOf(OTHER_VIEWPOINT, lone=True, filled=True), "Whose account may be right instead.", required=True, attribute="others"
)


def _number(key: str, about: str) -> Field:
    """The number of what may be otherwise."""
    return Field(key, _PLACE, about, required=True, attribute="place")


GUESS = OneOf(
    "a guess",
    (
        _guess(
            "order",
            (
                Field(
                    "order",
                    ListOf(_PLACE, distinct=True, filled=True),
                    "The numbers, from 1, of the statements whose order is open.",
                    required=True,
                    attribute="places",
                ),
                _OF,
            ),
            None,
        ),
        _guess(
            "statement",
            (_number("statement", "The number, from 1, of the statement that may be otherwise."), _OF),
            _or(OTHER_STATEMENT),
            _OUT,
        ),
        _guess(
            "red line",
            (_number("red line", "The number, from 1, of the red line that may be otherwise."), _OF),
            _or(OTHER_RED_LINE),
            _OUT,
        ),
        _guess(
            "relation",
            (_number("relation", "The number, from 1, of a statement about pairs of which the comparison is unknown."), _OF),
            _or(OTHER_RELATION),
            _ANY,
        ),
        _guess(
            "rule",
            (_number("rule", "The number, from 1, of the rule that may be otherwise."),),
            _or(OTHER_RULE),
            _OUT,
        ),
        _guess(
            "direction",
            (Field("direction", _OPTION, "The option of which other changes may be possible.", required=True, attribute="of"),),
            _or(OTHER_DIRECTION, required=True),
        ),
        _guess("viewpoint", (_VIEWPOINTS,), _VIEWPOINTS),
    ),
    key="key",
)
"""A part of the conflict that is not certain."""

BRIEF = (*OTHER_STATEMENT.records, *OTHER_RULE.records, *OTHER_RED_LINE.records, OTHER_RELATION, OTHER_DIRECTION, OTHER_VIEWPOINT)
"""What is written on one line where it fits."""
