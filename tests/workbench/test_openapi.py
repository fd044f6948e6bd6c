"""The description of what the server answers is one by the specification, leaves no route out, and what comes back is as it says."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from starlette.routing import Mount, Route

from detente.workbench.openapi import ANSWERS, description
from detente.workbench.twin import Address
from detente.workbench.verbs import VERBS
from tests.workbench.served import Answer, Served, asked

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}


def record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with exactly these keys."""
    known = required | (optional or {})
    return {"type": "object", "required": list(required), "properties": known, "additionalProperties": False}


SCHEMA = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
CONTENT = {"type": "object", "minProperties": 1, "additionalProperties": record({"schema": SCHEMA})}
PARAMETER = record(
    {"name": TEXT, "in": {"enum": ["path", "query", "header", "cookie"]}, "required": {"type": "boolean"}, "schema": SCHEMA},
    {"description": TEXT},
)
OPERATION = record(
    {
        "operationId": TEXT,
        "description": TEXT,
        "responses": {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[1-5][0-9][0-9]$"},
            "additionalProperties": record({"description": TEXT, "content": CONTENT}),
        },
    },
    {"requestBody": record({"required": {"const": True}, "content": CONTENT}), "parameters": {"type": "array", "items": PARAMETER}},
)
METHODS = ("get", "put", "post", "delete")
SPECIFIED = record(
    {
        "openapi": {"const": "3.1.0"},
        "info": record({"title": TEXT, "version": TEXT}, {"summary": TEXT}),
        "servers": {"type": "array", "items": record({"url": TEXT})},
        "security": {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "array"}}},
        "paths": {
            "type": "object",
            "propertyNames": {"pattern": "^/"},
            "additionalProperties": record({}, {**dict.fromkeys(METHODS, OPERATION), "parameters": {"type": "array", "items": PARAMETER}}),
        },
        "components": record({"schemas": {"type": "object", "additionalProperties": SCHEMA}, "securitySchemes": {"type": "object"}}),
    }
)
"""The part of the specification that is used, written down a second time (sections 4.8.1 to 4.8.27)."""


@pytest.fixture(scope="module")
def told(bench: Served) -> Any:
    """The description, as the server gives it."""
    return bench.get("/api/openapi.json").data


def test_it_is_a_description_by_the_specification(told: Any) -> None:
    jsonschema.Draft202012Validator(SPECIFIED).validate(told)
    names = [one["operationId"] for path in told["paths"].values() for method, one in path.items() if method in METHODS]
    assert len(set(names)) == len(names)
    for path, item in told["paths"].items():
        varies = [one["name"] for one in item.get("parameters", ()) if one["in"] == "path"]
        assert sorted(varies) == sorted(part.split("}")[0] for part in path.split("{")[1:])
    schemes = told["components"]["securitySchemes"]
    assert {name for one in told["security"] for name in one} == set(schemes)


def test_every_reference_leads_somewhere(told: Any) -> None:
    def references(value: Any) -> set[str]:
        if isinstance(value, dict):
            own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
            return own.union(*map(references, value.values()))
        return set().union(*map(references, value)) if isinstance(value, list) else set()

    found = references(told)
    assert found
    assert {one.removeprefix("#/components/schemas/") for one in found} <= set(told["components"]["schemas"])


def test_every_schema_is_one(told: Any) -> None:
    for schema in told["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_route_is_in_it_and_nothing_else(told: Any, bench: Served) -> None:
    routes = {
        (route.path.replace(":path}", "}"), method.lower())
        for route in bench.workbench.app.routes
        if isinstance(route, Route) and route.path != "/api/openapi.json"
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert {(path, method) for path, item in told["paths"].items() for method in item if method != "parameters"} == routes
    assert [route for route in bench.workbench.app.routes if not isinstance(route, Route | Mount)] == []
    assert set(ANSWERS) == set(VERBS)


def test_all_that_is_read_of_the_address_of_a_page_is_in_it(told: Any) -> None:
    read = {field.alias or name for name, field in Address.model_fields.items()}
    assert {one["name"] for one in told["paths"]["/"]["get"]["parameters"]} == read | {"as", "wait"}


def test_it_is_the_same_each_time(told: Any) -> None:
    assert json.loads(json.dumps(description())) == told


def check_as_told(told: Any, path: str, method: str, answer: Answer) -> None:
    """Compare an answer with what the description says of it; refuses what is said nowhere."""
    responses = told["paths"][path][method]["responses"]
    assert str(answer.status) in responses, (path, method, answer.status, answer.content)
    kinds = responses[str(answer.status)]["content"]
    kind = (answer.header("content-type") or "").split(";")[0]
    assert kind in kinds, (path, method, kind)
    if kind == "application/json":
        schema = {**kinds[kind]["schema"], "components": told["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer.data)


@pytest.mark.parametrize("name", VERBS)
def test_answers_are_as_it_says(told: Any, bench: Served, name: str) -> None:
    path, fields = f"/api/{name}", VERBS[name].asks.model_fields
    needed = {"state": 1, "by": "Local", "under": "SEQ", "states": [1, 5]}
    more = {key: value for key, value in needed.items() if key in fields and fields[key].is_required()}
    changes = [{"change": "move ranked state", "dm": "Local", "taken": ["Delay"], "up": False}]
    answer = bench.post(name, asked("elmira", changes=changes, **more))
    assert answer.status in (200, 202)
    check_as_told(told, path, "post", answer)
    if answer.status == 202:
        bench.raw("DELETE", f"/api/jobs/{answer.data['number']}", bench.headers())
    check_as_told(told, path, "post", bench.post(name, {"name": "a", "text": "x", **more}))
    check_as_told(told, path, "post", bench.post(name, {}))
    check_as_told(told, path, "post", bench.post(name, {}, Origin=None))
    check_as_told(told, path, "post", bench.post(name, {}, Host="evil.example"))


def test_answers_about_files_are_as_it_says(told: Any, bench: Served) -> None:
    file = "/api/files/{name}"
    check_as_told(told, "/api/files", "get", bench.get("/api/files"))
    check_as_told(told, file, "put", bench.put("a.yaml", "detente: 1", None))
    check_as_told(told, file, "put", bench.put("a.yaml", "detente: 1", None))
    check_as_told(told, file, "put", bench.put("a.yaml", "\0", None))
    check_as_told(told, file, "put", bench.put("a.txt", "", None))
    check_as_told(told, file, "get", bench.get("/api/files/a.yaml"))
    check_as_told(told, file, "get", bench.get("/api/files/b.yaml"))
    check_as_told(told, "/api/cases/{name}", "get", bench.get("/api/cases/elmira"))
    check_as_told(told, "/api/cases/{name}", "get", bench.get("/api/cases/nowhere"))
    check_as_told(told, "/api/jobs/{number}", "get", bench.get("/api/jobs/9999"))
    check_as_told(told, "/api/jobs/{number}", "delete", bench.raw("DELETE", "/api/jobs/9999", bench.headers()))
    check_as_told(told, "/api/jobs/{number}", "get", bench.get("/api/jobs/x"))
