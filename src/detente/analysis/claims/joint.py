"""Joint moves: several decision makers change options of theirs at once, as when an agreement is signed.

From a state to another there is a *joint move* of a group if the states have combinations that differ only in options each of which
may change in that way and has an owner in the group who perceives both combinations and whom no ban keeps from going from one to the
other.  What lies between need not be feasible.  A group of one makes just its own moves, and a larger one all joint moves of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.model.evaluate import evaluator
from detente.space.states import StateSpace


def joint(space: StateSpace, members: Iterable[str], start: int, to: int) -> tuple[int, int] | None:
    """A change by which members of a group, all at once, lead from one state to another: the combination before, and the bits changed.

    Parameters
    ----------
    space
        The space.
    members
        The group (keys).
    start, to
        Two states.

    Returns
    -------
    tuple or None
        Of several changes (merged states can leave several) one of the fewest options, then the least combination; None if there is
        none, or the states are the same.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.rule import Infeasible
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> both = (Infeasible(parse_formula("x and not y or y and not x")),)
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",))), both))
    >>> joint(space, ["A", "B"], 0, 3), joint(space, ["A"], 0, 3)
    ((0, 3), None)
    """
    group, found = tuple(members), []
    if start == to or space.state_of(start) != start or space.state_of(to) != to:
        return None
    for member in space.members(start):
        for target in space.members(to):
            flip = member ^ target
            if not flip & ~changeable(space, group, member, target):
                found.append((flip.bit_count(), member, flip))
    return min(found)[1:] if found else None


def changeable(space: StateSpace, members: Iterable[str], combination: int, target: int) -> int:
    """The bits that members of a group can change on the way from one combination to another.

    Parameters
    ----------
    space
        The space.
    members
        The group (keys).
    combination, target
        Two feasible combinations.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",), direction=Direction.ONLY_ON))
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), options))
    >>> changeable(space, ["A"], 0, 3), changeable(space, ["A"], 3, 0)
    (3, 1)
    """
    bits = 0
    for dm in members:
        if space.perceives(dm, combination) and space.perceives(dm, target) and not _banned(space, dm, combination, target):
            bits |= space.masks[dm]
    return bits & ~(space.only_off & ~combination) & ~(space.only_on & combination)


def needed(space: StateSpace, members: Iterable[str], start: int, to: int) -> dict[str, tuple[str, ...]]:
    """For each member of a group the options that a change between two states needs and that no other member can change.

    Who has such an option can't be left out of the group: without them no move, alone, in turn or at once, leads there.

    Parameters
    ----------
    space
        The space.
    members
        The group (keys).
    start, to
        Two different states.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("A", "B")))))
    >>> needed(space, ["A", "B"], 0, 3)
    {'A': ('x',), 'B': ()}
    """
    group = tuple(members)
    always = -1
    for member in space.members(start):
        for target in space.members(to):
            always &= member ^ target
    options = [option for k, option in enumerate(space.conflict.options) if always >> k & 1]
    return {dm: tuple(option.key for option in options if [o for o in option.owners if o in group] == [dm]) for dm in group}


def _banned(space: StateSpace, dm: str, combination: int, target: int) -> bool:
    if not space.is_listed:
        index = space.conflict.option_index
        bans = (ban for ban in space.conflict.bans if ban.by == dm)
        return any(evaluator(ban.leaving, index)(combination) and evaluator(ban.reaching, index)(target) for ban in bans)
    return any(reaching[target >> 3] >> (target & 7) & 1 for reaching in space.forbidden(dm, combination))
