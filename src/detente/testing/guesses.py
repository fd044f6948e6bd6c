"""Random guesses for tests: conflicts whose parts are open in every way that a conflict file can say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice, permutations
from random import Random

from detente.model.checks_guesses import fitting
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.direction import Direction
from detente.model.guess import Alternative, AsWritten, Decided, Guess, GuessKind, LeftOut, Ordered, SeenFrom, What
from detente.model.preference import lists_states
from detente.model.rule import Infeasible, Merged
from detente.model.viewpoint import Altered
from detente.testing.models import random_formula


def with_guesses(rng: Random, conflict: Conflict, most: int = 4, relations: bool = False) -> Conflict:
    """A conflict with random guesses about statements, their order, red lines, rules, directions and viewpoints.

    Parameters
    ----------
    rng
        The random numbers.
    conflict
        The conflict.
    most
        The most guesses that are made.
    relations
        Whether comparisons that are not known may be decided too.

    Examples
    --------
    >>> from detente.testing.models import random_conflict
    >>> made = with_guesses(Random(1), random_conflict(Random(1)))
    >>> len(made.guesses) <= 4
    True
    """
    drawn = list(_possible(rng, conflict, relations))
    rng.shuffle(drawn)
    chosen, taken = [], set[str]()
    for guess in drawn[: rng.randint(1, most)]:
        clash = {f"{guess.kind == 'order'} {element}" for element in guess.elements} if guess.kind != "viewpoint" else {"viewpoint"}
        if not clash & taken and fitting(conflict, (guess,)):
            taken |= clash
            chosen.append(guess)
    return replace(conflict, guesses=tuple(chosen))


def _possible(rng: Random, conflict: Conflict, relations: bool) -> Iterator[Guess]:
    """A guess about every part that can be open."""
    options = [option.key for option in conflict.options]
    number = iter(range(1_000))

    def made(kind: GuessKind, of: str | None, places: tuple[int, ...], *others: What) -> Guess:
        what = (AsWritten(), *others)
        weights = [Fraction(rng.randint(1, 5)) for _ in what] if kind != "order" and rng.random() < 0.4 else [None] * len(what)
        total = sum(weight for weight in weights if weight is not None)
        alternatives = [Alternative(one, None if weight is None else weight / total) for one, weight in zip(what, weights, strict=True)]
        return Guess(f"g{next(number)}", kind, of, places, tuple(alternatives))

    for dm in conflict.decision_makers:
        statements = dm.preference.statements() if dm.preference is not None and not lists_states(dm.preference) else ()
        for place in range(1, len(statements) + 1):
            formula = random_formula(rng, options)
            many: list[tuple[What, ...]] = [(LeftOut(),), (formula,), (formula, LeftOut())]
            yield made("statement", dm.key, (place,), *rng.choice(many))
        if len(statements) > 1:
            places = tuple(sorted(rng.sample(range(1, len(statements) + 1), min(len(statements), rng.randint(2, 3)))))
            yield made("order", dm.key, places, *(Ordered(order) for order in islice(permutations(places), 1, None)))
        for place in range(1, len(dm.red_lines) + 1):
            yield made("red line", dm.key, (place,), random_formula(rng, options) if rng.random() < 0.5 else LeftOut())
        for place, pair in enumerate(dm.pairs, start=1) if relations else ():
            if pair.kind == "unknown":
                decided: list[What] = [Decided("first"), Decided("second"), Decided("neither")]
                yield made("relation", dm.key, (place,), *rng.sample(decided, rng.randint(1, 3)))
    holders: list[DecisionMaker | Altered] = [*conflict.decision_makers, *(how for view in conflict.viewpoints for how in view.parties)]
    ranked = any(lists_states(holder.preference) for holder in holders) or any(isinstance(rule, Merged) for rule in conflict.rules)
    for place in range(1, len(conflict.rules) + 1) if not ranked else ():
        yield made("rule", None, (place,), Infeasible(random_formula(rng, options)) if rng.random() < 0.5 else LeftOut())
    for option in conflict.options:
        yield made("direction", option.key, (), *(each for each in Direction if each is not option.direction))
    if conflict.viewpoints:
        yield made("viewpoint", None, (), *(SeenFrom(seen.key) for seen in conflict.viewpoints))
