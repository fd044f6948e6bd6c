"""What holds on each front alone and in the whole: asked of an engine."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.composing.found import Holding, OnFront
from detente.analysis.composing.whole import Composed
from detente.analysis.stability import analyse
from detente.concepts.registry import concept
from detente.engines.choose import choose
from detente.errors import Cannot, LimitError
from detente.space.sets import StateSet
from detente.space.states import StateSpace

LISTED = 20
"""Most options of a conflict whose states are listed."""


def holding(composed: Composed, profile: Mapping[str, str]) -> Holding:
    """What holds on each front alone and in the whole.

    Parameters
    ----------
    composed
        The whole.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.

    Examples
    --------
    >>> from detente.analysis.composing.whole import composed
    >>> from detente.model.composition import Common, Component, Composition
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> a, options = DecisionMaker("A", "A"), (Option("x", "x", ("A",)),)
    >>> north, south = (Component(key, key, Conflict(key, (a,), options), prefix=key[0]) for key in ("north", "south"))
    >>> found = holding(composed(Composition("both", (north, south), (Common("A", order=("north", "south")),))), {"A": "SEQ"})
    >>> found.holding.count, [front.holding.count for front in found.fronts]
    (4, [2, 2])
    """
    space = StateSpace(composed.conflict, LISTED)
    whole = _holding(space, profile)
    fronts = []
    for front in composed.fronts:
        local = StateSpace(front.conflict, LISTED)
        mine = {dm.key: profile[dm.key] for dm in front.conflict.decision_makers}
        parts = None if whole is None else local.set_of(*sorted({composed.local(front.key, state) for state in whole.each()}))
        fronts.append(OnFront(front.key, local, _holding(local, mine), parts))
    return Holding(composed, profile, space, whole, tuple(fronts))


def _holding(space: StateSpace, profile: Mapping[str, str]) -> StateSet | None:
    """The states that are stable for everybody under the profile; None where they can't be listed."""
    if not space.is_listed:
        return None
    concepts = [concept(key) for key in dict.fromkeys(profile.values())]
    try:
        engine, _ = choose(space, concepts)
        return analyse(space, concepts, engine).mixed(profile)
    except (LimitError, Cannot):
        return None
