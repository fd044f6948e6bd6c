"""The workbench answers with the documents of the command line, to the byte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from detente.cli.main import main
from detente.workbench import verbs
from detente.workbench.asked import Conflicts
from detente.workbench.folder import Folder
from detente.workbench.server import Workbench
from detente.workbench.verbs import VERBS
from detente.workbench.working import work
from tests.workbench.served import CASES, Served, asked

Capture = pytest.CaptureFixture[str]
AT_ONCE: list[tuple[str, str, dict[str, Any], str]] = [
    ("check", "elmira", {}, "check {}"),
    ("check", "unknown-resolve", {}, "check {}"),
    ("why", "elmira", {"state": 1, "by": "Local", "under": "SEQ"}, "explain {} 1 --by Local --under SEQ"),
    ("why", "elmira", {"state": "YNYNN", "by": "Uniroyal", "under": "Nash"}, "explain {} YNYNN --by Uniroyal --under Nash"),
    ("why", "unknown-resolve", {"state": "status quo", "by": "Operator", "under": "SEQ"}, "explain {} 1 --by Operator --under SEQ"),
]  # fmt: skip
JOBS: list[tuple[str, str, dict[str, Any], str]] = [
    ("analysis", "elmira", {}, "analyze {}"),
    ("analysis", "elmira", {"under": ["SEQ", "Nash"]}, "analyze {} --under SEQ,Nash"),
    ("analysis", "unknown-resolve", {}, "analyze {}"),
    ("analysis", "misread-neighbours", {"viewpoint": "north"}, "analyze {} --viewpoint north"),
    ("diagnosis", "elmira", {}, "diagnose {}"),
    ("diagnosis", "elmira", {"start": 5, "under": "Local=Nash,SEQ"}, "diagnose {} --from 5 --under Local=Nash,SEQ"),
    ("diagnosis", "elmira", {"under": {"Local": "Nash", "MoE": "SEQ", "Uniroyal": "SEQ"}}, "diagnose {} --under Local=Nash,SEQ"),
    ("diagnosis", "unknown-resolve", {}, "diagnose {}"),
    ("path", "elmira", {"states": [1, 8]}, "path {} 1 8"),
    ("path", "elmira", {"states": [9]}, "path {} 9"),
    ("path", "unknown-resolve", {"states": ["status quo", 4]}, "path {} 1 4"),
    ("evolution", "elmira", {}, "evolve {}"),
    ("evolution", "unknown-resolve", {"start": 2}, "evolve {} --from 2"),
    ("unlock", "unknown-resolve", {"target": "2", "kinds": "priority"}, "unlock {} --target 2 --kind priority"),
    ("compare", "misread-neighbours", {"seconds": 20.0}, "compare {} --time 20"),
    ("sweep", "unknown-resolve", {"open": "assumed", "levers": False, "tipping": True}, "sweep {} --open assumed --no-levers --tipping"),
]  # fmt: skip
REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("why", "elmira", {"state": 10, "by": "Local", "under": "SEQ"}, "explain {} 10 --by Local --under SEQ"),
    ("why", "elmira", {"state": 1, "by": "Lokal", "under": "SEQ"}, "explain {} 1 --by Lokal --under SEQ"),
    ("analysis", "elmira", {"under": "SEK"}, "analyze {} --under SEK"),
    ("analysis", "misread-neighbours", {"viewpoint": "nrth"}, "analyze {} --viewpoint nrth"),
]


Printed = Callable[[str, str], str]


@pytest.fixture
def printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Printed:
    """What the command line prints about a file with a case."""
    monkeypatch.chdir(tmp_path)

    def run(command: str, case: str) -> str:
        (tmp_path / f"{case}.yaml").write_bytes((CASES / f"{case}.yaml").read_bytes())
        main([*command.format(f"{case}.yaml").split(), "--json"])
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(("verb", "case", "more", "command"), AT_ONCE)
def test_an_answer_is_the_command_lines(
    verb: str,
    case: str,
    more: dict[str, Any],
    command: str,
    bench: Served,
    printed: Printed,
) -> None:
    answer = bench.post(verb, asked(case, **more))
    assert answer.status == 200
    assert answer.content.decode() == printed(command, case)


def done(verb: str, one: object) -> Any:
    """What a job ends with, worked out in this process."""
    told = StringIO()
    work(StringIO(json.dumps({"verb": verb, "asked": one})), told)
    return json.loads(told.getvalue().splitlines()[-1])["answer"]


@pytest.mark.parametrize(("verb", "case", "more", "command"), JOBS)
def test_what_a_job_ends_with_is_the_command_lines(verb: str, case: str, more: dict[str, Any], command: str, printed: Printed) -> None:
    """As the process of a job does it, in this one: beginning a process for each takes longer than all answers."""
    assert done(verb, asked(case, **more)) == json.loads(printed(command, case))


@pytest.mark.parametrize(("verb", "case", "more", "command"), [one for one in JOBS if one[0] in ("compare", "unlock")])
def test_a_job_of_the_server_ends_with_the_same(
    verb: str,
    case: str,
    more: dict[str, Any],
    command: str,
    bench: Served,
    printed: Printed,
) -> None:
    answer = bench.post(f"{verb}?wait=20", asked(case, **more))
    assert answer.status == 202
    expected = json.loads(printed(command, case))
    told = bench.over(answer.data["number"])
    assert told["state"] == "done"
    assert told["answer"] == expected


@pytest.mark.parametrize(("verb", "case", "more", "command"), REFUSED)
def test_problems_are_the_command_lines(
    verb: str,
    case: str,
    more: dict[str, Any],
    command: str,
    bench: Served,
    printed: Printed,
) -> None:
    answer = bench.answered(verb, asked(case, **more))
    assert answer.status == 400
    assert answer.data == json.loads(printed(command, case))


def test_a_file_that_cannot_be_read_is_told_as_on_the_command_line(
    bench: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    text = (CASES / "elmira.yaml").read_text().replace("Delay", "Delai", 1)
    (tmp_path / "broken.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    assert main(["analyze", "broken.yaml", "--json"]) == 1
    for verb in VERBS.values():
        more = {"state": 1, "by": "Local", "under": "SEQ", "states": [1]}
        answer = bench.post(
            verb.name, {"name": "broken.yaml", "text": text, **{key: more[key] for key in more if key in needed(verb.asks)}}
        )
        assert answer.status == 422, verb.name
        assert len(answer.codes) == text.count("Delay")
    assert bench.post("check", {"name": "broken.yaml", "text": text}).content.decode() == capsys.readouterr().out


NEEDED = {"state": 1, "by": "Local", "under": "SEQ", "states": [1]}


def needed(kind: Any) -> set[str]:
    """What a request can't do without."""
    return {name for name, field in kind.model_fields.items() if field.is_required()}


