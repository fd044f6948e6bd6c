"""Claims about red lines and rules kept or dropped: that some of them, kept alone, leave nothing better for everybody, or give it back.

Elements are red lines, as (whose, place from 1), and rules, as (None, place from 1).  With some of them kept, what is better for everybody
is found by comparing every combination with the start in the conflict that has no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import chain, combinations
from operator import and_
from typing import ClassVar

from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.ruled_out import can_drop_rules, without
from detente.model.formula import Formula
from detente.preference.compared import compared
from detente.space.states import StateSpace

Element = tuple[str | None, int]
"""A red line (whose, its place from 1), or a rule (None, its place from 1)."""

Elements = tuple[Element, ...]

MOST_PARTS = 12
"""Most elements of a set every part of which is looked at, where keeping more can make something better for everybody."""


def all_elements(space: StateSpace, rules: bool) -> Elements:
    """All red lines of a conflict, party by party, and with `rules` all rules that keep combinations from occurring.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> a = DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),))
    >>> all_elements(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),))), rules=True)
    (('A', 1),)
    """
    lines: list[Element] = [(dm.key, n) for dm in space.conflict.decision_makers for n, _ in enumerate(dm.red_lines, start=1)]
    return (*lines, *((None, n) for n, _ in enumerate(space.conflict.rules, start=1) if rules))


def bargains(space: StateSpace, start: int, dropped: frozenset[Element], where: Formula) -> int:
    """The combinations that meet a condition (`where`) and that everybody prefers to the start without some elements; an integer.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import TRUE, Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> bargains(space, 0, frozenset(), TRUE), bargains(space, 0, frozenset({("A", 1)}), TRUE)
    (0, 2)
    """
    lines = frozenset((dm, n) for dm, n in dropped if dm is not None)
    there = StateSpace(without(space.conflict, lines, frozenset(n for dm, n in dropped if dm is None)))
    return reduce(
        and_, (compared(there, dm.key, start)[0] for dm in there.conflict.decision_makers), there.states.bits & there.where_bits(where)
    )


def monotone(space: StateSpace, start: int) -> bool:
    """Whether keeping more red lines never makes anything better for everybody: so it is where the start crosses none."""
    lines = (line for dm in space.conflict.decision_makers for line in dm.red_lines)
    return not any(space.where_bits(line.never) >> start & 1 for line in lines)


@dataclass(frozen=True)
class Emptying(Claim):
    """Some red lines and rules, kept alone, leave nothing better for everybody than the start, and no part of them does.

    Parameters
    ----------
    start
        The start.
    where
        The condition that the combinations that count meet.
    rules
        Whether rules are among the elements; otherwise all rules are kept throughout.
    kept
        The elements.
    lost
        For parts of them, each with a combination that would be better for everybody if that part alone were kept: the parts that lack
        one element where keeping more can't help, otherwise all parts.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import TRUE, Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> Emptying(0, TRUE, False, (("A", 1),), (((), 1),)).check(space)
    """

    kind: ClassVar[str] = "emptying red lines"
    start: int
    where: Formula
    rules: bool
    kept: Elements
    lost: tuple[tuple[Elements, int], ...]

    def check(self, space: StateSpace) -> None:
        """Compare the start with everything, with these elements kept alone, and with each part that is listed."""
        every = _checked(space, self.start, self.rules, self.kept)
        need(not bargains(space, self.start, every - set(self.kept), self.where), "kept: something is still better for everybody")
        _parts(space, self.start, self.kept, tuple(part for part, _ in self.lost))
        for part, state in self.lost:
            found = bargains(space, self.start, every - set(part), self.where)
            need(state >= 0 and bool(found >> state & 1), f"lost: with {part} alone {state} is not better for everybody")


@dataclass(frozen=True)
class Restoring(Claim):
    """Without some red lines and rules, something is better for everybody than the start; without just a part of them, nothing is.

    Parameters
    ----------
    start
        The start.
    where
        The condition that the combinations that count meet.
    rules
        Whether rules are among the elements.
    dropped
        The elements.
    gained
        All combinations that are then better for everybody, as an integer.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import TRUE, Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)))
    >>> Restoring(0, TRUE, False, (("A", 1),), 0b10).check(space)
    """

    kind: ClassVar[str] = "restoring red lines"
    start: int
    where: Formula
    rules: bool
    dropped: Elements
    gained: int

    def check(self, space: StateSpace) -> None:
        """Compare the start with everything, without these elements, and without each part of them that has to be looked at."""
        _checked(space, self.start, self.rules, self.dropped)
        gained = bargains(space, self.start, frozenset(self.dropped), self.where)
        need(gained != 0 and gained == self.gained, "gained: not what is better for everybody without these")
        for part in parts_to_see(space, self.start, self.dropped):
            need(not bargains(space, self.start, frozenset(part), self.where), f"part: without {part} alone something is better")


def parts_to_see(space: StateSpace, start: int, elements: Elements) -> tuple[Elements, ...]:
    """The parts of a set that show it to be minimal: those that lack one element, or all where keeping more can help somebody.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> parts_to_see(space, 0, ((None, 1), (None, 2)))
    (((None, 1),), ((None, 2),))
    """
    if monotone(space, start):
        return tuple(combinations(elements, len(elements) - 1)) if elements else ()
    need(len(elements) <= MOST_PARTS, "elements: too many to look at every part")
    return tuple(chain.from_iterable(combinations(elements, n) for n in range(len(elements))))


def _parts(space: StateSpace, start: int, elements: Elements, listed: tuple[Elements, ...]) -> None:
    needed = {frozenset(part) for part in parts_to_see(space, start, elements)}
    need(len(listed) == len(needed) and {frozenset(part) for part in listed} == needed, f"parts: {len(listed)} listed, not {len(needed)}")


def _checked(space: StateSpace, start: int, rules: bool, chosen: Elements) -> frozenset[Element]:
    """All elements, after a look at the start and at what was chosen of them."""
    need(space.states.contains(start), f"start: {start} is no state")
    need(not rules or can_drop_rules(space.conflict), "rules: the preferences say nothing of what they exclude")
    every = all_elements(space, rules)
    need(len(set(chosen)) == len(chosen) and set(chosen) <= set(every), f"elements: {chosen}")
    return frozenset(every)
