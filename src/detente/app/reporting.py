"""`report`: the analysis as one HTML file, with explanations and paths chosen so that a reader finds the reasons for what it says."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from detente import cases
from detente.analysis.deadlock.d8_misperception import has_viewpoints
from detente.analysis.sweep.draw import how_many
from detente.app import asking
from detente.app.analyzing import analyze
from detente.app.answering import answer
from detente.app.answers import WrittenDocument
from detente.app.checking import check
from detente.app.coalescing import coalitions
from detente.app.comparing import compare
from detente.app.deciding import ENGINES
from detente.app.diagnosing import diagnosed, document_of
from detente.app.diagnosis_documents import DiagnosisDocument
from detente.app.documents import AnalysisDocument, ParagraphPart
from detente.app.evolving import EQUAL, evolve
from detente.app.explaining import Explainer
from detente.app.files import write_text
from detente.app.fronting import fronts
from detente.app.hypergaming import hypergame
from detente.app.large_diagnosing import large_diagnosed, large_document_of
from detente.app.levers.base import Sought
from detente.app.opening import Opened, SeenFile, Source, opened
from detente.app.parts import Described
from detente.app.pathing import path_between
from detente.app.progress import Progress, silent
from detente.app.sweep_stored import stored_sweep
from detente.app.sweeping import sweep
from detente.app.unlocking import unlock
from detente.app.wanted import Wanted
from detente.concepts.registry import concept
from detente.errors import Cannot, LimitError, UsageError
from detente.report import html
from detente.report.accounts import Account
from detente.report.evolution_view import evolution_figure
from detente.report.palette import parties_of
from detente.space.states import StateSpace

EXPLAINED = 3
"""How many equilibria besides the status quo are explained."""
PATHS = 6
"""How many paths from the status quo are told."""
MOST_STATES = 50_000
"""Most feasible states for which a report looks for levers; `detente unlock` has no such limit."""
COALITION_PARTIES = 5
"""Most decision makers for whose coalitions a report has a section; `detente coalitions` looks at those of ten."""
LEVER_SECONDS = 30.0
"""How long each kind of lever is looked for, for each goal; seldom needed, so that a report does not depend on the machine."""
FRONT_SECONDS = 45.0
"""How long conclusions are compared from one set of fronts to the other, about, unless a time was asked for."""
VIEW_SECONDS = 120.0
"""How long viewpoints are compared, about, unless a time was asked for; seldom needed."""
SWEEP_SECONDS = 80.0
"""How long completions are counted, about, and then drawn, unless a time was asked for."""
MANY = 100_000
"""From so many completions on a report asks only the kinds of conclusions (`QUICK`) that take little time; `detente sweep` asks all."""
QUICK = ("holds", "stays", "gain", "cheapest")
_FIRST = ("SEQ", "SMR", "GMR", "Nash")

Under = str | Sequence[str] | Mapping[str, str] | None


def report(
    source: Source | Opened,
    path: str | os.PathLike[str] | None = None,
    *,
    under: Under = None,
    wanted: Wanted | None = None,
    rows: str | os.PathLike[str] | None = None,
    progress: Progress = silent,
) -> WrittenDocument:
    """Write the analysis of a conflict as one HTML file that needs nothing else.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    path
        The file to write, whose name ends in `.html` or `.htm`; it is replaced if it is there.  By default it has the conflict's name and
        stands in this folder.
    under
        Concepts of behaviour, as for `analyze`; all by default.
    wanted
        With which engine it is computed, and what that may take, as for `analyze`.
    rows
        A folder that `detente sweep --out` has written of this conflict: how sure its conclusions are is then counted over the rows in it.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed, or the file can't be written.
    UsageError
        U415 if the name does not end in `.html`; an unknown concept; U515 for rows of something else.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report("prisoners-dilemma", f"{folder}/report.html").bytes > 10_000
    True
    """
    found = opened(source)
    target = Path(path) if path is not None else Path(f"{stem(found)}.html")
    if target.suffix.lower() not in (".html", ".htm"):
        raise UsageError.of("U415", f'a report is not written into "{target}"', value=str(target), help="its name must end in .html")
    text = report_text(found, target.name, under=under, wanted=wanted, rows=rows, progress=progress)
    return WrittenDocument(file=str(target), bytes=write_text(target, text))


def report_text(
    source: Source | Opened,
    output: str = "report.html",
    *,
    under: Under = None,
    wanted: Wanted | None = None,
    rows: str | os.PathLike[str] | None = None,
    tried: Sequence[str] = (),
    progress: Progress = silent,
) -> str:
    """The text of the report; `output` is the file that the command shown in it writes, `tried` what was changed in the file, in words.

    >>> report_text("prisoners-dilemma").lower().startswith("<!doctype html>")
    True
    """
    found = opened(source)
    wanted = replace(wanted or Wanted(), lists=True)
    told = None if rows is None else _stored(found, under, rows, progress)  # first of all: the rows may be of something else
    analysis = analyze(found, under=under, wanted=wanted, progress=progress)
    checked = check(found)
    material = _Material(found, analysis, wanted)
    explanations = [part.data() for part in material.explanations(progress)]
    paths = [part.data() for part in material.paths()]
    data = analysis.data()
    levers = _levers(found, material, under, progress)
    answers = answer(found, under=levers["profile"], progress=progress).data() if levers is not None and _asks(found) else None
    diagnosis = material.diagnosis(progress)
    return html(
        found.conflict,
        analysis=data,
        check=checked.data(),
        explanations=explanations,
        paths=paths,
        story=data["story"],
        unlock=levers,
        answers=answers,
        diagnosis=diagnosis.data() if diagnosis else None,
        fronts=_fronts(found, under, wanted.seconds, progress),
        sweep=_swept(found, under, wanted.seconds, progress) if told is None else told,
        accounts=tuple(_accounts(found, material, under, progress)),
        file=_shown(found),
        command=_command(found, output, under, rows),
        tried=tried,
    )


def _fronts(found: Opened, under: Under, seconds: float | None, progress: Progress) -> dict[str, Any] | None:
    """What becomes of the diagnosis without fronts, where the conflict names any and has a status quo."""
    if not found.conflict.fronts or found.conflict.status_quo is None:
        return None
    profile = asking.usual_profile(asking.behaviour(under, found.conflict), found.conflict)
    return fronts(found, under=profile, seconds=seconds or FRONT_SECONDS, progress=progress).data()


def _stored(found: Opened, under: Under, rows: str | os.PathLike[str], progress: Progress) -> dict[str, Any]:
    """How sure the conclusions are, by the rows in a folder."""
    profile = asking.usual_profile(asking.behaviour(under, found.conflict), found.conflict)
    return stored_sweep(found, rows, profile, progress).data()


def _swept(found: Opened, under: Under, seconds: float | None, progress: Progress) -> dict[str, Any] | None:
    """How sure the conclusions are, where the file says what is not certain, and the conflict has a status quo and is not too large."""
    space = StateSpace(found.conflict)
    if not found.conflict.guesses or space.status_quo is None or not space.is_listed:
        return None
    profile = asking.usual_profile(asking.behaviour(under, found.conflict), found.conflict)
    kinds = QUICK if how_many(found.conflict.guesses) > MANY else None
    return sweep(found, under=profile, seconds=seconds or SWEEP_SECONDS, without=True, kinds=kinds, progress=progress).data()


def _accounts(found: Opened, material: _Material, under: Under, progress: Progress) -> Iterator[Account]:
    """Further sections: how it would go on, coalitions, and the status quo as they see it where somebody acts on a viewpoint."""
    yield from _going_on(found, material, progress)
    yield from _compared(found, under, material.seconds, progress)
    space = material.described.space
    if (open_ := material.analysis.completions) is not None:
        first, *rest = open_.sentences
        now = () if open_.status_quo is None else (open_.status_quo,)
        verdict, part = ParagraphPart(role="verdict", sentences=(first,)), ParagraphPart(role="part", sentences=now, items=tuple(rest))
        yield Account("unknown", "What is not known of preferences", {"paragraphs": [verdict.data(), part.data()]})
    together = _together(found, material, progress)
    if together is not None:
        yield together
    if has_viewpoints(found.conflict) and space.status_quo is not None and space.is_listed:
        profile = asking.usual_profile(asking.behaviour(under, found.conflict), found.conflict)
        try:
            document = hypergame(found, under=profile, progress=progress)
        except (Cannot, LimitError):
            return
        yield Account("hypergame", "As each of them sees it", document.data())


def _going_on(found: Opened, material: _Material, progress: Progress) -> Iterator[Account]:
    """Where improvements would lead from the status quo, where there is one and the conflict is not too large."""
    space = material.described.space
    if space.status_quo is None or not space.is_listed or space.states.count > MOST_STATES:
        return
    try:
        document = _evolved(found, progress)
    except LimitError:
        return
    figure = evolution_figure(document, parties_of(found.conflict))
    yield Account("going-on", "How it would go on", document, () if figure is None else (figure,))


def _evolved(found: Opened, progress: Progress) -> dict[str, Any]:
    """How it goes on with the weights of the file, or with equal ones where these can't be used."""
    try:
        return evolve(found, progress=progress).data()
    except UsageError:
        return evolve(found, movers=EQUAL, progress=progress).data()


