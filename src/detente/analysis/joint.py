"""Where a group of decision makers can go from a state by changing options of theirs all at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, combinations

from detente.space.states import StateSpace


def joint_targets(space: StateSpace, members: Iterable[str], start: int, backward: bool = False) -> int:
    """All states that a group reaches from one by a joint move, as an integer; backward: all from which it reaches that one.

    The states between need not be feasible; what counts as a joint move is said in `detente.analysis.claims.joint`.

    Parameters
    ----------
    space
        The space.
    members
        The group (keys).
    start
        A state.
    backward
        Whether the moves are followed against their direction.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> bin(joint_targets(space, ["A", "B"], 0)), bin(joint_targets(space, ["B"], 0))
    ('0b1110', '0b100')
    """
    group = tuple(dict.fromkeys(members))
    found = 0
    for member in space.members(start):
        limited = {dm: seen for dm in group if (seen := _limit(space, dm, member, backward)) is not None}
        free = tuple(dm for dm in group if dm not in limited)
        for part in chain.from_iterable(combinations(limited, n) for n in range(len(limited) + 1)):
            allowed = space.feasible
            for dm in part:
                allowed &= limited[dm]
            if allowed:
                found |= _changes(space, (*free, *part), member, backward) & allowed
    return _as_states(space, found) & ~(1 << start)


def _limit(space: StateSpace, dm: str, combination: int, backward: bool) -> int | None:
    """The combinations that a decision maker's changes from one are limited to, by what they perceive and by bans; None if they are not."""
    unseen = space.conflict.decision_maker(dm).unperceived
    banned = space.by_bans(dm, 1 << combination, backward=backward)[0][1]
    if unseen is None:
        return space.everything & ~banned if banned else None
    return space.everything & ~banned & ~space.where_bits(unseen) if space.perceives(dm, combination) else 0


def _changes(space: StateSpace, members: Iterable[str], combination: int, backward: bool) -> int:
    """All combinations that differ from one in options of the members, as the directions allow; the one itself among them."""
    mask = 0
    for dm in members:
        mask |= space.masks[dm]
    one_way_on, one_way_off = (space.only_off, space.only_on) if backward else (space.only_on, space.only_off)
    free = mask & ~(one_way_off & ~combination) & ~(one_way_on & combination)
    found = 1 << combination
    for k in range(len(space.conflict.options)):
        if free >> k & 1:
            found |= found >> (1 << k) if combination >> k & 1 else found << (1 << k)
    return found


def joint_is_all(space: StateSpace) -> bool:
    """Whether a joint move reaches all that a group's sequences do: where all changes of one sequence may be made at once.

    >>> from detente.cases import load
    >>> joint_is_all(StateSpace(load("prisoners-dilemma")))
    True
    """
    return space.moves_compose and all(dm.unperceived is None for dm in space.conflict.decision_makers)


def _as_states(space: StateSpace, combinations: int) -> int:
    """The states that feasible combinations belong to."""
    for state, members in space.classes.items():
        merged = sum(1 << member for member in members)
        if combinations & merged:
            combinations = combinations & ~merged | 1 << state
    return combinations
