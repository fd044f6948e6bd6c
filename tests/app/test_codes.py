"""Every code that the program can give has a page, and every page is of a code that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import detente
from detente.codes import known, page
from detente.errors import UsageError

SOURCE = Path(detente.__file__).parent
CODE = re.compile(r"[\"\[]([DEFIMPSU]\d{3})[\"\]]")


def used() -> dict[str, str]:
    """The codes that stand in the source, each with a file where it does."""
    return {code: file.name for file in SOURCE.rglob("*.py") for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_code_has_its_page() -> None:
    assert {code: file for code, file in used().items() if code not in known()} == {}


def test_every_page_is_of_a_code_that_is_used() -> None:
    assert sorted(set(known()) - set(used())) == []


@pytest.mark.parametrize("code", known())
def test_a_page_says_what_why_and_what_to_do(code: str) -> None:
    text = page(code)
    assert re.match(rf"# {code}: \S", text), text.splitlines()[0]
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["What", "Why", "Example", "Fix"]


def test_an_unknown_code_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UsageError) as found:
        page("U40l")
    assert found.value.diagnostics[0].code == "U418"
    assert "did you mean" in (found.value.diagnostics[0].help or "")
