"""The array engine in memory: ladders in options, decision makers, statements and their width, each in copies of memory.

    python bench/explicit.py                    # all ladders (some minutes), kept in bench/results/explicit.json
    python bench/explicit.py --short            # the bars: 2^20 and 2^24 combinations, and NumPy alone at 2^20
    python bench/explicit.py --options 20 --family full --form grid

Measured are the ranks of all decision makers and the stable states of Nash, GMR, SMR and SEQ for each of them; the space itself is made
before.  A "copy" is 16 bytes for each combination and decision maker, copied with NumPy in the same process, before and after.  Of three
runs the quickest counts, and of the copies the quickest.  The time of all processors together is told besides, which says more while
others use the machine: two threads can make it half as long at best.  The answers are those of the grid that needs no kernels (up to 2^18
combinations: every verdict), and of the single engine on a sample of states.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.common import Family, Row, conflict, exponent, in_child, reference_copy, save, show

from detente.concepts.registry import concept
from detente.concepts.witness import Stays
from detente.engines.array import ArrayEngine, Form
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.space.sets import StateSet
from detente.space.states import StateSpace

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ")
EVERY_VERDICT = 18
"""Up to so many options every verdict is compared with the grid without kernels; also of 20 options, where one decision maker has many."""
RUNS = 3
ABOUT = (
    "The array engine in memory: ranks and all four concepts for every decision maker. The note of a row tells the time of all "
    "processors together, which others on the machine disturb less."
)


def resident() -> int:
    """Most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def solve(space: StateSpace, form: Form) -> tuple[dict[str, dict[str, StateSet]], dict[str, float], int]:
    """All answers, the seconds of each part ("ranks" first), and how many passes were made (0 where nobody counts)."""
    engine = ArrayEngine(space, form)
    begun = time.perf_counter()
    for dm in space.masks:
        engine.native.ranks(dm) if form == "native" else engine.ranks(dm)
    seconds, answers = {"ranks": time.perf_counter() - begun}, {}
    for key in CONCEPTS:
        begun = time.perf_counter()
        answers[key] = {dm: engine.stable(concept(key), dm) for dm in space.masks}
        seconds[key] = time.perf_counter() - begun
    return answers, seconds, engine.native.passes if form == "native" else 0


def check(space: StateSpace, form: Form, answers: dict[str, dict[str, StateSet]]) -> str:
    """Compare the answers with others, and say with which."""
    widest, options = max(mask.bit_count() for mask in space.masks.values()), len(space.conflict.options)
    if form != "grid" and (
        options <= EVERY_VERDICT or (widest > 7 and options <= 20)
    ):  # with so many improvements one at a time takes long
        other = solve(space, "grid")[0]
        assert other == answers, "the grid without kernels answers otherwise"
        return "every verdict with the grid without kernels"
    reference, compared = SingleEngine(space, most_reached=1_000), 0
    few = 12 if widest <= 6 else 2  # a state with a thousand improvements takes its time
    for key, sets in answers.items():
        for dm, stable in sets.items():
            for state in space.states.sample(few, seed=1):
                try:
                    witness = reference.witness(concept(key), dm, state)
                except LimitError:
                    continue
                assert isinstance(witness, Stays) == stable.contains(state), f"the single engine answers otherwise: {key} {dm} {state}"
                compared += 1
    assert compared >= few, "too few verdicts could be compared"
    return f"{compared} verdicts with the single engine"


