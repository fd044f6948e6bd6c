"""The checks behind scripts/check.  Each is a function from a source tree to the list of what is wrong in it."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent

MODULE_LINES = 400
SCRIPT_LINES = 300
FUNCTION_LINES = 60
SMALLER = {"src/detente/analysis/certificate.py": 200}

# Written in pieces, so that this file does not contain what it forbids.
MACHINE = ["work", "root", "farm", "opt/" + "pypi", "opt/" + "wheels", "home/" + "[a-z]+"]
REGISTRIES = [r"pypi\." + "org", r"pythonhosted\." + "org", r"registry\." + "npmjs", r"registry\." + "yarnpkg"]
FORBIDDEN = [
    ("a path of one machine", re.compile(rf"(?<![\w.$~}})><*/-])/(?:{'|'.join(MACHINE)})(?:/|\b)")),
    ("a package registry's address", re.compile("|".join(REGISTRIES))),
    ("unfinished work", re.compile(r"\b(?:" + "TO" + "DO|FIX" + "ME|XX" + r"X)\b")),
    ("a skip without a reason", re.compile(r"mark\.(?:skip|skip" + r"if|x" + r"fail)\b(?![^\n]*reason=)")),
    ("a skip without a reason", re.compile(r"pytest\.(?:skip|x" + r"fail)\(\s*\)")),
    ("a silenced type error without a reason", re.compile(r"#\s*type:\s*ig" + r"nore(?!\[[\w, -]+\]\s+#\s*\S)")),
]

# A licence is accepted if every identifier in its expression is one of these.
PERMISSIVE = {
    "0bsd", "apache", "apache-2.0", "apache software license", "bsd", "bsd license", "bsd-2-clause", "bsd-3-clause",
    "cc0-1.0", "isc", "isc license", "mit", "mit license", "mit-0", "psf-2.0", "python-2.0",
    "python software foundation license", "the unlicense", "unlicense", "zlib",
}  # fmt: skip


def run(root: Path, *command: str, environment: dict[str, str] | None = None) -> list[str]:
    """The lines that a program printed, if it failed; nothing if it succeeded."""
    done = subprocess.run(command, cwd=root, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    return (done.stdout + done.stderr).strip().splitlines() or [f"{command[0]} failed with {done.returncode}"]


@cache
def files(root: Path) -> tuple[Path, ...]:
    """Every file of the tree that git tracks or would track, relative to its root, in order."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(git, cwd=root, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(Path(name) for name in listed.split("\0") if name and (root / name).is_file()))


def texts(root: Path, *suffixes: str) -> Iterator[tuple[Path, str]]:
    """The files that are text, with what they say; only those with one of the suffixes, if any are given."""
    for file in files(root):
        if not suffixes or file.suffix in suffixes:
            content = (root / file).read_bytes()
            if b"\0" not in content:
                yield file, content.decode("utf-8", "replace")


def lint(root: Path) -> list[str]:
    """Ruff's rules (pyproject.toml)."""
    return run(root, str(BIN / "ruff"), "check", "--quiet", "--output-format=concise", ".")


def layout(root: Path) -> list[str]:
    """Ruff's layout of code."""
    return run(root, str(BIN / "ruff"), "format", "--check", "--output-format=concise", ".")


def types(root: Path) -> list[str]:
    """Strict mypy."""
    return run(root, str(BIN / "mypy"), "--no-error-summary", "--no-pretty")


def floors(root: Path) -> list[str]:
    """The contracts of import-linter (pyproject.toml)."""
    found = run(root, str(BIN / "lint-imports"), "--no-logo", "--no-cache", environment={"PYTHONPATH": str(root / "src")})
    start = found.index("Broken contracts") + 2 if "Broken contracts" in found else 0
    return [line for line in found[start:] if line.strip(" -")]


def strings(root: Path) -> list[str]:
    """Strings that no file may contain."""
    return [f"{file}:{said}" for file, text in texts(root) for said in forbidden(text)]


@cache
def forbidden(text: str) -> tuple[str, ...]:
    """The lines of a text with what may not stand in them."""
    return tuple(
        f"{number}: {what}: {hit[0].strip()}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in FORBIDDEN
        if (hit := pattern.search(line))
    )


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The length of a function without its docstring and decorators."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


def sizes(root: Path) -> list[str]:
    """The length of modules and functions."""
    found = [
        f"{file}: {length} lines, more than {SCRIPT_LINES}"
        for file, text in texts(root, ".js", ".mjs")
        if (length := len(text.splitlines())) > SCRIPT_LINES
    ]
    for file, text in texts(root, ".py"):
        limit = SMALLER.get(file.as_posix(), MODULE_LINES)
        if (length := len(text.splitlines())) > limit:
            found.append(f"{file}: {length} lines, more than {limit}")
        found += [f"{file}:{said}" for said in long_functions(text)]
    return found


