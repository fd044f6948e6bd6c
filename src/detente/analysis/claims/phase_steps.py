"""The steps of an order of phases: who takes one, whether they can, and whose leverage is spent with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import need
from detente.analysis.claims.joint import changeable


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of an order: the combinations before and after it, and everybody who changes an option in it and gains by it (keys)."""

    start: int
    to: int
    movers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spent:
    """A party takes a step that can't be taken back, and with it what it held over another is spent.

    Before the step the other would have gained by making its own open changes in exchange for what can't be taken back; after the step it
    would gain nothing by making them.

    Parameters
    ----------
    phase
        The step, counted from 0.
    by
        Who takes it (key).
    bits
        What it changes that can't be taken back.
    over
        The other (key).
    rest
        The changes that are still to come from the other.
    """

    phase: int
    by: str
    bits: int
    over: str
    rest: int


def rest_of(combination: int, goal: int) -> Iterator[int]:
    """All combinations between one and a goal: with some, at least one, of what they differ in changed, the goal among them."""
    rest = flip = combination ^ goal
    while flip:
        yield combination ^ flip
        flip = (flip - 1) & rest


def step(checker: Checker, phase: Phase) -> int:
    """The state that a step leads to; refuses one that is infeasible, or not a gain for exactly those movers who suffice for it."""
    space = checker.space
    before, after = space.state_of(phase.start), space.state_of(phase.to)
    if before is None or after is None:
        need(False, f"phase: {phase.start} or {phase.to} is infeasible")
        return 0
    need(phase.movers == gaining(checker, phase.start, phase.to), f"movers: {phase.movers}")
    need(taken(checker, phase.start, phase.to), f"phase: {phase.movers} can't change {phase.start} to {phase.to}")
    return after


def gaining(checker: Checker, start: int, to: int) -> tuple[str, ...]:
    """Everybody who can change a part of what differs between two feasible combinations, and prefers the second state to the first."""
    space = checker.space
    before, after = space.state_of(start), space.state_of(to)
    if before is None or after is None:
        return ()
    keys = (dm for dm in checker.decision_makers if checker.prefers(dm, after, before))
    return tuple(dm for dm in keys if changeable(space, (dm,), start, to) & (start ^ to))


def taken(checker: Checker, start: int, to: int) -> bool:
    """Whether those who gain can make a change together."""
    return not (start ^ to) & ~changeable(checker.space, gaining(checker, start, to), start, to)


def leverage(checker: Checker, phases: tuple[Phase, ...]) -> Iterator[Spent]:
    """Every step by which a party gives up what it held over another."""
    space = checker.space
    one_way = space.only_on | space.only_off
    for k, phase in enumerate(phases):
        for by in phase.movers:
            given = (phase.start ^ phase.to) & one_way & changeable(space, (by,), phase.start, phase.to)
            for over in checker.decision_makers if given else ():
                later = [p for p in phases[k + 1 :] if over in p.movers]
                rest = sum((p.start ^ p.to) & changeable(space, (over,), p.start, p.to) for p in later)
                if over == by or not rest:
                    continue
                places = (phase.start, phase.start ^ given ^ rest, phase.to, phase.to ^ rest)
                before, exchanged, after, alone = (space.state_of(c) for c in places)
                if before is None or exchanged is None or after is None or alone is None:
                    continue
                if checker.prefers(over, exchanged, before) and not checker.prefers(over, alone, after):
                    yield Spent(k, by, given, over, rest)
