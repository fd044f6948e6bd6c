"""How long a verdict on one state takes, with its certificate, in conflicts of 60 to 400 options; every certificate is checked.

    python bench/single_state.py            # all families, a few minutes
    python bench/single_state.py --short    # two of them, one seed

A question is: does this decision maker stay at this state under this concept?  Each family is asked of several conflicts, states and
decision makers; told are the median and the slowest time of a question, the first question apart (it includes writing the moves down as
clauses), the most answers that a certificate of staying holds and how many conditions one of leaving, and the slowest check.  Times
are those of the processor (all is done in one thread), so that other work on the machine counts little.  The checker accepts every
certificate, or the run ends with an error; it searches nothing and uses no solver.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from common import Family, Row, conflict, feasible, in_child, save, show

from detente.analysis.certificate import Checker
from detente.concepts.registry import concept
from detente.concepts.witness import Closed, Covers, is_staying
from detente.engines.sat import SatEngine
from detente.space.states import StateSpace

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
FAMILIES: tuple[tuple[Family, int, int, int], ...] = (
    ("random", 60, 6, 12),
    ("random", 60, 3, 20),
    ("random", 100, 10, 20),
    ("random", 200, 10, 20),
    ("random", 400, 20, 20),
    ("local", 100, 20, 20),
)
"""Family, options, decision makers, statements of each: those of the first prototypes."""
DECIDERS, STATES = 6, 2
LIMIT = 20.0  # seconds for one question


def ask(family: Family, options: int, deciders: int, statements: int, seeds: tuple[int, ...]) -> dict[str, dict[str, Any]]:
    """Ask all questions of a family; for each concept the times and what the certificates hold."""
    found: dict[str, dict[str, Any]] = {
        key: {"took": [], "checked": [], "first": [], "answers": 0, "parts": 0, "stays": 0} for key in CONCEPTS
    }
    for seed in seeds:
        space = StateSpace(conflict(family, options, deciders, statements, seed=seed), list_up_to=0)
        engine, checker = SatEngine(space), Checker(space)
        new = set(CONCEPTS)
        for number in range(STATES):
            state = feasible(space.conflict, 100 * seed + number)
            for dm in list(space.masks)[:DECIDERS]:
                for key in CONCEPTS:
                    begun = time.process_time()
                    witness = engine.witness(concept(key), dm, state, LIMIT)
                    between = time.process_time()
                    refused = checker.check(witness, concept(key))
                    assert refused is None, f"{key} for {dm} at {state}: {refused}"
                    at = found[key]
                    at["first" if key in new else "took"].append(between - begun)
                    new.discard(key)
                    at["checked"].append(time.process_time() - between)
                    at["stays"] += is_staying(witness)
                    if isinstance(witness, Covers):
                        at["answers"] = max(at["answers"], len(witness.groups))
                    if isinstance(witness, Closed):
                        at["parts"] = max(at["parts"], len(getattr(witness.invariant, "parts", (0,))))
    return found


def rows(family: Family, options: int, deciders: int, statements: int, seeds: tuple[int, ...]) -> list[Row]:
    """Measure one family in a process of its own: a row for each concept."""
    outcome = in_child(ask, family, options, deciders, statements, seeds, seconds=600)
    made = []
    for key in CONCEPTS:
        common = {"ladder": "options", "engine": "sat", "family": family, "options": options, "deciders": deciders}
        common |= {"statements": statements, "seed": seeds[0], "concept": key, "peak": outcome.peak, "limit": LIMIT}
        if outcome.value is None:
            made.append(Row(**common, note=outcome.ended))
            continue
        at = outcome.value[key]
        asked = len(at["took"]) + len(at["first"])
        milli = {name: f"{1000 * value:.1f}" for name, value in (
            ("slowest", max(at["took"] + at["first"])), ("first", max(at["first"])), ("check", max(at["checked"])),
        )}  # fmt: skip
        note = (
            f"{asked} questions; slowest {milli['slowest']} ms, slowest first one {milli['first']} ms, slowest check {milli['check']} ms; "
        )
        note += f"most answers in a certificate {at['answers']}, most conditions {at['parts']}"
        answer = f"stays in {at['stays']} of {asked}"
        made.append(Row(**common, seconds=statistics.median(at["took"]), answer=answer, checked="certificates accepted", note=note))
    return made


def main() -> None:
    """Measure the families and keep the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="two families, one seed; nothing is kept")
    short = parser.parse_args().short
    found = []
    for family in FAMILIES[::3] if short else FAMILIES:
        for row in rows(*family, (1,) if short else (1, 2, 3)):
            show(row)
            print(f"            {row.note}")
            found.append(row)
    if not short:
        about = "Verdicts on single states with their certificates; seconds, of the processor, are the median of the questions asked."
        save("single_state", found, about)


if __name__ == "__main__":
    main()
