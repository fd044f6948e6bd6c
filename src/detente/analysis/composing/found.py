"""What holds on each front alone, and what of it is part of what holds in the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from detente.analysis.composing.whole import Composed
from detente.model.evaluate import evaluator
from detente.space.sets import StateSet
from detente.space.states import StateSpace


@dataclass(frozen=True)
class OnFront:
    """A front alone and within the whole.

    Parameters
    ----------
    key
        The front.
    space
        The space of its local conflict, under the keys of the whole.
    holding
        The local states that hold in the local conflict; None where these were not listed.
    within
        The local states that are part of some state that holds in the whole; None where these were not listed.
    """

    key: str
    space: StateSpace
    holding: StateSet | None
    within: StateSet | None


@dataclass(frozen=True)
class Holding:
    """What holds in a whole and on its fronts.

    Parameters
    ----------
    composed
        The whole.
    profile
        For each decision maker (key) the key of the concept.
    space
        The space of the whole.
    holding
        The states of the whole that hold; None where these were not listed.
    fronts
        Each front.
    """

    composed: Composed
    profile: Mapping[str, str]
    space: StateSpace
    holding: StateSet | None
    fronts: tuple[OnFront, ...]


def felt_elsewhere(composed: Composed) -> Iterator[tuple[str, str, str]]:
    """What the status quo of a front does on the others: (decision maker, front, "red line" or "unperceived").

    Where the status quo of a front crosses a red line of a common decision maker, with this front as it is none of their red lines tells
    states of other fronts apart; where they do not perceive it, they make no move on other fronts.

    Parameters
    ----------
    composed
        The whole.

    Examples
    --------
    >>> from detente.analysis.composing.whole import composed
    >>> from detente.model.composition import Common, Component, Composition
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> a, options = DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),)), (Option("x", "x", ("A",)),)
    >>> made = [Component(key, key, Conflict(key, (a,), options, status_quo=frozenset({"x"})), prefix=key[0]) for key in ("north", "south")]
    >>> list(felt_elsewhere(composed(Composition("both", tuple(made), (Common("A", order=("north", "south")),)))))
    [('A', 'north', 'red line'), ('A', 'south', 'red line')]
    """
    for front in composed.fronts:
        conflict = front.conflict
        if conflict.status_quo is None:
            continue
        quo, index = conflict.combination(conflict.status_quo), conflict.option_index
        for common in composed.composition.common:
            if common.party in {dm.key for dm in conflict.decision_makers}:
                party = conflict.decision_maker(common.party)
                if any(evaluator(line.never, index)(quo) for line in party.red_lines):
                    yield common.party, front.key, "red line"
                if party.unperceived is not None and evaluator(party.unperceived, index)(quo):
                    yield common.party, front.key, "unperceived"
