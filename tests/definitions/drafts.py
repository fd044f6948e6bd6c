"""Small models as literal data, and a generator of random ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from .plain import Combination, Condition, PlainModel, Preference


def label(combination: Combination) -> int:
    """The number that a combination reads as: 2^k for each option taken, k from 0."""
    return sum(2**k for k, taken in enumerate(combination.values()) if taken)


def labelled(labels: tuple[int, ...]) -> Condition:
    """The condition that a combination has one of the labels."""
    return lambda combination: label(combination) in labels


def by_level(levels: tuple[int, ...]) -> Preference:
    """The preference that gives state number s the s-th level: the greater, the more preferred."""
    return lambda state: levels[state.number - 1]


@dataclass(frozen=True)
class Draft:
    """A model as data: decision makers are letters, options (letters of their owners, direction)."""

    options: tuple[tuple[str, str], ...]
    feasible: tuple[int, ...]
    """The labels of the feasible combinations."""
    levels: Mapping[str, tuple[int, ...]]
    """For each decision maker the level of each state in the order of their numbers, the greater the better."""
    merged: tuple[int, ...] = ()
    """The labels of the combinations that are one state."""
    hidden: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """For a decision maker the labels of the combinations that they do not perceive."""

    def build(self) -> PlainModel:
        """The model."""
        feasible = labelled(self.feasible)
        return PlainModel(
            options=[(f"o{k}", owners, direction) for k, (owners, direction) in enumerate(self.options)],
            decision_makers=list(self.levels),
            prefers={i: by_level(levels) for i, levels in self.levels.items()},
            infeasible=lambda combination: not feasible(combination),
            merges=[labelled(self.merged)] if self.merged else [],
            unperceived={i: labelled(labels) for i, labels in self.hidden.items()},
        )


def random_draft(random: Random, least: int = 2, most: int = 3, plain: bool = False, size: int = 14) -> Draft:
    """A random model of `least` to `most` decision makers and at most `size` feasible combinations.

    A `plain` one has a single owner for each option, no merged states and nothing unperceived.
    """
    people = "ABCDE"[: random.randint(least, most)]
    count = random.randint(max(2, len(people)), 5)
    owners = [random.choice(people) for _ in range(count)]
    if not plain:
        shared = "".join(random.sample(people, min(2, len(people))))
        owners = [random.choice([*[one] * 8, shared, ""]) for one in owners]
    options = tuple((one, random.choice(["both", "both", "only_on", "only_off"])) for one in owners)
    feasible = tuple(sorted(random.sample(range(2**count), min(2**count, random.randint(2, size)))))
    merged: tuple[int, ...] = ()
    hidden: dict[str, tuple[int, ...]] = {}
    if not plain and len(feasible) > 3 and random.random() < 0.4:
        merged = tuple(sorted(random.sample(feasible, random.randint(2, 3))))
    if not plain and random.random() < 0.2:
        hidden = {random.choice(people): tuple(sorted(random.sample(feasible, 2)))}
    states = len(feasible) - max(0, len(merged) - 1)
    ties = random.choice([2, 4, 30])
    levels = {i: tuple(random.randrange(ties) for _ in range(states)) for i in people}
    return Draft(options, feasible, levels, merged, hidden)
