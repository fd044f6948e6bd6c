"""Ways to damage the bytes of a conflict file."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

from detente import cases, io
from detente.io.emit import emitted
from detente.io.writer import as_json, conflict_data
from detente.testing.models import Shape
from tests.dressed import dressed_conflict

SMALL = """\
detente: 1
title: Two parties and a well
sources:
  article: {title: "A newspaper, page 3", date: 1999-01-02}
asserters:
  officials: {name: the town's officials, speaks for: Town, adverse to: [Company]}
decision makers:
  Town: &town
    name: The town
    basis: {reported: [article ¶1 by officials], why: "said so"}
    options:
      Sue: {direction: only on}
      Wait:
    prefers:
      - Clean
      - {when: not Sue if Clean, says: no suit, basis: {assumed: it costs}}
    red lines:
      - never: Wait and not Clean
  Company:
    options:
      Clean: {shared with: [Town]}
      Leave:
        direction: only off
        description: >-
          a long
          text
    ranking: [9, [1, 2], "NNNY", {taken: [Sue, Leave]}, the deal, 5, [6, 3]]
    spare preferences:
      - weights: {Clean: -3, Leave: 2}
rules:
  - infeasible: Sue and Wait
  - at most one: [Clean, Leave]
  - {option: Wait, only if: "Leave or not Leave"}
  - {merged: Leave and Sue, name: gone}
status quo: [Wait]
states: {the deal: [Clean]}
coalitions: [[Town, Company], {name: both, members: [Town]}]
positions: {Company: {state: the deal, says: so, basis: {assumed: so}}, Town: [Clean]}
fallback: [Wait]
missing: [{what: the minutes, about: Town}]
uncertain:
  what the town minds most: {of: Town, order: [2, 1]}
  the suit:
    {of: Town, statement: 2, or: [{left out: yes, weight: 1}, {when: Wait, weight: 1/3}], as written: 2/3, weights basis: {assumed: so}}
  for good: {direction: Leave, or: [both ways, only on]}
  a line: {of: Town, red line: 1}
"""
"""A file with a bit of everything."""

TOKENS = (
    "!!python/object/apply:os.system [ls]", "!!python/name:os.system ", "!!binary ", "!!set {a}", "!!timestamp 2001-01-01", "!x ",
    "!<y> ", "&a ", "*a", "*town", "&town ", "<<: *town\n", "<<: {name: x}\n", "\x00", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028",
    "\u202e", "\ufeff", "\ufffe", "\ud800", "\t", "\r", "\r\n", "\n\n", "  ", "    ", "\n", "---\n", "...\n", "%YAML 9.9\n",
    "%TAG ! x:\n", "\"", "'", "\\", "\"\\U00110000\"", "\"\\xZZ\"", "\"\\ud800\"", "? ", ": ", "- ", "- - - - ", "[", "]", "{", "}",
    "[[[[[[", "{{{{{{", "|\n", ">9\n", "|-+\n", "#", "# x\n", ",", "@", "`", "null", "~", "true", "1e999", "-0", "0x10", "9" * 400,
    ".inf", "-99999999999999999999", "Y" * 40, "YN-N", "not " * 120, "(" * 150, "a" * 3000, "and and", "iff", "\"Wait\" or 'Sue", "é",
    "水", "\U0001f600", "e\u0301", "detente: 2\n", "decision makers: []\n", "status quo: 7\n", "status quo: Y---\n",
    "rules: [{merged: true}]\n", "rules: [{infeasible: true}]\n", "options without owner: {Rain: }\n", "taken: [Sue]",
    "statement: 0", "order: [1, 2, 3, 4, 5, 6, 7, 8]", "or: []", "weight: 1e-99", "left out",
)  # fmt: skip
"""What is put in."""

Damage = Callable[[Random, bytes], bytes]


def flipped(rng: Random, data: bytes) -> bytes:
    """Some bytes replaced by any."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made)


def truncated(rng: Random, data: bytes) -> bytes:
    """The beginning, or the end, alone."""
    at = rng.randrange(len(data))
    return data[:at] if rng.random() < 0.8 else data[at:]


def shuffled(rng: Random, data: bytes) -> bytes:
    """Some lines in another order."""
    lines = data.split(b"\n")
    first = rng.randrange(len(lines))
    last = min(len(lines), first + rng.randint(2, 12))
    part = lines[first:last]
    rng.shuffle(part)
    return b"\n".join([*lines[:first], *part, *lines[last:]])


def doubled(rng: Random, data: bytes) -> bytes:
    """A line twice, or a stretch of them, perhaps with another indentation."""
    lines = data.split(b"\n")
    first = rng.randrange(len(lines))
    part = [b" " * rng.choice([0, 0, 2, 7]) + line for line in lines[first : first + rng.choice([1, 1, 2, 5])]]
    to = rng.randrange(len(lines))
    return b"\n".join([*lines[:to], *part, *lines[to:]])


def dropped(rng: Random, data: bytes) -> bytes:
    """Without a line or two."""
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 2)):
        if lines:
            del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def salted(rng: Random, data: bytes) -> bytes:
    """With tokens put in, at the beginning of a line or anywhere."""
    for _ in range(rng.randint(1, 3)):
        starts = [0, *(at + 1 for at, byte in enumerate(data) if byte == 10)]
        at = rng.choice(starts) if rng.random() < 0.4 else rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(TOKENS).encode("utf-8", "surrogatepass") + data[at:]
    return data


