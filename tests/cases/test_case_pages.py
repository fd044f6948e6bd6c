"""The manual's page of packaged cases is what the files say now."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.cases import FLAGSHIP, WIDE, names
from detente.testing.case_pages import PAGE, main, page

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page(), "run: python -m detente.testing.case_pages"


def test_the_page_names_every_case_and_every_dispute() -> None:
    text = page()
    for name in names():
        assert (f"\n## {name}\n" in text) == (name not in (FLAGSHIP, WIDE))
    assert text.count("\nDisputed: ") == 2
    assert text.count("\n| 78 | ") == 1


def test_it_is_written_below_the_folder_that_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / PAGE).read_text(encoding="utf-8") == page()
    assert capsys.readouterr().out == f"{tmp_path / PAGE}\n"
