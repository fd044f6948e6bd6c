"""What the server answers, described for programs (OpenAPI 3.1): every route, what a request carries and what comes back.

Made from the models that check the requests and the documents that answer them, so that it says what is done and nothing besides.  The
OpenAPI Specification 3.1.0 (OpenAPI Initiative, 2021) says what such a description holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from detente.app.document_base import Document
from detente.app.version import version
from detente.workbench.beginning import Begin
from detente.workbench.differing import AskDifference
from detente.workbench.forms import Form
from detente.workbench.jobs import LONGEST_WAIT
from detente.workbench.keeping import AskText
from detente.workbench.outline import AskOutline
from detente.workbench.revising import AskChangeable, AskChanges
from detente.workbench.server import Save
from detente.workbench.sheets import Sheet
from detente.workbench.twin import PageDocument
from detente.workbench.verbs import VERBS

ANSWERS: Mapping[str, str] = {
    "check": "detente.app.answers:CheckDocument",
    "viewpoints": "detente.workbench.documents:ViewpointsDocument",
    "analysis": "detente.app.documents:AnalysisDocument",
    "why": "detente.app.answers:ExplanationDocument",
    "diagnosis": "detente.app.diagnosis_documents:DiagnosisDocument",
    "path": "detente.app.answers:PathDocument",
    "evolution": "detente.app.evolution_documents:EvolutionDocument",
    "states": "detente.app.table_documents:StatesDocument",
    "table": "detente.app.table_documents:TableFileDocument",
    "moves": "detente.app.table_documents:MovesDocument",
    "condensed": "detente.app.table_documents:CondensedDocument",
    "standing": "detente.app.table_documents:StandingDocument",
    "report": "detente.workbench.written:ReportDocument",
    "changing": "detente.app.changing:ChangingDocument",
    "route": "detente.app.routing:RouteDocument",
    "unlock": "detente.app.unlock_documents:UnlockDocument",
    "compare": "detente.app.comparing:CompareDocument",
    "sweep": "detente.app.sweep_documents:SweepDocument",
    "sure": "detente.workbench.sure:SureDocument",
    "guesses": "detente.workbench.sure:GuessesDocument",
    "going-on": "detente.workbench.sure:GoingOnDocument",
}
"""The document that each verb is answered with: its module and its class."""
PROBLEMS = "detente.app.answers:ProblemsDocument"
PAGE = "detente.workbench.twin:PageDocument"
SHOWN = (
    "as",
    "file",
    "case",
    "viewpoint",
    "state",
    "by",
    "under",
    "view",
    "drawn",
    "from",
    "to",
    "may",
    "first",
    "second",
    "of",
    "where",
    "order",
    "reverse",
    "tried",
    "bare",
    "asked",
    "wait over",
)
SO_FAR = "detente.workbench.documents:SoFarDocument"
FILES, FILE, TEXT, JOB = (f"detente.workbench.documents:{name}Document" for name in ("Files", "File", "Text", "Job"))
OUTLINE, LANGUAGE = "detente.workbench.outline:OutlineDocument", "detente.workbench.described:LanguageDocument"
SHEET = "detente.app.sheets:SheetDocument"
CODE, DIFFERENCE = "detente.app.answers:CodeDocument", "detente.app.differing:DifferenceDocument"
CHANGEABLE, CHANGES = (f"detente.workbench.changeable_documents:{name}Document" for name in ("Changeable", "Changes"))
REFUSED = {
    400: "what is asked can't be answered: each problem with its code",
    404: "there is no such address",
    405: "the address does not take this method",
    409: "the file is not what was to be replaced",
    422: "the text is no conflict file: everything that is wrong with it",
    500: "a fault of the program",
}
"""What statuses mean that come with the document of problems."""
TURNED_AWAY = {
    403: "no token, a wrong one, or a page that does not come from here",
    413: "the request is too long",
    421: "not the host that the workbench was opened at",
    503: "the workbench is being closed",
}
"""What statuses mean that come with a line of text, whatever was asked."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to ask the server.

    Parameters
    ----------
    method
        The method of HTTP, in small letters.
    path
        The address, with what varies in braces.
    says
        What it is for, in a sentence or two.
    answer
        The document that comes back: its module and its class.
    body
        What the request carries, if anything.
    status
        The status of the answer.
    refused
        The statuses that a document of problems comes back with, besides those that any request may meet.
    found
        The document that a job ends with, if a job is what comes back.
    query
        What the address may say after a question mark; see `QUERY`.
    page
        Whether browsers are given a page there, and others a document, with the status 202 while jobs go on that are told in it.
    asker
        Whether it makes a difference which page asks.

    Examples
    --------
    >>> [one.method for one in OPERATIONS if one.path == "/api/files/{name}"]
    ['get', 'put']
    """

    method: str
    path: str
    says: str
    answer: str
    body: type[BaseModel] | None = None
    status: int = 200
    refused: tuple[int, ...] = (400,)
    found: str | None = None
    query: tuple[str, ...] = ()
    page: bool = False
    asker: bool = False


def _verbs() -> Iterable[Operation]:
    for verb in VERBS.values():
        says = " ".join((verb.asks.__doc__ or "").split())
        answer = ANSWERS[verb.name]
        if verb.long:
            says += " May take long: a job is begun, which ends with the answer; asked again, the same job is told of, while it is known."
            yield Operation(
                "post", f"/api/{verb.name}", says, JOB, verb.asks, 202, (400, 422), found=answer, query=("wait over",), asker=True
            )
        else:
            yield Operation("post", f"/api/{verb.name}", says, answer, verb.asks, refused=(400, 422))


OPERATIONS: tuple[Operation, ...] = (
    Operation("get", "/", " ".join((PageDocument.__doc__ or "").split()), PAGE, refused=(400, 422), query=SHOWN, page=True),
    Operation("get", "/api/files", "The conflict files of the folder that is open, and the packaged cases.", FILES),
    Operation("get", "/api/files/{name}", "What a conflict file of the folder holds.", FILE, refused=(400, 422)),
    Operation(
        "put", "/api/files/{name}", "Save a conflict file, if it is still what is to be replaced.", FILE, Save, refused=(400, 409, 422)
    ),
    Operation("get", "/api/cases/{name}", "What the file of a packaged case holds.", FILE),
    *_verbs(),
    Operation("post", "/api/difference", " ".join((AskDifference.__doc__ or "").split()), DIFFERENCE, AskDifference, refused=(400, 422)),
    Operation("post", "/api/text", " ".join((AskText.__doc__ or "").split()), TEXT, AskText, refused=(400, 422)),
    Operation("post", "/api/changeable", " ".join((AskChangeable.__doc__ or "").split()), CHANGEABLE, AskChangeable, refused=(400, 422)),
    Operation("post", "/api/changes", " ".join((AskChanges.__doc__ or "").split()), CHANGES, AskChanges, refused=(400, 422)),
    Operation("post", "/api/form", " ".join((Form.__doc__ or "").split()), TEXT, Form, refused=(400, 422)),
    Operation("post", "/api/outline", " ".join((AskOutline.__doc__ or "").split()), OUTLINE, AskOutline, refused=(400, 422)),
    Operation("post", "/api/new", "The text of a new conflict file; nothing is written.", TEXT, Begin, refused=(400, 422)),
    Operation("post", "/api/sheet", " ".join((Sheet.__doc__ or "").split()), SHEET, Sheet),
    Operation("get", "/api/language", "What may stand in conflict files, and what it is for.", LANGUAGE),
    Operation("get", "/api/codes/{code}", "What the code of a problem means, and how to mend it.", CODE),
    Operation("get", "/api/jobs/{number}", "How far a job is, and its answer.", JOB, query=("wait", "told"), asker=True),
    Operation("delete", "/api/jobs/{number}", "Give a job up, or what one page asked of it.", JOB, asker=True),
    Operation("get", "/api/jobs/{number}/so-far", "What a job has found so far, while it goes on.", SO_FAR),
)
"""Every way to ask the server, but for the page and this description."""
PARAMETERS = {
    "name": {"type": "string", "description": "the path of a file within the folder, with slashes; or the name of a case"},
    "number": {"type": "integer", "minimum": 1},
    "code": {"type": "string", "description": "the code of a problem"},
}
"""What varies in addresses."""
ASKER = {
    "name": "Detente-Page",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "the name that a page gives itself: what it gives up is what it asked itself, and the job ends then once no other that "
    "asked is there any more. Who says no name is a program, which is always there, and gives a job up for all",
}
"""Who asks for a job."""
SECONDS = {"type": "number", "minimum": 0, "maximum": LONGEST_WAIT}
QUERY: dict[str, Any] = {
    "wait": {**SECONDS, "description": "seconds to wait until the job is over, or something new is told of it"},
    "wait over": {**SECONDS, "description": "seconds to wait until the job is over"},
    "told": {
        "type": "integer",
        "minimum": 0,
        "maximum": (1 << 53) - 1,
        "description": "what the last answer said of how often something was told: what was told since is news",
    },
}
QUERY |= {name: {"type": "string", "maxLength": 1_000} for name in SHOWN if name not in QUERY}
QUERY |= {
    "as": {"enum": ["json"], "description": "the page's document, and not the page; what the request accepts may say it as well"},
    "drawn": {"enum": ["whole", "state", "condensed"]},
    "may": {"type": "string", "description": "who may act on a path, as lists of keys in JSON"},
    "of": {"type": "string", "maxLength": 1_000, "description": '"state" where the diagnosis is of the state, and not of the status quo'},
    "where": {"type": "string", "maxLength": 20_000, "description": "the condition that the listed states meet"},
    "order": {
        "type": "string",
        "maxLength": 1_000,
        "description": 'what they are put in order by: "number", "party/" or "concept/" with a key after it',
    },
    "reverse": {"type": "string", "maxLength": 1_000, "description": '"yes" where that order is turned round'},
    "tried": {"type": "string", "description": "the changes that are tried, as a list in JSON"},
    "bare": {"type": "string", "maxLength": 1_000, "description": '"yes" where what is tried is left out of all but `changing`'},
    "asked": {
        "type": "string",
        "description": "what was asked by pressing a button, as an object in JSON: under unlock, plan (which unlock is asked), compare, "
        "sure or going-on what a request for that carries, without name and text",
    },
}
"""What an address may say after a question mark; the parameter is the first word."""


_IN_NAMES = str.maketrans("/", "-", "{}")


@cache
def description() -> Mapping[str, Any]:
    """The description, as JSON data.

    >>> sorted(description()["paths"]["/api/files/{name}"])
    ['get', 'parameters', 'put']
    >>> description()["openapi"]
    '3.1.0'
    """
    bodies = {one.body for one in OPERATIONS if one.body is not None}
    documents = {_document(name) for one in OPERATIONS for name in (one.answer, one.found, PROBLEMS) if name is not None}
    kinds = sorted(bodies | documents, key=lambda kind: kind.__name__)
    names, definitions = models_json_schema(
        [(kind, "validation") for kind in kinds], by_alias=True, ref_template="#/components/schemas/{model}"
    )
    schemas = {kind: names[kind, "validation"] for kind in kinds}
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        place = paths.setdefault(one.path, _parameters(one.path))
        place[one.method] = _operation(one, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Detente workbench", "version": version(), "summary": "What may be asked of conflicts, and how it is answered."},
        "servers": [{"url": "/"}],
        "security": [{"cookie": []}, {"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {
                "cookie": {"type": "apiKey", "in": "cookie", "name": "detente-PORT", "description": "given by the opened address"},
                "bearer": {"type": "http", "scheme": "bearer", "description": "the token of the opened address"},
            },
        },
    }


def _document(name: str) -> type[Document]:
    module, kind = name.split(":")
    found: type[Document] = getattr(import_module(module), kind)
    return found


def _parameters(path: str) -> dict[str, Any]:
    varies = [name for name in PARAMETERS if f"{{{name}}}" in path]
    given = [{"name": name, "in": "path", "required": True, "schema": PARAMETERS[name]} for name in varies]
    return {"parameters": given} if given else {}


def _operation(one: Operation, schemas: Mapping[type[BaseModel], Any]) -> dict[str, Any]:
    """One operation as the specification writes it."""
    answers = {str(one.status): _answer(f"the document {_schema(one.answer)}", schemas[_document(one.answer)])}
    if one.found is not None:
        answers[str(one.status)]["description"] += f"; `answer` is {_schema(one.found)} in the end"
    if one.page:
        answers["202"] = _answer(f"the document {_schema(one.answer)}, with jobs that go on", schemas[_document(one.answer)])
        answers["200"]["content"]["text/html"] = {"schema": {"type": "string"}}
    problems = schemas[_document(PROBLEMS)]
    answers |= {str(status): _answer(REFUSED[status], problems) for status in sorted({*one.refused, 404, 405, 500})}
    text = {"text/plain": {"schema": {"type": "string"}}}
    answers |= {str(status): {"description": what, "content": text} for status, what in TURNED_AWAY.items()}
    made: dict[str, Any] = {
        "operationId": f"{one.method}-{one.path.removeprefix('/api/').strip('/').translate(_IN_NAMES) or 'page'}",
        "description": one.says,
        "responses": dict(sorted(answers.items())),
    }
    if one.body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schemas[one.body]}}}
    said = [{"name": name.split()[0], "in": "query", "required": False, "schema": QUERY[name]} for name in one.query]
    said += [ASKER] if one.asker else []
    if one.method not in ("get", "head"):
        said += [
            {
                "name": "Origin",
                "in": "header",
                "required": True,
                "schema": {"type": "string"},
                "description": "the address of the workbench",
            }
        ]
    return made | ({"parameters": said} if said else {})


def _answer(what: str, schema: Any) -> dict[str, Any]:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _schema(name: str) -> str:
    """The name of the schema of a document."""
    value: str = _document(name).model_fields["schema_"].default
    return value
