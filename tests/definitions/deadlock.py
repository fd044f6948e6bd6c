"""Types of deadlock: for each the test of a start that is stable for everybody under a profile.

The classes and their order are this project's synthesis; the notions that they use are defined where they are imported from.
"""

from .bargain import better_for_all, by_improvements, within_reach
from .behaviour import Profile, holds, leavers, unanswered
from .nash import stable as nash_stable
from .plain import PlainModel
from .together import Group, coalition_improvements, groups


def no_bargain(model: PlainModel, s: int) -> bool:
    """D1 and D2 begin with it: no state is better for everybody. D1 asks besides that no group of two or more gains by anything."""
    return better_for_all(model, s) == set()


def out_of_reach(model: PlainModel, s: int) -> bool:
    """D3: there are states better for everybody, and neither moves nor a move made together lead to any of them."""
    gains = better_for_all(model, s)
    return gains != set() and not any(within_reach(model, s, x) for x in gains)


def group_gains(model: PlainModel, s: int) -> set[tuple[Group, int]]:
    """Every group of two or more with a state that it improves to."""
    return {(group, x) for group in groups(model, least=2) for x in coalition_improvements(model, group, s)}


def coordination(model: PlainModel, profile: Profile, s: int) -> set[tuple[Group, int]]:
    """D4: the groups of two or more that improve to a state that holds and to which no improvements lead."""
    return {(group, x) for group, x in group_gains(model, s) if holds(model, profile, x) and not by_improvements(model, s, x)}


def uncommitted(model: PlainModel, s: int) -> set[int]:
    """The states of which D5 speaks: better for everybody and within reach, or improved to by a group of two or more."""
    return {x for x in better_for_all(model, s) if within_reach(model, s, x)} | {x for _, x in group_gains(model, s)}


def commitment(model: PlainModel, profile: Profile, s: int) -> bool:
    """D5: there are such states and none holds."""
    states = uncommitted(model, s)
    return states != set() and not any(holds(model, profile, x) for x in states)


def fear(model: PlainModel, profile: Profile, s: int) -> set[str]:
    """D6: those who stay, but have an improvement."""
    return {i for i in model.decision_makers if not nash_stable(model, i, s)} - leavers(model, profile, s)


def spoilers(model: PlainModel, profile: Profile, s: int) -> set[tuple[Group, int, str, int]]:
    """D7: (group, x, k, y): the group improves to x, where all stay but k outside it, who has an unanswered improvement to y.

    Some member of the group likes y less than s.
    """
    return {
        (group, x, k, y)
        for group, x in group_gains(model, s)
        for k in leavers(model, profile, x)
        if k not in group and leavers(model, profile, x) == {k}
        for y in unanswered(model, profile, k, x)
        if any(model.better(i, s, y) for i in group)
    }


def ends_after_concession(model: PlainModel, profile: Profile, s: int, j: str, i: str) -> set[tuple[int, int]]:
    """Where j's concession leads: (c, f) with a move of j to c that j does not gain by, and an improvement of i to an f that holds."""
    return {(c, f) for c in model.moves(j, s) - model.improvements(j, s) for f in model.improvements(i, c) if holds(model, profile, f)}


def attrition(model: PlainModel, profile: Profile, s: int) -> set[tuple[str, str, int, int]]:
    """D9: (i, j, f, g): f if j concedes first, g if i does; i prefers f, j prefers g, and nobody of them likes either less than s."""
    return {
        (i, j, f, g)
        for i in model.decision_makers
        for j in model.others(i)
        for _, f in ends_after_concession(model, profile, s, j, i)
        for _, g in ends_after_concession(model, profile, s, i, j)
        if model.better(i, f, g) and model.better(j, g, f)
        if all(model.at_least(k, end, s) for k in (i, j) for end in (f, g))
    }


def types(model: PlainModel, profile: Profile, s: int, bargain_if_dropped: bool) -> list[str]:
    """All types that apply to a start that holds; the caller says whether dropping red lines or rules gives a bargain."""
    none = no_bargain(model, s)
    tests = {
        "D1": none and not bargain_if_dropped and not group_gains(model, s),
        "D2": none and bargain_if_dropped,
        "D3": out_of_reach(model, s),
        "D4": bool(coordination(model, profile, s)),
        "D5": commitment(model, profile, s),
        "D6": bool(fear(model, profile, s)),
        "D7": bool(spoilers(model, profile, s)),
        "D9": bool(attrition(model, profile, s)),
    }
    return [name for name, applies in tests.items() if applies]
