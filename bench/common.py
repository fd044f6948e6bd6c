"""What the benchmarks share: families of random conflicts, copies of memory, a child process for each measurement, rows of results.

A benchmark is a program beside this file that measures *ladders*: one quantity grows (options, decision makers, statements, width of
statements), everything else stays.  Every step is measured in a process of its own, so that its peak memory is its own and a limit of
time can end it; its answer is asserted against another engine or a known count before the time is kept.  The families have fixed seeds:
the same call gives the same conflict on every machine.

    outcome = in_child(step, conflict("random", 60, deciders=6, statements=12, seed=1), seconds=60)
    save("symbolic", [Row("options", "symbolic", "random", 60, 6, 12, seconds=outcome.seconds, ...)])
"""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import platform
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any, Literal

from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.formula import Formula, Not, Taken, all_of, any_of, options_in
from detente.model.preference import Statement
from detente.model.rule import Infeasible, Rule, formulas_of, permits
from detente.preference.prioritization import OptionPrioritization

RESULTS = Path(__file__).parent / "results"
"""Where results are kept: one JSON file for each benchmark."""
Family = Literal["full", "ruled", "random", "local"]
ONE_WAY = 0.2
RULES = {"full": 0.0, "ruled": 1 / 3, "random": 1 / 4, "local": 1 / 4}
"""Rules for each option in a family; each excludes two or three literals together."""


