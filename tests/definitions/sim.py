"""Stability by simultaneous sanctioning (SIM), for conflicts in option form.

After Fraser & Hipel 1984, *Conflict Analysis* (from memory of the literature; not checked against the book). For
more than two decision makers and for merged states this is the project's own wording: some non-empty set of the
others makes one improvement each from s, at the same time as i makes its own.
"""

from collections.abc import Iterator
from itertools import product

from .plain import Combination, PlainModel


def stable(model: PlainModel, i: str, s: int) -> bool:
    """For every t in R_i^+(s) some joint change made at once from s leads to a feasible u, s at least as preferred."""
    return all(any(model.at_least(i, s, u) for u in joint_outcomes(model, i, s, t)) for t in model.improvements(i, s))


def joint_outcomes(model: PlainModel, i: str, s: int, t: int) -> Iterator[int]:
    """The feasible states to which i's change from s to t and improvements from s by one or more others add up."""
    for a in model.state(s).members:
        # Each other decision maker stays (None) or makes one improvement; somebody makes one.
        replies = [[None, *changes(model, j, a, model.improvements(j, s))] for j in model.others(i)]
        for joint in product(*replies):
            theirs = [change for change in joint if change is not None]
            for own in changes(model, i, a, {t}) if theirs else []:
                flipped = own.union(*theirs)
                u = model.number_of({name: taken != (name in flipped) for name, taken in a.items()})
                if u is not None:
                    yield u


def changes(model: PlainModel, j: str, a: Combination, targets: set[int]) -> list[frozenset[str]]:
    """The sets of options that j can flip in combination a to come to a member of one of the target states."""
    return [
        frozenset(name for name in a if a[name] != b[name])
        for target in sorted(targets)
        for b in model.state(target).members
        if model.may_change(j, a, b)
    ]
