"""Plans: the fewest joint moves of a way to a wanted state that holds, and the sets of means no part of which does as cheaply.

This project's own. A way is made of moves that parties make of their own accord, which are improvements that nothing deters under their
concepts, and of joint moves: all who take part gain, and none of them could make it alone.
"""

from collections.abc import Mapping

from .behaviour import Profile, holds, unanswered
from .plain import PlainModel
from .together import joint_moves

Means = frozenset[int]


def own_moves(model: PlainModel, profile: Profile, s: int) -> set[int]:
    """Where somebody goes from s of their own accord."""
    return set().union(*(unanswered(model, profile, i, s) for i in model.decision_makers))


def shared_moves(model: PlainModel, s: int) -> set[int]:
    """Where several can go from s together: all gain, these suffice, and none of them could go there alone."""
    found = set()
    for t in model.numbers:
        gain = tuple(i for i in model.decision_makers if model.better(i, t, s))
        if t in joint_moves(model, gain, s) and not any(t in joint_moves(model, (i,), s) for i in gain):
            found.add(t)
    return found


def fewest_joint_moves(model: PlainModel, profile: Profile, start: int, wanted: set[int], most: int) -> int | None:
    """The fewest joint moves of any way from the start to a wanted state that holds; None if no way has so few as `most`."""
    layer = {start}
    for count in range(most + 1):
        waiting, seen = list(layer), set(layer)
        while waiting:
            for t in own_moves(model, profile, waiting.pop()) - seen:
                seen.add(t)
                waiting.append(t)
        if any(x in wanted and holds(model, profile, x) for x in seen):
            return count
        layer = seen | set().union(*(shared_moves(model, s) for s in seen))
    return None


def cheapest_sets(costs: Mapping[Means, int]) -> set[tuple[int, Means]]:
    """Of the sets of means that give a plan, each with the cost of its cheapest, those no proper part of which costs as little."""
    return {(cost, means) for means, cost in costs.items() if not any(less < means and costs[less] <= cost for less in costs)}
