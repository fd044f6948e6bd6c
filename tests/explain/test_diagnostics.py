"""Diagnostics as a person reads them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import ConflictError, Diagnostic, Position, Severity
from detente.explain.diagnostics import columns, render, render_all, visible
from detente.io import loads

FILE = """\
detente: 1
title: Elmira
decision makers:
  Uniroyal:
    options: {Delay: , Accept: }
    prefers:
      - not Aceept or Delay
"""
GOLDEN = """\
error[M104]: no option is called "Aceept"
 --> elmira.yaml:7:13
  |
7 |       - not Aceept or Delay
  |             ^^^^^^ did you mean "Accept" (Uniroyal)?
  |
help: options are Delay and Accept          detente explain-code M104"""


def carets(shown: str) -> str:
    """What stands above the carets of a rendered diagnostic, by columns."""
    lines = shown.splitlines()
    below = next(i for i, line in enumerate(lines) if "^" in line)
    first, last = lines[below].index("^"), lines[below].rindex("^") + 1
    above, at = "", 0
    for character in lines[below - 1]:
        above += character if first <= at < last else ""
        at += columns(character)
    return above


def test_an_error_of_a_file_is_shown_with_its_line() -> None:
    with pytest.raises(ConflictError) as caught:
        loads(FILE, "elmira.yaml")
    (found,) = caught.value.diagnostics
    assert render(found, FILE) == GOLDEN


def test_the_count_stands_at_the_end() -> None:
    found = [
        Diagnostic("M100", "a"),
        Diagnostic("M158", "b", severity=Severity.WARNING),
        Diagnostic("M158", "c", severity=Severity.WARNING),
    ]
    assert render_all(found).splitlines()[-1] == "1 error, 2 warnings"
    assert render_all([]) == ""


def test_without_its_text_a_place_is_named_alone() -> None:
    found = Diagnostic("M104", "no such option", Position("a.yaml", 3, 4, 2), help='did you mean "x"? look')
    assert render(found) == 'error[M104]: no such option\n --> a.yaml:3:4\nhelp: did you mean "x"? look          detente explain-code M104'
    assert render(found, "one line") == render(found)


def test_wide_characters_tabs_and_marks_keep_the_carets_below_the_place() -> None:
    for line, word in [
        ("- 水 and Aceept", "Aceept"),
        ("-\tAceept", "Aceept"),
        ("- e\u0301te\u0301 Aceept", "Aceept"),
        ("- 水水 x", "水水"),
    ]:
        shown = render(Diagnostic("M104", "m", Position("f", 1, line.index(word) + 1, len(word))), line)
        assert carets(shown) == word, shown


def test_directions_and_controls_are_made_visible() -> None:
    line = "- \u202eAceept\x1b[31m or x"
    found = Diagnostic("M104", "no option is called \u2066x", Position("\x07.yaml", 1, 4, 6), help="\u202e")
    shown = render(found, line)
    assert "<U+202E>Aceept<U+001B>[31m" in shown
    assert carets(shown) == "Aceept"
    assert all(c == "\n" or c.isprintable() for c in shown)


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a" * 5000 + " Aceept " + "b" * 5000
    shown = render(Diagnostic("M104", "m", Position("f", 1, 5002, 6)), line)
    assert carets(shown) == "Aceept"
    assert all(columns(part) < 130 for part in shown.splitlines())
    assert "…aaa" in shown
    assert "bbb…" in shown


def test_a_long_help_puts_the_command_below() -> None:
    shown = render(Diagnostic("M104", "m", help="x" * 200))
    assert shown.splitlines()[-1] == "      detente explain-code M104"


@given(st.text(max_size=300), st.text(max_size=40), st.integers(1, 9), st.integers(1, 400), st.integers(0, 500))
def test_nothing_hidden_reaches_the_screen(text: str, message: str, line: int, column: int, length: int) -> None:
    shown = render(Diagnostic("M104", message, Position(message, line, column, length), help=message), text)
    assert all(c == "\n" or c.isprintable() or unicodedata.category(c) == "Zs" for c in shown)
    assert shown.count("^") >= (1 if text and line == 1 else 0)
    assert visible(visible(message)) == visible(message)
