"""`analyze` where states are not listed: the same document, with what an engine for large conflicts finds and what it does not.

What becomes of the status quo comes from certificates of single states, which need no list; the counts of stable states and equilibria
from an engine that holds sets of states otherwise.  The two are held against each other.  What is not known is said, with the reason.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from detente.analysis.large.found import LargeDiagnosis
from detente.analysis.large_table import LargeTable, common
from detente.analysis.many.near import near as nearest_of
from detente.app import asking
from detente.app.completing import completions_part
from detente.app.deciding import ENGINES, Decider, goal, has_sat
from detente.app.described import described_parts
from detente.app.documents import (
    AnalysisDocument,
    CommonPart,
    CountsPart,
    EnginePart,
    MixedPart,
    NotKnownPart,
    ShownPart,
    TablePart,
    WherePart,
    Why,
)
from detente.app.evidence import evidence_part, warnings_of
from detente.app.large_diagnosing import large_diagnosed, large_stuck_part
from detente.app.large_standing import LargeStanding, Near, agreed, large_standing, large_status_quo, nearest
from detente.app.opening import Opened
from detente.app.parquet import kept
from detente.app.parts import Described, concept_parts, conflict_part, decision_makers, diagnostic_part, options
from detente.app.progress import Progress
from detente.app.rows import MemberRows
from detente.app.standing import apart
from detente.app.version import version
from detente.app.wanted import Wanted
from detente.concepts.base import SolutionConcept
from detente.engines.large import LargeAnswer, Limits, answer
from detente.engines.work import NotKnown
from detente.errors import Cannot, LimitError, MissingExtra
from detente.explain.standing import standing
from detente.model.formula import written
from detente.space.members import Members
from detente.space.states import StateSpace
from detente.text import listing

SECONDS = 30.0
"""How long sets of equilibria are described, unless told otherwise."""
LONGEST = 5.0
"""Most seconds for one verdict on the status quo where a limit is given for the whole."""
SHOWN = 12
"""How many states a table shows."""
SHOWN_SECONDS = 20.0
"""How long verdicts are looked for that are only for states of the table, all together; those that are not found are left open there."""


def analyze_large(found: Opened, space: StateSpace, asked: asking.Behaviour, wanted: Wanted, progress: Progress) -> AnalysisDocument:
    """The analysis of a conflict whose states are not listed; see `detente.app.analyzing.analyze`.

    >>> from detente.app.opening import opened
    >>> found = opened("euphrates-1975")
    >>> space = StateSpace(found.conflict, list_up_to=0)
    >>> document = analyze_large(found, space, asking.behaviour("Nash", found.conflict), Wanted("single"), lambda _: None)
    >>> document.status_quo.equilibrium_under, document.conflict.numbering
    ((), 'combinations')
    """
    described, until = Described(space), _Until(wanted.seconds)
    single = wanted.engine if wanted.engine in ENGINES else None
    decider = Decider(space, single, None if wanted.seconds is None else wanted.seconds and min(wanted.seconds, LONGEST))
    start = space.status_quo
    now = large_standing(described, asked.concepts, decider, start, progress) if start is not None else None
    diagnosis = _diagnosis(described, asked, until, progress)
    with _sets(space, asked.concepts, wanted, until, progress, single) as sets:
        table = LargeTable(space, sets.stable, sets.states)
        if now is not None:
            agreed(now, table, space.number(now.state))
        return _Analysis(found, described, asked, wanted, decider, table, now, diagnosis, until).document(sets, progress)


class _Until:
    """What is left of the time that a whole analysis may take: None where nothing is said, 0 where there is no limit."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds, self._began = seconds, time.monotonic()

    @property
    def left(self) -> float | None:
        """Seconds; at least one, so that what is quick is not cut short."""
        return self._seconds and max(1.0, self._seconds - (time.monotonic() - self._began))


def _diagnosis(described: Described, asked: asking.Behaviour, until: _Until, progress: Progress) -> LargeDiagnosis | None:
    """The diagnosis of the status quo under the usual behaviour, where there is a status quo and the library that it needs."""
    start = described.space.status_quo
    if start is None or not has_sat():
        return None
    progress("whether the status quo is stuck")
    try:
        return large_diagnosed(described, start, asking.usual_profile(asked, described.conflict), until.left, progress)
    except (LimitError, Cannot):
        return None


def _sets(
    space: StateSpace, concepts: Sequence[SolutionConcept], wanted: Wanted, until: _Until, progress: Progress, single: str | None
) -> LargeAnswer:
    """The sets of stable states, unless only an engine for single states was asked for."""
    if single is not None:
        unasked = NotKnown(f"the engine {single}, which was asked for, answers for single states")
        keys = [dm.key for dm in space.conflict.decision_makers]
        return LargeAnswer({concept.key: dict.fromkeys(keys, unasked) for concept in concepts}, because="it was asked for")
    limits = Limits(until.left, wanted.memory)
    return answer(space, concepts, forced=wanted.engine, limits=limits, progress=progress, note=wanted.note)


