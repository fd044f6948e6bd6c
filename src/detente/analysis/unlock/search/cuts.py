"""Good clauses: for something that is not so in a world, a clause all of whose comparisons are as dear as can be.

A clause is read off a list of states.  A list that is grown over the cheapest moves that leave it, as long as what it gains is dearer,
has the greatest least price: a path of greatest least width (Pollack 1960, "The maximum capacity through a network", Operations Research
8, 733-736), found as shortest paths are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from heapq import heappop, heappush

from detente.analysis.claims.answered import Answered, Closed, Elsewhere
from detente.analysis.claims.comparisons import Atom
from detente.analysis.claims.unanswered import Unanswered, UnansweredJointly, worse
from detente.analysis.unlock.search.world import Reached, World
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import concept
from detente.concepts.sim import verdict
from detente.concepts.witness import Answer, JointAnswer, Leaves, Step

Price = Callable[[Atom], float]
"""What assuming a comparison would cost in all; infinite where that is too dear, or can't be."""

DEAR = float("inf")


def unanswered(world: World, key: str, dm: str, state: int, improvement: int, price: Price) -> Unanswered | UnansweredJointly:
    """What is needed so that an improvement, unanswered in a world, does not make a decision maker leave a state.

    Parameters
    ----------
    world
        The world.
    key, dm, state
        The concept, the decision maker and the state.
    improvement
        The improvement.
    price
        The prices.
    """
    asked = concept(key)
    if key == "SIM":
        others = (other for other in world.decision_makers if other != dm)
        return UnansweredJointly(dm, state, improvement, tuple((o, to) for o in others for to in world.improvements(o, state)))
    if asked.answers is None:
        return Unanswered(key, dm, state, improvement, ())
    others_ = tuple(other for other in world.decision_makers if other != dm)
    ends: dict[int, tuple[float, int]] = {}

    def end(now: int) -> float:
        """The price of an answer that ends in a state: the dearest of what it needs and a world lacks; negative if it lacks nothing."""
        if now not in ends:
            on = (now, *world.moves(dm, now)) if asked.counters else (now,)
            ends[now] = max(((price(worse(dm, to, state)), to) for to in on if world.prefers(dm, to, state)), default=(-1.0, now))
        return ends[now][0]

    if asked.answers == "any":
        reached = tuple(world.sequences(improvement, others_, improving=False))
        for now in {now for now, _ in reached}:
            end(now)
    else:
        reached = _grown(world, improvement, others_, price, end, price(worse(dm, improvement, state)))
    escapes = tuple(sorted((now, ends[now][1]) for now in {now for now, _ in reached} if ends[now][1] != now))
    return Unanswered(key, dm, state, improvement, reached, escapes)


def _grown(
    world: World, start: int, movers: tuple[str, ...], price: Price, end: Callable[[int], float], limit: float
) -> tuple[tuple[int, str], ...]:
    """A list of states reached from a start: grown over the cheapest moves out of it, as long as neither they nor ends limit it."""
    known: dict[tuple[int, str], None] = {}
    heap: list[tuple[float, int, int]] = []
    cost, node = -1.0, (start, "")
    while True:
        group = _gained(world, node, movers, known)
        least = min((end(now) for now, last in group if last), default=DEAR)
        if least <= cost:
            return tuple(known)
        limit = min(limit, least)
        known.update(dict.fromkeys(each for each in group if each[1]))
        for now, last in group:
            for mover in movers:
                for to in world.moves(mover, now) if mover != last else ():
                    if (to, mover) not in known and (dear := price(Atom(mover, to, now, True))) < limit:
                        heappush(heap, (dear, to, movers.index(mover)))
        while heap and (heap[0][1], movers[heap[0][2]]) in known:
            heappop(heap)
        if not heap or heap[0][0] >= limit:
            return tuple(known)
        cost, now, place = heappop(heap)
        node = (now, movers[place])


