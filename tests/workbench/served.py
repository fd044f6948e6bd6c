"""A workbench that listens at a real socket, and a client that sends exactly what it is told to."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

from detente.workbench.folder import Folder
from detente.workbench.guard import Guard
from detente.workbench.server import Workbench
from detente.workbench.serving import Server, guarded, listening

ROOT = Path(__file__).parents[2]
CASES = ROOT / "src/detente/cases"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes

    def header(self, name: str) -> str | None:
        """The value of a header that stands there at most once."""
        found = [value for key, value in self.headers if key.lower() == name]
        assert len(found) < 2, (name, found)
        return found[0] if found else None

    @property
    def data(self) -> Any:
        """The document."""
        assert self.header("content-type") == "application/json"
        return json.loads(self.content)

    @property
    def codes(self) -> list[str]:
        """The codes of a document of problems."""
        assert self.data["schema"] == "detente.problems/1"
        return [one["code"] for one in self.data["diagnostics"]]


class Served:
    """A workbench, and requests to it."""

    def __init__(self, guard: Guard, workbench: Workbench, port: int) -> None:
        self.guard, self.workbench, self.port = guard, workbench, port
        self.origin = f"http://127.0.0.1:{port}"

    def raw(self, method: str, target: str, headers: Mapping[str, str] | list[tuple[str, str]], body: bytes | None = None) -> Answer:
        """Send these headers, besides Content-Length where there is a body and none is given, and no others."""
        pairs = list(headers.items()) if isinstance(headers, Mapping) else headers
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in pairs:
                line.putheader(name, value)
            if body is not None and not {"content-length", "transfer-encoding"} & {name.lower() for name, _ in pairs}:
                line.putheader("Content-Length", str(len(body)))
            line.endheaders(body)
            answer = line.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())

    def headers(self, **other: str | None) -> dict[str, str]:
        """The headers that the page's requests carry; with others, or (None) without some."""
        usual: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "Origin": self.origin,
            "Cookie": f"detente-{self.port}={self.guard.given}",
        }
        given = {**usual, **{name.replace("_", "-"): value for name, value in other.items()}}
        return {name: value for name, value in given.items() if value is not None}

    def get(self, target: str, **other: str | None) -> Answer:
        """Ask for something."""
        return self.raw("GET", target, self.headers(**other))

    def post(self, verb: str, asked: object, **other: str | None) -> Answer:
        """Ask a verb."""
        return self.raw("POST", f"/api/{verb}", self.headers(**other), json.dumps(asked).encode())

    def put(self, name: str, text: str, replaces: str | None) -> Answer:
        """Save a file."""
        return self.raw("PUT", f"/api/files/{name}", self.headers(), json.dumps({"text": text, "replaces": replaces}).encode())

    def answered(self, verb: str, asked: object) -> Answer:
        """Ask a verb, and wait for the job where one is begun: what is answered, as if it had been at once."""
        answer = self.post(f"{verb}?wait=20", asked)
        if answer.status != 202:
            return answer
        told = answer.data if answer.data["answer"] is not None else self.over(answer.data["number"])
        content = json.dumps(told["answer"], indent=1).encode()
        return Answer({"done": 200, "failed": 400}[told["state"]], answer.headers, content)

    def over(self, number: int, within: float = 60) -> Any:
        """What is told of a job that is over."""
        return self.job(number, ("done", "failed", "given up"), within)

    def job(self, number: int, states: tuple[str, ...], within: float = 60) -> Any:
        """What is told of a job as soon as it is in one of some states."""
        until = time.monotonic() + within
        while (told := self.get(f"/api/jobs/{number}").data)["state"] not in states:
            assert time.monotonic() < until, told
            time.sleep(0.02)
        return told


class _Written(logging.Handler):
    """What the server writes down of what went wrong within it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.lines.append(self.format(record))


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a folder at a free port, as `detente.workbench.serving.serve` does, until the end of a block; nothing may go wrong within.

    Where DETENTE_OPEN names the Python of another environment, `detente open` of that one serves.
    """
    if program := os.environ.get("DETENTE_OPEN"):
        from tests.wheel.opened import opened

        with opened(Path(program), folder) as elsewhere:
            yield elsewhere
        return
    written = _Written()
    with closing(listening(0)) as listener:
        guard, workbench = guarded(Folder(folder), listener)
        server = Server(guard, workbench)
        logging.getLogger("uvicorn.error").addHandler(written)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.005)
            yield Served(guard, workbench, listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()
            logging.getLogger("uvicorn.error").removeHandler(written)
    assert written.lines == []


def asked(name: str, **more: object) -> dict[str, object]:
    """A request about a packaged case."""
    return {"name": f"{name}.yaml", "text": (CASES / f"{name}.yaml").read_text(encoding="utf-8"), **more}
