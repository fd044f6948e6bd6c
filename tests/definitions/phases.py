"""Orders in which the steps of a package can be taken: every ordered partition of its changes is tried.

Phase orders, and what is asked of each step, are this project's own.
"""

from collections.abc import Iterator

from .behaviour import Profile, holds
from .minimal import subsets
from .plain import PERMITTED, PlainModel
from .together import may_take_part

Steps = tuple[frozenset[str], ...]
"""The options changed in each step."""


def partitions(changes: frozenset[str]) -> Iterator[Steps]:
    """Every way to make the changes in steps, each change in one step."""
    if not changes:
        yield ()
    for first in subsets(sorted(changes)):
        if first:
            for rest in partitions(changes - first):
                yield (first, *rest)


def differing(model: PlainModel, start: int, package: int) -> frozenset[str]:
    """The options in which two states (by their greatest combinations) differ."""
    a, b = model.state(start).combination, model.state(package).combination
    return frozenset(name for name in a if a[name] != b[name])


def failing(model: PlainModel, profile: Profile, start: int, steps: Steps, package: int) -> str | None:
    """What first forbids an order of steps, None if nothing does."""
    owners = {name: tuple(who) for name, who, _ in model.options}
    direction = {name: way for name, _, way in model.options}
    at = dict(model.state(start).combination)
    for place, step in enumerate(steps):
        then = {name: taken != (name in step) for name, taken in at.items()}
        s, t = model.number_of(at), model.number_of(then)
        if s is None or t is None:
            return "infeasible"
        movers = {who for name in step for who in owners[name]}
        if any(not owners[name] or (at[name], then[name]) not in PERMITTED[direction[name]] for name in step):
            return "move"
        if not all(may_take_part(model, who, at, then) for who in movers):
            return "move"
        if not all(model.better(who, t, s) for who in movers):
            return "gain"
        if not holds(model, profile, t):
            return "holds"
        if place < len(steps) - 1 and any(model.better(who, t, package) for who in model.decision_makers):
            return "stops"
        at = then
    return None


def phase_orders(model: PlainModel, profile: Profile, start: int, package: int) -> set[Steps]:
    """All orders of steps in which nothing forbids any."""
    return {
        steps for steps in partitions(differing(model, start, package)) if steps and failing(model, profile, start, steps, package) is None
    }
