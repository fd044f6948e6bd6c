"""Small random conflicts with unknown pairs, and every completion of what is known, listed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from random import Random

from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import And, Formula, Not, Taken
from detente.model.pairs import PairStatement
from detente.preference.order import Order, Ordering
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict, random_formula, random_ranking

Levels = tuple[tuple[int, ...], ...]

SMALL = Shape(most_decision_makers=3, most_options=3, most_states=5, merged=0.0, one_way=0.15)
"""Few enough states that all weak orders of them can be listed (541 of five)."""


def only(space: StateSpace, state: int) -> Formula:
    """The condition that exactly one state meets."""
    options = space.conflict.options
    return And(tuple(Taken(o.key) if state >> k & 1 else Not(Taken(o.key)) for k, o in enumerate(options)))


def with_unknown(rng: Random, conflict: Conflict, single: float = 0.7) -> Conflict:
    """The conflict with random statements that comparisons are not known: of single pairs, or of conditions."""
    space = StateSpace(conflict)
    states = space.states.first(space.states.count)
    options = [option.key for option in conflict.options]
    parties = []
    for dm in conflict.decision_makers:
        pairs = []
        for _ in range(rng.choice((0, 1, 2, 3))):
            if rng.random() < single and len(states) > 1:
                one, other = rng.sample(states, 2)
                pairs.append(PairStatement("unknown", only(space, one), only(space, other)))
            else:
                pairs.append(PairStatement("unknown", random_formula(rng, options, 1), random_formula(rng, options, 1)))
        parties.append(replace(dm, pairs=tuple(pairs)))
    return replace(conflict, decision_makers=tuple(parties))


def unknown_conflict(seed: int, shape: Shape = SMALL) -> Conflict:
    """A small random conflict with unknown pairs."""
    rng = Random(seed)
    return with_unknown(rng, random_conflict(rng, shape))


@cache
def weak_orders(count: int) -> tuple[tuple[int, ...], ...]:
    """Every weak order of things 0 to count - 1, as the level of each, 0 the best; no level left out."""
    found = []
    for levels in product(range(count), repeat=count):
        if set(levels) == set(range(len(set(levels)))):
            found.append(levels)
    return tuple(found)


def completions(space: StateSpace, dm: str) -> Iterator[Mapping[int, int]]:
    """Every weak order of the states that keeps each known comparison, as the level of each state, 0 the best."""
    states = space.states.first(space.states.count)
    ranks = ranks_of(space, dm)
    statements = [p for p in space.conflict.decision_maker(dm).pairs if p.kind == "unknown"]

    def meets(formula: Formula, state: int) -> bool:
        return bool(space.where_bits(formula) >> state & 1)

    def known(s: int, t: int) -> bool:
        return not any((meets(p.of, s) and meets(p.over, t)) or (meets(p.of, t) and meets(p.over, s)) for p in statements)

    kept = [
        (a, b, (ranks[s] > ranks[t]) - (ranks[s] < ranks[t]))
        for a, s in enumerate(states)
        for b, t in enumerate(states)
        if a < b and known(s, t)
    ]
    for levels in weak_orders(len(states)):
        if all((levels[a] > levels[b]) - (levels[a] < levels[b]) == sign for a, b, sign in kept):
            yield dict(zip(states, levels, strict=True))


def ranks_of(space: StateSpace, dm: str) -> Mapping[int, int]:
    """The ranks of the order as it is written."""
    return Order(space, dm).ranks


class Listed(Ordering):
    """An order given by the level of each state."""

    def __init__(self, space: StateSpace, levels: Mapping[int, int]) -> None:
        self.space, self._levels = space, levels

    def key(self, state: int) -> tuple[int, ...]:
        """The level, turned round."""
        return (-self._levels[state],)


def levels_of(levels: Mapping[int, int]) -> Levels:
    """The same as levels of states, best first."""
    return tuple(tuple(s for s, at in levels.items() if at == level) for level in range(max(levels.values(), default=-1) + 1))


def joint(space: StateSpace) -> Sequence[Sequence[Mapping[int, int]]]:
    """For each decision maker every completion of theirs."""
    return [list(completions(space, dm.key)) for dm in space.conflict.decision_makers]


def mostly_unknown(seed: int) -> Conflict:
    """Two decision makers with an option each, random orders of the four states, and half of all pairs unknown."""
    rng = Random(seed)
    options = tuple(Option(key.lower(), key.lower(), (key,)) for key in "AB")
    bare = Conflict("half unknown", tuple(DecisionMaker(key, key) for key in "AB"), options)
    space = StateSpace(bare)
    parties = []
    for dm in bare.decision_makers:
        order = random_ranking(rng, space, dm.key)
        pairs = [PairStatement("unknown", only(space, s), only(space, t)) for s in range(4) for t in range(s) if rng.random() < 0.5]
        parties.append(replace(dm, preference=order, pairs=tuple(pairs)))
    return replace(bare, decision_makers=tuple(parties))
