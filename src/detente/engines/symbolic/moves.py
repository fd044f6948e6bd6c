"""Moves over decision diagrams: the least and the greatest number that one decision maker's moves lead to, for all states at once.

The closing question of a concept compares one number with the origin's, so that the rest of the play is a minimum or a maximum over moves.
Over all moves it is taken option by option, from the two halves of a number, and no relation between states is built.  Improvements
depend on where they start; for them there is one relation for each decision maker, over their own options after the move.  Only those of
a mover's criteria are in it that a move of theirs can change: the others are equal before and after.

What a number is at infeasible combinations is left open where that keeps diagrams small.  Likewise a mover is only held to the rules that
speak of their own options: a move between combinations that break another rule starts from an infeasible one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.engines.symbolic.diagrams import AND, Diagram, Diagrams, Room, Substitution, Vector
from detente.engines.symbolic.task import Criterion, Task
from detente.model.formula import Formula, options_in


@dataclass(frozen=True, slots=True)
class Improving:
    """The improvements of one decision maker: the relation, the options' variables after a move, and their names then."""

    relation: Diagram
    after: Diagram
    priming: Substitution


class Mover:
    """One decision maker over the diagrams of a conflict.

    Parameters
    ----------
    diagrams
        The diagrams.
    task
        The conflict.
    party
        Which of its decision makers.
    """

    def __init__(self, diagrams: Diagrams, task: Task, party: int) -> None:
        self.diagrams, self.task, self.party = diagrams, task, task.parties[party]
        self.own = frozenset(self.party.own)
        # from the lowest level up: the halves of a number are then taken from its small ends
        self._options = sorted(self.own, key=diagrams.order.index, reverse=True)

    @cached_property
    def criteria(self) -> list[Vector]:
        """Each criterion as a number, most important first."""
        return [
            self.diagrams.total(criterion) if isinstance(criterion, tuple) else [self.diagrams.formula(criterion)]
            for criterion in self.party.criteria
        ]

    @cached_property
    def value(self) -> Vector:
        """How good a state is for the decision maker."""
        return [bit for criterion in self.criteria for bit in criterion]

    @cached_property
    def changeable(self) -> Vector:
        """The part of `value` that a move of theirs can change."""
        pairs = zip(self.party.criteria, self.criteria, strict=True)
        return [bit for criterion, bits in pairs if support(self.task, criterion) & self.own for bit in bits]

    @cached_property
    def ruled(self) -> Diagram:
        """The rules that speak of own options."""
        return self.diagrams.all_of(self.diagrams.formula(rule) for rule in self.task.rules if support(self.task, rule) & self.own)

    @cached_property
    def hidden(self) -> Diagram:
        """What they don't perceive."""
        return self.diagrams.false if self.party.unperceived is None else self.diagrams.formula(self.party.unperceived)

    def least(self, number: Vector) -> Vector:
        """The least value of a number that one move, or none, leads to."""
        return self._best(number, greatest=False)

    def greatest(self, number: Vector) -> Vector:
        """The greatest value of a number that one move, or none, leads to."""
        return self._best(number, greatest=True)

    def _best(self, number: Vector, *, greatest: bool) -> Vector:
        open_ = self.ruled & ~self.hidden
        flagged = open_ != self.diagrams.true
        found = [open_ if greatest else ~open_, *number] if flagged else number
        for place in self._options:
            found = self._over(found, place, greatest=greatest)
        found = found[1:] if flagged else found
        return found if self.hidden == self.diagrams.false else self.diagrams.choose(self.hidden, number, found)

    def _over(self, number: Vector, place: int, *, greatest: bool) -> Vector:
        diagrams = self.diagrams
        off, on = diagrams.halves(number, place)
        if off == on:
            return number
        less = diagrams.less(off, on)
        best = diagrams.choose(less, on, off) if greatest else diagrams.choose(less, off, on)
        if self.task.only_on >> place & 1:
            return diagrams.choose(diagrams.taken(place), on, best)
        if self.task.only_off >> place & 1:
            return diagrams.choose(diagrams.taken(place), best, off)
        return best

    @cached_property
    def improving(self) -> Improving | None:
        """The improvements from and to what they perceive; None if there are none."""
        diagrams, changeable = self.diagrams, self.changeable
        if not changeable or not self.own:
            return None
        priming = diagrams.priming(self.own)
        relation = diagrams.less(changeable, [bit.substitute(priming) for bit in changeable])
        target = self.ruled & ~self.hidden
        relation &= target.substitute(priming) & ~self.hidden
        for place in self.own:
            before, after = diagrams.taken(place), diagrams.primed(place)
            if self.task.only_on >> place & 1:
                relation &= before.imp(after)
            if self.task.only_off >> place & 1:
                relation &= after.imp(before)
        if relation == diagrams.false:
            return None
        return Improving(relation, diagrams.all_of(diagrams.primed(place) for place in self.own), priming)


