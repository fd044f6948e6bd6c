"""The native form of the array engine, the grid without kernels and the single engine answer alike, whatever the kernels treat apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from detente.concepts.registry import all_concepts, concept
from detente.engines import array
from detente.engines.array import ArrayEngine, form_for, native
from detente.engines.array.native import fitting
from detente.engines.array.native.contexts import contexts
from detente.engines.array.native.grid import NativeGrid
from detente.engines.base import Engine
from detente.engines.single import SingleEngine
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.formula import Formula, Not, Taken, all_of, any_of
from detente.model.preference import Preference, Statement
from detente.model.rule import Infeasible, Merged
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import fresh

CLASSICAL = [known for known in all_concepts() if known.is_classical]
PEOPLE = "ABCDE"


def some(rng: Random, keys: list[str], least: int, most: int) -> Formula:
    """A conjunction or disjunction of options, taken or not."""
    literals = [Taken(key) if rng.random() < 0.5 else Not(Taken(key)) for key in rng.sample(keys, min(len(keys), rng.randint(least, most)))]
    return rng.choice((all_of, any_of))(*literals)


def model(
    rng: Random, options: int, deciders: int, statements: int = 12, width: tuple[int, int] = (1, 3), weights: bool = False, odd: bool = True
) -> Conflict:
    """A random model; an `odd` one has one-way, shared and ownerless options, rules, and combinations that are not perceived."""
    keys, people = [f"o{number:02}" for number in range(options)], PEOPLE[:deciders]
    owners = sorted(rng.choice(people) for _ in keys)
    made = []
    for key, owner in zip(keys, owners, strict=True):
        way = rng.choice((Direction.ONLY_ON, Direction.ONLY_OFF)) if odd and rng.random() < 0.3 else Direction.BOTH
        also = tuple(sorted({owner, rng.choice(people)})) if odd and rng.random() < 0.1 else (owner,)
        made.append(Option(key, key, () if odd and rng.random() < 0.05 else also, way))
    made.sort(key=lambda option: min(option.owners, default=""))
    parties = []
    for who in people:
        wants: Preference = OptionPrioritization(tuple(Statement(some(rng, keys, *width)) for _ in range(statements)))
        if weights:
            wants = OptionWeighting(tuple((key, rng.randint(-3, 9)) for key in keys))
        unseen = some(rng, keys, 2, 3) if odd and rng.random() < 0.3 else None
        parties.append(DecisionMaker(who, who, wants, unperceived=unseen))
    rules = [Infeasible(all_of(*map(Taken, rng.sample(keys, 2)))) for _ in range(rng.randint(0, options // 3 if odd else 0))]
    return Conflict("drawn", tuple(parties), tuple(made), tuple(rules))


def alike(conflict: Conflict, one_by_one: bool = False) -> int:
    """Compare every verdict of all concepts; how many there were."""
    space = StateSpace(conflict)
    engines: list[Engine] = [ArrayEngine(space, "grid"), *([SingleEngine(space)] if one_by_one else [])]
    compiled, compared = ArrayEngine(space, "native"), 0
    for known in CLASSICAL:
        for dm in space.masks:
            found = compiled.stable(known, dm)
            for engine in engines:
                assert engine.stable(known, dm) == found, (known.key, dm, engine.name)
            compared += space.states.count * len(engines)
    return compared


KINDS: dict[str, tuple[int, Callable[[Random], Conflict]]] = {
    "odd": (20, lambda rng: model(rng, rng.randint(5, 13), rng.randint(1, 5))),
    "plain": (6, lambda rng: model(rng, rng.randint(9, 14), rng.randint(1, 5), odd=False)),
    "values of one byte": (8, lambda rng: model(rng, rng.randint(6, 12), rng.randint(2, 4), statements=7)),
    "values of four bytes": (6, lambda rng: model(rng, rng.randint(6, 12), rng.randint(2, 4), statements=20)),
    "more statements than bits": (4, lambda rng: model(rng, rng.randint(6, 10), 3, statements=40)),
    "wide statements": (6, lambda rng: model(rng, rng.randint(10, 13), rng.randint(2, 4), width=(6, 9))),
    "weights": (8, lambda rng: model(rng, rng.randint(6, 12), rng.randint(2, 4), weights=True)),
    "no statement": (3, lambda rng: model(rng, rng.randint(6, 10), 3, statements=0)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_forms_answer_alike(kind: str) -> None:
    rounds, draw = KINDS[kind]
    rng = Random(fresh())
    assert sum(alike(draw(rng)) for _ in range(rounds)) > 1_000


def test_the_single_engine_answers_alike() -> None:
    """Small models with every kind of preference, rankings too."""
    rng, compared = Random(fresh()), 0
    shape = replace(Shape(most_options=7, most_states=60, unperceived=0.3, shared=0.2).composing, one_way=0.4)
    for _ in range(150):
        compared += alike(random_conflict(rng, shape), one_by_one=True)
    assert compared > 20_000


def test_many_combinations_on_several_threads() -> None:
    assert alike(model(Random(fresh()), 18, 4, odd=True)) > 1_000
    assert alike(model(Random(fresh()), 18, 3, odd=False)) > 1_000_000


def test_ranks_take_over_where_contexts_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same models answered by contexts and by comparing ranks."""
    rng = Random(fresh())
    for _ in range(10):
        space = StateSpace(model(rng, 10, 3))
        by_context = NativeGrid(space)
        monkeypatch.setattr(fitting, "is_narrow", lambda *_: False)
        monkeypatch.setattr("detente.engines.array.native.contexts.is_narrow", lambda *_: False)
        by_rank = NativeGrid(space)
        for dm in space.masks:
            assert by_rank.mover(dm).improvements is None
        monkeypatch.undo()
        for dm in space.masks:
            assert by_context.mover(dm).improvements is not None
            for key in ("SEQ", "SSEQ"):
                assert by_context.stable(concept(key), dm) == by_rank.stable(concept(key), dm)


