"""The routes of the workbench: files of one folder, packaged cases, and the verbs, answered with documents in JSON.

Problems that a user can cause come back as the document of problems, with the status 409 where a file changed on disk, 422 where the
conflict can't be read, and 400 for anything else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from detente import cases
from detente.app.answers import ProblemsDocument
from detente.app.document_base import Document
from detente.app.parts import diagnostic_part
from detente.app.progress import Progress
from detente.errors import ConflictError, DetenteError, Diagnostic, UsageError
from detente.text import plural, shortened
from detente.workbench.answering import answered
from detente.workbench.asked import Conflicts
from detente.workbench.at_once import AtOnce, GoneError
from detente.workbench.beginning import Begin, begun
from detente.workbench.described import language
from detente.workbench.documents import FileDocument, FilesDocument
from detente.workbench.folder import ChangedError, Folder, Held
from detente.workbench.forms import Form, formed
from detente.workbench.jobs import LONGEST_PAGE, LONGEST_WAIT, Jobs
from detente.workbench.keeping import AskText, kept
from detente.workbench.outline import AskOutline, outlined
from detente.workbench.revising import AskChangeable, AskChanges, revised, what_can_change
from detente.workbench.sheets import Sheet
from detente.workbench.twin import Address, PageDocument, Twin, of_files
from detente.workbench.verbs import VERBS, Verb

STATIC = Path(__file__).parent / "static"
"""Where the page, its scripts and its styles are, as they were built."""
Answering = Callable[[Request], Awaitable[Response]]
Body = TypeVar("Body", bound=BaseModel)


class Save(BaseModel):
    """What a file is to hold; `replaces` is the digest of what it holds now, null where there is no such file yet."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(max_length=4_000_000)
    replaces: str | None = Field(max_length=64)


