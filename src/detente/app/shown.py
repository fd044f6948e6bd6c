"""Which states a table shows: the status quo, states with names, and equilibria, those under most concepts first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from detente.analysis.stability import StabilityTable
from detente.app.documents import ShownPart, Why
from detente.app.parts import Described
from detente.app.wanted import Wanted
from detente.space.sets import StateSet

SHOWN = 12
"""How many states a table shows unless all are asked for; the status quo and named states are shown in any case."""


def shown_states(
    described: Described, table: StabilityTable, equilibria: Mapping[str, StateSet], wanted: Wanted, subset: StateSet | None
) -> tuple[tuple[ShownPart, ...], int]:
    """The states that a table shows, the most telling first, and how many there are of which these are some.

    Which they are does not depend on how states are numbered; see `_best`.
    """
    space = described.space
    within = space.states if subset is None else subset
    if wanted.every_state:
        everything = within.first(wanted.list_limit)
        return tuple(_shown(described, table, equilibria, state) for state in everything), within.count
    held = reduce(StateSet.__or__, equilibria.values()) & within
    first = [state for state in (space.status_quo, *described.named) if state is not None and within.contains(state)]
    fixed = list(dict.fromkeys(first))
    chosen = [*fixed, *_best(described, list(equilibria.values()), held - space.set_of(*fixed), max(SHOWN - len(fixed), 4))]
    if subset is not None:  # whoever names a condition wants to see what meets it
        chosen += _best(described, [within], within - space.set_of(*chosen), SHOWN - len(chosen))
    total = (held | space.set_of(*fixed)).count if subset is None else within.count
    return tuple(_shown(described, table, equilibria, state) for state in chosen), total


def _best(described: Described, sets: list[StateSet], held: StateSet, count: int) -> list[int]:
    """States that belong to most sets, among them those nearest to the status quo, among these those that are best for the worst off.

    States that are alike in all that are shown together or not at all, unless there would be none.
    """
    origin = described.space.status_quo or 0
    chosen: list[int] = []
    for layer in _layers(sets, held):
        by_distance: dict[int, list[int]] = {}
        for state in layer.each():
            by_distance.setdefault((state ^ origin).bit_count(), []).append(state)
        for _, near in sorted(by_distance.items()):
            if len(chosen) + len(near) > count:
                return _some(described, chosen, near, count)
            chosen += near
    return chosen


def _some(described: Described, chosen: list[int], near: list[int], count: int) -> list[int]:
    """The states chosen so far, and of those that are equally near as many groups as there is room for."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for state in near:
        ranks = sorted((described.ranks.of(dm, state) for dm in described.keys), reverse=True)
        groups.setdefault(tuple(ranks), []).append(state)
    for _, alike in sorted(groups.items()):
        if len(chosen) + len(alike) > count:
            return chosen or alike[:count]
        chosen += alike
    return chosen


def _layers(sets: list[StateSet], held: StateSet) -> list[StateSet]:
    """The states that belong to most of the sets, then those that belong to one set less, and so on to one."""
    at_least = [held]  # at_least[k]: members of k sets or more
    for states in sets:
        following = [*at_least, held.space.set_of()]
        for k, known in enumerate(at_least):
            following[k + 1] |= known & states
        at_least = following
    return [at_least[k] - at_least[k + 1] if k + 1 < len(at_least) else at_least[k] for k in range(len(sets), 0, -1)]


def _shown(described: Described, table: StabilityTable, equilibria: Mapping[str, StateSet], state: int) -> ShownPart:
    part = described.state(state)
    under = tuple(key for key, states in equilibria.items() if states.contains(state))
    why: list[Why] = []
    why += ["status quo"] if state == described.space.status_quo else []
    why += ["named"] if part.name is not None else []
    why += ["equilibrium"] if under else []
    return ShownPart(
        id=part.id,
        choice=part.choice,
        rank=part.rank,
        name=part.name,
        why=tuple(why) or ("state",),
        equilibrium_under=under,
        leavers={key: table.leaving(key, state) for key in table.stable},
    )
