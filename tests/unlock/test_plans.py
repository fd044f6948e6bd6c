"""Plans by the program, and every set of the means by the naive statement."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.edited import edited
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.means import all_edits, fit, gathered
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.planned import Means
from detente.model.measure import Measure, NewBan
from tests.certificates.claims.of_unravels import after
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.plans import cheapest_sets, fewest_joint_moves
from tests.unlock.ground import MIDDLE, Ground, grounds, random_profile


def means_for(ground: Ground, goal: Goal, random: Random) -> list[Means]:
    """Some means of each kind."""
    found = [*gathered(ground.space, goal, red_lines="counted" if random.random() < 0.5 else "excluded"), *edited(ground.space, goal)]
    found.append(Means("measure", 2, (), measure=Measure("watch", (NewBan(random.choice(ground.parties)),), cost=2)))
    return random.sample(found, min(4, len(found)))


def compare(name: str, ground: Ground, random: Random) -> int:
    """One wish; how many plans were compared."""
    profile, model = random_profile(ground, random, ("Nash", "GMR", "SMR", "SEQ", "SSEQ")), ground.model
    s, wanted = random.choice(model.numbers), set(random.sample(model.numbers, min(2, len(model.numbers))))
    goal = Goal(ground.state(s), profile, "reach", ground.states(wanted))
    means = means_for(ground, goal, random)
    terms = Terms(prices={"joint move": random.choice((1, 2, 5))}, most_means=4, listed=10_000, most_states=10_000)
    found = plans(ground.space, goal, means, terms)
    assert found.complete, name
    costs: dict[frozenset[int], int] = {}
    for size in range(len(means) + 1):
        for places in combinations(range(len(means)), size):
            chosen = [means[k] for k in places]
            if fit(chosen):
                there = after(ground, all_edits(ground.conflict, chosen), tuple(shift for one in chosen for shift in one.shifts))
                joint = fewest_joint_moves(there.model, profile, s, wanted, 2)
                if joint is not None:
                    costs[frozenset(places)] = terms.cost(chosen) + joint * terms.price("joint move")
    place = {id(one): k for k, one in enumerate(means)}
    told = {(plan.cost, frozenset(place[id(one)] for one in plan.means)) for plan in found.found}
    assert told == cheapest_sets(costs), name
    assert found.least == min(costs.values(), default=None), name
    for plan in found.found:
        assert refusal(ground.space, plan.claim) is None, name
    return len(told)


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_plans_are_those_of_the_definitions(seed: object) -> None:
    compared = sum(compare(name, ground, Random(name)) for name, ground in grounds(30, f"{seed} plans", MIDDLE))
    assert compared >= 8
