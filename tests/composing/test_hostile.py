"""Damaged composition files are refused with diagnostics, or read; nothing else comes of them."""

from __future__ import annotations

from pathlib import Path
from random import Random

from detente.app.composing import read_whole
from detente.errors import DetenteError
from tests.app.test_composing import ARMY, NORTH, SOUTH
from tests.conformance.seeds import fresh

PIECES = [
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "\n",
    "&a",
    "*a",
    "null",
    "~",
    "1e99",
    "-5",
    "north",
    "compose",
    "common",
    "links",
    "weighted",
    "''",
    "\x00",
]


def damaged(rng: Random, text: str) -> str:
    """A text with a few places deleted, doubled or replaced."""
    for _ in range(rng.randint(1, 3)):
        start = rng.randrange(len(text))
        end = min(len(text), start + rng.choice((1, 1, 3, 12)))
        text = text[:start] + rng.choice(["", text[start:end] * 2, rng.choice(PIECES)]) + text[end:]
    return text


def codes(path: Path) -> list[str]:
    """The codes of what is wrong with a composition."""
    try:
        read_whole(path)
    except DetenteError as problem:
        return [found.code for found in problem.diagnostics]
    return []


def test_damaged_compositions(tmp_path: Path) -> None:
    refused, rng = 0, Random(f"{fresh()} damaged")
    for name, text in {"north": NORTH, "south": SOUTH}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    for _ in range(250):
        (tmp_path / "army.yaml").write_text(damaged(rng, ARMY), encoding="utf-8")
        refused += bool(codes(tmp_path / "army.yaml"))
    assert refused > 80
