"""Hypergames: Bennett 1977 (Omega 5); in the graph model Wang, Hipel & Fraser 1988 (from memory).

On the first level decision maker i acts in G_i, the conflict as i sees it.  A state is an equilibrium of the hypergame if it is stable for
each i in G_i.  On the second level i has an expectation of j: that j acts in the conflict in which, as i believes, j acts.
"""

from __future__ import annotations

from collections.abc import Mapping

from .behaviour import Profile, stays
from .plain import PlainModel

Views = Mapping[str, PlainModel]
"""For each decision maker the model in which they act; all have the same states and moves, except for what is not perceived."""


def acts(views: Views, profile: Profile, i: str) -> set[int]:
    """The states that are stable for i in the conflict as i sees it."""
    return {s for s in views[i].numbers if stays(views[i], profile, i, s)}


def holds(views: Views, profile: Profile) -> set[int]:
    """The equilibria of the hypergame of the first level."""
    everybody = list(views)
    return {s for s in views[everybody[0]].numbers if all(s in acts(views, profile, i) for i in everybody)}


def foreseen(expected: Views, profile: Profile) -> set[int]:
    """The states at which, as somebody expects, everybody stays: `expected` gives for each j the model in which they think that j acts."""
    return holds(expected, profile)
