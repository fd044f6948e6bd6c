"""Questions that are answered at once: nobody is held up by a slow one, nor waits for ever; what is kept is bounded."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from detente import io
from detente.app.answers import ProblemsDocument
from detente.concepts.registry import all_concepts
from detente.errors import UsageError
from detente.io.loaded import Loaded
from detente.workbench import answering, at_once, differing, jobs, server
from detente.workbench import asked as asking
from detente.workbench.asked import Asked, Conflicts
from detente.workbench.jobs import Jobs
from detente.workbench.verbs import VERBS
from detente.workbench.workers import Spare
from tests.workbench.served import asked, served
from tests.workbench.test_waiting import Held


class Slow:
    """What answers: it begins, and goes on telling how far it is until it may end."""

    def __init__(self) -> None:
        self.begun, self.may, self.ended = 0, Event(), list[type[BaseException] | None]()

    def __call__(self, verb: object, one: object, conflicts: object, progress: Callable[[str], None]) -> Any:
        """As `detente.workbench.answering.answered`."""
        self.begun += 1
        try:
            while not self.may.wait(0.01):
                progress("still at it")
        except BaseException as problem:
            self.ended.append(type(problem))
            raise
        self.ended.append(None)
        return ProblemsDocument(diagnostics=())


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Every question that is answered at once is slow."""
    found = Slow()
    monkeypatch.setattr(server, "answered", found)
    yield found
    found.may.set()


def until(happens: Callable[[], bool]) -> None:
    """Wait until something happens."""
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_slow_questions_hold_up_nothing_else_and_only_so_many_are_answered_at_a_time(tmp_path: Path, slow: Slow) -> None:
    with served(tmp_path) as bench, ThreadPoolExecutor(at_once.MOST + 3) as apart:
        waiting = [apart.submit(bench.post, "check", asked("elmira")) for _ in range(at_once.MOST + 3)]
        until(lambda: slow.begun == at_once.MOST)
        assert bench.get("/api/files").status == 200
        assert bench.get("/api/jobs/1").codes == ["U546"]
        assert slow.begun == at_once.MOST
        slow.may.set()
        assert [one.result().status for one in waiting] == [200] * len(waiting)
    assert slow.ended == [None] * len(waiting)


def test_a_question_that_takes_too_long_is_told_so_and_ends(tmp_path: Path, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "SECONDS", 0.05)
    with served(tmp_path) as bench:
        for _ in range(at_once.MOST + 1):  # each leaves room for the next
            answer = bench.post("check", asked("elmira"))
            assert (answer.status, answer.codes) == (400, ["U551"])
        until(lambda: slow.ended == [at_once.GoneError] * (at_once.MOST + 1))


def test_two_conflicts_are_compared_no_longer_than_others_are_asked(tmp_path: Path, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "SECONDS", 0.05)
    monkeypatch.setattr(differing, "differing", lambda asked, conflicts, progress: slow(None, asked, conflicts, progress))
    with served(tmp_path) as bench:
        assert bench.post("difference", {"first": asked("elmira"), "second": asked("chicken")}).codes == ["U551"]
        until(lambda: slow.ended == [at_once.GoneError])


def test_why_ends_within_its_work_where_nobody_waits() -> None:
    """In large conflicts it takes seconds for each verdict: who goes from state to state would leave that much behind."""
    verb, told = VERBS["why"], list[str]()
    why = verb.asks.model_validate(asked("elmira", state=1, by="Local", under="SEQ"))
    answering.answered(verb, why, Conflicts(), told.append)
    assert told == ["Local under SEQ", *(f"Local under {one.key}" for one in all_concepts() if one.key != "SEQ"), "the sentences"]


def test_nobody_goes_on_for_one_who_went_away(tmp_path: Path, slow: Slow) -> None:
    with served(tmp_path) as bench:
        body = json.dumps(asked("elmira")).encode()
        head = "".join(f"{name}: {value}\r\n" for name, value in bench.headers(Content_Length=str(len(body))).items())
        with socket.create_connection(("127.0.0.1", bench.port)) as line:
            line.sendall(f"POST /api/check HTTP/1.1\r\n{head}\r\n".encode() + body)
            until(lambda: slow.begun == 1)
        until(lambda: slow.ended == [at_once.GoneError])