def _together(found: Opened, material: _Material, progress: Progress) -> Account | None:
    """For which coalitions the status quo is stable, where some would leave it together that would stay alone; among few parties."""
    space = material.described.space
    few = 1 < len(material.described.keys) <= COALITION_PARTIES
    if space.status_quo is None or not few or not space.is_listed or space.states.count > MOST_STATES:
        return None
    document = coalitions(found, progress=progress)
    left = {(one.members, verdict.under) for one in document.coalitions for verdict in one.verdicts if verdict.stable is False}
    only_together = any(not any(((dm,), under) in left for dm in members) for members, under in left)
    return Account("coalitions", "If some of them acted together", document.data()) if only_together else None


def _compared(found: Opened, under: Under, seconds: float | None, progress: Progress) -> Iterator[Account]:
    """What viewpoints of the conflict share and what hangs on them, where it has any and a status quo."""
    if not found.conflict.viewpoints or found.conflict.status_quo is None:
        return
    profile = asking.usual_profile(asking.behaviour(under, found.conflict), found.conflict)
    document = compare(found, under=profile, seconds=seconds or VIEW_SECONDS, progress=progress)
    yield Account("viewpoints", "The viewpoints compared", document.data())


def _asks(found: Opened) -> bool:
    return bool(found.conflict.questions or found.conflict.conclusions)


