"""What the members of a set of states are, as conditions on options that hold of exactly these states and of no other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from operator import and_

from detente.analysis.overview import Common, in_common
from detente.space.sets import StateSet

MOST_CASES = 6
"""Most cases of a description; a set that needs more is described only by what its members have in common."""


@dataclass(frozen=True, slots=True)
class Case:
    """Some states of a set: all states in which certain options are taken and certain others are not.

    Parameters
    ----------
    taken, not_taken
        The options (keys, in the order of the conflict); a merged state counts where all of its combinations agree.
    count
        How many states of the set this case adds to those before it.
    """

    taken: tuple[str, ...]
    not_taken: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Description:
    """A set of states in conditions.

    Parameters
    ----------
    count
        How many states there are.
    common
        What all of them have in common; other states may have it too.
    cases
        Conditions that together hold of exactly these states; empty if it would take more than `MOST_CASES` of them, or if a merged
        state can't be told from others by options that are taken, or not taken, in all of its combinations.
    """

    count: int
    common: Common
    cases: tuple[Case, ...]


def described(states: StateSet) -> Description:
    """A set of states in conditions on options: exactly, or, where that would be long, by what they have in common.

    Each case is as short as it can be: without any one of its conditions it would hold of a state outside the set.  The case
    that is found depends on the order of the options only where several are equally good.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> described(space.set_of(1, 2, 3)).cases
    (Case(taken=('x',), not_taken=(), count=2), Case(taken=('y',), not_taken=(), count=1))
    """
    cases: list[Case] = []
    left = states.bits
    tables = _tables(states)
    while left and len(cases) < MOST_CASES:
        literals = _widest(states, tables, left, next(StateSet(states.space, left).each()))
        cube = _holding(states, [tables[literal] for literal in literals])
        if cube & ~states.bits:  # a merged state, with options that no condition can say are left open
            break
        taken, not_taken = (tuple(key for key, value in literals if value is wanted) for wanted in (True, False))
        cases.append(Case(taken, not_taken, (cube & left).bit_count()))
        left &= ~cube
    return Description(states.count, in_common(states), () if left else tuple(cases))


Literal = tuple[str, bool]


def _tables(states: StateSet) -> dict[Literal, int]:
    """For each option and value the states in all of whose combinations the option has that value."""
    space = states.space
    found: dict[Literal, int] = {}
    for option in space.conflict.options:
        column = space.columns[option.key]
        for value, table in ((True, column), (False, space.everything ^ column)):
            for state, members in space.classes.items():
                if table >> state & 1 and not all(table >> member & 1 for member in members):
                    table &= ~(1 << state)
            found[option.key, value] = table
    return found


def _widest(states: StateSet, tables: dict[Literal, int], left: int, member: int) -> list[Literal]:
    """Conditions that hold of a member and of no state outside the set, with one after the other left out: the one that gives most."""
    literals = [literal for literal, table in tables.items() if table >> member & 1]
    while True:
        kept = [tables[literal] for literal in literals]
        before = list(accumulate(kept, and_, initial=states.space.states.bits))
        after = list(accumulate(reversed(kept), and_, initial=-1))[::-1]
        best, most = -1, -1
        for place in range(len(literals)):
            cube = before[place] & after[place + 1]
            if not cube & ~states.bits and (gain := (cube & left).bit_count()) > most:
                best, most = place, gain
        if best < 0:
            return literals
        del literals[best]


def _holding(states: StateSet, tables: list[int]) -> int:
    cube = states.space.states.bits
    for table in tables:
        cube &= table
    return cube
