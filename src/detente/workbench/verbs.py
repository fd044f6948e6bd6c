"""What may be asked of a conflict, by name: the verbs of the command line, with what each takes.

A verb that may take long is asked as a job, so that it can be watched and given up; the others are answered at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from detente.app.documents import Document
from detente.app.opening import Opened
from detente.app.progress import Progress
from detente.workbench.asked import Asked, Seen
from detente.workbench.written import AskReport, reported

MOST_SECONDS = 3_600
"""Longest time that a request may give a verb."""
Word: TypeAlias = Annotated[str, Field(max_length=1_000)]
State: TypeAlias = Annotated[int, Field(ge=0)] | Word
Under: TypeAlias = Word | dict[Word, Word]
Seconds: TypeAlias = Annotated[float, Field(gt=0, le=MOST_SECONDS)]
Conditions: TypeAlias = Annotated[list[Annotated[str, Field(max_length=20_000)]], Field(max_length=100)]


class AskCheck(Asked):
    """What is wrong with a file, or worth knowing about it."""


class AskViewpoints(Asked):
    """The viewpoints that a file has."""


class AskAnalysis(Asked):
    """Which states hold under which concepts; `under` names the concepts."""

    under: Under | list[Word] | None = None


class AskWhy(Asked):
    """Why a decision maker (`by`) stays at a state, or leaves it, `under` a concept."""

    state: State
    by: Word
    under: Word


class AskDiagnosis(Asked):
    """Why the conflict is stuck, from `start` on."""

    under: Under | None = None
    start: State = "status quo"
    seconds: Seconds | None = None


class AskPath(Asked):
    """How one state can be reached from another; `by` names who may act, with coalitions also at once ("Local,MoE+Uniroyal", or lists)."""

    states: Annotated[list[State], Field(min_length=1, max_length=10)]
    by: Word | Annotated[list[Word | Annotated[list[Word], Field(max_length=1_000)]], Field(max_length=1_000)] | None = None
    seconds: Seconds | None = None


class Step(BaseModel):
    """A step: who takes it (`by`), alone or at once, and where it leads (`to`)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    by: Annotated[list[Word], Field(min_length=1, max_length=1_000)]
    to: State


class AskRoute(Asked):
    """What everybody makes of given `steps`, one after the other from `start` on."""

    start: State = "status quo"
    steps: Annotated[list[Step], Field(default_factory=list, max_length=100)]


class AskUnlock(Asked):
    """The smallest changes that would unstick it, or bring a target about; `seconds` is for each kind of lever and goal."""

    target: Word | list[Word] | None = None
    start: State = "status quo"
    under: Under | None = None
    want: Literal["hold", "break", "reach", "only"] | None = None
    kinds: Word | None = None
    red_lines: Literal["excluded", "counted"] = "excluded"
    edits: Annotated[int, Field(ge=1, le=4)] = 2
    seconds: Seconds = 30.0


class AskCompare(Asked):
    """What the viewpoints of a file agree on, and what hangs on one."""

    under: Under | None = None
    where: Annotated[Conditions, Field(default_factory=list)]
    seconds: Seconds = 20.0


class AskSweep(Asked):
    """In which share of completions each conclusion holds."""

    opening: Annotated[Word | None, Field(alias="open")] = None
    under: Under | None = None
    where: Annotated[Conditions, Field(default_factory=list)]
    levers: bool = True
    without: bool = False
    tipping: bool = False
    draws: Annotated[int, Field(ge=1, le=100_000)] = 10_000
    seed: Annotated[int, Field(ge=0, lt=1 << 63)] = 1
    seconds: Seconds = 60.0


class AskSure(AskSweep):
    """How sure the conclusions are: what a sweep finds, in tables and pictures."""


class AskGuesses(Asked):
    """What is open in a conflict, and what could be opened besides."""

    opening: Annotated[Word | None, Field(alias="open")] = None


class AskEvolution(Asked):
    """Where improvements lead, from `start` on; `movers` is how often each moves next, `to` asks whether it ever comes there."""

    start: State = "status quo"
    movers: Word | dict[Word, Word] | None = None
    choice: Word = "any"
    moves: Word = "improving"
    to: Annotated[Conditions, Field(default_factory=list)]
    rounds: Annotated[int, Field(ge=0, le=50)] = 4


class AskGoingOn(AskEvolution):
    """Where improvements lead, in tables and a picture."""


class AskStates(Asked):
    """States as rows of a table: those that meet `where`, in an `order`, so many (`limit`) from `offset` on.

    `find` looks for the place of a state; `paged` gives the page of rows with it, from a multiple of `limit` on, where it is one of them.
    """

    where: Annotated[str, Field(max_length=20_000)] | None = None
    order: Word = "number"
    reverse: bool = False
    offset: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=0, le=1_000)] = 100
    find: State | None = None
    paged: bool = False
    under: Under | list[Word] | None = None


class AskTable(Asked):
    """All states that meet `where`, or all, as a file of a table in a `format`."""

    format: Literal["csv", "parquet"] = "csv"
    where: Annotated[str, Field(max_length=20_000)] | None = None
    under: Under | list[Word] | None = None


class AskMoves(Asked):
    """Every move from and to a state, by party; the equilibria `under` a concept are marked in what is `drawn`."""

    state: State
    under: Word | None = "SEQ"
    drawn: Literal["whole", "state", "none"] = "whole"


class AskCondensed(Asked):
    """Where improvements lead, from all states, in groups that lead to the same ends; equilibria `under` a concept are counted."""

    under: Word | None = "SEQ"


