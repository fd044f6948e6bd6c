"""The dilemmas of drama theory: those of the classical cases, those of random demands, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.dilemmas import arisen, dilemmas
from detente.cases import load
from detente.errors import UsageError
from detente.explain.diagnosis.dilemmas import told
from detente.model.conflict import Conflict
from detente.model.position import Fallback, StatedPosition
from detente.model.rule import Infeasible
from detente.space.states import StateSpace
from detente.testing.models import Shape
from tests.conformance.seeds import fresh
from tests.definitions.dilemmas import dilemmas as by_definition
from tests.unlock.ground import grounds

Found = set[tuple[str, str, str]]


def demanding(case: str, demands: dict[str, str], fallback: str | None) -> Conflict:
    """A packaged case in which parties demand named states."""
    conflict = load(case)
    named = {state.name: state.taken for state in conflict.named_states}
    positions = tuple(StatedPosition(party, named[state]) for party, state in demands.items())
    return replace(conflict, positions=positions, fallback=None if fallback is None else Fallback(named[fallback]))


def found(conflict: Conflict) -> Found:
    claim = dilemmas(StateSpace(conflict))
    assert claim is not None
    assert refusal(StateSpace(conflict), claim) is None
    return {(dilemma.kind, dilemma.by, dilemma.of) for dilemma in claim.found}


def both(*kinds: str) -> Found:
    """Dilemmas that Row and Column face alike."""
    own = {"cooperation", "threat"}
    pairs = (("Row", "Column"), ("Column", "Row"))
    return {(kind, by, by if kind in own else of) for kind in kinds for by, of in pairs}


def test_whoever_agrees_in_the_prisoners_dilemma_is_tempted_and_doubts_the_other() -> None:
    assert found(demanding("prisoners-dilemma", {"Row": "CC", "Column": "CC"}, "DD")) == both("cooperation", "trust")


def test_in_chicken_both_would_rather_give_way_than_go_through_with_it() -> None:
    assert found(demanding("chicken", {"Row": "DC", "Column": "CD"}, "DD")) == both("inducement", "threat")


def test_demands_that_agree_leave_nothing_to_threaten_each_other_with() -> None:
    assert found(demanding("stag-hunt", {"Row": "CC", "Column": "CC"}, "DD")) == set()


def test_without_a_fallback_no_threat_is_looked_at() -> None:
    assert found(demanding("chicken", {"Row": "DC", "Column": "CD"}, None)) == set()


def test_nothing_is_derived_where_nothing_is_stated() -> None:
    space = StateSpace(load("elmira"))
    assert dilemmas(space) is None
    assert "No position is stated" in told(space, None).text()


def test_what_cannot_occur_is_left_out_and_said_to_be() -> None:
    conflict = demanding("chicken", {"Row": "DC", "Column": "CD"}, "CC")
    conflict = replace(conflict, rules=(*conflict.rules, _never(conflict, "DC")))
    conflict = replace(conflict, decision_makers=tuple(replace(dm, preference=None) for dm in conflict.decision_makers))
    space = StateSpace(conflict)
    claim = dilemmas(space)
    assert claim is not None
    assert [party for party, _ in claim.positions] == ["Column"]
    assert "Row: cannot occur under the rules, and is left out" in told(space, claim).text(None)
    nowhere = StateSpace(replace(conflict, fallback=Fallback(conflict.positions[0].taken, says="both")))
    claim = dilemmas(nowhere)
    assert claim is not None
    assert claim.fallback is None
    assert "otherwise: “both”; cannot occur under the rules, and is left out" in told(nowhere, claim).text(None)
    nobody = StateSpace(replace(conflict, positions=conflict.positions[:1]))
    assert dilemmas(nobody) is None
    assert "No stated position can occur" in told(nobody, None).text()


def _never(conflict: Conflict, name: str) -> Infeasible:
    from detente.model.formula import Not, Taken, all_of

    taken = next(state.taken for state in conflict.named_states if state.name == name)
    return Infeasible(all_of(*(Taken(o.key) if o.key in taken else Not(Taken(o.key)) for o in conflict.options)))


def test_a_claim_about_other_positions_is_not_told() -> None:
    space = StateSpace(demanding("chicken", {"Row": "DC", "Column": "CD"}, "DD"))
    for other in (arisen(space, (("Row", 0),), 0), None):
        with pytest.raises(UsageError) as refused:
            told(space, other)
        assert refused.value.diagnostics[0].code == "U423"


def test_every_dilemma_is_told_with_its_states() -> None:
    for case, demands in (("prisoners-dilemma", ("CC", "DC")), ("chicken", ("DC", "CD"))):
        space = StateSpace(demanding(case, dict(zip(("Row", "Column"), demands, strict=True)), "DD"))
        claim = dilemmas(space)
        assert claim is not None
        text = told(space, claim).text(None)
        assert all(f"{dilemma.kind}: " in text for dilemma in claim.found)
        assert {claim.fallback, *(state for _, state in claim.positions)} <= set(told(space, claim).states)


def test_the_demands_of_random_conflicts_give_the_dilemmas_of_the_definition() -> None:
    seen: set[str] = set()
    for name, ground in grounds(150, f"{fresh()} dilemmas", Shape(most_decision_makers=4, most_options=4, most_states=14, red_lines=0.3)):
        random = Random(name)
        states = list(ground.space.states.each())
        for _ in range(6):
            positions = tuple((i, random.choice(states[:3] or states)) for i in ground.parties if random.random() < 0.8)
            t = random.choice([None, *states])
            claim = arisen(ground.space, positions, t)
            assert refusal(ground.space, claim) is None, name
            p = {i: ground.number(state) for i, state in positions}
            expected = by_definition(ground.model, p, None if t is None else ground.number(t))
            assert {(d.kind, d.by, d.of) for d in claim.found} == expected, name
            seen |= {d.kind for d in claim.found}
    assert len(seen) == 6
