"""The single-state engine: one state at a time, by the definition, with a witness.  It is the reference for all others.

It asks the space for moves as it goes, stops at the first answer or the first unanswered improvement, and so can explain one
state of a large space without looking at the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from detente.concepts.base import SolutionConcept
from detente.concepts.reading import Crisp, Relations
from detente.concepts.witness import Answer, AnyWitness, Leaves, Reached, Stays, Step, Witness, is_staying
from detente.engines.base import Refusal
from detente.errors import Cannot, LimitError
from detente.preference.order import Order, Ordering
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MAX_STATES = 4096
"""Most states for which this engine answers for the whole space; single states have no such limit."""
MAX_REACHED = 200_000
"""Most states that the others may reach from one improvement before a witness is refused (S303), unless told otherwise."""

MAX_REMEMBERED = 2_000_000
"""Most moves that the engine remembers (about 100 MiB); it then forgets them all and begins anew."""


class SingleEngine:
    """Stability by the definition, state by state.

    Parameters
    ----------
    space
        The space to answer for.
    most_reached
        Most states that the others may reach from one improvement before a witness is refused (S303).
    orders
        For some or all decision makers (keys) an order to use instead of their preference.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.preference.prioritization import OptionPrioritization, Statement
    >>> wants = OptionPrioritization((Statement(parse_formula("x")),))
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), (Option("x", "x", ("A",)),)))
    >>> SingleEngine(space).stable(concept("Nash"), "A").first(2)
    (1,)
    """

    name: ClassVar[str] = "single"
    suits: ClassVar[str] = "few enough to look at one at a time"

    def __init__(self, space: StateSpace, most_reached: int = MAX_REACHED, orders: Mapping[str, Ordering] | None = None) -> None:
        self.space = space
        self.most_reached = most_reached
        self.decision_makers = tuple(dm.key for dm in space.conflict.decision_makers)
        given = orders or {}
        self.orders: dict[str, Ordering] = {dm: given.get(dm) or Order(space, dm) for dm in self.decision_makers}
        self.replaced = any(type(order) is not Order or order.space is not space for order in self.orders.values())
        self._moves: dict[tuple[str, int], tuple[int, ...]] = {}
        self._remembered = 0
        self._relations: dict[tuple[str, str], Relations] = {}
        self.memory: dict[str, Any] = {}

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        """Refuses spaces of more than `MAX_STATES` states, and concepts with plays that its witnesses have no words for."""
        if concept.rule is None and not concept.is_simple:
            return Refusal(f"knows an improvement, an answer and a further move; {concept.key} looks at another play")
        if space.states.count > MAX_STATES:
            return Refusal(f"looks at one state at a time; {space.states.count:,} states would take too long (limit {MAX_STATES:,})")
        return None

    @classmethod
    def seconds(cls, space: StateSpace, concept: SolutionConcept) -> float:
        """Roughly how long a concept takes for all decision makers: what the others can reach grows with the space."""
        return len(space.masks) * space.states.count * (1e-5 + space.states.count * 1e-7)

    # -- the graph -------------------------------------------------------------------------------------------------
    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The states that a decision maker reaches by one move, ascending."""
        key = (dm, state)
        found = self._moves.get(key)
        if found is None:
            found = self._moves[key] = self.space.moves(dm, state)
            self._remembered += 1 + len(found)
            if self._remembered > MAX_REMEMBERED:
                self._moves, self._remembered = {}, 0
        return found

    def improvements(self, dm: str, state: int) -> tuple[int, ...]:
        """The moves to states that the decision maker prefers: the best first, then those that change fewest options, then ascending.

        So the improvement that a witness shows depends on what the conflict says, not on the order in which it lists its options,
        unless two are alike in both respects.
        """
        order = self.orders[dm]
        gains = [t for t in self.moves(dm, state) if order.prefers(t, state)]
        gains.sort(key=lambda t: (state ^ t).bit_count())
        return tuple(sorted(gains, key=order.key, reverse=True))

    def worth(self, dm: str, state: int) -> tuple[Any, ...]:
        """What a state is worth to a decision maker: greater is preferred, equal is indifferent; no more than an order."""
        return self.orders[dm].key(state)

    def relations(self, concept: SolutionConcept, dm: str) -> Relations:
        """How the preference of a decision maker enters the play of a concept."""
        if concept.reading is None:
            return Crisp(self.orders[dm])  # which may have been replaced
        if (concept.key, dm) not in self._relations:
            if self.replaced:
                message = f"{concept.key} reads the preferences of the conflict, and can't say what would be with other orders"
                raise Cannot.of("S302", message, value=concept.key, help="ask under the concept without a reading")
            self._relations[concept.key, dm] = concept.reading.relations(self.space, dm, concept.parameters)
        return self._relations[concept.key, dm]

    def gains(self, concept: SolutionConcept, dm: str, state: int) -> tuple[int, ...]:
        """The moves of a decision maker (`dm`) that are worth leaving a state for; `improvements` where the concept has no reading."""
        if concept.reading is None:
            return self.improvements(dm, state)
        read = self.relations(concept, dm)
        return tuple(sorted((t for t in self.moves(dm, state) if read.gains(t, state)), key=lambda t: ((state ^ t).bit_count(), t)))

    def steps(self, concept: SolutionConcept, dm: str, state: int) -> tuple[int, ...]:
        """The moves of one of the others (`dm`) from a `state` that a concept counts as answers."""
        if concept.answers != "improving":
            return self.moves(dm, state)
        if concept.reading is None:
            return self.improvements(dm, state)
        read = self.relations(concept, dm)
        return tuple(t for t in self.moves(dm, state) if read.steps(t, state))

    def no_better(self, dm: str, state: int, than: int) -> bool:
        """Whether a decision maker does not prefer a state to another."""
        return not self.orders[dm].prefers(state, than)

    def flips(self, dm: str, state: int) -> Iterator[tuple[int, int, int]]:
        """Every change open to a decision maker, as (member of the state, flipped bits, state reached)."""
        reachable = set(self.moves(dm, state))
        for member in self.space.members(state):
            for flip, target in self.space.flips(dm, member):
                to = self.space.state_of(target)
                if to is not None and to in reachable:
                    yield member, flip, to

    def state_of(self, combination: int) -> int | None:
        """The state of a combination, None if infeasible."""
        return self.space.state_of(combination)

    # -- verdicts --------------------------------------------------------------------------------------------------
    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        """The states that are stable for a decision maker under a concept."""
        if concept.settle is not None:
            staying = [s for s in self.space.states.each() if concept.settle(self, dm, s)]
        else:
            staying = [s for s in self.space.states.each() if is_staying(self.verdict(concept, dm, s))]
        return self.space.set_of(*staying)

    def verdict(self, concept: SolutionConcept, dm: str, state: int) -> AnyWitness:
        """Why a decision maker stays at a state, or leaves it, under a concept of any kind.

        Raises `LimitError` (S303) when more than `most_reached` cases would have to be listed.
        """
        if concept.rule is not None:
            return concept.rule(self, dm, state)
        answers: list[Answer] = []
        for improvement in self.gains(concept, dm, state):
            found = self._answer(concept, dm, state, improvement)
            if not isinstance(found, Answer):
                return Leaves(concept.key, dm, state, improvement, reached=found)
            answers.append(found)
        return Stays(concept.key, dm, state, tuple(answers))

    def witness(self, concept: SolutionConcept, dm: str, state: int) -> Witness:
        """The same (of `dm` at a `state`) for those who work with improvements and their answers: under concepts that look at these.

        Raises `Cannot` (S333) under others, and `LimitError` as `verdict` does.
        """
        found = self.verdict(concept, dm, state)
        if not isinstance(found, Stays | Leaves):
            message = f"this looks at improvements and the answers to them; {concept.key} works its verdicts out in another way"
            raise Cannot.of("S333", message, value=concept.key, help="ask under a concept with answers, as SEQ, or explain single states")
        return found

    def _answer(self, concept: SolutionConcept, dm: str, state: int, improvement: int) -> Answer | tuple[Reached, ...]:
        """A shortest answer to an improvement; if there is none, everything that the others can reach."""
        if concept.answers is None:
            return ()
        came_from: dict[tuple[int, str], tuple[int, str] | None] = {}
        reached: dict[int, tuple[dict[str, int], int | None]] = {}
        length: dict[tuple[int, str] | None, int] = {None: 0}
        read = self.relations(concept, dm)
        for now, mover in self.sequences(dm, improvement, concept, came_from):
            length[now, mover] = after = length[came_from[now, mover]] + 1
            if now in reached:
                reached[now][0][mover] = after
                continue
            deterred = read.deterred(now, state)
            escape = self._escape(concept, read, dm, state, now) if deterred else None
            if deterred and escape is None:
                escapes = self.moves(dm, now) if concept.counters else ()
                return Answer(improvement, _path(came_from, (now, mover)), escapes)
            reached[now] = ({mover: after}, escape)
            if len(reached) > self.most_reached:
                raise LimitError.of(
                    "S303", f"the others can reach more than {self.most_reached:,} states after one improvement; they can't all be listed"
                )
        return tuple(self._reached(s, last, escape) for s, (last, escape) in sorted(reached.items()))

    def _reached(self, state: int, last: dict[str, int], escape: int | None) -> Reached:
        """What is told of a state that the others can reach, its last movers in the order of the conflict."""
        movers = tuple(dm for dm in self.decision_makers if dm in last)
        return Reached(state, movers, tuple(last[dm] for dm in movers), escape)

    def _escape(self, concept: SolutionConcept, read: Relations, dm: str, state: int, now: int) -> int | None:
        """Where the concept allows it: a move of the focal decision maker from `now` to a state that no longer deters them."""
        if not concept.counters:
            return None
        return next((v for v in self.moves(dm, now) if not read.held(v, state)), None)

    def sequences(
        self, dm: str, start: int, concept: SolutionConcept, came_from: dict[tuple[int, str], tuple[int, str] | None]
    ) -> Iterator[tuple[int, str]]:
        """Every (state, last mover) that all but one decision maker reach from a start by legal sequences, shortest first.

        Each step is one that the concept counts (`steps`).

        Nobody moves twice in a row; anybody may move again later (Fang, Hipel and Kilgour 1993).  `came_from` is filled as the
        search goes, for reading off paths.
        """
        frontier: list[tuple[int, str] | None] = [None]
        known: dict[str, set[int]] = {mover: set() for mover in self.decision_makers}
        while frontier:
            following: list[tuple[int, str] | None] = []
            for node in frontier:
                now, last = node or (start, "")
                for mover in self.decision_makers:
                    if mover in (dm, last):
                        continue
                    for target in self.steps(concept, mover, now):
                        if target not in known[mover]:
                            known[mover].add(target)
                            reached = (target, mover)
                            came_from[reached] = node
                            following.append(reached)
                            yield reached
            frontier = following


def _path(came_from: dict[tuple[int, str], tuple[int, str] | None], end: tuple[int, str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    node: tuple[int, str] | None = end
    while node is not None:
        steps.append(Step(node[1], node[0]))
        node = came_from[node]
    return tuple(reversed(steps))


ENGINE = SingleEngine
