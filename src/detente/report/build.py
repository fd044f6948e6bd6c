"""From the documents of an analysis to what a report holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from detente.explain.glosses import gloss
from detente.model.conflict import Conflict
from detente.report.accounts import Account, account_views
from detente.report.content import Element, Explained, ExplainedState, Explanation, Gap, ReportContent, Said, Size, SourceView, Tally
from detente.report.diagnosis_view import diagnosis_view
from detente.report.elements import elements_of, taken_words
from detente.report.figures import Figures
from detente.report.fronts_view import fronts_view
from detente.report.gathering import Data, Notes, once
from detente.report.levers_view import answers_view, levers_view
from detente.report.model_view import bans_view, named_states, party_views, rules_view, unowned_options
from detente.report.palette import Party, parties_of
from detente.report.sweep_view import sweep_view
from detente.report.tables import described_sets, held_under, mixed, not_known, standing, states_table
from detente.report.viewpoints_view import viewpoint_views
from detente.space.sets import StateSet
from detente.space.states import StateSpace

TERMS = (
    ("decision maker", "Somebody who decides: they own options, and prefer some states to others."),
    ("option", "Something that a decision maker can take or leave."),
    ("state", "One choice for every option that the rules allow."),
    ("status quo", "The state that holds now."),
    ("move", "A change of one decision maker's own options, alone, that the rules and the options' directions allow."),
    ("improvement", "A move to a state that the mover prefers to the one before it."),
    ("red line", "What a decision maker never accepts: a state that crosses it is worse for them than every state that crosses none."),
    ("stable, stays", "A decision maker stays at a state if, by the concept, none of their improvements is worth making."),
    ("equilibrium", "A state at which every decision maker stays, all by the same concept."),
    ("lever", "A change with which the status quo gives way, or a wanted state is reached and holds."),
    ("way out", "A state that holds, that a group can bring about, and that each of the group prefers to the status quo."),
    ("certificate", "The list of all cases behind a verdict, which a separate checker has accepted without searching."),
    ("reported, inferred, assumed", "A source says it; it follows from what sources say; it is the analyst's own."),
    ("said by an adversary", "As far as it rests on citations, only adversaries of the party that it is about assert it."),
)


def content_of(
    conflict: Conflict,
    *,
    analysis: Data,
    check: Data | None,
    explanations: Sequence[Data],
    paths: Sequence[Data],
    story: Sequence[Data] = (),
    diagnosis: Data | None = None,
    unlock: Data | None = None,
    answers: Data | None = None,
    fronts: Data | None = None,
    accounts: Sequence[Account] = (),
    sweep: Data | None = None,
    file: str,
    command: str,
    tried: Sequence[str] = (),
    equilibria: Mapping[str, StateSet] | None = None,
) -> ReportContent:
    """What a report on a conflict holds.

    Parameters
    ----------
    conflict
        The conflict: names, descriptions, bases, sources.
    analysis, check, explanations, paths
        The documents `detente.analysis/1`, `detente.check/1`, `detente.explanation/1`, `detente.path/1` as JSON data.
    story
        Paragraphs on what can come of the status quo, if they are not in the analysis.
    unlock, answers
        The documents `detente.unlock/1` and `detente.answers/1`, where there are such.
    fronts
        The document `detente.fronts/1`, or None.
    accounts
        Further sections that are accounts in sentences.
    sweep
        The document `detente.sweep/1`, or None.
    diagnosis
        The document `detente.diagnosis/1` about the status quo as JSON data, or None.
    file, command
        The conflict's file as the reader knows it, and the command that makes this report again.
    tried
        What was changed in the conflict of the file, in words.
    equilibria
        For each concept all equilibria; by default those that the analysis lists.
    """
    about = analysis["conflict"]
    space, parties = StateSpace(conflict, None if about.get("numbering") is None else 0), parties_of(conflict)
    elements = elements_of(conflict, frozenset(analysis["evidence"]["single_source"]))
    notes, figures = Notes(elements), Figures(space, parties, analysis, equilibria or {})
    stuck = (analysis.get("diagnosis") or {}).get("sentences", ())
    answer = tuple(map(notes.said, (*stuck, *analysis.get("answer", ()))))
    told, ends = notes.blocks(analysis.get("story") or story), tuple(map(notes.said, analysis.get("ends", ())))
    stuck_view = diagnosis_view(diagnosis, notes, space, {state["id"] for state in analysis.get("shown", ())})
    how_sure, levers = sweep_view(sweep, notes), levers_view(unlock, notes, parties)
    questions, compared = answers_view(answers, notes)
    fronts_told, sections = fronts_view(fronts, notes), account_views(accounts, notes)
    described, found_paths = described_sets(analysis, notes), tuple(figures.path(each, notes, i) for i, each in enumerate(paths, 1))
    explained = _explained(explanations, parties, notes, space)
    return ReportContent(
        **_of_model(conflict, space, parties, elements),
        **_of_states(analysis, conflict, space, parties),
        **_drawings(figures),
        status_quo_infeasible=bool(about.get("status_quo_infeasible")),
        answer=answer,
        story=told,
        diagnosis=stuck_view,
        described=described,
        ends=ends,
        hangs=_hangs(analysis, notes),
        levers=levers,
        questions=questions,
        compared=compared,
        fronts=fronts_told,
        accounts=sections,
        sweep=how_sure,
        paths=found_paths,
        explained=explained,
        notes=notes.listed(),
        remarks=_remarks(analysis, check),
        glossary=(*TERMS, *((f"{c['key']}: {c['name']}", gloss(c["key"])) for c in analysis["concepts"])),
        file=file,
        digest=about["digest"],
        version=analysis["detente"],
        command=command,
        tried=tuple(tried),
    )


def _drawings(figures: Figures) -> dict[str, Any]:
    """What a report draws of the states, by the fields of its content."""
    return {
        "preferred": figures.preferred(),
        "drawing": figures.states(),
        "leading": figures.leading(),
        "strip_key": figures.strip_key(),
    }


def _of_model(conflict: Conflict, space: StateSpace, parties: Sequence[Party], elements: Mapping[str, Element]) -> dict[str, Any]:
    """What a report says of the model itself, by the fields of its content."""
    now = space.status_quo
    return {
        "title": conflict.title,
        "question": conflict.question,
        "about": tuple(p.strip() for p in (conflict.about or "").split("\n\n") if p.strip()),
        "viewpoint": conflict.viewpoint,
        "gaps": _gaps(conflict),
        "sources": _sources(conflict),
        "parties": party_views(space, parties, elements),
        "viewpoints": viewpoint_views(space, parties, elements),
        "unowned": unowned_options(conflict, elements),
        "rules": rules_view(conflict, elements),
        "bans": bans_view(conflict, elements),
        "named": named_states(space),
        "status_quo": None if conflict.status_quo is None else (space.number(now) if now is not None else None, _words(conflict)),
    }


def _of_states(analysis: Data, conflict: Conflict, space: StateSpace, parties: Sequence[Party]) -> dict[str, Any]:
    """What a report counts and lists of states, by the fields of its content."""
    return {
        "size": _size(analysis),
        "tally": _tally(analysis["evidence"], conflict),
        "standing": standing(analysis, space, parties),
        "states": states_table(analysis, conflict, parties),
        "held": held_under(analysis, conflict),
        "mixed": mixed(analysis, parties),
    }


def _words(conflict: Conflict) -> tuple[str, ...]:
    return (taken_words(conflict, conflict.status_quo or frozenset()),)


def _hangs(analysis: Data, notes: Notes) -> Said | None:
    """On the order of which statements it hangs that anything is better for everybody, where it does."""
    hangs = (analysis.get("diagnosis") or {}).get("hangs")
    return notes.said(hangs) if hangs else None


def _size(analysis: Data) -> Size:
    about, engine = analysis["conflict"], analysis["engine"]
    checked = engine.get("cross_check")
    said = checked if checked is None or isinstance(checked, str) else "; ".join(checked)
    return Size(
        combinations=about["combinations"],
        states=about["feasible"],
        moves=about.get("moves"),
        options=len(analysis["options"]),
        concepts=len(analysis["concepts"]),
        engine=engine["name"],
        because=engine["because"],
        cross_check=said,
        listed=about.get("numbering") is None,
        not_known=not_known(analysis),
    )


def _tally(evidence: Data, conflict: Conflict) -> Tally:
    hostile = [one["party"] for one in evidence["hostile"]]
    return Tally(
        elements=evidence["elements"],
        reported=evidence["reported"],
        inferred=evidence["inferred"],
        assumed=evidence["assumed"],
        without=len(evidence["without_basis"]),
        single=len(evidence["single_source"]),
        hostile=tuple((dm.name, hostile.count(dm.key)) for dm in conflict.decision_makers if dm.key in hostile),
    )


def _gaps(conflict: Conflict) -> tuple[Gap, ...]:
    names = {dm.key: dm.name for dm in conflict.decision_makers}
    return tuple(Gap(gap.what, names.get(gap.about, gap.about) if gap.about else None, gap.matters) for gap in conflict.evidence.missing)


def _remarks(analysis: Data, check: Data | None) -> tuple[str, ...]:
    """What the program found worth knowing about the model; the analysis and the check may both say it."""
    found = [*analysis.get("warnings", ())]
    found += [one for one in (check or {}).get("diagnostics", ()) if one["code"] != "U483"]  # the analysis says it of what was asked
    return tuple(dict.fromkeys(f"{one['message']} ({one['code']})" for one in found))


def _sources(conflict: Conflict) -> tuple[SourceView, ...]:
    views = []
    for source in conflict.evidence.sources:
        facts = [("kind", source.kind), ("author", source.author), ("date", source.date), ("grade", source.grade)]
        facts += [("note", source.note), ("file", source.file), ("SHA-256", source.sha256)]
        views.append(SourceView(source.key, source.title, tuple((name, value) for name, value in facts if value)))
    return tuple(views)


def _explained(explanations: Sequence[Data], parties: Sequence[Party], notes: Notes, space: StateSpace) -> tuple[ExplainedState, ...]:
    """Explanations by state in the order given, by decision maker in the order of the conflict, by concept in the order given."""
    place = {party.key: i for i, party in enumerate(parties)}
    order = {number: i for i, number in enumerate(dict.fromkeys(e["state"]["id"] for e in explanations))}
    ordered = sorted(explanations, key=lambda e: (order[e["state"]["id"]], place[e["by"]]))
    result = []
    now = space.status_quo
    for number, of_state in groupby(ordered, key=lambda e: int(e["state"]["id"])):
        groups, name = [], None
        for by, of_party in groupby(of_state, key=lambda e: str(e["by"])):
            listed = list(of_party)
            name = listed[0]["state"].get("name")
            groups.append(Explained(parties[place[by]], once([_explanation(e, notes) for e in listed])))
        heading = f"State {number:,}" + (f", {name}" if name else "")
        heading += " (the status quo)" if now is not None and space.number(now) == number else ""
        result.append(ExplainedState(number, heading, f"why-{number}", tuple(groups)))
    return tuple(result)


def _explanation(document: Data, notes: Notes) -> Explanation:
    first, *rest = document["paragraphs"]
    verdict = notes.said(first["sentences"][0])
    return Explanation(document["under"], document["stays"], verdict, notes.blocks(rest))
