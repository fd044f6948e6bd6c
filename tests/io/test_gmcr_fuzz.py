"""Damaged `.gmcr` files: each is read or refused with diagnostics, in bounded time, and what is read can be written again."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from detente.errors import ConflictError
from detente.io.gmcr import read_gmcr
from detente.io.gmcr_write import gmcr_text

FOLDER = Path(__file__).parents[1] / "data" / "gmcr"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.gmcr"))]
JUNK: list[Any] = [
    None, True, False, 0, 1, -1, 2**40, 0.5, "", "Y", "N", "both", "\x00", "\u202e", "水" * 300, [], [[]], [[[]]], {}, {"compound": True},
    {"compound": True, "members": [[[0, "Y"]], {"compound": True, "members": []}]}, [0, "Y"], [[0, "Y"]], [1, [2, 3]], list(range(1, 13)),
]  # fmt: skip
SIGNS = '{}[]",:0123456789YNeE-+.\\ \n\t\x00\ufeff\ud7ff"truefalsnNaIiy'


def cut(draw: random.Random, text: str) -> str:
    """The text up to some character."""
    return text[: draw.randrange(len(text))]


def scratched(draw: random.Random, text: str) -> str:
    """The text with some characters taken out, put in or replaced."""
    signs = list(text)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(signs))
        signs[at : at + draw.randint(0, 3)] = draw.choices(SIGNS, k=draw.randint(0, 3))
    return "".join(signs)


def spliced(draw: random.Random, text: str) -> str:
    """A piece of the text in another place of it."""
    a, b = sorted(draw.sample(range(len(text)), 2))
    at = draw.randrange(len(text))
    return text[:at] + text[a : min(b, a + 200)] + text[at:]


def renumbered(draw: random.Random, text: str) -> str:
    """The text with one or two digits, or letters for yes and no, exchanged for others."""
    signs = list(text)
    for at in draw.sample([i for i, sign in enumerate(signs) if sign in "0123456789YN"], draw.randint(1, 2)):
        signs[at] = draw.choice("YN" if signs[at] in "YN" else "0123456789")
    return "".join(signs)


def mistaken(draw: random.Random, text: str) -> str:
    """JSON in which some values are others: junk, a value from elsewhere in the file, one taken out, one twice."""
    data = json.loads(text)
    for _ in range(draw.randint(1, 3)):
        places: list[tuple[Any, Any]] = []
        values: list[Any] = []
        waiting = [data]
        while waiting:
            here = waiting.pop()
            keys = list(here) if isinstance(here, dict) else range(len(here))
            places += [(here, key) for key in keys]
            values += [here[key] for key in keys]
            waiting += [here[key] for key in keys if isinstance(here[key], (dict, list))]
        if not places:
            break
        holder, key = draw.choice(places)
        action = draw.randrange(4)
        if action == 0:
            del holder[key]
        elif action == 1 and isinstance(holder, list):
            holder.append(holder[key])
        else:
            holder[key] = json.loads(json.dumps(draw.choice(values if action == 2 else JUNK)))
    return json.dumps(data)


DAMAGES: list[Callable[[random.Random, str], str]] = [cut, scratched, spliced, renumbered, mistaken, mistaken]


def outcome(text: str) -> str:
    """What became of a file: "refused" or "read"; anything but a `ConflictError` escapes."""
    loaded = refusal = None
    try:
        loaded = read_gmcr(text, "damaged.gmcr")
    except ConflictError as problem:
        refusal = problem
    if refusal is not None or loaded is None:
        assert refusal is not None
        assert refusal.diagnostics
        assert all(d.code[0] in "IM" and d.message and d.where for d in refusal.diagnostics)
        return "refused"
    again, _ = gmcr_text(loaded.conflict, allow_loss=True)
    assert read_gmcr(again, "damaged.gmcr").conflict == loaded.conflict
    return "read"


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_are_read_or_refused(seed: int) -> None:
    """500 damaged files a seed."""
    found: dict[str, int] = {}
    for number in range(500):
        draw = random.Random(seed * 1_000_000 + number)
        text = draw.choice(DAMAGES)(draw, draw.choice(TEXTS))
        began = time.process_time()
        try:
            result = outcome(text)
        except Exception as problem:
            raise AssertionError(f"seed {seed * 1_000_000 + number}: {text[:3000]}") from problem
        assert time.process_time() - began < 2, f"seed {seed * 1_000_000 + number} took too long"
        found[result] = found.get(result, 0) + 1
    assert found.keys() == {"read", "refused"}, found
    assert found["read"] > 50, found
    assert found["refused"] > 200, found


@pytest.mark.parametrize(
    "text",
    [
        "\x00" * 1000,
        "\ufeff",
        "[" * 5_000_000,
        '{"a":' * 1_000_000,
        '"' + "\\u0041" * 500_000,
        "[" + "1," * 3_000_000,
        "9" * 7_000_000,
        " " * 9_000_000,
        '{"options": [' + ",".join(['{"name": "", "permittedDirection": "both"}'] * 4_000) + '], "decisionMakers": []}',
        '{"options": [' + ",".join(['{"name": "x", "permittedDirection": "fwd"}'] * 4_000) + '], "decisionMakers": ['
        + ",".join(['{"name": "A", "options": []}'] * 4_000) + "]}",
    ],
    ids=["zeros", "mark", "lists", "objects", "open text", "long list", "digits", "spaces", "options", "names"],
)  # fmt: skip
def test_hostile_files_take_bounded_time(text: str) -> None:
    began = time.process_time()
    result = outcome(text)
    assert result in ("refused", "read")
    assert time.process_time() - began < 20
