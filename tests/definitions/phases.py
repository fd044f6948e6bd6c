"""Orders in which the steps of a package can be taken: every ordered partition of its changes is tried.

Phase orders, and what is asked of each step, are this project's own.
"""

from collections.abc import Iterator

from .behaviour import Profile, holds
from .minimal import subsets
from .plain import PERMITTED, Combination, PlainModel
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


def closest(model: PlainModel, start: int, package: int) -> set[tuple[tuple[bool, ...], tuple[bool, ...]]]:
    """The combinations of two states that differ least, option by option: a package is carried out between two of these."""
    pairs = {(tuple(a.values()), tuple(b.values())) for a in model.state(start).members for b in model.state(package).members}
    apart = {pair: sum(x != y for x, y in zip(*pair, strict=True)) for pair in pairs}
    return {pair for pair in pairs if apart[pair] == min(apart.values())}


def failing(model: PlainModel, profile: Profile, start: Combination, steps: Steps, package: int) -> str | None:
    """What first forbids an order of steps from a combination, None if nothing does.

    A step is made by owners who gain by it: for each option some such owner, whom nothing keeps from it.
    """
    owners = {name: tuple(who) for name, who, _ in model.options}
    direction = {name: way for name, _, way in model.options}
    at = dict(start)
    for place, step in enumerate(steps):
        then = {name: taken != (name in step) for name, taken in at.items()}
        s, t = model.number_of(at), model.number_of(then)
        if s is None or t is None:
            return "infeasible"
        if any((at[name], then[name]) not in PERMITTED[direction[name]] for name in step):
            return "direction"
        if not all(any(model.better(who, t, s) and may_take_part(model, who, at, then) for who in owners[name]) for name in step):
            return "gain"
        if not holds(model, profile, t):
            return "holds"
        if place < len(steps) - 1 and any(model.better(who, t, package) for who in model.decision_makers):
            return "stops"
        at = then
    return None


def phase_orders(model: PlainModel, profile: Profile, start: Combination, end: Combination) -> set[Steps]:
    """All orders of steps between two combinations in which nothing forbids any."""
    package = model.number_of(end)
    assert package is not None
    changes = frozenset(name for name in start if start[name] != end[name])
    return {steps for steps in partitions(changes) if steps and failing(model, profile, start, steps, package) is None}
