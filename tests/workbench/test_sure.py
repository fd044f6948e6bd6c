"""How sure the conclusions are, and how it would go on: the documents of the command line, with tables and pictures that say the same."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from io import StringIO
from threading import Event
from typing import Any

import pytest

from detente.analysis.sweep import matter
from detente.analysis.sweep.draw import how_many
from detente.app.opening import Opened, opened
from detente.app.sweeping import sweep
from detente.explain.shares import percent
from detente.model.completed import completions
from detente.report.sure_tables import guesses_table, sure_tables
from detente.report.sweep_view import sweep_figures
from detente.report.told import Told
from detente.workbench.jobs import Jobs
from detente.workbench.sure import going_on, guesses, sure
from detente.workbench.verbs import VERBS
from detente.workbench.workers import Spare
from detente.workbench.working import work
from tests.workbench.served import Served, asked

QUARRY = "half-known-objection"


def texts(table: Any) -> list[list[list[str]]]:
    """What stands in a table."""
    return [[[line["text"] for line in cell] for cell in row] for row in table["rows"]]


def named(document: Any) -> dict[str, Any]:
    """The tables of a document, by key."""
    return {table["key"]: table for table in document["tables"]}


@pytest.fixture(scope="module")
def shown() -> Any:
    """All that can be shown of a small sweep."""
    found = sure(opened(QUARRY), {"tipping": True, "without": True}, lambda _: None, lambda _: None)
    return json.loads(found.json_text())


def worked(verb: str, request: Any) -> list[Any]:
    """What the process of a job tells, line by line."""
    lines = StringIO()
    work(StringIO(json.dumps({"verb": verb, "asked": request}) + "\n"), lines)
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_what_is_told_so_far_is_what_is_told_in_the_end(bench: Served, shown: Any) -> None:
    request = asked(QUARRY, levers=False, without=True)
    told = worked("sure", request)
    steps, last = [one["so far"] for one in told if "so far" in one], told[-1]["answer"]
    assert last["sweep"] == worked("sweep", request)[-1]["answer"], "the document of the command line"
    assert last["so_far"] is False
    assert set(named(last)) == set(named(shown)) - {"levers", "cheapest", "tipping"}
    final = {json.dumps([one["label"], one["values"]]) for one in last["sweep"]["conclusions"]}
    sizes = [len(one["sweep"]["conclusions"]) for one in steps]
    assert len(steps) > 2
    assert sizes == sorted(set(sizes))
    for step in steps:
        assert step["so_far"] is True
        assert step["schema"] == "detente.sure/1"
        assert {json.dumps([one["label"], one["values"]]) for one in step["sweep"]["conclusions"]} <= final
    number = bench.post("sure?wait=20", request).data["number"]
    over = bench.over(number)
    assert over["answer"] == last
    assert over["so_far"] == len(steps)
    assert bench.get(f"/api/jobs/{number}/so-far").data == {
        "schema": "detente.so-far/1",
        "number": number,
        "so_far": len(steps),
        "answer": None,  # of a job that is over the answer is told, and nothing besides
    }
    assert bench.get("/api/jobs/999/so-far").codes == ["U546"]


class Slow:
    """A process that has found something, and goes on until it is told to end."""

    said = 0
    """How much it has told."""

    def __init__(self) -> None:
        self.told, self.last = Event(), Event()

    def answers(self, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """What it tells."""
        yield {"so far": {"found": 1}}
        yield {"progress": f"still at {request['verb']}"}
        self.told.set()
        assert self.last.wait(60)
        yield {"answer": {"found": 2}}

    def end(self) -> None:
        """Nothing is to be ended."""

    def ended(self) -> int:
        """It ended well."""
        return 0


def test_what_a_job_has_found_is_told_while_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    slow, jobs, verb = Slow(), Jobs(), VERBS["sure"]
    monkeypatch.setattr(Spare, "taken", lambda _: slow)
    monkeypatch.setattr(Spare, "prepare", lambda _: None)
    number = jobs.begin(verb, verb.asks.model_validate(asked(QUARRY))).number
    assert slow.told.wait(60)
    told = jobs.state(number)
    assert (told.state, told.progress, told.so_far, told.answer) == ("running", "still at sure", 1, None)
    assert jobs.so_far(number).answer == {"found": 1}
    slow.last.set()
    until = time.monotonic() + 60
    while (told := jobs.state(number)).state == "running":
        assert time.monotonic() < until
        time.sleep(0.01)
    assert (told.state, told.so_far, told.answer, jobs.so_far(number).answer) == ("done", 1, {"found": 2}, None)


def test_the_tables_give_the_figures_of_the_document(shown: Any) -> None:
    document, tables = shown["sweep"], named(shown)
    for row in tables["conclusions"]["rows"]:
        (label,), (written,), values, (known,) = row
        one = next(one for one in document["conclusions"] if one["label"].lower() == label["text"].lower())
        assert [line["share"] for line in values] == [value["share"] for value in one["values"]]
        assert [line["solid"] for line in values] == [value["value"] == one["written"] for value in one["values"]]
        for line, value in zip(values, one["values"], strict=True):
            share = "in all 12" if one["same"] else f"{percent(value['share'])} ({value['completions']} of 12)"
            assert line["text"] == f"{value['words']} {share}"
            assert not line["solid"] or written["text"] == value["words"]
        assert known["text"] == "counted over all; " + ("checked case by case" if one["checked"] else "only worked out")
    assert len(tables["conclusions"]["rows"]) == 12
    assert [row[0][0].removeprefix("“").removesuffix("”") for row in texts(tables["guesses"])] == [
        one["key"] for one in document["guesses"]
    ]
    edits = document["tipping"]["edits"]
    for row, point in zip(tables["tipping"]["rows"], document["tipping"]["points"], strict=True):
        assert [line["share"] for line in row[4]] == [each["edits"] / edits for each in point["gives"]]
        assert [line["text"].split(": ")[0] for line in row[3]] == [flip["condition"] for flip in point["flips"]]
    levers = document["levers"]
    for row, lever in zip(tables["levers"]["rows"], levers["tried"], strict=True):
        assert row[0][0]["text"].lower() == lever["words"].lower()
        assert [line["share"] for line in row[3]] == [value["share"] for value in document["conclusions"][lever["conclusion"]]["values"]]
    moved = [one for one in document["conclusions"] for _ in one["moved_by"] if one["kind"] not in ("lever", "cheapest")]
    assert [row[0][0].lower() for row in texts(tables["moved"])] == [one["label"].lower() for one in moved]


def test_what_hangs_on_which_guesses(shown: Any) -> None:
    told = {row[0][0]: row[1:] for row in texts(named(shown)["hangs"])}
    assert told["The status quo holds under SEQ"] == [
        ["“whether the village would object”", "“what the quarry minds”"],
        ["“whether the village would object” with “what the quarry minds”"],
        ["“whether an objection can be withdrawn”"],
    ]


def test_a_share_that_was_judged_by_a_sample_says_so(shown: Any) -> None:
    """The same document, as it would be if completions had been drawn."""
    data = json.loads(json.dumps(shown["sweep"]))
    one = next(one for one in data["conclusions"] if one["label"] == "the status quo holds under SEQ")
    one |= {"exact": False, "covered": 500, "reason": "U500", "checked": False, "unseen": 0.02, "same": False, "idle": []}
    one["values"] = [{"value": False, "words": "no", "completions": 500, "share": 1.0, "low": 0.98, "high": 1.0}]
    tables = {table.key: table for table in sure_tables(data)}
    label, written, values, known = row_of(tables["conclusions"], "The status quo holds under SEQ")
    assert [written, values, known] == [
        ["yes"],  # which none of those that were drawn gave
        ["no 98% to 100% (500 of 500 drawn)"],
        ["judged by 500 completions drawn by chance: the time was over before it was counted"],
    ]
    assert "1 conclusion was looked at in 500 completions drawn by chance" in tables["conclusions"].about
    assert "Estimates" in tables["worth"].about
    assert row_of(tables["hangs"], label[0])[3] == ["not told"]


def row_of(table: Told, heading: str) -> list[list[str]]:
    """A row of a table, by its heading."""
    return next([[line.text for line in cell] for cell in row] for row in table.rows if row[0][0].text == heading)


def test_voices_are_told_first() -> None:
    found = sure(opened("elmira"), {"without": True}, lambda _: None, lambda _: None)
    first = found.tables[0]
    assert first.key == "voices"
    assert [row[0][0].text for row in first.rows] == [one.label for one in found.sweep.without]
    assert [int(row[2][0].text) for row in first.rows] == [len(one.rests) for one in found.sweep.without]


def test_pictures_have_no_style_within_that_the_page_would_refuse(shown: Any) -> None:
    further = [going_on(opened(case), {}, lambda _: None).data() for case in ("elmira", "north-korea-2017")]
    found = [picture for one in (shown, *further) for picture in one["pictures"]]
    assert [picture["title"].split(":")[0] for picture in found] == [
        *("How often each conclusion holds", "How often each lever works", "Which guess moves it", "Which guess moves it"),
        *("Where states hold", "The most probable ways", "What first moves would lead to"),
    ]
    for picture in found:
        assert not re.search(r"\sstyle=|<style", picture["svg"])
        assert "data-least=" in picture["svg"]
    assert set(re.findall(r'data-state="(\d+)"', found[-2]["svg"])) == {"1", "5"}


def test_how_it_goes_on_is_told_with_the_figures_of_the_document(bench: Served) -> None:
    more = {"start": "CC", "movers": {"Row": "2", "Column": "1"}, "to": ["DD", "CD"]}
    told = bench.answered("going-on", asked("chicken", **more)).data
    assert told["evolution"] == worked("evolution", asked("chicken", **more))[-1]["answer"]
    tables = named(told)
    assert tables["ends"]["columns"][2:5] == ["with equal weights", "if each takes what they prefer most", "over 11 weightings"]
    for row, end in zip(tables["ends"]["rows"], told["evolution"]["ends"], strict=True):
        assert [cell[0]["share"] for cell in row[1:4]] == end["probabilities"]
        assert row[0][0]["states"] == end["states"]
    assert texts(tables["weights"]) == [[["Row"], ["2"]], [["Column"], ["1"]]]
    asked_about = {row[0][0]: row[2][0] for row in texts(tables["passages"])}
    assert asked_about == {"DD": "0%", "CD": "33.3%"}
    assert [one["code"] for one in worked("going-on", asked("elmira", movers="Nobody=1"))[-1]["problems"]["diagnostics"]] == ["U412"]


def test_where_nobody_improves_first_moves_are_told() -> None:
    found = going_on(opened("north-korea-2017"), {}, lambda _: None)
    table = next(table for table in found.tables if table.key == "first moves")
    assert found.evolution.first_moves is not None
    assert [row[1][0].states for row in table.rows] == [(one.to,) for one in found.evolution.first_moves]
    assert [row[4][0].share for row in table.rows] == [one.back for one in found.evolution.first_moves]
    assert "No expectation" in table.about


@pytest.mark.parametrize(("case", "open"), [(QUARRY, None), (QUARRY, "assumed"), ("misread-neighbours", "assumed,rules"), ("elmira", None)])
def test_what_is_open_is_counted_before_a_sweep(case: str, open: str | None, bench: Served) -> None:
    found: Opened = opened(case)
    told = bench.answered("guesses", asked(case, open=open)).data
    assert told == json.loads(guesses(found, open).json_text())
    if open is None:
        assert told["completions"] == len(list(completions(found.conflict))) == how_many(found.conflict.guesses)
        assert told["guesses"] == len(found.conflict.guesses)
    else:
        swept = sweep(found, open=open, levers=False, seconds=1.0, kinds=("holds",))
        assert (told["guesses"], told["completions"]) == (len(swept.guesses), swept.completions)
    for one in told["opens"]:
        if one["kind"] != "rules" and one["elements"]:
            more = guesses(found, one["kind"])
            assert more.guesses == len(found.conflict.guesses) + one["elements"]
    assert bench.answered("guesses", asked(case, open="hearsay")).codes == ["U531"]


def test_a_lever_that_works_most_often_is_marked(shown: Any) -> None:
    data = json.loads(json.dumps(shown["sweep"]))
    assert not any("most often" in text for row in texts(named(shown)["levers"]) for text in row[3])  # a tie
    data["levers"]["most"] = [1]
    for settled, words in ((True, "most often of all"), (False, "most often of all, of the completions that were drawn")):
        data["levers"]["settled"] = settled
        table = next(table for table in sure_tables(data) if table.key == "levers")
        assert [words in [line.text for line in row[3]] for row in table.rows] == [False, True, False, False, False]


def test_a_guess_is_not_said_to_matter_where_that_was_not_settled(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room to look at every choice of the others, only what never matters is told."""
    monkeypatch.setattr(matter, "MAX_CELLS", 0)
    data = sweep(QUARRY, seconds=None, levers=False).data()
    assert [one["idle"] for one in shown["sweep"]["guesses"]] == [False] * 3
    assert [one["idle"] for one in data["guesses"]] == [None] * 3
    tables = {table.key: table for table in sure_tables(data | {"guesses": [*data["guesses"][:2], data["guesses"][2] | {"idle": True}]})}
    assert [row[-1][0].text for row in tables["guesses"].rows] == ["not settled"] * 2 + ["to none of the conclusions that were counted"]
    assert "none was found" in {row[-1][0].text for row in tables["hangs"].rows}


