"""What was asked by pressing a button stands in the address, and the JSON of the page there has its answer."""

from __future__ import annotations

import json
import socket
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest

from detente.workbench.answering import answered
from detente.workbench.asked import Conflicts
from detente.workbench.openapi import description
from detente.workbench.questions import OF_VIEWS, Questions
from detente.workbench.verbs import VERBS
from tests.workbench.served import Answer, Served, asked

UP = {"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": True}
QUARRY, NEIGHBOURS = "half-known-objection", "misread-neighbours"
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "unlock": ("elmira", {"target": "8", "want": "reach", "under": "SEQ", "kinds": "coalitions", "changes": [UP]}),
    "compare": (NEIGHBOURS, {"under": "SEQ"}),
    "sure": (QUARRY, {"under": "SEQ", "without": True, "levers": False, "where": ["true"]}),
    "going-on": ("elmira", {"start": 1, "movers": "equal", "rounds": 2, "changes": [UP]}),
}
"""A question for each verb, with the case that it is asked of."""
VIEWS = {verb: view for view, verbs in OF_VIEWS.items() for verb in verbs}


def page(bench: Served, questions: object, **said: str) -> Answer:
    """The page at an address that says that this was asked, when all jobs are over."""
    return bench.get(f"/?{urlencode({**said, 'asked': json.dumps(questions), 'as': 'json', 'wait': '20'})}")


def jobs(bench: Served, questions: object, **said: str) -> list[str]:
    """Which jobs there are of such a page, besides the analysis."""
    return [name for name in page(bench, questions, **said).data["jobs"] if name != "analysis"]


@pytest.mark.parametrize("verb", ASKED)
def test_the_page_has_the_answer_of_what_was_asked(bench: Served, verb: str) -> None:
    case, question = ASKED[verb]
    tried = json.dumps(question.get("changes", []))
    answer = page(bench, {verb: question}, case=case, view=VIEWS[verb], tried=tried)
    found = answer.data
    assert answer.status == 200
    schema = description()["paths"]["/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": description()["components"]}).validate(found)
    assert list(found["jobs"]) == ["analysis", verb]
    job = found["jobs"][verb]
    assert job["state"] == "done"
    request = asked(case, **question)
    library = answered(VERBS[verb], VERBS[verb].asks.model_validate(request), Conflicts())
    assert job["answer"] == json.loads(library.json_text())
    assert bench.post(verb, request).data["number"] == job["number"], "the page's own request finds the same job"
    assert found["selection"]["asked"] == Questions.model_validate({verb: question}).data()
    assert question.items() <= found["selection"]["asked"][verb].items()


def test_questions_are_answered_where_they_are_shown(bench: Served) -> None:
    both = {"sure": {"levers": False}, "going-on": {}, "compare": {"under": "SEQ"}, "unlock": {"kinds": "coalitions"}}
    for view, expected in {**OF_VIEWS, "path": (), "moves": ()}.items():
        assert jobs(bench, both, case=NEIGHBOURS, view=view) == list(expected)
    assert jobs(bench, {"compare": {"under": "SEQ"}}, case="elmira", view="compare") == [], "a file without viewpoints"
    assert jobs(bench, {"compare": {"under": "SEQ"}}, case=NEIGHBOURS, view="compare", under="Nash") == []
    assert jobs(bench, {"sure": None}, case=NEIGHBOURS, view="sure") == []


def test_what_is_shown_of_another_conflict_is_levers_alone(bench: Served) -> None:
    before = {"changes": [UP], "viewpoint": None}
    assert jobs(bench, {"unlock": {**before, "kinds": "coalitions"}}, case="elmira", view="unlock") == ["unlock"]
    for verb in ("sure", "going-on"):
        assert jobs(bench, {verb: before}, case="elmira", view="sure") == []
        assert jobs(bench, {verb: {}}, case="elmira", view="sure", tried=json.dumps([UP])) == []
        assert jobs(bench, {verb: {}}, case=NEIGHBOURS, view="sure", viewpoint="north") == []