def test_the_end_of_the_server_waits_for_no_question(tmp_path: Path, slow: Slow) -> None:
    with ThreadPoolExecutor(1) as apart:
        with served(tmp_path) as bench:
            waits = apart.submit(bench.post, "check", asked("elmira"))
            until(lambda: slow.begun == 1)
        assert waits.result().status == 503
    until(lambda: slow.ended == [at_once.GoneError])


def test_so_many_conflicts_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    text = str(asked("elmira")["text"])
    monkeypatch.setattr(asking, "LETTERS", 2 * len(text) + 10)
    conflicts = Conflicts()
    for number in range(4):
        conflicts.seen(Asked(name="a.yaml", text=f"{text}#{number}"))
    assert len(vars(vars(conflicts)["_kept"])["_made"]) == 2


def _given(worker: Held) -> Held:
    return worker


def test_answers_of_jobs_are_kept_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(str(asked("elmira")["text"])) + 9  # the answer of `Held` is said to have nine letters
    monkeypatch.setattr(jobs, "LETTERS", 2 * size)
    all_jobs, verb = Jobs(), VERBS["analysis"]
    monkeypatch.setattr(Spare, "prepare", lambda self: None)
    for under in ("SEQ", "Nash", "GMR"):
        worker = Held()
        worker.may.set()
        monkeypatch.setattr(vars(all_jobs)["_spare"], "taken", partial(_given, worker))
        number = all_jobs.begin(verb, verb.asks.model_validate(asked("elmira", under=under))).number
        while all_jobs.state(number).state != "done":
            time.sleep(0.005)
    until(lambda: list(vars(all_jobs)["_jobs"]) == [2, 3])
    with pytest.raises(UsageError) as gone:
        all_jobs.state(1)
    assert "at most" in str(gone.value.diagnostics[0].help), "fewer than that, where they are long"


def test_what_is_looked_at_first_is_answered_first(tmp_path: Path, slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_once, "PATIENCE", 60.0)
    monkeypatch.setattr(at_once, "TOGETHER", 0.2)
    with served(tmp_path) as bench, ThreadPoolExecutor(3) as apart:
        later = apart.submit(bench.post, "check", asked("elmira"))
        first = apart.submit(bench.post, "states", asked("elmira"))
        until(lambda: slow.begun == 1)
        assert bench.workbench.at_once._first == 1
        time.sleep(0.5)
        assert slow.begun == 1  # the other waits for it, though it came before
        slow.may.set()
        assert [first.result().status, later.result().status] == [200, 200]
        assert slow.begun == 2
        slow.may.clear()
        monkeypatch.setattr(at_once, "PATIENCE", 0.1)
        waits = [apart.submit(bench.post, verb, asked("elmira")) for verb in ("states", "check")]
        until(lambda: slow.begun == 4)  # but it does not wait long
        slow.may.set()
        assert [one.result().status for one in waits] == [200, 200]


def test_what_a_page_opens_with_is_read_before_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = str(asked("elmira")["text"])
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("x", encoding="utf-8")
    read: list[str] = []

    def loads(text: str, name: str) -> Loaded:
        read.append(name)
        return as_ever(text, name)

    as_ever = io.loads
    monkeypatch.setattr(io, "loads", loads)
    with served(tmp_path) as bench:
        for query in ("?file=own.yaml", "?case=prisoners-dilemma", "?file=broken.yaml", "?file=../own.yaml", "?case=nothing", "", "?"):
            bench.workbench.read_ahead(query)
        assert read == ["own.yaml", "prisoners-dilemma.yaml", "broken.yaml"]
        for name in ("files/own.yaml", "cases/prisoners-dilemma"):  # as the page asks
            held = bench.get(f"/api/{name}").data
            assert bench.post("states", {"name": held["name"], "text": held["text"], "viewpoint": None, "changes": []}).status == 200
        assert len(read) == 3
