"""The verb `diagnose`: what its document holds, under which behaviour, and that it takes no side."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

import detente
from detente import cases
from detente.analysis.claims.base import Claim
from detente.app import diagnosis_documents
from detente.app.analyzing import analyze
from detente.app.diagnosing import diagnose
from detente.app.diagnosis_documents import DiagnosisDocument, GainsPart, WaysPart
from detente.app.errors import InternalError
from detente.app.reporting import report_text
from detente.cli.diagnose_text import show_diagnosis
from detente.cli.term import Terminal
from detente.errors import UsageError
from detente.model.conflict import Conflict
from detente.model.position import Fallback, StatedPosition
from detente.space.states import StateSpace
from detente.testing.transform import rename
from tests.app.permuted import BACK, renamed_conflict, same_states, shuffled_conflict
from tests.certificates.conflicts import random_conflict

ASKED = [("elmira", "status quo"), ("elmira", 5), ("north-korea-2017", "status quo"), ("north-korea-2017", 5), ("prisoners-dilemma", 4)]
ASKED += [("chicken", 4), ("cuban-missile-crisis", "status quo"), ("euphrates-1975", "status quo")]


@pytest.fixture(scope="module")
def flagship() -> DiagnosisDocument:
    return diagnose("gaza-hostage-talks")


def demanding(name: str) -> Conflict:
    """A packaged case in which everybody demands a state."""
    conflict = cases.load(name)
    space = StateSpace(conflict)
    states = [conflict.taken(state) for state in space.states.each()]
    positions = tuple(StatedPosition(dm.key, states[place], says=f"demand {place}") for place, dm in enumerate(conflict.decision_makers))
    return replace(conflict, positions=positions, fallback=Fallback(states[-1], says="otherwise"))


def printed(document: DiagnosisDocument, width: int = 90, *, everything: bool = True) -> str:
    out = io.StringIO()
    show_diagnosis(document, Terminal(out, out, width, colour=False), everything=everything)
    return out.getvalue()


def counts(part: WaysPart | None) -> list[int]:
    assert part is not None
    return [part.alone, part.by_improvements, part.together, part.out_of_reach]


# -- what the document holds ---------------------------------------------------------------------------------------------
def test_the_flagship_is_stuck_for_want_of_coordination(flagship: DiagnosisDocument) -> None:
    assert (flagship.stuck, flagship.primary) == (True, "D4")
    assert all(verdict.stays for verdict in flagship.verdicts)
    assert all(stays for verdicts in flagship.stable.values() for stays in verdicts.values())
    assert flagship.not_examined == ()
    assert flagship.paragraphs[0].sentences[0].text.startswith("It is stuck: ")


def parts_agree(found: GainsPart) -> None:
    """The lines of a table of gains add up to the set."""
    if not found.by_condition:
        return
    assert sum(part.count for part in found.by_condition) == found.count
    assert sum(part.hold for part in found.by_condition) == found.hold
    assert [sum(column) for column in zip(*(counts(part.ways) for part in found.by_condition), strict=True)] == counts(found.ways)


def test_the_conditions_are_exact_and_add_up(flagship: DiagnosisDocument) -> None:
    conflict = cases.load("gaza-hostage-talks")
    space = StateSpace(conflict)
    for found in (flagship.better_for_all, flagship.worse_for_none):
        parts_agree(found)
        assert sum(counts(found.ways)) == found.count
        assert found.states is not None
        members: set[int] = set()
        for part in found.by_condition:
            members |= {space.number(state) for state in space.where(detente_formula(part.condition)).each()}
        assert members == set(found.states)
    assert set(flagship.better_for_all.states or ()).isdisjoint(flagship.worse_for_none.states or ())


def detente_formula(text: str) -> Any:
    from detente.model.parse import parse_formula

    return parse_formula(text)


def test_the_counts_are_those_of_the_analysis(flagship: DiagnosisDocument) -> None:
    now = analyze("gaza-hostage-talks", under="SEQ").status_quo
    assert now is not None
    better, further = flagship.better_for_all, flagship.worse_for_none
    assert better.count is not None
    assert further.count is not None
    assert better.hold is not None
    assert further.hold is not None
    assert better.count == now.better_for_all
    assert better.count + further.count == now.worse_for_none
    assert better.hold == now.better_for_all_and_equilibrium["SEQ"]
    assert better.hold + further.hold == now.worse_for_none_and_equilibrium["SEQ"]


def test_decisive_swaps_leave_nothing_better_for_everybody(flagship: DiagnosisDocument) -> None:
    decisive = [swap for swap in flagship.swaps if swap.decisive]
    assert decisive
    assert all(swap.lowered.better_for_all == 0 and swap.raised.better_for_all == 0 for swap in decisive)


def test_the_positions_of_the_flagship_are_those_reported(flagship: DiagnosisDocument) -> None:
    found = flagship.dilemmas
    assert found is not None
    assert [part.by for part in found.positions] == ["Israel", "Hamas"]
    assert {part.by for part in found.found} <= {"Israel", "Hamas"}
    assert set(found.orders) == {"Israel", "Hamas", "Mediators", "Iran"}
    assert {"positions/Israel", "positions/Hamas", "fallback"} <= {part.element for part in flagship.evidence}
    assert [part.hostile for part in flagship.evidence if part.element == "positions/Hamas"] == [True]


def test_without_positions_none_is_derived() -> None:
    document = diagnose("elmira")
    assert document.dilemmas is None
    assert "No position is stated" in (document.no_dilemmas or "")
    assert "none is derived" in printed(document)


# -- what is asked -------------------------------------------------------------------------------------------------------
def test_elmira_is_stuck_at_state_5_and_not_at_the_status_quo() -> None:
    assert [diagnose("elmira", start=start).stuck for start in ("status quo", 5)] == [False, True]
    assert diagnose("elmira", start=5).primary == "D4"
    leaving = [verdict for verdict in diagnose("elmira").verdicts if not verdict.stays]
    assert [(verdict.by, verdict.under, verdict.to) for verdict in leaving] == [("Local", "SEQ", 5)]


def test_the_behaviour_is_that_asked_for() -> None:
    assert diagnose("elmira", under="Local=GMR,Nash").profile == {"MoE": "Nash", "Uniroyal": "Nash", "Local": "GMR"}
    assert diagnose("elmira", under="gmr").stuck
    with pytest.raises(UsageError) as several:
        diagnose("elmira", under="GMR,SMR")
    assert several.value.diagnostics[0].code == "U443"
    with pytest.raises(UsageError) as nowhere:
        diagnose("prisoners-dilemma")
    assert nowhere.value.diagnostics[0].code == "U413"


def test_an_analysis_begins_with_the_diagnosis_under_its_own_behaviour() -> None:
    for under, profile in ((None, "SEQ"), ("Nash,SEQ", "SEQ"), ("GMR", "GMR"), ("Nash,GMR", "Nash")):
        short = analyze("elmira", under=under).diagnosis
        assert short is not None
        assert set(short.profile.values()) == {profile}
        full = diagnose("elmira", under=profile)
        assert (short.stuck, short.primary) == (full.stuck, full.primary)
        assert short.sentences == full.paragraphs[0].sentences
    mixed = analyze("elmira", under="Local=GMR,Nash").diagnosis
    assert mixed is not None
    assert mixed.profile == {"MoE": "Nash", "Uniroyal": "Nash", "Local": "GMR"}
    assert analyze("prisoners-dilemma").diagnosis is None


def test_what_a_checker_refuses_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Claim, space: StateSpace) -> None:
        raise ValueError("refused for a test")

    from detente.analysis.claims.gains import Gains

    monkeypatch.setattr(Gains, "check", refuse)
    for ask in (lambda: diagnose("elmira", start=5), lambda: analyze("elmira")):
        with pytest.raises(InternalError) as problem:
            ask()
        assert problem.value.diagnostics[0].code == "D902"


# -- form ----------------------------------------------------------------------------------------------------------------
def test_the_schema_that_is_shipped_is_that_of_the_document() -> None:
    shipped = (Path(diagnosis_documents.__file__).parent / "diagnosis.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == DiagnosisDocument.json_schema(), "write it anew: see detente.app.documents"


@pytest.mark.parametrize(("name", "start"), [*ASKED, ("gaza-hostage-talks", "status quo")])
def test_documents_satisfy_their_schema_and_print(name: str, start: str | int) -> None:
    document = detente.diagnose(name, start=start)
    jsonschema.validate(json.loads(document.json_text()), DiagnosisDocument.json_schema())
    parts_agree(document.better_for_all)
    parts_agree(document.worse_for_none)
    for everything in (False, True):
        for width in (60, 100):
            text = printed(document, width, everything=everything)
            assert max(map(len, text.splitlines())) <= width or width == 60
    assert "<" in document._repr_html_()


# -- names and order -----------------------------------------------------------------------------------------------------
def without_digest(document: DiagnosisDocument) -> Any:
    data = json.loads(document.json_text().translate(BACK))
    del data["conflict"]["digest"]
    return data


@pytest.mark.parametrize(("name", "start"), [*ASKED, ("gaza-hostage-talks", "status quo")])
def test_other_names_give_the_same_diagnosis_with_other_names(name: str, start: str | int) -> None:
    conflict = cases.load(name) if name == "gaza-hostage-talks" else demanding(name)
    here, there = diagnose(conflict, start=start), diagnose(renamed_conflict(conflict), start=start)
    assert without_digest(there) == without_digest(here)
    assert printed(there).translate(BACK) == printed(here)


def canonical(document: DiagnosisDocument, numbers: dict[int, int]) -> Any:
    """What a diagnosis says, without the order in which it says it and with the numbers of another."""

    def ids(states: Any) -> list[int]:
        return sorted(numbers[state] for state in states)

    def gains(found: GainsPart) -> Any:
        groups = sorted((sorted(group.members), group.states) for group in found.groups)
        return found.count, found.hold, ids(found.states or ()), sorted(found.taken), sorted(found.not_taken), counts(found.ways), groups

    demands = document.dilemmas
    return {
        "stuck": (document.stuck, document.primary),
        "verdicts": sorted((v.by, v.under, v.stays, v.to and numbers[v.to]) for v in document.verdicts),
        "stable": {key: sorted(verdicts.items()) for key, verdicts in document.stable.items()},
        "gains": (gains(document.better_for_all), gains(document.worse_for_none)),
        "types": [(t.key, sorted(t.by), ids(t.states or ()), sorted(t.shown_by)) for t in document.types],
        "silent": [(part.key, part.reason) for part in document.not_examined],
        "swaps": sorted((s.by, s.upper, s.lower, s.lowered.better_for_all, s.raised.better_for_all, s.decisive) for s in document.swaps),
        "dilemmas": demands and sorted((d.kind, d.by, d.of, ids(d.better), numbers[d.than]) for d in demands.found),
        "orders": demands and {dm: [ids(level) for level in levels] for dm, levels in demands.orders.items()},
    }


def words(document: DiagnosisDocument, numbers: dict[int, int]) -> Counter[str]:
    """The words of the first sentence, with the numbers of another diagnosis; their order is that of the decision makers."""
    text = re.sub(r"(?<=state )\d+", lambda match: str(numbers[int(match[0])]), document.paragraphs[0].sentences[0].text)
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("name", "start"), ASKED)
def test_another_order_permutes_the_diagnosis(name: str, start: str | int, seed: int) -> None:
    conflict = demanding(name)
    other = shuffled_conflict(conflict, seed)
    numbers = same_states(conflict, other)
    own = {number: number for number in numbers.values()}
    away = {here: there for there, here in numbers.items()}
    here = diagnose(conflict, start=start)
    there = diagnose(other, start=start if isinstance(start, str) else away[start])
    assert canonical(there, numbers) == canonical(here, own)
    assert words(there, numbers) == words(here, own)


NAMES = ("Alpha", "Bravo", "Delta", "Gamma", "Sigma")
SWAPPED = {"Alpha": "Bravo", "Bravo": "Alpha"}


def called(seed: int) -> Conflict:
    """A random conflict of two or more parties with names of one length, each of which demands a state; it has a status quo."""
    draw = Random(seed)
    conflict = random_conflict(draw)
    while len(conflict.decision_makers) < 2:
        conflict = random_conflict(draw)
    keys = [dm.key for dm in conflict.decision_makers]
    conflict = rename(conflict, dict(zip(keys, NAMES, strict=False)), {}).conflict
    space = StateSpace(conflict)
    states = [conflict.taken(state) for state in space.states.each()]
    positions = tuple(StatedPosition(dm.key, draw.choice(states)) for dm in conflict.decision_makers)
    return replace(conflict, positions=positions, status_quo=draw.choice(states), fallback=Fallback(draw.choice(states)))


def swapped(text: str) -> str:
    return re.sub("|".join(SWAPPED), lambda name: SWAPPED[name[0]], text)


@pytest.mark.parametrize("seed", range(12))
def test_swapping_two_names_swaps_them_in_the_answer_and_changes_nothing_else(seed: int) -> None:
    conflict = called(seed)
    other = rename(conflict, SWAPPED, {}).conflict
    here, there = diagnose(conflict), diagnose(other)
    for document in (here, there):
        assert document.dilemmas is not None
    assert swapped(printed(there)) == printed(here)
    assert _as_sets(json.loads(swapped(json.dumps(_plain(there))))) == _as_sets(_plain(here))


def _plain(document: DiagnosisDocument) -> Any:
    """The document without the digest, and without the letters for names, which follow from all names together."""
    data = document.data()
    del data["conflict"]["digest"]
    for dm in data["decision_makers"]:
        del dm["letters"]
    return data


def _as_sets(value: Any) -> Any:
    """JSON data in which the order of keys does not count."""
    return json.dumps(value, sort_keys=True)


@pytest.mark.parametrize("seed", range(3))
def test_swapping_two_names_swaps_them_in_the_report(seed: int) -> None:
    conflict = called(seed)
    texts = [report_text(one) for one in (conflict, rename(conflict, SWAPPED, {}).conflict)]
    sections = [re.search(r'<section id="diagnosis".*?</section>', text, flags=re.DOTALL) for text in texts]
    assert sections[0] is not None
    assert sections[1] is not None
    assert swapped(sections[1][0]) == sections[0][0]
