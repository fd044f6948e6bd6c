"""What each concept says it implies, and what none implies, on random conflicts; and which equilibria always exist."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from detente.concepts.registry import all_concepts, concept
from detente.engines.base import Engine
from detente.model.conflict import Conflict, Direction
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.conformance import random_conflicts
from detente.testing.models import Shape, conflicts
from tests.conformance.seeds import fresh

IMPLIED = [(stronger.key, weaker) for stronger in all_concepts() for weaker in stronger.implies]
PLAIN = replace(Shape().composing, shared=0.0, unperceived=0.0)
"""One owner for each option, no merged states, nothing unperceived."""


def stable(engine: type[Engine], conflict: Conflict) -> dict[tuple[str, str], StateSet]:
    """For each concept and decision maker the stable states."""
    space = StateSpace(conflict)
    asked = engine(space)
    return {(c.key, dm): asked.stable(c, dm) for c in all_concepts() for dm in space.masks}


def equilibria(engine: type[Engine], conflict: Conflict, key: str) -> StateSet:
    """The states that are stable for everybody."""
    space = StateSpace(conflict)
    asked, found = engine(space), space.states
    for dm in space.masks:
        found &= asked.stable(concept(key), dm)
    return found


def test_the_lattice_is_the_published_one() -> None:
    assert set(IMPLIED) == {
        *(("Nash", weaker) for weaker in ("SSEQ", "SEQ", "SMR", "GMR", "SIM")),
        *(("SSEQ", weaker) for weaker in ("SEQ", "SMR", "GMR")),
        ("SMR", "GMR"),
        ("SEQ", "GMR"),
    }
    assert {(stronger, weaker.key) for weaker in all_concepts() for stronger in weaker.implied_by} == set(IMPLIED)


@given(conflict=conflicts())
def test_implications(engine: type[Engine], conflict: Conflict) -> None:
    found = stable(engine, conflict)
    for stronger, weaker in IMPLIED:
        for dm in conflict.decision_makers:
            assert not found[stronger, dm.key] - found[weaker, dm.key], (stronger, weaker, dm.key)


def test_what_is_not_implied_is_met(engine: type[Engine]) -> None:
    """SMR and SEQ do not imply one another, nor both together SSEQ; and no implication runs backwards."""
    keys = [c.key for c in all_concepts()]
    wanted = {(one, other) for one in keys for other in keys if one != other} - set(IMPLIED)
    both_not_third = False
    for _, conflict in random_conflicts(2_000, fresh()):
        found = stable(engine, conflict)
        for dm in conflict.decision_makers:
            wanted -= {(one, other) for one, other in wanted if found[one, dm.key] - found[other, dm.key]}
            both_not_third |= bool((found["SMR", dm.key] & found["SEQ", dm.key]) - found["SSEQ", dm.key])
        if not wanted and both_not_third:
            return
    assert (wanted, both_not_third) == (set(), True)


@given(conflict=conflicts())
def test_a_gmr_equilibrium_exists(engine: type[Engine], conflict: Conflict) -> None:
    assert equilibria(engine, conflict, "GMR")


@given(conflict=conflicts(PLAIN))
def test_a_seq_equilibrium_exists_in_plain_option_form(engine: type[Engine], conflict: Conflict) -> None:
    assert equilibria(engine, conflict, "SEQ")


@given(conflict=conflicts(PLAIN))
def test_where_nobody_can_move_for_ever_there_is_a_nash_equilibrium(engine: type[Engine], conflict: Conflict) -> None:
    one_way = replace(conflict, options=tuple(replace(option, direction=Direction.ONLY_ON) for option in conflict.options))
    assert equilibria(engine, one_way, "Nash")


@pytest.mark.parametrize("key", ["Nash", "SMR", "SSEQ", "SIM"])
def test_other_equilibria_may_be_missing(engine: type[Engine], key: str) -> None:
    assert any(not equilibria(engine, conflict, key) for _, conflict in random_conflicts(2_000, fresh()))


@given(conflict=conflicts(replace(Shape(), most_decision_makers=1)))
def test_alone_every_concept_is_nash(engine: type[Engine], conflict: Conflict) -> None:
    found = stable(engine, conflict)
    (dm,) = (dm.key for dm in conflict.decision_makers)
    assert {found[c.key, dm] for c in all_concepts()} == {found["Nash", dm]}


@given(conflict=conflicts(replace(PLAIN, most_decision_makers=2)))
def test_with_two_decision_makers_sim_implies_gmr(engine: type[Engine], conflict: Conflict) -> None:
    """With one owner for each option: the other's half of a joint change is a move of theirs after the first."""
    found = stable(engine, conflict)
    for dm in conflict.decision_makers:
        assert not found["SIM", dm.key] - found["GMR", dm.key]
