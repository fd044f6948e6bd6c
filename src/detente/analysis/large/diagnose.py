"""The diagnosis of a state in a space too large to be listed: the same questions as in a listed one, answered by examples and proofs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.analysis.claims.none_such import Question
from detente.analysis.claims.standing import Standing
from detente.analysis.deadlock.base import CONCEPTS
from detente.analysis.deadlock.d8_misperception import has_viewpoints
from detente.analysis.deadlock.diagnose import DEFAULT
from detente.analysis.deadlock.found import Silence
from detente.analysis.large.found import Existence, LargeDiagnosis, LargeFinding, LargeRedLines
from detente.analysis.large.gain_types import Results, coordination_or_commitment, no_bargain_or_ruled_out, out_of_reach
from detente.analysis.large.gains import existence
from detente.analysis.large.other_types import attrition, fear, spoiler
from detente.analysis.large.red_lines import large_red_lines
from detente.analysis.large.seek import Seek
from detente.analysis.large.standstill import LargeStandstill
from detente.analysis.large.verdicts import Verdicts, leaves
from detente.concepts.registry import concept
from detente.concepts.witness import AnyWitness
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.model.formula import TRUE
from detente.space.states import StateSpace

SECONDS = 60.0
"""How long a diagnosis may take, about, unless told otherwise."""
SHARES = {"gains": 0.15, "red lines": 0.15, "D4": 0.35, "D7": 0.15, "D9": 0.1}
"""Most of the time that each part may take."""


def large_diagnosis(
    space: StateSpace,
    start: int,
    profile: Mapping[str, str] | None = None,
    *,
    concepts: tuple[str, ...] = CONCEPTS,
    seconds: float | None = SECONDS,
    hints: tuple[int, ...] = (),
    progress: Callable[[str], None] | None = None,
) -> LargeDiagnosis:
    """Whether a state of a space of any size is stuck, and what kind of deadlock it is.

    Parameters
    ----------
    space
        The space, without merged states.
    start
        The state.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour; by default SEQ for everybody.
    concepts
        Keys of the concepts under which the start is asked about besides.
    seconds
        How long it may take, about; None for as long as it takes.
    hints
        States that are tried first as such that two or more could have together and that hold; if one is, no others are looked for.
    progress
        Told what is worked on.

    Raises
    ------
    UsageError
        U401 if the profile names no concept.
    LimitError
        S350 if somebody's preference can't be asked about.
    MissingExtra
        S331 if python-sat is not installed.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"), list_up_to=0)
    >>> found = large_diagnosis(space, space.status_quo)
    >>> found.stuck, found.better.exists
    (False, False)
    """
    say = progress or (lambda _: None)
    behaviour = dict(profile) if profile is not None else {dm.key: DEFAULT for dm in space.conflict.decision_makers}
    for key in behaviour.values():
        concept(key)
    clock = Clock(seconds)
    say("who stays")
    verdicts = Verdicts(space, behaviour, clock)
    witnesses = tuple(_quietly(verdicts, key, dm, start) for dm, key in behaviour.items())
    stable = {key: _stable(verdicts, key, start) for key in concepts}
    say("what everybody prefers to the state")
    seek = Seek(space, start, _part(clock, "gains"))
    better = existence(seek, seek.better_for_all, Question("gain"), TRUE)
    weakly = existence(seek, seek.worse_for_none, Question("weak gain"), TRUE)
    red_lines = None
    if better.exists is False and any(dm.red_lines for dm in space.conflict.decision_makers):
        say("which red lines and rules exclude what would be")
        red_lines = large_red_lines(space, start, rules=True, clock=_part(clock, "red lines"))
    whole = [witness for witness in witnesses if witness is not None]
    standing = Standing(start, tuple(behaviour.items()), tuple(whole)) if len(whole) == len(witnesses) else None
    found: tuple[LargeFinding, ...] = ()
    silent: tuple[Silence, ...] = ()
    if standing is not None and not any(leaves(witness) for witness in whole):
        standstill = LargeStandstill(space, start, behaviour, seek, verdicts, clock, hints)
        found, silent = _examined(standstill, better, red_lines, say)
    elif has_viewpoints(space.conflict):
        silent = (Silence("D8", "seen"),)
    return LargeDiagnosis(space, start, behaviour, witnesses, stable, standing, better, weakly, red_lines, found, silent, seconds)


def _examined(
    standstill: LargeStandstill, better: Existence, red_lines: LargeRedLines | None, say: Callable[[str], None]
) -> tuple[tuple[LargeFinding, ...], tuple[Silence, ...]]:
    """What applies to a stuck state, in order, and what could not be examined."""
    tests: tuple[tuple[tuple[str, ...], str, Callable[[], Results]], ...] = (
        (("D1", "D2"), "gains", lambda: no_bargain_or_ruled_out(standstill, better, red_lines)),
        (("D3",), "gains", lambda: out_of_reach(standstill, better)),
        (("D4", "D5"), "D4", lambda: coordination_or_commitment(standstill)),
        (("D6",), "gains", lambda: fear(standstill)),
        (("D7",), "D7", lambda: spoiler(standstill)),
        (("D9",), "D9", lambda: attrition(standstill)),
    )
    found: list[LargeFinding] = []
    silent: list[Silence] = [] if has_viewpoints(standstill.space.conflict) else [Silence("D8", "beliefs")]
    for keys, share, test in tests:
        say(", ".join(keys))
        standstill.seek.clock = _part(standstill.clock, share)
        standstill.verdicts.clock = standstill.seek.clock
        results: list[LargeFinding | Silence] = []
        try:
            results.extend(test())
        except LimitError:
            results += [Silence(key, "time") for key in keys if key not in {result.key for result in results}]
        for result in results:
            if isinstance(result, LargeFinding):
                found.append(result)
            elif result not in silent:
                silent.append(result)
    return tuple(sorted(found, key=lambda finding: finding.key)), tuple(sorted(silent, key=lambda silence: silence.key))


def _part(clock: Clock, share: str) -> Clock:
    """A clock for a part of the work: its share of all time, and what is left of it."""
    if clock.seconds is None:
        return Clock()
    return Clock(max(0.5, min(SHARES[share] * clock.seconds, clock.seconds - clock.spent)))


def _quietly(verdicts: Verdicts, key: str, dm: str, state: int) -> AnyWitness | None:
    try:
        return verdicts.witness(key, dm, state)
    except LimitError:
        return None


def _stable(verdicts: Verdicts, key: str, start: int) -> dict[str, bool]:
    """For whom the start is stable under a concept, as far as it is known."""
    found = {dm: _quietly(verdicts, key, dm, start) for dm in verdicts.profile}
    return {dm: not leaves(witness) for dm, witness in found.items() if witness is not None}