@dataclass
class _Analysis:
    """The parts of one document."""

    found: Opened
    described: Described
    asked: asking.Behaviour
    wanted: Wanted
    decider: Decider
    table: LargeTable
    now: LargeStanding | None
    diagnosis: LargeDiagnosis | None
    until: _Until

    def __post_init__(self) -> None:
        self.space = self.described.space
        all_of = {concept.key: self.table.equilibria(concept.key) for concept in self.asked.concepts}
        self.show_until = math.inf
        self.equilibria = {key: known for key, known in all_of.items() if not isinstance(known, NotKnown)}

    def document(self, sets: LargeAnswer, progress: Progress) -> AnalysisDocument:
        """The whole document."""
        found, described, now, states = self.found, self.described, self.now, self.table.states
        told = None if now is None else now.told(described.keys)
        stuck = None if self.diagnosis is None else large_stuck_part(described, self.diagnosis)
        if stuck is not None and states is not None:  # better states are then counted, which says more than that there are some
            stuck = stuck.model_copy(update={"sentences": stuck.sentences[:1]})
        shown = self.shown(progress)
        limit = self.wanted.list_limit if self.wanted.lists else -1
        return AnalysisDocument(
            conflict=conflict_part(self.space, found.name, feasible=None if states is None else states.count),
            decision_makers=decision_makers(found.conflict),
            options=options(found.conflict),
            stability={key: self.listed(known, limit) for key, known in self.known().items()},
            equilibria=self.listed(self.equilibria, limit),
            counts=self.counts(),
            not_known=self.not_known() or None,
            engine=self.engine(sets),
            detente=version(),
            concepts=concept_parts(self.asked.concepts),
            mixed=self.mixed(limit),
            where=self.where(),
            status_quo=large_status_quo(described, now, states, self.equilibria, self.near(now)) if now else None,
            diagnosis=stuck,
            answer=tuple(
                map(described.sentence, standing(described.words, told, told=stuck is not None, apart=apart(described, stuck, told.stays)))
            )
            if told
            else (),
            shown=shown,
            shown_of=self.shown_of(shown),
            common=self.common(),
            described=described_parts(described, self.equilibria, states, progress, self.seconds),
            completions=completions_part(described, self.asked, progress),
            evidence=evidence_part(found.conflict),
            warnings=tuple(map(diagnostic_part, warnings_of(found, None, self.asked.concepts))),
            table=self.kept(sets, progress),
        )

    def near(self, now: LargeStanding) -> Near:
        """Whether there are better states, and the nearest of them, from the diagnosis or else from the set of all states."""
        found = self.diagnosis
        if found is None:
            return Near(state=nearest(self.table.states, self.space, now.state))
        for_all, for_some = found.better.exists, found.weakly_better.exists
        some = True if for_all else for_some  # what is better for everybody is worse for nobody
        proven = found.better if for_all else found.weakly_better
        state = proven.states[0] if proven.states and proven.nearest is not None else None
        return Near(for_all, some, nearest(self.table.states, self.space, now.state) if state is None else state)

    @property
    def seconds(self) -> float | None:
        """How long sets are described: for what is left of the time, or for `SECONDS`."""
        left = self.until.left
        return SECONDS if left is None else left or None

    def kept(self, sets: LargeAnswer, progress: Progress) -> TablePart | None:
        """The file with all equilibria that are known, if one was asked for."""
        formula = None if self.wanted.where is None else asking.formula(self.wanted.where, self.space)
        members = [states if formula is None else states.where(formula) for states in self.equilibria.values()]
        known = {key: found for key, found in self.known().items() if found}
        return kept(self.wanted.table, MemberRows(self.space, known, members), list(known), self.engine(sets).name, progress)

    # -- sets ------------------------------------------------------------------------------------------------------
    def known(self) -> dict[str, dict[str, Members]]:
        """The stable states that are known."""
        stable = self.table.stable
        return {key: {dm: one for dm, one in sets.items() if not isinstance(one, NotKnown)} for key, sets in stable.items()}

    def listed(self, sets: Mapping[str, Members], limit: int) -> dict[str, tuple[int, ...]]:
        """The numbers of the states of each set that holds no more than a limit."""
        return {key: self.described.ids(states.each()) for key, states in sets.items() if states.count <= limit}

    def counts(self) -> CountsPart:
        """How many equilibria and stable states there are."""
        whole = len(self.equilibria) == len(self.asked.concepts) and len({type(one) for one in self.equilibria.values()}) == 1
        return CountsPart(
            equilibria={key: states.count for key, states in self.equilibria.items()},
            stability={key: {dm: states.count for dm, states in sets.items()} for key, sets in self.known().items()},
            any_equilibrium=reduce(or_, self.equilibria.values()).count if whole else None,
        )

    def not_known(self) -> tuple[NotKnownPart, ...]:
        """What was asked about and is not known; of a set that is not known for anybody it is said once."""
        result = list(self.now.unknown if self.now is not None else ())
        for key, sets in self.table.stable.items():
            open_: dict[str | None, NotKnown] = {dm: one for dm, one in sets.items() if isinstance(one, NotKnown)}
            if len(open_) == len(sets) and len(set(open_.values())) == 1:
                open_ = {None: next(iter(open_.values()))}
            result += [
                NotKnownPart(what="stable states", under=key, by=dm, reason=one.reason, limit=one.limit) for dm, one in open_.items()
            ]
        return tuple(result)

    def engine(self, sets: LargeAnswer) -> EnginePart:
        """Which engines answered, and why these."""
        names = list(dict.fromkeys(sets.engines.values()))
        if names:
            return EnginePart(name=listing(names), because=sets.because)
        return EnginePart(name=self.wanted.engine or "single states", because=sets.because or "no set of stable states was found")

    def mixed(self, limit: int) -> MixedPart | None:
        """The equilibria of a mixed profile, where they are known."""
        profile = self.asked.profile
        kinds = {type(self.table.stable[key][dm]) for dm, key in profile.items()} if profile else set()
        if profile is None or len(kinds) != 1:
            return None
        states = self.table.mixed(profile)
        if isinstance(states, NotKnown):
            return None
        listed = self.described.ids(states.each()) if states.count <= limit else None
        return MixedPart(profile=dict(profile), count=states.count, equilibria=listed)

    def where(self) -> WherePart | None:
        """How many states and equilibria meet the condition that was asked about."""
        if self.wanted.where is None:
            return None
        formula = asking.formula(self.wanted.where, self.space)
        states = None if self.table.states is None else self.table.states.where(formula).count
        return WherePart(
            formula=written(formula), states=states, equilibria={key: e.where(formula).count for key, e in self.equilibria.items()}
        )

    def common(self) -> dict[str, CommonPart]:
        """What all equilibria under one concept have in common."""
        result = {}
        for key, states in self.equilibria.items():
            taken, not_taken = common(states, self.table.states)
            result[key] = CommonPart(count=states.count, taken=taken, not_taken=not_taken)
        return result

    # -- states of the table ---------------------------------------------------------------------------------------
    def shown(self, progress: Progress) -> tuple[ShownPart, ...]:
        """The status quo, the states with names, and of each concept some equilibria that are nearest to the status quo."""
        fixed = [state for state in (self.space.status_quo, *self.described.named) if state is not None]
        formula = None if self.wanted.where is None else asking.formula(self.wanted.where, self.space)
        if formula is not None:
            fixed = [state for state in fixed if self.described.words.meets(formula, state)]
        chosen = list(dict.fromkeys(fixed))
        origin = self.space.status_quo or 0
        for states in self.equilibria.values():
            room = SHOWN - len(chosen)
            within = states if formula is None else states.where(formula)
            if room > 0 and within:
                found = nearest_of(within, origin, room)
                chosen += [state for state in (found.states if found else ()) if state not in chosen][:room]
        left = self.until.left
        seconds = SHOWN_SECONDS if left is None else min(SHOWN_SECONDS, left) if left else math.inf
        self.show_until = time.monotonic() + seconds
        progress("what becomes of the states of the table")
        return tuple(self.shown_state(state) for state in chosen)

    def shown_state(self, state: int) -> ShownPart:
        """A state with what becomes of it, as far as it is known."""
        part = self.described.state(state)
        leavers: dict[str, tuple[str, ...]] = {}
        for concept in self.asked.concepts:
            stays = {dm: self.stays(concept, dm, state) for dm in self.described.keys}
            if None not in stays.values():
                leavers[concept.key] = tuple(dm for dm, one in stays.items() if not one)
        under = tuple(key for key, who in leavers.items() if not who)
        why: list[Why] = ["status quo"] if state == self.space.status_quo else []
        why += ["named"] if part.name is not None else []
        why += ["equilibrium"] if under else []
        return ShownPart(
            id=part.id, choice=part.choice, rank={}, name=part.name, why=tuple(why) or ("state",), equilibrium_under=under, leavers=leavers
        )

    def stays(self, concept: SolutionConcept, dm: str, state: int) -> bool | None:
        """Whether a decision maker stays, from a set of stable states or else from a certificate."""
        known = self.table.stays(concept.key, dm, state)
        if known is not None:
            return known
        if self.now is not None and state == self.now.state:
            return self.now.verdicts[concept.key].get(dm)
        left = self.show_until - time.monotonic()
        if left <= 0:
            return None
        try:
            return goal(self.decider.witness(concept, dm, state, None if left == math.inf else left)) is None
        except (LimitError, Cannot, MissingExtra):
            return None

    def shown_of(self, shown: Sequence[ShownPart]) -> int:
        """Of how many states the shown ones are some: all equilibria, and the others that are shown."""
        held = self.counts().any_equilibrium or 0
        return max(held, sum(bool(state.equilibrium_under) for state in shown)) + sum(not state.equilibrium_under for state in shown)