def test_changes_are_seen_in_the_answer(bench: Served) -> None:
    changes = [
        {"change": "move ranked state", "dm": "MoE", "taken": ["Delay"], "up": False},
        {"change": "set status quo", "taken": ["Delay", "Insist"]},
    ]
    before = bench.post("states", asked("elmira")).data
    after = bench.post("states", asked("elmira", changes=changes)).data
    assert before["conflict"]["status_quo"] == 1
    assert after["conflict"]["status_quo"] == 5
    assert [one["rank"]["Local"] for one in before["rows"]] == [one["rank"]["Local"] for one in after["rows"]]
    assert [one["rank"]["MoE"] for one in before["rows"]] != [one["rank"]["MoE"] for one in after["rows"]]
    again = [changes[0]] * 30
    answer = bench.post("states", asked("elmira", changes=again))
    assert answer.status == 400
    assert answer.data["diagnostics"][0]["message"].startswith("change ")


def test_a_problem_of_a_change_says_which_one(bench: Served) -> None:
    down = {"change": "move ranked state", "dm": "MoE", "taken": ["Delay"], "up": False}
    unread = {"change": "add rule", "place": 1, "never": "Modify and Nothing"}
    nobody = {**down, "dm": "Nobody"}
    for wrong, status, code in ((unread, 422, "M104"), (nobody, 400, "M130")):
        for before in (0, 2):
            answer = bench.post("states", asked("elmira", changes=[*[down] * before, wrong, nobody]))
            assert (answer.status, answer.codes) == (status, [code])
            (one,) = answer.data["diagnostics"]
            assert one["element"] == f"changes/{before + 1}"
            assert one["message"].startswith(f"change {before + 1}: ")


