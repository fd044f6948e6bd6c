"""Everything public says what it is: the house rule on docstrings, as far as a program can check it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from docs_generated import exported_classes, exported_functions

import detente


def modules() -> list[ModuleType]:
    """Every public module of the package."""
    found = [detente]
    for info in pkgutil.walk_packages(detente.__path__, "detente."):
        if not any(part.startswith("_") for part in info.name.split(".")):
            found.append(importlib.import_module(info.name))
    return found


def own(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The public classes and functions that a module defines."""
    for name, value in vars(module).items():
        if (inspect.isclass(value) or inspect.isfunction(value)) and value.__module__ == module.__name__ and not name.startswith("_"):
            yield name, value


def methods(cls: type) -> Iterator[tuple[str, Any]]:
    """The public functions and properties that a class defines itself."""
    for name, value in vars(cls).items():
        plain = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        if not name.startswith("_") and (
            inspect.isfunction(plain) or isinstance(plain, property) or type(plain).__name__ == "cached_property"
        ):
            yield name, plain


def first_line_problem(text: str | None) -> str | None:
    """What is wrong with how a docstring begins; None if it begins with a sentence."""
    if not text or not text.strip():
        return "there is none"
    first = re.split(r"\n\s*\n", text.strip())[0].rstrip()
    if not first.endswith((".", "?", ":")):
        return f"its first paragraph is no sentence: {first[-40:]!r}"
    if first.startswith(("Return ", "Returns ", "This function", "This class", "This method")):
        return "it begins with words that say nothing"
    return None


MODULES = modules()
FUNCTIONS = exported_functions()
CLASSES = exported_classes()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_is_public_begins_with_a_sentence(module: ModuleType) -> None:
    problems = {}
    if Path(module.__file__ or "").stat().st_size:  # an empty __init__.py has nothing to say
        problems[module.__name__] = first_line_problem(module.__doc__)
    for name, value in own(module):
        problems[name] = first_line_problem(value.__doc__)
        if inspect.isclass(value):
            problems.update({f"{name}.{method}": first_line_problem(function.__doc__) for method, function in methods(value)})
    assert {name: problem for name, problem in problems.items() if problem} == {}


def parameters(value: Any) -> list[str]:
    """The public parameters of a function or class, `self` left out."""
    try:
        found = inspect.signature(value).parameters
    except ValueError:
        return []
    return [name for name in found if name not in ("self", "cls") and not name.startswith("_")]


# Parameters that mean the same everywhere, and the words that speak of them.
USUAL = {"dm": "decision maker", "other": "another", "than": "another", "graph": "graph", "key": "key"}


def undescribed(value: Any) -> list[str]:
    """The parameters that a docstring does not mention, by name or by the usual words."""
    text = inspect.getdoc(value) or ""
    return [
        name
        for name in parameters(value)
        if not re.search(rf"(?<!\w){re.escape(name).replace('_', '[ _]')}s?(?!\w)", text, re.IGNORECASE)
        and USUAL.get(name, name) not in text
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_exported_function_describes_its_parameters_and_shows_its_use(name: str) -> None:
    value = FUNCTIONS[name]
    text = inspect.getdoc(value) or ""
    assert undescribed(value) == []
    assert ">>>" in text, "it has no example"


@pytest.mark.parametrize("name", CLASSES)
def test_an_exported_class_describes_its_fields(name: str) -> None:
    value = CLASSES[name]
    if is_dataclass(value):
        assert undescribed(value) == []


LOWER_FLOORS = ("errors", "text", "model", "space", "preference", "concepts", "engines.base", "engines.single", "analysis.certificate")


def on_a_lower_floor(module: ModuleType) -> bool:
    """Whether a module belongs to the floors on which everything else stands; its docstrings are the definitions."""
    name = module.__name__.removeprefix("detente.")
    return any(name == floor or name.startswith(f"{floor}.") for floor in LOWER_FLOORS)


def inherited(cls: type, method: str) -> bool:
    """Whether a method only does what its class's base describes already."""
    return any(method in vars(base) for base in cls.__mro__[1:])


@pytest.mark.parametrize("module", [module for module in MODULES if on_a_lower_floor(module)], ids=lambda module: module.__name__)
def test_the_lower_floors_describe_every_parameter_and_show_every_function(module: ModuleType) -> None:
    problems = {}
    for name, value in own(module):
        if is_dataclass(value) or inspect.isfunction(value):
            problems[name] = undescribed(value)
        if inspect.isfunction(value) and ">>>" not in (inspect.getdoc(value) or ""):
            problems[name] = [*problems[name], "an example"]
        if inspect.isclass(value):
            problems.update(
                {
                    f"{name}.{method}": undescribed(f)
                    for method, f in methods(value)
                    if inspect.isfunction(f) and not inherited(value, method)
                }
            )
    assert {name: missing for name, missing in problems.items() if missing} == {}


class TestTheRule:
    """The rule, seen to find what breaks it."""

    @pytest.mark.parametrize("text", [None, "", "no sentence", "Returns the sum.", "A heading\n\nA sentence."])
    def test_a_bad_beginning(self, text: str | None) -> None:
        assert first_line_problem(text)

    @pytest.mark.parametrize("text", ["One sentence.", "A sentence that\nruns over a line.\n\nMore"])
    def test_a_good_beginning(self, text: str) -> None:
        assert first_line_problem(text) is None

    def test_a_parameter_that_is_not_mentioned(self) -> None:
        def add(a: int, b: int) -> int:
            """The sum of a and something."""
            return a + b

        assert undescribed(add) == ["b"]
