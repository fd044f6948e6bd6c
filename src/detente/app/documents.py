"""Documents: what the verbs answer, as values with a JSON form.

A document holds numbers of states, keys and sentences, nothing that needs the program to be read.  `json_text()` gives the same bytes for
the same question: no times, no paths of a machine besides the name of the file as the user gave it.  Other programs may rely on the keys
of `AnalysisDocument` that `detente.analysis/1` names; further keys may be added.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.app.completions_documents import CasePart, CompletionsPart, HangingPart, SupposedPart
from detente.app.document_base import Document, Part, SentencePart, Whole
from detente.app.many_documents import ConditionsPart, LinePart, TablePart

__all__ = [
    "CasePart",
    "CompletionsPart",
    "ConditionsPart",
    "Document",
    "HangingPart",
    "LinePart",
    "Part",
    "SentencePart",
    "SupposedPart",
    "TablePart",
    "Whole",
]

SeverityName = Literal["error", "warning", "note"]
DirectionName = Literal["both", "only_on", "only_off"]
Why = Literal["status quo", "named", "equilibrium", "state"]


# -- parts that several documents share --------------------------------------------------------------------------------
class ConflictPart(Part):
    """Which conflict an answer is about.  `digest` identifies all that it says; `file` is the name as it was given.

    `feasible` is null where there are too many combinations to be listed and no engine has counted the states.  `numbering` is there only
    for conflicts too large to be listed: a state's number is then its place among all combinations, feasible or not; elsewhere it is its
    place among all states.  `seen_from` is there only where the conflict is seen from a viewpoint: the key of it.
    """

    left_out = frozenset({"numbering", "seen_from"})

    title: str
    digest: str
    combinations: Whole
    feasible: Whole | None
    status_quo: Whole | None
    status_quo_infeasible: bool = False
    numbering: Literal["combinations"] | None = None
    moves: Whole | None = None
    file: str | None = None
    question: str | None = None
    about: str | None = None
    viewpoint: str | None = None
    seen_from: str | None = None


class DecisionMakerPart(Part):
    """A decision maker; `letters` is the shortest beginning of the key that no other key has, `ranks` how many ranks they tell apart."""

    key: str
    name: str
    letters: str
    description: str | None = None
    red_lines: int = 0
    ranks: int | None = None


class OptionPart(Part):
    """An option; `owner` is the first of its `owners`, null where nobody owns it."""

    key: str
    name: str
    owner: str | None
    direction: DirectionName
    owners: tuple[str, ...]
    description: str | None = None


class StatePart(Part):
    """A state: its number, a letter for each option, its name if it has one, its rank for each decision maker (1 = most preferred).

    Ranks are left out where there are too many states to be listed.
    """

    left_out = frozenset({"name"})

    id: Whole
    choice: str
    rank: dict[str, int]
    name: str | None = None


class DiagnosticPart(Part):
    """A problem or a remark, with its code; lines and columns count from 1."""

    code: str
    severity: SeverityName
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    length: int | None = None
    value: str | None = None
    help: str | None = None
    element: str | None = None


class ParagraphPart(Part):
    """Sentences that belong together: first those that lead, then a list of items.

    `role` is "verdict" for the first paragraph of an explanation, "part" for the others.  `more` is how many items the list has besides.
    """

    role: Literal["verdict", "part"]
    sentences: tuple[SentencePart, ...]
    items: tuple[SentencePart, ...] = ()
    more: int = 0


class HostilePart(Part):
    """An element that rests, as far as it rests on citations, on what the adversaries of the decision maker assert."""

    element: str
    party: str


class MissingPart(Part):
    """Something that the sources lack."""

    what: str
    about: str | None = None
    matters: str | None = None


class BasisCountsPart(Part):
    """How many elements there are, and how many of them are reported, inferred or assumed; the rest have no basis."""

    elements: int
    reported: int
    inferred: int
    assumed: int


class EvidencePart(Part):
    """What the elements of a conflict rest on: how many on what, over all and for each decision maker, and which deserve a second look."""

    elements: int
    reported: int
    inferred: int
    assumed: int
    by_party: dict[str, BasisCountsPart] = Field(default_factory=dict)
    without_basis: tuple[str, ...] = ()
    single_source: tuple[str, ...] = ()
    hostile: tuple[HostilePart, ...] = ()
    missing: tuple[MissingPart, ...] = ()


# -- the analysis ------------------------------------------------------------------------------------------------------
class ConceptPart(Part):
    """A solution concept that was asked for."""

    key: str
    name: str
    asks: str
    source: str


class CountsPart(Part):
    """How many equilibria and stable states there are, whether or not they are listed.

    What is not known is left out; `not_known` of the document says why.
    """

    equilibria: dict[str, Whole]
    stability: dict[str, dict[str, Whole]]
    any_equilibrium: Whole | None


class NotKnownPart(Part):
    """Something that was asked about and is not known: under which concept, for which decision maker (null for all), and why.

    `what` is "stable states" or "status quo"; `reason` is a clause: "not within 60 seconds"; `limit` says that a limit of time or memory
    was met, so that a greater one may help.
    """

    what: Literal["stable states", "status quo"]
    under: str
    by: str | None
    reason: str
    limit: bool


class EnginePart(Part):
    """What computed the answer and why it was chosen; the answer does not depend on it.

    `cross_check` is null if it was not asked for, "agrees" where at least two engines gave the same answer for every state, "agrees on a
    sample" where only some verdicts were compared, or says where engines differ; `compared` is how many verdicts were.
    """

    name: str
    because: str
    cross_check: tuple[str, ...] | Literal["agrees", "agrees on a sample"] | None = None
    compared: int | None = None


class MixedPart(Part):
    """Equilibria of a profile in which each decision maker behaves by a concept of their own."""

    left_out = frozenset({"equilibria"})

    profile: dict[str, str]
    count: Whole
    equilibria: tuple[Whole, ...] | None = None


class LeavesPart(Part):
    """A decision maker who would leave the status quo: under which concepts, and to which state by an improvement without answer.

    `to` is null where the cases are too many to be listed.
    """

    by: str
    to: Whole | None
    under: tuple[str, ...]


class StatusQuoPart(Part):
    """What becomes of the status quo: who stays (true) under which concept, and who would leave, to where.

    `improvements` lists, for each decision maker, the states that they would rather move to, the most preferred first; where they are
    too many to be listed, some of the most preferred, and `improvement_counts` tells how many there are.  `better_for_all` counts the
    states that every decision maker prefers to it, `worse_for_none` those that some prefer and that are worse for nobody (null: not
    counted), and `nearest` is one of the former (or, if there is none, of the latter) that the fewest changes of options lead to.
    A verdict that is not known is left out.  `some_better_for_all` and `some_worse_for_none` say whether there are such states at all
    (left out where the counts say so, or it is not known).
    """

    left_out = frozenset({"improvement_counts", "some_better_for_all", "some_worse_for_none"})

    state: StatePart
    equilibrium_under: tuple[str, ...]
    verdicts: dict[str, dict[str, bool]]
    moves: dict[str, Whole]
    improvements: dict[str, tuple[Whole, ...]]
    improvement_counts: dict[str, Whole] | None = None
    leaves: tuple[LeavesPart, ...]
    better_for_all: Whole | None
    worse_for_none: Whole | None
    some_better_for_all: bool | None = None
    some_worse_for_none: bool | None = None
    nearest: Whole | None
    better_for_all_and_equilibrium: dict[str, Whole]
    worse_for_none_and_equilibrium: dict[str, Whole]
    crosses_red_line_of: tuple[str, ...] = ()


class StuckPart(Part):
    """Whether the status quo is stuck under a behaviour (`profile`), which types of deadlock apply, and the same in a sentence.

    `primary` is the first of `types`, null where it is not stuck; `hangs` says on the order of which statements it hangs that anything is
    better for everybody, null where on none.  `detente diagnose` says more.
    """

    stuck: bool
    primary: str | None
    types: tuple[str, ...]
    profile: dict[str, str]
    sentences: tuple[SentencePart, ...]
    hangs: SentencePart | None = None


class ShownPart(StatePart):
    """A state worth showing: why, under which concepts it is an equilibrium, and who would leave it under the others."""

    why: tuple[Why, ...]
    equilibrium_under: tuple[str, ...]
    leavers: dict[str, tuple[str, ...]]


class CommonPart(Part):
    """What every equilibrium under one concept has in common, among the options that are not the same in all states."""

    count: Whole
    taken: tuple[str, ...]
    not_taken: tuple[str, ...]


class WherePart(Part):
    """A condition that was asked about, and how many states and equilibria meet it."""

    formula: str
    states: Whole | None
    equilibria: dict[str, Whole]


class NearestPart(Part):
    """The nearest members of a set to the status quo, besides itself: by how many options they differ, how many, and some of them.

    `by_distance` counts all members but the status quo by the number of options in which they differ from it.
    """

    distance: int
    count: Whole
    states: tuple[StatePart, ...]
    by_distance: dict[int, Whole]


class BestPart(Part):
    """The members of a set that somebody prefers most: how many are equally good, and some of them, the nearest to the status quo."""

    count: Whole
    states: tuple[StatePart, ...]


class DescribedPart(Part):
    """A large set of equilibria, as a person can read it: `under` gives the concepts of which it is the set.

    All members have what is `shared`; `whole` says that exactly the members have it.  Otherwise `lines` hold of members only, and `left`
    members belong to no line; null where the set of all states is not known, so that nothing is described.  `best` gives what each decision
    maker prefers most among them, `best_for_all` what everybody does; `undominated` those of the states given as nearest or best beside
    which no other of these is better for somebody and worse for nobody.  `first` and `drawn` are some members: the first by number, and
    some drawn at random with `seed`.  `said` is the same in sentences.
    """

    under: tuple[str, ...]
    count: Whole
    status_quo: bool | None
    whole: bool
    shared: ConditionsPart | None
    lines: tuple[LinePart, ...]
    left: Whole | None
    nearest: NearestPart | None
    best: dict[str, BestPart]
    best_for_all: BestPart | None
    undominated: tuple[Whole, ...]
    first: tuple[Whole, ...]
    drawn: tuple[Whole, ...]
    seed: int
    said: tuple[ParagraphPart, ...]


class AnalysisDocument(Document):
    """The answer of `analyze`: which states are stable, for whom, under which concept of behaviour.

    `states`, and any list of state numbers longer than the limit that was asked for, are left out; `counts` holds for all.  `ends` says
    what a quick look found that ends a standstill; empty where the status quo does not stand still, or the conflict is large.
    `described` describes sets of equilibria that have more members than a table shows.  `completions` is left out where every comparison
    is known.
    """

    left_out = frozenset({"states", "not_known", "table", "completions"})

    schema_: Literal["detente.analysis/1"] = Field(default="detente.analysis/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    options: tuple[OptionPart, ...]
    states: tuple[StatePart, ...] | None = None
    stability: dict[str, dict[str, tuple[Whole, ...]]]
    equilibria: dict[str, tuple[Whole, ...]]
    counts: CountsPart
    not_known: tuple[NotKnownPart, ...] | None = None
    engine: EnginePart
    detente: str
    concepts: tuple[ConceptPart, ...]
    mixed: MixedPart | None = None
    where: WherePart | None = None
    status_quo: StatusQuoPart | None = None
    diagnosis: StuckPart | None = None
    answer: tuple[SentencePart, ...] = ()
    story: tuple[ParagraphPart, ...] = ()
    ends: tuple[SentencePart, ...] = ()
    shown: tuple[ShownPart, ...] = ()
    shown_of: Whole = 0
    common: dict[str, CommonPart] = Field(default_factory=dict)
    described: tuple[DescribedPart, ...] = ()
    completions: CompletionsPart | None = None
    evidence: EvidencePart
    warnings: tuple[DiagnosticPart, ...] = ()
    table: TablePart | None = None

    def _repr_html_(self) -> str:
        from detente.app.notebook import analysis_html

        return analysis_html(self)
