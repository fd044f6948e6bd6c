"""Conflicts for the tests of the symbolic engine."""

from __future__ import annotations

from random import Random

from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.formula import Not, Taken, all_of, any_of
from detente.model.preference import Statement
from detente.model.rule import Infeasible, Rule
from detente.preference.prioritization import OptionPrioritization
from detente.testing.models import Shape

SHAPE = Shape(
    most_options=9, most_states=512, kinds=("prefers", "weights"), merged=0.0, bans=0.0, unperceived=0.25, shared=0.2, red_lines=0.3
)
"""What the engine takes: everything but merged states, bans and explicit rankings."""


def sparse(options: int, deciders: int, statements: int, width: int, seed: int) -> Conflict:
    """A conflict with statements of up to so many literals over all options, some rules and some one-way options."""
    rng = Random(seed)
    keys = [f"o{number}" for number in range(options)]

    def literals(count: int) -> list[Taken | Not]:
        return [Taken(key) if rng.random() < 0.5 else Not(Taken(key)) for key in rng.sample(keys, count)]

    made = []
    for number, key in enumerate(keys):
        direction = rng.choice(tuple(Direction)) if rng.random() < 0.3 else Direction.BOTH
        made.append(Option(key, key, (f"P{number * deciders // options}",), direction))
    rules: list[Rule] = [Infeasible(all_of(*literals(rng.randint(2, 3)))) for _ in range(options // 4)]
    parties = []
    for who in range(deciders):
        wants = tuple(Statement(rng.choice((all_of, any_of))(*literals(rng.randint(1, width)))) for _ in range(statements))
        parties.append(DecisionMaker(f"P{who}", f"P{who}", OptionPrioritization(wants)))
    return Conflict("sparse", tuple(parties), tuple(made), tuple(rules))
