"""How long stable sets and equilibria take as decision diagrams, in conflicts of 16 to 400 options, with exact counts.

    python bench/symbolic.py             # all ladders
    python bench/symbolic.py --short     # a few steps, under a minute
    python bench/symbolic.py --limit 20  # seconds for each measurement

Every step is measured in a process of its own: the stable states of all decision makers under a concept and their equilibria, with their
number.  Counts are asserted: up to 20 options against the array engine; beyond under two orders of options where the first took less
than a quarter of the limit.  In any case verdicts on a sample of equilibria and of other states are held against the engine that works
with a solver for satisfiability, which shares no code with this one.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from functools import reduce
from typing import Any

from common import Family, Row, conflict, in_child, save, show

from detente.concepts.registry import concept
from detente.concepts.witness import is_staying
from detente.engines.array import ArrayEngine
from detente.engines.base import NotWithin
from detente.engines.sat import SatEngine
from detente.engines.symbolic import SymbolicEngine, process
from detente.errors import LimitError
from detente.space.sets import StateSet
from detente.space.states import StateSpace

LIMIT = 30.0
LISTED = 20
SAMPLE = 2  # equilibria, and as many other states
DECIDERS = 4  # decision makers asked of each
Step = tuple[str, Family, int, int, int, int, int]
"""Ladder, family, options, decision makers, statements, greatest width of a statement, seed."""

LADDERS: tuple[Step, ...] = (
    ("options", "random", 16, 4, 12, 3, 1),
    ("options", "random", 20, 4, 12, 3, 1),
    ("options", "random", 26, 4, 12, 3, 1),
    ("options", "random", 40, 5, 12, 3, 1),
    ("options", "random", 60, 6, 12, 3, 1),
    ("options", "random", 100, 10, 12, 3, 1),
    ("options", "random", 200, 10, 12, 3, 1),
    ("options", "random", 400, 20, 12, 3, 1),
    ("statements", "random", 60, 6, 4, 3, 1),
    ("statements", "random", 60, 6, 8, 3, 1),
    ("statements", "random", 60, 6, 16, 3, 1),
    ("statements", "random", 60, 6, 20, 3, 1),
    ("decision makers", "local", 50, 10, 8, 3, 1),
    ("decision makers", "local", 100, 20, 8, 3, 1),
    ("decision makers", "local", 200, 40, 8, 3, 1),
    ("decision makers", "local", 400, 80, 8, 3, 1),
    ("width", "random", 24, 4, 12, 6, 1),
    ("width", "random", 24, 4, 12, 10, 1),
    ("width", "random", 60, 6, 12, 4, 1),
    ("width", "random", 60, 6, 12, 6, 1),
)
SHORT = (LADDERS[0], LADDERS[1], LADDERS[12])


Counts = dict[str, tuple[int, list[int]]]
"""For each concept the number of equilibria, and of each decision maker's stable states."""


def space_of(step: Step, list_up_to: int) -> StateSpace:
    """The space of a step."""
    _, family, options, deciders, statements, width, seed = step
    return StateSpace(conflict(family, options, deciders, statements, (1, width), seed), list_up_to=list_up_to)


def counted(engine: SymbolicEngine, keys: str) -> Counts:
    """The numbers that an engine finds under some concepts."""
    found = {}
    for asked in map(concept, keys.split()):
        counts = [engine.members(asked, dm).count for dm in engine.space.masks]
        found[asked.key] = engine.equilibria(asked).count, counts
    return found


def measured(step: Step, keys: str, seconds: float, seed: int = 1) -> tuple[float, int, Counts] | str:
    """Seconds for all sets and their numbers, without the check; or why there are none."""
    begun = time.perf_counter()
    try:
        with SymbolicEngine(space_of(step, 0), seconds=seconds, seed=seed) as engine:
            found, feasible = counted(engine, keys), engine.feasible().count
            return time.perf_counter() - begun, feasible, found
    except NotWithin as problem:
        return problem.diagnostics[0].message
    finally:
        process.end_idle()


