"""Hostile files, class by class: each gets its diagnostic in bounded time and memory, in a process that would die otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from detente import io
from detente.errors import ConflictError, UsageError
from detente.io.compose import MAX_NODES, MAX_TEXT
from detente.io.decoding import MAX_BYTES
from detente.io.report import MAX_ERRORS

MEMORY = 1_500_000_000
"""Address space of the reading process, in bytes; Python and the libraries take a fifth of it."""
SECONDS = 60
"""Processor time of the reading process; the slowest of the files was seen to take a sixth of it."""
READER = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
import json
from detente import io
from detente.errors import DetenteError
from detente.explain.diagnostics import render
try:
    loaded = io.read(sys.argv[1])
    found, text = loaded.diagnostics, loaded.text
except DetenteError as problem:
    found, text = problem.diagnostics, ""
for d in found:
    render(d, text)
spent = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([[d.code for d in found], spent.ru_utime, spent.ru_maxrss]))
"""

HEAD = "detente: 1\ntitle: t\n"
PARTY = HEAD + "decision makers:\n  A:\n    options: {x: , y: }\n"


def options(count: int, more: str = "") -> str:
    """A conflict of one decision maker with so many options."""
    listed = "".join(f"      o{number}:\n" for number in range(count))
    return f"{HEAD}decision makers:\n  A:\n{more}    options:\n{listed}"


def bomb(levels: int) -> str:
    """Ten times as many values with each line."""
    lines = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, levels))]
    return HEAD + "\n".join(lines)