class Workbench:
    """What the server knows: a folder, the conflicts asked about last, and the jobs that run.

    Parameters
    ----------
    folder
        All that is read and written.

    Examples
    --------
    >>> import tempfile
    >>> [route.path for route in Workbench(Folder(tempfile.gettempdir())).app.routes][:2]
    ['/api/files', '/api/files/{name:path}']
    """

    def __init__(self, folder: Folder) -> None:
        self.folder, self.conflicts, self.jobs, self.at_once = folder, Conflicts(), Jobs(), AtOnce()
        self.app = Starlette(routes=self._routes(), exception_handlers={HTTPException: _http_problem, Exception: _internal})
        self.app.router.redirect_slashes = False  # an address that is not described leads nowhere

    def read_ahead(self, query: str) -> None:
        """Read the conflict that a page opens with (the `query` of its address) before that asks; what is wrong with it is told there."""
        said = dict(parse_qsl(query.lstrip("?")))
        with suppress(DetenteError):
            held = self.folder.read(said["file"]) if "file" in said else _packaged(said.get("case", ""))
            answered(VERBS["states"], VERBS["states"].asks(name=held.name, text=held.text), self.conflicts)

    def close(self) -> None:
        """End what goes on; from the thread of the server, or after its end."""
        self.at_once.close()
        self.jobs.close()

    def _routes(self) -> list[BaseRoute]:
        routes: list[BaseRoute] = [
            Route("/api/files", _told(self._files), methods=["GET"]),
            Route("/api/files/{name:path}", _told(self._file), methods=["GET"]),
            Route("/api/files/{name:path}", _told(self._save), methods=["PUT"]),
            Route("/api/cases/{name}", _told(self._case), methods=["GET"]),
            *(Route(f"/api/{verb.name}", _told(self._verb(verb)), methods=["POST"]) for verb in VERBS.values()),
            Route("/api/difference", _told(self._difference), methods=["POST"]),
            Route("/api/text", _told(self._text), methods=["POST"]),
            Route("/api/form", _told(self._form), methods=["POST"]),
            Route("/api/changeable", _told(self._changeable), methods=["POST"]),
            Route("/api/changes", _told(self._changes), methods=["POST"]),
            Route("/api/outline", _told(self._outline), methods=["POST"]),
            Route("/api/new", _told(self._new), methods=["POST"]),
            Route("/api/codes/{code}", _told(_code), methods=["GET"]),
            Route("/api/sheet", _told(_sheet), methods=["POST"]),
            Route("/api/language", _told(_language), methods=["GET"]),
            Route("/api/jobs/{number}", _told(self._job), methods=["GET"]),
            Route("/api/jobs/{number}", _told(self._give_up), methods=["DELETE"]),
            Route("/api/jobs/{number}/so-far", _told(self._so_far), methods=["GET"]),
            Route("/api/openapi.json", _described, methods=["GET"]),
        ]
        routes.append(Route("/", _told(self._page), methods=["GET"]))
        if STATIC.is_dir():
            routes.append(Mount("/", StaticFiles(directory=STATIC, html=True)))
        return routes

    async def _page(self, request: Request) -> Response:
        """The page; its document for who asks for JSON, in the address or by what the request accepts."""
        accepts = request.headers.get("accept", "")
        if request.query_params.get("as") != "json" and not ("application/json" in accepts and "text/html" not in accepts):
            if not (STATIC / "index.html").is_file():
                raise HTTPException(404)
            return FileResponse(STATIC / "index.html")
        first = {name: request.query_params.getlist(name)[0] for name in request.query_params}
        said = {name: value for name, value in first.items() if value or name not in ("file", "case")}  # as the page reads it
        address, wait = _checked(lambda: Address.model_validate(said)), _wait(request)
        if address.file is None and address.case is None:
            return _document(of_files(await self._listed()))

        def answer(_: Progress) -> PageDocument:
            held = self._read("file", address.file) if address.file is not None else self._read("case", address.case or "")
            return Twin(self.conflicts, self.jobs.begin, self._read).page(address, held.text)

        found = await self.at_once.answer(answer, request.is_disconnected)
        until = monotonic() + wait  # for all of them together
        for name, job in found.jobs.items():
            found.jobs[name] = await self.jobs.over(job.number, max(0.0, until - monotonic()))
        return _document(found, 200 if found.is_over else 202)

    # -- files -----------------------------------------------------------------------------------------------------
    def _read(self, kind: str, name: str) -> Held:
        """What a file of the folder holds, or a packaged case."""
        return self.folder.read(name) if kind == "file" else _packaged(name)

    async def _files(self, request: Request) -> Response:
        return _document(await self._listed())

    async def _listed(self) -> FilesDocument:
        found = await run_in_threadpool(self.folder.listed)
        return FilesDocument(folder=self.folder.root.name, files=found.names, total=found.total, whole=found.whole, cases=cases.names())

    async def _file(self, request: Request) -> Response:
        return _held(await run_in_threadpool(self.folder.read, request.path_params["name"]))

    async def _save(self, request: Request) -> Response:
        save = _body(Save, await request.body())
        return _held(await run_in_threadpool(self.folder.write, request.path_params["name"], save.text, save.replaces))

    async def _case(self, request: Request) -> Response:
        return _held(_packaged(request.path_params["name"]))

    # -- verbs -----------------------------------------------------------------------------------------------------
    def _verb(self, verb: Verb) -> Answering:
        """How a verb is answered: at once, or as a job where it may take long."""

        async def answering(request: Request) -> Response:
            asked = _body(verb.asks, await request.body())
            if verb.long:
                wait, page = _wait(request), _page_id(request)
                await self.at_once.answer(
                    lambda _: self.conflicts.seen(asked), request.is_disconnected
                )  # what can't be read is told at once
                begun = self.jobs.begin(verb, asked, page or "")
                return _document(await self.jobs.over(begun.number, wait), 202)

            if verb.later:
                await self.at_once.after_first()

            def answer(progress: Progress) -> Document:
                found = answered(verb, asked, self.conflicts, progress)
                self.jobs.prepare()
                return found

            return _document(await self.at_once.answer(answer, request.is_disconnected, first=verb.first))

        return answering

    async def _difference(self, request: Request) -> Response:
        from detente.workbench.differing import AskDifference, differing  # which loads what is asked of both

        asked = _body(AskDifference, await request.body())
        return _document(await self.at_once.answer(lambda progress: differing(asked, self.conflicts, progress), request.is_disconnected))

    async def _text(self, request: Request) -> Response:
        asked = _body(AskText, await request.body())
        return _document(await run_in_threadpool(kept, asked, self.conflicts))

    async def _changeable(self, request: Request) -> Response:
        asked = _body(AskChangeable, await request.body())
        return _document(await run_in_threadpool(what_can_change, asked, self.conflicts))

    async def _changes(self, request: Request) -> Response:
        asked = _body(AskChanges, await request.body())
        return _document(await run_in_threadpool(revised, asked, self.conflicts))

    async def _form(self, request: Request) -> Response:
        form = _body(Form, await request.body())
        return _document(await run_in_threadpool(formed, form, self.conflicts))

    async def _outline(self, request: Request) -> Response:
        asked = _body(AskOutline, await request.body())
        await self.at_once.after_first()
        return _document(await run_in_threadpool(outlined, asked, self.conflicts))

    async def _new(self, request: Request) -> Response:
        answers = _body(Begin, await request.body())
        return _document(await run_in_threadpool(lambda: begun(answers, self.folder.names())))

    async def _job(self, request: Request) -> Response:
        told = request.query_params.get("told")
        if told is not None and not (told.isascii() and told.isdecimal() and len(told) <= 16 and int(told) < 1 << 53):
            raise _wrong_query("told", "a whole number from 0 on")
        page = _page_id(request) or ""
        return _document(await self.jobs.news(_number(request), _wait(request), None if told is None else int(told), page))

    async def _so_far(self, request: Request) -> Response:
        return _document(self.jobs.so_far(_number(request)))

    async def _give_up(self, request: Request) -> Response:
        return _document(self.jobs.give_up(_number(request), _page_id(request)))


