"""`detente open`: prints an address that carries a token, serves until it is interrupted, and says what is missing."""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from detente import cases
from detente.cli.main import main
from tests.cli.program import environment

psutil: Any = importlib.import_module("psutil")  # has no types of its own
SERVING = """
import sys
from pathlib import Path
import detente.workbench.server as server
server.STATIC = Path(sys.argv.pop(1))
from detente.cli.main import run
run()
"""


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A page, whether or not the real one was built."""
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    return folder


@pytest.mark.parametrize("named", ["elmira", "own.yaml"])
def test_it_serves_until_it_is_interrupted(tmp_path: Path, static: Path, named: str) -> None:
    (tmp_path / "own.yaml").write_text("detente: 1\n", encoding="utf-8")
    command = [sys.executable, "-c", SERVING, str(static), "open", named, "--no-browser"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        asked = parse_qs(address.query)
        assert (["elmira"] if named == "elmira" else None) == asked.get("case")
        assert (["own.yaml"] if named == "own.yaml" else None) == asked.get("file")
        assert address.hostname == "127.0.0.1"
        line = HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
        line.request("GET", f"{address.path}?{address.query}")
        entered = line.getresponse()
        cookie = (entered.getheader("Set-Cookie") or "").split(";")[0]
        assert (entered.status, entered.read()) == (303, b"")
        line.request("GET", "/api/files", headers={"Cookie": cookie})
        files = line.getresponse().read()
        assert b'"own.yaml"' in files
        line.request("GET", "/", headers={"Cookie": cookie})
        assert b"<title>page</title>" in line.getresponse().read()
        line.close()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert err.splitlines() == ["This is the workbench, for this machine only; Ctrl-C ends it.", "The workbench is closed."]


@pytest.mark.parametrize("name", [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)])
def test_jobs_end_with_it_however_it_is_told_to_end(tmp_path: Path, static: Path, name: str) -> None:
    command = [sys.executable, "-c", SERVING, str(static), "open", "gaza-hostage-talks", "--no-browser"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        (token,) = parse_qs(address.query)["token"]
        headers = {"Authorization": f"Bearer {token}", "Origin": f"http://{address.netloc}"}
        line = HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
        text = cases.path("gaza-hostage-talks").read_text(encoding="utf-8")
        asked = {"name": "talks.yaml", "text": text, "draws": 100_000, "seconds": 3_600.0, "tipping": True}
        line.request("POST", "/api/sweep", json.dumps(asked), headers)
        assert json.loads(line.getresponse().read())["state"] == "running"
        waits = HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
        waits.request("POST", "/api/sweep?wait=20", json.dumps(asked), headers)
        line.request("GET", "/api/files", headers=headers)  # by now the other waits
        assert line.getresponse().read()
        children = psutil.Process(process.pid).children(recursive=True)
        assert children
        process.send_signal(getattr(signal, name))
        assert json.loads(waits.getresponse().read())["state"] == "given up"  # whoever waits is told
        process.communicate(timeout=60)
        for one in (line, waits):
            one.close()
    assert process.returncode == {"SIGINT": 0, "SIGTERM": -signal.SIGTERM, "SIGHUP": -signal.SIGHUP}[name]
    gone, left = psutil.wait_procs(children, 10)
    assert (len(gone), left) == (len(children), [])


WRONG = [
    (["elmria"], 'did you mean "elmira"?'),
    (["nowhere/conflict.yaml"], "nowhere/conflict.yaml"),
    (["notes.txt"], "error[U541]"),
    (["--port", "many"], "--port"),
    (["--port", "70000"], "error[U548]"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_what_can_not_be_opened(
    tmp_path: Path,
    static: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("detente.workbench.server.STATIC", static)
    try:
        status: object = main(["open", *arguments, "--no-browser"])
    except SystemExit as left:  # by the parser
        status = left.code
    shown = capsys.readouterr()
    assert (status, shown.out) == (2, "")
    assert said in " ".join(shown.err.split())


def test_a_page_that_was_not_built_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("detente.workbench.server.STATIC", tmp_path / "nothing")
    assert main(["open", "elmira", "--no-browser"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "error[U549]" in shown.err
    assert "make workbench" in shown.err


def test_libraries_that_are_not_there_are_told() -> None:
    code = "import sys; sys.modules['uvicorn'] = None\nfrom detente.cli.main import run\nrun()"
    done = subprocess.run([sys.executable, "-c", code, "open"], env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[U549]" in done.stderr
    assert 'pip install "detente[workbench]"' in done.stderr
