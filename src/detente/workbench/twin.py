"""What the page shows at an address, as one document: every page has its JSON at the same address.

The selection is read as the page reads it (web/selection.js), and each part of it is asked for as the page asks: what is answered at once
stands in the document, and what may take long is a job, begun by the first question about it.  What the page asks only when a button is
pressed stands in the address from then on, and is a job as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, Json

from detente.app.answers import ProblemsDocument
from detente.app.document_base import Document, Part
from detente.app.parts import diagnostic_part
from detente.errors import DetenteError
from detente.workbench.answering import answered
from detente.workbench.asked import Asked, Conflicts
from detente.workbench.changes import Changes
from detente.workbench.documents import FilesDocument, JobDocument
from detente.workbench.folder import Held
from detente.workbench.questions import VERB_OF, Questions
from detente.workbench.verbs import VERBS, State, Verb

USUAL = "SEQ"
"""The concept that is meant where none is named, if it is asked for at all."""
ROWS = 200
"""How many rows of the table of states are told."""
DRAWN = 300
"""Most states that are drawn in one picture, where no drawing is chosen."""
Word: TypeAlias = Annotated[str, Field(max_length=1_000)]
Begin: TypeAlias = Callable[[Verb, Asked], JobDocument]
Read: TypeAlias = Callable[[str, str], Held]


class Address(BaseModel):
    """What an address selects; what else it says is for the page alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    file: Word | None = None
    case: Word | None = None
    viewpoint: Word | None = None
    state: Word | None = None
    by: Word | None = None
    under: Word | None = None
    view: Word | None = None
    drawn: Literal["whole", "state", "condensed"] | None = None
    start: Annotated[Word | None, Field(alias="from")] = None
    to: Word | None = None
    may: Json[Annotated[list[Annotated[list[Word], Field(max_length=1_000)]], Field(max_length=1_000)]] | None = None
    first: Word | None = None
    second: Word | None = None
    of: Word | None = None
    bare: Word | None = None
    where: Annotated[str, Field(max_length=20_000)] | None = None
    order: Word | None = None
    reverse: Word | None = None
    tried: Json[Changes] = Field(default_factory=list)
    asked: Json[Questions] = Questions()


class PageSelection(Part):
    """What is selected: of a file or a case, the viewpoint, the state, the decision maker (`by`), the concept, the view, what is tried.

    `where` is the condition that the listed states meet, null where all are listed, `order` what they are put in order by, and `reverse`
    says that it is turned round.  `asked` is what was asked by pressing a button, by verb.
    """

    file: str | None = None
    case: str | None = None
    viewpoint: str | None = None
    state: int | str | None = None
    by: str | None = None
    under: str | None = None
    view: str | None = None
    to: int | str | None = None
    where: str | None = None
    order: str = "number"
    reverse: bool = False
    tried: list[dict[str, Any]] = Field(default_factory=list)
    asked: dict[str, dict[str, Any]] = Field(default_factory=dict)


class PageDocument(Document):
    """What the page shows at an address.

    `selection` is what the address selects, as it was understood; `documents` are those of the verbs that answer at once, by the name of
    the verb (or the document of problems, where one can't answer), and "files" where no conflict is open; `jobs` are those that may take
    long.  What the page asks only when a button is pressed (levers, all viewpoints at once, how sure it is, how it would go on) is among
    them where `asked` in the address says that it was asked, and "plan" is what `unlock` finds of a plan for a path; the report is not.
    """

    schema_: Literal["detente.page/1"] = Field(default="detente.page/1", serialization_alias="schema", validation_alias="schema")
    selection: PageSelection
    documents: dict[str, dict[str, Any]]
    jobs: dict[str, JobDocument]

    @property
    def is_over(self) -> bool:
        """Whether no job goes on."""
        return all(job.state not in ("waiting", "running") for job in self.jobs.values())


