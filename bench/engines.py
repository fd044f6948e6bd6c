"""How long the array engine takes, against copies of memory measured in the same run; every answer is checked on a sample.

    python bench/engines.py                 # a million states, four shapes
    python bench/engines.py --options 16    # smaller, for a first look
    python bench/engines.py --shape full --concept SIM

Each line tells seconds for all decision makers together, nanoseconds for each state and decision maker, and how many copies of one
column of ranks could have been made meanwhile ("copies").  The single engine answers again for a sample of states, with a limit on
how far it looks; a disagreement ends the run with an error, and how many verdicts were compared is told.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from random import Random

import numpy as np

from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts, concept
from detente.concepts.witness import Stays
from detente.engines.array import ArrayEngine, form_for
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.formula import Formula, Not, Taken, all_of, any_of
from detente.model.preference import Statement
from detente.model.rule import Infeasible, Merged, Rule
from detente.preference.prioritization import OptionPrioritization
from detente.space.sets import StateSet
from detente.space.states import StateSpace

STATEMENTS = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """How a model is drawn, and how many of its states are looked at again one at a time."""

    about: str
    deciders: int = 4
    rules: float = 0.0
    one_way: float = 0.0
    merged: bool = False
    fewer: int = 0
    sample: int = 4


SHAPES = {
    "full": Shape("every combination feasible, every option both ways"),
    "ruled": Shape("a rule for every third option, every fifth option one-way", rules=1 / 3, one_way=0.2),
    "two": Shape("two decision makers with half of the options each", deciders=2, sample=1),
    "merged": Shape("many combinations are one state, so that moves are listed (fewer options)", merged=True, fewer=6),
}


def some(rng: Random, keys: list[str], least: int, most: int) -> Formula:
    """A conjunction or disjunction of a few options, taken or not."""
    literals = [Taken(key) if rng.random() < 0.5 else Not(Taken(key)) for key in rng.sample(keys, rng.randint(least, most))]
    return rng.choice((all_of, any_of))(*literals)


def model(shape: Shape, options: int, seed: int) -> Conflict:
    """A random model of a shape."""
    rng, people = Random(seed), "ABCDEFGH"[: shape.deciders]
    keys = [f"o{number}" for number in range(options)]
    made = []
    for number, key in enumerate(keys):
        direction = rng.choice((Direction.ONLY_ON, Direction.ONLY_OFF)) if rng.random() < shape.one_way else Direction.BOTH
        made.append(Option(key, key, (people[number * len(people) // options],), direction))
    parties = []
    for who in people:
        wants = tuple(Statement(some(rng, keys, 1, 3)) for _ in range(STATEMENTS))
        parties.append(DecisionMaker(who, who, OptionPrioritization(wants)))
    rules: list[Rule] = []
    for _ in range(round(options * shape.rules)):
        rules.append(Infeasible(all_of(*(Taken(key) for key in rng.sample(keys, rng.randint(2, 3))))))
    if shape.merged:
        rules.append(Merged(all_of(Taken(keys[0]), Taken(keys[-1]))))
    return Conflict(shape.about, tuple(parties), tuple(made), tuple(rules))


def peak_memory() -> int:
    """The most bytes that this program has held; what is told of the process counts whoever started it, too."""
    line = next(line for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) << 10


def copy_seconds(column: np.ndarray) -> float:
    """The best of twenty copies of a column."""
    into, best = np.empty_like(column), float("inf")
    for _ in range(20):
        start = time.perf_counter()
        np.copyto(into, column)
        best = min(best, time.perf_counter() - start)
    return best


def sampled(engine: ArrayEngine, answers: dict[SolutionConcept, dict[str, StateSet]], states: tuple[int, ...]) -> tuple[int, int]:
    """Compare with the single engine on some states; how many verdicts were compared, and how many would have taken too long."""
    reference, compared, left_out = SingleEngine(engine.space, most_reached=1_000), 0, 0
    for asked, sets in answers.items():
        for dm, stable in sets.items():
            for state in states:
                try:
                    witness = reference.witness(asked, dm, state)
                except LimitError:
                    left_out += 1
                    continue
                if isinstance(witness, Stays) != stable.contains(state):
                    raise AssertionError(f"{asked.key} for {dm} at {state}: the engines disagree")
                compared += 1
    return compared, left_out


def run(name: str, options: int, seed: int, concepts: list[SolutionConcept]) -> None:
    """Measure one shape and print a line for each concept."""
    shape = SHAPES[name]
    space = StateSpace(model(shape, options - shape.fewer, seed))
    engine = ArrayEngine(space)
    start = time.perf_counter()
    columns = [engine.ranks(dm) for dm in engine.decision_makers]
    ranks = time.perf_counter() - start
    copy = copy_seconds(columns[0])
    print(f"\n{name}: {shape.about}")
    print(f"  {space.states.count:,} states of {space.conflict.combinations:,} combinations, {shape.deciders} decision makers, seed {seed}")
    print(
        f"  copy of a column ({columns[0].nbytes / (1 << 20):.2f} MiB) {copy * 1e3:.3f} ms; ranks {ranks:.2f} s, {ranks / copy:,.0f} copies"
    )
    answers = {}
    print(f"  {'':6}{'form':>6}{'seconds':>9}{'ns/state/dm':>13}{'copies':>10}{'equilibria':>12}")
    total = ranks
    for asked in concepts:
        start = time.perf_counter()
        sets = answers[asked] = {dm: engine.stable(asked, dm) for dm in engine.decision_makers}
        seconds = time.perf_counter() - start
        total += seconds
        equilibria = reduce(StateSet.__and__, sets.values()).count
        each = seconds / space.states.count / shape.deciders * 1e9
        form = form_for(space, asked) if asked.is_classical else "rule"
        print(f"  {asked.key:6}{form!s:>6}{seconds:9.3f}{each:13.1f}{seconds / copy:10,.0f}{equilibria:12,}", flush=True)
    peak = peak_memory() / (1 << 20)
    print(f"  together {total:.2f} s; most memory of this process so far {peak:,.0f} MiB", flush=True)
    compared, left_out = sampled(engine, answers, space.states.sample(shape.sample, seed))
    print(f"  {compared} verdicts agree with the single engine" + (f"; {left_out} were too far to look" if left_out else ""), flush=True)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--options", type=int, default=20, help="2 to this power combinations (20)")
    parser.add_argument("--seed", type=int, default=1, help="of the models (1)")
    parser.add_argument("--shape", choices=list(SHAPES), action="append", help="which shapes (all)")
    parser.add_argument("--concept", action="append", help="which concepts (all)")
    given = parser.parse_args()
    concepts = [concept(key) for key in given.concept] if given.concept else list(all_concepts())
    for name in given.shape or SHAPES:
        run(name, given.options, given.seed, concepts)


if __name__ == "__main__":
    main()
