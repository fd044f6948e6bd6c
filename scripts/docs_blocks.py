"""The parts of the manual that a program makes: what commands print, what Python answers, tables taken from the code.

In a page of Markdown these parts are

    ```console            lines that begin with "$ " are run by the shell, in one folder for the whole page; what they print, on either
    $ detente cases       channel, is the rest of the block (times and sizes, "0.02 s" or "(80,123 bytes)", may differ)
    ```

    ```python             run as one session for the whole page; lines with ">>>" must give the answers that stand under them
    ```

    <!-- file: a.yaml -->  the fenced block that follows is a file of the page's folder

    <!-- generated: NAME ARGUMENT -->     what `docs_generated` has under that name
    <!-- end -->

`replayed` runs a page and gives its text as it should be.  The tests compare; `scripts/docs --update` writes.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docs_generated import GENERATED

from detente.cli.term import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
MANUAL = ROOT / "docs"
OPEN = re.compile(r"^(?P<fence>`{3,})(?P<language>[\w-]*)\s*$")
FILE = re.compile(r"^<!-- file: (?P<name>[\w][\w./-]*) -->\s*$")
START = re.compile(r"^<!-- generated: (?P<name>[\w-]+)(?: (?P<argument>[^>]*?))? -->\s*$")
END = "<!-- end -->"
VARIES = re.compile(r"\b\d+(?:\.\d+)? m?s\b|\([\d,]+ bytes\)")


class PageError(Exception):
    """A page that can't be run, with its name and what is wrong."""


@dataclass(frozen=True)
class Part:
    """A stretch of a page, "text", "console", "python", "file" or "generated"; `first` and `last` are its fences, if it has any."""

    kind: str
    body: str
    first: str = ""
    last: str = ""
    argument: str = ""


def pages() -> list[Path]:
    """Every page of the manual that is written by hand, and the one that everybody sees first."""
    return [*(page for page in [ROOT / "README.md"] if page.exists()), *sorted(MANUAL.rglob("*.md"))]


def parts(text: str) -> Iterator[Part]:
    """A page, cut into its parts; put together again they are the page."""
    lines = text.splitlines(keepends=True)
    at = 0
    name = ""
    while at < len(lines):
        line = lines[at]
        if started := START.match(line):
            end = _index(lines, at + 1, END)
            yield Part(
                "generated", "".join(lines[at + 1 : end]), line, lines[end], f"{started['name']} {started['argument'] or ''}".strip()
            )
            at = end + 1
        elif opened := OPEN.match(line):
            end = _index(lines, at + 1, opened["fence"])
            kind = "file" if name else opened["language"] if opened["language"] in ("console", "python") else "text"
            body = "".join(lines[at + 1 : end])
            yield Part(kind, body, line, lines[end], name) if kind != "text" else Part("text", line + body + lines[end])
            at, name = end + 1, ""
        else:
            named = FILE.match(line)
            name = named["name"] if named else name if not line.strip() else ""
            yield Part("text", line)
            at += 1


def _index(lines: list[str], start: int, wanted: str) -> int:
    for place in range(start, len(lines)):
        if lines[place].rstrip() == wanted:
            return place
    raise PageError(f"line {start}: no line {wanted!r} follows")


class Session:
    """One page being run: its folder, its Python names, the exit status of its last command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {}
        self.status = 0
        self.was_slow = False

    def console(self, body: str) -> str:
        """The block with what its commands print now; what they printed before stays if it differs in times alone."""
        blocks: list[tuple[str, str]] = []
        for line in body.splitlines(keepends=True):
            if line.startswith("$ "):
                blocks.append((line, ""))
            elif blocks:
                blocks[-1] = (blocks[-1][0], blocks[-1][1] + line)
            else:
                raise PageError(f"a console block begins with {line!r} and not with a command")
        return "".join(command + self._kept(printed, self.run(command[2:].strip())) for command, printed in blocks)

    def run(self, command: str) -> str:
        """What one command prints, on either channel."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {"PATH": path, "HOME": str(self.folder), "COLUMNS": "100", "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        line = f"(exit {self.status}); {command}"
        began = time.monotonic()
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.status, self.was_slow = done.returncode, time.monotonic() - began > PATIENCE
        printed = done.stdout.decode("utf-8").replace(str(self.folder), ".")
        if "Traceback (most recent call last)" in printed:
            raise PageError(f"$ {command}\n{printed}")
        return "\n".join(row.rstrip() for row in printed.splitlines()).rstrip("\n") + ("\n" if printed.strip() else "")

    def _kept(self, old: str, new: str) -> str:
        if self.was_slow:  # a busy machine: how far it is was told, which the page does not show
            new = "".join(f"{line}\n" for line in new.splitlines() if not line.startswith("detente: ") or line in old.splitlines())
        before = {VARIES.sub("", line): line for line in old.splitlines() if VARIES.search(line)}
        lines = [before.get(VARIES.sub("", line), line) if VARIES.search(line) else line for line in new.splitlines()]
        return "".join(f"{line}\n" for line in lines) + ("\n" if old.endswith("\n\n") else "")

    def python(self, body: str) -> str:
        """The block with what Python answers now; a block without prompts is run and must not fail."""
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            if ">>>" not in body:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compile(body, "a block of the manual", "exec"), self.names)
                return body
            return self._answered(body)
        finally:
            os.chdir(before)

    def _answered(self, body: str) -> str:
        examples = doctest.DocTestParser().get_examples(body)
        answers = _Answers()
        test = doctest.DocTest(examples, self.names, "the manual", None, 0, body)
        answers.run(test, clear_globs=False, out=lambda _: 0)
        lines = body.splitlines(keepends=True)
        for example in reversed(examples):
            if example.lineno in answers.got:
                start = example.lineno + example.source.count("\n")
                lines[start : start + example.want.count("\n")] = [answers.got[example.lineno]]
        self.names.update(test.globs)
        return "".join(lines)


class _Answers(doctest.DocTestRunner):
    """Remembers what examples answered where it was not what the page says."""

    def __init__(self) -> None:
        super().__init__(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        self.got: dict[int, str] = {}

    def report_failure(self, out: Any, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        self.got[example.lineno] = got

    def report_unexpected_exception(self, out: Any, test: doctest.DocTest, example: doctest.Example, exc_info: Any) -> None:
        raise PageError(f"{example.source.strip()}\n{exc_info[0].__name__}: {exc_info[1]}") from exc_info[1]


def replayed(text: str, folder: Path) -> str:
    """The text of a page as it should be, found by running it in a folder."""
    session = Session(folder)
    result = []
    for part in parts(text):
        body = part.body
        if part.kind == "console":
            body = session.console(body)
        elif part.kind == "python":
            body = session.python(body)
        elif part.kind == "generated":
            name, _, argument = part.argument.partition(" ")
            if name not in GENERATED:
                raise PageError(f"nothing is generated under the name {name!r}; there are {', '.join(GENERATED)}")
            body = GENERATED[name](argument).strip("\n") + "\n"
        elif part.kind == "file":
            file = folder / part.argument
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body, encoding="utf-8")
        result.append(part.first + body + part.last)
    return "".join(result)
