"""Looking up packaged cases by name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from detente.cases import FLAGSHIP, WIDE, describe, exists, expect_path, expected, generated, load, names, path
from detente.errors import UsageError


def test_the_flagships_come_first_and_the_rest_in_order() -> None:
    first, second, *rest = names()
    assert (first, second) == (FLAGSHIP, WIDE)
    assert rest == sorted(rest)
    assert not any(name.endswith(".expect") for name in rest)


@pytest.mark.parametrize("name", names())
def test_every_packaged_case_has_a_file_and_a_line(name: str) -> None:
    assert exists(name)
    assert path(name).is_file()
    assert 20 < len(describe(name)) <= 120
    assert not describe(name).startswith("#")


@pytest.mark.parametrize("name", [name for name in names() if name not in (FLAGSHIP, WIDE)])
def test_every_published_case_says_in_its_first_line_what_it_is(name: str) -> None:
    first = path(name).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# {describe(name)}"
    assert first.endswith(".")
    assert expect_path(name) is not None


def test_generated_cases_are_found_by_number() -> None:
    assert len(generated()) == 78
    assert load("2x2:12").title == describe("2x2:12")
    assert expect_path("2x2:12") is None
    with pytest.raises(UsageError, match="U403"):
        path("2x2:12")


def test_expected_verdicts_are_given_as_text() -> None:
    file = expect_path("elmira")
    assert file is not None
    assert expected("elmira") == file.read_text(encoding="utf-8")
    assert (expected("2x2:12") or "").startswith("case: Strict ordinal 2×2 game 12")
    for name in (FLAGSHIP, WIDE):
        assert (expected(name) is None) == (expect_path(name) is None)


@pytest.mark.parametrize("wrong", ["elmria", "2x2:79", "2x2:0", "", "elmira.expect", "../elmira", "Elmira"])
def test_other_names_are_refused(wrong: str) -> None:
    assert not exists(wrong)
    for ask in (path, expect_path, expected, describe, load):
        with pytest.raises(UsageError, match="U402"):
            ask(wrong)


def test_a_close_name_is_suggested() -> None:
    with pytest.raises(UsageError) as raised:
        path("elmria")
    assert 'did you mean "elmira"?' in str(raised.value.diagnostics[0].help)


def test_a_lookup_loads_neither_numpy_nor_a_reader_of_files() -> None:
    program = (
        "import sys; from detente.cases import describe, names; [describe(n) for n in names()]; "
        "print([m for m in sys.modules if m.split('.')[0] in ('numpy', 'ruamel') or m.startswith('detente.io')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
