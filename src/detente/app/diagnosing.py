"""`diagnose`: whether a state is stuck, for whom, what everybody would prefer to it, and what kind of deadlock it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from detente.analysis.bargain import Ways
from detente.analysis.claims.base import Claim
from detente.analysis.claims.standing import OutOfReach
from detente.analysis.deadlock.diagnose import diagnose as examined
from detente.analysis.deadlock.found import Diagnosis
from detente.analysis.deadlock.turned import turned
from detente.analysis.description import Description
from detente.analysis.hinges import decisive
from detente.analysis.stability import StabilityTable, analyse
from detente.app import asking
from detente.app.completing import as_written
from detente.app.diagnosis_account import account_of, not_examined, type_part
from detente.app.diagnosis_documents import (
    CountsOfGains,
    DiagnosisDocument,
    GainsPart,
    GroupPart,
    MembersPart,
    SwapPart,
    VerdictPart,
    WaysPart,
)
from detente.app.documents import StuckPart
from detente.app.errors import contradicted
from detente.app.explaining import State
from detente.app.large_diagnosing import large_diagnosed, large_document_of
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Witness
from detente.engines.choose import choose
from detente.errors import LimitError, UsageError
from detente.explain.diagnosis.told import MAX_CHECKED, short, told
from detente.model.formula import Not, Taken, all_of, written
from detente.space.sets import StateSet
from detente.space.states import StateSpace

LISTED = 200
"""Most states of a set whose numbers a document lists."""


def diagnose(
    source: Source | Opened,
    *,
    under: str | Mapping[str, str] | None = None,
    start: State = "status quo",
    seconds: float | None = None,
    progress: Progress = silent,
) -> DiagnosisDocument:
    """Whether a state is stuck, for whom, what everybody would prefer to it, and what kind of deadlock it is.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    under
        The behaviour: one concept for everybody ("SEQ", the default), or one for each decision maker ("Local=Nash,SEQ", a mapping).
    start
        The state: by default the status quo.
    seconds
        How long it may take, about, in a conflict too large to be listed; by default a minute, 0 for as long as it takes.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        An unknown concept, decision maker or state; U413 where there is no status quo to begin at, U443 for several concepts at once.
    LimitError
        The play after an improvement from the state is too large to be listed.

    Examples
    --------
    >>> document = diagnose("elmira", start=5)
    >>> document.stuck, document.primary, document.types[0].name
    (True, 'D4', 'coordination')
    """
    found = opened(source)
    described = Described(StateSpace(found.conflict))
    begin, profile = asking.state(start, described.space), asking.profile(under, found.conflict)
    if not described.space.is_listed:
        return large_document_of(described, large_diagnosed(described, begin, profile, seconds, progress), found.name)
    return document_of(described, diagnosed(described, begin, profile, progress=progress), found.name)


@dataclass(frozen=True)
class Diagnosed:
    """A diagnosis, and the states that hold under its behaviour."""

    found: Diagnosis
    holding: StateSet


def diagnosed(
    described: Described, start: int, profile: Mapping[str, str], table: StabilityTable | None = None, progress: Progress = silent
) -> Diagnosed:
    """The diagnosis of a state; its claims are checked when it is told.

    Parameters
    ----------
    described
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of a concept.
    table
        The stable states under all concepts of the profile, if they are known.
    progress
        Is told what is being done.
    """
    space = described.space
    if table is None or not set(profile.values()) <= set(table.stable):
        concepts = [concept(key) for key in dict.fromkeys(profile.values())]
        table = analyse(space, concepts, *choose(space, concepts))
    found = examined(space, start, profile, table=table, progress=progress)
    return Diagnosed(found, table.mixed(profile))


def document_of(described: Described, made: Diagnosed, file: str | None) -> DiagnosisDocument:
    """The document of a diagnosis.  Raises `InternalError` (D902) if the checker refuses a claim that a sentence would be made from."""
    space, found = described.space, replace(made.found, turned=turned(made.found))
    account = account_of(described, found, told)
    better, weakly = found.bargain.better_for_all, found.bargain.worse_for_none - found.bargain.better_for_all
    return DiagnosisDocument(
        conflict=conflict_part(space, file),
        decision_makers=decision_makers(space.conflict),
        start=described.state(found.start),
        profile=dict(found.profile),
        stuck=found.stuck,
        primary=found.primary,
        verdicts=tuple(_verdict(space, witness) for witness in found.witnesses),
        stable={key: dict(verdicts) for key, verdicts in found.stable.items()},
        better_for_all=_gains(described, made, better, found.better),
        worse_for_none=_gains(described, made, weakly, found.weakly_better),
        types=tuple(type_part(one, one.key == found.primary, one.states.count, _listed(described, one.states)) for one in found.found),
        not_examined=tuple(map(not_examined, found.silent)),
        swaps=_swaps(found),
        dilemmas=account.dilemmas,
        no_dilemmas=account.no_dilemmas,
        checked=not any(isinstance(claim, OutOfReach) and len(claim.lengths) > MAX_CHECKED for claim in _reached(found)),
        paragraphs=account.paragraphs,
        evidence=account.evidence,
        detente=version(),
    )


def stuck_part(described: Described, made: Diagnosed) -> StuckPart:
    """The diagnosis in short, for an analysis.  Raises `InternalError` (D902) if the checker refuses a claim."""
    found = made.found
    try:
        first, _, *hangs = short(described.space, found)
    except UsageError as problem:
        raise contradicted(problem) from None
    return StuckPart(
        stuck=found.stuck,
        primary=found.primary,
        types=tuple(finding.key for finding in found.found),
        profile=dict(found.profile),
        sentences=(described.sentence(as_written(described, first, found.start, found.profile)[0]),),
        hangs=described.sentence(hangs[0]) if hangs else None,
    )


def _reached(found: Diagnosis) -> Iterator[Claim]:
    """The claims that may be too large to be checked once more."""
    yield from found.unreached
    yield from (claim for finding in found.found for claim in finding.claims)


def _verdict(space: StateSpace, witness: Witness) -> VerdictPart:
    leaves = isinstance(witness, Leaves)
    to = space.number(witness.improvement) if isinstance(witness, Leaves) else None
    return VerdictPart(by=witness.dm, under=witness.concept, stays=not leaves, to=to)


def _listed(described: Described, states: StateSet) -> tuple[int, ...] | None:
    return described.ids(states.each()) if states.count <= LISTED else None


# -- what is better than the state ---------------------------------------------------------------------------------------
def _gains(described: Described, made: Diagnosed, states: StateSet, description: Description) -> GainsPart:
    """A set of states that are better than the start."""
    try:
        ways = made.found.bargain.ways(states)
    except LimitError:
        ways = None
    return GainsPart(
        count=states.count,
        hold=(states & made.holding).count,
        states=_listed(described, states),
        taken=description.common.taken,
        not_taken=description.common.not_taken,
        by_condition=tuple(_by_condition(made, states, description, ways)),
        ways=None if ways is None else _counted(ways, states),
        groups=() if ways is None else tuple(GroupPart(members=group.members, states=group.states.count) for group in ways.groups),
    )


def _by_condition(made: Diagnosed, states: StateSet, description: Description, ways: Ways | None) -> Iterator[MembersPart]:
    """The members by condition, each member with the first that it meets."""
    left = states
    for case in description.cases:
        formula = all_of(*map(Taken, case.taken), *(Not(Taken(key)) for key in case.not_taken))
        members = left & states.space.where(formula)
        left -= members
        yield MembersPart(
            condition=written(formula),
            taken=case.taken,
            not_taken=case.not_taken,
            count=members.count,
            hold=(members & made.holding).count,
            ways=None if ways is None else _counted(ways, members),
        )


def _counted(ways: Ways, members: StateSet) -> WaysPart:
    """How many of some states can be had in which way."""
    return WaysPart(
        alone=(ways.alone & members).count,
        by_improvements=(ways.by_improvements & members).count,
        together=(ways.together & members).count,
        out_of_reach=(ways.out_of_reach & members).count,
    )


def _swaps(found: Diagnosis) -> tuple[SwapPart, ...]:
    """Each two statements of a decision maker; decisive: the closest that leave nothing better for everybody, if there is something."""
    turning = set(decisive(found.hinges)) if found.better.count else set()
    return tuple(
        SwapPart(
            by=hinge.dm,
            upper=hinge.upper,
            lower=hinge.lower,
            lowered=CountsOfGains(better_for_all=hinge.lowered.better_for_all, worse_for_none=hinge.lowered.worse_for_none),
            raised=CountsOfGains(better_for_all=hinge.raised.better_for_all, worse_for_none=hinge.raised.worse_for_none),
            decisive=hinge in turning,
        )
        for hinge in found.hinges
    )
