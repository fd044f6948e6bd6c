"""Long work: each job is a process of its own, watched and given up by number."""

from __future__ import annotations

import errno
import importlib
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from detente.workbench import jobs, workers
from detente.workbench.jobs import Jobs
from detente.workbench.verbs import VERBS
from tests.workbench.served import Served, asked, served

psutil: Any = importlib.import_module("psutil")  # has no types of its own
LONG: dict[str, object] = {"draws": 100_000, "seconds": 3_600.0, "levers": True, "tipping": True, "without": True}
"""A sweep of the flagship that nobody waits for."""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Served]:
    """A workbench without jobs."""
    with served(tmp_path) as found:
        yield found


def begun(here: Served, verb: str = "sweep", case: str = "gaza-hostage-talks", /, **more: object) -> int:
    """Begin a job; returns its number."""
    answer = here.post(verb, asked(case, **(more or LONG)))
    assert answer.status == 202, answer.content
    assert answer.data["schema"] == "detente.job/1"
    assert answer.data["verb"] == verb
    assert answer.data["answer"] is None
    number = answer.data["number"]
    assert isinstance(number, int)
    return number


def process(here: Served, number: int) -> Any:
    """The process of a job that runs."""
    until = time.monotonic() + 30
    while (found := here.workbench.jobs._jobs[number].worker) is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    return psutil.Process(found.pid)


def give_up(here: Served, number: int) -> Any:
    """Give a job up."""
    answer = here.raw("DELETE", f"/api/jobs/{number}", here.headers())
    assert answer.status == 200
    return answer.data


def is_gone(one: Any, within: float) -> bool:
    """Whether a process is no more, within some seconds."""
    until = time.monotonic() + within
    with suppress(psutil.NoSuchProcess):  # it may go between the two questions
        while one.is_running() and one.status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
    return True


def test_a_job_tells_how_far_it_is_and_is_done(here: Served) -> None:
    number = begun(here, "unlock", "elmira", kinds="priority")
    told: list[dict[str, Any]] = []
    until = time.monotonic() + 60
    while not told or told[-1]["state"] not in ("done", "failed"):
        told.append(here.get(f"/api/jobs/{number}").data)
        assert time.monotonic() < until
        time.sleep(0.01)
    assert told[-1]["state"] == "done"
    assert [one["answer"] for one in told[:-1]] == [None] * (len(told) - 1)
    assert told[-1]["progress"] != ""
    seconds = [one["seconds"] for one in told]
    assert seconds == sorted(seconds)
    assert told[-1]["answer"]["schema"] == "detente.unlock/1"
    assert here.get(f"/api/jobs/{number}").data == told[-1]  # as often as it is asked for
    assert give_up(here, number) == told[-1]  # what is over can't be given up


def test_a_job_that_is_given_up_ends_within_a_second(here: Served) -> None:
    number = begun(here)
    worker = process(here, number)
    here.job(number, ("running",))
    until = time.monotonic() + 120
    while not here.get(f"/api/jobs/{number}").data["progress"]:  # until it is in the midst of its work
        assert time.monotonic() < until
        time.sleep(0.01)
    told = give_up(here, number)
    assert (told["state"], told["answer"]) == ("given up", None)
    assert is_gone(worker, 1)
    time.sleep(0.1)
    assert here.get(f"/api/jobs/{number}").data == told


def test_what_cannot_be_read_is_no_job(here: Served) -> None:
    for verb in ("unlock", "compare", "sweep"):
        assert here.post(verb, {"name": "a.yaml", "text": "x"}).status == 422
        assert here.post(verb, asked("elmira", viewpoint="nobody")).codes == ["U470"]
    assert here.get("/api/jobs/1").codes == ["U546"]


def test_a_job_that_fails_tells_why(here: Served) -> None:
    told = here.over(begun(here, "unlock", "elmira", target="nowhere"))
    assert told["state"] == "failed"
    assert told["answer"]["schema"] == "detente.problems/1"
    assert [one["severity"] for one in told["answer"]["diagnostics"]] == ["error"]
    assert "nowhere" in told["answer"]["diagnostics"][0]["message"]


def test_a_process_that_somebody_else_ends_is_told(here: Served) -> None:
    number = begun(here)
    process(here, number).kill()
    told = here.over(number)
    assert told["state"] == "failed"
    assert [one["code"] for one in told["answer"]["diagnostics"]] == ["U550"]
    assert "signal 9" in told["answer"]["diagnostics"][0]["message"]


def test_a_process_that_cannot_be_begun_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    verb = VERBS["sweep"]
    all_jobs = Jobs()
    monkeypatch.setattr(workers.Worker, "__init__", full)
    told = all_jobs.begin(verb, verb.asks.model_validate(asked("elmira")))
    assert told.state == "failed"
    assert told.answer is not None
    assert told.answer["diagnostics"][0]["code"] == "U550"
    monkeypatch.undo()
    assert all_jobs.begin(verb, verb.asks.model_validate(asked("elmira", seconds=1.0))).state in ("waiting", "running")
    all_jobs.close()


