"""Possible and necessary stability and equilibria, against every completion of every decision maker, listed one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from itertools import islice, pairwise, product
from operator import and_, or_

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.completions import Cases, InSome, Split, Throughout
from detente.analysis.completions.found import Settled
from detente.analysis.completions.settle import Settler, settle
from detente.analysis.completions.table import completions as table
from detente.concepts.base import SolutionConcept
from detente.concepts.readings.unknown import supposing
from detente.concepts.registry import concept
from detente.concepts.witness import Stays, Witness
from detente.engines.single import SingleEngine
from detente.errors import Cannot, LimitError, UsageError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.pairs import PairStatement
from detente.preference.known import Supposed
from detente.preference.ranking import StateRanking
from detente.space.states import StateSpace
from detente.testing.models import Shape

from .models import SMALL, Listed, joint, mostly_unknown, only, unknown_conflict

KEYS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
LIMIT = 3_000
"""Most completions of all decision makers together for a model to be compared."""

UNSETTLED_BY_BOUNDS = (115, 206, 278, 361, 426, 480, 590)
"""Seeds of `mostly_unknown` for which a search has to go through cases, of the first 600 those with few completions."""

Levels = Mapping[str, Mapping[int, int]]


def every_completion(space: StateSpace, most: int = LIMIT) -> list[Levels] | None:
    """All completions of all decision makers together, None if they are too many."""
    found: list[Levels] = [dict(zip(space.masks, levels, strict=True)) for levels in islice(product(*joint(space)), most + 1)]
    return found if len(found) <= most else None


def verdicts(space: StateSpace, under: SolutionConcept, levels: Levels) -> dict[str, int]:
    """For each decision maker the states at which they stay, as bits, under one completion."""
    engine = SingleEngine(space, orders={dm: Listed(space, one) for dm, one in levels.items()})
    return {dm: engine.stable(under, dm).bits for dm in space.masks}


def compare(space: StateSpace, found: Settled, staying: list[bool], seen: Counter[str]) -> None:
    """What was found is what the list of all completions says, and its claims are accepted."""
    assert found.always == all(staying)
    assert found.sometimes == any(staying)
    assert found.stays is not None
    assert refusal(space, found.stays) is None
    assert isinstance(found.stays, InSome) == (any(staying) and not all(staying))
    assert (found.leaves is not None) == (not all(staying))
    assert found.leaves is None or refusal(space, found.leaves) is None
    seen["always" if all(staying) else "sometimes" if any(staying) else "never"] += 1
    if isinstance(found.stays, Throughout) and isinstance(found.stays.cases, Split):
        seen["cases"] += 1


def run_on(space: StateSpace, keys: tuple[str, ...], most: int = LIMIT) -> Counter[str]:
    """Everything for a model: each decision maker alone, and equilibria; nothing if its completions are more than `most`."""
    seen: Counter[str] = Counter()
    together = every_completion(space, most)
    if together is None:
        return seen
    seen["models"] += 1
    settler = Settler(space)
    for key in keys:
        under = concept(key)
        found = [verdicts(space, under, levels) for levels in together]
        for state in space.states.each():
            for dm in space.masks:
                compare(space, settler.settle(state, {dm: key}), [bool(one[dm] >> state & 1) for one in found], seen)
            staying = [all(one[dm] >> state & 1 for dm in space.masks) for one in found]
            compare(space, settler.settle(state, dict.fromkeys(space.masks, key)), staying, seen)
    return seen


def run(seeds: range, shape: Shape, keys: tuple[str, ...]) -> Counter[str]:
    """Everything for some random models."""
    return sum((run_on(StateSpace(unknown_conflict(seed, shape)), keys) for seed in seeds), Counter())


def test_every_verdict_is_that_of_all_completions() -> None:
    """Each concept, each decision maker, each state, and equilibria, on small random models."""
    seen = run(range(60), SMALL, KEYS)
    assert all(seen[kind] > 100 for kind in ("always", "sometimes", "never")), seen


@pytest.mark.long
def test_every_verdict_is_that_of_all_completions_on_many_models() -> None:
    """More models of the same kind."""
    seen = run(range(1_000, 3_000), SMALL, KEYS)
    assert seen["models"] > 1_000, seen
    assert seen["cases"] > 0, seen


def test_verdicts_that_neither_bound_settles() -> None:
    """Models on which the search has to go through cases to see that a state is an equilibrium under no completion."""
    seen: Counter[str] = Counter()
    for seed in UNSETTLED_BY_BOUNDS:
        space = StateSpace(mostly_unknown(seed))
        seen += run_on(space, ("SEQ", "SSEQ"))
    assert seen["cases"] >= len(UNSETTLED_BY_BOUNDS), seen


def either_answer() -> StateSpace:
    """A would leave the state without options by taking a.  Then B can answer by taking b, or C takes c first.

    What B would gain by it is not known before c is taken (t, u), nor after (x, y); known is that B prefers y to t, and u to x.
    """
    options = (Option("a", "a", ("A",)), Option("b", "b", ("B",)), Option("c", "c", ("C",)))
    t, u, x, y = 0b001, 0b011, 0b101, 0b111
    pairs = [(t, u), (x, y), (y, u), (t, x)]
    gains = order_of(3, (t, x), (0, 2, 4, 6), (u, y))
    after = order_of(3, (y,), (t,), (u,), (x,), (0, 2, 4, 6))
    follows = order_of(3, (x,), (0, 2, 4, 6, t, u, y))
    parties = (DecisionMaker("A", "A", gains), DecisionMaker("B", "B", after), DecisionMaker("C", "C", follows))
    bare = StateSpace(Conflict("either answer", parties, options))
    unknown = tuple(PairStatement("unknown", only(bare, s), only(bare, z)) for s, z in pairs)
    return StateSpace(replace(bare.conflict, decision_makers=(parties[0], replace(parties[1], pairs=unknown), parties[2])))


def order_of(count: int, *levels: tuple[int, ...]) -> StateRanking:
    """A ranking of all combinations of options a, b, c."""
    return StateRanking(tuple(tuple(frozenset("abc"[k] for k in range(count) if state >> k & 1) for state in level) for level in levels))


def test_one_of_two_answers_is_credible_under_every_completion() -> None:
    """B prefers y to t and u to x.  If t is no worse than u, then y is better than x: A is answered in any case, by different moves."""
    space = either_answer()
    assert space.conflict.decision_maker("B").pairs
    found = settle(space, 0, {"A": "SEQ"})
    assert found.always
    assert isinstance(found.stays, Throughout)
    assert isinstance(found.stays.cases, Split), "no single answer is certain"
    assert refusal(space, found.stays) is None
    on = found.stays.cases.on
    assert {on.state, on.over} in ({0b001, 0b011}, {0b101, 0b111})
    kinds = {witness.answers for witness in leaves_of(found.stays.cases) if isinstance(witness, Stays)}
    assert len(kinds) == 2


def leaves_of(cases: Cases) -> list[Witness]:
    """All witnesses of all cases."""
    return [*leaves_of(cases.so), *leaves_of(cases.not_so)] if isinstance(cases, Split) else list(cases)


def test_claims_are_refused_where_they_show_nothing() -> None:
    """A case left out, a contradiction, a verdict of somebody else, the wrong kind of witness."""
    space = either_answer()
    found = settle(space, 0, {"A": "SEQ"})
    assert isinstance(found.stays, Throughout)
    assert isinstance(found.stays.cases, Split)
    claim, split = found.stays, found.stays.cases
    assert refusal(space, replace(claim, cases=split.so)) is not None, "one case of two"
    assert refusal(space, replace(claim, cases=Split(split.on, split.so, split.so))) is not None
    assert refusal(space, replace(claim, cases=Split(split.on, (), split.not_so))) is not None
    assert refusal(space, replace(claim, cases=Split(split.on.turned, split.not_so, split.so))) is not None
    assert refusal(space, replace(claim, stays=False)) is not None
    assert refusal(space, replace(claim, behaviour=())) is not None
    assert refusal(space, replace(claim, behaviour=(("B", "SEQ"),))) is not None
    assert refusal(space, replace(claim, behaviour=(("A", "GMR"),))) is not None
    assert refusal(space, replace(claim, behaviour=(("A", "SEQ:a"),))) is not None
    assert refusal(space, replace(claim, state=1)) is not None
    some = InSome(0, claim.behaviour, True, (split.on,), tuple(leaves_of(split.so)))
    assert refusal(space, some) is None
    assert refusal(space, replace(some, supposed=())) is not None
    assert refusal(space, replace(some, supposed=(split.on.turned,))) is not None
    assert refusal(space, replace(some, supposed=(split.on, split.on.turned))) == "supposed: no completion agrees"
    assert refusal(space, replace(some, stays=False)) is not None
    assert refusal(space, replace(some, witnesses=())) is not None
    assert refusal(space, replace(some, supposed=(Supposed("B", 99, 0, True),))) is not None


def test_what_is_not_finished_is_not_said() -> None:
    """With room for one case only it is seen that A stays under some completion, and not whether under all."""
    space = either_answer()
    found = settle(space, 0, {"A": "SEQ"}, most=1)
    assert found.always is None
    assert found.sometimes
    assert found.leaves is None
    assert isinstance(found.stays, InSome)
    assert settle(space, 0, {"A": "SEQ"}, most=2).always is None
    assert settle(space, 0, {"A": "SEQ"}, most=3).always
    assert settle(space, 0, {"C": "SEQ"}, most=1).always is not None


def test_other_concepts_are_refused() -> None:
    """Simultaneous sanctioning looks at another play, and a reading has answered the question already."""
    space = either_answer()
    for key in ("SIM", "SEQ:a"):
        with pytest.raises(Cannot) as caught:
            settle(space, 0, {"A": key})
        assert caught.value.diagnostics[0].code == "S345"


def test_readings_under_all_completions_and_some_are_exact() -> None:
    """`SMR:necessary` and `SMR:possible` are what all completions say, and lie between the treatments a and d."""
    seen: Counter[str] = Counter()
    for seed in range(240):
        space = StateSpace(unknown_conflict(seed))
        if (together := every_completion(space)) is None:
            continue
        engine = SingleEngine(space)
        for key in ("Nash", "GMR", "SMR"):
            found = [verdicts(space, concept(key), levels) for levels in together]
            for dm in space.masks:
                stable = {name: engine.stable(concept(f"{key}:{name}"), dm).bits for name in ("a", "necessary", "possible", "d")}
                assert stable["necessary"] == reduce(and_, (one[dm] for one in found))
                assert stable["possible"] == reduce(or_, (one[dm] for one in found))
                chain = list(stable.values())
                for (low, first), (high, then) in pairwise(zip(stable, chain, strict=True)):
                    assert not first & ~then, (seed, key, dm, low, high)
                    seen[f"{low} < {high}"] += first != then
    assert all(seen[kind] > 2 for kind in ("a < necessary", "necessary < possible", "possible < d")), seen


def test_suppositions_that_no_completion_agrees_with_are_refused() -> None:
    """U480, where relations are asked for."""
    space = either_answer()
    asked = supposing(concept("SEQ"), (Supposed("B", 1, 3, True), Supposed("B", 3, 1, True)), certain=True)
    with pytest.raises(UsageError) as caught:
        SingleEngine(space).stable(asked, "A")
    assert caught.value.diagnostics[0].code == "U480"


def test_the_table_says_of_all_states_what_is_settled_of_each() -> None:
    """All states together, each concept, on small models; nothing is left open."""
    for seed in range(30):
        space = StateSpace(unknown_conflict(seed))
        found, settler = table(space, KEYS), Settler(space)
        for key in KEYS:
            assert not found.not_settled[key]
            for state in space.states.each():
                for dm in space.masks:
                    one = settler.settle(state, {dm: key})
                    assert (state in found.always[key][dm], state in found.sometimes[key][dm]) == (one.always, one.sometimes)
                whole = settler.settle(state, dict.fromkeys(space.masks, key))
                both = state in found.equilibria_always[key], state in found.equilibria_sometimes[key]
                assert both == (whole.always, whole.sometimes)


def test_the_table_says_what_is_not_settled() -> None:
    """With room for one case, the state of which more would have to be looked at is named, and too many states are refused."""
    space = either_answer()
    found = table(space, ["SEQ"], most=1)
    assert 0 in found.not_settled["SEQ"]
    assert 0 in found.sometimes["SEQ"]["A"]
    assert 0 not in found.always["SEQ"]["A"]
    conflict = Conflict("nine", (DecisionMaker("A", "A"),), tuple(Option(f"o{k}", "o", ("A",)) for k in range(9)))
    with pytest.raises(LimitError) as caught:
        table(StateSpace(conflict), ["Nash"])
    assert caught.value.diagnostics[0].code == "S346"