def _gained(world: World, node: tuple[int, str], movers: tuple[str, ...], known: Mapping[tuple[int, str], None]) -> list[tuple[int, str]]:
    """A state and last mover with all that improvements of a world lead to from there and that is not known."""
    found = {node: None}
    for now, last in (order := [node]):
        for mover in movers:
            for to in world.improvements(mover, now) if mover != last else ():
                if (to, mover) not in known and (to, mover) not in found:
                    found[to, mover] = None
                    order.append((to, mover))
    return order


def answered(world: World, key: str, dm: str, state: int, price: Price) -> Answered:
    """What is needed so that a decision maker, who stays at a state in a world, leaves it: for each move an answer, if that is dearer.

    Parameters
    ----------
    world
        The world.
    key, dm, state
        The concept, the decision maker and the state.
    price
        The prices.
    """
    asked = concept(key)
    if key == "SIM":
        found = verdict(world, dm, state)
        return Answered(key, dm, state, () if isinstance(found, Leaves) else found.answers)
    if asked.answers is None:
        return Answered(key, dm, state, ())
    gains = set(world.improvements(dm, state))
    answers: list[Answer | JointAnswer] = []
    for to in world.moves(dm, state):
        alone = -1.0 if to in gains else price(Atom(dm, to, state, True))
        if alone < DEAR:
            answer = _widest(world, asked, dm, state, to, alone, price)
            if answer is not None:
                answers.append(answer)
    return Answered(key, dm, state, tuple(answers))


def _widest(world: World, asked: SolutionConcept, dm: str, state: int, to: int, least: float, price: Price) -> Answer | None:
    """The answer that is dearest to make fail, if that is dearer than a least price."""
    others = tuple(other for other in world.decision_makers if other != dm)
    came: Reached = {}
    heap: list[tuple[float, int, int, int, tuple[int, str] | None]] = []

    def spread(width: float, now: int, last: str, length: int, node: tuple[int, str] | None) -> None:
        for mover in others:
            if mover != last:
                for on in world.improvements(mover, now) if asked.answers == "improving" else world.moves(mover, now):
                    if (on, mover) not in came:
                        wide = min(width, price(worse(mover, on, now)) if asked.answers == "improving" else DEAR)
                        if wide > least:
                            heappush(heap, (-wide, length + 1, on, others.index(mover), node))

    spread(DEAR, to, "", 0, None)
    best: tuple[float, tuple[int, str]] | None = None
    while heap:
        wide, length, now, place, before = heappop(heap)
        mover = others[place]
        if best is not None and -wide <= best[0]:
            break
        if (now, mover) in came:
            continue
        came[now, mover] = before
        ends = (now, *world.moves(dm, now)) if asked.counters else (now,)
        if all(world.no_better(dm, end, state) for end in ends):
            value = min([-wide, *(price(Atom(dm, end, state, True)) for end in ends if end != state)])
            if value > least and (best is None or value > best[0]):
                best = (value, (now, mover))
        spread(-wide, now, mover, length, (now, mover))
    if best is None:
        return None
    steps = path(came, best[1])
    return Answer(to, steps, world.moves(dm, steps[-1].to) if asked.counters else ())


def path(came: Reached, node: tuple[int, str] | None) -> tuple[Step, ...]:
    """The steps to a state and last mover."""
    steps: list[Step] = []
    while node is not None:
        steps.append(Step(node[1], node[0]))
        node = came[node]
    return tuple(reversed(steps))


def closed(world: World, start: int, target: int, price: Price) -> Closed:
    """What is needed so that improvements lead from a start to a state that they do not reach in a world."""

    def end(now: int) -> float:
        return -1.0 if now == target else DEAR

    return Closed(start, target, _grown(world, start, world.decision_makers, price, end, DEAR))


def elsewhere(world: World, start: int, way: Iterable[Step], profile: tuple[tuple[str, str], ...], price: Price) -> Elsewhere:
    """What is needed so that improvements don't lead from a start to a state that holds in a world."""
    steps = tuple(way)
    return Elsewhere(start, steps, tuple(answered(world, key, dm, steps[-1].to, price) for dm, key in profile))
