"""Changes to an explicit order of states: one state moved by one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from detente.model.conflict import Conflict, DecisionMaker
from detente.model.edit import Edit, SetPreference
from detente.model.parts import missing, party_there
from detente.model.preference import Listed

Levels: TypeAlias = tuple[tuple[frozenset[str], ...], ...]
"""An order of states, best first; each level holds tied states, each as the set of options taken."""


@dataclass(frozen=True, slots=True)
class MoveRanked(Edit):
    """A state moved by one step in the ranking of a decision maker: out of its tie, or past the neighbouring level if it is tied with none.

    Parameters
    ----------
    dm
        Key of the decision maker.
    taken
        The state, as the options taken.
    up
        Whether it comes to be worth more to them, or less.

    Examples
    --------
    >>> from detente.cases import load
    >>> one = load("chicken")
    >>> dm = one.decision_makers[0]
    >>> best, second, *_ = levels_of(dm)
    >>> levels_of(MoveRanked(dm.key, second[0], True).apply(one).decision_makers[0])[:2] == (second, best)
    True
    """

    dm: str
    taken: frozenset[str]
    up: bool

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the state moved."""
        party = party_there(conflict, self.dm)
        moved = with_levels(party, step(levels_of(party), self.taken, self.up) or ())
        parties = tuple(moved if dm.key == self.dm else dm for dm in conflict.decision_makers)
        return replace(conflict, decision_makers=parties)

    def undone(self, before: Conflict) -> Edit:
        """The preference of before."""
        return SetPreference(self.dm, party_there(before, self.dm).preference)


def levels_of(dm: DecisionMaker) -> Levels:
    """The levels of the states that a decision maker (`dm`) ranks; none without a ranking.

    >>> levels_of(DecisionMaker("A", "A"))
    ()
    """
    criteria = dm.preference.criteria() if dm.preference is not None else ()
    return next((one.levels for one in criteria if isinstance(one, Listed)), ())


def ranks_states(dm: DecisionMaker) -> bool:
    """Whether a decision maker (`dm`) has a ranking, if perhaps one that only breaks ties and has none to break.

    >>> ranks_states(DecisionMaker("A", "A"))
    False
    """
    return dm.preference is not None and any(isinstance(one, Listed) for one in dm.preference.criteria())


def with_levels(dm: DecisionMaker, levels: Levels) -> DecisionMaker:
    """A decision maker (`dm`) with other `levels`.

    Raises `EditError` (M130) if there is no ranking to change, or no such step in it (no levels).

    >>> from detente.cases import load
    >>> dm = load("chicken").decision_makers[0]
    >>> with_levels(dm, levels_of(dm)) == dm
    True
    """
    made = dm.preference.with_levels(levels) if dm.preference is not None and levels else None
    if made is None:
        raise missing("step in the ranking of", dm.key, ())
    return replace(dm, preference=made)


def step(levels: Levels, taken: frozenset[str], up: bool) -> Levels | None:
    """Levels with a state (the options `taken`) moved by one step `up` or down; None if it isn't there, or can't be moved further.

    >>> a, b, c = frozenset("a"), frozenset("b"), frozenset("c")
    >>> step(((a,), (b, c)), b, True) == ((a,), (b,), (c,)), step(((a,), (b, c)), a, False) == ((b, c), (a,)), step(((a,), (b, c)), a, True)
    (True, True, None)
    """
    at = next((number for number, level in enumerate(levels) if taken in level), None)
    if at is None:
        return None
    if len(levels[at]) > 1:
        rest = tuple(state for state in levels[at] if state != taken)
        return (*levels[:at], *(((taken,), rest) if up else (rest, (taken,))), *levels[at + 1 :])
    other = at - 1 if up else at + 1
    if not 0 <= other < len(levels):
        return None
    first = min(at, other)
    return (*levels[:first], levels[first + 1], levels[first], *levels[first + 2 :])
