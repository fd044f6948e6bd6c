"""Plans, against every set of means and every way of so many joint moves, on random conflicts and published ones."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.changed import changed
from detente.analysis.claims.plan import together
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.means import all_edits, fit, gathered
from detente.analysis.unlock.plan import Terms, plans
from detente.analysis.unlock.planned import Means
from detente.analysis.unlock.ways import Way, Ways
from detente.cases import load
from detente.concepts.registry import concept
from detente.concepts.witness import Stays
from detente.engines.single import SingleEngine
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.measure import Measure, NewBan, NewOption, NewStatement
from detente.model.parse import parse_formula
from detente.model.preference import Statement
from detente.preference.prioritization import OptionPrioritization
from detente.preference.shifted import Shift
from detente.space.states import StateSpace

from .test_coalitions import keys_of, limited


class Only(SingleEngine):
    """The engine of definitions with one improvement left of one party at one state."""

    left: tuple[str, int, int] | None = None

    def improvements(self, dm: str, state: int) -> tuple[int, ...]:
        every = super().improvements(dm, state)
        return tuple(to for to in every if self.left is None or (dm, state) != self.left[:2] or to == self.left[2])


def plain_cost(holding: Holding, start: int, aims: set[int], most: int) -> int | None:
    """The fewest joint moves of any way, by plain relaxation over all states; None if no way has so few."""
    space, checker = holding.space, Ways(holding.space, holding).checker
    engine = Only(space, orders=holding.orders)
    states = space.states.first(space.states.count)
    arcs: list[tuple[int, int, int]] = []
    for state in states:
        for dm in holding.profile:
            for to in SingleEngine(space, orders=holding.orders).improvements(dm, state):
                engine.left = (dm, state, to)
                if not isinstance(engine.witness(concept(holding.profile[dm]), dm, state), Stays):
                    arcs.append((state, to, 0))
        arcs += [(state, to, 1) for to in states if to != state and together(checker, state, to)]
    cost = {start: 0}
    for _ in states:
        for a, b, price in arcs:
            if a in cost and cost[a] + price < cost.get(b, most + 1):
                cost[b] = cost[a] + price
    return min((cost[aim] for aim in aims if aim in cost), default=None)


@pytest.mark.parametrize("seed", range(80))
def test_plans_are_minimal_over_the_means_given(seed: int) -> None:
    draw, space = random.Random(seed), limited(seed)
    states = space.states.first(space.states.count)
    profile = {dm: draw.choice(["Nash", "GMR", "SEQ"]) for dm in keys_of(space)}
    start = draw.choice(states)
    goal = Goal(start, profile, "reach", space.set_of(*draw.sample(states, min(2, len(states)))))
    means = gathered(space, goal, most_targets=2)[:4]
    if draw.random() < 0.5:
        means += (Means("measure", 2, (), measure=Measure("watch", (NewBan(draw.choice(keys_of(space))),), cost=2)),)
    terms = Terms(prices={"joint move": draw.choice([1, 3])}, most_means=5, listed=1000, most_states=10_000)
    found = plans(space, goal, means, terms)
    assert found.complete
    expected: list[tuple[int, frozenset[int]]] = []
    assert goal.targets is not None
    for size in range(len(means) + 1):
        for places in combinations(range(len(means)), size):
            chosen = [means[k] for k in places]
            if not fit(chosen):
                continue
            after, orders = changed(space, all_edits(space.conflict, chosen), tuple(s for one in chosen for s in one.shifts))
            holding = Holding(after, profile, orders=orders)
            aims = {state for state in goal.targets.each() if holding.holds(state)}
            joint = plain_cost(holding, start, aims, 2)
            if joint is not None:
                expected.append((terms.cost(chosen) + joint * terms.price("joint move"), frozenset(places)))
    minimal = [(c, p) for c, p in expected if not any(d <= c and q < p for d, q in expected)]
    place = {id(one): k for k, one in enumerate(means)}
    assert sorted((plan.cost, sorted(place[id(one)] for one in plan.means)) for plan in found.found) == sorted(
        (c, sorted(p)) for c, p in minimal
    )
    assert found.least == min((c for c, _ in expected), default=None)
    assert [refusal(space, plan.claim) for plan in found.found] == [None] * len(found.found)


@pytest.fixture(scope="module")
def elmira() -> StateSpace:
    return StateSpace(load("elmira"))


def asked(space: StateSpace, start: int, target: int) -> Goal:
    return Goal(space.state(start), dict.fromkeys(keys_of(space), "SEQ"), "reach", space.set_of(space.state(target)))


def test_elmira_needs_the_ministry_and_uniroyal_to_move_together_and_nothing_else(elmira: StateSpace) -> None:
    goal = asked(elmira, 5, 8)
    found = plans(elmira, goal, gathered(elmira, goal))
    assert [(plan.cost, plan.means, plan.by, plan.joint) for plan in found.found] == [(1, (), ("MoE", "Uniroyal"), 1)]
    assert found.proven
    assert found.least == 1


def test_prices_and_budgets_decide(elmira: StateSpace) -> None:
    goal = asked(elmira, 1, 4)
    means = gathered(elmira, goal)
    free = plans(elmira, goal, means)
    assert [(plan.cost, [(one.kind, one.by) for one in plan.means]) for plan in free.found][:2] == [
        (3, [("preference shift", ("Local",))]),
        (3, [("preference shift", ("Uniroyal",)), ("ban", ("Local",))]),
    ]
    dear = plans(elmira, goal, means, Terms(prices={"ban": 10}))
    assert next([one.kind for one in plan.means] for plan in dear.found) == ["preference shift"]
    spared = plans(elmira, goal, means, Terms(budgets={"Local": 0}))
    assert spared.found == ()
    assert spared.least is None
    no_meeting = plans(elmira, asked(elmira, 5, 8), (), Terms(budgets={"joint move": 0}))
    assert no_meeting.found == ()
    for party in ("MoE", "Uniroyal"):
        assert plans(elmira, asked(elmira, 5, 8), (), Terms(budgets={party: 0})).found == ()
    assert len(plans(elmira, asked(elmira, 5, 8), (), Terms(budgets={"Local": 0})).found) == 1


def test_a_start_that_is_wanted_and_holds_needs_nothing(elmira: StateSpace) -> None:
    found = plans(elmira, asked(elmira, 5, 5))
    assert [(plan.cost, plan.claim.stages, plan.by) for plan in found.found] == [(0, (), ())]
    assert refusal(elmira, found.found[0].claim) is None


def test_searches_that_are_cut_claim_no_proof(elmira: StateSpace) -> None:
    goal = asked(elmira, 1, 4)
    late = plans(elmira, goal, gathered(elmira, goal), Terms(seconds=0))
    assert (late.found, late.least, late.stopped, late.complete, late.proven) == ((), 0, "time", False, False)
    narrow = plans(elmira, goal, gathered(elmira, goal), Terms(most_states=0))
    assert narrow.stopped == "cut"
    assert not narrow.complete
    few = plans(elmira, goal, gathered(elmira, goal), Terms(listed=1))
    assert (len(few.found), few.stopped, few.proven) == (1, "many", True)
    with pytest.raises(ValueError, match="no states are wanted"):
        plans(elmira, Goal(goal.start, goal.profile, "break"))


def test_an_interrupted_search_keeps_what_it_has(elmira: StateSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = asked(elmira, 1, 4)
    whole, tried = Ways.cheapest, [0]

    def interrupted(self: Ways, *args: Any) -> Way | None:
        tried[0] += 1
        if tried[0] == 4:
            raise KeyboardInterrupt
        return whole(self, *args)

    monkeypatch.setattr(Ways, "cheapest", interrupted)
    found = plans(elmira, goal, gathered(elmira, goal))
    assert (found.stopped, found.complete) == ("interrupted", False)
    assert found.least is not None


def trusting() -> Conflict:
    """A prisoners' dilemma: each can cheat; both prefer that none does to that both do, and each prefers to cheat."""
    a = DecisionMaker("A", "A", OptionPrioritization((Statement(parse_formula("not y")), Statement(parse_formula("x")))))
    b = DecisionMaker("B", "B", OptionPrioritization((Statement(parse_formula("not x")), Statement(parse_formula("y")))))
    return Conflict("dilemma", (a, b), (Option("x", "cheat", ("A",)), Option("y", "cheat", ("B",))), status_quo=frozenset({"x", "y"}))


