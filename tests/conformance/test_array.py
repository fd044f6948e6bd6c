"""Parts of the array engine that small models do not reach: sorting, blocks, wide columns, large spaces, refusals."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from random import Random

import numpy as np
import pytest

import detente.concepts.sim as sim
from detente.concepts.base import SolutionConcept, focal, others
from detente.concepts.registry import all_concepts, concept
from detente.concepts.registry import concept as concept_of
from detente.concepts.witness import Stays
from detente.engines import array
from detente.engines.array import ArrayEngine, form_for, grid, lists, native
from detente.engines.array.grid import Fibres, submasks
from detente.engines.array.tables import bits_of_mask, mask_of, rank_column
from detente.engines.base import Refusal
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.formula import Taken, all_of
from detente.model.preference import Statement
from detente.model.rule import ExactlyOne, Infeasible, Merged
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import MAX_WEIGHT, OptionWeighting
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape, random_conflict, random_formula
from tests.conformance.compare import compare
from tests.conformance.seeds import fresh


def column_of(options: int, rng: Random, dtype: type[np.unsignedinteger]) -> np.ndarray:
    return np.array([rng.randrange(1, 40) for _ in range(1 << options)], dtype)


@pytest.mark.parametrize("dtype", [np.uint16, np.uint32])
def test_passes_along_bits_are_what_their_definition_says(dtype: type[np.unsignedinteger], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any own bits and directions: spread, improve pair by pair, and improve by sorting, in blocks."""
    monkeypatch.setattr(grid, "_BLOCK", 40)
    rng = Random(fresh())
    for _ in range(150):
        options = rng.randint(1, 6)
        mask, only_on, some = (rng.randrange(1 << options) for _ in range(3))
        fibres = Fibres(options, mask, only_on, some & ~only_on)
        value, ranks = column_of(options, rng, dtype), column_of(options, rng, dtype)

        def may(one: int, other: int, own: int = mask, on: int = only_on, off: int = some & ~only_on) -> bool:
            return not ((one ^ other) & ~own or one & ~other & on or other & ~one & off)

        every = range(1 << options)
        least = [min(value[t] for t in every if may(s, t)) for s in every]
        better = [min([value[s], *(value[t] for t in every if may(s, t) and ranks[t] > ranks[s])]) for s in every]
        assert (fibres.column(fibres.rows(value)) == value).all()
        rows = fibres.rows(value)
        fibres.spread(rows, np.minimum)
        assert fibres.column(rows).tolist() == least
        for improve in (fibres.improve, fibres._improve_by_pairs, fibres._improve_by_sorting):
            rows = fibres.rows(value)
            improve(rows, fibres.rows(ranks))
            for _ in range(3):  # a value may be taken over from a place that took it over: what a second pass would do
                improve(rows, fibres.rows(ranks))
            again = better
            for _ in every:
                again = [min([again[s], *(again[t] for t in every if may(s, t) and ranks[t] > ranks[s])]) for s in every]
            assert fibres.column(rows).tolist() == again, improve


def test_sorting_is_preferred_where_one_decision_maker_owns_very_many_options() -> None:
    pairs, sorting = Fibres(18, (1 << 14) - 1, 0, 0).costs()
    assert sorting < pairs
    pairs, sorting = Fibres(20, 0b11111, 0, 0).costs()
    assert pairs < sorting


def test_everything_in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_BLOCK", 7)
    monkeypatch.setattr(sim, "BLOCK", 5)
    monkeypatch.setattr(sim, "KEPT", 1)
    assert compare(random_conflicts(60, fresh(), Shape(merged=0.4)), [ArrayEngine]) > 5_000


def test_everything_by_sorting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fibres, "costs", lambda self: (1, 0))
    assert compare(random_conflicts(60, fresh(), Shape().composing), [ArrayEngine]) > 5_000


def test_masks_and_integers() -> None:
    rng = Random(fresh())
    for size in (2, 8, 64, 1 << 12):
        bits = rng.getrandbits(size)
        mask = mask_of(bits, size)
        assert [bool(bits >> c & 1) for c in range(size)] == mask.tolist()
        assert bits_of_mask(mask) == bits


