"""Requests at random: every one is answered as the description says, and none shows a fault of the program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from detente.workbench.jobs import Jobs
from detente.workbench.openapi import description
from detente.workbench.questions import OF_VIEWS
from detente.workbench.verbs import VERBS
from detente.workbench.working import work
from tests.workbench.requests import Request, bodies, operations, pressed, requests
from tests.workbench.served import Answer, Served, served

PLAIN = settings(
    phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck), max_examples=300, database=None, deadline=None
)


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workbench whose jobs are never begun: what they do is tried without processes below."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Jobs, "_go_on", lambda self: self._waiting.clear())
        folder: Path = tmp_path_factory.mktemp("open")
        (folder / "in").mkdir()
        with served(folder) as found:
            yield found


def answered(one: Request, bench: Served) -> Answer:
    """The answer to a request; it is among those that the description names."""
    answer = bench.raw(one.method.upper(), one.target, bench.headers(), one.body)
    assert answer.status != 500, answer.content.decode()
    told = description()["paths"][one.path][one.method]["responses"]
    assert str(answer.status) in told
    if one.path == "/" and (answer.header("content-type") or "").startswith("text/html"):
        return answer  # the page itself
    assert answer.data["schema"].startswith("detente.")
    return answer


def asked_at_random(bench: Served, number: int) -> Counter[tuple[str, int]]:
    """Send so many requests or some more, as many to each operation; how often each was answered with which status."""
    seen: Counter[tuple[str, int]] = Counter()
    for path, method in operations():

        @settings(PLAIN, max_examples=-(-number // len(operations())))
        @given(requests(path, method))
        def asking(one: Request) -> None:
            seen[one.path, answered(one, bench).status] += 1

        asking()
    return seen


def test_no_request_shows_a_fault(idle: Served) -> None:
    seen = asked_at_random(idle, 300)
    statuses = Counter(status for _, status in seen.elements())
    assert {200, 202, 400, 422} <= set(statuses)
    assert statuses[200] + statuses[202] >= 30, f"most requests are refused before they are looked at: {sorted(seen.items())}"


def test_no_question_in_an_address_shows_a_fault(idle: Served) -> None:
    seen: Counter[int] = Counter()

    @settings(PLAIN, max_examples=80)
    @given(pressed(), st.sampled_from(sorted(OF_VIEWS)))
    def asking(said: str, view: str) -> None:
        target = f"/?case=elmira&as=json&view={view}&asked={quote(said, safe='', errors='replace')}"
        seen[answered(Request("/", "get", target, None), idle).status] += 1

    asking()
    assert {202, 400} <= set(seen)
    assert seen[202] >= 20, f"most questions are refused: {seen}"


@pytest.mark.long
def test_no_request_of_ten_thousand_shows_a_fault(idle: Served) -> None:
    seen = asked_at_random(idle, 10_700)  # an operation that takes nothing is asked once
    assert sum(seen.values()) >= 10_000
    print(sorted(seen.items()))
    assert {path for path, status in seen if status < 300} == set(description()["paths"])


SOME = {"report": 60}
"""How many requests are made where an answer takes seconds."""


@pytest.mark.long
@pytest.mark.parametrize("verb", [verb.name for verb in VERBS.values() if verb.long])
def test_no_job_shows_a_fault(verb: str) -> None:
    ended: Counter[str] = Counter()
    schema = description()["paths"][f"/api/{verb}"]["post"]["requestBody"]["content"]["application/json"]["schema"]

    @settings(PLAIN, max_examples=SOME.get(verb, 500))
    @given(bodies(schema))
    def working(body: bytes) -> None:
        try:
            VERBS[verb].asks.model_validate_json(body)
            asked = json.loads(body)
        except ValueError:
            return  # told before a job is begun
        told = StringIO()
        work(StringIO(json.dumps({"verb": verb, "asked": asked})), told)
        last = json.loads(told.getvalue().splitlines()[-1])
        assert "D901" not in [one["code"] for one in last.get("problems", {}).get("diagnostics", ())]
        ended["answer" if "answer" in last else "problems"] += 1

    working()
    print(dict(ended))
    assert ended["answer"] >= 3
    assert ended["problems"] >= 3
