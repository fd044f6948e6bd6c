"""Coalition improvements and equilibrium jumps.

Kilgour, Hipel, Fang & Peng 2001, Group Decision and Negotiation 10 (pages not checked). Besides the legal sequences of a group, a *joint
move* counts here: all that differs is changed at once by owners in the group, whatever lies between (this project's own).
"""

from itertools import combinations

from .behaviour import Profile, holds
from .plain import PERMITTED, Combination, PlainModel
from .sequences import reachable

Group = tuple[str, ...]


def groups(model: PlainModel, least: int = 1) -> list[Group]:
    """Every group of at least so many decision makers, each in the order of the model."""
    return [group for size in range(least, len(model.decision_makers) + 1) for group in combinations(model.decision_makers, size)]


def may_take_part(model: PlainModel, i: str, a: Combination, b: Combination) -> bool:
    """Whether nothing but directions and owners keeps i from changing a into b: i perceives both, and no ban speaks of it."""
    if i in model.unperceived and (model.unperceived[i](a) or model.unperceived[i](b)):
        return False
    return not any(i == who and leaving(a) and reaching(b) for who, leaving, reaching in model.bans)


def may_change_together(model: PlainModel, group: Group, a: Combination, b: Combination) -> bool:
    """Whether a group at once can turn combination a into b: all that differs has an owner in it and changes in a permitted direction."""
    owned = [
        [i for i in owners if i in group and may_take_part(model, i, a, b)] if (a[name], b[name]) in PERMITTED[direction] else []
        for name, owners, direction in model.options
        if a[name] != b[name]
    ]
    return all(owned)


def joint_moves(model: PlainModel, group: Group, s: int) -> set[int]:
    """The states to which the group can go from s by one move made together."""
    return {
        t
        for t in model.numbers
        if t != s and any(may_change_together(model, group, a, b) for a in model.state(s).members for b in model.state(t).members)
    }


def brought_about(model: PlainModel, group: Group, s: int) -> set[int]:
    """The states that the group can bring about from s: by legal sequences of its own, or by a joint move."""
    return (reachable(model, group, s) | joint_moves(model, group, s)) - {s}


def coalition_improvements(model: PlainModel, group: Group, s: int) -> set[int]:
    """The states that the group can bring about from s and that each of its members prefers to s."""
    return {t for t in brought_about(model, group, s) if all(model.better(i, t, s) for i in group)}


def equilibrium_jumps(model: PlainModel, profile: Profile) -> set[tuple[Group, int, int]]:
    """Every (group of two or more, from, to) by which a group improves from one state that holds to another."""
    holding = {s for s in model.numbers if holds(model, profile, s)}
    return {
        (group, s, t) for group in groups(model, least=2) for s in holding for t in coalition_improvements(model, group, s) if t in holding
    }
