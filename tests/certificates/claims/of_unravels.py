"""Orders of phases that break down, and changes with which they do not."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.unravels import Repaired, Unravels
from detente.analysis.unlock.phases import phases
from detente.analysis.unlock.unravel import least_broken, repaired
from detente.errors import DetenteError
from detente.model.edit import Edit, apply_all
from detente.preference.shifted import Shift
from tests.certificates.claims.family import Family
from tests.certificates.claims.of_phases import combination, gainers, in_order
from tests.certificates.claims.saying import verdicts
from tests.definitions.behaviour import leavers
from tests.definitions.plain import PERMITTED
from tests.definitions.together import may_take_part
from tests.unlock.ground import Ground, random_profile


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """From some starts to where there is no order."""
    states = list(ground.space.states.each())
    if len(states) < 2:
        return
    profile = random_profile(ground, random)
    for _ in range(6):
        start, package = random.sample(states, 2)
        steps = phases(ground.space, start, package, profile).steps
        found = least_broken(steps)
        if found is not None:
            yield found
            mended = repaired(ground.space, found, profile)
            if mended is not None:
                yield mended


def after(ground: Ground, edits: tuple[Edit, ...], shifts: tuple[Shift, ...]) -> Ground:
    """The conflict after changes, as the second statement has it."""
    changed = Ground(apply_all(edits, ground.conflict)) if edits else ground
    if shifts:
        changed, model = Ground(changed.conflict), changed.after(shifts)
        changed.model = model
    return changed


def breaks_down(ground: Ground, claim: Unravels) -> bool:
    """What fails is what is said to fail, condition by condition."""
    model, package, at = ground.model, ground.number(claim.package), claim.phases[0].start
    expected: set[tuple[int, str, str]] = set()
    for place, (phase, witnesses) in enumerate(zip(claim.phases, claim.holds, strict=True)):
        a, b = combination(ground, phase.start), combination(ground, phase.to)
        s, t = model.number_of(a), model.number_of(b)
        if s is None or t is None or phase.start != at or not verdicts(ground, model, witnesses):
            return False
        who = gainers(ground, a, b)
        lacking = {name for name, gain in who.items() if not gain}
        able = {i for name, owners, way in model.options if name in lacking and (a[name], b[name]) in PERMITTED[way] for i in owners}
        idle = set(phase.movers) - set().union(*who.values())
        if not idle <= {i for i in able if may_take_part(model, i, a, b)} or any(ground.number(w.state) != t for w in witnesses):
            return False
        expected |= {(place, "gain", i) for i in idle if not model.better(i, t, s)}
        expected |= {(place, "holds", i) for i in leavers(model, {w.dm: w.concept for w in witnesses}, t)}
        if place < len(claim.phases) - 1:
            expected |= {(place, "stop", i) for i in model.decision_makers if model.better(i, t, package)}
        at = phase.to
    ends = model.number_of(combination(ground, at)) == package
    begins = model.number_of(combination(ground, claim.phases[0].start)) == ground.number(claim.start)
    return ends and begins and expected == {(b.phase, b.condition, b.by) for b in claim.broken}


def true(ground: Ground, claim: Unravels | Repaired) -> bool:
    """What is told is so."""
    if isinstance(claim, Unravels):
        return breaks_down(ground, claim)
    try:
        return in_order(after(ground, claim.edits, claim.shifts), claim.order)
    except DetenteError:
        return False


FAMILY = Family((Unravels, Repaired), made, true)
