"""Red lines and rules dropped, in every combination, by the second statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from detente.model import formula as program
from detente.model.conflict import Conflict
from detente.model.rule import Merged
from detente.preference.mixture import StatementsThenRanking
from detente.preference.ranking import StateRanking
from tests.definitions.adapter import meets, plain_model
from tests.definitions.bargain import better_for_all
from tests.definitions.drafts import label
from tests.definitions.minimal import minimal_sets
from tests.unlock.ground import Ground

Element = tuple[str, int]
"""A red line by its owner and place, or a rule by "" and its place, from 1."""


def red_lines(conflict: Conflict) -> list[Element]:
    """All red lines."""
    return [(dm.key, n) for dm in conflict.decision_makers for n in range(1, len(dm.red_lines) + 1)]


def rules(conflict: Conflict) -> list[Element]:
    """The rules that can be dropped: none where somebody ranks states, or where states are merged."""
    ranked = any(isinstance(dm.preference, StateRanking | StatementsThenRanking) for dm in conflict.decision_makers)
    if ranked or any(isinstance(rule, Merged) for rule in conflict.rules):
        return []
    return [("", n) for n in range(1, len(conflict.rules) + 1)]


def without(conflict: Conflict, dropped: Iterable[Element]) -> Conflict:
    """The conflict with some of them gone."""
    gone = set(dropped)
    return replace(
        conflict,
        decision_makers=tuple(
            replace(dm, red_lines=tuple(line for n, line in enumerate(dm.red_lines, 1) if (dm.key, n) not in gone))
            for dm in conflict.decision_makers
        ),
        rules=tuple(rule for n, rule in enumerate(conflict.rules, 1) if ("", n) not in gone),
    )


def bargains(ground: Ground, s: int, dropped: Iterable[Element], where: program.Formula = program.TRUE) -> set[int]:
    """What everybody prefers to s, and meets a condition, when some red lines and rules are gone: greatest combinations."""
    model, met = plain_model(without(ground.conflict, dropped)), meets(where)
    start = model.number_of(ground.model.state(s).combination)
    assert start is not None
    better = [model.state(x).combination for x in better_for_all(model, start)]
    return {label(combination) for combination in better if met(combination)}


def bargain_without(ground: Ground, s: int, dropped: Iterable[Element]) -> bool:
    """Whether something is better for everybody than s when some red lines and rules are gone."""
    return bargains(ground, s, dropped) != set()


def corrections(ground: Ground, s: int) -> set[frozenset[Element]]:
    """All minimal sets of red lines and rules that have to go for something to be better for everybody."""
    return restoring(ground, s, [*red_lines(ground.conflict), *rules(ground.conflict)])


def restoring(ground: Ground, s: int, elements: list[Element], where: program.Formula = program.TRUE) -> set[frozenset[Element]]:
    """All minimal sets of elements without which there is something."""
    return minimal_sets(elements, lambda gone: bool(bargains(ground, s, gone, where)))


def emptying(ground: Ground, s: int, elements: list[Element], where: program.Formula = program.TRUE) -> set[frozenset[Element]]:
    """All minimal sets of elements that, kept alone, leave nothing."""
    return minimal_sets(elements, lambda kept: not bargains(ground, s, set(elements) - kept, where))
