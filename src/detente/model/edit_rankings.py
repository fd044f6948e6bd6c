"""Changes to an explicit order of states: one state moved by one step, or put at any place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from detente.model.conflict import Conflict, DecisionMaker
from detente.model.edit import PreferenceEdit
from detente.model.parts import missing, need_option, party_there, with_party
from detente.model.preference import Listed, lists_states

Levels: TypeAlias = tuple[tuple[frozenset[str], ...], ...]
"""An order of states, best first; each level holds tied states, each as the set of options taken."""


@dataclass(frozen=True, slots=True)
class MoveRanked(PreferenceEdit):
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
        return with_party(conflict, self.dm, lambda dm: with_levels(dm, step(levels_of(dm), self.taken, self.up) or ()))


@dataclass(frozen=True, slots=True)
class PlaceRanked(PreferenceEdit):
    """A state put at a place in the ranking of a decision maker, wherever it was.

    Parameters
    ----------
    dm
        Key of the decision maker.
    taken
        The state, as the options taken.
    level
        Number of the level, from 1, among those that are left without the state: it comes to stand before that one, or after the last.
    tied
        Whether it joins that level instead.

    Examples
    --------
    >>> from detente.cases import load
    >>> one = load("chicken")
    >>> dm = one.decision_makers[0]
    >>> best, second, *rest = levels_of(dm)
    >>> levels_of(PlaceRanked(dm.key, second[0], 1).apply(one).decision_makers[0])[:2] == (second, best)
    True
    >>> levels_of(PlaceRanked(dm.key, second[0], 1, tied=True).apply(one).decision_makers[0]) == ((*best, *second), *rest)
    True
    """

    dm: str
    taken: frozenset[str]
    level: int
    tied: bool = False

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the state at its new place."""
        return with_party(conflict, self.dm, lambda dm: with_levels(dm, put(levels_of(dm), self.taken, self.level, tied=self.tied) or ()))


@dataclass(frozen=True, slots=True)
class SetWeight(PreferenceEdit):
    """Another `weight` that a decision maker (`dm`) gives an `option`; 0 for none.

    >>> from detente.model.conflict import Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> party = DecisionMaker("A", "A", OptionWeighting((("x", 2),)))
    >>> one = Conflict("one", (party,), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))
    >>> SetWeight("A", "y", -3).apply(one).decision_makers[0].preference.criteria()
    (Sums(weights=(('x', 2), ('y', -3))),)
    """

    dm: str
    option: str
    weight: int

    def change(self, conflict: Conflict) -> Conflict:
        """The conflict with the weight."""
        party = party_there(conflict, self.dm)
        need_option(conflict, self.option)
        made = party.preference.with_weight(self.option, self.weight) if party.preference is not None else None
        if made is None:
            raise missing("weight of", self.dm, ())
        return with_party(conflict, self.dm, lambda dm: replace(dm, preference=made))


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
    return lists_states(dm.preference)


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


def put(levels: Levels, taken: frozenset[str], level: int, *, tied: bool = False) -> Levels | None:
    """Levels with a state (the options `taken`) before the `level` of that number, or `tied` with it, of those left without the state.

    None if it isn't there, or there is no such level.

    >>> a, b, c = frozenset("a"), frozenset("b"), frozenset("c")
    >>> put(((a,), (b, c)), c, 1) == ((c,), (a,), (b,)), put(((a,), (b, c)), a, 1, tied=True) == ((b, c, a),), put(((a,), (b,)), a, 3)
    (True, True, None)
    """
    if not any(taken in states for states in levels):
        return None
    rest = tuple(kept for states in levels if (kept := tuple(state for state in states if state != taken)))
    if not 1 <= level <= len(rest) + (not tied):
        return None
    if tied:
        return (*rest[: level - 1], (*rest[level - 1], taken), *rest[level:])
    return (*rest[: level - 1], (taken,), *rest[level - 1 :])
