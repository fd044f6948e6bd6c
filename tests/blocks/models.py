"""Random conflicts with groups of options of which one is taken, and engines that are made to work in small pieces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from detente.concepts.registry import concept
from detente.engines.blocks.bitmap import listed
from detente.engines.blocks.layout import Layout
from detente.engines.blocks.parts import Folder
from detente.engines.blocks.provision import Provision
from detente.engines.blocks.worker import Clock, Worker
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option, RedLine, in_owner_order
from detente.model.preference import Preference, Statement
from detente.model.rule import AtMostOne, ExactlyOne, Infeasible, OnlyIf, Rule
from detente.preference.prioritization import OptionPrioritization
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import random_formula

CONCEPTS = tuple(concept(key) for key in ("Nash", "GMR", "SMR", "SEQ", "SSEQ"))


def grouped(rng: Random, least: int = 5, most: int = 11) -> Conflict:
    """A random conflict whose decision makers choose one of several options, or at most one, and have some free options besides."""
    people = "ABCD"[: rng.randint(2, 4)]
    options: list[Option] = []
    rules: list[Rule] = []
    wanted = rng.randint(least, most)
    while len(options) < wanted:
        owners = tuple(rng.sample(people, 2)) if rng.random() < 0.08 else (rng.choice(people),)
        count = rng.choice((1, 1, 2, 3, 4))
        keys = [f"{owners[0].lower()}{len(options) + k}" for k in range(count)]
        for key in keys:
            one_way = rng.random() < 0.25
            options.append(Option(key, key, owners, rng.choice((Direction.ONLY_ON, Direction.ONLY_OFF)) if one_way else Direction.BOTH))
        if count > 1:
            rules.append(rng.choice((ExactlyOne, AtMostOne))(tuple(keys)))
    keys = [option.key for option in options]
    for _ in range(rng.randint(0, 3)):
        one, other = rng.sample(keys, 2)
        rules.append(
            rng.choice((Infeasible(random_formula(rng, [one, other])), OnlyIf(random_formula(rng, [one]), random_formula(rng, [other]))))
        )
    parties = tuple(_party(rng, key, keys) for key in people)
    return Conflict("grouped", parties, in_owner_order(parties, tuple(options)), tuple(rules))


def _party(rng: Random, key: str, options: list[str]) -> DecisionMaker:
    preference: Preference
    if rng.random() < 0.2:
        preference = OptionWeighting(tuple((option, rng.randint(-9, 9)) for option in rng.sample(options, min(6, len(options)))))
    else:
        most = rng.choice((2, 4, 9, 16))
        preference = OptionPrioritization(tuple(Statement(random_formula(rng, options)) for _ in range(rng.randint(1, most))))
    red_lines = (RedLine(random_formula(rng, options)),) if rng.random() < 0.15 else ()
    return DecisionMaker(key, key, preference, red_lines, unperceived=random_formula(rng, options) if rng.random() < 0.15 else None)


@contextmanager
def worker(space: StateSpace, folder: Path, *, run: int, most: int, on_disk: bool, mixed: bool | None) -> Iterator[Worker]:
    """A worker with runs and blocks of at most so many places, values on the disk or in memory, digits for groups or not."""
    layout = Layout(space.conflict, run, mixed)
    width = (
        4
        if any(len(dm.preference.statements() if dm.preference else ()) not in range(1, 14) for dm in space.conflict.decision_makers)
        else 2
    )
    part = layout.runs * -(-layout.run // 8)
    provision = Provision(layout, most, width, 1 << 16, 0, on_disk, layout.size * width, part, 1 << 12)
    made = Worker(space, provision, 0 if on_disk else 1 << 24, None, Folder(layout, folder, keep=False), Clock(None, None))
    try:
        yield made
    finally:
        made.close()


def stable_bits(made: Worker) -> dict[tuple[str, str], int]:
    """The stable states by concept and decision maker, as integers with a bit for each combination."""
    return {(known.key, dm): listed(made.part(known, dm)) for known in CONCEPTS for dm in made.space.masks}
