"""How long priority shifts and pressure take on a packaged conflict; every lever that is found is checked.

    python bench/priorities.py                      # the flagship under SEQ, one edit and two
    python bench/priorities.py --under GMR --edits 1
    python bench/priorities.py --case euphrates-1975

Each line tells what was asked for, the number of edits, seconds, how many changes were settled and how many levers there are.
"""

from __future__ import annotations

import argparse
import time

from detente.analysis.claims.base import refusal
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.pressure import pressures
from detente.analysis.unlock.priority import priority_levers
from detente.cases import FLAGSHIP, load
from detente.space.states import StateSpace


def goals(space: StateSpace, under: str) -> dict[str, Goal]:
    """To leave the status quo; to reach each state with a name."""
    profile = {dm.key: under for dm in space.conflict.decision_makers}
    start = space.status_quo
    assert start is not None, "the conflict has no status quo"
    found = {"leave the status quo": Goal(start, profile, "break")}
    for named in space.conflict.named_states:
        state = space.state_of(space.conflict.combination(named.taken))
        if state is not None and state != start:
            found[f"reach {named.name}"] = Goal(start, profile, "reach", space.set_of(state))
    return found


def main() -> None:
    """Ask, measure, check."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--case", default=FLAGSHIP)
    parser.add_argument("--under", default="SEQ")
    parser.add_argument("--edits", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=None)
    given = parser.parse_args()
    space = StateSpace(load(given.case))
    print(f"{given.case}: {space.states.count:,} states, under {given.under}")
    for name, goal in goals(space, given.under).items():
        for most in range(1, given.edits + 1):
            begun = time.perf_counter()
            found = priority_levers(space, goal, most=most, seconds=given.seconds)
            took = time.perf_counter() - begun
            assert all(refusal(space, lever.claim) is None for lever in found.found), name
            whole = "complete" if found.complete else f"stopped ({found.stopped})"
            print(f"{name:50} {most} {took:8.2f} s  {sum(found.tried):>9,} changes  {len(found.found):>4} levers  {whole}")
    start = space.status_quo
    assert start is not None
    begun = time.perf_counter()
    pressed = pressures(space, start, {dm.key: given.under for dm in space.conflict.decision_makers})
    took = time.perf_counter() - begun
    assert all(refusal(space, lever.claim) is None for lever in (*pressed.found, *pressed.idle))
    differ = f"{len(pressed.found)} of {len(pressed.found) + len(pressed.idle)} make a difference"
    print(f"{'pressure: every statement in every place':50}   {took:8.2f} s  {differ}")


if __name__ == "__main__":
    main()
