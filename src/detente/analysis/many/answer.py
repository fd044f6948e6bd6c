"""All that is said of a large set of states: which they are, the nearest of them, the best for each, and some of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.analysis.many.best import Best, best_for, best_for_all, some_of, undominated
from detente.analysis.many.clock import Clock
from detente.analysis.many.conditions import both, of_options
from detente.analysis.many.lines import Lines, lines_of
from detente.analysis.many.looking import SEED, Look
from detente.analysis.many.near import Near, near
from detente.errors import Diagnostic, LimitError
from detente.preference.order import Order
from detente.space.members import Members
from detente.space.sets import StateSet

MOST_NAMED = 3
"""How many of several equally near, or equally good, states are given."""
MOST_SOME = 6
"""How many members are given, the first by number and drawn ones."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A large set of states, as a person can read it.

    Parameters
    ----------
    members
        The set.
    lines
        Which states they are, in lines of conditions; None where the set of all states is not known.
    origin
        The state that distances are taken from (the status quo), or None.
    is_member
        Whether that state is a member.
    near
        The nearest members besides that state itself; None if there is no such state or no other member.
    best
        For each decision maker (key) the members that they like best.
    best_for_all
        The members that every decision maker likes best: how many, and some of them; None where that is not known.
    undominated
        Of the nearest and best states given here those beside which no other of them is better for somebody and worse for nobody.
    first, drawn
        Some members: the first by number, and some drawn with `SEED`.
    silent
        Why something is not said, for what it is not said of.
    """

    members: Members
    lines: Lines | None
    origin: int | None
    is_member: bool
    near: Near | None
    best: Mapping[str, Best]
    best_for_all: tuple[int, tuple[int, ...]] | None
    undominated: tuple[int, ...]
    first: tuple[int, ...]
    drawn: tuple[int, ...]
    silent: Mapping[str, Diagnostic] = field(default_factory=dict)

    @property
    def named(self) -> tuple[int, ...]:
        """The states that are given as nearest or as best for somebody, each once."""
        return _named(self.near, self.best)


def answer(look: Look | None, members: Members, origin: int | None = None, clock: Clock | None = None) -> Answer:
    """All that is said of a set of states.

    Parameters
    ----------
    look
        All states of the space; None where they are not held as a set, so that it can't be said which conditions tell members from others.
    members
        The set, with at least one member.
    origin
        The state from which distances are taken, or None.
    clock
        A limit of time, or None: what can't be worked out within it is among `Answer.silent`.  `look` has its own.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> found = answer(Look(space.states), space.states, space.status_quo)
    >>> found.is_member, found.near.by_distance, found.best["MoE"].count
    (True, {1: 2, 2: 3, 3: 2, 4: 1}, 1)
    """
    silent: dict[str, Diagnostic] = {}
    nearest = _nearest(members, origin, silent, clock)
    best = _best(members, origin, silent, clock)
    every = best_for_all(list(best.values())) if len(best) == len(members.space.conflict.decision_makers) else None
    orders = [Order(members.space, dm) for dm in best]
    return Answer(
        members=members,
        lines=None if look is None else lines_of(look, members),
        origin=origin,
        is_member=origin is not None and members.contains(origin),
        near=nearest,
        best=best,
        best_for_all=None if every is None else (every.count, some_of(every, MOST_NAMED, origin, clock)),
        undominated=undominated(_named(nearest, best), orders) if every is not None else (),
        first=members.first(MOST_SOME),
        drawn=members.sample(MOST_SOME, SEED),
        silent=silent,
    )


def _named(nearest: Near | None, best: Mapping[str, Best]) -> tuple[int, ...]:
    found = [*(nearest.states if nearest else ()), *(state for one in best.values() for state in one.states)]
    return tuple(dict.fromkeys(found))


def _nearest(members: Members, origin: int | None, silent: dict[str, Diagnostic], clock: Clock | None) -> Near | None:
    """The nearest members besides the state itself; why not, where it can't be said."""
    if origin is None:
        return None
    try:
        return near(_without(members, origin), origin, MOST_NAMED, clock)
    except LimitError as error:
        silent["near"] = error.diagnostics[0]
        return None


def _best(members: Members, origin: int | None, silent: dict[str, Diagnostic], clock: Clock | None) -> dict[str, Best]:
    """What each decision maker likes best; why not, where it can't be said."""
    best: dict[str, Best] = {}
    for dm in members.space.conflict.decision_makers:
        try:
            best[dm.key] = best_for(members, dm.key, MOST_NAMED, origin, clock)
        except LimitError as error:
            silent[dm.key] = error.diagnostics[0]
    return best


def _without(members: Members, state: int) -> Members:
    """The set without a state."""
    if isinstance(members, StateSet):
        return members - members.space.set_of(state)
    taken = members.space.conflict.taken(state)
    return members - members.where(both(tuple(one for one in of_options(members.space.conflict) if (one.key in taken) is one.taken)))
