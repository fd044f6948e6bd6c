"""Where an order of phases breaks down, and what would keep it from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import refusal
from detente.analysis.claims.changed import changed, exactly
from detente.analysis.claims.phase_steps import Phase, gaining, rest_of
from detente.analysis.claims.unravels import Broken, Repaired, Unravels, without
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.phased import Steps, Verdicts
from detente.concepts.witness import Leaves
from detente.model.ban import Ban
from detente.model.edit import Edit
from detente.model.edit_bans import AddBan
from detente.model.formula import Not
from detente.preference.shifted import Shift
from detente.space.states import StateSpace


def least_broken(steps: Steps) -> Unravels | None:
    """An order of a package in which the fewest conditions fail; of several one of the fewest steps.

    All orders are looked at.  What counts is how many conditions fail, each for each party and step; how badly does not count.

    Parameters
    ----------
    steps
        The partial states of a package, of at most `detente.analysis.unlock.phased.MOST` options.

    Returns
    -------
    Unravels or None
        None if there is an order in which none fails, or an option is changed that nobody can change.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> found = least_broken(Steps(space, 0, 1, Holding(space, {"A": "Nash"})))
    >>> found.at, found.broken[0].condition, found.broken[0].by
    (0, 'gain', 'A')
    """
    combinations = [steps.origin, *(c for c in rest_of(steps.origin, steps.goal) if steps.feasible(c))]
    combinations.sort(key=lambda c: ((c ^ steps.origin).bit_count(), c))
    at_end = {c: len(steps.stops(c)) + len(steps.holding.leavers(steps.state(c))) for c in combinations[1:]}
    best: dict[int, tuple[int, int, tuple[int, ...]]] = {steps.origin: (0, 0, (steps.origin,))}
    for now in combinations:
        if now not in best:
            continue
        cost, length, way = best[now]
        for to in rest_of(now, steps.goal):
            if to not in at_end:
                continue
            known = best.get(to)
            least = cost + at_end[to]
            if known is not None and (least, length + 1) > known[:2]:
                continue
            missing = _missing(steps, now, to)
            if missing is not None and (known is None or (least + missing, length + 1, (*way, to)) < known):
                best[to] = (least + missing, length + 1, (*way, to))
    if steps.goal not in best or not best[steps.goal][0]:
        return None
    return judged(steps.space, best[steps.goal][2], steps.holding)


def _missing(steps: Steps, start: int, to: int) -> int | None:
    """How many gain nothing by a step and are needed for it; None if it can't be taken at all."""
    if not steps.uncovered(start, to):
        return 0
    gain = steps.gain(start, to)
    needed = steps.needed(start, to)
    return None if needed is None else len([dm for dm in needed if dm not in gain])


def judged(space: StateSpace, combinations: Sequence[int], holding: Verdicts) -> Unravels | None:
    """What fails in an order that leads over these feasible combinations; None if nothing does.

    Raises `RefusedError` if a step changes an option that nobody can change.
    """
    checker = Checker(space, holding.orders)
    states = [space.state_of(c) for c in combinations]
    package = states[-1]
    assert package is not None
    phases, broken, holds = [], [], []
    for k, (start, to) in enumerate(pairwise(combinations)):
        gain = gaining(checker, start, to)
        phase = Phase(start, to, without(checker, start, to, gain))
        state = states[k + 1]
        assert state is not None
        witnesses = holding.witnesses(state)
        phases.append(phase)
        holds.append(witnesses)
        broken += [Broken(k, "gain", dm) for dm in phase.movers if dm not in gain]
        broken += [Broken(k, "holds", w.dm, w) for w in witnesses if isinstance(w, Leaves)]
        if to != combinations[-1]:
            broken += [Broken(k, "stop", dm) for dm in checker.decision_makers if checker.prefers(dm, state, package)]
    start_state = states[0]
    assert start_state is not None
    return Unravels(start_state, package, tuple(phases), tuple(broken), tuple(holds)) if broken else None


def repaired(space: StateSpace, found: Unravels, profile: Mapping[str, str]) -> Repaired | None:
    """Changes with which an order meets all that is asked of it: for each condition that fails the change that speaks of it.

    Who gains nothing by a step comes to prefer its end to its beginning; who would rather stop comes to prefer the package; who leaves a
    state is kept from the move that shows it, and if that is not enough, from every move from there but the next step.

    Parameters
    ----------
    space
        The space.
    found
        The order, and what fails in it.
    profile
        For each decision maker (key) the key of the concept that says whether they stay.

    Returns
    -------
    Repaired or None
        Checked in the changed conflict; None if these changes together do not mend the order.
    """
    shifts = []
    for broken in found.broken:
        phase = found.phases[broken.phase]
        before, after = _state(space, phase.start), _state(space, phase.to)
        if broken.condition == "gain":
            shifts.append(Shift(broken.by, after, before))
        elif broken.condition == "stop":
            shifts.append(Shift(broken.by, found.package, after))
    for wide in (False, True):
        edits = tuple(_bans(space, found, wide))
        there, orders = changed(space, edits, tuple(shifts))
        steps = Steps(there, found.start, found.package, Holding(there, profile, orders=orders))
        claim = Repaired(edits, tuple(shifts), steps.claim((found.phases[0].start, *(phase.to for phase in found.phases))))
        if refusal(space, claim) is None:
            return claim
    return None


def _bans(space: StateSpace, found: Unravels, wide: bool) -> list[Edit]:
    """For each party that leaves a state a ban: on the move that shows it, or on every move but the next step of the order."""
    edits: list[Edit] = []
    for broken in found.broken:
        if broken.leaves is None:
            continue
        reaching = exactly(space, broken.leaves.improvement)
        if wide:
            following = found.phases[broken.phase + 1 :]
            reaching = Not(exactly(space, _state(space, following[0].to) if following else broken.leaves.state))
        edits.append(AddBan(len(space.conflict.bans) + 1, Ban(broken.by, exactly(space, broken.leaves.state), reaching)))
    return edits


def _state(space: StateSpace, combination: int) -> int:
    state = space.state_of(combination)
    assert state is not None
    return state