@cache
def long_functions(text: str) -> tuple[str, ...]:
    """The functions of a module that are too long."""
    return tuple(
        f"{node.lineno}: {node.name} has {body_lines(node)} lines without its docstring, more than {FUNCTION_LINES}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > FUNCTION_LINES
    )


def canonical(name: str) -> str:
    """A distribution's name as packaging tools compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(root: Path, extra: str) -> dict[str, metadata.Distribution]:
    """Everything that Detente needs with one of its extras ("" for none), directly or not, as installed here."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    waiting = [*project["dependencies"], *(optional[extra] if extra else ())]
    found: dict[str, metadata.Distribution] = {}
    while waiting:
        need = Requirement(waiting.pop())
        name = canonical(need.name)
        if name == "detente":  # one extra may ask for others
            waiting += [one for other in need.extras for one in optional[other]]
        elif name not in found and (need.marker is None or need.marker.evaluate({"extra": ""})):
            found[name] = metadata.distribution(name)
            waiting += found[name].requires or []
    return found


def licence(distribution: metadata.Distribution) -> str:
    """What a distribution says of its licence: an SPDX expression, or failing that its classifiers or its free text."""
    about = distribution.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    said = [line.split(" :: ")[-1] for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    free = about["License"].splitlines() if "License" in about else []
    return " AND ".join(said or free[:1]) or "it says nothing"


def permissive(expression: str) -> bool:
    """Whether every licence that an expression names is permissive."""
    names = re.split(r"\s+(?:AND|OR)\s+", re.sub(r"\s\((\w+)\)|[()]", "", expression))
    return all(name.strip().lower() in PERMISSIVE for name in names)


def licences(root: Path) -> list[str]:
    """The licences of what a user installs with Detente and all extras that run analyses, and of what the workbench's page bundles."""
    said = {name: licence(distribution) for name, distribution in sorted(installed(root, "all").items())}
    locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    said |= {path: about.get("license", "it says nothing") for path, about in locked.items() if path and not about.get("dev")}
    return [f"{name}: its licence is not known to be permissive: {one}" for name, one in said.items() if not permissive(one)]


def pins(root: Path) -> list[str]:
    """That constraints.txt pins what is installed, by names and versions only."""
    found, pinned = [], {}
    for number, line in enumerate((root / "constraints.txt").read_text(encoding="utf-8").splitlines(), 1):
        if match := re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)", line):
            pinned[canonical(match[1])] = match[2]
        elif line and not line.startswith("#"):
            found.append(f"constraints.txt:{number}: not a name and a version: {line}")
    for name, distribution in sorted(installed(root, "dev").items()):
        if pinned.get(name) != distribution.version:
            found.append(f"{name}: {distribution.version} is installed, {pinned.get(name, 'nothing')} is pinned")
    return found


def news(root: Path) -> list[str]:
    """The names of news fragments."""
    good = re.compile(r"(?:\d+|\+[\w-]+)\.(?:added|changed|fixed|removed)(?:\.\d+)?\.md|template\.md\.jinja|README\.md")
    return [
        f"{file}: not a news fragment's name (see changelog.d/README.md)"
        for file in files(root)
        if file.parts[0] == "changelog.d" and not good.fullmatch(file.name)
    ]


CHECKS: dict[str, Callable[[Path], list[str]]] = {
    check.__name__: check for check in (lint, layout, types, floors, strings, sizes, licences, pins, news)
}


def main(arguments: list[str]) -> int:
    """Run the checks named, or all; say what each found; return 1 if any found something."""
    if "--list" in arguments:
        for name, check in CHECKS.items():
            print(f"{name:10} {check.__doc__}")
        return 0
    if "--self-test" in arguments:
        from checks_self_test import self_test

        return self_test([name for name in arguments if name != "--self-test"])
    if "--fix" in arguments:
        run(ROOT, str(BIN / "ruff"), "check", "--quiet", "--fix", ".")
        run(ROOT, str(BIN / "ruff"), "format", "--quiet", ".")
    names = [name for name in arguments if name != "--fix"] or list(CHECKS)
    if unknown := [name for name in names if name not in CHECKS]:
        print(f"scripts/check: no check is called {unknown[0]}; there are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    broken = []
    for name in names:
        found = CHECKS[name](ROOT)
        print(f"{name:10} {'ok' if not found else f'{len(found)} lines'}", flush=True)
        for line in found:
            print(f"    {line}")
        broken += [name] if found else []
    print(f"check: failed: {', '.join(broken)}" if broken else f"check: all {len(names)} passed")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
