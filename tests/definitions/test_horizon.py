"""Laws of the concepts that look further, over random plain models, and what does not follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from tests.definitions import maximin, metarational, policies
from tests.definitions.changed import Changed
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.drafts import random_draft
from tests.definitions.limited import Limited, non_myopic, stackelberg

Law = Callable[[Changed, str, int], bool]


def same(one: bool, other: bool) -> bool:
    """Whether two verdicts are equal."""
    return one is other


def limited_one(model: Changed, i: str, s: int) -> bool:
    """L_1 = Nash, for any number and in both ways for more than two; with two decision makers both ways are L_h."""
    nash = DEFINITIONS["Nash"](model, i, s)
    ways = [Limited(model), Limited(model, together=True)]
    if len(model.decision_makers) == 2 and any(ways[0].apart(i, s, h) != ways[1].by_turns(i, s, h) for h in range(5)):
        return False
    return all(same(way.stable(i, s, 1), nash) for way in ways)


def maximin_low(model: Changed, i: str, s: int) -> bool:
    """Maximin_1 = Nash, Maximin_2 = GMR (whether staying ends the play or not), Maximin_3 = SMR."""
    every = [DEFINITIONS[key](model, i, s) for key in ("Nash", "GMR", "SMR")]
    on = [not maximin.guarantees_all_the_way(model, i, s, s, h) for h in (1, 2)]
    return [maximin.stable(model, i, s, h) for h in (1, 2, 3)] == every and on == every[:2]


def metarationalities(model: Changed, i: str, s: int) -> bool:
    """MR_1, _2, _3 = Nash, GMR, SMR; MR_1 => MR_3 => MR_5 => MR_6 => MR_4 => MR_2; MR_h = Maximin_h."""
    found = [metarational.stable(model, i, s, h) for h in range(1, 7)]
    chain = [found[h - 1] for h in (1, 3, 5, 6, 4, 2)]
    low = [DEFINITIONS[key](model, i, s) for key in ("Nash", "GMR", "SMR")]
    return found[:3] == low and chain == sorted(chain) and found == [maximin.stable(model, i, s, h) for h in range(1, 7)]


def credible_ones(model: Changed, i: str, s: int) -> bool:
    """CMR_1, _2, _3 = Nash, SEQ, SSEQ; CMR_1 => CMR_3 => CMR_5 => CMR_6 => CMR_4 => CMR_2; CMR_2 => MR_2."""
    found = [metarational.stable(model, i, s, h, credible=True) for h in range(1, 7)]
    chain = [found[h - 1] for h in (1, 3, 5, 6, 4, 2)]
    low = [DEFINITIONS[key](model, i, s) for key in ("Nash", "SEQ", "SSEQ")]
    return found[:3] == low and chain == sorted(chain) and found[1] <= metarational.stable(model, i, s, 2)


def limited_implies_metarational(model: Changed, i: str, s: int) -> bool:
    """L_h => MR_h for two decision makers (proved by Rego & dos Santos 2024, Discrete Applied Mathematics; abstract)."""
    way = Limited(model)
    return len(model.decision_makers) != 2 or all(way.stable(i, s, h) <= metarational.stable(model, i, s, h) for h in range(1, 6))


LAWS: dict[str, Law] = {
    "limited moves": limited_one,
    "maximin": maximin_low,
    "metarationalities": metarationalities,
    "credible ones": credible_ones,
    "limited and metarational": limited_implies_metarational,
}


def models(random: Random, strict: bool = False) -> Iterator[Changed]:
    """Random models of two or three decision makers, some with moves that do not compose."""
    while True:
        model = random_draft(random, 2, random.choice((2, 2, 3)), size=7).build()
        keys = {i: dict(zip(model.numbers, random.sample(model.numbers, len(model.numbers)), strict=True)) for i in model.decision_makers}
        without = {i: {arc for arc in sorted(arcs) if random.random() < 0.15} for i, arcs in model.arcs.items()}
        yield Changed(model, keys if strict else None, without)


def holds(law: str, seed: int, least: int) -> int:
    """Check a law wherever somebody can move, until it was checked so often."""
    random, count = Random(f"{law} {seed}"), 0
    for model in models(random):
        for i in model.decision_makers:
            for s in (s for s in model.numbers if model.moves(i, s)):
                assert LAWS[law](model, i, s), (law, i, s, model.keys, model.arcs)
                count += 1
        if count >= least:
            return count
    return count


@pytest.mark.parametrize("law", LAWS)
def test_laws(law: str) -> None:
    assert holds(law, 1, 2_000) >= 2_000


@pytest.mark.long
@pytest.mark.parametrize("law", LAWS)
def test_laws_in_many_checks(law: str) -> None:
    assert holds(law, 2, 100_000) >= 100_000


def test_a_policy_keeps_for_ever_what_metarationality_keeps_for_a_while() -> None:
    """Policy => MR_2k for all k, and for a k no less than the number of states the other way round."""
    random, count = Random("policies"), 0
    for model in models(random):
        if len(model.numbers) > 4:
            continue
        for i in model.decision_makers:
            for s in (s for s in model.numbers if model.moves(i, s)):
                kept = metarational.stable(model, i, s, 2 * len(model.numbers) + 2)
                assert policies.stable(model, i, s) is kept, (i, s, model.keys, model.arcs)
                count += 1
        if count > 150:
            return


def test_with_strict_orders_each_play_has_one_end() -> None:
    random = Random("strict")
    for _, model in zip(range(60), models(random, strict=True), strict=False):
        if len(model.decision_makers) == 2:
            way = Limited(model)
            assert all(len(way.apart(i, s, h)) == 1 for i in model.decision_makers for s in model.numbers for h in range(6))
            for i in model.decision_makers:
                for s in model.numbers:
                    assert non_myopic(way, i, s) == all(way.stable(i, s, h) for h in range(200, 230))
                    assert stackelberg(model, i, s) <= way.stable(i, s, 2)
