"""The document of `unlock`: goals, and for each the levers that were found, kind by kind."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.app.answers import ElementPart
from detente.app.as_changes import TryPart
from detente.app.documents import ConflictPart, DecisionMakerPart, Document, ParagraphPart, Part, SentencePart, StatePart, Whole

WantName = Literal["hold", "break", "reach", "only"]


class StepPart(Part):
    """A move from one state to another; several who make it (`by`) make it at once."""

    by: tuple[str, ...]
    start: Whole
    to: Whole


class LeverPart(Part):
    """One lever: its cost in the unit of its kind, whose preference, moves or rules it changes (`by`), the state that it leads to.

    `smallest` says that no lever of this kind costs less, which is proven.  The first paragraph is the lever in one sentence.  `tries` is
    what the workbench can try of it: one of them does what it says; `way` the moves that lead from the start to where it leads, and `goes`
    the same changes with where they lead as the status quo.  The way is empty, and `goes` null, where no way was asked for, where several
    would leave the start, and where the states are other ones after the changes.  `checked` says that a checker that searches nothing
    accepted what the lever rests on.
    """

    kind: str
    cost: int
    counted: str
    by: tuple[str, ...]
    target: Whole | None
    smallest: bool
    paragraphs: tuple[ParagraphPart, ...]
    tries: tuple[TryPart, ...] = ()
    way: tuple[StepPart, ...] = ()
    goes: TryPart | None = None
    checked: bool


class SearchPart(Part):
    """What was found of one kind for one goal.

    `least` is a proven lower bound of the cost, null where it is proven that there is no lever of the kind; `proven` that the first lever
    is the smallest (or that there is none); `complete` that these are all minimal ones; `stopped` why the search ended before (or "");
    `says` the same in words, and `account` what else is to be said of the search.
    """

    kind: str
    levers: tuple[LeverPart, ...]
    count: int
    least: int | None
    proven: bool
    complete: bool
    stopped: str
    says: SentencePart
    account: tuple[ParagraphPart, ...] = ()


class GoalPart(Part):
    """Something to be had: that a state holds, that the start is left, or that one leads to the other.

    `target` is the wanted state where there is one, `condition` what wanted states meet where a condition was given, `states` how many
    there are; `holds` how many of them are equilibria already.  `headline` is what would do it, in the plainest terms that were found.
    `crosses` are the decision makers one of whose red lines the wanted state crosses; `unsought` are the kinds of levers that are looked
    for here only if they are named.  In a conflict too large to be listed `states` and `holds` are null for a condition, and `holds` where
    it was not settled.
    """

    want: WantName
    target: StatePart | None
    condition: str | None
    states: Whole | None
    holds: Whole | None
    called: SentencePart
    headline: SentencePart | None
    searches: tuple[SearchPart, ...]
    crosses: tuple[str, ...] = ()
    unsought: tuple[str, ...] = ()


class RedLineSetPart(Part):
    """A minimal set of red lines and rules (`elements`), and whose they are (`by`).

    `states` is how many states would be better for everybody without it, 0 for a set that leaves none; `tries` is what the workbench can
    try: to drop all of a set that gives something back.  The first paragraph is the set in one sentence.  In a conflict too large to be
    listed `states` is null where they were not counted.
    """

    elements: tuple[str, ...]
    by: tuple[str, ...]
    states: Whole | None
    paragraphs: tuple[ParagraphPart, ...]
    tries: tuple[TryPart, ...] = ()


class RedLinesPart(Part):
    """What red lines and rules do to the states that everybody prefers to the start, among those that meet a condition (null for all).

    `now` is how many such states there are (null: some that were not counted, or not settled); where there are none, `emptying` holds the
    minimal sets that, kept alone, leave none, and `restoring` those without which there are some; `rules` whether rules were looked at,
    `complete` whether these are all sets.
    """

    condition: str | None
    now: Whole | None
    rules: bool
    complete: bool
    says: SentencePart
    emptying: tuple[RedLineSetPart, ...]
    restoring: tuple[RedLineSetPart, ...]


class UnlockDocument(Document):
    """The answer of `unlock`: what would make the status quo give way, and what would make a wanted state hold and be reached.

    `stuck` says whether the start is an equilibrium under the profile; `kinds` which kinds of levers were looked for; `red_lines` whether
    changes of a preference across a red line were left out; `red_line_sets` what red lines leave better for everybody; `interrupted` that
    the search was broken off by whoever asked, so that goals or kinds may be missing.  In a conflict too large to be listed `stuck` is null
    where that was not settled in time.
    """

    schema_: Literal["detente.unlock/1"] = Field(default="detente.unlock/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    start: StatePart
    profile: dict[str, str]
    stuck: bool | None
    kinds: tuple[str, ...]
    red_lines: Literal["excluded", "counted"]
    answer: tuple[SentencePart, ...]
    goals: tuple[GoalPart, ...]
    red_line_sets: tuple[RedLinesPart, ...] = ()
    interrupted: bool
    evidence: tuple[ElementPart, ...]
    detente: str
