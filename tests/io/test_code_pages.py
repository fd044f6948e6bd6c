"""The examples on the pages of codes: each really gives its code."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from detente import io
from detente.app.opening import opened
from detente.codes import known, page
from detente.errors import ConflictError, DetenteError, Diagnostic
from detente.io.composition import is_composition
from detente.io.forecasts import forecasts_in

BLOCK = re.compile(r"^## Example\n```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def example(code: str, language: str) -> str | None:
    """The example on a page, if it is in a language."""
    match = BLOCK.search(page(code))
    return match[2] if match and match[1] == language else None


def diagnostics(code: str, text: str, folder: Path) -> tuple[Diagnostic, ...]:
    """What reading a text gives, of a conflict or of forecasts.

    A composition is opened as commands do it, unless its page is about reading it for itself.
    """
    try:
        if re.search("^forecasts:", text, re.MULTILINE):
            forecasts_in(text, "example.yaml")
            return ()
        if is_composition(text) and code != "F631":
            (folder / "example.yaml").write_text(text, encoding="utf-8")
            return opened(folder / "example.yaml").diagnostics
        return io.loads(text, "example.yaml").diagnostics
    except ConflictError as problem:
        return problem.diagnostics


@pytest.mark.parametrize("code", [code for code in known() if code[0] in "MPFS" and example(code, "yaml") is not None])
def test_a_file_on_a_page_gives_its_code(code: str, tmp_path: Path) -> None:
    text = example(code, "yaml")
    assert text is not None
    found = diagnostics(code, text, tmp_path)
    assert [d.code for d in found] == [code], [str(d) for d in found]
    assert found[0].help
    assert found[0].where is not None


@pytest.mark.parametrize("code", [code for code in known() if code[0] == "M" and example(code, "python") is not None])
def test_a_program_on_a_page_gives_its_code(code: str) -> None:
    text = example(code, "python")
    assert text is not None
    with pytest.raises(DetenteError) as caught:
        exec(textwrap.dedent(text), {})
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_most_codes_of_files_have_an_example_that_is_run() -> None:
    codes = [code for code in known() if re.match(r"M1[0-2]|P20|F6[0-3]", code)]  # F64 is of folders of rows
    run = [code for code in codes if example(code, "yaml") or example(code, "python")]
    elsewhere = {"M112", "F600", "F602", "F603", "F604", "F608", "F616", "F617", "F618", "F619"}  # in tests of their own
    assert set(codes) - set(run) == elsewhere
