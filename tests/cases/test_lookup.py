"""Looking up packaged cases by name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from detente import cases
from detente.errors import UsageError


def test_the_flagship_comes_first_and_the_rest_in_order() -> None:
    first, *rest = cases.names()
    assert first == cases.FLAGSHIP
    assert rest == sorted(rest)
    assert not any(name.endswith(".expect") for name in rest)


@pytest.mark.parametrize("name", cases.names())
def test_every_packaged_case_has_a_file_and_a_line(name: str) -> None:
    assert cases.exists(name)
    assert cases.path(name).is_file()
    assert 20 < len(cases.describe(name)) <= 120
    assert not cases.describe(name).startswith("#")


@pytest.mark.parametrize("name", [name for name in cases.names() if name != cases.FLAGSHIP])
def test_every_published_case_says_in_its_first_line_what_it_is(name: str) -> None:
    first = cases.path(name).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# {cases.describe(name)}"
    assert first.endswith(".")
    assert cases.expect_path(name) is not None


def test_generated_cases_are_found_by_number() -> None:
    assert len(cases.generated()) == 78
    assert cases.load("2x2:12").title == cases.describe("2x2:12")
    assert cases.expect_path("2x2:12") is None
    with pytest.raises(UsageError, match="U403"):
        cases.path("2x2:12")


@pytest.mark.parametrize("wrong", ["elmria", "2x2:79", "2x2:0", "", "elmira.expect", "../elmira", "Elmira"])
def test_other_names_are_refused(wrong: str) -> None:
    assert not cases.exists(wrong)
    for ask in (cases.path, cases.expect_path, cases.describe, cases.load):
        with pytest.raises(UsageError, match="U402"):
            ask(wrong)


def test_a_close_name_is_suggested() -> None:
    with pytest.raises(UsageError) as raised:
        cases.path("elmria")
    assert 'did you mean "elmira"?' in str(raised.value.diagnostics[0].help)


def test_a_lookup_loads_neither_numpy_nor_a_reader_of_files() -> None:
    program = (
        "import sys; from detente import cases; [cases.describe(n) for n in cases.names()]; "
        "print([m for m in sys.modules if m.split('.')[0] in ('numpy', 'ruamel') or m.startswith('detente.io')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