def step(family: Family, options: int, deciders: int, statements: int, width: tuple[int, int], form: Form) -> dict[str, Any]:
    """One model: the quickest of a few runs, in a process of its own."""
    space = StateSpace(conflict(family, options, deciders, statements, width))
    copies: list[float] = []
    runs: list[tuple[float, float, dict[str, float]]] = []
    before, held = resident(), 0
    for _ in range((RUNS if options < 24 else 2) if form == "native" else 1):
        begun = time.process_time()
        answers, seconds, passes = solve(space, form)
        runs.append((sum(seconds.values()), time.process_time() - begun, seconds))
        held = held or resident() - before  # before the first copy, which holds more than a small model
        copies.append(reference_copy(options, deciders))
    best, _, parts = min(runs, key=lambda run: run[0])
    counts = [reduce(StateSet.__and__, sets.values()).count for sets in answers.values()]
    return {
        "seconds": best,
        "parts": parts,
        "processor": min(run[1] for run in runs),
        "passes": passes,
        "copy": min(copies),
        "bytes": held / (1 << options),
        "answer": " ".join(map(str, counts)),
        "states": str(space.states.count),
        "checked": check(space, form, answers),
    }


def measured(
    ladder: str,
    family: Family,
    options: int,
    deciders: int = 4,
    statements: int = 12,
    width: tuple[int, int] = (1, 3),
    form: Form = "native",
) -> Row:
    """One row."""
    outcome = in_child(step, family, options, deciders, statements, width, form)
    if outcome.value is None:
        raise AssertionError(outcome.ended)
    found = outcome.value
    each = found["seconds"] * 1e9 / ((1 << options) * deciders)
    parts = ", ".join(f"{name} {seconds:.3f}" for name, seconds in found["parts"].items())
    passes, through = found["passes"], found["seconds"] * 1e9 / (1 << options)
    busy = f"processor {found['processor']:.3f} s, {found['processor'] / found['copy']:.1f} copies"
    told = f"; {passes} passes, {through / passes:.2f} ns each" if passes else ""
    held = f"; {found['bytes']:.1f} bytes a combination" if options >= 22 else ""
    row = Row(
        ladder,
        f"array, {form}",
        family,
        options,
        deciders,
        statements,
        width[1],
        concept=" ".join(CONCEPTS),
        seconds=found["seconds"],
        peak=outcome.peak,
        copy=found["copy"],
        passes=passes or None,
        states=found["states"],
        answer=found["answer"],
        checked=found["checked"],
        note=f"{parts}; {busy}; {each:.1f} ns a combination and decision maker{told}{held}",
    )
    show(row)
    print("    " + row.note, flush=True)
    return row


def ladders() -> Iterator[Row]:
    """All ladders, in both families."""
    families: tuple[Family, ...] = ("ruled", "full")
    for family in families:
        rows = []
        for options in (10, 12, 14, 16, 18, 20, 22, 24, 26):
            rows.append(measured("options", family, options))
            yield rows[-1]
        grown = [(float(1 << row.options), row.seconds) for row in rows if row.options >= EVERY_VERDICT and row.seconds is not None]
        print(f"{family}: seconds grow like combinations to the power {exponent(grown) or 0:.2f}", flush=True)
    for family in families:
        yield from (measured("options", family, options, form="grid") for options in (10, 14, 18, 20))
        yield from (measured("decision makers", family, 20, deciders) for deciders in (2, 3, 4, 6, 8))
        yield from (measured("statements", family, 20, statements=statements) for statements in (7, 12, 15, 20, 30))
        yield from (measured("width", family, 20, width=width) for width in ((1, 1), (2, 2), (3, 3), (4, 4), (6, 6), (10, 10)))


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="the bars alone")
    parser.add_argument("--options", type=int, action="append", help="2 to this power combinations (20 and 24)")
    parser.add_argument("--family", choices=("ruled", "full"), action="append", help="which families (both)")
    parser.add_argument("--form", choices=("native", "grid"), action="append", help="which forms (native; grid at 20 options)")
    given = parser.parse_args()
    if not (given.short or given.options or given.family or given.form):
        rows: list[Row] = []
        for row in ladders():
            rows.append(row)
            save(
                "explicit",
                rows,
                ABOUT,
            )
        return
    for family in given.family or ("ruled", "full"):
        for options in given.options or (20, 24):
            for form in given.form or (("native", "grid") if options == 20 else ("native",)):
                measured("options", family, options, form=form)


if __name__ == "__main__":
    main()
