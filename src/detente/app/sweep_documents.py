"""The parts of the answer of `sweep`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.app.answers import ElementPart
from detente.app.document_base import Document, Part, Whole
from detente.app.documents import ConflictPart, ParagraphPart

Answer = bool | int | str | tuple[tuple[str, ...], ...] | None
"""The value of a conclusion: yes or no, a type of deadlock, the number of a lever, sets of red lines; null where it does not apply."""


class AlternativePart(Part):
    """One way in which a guess may come out, in words, and its weight where a source gives one; the first is as written."""

    words: str
    weight: float | None


class GuessPart(Part):
    """A guess: what is open, and how it may come out.

    `of` is the decision maker or the option that it is about (null: the conflict as a whole), `elements` the paths of what it is about.
    `idle` is true if it matters to none of the conclusions that were counted over all completions, null where none was, or
    where that was not settled.
    """

    key: str
    kind: Literal["order", "statement", "red line", "relation", "rule", "direction", "viewpoint"]
    of: str | None
    elements: tuple[str, ...]
    label: str
    question: str
    alternatives: tuple[AlternativePart, ...]
    idle: bool | None


class ValuePart(Part):
    """A value of a conclusion: in how many completions it holds, and in which share.

    `completions` counts each completion once; of those that were drawn where the conclusion was not counted over all.  `share` goes by
    weights where the file gives any.  `low` and `high` are the ends of the range for the share over all of them, null where it is exact.
    """

    value: Answer
    words: str
    completions: Whole
    share: float
    low: float | None
    high: float | None


class HangingPart(Part):
    """On which guesses the value as written hangs.

    `breaking` are the smallest sets of guesses that can change it with all others as written, `sufficient` the smallest that keep it, as
    written, however the others come out.  Where `complete` is false only sets of at most `up_to` guesses were all looked at, and a set that
    keeps it has at least `least`.
    """

    breaking: tuple[tuple[str, ...], ...]
    sufficient: tuple[tuple[str, ...], ...]
    least: int
    complete: bool
    up_to: int


class MovingPart(Part):
    """The share of the value as written when a guess comes out as each of its alternatives (null: none was drawn)."""

    guess: str
    shares: tuple[float | None, ...]


class WorthPart(Part):
    """What it would tell to know how one or two guesses come out, for one conclusion or summed over several.

    `before` is how often the commonest answer is right, `after` how often if this is known; `settled` how often the conclusion is then
    certain; `bits` the uncertainty that it takes away.  Each completion counts the same, or by its weight where the file gives any.
    """

    guesses: tuple[str, ...]
    before: float
    after: float
    settled: float
    bits: float


class SweptPart(Part):
    """A conclusion over all completions.

    `kind` is "holds", "stays", "gain", "kept gain", "type", "red lines", "onward", "concluded", "lever" or "cheapest"; `under` a concept,
    `by` a decision maker, `where` a condition, `state` the name of a state (null: the status quo), `conclusion` the number of a conclusion
    of the sources, `levers` the levers that it is about; the value of "cheapest" is the number (from 1) of the first of these that works,
    "" where none does, "-" where the status quo does not hold.  `written` is the value in the conflict as it is written.  `exact` says
    whether it was counted over all completions, `covered` how many completions were looked at, `cases` into how many cases they fall,
    `reason` the code of what kept it from being counted, `unseen` the greatest share that a value that was not drawn may have.  `same` is
    true only where it was counted, and is the same in all.  `checked`: a separate checker accepted the count, case by case.
    """

    kind: str
    under: str | None
    by: str | None
    where: str | None
    state: str | None
    conclusion: int | None
    levers: tuple[str, ...]
    label: str
    question: str
    written: Answer
    same: bool
    exact: bool
    covered: Whole
    cases: int | None
    reason: str | None
    unseen: float | None
    values: tuple[ValuePart, ...]
    hangs: HangingPart | None
    idle: tuple[str, ...]
    moved_by: tuple[MovingPart, ...]
    worth: tuple[WorthPart, ...]
    checked: bool


class ChangedPart(Part):
    """A conclusion (its place in `conclusions`, from 0) that is not the same in all completions any more, and its values."""

    conclusion: int
    values: tuple[ValuePart, ...]
    exact: bool


class WithoutPart(Part):
    """What becomes of the conclusions without a voice: what rests on it alone is open, everything else is as written.

    `kind` is "source", "asserter", "side" (all who speak for a decision maker) or "adversaries" (what is said of a decision maker by their
    adversaries), `rests` the elements that only it supports, `opened` those of them that are open, `not_opened` those that can't be.
    `reason` is the code of what kept it from being looked at.
    """

    kind: Literal["source", "asserter", "side", "adversaries"]
    key: str
    label: str
    rests: tuple[str, ...]
    opened: tuple[str, ...]
    not_opened: tuple[str, ...]
    completions: Whole
    changed: tuple[ChangedPart, ...]
    drawn: bool
    reason: str | None


class GivenPart(Part):
    """After how many single edits a conclusion has a value."""

    value: Answer
    edits: int


class FlipPart(Part):
    """Edits that, made one after the other, give a conclusion another value: how many, and which, as a condition in words."""

    edits: int
    condition: str
    value: Answer


class PointPart(Part):
    """How many edits it takes to change a conclusion (its place in `conclusions`, from 0).

    `survives` is 2 if it survives every pair of edits, 1 if every single edit (and some pair changes it, or not all pairs were looked at),
    otherwise 0; `flips` are the nearest changes that were found, `gives` counts the single edits that give each value.
    """

    conclusion: int
    survives: int
    flips: tuple[FlipPart, ...]
    gives: tuple[GivenPart, ...]


class TippingPart(Part):
    """The nearest changes at which conclusions flip: how many single edits there are, how many pairs, and how many of these were tried.

    `pairs` is null where pairs were not looked at, because every conclusion is changed by some single edit.
    """

    edits: int
    pairs: int | None
    pairs_tried: int
    points: tuple[PointPart, ...]


class LeverPart(Part):
    """A lever that was found for the conflict as it is written: its kind, its cost in the unit of the kind, and who is concerned.

    `label` is in few words: where somebody would leave the status quo, only what is changed.  `conclusion` is the place in `conclusions`
    (from 0) of how often it works.
    """

    kind: str
    cost: int
    by: tuple[str, ...]
    words: str
    label: str
    conclusion: int


class LeversPart(Part):
    """The levers that were tried in all completions, of each kind at most `each`; there may be others.

    `most` are the places in `tried` (from 0) of those that work in most completions, all where several do; `settled` is false where that is
    so of the completions that were drawn alone.  `cheapest` are the places in `conclusions` (from 0) of which lever of a kind is the
    cheapest that works.  `reason` says why none was looked for: "left" where somebody leaves the status quo as it is written, or a code.
    """

    tried: tuple[LeverPart, ...]
    most: tuple[int, ...]
    settled: bool
    cheapest: tuple[int, ...]
    each: int
    reason: str | None


class RecheckedPart(Part):
    """How many completions were analysed from scratch, and how many answers compared."""

    completions: int
    compared: int


class SweepDocument(Document):
    """The answer of `sweep`: each conclusion over all ways in which the guesses of a conflict may come out.

    `completions` counts these ways.  `in_short` says in short in how many of them the status quo holds and something is better for
    everybody; null where neither was asked, or nothing is open.  `levers` is null where levers were not asked for.  `level` is the share of
    draws in which all ranges together are right, at least.  `worth` and `worth_pairs` sum over the conclusions, without those on levers,
    the most telling first.  A share is a share of completions of this model, and no likelihood.
    """

    schema_: Literal["detente.sweep/1"] = Field(default="detente.sweep/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    profile: dict[str, str]
    completions: Whole
    guesses: tuple[GuessPart, ...]
    conclusions: tuple[SweptPart, ...]
    worth: tuple[WorthPart, ...]
    worth_pairs: tuple[WorthPart, ...]
    without: tuple[WithoutPart, ...]
    tipping: TippingPart | None
    levers: LeversPart | None = None
    rechecked: RecheckedPart | None
    seed: int
    level: float
    weighed: bool
    in_short: str | None = None
    paragraphs: tuple[ParagraphPart, ...]
    evidence: tuple[ElementPart, ...]
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import paragraphs_html

        return paragraphs_html(self.paragraphs)
