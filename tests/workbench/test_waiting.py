"""News of a job is waited for, the same question is not answered twice, a process stands ready, and none outlives the server."""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from detente.workbench import jobs
from detente.workbench.verbs import VERBS
from detente.workbench.workers import Spare
from tests.cli.program import environment
from tests.workbench.served import Served, asked, served

psutil: Any = importlib.import_module("psutil")  # has no types of its own
LONG: dict[str, object] = {"draws": 100_000, "seconds": 3_600.0, "tipping": True, "without": True}


class Held:
    """A worker that tells and answers what a test lets it."""

    def __init__(self) -> None:
        self.may, self.is_ended, self.is_alive, self.pid, self.said = Event(), False, True, 1, 9

    def answers(self, request: object) -> Iterator[dict[str, Any]]:
        """Something at once, more and the answer as soon as it may."""
        yield {"progress": "first"}
        self.may.wait(30)
        yield {"progress": "second"}
        yield {"answer": {"schema": "detente.analysis/1"}}

    def end(self) -> None:
        """Note that it was ended."""
        self.is_ended = True
        self.may.set()

    def ended(self) -> int:
        """As a worker that was ended."""
        return -9


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Served, Held]]:
    """A workbench whose jobs are done by one worker that is held."""
    worker = Held()
    monkeypatch.setattr(Spare, "taken", lambda self: worker)
    monkeypatch.setattr(Spare, "prepare", lambda self: None)
    with served(tmp_path) as found:
        yield found, worker
        worker.may.set()


def told(bench: Served, number: int, times: int) -> Any:
    """What a job has told, as soon as it has told something so many times."""
    until = time.monotonic() + 60
    while (found := bench.get(f"/api/jobs/{number}").data)["told"] < times:
        assert time.monotonic() < until
    return found


def test_whoever_waits_is_told_news_and_the_end(here: tuple[Served, Held]) -> None:
    bench, worker = here
    number = bench.post("analysis", asked("elmira")).data["number"]
    now = told(bench, number, 2)  # that it runs, and something first
    assert (now["state"], now["progress"]) == ("running", "first")
    assert bench.get(f"/api/jobs/{number}?wait=20&told=1").data["told"] == 2  # no news is missed between two questions
    with ThreadPoolExecutor(9) as apart:
        waiting = [apart.submit(bench.get, f"/api/jobs/{number}?wait=20&told=2") for _ in range(8)]
        waiting.append(apart.submit(bench.post, "analysis?wait=20", asked("elmira")))
        until = time.monotonic() + 60
        while len(bench.workbench.jobs._jobs[number].bells) < 9:
            assert time.monotonic() < until
        assert not any(one.done() for one in waiting)
        assert bench.get("/api/files").status == 200  # nobody is held up by those who wait
        worker.may.set()
        found = [one.result() for one in waiting]
    assert {(one.data["state"], one.data["answer"]["schema"]) for one in found} == {("done", "detente.analysis/1")}
    assert [one.status for one in found] == [200] * 8 + [202]
    assert bench.workbench.jobs._jobs[number].bells == set()
    assert bench.get(f"/api/jobs/{number}?wait=20").data["told"] == 4  # what is over is not waited for


def test_nothing_new_is_told_after_the_time(here: tuple[Served, Held]) -> None:
    bench, _ = here
    number = bench.post("analysis?wait=0.05", asked("elmira")).data["number"]
    now = told(bench, number, 2)
    for query in ("wait=0.05", "wait=0.05&told=2", "told=2"):
        assert {**bench.get(f"/api/jobs/{number}?{query}").data, "seconds": 0} == {**now, "seconds": 0}


@pytest.mark.parametrize(
    "query", ["wait=21", "wait=-1", "wait=nan", "wait=inf", "wait=", "wait=x", "told=-1", "told=x", "told=9007199254740992"]
)
def test_what_can_not_be_waited_for(here: tuple[Served, Held], query: str) -> None:
    bench, _ = here
    number = bench.post("analysis", asked("elmira")).data["number"]
    answer = bench.get(f"/api/jobs/{number}?{query}")
    assert (answer.status, answer.codes) == (400, ["U544"])
    if query.startswith("wait"):
        assert bench.post(f"diagnosis?{query}", asked("elmira")).codes == ["U544"]
        assert len(bench.workbench.jobs._jobs) == 1  # and nothing is begun


