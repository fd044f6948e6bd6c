"""`import detente`: the public names, loaded when they are first used, and verbs that share their names with packages."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import detente

INIT = Path(detente.__file__)
VERBS = ["analyze", "cases", "check", "concepts", "convert", "expect", "explain", "explain_code", "new", "path", "read", "report"]


def declared() -> set[str]:
    """The names that a type checker sees in the package."""
    (block,) = [node for node in ast.parse(INIT.read_text(encoding="utf-8")).body if isinstance(node, ast.If)]
    names: set[str] = set()
    for node in block.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("detente"):
            names |= {alias.asname or alias.name for alias in node.names}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def test_the_public_names_are_those_that_type_checkers_see() -> None:
    assert sorted(detente.__all__) == sorted(declared())


def test_every_public_name_is_there() -> None:
    for name in detente.__all__:
        assert getattr(detente, name) is not None
        assert name in dir(detente)


def test_every_verb_of_the_command_line_is_among_them() -> None:
    from detente.cli.grammar import COMMANDS

    named = {"import": "convert", "export": "convert", "explain-code": "explain_code"}
    served = {"open"}  # the workbench, which has no document
    assert {named.get(command, command) for command in COMMANDS if command not in served} <= set(detente.__all__)


def test_verbs_can_be_called_and_have_signatures() -> None:
    for name in VERBS:
        verb = getattr(detente, name)
        assert callable(verb)
        assert inspect.signature(verb).parameters


def test_packages_with_the_name_of_a_verb_are_both() -> None:
    import detente.concepts as package

    assert isinstance(package, ModuleType)
    assert package.__name__ == "detente.concepts"
    assert detente.explain("elmira", 1, by="Local", under="SEQ").stays is False
    assert detente.concepts("SEQ").concepts[0].key == "SEQ"
    assert "elmira" in detente.cases.names()
    assert detente.cases("elmira").cases[0].name == "elmira"


def test_an_unknown_name_is_refused() -> None:
    assert not hasattr(detente, "analyse")


def test_the_verbs_work_in_any_order_of_imports() -> None:
    code = "import detente.explain.words, detente; print(detente.explain('elmira', 1, by='Local', under='Nash').stays)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
