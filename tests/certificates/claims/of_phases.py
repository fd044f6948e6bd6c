"""Orders of phases, and that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.phase_steps import Phase, Spent
from detente.analysis.claims.phases import NoPhases, Phased
from detente.analysis.unlock.phases import phases
from tests.certificates.claims.family import Family
from tests.certificates.claims.saying import verdict
from tests.definitions.behaviour import holds
from tests.definitions.plain import PERMITTED, Combination
from tests.definitions.together import may_take_part
from tests.unlock.ground import Ground, random_profile


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """From some starts to where somebody gains."""
    states = list(ground.space.states.each())
    if len(states) < 2:
        return
    profile = random_profile(ground, random)
    for _ in range(6):
        start, package = random.sample(states, 2)
        found = phases(ground.space, start, package, profile)
        yield from found.shortest[:1]
        yield from found.finest[:1]
        if found.none is not None:
            yield found.none


def combination(ground: Ground, bits: int) -> Combination:
    """A combination of the program in the second statement."""
    return {option.key: bool(bits >> k & 1) for k, option in enumerate(ground.conflict.options)}


def gainers(ground: Ground, a: Combination, b: Combination) -> dict[str, set[str]]:
    """For each option that differs its owners who gain by the step and whom nothing keeps from it."""
    model = ground.model
    s, t = model.number_of(a), model.number_of(b)
    assert s is not None
    assert t is not None
    return {
        name: {i for i in owners if (a[name], b[name]) in PERMITTED[way] and may_take_part(model, i, a, b) and model.better(i, t, s)}
        for name, owners, way in model.options
        if a[name] != b[name]
    }


def in_order(ground: Ground, claim: Phased) -> bool:
    """Each step is a gain for its movers, each state on the way holds as the witnesses say, and nobody would stop."""
    model, package, at = ground.model, ground.number(claim.package), claim.phases[0].start
    if model.number_of(combination(ground, at)) != ground.number(claim.start) or claim.start == claim.package:
        return False
    changed = 0
    for place, (phase, witnesses) in enumerate(zip(claim.phases, claim.holds, strict=True)):
        who = gainers(ground, combination(ground, phase.start), combination(ground, phase.to))
        t = model.number_of(combination(ground, phase.to))
        assert t is not None
        profile = {witness.dm: witness.concept for witness in witnesses}
        last = place == len(claim.phases) - 1
        fits = phase.start == at and not changed & (phase.start ^ phase.to) and all(who.values())
        fits = fits and set(phase.movers) == set().union(*who.values()) and set(profile) == set(model.decision_makers)
        if not fits or not holds(model, profile, t) or (not last and any(model.better(i, t, package) for i in model.decision_makers)):
            return False
        at, changed = phase.to, changed | (phase.start ^ phase.to)
    return model.number_of(combination(ground, at)) == package and all(gives_up(ground, claim.phases, one) for one in claim.spent)


def gives_up(ground: Ground, phases_: tuple[Phase, ...], one: Spent) -> bool:
    """Before the step the other would have given the rest for what can't be taken back; after it, no longer."""
    model, phase = ground.model, phases_[one.phase]
    oneway = {name for name, _, way in model.options if way != "both"}
    keys = [option.key for option in ground.conflict.options]
    given = {key for k, key in enumerate(keys) if one.bits >> k & 1}
    start, to = combination(ground, phase.start), combination(ground, phase.to)
    mine = {name for name, _, _ in model.options if start[name] != to[name]}
    if not given <= mine & oneway or one.by not in phase.movers or one.by == one.over:
        return False

    def flipped(bits: int) -> int | None:
        return model.number_of(combination(ground, bits))

    before, exchanged = flipped(phase.start), flipped(phase.start ^ one.bits ^ one.rest)
    after, alone = flipped(phase.to), flipped(phase.to ^ one.rest)
    if before is None or exchanged is None or after is None or alone is None:
        return False
    return model.better(one.over, exchanged, before) and not model.better(one.over, alone, after)


def without_order(ground: Ground, claim: NoPhases) -> bool:
    """From the origin no steps lead to the goal but over states that somebody leaves, or at which somebody would stop, as is said."""
    model, package = ground.model, ground.number(claim.package)
    members = {number: [dict(member) for member in model.state(number).members] for number in (ground.number(claim.start), package)}
    if (
        combination(ground, claim.origin) not in members[ground.number(claim.start)]
        or combination(ground, claim.goal) not in members[package]
    ):
        return False
    for bits, leaves in claim.unheld:
        if not verdict(ground, model, leaves) or model.number_of(combination(ground, bits)) != ground.number(leaves.state):
            return False
    for bits, i in claim.stops:
        s = model.number_of(combination(ground, bits))
        if s is None or bits in (claim.goal,) or not model.better(i, s, package):
            return False
    barred = {bits for bits, _ in (*claim.unheld, *claim.stops)}
    waiting, seen = [claim.origin], {claim.origin}
    while waiting:
        now = waiting.pop()
        for to in range(1 << len(ground.conflict.options)):
            rest = now ^ claim.goal
            if to in seen or to == now or (now ^ to) & ~rest or to in barred or model.number_of(combination(ground, to)) is None:
                continue
            if all(gainers(ground, combination(ground, now), combination(ground, to)).values()):
                seen.add(to)
                waiting.append(to)
    return claim.goal not in seen


def true(ground: Ground, claim: Phased | NoPhases) -> bool:
    """What is told is so."""
    return in_order(ground, claim) if isinstance(claim, Phased) else without_order(ground, claim)


FAMILY = Family((Phased, NoPhases), made, true)
