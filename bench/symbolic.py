"""How long stable sets and equilibria take as decision diagrams, in conflicts of 16 to 400 options, with exact counts.

    python bench/symbolic.py             # all ladders
    python bench/symbolic.py --short     # a few steps, under a minute
    python bench/symbolic.py --limit 20  # seconds for each concept

Every step is measured in a process of its own: the stable states of all decision makers under a concept and their equilibria, with their
number.  Counts are asserted: up to 20 options against the array engine; beyond under two orders of options where the first took less
than a quarter of the limit.  In any case verdicts on a sample of equilibria and of other states are held against the engine that works
with a solver for satisfiability, which shares no code with this one.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import reduce
from typing import Any

from common import Family, Outcome, Row, conflict, in_child, save, show

from detente.concepts.registry import concept
from detente.concepts.witness import is_staying
from detente.engines.array import ArrayEngine
from detente.engines.base import NotWithin
from detente.engines.sat import SatEngine
from detente.engines.symbolic import SymbolicEngine, process
from detente.errors import LimitError
from detente.space.sets import StateSet
from detente.space.states import StateSpace

LIMIT = 60.0
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


def solve(step: Step, key: str, seconds: float, seed: int = 1) -> tuple[int, int, tuple[int, ...], list[int]]:
    """The number of feasible states, of equilibria, a sample of states, and each decision maker's number of stable states."""
    _, family, options, deciders, statements, width, number = step
    space = StateSpace(conflict(family, options, deciders, statements, (1, width), number), list_up_to=0)
    asked = concept(key)
    with SymbolicEngine(space, seconds=seconds, seed=seed) as engine:
        sets = {dm: engine.members(asked, dm) for dm in space.masks}
        equilibria, feasible = engine.equilibria(asked), engine.feasible()
        sample = equilibria.sample(SAMPLE, 1) + feasible.sample(SAMPLE, 2)
        found = feasible.count, equilibria.count, sample, [stable.count for stable in sets.values()]
        reference, held = SatEngine(space), 0
        for state in sample:
            for dm in list(space.masks)[:DECIDERS]:
                try:
                    staying = is_staying(reference.witness(asked, dm, state, 5.0))
                except LimitError:
                    continue
                assert staying == sets[dm].contains(state), f"{key} for {dm} at {state}: the engines disagree"
                held += 1
        assert held, "no verdict of the sample was found in time"
    process.end_idle()
    return found


def measured(step: Step, key: str, seconds: float, seed: int = 1) -> tuple[float, int, int, list[int]] | str:
    """Seconds for all sets and their number, without the check; or why there are none."""
    import time

    _, family, options, deciders, statements, width, number = step
    space = StateSpace(conflict(family, options, deciders, statements, (1, width), number), list_up_to=0)
    asked, begun = concept(key), time.perf_counter()
    try:
        with SymbolicEngine(space, seconds=seconds, seed=seed) as engine:
            counts = [engine.members(asked, dm).count for dm in space.masks]
            equilibria, feasible = engine.equilibria(asked).count, engine.feasible().count
            took = time.perf_counter() - begun
    except NotWithin as problem:
        return problem.diagnostics[0].message
    finally:
        process.end_idle()
    return took, feasible, equilibria, counts


def listed(step: Step, key: str) -> tuple[int, list[int]]:
    """The number of equilibria and of stable states by the array engine."""
    _, family, options, deciders, statements, width, number = step
    space = StateSpace(conflict(family, options, deciders, statements, (1, width), number))
    engine = ArrayEngine(space)
    sets = [engine.stable(concept(key), dm) for dm in space.masks]
    return reduce(StateSet.__and__, sets).count, [stable.count for stable in sets]


def checked(step: Step, key: str, limit: float, took: float, expected: tuple[int, list[int]]) -> str:
    """Assert an answer; how it was done."""
    done = []
    if step[2] <= LISTED:
        assert listed(step, key) == expected, f"{step}: {key}: the array engine counts otherwise"
        done.append("array engine")
    elif took < limit / 4:
        again = measured(step, key, limit, seed=50)
        if not isinstance(again, str):
            assert again[2:] == expected, f"{step}: {key}: another order counts otherwise"
            done.append("another order")
    outcome: Outcome = in_child(solve, step, key, limit, seconds=limit + 90)
    if outcome.value is not None:
        assert (outcome.value[1], outcome.value[3]) == expected, f"{step}: {key}: counts differ between runs"
        done.append("sample by sat")
    assert done, f"{step}: {key}: {outcome.ended}"
    return ", ".join(done)


def rows(step: Step, keys: Sequence[str], limit: float) -> list[Row]:
    """A row for each concept."""
    made = []
    ladder, family, options, deciders, statements, width, seed = step
    for key in keys:
        outcome = in_child(measured, step, key, limit, seconds=limit + 10)
        common: dict[str, Any] = {"ladder": ladder, "engine": "symbolic", "family": family, "options": options, "deciders": deciders}
        common |= {"statements": statements, "width": width, "seed": seed, "concept": key, "limit": limit, "peak": outcome.peak}
        if outcome.value is None or isinstance(outcome.value, str):
            made.append(Row(**common, note=f"not within {limit:g} s" if outcome.value is None else outcome.value.partition(";")[0]))
        else:
            took, feasible, equilibria, counts = outcome.value
            how = checked(step, key, limit, took, (equilibria, counts))
            made.append(Row(**common, seconds=took, states=str(feasible), answer=f"{equilibria} equilibria", checked=how))
        show(made[-1])
    return made


def main() -> None:
    """Measure the ladders."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--short", action="store_true", help="a few steps")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for each concept")
    parser.add_argument("--concept", action="append", help="which concepts (Nash, GMR, SMR, SEQ)")
    parser.add_argument("--ladder", action="append", help="which ladders (all)")
    given = parser.parse_args()
    steps = [step for step in (SHORT if given.short else LADDERS) if not given.ladder or step[0] in given.ladder]
    made = [row for step in steps for row in rows(step, given.concept or ("Nash", "GMR", "SMR", "SEQ"), given.limit)]
    if not (given.short or given.concept or given.ladder):
        save("symbolic", made, "Stable states of every decision maker and equilibria as decision diagrams, with exact counts.")


if __name__ == "__main__":
    main()
