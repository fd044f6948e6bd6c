"""The types D1 to D5 in spaces of any size: what could be had instead of a standstill, and why it is not."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.claims.base import Claim
from detente.analysis.claims.none_such import Question
from detente.analysis.claims.unlisted import NotReached, SomebodyLeaves
from detente.analysis.deadlock.found import Silence
from detente.analysis.large.found import Existence, LargeFinding, LargeRedLines
from detente.analysis.large.holding import Held
from detente.analysis.large.path import shortest_large
from detente.analysis.large.red_line_claims import restores_claim
from detente.analysis.large.red_lines import large_red_lines
from detente.analysis.large.standstill import LargeStandstill
from detente.errors import LimitError
from detente.model.formula import TRUE, Not
from detente.model.rule import required
from detente.space.conditions import both, exactly

SHOWN = 5
"""Most states that hold of which is told."""

Results = Iterator[LargeFinding | Silence]


def no_bargain_or_ruled_out(standstill: LargeStandstill, better: Existence, red_lines: LargeRedLines | None) -> Results:
    """D1 and D2: nothing is better for everybody; and nothing would be, or something would, without red lines and rules."""
    if better.exists is not False:
        if better.exists is None:
            yield from (Silence(key, "time") for key in ("D1", "D2"))
        return
    found = red_lines or large_red_lines(standstill.space, standstill.start, rules=True, clock=standstill.clock)
    unknown_rules = not standstill.rules and any(required(rule) is not None for rule in standstill.space.conflict.rules)
    if unknown_rules:
        yield Silence("D2", "rankings")
    if found.restoring:
        if not found.complete:
            yield Silence("D2", "sets of red lines")
        made = (
            restores_claim(standstill.space, standstill.start, TRUE, dropped, gained, standstill.clock)
            for dropped, gained in found.restoring
        )
        claims: list[Claim] = [claim for claim in made if claim is not None]
        by = {dm for dropped, _ in found.restoring for dm, _ in dropped}
        owners = tuple(dm for dm in standstill.profile if dm in by)
        yield LargeFinding("D2", (*claims, *better.claims), tuple(gained for _, gained in found.restoring), owners, found.complete)
        return
    possible = standstill.none(Question("possible gain", rules=standstill.rules))
    if not found.complete and possible is None:
        yield from (Silence(key, "time") for key in ("D1", "D2"))
        return
    shared = standstill.seek.find(standstill.shared)
    if not shared.sure:
        yield Silence("D1", "time")
    elif shared.state is None or not _any_shared(standstill):
        none = standstill.none(Question("shared gain")) if standstill.joint_is_all else None
        yield LargeFinding("D1", tuple(claim for claim in (*better.claims, possible, none) if claim is not None), complete=True)


def _any_shared(standstill: LargeStandstill) -> bool:
    """Whether some group of two or more can bring about what all of it prefer, where sequences may reach more than joint moves."""
    if standstill.joint_is_all or standstill.seek.find(standstill.seek.shared_gain).state is not None:
        return True
    return any(standstill.smallest_group(state) for state in standstill.seek.each(standstill.shared))


def out_of_reach(standstill: LargeStandstill, better: Existence) -> Results:
    """D3: something is better for everybody, and neither moves nor a joint move lead to any of it."""
    if not better.exists:
        return
    seek = standstill.seek
    reachable = seek.find(seek.better_for_all, seek.within_reach)
    if not reachable.sure:
        yield Silence("D3", "time")
    elif reachable.state is None:
        at_most = seek.find(seek.better_for_all, seek.within_reach_at_most)
        claims: list[Claim] = []
        if at_most.state is not None or not at_most.sure:
            moving = standstill.moving
            if not moving.complete:
                yield Silence("D3", "sequences")
                return
            if any(len(standstill.gainers(state)) == len(standstill.profile) for state in moving.states - {standstill.start}):
                return
            lengths = tuple((state, dm, length) for (state, dm), length in moving.lengths.items())
            claims.append(NotReached(standstill.start, better.states, "any", lengths))
        none = standstill.none(Question("gain in reach"))
        yield LargeFinding("D3", (*([none] if none else []), *claims), better.states, complete=better.all_listed)


def coordination_or_commitment(standstill: LargeStandstill) -> Results:
    """D4 and D5: what two or more could have together holds, and improvements do not lead there; or none of it holds."""
    seek = standstill.seek
    first = seek.find(standstill.shared)
    if first.state is None:
        yield from (Silence(key, "time") for key in ("D4", "D5") if not first.sure)
        return
    doubtful: set[str] = set()

    def counts(state: int) -> bool:
        try:
            return bool(standstill.smallest_group(state))
        except LimitError:
            doubtful.add("sequences")
            return False

    hinted = [state for state in standstill.hints if _is_had_together(standstill, state) and counts(state)]
    if hinted:
        yield _coordination(standstill, hinted[:SHOWN], complete=False)
        return
    held = standstill.holding.among(standstill.shared, most=SHOWN, counts=counts)
    apart, unsure = [], False
    for state in held.states:
        way = _improvements_lead_to(standstill, state)
        apart += [state] if way is False else []
        unsure = unsure or way is None
    if not apart and held.states and not held.complete and not unsure:
        wider = standstill.holding.among(
            standstill.shared, most=1, counts=lambda state: counts(state) and _improvements_lead_to(standstill, state) is False
        )
        apart = list(wider.states)
        unsure = not wider.complete
    if apart:
        yield _coordination(standstill, apart, complete=held.complete and not doubtful)
    elif unsure:
        yield Silence("D4", "improvements")
    elif not held.states and (not held.complete or doubtful):
        yield from (Silence(key, next(iter(doubtful), "candidates")) for key in ("D4", "D5"))
    if not held.states and held.complete and not doubtful and held.left:
        yield _commitment(standstill, held)


def _is_had_together(standstill: LargeStandstill, state: int) -> bool:
    """Whether a state is a shared gain that holds, and improvements are known not to lead there."""
    seek = standstill.seek
    if seek.find(standstill.shared, *seek.code.is_state(seek.state, state)).state is None:
        return False
    return standstill.verdicts.holds(state) is True and _improvements_lead_to(standstill, state) is False


def _improvements_lead_to(standstill: LargeStandstill, state: int) -> bool | None:
    """Whether a sequence of improvements leads from the start to a state; None where that was not settled."""
    if state in standstill.improving.states:
        return True
    if standstill.improving.complete:
        return False
    left = None if standstill.clock.seconds is None else max(0.1, (standstill.clock.seconds - standstill.clock.spent) / 4)
    found = shortest_large(standstill.space, standstill.start, state, "improving", seconds=left)
    return True if found.way is not None else False if found.none else None


def _coordination(standstill: LargeStandstill, states: list[int], *, complete: bool) -> LargeFinding:
    ordered = sorted(states, key=lambda state: ((state ^ standstill.start).bit_count(), state))
    claims: list[Claim] = []
    starts = standstill.witnesses(standstill.start) or ()
    for state in ordered:
        group, ends = standstill.smallest_group(state), standstill.witnesses(state)
        if ends is not None:
            claims.append(standstill.together(group, state, ends, starts))
    if standstill.improving.complete:
        lengths = tuple((state, dm, length) for (state, dm), length in standstill.improving.lengths.items())
        claims.append(NotReached(standstill.start, tuple(ordered), "improving", lengths))
    members = {dm for state in ordered for dm in standstill.smallest_group(state)}
    return LargeFinding("D4", tuple(claims), tuple(ordered), tuple(dm for dm in standstill.profile if dm in members), complete)


def _commitment(standstill: LargeStandstill, held: Held) -> LargeFinding:
    left = sorted(held.left, key=lambda item: ((item[0] ^ standstill.start).bit_count(), item[0]))
    witnesses = tuple(witness for _, witness in left)
    claims: list[Claim] = [SomebodyLeaves(tuple(standstill.profile.items()), witnesses)]
    if standstill.joint_is_all:
        conflict = standstill.space.conflict
        others = both(*(Not(exactly(conflict, conflict.taken(state))) for state, _ in left))
        none = standstill.none(Question("shared gain"), others)
        claims += [] if none is None else [none]
    leaving = {witness.dm for witness in witnesses}
    by = tuple(dm for dm in standstill.profile if dm in leaving)
    return LargeFinding("D5", tuple(claims), tuple(state for state, _ in left), by, complete=True)
