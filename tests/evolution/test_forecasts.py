"""Recorded forecasts: their scores by the definitions, what must hold of proper scores, and what is read, refused and said."""

from __future__ import annotations

import json
from fractions import Fraction
from math import inf, log
from pathlib import Path
from random import Random

import jsonschema
import pytest

from detente.analysis.forecasts import BINS, LEAST_DECOMPOSED, against, brier, decomposed, logarithmic, parts_of, scored
from detente.app.forecast_documents import ForecastDocument
from detente.app.forecasting import forecast
from detente.errors import ConflictError, Diagnostic, UsageError
from detente.io.forecasts import forecasts_in
from detente.model.forecast import Forecast, Resolution
from tests.conformance.seeds import fresh

FILE = """\
detente: 1
title: Forecasts on two banks of a river
forecasts:
  - question: Does the ferry still run after the next meeting?
    recorded: 2024-03-01
    by: a clerk
    source: detente evolve, weights of the file
    outcomes: {runs: 0.7, stopped: 0.2, nobody can say: 0.1}
    status quo: runs
    resolved: {outcome: stopped, on: 2024-04-02, source: a letter}
  - question: Does the bridge stand when the ferry stops?
    recorded: "2024-03-01"
    source: a guess
    outcomes: {stands: 3/4, does not: 1/4}
    resolved: {outcome: stands, on: 2024-04-02}
  - question: Is there a second ferry when the bridge opens?
    recorded: 2024-03-05
    source: a guess
    outcomes: {there is: 0, there is not: 1}
    status quo: there is not
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "river.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def drawn(random: Random, count: int) -> list[Forecast]:
    """Random forecasts of two to four outcomes that have come out."""
    found = []
    for _ in range(count):
        shares = [random.randint(0, 6) for _ in range(random.randint(2, 4))]
        shares[0] += 1
        outcomes = tuple((f"o{i}", Fraction(share, sum(shares))) for i, share in enumerate(shares))
        came = random.choice([name for name, _ in outcomes])
        status_quo = random.choice([None, "o0", "o1"])
        found.append(Forecast("?", "2024-03-01", "drawn", outcomes, None, status_quo, Resolution(came, "2024-04-01")))
    return found


def test_scores_are_those_of_the_definitions() -> None:
    for one in drawn(Random(fresh()), 200):
        (found,) = scored([one])
        assert one.resolved is not None
        squares = [(float(p) - (1.0 if name == one.resolved.outcome else 0.0)) ** 2 for name, p in one.outcomes]
        assert float(found.brier) == pytest.approx(sum(squares))
        given = dict(one.outcomes)[one.resolved.outcome]
        assert found.logarithmic == (inf if given == 0 else pytest.approx(-log(given)))
        assert 0 <= found.brier <= 2


def test_both_scores_are_proper() -> None:
    """Whoever believes p expects the least score by stating p, and a greater one by stating anything else."""
    random = Random(fresh())
    for _ in range(200):
        believed, stated = Fraction(random.randint(1, 19), 20), Fraction(random.randint(1, 19), 20)

        def expected_brier(said: Fraction, true: Fraction = believed) -> Fraction:
            given = {"yes": said, "no": 1 - said}.__getitem__
            return true * brier(given, ["yes", "no"], "yes") + (1 - true) * brier(given, ["yes", "no"], "no")

        def expected_log(said: Fraction, true: Fraction = believed) -> float:
            return float(true) * logarithmic(said) + float(1 - true) * logarithmic(1 - said)

        if stated != believed:
            assert expected_brier(believed) < expected_brier(stated)
            assert expected_log(believed) < expected_log(stated)


def test_baselines_are_scored_on_the_same_questions() -> None:
    found = scored(drawn(Random(fresh()), 60))
    uniform, same = against(found, "uniform"), against(found, "status quo")
    assert uniform is not None
    assert same is not None
    assert uniform.count == 60
    assert uniform.brier == sum(one.brier for one in found) / 60
    assert uniform.baseline_brier == sum(1 - Fraction(1, len(one.forecast.outcomes)) for one in found) / 60
    assert uniform.baseline_logarithmic == pytest.approx(sum(log(len(one.forecast.outcomes)) for one in found) / 60)
    asked = [one for one in found if one.forecast.status_quo is not None]
    assert same.count == len(asked)
    wrong = [one for one in asked if one.forecast.resolved and one.forecast.resolved.outcome != one.forecast.status_quo]
    assert same.baseline_brier == Fraction(2 * len(wrong), len(asked))
    assert same.baseline_logarithmic == (inf if wrong else 0)
    assert against((), "uniform") is None
    assert uniform.better + uniform.worse <= 60


def test_the_parts_of_a_score_add_up_to_it() -> None:
    random = Random(fresh())
    for _ in range(50):
        pairs = [(Fraction(random.randint(0, 100), 100), random.randint(0, 1)) for _ in range(random.randint(1, 60))]
        found = parts_of(pairs)
        assert found.score == sum((f - o) ** 2 for f, o in pairs) / len(pairs)
        together = found.reliability - found.resolution + found.uncertainty + found.within_variance - found.within_covariance
        assert found.score == together
        assert sum(one.count for one in found.bins) == found.count == len(pairs)
        assert len(found.bins) <= BINS
        rate = Fraction(sum(o for _, o in pairs), len(pairs))
        assert found.uncertainty == rate * (1 - rate)
    sharp = parts_of([(Fraction(i % 2), i % 2) for i in range(10)])
    assert sharp.reliability == 0
    assert sharp.resolution == sharp.uncertainty == Fraction(1, 4)


def test_a_score_is_decomposed_only_where_there_are_enough() -> None:
    two = [one for one in drawn(Random(3), 200) if len(one.outcomes) == 2]
    assert decomposed(scored(two[: LEAST_DECOMPOSED - 1])) is None
    found = decomposed(scored(two[:LEAST_DECOMPOSED]))
    assert found is not None
    events = [(one.status_quo or "o0", one) for one in two[:LEAST_DECOMPOSED]]
    errors = [(one.probability(event) - int(one.resolved is not None and one.resolved.outcome == event)) ** 2 for event, one in events]
    assert found.score == sum(errors) / LEAST_DECOMPOSED


def test_the_answer_has_scores_baselines_and_what_is_open(file: Path) -> None:
    found = forecast(file)
    assert (found.resolved, len(found.forecasts)) == (2, 3)
    first, second, third = found.forecasts
    assert first.brier == pytest.approx(0.7**2 + 0.8**2 + 0.1**2)
    assert second.brier == pytest.approx(0.125)
    assert (third.brier, third.logarithmic, third.came) == (None, None, None)
    assert [(one.baseline, one.count) for one in found.baselines] == [("uniform", 2), ("status quo", 1)]
    assert found.baselines[1].baseline_logarithmic is None
    assert found.decomposition is None
    text = "\n".join(each.text for part in found.paragraphs for each in (*part.sentences, *part.items))
    assert text.startswith("2 forecasts of 3 have come out; the mean Brier score is 0.632, that of equal probabilities 0.583.")
    assert "2 forecasts are few: differences can be chance." in text
    assert "Not known yet:" in text
    assert "against infinite" in text
    data = json.loads(found.json_text())
    jsonschema.validate(data, ForecastDocument.json_schema())
    assert ForecastDocument.model_validate(data) == found


def test_many_forecasts_are_told_with_the_parts_of_their_score(tmp_path: Path) -> None:
    line = (
        "  - {{question: Q{n}?, recorded: 2024-03-01, source: drawn, outcomes: {{yes: {p}, no: {q}}}, "
        "resolved: {{outcome: {o}, on: 2024-03-02}}}}"
    )
    lines = [line.format(n=n, p=n % 11 / 10, q=round(1 - n % 11 / 10, 1), o="yes" if n % 3 else "no") for n in range(24)]
    path = tmp_path / "many.yaml"
    path.write_text("detente: 1\ntitle: Many\nforecasts:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = forecast(path)
    assert found.decomposition is not None
    assert found.decomposition.count == 24
    parts = found.decomposition
    together = parts.reliability - parts.resolution + parts.uncertainty + parts.within_variance - parts.within_covariance
    assert together == pytest.approx(parts.score)
    assert found.brier == pytest.approx(2 * parts.score)
    text = "\n".join(each.text for part in found.paragraphs for each in (*part.sentences, *part.items))
    assert "is reliability" in text
    assert "are few" not in text
    assert "what came had the probability 0" in text


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{stands: 3/4, does not: 1/4}", "{stands: 3/4, does not: 1/3}", "F651"),
        ("{stands: 3/4, does not: 1/4}", "{stands: 1}", "F650"),
        ("{stands: 3/4, does not: 1/4}", "{stands: 5/4, does not: -1/4}", "M140"),
        ("outcome: stands", "outcome: fell", "F652"),
        ("status quo: runs", "status quo: sails", "F652"),
        ("on: 2024-04-02, source", "on: 2024-02-30, source", "F653"),
        ("on: 2024-04-02, source", "on: 2023-04-02, source", "F653"),
        ("2024-03-05", "yesterday", "F653"),
        ("2024-03-05", "20240305", "F653"),
        ("2024-03-05", "2024-W10-2", "F653"),
        ("source: detente evolve, weights of the file", "source: ''", "F654"),
        ("Is there a second ferry when the bridge opens?", "' '", "F654"),
        ("{stands: 3/4,", "{'': 3/4,", "F654"),
        ("    source: a guess\n    outcomes: {there", "    outcomes: {there", "M115"),
        ("title: Forecasts on two banks of a river", "", "M115"),
        ("detente: 1", "detente: 2", "M119"),
        ("question: Is there", "ask: Is there", "M113"),
    ],
)
def test_what_is_no_forecast_is_refused(old: str, new: str, code: str) -> None:
    assert old in FILE
    with pytest.raises(ConflictError) as problem:
        forecasts_in(FILE.replace(old, new, 1), "river.yaml")
    assert code in [found.code for found in problem.value.diagnostics]
    assert all(found.where is not None for found in problem.value.diagnostics)


def test_what_is_no_file_of_forecasts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConflictError, match="M114"):
        forecasts_in("[1, 2]")
    with pytest.raises(ConflictError, match="M107"):
        forecasts_in("{detente: 1, title: t, forecasts: []}")
    with pytest.raises(UsageError, match="U404"):
        forecast(tmp_path / "none.yaml")


def test_where_nothing_has_come_out_nothing_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "open.yaml"
    path.write_text("\n".join(line for line in FILE.splitlines() if "resolved" not in line), encoding="utf-8")
    found = forecast(path)
    assert (found.brier, found.logarithmic, found.baselines, found.resolved) == (None, None, (), 0)
    assert found.paragraphs[0].sentences[0].text == "No forecast of this file has come out yet, so that none is scored."
    assert len(found.paragraphs[-1].items) == 3


PIECES = (
    "{",
    "]",
    ":",
    "- ",
    "\n",
    "&a",
    "*a",
    "~",
    "1e99",
    "1/0",
    "0x1F",
    ".nan",
    "20240301",
    "yes",
    "''",
    "<<: *a",
    "\t",
    "---",
    "\x00",
    "\u0663",
)


def test_damaged_files_are_refused_with_a_place_or_scored(tmp_path: Path) -> None:
    path, rng, outcomes = tmp_path / "river.yaml", Random(f"{fresh()} damaged"), {"refused": 0, "scored": 0}
    for _ in range(150):
        text = FILE
        for _ in range(rng.randint(1, 3)):
            start = rng.randrange(len(text))
            end = min(len(text), start + rng.choice((0, 1, 1, 3, 12)))
            text = text[:start] + rng.choice(["", text[start:end] * 2, rng.choice(PIECES)]) + text[end:]
        path.write_text(text, encoding="utf-8")
        problems, document = read(path)
        assert all(one.where is not None and one.help for one in problems), text
        outcomes["scored" if document else "refused"] += 1
        if document and outcomes["scored"] <= 10:
            jsonschema.validate(json.loads(document.json_text()), ForecastDocument.json_schema())
    assert outcomes["refused"] > 40
    assert outcomes["scored"] > 5


def read(path: Path) -> tuple[tuple[Diagnostic, ...], ForecastDocument | None]:
    """What is wrong with a file of forecasts, or how these did."""
    try:
        return (), forecast(path)
    except ConflictError as problem:
        return tuple(problem.diagnostics), None
