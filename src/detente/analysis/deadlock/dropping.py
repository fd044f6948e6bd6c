"""What would be better for everybody if red lines and rules were dropped, and the smallest sets of them that would have to go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_

from detente.analysis.claims.ruled_out import Line, can_drop_rules, without
from detente.model.rule import required
from detente.preference.compared import compared
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MAX_PATTERNS = 4096
"""Most ways to be ruled out that are told apart."""

Element = tuple[Line | None, int]
"""A red line with 0, or None with the place of a rule."""


@dataclass(frozen=True)
class Correction:
    """Red lines and rules without which something would be better for everybody, and none of which could stay.

    Parameters
    ----------
    lines
        The red lines.
    rules
        The places of the rules, from 1.
    states
        What would then be better for everybody, and becomes so in no other way; states of a space without red lines, and without
        rules if rules can be dropped.
    """

    lines: tuple[Line, ...]
    rules: tuple[int, ...]
    states: StateSet


class Dropping:
    """What dropping red lines and rules would make better for everybody than a start.

    Parameters
    ----------
    space
        The space.
    start
        The start.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> Dropping(space, 0).possible
    0
    """

    def __init__(self, space: StateSpace, start: int) -> None:
        self.space = space
        self.start = start
        self.rules = can_drop_rules(space.conflict)
        """Whether rules are dropped too."""
        self.bare = StateSpace(without(space.conflict, None, None if self.rules else frozenset()))
        """The space without red lines, and without rules if these are dropped."""
        self._blocks: list[tuple[Element, int]] = []
        better = {dm.key: self._better(dm.key) for dm in space.conflict.decision_makers}
        self.against = tuple((dm, self.bare.states.bits & ~bits) for dm, bits in better.items())
        """For each decision maker the combinations that they do not prefer to the start, whatever is dropped."""
        self.possible = reduce(and_, better.values(), self.bare.states.bits)
        """The combinations that everybody prefers to the start if the right red lines and rules are dropped, as an integer."""
        for place, rule in enumerate(space.conflict.rules, 1):
            condition = required(rule)
            if self.rules and condition is not None:
                self._blocks.append(((None, place), self.bare.everything & ~self.bare.where_bits(condition)))

    def _better(self, dm: str) -> int:
        """What a decision maker prefers to the start if some of their red lines are dropped; notes which lines stand against what.

        Where the start crosses none of their lines, all that a state crosses have to go.  Where it does, dropping them all leaves the
        preference; keeping only lines that the start crosses and a state does not makes the state better.
        """
        preferred = compared(self.bare, dm, self.start)[0]
        lines = [self.bare.where_bits(line.never) for line in self.space.conflict.decision_maker(dm).red_lines]
        crossing = [bits for bits in lines if bits >> self.start & 1]
        better = preferred
        for bits in crossing:
            better |= self.bare.states.bits & ~bits
        for place, bits in enumerate(lines, 1):
            self._blocks.append((((dm, place), 0), bits & ~preferred if crossing else bits))
        return better

    def corrections(self) -> tuple[tuple[Correction, ...], bool]:
        """The smallest sets of red lines and rules that have to go for something to be better for everybody, and whether these are all.

        The sets with fewest rules and red lines first.
        """
        patterns: list[tuple[frozenset[Element], int]] = [(frozenset(), self.possible)] if self.possible else []
        for element, bits in self._blocks:
            split = [[(pattern | {element}, states & bits), (pattern, states & ~bits)] for pattern, states in patterns]
            patterns = [part for pair in split for part in pair if part[1]]
            if len(patterns) > MAX_PATTERNS:
                return (), False
        return tuple(sorted(self._smallest(patterns), key=self._order)), True

    def _smallest(self, patterns: list[tuple[frozenset[Element], int]]) -> Iterator[Correction]:
        for pattern, states in patterns:
            if not any(other < pattern for other, _ in patterns):
                lines = tuple(element[0] for element, _ in self._blocks if element in pattern and element[0] is not None)
                rules = tuple(element[1] for element, _ in self._blocks if element in pattern and element[0] is None)
                yield Correction(lines, rules, StateSet(self.bare, states))

    def _order(self, correction: Correction) -> tuple[int, int, list[int]]:
        place = {element: n for n, (element, _) in enumerate(self._blocks)}
        chosen: list[Element] = [*((line, 0) for line in correction.lines), *((None, rule) for rule in correction.rules)]
        return len(correction.lines) + len(correction.rules), len(correction.rules), [place[element] for element in chosen]
