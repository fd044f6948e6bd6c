"""How a state holds when each decision maker behaves after a concept of their own (mixed profiles)."""

from collections.abc import Mapping

from .changed import Changed
from .concepts import DEFINITIONS
from .plain import PlainModel

Profile = Mapping[str, str]
"""For each decision maker the key of a concept."""


def everybody(model: PlainModel, key: str) -> Profile:
    """The profile in which all follow one concept."""
    return dict.fromkeys(model.decision_makers, key)


def stays(model: PlainModel, profile: Profile, i: str, s: int) -> bool:
    """Whether s is stable for i under i's concept."""
    return DEFINITIONS[profile[i]](model, i, s)


def leavers(model: PlainModel, profile: Profile, s: int) -> set[str]:
    """The decision makers for whom s is not stable."""
    return {i for i in model.decision_makers if not stays(model, profile, i, s)}


def holds(model: PlainModel, profile: Profile, s: int) -> bool:
    """Whether s is stable for everybody."""
    return leavers(model, profile, s) == set()


def unanswered(model: PlainModel, profile: Profile, i: str, s: int) -> set[int]:
    """The improvements of i from s that nothing deters under i's concept: s would be left if it were the only one.

    A definition asks the same of every improvement; so each is tried as the only move that i has from s.
    """
    return {
        t
        for t in model.improvements(i, s)
        if not stays(Changed(model, without={i: {(s, other) for other in model.moves(i, s) if other != t}}), profile, i, s)
    }
