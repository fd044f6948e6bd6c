"""Every reading of preferences against the second statement, on random conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

import pytest

from detente.model.conflict import Conflict
from detente.space.states import StateSpace
from detente.testing.beliefs import with_attitudes, with_pairs
from tests.beliefs.readings import agree, drawn, found
from tests.conformance.seeds import fresh
from tests.definitions import attitudes, fuzzy, grey, probable, strength, unknown
from tests.definitions.believing import gamma, pair_model, plain_attitudes
from tests.definitions.by_sets import FIVE, Sets
from tests.definitions.pairs import PairModel

Read = Callable[[Conflict, PairModel], Iterator[tuple[str, Sets]]]


def of_unknown(conflict: Conflict, pairs: PairModel) -> Iterator[tuple[str, Sets]]:
    """The four treatments of what is unknown."""
    yield from ((index, unknown.sets(pairs, index)) for index in unknown.INDICES)


def of_strength(conflict: Conflict, pairs: PairModel) -> Iterator[tuple[str, Sets]]:
    """General and strong stability, and levels."""
    yield "general", strength.sets(pairs, 0)
    yield "strong", strength.sets(pairs, 2)
    yield "level@1", strength.sets(pairs, 1)
    yield "level@3", strength.sets(pairs, 3)


def of_hybrids(conflict: Conflict, pairs: PairModel) -> Iterator[tuple[str, Sets]]:
    """Strength with the four treatments."""
    for index in unknown.INDICES:
        yield f"{index}-general", strength.hybrid(pairs, index, 0)
        yield f"{index}-strong", strength.hybrid(pairs, index, 2)


def of_fuzzy(conflict: Conflict, pairs: PairModel) -> Iterator[tuple[str, Sets]]:
    """The thresholds of the file, and one for everybody."""
    yield "fuzzy", fuzzy.sets(pairs, gamma(conflict, "certainty"))
    yield "fuzzy@0.6", fuzzy.sets(pairs, dict.fromkeys(pairs.model.decision_makers, Fraction(6, 10)))


def of_grey(conflict: Conflict, pairs: PairModel) -> Iterator[tuple[str, Sets]]:
    """The same for grey preferences."""
    yield "grey", grey.sets(pairs, gamma(conflict, "grey"))
    yield "grey@0.1", grey.sets(pairs, dict.fromkeys(pairs.model.decision_makers, Fraction(1, 10)))


KINDS: dict[str, tuple[tuple[str, ...], Read]] = {
    "unknown": (("unknown",), of_unknown),
    "strength": (("degree",), of_strength),
    "hybrid": (("degree", "unknown"), of_hybrids),
    "fuzzy": (("certainty",), of_fuzzy),
    "grey": (("grey",), of_grey),
}


def compare(what: str, models: int, seed: object) -> tuple[int, int]:
    """How many verdicts were compared, and how many differ from those of the plain concepts."""
    kinds, read = KINDS[what]

    def change(rng: Random, conflict: Conflict) -> Conflict:
        return with_pairs(rng, conflict, kinds)

    compared = other = 0
    for name, conflict in drawn(models, seed, change):
        space, pairs = StateSpace(conflict), pair_model(conflict)
        for reading, sets in read(conflict, pairs):
            more, different = agree(name, space, pairs.model, reading, sets)
            compared, other = compared + more, other + different
    return compared, other


@pytest.mark.parametrize("what", KINDS)
def test_readings_agree(what: str) -> None:
    compared, other = compare(what, 40, f"{fresh()} {what}")
    assert compared > 2_000
    assert other > 10


@pytest.mark.long
@pytest.mark.parametrize("what", KINDS)
def test_readings_agree_on_many(what: str) -> None:
    compared, other = compare(what, 1_000, f"{fresh()} many {what}")
    assert compared > 50_000
    assert other > 250


def attitudes_agree(models: int, seed: object) -> tuple[int, int]:
    """The same for attitudes."""
    compared = other = 0
    for name, conflict in drawn(models, seed, with_attitudes):
        model = pair_model(conflict).model
        sets = attitudes.sets(model, plain_attitudes(conflict))
        more, different = agree(name, StateSpace(conflict), model, "attitudes", sets, ("Nash", "GMR", "SMR", "SEQ"))
        compared, other = compared + more, other + different
    return compared, other


def test_attitudes_agree() -> None:
    compared, other = attitudes_agree(100, f"{fresh()} attitudes")
    assert compared > 2_000
    assert other > 100


@pytest.mark.long
def test_attitudes_agree_on_many() -> None:
    compared, other = attitudes_agree(1_000, f"{fresh()} many attitudes")
    assert compared > 20_000
    assert other > 1_000


def probabilities_agree(models: int, seed: object) -> tuple[int, int]:
    """The same for probable preferences, whose parameters differ from concept to concept."""
    compared = other = 0
    for name, conflict in drawn(models, seed, lambda rng, conflict: with_pairs(rng, conflict, ["probability"])):
        space, pairs = StateSpace(conflict), pair_model(conflict)
        rng = Random(name)
        alpha, beta, gamma = Fraction(rng.randint(1, 9), 10), Fraction(rng.randint(1, 9), 10), Fraction(rng.randint(0, 9), 10)
        written = {"Nash": (alpha,), "GMR": (alpha, beta), "SMR": (alpha, beta), "SEQ": (alpha, beta, gamma), "SSEQ": (alpha, beta, gamma)}
        for key in FIVE:
            said = found(space, f"{key}:probable@" + "/".join(str(float(value)) for value in written[key]))
            plain = found(space, key)
            for i in pairs.model.decision_makers:
                expected = {s for s in pairs.model.numbers if probable.stable(pairs, key, i, s, alpha, beta, gamma)}
                assert said[i] == expected, f"{name}: {key} for {i} with {alpha}, {beta}, {gamma} is {said[i]}, not {expected}"
                compared += len(pairs.model.numbers)
                other += len(expected ^ plain[i])
    return compared, other


def test_probabilities_agree() -> None:
    compared, other = probabilities_agree(100, f"{fresh()} probable")
    assert compared > 2_000
    assert other > 25


@pytest.mark.long
def test_probabilities_agree_on_many() -> None:
    compared, other = probabilities_agree(1_000, f"{fresh()} many probable")
    assert compared > 20_000
    assert other > 250
