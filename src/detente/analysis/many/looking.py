"""Sets of states of any size asked for what meets conditions, and examples of them on which much can be tried quickly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import and_

from detente.analysis.many.abreast import columns_of
from detente.analysis.many.clock import Clock
from detente.analysis.many.conditions import Condition, both
from detente.model.evaluate import evaluator
from detente.model.formula import truth_table
from detente.space.members import Members
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MAX_EXAMPLES = 1 << 14
"""Up to so many states all are examples; of more some are drawn, and what they show is checked on all."""
DRAWN = 1 << 10
"""How many members, and how many other states, are drawn as examples."""
SEED = 4
"""What examples are drawn with; they decide which description is found, and none is given that does not hold of all states."""


class Look:
    """All states of a space, and what meets conditions among them.

    A condition holds of a merged state if it holds in all combinations that the state stands for.

    Parameters
    ----------
    states
        All states of the space, held in the same way as the sets that are looked at.
    clock
        A limit of time, after which no further conditions are tried; None for none.

    Examples
    --------
    >>> from detente.analysis.many.conditions import IsTaken
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> Look(space.states).meeting(space.states, [IsTaken("x", True)]).count
    2
    """

    def __init__(self, states: Members, clock: Clock | None = None) -> None:
        self.states = states
        self.clock = clock or Clock()
        self.space: StateSpace = states.space
        self._tests: dict[Condition, Callable[[int], int]] = {}

    def meeting(self, members: Members, conditions: Iterable[Condition]) -> Members:
        """The members of a set of which all of some conditions hold."""
        wanted = tuple(conditions)
        if not wanted:
            return members
        if isinstance(members, StateSet):
            return StateSet(members.space, reduce(and_, map(self._table, wanted), members.bits))
        return members.where(both(wanted))

    def _table(self, condition: Condition) -> int:
        """In a listed space: the combinations of states of which a condition holds, as an integer; it may hold others besides."""
        found = self.space.where_bits(condition.formula)
        for state in self.space.classes:
            if found >> state & 1 and not self.holds(condition, state):
                found &= ~(1 << state)
        return found

    def holds(self, condition: Condition, state: int) -> bool:
        """Whether a condition holds of a state."""
        test = self._tests.get(condition)
        if test is None:
            test = self._tests[condition] = evaluator(condition.formula, self.space.conflict.option_index)
        return all(test(member) for member in self.space.members(state))


class Examples:
    """Some members of a set and some states outside it (all, where they are few), with what holds of each: a bit for each example.

    Parameters
    ----------
    look
        Where conditions are tried.
    members, outside
        The set, and the states that a description has to keep out.
    conditions
        The conditions that a description may be made of.
    """

    def __init__(self, look: Look, members: Members, outside: Members, conditions: Sequence[Condition]) -> None:
        self.look = look
        self.conditions = tuple(conditions)
        self.columns: list[int] = [0] * len(self.conditions)
        """For each condition the examples of which it holds."""
        self.inside, self.outside = 0, 0
        """The examples that are members, and those that are not."""
        self._known: set[int] = set()
        self.is_whole = members.count + outside.count <= MAX_EXAMPLES
        """Whether all states are examples, so that what is so of the examples is so."""
        for states, inside in ((members, True), (outside, False)):
            self.add(states.first(states.count) if self.is_whole else states.sample(DRAWN, SEED), inside=inside)

    def add(self, states: Iterable[int], *, inside: bool) -> None:
        """Take up more examples, all of them members or none."""
        new = [state for state in states if state not in self._known]
        if not new:
            return
        at, everything = len(self._known), (1 << len(new)) - 1
        self._known.update(new)
        if inside:
            self.inside |= everything << at
        else:
            self.outside |= everything << at
        options = columns_of(self.look.space.conflict, new)
        merged = [(1 << place, state) for place, state in enumerate(new) if state in self.look.space.classes]
        for place, condition in enumerate(self.conditions):
            column = truth_table(condition.formula, options, everything)
            for bit, state in merged:
                if column & bit and not self.look.holds(condition, state):
                    column ^= bit
            self.columns[place] |= column << at

    def meeting(self, places: Iterable[int]) -> int:
        """The examples of which the conditions at some places hold."""
        return reduce(and_, (self.columns[place] for place in places), self.inside | self.outside)