def test_what_was_drawn_is_not_said_to_differ(shown: Any) -> None:
    """Answers that all drawn completions agree in may be the same in all."""
    data = json.loads(json.dumps(shown["sweep"]))
    assert "For each conclusion that is not the same in all completions the share" in sweep_figures(data)[0].caption
    parted = next(one for one in data["conclusions"] if not one["same"])
    parted |= {"exact": False, "covered": 100}
    assert "For each conclusion that is not known to be the same in all completions the share" in sweep_figures(data)[0].caption


def test_nearly_all_conclusions_are_not_all(shown: Any) -> None:
    data = json.loads(json.dumps(shown["sweep"]))
    for one, before in zip(data["worth"], (12 - 1e-4, 12.0, 1e-4), strict=False):
        one |= {"before": before, "after": 12 - 0.004, "settled": 0.0}
    table = next(table for table in sure_tables(data) if table.key == "worth")
    assert [[cell[0].text for cell in row[1:4]] for row in table.rows[:3]] == [
        ["more than 11.99", "more than 11.99", "0.00"],
        ["12.00", "more than 11.99", "0.00"],
        ["less than 0.01", "more than 11.99", "0.00"],
    ]


def test_weights_are_told_as_shares_of_all_of_a_guess() -> None:
    """A file may weigh two ways with 3 and 1."""
    ways = [{"words": "as written", "weight": 3.0}, {"words": "left out", "weight": 1.0}]
    one = {"label": "“resolve”", "question": "whether it holds", "alternatives": ways, "idle": None}
    ((_, _, cell),) = guesses_table({"guesses": [one]}).rows
    assert [line.text for line in cell] == ["as written, which weighs 75%", "left out, which weighs 25%"]
