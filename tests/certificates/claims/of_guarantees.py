"""Bans, new owners and measures with which a wanted state holds and is reached."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.guarantee import Guarantee, Unreached
from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.guarantee import guarantee_levers, new_owners
from detente.concepts.witness import Leaves
from detente.model.measure import Measure
from detente.model.trying import tried
from tests.certificates.claims.family import Family
from tests.certificates.claims.saying import outcome_is_so, verdict, verdicts
from tests.definitions.inverse import Verdicts, is_reached, orders_of
from tests.definitions.minimal import subsets
from tests.unlock.ground import Ground, random_profile


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """Guarantees for some wanted states, bans and new owners together."""
    numbers = ground.model.numbers
    for _ in range(3):
        if len(numbers) < 2:
            return
        start, *targets = random.sample(numbers, min(3, len(numbers)))
        want: Want = random.choice(("hold", "reach"))
        owners = new_owners(ground.conflict)
        measures = random.sample(owners, min(2, len(owners)))
        goal = Goal(ground.state(start), random_profile(ground, random), want, ground.states(targets))
        for lever in guarantee_levers(ground.space, goal, measures=measures, most=2).found[:4]:
            yield lever.claim
            yield from (shown for part, shown in lever.claim.lacking if not part and isinstance(shown, Unreached))


def with_measures(ground: Ground, measures: list[Measure]) -> Ground:
    """The conflict with measures taken."""
    return Ground(tried(ground.conflict, measures)) if measures else ground


def carried(before: Ground, after: Ground, state: int) -> int | None:
    """The number of what a state has become: the same options taken, new ones not."""
    taken = before.conflict.taken(state)
    return after.model.number_of({option.key: option.key in taken for option in after.conflict.options})


def had(ground: Ground, profile: dict[str, str], start: int, x: int, want: str) -> bool:
    """Whether a state holds, and is reached if that is asked for."""
    checked, orders = Verdicts(ground.model, profile), orders_of(ground.model)
    return checked.holds(x, orders) and (want == "hold" or is_reached(start, x, checked, orders))


def guaranteed(ground: Ground, claim: Guarantee) -> bool:
    """With all measures it is had; with a part of them it is not."""
    profile, want = dict(claim.outcome.profile), claim.outcome.want
    measures = list(claim.measures)
    after = with_measures(ground, measures)
    start, x = carried(ground, after, claim.start), carried(ground, after, claim.target)
    if start is None or x is None or (after.state(start), after.state(x)) != (claim.outcome.start, claim.outcome.target):
        return False
    if (
        not claim.wanted >> claim.target & 1
        or not had(after, profile, start, x, want)
        or not outcome_is_so(after, after.model, claim.outcome)
    ):
        return False
    shown = dict(claim.lacking)
    for chosen in subsets(range(len(measures))):
        if len(chosen) == len(measures):
            continue
        less = with_measures(ground, [measures[place] for place in sorted(chosen)])
        s, y = carried(ground, less, claim.start), carried(ground, less, claim.target)
        why = shown.get(tuple(sorted(chosen)))
        if s is None or y is None or why is None or had(less, profile, s, y, want):
            return False
        if isinstance(why, Leaves) and not (
            verdict(less, less.model, why) and less.number(why.state) == y and profile[why.dm] == why.concept
        ):
            return False
        if isinstance(why, Unreached) and not unreached(less, why):
            return False
    return len(shown) == (1 << len(measures)) - 1


def unreached(ground: Ground, claim: Unreached) -> bool:
    """Nothing leads from one to the other; and nobody leaves the start, where that is said."""
    checked = Verdicts(ground.model, dict(claim.profile))
    told = verdicts(ground, ground.model, claim.starts)
    leads = is_reached(ground.number(claim.start), ground.number(claim.to), checked, orders_of(ground.model))
    return told and not leads


def true(ground: Ground, claim: Guarantee | Unreached) -> bool:
    """What is told is so."""
    return guaranteed(ground, claim) if isinstance(claim, Guarantee) else unreached(ground, claim)


FAMILY = Family((Guarantee, Unreached), made, true)