# -- families of conflicts ---------------------------------------------------------------------------------------------
def conflict(
    family: Family, options: int, deciders: int = 4, statements: int = 12, width: tuple[int, int] = (1, 3), seed: int = 1
) -> Conflict:
    """A random conflict of a family; the same call gives the same conflict everywhere.

    full
        Every combination feasible, every option both ways; statements over all options.
    ruled
        A rule for every third option, every fifth option one-way; statements over all options.
    random
        A rule for every fourth option, every fifth option one-way; statements over all options.
    local
        The same, statements over the options of their owner and of the two next to them in a ring.

    `width` is the least and the most number of literals in a statement, which are joined by "and" or by "or".  The status quo is a feasible
    combination drawn with the seed.
    """
    rng = Random(f"{family} {options} {deciders} {statements} {width} {seed}")
    keys = [f"o{number}" for number in range(options)]
    owner = [number * deciders // options for number in range(options)]
    one_way = ONE_WAY if family != "full" else 0.0
    made = []
    for key, who in zip(keys, owner, strict=True):
        direction = rng.choice((Direction.ONLY_ON, Direction.ONLY_OFF)) if rng.random() < one_way else Direction.BOTH
        made.append(Option(key, key, (f"P{who}",), direction))
    rules: list[Rule] = [
        Infeasible(all_of(*_literals(rng, keys, rng.randint(2, 3)))) for _ in range(round(options * RULES[family]))
    ]  # fmt: skip
    parties = []
    for who in range(deciders):
        near = {(who + step) % deciders for step in (-1, 0, 1)}
        pool = [key for key, at in zip(keys, owner, strict=True) if at in near] if family == "local" else keys
        wants = []
        for _ in range(statements):
            literals = _literals(rng, pool, min(len(pool), rng.randint(*width)))
            wants.append(Statement(rng.choice((all_of, any_of))(*literals)))
        parties.append(DecisionMaker(f"P{who}", f"P{who}", OptionPrioritization(tuple(wants))))
    size = f"{options} options, {deciders} decision makers, {statements} statements of {width[0]} to {width[1]} literals"
    title = f"{family}, {size}, seed {seed}"
    bare = Conflict(title, tuple(parties), tuple(made), tuple(rules))
    return Conflict(title, tuple(parties), tuple(made), tuple(rules), status_quo=taken_in(bare, feasible(bare, seed)))


def _literals(rng: Random, keys: Sequence[str], count: int) -> list[Formula]:
    return [Taken(key) if rng.random() < 0.5 else Not(Taken(key)) for key in rng.sample(list(keys), count)]


def feasible(of: Conflict, seed: int = 1) -> int:
    """A feasible combination, drawn with a seed: options are flipped at random in broken rules until none is broken."""
    rng, keys = Random(seed), [option.key for option in of.options]
    place = {key: k for k, key in enumerate(keys)}
    taken = frozenset(key for key in keys if rng.random() < 0.5)
    names = {rule: sorted(frozenset().union(*map(options_in, formulas_of(rule)))) for rule in of.rules}
    for _ in range(1_000_000):
        broken = [rule for rule in of.rules if not permits(rule, taken)]
        if not broken:
            return sum(1 << place[key] for key in taken)
        taken ^= {rng.choice(names[rng.choice(broken)])}
    raise AssertionError("no feasible combination was found")


def taken_in(of: Conflict, combination: int) -> frozenset[str]:
    """The options that a combination takes."""
    return frozenset(option.key for k, option in enumerate(of.options) if combination >> k & 1)


# -- measuring ---------------------------------------------------------------------------------------------------------
def copy_seconds(size: int, rounds: int = 3) -> float:
    """The best time of copying so many bytes of memory with NumPy, in pieces of at most 256 MiB, measured now."""
    import numpy as np

    piece = max(1, min(size, 1 << 28))
    source, into = np.ones(piece, dtype=np.uint8), np.empty(piece, dtype=np.uint8)
    np.copyto(into, source)
    best = math.inf
    for _ in range(rounds):
        begun = time.perf_counter()
        np.copyto(into, source)
        best = min(best, time.perf_counter() - begun)
    return best * size / piece


def reference_copy(options: int, deciders: int) -> float:
    """The time of copying 16 bytes for each combination and decision maker: what the bars of explicit engines are counted in."""
    return copy_seconds(16 * deciders << options)


def peak_memory() -> int:
    """Most memory in bytes that this process held at once; its ended children's largest is added."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 + children
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) + children


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a measured call gave: its value, its seconds and its peak memory; `ended` says why there is none of these."""

    value: Any = None
    seconds: float | None = None
    peak: int | None = None
    ended: str = ""


def _run(into: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    os.setsid()  # so that what the call starts ends with it
    begun = time.perf_counter()
    try:
        value = function(*arguments)
    except Exception as error:  # the parent says which step failed
        into.send(("error", f"{type(error).__name__}: {error}", 0.0, 0))
        return
    into.send(("done", value, time.perf_counter() - begun, peak_memory()))


def in_child(function: Callable[..., Any], *arguments: Any, seconds: float | None = None) -> Outcome:
    """Call a function of a module in a process of its own, which is ended (with all that it started) after a limit of time.

    `seconds` in the outcome is the time of the call alone; `ended` is "not within N s" after the limit.  An AssertionError of the call is
    raised here: a benchmark whose answer is wrong ends.
    """
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(sending, function, arguments))
    child.start()
    sending.close()
    try:
        if not receiving.poll(None if seconds is None else seconds + 2):
            return Outcome(ended=f"not within {seconds:g} s")
        try:
            kind, value, took, peak = receiving.recv()
        except EOFError:
            child.join()
            return Outcome(ended=f"ended by itself with status {child.exitcode}")
        if kind == "error":
            if value.startswith("AssertionError"):
                raise AssertionError(value)
            return Outcome(ended=value)
        if seconds is not None and took > seconds:
            return Outcome(ended=f"not within {seconds:g} s")
        return Outcome(value, took, peak)
    finally:
        if child.pid is not None and child.is_alive():
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                child.kill()
        child.join()


# -- results -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """One measured step of a ladder.

    `ladder` names what grows: "options", "decision makers", "statements" or "width"; `width` is the most literals of a statement; `concept`
    is a key, or several with spaces between that were measured together.  `seconds` is None where there was no answer within `limit`
    seconds, and `note` then says what there was instead.  `copy` is the time of `reference_copy` in the same run, `passes` how many passes
    over all states were made, `answer` what was found (as text: counts may be large), and `checked` how that was asserted.
    """

    ladder: str
    engine: str
    family: str
    options: int
    deciders: int
    statements: int
    width: int = 3
    seed: int = 1
    concept: str = "Nash GMR SMR SEQ"
    seconds: float | None = None
    limit: float | None = None
    peak: int | None = None
    copy: float | None = None
    passes: float | None = None
    states: str | None = None
    answer: str | None = None
    checked: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.seconds is not None and not self.checked:
            raise AssertionError("a time is kept only of an answer that was checked")

    @property
    def grows(self) -> int:
        """The quantity that the ladder is about."""
        found = {"options": self.options, "decision makers": self.deciders, "statements": self.statements, "width": self.width}
        return found[self.ladder]

    @property
    def copies(self) -> float | None:
        """How many times the reference copy could have been made meanwhile."""
        return None if self.seconds is None or not self.copy else self.seconds / self.copy


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of log y against log x by least squares: y grows like x to this power.  None for fewer than three points."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 3:
        return None
    middle_x, middle_y = (sum(one[i] for one in logs) / len(logs) for i in (0, 1))
    spread = sum((x - middle_x) ** 2 for x, _ in logs)
    return sum((x - middle_x) * (y - middle_y) for x, y in logs) / spread if spread else None


def machine() -> dict[str, str | int]:
    """What was measured on: kind of processor, how many, memory, versions.  No names."""
    model = next((line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    flags = next((line for line in _lines("/proc/cpuinfo") if line.startswith("flags")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    vectors = "AVX-512" if "avx512bw" in flags else "AVX2" if "avx2" in flags else "none known"
    return {
        "processor": model,
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "vectors": vectors,
        "memory": memory,
        "python": platform.python_version(),
        "system": platform.system(),
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def save(name: str, rows: Iterable[Row], about: str = "") -> Path:
    """Write the rows of a benchmark into its file; `about` says in a sentence what was measured."""
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"{name}.json"
    data = {"about": about, "machine": machine(), "rows": [asdict(row) for row in rows]}
    lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in data["rows"])
    text = f'{{\n "about": {json.dumps(about)},\n "machine": {json.dumps(data["machine"])},\n "rows": [\n  {lines}\n ]\n}}\n'
    target.write_text(text, encoding="utf-8")
    return target


def load(name: str) -> tuple[str, dict[str, Any], list[Row]]:
    """What a benchmark is about, what it was measured on, and its rows."""
    data = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return data["about"], data["machine"], [Row(**row) for row in data["rows"]]


def show(row: Row) -> None:
    """Print a row as soon as it is measured."""
    took = f"{row.seconds:9.3f} s" if row.seconds is not None else f"{'-':>9}  "
    peak = f"{row.peak / 2**20:8,.0f} MiB" if row.peak else " " * 12
    copies = f"{row.copies:7.1f} copies" if row.copies else ""
    what = f"{row.engine:9}{row.family:7} n {row.options:<4}N {row.deciders:<3}k {row.statements:<3}width {row.width:<3}{row.concept:18}"
    print(what, took, peak, copies, row.checked if row.seconds is not None else row.note, flush=True)
