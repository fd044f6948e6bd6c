"""The states that everybody prefers to a start, and how they can be come to.

Z and W are this project's own words for the set of mutual gains (strict, and weak) against an impasse.
"""

from .plain import PlainModel
from .sequences import reachable
from .together import Group, groups, joint_moves


def better_for_all(model: PlainModel, s: int) -> set[int]:
    """Z(s): the states that everybody prefers to s."""
    return {x for x in model.numbers if all(model.better(i, x, s) for i in model.decision_makers)}


def worse_for_none(model: PlainModel, s: int) -> set[int]:
    """W(s): the states that nobody likes less than s and somebody prefers."""
    return {
        x
        for x in model.numbers
        if all(model.at_least(i, x, s) for i in model.decision_makers) and any(model.better(i, x, s) for i in model.decision_makers)
    }


def alone(model: PlainModel, s: int, x: int) -> set[str]:
    """Who can go from s to x by one move of their own."""
    return {i for i in model.decision_makers if x in model.moves(i, s)}


def by_improvements(model: PlainModel, s: int, x: int) -> bool:
    """Whether a legal sequence of improvements leads from s to x."""
    return x in reachable(model, model.decision_makers, s, improving=True)


def by_moves(model: PlainModel, s: int, x: int) -> bool:
    """Whether a legal sequence of moves leads from s to x."""
    return x in reachable(model, model.decision_makers, s)


def jointly(model: PlainModel, s: int, x: int) -> set[Group]:
    """The groups that can go from s to x by one move made together."""
    return {group for group in groups(model) if x in joint_moves(model, group, s)}


def within_reach(model: PlainModel, s: int, x: int) -> bool:
    """Whether moves lead from s to x, or a move made together."""
    return by_moves(model, s, x) or jointly(model, s, x) != set()