def test_where_moves_do_not_compose_they_are_listed() -> None:
    """Merged states and bans: a plain closure would reach more than a legal sequence does."""
    plain = model(Random(3), 6, 2, odd=False)
    keys = [option.key for option in plain.options]
    merged = replace(plain, rules=(Merged(all_of(Taken(keys[0]), Taken(keys[1]))),))
    banned = replace(plain, bans=(Ban(plain.decision_makers[0].key, Taken(keys[0]), Taken(keys[1])),))
    for conflict in (merged, banned):
        space = StateSpace(conflict)
        assert not fitting.fits(space)
        assert form_for(space, concept("SEQ")) == "lists"
    assert form_for(StateSpace(plain), concept("SEQ")) == "native"


def test_what_would_be_too_much_goes_to_the_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    space = StateSpace(model(Random(4), 12, 2, odd=False, width=(8, 9)))
    assert form_for(space, concept("SEQ")) == "native"
    monkeypatch.setattr(array, "MAX_COMPARISONS", 1 << 12)
    assert form_for(space, concept("SEQ")) == "grid"
    assert form_for(space, concept("GMR")) == "native"
    monkeypatch.setattr(array, "MAX_BYTES", 1 << 12)
    assert form_for(space, concept("GMR")) == "grid"
    monkeypatch.undo()
    monkeypatch.setattr(fitting, "MOST_WORDS", 100)
    assert form_for(space, concept("GMR")) == "grid"
    monkeypatch.undo()
    monkeypatch.setattr(native, "kernels", lambda: None)
    assert form_for(space, concept("GMR")) == "grid"


def test_contexts_are_what_the_order_of_own_choices_depends_on() -> None:
    """Choices in one context are ordered by the engine's ranks as by the codes, whatever else holds."""
    rng = Random(fresh())
    for _ in range(30):
        conflict = model(rng, 8, 3, statements=4, odd=False)
        space = StateSpace(conflict)
        for dm, mask in space.masks.items():
            found = contexts(conflict, dm, mask, 1 << 20)
            assert found is not None
            ranks = ArrayEngine(space).ranks(dm).tolist()
            bits = [k for k in range(8) if mask >> k & 1]
            for state in range(256):
                context = sum(1 << place for place, k in enumerate(found.options) if state >> k & 1)
                row = sum(1 << place for place, k in enumerate(bits) if state >> k & 1)
                for other in range(1 << len(bits)):
                    target = state & ~mask | sum(1 << k for place, k in enumerate(bits) if other >> place & 1)
                    assert (ranks[target] > ranks[state]) == bool(found.codes[context, other] > found.codes[context, row])
