"""How long preference shifts take, with proof, against copies of memory measured in the same run; every claim is checked.

    python bench/shifts.py                   # about 200 states, 4 decision makers under SEQ, SSEQ, SIM; over 100,000 under Nash, GMR, SMR
    python bench/shifts.py --seconds 60      # how long each search may take (60)
    python bench/shifts.py --models 20       # how many models under each concept (10)

A line for each model tells the states, the least cost or between what it lies, who has to change, seconds to find and prove it, how many
columns of ranks could have been copied meanwhile ("copies"), the nodes of the tree, and seconds to check the claims.  No lever may be
dearer than raising the target for everybody in turn, and under Nash, GMR and SMR none may be cheaper either; a claim that is refused, or
a wrong cost, ends the run with an error.
"""

from __future__ import annotations

import argparse
import time
from random import Random
from statistics import median

import numpy as np
from engines import copy_seconds, some

from detente.analysis.claims.base import refusal
from detente.analysis.claims.smallest import Smallest
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.raising import Raising, total
from detente.analysis.unlock.search.found import ShiftLevers
from detente.analysis.unlock.shifts import shift_levers
from detente.concepts.registry import concept as named
from detente.concepts.witness import Leaves
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.formula import Taken, all_of
from detente.model.preference import Statement
from detente.model.rule import Infeasible
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace

PEOPLE = "ABCD"
STATEMENTS = 8


def model(options: int, seed: int) -> Conflict:
    """A random option-form model: a rule for every fourth option, every eighth one-way, eight ordered statements for each of four."""
    rng, keys = Random(seed), [f"o{number}" for number in range(options)]
    made = []
    for number, key in enumerate(keys):
        direction = Direction.ONLY_ON if rng.random() < 1 / 8 else Direction.BOTH
        made.append(Option(key, key, (PEOPLE[number * len(PEOPLE) // options],), direction))
    parties = [
        DecisionMaker(who, who, OptionPrioritization(tuple(Statement(some(rng, keys, 1, 3)) for _ in range(STATEMENTS)))) for who in PEOPLE
    ]
    rules = tuple(Infeasible(all_of(*(Taken(key) for key in rng.sample(keys, 3)))) for _ in range(options // 4))
    return Conflict("random", tuple(parties), tuple(made), rules)


def checked(space: StateSpace, goal: Goal, levers: ShiftLevers, raised: int | None) -> float:
    """Check the claims and the least cost; seconds for the claims."""
    start = time.perf_counter()
    claim = levers.found[0].claim if levers.found else levers.proof  # that of a lever holds the proof
    wrong = refusal(space, claim) if claim is not None else "nothing is shown"
    if wrong is not None:
        raise AssertionError(wrong)
    seconds = time.perf_counter() - start
    if levers.found and raised is not None:
        alone = set(goal.profile.values()) <= {"Nash", "GMR", "SMR"}
        if levers.proven and (levers.found[0].cost > raised or (alone and levers.found[0].cost < raised)):
            raise AssertionError(f"{levers.found[0].cost} against {raised} by raising alone")
    return seconds


def in_turn(space: StateSpace, goal: Goal, target: int) -> int | None:
    """What it costs to raise the target for everybody in turn, if that does it."""
    shifts = []
    raised = []
    for dm, key in goal.profile.items():
        found = Raising(space, shifts, red_lines="counted").cheapest(dm, key, target)
        if found is None:
            return None
        raised.append(found)
        shifts += [found.shift] if found.shift is not None else []
    for dm, key in goal.profile.items():
        others = [shift for shift in shifts if shift.dm != dm]
        again = Raising(space, others, red_lines="counted").cheapest(dm, key, target)
        mine = next(one for one in raised if one.after.dm == dm)
        if again is None or again.cost > mine.cost:
            return None
    return total(raised)


def left_by_somebody(space: StateSpace, concept: str, seed: int) -> int:
    """A state that somebody leaves, so that there is something to find; the last of twenty drawn if nobody leaves any of them."""
    engine, states = SingleEngine(space), list(space.states.sample(20, seed))
    Random(seed).shuffle(states)
    leaving = (state for state in states if any(isinstance(engine.witness(named(concept), dm, state), Leaves) for dm in PEOPLE))
    return next(leaving, states[-1])


def run(concept: str, options: int, models: int, seconds: float) -> None:
    """Measure one concept on models of one size."""
    print(f"\n{concept}, {options} options")
    print(f"  {'seed':>5}{'states':>9}{'cost':>12}{'in turn':>9}  {'who':8}{'seconds':>9}{'copies':>12}{'nodes':>8}{'check':>8}")
    times, settled = [], 0
    for seed in range(1, models + 1):
        space = StateSpace(model(options, seed))
        copy = copy_seconds(np.zeros(space.conflict.combinations, dtype=np.uint16))
        target = left_by_somebody(space, concept, seed)
        goal = Goal(target, dict.fromkeys(PEOPLE, concept), "hold", space.set_of(target))
        start = time.perf_counter()
        levers = shift_levers(space, goal, seconds=seconds, most=1)
        took = time.perf_counter() - start
        raised = in_turn(space, goal, target)
        check = checked(space, goal, levers, raised)
        nodes = sum(len(tree.nodes) for tree in levers.proof.trees) if isinstance(levers.proof, Smallest) else 0
        settled += levers.proven
        times.append(took)
        best = levers.found[0].cost if levers.found else "?"
        cost = str(best) if levers.proven else f"{levers.least}-{best}"
        who = "".join(levers.found[0].by) if levers.found else ""
        print(
            f"  {seed:5}{space.states.count:9,}{cost:>12}{raised if raised is not None else '-':>9}  {who:8}{took:9.2f}{took / copy:12,.0f}"
            f"{nodes:8,}{check:8.2f}",
            flush=True,
        )
    print(f"  {settled} of {models} proven smallest; median {median(times):.2f} s, longest {max(times):.2f} s", flush=True)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=int, default=10, help="models under each concept (10)")
    parser.add_argument("--seconds", type=float, default=60, help="time for each search (60)")
    parser.add_argument("--options", type=int, default=8, help="options of the models that are searched (8)")
    parser.add_argument("--large", type=int, default=18, help="options of the models for the theorem (18)")
    given = parser.parse_args()
    for concept in ("SEQ", "SSEQ", "SIM"):
        run(concept, given.options, given.models, given.seconds)
    for concept in ("Nash", "GMR", "SMR"):
        run(concept, given.large, min(given.models, 3), given.seconds)


if __name__ == "__main__":
    main()