class AskStanding(Asked):
    """What becomes of one state `under` each concept: who stays, and where the others would go."""

    state: State
    under: Under | list[Word] | None = None
    seconds: Seconds | None = None


class AskChanging(Asked):
    """What the changes make of the conclusions, against the same conflict without them; `under` names the concepts."""

    under: Under | list[Word] | None = None


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that may be asked.

    Parameters
    ----------
    name
        How it is called.
    asks
        What a request for it carries.
    answer
        Makes the document, from the conflict, what else the request carries, and whom to tell how far it is.
    long
        Whether it may take long, and is asked as a job.
    brief
        Whether such a job is mostly over in seconds: it then waits for no other that is not.
    first, later
        Whether its answer is what is looked at first, or can wait for that, where both are asked for at the same time.
    compares
        Whether it is also told of the conflict without the changes (`before`, as it was opened), and of these in words (`says`).
    partial
        Whether it is also told whom to tell what was found so far (`so_far`), as a document.

    Examples
    --------
    >>> VERBS["analysis"].asks.__name__, VERBS["sweep"].long
    ('AskAnalysis', True)
    """

    name: str
    asks: type[Asked]
    answer: Callable[[Opened, Mapping[str, Any], Progress], Document]
    long: bool = False
    brief: bool = False
    first: bool = False
    later: bool = False
    compares: bool = False
    partial: bool = False

    def documented(self, asked: Asked, opened: Opened, progress: Progress, **beside: Any) -> Document:
        """The answer to a request (`asked`) about a conflict (`opened`), told by `progress`; `beside` is what only some verbs take."""
        more = {key: value for key, value in asked if key not in Asked.model_fields}
        return self.answer(opened, more | beside, progress)


def _check(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.checking import check

    return check(opened)


def _viewpoints(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.workbench.documents import ViewpointPart, ViewpointsDocument

    found = opened.conflict.viewpoints
    return ViewpointsDocument(viewpoints=tuple(ViewpointPart(key=one.key, name=one.name, whose=one.whose) for one in found))


def _analysis(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.analyzing import analyze

    return analyze(opened, progress=progress, **more)


def _why(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.explaining import explain

    return explain(opened, progress=progress, **more)


def _diagnosis(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.diagnosing import diagnose

    return diagnose(opened, progress=progress, **more)


def _path(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.pathing import path

    return path(opened, *more["states"], by=more["by"], seconds=more["seconds"], progress=progress)


def _route(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.routing import route

    return route(opened, [(step.by, step.to) for step in more["steps"]], more["start"])


def _unlock(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.levers.base import Sought
    from detente.app.unlocking import unlock

    given = dict(more)
    how = {key: given.pop(key) for key in ("seconds", "red_lines", "edits")}
    return unlock(opened, sought=Sought(progress=progress, **how), **given)


def _compare(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.comparing import compare

    return compare(opened, progress=progress, **more)


def _sweep(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.sweeping import sweep

    given = dict(more)
    return sweep(opened, open=given.pop("opening"), progress=progress, **given)


def _evolution(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.evolving import evolve

    return evolve(opened, progress=progress, **more)


def _sure(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.workbench.sure import sure

    given = dict(more)
    so_far = given.pop("so_far", lambda _: None)
    return sure(opened, given | {"open": given.pop("opening")}, progress, so_far)


def _guesses(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.workbench.sure import guesses

    return guesses(opened, more["opening"])


def _going_on(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.workbench.sure import going_on

    return going_on(opened, more, progress)


def _states(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.tabling import states

    return states(opened, progress=progress, **more)


def _table(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.table_files import states_file

    return states_file(opened, progress=progress, **more)


def _moves(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.moving import moves

    return moves(opened, progress=progress, **more)


def _condensed(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.condensing import condensed

    return condensed(opened, progress=progress, **more)


def _standing(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.app.verdicts import standing

    return standing(opened, progress=progress, **more)


def _changing(opened: Opened, more: Mapping[str, Any], progress: Progress) -> Document:
    from detente.workbench.trying import tried

    return tried(more["before"], Seen(opened, more["says"]), more["under"], progress)


_ALL = (
    Verb("check", AskCheck, _check, later=True),
    Verb("viewpoints", AskViewpoints, _viewpoints),
    Verb("analysis", AskAnalysis, _analysis, long=True, brief=True),
    Verb("why", AskWhy, _why),
    Verb("diagnosis", AskDiagnosis, _diagnosis, long=True, brief=True),
    Verb("path", AskPath, _path, long=True, brief=True),
    Verb("evolution", AskEvolution, _evolution, long=True, brief=True),
    Verb("states", AskStates, _states, first=True),
    Verb("table", AskTable, _table),
    Verb("moves", AskMoves, _moves),
    Verb("condensed", AskCondensed, _condensed, long=True, brief=True),
    Verb("standing", AskStanding, _standing),
    Verb("changing", AskChanging, _changing, compares=True),
    Verb("route", AskRoute, _route),
    Verb("report", AskReport, reported, long=True, compares=True),
    Verb("unlock", AskUnlock, _unlock, long=True, partial=True),
    Verb("compare", AskCompare, _compare, long=True),
    Verb("sweep", AskSweep, _sweep, long=True),
    Verb("sure", AskSure, _sure, long=True, partial=True),
    Verb("guesses", AskGuesses, _guesses),
    Verb("going-on", AskGoingOn, _going_on, long=True, brief=True),
)
VERBS: Mapping[str, Verb] = {verb.name: verb for verb in _ALL}
"""All of them, by name."""
