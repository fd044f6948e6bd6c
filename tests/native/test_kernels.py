"""The kernels against their plain statement: as installed, with sanitizers, spoilt on purpose, and asked for the impossible."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from detente.engines.array import native
from detente.engines.array.native.programs import program
from detente.model.evaluate import evaluator
from detente.testing.models import random_formula
from tests.conformance.seeds import FIXED, fresh
from tests.native import naive

SOURCES = Path(native.__file__).parent
PLAIN = Path(naive.__file__)


@pytest.fixture(scope="session")
def kernels() -> ModuleType:
    """The installed kernels."""
    found = native.kernels()
    assert found is not None, "the kernels are not compiled: scripts/install compiles them where there is gcc or clang"
    return found


def built(folder: Path, *options: str, spoil: tuple[str, str, str] | None = None) -> Path:
    """The kernels, compiled anew with some options in a folder of their own; `spoil` replaces text in one file."""
    for file in (*SOURCES.glob("*.c"), *SOURCES.glob("*.h")):
        text = file.read_text(encoding="utf-8")
        if spoil is not None and file.name == spoil[0]:
            assert spoil[1] in text
            text = text.replace(*spoil[1:])
        (folder / file.name).write_text(text, encoding="utf-8")
    into = folder / "_kernels.abi3.so"
    flags = ["-std=c11", "-Wno-psabi", "-Werror=vla", "-fPIC", "-shared", "-pthread", f"-I{sysconfig.get_path('include')}"]
    sources = [str(file) for file in sorted(folder.glob("*.c"))]
    done = subprocess.run(["gcc", *flags, *options, *sources, "-o", str(into)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return into


def asked(file: Path, seed: int, questions: int, **environment: str) -> subprocess.CompletedProcess[str]:
    """Random questions to kernels in a process of their own."""
    command = [sys.executable, str(PLAIN), str(file), str(seed), str(questions)]
    more = {"OPENBLAS_NUM_THREADS": "1", **environment}
    return subprocess.run(command, env=os.environ | more, capture_output=True, text=True, check=False)


def library(name: str) -> str:
    """Where gcc keeps one of its libraries."""
    return subprocess.run(["gcc", f"-print-file-name={name}"], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("seed", [FIXED, None], ids=["fixed seed", "fresh seed"])
def test_what_is_installed(kernels: ModuleType, seed: int | None) -> None:
    naive.ask(kernels, fresh() if seed is None else seed, 800)


@pytest.mark.parametrize(
    ("sanitizers", "libraries", "questions"),
    [("address,undefined", ("libasan.so", "libubsan.so"), 300), ("thread", ("libtsan.so",), 20)],
    ids=["address and undefined behaviour", "threads"],
)
def test_with_sanitizers(tmp_path: Path, sanitizers: str, libraries: tuple[str, ...], questions: int) -> None:
    """No access beyond a buffer, no undefined behaviour, no race; the seed is printed if there is."""
    file = built(tmp_path, "-O1", "-g1", f"-fsanitize={sanitizers}", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer")
    assert (b"__asan_" if "address" in sanitizers else b"__tsan_") in file.read_bytes()
    preloaded = {"LD_PRELOAD": " ".join(map(library, libraries))}
    settings = {"ASAN_OPTIONS": "detect_leaks=0", "TSAN_OPTIONS": "halt_on_error=1", "DETENTE_THREADS": "4"}
    seed = fresh()
    done = asked(file, seed, questions, **preloaded, **settings)
    assert done.returncode == 0, f"seed {seed}\n{done.stdout}\n{done.stderr}"
    assert "all agree" in done.stdout


def test_for_other_processors(tmp_path: Path) -> None:
    """Without the vectors of one kind of processor: what any other compiles."""
    file = built(tmp_path, "-O1", "-DDETENTE_PORTABLE")
    assert naive.levels(naive.loaded(str(file))) == ["single", "baseline"]
    done = asked(file, fresh(), 200)
    assert done.returncode == 0, done.stderr


SPOILT = {
    "an equal row counts as better": ("schedule.c", "&& f->codes[f->order[last]] == f->codes[f->order[first]]", "&& 0"),
    "a one-way option goes both ways": ("schedule.c", "return !(to & ~from & f->only_off) &&", "return"),
    "a place too few is exchanged": ("passes.h", "for (; k < at->exchanged; k++)", "for (; k + 1 < at->exchanged; k++)"),
    "what is hidden is reached": ("passes.h", "tile[r] = old[r] | hidden[r]", "tile[r] = old[r]"),
    "a change is not marked": ("passes.h", "atomic_fetch_or_explicit(word, ~pass->me, memory_order_relaxed)", "(void)0"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_kernel_is_found(tmp_path: Path, what: str) -> None:
    done = asked(built(tmp_path, "-O0", spoil=SPOILT[what]), FIXED, 800)
    assert done.returncode == 1
    assert f"AssertionError: seed {FIXED}, question" in done.stderr


def test_conditions_and_codes(kernels: ModuleType) -> None:
    """Programs are true where their conditions are, in any part of a space; codes are the numbers that they are the bits of."""
    rng = Random(fresh())
    for _ in range(200):
        options = rng.randint(1, 12)
        keys = [f"o{number}" for number in range(options)]
        index = {key: place for place, key in enumerate(keys)}
        if rng.random() < 0.3:  # far away: bits beyond the first words
            index[keys[0]] = rng.randint(12, 40)
        formulas = [random_formula(rng, keys, rng.randint(0, 4)) for _ in range(rng.randint(1, 7))]
        tests = [evaluator(formula, index) for formula in formulas]
        first = 64 * rng.randrange(1 << rng.randint(0, 30))
        count = rng.choice((8, 64, 1024, 1800))
        programs = tuple(program(formula, index) for formula in formulas)
        out = np.zeros(count // 8, np.uint8)
        kernels.truth(programs[0], first, out)
        assert np.unpackbits(out, bitorder="little").tolist() == [tests[0](first + k) for k in range(count)]
        feasible = np.array([rng.randrange(256) for _ in range(count // 8)], np.uint8)
        dtype = np.dtype(rng.choice(("u2", "u4") if len(formulas) > 7 else ("u1", "u2", "u4")))
        codes, may = np.zeros(count, dtype), np.unpackbits(feasible, bitorder="little")
        kernels.vectors(rng.choice(naive.levels(kernels)))
        kernels.codes(dtype.itemsize, programs, first, feasible, codes)
        for k, (found, can) in enumerate(zip(codes.tolist(), may.tolist(), strict=True)):
            bits = "".join(str(test(first + k)) for test in tests)
            assert found == (1 + int(bits, 2) if can else int(np.iinfo(dtype).max))
    kernels.vectors(naive.levels(kernels)[-1])


def impossible(kernels: ModuleType) -> dict[str, Any]:
    """Calls that no kernel may follow."""
    rows, four, eight = np.arange(2, dtype=np.uint32), np.zeros(4, np.uint8), np.zeros(8, np.uint8)
    schedule = kernels.Schedule(rows, 0, 0)
    improving = kernels.Schedule(rows, 0, 0, np.zeros((2, 2), np.uint32))
    one = np.array([1], np.uint32)
    return {
        "no rows": lambda: kernels.Schedule(b"", 0, 0),
        "codes of another size": lambda: kernels.Schedule(rows, 0, 0, np.zeros(3, np.uint32)),
        "a width that there is not": lambda: kernels.cube(3, four, four, 2, 1, schedule),
        "a buffer too small": lambda: kernels.cube(1, eight, four, 3, 1, schedule),
        "bits outside": lambda: kernels.cube(1, four, four, 2, 4, schedule),
        "fibres of another size": lambda: kernels.cube(1, four, four, 2, 3, schedule),
        "a context that there is not": lambda: kernels.cube(1, four, four, 2, 1, improving, context=2),
        "contexts beyond the last": lambda: kernels.cube(1, four, four, 2, 1, improving, b"\x01", one, 1),
        "a context of own bits": lambda: kernels.cube(1, four, four, 2, 1, improving, b"\x00", one),
        "marks of another size": lambda: kernels.cube(1, four, four, 2, 1, schedule, marks=np.zeros(2, np.uint32)),
        "ranks and codes": lambda: kernels.cube(1, four, four, 2, 1, improving, ranks=four),
        "ranks of another size": lambda: kernels.judge(1, four, eight, 2, 1, schedule, None, np.zeros(1, np.uint8)),
        "an answer of another size": lambda: kernels.judge(1, eight, eight, 3, 1, schedule, None, four),
        "mixed radix that does not fit": lambda: kernels.rows(1, four, four, 1, 2, 3, schedule),
        "mixed contexts beyond the last": lambda: kernels.rows(1, four, four, 1, 2, 2, improving, None, np.array([0, 2], np.uint32)),
        "mixed answer of another size": lambda: kernels.judge_rows(1, four, four, 1, 2, 2, schedule, None, eight),
        "a program that ends early": lambda: kernels.truth(b"\x03", 0, four),
        "a program of nothing": lambda: kernels.truth(b"", 0, four),
        "a program of too much": lambda: kernels.truth(b"\x01" * 70, 0, four),
        "a program from the middle": lambda: kernels.truth(b"\x01", 5, four),
        "too many programs": lambda: kernels.codes(1, (b"\x01",) * 8, 0, None, four),
        "programs that are none": lambda: kernels.codes(1, ("x",), 0, None, four),
        "vectors that there are not": lambda: kernels.vectors("abacus"),
    }


def test_the_impossible_is_refused(kernels: ModuleType) -> None:
    for what, call in impossible(kernels).items():
        try:
            call()
        except ValueError:
            continue
        raise AssertionError(f"{what} was not refused")
    with pytest.raises(TypeError, match="read-write"):
        kernels.cube(1, bytes(4), bytes(4), 2, 1, kernels.Schedule(np.arange(2, dtype=np.uint32), 0, 0))


CHILD = """
import os, numpy as np
from detente.engines.array import native
kernels = native.kernels()
schedule = kernels.Schedule(np.arange(32, dtype=np.uint32), 0, 0)
def work():
    values = np.arange(1 << 18, dtype=np.uint32)[::-1].copy()
    kernels.cube(4, values, values, 18, 31, schedule)
    return values
expected = work()
child = os.fork()
if child == 0:
    os._exit(0 if (work() == expected).all() else 1)
print(kernels.threads(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_threads_are_told_and_do_not_outlive_a_fork() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHILD], env=os.environ | {"DETENTE_THREADS": "3"}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "3 0\n"


def test_kernels_can_be_left_alone() -> None:
    code = "from detente.engines.array.native import about, kernels; print(kernels(), about())"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=os.environ | {"DETENTE_NATIVE": "no"}, capture_output=True, text=True, check=True)
    assert done.stdout == "None NumPy, without compiled kernels\n"
