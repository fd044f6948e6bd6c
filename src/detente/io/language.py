"""The language of conflict files: which keys stand where, and what they become.

This is the only place that says so (kinds of preference say it in their own modules); the reader, the writer and the JSON Schema
follow it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from detente.io.language_beliefs import ATTITUDES, DIRECTION, MISSING, PAIRS, RED_LINE, THRESHOLDS, VIEWPOINT
from detente.io.language_guesses import GUESS
from detente.io.language_movers import MOVERS
from detente.model.ban import Ban
from detente.model.conflict import Coalition
from detente.model.evidence import Asserter, Source
from detente.model.front import Front
from detente.model.measure import Measure, NewBan, NewOption, NewOwner, NewStatement, WithoutRedLine, WithoutRule
from detente.model.position import Fallback, StatedPosition
from detente.model.question import Conclusion, ConclusionKind, Question, QuestionKind
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf
from detente.model.shape import Condition, Field, Key, ListOf, Noun, OneOf, Record, Shape, State, Table, Text, Whole, Word
from detente.model.written import BASIS
from detente.preference.registry import all_fields

VERSION = 1
"""The version of the language."""

_PARTY, _OPTION = Key(Noun.DECISION_MAKER), Key(Noun.OPTION)
_PARTIES = ListOf(_PARTY, distinct=True, lone=True)
_SOME_OPTIONS = ListOf(_OPTION, distinct=True, filled=True)
_BASIS = Field("basis", BASIS, "What this rests on.")
_SAYS = Field("says", Text(), "This in words, for explanations.")


def _asserter(key: str, name: str | None = None, **more: tuple[str, ...]) -> Asserter:
    """An asserter, whose name is by default the key."""
    return Asserter(key, key if name is None else name, **more)


def _front(key: str, name: str | None = None, **more: Any) -> Front:
    """A front, whose name is by default the key."""
    return Front(key, key if name is None else name, **more)


SOURCE = Record(
    "a source",
    (
        Field("title", Text(), "As printed.", required=True),
        Field("date", Text(), 'As printed; "undated" if there is none.'),
        Field("author", Text(), 'As printed; "unsigned" if there is none.'),
        Field("kind", Text(), "In plain words: news article, interview, report."),
        Field("file", Text(), "Path of the text, relative to this file."),
        Field("sha256", Text(), "SHA-256 of the file's bytes, in hexadecimal."),
        Field("grade", Text(), "The analyst's grade of the source."),
        Field("note", Text(), "What a reader of the source should know."),
    ),
    make=Source,
    key="key",
)
"""A document that claims are taken from."""

ASSERTER = Record(
    "an asserter",
    (
        Field("name", Text(), "In words; by default the key."),
        Field("speaks for", _PARTIES, "Decision makers whom they speak for."),
        Field("adverse to", _PARTIES, "Decision makers whose adversaries they are."),
    ),
    make=_asserter,
    key="key",
)
"""Somebody who makes claims."""

_UNOWNED_FIELDS = (
    Field("name", Text(), "In words; by default the key."),
    Field("direction", DIRECTION, "Which changes can be made; both ways by default."),
    Field("description", Text(), "What taking the option means."),
    _BASIS,
)

OPTION = Record(
    "an option",
    (*_UNOWNED_FIELDS, Field("shared with", _PARTIES, "Other decision makers who can change it too.")),
    key="key",
)
"""Something that a decision maker can do or not do."""

UNOWNED_OPTION = Record("an option", _UNOWNED_FIELDS, key="key")
"""Something that no decision maker can change."""

SPARE = Record("a spare preference", all_fields())
"""A preference that is held but not used."""

PREFERENCE_FIELDS = all_fields()
"""What the preferences of decision makers are written with."""

DECISION_MAKER = Record(
    "a decision maker",
    (
        Field("name", Text(), "In full, for reports; by default the key."),
        Field("description", Text(), "Who this is."),
        _BASIS,
        Field("options", Table(Noun.OPTION, OPTION, root="options"), "What this decision maker can do or not do."),
        *PREFERENCE_FIELDS,
        Field("red lines", ListOf(RED_LINE), "What this decision maker never accepts."),
        PAIRS,
        THRESHOLDS,
        ATTITUDES,
        Field("unperceived", Condition(), "States that this decision maker does not perceive, and moves neither from nor to."),
        Field("spare preferences", ListOf(SPARE), "Preferences that are held but not used."),
    ),
    key="key",
)
"""Somebody who decides."""


def _list_rule(key: str, make: type, about: str) -> Record:
    """A rule over a list of options."""
    first = Field(key, _SOME_OPTIONS, about, required=True, attribute="options")
    return Record("a rule", (first, _SAYS, _BASIS), make=make, fits=lambda rule: isinstance(rule, make))


RULE = OneOf(
    "a rule",
    (
        Record(
            "a rule",
            (Field("infeasible", Condition(), "No state can meet this.", required=True, attribute="when"), _SAYS, _BASIS),
            make=Infeasible,
            fits=lambda rule: isinstance(rule, Infeasible),
        ),
        _list_rule("at most one", AtMostOne, "No two of these are taken."),
        _list_rule("exactly one", ExactlyOne, "One of these is taken, and no two."),
        _list_rule("at least one", AtLeastOne, "One or more of these are taken."),
        Record(
            "a rule",
            (
                Field("option", Condition(), "The option, or any condition, that depends.", required=True, attribute="this"),
                Field("only if", Condition(), "What it depends on.", required=True, attribute="needs"),
                _SAYS,
                _BASIS,
            ),
            make=OnlyIf,
            fits=lambda rule: isinstance(rule, OnlyIf),
        ),
        Record(
            "a rule",
            (
                Field("merged", Condition(), "All feasible combinations that meet this are one state.", required=True, attribute="when"),
                Field("name", Text(), "What that state is called."),
                _SAYS,
                _BASIS,
            ),
            make=Merged,
            fits=lambda rule: isinstance(rule, Merged),
        ),
    ),
)
"""What can't happen, and which combinations are one state."""

