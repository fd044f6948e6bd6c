"""The stable states of a space that is not listed, as far as they are known: for each concept and decision maker a set, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.engines.work import Known, NotKnown
from detente.model.formula import Taken
from detente.space.members import Members
from detente.space.states import StateSpace


@dataclass(frozen=True, slots=True)
class LargeTable:
    """What `StabilityTable` is for listed spaces, where some sets may not be known.

    Parameters
    ----------
    space
        The space that the states belong to.
    stable
        For each concept (key) and each decision maker (key) the stable states, or why they are not known.
    states
        All feasible states, if an engine gave them.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> table = LargeTable(space, {"Nash": {"A": space.set_of(1)}, "SIM": {"A": NotKnown("no engine can answer")}}, space.states)
    >>> table.equilibria("Nash"), table.stays("Nash", "A", 0), table.stays("SIM", "A", 0)
    (<1 of 2 states>, False, None)
    """

    space: StateSpace
    stable: Mapping[str, Mapping[str, Known]]
    states: Members | None = None

    def equilibria(self, concept: str) -> Known:
        """The states that are stable for every decision maker under a concept (key); KeyError if it was not asked about."""
        return all_of(self.stable[concept].values())

    def mixed(self, profile: Mapping[str, str]) -> Known:
        """The states that are stable for each decision maker under their own concept (`profile`: keys of both)."""
        return all_of(self.stable[concept][dm] for dm, concept in profile.items())

    def stays(self, concept: str, dm: str, state: int) -> bool | None:
        """Whether a decision maker stays at a state under a concept (keys); None if it is not known."""
        known = self.stable[concept][dm]
        return None if isinstance(known, NotKnown) else known.contains(state)


def all_of(sets: Iterable[Known]) -> Known:
    """What belongs to all of some sets; not known if one of them is not.

    >>> all_of([NotKnown("not within 60 seconds", limit=True)])
    <not known: not within 60 seconds>
    """
    result: Members | None = None
    for known in sets:
        if isinstance(known, NotKnown):
            return known
        result = known if result is None else result & known
    return NotKnown("nobody decides") if result is None else result


def common(states: Members, among: Members | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The options that are taken in every state of a set, and those that are taken in none of them (keys).

    Parameters
    ----------
    states
        The set; of an empty one nothing is said.
    among
        All feasible states; an option that is the same in all of them is left out.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> common(space.set_of(1, 3), space.states)
    (('x',), ())
    """
    count, taken = _taken(states)
    everywhere, of_all = _taken(among) if among is not None else (0, {})
    if not count:
        return (), ()
    telling = [key for key, found in taken.items() if among is None or of_all[key] not in (0, everywhere) or found not in (0, count)]
    return tuple(key for key in telling if taken[key] == count), tuple(key for key in telling if not taken[key])


def _taken(states: Members) -> tuple[int, dict[str, int]]:
    """How many states there are, and for each option (key) in how many of them it is taken."""
    options = [option.key for option in states.space.conflict.options]
    counts = getattr(states, "counts", None)
    if counts is not None:  # a set that counts all options in one pass
        total, each = counts()
        return total, dict(zip(options, each, strict=True))
    return states.count, {key: states.where(Taken(key)).count for key in options}