def test_a_dilemma_is_left_with_bans_and_a_joint_move() -> None:
    space = StateSpace(trusting())
    goal = Goal(3, {"A": "Nash", "B": "Nash"}, "reach", space.set_of(0))
    bans = [Means("ban", 1, (dm,), bans=(Ban(dm, parse_formula("not x and not y")),)) for dm in ("A", "B")]
    found = plans(space, goal, bans)
    assert [(plan.cost, len(plan.means), plan.by, plan.joint) for plan in found.found] == [(3, 2, ("A", "B"), 1)]
    assert refusal(space, found.found[0].claim) is None


def test_a_measure_with_a_new_option_keeps_start_and_goal() -> None:
    space = StateSpace(trusting())
    fine = NewOption(
        "Fine",
        ("B",),
        "fine A",
        valued=(NewStatement(parse_formula("Fine iff x and not y"), "B", 1), NewStatement(parse_formula("not Fine"), "A", 1)),
    )
    answer = NewOption(
        "Claim",
        ("A",),
        "fine B",
        valued=(NewStatement(parse_formula("Claim iff y and not x"), "A", 1), NewStatement(parse_formula("not Claim"), "B", 1)),
    )
    measure = Measure("fines", (fine, answer), cost=4)
    goal = Goal(3, {"A": "SEQ", "B": "SEQ"}, "reach", space.set_of(0))
    found = plans(space, goal, (Means("measure", 4, (), measure=measure),), Terms(listed=5))
    assert found.complete
    for plan in found.found:
        assert plan.target == 0
        assert refusal(space, plan.claim) is None
    moved = Means("preference shift", 1, ("A",), shifts=(Shift("A", 0, 1),))
    assert not fit([Means("measure", 4, (), measure=measure), moved])
    assert fit([moved])


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_the_means_changes_no_cost(seed: int) -> None:
    space = limited(seed)
    states = space.states.first(space.states.count)
    goal = Goal(states[0], dict.fromkeys(keys_of(space), "SEQ"), "reach", space.set_of(states[-1]))
    means = gathered(space, goal)
    there, back = plans(space, goal, means, Terms(listed=100)), plans(space, goal, means[::-1], Terms(listed=100))
    assert [plan.cost for plan in there.found] == [plan.cost for plan in back.found]
    assert there.least == back.least