def swapped(rng: Random, data: bytes) -> bytes:
    """Two words exchanged, or one put in the place of another."""
    text = data.decode("utf-8", "replace")
    words = text.split(" ")
    a, b = rng.randrange(len(words)), rng.randrange(len(words))
    words[a], words[b] = words[b], (words[a] if rng.random() < 0.5 else words[b])
    return " ".join(words).encode()


def spliced(rng: Random, data: bytes) -> bytes:
    """A piece of the file put in at another place."""
    a, to = rng.randrange(len(data)), rng.randrange(len(data))
    return data[:to] + data[a : a + rng.randint(1, 200)] + data[to:]


def bombed(rng: Random, data: bytes) -> bytes:
    """With aliases that stand for more and more."""
    depth, width = rng.randint(2, 9), rng.randint(2, 12)
    lines = ["x0: &x0 [a]", *(f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * width)}]" for i in range(1, depth))]
    return "\n".join([*lines, ""]).encode() + data


def nested(rng: Random, data: bytes) -> bytes:
    """With a value nested deeply."""
    depth = rng.choice([5, 29, 31, 100, 5000])
    opened = rng.choice(["[", "{a: ", "- ", "? "])
    lines = data.split(b"\n")
    lines.insert(rng.randrange(len(lines)), b"deep: " + opened.encode() * depth)
    return b"\n".join(lines)


def encoded(rng: Random, data: bytes) -> bytes:
    """In another encoding."""
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "utf-8-sig", "cp037"]), "replace")


def torn(rng: Random, data: bytes) -> bytes:
    """Cut between two bytes of a character, or with bytes that are none."""
    at = rng.randrange(len(data))
    return data[:at] + rng.choice([b"\xc3", b"\xff\xfe", b"\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"]) + data[at:]


WAYS: tuple[Damage, ...] = (
    flipped, flipped, truncated, shuffled, shuffled, doubled, doubled, dropped, salted, salted, salted, swapped, swapped, spliced,
    bombed, nested, encoded, torn,
)  # fmt: skip
"""The ways, those that leave most of the file readable more often."""


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in a document."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def restructured(rng: Random, data: Any) -> Any:
    """A document with one thing changed: deleted, renamed, replaced or added."""
    data = copy.deepcopy(data)
    path = rng.choice([place for place in places(data) if place])
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    last = path[-1]
    match rng.randrange(4):
        case 0:
            del holder[last]
        case 1:
            holder[last] = rng.choice([[], {}, ["x"], {"x": "y"}, 3, None, "one_word", True, [[]]])
        case 2 if isinstance(holder, dict):
            holder["unheard of"] = "x"
        case _ if isinstance(holder, dict):
            holder[f"{last} x"] = holder.pop(last)
        case _:
            holder.append(copy.deepcopy(holder[last]))
    return data


def misread(rng: Random, data: Any) -> Any:
    """A document with one value replaced by another one of it, or by something that only looks like it."""
    data = copy.deepcopy(data)
    leaves = [place for place in places(data) if place and not isinstance(_at(data, place), dict | list)]
    path = rng.choice(leaves)
    word = str(_at(data, path))
    new = rng.choice(
        [_at(data, rng.choice(leaves)), word[:-1], word + "x", f"not {word}", f"{word} and", 0, 7, 10**13, "NY", "NYNYN", "x by y"]
    )
    _at(data, path[:-1])[path[-1]] = new
    return data


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def reworded(seed: int) -> tuple[str, bytes]:
    """A file that is right in its form and wrong in what it says, by its number."""
    rng = Random(seed)
    data: Any = conflict_data(dressed_conflict(rng, Shape(most_options=4, most_states=16)))
    for _ in range(rng.choice([1, 1, 2, 4])):
        data = rng.choice([restructured, misread, misread])(rng, data)
    if rng.random() < 0.3:
        return "reworded.json", json.dumps(data, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return "reworded.yaml", "\n".join(emitted(data)).encode()


def originals() -> list[tuple[str, bytes]]:
    """Files to damage, by name: the small one often, packaged cases, the same in JSON."""
    elmira = cases.path("elmira").read_bytes()
    games = cases.path("chicken").read_bytes()
    data = as_json(cases.load("chicken")).encode()
    written = io.dumps(cases.load("cuban-missile-crisis")).encode()
    return [
        *[("small.yaml", SMALL.encode())] * 10,
        ("elmira.yaml", elmira),
        ("chicken.yaml", games),
        ("chicken.json", data),
        ("cuba.yaml", written),
    ]


def damaged(seed: int, files: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """A damaged file, by its number: its name and its bytes.  Every other one is damaged in what it says, and not in its form."""
    if seed % 2:
        return reworded(seed)
    rng = Random(seed)
    name, data = rng.choice(files)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        data = rng.choice(WAYS)(rng, data) if data else data
    return name, data