def test_some_jobs_run_and_others_wait_and_no_more_than_that(here: Served) -> None:
    numbers = [begun(here, draws=100_000, seconds=3_600.0, seed=seed) for seed in range(jobs.RUNNING + jobs.WAITING)]
    assert numbers == list(range(1, len(numbers) + 1))
    states = [here.get(f"/api/jobs/{number}").data["state"] for number in numbers]
    assert states == ["running"] * jobs.RUNNING + ["waiting"] * jobs.WAITING
    assert here.post("sweep", asked("elmira")).codes == ["U547"]
    workers = [process(here, number) for number in numbers[: jobs.RUNNING]]
    assert give_up(here, numbers[-1])["state"] == "given up"  # one that waits
    assert here.workbench.jobs._jobs[numbers[-1]].worker is None
    give_up(here, numbers[0])
    assert here.job(numbers[jobs.RUNNING], ("running",), 5)["state"] == "running"  # the first that waited
    assert here.get(f"/api/jobs/{numbers[jobs.RUNNING + 1]}").data["state"] == "waiting"
    workers.append(process(here, numbers[jobs.RUNNING]))
    every = [here.workbench.jobs._jobs[number] for number in numbers[1:-1]]
    here.workbench.jobs.close()
    assert all(is_gone(worker, 1) for worker in workers)
    assert {job.state for job in every} == {"given up"}
    assert [job.number for job in every if job.worker is None] == numbers[jobs.RUNNING + 1 : -1]  # none was begun only to be ended


def test_jobs_that_are_long_over_are_forgotten(monkeypatch: pytest.MonkeyPatch, here: Served) -> None:
    monkeypatch.setattr(jobs, "KEPT", 2)
    numbers = [begun(here, **(LONG | {"seed": seed})) for seed in range(4)]
    for number in numbers:
        give_up(here, number)
    assert [here.get(f"/api/jobs/{number}").status for number in numbers] == [400, 400, 200, 200]
    assert begun(here) == 5  # a number is never given twice


@pytest.mark.parametrize("number", ["0", "7", "9" * 30, "9" * 5_000])
def test_tbench_is_no_such_job(bench: Served, number: str) -> None:
    for method in ("GET", "DELETE"):
        assert bench.raw(method, f"/api/jobs/{number}", bench.headers()).codes == ["U546"]


@pytest.mark.parametrize("number", ["-1", "1.0", "a", "", "1/2", "%31%00", "٣"])
def test_what_is_no_number_is_no_job(bench: Served, number: str) -> None:
    for method in ("GET", "DELETE"):
        assert bench.raw(method, f"/api/jobs/{quote(number, safe='%/')}", bench.headers()).codes == ["U545"]


def test_a_job_runs_no_module_of_the_current_folder(here: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbench may be started in a folder that came from elsewhere."""
    monkeypatch.chdir(tmp_path)
    for name in ("json", "typing", "detente", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'was-run')!r}, 'w')\n")
    assert here.over(begun(here, "unlock", "elmira", kinds="priority"))["state"] == "done"
    assert not (tmp_path / "was-run").exists()


def begun_by(here: Served, page: str) -> int:
    """The number of a long job that a page asks for, as it is told to the page."""
    answer = here.raw("POST", "/api/sweep", here.headers(Detente_Page=page), json.dumps(asked("gaza-hostage-talks", **LONG)).encode())
    assert answer.status == 202, answer.content
    number = answer.data["number"]
    assert isinstance(number, int)
    return number


def stop(here: Served, number: int, page: str) -> str:
    """What becomes of a job that a page stops."""
    told = here.raw("DELETE", f"/api/jobs/{number}", here.headers(Detente_Page=page)).data["state"]
    assert isinstance(told, str)
    return told


def test_who_stops_a_job_stops_what_they_asked_themselves(here: Served) -> None:
    number = begun_by(here, "one")
    assert begun_by(here, "other") == number
    assert stop(here, number, "one") in ("waiting", "running")
    assert stop(here, number, "one") in ("waiting", "running")  # as often as it is said
    assert begun_by(here, "one") == number  # who asks again
    assert stop(here, number, "other") in ("waiting", "running")
    worker = process(here, number)
    assert stop(here, number, "one") == "given up"
    assert is_gone(worker, 1)
    assert begun_by(here, "one") == number + 1
    assert begun(here) == number + 1  # a program, which may come back at any time
    assert stop(here, number + 1, "one") in ("waiting", "running")
    assert give_up(here, number + 1)["state"] == "given up"


def test_who_is_gone_holds_no_job(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begun_by(here, "closed")
    assert begun_by(here, "open") == number
    monkeypatch.setattr(jobs, "GONE", 0.5)
    assert stop(here, number, "open") in ("waiting", "running")
    for _ in range(8):  # who waits for news is there
        time.sleep(0.1)
        here.raw("GET", f"/api/jobs/{number}", here.headers(Detente_Page="closed"))
    assert here.get(f"/api/jobs/{number}").data["state"] in ("waiting", "running")
    assert here.job(number, ("given up",), 10)["state"] == "given up"  # nobody stops it any more, nor waits for it
    other = begun_by(here, "closed")
    time.sleep(0.6)
    assert here.get(f"/api/jobs/{other}").data["state"] in ("waiting", "running")  # a page that is closed finds it again
    assert begun_by(here, "open") == other
    assert stop(here, other, "open") == "given up"
