"""How long a diagnosis takes on the flagship and on random conflicts of a hundred thousand states; every claim is checked.

    python bench/diagnosis.py                       # the flagship, then three conflicts of 17 options
    python bench/diagnosis.py --options 16 --conflicts 5

Each line tells the number of states, the seconds for the stability table, for the bargain alone, for the diagnosis, and for checking it and
putting it into words, and the types that apply.
"""

from __future__ import annotations

import argparse
import time
from random import Random

from detente.analysis.bargain import bargain
from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.stability import analyse
from detente.cases import FLAGSHIP, load
from detente.concepts.registry import concept
from detente.engines.choose import choose
from detente.explain.diagnosis.told import told
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.preference import Statement
from detente.model.rule import AtMostOne
from detente.preference.prioritization import OptionPrioritization
from detente.space.states import StateSpace
from detente.testing.models import random_formula


def random_conflict(seed: int, options: int, parties: int = 5, statements: int = 14) -> Conflict:
    """Five parties with random statements over all options, and one pair of options that exclude each other."""
    rng = Random(seed)
    keys = [f"o{number}" for number in range(options)]
    owners = sorted(rng.randrange(parties) for _ in keys)
    made = tuple(Option(key, key, (f"P{owner}",)) for key, owner in zip(keys, owners, strict=True))

    def wants() -> OptionPrioritization:
        return OptionPrioritization(tuple(Statement(random_formula(rng, keys)) for _ in range(statements)))

    people = tuple(DecisionMaker(f"P{number}", f"P{number}", wants()) for number in range(parties))
    return Conflict(f"random {seed}", people, made, (AtMostOne((keys[0], keys[-1])),))


def measure(name: str, space: StateSpace, start: int | None) -> None:
    """One conflict: the table, then a diagnosis of the start, or of the first equilibrium if there is no start."""
    begun = time.perf_counter()
    table = analyse(space, [concept("SEQ")], choose(space, [concept("SEQ")])[0])
    tabled = time.perf_counter()
    if start is None:
        start = (table.equilibria("SEQ") or space.states).first(1)[0]
    around = bargain(space, start)
    around.ways(around.better_for_all)
    bargained = time.perf_counter()
    found = diagnose(space, start, table=table)
    diagnosed = time.perf_counter()
    told(space, found)
    spoken = time.perf_counter()
    took = (tabled - begun, bargained - tabled, diagnosed - bargained, spoken - diagnosed)
    types = " ".join(finding.key for finding in found.found) or "not stuck"
    print(f"{name:20} {space.states.count:>9,} states  " + "  ".join(f"{seconds:6.2f} s" for seconds in took) + f"  {types}")


def main() -> None:
    """Measure the flagship, then random conflicts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--options", type=int, default=17)
    parser.add_argument("--conflicts", type=int, default=3)
    given = parser.parse_args()
    flagship = StateSpace(load(FLAGSHIP))
    measure(FLAGSHIP, flagship, flagship.status_quo)
    for seed in range(given.conflicts):
        measure(f"random {seed}", StateSpace(random_conflict(seed, given.options)), None)


if __name__ == "__main__":
    main()