class Model:
    """A conflict over decision diagrams in one order.

    Parameters
    ----------
    task
        The conflict.
    order
        The places of the options, the top level first.
    room
        How much the diagrams may hold.
    """

    def __init__(self, task: Task, order: Sequence[int], room: Room) -> None:
        self.task = task
        self.diagrams = Diagrams(task.places, order, room)
        self.movers = [Mover(self.diagrams, task, party) for party in range(len(task.parties))]
        self.watch: Callable[[int], None] = lambda bit: None
        """Called now and then with the bit that is being looked for; may raise an exception to end that."""

    @cached_property
    def feasible(self) -> Diagram:
        """All feasible combinations."""
        return self.diagrams.all_of(self.diagrams.formula(rule) for rule in self.task.rules)

    def others(self, party: int) -> list[Mover]:
        """The decision makers with options of their own, but one."""
        return [mover for other, mover in enumerate(self.movers) if other != party and mover.own]

    # -- what the others can bring about ---------------------------------------------------------------------------
    def answered(self, party: int, number: Vector) -> Vector:
        """The least value of a number to which legal sequences of the others' moves lead, or no move."""
        movers = self.others(party)
        waiting = list(movers)
        while waiting:
            mover = waiting.pop(0)
            found = mover.least(number)
            if self._differ(number, found):
                number = found
                waiting += [other for other in movers if other is not mover and other not in waiting]
        return number

    def _differ(self, one: Vector, other: Vector) -> bool:
        return any(a != b and (a ^ b) & self.feasible != self.diagrams.false for a, b in zip(one, other, strict=True))

    def answered_by_improvements(self, party: int, number: Vector) -> Vector:
        """The least value of a number to which legal sequences of the others' improvements lead, or no move, at feasible states.

        The bits are found one after another, the most significant first.  Given the bits before, a bit of the least value is 0 where
        improvements that keep these bits of it lead to a state in which the bits of the number itself are the same and the next one is 0.
        """
        diagrams = self.diagrams
        movers = [(mover.improving, mover) for mover in self.others(party)]
        steps = [_Steps(improving, mover, improving.relation & self.feasible) for improving, mover in movers if improving is not None]
        everybody = diagrams.all_of(diagrams.taken(place) for place in sorted({p for step in steps for p in step.mover.own}))
        alike, found = self.feasible, []
        for place, bit in enumerate(number):
            if bit.exists(everybody) == bit:  # nothing that the others do changes it
                found.append(bit)
                continue
            low = self._leading(steps, alike & ~bit, place)
            found.append(~low)
            alike &= ~(bit ^ ~low)
            if place + 1 < len(number):
                for step in steps:
                    step.keep(low)
        return found

    def _leading(self, steps: list[_Steps], goal: Diagram, bit: int) -> Diagram:
        """From where steps lead to a goal, the goal included.

        Each time from the whole set found so far; looking only from its newest states makes more nodes.
        """
        waiting = list(steps)
        while waiting:
            step = waiting.pop(0)
            self.watch(bit)
            more = goal | step.before(goal)
            if more != goal:
                goal = more
                waiting += [other for other in steps if other is not step and other not in waiting]
        return goal


class _Steps:
    """Improvements of one decision maker that keep the bits of a number that are known so far."""

    def __init__(self, improving: Improving, mover: Mover, relation: Diagram) -> None:
        self.improving, self.mover, self.relation = improving, mover, relation

    def before(self, states: Diagram) -> Diagram:
        """From where a step leads to some states."""
        return self.relation.apply_exists(AND, states.substitute(self.improving.priming), self.improving.after)

    def keep(self, low: Diagram) -> None:
        """Leave out the steps from states with a property to states without."""
        self.relation &= low.imp(low.substitute(self.improving.priming))


def support(task: Task, criterion: Criterion) -> frozenset[int]:
    """The places of the options that a criterion speaks of."""
    if isinstance(criterion, tuple):
        return frozenset(place for place, _ in criterion)
    return _support(task, criterion)


def _support(task: Task, formula: Formula) -> frozenset[int]:
    places = task.places
    return frozenset(places[key] for key in options_in(formula))


def groups(task: Task, party: int | None = None) -> Iterable[frozenset[int]]:
    """The options that should stand together in an order: of each rule, and of each criterion that matters.

    For the answers by improvements to one decision maker (`party`) all of theirs matter, and of the others' those that own moves change.
    """
    for rule in task.rules:
        yield support(task, rule)
    for number, someone in enumerate(task.parties):
        own = frozenset(someone.own)
        for criterion in someone.criteria:
            if party in (None, number) or support(task, criterion) & own:
                yield support(task, criterion)
        if someone.unperceived is not None:
            yield support(task, someone.unperceived)
