"""The blocks engine: more combinations than are listed, in memory or in files, with and without compiled kernels.

    python bench/blocks.py                        # the ladder (20 to 28 options), kept in bench/results/blocks.json
    python bench/blocks.py --short                # 20 and 22 options
    python bench/blocks.py --options 30 --memory 6   # one size, with so many GiB of memory; kept with what was kept before

Measured are the stable states of Nash, GMR, SMR and SEQ for every decision maker, and their equilibria.  The equilibria are counted by the
symbolic engine as well, and all counts must be the same.  "Files" are runs that are given so little memory that values lie on the disk.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.common import RESULTS, Family, Row, conflict, exponent, in_child, load, reference_copy, save, show

from detente.concepts.registry import concept
from detente.engines.blocks import BlocksEngine
from detente.engines.symbolic import SymbolicEngine
from detente.space.states import StateSpace

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ")
ABOUT = (
    "Every combination gone through, four concepts for every decision maker; the estimate is what was said beforehand. "
    "Copies of more than 2^24 combinations are reckoned from those of 2^24."
)


def step(family: Family, options: int, deciders: int, statements: int, memory: int | None, native: bool) -> dict[str, Any]:
    """One model, in a process of its own."""
    if not native:
        os.environ["DETENTE_NATIVE"] = "no"
    space = StateSpace(conflict(family, options, deciders, statements), list_up_to=0)
    concepts = [concept(key) for key in CONCEPTS]
    needs = BlocksEngine.needs(space, concepts, memory=memory)
    counts, begun = [], time.perf_counter()
    with BlocksEngine(space, memory=memory) as engine:
        for asked in concepts:
            sets = [engine.members(asked, dm) for dm in space.masks]
            counts.append([*(one.count for one in sets), reduce(and_, sets).count])
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "needs": (needs.seconds, needs.memory, needs.disk), "counts": counts}


def counted(family: Family, options: int, deciders: int, statements: int) -> list[list[int]]:
    """The same counts by the symbolic engine."""
    space, found = StateSpace(conflict(family, options, deciders, statements), list_up_to=0), []
    engine = SymbolicEngine(space)
    for key in CONCEPTS:
        sets = [engine.members(concept(key), dm) for dm in space.masks]
        found.append([*(one.count for one in sets), reduce(and_, sets).count])
    engine.close()
    return found


def measured(family: Family, options: int, memory: float | None = None, native: bool = True, statements: int = 12) -> Row:
    """One row; memory in GiB."""
    given = None if memory is None else int(memory * (1 << 30))
    outcome = in_child(step, family, options, 4, statements, given, native)
    if outcome.value is None:
        raise AssertionError(outcome.ended)
    found = outcome.value
    assert found["counts"] == counted(family, options, 4, statements), "the symbolic engine counts otherwise"
    seconds, held, files = found["needs"]
    told = f"{held / (1 << 30):.2f} GiB of memory and {files / (1 << 30):.2f} of disk were told to suffice, and {seconds:.0f} s estimated"
    row = Row(
        "options",
        ("blocks" if native else "blocks, NumPy") + (", files" if files > 1 << options else ""),
        family,
        options,
        4,
        statements,
        concept=" ".join(CONCEPTS),
        seconds=found["seconds"],
        peak=outcome.peak,
        copy=reference_copy(min(options, 24), 4) * 2.0 ** max(0, options - 24),
        answer=" ".join(str(counts[-1]) for counts in found["counts"]),
        checked="all counts by the symbolic engine",
        note=f"{told}; {found['seconds'] * 1e9 / ((1 << options) * 4):.1f} ns a combination and decision maker",
    )
    show(row)
    print("    " + row.note, flush=True)
    return row


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="20 and 22 options")
    parser.add_argument("--options", type=int, action="append", help="2 to this power combinations")
    parser.add_argument("--family", choices=("ruled", "full"), action="append", help="which families (ruled; the ladder: both)")
    parser.add_argument("--memory", type=float, help="GiB")
    given = parser.parse_args()
    if given.options:
        rows = [measured(family, options, given.memory) for family in given.family or ("ruled",) for options in given.options]
        fresh = {(row.engine, row.family, row.options) for row in rows}
        kept = [
            row
            for row in (load("blocks")[2] if (RESULTS / "blocks.json").exists() else [])
            if (row.engine, row.family, row.options) not in fresh
        ]
        save("blocks", sorted([*kept, *rows], key=lambda row: (row.engine, row.family, row.options)), ABOUT)
        return
    rows = [measured("ruled", options) for options in (20, 22)]
    if given.short:
        return
    rows += [measured(family, options) for family, options in (("ruled", 24), ("ruled", 26), ("ruled", 28), ("full", 20), ("full", 24))]
    rows += [measured("ruled", 24, 0.1), measured("ruled", 20, native=False)]
    grown = [(float(1 << row.options), row.seconds) for row in rows if row.engine == "blocks" and row.family == "ruled" and row.seconds]
    print(f"seconds grow like combinations to the power {exponent(grown) or 0:.2f}", flush=True)
    save("blocks", sorted(rows, key=lambda row: (row.engine, row.family, row.options)), ABOUT)


if __name__ == "__main__":
    main()