COALITION = Record(
    "a coalition",
    (
        Field("name", Text(), "What it is called."),
        Field("members", ListOf(_PARTY, distinct=True, filled=True), "Decision makers.", required=True),
        Field("joint", Word((("yes", True), ("no", False))), "Whether they can change options in one step together; no by default."),
    ),
    make=Coalition,
    short="members",
)
"""Decision makers who may act together."""

_DEMANDED = Field("state", State(bare=True), "The state: options taken, a pattern, a name or a number.", required=True, attribute="taken")

POSITION = Record("a position", (_DEMANDED, _SAYS, _BASIS), make=StatedPosition, short="state", key="party")
"""What a decision maker says that everybody should bring about."""

FRONT = Record(
    "a front",
    (
        Field("name", Text(), "In full, for reports; by default the key."),
        Field(
            "options", ListOf(_OPTION, distinct=True, lone=True), "Options that belong to it, besides those of its decision makers alone."
        ),
        Field("decision makers", _PARTIES, "Decision makers who belong to it."),
        _SAYS,
        _BASIS,
    ),
    make=_front,
    key="key",
)
"""A part of the conflict that can be left out."""

FALLBACK = Record("a fallback", (_DEMANDED, _SAYS, _BASIS), make=Fallback, short="state")
"""What is threatened if no position is accepted."""


def _question(key: QuestionKind, about: str, *more: Field) -> Record:
    """A question of one kind, whose leading key holds its words."""
    first = Field(key, Text(), about, required=True, attribute="asks")
    return Record("a question", (first, *more), make=partial(Question, key), fits=lambda question: question.kind == key)


