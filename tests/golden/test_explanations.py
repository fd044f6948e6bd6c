"""Explanations, letter by letter."""

from __future__ import annotations

import pytest

from tests.golden.explanations import EXPLANATIONS, FOLDER, text


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_explanation(name: str) -> None:
    assert text(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_no_text_is_left_over() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(EXPLANATIONS)
