"""Many given states looked at abreast: a bit for each state, so that a condition or a membership is worked out for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.analysis.many.tally import Folding
from detente.model.conflict import Conflict
from detente.space.members import Members


def columns_of(conflict: Conflict, states: Sequence[int]) -> dict[str, int]:
    """For each option (key) the places, as bits of an integer, of those of some combinations in which it is taken.

    Parameters
    ----------
    conflict
        Gives the options.
    states
        The combinations, at least one; the first has bit 0.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> columns_of(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))), [1, 2, 3])
    {'x': 5, 'y': 6}
    """
    width = len(conflict.options)
    rows = "".join(f"{state:0{width}b}" for state in reversed(states))
    return {option.key: int(rows[width - 1 - place :: width], 2) for place, option in enumerate(conflict.options)}


def belonging(members: Members, states: Sequence[int], columns: Mapping[str, int]) -> int:
    """The places, as bits of an integer, of those of some states that belong to a set.

    Parameters
    ----------
    members
        The set.
    states
        The states.
    columns
        What `columns_of` gives for them.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> belonging(space.set_of(5, 3), [2, 3, 4, 5], columns_of(space.conflict, [2, 3, 4, 5]))
    10
    """
    if not isinstance(members, Folding):
        return sum(1 << place for place, state in enumerate(states) if members.contains(state))
    taken = [columns[option.key] for option in members.space.conflict.options]

    def join(place: int, without: int, with_it: int) -> int:
        return without ^ ((without ^ with_it) & taken[place])

    return members.fold(0, (1 << len(states)) - 1, join, lambda _, value: value)
