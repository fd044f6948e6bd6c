"""Plans: the cheapest complete way from the start to a wanted state that holds, out of all means considered.

A plan is a set of means and a way in the conflict that they make.  Its cost is the sum of the prices of its means and of its joint moves;
sets of means are tried in the order of their price, so that whatever is cheaper than what was found has been tried.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

from detente.analysis.claims.changed import changed
from detente.analysis.claims.plan import Lapse, Planned, carried, restricted
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.means import all_edits, fit
from detente.analysis.unlock.phased import MOST, Steps
from detente.analysis.unlock.phases import phases
from detente.analysis.unlock.planned import JOINT, Means, Plan, Plans
from detente.analysis.unlock.ways import MOST_STATES, Way, Ways
from detente.concepts.witness import Leaves
from detente.errors import DetenteError
from detente.space.sets import StateSet
from detente.space.states import StateSpace

KIND = "plan"
"""What levers of this kind are called."""


@dataclass(frozen=True)
class Terms:
    """Under which terms plans are looked for.

    Parameters
    ----------
    prices
        What one unit of a kind of means costs; 1 for kinds that are not named.
    budgets
        The most that may fall on one party (key), or be spent on one kind of means.  A means falls on each party of its `by`, a joint move
        on each party that makes it.
    most_means, most_joint
        The most means, and the most joint moves, that a plan can have.
    most_states
        Most states from which steps are followed in one conflict.
    listed
        Most plans to look for.
    seconds
        The time that it may take; None for as long as it takes.

    Examples
    --------
    >>> Terms(prices={"ban": 3}).price("ban"), Terms().price("joint move")
    (3, 1)
    """

    prices: Mapping[str, int] = field(default_factory=dict)
    budgets: Mapping[str, int] = field(default_factory=dict)
    most_means: int = 3
    most_joint: int = 2
    most_states: int = MOST_STATES
    listed: int = 5
    seconds: float | None = None

    def price(self, kind: str) -> int:
        """What one unit of a kind of means costs."""
        return self.prices.get(kind, 1)

    def cost(self, means: Sequence[Means]) -> int:
        """What means cost together."""
        return sum(one.cost * self.price(one.kind) for one in means)

    def left(self, means: Sequence[Means]) -> dict[str, int] | None:
        """What the budgets leave after means; None if one of them does not suffice."""
        left = dict(self.budgets)
        for one in means:
            for purse in {one.kind, *one.by} & left.keys():
                left[purse] -= one.cost * self.price(one.kind)
        return None if any(amount < 0 for amount in left.values()) else left


def plans(
    space: StateSpace,
    goal: Goal,
    means: Sequence[Means] = (),
    terms: Terms | None = None,
    *,
    progress: Callable[[str], None] | None = None,
) -> Plans:
    """The cheapest plans for a goal out of means, joint moves, and what parties do of their own accord.

    Parameters
    ----------
    space
        The space.
    goal
        The start, the behaviour, and the wanted states; what is wanted of them is always that one is reached and holds.
    means
        The means to consider (`detente.analysis.unlock.means.gathered` finds some).
    terms
        Prices, budgets and limits.
    progress
        Is told how many sets of means were tried.

    Returns
    -------
    Plans
        No plan has the means of another that costs no more.  Of several ways that the same means give, the one with the fewest joint moves
        is given.

    Raises
    ------
    ValueError
        If no states are wanted.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> profile = dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")
    >>> found = plans(space, Goal(space.state(5), profile, "reach", space.set_of(space.state(8))))
    >>> [(plan.cost, plan.by, plan.joint, space.number(plan.target)) for plan in found.found]
    [(1, ('MoE', 'Uniroyal'), 1, 8)]
    """
    if goal.targets is None:
        raise ValueError("no states are wanted")
    terms = terms or Terms()
    deadline = None if terms.seconds is None else time.monotonic() + terms.seconds
    search = _Search(space, goal, terms, deadline)
    found: list[Plan] = []
    floors: list[int] = []  # what a plan that was not found costs at the least, for each reason that one may exist
    tried, stopped = 0, ""
    for price, chosen in _by_price(means, terms):
        if any(_contained(plan, chosen) and plan.cost <= price for plan in found):
            continue
        if len(found) >= terms.listed and price >= found[terms.listed - 1].cost:
            stopped = "many"
            break
        if deadline is not None and time.monotonic() > deadline:
            stopped, floors = "time", [*floors, price]
            break
        tried += 1
        if progress is not None and tried % 10 == 0:
            progress(f"plans: {len(chosen)} means together, cost {price:,}, {tried:,} sets tried")
        try:
            full = found[terms.listed - 1].cost if len(found) >= terms.listed else None
            plan, cut = search.plan(chosen, price, full)
        except KeyboardInterrupt:
            stopped, floors = "interrupted", [*floors, price]
            break
        if cut:
            floors.append(price)
        if plan is not None:
            found = _minimal([*found, plan])
    floors += [found[0].cost] if found else []
    found = [search.finished(plan) for plan in found[: terms.listed + 1]]
    stopped = stopped or ("cut" if search.cut else "many" if len(found) > terms.listed else "")
    limits = (len(means), tried, terms.most_means, terms.most_joint, dict(terms.prices))
    return Plans(KIND, tuple(found[: terms.listed]), min(floors, default=None), not stopped, stopped, *limits)


def _contained(plan: Plan, means: Sequence[Means]) -> bool:
    """Whether all means of a plan are among some."""
    return {id(one) for one in plan.means} <= {id(one) for one in means}


def _by_price(means: Sequence[Means], terms: Terms) -> Iterator[tuple[int, tuple[Means, ...]]]:
    """Every set of means that can be taken together, with its price: cheapest first, then the smaller set, then by place."""
    price = [terms.cost([one]) for one in means]
    waiting: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    while waiting:
        cost, size, places = heappop(waiting)
        chosen = tuple(means[k] for k in places)
        if not fit(chosen) or terms.left(chosen) is None:
            continue  # nor does any larger set
        yield cost, chosen
        if size < terms.most_means:
            for k in range(places[-1] + 1 if places else 0, len(means)):
                heappush(waiting, (cost + price[k], size + 1, (*places, k)))


def _minimal(found: Sequence[Plan]) -> list[Plan]:
    """The plans whose means do not contain those of another that costs no more, cheapest first."""
    kept: list[Plan] = []
    for plan in sorted(found, key=lambda one: (one.cost, len(one.means))):
        if not any(_contained(other, plan.means) for other in kept):
            kept.append(plan)
    return kept


class _Search:
    """Tries sets of means in their conflicts."""

    def __init__(self, space: StateSpace, goal: Goal, terms: Terms, deadline: float | None) -> None:
        self.space, self.goal, self.terms, self.deadline = space, goal, terms, deadline
        self.cut = False

    def plan(self, means: tuple[Means, ...], price: int, ceiling: int | None = None) -> tuple[Plan | None, bool]:
        """The plan with these means and the fewest joint moves, if they give one, cheaper than a ceiling where there is one.

        Also whether the search for a way was cut short.
        """
        edits, shifts = all_edits(self.space.conflict, means), tuple(shift for one in means for shift in one.shifts)
        try:
            after, orders = changed(self.space, edits, shifts)
            begin = carried(self.space, after, self.goal.start)
            if begin is None:
                return None, False
            holding = Holding(after, self.goal.profile, orders=orders)
            wanted = self._wanted_after(after)
            most = self.terms.most_joint
            if ceiling is not None and self.terms.price(JOINT):
                most = min(most, max(ceiling - price - 1, 0) // self.terms.price(JOINT))
            way, ways = self._way(after, holding, begin, wanted, means, most)
        except DetenteError:
            return None, False  # the means make no conflict, or one that can't be answered for
        self.cut = self.cut or ways.cut
        if way is None:
            return None, ways.cut
        stages = ways.stages(begin, way)
        end = way.steps[-1][1] if way.steps else begin
        assert self.goal.targets is not None
        claim = Planned(edits, shifts, self.goal.start, self.goal.targets.bits, begin, stages, holding.witnesses(end))
        falls = {dm for one in means for dm in one.by} | {dm for stage in stages if stage.leaves is None for dm in stage.movers}
        by = tuple(dm.key for dm in self.space.conflict.decision_makers if dm.key in falls)
        cost = price + way.joint * self.terms.price(JOINT)
        return Plan(KIND, cost, by, restricted(after, self.space, end), claim, means, way.joint), ways.cut

    def finished(self, plan: Plan) -> Plan:
        """A plan with what breaks without each of its means, and with its last joint move in several steps where that is possible."""
        claim, phased = plan.claim, []
        last = claim.stages[-1] if claim.stages else None
        if last is not None and last.leaves is None and claim.end != last.start:
            after, orders = changed(self.space, claim.edits, claim.shifts)
            holding = Holding(after, self.goal.profile, orders=orders)
            steps = Steps(after, last.start, last.to, holding)
            if steps.options <= MOST:
                found = phases(after, last.start, last.to, self.goal.profile, listed=1, holding=holding)
                phased = [(len(claim.stages) - 1, order) for order in found.finest if len(order.phases) > 1]
        return replace(plan, claim=replace(claim, lapses=self.lapses(plan), phased=tuple(phased)))

    def lapses(self, plan: Plan) -> tuple[Lapse, ...]:
        """What breaks without each of the means of a plan, where the states of the plan are states then too."""
        found, numbered = [], changed(self.space, plan.claim.edits)[0].conflict.option_index
        for place in range(len(plan.means)):
            rest = (*plan.means[:place], *plan.means[place + 1 :])
            edits, shifts = all_edits(self.space.conflict, rest), tuple(shift for one in rest for shift in one.shifts)
            if plan.means[place].brings_options or any(one.brings_options for one in rest):
                continue
            after, orders = changed(self.space, edits, shifts)
            if after.conflict.option_index != numbered:  # somebody new decides on an option that stands elsewhere then
                continue
            if not all(after.states.contains(state) for stage in plan.claim.stages for state in (stage.start, stage.to)):
                continue
            holding = Holding(after, self.goal.profile, orders=orders)
            checker = Ways(after, holding).checker
            leaves = tuple(witness for witness in holding.witnesses(plan.claim.end) if isinstance(witness, Leaves))
            lost = tuple(
                (k, dm) for k, s in enumerate(plan.claim.stages) for dm in s.movers if not checker.prefers(dm, s.to, s.start)
            )  # fmt: skip
            if leaves or lost:
                found.append(Lapse(place, edits, shifts, leaves, lost))
        return tuple(found)

    def _wanted_after(self, after: StateSpace) -> StateSet:
        """The wanted states in a changed conflict."""
        assert self.goal.targets is not None
        if after is not self.space and after.conflict.option_index != self.space.conflict.option_index:
            return after.set_of(*(state for state in after.states.each() if self._wanted(after, state)))
        return StateSet(after, self.goal.targets.bits & after.states.bits)

    def _way(
        self, after: StateSpace, holding: Holding, begin: int, wanted: StateSet, means: Sequence[Means], most: int
    ) -> tuple[Way | None, Ways]:
        """The way with the fewest joint moves that the budgets allow."""
        ways = Ways(after, holding, self.terms.most_states, self.deadline)
        left, price = self.terms.left(means) or {}, self.terms.price(JOINT)
        if JOINT in left and price:
            most = min(most, left[JOINT] // price)
        limits = {dm.key: left[dm.key] // price for dm in self.space.conflict.decision_makers if dm.key in left} if price else {}
        return ways.cheapest(begin, wanted, most, limits), ways

    def _wanted(self, after: StateSpace, state: int) -> bool:
        """Whether a state of a changed conflict is a wanted one, leaving out new options."""
        before = restricted(after, self.space, state)
        return before is not None and self.goal.targets is not None and self.goal.targets.contains(before)
