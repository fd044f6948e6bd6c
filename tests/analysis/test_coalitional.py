"""Coalition stability: against the second statement, its laws, and conflicts with verdicts that are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from detente.analysis.claims.base import refusal
from detente.analysis.claims.coalition_leaves import CoalitionLeaves
from detente.analysis.claims.coalition_terms import CONCEPTS, Group, Terms
from detente.analysis.coalitional import stability
from detente.analysis.coalitional.found import analyse_coalitions
from detente.analysis.coalitional.play import Play
from detente.analysis.coalitional.stability import verdict
from detente.cases import load
from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.model.rule import Infeasible
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import Shape
from tests.certificates.claims.of_coalitions import random_terms, second
from tests.conformance.seeds import FIXED, fresh
from tests.definitions.together import groups
from tests.unlock.ground import Ground, grounds

SHAPE = Shape(most_decision_makers=4, most_options=5, most_states=10, red_lines=0.1)
ALONE = {"CNash": "Nash", "CGMR": "GMR", "CSMR": "SMR", "CSEQ": "SEQ"}


def drawn(what: str, count: int, shape: Shape = SHAPE) -> Iterator[tuple[Random, Ground]]:
    """Random conflicts, half of them the same in every run."""
    for seed in (FIXED, fresh()):
        for model, ground in grounds(count, f"{seed} {what}", shape):
            yield Random(f"{model} {what}"), ground


def stable(play: Play, key: str, group: Group, state: int) -> bool | None:
    return verdict(play, key, group, state, shown=False).stable


# -- against the second statement ----------------------------------------------------------------------------------------
def test_it_agrees_with_the_second_statement() -> None:
    """Also of what a coalition can bring about; half of the models may have merged states, bans and states not perceived."""
    for random, ground in drawn("agreement", 50):
        terms = random_terms(ground, random)
        play, said = Play(ground.space, terms), second(ground, terms)
        for group, state in product(groups(ground.model), ground.space.states.each()):
            number = ground.number(state)
            assert ground.of_bits(play.reached(group, state)) == said.reach(group, number)
            assert ground.of_bits(play.improving(group, state)) == said.improvements(group, number)
            for key in CONCEPTS:
                assert stable(play, key, group, state) == said.stable(key, group, number), (key, group, state, terms)


# -- laws ----------------------------------------------------------------------------------------------------------------
def single(conflict: Conflict) -> Terms:
    """The partition into single decision makers."""
    return Terms(blocks=tuple((dm.key,) for dm in conflict.decision_makers))


def test_a_coalition_of_one_is_its_member() -> None:
    """CNash, CGMR, CSMR always; CSEQ where no others act together.  So for both kinds of improvement."""
    for _, ground in drawn("one", 60):
        engine = SingleEngine(ground.space)
        for improvement in ("strict", "weak"):
            alone = Play(ground.space, replace(single(ground.conflict), improvement=improvement))
            apart = Play(ground.space, Terms(improvement))
            for dm, state in product(ground.parties, ground.space.states.each()):
                for key, own in ALONE.items():
                    expected = engine.stable(concept(own), dm).contains(state)
                    assert stable(alone, key, (dm,), state) == expected, (key, dm, state)
                    if key != "CSEQ":
                        assert stable(apart, key, (dm,), state) == expected, (key, dm, state)
                    elif expected:
                        assert stable(apart, key, (dm,), state), (key, dm, state)


def test_others_acting_together_may_answer_what_none_of_them_would_alone() -> None:
    """A single decision maker may be held under CSEQ by a coalition of the others, where SEQ does not hold them."""
    a = DecisionMaker("A", "A", OptionWeighting((("x", 2), ("y", -2), ("z", -2))))
    b = DecisionMaker("B", "B", OptionWeighting((("y", -1), ("z", 2))))
    c = DecisionMaker("C", "C", OptionWeighting((("z", -1), ("y", 2))))
    options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)), Option("z", "z", ("C",)))
    space = StateSpace(Conflict("three", (a, b, c), options))
    assert not SingleEngine(space).stable(concept("SEQ"), "A").contains(0)
    assert stable(Play(space, Terms()), "CSEQ", ("A",), 0)
    found = verdict(Play(space, Terms()), "CSEQ", ("A",), 0).claim
    assert found is not None
    assert refusal(space, found) is None


def test_implications_and_what_is_not_implied() -> None:
    """CNash implies CSMR and CSEQ, CSMR implies CGMR; CSEQ implies CGMR where two moves of one decision maker are one move of theirs."""
    broken = dict.fromkeys([("CSMR", "CSEQ"), ("CSEQ", "CSMR"), ("CGMR", "CSMR"), ("CGMR", "CSEQ"), ("CSMR", "CNash")], 0)
    for random, ground in drawn("implied", 90):
        play = Play(ground.space, random_terms(ground, random))
        for group, state in product(groups(ground.model), ground.space.states.each()):
            holds = {key: stable(play, key, group, state) for key in CONCEPTS}
            assert holds["CSMR"] or not holds["CNash"]
            assert holds["CSEQ"] or not holds["CNash"]
            assert holds["CGMR"] or not holds["CSMR"]
            assert holds["CGMR"] or not holds["CSEQ"] or not ground.space.moves_compose
            for one, other in broken:
                broken[one, other] += bool(holds[one] and not holds[other])
    assert all(broken.values()), broken


def test_a_strict_improvement_is_a_weak_one() -> None:
    more = 0
    for _, ground in drawn("weak", 40):
        strict, weak = Play(ground.space, Terms()), Play(ground.space, Terms("weak"))
        for group, state in product(groups(ground.model), ground.space.states.each()):
            assert not strict.improving(group, state) & ~weak.improving(group, state)
            more += strict.improving(group, state) != weak.improving(group, state)
            assert len(group) > 1 or strict.improving(group, state) == weak.improving(group, state)
    assert more > 0


# -- known conflicts -----------------------------------------------------------------------------------------------------
def test_elmira_ministry_and_company_go_from_5_to_8() -> None:
    """Kilgour, Hipel, Fang and Peng 2001: state 5 is an equilibrium for each alone, and this coalition improves on it; 8 and 9 stay."""
    space = StateSpace(load("elmira"))
    found = analyse_coalitions(space, space.state(5), Terms())
    assert found.every
    assert not found.partition
    assert [one.members for one in found.coalitions if one.improvements] == [("MoE", "Uniroyal")]
    both = next(one for one in found.coalitions if one.members == ("MoE", "Uniroyal"))
    assert [space.number(state) for state in both.improvements.each()] == [8]
    for key in CONCEPTS:
        claim = both.verdicts[key].claim
        assert isinstance(claim, CoalitionLeaves)
        assert refusal(space, claim) is None
        assert space.number(claim.improvement) == 8
        assert all(one.verdicts[key].stable for one in found.coalitions if one is not both)
        assert found.stable(key) is False
        assert [found.stable(key, found.of(dm)) for dm in ("MoE", "Uniroyal", "Local")] == [False, False, True]
    assert found.everywhere is not None
    numbers = {key: [space.number(state) for state in states.each()] for key, states in found.everywhere.items()}
    assert numbers == {"CNash": [8, 9], "CGMR": [1, 4, 8, 9], "CSMR": [1, 4, 8, 9], "CSEQ": [8, 9]}


def test_elmira_under_partitions() -> None:
    space = StateSpace(load("elmira"))
    five = space.state(5)
    together = analyse_coalitions(space, five, Terms(blocks=(("MoE", "Uniroyal"), ("Local",))))
    assert together.partition
    assert together.stable("CSEQ") is False
    apart = analyse_coalitions(space, five, single(space.conflict))
    assert apart.stable("CSEQ") is True
    assert apart.everywhere is not None
    engine = SingleEngine(space)
    for key, own in ALONE.items():
        expected = space.states
        for dm in engine.decision_makers:
            expected = expected & engine.stable(concept(own), dm)
        assert apart.everywhere[key].bits == expected.bits


def signing() -> StateSpace:
    """Both want both options taken, and no one option can be taken without the other."""
    parties = tuple(DecisionMaker(key, key, OptionWeighting((("x", 1), ("y", 1)))) for key in "AB")
    options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)))
    rules = (Infeasible(parse_formula("x and not y")), Infeasible(parse_formula("y and not x")))
    return StateSpace(Conflict("signing", parties, options, rules, status_quo=frozenset()))


def test_no_coalition_jumps_over_an_infeasible_state() -> None:
    space = signing()
    assert not Play(space, Terms()).improving(("A", "B"), 0)
    assert stable(Play(space, Terms()), "CNash", ("A", "B"), 0)


@pytest.mark.parametrize("terms", [Terms(joint=(("A", "B"),)), Terms(everyone=True)])
def test_unless_a_joint_move_is_declared_or_asked_for(terms: Terms) -> None:
    space = signing()
    assert Play(space, terms).improving(("A", "B"), 0) == 0b1000
    found = verdict(Play(space, terms), "CSEQ", ("A", "B"), 0)
    assert found.stable is False
    assert isinstance(found.claim, CoalitionLeaves)
    assert refusal(space, found.claim) is None
    assert found.claim.steps[0].by == ("A", "B")
    assert refusal(space, replace(found.claim, terms=Terms())) is not None


def test_a_declared_coalition_moves_within_a_larger_one_only() -> None:
    terms = Terms(joint=(("A", "B"),))
    assert ("A", "B") in terms.movers(("A", "B", "C"))
    assert ("A", "B") not in terms.movers(("A", "C"))


def test_many_turns_leave_the_verdict_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """B's turn leads nowhere that deters A: that is known only once it has been looked at."""
    a, b = DecisionMaker("A", "A", OptionWeighting((("x", 2), ("y", 1)))), DecisionMaker("B", "B", OptionWeighting((("y", 1),)))
    space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    assert analyse_coalitions(space, 0, Terms(), [("A",)]).stable("CSEQ") is False
    monkeypatch.setattr(stability, "MAX_TURNS", 0)
    found = analyse_coalitions(space, 0, Terms(), [("A",)])
    assert found.coalitions[0].verdicts["CSEQ"] == stability.Verdict("CSEQ", ("A",), None)
    assert found.stable("CSEQ") is None
    assert found.everywhere is None


def test_many_answers_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    space = StateSpace(load("elmira"))
    monkeypatch.setattr(stability, "MAX_ANSWERS", 0)
    found = analyse_coalitions(space, space.state(1), Terms(), [("Local",)])
    for key in ("CGMR", "CSMR", "CSEQ"):
        assert found.coalitions[0].verdicts[key] == stability.Verdict(key, ("Local",), True)
