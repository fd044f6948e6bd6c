"""Trying changes of statements: the exact verdict for one change, and what it shows for all others like it.

A *change* gives each decision maker one of their lists, by its place among these.  Verdicts come from the single-state engine, by the
definition; each also gives a reason, and a reason settles every change that makes the same comparisons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import and_
from typing import Literal, TypeAlias

from detente.analysis.joint import joint_targets
from detente.analysis.reach import reach
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.priority_lists import Made
from detente.analysis.unlock.priority_orders import Listed, Mask, Statements, Table
from detente.analysis.unlock.priority_reasons import Reason, Reasons
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Stays, Step, Witness
from detente.engines.single import SingleEngine
from detente.errors import Cannot
from detente.model.preference import Statement
from detente.space.states import StateSpace

Change: TypeAlias = tuple[int, ...]
"""For each decision maker, in the order of the conflict, the place of their list among all that are tried."""
CameFrom: TypeAlias = dict[tuple[int, str], tuple[int, str] | None]
"""States that improvements reach, with who moves last, and from which state and mover before; shortest first."""
Masks: TypeAlias = tuple[Mask | None, ...]
"""For each decision maker which of their lists make the comparisons of a reason; None where it asks for none."""


@dataclass(frozen=True)
class Failed:
    """What a change does not give, and for which lists of each decision maker the same can be shown.

    Parameters
    ----------
    part
        "leaves": somebody leaves the wanted state `target`.  "stays": `dm` stays at the start.  "closed": improvements from the start lead
        to none of the wanted states but `led`.  "holds": they lead to the state `target`, which holds.
    masks
        For each decision maker the lists with which it is so.
    target, dm, led
        As said for each part.
    """

    part: Literal["leaves", "stays", "closed", "holds"]
    masks: Masks
    target: int = -1
    dm: str = ""
    led: frozenset[int] = frozenset()


class Trials:
    """Verdicts after changes of statements.

    Parameters
    ----------
    space
        The space.
    goal
        What is asked for.
    lists
        For each decision maker (key) the lists that are tried, the original one first.
    added
        For some decision makers statements that may be added.

    Raises
    ------
    Cannot
        S302 under a concept that looks at another play than an improvement, an answer and a further move, and is not SIM.
    """

    def __init__(
        self, space: StateSpace, goal: Goal, lists: Mapping[str, Sequence[Made]], added: Mapping[str, Sequence[Statement]]
    ) -> None:
        self.space, self.goal, self.lists = space, goal, lists
        self.engine = SingleEngine(space)
        self.parties = self.engine.decision_makers
        self.profile = tuple((dm, _known(concept(goal.profile[dm])).key) for dm in self.parties)
        self.statements = {dm: Statements(space, dm, added.get(dm, ())) for dm in self.parties}
        widths = {dm: statements.count + len(statements.added) for dm, statements in self.statements.items()}
        self.tables = {dm: Table([made.order for made in lists[dm]], widths[dm]) for dm in self.parties}
        self.reasons = Reasons(self.engine, self.statements)
        self._brought: dict[tuple[str, ...], int] = {}
        self._orders: dict[tuple[str, int], Listed] = {}
        self._now: Change | None = None

    # -- comparisons ---------------------------------------------------------------------------------------------------
    def masks(self, reason: Reason) -> Masks:
        """For each decision maker which lists make the comparisons of a reason."""
        found: list[Mask | None] = []
        for dm in self.parties:
            table = self.tables[dm]
            parts = [table.better(pattern) for pattern in reason.better.get(dm, ())]
            parts += [~table.better(pattern) for pattern in reason.not_better.get(dm, ())]
            found.append(reduce(and_, parts) if parts else None)
        return tuple(found)

    def gains(self, dm: str, state: int) -> Mask:
        """For each list of a decision maker whether it makes a state better than the start."""
        return self.tables[dm].better(self.statements[dm].pattern(self.goal.start, state))

    def groups_to(self, state: int) -> Iterator[tuple[str, ...]]:
        """The groups of two or more that can bring a state about from the start, smaller ones first; none that has such a part."""
        found: list[frozenset[str]] = []
        for size in range(2, len(self.parties) + 1):
            for group in combinations(self.parties, size):
                if not any(part <= set(group) for part in found) and self._brings(group) >> state & 1:
                    found.append(frozenset(group))
                    yield group

    def _brings(self, group: tuple[str, ...]) -> int:
        """The states that a group can bring about from the start, by moves of its members or one joint move, whatever anybody prefers."""
        if group not in self._brought:
            start = self.goal.start
            self._brought[group] = reach(self.space, start, "any", group).states.bits | joint_targets(self.space, group, start)
        return self._brought[group]

    @property
    def possible(self) -> int:
        """The wanted states that can be had at all: for a way, those that all together can bring about, or one by improvements."""
        wanted = self.goal.targets.bits if self.goal.targets is not None else 0
        if self.goal.want in ("reach", "only"):
            wanted &= reach(self.space, self.goal.start).states.bits | self._brings(self.parties)
        return wanted

    # -- verdicts ------------------------------------------------------------------------------------------------------
    def witness(self, change: Change, dm: str, state: int) -> Witness:
        """Why a decision maker stays at a state after a change, or leaves it."""
        if self._now != change:
            for party, place in zip(self.parties, change, strict=True):
                if (party, place) not in self._orders:
                    if len(self._orders) > 4096:
                        self._orders.clear()
                    self._orders[party, place] = Listed(self.statements[party], self.lists[party][place].order)
                self.engine.orders[party] = self._orders[party, place]
            self._now = change
        return self.engine.witness(concept(self.goal.profile[dm]), dm, state)

    def witnesses(self, change: Change, state: int) -> tuple[Witness, ...]:
        """For each decision maker why they stay at a state after a change, or leave it."""
        return tuple(self.witness(change, dm, state) for dm in self.parties)

    def stays(self, change: Change, dm: str) -> Failed | None:
        """That a decision maker stays at the start after a change, with the reason; None if they leave."""
        witness = self.witness(change, dm, self.goal.start)
        return Failed("stays", self.masks(self.reasons.of(witness)), dm=dm) if isinstance(witness, Stays) else None

    def leaves(self, change: Change, target: int) -> Failed | tuple[Witness, ...]:
        """Who leaves a state after a change, with the reason; the witnesses of all if it holds."""
        found = []
        for dm in self.parties:
            witness = self.witness(change, dm, target)
            if isinstance(witness, Leaves):
                return Failed("leaves", self.masks(self.reasons.of(witness)), target)
            found.append(witness)
        return tuple(found)

    # -- ways ----------------------------------------------------------------------------------------------------------
    def together(self, change: Change, target: int) -> tuple[str, ...]:
        """A smallest group that can bring a state about and gains by it, after a change; empty if there is none."""
        gaining = {dm for dm, place in zip(self.parties, change, strict=True) if self.gains(dm, target)[place]}
        return next((group for group in self.groups_to(target) if gaining.issuperset(group)), ())

    def group_steps(self, group: tuple[str, ...], target: int) -> tuple[Step, ...]:
        """The moves of a group from the start to a state; none if one joint move leads there."""
        if joint_targets(self.space, group, self.goal.start) >> target & 1:
            return ()
        way = reach(self.space, self.goal.start, "any", group, self.space.set_of(target)).way(target)
        assert way is not None
        return tuple(Step(leg.mover, leg.to) for leg in way.legs)

    def improvements(self, change: Change) -> CameFrom:
        """All that improvements reach from the start after a change, with who moves last, and the state and mover before."""
        self.witness(change, self.parties[0], self.goal.start)
        came_from: CameFrom = {}
        for _ in self.engine.sequences("", self.goal.start, concept("SEQ"), came_from):
            pass
        return came_from

    def closed(self, reached: CameFrom, led: frozenset[int]) -> Failed:
        """That improvements from the start reach nothing but this, and so, of the wanted states, none but some."""
        reason = Reason()
        self.reasons.closed(reason, self.goal.start, self.parties, set(reached))
        return Failed("closed", self.masks(reason), led=led)

    def other_holding(self, change: Change, reached: CameFrom, target: int) -> Failed | tuple[Leaves, ...]:
        """That improvements reach a state that holds, other than a wanted one, after a change; if none, who leaves each state reached."""
        left = []
        for state in sorted({state for state, _ in reached} - {target, self.goal.start}):
            witnesses = self.witnesses(change, state)
            leaving = next((witness for witness in witnesses if isinstance(witness, Leaves)), None)
            if leaving is None:
                reason = reduce(Reason.joined, map(self.reasons.of, witnesses), self.reasons.way(self.goal.start, steps_to(reached, state)))
                return Failed("holds", self.masks(reason), state)
            left.append(leaving)
        return tuple(left)


def _known(asked: SolutionConcept) -> SolutionConcept:
    """A concept, if it is known of which comparisons its verdicts make use."""
    if not asked.is_classical and asked.key != "SIM":
        message = f"it is not known on which comparisons of states a verdict under {asked.key} depends"
        raise Cannot.of("S302", message, help="ask under a concept of one improvement and its answers, or under SIM")
    return asked


def steps_to(came_from: CameFrom, state: int) -> tuple[Step, ...]:
    """A shortest sequence of improvements to a state, from what a search came by.

    >>> steps_to({(1, "A"): None, (3, "B"): (1, "A")}, 3)
    (Step(mover='A', to=1), Step(mover='B', to=3))
    """
    node: tuple[int, str] | None = next((pair for pair in came_from if pair[0] == state), None)
    steps: list[Step] = []
    while node is not None:
        steps.append(Step(node[1], node[0]))
        node = came_from[node]
    return tuple(reversed(steps))


def lengths_of(came_from: CameFrom) -> dict[tuple[int, str], int]:
    """The length of a shortest sequence to each state and last mover.

    >>> lengths_of({(1, "A"): None, (3, "B"): (1, "A")})
    {(1, 'A'): 1, (3, 'B'): 2}
    """
    lengths: dict[tuple[int, str], int] = {}
    for pair, before in came_from.items():  # in the order of length
        lengths[pair] = 1 if before is None else lengths[before] + 1
    return lengths
