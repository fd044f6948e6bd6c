"""What becomes of a state of a conflict whose states are not listed: verdicts from certificates, better states from sets of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.analysis.large_table import LargeTable
from detente.analysis.many.near import near as nearest_of
from detente.app.deciding import Decider, goal
from detente.app.documents import LeavesPart, NotKnownPart, StatusQuoPart
from detente.app.errors import refused
from detente.app.parts import Described
from detente.app.progress import Progress
from detente.concepts.base import SolutionConcept
from detente.errors import Cannot, LimitError, MissingExtra
from detente.explain.standing import Leave, Standing
from detente.model.formula import Formula, all_of, any_of
from detente.preference.conditions import better
from detente.preference.locally import compared_locally
from detente.preference.order import Order
from detente.space.members import Members
from detente.space.sets import bits_of
from detente.space.states import StateSpace

SORTED = 4096
"""Most improvements of one decision maker that are put in order of preference."""
LISTED = 200
"""Most of them that a document lists."""


@dataclass(frozen=True)
class LargeStanding:
    """What becomes of a state, as far as it is known.

    Parameters
    ----------
    state
        The state.
    verdicts
        For each concept (key) and decision maker (key) whether they stay; what is not known is left out.
    leaves
        Where those who leave would go.
    unknown
        What is not known, and why.
    """

    state: int
    verdicts: Mapping[str, Mapping[str, bool]]
    leaves: tuple[Leave, ...]
    unknown: tuple[NotKnownPart, ...]

    def told(self, keys: Sequence[str], called: str = "the status quo") -> Standing | None:
        """The concepts under which every verdict is known, in the form that sentences are made from; None if there are none."""
        whole = {key: verdicts for key, verdicts in self.verdicts.items() if set(verdicts) == set(keys)}
        leaves = [Leave(leave.by, leave.to, tuple(key for key in leave.under if key in whole)) for leave in self.leaves]
        return Standing(self.state, whole, tuple(leave for leave in leaves if leave.under), called) if whole else None


def large_standing(
    described: Described, concepts: Sequence[SolutionConcept], decider: Decider, state: int, progress: Progress
) -> LargeStanding:
    """The verdicts on one state for every decision maker under each concept, each with a certificate that was checked."""
    verdicts: dict[str, dict[str, bool]] = {}
    unknown: list[NotKnownPart] = []
    goals: dict[str, dict[int, list[str]]] = {dm: {} for dm in described.keys}
    for concept in concepts:
        stays = verdicts[concept.key] = {}
        for dm in described.keys:
            progress(f"{dm} at the status quo under {concept.key}")
            try:
                found = decider.witness(concept, dm, state)
            except (LimitError, Cannot, MissingExtra) as problem:
                reason, limit = problem.diagnostics[0].message, isinstance(problem, LimitError)
                unknown.append(NotKnownPart(what="status quo", under=concept.key, by=dm, reason=reason, limit=limit))
                continue
            to = goal(found)
            stays[dm] = to is None
            if to is not None:
                goals[dm].setdefault(to, []).append(concept.key)
    leaves = tuple(Leave(dm, to, tuple(under)) for dm, found in goals.items() for to, under in found.items())
    return LargeStanding(state, verdicts, leaves, tuple(unknown))


def agreed(found: LargeStanding, table: LargeTable, number: int) -> None:
    """Hold the verdicts on a state against the sets of stable states; raises `InternalError` (D902) where they differ."""
    for key, verdicts in found.verdicts.items():
        for dm, stays in verdicts.items():
            if table.stays(key, dm, found.state) not in (None, stays):
                raise refused("the engines disagree", dm, key, number)


# -- moves and better states ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Moves:
    """How many moves and improvements a decision maker has from a state, and some of the improvements, the most preferred first."""

    moves: int
    improvements: int
    listed: tuple[int, ...]


def moves_of(space: StateSpace, dm: str, state: int) -> Moves:
    """The moves of a decision maker from a state, counted without listing them.

    Raises `LimitError` (S309) for a decision maker with more options than `detente.space.local.MAX_OWN`.

    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> moves_of(StateSpace(load("cuban-missile-crisis"), list_up_to=0), "US", 0)
    Moves(moves=3, improvements=3, listed=(2, 1, 3))
    """
    local = space.local(dm, state)
    gains = compared_locally(local, dm, state)[0] & local.open
    listed: list[int] = []
    if gains.bit_count() <= SORTED:
        order = Order(space, dm)
        listed = sorted(local.combination(setting) for setting in bits_of(gains))
        listed = sorted(listed, key=order.key, reverse=True)[:LISTED]
    return Moves(local.open.bit_count(), gains.bit_count(), tuple(listed))


def better_conditions(space: StateSpace, state: int) -> tuple[Formula, Formula]:
    """That a state is better than another for every decision maker; that it is better for some of them and worse for none."""
    conflict = space.conflict
    keys = [dm.key for dm in conflict.decision_makers]
    strictly = [better(conflict, dm, state) for dm in keys]
    no_worse = [better(conflict, dm, state, strictly=False) for dm in keys]
    return all_of(*strictly), all_of(*no_worse, any_of(*strictly))


@dataclass(frozen=True)
class Near:
    """Whether any states are better than one, where that was looked for without sets; and the nearest, if one was found."""

    for_all: bool | None = None
    for_some: bool | None = None
    state: int | None = None


def large_status_quo(
    described: Described, found: LargeStanding, states: Members | None, equilibria: Mapping[str, Members], near: Near
) -> StatusQuoPart:
    """What a document says of the status quo.

    Parameters
    ----------
    described
        The space.
    found
        What becomes of the status quo.
    states
        All feasible states, if an engine gave them.
    equilibria
        For each concept (key) for which they are known the equilibria.
    near
        What is known of better states besides.
    """
    space, state = described.space, found.state
    for_all, for_some = _better(space, state)
    moves: dict[str, Moves] = {}
    for dm in described.keys:
        try:
            moves[dm] = moves_of(space, dm, state)
        except LimitError:
            continue
    cut = any(one.improvements > len(one.listed) for one in moves.values())
    counts = [None if states is None or condition is None else states.where(condition).count for condition in (for_all, for_some)]
    return StatusQuoPart(
        state=described.state(state),
        equilibrium_under=tuple(key for key, stays in found.verdicts.items() if len(stays) == len(described.keys) and all(stays.values())),
        verdicts={key: dict(verdicts) for key, verdicts in found.verdicts.items()},
        moves={dm: one.moves for dm, one in moves.items()},
        improvements={dm: described.ids(one.listed) for dm, one in moves.items()},
        improvement_counts={dm: one.improvements for dm, one in moves.items()} if cut else None,
        leaves=tuple(LeavesPart(by=one.by, to=None if one.to is None else space.number(one.to), under=one.under) for one in found.leaves),
        better_for_all=counts[0],
        worse_for_none=counts[1],
        some_better_for_all=near.for_all if counts[0] is None else None,
        some_worse_for_none=near.for_some if counts[1] is None else None,
        nearest=None if near.state is None else space.number(near.state),
        better_for_all_and_equilibrium=_among(for_all, equilibria),
        worse_for_none_and_equilibrium=_among(for_some, equilibria),
        crosses_red_line_of=crossed(described, state),
    )


def _better(space: StateSpace, state: int) -> tuple[Formula | None, Formula | None]:
    try:
        return better_conditions(space, state)
    except LimitError:
        return None, None


def _among(condition: Formula | None, equilibria: Mapping[str, Members]) -> dict[str, int]:
    return {} if condition is None else {key: states.where(condition).count for key, states in equilibria.items()}


def nearest(states: Members | None, space: StateSpace, state: int) -> int | None:
    """A state better for everybody, or else better for some and worse for none, that the fewest changes lead to; None if not known."""
    for condition in _better(space, state):
        if states is None or condition is None:
            return None
        found = nearest_of(states.where(condition), state, 1)
        if found is not None:
            return found.states[0]
    return None


def crossed(described: Described, state: int) -> tuple[str, ...]:
    """The decision makers one of whose red lines a state crosses (keys)."""
    parties = described.conflict.decision_makers
    return tuple(dm.key for dm in parties if any(described.words.meets(line.never, state) for line in dm.red_lines))
