"""Names and order change nothing: renaming renames the answer, reordering permutes it, and that is all."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from typing import Any

import pytest

from detente import cases
from detente.app.analyzing import analyze
from detente.app.documents import AnalysisDocument
from detente.app.explaining import explain_all
from detente.app.pathing import path
from detente.app.reporting import report_text
from detente.cli.analysis_text import show_analysis
from detente.cli.explain_text import show_explanations
from detente.cli.path_text import show_paths
from detente.cli.term import Terminal
from detente.model.conflict import Conflict
from tests.app.permuted import BACK, renamed_conflict, same_states, shuffled_conflict
from tests.certificates.conflicts import random_conflict

CASES = ["elmira", "cuban-missile-crisis", "euphrates-1975", "north-korea-2017"]


def conflict_named(name: str) -> Conflict:
    if name.isdigit():
        from random import Random

        return random_conflict(Random(int(name)))
    return cases.load(name)


def text_of(conflict: Conflict, width: int) -> str:
    out = io.StringIO()
    show_analysis(analyze(conflict), Terminal(out, out, width, colour=False))
    return out.getvalue()


def without_digest(document: AnalysisDocument) -> Any:
    data = json.loads(document.json_text().translate(BACK))
    del data["conflict"]["digest"]
    return data


@pytest.mark.parametrize("name", [*CASES, "1", "2", "3", "4", "5"])
def test_other_names_give_the_same_answer_with_other_names(name: str) -> None:
    conflict = conflict_named(name)
    other = renamed_conflict(conflict)
    assert other != conflict
    assert without_digest(analyze(other)) == without_digest(analyze(conflict))
    for width in (80, 120):
        assert text_of(other, width).translate(BACK) == text_of(conflict, width)


def test_explanations_and_paths_under_other_names() -> None:
    conflict = cases.load("elmira")
    shown = []
    for one in (conflict, renamed_conflict(conflict)):
        out = io.StringIO()
        terminal = Terminal(out, out, 90, colour=False)
        show_explanations(explain_all(one, 1), terminal)
        show_paths([path(one, 8)], terminal)
        shown.append(out.getvalue().translate(BACK))
    assert shown[0] == shown[1]


def words_of_report(conflict: Conflict) -> list[str]:
    """What a report says, without how it is drawn, and without the digest."""
    text = report_text(conflict).translate(BACK)
    text = re.sub(r"<style.*?</style>", " ", text, flags=re.DOTALL)
    return [word for word in re.sub(r"<[^>]*>", " ", text).split() if conflict.digest[:8] not in word]


@pytest.mark.parametrize("name", ["elmira", "cuban-missile-crisis"])
def test_a_report_under_other_names(name: str) -> None:
    conflict = cases.load(name)
    assert words_of_report(renamed_conflict(conflict)) == words_of_report(conflict)


def canonical(document: AnalysisDocument, numbers: dict[int, int]) -> dict[str, Any]:
    """What an analysis says, without the order in which it says it and with the numbers of another."""
    keys = sorted(dm.key for dm in document.decision_makers)
    assert document.states is not None
    options = [option.key for option in document.options]

    def ids(states: Any) -> list[int]:
        return sorted(numbers[state] for state in states)

    def states(found: Any) -> list[Any]:
        return sorted(
            (numbers[s.id], tuple(sorted(zip(options, s.choice, strict=True))), tuple(s.rank[key] for key in keys), s.name) for s in found
        )

    now = document.status_quo
    return {
        "states": states(document.states),
        "stability": {c: {key: ids(sets[key]) for key in keys} for c, sets in document.stability.items()},
        "equilibria": {c: ids(found) for c, found in document.equilibria.items()},
        "counts": document.counts.equilibria,
        "moves": document.conflict.moves,
        "common": {c: (found.count, sorted(found.taken), sorted(found.not_taken)) for c, found in document.common.items()},
        "shown": {numbers[s.id]: (s.why, s.equilibrium_under, {c: sorted(who) for c, who in s.leavers.items()}) for s in document.shown},
        "status quo": now
        and (
            numbers[now.state.id],
            now.equilibrium_under,
            {c: sorted(verdicts.items()) for c, verdicts in now.verdicts.items()},
            {key: (now.moves[key], ids(now.improvements[key])) for key in keys},
            now.better_for_all,
            now.better_for_all_and_equilibrium,
            sorted(now.crosses_red_line_of),
        ),
        "warnings": sorted((found.code, found.severity) for found in document.warnings),
        "evidence": [document.evidence.elements, sorted(document.evidence.without_basis), sorted(document.evidence.single_source)],
    }


def words(document: AnalysisDocument, numbers: dict[int, int]) -> Counter[str]:
    """The words of the first sentences, with the numbers of another analysis; their order is that of the decision makers."""
    first = document.diagnosis.sentences if document.diagnosis else ()
    text = " ".join(sentence.text for sentence in (*first, *document.answer))
    text = re.sub(r"(?<=state )\d+", lambda match: str(numbers[int(match[0])]), text)
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", [*CASES, "1", "2", "3", "4", "5", "6", "7", "8"])
def test_another_order_permutes_the_answer(name: str, seed: int) -> None:
    conflict = conflict_named(name)
    other = shuffled_conflict(conflict, seed)
    numbers = same_states(conflict, other)
    here, there = analyze(conflict), analyze(other)
    own = {number: number for number in numbers.values()}
    assert canonical(there, numbers) == canonical(here, own)
    assert words(there, numbers) == words(here, own)
