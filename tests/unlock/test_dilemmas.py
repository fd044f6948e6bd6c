"""The dilemmas of drama theory in conflicts that state random positions, each looked for in a sentence of its own."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.dilemmas import dilemmas
from tests.conformance.seeds import FIXED, fresh
from tests.unlock.ground import MIDDLE, Ground, grounds, with_positions

Found = set[tuple[str, str, str, frozenset[int], int]]
"""(dilemma, who faces it, with whom, the states preferred, the state to which they are preferred)."""


def stated(ground: Ground) -> tuple[dict[str, int], int | None]:
    """The positions that can occur and the fallback, by number; the status quo where no fallback is stated."""
    conflict, names = ground.conflict, [option.key for option in ground.conflict.options]

    def number(taken: frozenset[str]) -> int | None:
        return ground.model.number_of({name: name in taken for name in names})

    positions = {p.party: number(p.taken) for p in conflict.positions}
    quo = conflict.fallback.taken if conflict.fallback is not None else conflict.status_quo
    return {i: s for i, s in positions.items() if s is not None}, None if quo is None else number(quo)


def arising(ground: Ground, positions: dict[str, int], t: int | None) -> Found:
    """Every dilemma; parties without a position face none."""
    found: Found = set()
    model = ground.model
    for i, p in positions.items():
        if model.improvements(i, p):
            found.add(("cooperation", i, i, frozenset(model.improvements(i, p)), p))
        if t is not None and model.improvements(i, t) and len(set(positions.values())) > 1:
            found.add(("threat", i, i, frozenset(model.improvements(i, t)), t))
        for j in model.others(i):
            if model.improvements(j, p):
                found.add(("trust", i, j, frozenset(model.improvements(j, p)), p))
            other = positions.get(j)
            if t is not None and other != p and model.better(j, t, p):
                found.add(("deterrence", i, j, frozenset({t}), p))
            if other is None or other == p:
                continue
            if t is not None and model.better(i, other, t):
                found.add(("inducement", i, j, frozenset({other}), t))
            if model.better(i, other, p):
                found.add(("positioning", i, j, frozenset({other}), p))
    return found


def compare(name: str, ground: Ground, random: Random) -> int:
    """One conflict with positions; how many dilemmas arise."""
    taking = Ground(with_positions(ground.conflict, random))
    found, (positions, t) = dilemmas(taking.space), stated(taking)
    if found is None:
        assert not positions, name
        return 0
    told = {(one.kind, one.by, one.of, frozenset(taking.numbers(one.better)), taking.number(one.than)) for one in found.found}
    assert told == arising(taking, positions, t), name
    assert len(told) == len(found.found), name
    assert dict(found.positions) == {i: taking.state(s) for i, s in positions.items()}, name
    return len(told)


@pytest.mark.parametrize("part", range(2))
def test_dilemmas(part: int) -> None:
    random = Random(f"{fresh()} {part}")
    assert sum(compare(name, ground, random) for name, ground in grounds(250, f"{fresh()} dilemmas {part}", MIDDLE)) > 200


def test_dilemmas_of_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) for name, ground in grounds(60, FIXED, MIDDLE)) > 100
