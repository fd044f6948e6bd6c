"""How long the condensed graph of improvements takes, up to 2^20 states.

    python bench/condensed.py            # the talks of the packaged case, then 2^16 to 2^20 states
    python bench/condensed.py --short    # up to 2^16 states

Each answer is asserted before its time counts: each state is in one group, and from states drawn at random improvements, each of them
drawn among all that there are, lead by way of groups that an arrow joins to an end that the first state's group names.
"""

from __future__ import annotations

import sys
import time
from random import Random

from common import conflict

from detente.analysis.basins import Condensed, condensed
from detente.analysis.evolution.graph import Graph
from detente.cases import load
from detente.space.states import StateSpace

WALKS, STEPS = 50, 5_000
"""How many states are begun at, and how many improvements are made from each at most."""


def group_of(found: Condensed, state: int) -> int:
    """The group that a state is in."""
    return next(place for place, members in enumerate(found.members) if members.contains(state))


def right(space: StateSpace, found: Condensed) -> None:
    """Assert what has to be so."""
    assert sum(group.states for group in found.groups) == space.states.count
    rng, graph, arrows = Random(7), Graph(space), {(lead.start, lead.end) for lead in found.leads}
    for _ in range(WALKS):
        state = space.state(rng.randint(1, space.states.count))
        begun = at = group_of(found, state)
        for _ in range(STEPS):
            following = [to for targets in graph.targets(state).values() for to in targets]
            if found.groups[at].kind != "leading":
                break
            state = rng.choice(following)
            now = group_of(found, state)
            assert now == at or (at, now) in arrows
            at = now
        assert at in found.groups[begun].ends or found.groups[at].kind == "leading"


def main() -> None:
    """Measure."""
    sizes = (16,) if "--short" in sys.argv else (16, 18, 20)
    for one in (load("gaza-hostage-talks"), *(conflict("full", options, 4) for options in sizes)):
        space = StateSpace(one)
        began, worked = time.perf_counter(), time.process_time()
        found = condensed(space)
        taken, work = time.perf_counter() - began, time.process_time() - worked
        right(space, found)
        what = f"{space.states.count:>9,} states, {found.ends:,} ends, {len(found.groups)} groups"
        print(f"{what}: {taken:.2f} s ({work:.2f} s of processor time)")


if __name__ == "__main__":
    main()