def test_the_same_question_has_one_job(here: tuple[Served, Held]) -> None:
    bench, worker = here
    first = bench.post("analysis", asked("elmira")).data["number"]
    same: list[dict[str, object]] = [{}, {"under": None}, {"changes": []}]
    others: list[dict[str, object]] = [
        {"under": "SEQ"},
        {"viewpoint": None, "under": "Nash"},
        {"changes": [{"change": "set status quo", "taken": []}]},
    ]
    numbers = [bench.post("analysis", asked("elmira", **more)).data["number"] for more in (*same, *others)]
    assert numbers == [first] * 3 + [first + 1, first + 2, first + 3]
    assert bench.post("diagnosis", asked("elmira")).data["number"] == first + 4
    assert bench.post("analysis", {**asked("elmira"), "name": "other.yaml"}).data["number"] == first + 5
    worker.may.set()
    done = bench.over(first)
    assert bench.post("analysis", asked("elmira")).data == done
    given_up = bench.raw("DELETE", f"/api/jobs/{bench.post('path', asked('elmira', states=[9])).data['number']}", bench.headers()).data
    again = bench.post("path", asked("elmira", states=[9])).data
    assert (again["number"] == given_up["number"]) == (given_up["state"] == "done")


def test_what_was_given_up_is_begun_again(here: tuple[Served, Held]) -> None:
    bench, worker = here
    first = bench.post("analysis", asked("elmira")).data["number"]
    assert bench.raw("DELETE", f"/api/jobs/{first}", bench.headers()).data["state"] == "given up"
    assert worker.is_ended
    assert bench.post("analysis", asked("elmira")).data["number"] == first + 1


def test_what_is_over_in_seconds_waits_for_nothing_that_is_not(here: tuple[Served, Held]) -> None:
    bench, _ = here
    sweeps = [bench.post("sweep", asked("elmira", seed=seed)).data for seed in range(jobs.RUNNING + 1)]
    assert [one["state"] for one in sweeps] == ["running"] * jobs.RUNNING + ["waiting"]
    brief = [bench.post("analysis", asked("elmira", under=under)).data for under in ("SEQ", "Nash", "GMR")[: jobs.RUNNING + 1]]
    assert [one["state"] for one in brief] == ["running"] * jobs.RUNNING + ["waiting"]


def test_a_process_stands_ready_as_soon_as_a_conflict_was_read(tmp_path: Path) -> None:
    others = set(psutil.Process().children())  # such as a browser of other tests
    with served(tmp_path) as bench:
        spare = bench.workbench.jobs._spare
        assert bench.post("check", {"name": "a.yaml", "text": "x"}).status == 422
        assert vars(spare)["_ready"] is None
        assert bench.post("check", asked("elmira")).status == 200
        ready = spare._ready
        assert ready is not None
        assert bench.post("check", asked("elmira")).status == 200
        assert spare._ready is ready
        number = bench.post("sweep", asked("gaza-hostage-talks", **LONG)).data["number"]
        assert bench.workbench.jobs._jobs[number].worker is ready
        psutil.Process(ready.pid).kill()
        bench.over(number)
    assert vars(spare)["_ready"] is None
    assert set(psutil.Process().children()) <= others  # none of the server's: it ran in this process


def test_one_that_ended_while_it_stood_ready_is_not_taken() -> None:
    spare = Spare()
    spare.prepare()
    ready = spare._ready
    assert ready is not None
    ready.end()
    ready.ended()
    worker = spare.taken()
    assert worker is not ready
    request = {"verb": VERBS["check"].name, "asked": asked("elmira")}
    assert [list(one) for one in worker.answers(request)] == [["answer"]]
    worker.end()
    assert worker.ended() == -signal.SIGKILL
    spare.close()
    spare.prepare()
    assert vars(spare)["_ready"] is None


def test_a_process_ends_with_whoever_began_it() -> None:
    """Also one that is killed, and so can end nothing itself."""
    code = """
import json, sys, time
from detente.workbench.workers import Worker
worker = Worker()
worker._process.stdin.write(sys.stdin.read())
worker._process.stdin.flush()
print(worker.pid, flush=True)
time.sleep(600)
"""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps({"verb": "sweep", "asked": asked("gaza-hostage-talks", **LONG)}) + "\n")
        server.stdin.close()
        worker = psutil.Process(int(server.stdout.readline()))
        assert psutil.Process(worker.pid).ppid() == server.pid
        server.kill()
    psutil.wait_procs([worker], 30)
    assert not worker.is_running()
