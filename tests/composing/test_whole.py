"""The whole, with every other front as it stands, is each local conflict again; and what links and common options do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from detente.analysis.composing.whole import Composed, composed
from detente.concepts.registry import all_concepts, concept
from detente.engines.single import SingleEngine
from detente.model.composition import Common, Component, Composition
from detente.model.conflict import Conflict
from detente.model.evaluate import evaluator
from detente.model.front import Front
from detente.model.narrowed import leave_out
from detente.preference.order import Order
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import fresh

SHAPE = Shape(most_decision_makers=3, most_options=3, most_states=8, merged=0, red_lines=0.3)


def local(rng: Random, kinds: tuple[str, ...] = ()) -> Conflict:
    """A random local conflict with a status quo, and no weights that four times as great would be too great; all have A."""
    while True:
        made = random_conflict(rng, replace(SHAPE, kinds=kinds))
        weights = [weight for dm in made.decision_makers for _, weight in getattr(dm.preference, "weights", ())]
        if made.status_quo is not None and max(map(abs, weights), default=0) < 10**9:
            return made


def components(rng: Random, count: int, kinds: tuple[str, ...] = ()) -> tuple[Component, ...]:
    """Local conflicts on so many fronts; all have A in common, everybody else is on one front alone."""
    made = []
    for key in ["north", "south", "west"][:count]:
        conflict = local(rng, kinds)
        own = tuple((dm.key, f"{key} {dm.key}") for dm in conflict.decision_makers if dm.key != "A")
        made.append(Component(key, f"the {key}", conflict, prefix=f"{key[0]}_", renamed=own))
    return tuple(made)


def composition(rng: Random, kinds: tuple[str, ...] = ()) -> Composition:
    """A random composition of two or three fronts."""
    parts = components(rng, rng.choice((2, 2, 3)), kinds)
    keys = [part.key for part in parts]
    if rng.random() < 0.5:
        common = Common("A", order=tuple(rng.sample(keys, len(keys))))
    else:
        common = Common("A", weights=tuple((key, rng.randint(1, 4)) for key in keys))
    return Composition("a whole", parts, (common,))


def narrowed(whole: Composed, front: str) -> Conflict:
    """The whole with all fronts but one left out."""
    everywhere = [dm.key for dm in whole.conflict.decision_makers]
    kept, others = [next(f for f in whole.fronts if f.key == front)], [f for f in whole.fronts if f.key != front]
    options = tuple(o.key for f in others for o in f.conflict.options)
    own = {dm.key for f in kept for dm in f.conflict.decision_makers}
    rest = Front("rest", "the rest", options, tuple(key for key in everywhere if key not in own))
    return leave_out(replace(whole.conflict, fronts=(rest,)), ["rest"]).conflict


def felt_elsewhere(front: Component, dm: str) -> bool:
    """Whether a decision maker has a red line that the status quo of a front crosses, or does not perceive it."""
    party, quo = front.conflict.decision_maker(dm), front.conflict.combination(front.conflict.status_quo or frozenset())
    felt = [line.never for line in party.red_lines] + ([] if party.unperceived is None else [party.unperceived])
    return any(evaluator(formula, front.conflict.option_index)(quo) for formula in felt)


def cases(count: int, what: str) -> Iterator[tuple[str, Composed]]:
    """Random wholes in which no status quo crosses a red line of A, or is not perceived: that would count on all other fronts."""
    for number in range(count):
        name = f"{fresh()} {what} {number}"
        whole = composed(composition(Random(name)))
        if not any(felt_elsewhere(front, "A") for front in whole.fronts):
            yield name, whole


def test_each_front_alone_is_the_local_conflict() -> None:
    compared = 0
    for name, whole in cases(60, "alone"):
        for front in whole.fronts:
            wide, narrow = StateSpace(front.conflict), StateSpace(narrowed(whole, front.key))
            assert [o.key for o in narrow.conflict.options] == [o.key for o in front.conflict.options], name
            assert list(wide.states.each()) == list(narrow.states.each()), name
            one, other = SingleEngine(wide), SingleEngine(narrow)
            for dm in front.conflict.decision_makers:
                ranks = [Order(space, dm.key).ranks for space in (wide, narrow)]
                assert order_of(ranks[0]) == order_of(ranks[1]), (name, front.key, dm.key)
                for state in wide.states.each():
                    assert one.moves(dm.key, state) == other.moves(dm.key, state), (name, front.key, dm.key, state)
                for one_of in all_concepts():
                    found = one.stable(one_of, dm.key)
                    assert found.bits == other.stable(one_of, dm.key).bits, (name, front.key, one_of.key, dm.key)
                    compared += wide.states.count
    assert compared > 300


def order_of(ranks: dict[int, int]) -> list[list[int]]:
    """The states in levels."""
    return [sorted(state for state, rank in ranks.items() if rank == level) for level in sorted(set(ranks.values()))]


def test_the_states_of_the_whole_are_the_combinations_of_local_states() -> None:
    for name, whole in cases(40, "product"):
        product = 1
        for front in whole.fronts:
            product *= StateSpace(front.conflict).states.count
        space = StateSpace(whole.conflict)
        assert space.states.count == product, name
        for front in whole.fronts:
            there = {whole.local(front.key, state) for state in space.states.each()}
            assert there == set(StateSpace(front.conflict).states.each()), name


def worse_first(ranks: dict[int, int]) -> dict[int, int]:
    """For each state how many levels lie below it."""
    levels = sorted(set(ranks.values()), reverse=True)  # rank 1 is the best
    return {state: levels.index(rank) for state, rank in ranks.items()}


@pytest.mark.parametrize("kinds", [(), ("weights",), ("ranking",)], ids=["any", "weights", "rankings"])
def test_the_common_decision_maker_combines_the_fronts_as_is_said(kinds: tuple[str, ...]) -> None:
    compared = 0
    for number in range(30):
        name = f"{fresh()} combined {kinds} {number}"
        made = composition(Random(name), kinds)
        bare = tuple(replace(part, conflict=without_red_lines(part.conflict)) for part in made.components)
        whole = composed(replace(made, components=bare))
        space, (common,) = StateSpace(whole.conflict), made.common
        locally = {front.key: Order(StateSpace(front.conflict), "A") for front in whole.fronts}
        order = Order(space, "A")
        below = {key: worse_first(one.ranks) for key, one in locally.items()}
        own = [front.conflict.decision_maker("A").preference for front in whole.fronts]
        by_weight = {front.key: dict(getattr(front.conflict.decision_maker("A").preference, "weights", ())) for front in whole.fronts}

        def worth(key: str, state: int, sums: dict[str, dict[str, int]] = by_weight, whole: Composed = whole) -> int:
            front = next(one for one in whole.fronts if one.key == key)
            return sum(sums[key].get(option, 0) for option in front.conflict.taken(whole.local(key, state)))

        values = {}
        for state in space.states.each():
            if common.order:
                values[state] = tuple(below[key][whole.local(key, state)] for key in common.order)
            elif all(isinstance(one, OptionWeighting | None) for one in own):
                values[state] = (sum(weight * worth(key, state) for key, weight in common.weights),)
            else:
                values[state] = (sum(weight * below[key][whole.local(key, state)] for key, weight in common.weights),)
        for state in space.states.each():
            for other in space.states.each():
                assert order.prefers(state, other) is (values[state] > values[other]), (name, state, other)
                compared += 1
    assert compared > 3_000


def without_red_lines(conflict: Conflict) -> Conflict:
    return replace(conflict, decision_makers=tuple(replace(dm, red_lines=()) for dm in conflict.decision_makers))


def test_without_links_nash_equilibria_are_the_combinations_of_local_ones() -> None:
    """An improvement on one front alone is one of the whole, and a move of the whole that improves does so on some front."""
    found = 0
    for number in range(40):
        name = f"{fresh()} Nash {number}"
        made = composition(Random(name))
        bare = tuple(replace(part, conflict=plain(part.conflict)) for part in made.components)
        whole = composed(replace(made, components=bare))
        space = StateSpace(whole.conflict)
        alone = {front.key: nash(front.conflict) for front in whole.fronts}
        holding = nash(whole.conflict)
        for state in space.states.each():
            assert (state in holding) is all(whole.local(key, state) in states for key, states in alone.items()), (name, state)
        found += len(holding)
    assert found > 20


def plain(conflict: Conflict) -> Conflict:
    """The conflict without red lines and without what somebody does not perceive."""
    parties = tuple(replace(dm, red_lines=(), unperceived=None) for dm in conflict.decision_makers)
    return replace(conflict, decision_makers=parties)


def nash(conflict: Conflict) -> set[int]:
    """The Nash equilibria of a conflict."""
    space = StateSpace(conflict)
    engine = SingleEngine(space)
    sets = [set(engine.stable(concept("Nash"), dm.key).each()) for dm in conflict.decision_makers]
    return set.intersection(*sets)