class Twin:
    """Makes the document of a page.

    Parameters
    ----------
    conflicts
        Reads conflicts.
    begin
        Begins a job, or finds the one that answers the same.
    read
        Gives what a file of the folder ("file") or a packaged case ("case") holds, by its name.

    Examples
    --------
    >>> from detente.cases import path
    >>> def begin(verb, asked):
    ...     return JobDocument(number=1, verb=verb.name, state="waiting", progress="", told=0, so_far=0, seconds=0, answer=None)
    >>> twin = Twin(Conflicts(), begin, lambda kind, name: Held(name, ""))
    >>> found = twin.page(Address(case="elmira", view="what-if"), path("elmira").read_text())
    >>> found.selection.state, found.selection.by, list(found.documents)
    (1, 'Local', ['check', 'viewpoints', 'states', 'standing', 'why', 'changing'])
    """

    def __init__(self, conflicts: Conflicts, begin: Begin, read: Read) -> None:
        self._conflicts, self._begin, self._read = conflicts, begin, read

    def page(self, address: Address, text: str) -> PageDocument:
        """What the page shows of a conflict.

        Parameters
        ----------
        address
            What is selected.
        text
            What the file that it names holds.

        Raises
        ------
        DetenteError
            The conflict can't be read: codes as of `Conflicts.seen`.
        """
        name = address.file or f"{address.case}.yaml"
        plain: dict[str, Any] = {"name": name, "text": text}
        asked = {**plain, "viewpoint": address.viewpoint, "changes": [] if address.bare == "yes" else address.tried}
        self._conflicts.seen(Asked(**plain))
        self._conflicts.seen(Asked(**asked))
        found = {verb: self._at_once(verb, plain) for verb in ("check", "viewpoints")}
        query = _query(address)
        found["states"] = states = self._rows({**asked, **query}, address.state)
        if "rows" not in states:  # a condition or an order that there is none of: all else is as without it
            states = self._rows(asked, address.state)
        keys = [concept["key"] for concept in states.get("concepts", ())]
        under = next((key for key in (address.under, USUAL, *keys[:1]) if key in keys), USUAL)
        start = states.get("conflict", {}).get("status_quo")
        state, by = start if address.state is None else _state(address.state), address.by
        if state is not None:
            found["standing"] = standing = self._at_once("standing", {**asked, "state": state})
            if "standing" in standing:
                state = standing["standing"]["state"]["id"]
                by = _party(standing, address.by, under)
                found["why"] = self._at_once("why", {**asked, "state": state, "by": by, "under": under})
        jobs = {} if states.get("total") is None else {"analysis": self._job("analysis", asked)}
        for verb, more in _shown(address, states, state, under):
            if VERBS[verb].long:
                jobs[verb] = self._job(verb, {**asked, **more})
            else:
                found[verb] = self._at_once(verb, {**asked, **more})
        viewpoints = [one["key"] for one in found["viewpoints"].get("viewpoints", ())]
        for name, question in address.asked.of(address.view, Asked(**asked), under, _ends(address, start, state)):
            if name != "compare" or viewpoints:
                jobs[name] = self._begin(VERBS[VERB_OF.get(name, name)], question)
        if address.view == "compare":
            found |= self._compared(address, Asked(**asked), viewpoints)
        selection = PageSelection(
            file=address.file,
            case=address.case,
            viewpoint=address.viewpoint,
            state=state,
            by=by,
            under=under,
            view=address.view or "moves",
            to=None if address.to is None else _state(address.to),
            **query,
            tried=[change.model_dump(mode="json") for change in address.tried],
            asked=address.asked.data(),
        )
        return PageDocument(selection=selection, documents=found, jobs=jobs)

    def _at_once(self, verb: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        return _told(lambda: answered(VERBS[verb], VERBS[verb].asks(**asked), self._conflicts))

    def _rows(self, asked: Mapping[str, Any], state: str | None) -> dict[str, Any]:
        """The rows that the page shows first: those with the selected state, or the status quo; the very first where it is no state."""
        near = {"find": "status quo" if state is None else _state(state), "paged": True}
        found = self._at_once("states", {**asked, "limit": ROWS, **near})
        return found if "rows" in found else self._at_once("states", {**asked, "limit": ROWS})

    def _compared(self, address: Address, shown: Asked, viewpoints: Sequence[str]) -> dict[str, dict[str, Any]]:
        """In what the two differ that the page compares; nothing where there is but one."""
        from detente.workbench.differing import AskDifference, differing, side, usual_sides  # which loads what is asked of both

        first, second = usual_sides(shown, viewpoints, address.first, address.second)
        if second is None:
            return {}

        def compare() -> Document:
            one, other = (side(name, shown, self._read) for name in (first, second))
            return differing(AskDifference(first=one, second=other), self._conflicts)

        return {"difference": _told(compare)}

    def _job(self, verb: str, asked: Mapping[str, Any]) -> JobDocument:
        return self._begin(VERBS[verb], VERBS[verb].asks(**asked))


def _told(answer: Callable[[], Document]) -> dict[str, Any]:
    """An answer, or the problems that keep it from being given."""
    try:
        return answer().data()
    except DetenteError as problem:
        return ProblemsDocument(diagnostics=tuple(map(diagnostic_part, problem.diagnostics))).data()


def of_files(files: FilesDocument) -> PageDocument:
    """What the page shows where no conflict is open: the files that there are.

    >>> of_files(FilesDocument(folder="open", files=(), total=0, whole=True, cases=())).documents["files"]["folder"]
    'open'
    """
    return PageDocument(selection=PageSelection(), documents={"files": files.data()}, jobs={})


def _query(address: Address) -> dict[str, Any]:
    """Which states are listed, in which order."""
    return {"where": address.where or None, "order": address.order or "number", "reverse": address.reverse == "yes"}


def _state(said: str) -> int | str:
    """A state as an address names it."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else said


def _party(standing: Mapping[str, Any], by: str | None, under: str) -> str:
    """The decision maker asked about: who is named, or else the first who would leave, or the first."""
    keys: list[str] = [party["key"] for party in standing["decision_makers"]]
    verdicts = standing["standing"]["verdicts"].get(under, {})
    return by if by in keys else next((key for key in keys if verdicts.get(key) is False), keys[0])


def _ends(address: Address, start: State | None, state: State | None) -> tuple[State, State] | None:
    """Where the path begins that the page shows, and where it leads to; None where one of the two is not said."""
    begins = start if address.start is None else _state(address.start)
    ends = (state if state != start else None) if address.to is None else _state(address.to)
    return None if begins is None or ends is None else (begins, ends)


def _shown(address: Address, states: Mapping[str, Any], state: int | str | None, under: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the view asks: verbs, and what each is asked beside the conflict."""
    is_listed, start = states.get("total") is not None, states.get("conflict", {}).get("status_quo")
    few = is_listed and int(states["conflict"]["feasible"]) <= DRAWN
    match address.view or "moves":
        case "moves" if state is not None:
            offered = {"state": True, "whole": few, "condensed": is_listed}
            usual = "whole" if few else "state"
            drawn = address.drawn if address.drawn and offered[address.drawn] else usual
            yield "moves", {"state": state, "under": under, "drawn": "none" if drawn == "condensed" else drawn}
            if drawn == "condensed":
                yield "condensed", {"under": under}
        case "diagnosis" if state is not None:
            yield "diagnosis", {"under": under, **({"start": state} if start is None or address.of == "state" else {})}
        case "what-if":
            yield "changing", {"changes": address.tried}  # also where they are left out of all else
        case "path":
            ends = _ends(address, start, state)
            if ends is not None:
                yield "path", {"states": list(ends), **({"by": address.may} if address.may else {})}
        case "sure":
            yield "guesses", {}
