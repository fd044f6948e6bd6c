"""What a whole set of states shows: how many moves there are, what its members have in common, and what somebody prefers to a state.

Everything here works on sets as integers, so that a million states take no longer than a few operations each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.preference.compared import compared
from detente.space.sets import StateSet
from detente.space.states import StateSpace


def count_moves(space: StateSpace, dm: str) -> int:
    """How many moves a decision maker has, summed over all states.

    A move is a pair of states; from a merged state it counts once, whichever member it starts from.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> count_moves(space, "A")
    12
    """
    perceived = space.feasible
    unseen = space.conflict.decision_maker(dm).unperceived
    if unseen is not None:
        perceived &= ~space.where_bits(unseen)
    merged = sum(1 << member for members in space.classes.values() for member in members)
    plain = perceived & ~merged
    total = sum((_movers(space, dm, plain, flip) & plain).bit_count() for flip in _flips(space.masks[dm]))
    if merged:
        total += sum(len(space.moves(dm, state)) for state in space.classes)
        total += _moves_into_merged(space, dm, plain)
    return total


def _flips(mask: int) -> Iterable[int]:
    flip = 0
    while (flip := (flip - mask) & mask) != 0:
        yield flip


def _sources(space: StateSpace, targets: int, flip: int) -> int:
    """The combinations from which flipping these bits is allowed by the directions and leads to one of the targets."""
    for k, option in enumerate(space.conflict.options):
        if flip >> k & 1:
            column, shift = space.columns[option.key], 1 << k
            targets = (targets & column) >> shift | (targets & ~column) << shift
            if space.only_on >> k & 1:
                targets &= ~column
            if space.only_off >> k & 1:
                targets &= column
    return targets


def _movers(space: StateSpace, dm: str, targets: int, flip: int) -> int:
    """The combinations from which a decision maker reaches one of the targets by flipping these bits, where no ban speaks of it."""
    found = _sources(space, targets, flip)
    for leaving, reaching in space.bans[dm]:
        found &= ~(_sources(space, targets & reaching, flip) & leaving)
    return found


def _moves_into_merged(space: StateSpace, dm: str, plain: int) -> int:
    """Pairs of an unmerged state and a merged one that it has a move to."""
    total = 0
    for members in space.classes.values():
        seen = sum(1 << member for member in members if space.perceives(dm, member))
        into = 0
        for flip in _flips(space.masks[dm]):
            into |= _movers(space, dm, seen, flip)
        total += (into & plain).bit_count()
    return total


def preferred(space: StateSpace, dm: str, state: int) -> StateSet:
    """All states that a decision maker strictly prefers to one.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = OptionPrioritization((Statement(parse_formula("x")),))
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), (Option("x", "x", ("A",)),)))
    >>> preferred(space, "A", 0).first(2)
    (1,)
    """
    return StateSet(space, compared(space, dm, state)[0])


def worse(space: StateSpace, dm: str, state: int) -> StateSet:
    """All states to which a decision maker strictly prefers one.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> worse(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),))), "A", 1).first(2)
    (0,)
    """
    better, tied = compared(space, dm, state)
    return StateSet(space, space.states.bits & ~better & ~tied)


@dataclass(frozen=True, slots=True)
class Common:
    """Options that are taken in every state of a set, and options that are taken in none of them (keys)."""

    taken: tuple[str, ...]
    not_taken: tuple[str, ...]


def in_common(states: StateSet) -> Common:
    """What all states of a set have in common, among the options that are not the same in every state of the space.

    A merged state counts with all its members: an option is taken in it only if it is taken in each.  Of the empty set nothing is said.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> in_common(space.set_of(1, 3))
    Common(taken=('x',), not_taken=())
    """
    space = states.space
    if not states:
        return Common((), ())
    members = _with_members(states)
    taken, not_taken = [], []
    for option in space.conflict.options:
        column = space.columns[option.key]
        if space.feasible & column in (0, space.feasible):
            continue
        if members & column == members:
            taken.append(option.key)
        elif not members & column:
            not_taken.append(option.key)
    return Common(tuple(taken), tuple(not_taken))


def _with_members(states: StateSet) -> int:
    members = states.bits
    for state, parts in states.space.classes.items():
        if states.contains(state):
            members |= sum(1 << part for part in parts)
    return members


def crossed(space: StateSpace, state: int) -> tuple[str, ...]:
    """The decision makers one of whose red lines a state crosses (keys)."""
    return tuple(dm.key for dm in space.conflict.decision_makers if any(space.where_bits(line.never) >> state & 1 for line in dm.red_lines))
