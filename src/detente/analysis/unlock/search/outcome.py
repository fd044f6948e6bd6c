"""What is so under changed orders, with everything that a checker needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.analysis.claims.asked import Asked
from detente.analysis.claims.joint import joint
from detente.analysis.claims.outcome import Outcome
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Step, Witness
from detente.engines.single import SingleEngine
from detente.preference.order import Ordering
from detente.space.states import StateSpace

Node = tuple[int, str]


def outcome(space: StateSpace, orders: Mapping[str, Ordering], asked: Asked, target: int | None, group: tuple[str, ...] = ()) -> Outcome:
    """Why what is asked for is so under some orders.

    Parameters
    ----------
    space, orders
        The space, and the orders.
    asked
        What is asked for; it must be so.
    target
        The wanted state that holds; None for "break".
    group
        Who goes there together; nobody if improvements lead there.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> outcome(space, {}, Asked("hold", 0, (("A", "SEQ"),), 0b10), 1).ends
    (Stays(concept='SEQ', dm='A', state=1, answers=()),)
    """
    engine = SingleEngine(space, orders=orders)

    def at(state: int) -> tuple[Witness, ...]:
        return tuple(engine.witness(concept(key), dm, state) for dm, key in asked.profile)

    assert asked.want in ("hold", "break", "reach", "only")
    want, people = asked.want, engine.decision_makers
    if target is None:
        return Outcome("break", asked.start, asked.profile, 0, None, starts=at(asked.start))
    found = Outcome("hold", asked.start, asked.profile, asked.targets, target, ends=at(target))
    if want == "hold":
        return found
    if group:
        at_once = joint(space, group, asked.start, target) is not None
        way = () if at_once else _path(_reached(engine, asked.start, group, False), target)
        found = replace(found, want="reach", way=way, together=group)
    else:
        way = _path(_reached(engine, asked.start, people, True), target)
        found = replace(found, want="reach", way=way, starts=at(asked.start))
    if want == "reach":
        return found
    came = _reached(engine, asked.start, people, True)
    lengths: dict[Node | None, int] = {None: 0}
    for node, before in came.items():
        lengths[node] = lengths[before] + 1
    others = dict.fromkeys(state for state, _ in came if state not in (target, asked.start))
    left = [next(witness for witness in at(state) if isinstance(witness, Leaves)) for state in others]
    reached = tuple((state, mover, length) for (state, mover), length in ((n, k) for n, k in lengths.items() if n is not None))
    return replace(found, want="only", reached=reached, left=tuple(left))


def _reached(engine: SingleEngine, start: int, movers: tuple[str, ...], improving: bool) -> dict[Node, Node | None]:
    """Every state and last mover that legal sequences reach, shortest first, with what each is reached from."""
    steps = engine.improvements if improving else engine.moves
    came: dict[Node, Node | None] = {}
    order: list[Node | None] = [None]
    for node in order:  # grows as it goes
        now, last = node or (start, "")
        for mover in movers:
            for to in steps(mover, now) if mover != last else ():
                if (to, mover) not in came:
                    came[to, mover] = node
                    order.append((to, mover))
    return came


def _path(came: Mapping[Node, Node | None], target: int) -> tuple[Step, ...]:
    """The steps of a shortest way to a state."""
    node: Node | None = next(node for node in came if node[0] == target)
    steps: list[Step] = []
    while node is not None:
        steps.append(Step(node[1], node[0]))
        node = came[node]
    return tuple(reversed(steps))
