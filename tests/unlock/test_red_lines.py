"""Red lines and rules: all minimal sets by the program and by trying every set there is."""

from __future__ import annotations

from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.red_lines import red_line_conflicts
from detente.model.formula import TRUE
from detente.testing.models import Shape, random_formula
from tests.conformance.seeds import FIXED, fresh
from tests.unlock.dropping import Element, bargains, emptying, red_lines, restoring, rules
from tests.unlock.ground import Ground, grounds

SHAPE = Shape(most_decision_makers=4, most_options=4, most_states=16, red_lines=0.9, rules=0.5)
STATEMENTS = Shape(most_decision_makers=3, most_options=4, most_states=12, red_lines=0.7, merged=0.0, kinds=("prefers", "weights"))
"""Preferences that say something of infeasible states too, so that rules can be dropped."""


def element(dm: str | None, n: int) -> Element:
    return dm or "", n


def compare(name: str, ground: Ground, random: Random) -> int:
    """One start and condition; how many sets there are."""
    s, with_rules = random.choice(ground.model.numbers), random.random() < 0.6
    where = random_formula(random, [option.key for option in ground.conflict.options]) if random.random() < 0.3 else TRUE
    elements = [*red_lines(ground.conflict), *(rules(ground.conflict) if with_rules else [])]
    if len(elements) > 5:
        return 0
    found, told = red_line_conflicts(ground.space, ground.state(s), where=where, rules=with_rules), f"model {name} from {s} where {where}"
    assert {element(*one) for one in found.elements} == set(elements), told
    assert found.now == sum(1 << x for x in bargains(ground, s, (), where)), told
    empty, restored = emptying(ground, s, elements, where), restoring(ground, s, elements, where)
    kept = [frozenset(element(*one) for one in lever.claim.kept) for lever in found.emptying.found]
    dropped = [frozenset(element(*one) for one in lever.claim.dropped) for lever in found.restoring.found]
    assert set(kept) == empty, told
    assert set(dropped) == restored, told
    assert (len(kept), len(dropped)) == (len(empty), len(restored)), told
    assert found.emptying.complete
    assert found.restoring.complete
    assert found.restoring.least == min(map(len, restored), default=None), told
    assert found.emptying.least == min(map(len, empty), default=None), told
    for lever in found.restoring.found:
        gone = [element(*one) for one in lever.claim.dropped]
        assert lever.claim.gained == sum(1 << x for x in bargains(ground, s, gone, where)), told
    for claim in (found.every, *(lever.claim for lever in (*found.emptying.found, *found.restoring.found))):
        assert claim is not None
        assert refusal(ground.space, claim) is None, told
    return len(empty) + len(restored)


@pytest.mark.parametrize("shape", [SHAPE, STATEMENTS], ids=["lines", "rules"])
@pytest.mark.parametrize("part", range(2))
def test_minimal_sets(part: int, shape: Shape) -> None:
    random = Random(f"{fresh()} {part}")
    assert sum(compare(name, ground, random) for name, ground in grounds(60, f"{fresh()} red {part}", shape)) > 25


def test_minimal_sets_of_models_that_stay() -> None:
    random = Random(FIXED)
    assert sum(compare(name, ground, random) for shape in (SHAPE, STATEMENTS) for name, ground in grounds(20, FIXED, shape)) > 25
