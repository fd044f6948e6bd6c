"""Inclusions, reductions and non-inclusions of readings of preferences and of coalition stability, over random plain models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from tests.definitions import attitudes, fuzzy, grey, probable, strength, unknown
from tests.definitions.by_sets import FIVE, Sets, crisp
from tests.definitions.changed import Changed
from tests.definitions.coalitional import Coalitional
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.drafts import random_draft
from tests.definitions.pairs import PairModel, Said, Tabled
from tests.definitions.together import groups

ONE = Fraction(1)
CLASSICAL = ("Nash", "GMR", "SMR", "SEQ")
WITHIN = [("Nash", "SMR"), ("SMR", "GMR"), ("Nash", "SEQ"), ("SEQ", "GMR")]

Verdicts = Mapping[tuple[str, str, int], bool]
Check = Callable[[Random, Changed], int]


def verdicts(model: Changed, sets: Sets) -> Verdicts:
    """For each concept, decision maker and state that they can leave whether it is stable."""
    return {(key, i, s): FIVE[key](model, sets, i, s) for key in CLASSICAL for i, s in moving(model)}


def moving(model: Changed) -> list[tuple[str, int]]:
    """Every decision maker with every state from which they have a move: elsewhere everything is stable."""
    return [(i, s) for i in model.decision_makers for s in model.numbers if model.moves(i, s)]


def implies(one: Verdicts, other: Verdicts, what: object) -> int:
    """Check that all that is stable in one is stable in the other; how many checks that were."""
    failing = [where for where, stable in one.items() if stable and not other[where]]
    assert not failing, (what, failing)
    return len(one)


def within(found: Verdicts, what: object) -> int:
    """Check Nash => SMR => GMR and Nash => SEQ => GMR; how many checks that were."""
    failing = [
        (where, weaker)
        for where, stable in found.items()
        for key, weaker in WITHIN
        if where[0] == key and stable and not found[weaker, where[1], where[2]]
    ]
    assert not failing, (what, failing)
    return len(found)


def table(random: Random, model: Changed, *kinds: str) -> Said:
    """Random statements about single pairs."""
    made: dict[tuple[str, str], dict[tuple[int, int], tuple[Fraction, ...]]] = {}
    for kind in kinds:
        for i in model.decision_makers:
            often = random.choice((0.15, 0.4))
            pairs = [pair for pair in combinations(model.numbers, 2) if random.random() < often]
            made[kind, i] = {pair: values(random, kind) for pair in pairs}
    return made


def values(random: Random, kind: str) -> tuple[Fraction, ...]:
    """What is said of a pair."""
    return () if kind == "unknown" else (Fraction(random.randint(1, 3)),) if kind == "degree" else (Fraction(random.randint(0, 10), 10),)


def of_unknown(random: Random, model: Changed) -> int:
    """A => b => d, a => c => d; within each treatment as usual; without anything unknown all four are the classical concept."""
    pairs = Tabled(model, table(random, model, "unknown"))
    found = {index: verdicts(model, unknown.sets(pairs, index)) for index in unknown.INDICES}
    count = sum(implies(found[one], found[other], ("unknown", one, other)) for one in found for other in unknown.IMPLIES[one])
    count += sum(within(found[index], ("unknown", index)) for index in found)
    for i, s in moving(model):
        assert found["a"]["Nash", i, s] == found["c"]["Nash", i, s]
        assert found["b"]["Nash", i, s] == found["d"]["Nash", i, s]
    plain = verdicts(model, crisp(model))
    for index in unknown.INDICES:
        assert verdicts(model, unknown.sets(PairModel(model, {}), index)) == plain, index
        count += len(plain)
    return count


def of_strength(random: Random, model: Changed) -> int:
    """Strong => general, one level => the one below; with single degrees and nothing said general stability is the classical one."""
    pairs = Tabled(model, table(random, model, "degree"))
    found = [verdicts(model, strength.sets(pairs, level)) for level in (0, 1, 2, 3)]
    count = sum(implies(found[level], found[level - 1], ("level", level)) for level in (1, 2, 3))
    count += sum(within(found[level], ("level", level)) for level in range(4))
    for level in range(4):
        assert {where: found[level][where] for where in found[level] if where[0] == "Nash"} == {
            where: found[0][where] for where in found[0] if where[0] == "Nash"
        }
    assert verdicts(model, strength.sets(PairModel(model, {}), 0)) == verdicts(model, crisp(model))
    return count + len(found[0])


def of_hybrids(random: Random, model: Changed) -> int:
    """Strong => general in each treatment; a => b => d and a => c => d; without unknowns strength alone; without degrees a to d."""
    said = table(random, model, "degree", "unknown")
    pairs = Tabled(model, said)
    found = {(index, level): verdicts(model, strength.hybrid(pairs, index, level)) for index in unknown.INDICES for level in (0, 2)}
    count = sum(implies(found[index, 2], found[index, 0], ("strong", index)) for index in unknown.INDICES)
    for level in (0, 2):
        count += sum(
            implies(found[one, level], found[other, level], (one, other, level))
            for one in unknown.INDICES
            for other in unknown.IMPLIES[one]
        )
    count += sum(within(found[which], which) for which in found)
    known = Tabled(model, {which: pairs_ for which, pairs_ in said.items() if which[0] == "degree"})
    vague = Tabled(model, {which: pairs_ for which, pairs_ in said.items() if which[0] == "unknown"})
    for index in unknown.INDICES:
        for level in (0, 2):
            assert verdicts(model, strength.hybrid(known, index, level)) == verdicts(model, strength.sets(known, level)), (index, level)
        assert verdicts(model, strength.hybrid(vague, index, 0)) == verdicts(model, unknown.sets(vague, index)), index
        count += 3 * len(found[index, 0])
    return count


def of_thresholds(random: Random, model: Changed) -> int:
    """Where preferences are crisp, all is classical for all parameters; a higher threshold makes FNash easier."""
    plain, nothing = verdicts(model, crisp(model)), PairModel(model, {})
    gamma = {i: Fraction(random.randint(1, 10), 10) for i in model.decision_makers}
    assert verdicts(model, fuzzy.sets(nothing, gamma)) == plain
    assert verdicts(model, grey.sets(nothing, gamma)) == plain
    alpha, beta, low = Fraction(random.randint(1, 10), 10), Fraction(random.randint(1, 10), 10), Fraction(random.randint(0, 9), 10)
    for key, i, s in plain:
        assert probable.stable(nothing, key, i, s, alpha, beta, low) == plain[key, i, s], (key, i, s, alpha, beta, low)
    pairs = Tabled(model, table(random, model, "certainty"))
    found = verdicts(model, fuzzy.sets(pairs, gamma))
    higher = {i: min(ONE, value + Fraction(2, 10)) for i, value in gamma.items()}
    easier = verdicts(model, fuzzy.sets(pairs, higher))
    assert all(easier[where] for where, stable in found.items() if where[0] == "Nash" and stable)
    return 4 * len(plain) + within(found, "fuzzy")


def of_probabilities(random: Random, model: Changed) -> int:
    """Raising alpha, beta or gamma never makes a state stable; each parameter apart."""
    pairs = Tabled(model, table(random, model, "probability"))
    low = [Fraction(random.randint(1, 9), 10) for _ in range(3)]
    count = 0
    for place in range(3):
        high = [min(ONE, value + Fraction(1, 10)) if k == place else value for k, value in enumerate(low)]
        for key in CLASSICAL:
            for i, s in moving(model):
                assert probable.stable(pairs, key, i, s, *low) or not probable.stable(pairs, key, i, s, *high), (key, i, s, low, high)
                count += 1
    return count


def of_attitudes(random: Random, model: Changed) -> int:
    """The printed laws: discrete attitudes over strict orders are classical; under neutral attitudes RNash = RSMR and RGMR = RSEQ."""
    strict = Changed(
        model, {i: dict(zip(model.numbers, random.sample(model.numbers, len(model.numbers)), strict=True)) for i in model.decision_makers}
    )
    assert verdicts(strict, attitudes.sets(strict, {})) == verdicts(strict, crisp(strict))
    neutral = {(i, j): "0" for i in model.decision_makers for j in model.decision_makers}
    found = verdicts(model, attitudes.sets(model, neutral))
    for i, s in moving(model):
        assert found["Nash", i, s] == found["SMR", i, s]
        assert found["GMR", i, s] == found["SEQ", i, s]
    drawn = {(i, j): random.choice("+0-") for i in model.decision_makers for j in model.decision_makers}
    return 2 * len(found) + within(verdicts(model, attitudes.sets(model, drawn)), drawn)


def of_coalitions(random: Random, model: Changed) -> int:
    """A coalition of one is its member (for CSEQ where only single ones answer); CNash => CSMR => CGMR and CNash => CSEQ for every one."""
    weak = random.random() < 0.5
    alone = Coalitional(model, weak=weak, turns=[(i,) for i in model.decision_makers])
    count = 0
    for i, s in moving(model):
        for key in CLASSICAL:
            assert alone.stable("C" + key, (i,), s) == DEFINITIONS[key](model, i, s), (key, i, s)
            count += 1
    every = Coalitional(model, weak=weak)
    for group in groups(model):
        for s in model.numbers:
            nash, gmr, smr, seq = (every.stable("C" + key, group, s) for key in CLASSICAL)
            assert nash <= min(smr, seq), (group, s)
            assert smr <= gmr, (group, s)
            count += 3 * bool(every.reach(group, s))
    return count


LAWS: dict[str, Check] = {
    "unknown": of_unknown,
    "strength": of_strength,
    "hybrids": of_hybrids,
    "crisp limits": of_thresholds,
    "probabilities": of_probabilities,
    "attitudes": of_attitudes,
    "coalitions": of_coalitions,
}


def models(random: Random, count: int) -> Iterator[Changed]:
    """Random models of two to four decision makers, some with moves that do not compose."""
    for _ in range(count):
        model = random_draft(random, 2, random.choice((2, 3, 3, 4)), size=9).build()
        yield Changed(model, without={i: {arc for arc in sorted(arcs) if random.random() < 0.15} for i, arcs in model.arcs.items()})


def holds(law: str, seed: int, least: int) -> int:
    """Check a law on random models until it was checked at least so often."""
    random, count = Random(f"{law} {seed}"), Counter[str]()
    for model in models(random, 10_000):
        count[law] += LAWS[law](random, model)
        if count[law] >= least:
            break
    return count[law]


@pytest.mark.parametrize("law", LAWS)
def test_laws(law: str) -> None:
    assert holds(law, 1, 15_000) >= 15_000


@pytest.mark.long
@pytest.mark.parametrize("law", LAWS)
def test_laws_in_many_checks(law: str) -> None:
    assert holds(law, 2, 100_000) >= 100_000