def sampled(step: Step, keys: str, seconds: float) -> tuple[int, Counts]:
    """Hold verdicts on a sample of states against the engine that uses a solver; how many, and the numbers found."""
    held = 0
    with SymbolicEngine(space_of(step, 0), seconds=seconds) as engine:
        found, reference = counted(engine, keys), SatEngine(engine.space)
        for asked in map(concept, keys.split()):
            for state in engine.equilibria(asked).sample(SAMPLE, 1) + engine.feasible().sample(SAMPLE, 2):
                for dm in list(engine.space.masks)[:DECIDERS]:
                    try:
                        staying = is_staying(reference.witness(asked, dm, state, 2.0))
                    except LimitError:
                        continue
                    stable = engine.members(asked, dm).contains(state)
                    assert staying == stable, f"{asked.key} for {dm} at {state}: the engines disagree"
                    held += 1
    process.end_idle()
    return held, found


def listed(step: Step, keys: str) -> Counts:
    """The numbers that the array engine finds."""
    space = space_of(step, LISTED)
    engine, found = ArrayEngine(space), {}
    for asked in map(concept, keys.split()):
        sets = [engine.stable(asked, dm) for dm in space.masks]
        found[asked.key] = reduce(StateSet.__and__, sets).count, [stable.count for stable in sets]
    return found


def checked(step: Step, keys: str, limit: float, took: float, expected: Counts) -> str:
    """Assert an answer; how it was done, empty if that took more than three times the limit."""
    done = []
    if step[2] <= LISTED:
        assert listed(step, keys) == expected, f"{step}: {keys}: the array engine counts otherwise"
        done.append("array engine")
    elif took < limit / 4:
        again = measured(step, keys, limit, seed=50)
        if not isinstance(again, str):
            assert again[2] == expected, f"{step}: {keys}: another order counts otherwise"
            done.append("another order")
    outcome = in_child(sampled, step, keys, 3 * limit, seconds=4 * limit + 60)
    if outcome.value is not None and outcome.value[0]:
        assert outcome.value[1] == expected, f"{step}: {keys}: counts differ between runs"
        done.append(f"{outcome.value[0]} verdicts by sat")
    return ", ".join(done)


def rows(step: Step, keys: Sequence[str], limit: float) -> list[Row]:
    """A row for each measurement."""
    made = []
    ladder, family, options, deciders, statements, width, seed = step
    for key in keys:
        outcome = in_child(measured, step, key, limit, seconds=limit + 10)
        common: dict[str, Any] = {"ladder": ladder, "engine": "symbolic", "family": family, "options": options, "deciders": deciders}
        common |= {"statements": statements, "width": width, "seed": seed, "concept": key, "limit": limit, "peak": outcome.peak}
        if outcome.value is None or isinstance(outcome.value, str):
            made.append(Row(**common, note=outcome.ended if outcome.value is None else outcome.value.partition(";")[0]))
        else:
            took, feasible, counts = outcome.value
            how = checked(step, key, limit, took, counts)
            answer = ", ".join(f"{equilibria} under {one}" for one, (equilibria, _) in counts.items())
            if how:
                made.append(Row(**common, seconds=took, states=str(feasible), answer=f"equilibria: {answer}", checked=how))
            else:
                made.append(Row(**common, note="not checked within three times the limit"))
        show(made[-1])
    return made


def main() -> None:
    """Measure the ladders."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--short", action="store_true", help="a few steps")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for each measurement")
    parser.add_argument("--concept", action="append", help="which concepts; some that are measured together with spaces between")
    parser.add_argument("--ladder", action="append", help="which ladders (all)")
    given = parser.parse_args()
    steps = [step for step in (SHORT if given.short else LADDERS) if not given.ladder or step[0] in given.ladder]
    made: list[Row] = []
    for step in steps:
        made += rows(step, given.concept or ("Nash GMR SMR", "SEQ"), given.limit)
        if not (given.short or given.concept or given.ladder):  # after every step, so that a run that is ended leaves what it has
            save("symbolic", made, "Stable states of every decision maker and equilibria as decision diagrams, with exact counts.")


if __name__ == "__main__":
    main()