def _levers(found: Opened, material: _Material, under: Under, progress: Progress) -> dict[str, Any] | None:
    """What would change the conflict, where it has a status quo and is not too large; under SEQ where several concepts are asked for.

    Nothing under concepts for which levers are not looked for.
    """
    space = material.described.space
    if space.status_quo is None or not space.is_listed or space.states.count > MOST_STATES:
        return None
    profile = asking.usual_profile(asking.behaviour(under, found.conflict), found.conflict)
    try:
        return unlock(found, under=profile, sought=Sought(seconds=LEVER_SECONDS, progress=progress)).data()
    except Cannot:
        return None


class _Material:
    """Chooses the verdicts to explain and the paths to tell."""

    def __init__(self, found: Opened, analysis: AnalysisDocument, wanted: Wanted) -> None:
        self.described = Described(StateSpace(found.conflict, wanted.list_up_to))
        self.analysis = analysis
        single = wanted.engine if wanted.engine in ENGINES else None
        self.seconds = wanted.seconds
        self.explainer = Explainer(self.described, found.name, single, wanted.seconds)
        space = self.described.space
        self.equilibria = [space.state(state.id) for state in analysis.shown if state.equilibrium_under and "status quo" not in state.why]

    def diagnosis(self, progress: Progress) -> DiagnosisDocument | None:
        """The diagnosis of the status quo, under the behaviour that the analysis diagnoses it for."""
        start, short = self.described.space.status_quo, self.analysis.diagnosis
        if start is None or short is None:
            return None
        progress("what kind of deadlock it is")
        if not self.described.space.is_listed:
            return large_document_of(self.described, large_diagnosed(self.described, start, short.profile, self.seconds, progress), None)
        return document_of(self.described, diagnosed(self.described, start, short.profile), None)

    def explanations(self, progress: Progress) -> Iterator[Any]:
        """Every verdict on the status quo; then, of a few equilibria, those under one concept that holds them."""
        for key, dm, state in self._verdicts():
            progress(f"why {dm} stays or leaves, under {key}")
            try:
                yield self.explainer.document(concept(key), dm, state)
            except LimitError:
                continue

    def _verdicts(self) -> Iterator[tuple[str, str, int]]:
        keys, space = self.described.keys, self.described.space
        if space.status_quo is not None:
            for one in self.analysis.concepts:
                yield from ((one.key, dm, space.status_quo) for dm in keys)
        under = {state.id: state.equilibrium_under for state in self.analysis.shown}
        for state in self.equilibria[:EXPLAINED]:
            held = under[space.number(state)]
            first = next((key for key in _FIRST if key in held), held[0])
            yield from ((first, dm, state) for dm in keys)

    def paths(self) -> Iterator[Any]:
        """Paths from the status quo to equilibria and to states with names."""
        space = self.described.space
        if space.status_quo is None:
            return
        goals = dict.fromkeys([*self.equilibria, *self.described.named])
        for goal in [goal for goal in goals if goal != space.status_quo][:PATHS]:
            try:
                yield path_between(self.described, space.status_quo, goal, None)
            except LimitError:
                continue


def stem(found: Opened) -> str:
    """What a file with the report of a conflict is called by default, without its ending.

    >>> stem(opened("elmira"))
    'elmira'
    """
    return Path(found.name.replace(":", "-")).stem if found.name else "report"


def _shown(found: Opened) -> str:
    """What the report calls the conflict: the case's name, or the file's without its folders."""
    if found.name is None:
        return "conflict.yaml"
    return found.name if cases.exists(found.name) else Path(found.name).name


def _command(found: Opened, output: str, under: Under, rows: str | os.PathLike[str] | None = None) -> str:
    words = ["detente", "report", _shown(found), "-o", output]
    if isinstance(found.name, SeenFile):
        words += ["--viewpoint", found.name.viewpoint]
    if under is not None:
        asked = asking.behaviour(under, found.conflict)
        profile = asked.profile
        words += ["--under", ",".join(f"{dm}={key}" for dm, key in profile.items()) if profile else ",".join(c.key for c in asked.concepts)]
    if rows is not None:
        words += ["--rows", Path(rows).name or "."]
    return shlex.join(words)