QUESTION = OneOf(
    "a question",
    (
        _question("stuck", "In words: does the status quo hold, for whom, and what kind of deadlock is it?"),
        _question("better for all", "In words: is there a state that everybody prefers, and what stands between?"),
        _question(
            "ends only if",
            "In words: is there a way out that does not meet the condition?",
            Field("needs", Condition(), "The condition.", required=True, attribute="condition"),
        ),
        _question(
            "step",
            "In words: does a state hold, and what does it lead to?",
            Field("state", State(bare=True), "The state: options taken, a pattern, a name or a number.", required=True),
        ),
        _question("doubt", "In words: which answers change within what is not known?"),
    ),
)
"""What is asked of a conflict."""

_CONCLUDED = Field("says", Text(), "The conclusion in words.", required=True)


def _conclusion(key: ConclusionKind, shape: Shape, about: str, attribute: str, *more: Field) -> Record:
    """A conclusion of one kind."""
    first = Field(key, shape, about, required=True, attribute=attribute)
    return Record(
        "a conclusion", (first, *more, _CONCLUDED, _BASIS), make=partial(Conclusion, key), fits=lambda conclusion: conclusion.kind == key
    )


CONCLUSION = OneOf(
    "a conclusion",
    (
        _conclusion("stuck", Word((("yes", True), ("no", False))), "Whether it is concluded that the status quo holds.", "stuck"),
        _conclusion("ends only if", Condition(), "What every way out is concluded to meet.", "condition"),
        _conclusion(
            "turns on", ListOf(_PARTY, distinct=True, lone=True, filled=True), "Without whom nothing is concluded to move.", "parties"
        ),
        _conclusion(
            "where",
            Condition(),
            "Of which states something is concluded.",
            "condition",
            Field("then", Condition(), "What is concluded of those among them that hold.", required=True),
        ),
        _conclusion("outside", Text(), "What the model leaves out, so that it can't say.", "outside"),
    ),
)
"""What a source concludes, in a form that can be tested."""

_LEAVING = Field("leaving", Condition(), "What the state before such a move meets; by default any state does.")
_REACHING = Field("reaching", Condition(), "What the state after it meets; by default any state does.")
_PLACE = Field("place", Whole(1, 10_000), "The statement of that party, from 1, that it comes to stand directly before.", required=True)
_HOLDER = Field("party", _PARTY, "Who comes to hold the statement, or whose red line it is.", required=True)

BAN = Record(
    "a ban",
    (Field("by", _PARTY, "The decision maker whose moves are banned.", required=True), _LEAVING, _REACHING, _SAYS, _BASIS),
    make=Ban,
)
"""Moves that somebody keeps from happening."""

VALUED = Record(
    "a new statement",
    (Field("when", Condition(), "The condition that is wanted.", required=True), _HOLDER, _PLACE, _SAYS),
    make=NewStatement,
)
"""What a party comes to think of a new option."""

CHANGE = OneOf(
    "a change",
    (
        Record(
            "a change",
            (Field("ban", _PARTY, "The decision maker whose moves are banned.", required=True, attribute="by"), _LEAVING, _REACHING),
            make=NewBan,
            fits=lambda change: isinstance(change, NewBan),
        ),
        Record(
            "a change",
            (
                Field("new option", Text(), "The key of the new option.", required=True, attribute="key"),
                Field("owner", ListOf(_PARTY, distinct=True, lone=True, filled=True), "Whose it is.", required=True, attribute="owners"),
                Field("name", Text(), "In words; by default the key."),
                Field("direction", DIRECTION, "Which changes can be made; both ways by default."),
                Field("valued", ListOf(VALUED), "Statements about it that parties come to hold."),
            ),
            make=NewOption,
            fits=lambda change: isinstance(change, NewOption),
        ),
        Record(
            "a change",
            (
                Field("new owner", _PARTY, "Who comes to be able to change an option, alone.", required=True, attribute="owner"),
                Field("of", _OPTION, "The option.", required=True, attribute="option"),
            ),
            make=NewOwner,
            fits=lambda change: isinstance(change, NewOwner),
        ),
        Record(
            "a change",
            (Field("new statement", Condition(), "The condition that is wanted.", required=True, attribute="when"), _HOLDER, _PLACE, _SAYS),
            make=NewStatement,
            fits=lambda change: isinstance(change, NewStatement),
        ),
        Record(
            "a change",
            (
                Field("without red line", Whole(1, 10_000), "The number of a red line that is dropped.", required=True, attribute="place"),
                _HOLDER,
            ),
            make=WithoutRedLine,
            fits=lambda change: isinstance(change, WithoutRedLine),
        ),
        Record(
            "a change",
            (Field("without rule", Whole(1, 10_000), "The number of a rule that no longer holds.", required=True, attribute="place"),),
            make=WithoutRule,
            fits=lambda change: isinstance(change, WithoutRule),
        ),
    ),
)
"""What a measure changes."""