CASES: dict[str, tuple[str | bytes, str | None]] = {
    # nothing, no text, other encodings
    "empty": ("", "F601"),
    "blank": ("\n" * MAX_TEXT, "F601"),
    "comments": ("# x\n" * (MAX_TEXT // 4), "F601"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + os.urandom(1000), "F602"),
    "random": (bytes(range(1, 256)) * 100, "F603"),
    "zeros": (bytes(1000), "F602"),
    "utf-16": (PARTY.encode("utf-16"), "F603"),
    "utf-16 without its mark": (PARTY.encode("utf-16-le"), "F603"),
    "utf-32": (PARTY.encode("utf-32"), "F603"),
    "latin-1": (PARTY.replace("t\n", "té\n", 1).encode("latin-1"), "F603"),
    "utf-8 with a mark": (PARTY.encode("utf-8-sig"), None),
    "windows line ends": (PARTY.replace("\n", "\r\n").encode(), None),
    "old line ends": (PARTY.replace("\n", "\r").encode(), None),
    "escape sequences": (PARTY + "question: \x1b[2J\n", "F616"),
    "half a pair": (PARTY + 'question: "\\ud800"\n', "F609"),
    "a whole pair": (PARTY + 'question: "\\ud83d\\ude00"\n', None),
    # long
    "long": ("a" * (MAX_TEXT + 1), "F604"),
    "longer": (b"a" * (MAX_BYTES + 1), "F604"),
    "one long word": ("a" * MAX_TEXT, "M114"),
    "one long key": (f"? {'a' * (MAX_TEXT - 10)}\n: 1\n", "M113"),
    "one long text": (PARTY + f"question: '{'a ' * 900_000}'\n", None),
    "many escapes": (PARTY + 'question: "' + "\\x41" * 450_000 + '"\n', None),
    "an open quote": (PARTY + "question: '" + "a\n" * 900_000, "F605"),
    "many signs": ("!" * MAX_TEXT, "F612"),
    "many percents": ("%" * MAX_TEXT, "F605"),
    "many anchors": ("".join(f"- &a{i} x\n" for i in range(120_000)), "M114"),
    "many items": ("- a\n" * (MAX_TEXT // 4), "F607"),
    "many flow items": ("[" + "a," * (MAX_TEXT // 2 - 2) + "]", "F607"),
    "many keys": ("".join(f"k{i}: v\n" for i in range(90_000)), "F617"),
    "many equal keys": ("k: v\n" * 90_000, "F617"),
    "many documents": ("--- a\n" * 300_000, "F611"),
    "many text blocks": (PARTY + "rules:\n" + "- |\n" * 100_000, "F617"),
    "a huge number": (PARTY + f"    weights: {{x: {'9' * 1_000_000}}}\n", "M119"),
    "a huge state number": (PARTY + f"status quo: {'9' * 1_000_000}\n", "P206"),
    # deep
    "deep lists": ("[" * 1_000_000, "F607"),
    "deep mappings": ("{a: " * 400_000, "F607"),
    "deep dashes": ("- " * 900_000, "F607"),
    "deep questions": ("? " * 900_000, "F607"),
    "deep indentation": ("".join(" " * i + "a:\n" for i in range(1800)), "F607"),
    "a deep condition": (PARTY + f"    prefers: ['{'(' * 9000}x{')' * 9000}']\n", "M112"),
    "many negations": (PARTY + f"    prefers: ['{'not ' * 4000}x']\n", "M112"),
    "a long condition": (PARTY + f"    prefers: ['{' or '.join(['x'] * 4000)}']\n", None),
    "a condition of strangers": (PARTY + f"    prefers: ['{' or '.join(f'z{i}' for i in range(2000))}']\n", "F617"),
    # aliases, tags, merge keys
    "billion laughs": (bomb(12), "F607"),
    "quadratic laughs": (f"a: &a [{', '.join(['x'] * 20_000)}]\nb: [{', '.join(['*a'] * 20_000)}]\n", "F607"),
    "laughs below the limit": (bomb(4), "M113"),
    "an alias of itself": ("a: &a [*a]", "F614"),
    "an alias of nothing": ("a: *b", "F614"),
    "a program": (PARTY + "question: !!python/object/apply:os.system ['touch pwned']\n", "F612"),
    "a merge key": (PARTY + "    <<: {name: x}\n", "F613"),
    "an impossible escape": (PARTY + 'question: "\\UFFFFFFFF"\n', "F605"),
    "another version of YAML": ("%YAML 7.0\n---\n" + PARTY, "F605"),
    # large conflicts
    "many options": (options(90_000), None),
    "many options and a stranger": (options(90_000, "    prefers: [o90001]\n"), "M104"),
    "many decision makers": (HEAD + "decision makers:\n" + "".join(f"  A{i}: {{options: {{x{i}: }}}}\n" for i in range(25_000)), None),
    "many statements": (PARTY + "    prefers:\n" + "    - x\n" * 150_000, None),
    "many options of one name": (HEAD + "decision makers:\n" + "".join(f"  A{i}: {{options: {{x: }}}}\n" for i in range(25_000)), "F617"),
    "a rule over many options": (options(60_000) + f"rules:\n  - exactly one: [{', '.join(f'o{i}' for i in range(60_000))}]\n", None),
    "a rule that repeats": (PARTY + f"rules:\n  - exactly one: [{', '.join(['x'] * 90_000)}]\n", "F617"),
    "too many options for numbers": (options(27) + "status quo: 3\n", "S301"),
    "everything merged": (options(26) + "rules: [{merged: true}]\nstatus quo: 3\n", "S305"),
    "too many rules for the options": (
        options(26)
        + "rules:\n"
        + "".join(f"  - infeasible: o{i % 26} and o{i % 25} and not o{i % 24}\n" for i in range(9000))
        + "status quo: 3\n",
        "S306",
    ),
    "too many statements for the merges": (
        options(20, "    prefers:\n" + "    - o0 and o1 or o2 and o3\n" * 40_000) + "rules: [{merged: o0 and o1 and o2 and o3}]\n",
        "S306",
    ),
    "a ranking in a large space": (options(26, f"    ranking: [{', '.join(map(str, range(1, 100_000)))}]\n"), "P201"),
    "a ranking after statements in a large space": (
        options(26, f"    prefers: [{', '.join(f'o{i}' for i in range(20))}]\n    ranking: [{', '.join(map(str, range(1, 60_000, 7)))}]\n"),
        "S306",
    ),
    "many statements about pairs": (PARTY + "    pairs:\n" + "    - {unknown: x, over: y}\n" * 9_000, None),
    "many intervals": (PARTY + f"    pairs: [{{grey: [{'[0, 1], ' * 15_000}0.5], of: x, over: y}}]\n", None),
    "a huge certainty": (PARTY + f"    pairs: [{{certainty: 0.{'1' * 1_000_000}, of: x, over: y}}]\n", "M140"),
    "a certainty of a huge exponent": (PARTY + "    pairs: [{certainty: 1e999999999, of: x, over: y}]\n", "M140"),
    "many viewpoints": (PARTY + "viewpoints:\n" + "".join(f"  v{i}:\n" for i in range(25_000)), None),
    "many viewpoints of many": (
        HEAD
        + "decision makers:\n"
        + "".join(f"  A{i}: {{options: {{x{i}: }}}}\n" for i in range(2_500))
        + "viewpoints:\n"
        + "".join(f"  v{i}: {{decision makers: {{A{i}: {{prefers: [x{i}]}}}}, believes: {{A1: v0}}}}\n" for i in range(2_500)),
        None,
    ),
    "many viewpoints that nobody can hold": (PARTY + "viewpoints:\n" + "".join(f"  v{i}: {{held by: B}}\n" for i in range(10_000)), "F617"),
    "many viewpoints of a long ranking": (
        options(14, f"    ranking: [{', '.join(map(str, range(1, 16_385)))}]\n")
        + "viewpoints:\n"
        + "".join(f"  v{i}: {{decision makers: {{A: {{red lines: [o0]}}}}}}\n" for i in range(4_000)),
        None,
    ),
    "many guesses": (PARTY + "uncertain:\n" + "".join(f"  g{i}: {{direction: x, or: only on}}\n" for i in range(20_000)), "M187"),
    "as many open orders as there may be": (
        options(9, "    prefers:\n" + "".join(f"    - o{n % 9} or not o{n % 8}\n" for n in range(448)))
        + "uncertain:\n"
        + "".join(f"  g{n}: {{of: A, order: [{', '.join(str(7 * n + m) for m in range(1, 8))}]}}\n" for n in range(64)),
        None,
    ),
    "a long open order": (
        PARTY + f"    prefers: [x]\nuncertain: {{g: {{of: A, order: [{', '.join(map(str, range(1, 10_000)))}]}}}}\n",
        "M180",
    ),
    "many alternatives": (
        PARTY + f"    prefers: [x]\nuncertain: {{g: {{of: A, statement: 1, or: [{', '.join(['x and y'] * 60_000)}]}}}}\n",
        "M187",
    ),
    "as many alternatives as there may be": (
        options(13, "    prefers: [o0]\n")
        + "uncertain: {g: {of: A, statement: 1, or: ["
        + ", ".join(" and ".join(f"{'not ' * (n >> bit & 1)}o{bit}" for bit in range(13)) for n in range(5_039))
        + "]}}\n",
        None,
    ),
    "a long ranking": (options(16, f"    ranking: [{', '.join(map(str, range(1, 65_537)))}]\n"), None),
    "a long ranking that repeats": (options(16, f"    ranking: [{', '.join(['7'] * 65_536)}]\n"), "F617"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_told_in_bounded_time_and_memory(name: str, tmp_path: Path) -> None:
    content, code = CASES[name]
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = subprocess.run([sys.executable, "-c", READER, str(path)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr == ""
    codes, seconds, memory = json.loads(done.stdout)
    print(f"{name}: {seconds:.1f} s, {memory // 1024} MiB, {codes[:3]}")
    if code is None:
        assert codes == []
    else:
        assert code in codes
    assert len(codes) <= MAX_ERRORS + 1
    assert not (tmp_path / "pwned").exists()


def refusal(path: Path | str) -> str:
    """The code of the refusal to read a file."""
    with pytest.raises((ConflictError, UsageError)) as caught:
        io.read(path)
    (found,) = caught.value.diagnostics
    assert found.help
    return found.code


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    assert [refusal(path) for path in (folder, pipe, loop, tmp_path / "none.yaml", tmp_path / "none.txt")] == [
        "F600",
        "F600",
        "F600",
        "U404",
        "U405",
    ]


def test_an_endless_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "sparse.yaml"
    with path.open("wb") as file:
        file.truncate(10**12)
    assert refusal(path) == "F604"


def test_texts_have_the_limits_of_files() -> None:
    for text, code in [("a" * (MAX_TEXT + 1), "F604"), ("\0", "F616"), ("- x\n" * (MAX_NODES + 1), "F607")]:
        with pytest.raises(ConflictError) as caught:
            io.loads(text)
        assert [d.code for d in caught.value.diagnostics] == [code]


def test_all_problems_are_told_at_once() -> None:
    text = PARTY + "    prefers: [not z, x and]\n    weights: {}\nrules: [{infeasable: x}]\nstatus quo: [w]\nquestoin: why\n"
    with pytest.raises(ConflictError) as caught:
        io.loads(text)
    assert sorted(d.code for d in caught.value.diagnostics) == ["M104", "M104", "M111", "M113", "M117", "P209"]
    assert all(d.where is not None and d.help for d in caught.value.diagnostics)