def _packaged(name: str) -> Held:
    """The file of a packaged case."""
    if name not in cases.names():
        raise UsageError.of("U402", f'there is no packaged case "{name}"', value=name, help="the list of files names the packaged cases")
    return Held(f"{name}.yaml", cases.path(name).read_text(encoding="utf-8"))


async def _code(request: Request) -> Response:
    from detente.app.lookup import explain_code  # which loads what concepts there are

    return _document(await run_in_threadpool(explain_code, request.path_params["code"]))


async def _sheet(request: Request) -> Response:
    from detente.app.sheets import sheet

    asked = _body(Sheet, await request.body())
    return _document(await run_in_threadpool(sheet, asked.columns, asked.rows, asked.format))


async def _language(request: Request) -> Response:
    return _document(await run_in_threadpool(language))


async def _described(request: Request) -> Response:
    from detente.workbench import openapi  # which loads the documents of all verbs

    return JSONResponse(await run_in_threadpool(openapi.description))


def _wait(request: Request) -> float:
    """How many seconds an answer may wait for news; none where nothing is said of it."""
    said = request.query_params.get("wait", "0")
    with suppress(ValueError):
        if 0 <= (seconds := float(said)) <= LONGEST_WAIT:
            return seconds
    raise _wrong_query("wait", f"a number of seconds from 0 to {LONGEST_WAIT}")


def _page_id(request: Request) -> str | None:
    """What page asks, as it calls itself; None where a program asks that does not say."""
    page = request.headers.get("detente-page")
    return page[:LONGEST_PAGE] if page else None


def _wrong_query(name: str, takes: str) -> DetenteError:
    message = f"a request does not say what it has to: {name} is {takes}"
    return UsageError.of("U544", message, help="the description of the interface (/api/openapi.json) says what it takes")


def _number(request: Request) -> int:
    """The number of a job in an address; one that is longer than any is that of none."""
    digits = request.path_params["number"]
    if not (digits.isascii() and digits.isdecimal()):
        raise HTTPException(404)
    return int(digits) if len(digits) < 16 else 0


def _body(kind: type[Body], content: bytes) -> Body:
    """What a request carries; raises `UsageError` (U544) for what it can't carry."""
    return _checked(lambda: kind.model_validate_json(content))


def _checked(read: Callable[[], Body]) -> Body:
    """What is read of a request; raises `UsageError` (U544) for what it can't say."""
    try:
        return read()
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        place = " / ".join(str(step) for step in first["loc"]) or "the request"
        message = shortened(f"a request does not say what it has to: {place}: {first['msg']}", 400)
        others = f"{plural(wrong.error_count() - 1, 'other place')} as well; " if wrong.error_count() > 1 else ""
        raise UsageError.of(
            "U544", message, help=f"{others}the description of the interface (/api/openapi.json) says what it takes"
        ) from None


def _document(document: Document, status: int = 200) -> Response:
    return Response(document.json_text(), status, media_type="application/json")


def _held(held: Held) -> Response:
    return _document(FileDocument(name=held.name, text=held.text, digest=held.digest))


def _told(answering: Answering) -> Answering:
    """The same, with problems that a user can cause told as a document."""

    async def telling(request: Request) -> Response:
        try:
            return await answering(request)
        except GoneError:
            return PlainTextResponse("The workbench is closed.\n", 503)  # or there is nobody who could read this
        except ChangedError as changed:
            return _problems(changed, 409)
        except DetenteError as problem:
            return _problems(problem, 422 if isinstance(problem, ConflictError) else 400)

    return telling


def _problems(problem: DetenteError, status: int) -> Response:
    return _document(ProblemsDocument(diagnostics=tuple(map(diagnostic_part, problem.diagnostics))), status)


async def _http_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    found = Diagnostic("U545", f"the workbench does not answer this: {problem.detail}", help="/api/openapi.json describes what it answers")
    return _document(ProblemsDocument(diagnostics=(diagnostic_part(found),)), problem.status_code)


async def _internal(request: Request, problem: Exception) -> Response:
    what: Any = " ".join(str(problem).split())[:200]
    message = f"internal error: {type(problem).__name__}" + (f": {what}" if what else "")
    found = Diagnostic("D901", message, help="nothing is wrong with what you asked; please report it, with the conflict file")
    return _document(ProblemsDocument(diagnostics=(diagnostic_part(found),)), 500)
