"""Guarantees: bans that somebody watches, sanctions that others could take, a signature by several at once, measures of the analyst's.

For each wanted state the sets of such means are tried in the order of their cost, until every set within the stated bounds has been
tried or contains one that is enough.  A sanction of a new owner needs no separate look at its credibility: under a concept with
credible answers (SEQ, SSEQ, SIM) only what is an improvement for whoever takes it counts as an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from time import monotonic

from detente.analysis.claims.changed import exactly
from detente.analysis.claims.guarantee import Guarantee, Unreached, carried
from detente.analysis.claims.joint import joint
from detente.analysis.claims.outcome import Outcome
from detente.analysis.reach import Reach, reach
from detente.analysis.unlock.coalitions import coalition_moves
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.grouped import limit_claim
from detente.analysis.unlock.lever import Lever, Levers
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Step, Witness
from detente.engines.single import SingleEngine
from detente.errors import EditError
from detente.model.conflict import Conflict
from detente.model.measure import Measure, NewBan, NewOwner
from detente.model.trying import tried
from detente.space.states import StateSpace

KIND = "guarantee"
KEPT = 64
"""Changed conflicts that are remembered at once."""

Means = tuple[Measure, ...]


@dataclass(frozen=True)
class Way:
    """How a state is reached: steps of improvements, or of a group (`together`) that gains; no step: one joint move of the group."""

    steps: tuple[Step, ...]
    together: tuple[str, ...]


class World:
    """A conflict with measures taken, and what is found out about it.

    Parameters
    ----------
    before
        The space as it is.
    means
        The measures.
    start
        The start, in the space as it is.
    profile
        For each decision maker (key) the key of a concept.
    """

    def __init__(self, before: StateSpace, means: Means, start: int, profile: Mapping[str, str]) -> None:
        self.space = StateSpace(tried(before.conflict, means)) if means else before
        self.before, self.profile = before, dict(profile)
        self.parties = tuple(dm.key for dm in self.space.conflict.decision_makers)
        self.engine = SingleEngine(self.space)
        self.start = carried(before, self.space, start)
        self._witnesses: dict[tuple[str, int], Witness] = {}

    def witness(self, dm: str, state: int) -> Witness:
        """Why somebody stays at a state, or leaves it, under their concept."""
        if (dm, state) not in self._witnesses:
            self._witnesses[dm, state] = self.engine.witness(concept(self.profile[dm]), dm, state)
        return self._witnesses[dm, state]

    def witnesses(self, state: int) -> tuple[Witness, ...]:
        """The same for everybody."""
        return tuple(self.witness(dm, state) for dm in self.parties)

    def leaver(self, state: int) -> Leaves | None:
        """Somebody who leaves a state; None if it holds."""
        found = (self.witness(dm, state) for dm in self.parties)
        return next((witness for witness in found if isinstance(witness, Leaves)), None)

    @cached_property
    def is_left(self) -> bool:
        """Whether somebody leaves the start on their own."""
        return self.leaver(self.start) is not None

    @cached_property
    def improving(self) -> Reach:
        """What improvements reach from the start."""
        return reach(self.space, self.start, "improving")

    def gainers(self, state: int) -> tuple[str, ...]:
        """Everybody who prefers a state to the start."""
        return tuple(dm for dm in self.parties if self.engine.orders[dm].prefers(state, self.start))

    def way(self, state: int) -> Way | None:
        """A way from the start: of improvements if somebody leaves it, else of a smallest group that gains; None if there is neither."""
        if self.is_left and (found := self.improving.way(state)) is not None and found.legs:
            return Way(tuple(Step(leg.mover, leg.to) for leg in found.legs), ())
        gainers = self.gainers(state)
        for group in chain.from_iterable(combinations(gainers, n) for n in range(2, len(gainers) + 1)):
            if joint(self.space, group, self.start, state) is not None:
                return Way((), group)
            taken = reach(self.space, self.start, "any", group, until=self.space.set_of(state)).way(state)
            if taken is not None and taken.legs:
                return Way(tuple(Step(leg.mover, leg.to) for leg in taken.legs), group)
        return None

    def outcome(self, want: str, state: int, way: Way | None) -> Outcome:
        """What is had, with its proof."""
        profile = tuple((dm, self.profile[dm]) for dm in self.parties)
        ends = self.witnesses(state)
        if want == "hold" or way is None:
            return Outcome("hold", self.start, profile, 1 << state, state, ends)
        starts = () if way.together else self.witnesses(self.start)
        return Outcome("reach", self.start, profile, 1 << state, state, ends, starts, way.steps, way.together)

    def unreached(self, state: int) -> Unreached:
        """That no way leads to a state."""
        profile = tuple((dm, self.profile[dm]) for dm in self.parties)
        starts = () if self.is_left else self.witnesses(self.start)
        reached = tuple((s, dm, h) for (s, dm), h in self.improving.pairs().items()) if self.is_left else ()
        group, limit = self.gainers(state), None
        if len(group) > 1:
            moves = coalition_moves(self.space, self.start, None, [group])
            limit = limit_claim(moves, moves.of(group))
        return Unreached(self.start, state, profile, starts, reached, limit)


class _Search:
    """The search for guarantees of one goal."""

    def __init__(self, space: StateSpace, goal: Goal, means: Means, most: int) -> None:
        self.space, self.goal, self.most = space, goal, most
        self.means = means
        self._worlds: dict[Means, World | None] = {}
        self.found: dict[int, list[frozenset[Measure]]] = {}

    def world(self, means: Means) -> World | None:
        """The conflict with some means taken; None where they do not go together."""
        if means not in self._worlds:
            if len(self._worlds) >= KEPT:
                self._worlds.pop(next(iter(self._worlds)))
            try:
                self._worlds[means] = World(self.space, means, self.goal.start, self.goal.profile)
            except EditError:
                self._worlds[means] = None
        return self._worlds[means]

    def sets(self, target: int, cost: int) -> Iterator[Means]:
        """The sets of means of just this cost for a target: at most `most` of the general ones, and any of its bans."""
        bans = _bans(self.space, target)
        for general in chain.from_iterable(combinations(self.means, n) for n in range(self.most + 1)):
            left = cost - sum(measure.cost for measure in general)
            if 0 <= left <= len(bans):
                for chosen in combinations(bans, left):
                    yield (*general, *chosen)

    @property
    def greatest(self) -> int:
        """The greatest cost of any set."""
        costs = sorted((measure.cost for measure in self.means), reverse=True)
        return sum(costs[: self.most]) + len(self.space.conflict.decision_makers)

    def enough(self, target: int, means: Means) -> Guarantee | None:
        """The claim that means are enough for a target, if they are."""
        world = self.world(means)
        if world is None:
            return None
        state = carried(self.space, world.space, target)
        if world.leaver(state) is not None:
            return None
        way = None
        if self.goal.want == "reach":
            way = world.way(state)
            if way is None:
                return None
        assert self.goal.targets is not None
        outcome = world.outcome(self.goal.want, state, way)
        lacking = []
        for part in chain.from_iterable(combinations(range(len(means)), n) for n in range(len(means))):
            less = self.world(tuple(means[place] for place in part))
            if less is None:
                return None
            there = carried(self.space, less.space, target)
            leaver = less.leaver(there)
            if leaver is None and (self.goal.want == "hold" or less.way(there) is not None):
                return None  # a part is enough, which was found before
            lacking.append((part, leaver if leaver is not None else less.unreached(there)))
        return Guarantee(target, self.goal.targets.bits, self.goal.start, means, outcome, tuple(lacking))


def _bans(space: StateSpace, target: int) -> Means:
    """For each party with a move from a state a ban on all of them."""
    return tuple(
        Measure(
            f"{dm.key} is kept from leaving state {space.number(target)}",
            (NewBan(dm.key, exactly(space, target)),),
            says=f"{dm.key} is kept from leaving state {space.number(target)} by a move of its own",
        )
        for dm in space.conflict.decision_makers
        if space.moves(dm.key, target)
    )


def new_owners(conflict: Conflict) -> Means:
    """For each option that somebody owns and each other party the measure that makes it an owner too, at a cost of 1.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> two = Conflict("two", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)),))
    >>> [measure.name for measure in new_owners(two)]
    ['B can change x too']
    """
    return tuple(
        Measure(f"{dm.key} can change {option.key} too", (NewOwner(dm.key, option.key),), by=dm.key)
        for option in conflict.options
        if option.owners
        for dm in conflict.decision_makers
        if dm.key not in option.owners
    )


def guarantee_levers(
    space: StateSpace,
    goal: Goal,
    *,
    measures: Iterable[Measure] | None = None,
    owners: bool = False,
    most: int = 1,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Levers[Guarantee]:
    """All minimal sets of means with which a wanted state holds (and is reached), in the order of their cost.

    The means are: for each wanted state and each party with a move from it a ban on its moves from there (cost 1); the measures that the
    conflict lists (their cost); with `owners` for each option and each party that does not own it that it comes to own it too (cost 1);
    and, where a state is to be reached and only a group can, its joint move (cost 1).

    Parameters
    ----------
    space
        The space.
    goal
        What is asked for: "hold" or "reach"; of other goals nothing is found ("not asked").
    measures
        The measures; by default those of the conflict.
    owners
        Whether new owners are tried for every option, also where nobody else could in fact take it; by default only those that
        measures name.
    most
        Most measures and new owners in a set; bans are not limited.
    seconds
        Time after which the search stops with "time".
    progress
        Told what is being done.

    Returns
    -------
    Levers
        `least` holds for sets within these bounds.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> goal = Goal(3, dict.fromkeys(space.masks, "Nash"), "hold", space.set_of(0))
    >>> [(lever.cost, lever.by) for lever in guarantee_levers(space, goal).found]
    [(2, ('Row', 'Column'))]

    References
    ----------
    That a guarantee by a third party takes the gain from breaking an agreement: Walter 1997, 2002.
    """
    if goal.targets is None or goal.want not in ("hold", "reach"):
        return Levers(KIND, (), None, False, "not asked")
    tell = progress or (lambda _: None)
    given = space.conflict.measures if measures is None else tuple(measures)
    search = _Search(space, goal, (*given, *(new_owners(space.conflict) if owners else ())), most)
    targets = [state for state in goal.targets.each() if goal.want == "hold" or state != goal.start]
    until = None if seconds is None else monotonic() + seconds
    found: list[Lever[Guarantee]] = []
    for cost in range(search.greatest + 1):
        tell(f"trying sets of means that cost {cost}")
        for target in targets:
            for means in search.sets(target, cost):
                if until is not None and monotonic() > until:
                    least = min([cost, *(lever.cost for lever in found)])
                    return Levers(KIND, _ordered(found), least, False, "time")
                chosen = frozenset(means)
                if any(known <= chosen for known in search.found.get(target, ())):
                    continue
                claim = search.enough(target, means)
                if claim is not None:
                    search.found.setdefault(target, []).append(chosen)
                    found.append(_lever(space, claim))
    levers = _ordered(found)
    return Levers(KIND, levers, levers[0].cost if levers else None, True)


def _lever(space: StateSpace, claim: Guarantee) -> Lever[Guarantee]:
    touched = {change.by for measure in claim.measures for change in measure.changes if isinstance(change, NewBan)}
    touched |= {measure.by for measure in claim.measures if measure.by is not None} | set(claim.outcome.together)
    by = tuple(dm.key for dm in space.conflict.decision_makers if dm.key in touched)
    return Lever(KIND, claim.cost, by, claim.target, claim)


def _ordered(found: list[Lever[Guarantee]]) -> tuple[Lever[Guarantee], ...]:
    return tuple(sorted(found, key=lambda lever: lever.cost))  # stable: by state and set where the cost is the same
