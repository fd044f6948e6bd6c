"""The changer of texts, on texts that say any data in any layout: what is changed says the new data, and nothing else is touched."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import Problems
from detente.io.compose import compose
from detente.io.emit import Data, scalar
from detente.io.nodes import Items, Node, Pairs, SourceText
from detente.io.patching import Patcher

Part = TypeVar("Part")
WORDS = ["a", "b", "c c", "not x", "d, e", "- f", "# g", "12", 'h "i"', "j: k", "long " * 40 + "text", "two\nlines\n", "", "~"]


def random_data(rng: Random, depth: int = 3) -> Data:
    """Any data."""
    if depth and rng.random() < 0.7:
        parts = [random_data(rng, depth - 1) for _ in range(rng.randint(1, 5))]
        return {rng.choice(WORDS[:8]) + str(n): part for n, part in enumerate(parts)} if rng.random() < 0.6 else parts
    return None if rng.random() < 0.1 else rng.choice(WORDS)


def varied(rng: Random, data: Data) -> Data:
    """The same with something changed somewhere; a mapping stays one, and a list."""
    if isinstance(data, dict):
        fresh = ("new", random_data(rng, 1))
        return dict(one_changed(rng, list(data.items()), lambda pair: (pair[0], varied(rng, pair[1])), fresh))
    if isinstance(data, list):
        return one_changed(rng, data, lambda part: varied(rng, part), random_data(rng, 1))
    return random_data(rng, 1)


def one_changed(rng: Random, parts: list[Part], change: Callable[[Part], Part], fresh: Part) -> list[Part]:
    """The parts with one changed, moved or gone, or with a fresh one."""
    parts, at, to = list(parts), rng.randrange(len(parts)), rng.randrange(len(parts))
    what = rng.randrange(4)
    if what == 0:
        parts[at] = change(parts[at])
    elif what == 1:
        parts.insert(to, parts.pop(at))
    elif what == 2 and len(parts) > 1:
        parts.pop(at)
    else:
        parts.insert(at, fresh)
    return parts


def laid_out(rng: Random, data: Data, indent: int, comments: list[str]) -> list[str]:
    """Data in block style with comments, blank lines and lists that are indented or not; the first line stands behind a key or dash."""

    def comment(column: int) -> list[str]:
        if rng.random() < 0.3:
            comments.append(f"# {len(comments)} of the text")
            return [" " * column + comments[-1]]
        return [""] if rng.random() < 0.1 else []

    def beside() -> str:
        if rng.random() < 0.2:
            comments.append(f"# {len(comments)} of the text")
            return "   " + comments[-1]
        return ""

    if not isinstance(data, dict | list) or not data or (indent >= 0 and rng.random() < 0.2):
        if isinstance(data, str) and data.endswith("lines\n") and rng.random() < 0.7:
            return [" |", *(" " * (indent + 1) + line for line in data.splitlines())]
        return [" " + one_line(data) + beside()]
    lines = [beside()]
    if isinstance(data, list):
        column = indent + rng.choice([0, 2]) if indent >= 0 and rng.random() < 0.5 else indent + 2
        column = max(column, indent + 1) if indent < 0 else column
    else:
        column = indent + rng.choice([1, 2, 4]) if indent >= 0 else 0
    for part in data.items() if isinstance(data, dict) else [(None, part) for part in data]:
        lines += comment(column)
        key, value = part
        if key is None:
            first, *others = laid_out(rng, value, column if isinstance(value, dict) else column + 1, comments)
            head = " " * column + "-"
            if first == "" and others[0][: column + 2].isspace() and others[0].lstrip(" ")[:1] not in ("", "#") and rng.random() < 0.7:
                first, *others = others  # it begins behind the dash
                first = first[len(head) :]
            lines += [head + first, *others]
        else:
            first, *others = laid_out(rng, value, column, comments)
            lines += [" " * column + scalar(key) + ":" + first, *others]
    return lines


def one_line(data: Data) -> str:
    """Data in flow style."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{scalar(key, inside=True)}: {one_line(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(one_line, data)) + "]"
    return "null" if data is None else scalar(data, inside=True) if isinstance(data, str) else str(data)


def said(text: str) -> Data:
    """The data that a text says."""

    def of(node: Node) -> Data:
        if isinstance(node, Pairs):
            return {key.text: of(value) for key, value in node.pairs}
        if isinstance(node, Items):
            return [of(item) for item in node.items]
        return None if node.is_null else node.text

    problems = Problems()
    return of(compose(SourceText(text, "f.yaml"), problems))


def leaves(data: Data) -> list[Data]:
    """All single values in data, and the keys."""
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in (key, *leaves(value))]
    return [leaf for part in data for leaf in leaves(part)] if isinstance(data, list) else [data]


def patched(text: str, new: Data, is_json: bool = False) -> str:
    """The text changed to say new data."""
    return Patcher(text, is_json).patched(compose(SourceText(text, "f.yaml"), Problems()), said(text), new)


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that differ, with - or + before them."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:2] not in ("--", "++", "@@") and line[:3] not in ("---", "+++")]


@settings(max_examples=100)
@given(st.integers(0, 2**32), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_text_in_any_layout_says_the_new_data(seed: int, newline: str, ended: bool) -> None:
    rng = Random(seed)
    data = {f"k{n}": random_data(rng) for n in range(3)}
    comments: list[str] = []
    lines = laid_out(rng, data, -2, comments)[1:]
    text = newline.join(lines) + newline * (ended or said(newline.join(lines)) != data)
    assert said(text) == data, text
    new = varied(rng, data)
    after = patched(text, new)
    assert json.dumps(new) in (json.dumps(said(after)), json.dumps(said(after + newline)))  # a block at the end needs the line end
    if sorted(map(json.dumps, leaves(data))) == sorted(map(json.dumps, leaves(new))):
        assert [comment for comment in comments if comment in text and comment not in after] == []
