"""Plans: every set of the means given, each tried by the definitions."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.plan import Lapse
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.means import gathered
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.planned import Means
from detente.concepts.witness import Leaves
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Not, Taken
from detente.model.measure import Measure, NewOwner
from detente.model.preference import Statement
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_ban
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.plans import fewest_moves_together
from tests.unlock.ground import Ground, grounds, random_profile

SHAPE = Shape(most_decision_makers=3, most_options=4, most_states=10, red_lines=0.2)


def expected(ground: Ground, goal: Goal, means: list[Means], terms: Terms) -> list[tuple[int, frozenset[int]]]:
    """For every set of the means that fit together and give a way: its cost, and which they are."""
    assert goal.targets is not None
    start, wanted, found = ground.number(goal.start), ground.numbers(goal.targets), []
    for size in range(len(means) + 1):
        for places in combinations(range(len(means)), size):
            chosen = [means[place] for place in places]
            shifts = [shift for one in chosen for shift in one.shifts]
            if len({(shift.dm, shift.state) for shift in shifts}) < len(shifts):
                continue  # the same state of the same decision maker is moved twice
            bans = (*ground.conflict.bans, *(ban for one in chosen for ban in one.bans))
            after = Ground(replace(ground.conflict, bans=bans)).after(shifts)
            joint = fewest_moves_together(after, goal.profile, start, wanted, terms.most_joint)
            if joint is not None:
                cost = sum(one.cost * terms.price(one.kind) for one in chosen)
                found.append((cost + joint * terms.price("joint move"), frozenset(places)))
    return found


def compare(name: str, ground: Ground, random: Random) -> int:
    """One goal, with what the program finds for it and bans at random as means; how many plans there are."""
    numbers = ground.model.numbers
    start, *targets = random.sample(numbers, min(3, len(numbers)))
    goal = Goal(ground.state(start), random_profile(ground, random), "reach", ground.states(targets))
    options = [option.key for option in ground.conflict.options]
    means = [*gathered(ground.space, goal, red_lines="counted", measures=())]
    means = [one for one in means if not one.edits and one.measure is None]
    means = random.sample(means, min(3, len(means)))
    means.append(Means("ban", 2, (), bans=(random_ban(random, ground.parties, options),)))
    terms = Terms(prices={"joint move": random.choice((1, 3)), "ban": random.choice((1, 2))}, most_means=5, listed=1000)
    found, where = plans(ground.space, goal, means, terms), f"model {name}: {goal}"
    every = expected(ground, goal, means, terms)
    minimal = {(cost, chosen) for cost, chosen in every if not any(less <= cost and part < chosen for less, part in every)}
    place = {id(one): k for k, one in enumerate(means)}
    told = [(plan.cost, frozenset(place[id(one)] for one in plan.means)) for plan in found.found]
    assert found.complete, where
    assert set(told) == minimal, where
    assert len(told) == len(minimal), where
    assert found.least == min((cost for cost, _ in every), default=None), where
    for plan in found.found:
        assert refusal(ground.space, plan.claim) is None, (where, refusal(ground.space, plan.claim))
    return len(told)


@pytest.mark.parametrize("part", range(3))
def test_plans(part: int) -> None:
    random = Random(f"{fresh()} {part}")
    assert sum(compare(name, ground, random) for name, ground in grounds(50, f"{fresh()} plans {part}", SHAPE)) > 10


def test_plans_of_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) for name, ground in grounds(40, FIXED, SHAPE)) > 8


def test_what_breaks_is_not_said_of_states_that_are_others_by_then() -> None:
    """Who decides on an option that nobody decided on has it among their own: without the measure the options stand in another order."""
    order = OptionPrioritization((Statement(Not(Taken("x"))), Statement(Taken("n"))))
    parties = (DecisionMaker("A", "A", order), DecisionMaker("B", "B", order))
    options = (Option("n", "n", ()), Option("x", "x", ("A",)), Option("y", "y", ("B",)))
    space = StateSpace(Conflict("handed over", parties, options, measures=(Measure("hand over", (NewOwner("B", "n"),)),)))
    goal = Goal(0, {"A": "Nash", "B": "Nash"}, "reach", space.set_of(0b001))
    (plan,) = (plan for plan in plans(space, goal, gathered(space, goal)).found if plan.claim.edits and not plan.claim.shifts)
    assert (plan.claim.end, plan.claim.lapses) == (0b010, ())
    assert refusal(space, plan.claim) is None
    wrong = Lapse(0, (), (), (Leaves("Nash", "A", 0b010, 0b000, ()),), ())  # there it is x that is taken
    refused = refusal(space, replace(plan.claim, lapses=(wrong,)))
    assert refused is not None
    assert "the states are other ones" in refused
