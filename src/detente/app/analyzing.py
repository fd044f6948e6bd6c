"""`analyze`: which states are stable, for whom, under which concepts; with what the first screenful says about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from detente.analysis.overview import count_moves, in_common
from detente.analysis.stability import StabilityTable, analyse
from detente.app import asking
from detente.app.completing import completions_part
from detente.app.described import described_parts
from detente.app.diagnosing import diagnosed, stuck_part
from detente.app.documents import (
    AnalysisDocument,
    CommonPart,
    CountsPart,
    EnginePart,
    MixedPart,
    StuckPart,
    WherePart,
)
from detente.app.ending import ends
from detente.app.evidence import evidence_part, warnings_of
from detente.app.opening import Opened, Source, opened
from detente.app.parquet import kept, ready
from detente.app.parts import Described, concept_parts, conflict_part, decision_makers, diagnostic_part, options
from detente.app.progress import Progress, silent
from detente.app.rows import ListedRows
from detente.app.shown import shown_states
from detente.app.standing import apart, standing_of, status_quo_part, story
from detente.app.version import version
from detente.app.wanted import Wanted
from detente.concepts.base import SolutionConcept
from detente.engines.choose import choose, cross_check
from detente.errors import Cannot, LimitError
from detente.explain.standing import standing
from detente.model.formula import Formula, written
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import plural


def analyze(
    source: Source | Opened,
    *,
    under: str | Sequence[str] | Mapping[str, str] | None = None,
    wanted: Wanted | None = None,
    progress: Progress = silent,
) -> AnalysisDocument:
    """Which states of a conflict are stable, for whom, under which concepts of behaviour, and which are equilibria.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    under
        Concepts ("SEQ", "Nash,SEQ", a list) or a mixed profile ("Local=SEQ,Nash", a mapping); all concepts by default.
    wanted
        How much is shown, and with which engine it is computed.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        An unknown concept, decision maker, engine or option is named.
    LimitError, Cannot
        The conflict is too large, or the engine that was asked for can't answer.

    Examples
    --------
    >>> analyze("elmira", under="SEQ").equilibria
    {'SEQ': (5, 8, 9)}
    """
    wanted = wanted or Wanted()
    ready(wanted.table)
    found = opened(source)
    space = StateSpace(found.conflict, wanted.list_up_to)
    asked = asking.behaviour(under, found.conflict)
    if not space.is_listed:
        from detente.app.large_analysis import analyze_large

        return analyze_large(found, space, asked, wanted, progress)
    subset = asking.condition(wanted.where, space) if wanted.where is not None else None
    table = _table(space, asked.concepts, wanted.engine, progress)
    agreement = _agreement(space, asked.concepts, progress) if wanted.cross_check else {}
    equilibria = {c.key: table.equilibria(c.key) for c in asked.concepts}
    rows = ListedRows(space, table.stable, subset[0] if subset else None)
    written_rows = kept(wanted.table, rows, list(table.stable), table.engine, progress)
    described = Described(space)
    progress("what becomes of the status quo")
    now = standing_of(described, table, space.status_quo) if space.status_quo is not None else None
    stuck = _stuck(described, table, asked, progress)
    limit = wanted.list_limit if wanted.lists else -1
    shown, of = shown_states(described, table, equilibria, wanted, subset[1] if subset else None)
    return AnalysisDocument(
        conflict=conflict_part(space, found.name, sum(count_moves(space, key) for key in described.keys)),
        decision_makers=decision_makers(found.conflict, described.ranks),
        options=options(found.conflict),
        states=tuple(map(described.state, space.states.each())) if space.states.count <= limit else None,
        stability={key: described.listed(sets, limit) for key, sets in table.stable.items()},
        equilibria=described.listed(equilibria, limit),
        counts=_counts(table, equilibria),
        engine=EnginePart(name=table.engine, because=table.because, **agreement),
        detente=version(),
        concepts=concept_parts(asked.concepts),
        mixed=_mixed(described, table, asked.profile, wanted.list_limit),
        where=_where(subset, equilibria),
        status_quo=status_quo_part(described, now, equilibria) if now else None,
        diagnosis=stuck,
        answer=tuple(
            map(described.sentence, standing(described.words, now, told=stuck is not None, apart=apart(described, stuck, now.stays)))
        )
        if now
        else (),
        story=story(described, now.state, equilibria) if now else (),
        ends=ends(described, table, asking.usual_profile(asked, found.conflict)),
        shown=shown,
        shown_of=of,
        common=_common(equilibria),
        completions=completions_part(described, asked, progress),
        described=described_parts(described, equilibria, space.states, progress, wanted.seconds or None),
        evidence=evidence_part(found.conflict),
        warnings=tuple(map(diagnostic_part, warnings_of(found, space, asked.concepts))),
        table=written_rows,
    )


def _table(space: StateSpace, concepts: Sequence[SolutionConcept], forced: str | None, progress: Progress) -> StabilityTable:
    """The stable states under each concept, one concept after the other, so that progress can be told."""
    engine, because = choose(space, concepts, forced)
    stable: dict[str, Mapping[str, StateSet]] = {}
    for concept in concepts:
        progress(f"{concept.key}, {plural(space.states.count, 'state')}, engine {engine.name}")
        stable |= analyse(space, [concept], engine, because).stable
    return StabilityTable(space, stable, engine.name, because)


def _stuck(described: Described, table: StabilityTable, asked: asking.Behaviour, progress: Progress) -> StuckPart | None:
    """The diagnosis of the status quo under the behaviour asked for; of several concepts SEQ if it is among them, or else the first.

    None where there is no status quo, where the play after an improvement from it is too large to be listed, and under concepts that look
    at no improvements and answers.
    """
    start = described.space.status_quo
    if start is None:
        return None
    progress("whether the status quo is stuck")
    try:
        return stuck_part(described, diagnosed(described, start, asking.usual_profile(asked, described.conflict), table))
    except (Cannot, LimitError):
        return None


def _agreement(space: StateSpace, concepts: Sequence[SolutionConcept], progress: Progress) -> dict[str, Any]:
    progress("the same with every engine that can")
    checked = cross_check(space, concepts)
    return {
        "cross_check": tuple(map(str, checked)) or ("agrees" if checked.is_complete else "agrees on a sample"),
        "compared": checked.verdicts,
    }


def _counts(table: StabilityTable, equilibria: Mapping[str, StateSet]) -> CountsPart:
    return CountsPart(
        equilibria={key: states.count for key, states in equilibria.items()},
        stability={key: {dm: states.count for dm, states in sets.items()} for key, sets in table.stable.items()},
        any_equilibrium=reduce(StateSet.__or__, equilibria.values()).count,
    )


def _mixed(described: Described, table: StabilityTable, profile: Mapping[str, str] | None, limit: int) -> MixedPart | None:
    if profile is None:
        return None
    states = table.mixed(profile)
    listed = described.ids(states.each()) if states.count <= limit else None
    return MixedPart(profile=dict(profile), count=states.count, equilibria=listed)


def _where(subset: tuple[Formula, StateSet] | None, equilibria: Mapping[str, StateSet]) -> WherePart | None:
    if subset is None:
        return None
    formula, states = subset
    return WherePart(
        formula=written(formula), states=states.count, equilibria={key: (states & found).count for key, found in equilibria.items()}
    )


def _common(equilibria: Mapping[str, StateSet]) -> dict[str, CommonPart]:
    result = {}
    for key, states in equilibria.items():
        found = in_common(states)
        result[key] = CommonPart(count=states.count, taken=found.taken, not_taken=found.not_taken)
    return result
