"""The diagnosis of a state: whether it is stuck, what everybody would prefer to it, and which types of deadlock apply."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.analysis.bargain import Bargain, Ways, bargain
from detente.analysis.claims.gains import Gains
from detente.analysis.deadlock.base import CONCEPTS, Standstill
from detente.analysis.deadlock.d3_out_of_reach import out_of_reach_claim
from detente.analysis.deadlock.d8_misperception import as_seen, misperceived
from detente.analysis.deadlock.found import Diagnosis, Finding, Silence
from detente.analysis.deadlock.registry import all_types
from detente.analysis.description import described
from detente.analysis.hinges import hinges
from detente.analysis.stability import StabilityTable, analyse
from detente.analysis.unlock.holding import Holding
from detente.concepts.registry import concept
from detente.concepts.witness import Stays
from detente.engines.choose import choose
from detente.errors import LimitError
from detente.space.sets import StateSet
from detente.space.states import StateSpace

DEFAULT = "SEQ"
"""The concept that describes everybody's behaviour where nothing else is said."""


def diagnose(
    space: StateSpace,
    start: int,
    profile: Mapping[str, str] | None = None,
    *,
    concepts: tuple[str, ...] = CONCEPTS,
    table: StabilityTable | None = None,
    progress: Callable[[str], None] | None = None,
) -> Diagnosis:
    """Whether a state is stuck, and what kind of deadlock it is.

    Parameters
    ----------
    space
        The space.
    start
        The state.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour; by default SEQ for everybody.
    concepts
        Keys of the concepts under which the start is asked about besides.
    table
        A stability table that holds all of the profile's concepts, if there is one already.
    progress
        Told what is worked on.

    Raises
    ------
    UsageError
        U401 if the profile names no concept, U422 if it does not give one to each decision maker.
    LimitError
        S303 if the play after an improvement from the start is too large to be listed.

    Examples
    --------
    >>> from detente.cases import load
    >>> elmira = StateSpace(load("elmira"))
    >>> found = diagnose(elmira, elmira.state(5))
    >>> found.stuck, found.primary, [finding.key for finding in found.found]
    (True, 'D4', ['D4'])
    """
    say = progress or (lambda _: None)
    behaviour = dict(profile) if profile is not None else {dm.key: DEFAULT for dm in space.conflict.decision_makers}
    say("which states hold")
    table = table or profile_table(space, behaviour)
    holding = Holding(space, behaviour, table.mixed(behaviour))
    witnesses = holding.witnesses(start)
    stable = {key: verdicts for key in concepts if (verdicts := _stable(holding, key, start))}
    say("what everybody prefers to the state")
    around = bargain(space, start)
    better, others = around.better_for_all, around.worse_for_none - around.better_for_all
    ways, weak_ways = _ways(around, better), _ways(around, others)
    far = space.set_of()
    for way in (ways, weak_ways):
        far |= way.out_of_reach if way is not None else space.set_of()
    stuck = all(isinstance(witness, Stays) for witness in witnesses)
    standstill = Standstill(space, start, behaviour, around, holding, table)
    seen, standing = as_seen(space, start, behaviour), standstill.standing(start)
    found, silent = _examined(standstill, say) if stuck else (misperceived(space, seen, standing, witnesses), ())
    return Diagnosis(
        space=space,
        start=start,
        profile=behaviour,
        witnesses=witnesses,
        stable=stable,
        bargain=around,
        standing=standing,
        gains=gains_claim(around),
        ways=ways,
        weak_ways=weak_ways,
        unreached=(out_of_reach_claim(around, far),) if far else (),
        better=described(better),
        weakly_better=described(others),
        found=found,
        silent=silent,
        hinges=hinges(around),
        seen=seen,
    )


def _ways(around: Bargain, states: StateSet) -> Ways | None:
    """How some states could be had; None where there are too many improvements to follow."""
    try:
        return around.ways(states)
    except LimitError:
        return None


def profile_table(space: StateSpace, profile: Mapping[str, str]) -> StabilityTable:
    """The stable states of everybody in a `space` under the concepts of a `profile`.

    >>> from detente.cases import load
    >>> profile_table(StateSpace(load("chicken")), {"Row": "Nash", "Column": "Nash"}).stable["Nash"]["Row"].count
    2
    """
    concepts = [concept(key) for key in dict.fromkeys(profile.values())]
    engine, because = choose(space, concepts)
    return analyse(space, concepts, engine, because)


def _stable(holding: Holding, key: str, start: int) -> dict[str, bool]:
    """For whom the start is stable under a concept; empty where that takes more cases than can be listed."""
    try:
        return {
            dm.key: isinstance(holding.single.witness(concept(key), dm.key, start), Stays) for dm in holding.space.conflict.decision_makers
        }
    except LimitError:
        return {}


def _examined(standstill: Standstill, say: Callable[[str], None]) -> tuple[tuple[Finding, ...], tuple[Silence, ...]]:
    """What applies to a stuck state, in order, and what could not be examined."""
    found: list[Finding] = []
    silent: list[Silence] = []
    for type in all_types():
        say(f"{type.key}: {type.name}")
        for result in type.test(standstill):
            if isinstance(result, Finding):
                found.append(result)
            else:
                silent.append(result)
    return tuple(found), tuple(silent)


def gains_claim(around: Bargain) -> Gains:
    """The claim that the states better for everybody, and worse for nobody, are these.

    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> gains_claim(bargain(space, space.state(1))).better
    0
    """
    left, against = around.space.states.bits & ~around.better_for_all.bits, []
    for dm, states in around.better.items():
        against.append((dm, left & ~states.bits))
        left &= states.bits
    return Gains(around.start, around.better_for_all.bits, around.worse_for_none.bits, tuple(against))
