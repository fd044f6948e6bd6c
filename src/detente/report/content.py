"""What a report holds, as plain values: everything is worked out before the template is filled.

The template decides how things look and nothing else; `detente.report.build` fills these values from the documents of an analysis.
Sentences about stability come from checked certificates (`detente.explain`) and are carried here word for word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from detente.report.diagnosis_content import DiagnosisView
from detente.report.palette import Party

if TYPE_CHECKING:
    from detente.report.accounts import AccountView
    from detente.report.fronts_view import FrontsView
    from detente.report.levers_view import AnsweredView, ComparedView, LeversView
    from detente.report.sweep_view import SweepView
    from detente.report.viewpoints_view import ViewpointView


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the numbers of the evidence that it rests on."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences that belong together: those that lead, then a complete list, of which `more` is shown on demand.

    `left_out` counts the items that are not on the page; `same_as` names the concept under which the same list has just been given.
    """

    lead: tuple[Said, ...]
    items: tuple[Said, ...] = ()
    more: tuple[Said, ...] = ()
    left_out: int = 0
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage: in which source (key, and place in the list from 1), where, who asserts it, a quotation if there is one."""

    source: str
    place: int
    at: str
    by: str | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What an element rests on.

    Parameters
    ----------
    kind
        "reported", "inferred", "assumed", or "no basis".
    passages, why
        The citations, and the reasoning or remark.
    hostile
        Name of the party if, as far as it rests on citations, only adversaries of that party assert it.
    single
        Whether all its citations are of one source.
    """

    kind: str
    passages: tuple[Passage, ...] = ()
    why: str | None = None
    hostile: str | None = None
    single: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the conflict as the report names it: what it is, what it says, and what it rests on."""

    path: str
    label: str
    text: str
    formula: str | None
    ground: Ground


@dataclass(frozen=True, slots=True)
class Note:
    """An entry in the list of evidence."""

    number: int
    element: Element


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option in the model: direction in words, owners other than the first."""

    key: str
    name: str
    direction: str
    description: str | None
    shared_with: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class PartyView:
    """A decision maker in the model, with options, ordered statements, red lines, and other forms of preference in words."""

    party: Party
    description: str | None
    ground: Ground
    options: tuple[OptionView, ...]
    statements: tuple[Element, ...]
    order: tuple[str, ...]
    order_ground: Ground | None
    red_lines: tuple[Element, ...]
    beside: tuple[Element, ...]
    unperceived: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one owner in the table of states; `party` is None for options without an owner."""

    party: Party | None
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A state under a concept: an equilibrium, or the letters of those who would leave; `known` is false where that is not known."""

    equilibrium: bool
    leavers: tuple[str, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class StateRow:
    """A row in the table of states: a letter for each option (Y, N, -), ranks and marks in the order of the columns."""

    id: int
    name: str | None
    status_quo: bool
    choice: str
    ranks: tuple[int, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class StatesTable:
    """The states that are shown, of how many, and whether these are all that the conflict has."""

    groups: tuple[Group, ...]
    parties: tuple[Party, ...]
    concepts: tuple[str, ...]
    rows: tuple[StateRow, ...]
    of: int
    all_states: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision maker under one concept at the status quo, None if not known; `to` is the state they leave for, if it is known."""

    stays: bool | None
    to: int | None = None


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A decision maker at the status quo: moves, how many are improvements, whether it crosses a red line of theirs, and the verdicts.

    `moves` is None where they were not counted.
    """

    party: Party
    moves: int | None
    improvements: int
    crossed: bool
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Tallied:
    """A kind of states, how many there are, and how many of them are equilibria under each concept; None where not known."""

    kind: str
    count: int | None
    equilibria: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The table of the status quo: a row for each decision maker, a column for each concept; then states that compare well with it.

    `nearest` is the number of such a state (of the kind `near_kind`) that the fewest changes of options lead to, and these changes.
    """

    state: int
    concepts: tuple[str, ...]
    rows: tuple[StandingRow, ...]
    held: tuple[bool | None, ...]
    tallies: tuple[Tallied, ...]
    near_kind: str
    nearest: tuple[int, tuple[str, ...]] | None


@dataclass(frozen=True, slots=True)
class Held:
    """The equilibria under one concept: how many (None: not known), which (some of them), and the options that are alike in all of them."""

    key: str
    name: str
    count: int | None
    listed: tuple[int, ...]
    taken: tuple[str, ...]
    not_taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """A large set of equilibria in sentences: which they are, the nearest of them, what each prefers most among them."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Mixed:
    """The equilibria of a profile in which each decision maker behaves by a concept of their own: how many, and which (some of them)."""

    profile: tuple[tuple[Party, str], ...]
    count: int
    listed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, what it is of, and how to read it.

    `moves` says the same in rows (from, mover, to, what it is); `legend` says what the numbers of states stand for.
    """

    svg: Markup
    heading: str
    caption: str
    moves: tuple[tuple[str, str, str, str], ...] = ()
    legend: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one state to another: sentences, and the strip if there is one."""

    heading: str
    blocks: tuple[Block, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a decision maker stays or leaves, under one concept."""

    concept: str
    stays: bool
    verdict: Said
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """All explanations for one decision maker at one state."""

    party: Party
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class ExplainedState:
    """All explanations for one state."""

    id: int
    heading: str
    anchor: str
    parties: tuple[Explained, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as the report lists it."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the sources lack: what, about whom, and what may hang on it."""

    what: str
    about: str | None
    matters: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many elements of the model rest on what."""

    elements: int
    reported: int
    inferred: int
    assumed: int
    without: int
    single: int
    hostile: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How large the model is, and what answered: counts, the engine with its reason, and what a second engine said.

    `states` is None where they were not counted; `listed` says whether states are listed; `not_known` what was not found, in sentences.
    """

    combinations: int
    states: int | None
    moves: int | None
    options: int
    concepts: int
    engine: str
    because: str
    cross_check: str | None
    listed: bool = True
    not_known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report, in the order in which it is read."""

    title: str
    question: str | None
    about: tuple[str, ...]
    viewpoint: str | None
    status_quo_infeasible: bool
    size: Size
    tally: Tally
    answer: tuple[Said, ...]
    story: tuple[Block, ...]
    diagnosis: DiagnosisView | None
    standing: Standing | None
    states: StatesTable
    held: tuple[Held, ...]
    described: tuple[Described, ...]
    mixed: Mixed | None
    ends: tuple[Said, ...]
    hangs: Said | None
    levers: LeversView | None
    questions: tuple[AnsweredView, ...]
    compared: tuple[ComparedView, ...]
    fronts: FrontsView | None
    accounts: tuple[AccountView, ...]
    sweep: SweepView | None
    preferred: Figure | None
    drawing: Figure | None
    leading: Figure | None
    strip_key: str
    paths: tuple[Path, ...]
    explained: tuple[ExplainedState, ...]
    notes: tuple[Note, ...]
    gaps: tuple[Gap, ...]
    remarks: tuple[str, ...]
    sources: tuple[SourceView, ...]
    parties: tuple[PartyView, ...]
    viewpoints: tuple[ViewpointView, ...]
    unowned: tuple[OptionView, ...]
    rules: tuple[Element, ...]
    bans: tuple[Element, ...]
    named: tuple[tuple[int | None, str, tuple[str, ...]], ...]
    status_quo: tuple[int | None, tuple[str, ...]] | None
    glossary: tuple[tuple[str, str], ...]
    file: str
    digest: str
    version: str
    command: str
    tried: tuple[str, ...] = ()
