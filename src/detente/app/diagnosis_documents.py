"""The document of `diagnose`: is a state stuck, for whom, what everybody would prefer, and what kind of deadlock it is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.app.answers import ElementPart
from detente.app.documents import ConflictPart, DecisionMakerPart, Document, ParagraphPart, Part, StatePart, Whole


class VerdictPart(Part):
    """Whether a decision maker stays at the state under the behaviour asked for; `to` is where they leave to, null if they stay."""

    by: str
    under: str
    stays: bool
    to: Whole | None = None


class WaysPart(Part):
    """How states can be had from the start: each is counted once.

    `alone`: one move of one decision maker; `by_improvements`: several moves, each a gain for whoever makes it; `together`: with a move
    that is no gain when it is made, or by moving at once; `out_of_reach`: by no moves of any number, and by no joint move.
    """

    alone: int
    by_improvements: int
    together: int
    out_of_reach: int


class MembersPart(Part):
    """The members of a set that meet a condition and none of the conditions before it.

    `condition` can be asked about with `analyze --where`; every state that meets it is a member.  `hold` counts the members at which
    everybody stays, under the behaviour that was asked for.
    """

    condition: str
    taken: tuple[str, ...]
    not_taken: tuple[str, ...]
    count: int
    hold: int
    ways: WaysPart | None


class GroupPart(Part):
    """Decision makers who together can bring about states that no part of them can; `states` counts these."""

    members: tuple[str, ...]
    states: int


class GainsPart(Part):
    """A set of states that are better than the start: its size, its members by condition, how they can be had, how many of them hold.

    `states` is left out where there are too many; `by_condition` is empty where conditions would be many, and `taken` and `not_taken` then
    say what all have in common.  `ways` is null where the improvements from the start are too many to be followed.

    In a conflict too large to be listed `count` is null where they were not counted, and `hold` always is; `exists` says whether there is
    any (null: not settled), `examples` are some of them, the nearest first, and `nearest` in how many options these differ from the start
    at the least (null: not shown).  These three are left out elsewhere.
    """

    left_out = frozenset({"states", "exists", "examples", "nearest"})

    count: Whole | None
    hold: Whole | None
    states: tuple[Whole, ...] | None = None
    exists: bool | None = None
    examples: tuple[Whole, ...] | None = None
    nearest: int | None = None
    taken: tuple[str, ...]
    not_taken: tuple[str, ...]
    by_condition: tuple[MembersPart, ...]
    ways: WaysPart | None
    groups: tuple[GroupPart, ...] = ()


class TypePart(Part):
    """A type of deadlock that applies: what it asks, who and which states it is about, by which kinds of checked claims it is shown.

    In a conflict too large to be listed `count` is null where there may be more states than those that are given.
    """

    left_out = frozenset({"states"})

    key: str
    name: str
    asks: str
    primary: bool
    by: tuple[str, ...]
    count: Whole | None
    states: tuple[Whole, ...] | None = None
    shown_by: tuple[str, ...]


class NotExaminedPart(Part):
    """A type of deadlock that could not be examined, or not wholly, and why, in one word."""

    key: str
    name: str
    reason: str


class CountsOfGains(Part):
    """How many states are better than the start for everybody, and how many are worse for nobody and better for somebody."""

    better_for_all: int
    worse_for_none: int


class SwapPart(Part):
    """Two statements of a decision maker, by their places (1 is the most important), and what is better once one stands past the other."""

    by: str
    upper: int
    lower: int
    lowered: CountsOfGains
    raised: CountsOfGains
    decisive: bool


class PositionPart(Part):
    """What a decision maker demands; `state` is null where the rules exclude it."""

    by: str
    state: StatePart | None
    says: str | None = None


class DilemmaPart(Part):
    """One dilemma of drama theory: who faces it, with whom, and which states (`better`) are preferred to which (`than`)."""

    kind: Literal["cooperation", "trust", "deterrence", "inducement", "threat", "positioning"]
    by: str
    of: str
    better: tuple[Whole, ...]
    than: Whole


class DilemmasPart(Part):
    """The stated positions, the fallback, how everybody orders them (in levels, the most preferred first), and the dilemmas."""

    positions: tuple[PositionPart, ...]
    fallback: StatePart | None
    orders: dict[str, tuple[tuple[Whole, ...], ...]]
    found: tuple[DilemmaPart, ...]
    paragraphs: tuple[ParagraphPart, ...]


class DiagnosisDocument(Document):
    """The answer of `diagnose`: whether a state is stuck, for whom, and what kind of deadlock it is.

    `stable` says for each concept and decision maker whether they would stay; `verdicts` is about the behaviour that was asked for
    (`profile`).  `better_for_all` are the states that every decision maker prefers, `worse_for_none` the further ones that somebody prefers
    and that are worse for nobody.  `types` are all that apply, the primary one first.  `dilemmas` is null where no position is stated.
    The claims that were found were accepted by a checker, and the last of `paragraphs` tells what they show and what was only worked out;
    `checked` is false where what can be reached was too much to be checked a second time, and the paragraphs then say so.

    In a conflict too large to be listed `stuck` is null where that was not settled in time, verdicts that were not settled are left out,
    and `primary` is null where an earlier type was not settled.
    """

    schema_: Literal["detente.diagnosis/1"] = Field(default="detente.diagnosis/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    start: StatePart
    profile: dict[str, str]
    stuck: bool | None
    primary: str | None
    verdicts: tuple[VerdictPart, ...]
    stable: dict[str, dict[str, bool]]
    better_for_all: GainsPart
    worse_for_none: GainsPart
    types: tuple[TypePart, ...]
    not_examined: tuple[NotExaminedPart, ...]
    swaps: tuple[SwapPart, ...]
    dilemmas: DilemmasPart | None
    checked: bool
    paragraphs: tuple[ParagraphPart, ...]
    no_dilemmas: str | None = None
    evidence: tuple[ElementPart, ...]
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import paragraphs_html

        return paragraphs_html((*self.paragraphs, *(self.dilemmas.paragraphs if self.dilemmas else ())))