def test_a_plan_is_told_with_the_path_that_it_is_for(bench: Served) -> None:
    plan = {"plan": {"target": "8", "start": 1, "under": "SEQ", "kinds": "plan"}}
    shown = {"case": "elmira", "view": "path", "to": "8"}
    found = page(bench, plan, **shown).data["jobs"]
    assert list(found) == ["analysis", "path", "plan"]
    assert found["plan"] == bench.post("unlock", asked("elmira", **plan["plan"])).data  # the same job
    for other in ({"under": "Nash"}, {"to": "5"}, {"from": "2"}, {"tried": json.dumps([UP])}):
        assert "plan" not in page(bench, plan, **{**shown, **other}).data["jobs"]
    assert jobs(bench, plan, case="elmira", view="unlock") == []


def test_what_can_not_be_answered_is_told_by_the_job(bench: Served) -> None:
    found = page(bench, {"unlock": {"target": "nowhere"}}, case="elmira", view="unlock")
    assert found.status == 200
    job = found.data["jobs"]["unlock"]
    assert job["state"] == "failed"
    assert job["answer"] == bench.answered("unlock", asked("elmira", target="nowhere")).data
    other = page(bench, {"unlock": {"changes": [{**UP, "dm": "Nobody"}]}}, case="elmira", view="unlock").data["jobs"]["unlock"]
    assert (other["state"], other["answer"]["diagnostics"][0]["code"]) == ("failed", "M130")


@pytest.mark.parametrize(
    "said",
    [
        *("[", "", "null", "3", "[]", '"unlock"', "NaN", "[" * 5_000, '{"a":' * 5_000, '{"solve": {}}', '{"going_on": {}}', '{"": {}}'),
        *('{"unlock": 3}', '{"unlock": []}', '{"unlock": {"name": "a"}}', '{"sure": {"text": "detente: 1"}}', '{"sure": {"opening": "x"}}'),
        *('{"sure": {"seconds": 1e999}}', '{"sure": {"seconds": NaN}}', '{"sure": {"seed": -1}}', '{"unlock": {"edits": 9}}'),
        *('{"going-on": {"to": "x"}}', '{"going-on": {"movers": 3}}', '{"compare": {"viewpoint": 3}}', '{"unlock": {"target": "\\ud800"}}'),
        *('{"unlock": {"changes": [{"change": "nothing"}]}}', '{"unlock": {"changes": {}}}', f'{{"sure": {{"seed": {"9" * 5_000}}}}}'),
    ],
)
def test_what_can_not_be_read_is_refused(bench: Served, said: str) -> None:
    for view in ("moves", "unlock"):
        answer = bench.get(f"/?{urlencode({'case': 'elmira', 'view': view, 'asked': said, 'as': 'json'})}")
        assert (answer.status, answer.codes) == (400, ["U544"])


def test_an_address_may_be_as_long_as_the_page_writes_one(bench: Served) -> None:
    """In pieces, as a browser may send it."""
    rule = {"change": "add rule", "place": 1, "never": "Modify and not Modify", "says": "水" * 7_900}
    question = {"sure": {"levers": False, "where": ["水" * 7_900]}}
    said = {name: json.dumps(one, ensure_ascii=False) for name, one in {"tried": [rule], "asked": question}.items()}
    lines = [
        f"GET /?{urlencode({'case': 'elmira', **said})} HTTP/1.1",
        "Accept: application/json",
        *map(": ".join, bench.headers().items()),
    ]
    head = "\r\n".join([*lines, "", ""]).encode()
    assert len(head) > 140_000
    with closing(socket.create_connection(("127.0.0.1", bench.port), timeout=30)) as line:
        for at in range(0, len(head), 10_000):
            line.sendall(head[at : at + 10_000])
        assert line.recv(12) in (b"HTTP/1.1 200", b"HTTP/1.1 202")
