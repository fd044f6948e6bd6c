"""Verdicts on single states: which engine gives them, what stands in for it, and what is said where nothing can."""

from __future__ import annotations

import pytest

from detente import cases
from detente.app import deciding
from detente.app.deciding import Decider, goal
from detente.app.explaining import explain_all
from detente.app.wanted import memory_of
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts, concept
from detente.concepts.witness import Covers, Leaves, Stays
from detente.engines.single import SingleEngine
from detente.errors import LimitError, MissingExtra, UsageError
from detente.space.states import StateSpace

FLAGSHIP = StateSpace(cases.load("gaza-hostage-talks"))
UNLISTED = StateSpace(cases.load("gaza-hostage-talks"), list_up_to=0)
START = UNLISTED.status_quo or 0
DEAL = UNLISTED.state_of(FLAGSHIP.state(7374)) or 0


def test_the_engines_give_the_same_verdicts() -> None:
    deciders = [Decider(FLAGSHIP), Decider(UNLISTED), Decider(UNLISTED, "sat"), Decider(UNLISTED, "single")]
    for one in all_concepts():
        if one.key != "SIM":
            for dm in UNLISTED.masks:
                verdicts = [goal(decider.witness(one, dm, DEAL)) is None for decider in deciders]
                assert len(set(verdicts)) == 1, (one.key, dm)


def test_a_witness_is_remembered_and_is_of_the_engine_asked_for() -> None:
    decider = Decider(UNLISTED, "sat", seconds=0)
    found = decider.witness(concept("GMR"), "Hamas", START)
    assert isinstance(found, Covers)
    assert decider.witness(concept("GMR"), "Hamas", START, 0.001) is found
    assert isinstance(Decider(UNLISTED, "single").witness(concept("GMR"), "Hamas", START), Stays)
    assert isinstance(decider.witness(concept("SIM"), "Hamas", START), Stays | Leaves)  # another play than sat knows


def test_no_other_engine_is_known() -> None:
    with pytest.raises(UsageError) as wrong:
        Decider(UNLISTED, "singel")
    assert 'did you mean "single"?' in str(wrong.value.diagnostics[0].help)


def too_many(self: SingleEngine, *_: object) -> None:
    """Stands for a search with too many cases to list."""
    raise LimitError.of("S303", "the others can reach more than 200,000 states")


def test_what_is_too_much_to_list_is_decided_by_the_other_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SingleEngine, "verdict", too_many)
    assert isinstance(Decider(UNLISTED).witness(concept("GMR"), "Hamas", START), Covers)
    state = FLAGSHIP.status_quo or 0
    assert isinstance(Decider(FLAGSHIP).witness(concept("GMR"), "Hamas", state), Covers)
    with pytest.raises(LimitError, match="more than 200,000"):
        Decider(FLAGSHIP, "single").witness(concept("GMR"), "Hamas", state)
    merged = StateSpace(cases.load("elmira"))
    with pytest.raises(LimitError, match="more than 200,000"):  # and not that the other engine can't
        Decider(merged).witness(concept("GMR"), "Local", merged.state(1))


def test_without_the_library_an_error_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "has_sat", lambda: False)
    assert isinstance(Decider(UNLISTED).witness(concept("GMR"), "Hamas", START), Stays)  # few cases need no library
    monkeypatch.setattr(SingleEngine, "verdict", too_many)
    with pytest.raises(MissingExtra) as missing:
        Decider(UNLISTED).witness(concept("GMR"), "Hamas", START)
    assert missing.value.diagnostics[0].help == 'install it: pip install "detente[sat]"'


def test_explanations_leave_out_what_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = SingleEngine.verdict

    def partly(self: SingleEngine, under: SolutionConcept, dm: str, state: int) -> object:
        if dm == "Local" and under == concept("SEQ"):
            raise LimitError.of("S303", "too many cases")
        return whole(self, under, dm, state)

    monkeypatch.setattr(SingleEngine, "verdict", partly)
    document = explain_all("elmira", 5)
    assert [(one.under, one.by, one.limit) for one in document.not_known or ()] == [("SEQ", "Local", True)]
    assert len(document.explanations) == 6 * 3 - 1
    assert "SEQ" not in document.summary[0].text.replace("SSEQ", "")
    with pytest.raises(LimitError):
        explain_all("elmira", 5, by="Local", under="SEQ")


@pytest.mark.parametrize(
    ("text", "bytes_"), [("4GiB", 4 << 30), ("500 MB", 500_000_000), ("2g", 2 << 30), ("1.5 GiB", 3 << 29), ("134217728", 1 << 27)]
)
def test_sizes_of_memory(text: str, bytes_: int) -> None:
    assert memory_of(text) == bytes_


@pytest.mark.parametrize("text", ["", "lots", "4 parsecs", "-4GiB", "63MiB", "0"])
def test_sizes_that_are_none(text: str) -> None:
    with pytest.raises(UsageError) as wrong:
        memory_of(text)
    assert wrong.value.diagnostics[0].code == "U445"