def large(rng: Random, options: int, people: str, **more: float) -> Conflict:
    """A large conflict: each decision maker owns as many options, has twelve statements, and there may be rules."""
    keys = [f"o{number}" for number in range(options)]
    each = options // len(people)
    ways = (Direction.ONLY_ON, Direction.ONLY_OFF)
    made = tuple(
        Option(
            key,
            key,
            (people[min(number // each, len(people) - 1)],),
            rng.choice(ways) if rng.random() < more.get("one_way", 0) else Direction.BOTH,
        )
        for number, key in enumerate(keys)
    )
    parties = tuple(
        DecisionMaker(who, who, OptionPrioritization(tuple(Statement(random_formula(rng, keys)) for _ in range(12)))) for who in people
    )
    rules = tuple(Infeasible(all_of(*map(Taken, rng.sample(keys, 3)))) for _ in range(int(more.get("rules", 0))))
    return Conflict("large", parties, made, rules)


@pytest.mark.parametrize(
    ("options", "people", "more"), [(13, "ABCD", {}), (14, "ABC", {"one_way": 0.3, "rules": 8.0}), (12, "AB", {"rules": 3.0})]
)
def test_the_single_engine_agrees_on_samples_of_large_spaces(options: int, people: str, more: dict[str, float]) -> None:
    conflict = large(Random(fresh()), options, people, **more)
    space = StateSpace(conflict)
    one_by_one, together = SingleEngine(space), ArrayEngine(space)
    for known in all_concepts():
        for dm in people:
            stable = together.stable(known, dm)
            for state in space.states.sample(12, fresh()):
                assert isinstance(one_by_one.witness(known, dm, state), Stays) == stable.contains(state), (known.key, dm, state)


def test_columns_of_different_width_work_together() -> None:
    """A's 65,536 sums need 32 bits a rank; B's two ranks need 16."""
    keys = [f"o{number}" for number in range(16)]
    weighty = OptionWeighting(tuple((key, (-1) ** place << place) for place, key in enumerate(keys)))
    wants = OptionPrioritization((Statement(Taken(keys[3])),))
    parties = (DecisionMaker("A", "A", weighty), DecisionMaker("B", "B", wants), DecisionMaker("C", "C", weighty))
    options = tuple(Option(key, key, ("ABC"[min(place // 6, 2)],)) for place, key in enumerate(keys))
    space = StateSpace(Conflict("wide", parties, options))
    assert [rank_column(space, dm).dtype.itemsize for dm in "ABC"] == [4, 2, 4]
    one_by_one, together = SingleEngine(space), ArrayEngine(space)
    for key in ("GMR", "SEQ", "SSEQ", "SIM"):
        for dm in "ABC":
            stable = together.stable(concept(key), dm)
            for state in space.states.sample(6, fresh()):
                assert isinstance(one_by_one.witness(concept(key), dm, state), Stays) == stable.contains(state), (key, dm, state)


def test_ranks_are_those_of_the_order_however_they_are_given() -> None:
    """More statements than bits in a number, weights as great as a model may hold, and any random preference."""
    rng = Random(fresh())
    keys = [f"o{number}" for number in range(9)]
    options = tuple(Option(key, key, ("A",)) for key in keys)
    many = OptionPrioritization(tuple(Statement(random_formula(rng, keys)) for _ in range(150)))
    huge = OptionWeighting(tuple((key, rng.randint(-MAX_WEIGHT, MAX_WEIGHT)) for key in keys))
    plain = [Conflict("", (DecisionMaker("A", "A", kind),), options, (ExactlyOne(("o1", "o2", "o3")),)) for kind in (many, huge)]
    for conflict in [*plain, *(conflict for _, conflict in random_conflicts(200, fresh()))]:
        space = StateSpace(conflict)
        for dm in space.masks:
            ranks, column = Order(space, dm).ranks, rank_column(space, dm)
            levels = max(ranks.values())
            for state, rank in ranks.items():
                assert [int(column[member]) for member in space.members(state)] == [levels + 1 - rank] * len(space.members(state))
            assert set(np.flatnonzero(column).tolist()) == {member for state in ranks for member in space.members(state)}


def test_plays_that_no_concept_has_yet_are_valued_over_lists() -> None:
    """A further answer to the further move, by its definition."""
    plies = (focal("improving"), others("any"), focal("any", may_stay=True), others("improving"))
    deeper = SolutionConcept("DEEP", "deep", "Is it?", plies, "", "made up for this test")
    shorter = replace(concept("SMR"), plies=(focal("improving"), others("any"), focal("any")))
    looked_at = 0
    for name, conflict in random_conflicts(80, fresh(), Shape(most_decision_makers=3, most_options=5)):
        space = StateSpace(conflict)
        engine, asked = SingleEngine(space), ArrayEngine(space)
        for play in (deeper, shorter):
            assert isinstance(SingleEngine.can(space, play), Refusal)
            assert form_for(space, play) == "lists"
            for dm in space.masks:
                found = asked.stable(play, dm)
                for state in space.states.each():
                    assert found.contains(state) == deters(engine, dm, state, play, 0, state), (name, dm, state)
                    looked_at += 1
    assert looked_at > 1_000


def deters(engine: SingleEngine, dm: str, origin: int, play: SolutionConcept, place: int, now: int) -> bool:
    """Whether from `now` on, the plies from `place` on being left, the focal decision maker ends no better off than at the origin."""
    if place == len(play.plies):
        return engine.no_better(dm, now, origin)
    ply = play.plies[place]
    improving = ply.moves == "improving"
    if ply.who == "others":
        ends = {there for there, _ in engine.sequences(dm, now, concept_of("SEQ" if improving else "GMR"), {})}
        return any(deters(engine, dm, origin, play, place + 1, there) for there in ends)
    reached = {*(engine.improvements if improving else engine.moves)(dm, now), *((now,) if ply.may_stay else ())}
    return all(deters(engine, dm, origin, play, place + 1, there) for there in reached)


class TestRefusals:
    """What the array engine does not do, it says beforehand."""

    @staticmethod
    def space(options: int, people: int = 2, merged: bool = False) -> StateSpace:
        parties = tuple(DecisionMaker(f"P{number}", "p") for number in range(people))
        made = tuple(Option(f"o{number:02}", "o", (f"P{number * people // options}",)) for number in range(options))
        return StateSpace(Conflict("refused", parties, made, (Merged(Taken("o00")),) if merged else ()))

    def test_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(native, "kernels", lambda: None)
        monkeypatch.setattr(array, "MAX_BYTES", 1 << 20)
        refusal = ArrayEngine.can(self.space(18), concept("GMR"))
        assert refusal
        assert "GiB of memory for 262,144 combinations" in refusal.reason

    def test_comparisons(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(native, "kernels", lambda: None)
        monkeypatch.setattr(array, "MAX_COMPARISONS", 1 << 20)
        refusal = ArrayEngine.can(self.space(18), concept("SEQ"))
        assert refusal
        assert "would compare" in refusal.reason
        assert ArrayEngine.can(self.space(18), concept("GMR")) is None

    def test_lists_of_merged_states(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert ArrayEngine.can(self.space(12, merged=True), concept("Nash")) is None
        for limit in (1_000, 200_000):
            monkeypatch.setattr(array, "MAX_PAIRS", limit)
            refusal = ArrayEngine.can(self.space(12, merged=True), concept("Nash"))
            assert refusal
            assert "because states are merged" in refusal.reason

    def test_changes_of_very_many_options(self) -> None:
        refusal = ArrayEngine.can(self.space(20, people=1), concept("SIM"))
        assert refusal
        assert "1,099,511,627,776 changes" in refusal.reason
        few = StateSpace(replace(self.space(21, people=1).conflict, rules=(ExactlyOne(tuple(f"o{number:02}" for number in range(21))),)))
        refusal = ArrayEngine.can(few, concept("SIM"))
        assert refusal
        assert "at most 20 options" in refusal.reason
        assert SingleEngine(few).stable(concept("SIM"), "P0") == few.states

    def test_a_rule_for_single_states_alone(self) -> None:
        refusal = ArrayEngine.can(self.space(3), replace(concept("SIM"), array_rule=None))
        assert refusal
        assert "has no rule for SIM" in refusal.reason

    def test_asked_all_the_same_it_raises(self) -> None:
        engine = ArrayEngine(self.space(3))
        with pytest.raises(ValueError, match="no rule for all states"):
            engine.stable(replace(concept("SIM"), array_rule=None), "P0")


def test_few_of_many_combinations_are_listed() -> None:
    """A space in which lists are shorter than the grid is answered by lists, and alike."""
    keys = [f"o{number:02}" for number in range(17)]
    options = tuple(Option(key, key, ("AB"[place // 9],)) for place, key in enumerate(keys))
    rng = Random(fresh())
    parties = tuple(
        DecisionMaker(who, who, OptionPrioritization(tuple(Statement(random_formula(rng, keys)) for _ in range(8)))) for who in "AB"
    )
    space = StateSpace(Conflict("few", parties, options, (ExactlyOne(tuple(keys[:9])), ExactlyOne(tuple(keys[9:])))))
    assert space.states.count == 72
    for known in all_concepts():
        assert form_for(space, known) == ("lists" if known.is_classical else "grid")
        for dm in "AB":
            assert (
                ArrayEngine(space).stable(known, dm)
                == SingleEngine(space).stable(known, dm)
                == ArrayEngine(space, "grid").stable(known, dm)
            )


def test_numpy_is_imported_when_it_is_needed() -> None:
    """Choosing an engine for a small conflict needs none."""
    code = (
        "import sys; from detente.engines.choose import choose; from detente.concepts.registry import all_concepts;"
        "from detente.testing.known import a_b_a; from detente.space.states import StateSpace;"
        "engine, why = choose(StateSpace(a_b_a().conflict), all_concepts()); engine.stable(all_concepts()[0], 'F');"
        "print(engine.name, 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "single False\n"


def test_submasks() -> None:
    assert submasks(0) == [0]
    assert sorted(submasks(0b1011)) == [0, 1, 2, 3, 8, 9, 10, 11]


@pytest.mark.parametrize("kept", [0, array.MAX_GAINS])
def test_improvements_of_all_combinations_are_those_of_single_moves(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array, "MAX_GAINS", kept)
    found = 0
    for seed in range(60):
        space = StateSpace(random_conflict(Random(seed), Shape(most_options=5, most_states=32, one_way=0.5, most_decision_makers=3)))
        engine = ArrayEngine(space)
        origins = np.flatnonzero(engine.columns.feasible)[::2]
        for dm in engine.decision_makers:
            ranks, changes = engine.ranks(dm), engine.changes(dm).tolist()
            gained = [{flip for flip, to in space.flips(dm, origin) if ranks[to] > ranks[origin]} for origin in origins.tolist()]
            gains = engine.gains(dm, origins)
            assert gains.shape == (origins.size, len(changes))
            assert gains.tolist() == [[flip in flips for flip in changes] for flips in gained]
            found += int(gains.sum())
    assert found > 200
