"""What users call states, decision makers and concepts, and what they are told when they are not understood."""

from __future__ import annotations

import pytest

from detente import cases
from detente.app import asking
from detente.errors import ConflictError, UsageError
from detente.model.conflict import Conflict
from detente.space.states import StateSpace


@pytest.fixture(scope="module")
def space() -> StateSpace:
    return StateSpace(cases.load("elmira"))


@pytest.fixture(scope="module")
def conflict(space: StateSpace) -> Conflict:
    return space.conflict


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (5, 5),
        ("5", 5),
        (" 5 ", 5),
        ("NYNNY", 5),
        ("nynny", 5),
        ("-NNY-", 9),
        ("status quo", 1),
        ("Status Quo", 1),
        ("Delay,Insist", 5),
        ("Delay+Insist", 5),
        ({"taken": ["Delay", "Insist"]}, 5),
        ("Modify, Abandon", 9),
        ("Abandon", 9),
    ],
)
def test_states(space: StateSpace, asked: str | int | dict[str, list[str]], number: int) -> None:
    assert space.number(asking.state(asked, space)) == number


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("0", "there is no state 0"),
        ("10", "there is no state 10"),
        ("9" * 400, "there is no state"),
        ("NNNNN", "not a feasible state"),
        ("YNNY-", "not a feasible state"),
        ("Accept+Delay", "not a feasible state"),
        ("Acept", "no state is called"),
        ({"taken": ["Acept"]}, 'no option is called "Acept"'),
        ("", "no state is called"),
    ],
)
def test_states_that_there_are_not(space: StateSpace, asked: str | dict[str, list[str]], said: str) -> None:
    with pytest.raises(UsageError, match=said) as found:
        asking.state(asked, space)
    assert found.value.diagnostics[0].code == "U411"
    assert found.value.diagnostics[0].help


@pytest.mark.parametrize("asked", ["Local", "local", "LOCAL GOVERNMENT", "loc", " Local "])
def test_decision_makers(conflict: Conflict, asked: str) -> None:
    assert asking.party(asked, conflict) == "Local"


@pytest.mark.parametrize("asked", ["", "Council", "x"])
def test_decision_makers_that_there_are_not(conflict: Conflict, asked: str) -> None:
    with pytest.raises(UsageError, match="no decision maker is called"):
        asking.party(asked, conflict)


def test_all_concepts_unless_some_are_named(conflict: Conflict) -> None:
    assert [c.key for c in asking.behaviour(None, conflict).concepts] == ["Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM"]
    assert [c.key for c in asking.behaviour(["seq", "SEQ", "nash"], conflict).concepts] == ["SEQ", "Nash"]


def test_mixed_profiles(conflict: Conflict) -> None:
    found = asking.behaviour("loc=seq,Nash", conflict)
    assert found.profile == {"MoE": "Nash", "Uniroyal": "Nash", "Local": "SEQ"}
    assert [c.key for c in found.concepts] == ["Nash", "SEQ"]
    assert asking.behaviour({"MoE": "Nash", "Uniroyal": "GMR", "Local": "SEQ"}, conflict).profile is not None


@pytest.mark.parametrize("under", ["", "Local=SEQ", "Local=SEQ,Nash,GMR", "Local=", "Council=SEQ,Nash", "S"])
def test_profiles_that_can_not_be_read(conflict: Conflict, under: str) -> None:
    with pytest.raises(UsageError):
        asking.behaviour(under, conflict)


def test_conditions(space: StateSpace) -> None:
    _, states = asking.condition("Accept and not Insist", space)
    assert [space.number(state) for state in states.each()] == [3, 4]
    with pytest.raises(ConflictError, match='no option is called "Acept"'):
        asking.condition("Acept", space)
