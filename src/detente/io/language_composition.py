"""The language of composition files: local conflicts on several fronts and what makes one conflict of them."""

from __future__ import annotations

from typing import Any

from detente.io.language import RULE, VERSION
from detente.io.language_movers import MOVERS
from detente.model.composition import Common
from detente.model.shape import Field, Key, ListOf, Noun, Record, Table, Text, Whole
from detente.model.written import BASIS

MAX_FRONT_WEIGHT = 1_000_000
"""Greatest weight of a front."""

_BASIS = Field("basis", BASIS, "What this rests on.")
_SAYS = Field("says", Text(), "This in words, for explanations.")
_FRONT = Key(Noun.FRONT)


def _component(key: str, conflict: str, name: str | None = None, **more: Any) -> dict[str, Any]:
    """What is written of a front; its conflict is read from the file that is named."""
    return {"key": key, "file": conflict, "name": key if name is None else name, **more}


COMPONENT = Record(
    "a front",
    (
        Field("conflict", Text(), "The file of the local conflict, relative to this file, or the name of a packaged case.", required=True),
        Field("name", Text(), "In full, for reports; by default the key."),
        Field("prefix", Text(), "What is put before the key of each of its options in the whole."),
        Field(
            "decision makers",
            Table(Noun.DECISION_MAKER, Text()),
            "For a decision maker of the local conflict the key in the whole, where that is another.",
            attribute="renamed",
        ),
        _SAYS,
        _BASIS,
    ),
    make=_component,
    key="key",
)
"""A local conflict, on one front of the whole."""

COMMON = Record(
    "how somebody combines fronts",
    (
        Field("lexicographic", ListOf(_FRONT, distinct=True, filled=True), "Fronts, the most important first.", attribute="order"),
        Field("weighted", Table(Noun.FRONT, Whole(1, MAX_FRONT_WEIGHT), new=False), "A weight for each front.", attribute="weights"),
        _SAYS,
        _BASIS,
    ),
    make=Common,
    key="party",
)
"""How a decision maker who takes part on several fronts orders what happens on all of them."""

COMPOSITION = Record(
    "a composition file",
    (
        Field("detente", Whole(VERSION, VERSION), f"The version of this language: {VERSION}.", required=True),
        Field("title", Text(), "One line.", required=True),
        Field("question", Text(), "What is asked."),
        Field("about", Text(), "Background."),
        Field("viewpoint", Text(), "Whose account of the conflict this is."),
        Field("compose", Table(Noun.FRONT, COMPONENT, lone=True), "The local conflicts, one for each front.", required=True),
        Field(
            "common",
            Table(Noun.DECISION_MAKER, COMMON, new=False, lone=True),
            "How decision makers who take part on several fronts combine them.",
        ),
        Field(
            "same options",
            ListOf(Key(Noun.OPTION), distinct=True, lone=True),
            "Options that are one and the same on all fronts where they stand.",
            attribute="same",
        ),
        Field("links", ListOf(RULE), "What can't happen on several fronts together."),
        Field("movers", MOVERS, "How often each decision maker of the whole moves next, on any front."),
    ),
)
"""A whole composition file."""
