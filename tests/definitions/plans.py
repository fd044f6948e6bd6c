"""The ways of a plan: improvements that nothing deters, and moves made together that nobody who gains could make alone.

Plans over given means, and what a way is, are this project's own.
"""

from .behaviour import Profile, holds, unanswered
from .plain import PlainModel
from .together import groups, joint_moves


def go_alone(model: PlainModel, profile: Profile, s: int) -> set[int]:
    """The states that somebody goes to from s: an improvement that nothing deters under their concept."""
    return {t for i in model.decision_makers for t in unanswered(model, profile, i, s)}


def go_together(model: PlainModel, s: int) -> set[int]:
    """The states that two or more go to from s by one move made together, all of whom gain, and to which no gainer can go alone."""
    gains = {t: [i for i in model.decision_makers if model.better(i, t, s)] for t in model.numbers}
    return {
        t
        for group in groups(model, least=2)
        for t in joint_moves(model, group, s)
        if set(group) <= set(gains[t]) and not any(t in joint_moves(model, (i,), s) for i in gains[t])
    }


def fewest_moves_together(model: PlainModel, profile: Profile, start: int, wanted: set[int], most: int) -> int | None:
    """How many moves made together a way to a wanted state that holds needs; None if more than `most`, or if no way leads there."""
    alone = {s: go_alone(model, profile, s) for s in model.numbers}
    together = {s: go_together(model, s) for s in model.numbers}
    needed = {start: 0}
    for _ in range(len(model.numbers) * (most + 1)):
        for s, count in list(needed.items()):
            for t in alone[s]:
                needed[t] = min(needed.get(t, most + 1), count)
            for t in together[s] if count < most else ():
                needed[t] = min(needed.get(t, most + 1), count + 1)
    return min((needed[x] for x in wanted if x in needed and holds(model, profile, x)), default=None)