MEASURE = Record(
    "a measure",
    (
        Field("name", Text(), "What it is called.", required=True),
        Field("cost", Whole(1, 1_000_000), "What it costs, in a unit of your own; 1 by default."),
        Field("by", Text(), "Who provides it: a decision maker, or any words."),
        Field("changes", ListOf(CHANGE, lone=True, filled=True), "What it changes.", required=True),
        _SAYS,
        _BASIS,
    ),
    make=Measure,
)
"""Something that could be done; no part of the model until it is tried."""

CONFLICT = Record(
    "a conflict file",
    (
        Field("detente", Whole(VERSION, VERSION), f"The version of this language: {VERSION}.", required=True),
        Field("title", Text(), "One line.", required=True),
        Field("question", Text(), "What is asked."),
        Field("about", Text(), "Background."),
        Field("viewpoint", Text(), "Whose account of the conflict this is."),
        Field("sources", Table(Noun.SOURCE, SOURCE), "Documents that claims are taken from."),
        Field("asserters", Table(Noun.ASSERTER, ASSERTER), "Who makes the claims."),
        Field(
            "decision makers",
            Table(Noun.DECISION_MAKER, DECISION_MAKER),
            "Who decides, in the order in which they are shown.",
            required=True,
        ),
        Field("options without owner", Table(Noun.OPTION, UNOWNED_OPTION, root="options"), "What nobody in the conflict can change."),
        Field("rules", ListOf(RULE), "What can't happen, and which combinations are one state."),
        Field("status quo", State(bare=True), "How things stand: the options taken, a choice pattern or a state number."),
        Field("states", Table(Noun.NAMED_STATE, State(bare=True, named=False)), "States with names of their own."),
        Field("bans", ListOf(BAN), "Moves that somebody keeps from happening."),
        Field("measures", ListOf(MEASURE), "What could be done; none of it counts until it is tried."),
        Field("coalitions", ListOf(COALITION), "Decision makers who may act together."),
        Field("positions", Table(Noun.DECISION_MAKER, POSITION, new=False), "What decision makers demand: one state each."),
        Field("fallback", FALLBACK, "The state that is threatened if no position is accepted; by default the status quo."),
        Field("fronts", Table(Noun.FRONT, FRONT), "Parts of the conflict that can be left out, to see whether anything hangs on them."),
        Field("viewpoints", Table(Noun.VIEWPOINT, VIEWPOINT, lone=True), "The conflict as others have it; naming them changes nothing."),
        Field("uncertain", Table(Noun.GUESS, GUESS, lone=True), "What is not certain, with the alternatives; naming it changes nothing."),
        Field("movers", MOVERS, "How often each decision maker moves next; needed only to say how it would go on."),
        Field("missing", ListOf(MISSING), "What the sources lack."),
        Field("questions", ListOf(QUESTION), "What is asked of the conflict."),
        Field("conclusions", ListOf(CONCLUSION), "What the sources conclude, to be compared with what the model gives."),
    ),
)
"""A whole conflict file."""