def test_no_verb_is_asked_with_what_it_does_not_take(bench: Served) -> None:
    wrong: list[dict[str, Any]] = [
        {"more": 1},
        {"changes": [{"change": "nothing"}]},
        {"changes": [{}] * 501},
        {"viewpoint": 1},
        {"name": None},
        {"text": 5},
    ]
    for more in wrong:
        for verb in VERBS:
            answer = bench.post(verb, {"name": "a.yaml", "text": "detente: 1", **more})
            assert (answer.status, answer.codes) == (400, ["U544"]), (verb, more)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"1", b"\xff\xfe{}", b"{}" * 2, b"[" * 100_000, b'{"name": "\\ud800", "text": ""}']
)
def test_what_is_no_request_is_told(bench: Served, body: bytes) -> None:
    for verb in VERBS:
        answer = bench.raw("POST", f"/api/{verb}", bench.headers(), body)
        assert (answer.status, answer.codes) == (400, ["U544"])
        assert len(answer.content) < 2_000


def test_a_fault_of_the_program_is_told_and_shows_nothing_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Conflicts, one: object) -> None:
        raise ZeroDivisionError(f"in {tmp_path}")

    monkeypatch.setattr(Conflicts, "seen", broken)
    sent: list[dict[str, Any]] = []
    body = json.dumps(asked("elmira")).encode()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/check", "headers": [], "query_string": b"", "root_path": ""}
    with ThreadPoolExecutor(1) as apart, pytest.raises(ZeroDivisionError):  # the server writes it down
        apart.submit(asyncio.run, Workbench(Folder(tmp_path)).app(scope, receive, send)).result()  # a browser's loop may run in this thread
    assert sent[0]["status"] == 500
    assert json.loads(sent[1]["body"])["diagnostics"][0]["code"] == "D901"
    assert b"Traceback" not in sent[1]["body"]


def test_every_number_of_a_document_is_told_exactly(bench: Served) -> None:
    """Numbers beyond what browsers hold come as digits."""
    answer = bench.post("check", asked("gaza-all-fronts")).content.decode()

    def whole(digits: str) -> int:
        assert abs(int(digits)) < 1 << 53
        return int(digits)

    json.loads(answer, parse_int=whole)


def test_a_count_of_any_length_is_told(bench: Served) -> None:
    options = "".join(f"      o{number}:\n" for number in range(16_000))
    text = f"detente: 1\ntitle: t\ndecision makers:\n  A:\n    options:\n{options}"
    told = bench.post("check", {"name": "a.yaml", "text": text})
    assert told.status == 200
    assert format(Decimal(2**16_000), "f") in told.content.decode()


def test_the_report_is_the_file_that_the_command_line_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elmira.yaml").write_bytes((CASES / "elmira.yaml").read_bytes())
    assert main(["report", "elmira.yaml", "-o", "elmira.html", "--under", "SEQ"]) == 0
    capsys.readouterr()
    found = done("report", asked("elmira", under="SEQ"))
    assert (found["schema"], found["name"]) == ("detente.report/1", "elmira.html")
    assert found["text"] == (tmp_path / "elmira.html").read_text(encoding="utf-8")
    changes = [{"change": "set status quo", "taken": ["Delay", "Insist"]}]
    tried = done("report", asked("elmira", under="SEQ", changes=changes))["text"]
    words = "The status quo is that Delay and Insist are taken and nothing else."
    assert tried.index('<h2 id="tried-title">') < tried.index(words) < tried.index('id="brief"')
    assert "detente report elmira.yaml" in found["text"]
    assert "detente report" not in tried  # no command makes it again, and it says so
    assert "No command makes this report again" in tried
    assert "tried" not in found["text"]


def test_all_verbs_are_asked_here() -> None:
    """A verb of the command line that the server answers is compared with it above."""
    assert {"report", *(verb for verb, *_ in (*AT_ONCE, *JOBS))} == set(VERBS) - verbs_of_the_page()


def verbs_of_the_page() -> set[str]:
    """What only the page asks: compared with documents of the command line in tests of its own."""
    return {"viewpoints", "states", "moves", "standing", "changing", "table", *("condensed", "going-on", "guesses", "route", "sure")} & set(
        verbs.VERBS
    )
