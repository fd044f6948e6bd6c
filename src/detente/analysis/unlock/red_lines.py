"""Which red lines and rules together leave nothing that everybody prefers to a state, and which would have to go for there to be something.

Minimal unsatisfiable and minimal correction sets, of red lines: each of the first shares an element with each of the second (Reiter
1987; Liffiton and Sakallah 2008), wherever the start crosses no red line.  Where it crosses one, keeping that red line can itself
make a state better for its holder; every choice of the elements that matter is then tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from detente.analysis.claims.hitting import TooManyError
from detente.analysis.claims.red_line_sets import AllSets, minimal_sets, patterns
from detente.analysis.claims.red_lines import Elements, Emptying, Restoring, all_elements, bargains, parts_to_see
from detente.analysis.claims.ruled_out import can_drop_rules
from detente.analysis.unlock.lever import Lever, Levers
from detente.model.formula import TRUE, Formula
from detente.space.sets import bits_of
from detente.space.states import StateSpace

C = TypeVar("C", Emptying, Restoring)


@dataclass(frozen=True)
class RedLineConflicts:
    """What red lines and rules do to the states that everybody prefers to a start.

    Parameters
    ----------
    space
        The space.
    start
        The start.
    where
        The condition that counted states meet.
    rules
        Whether rules were looked at as well; not where a ranking says nothing of states that a rule excludes, or states are merged.
    elements
        All red lines, and rules if these were looked at.
    now
        The states that meet the condition and that everybody prefers to the start as things are, as an integer.
    emptying
        The minimal sets of elements that, kept alone, leave no such state; the fewest elements first.
    restoring
        The minimal sets of elements without which there is such a state; the fewest elements first.
    every
        The claim that these are all; None if the search was stopped.
    """

    space: StateSpace
    start: int
    where: Formula
    rules: bool
    elements: Elements
    now: int
    emptying: Levers[Emptying]
    restoring: Levers[Restoring]
    every: AllSets | None


def red_line_conflicts(
    space: StateSpace,
    start: int,
    *,
    where: Formula | None = None,
    rules: bool = False,
    progress: Callable[[str], None] | None = None,
) -> RedLineConflicts:
    """All minimal sets of red lines (and rules) that empty, and all that restore, what everybody prefers to a state.

    Parameters
    ----------
    space
        The space.
    start
        The state that others are compared with.
    where
        Only states that meet this condition count; by default all do.
    rules
        Whether rules may go as well.  Where preferences say nothing of what rules exclude, they stay, and the result says so.
    progress
        Told what is being done.

    Returns
    -------
    RedLineConflicts
        With `stopped` "size" in both lists where there are too many sets, or too many choices to try.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> found = red_line_conflicts(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),))), 0)
    >>> [lever.claim.kept for lever in found.emptying.found], [lever.claim.dropped for lever in found.restoring.found]
    ([(('A', 1),)], [(('A', 1),)])
    """
    tell = progress or (lambda _: None)
    rules = rules and can_drop_rules(space.conflict)
    elements, counted = all_elements(space, rules), where or TRUE
    now = bargains(space, start, frozenset(), counted)
    tell("sorting the states by the red lines that they cross")
    try:
        masks = minimal_sets(patterns(space, start, counted, elements), (1 << len(elements)) - 1)
    except TooManyError:
        stopped: Levers[Emptying] = Levers("red lines", (), 0, False, "size")
        return RedLineConflicts(space, start, counted, rules, elements, now, stopped, Levers("red lines", (), 0, False, "size"), None)
    sets = [_listed(found, elements) for found in masks]
    tell(f"comparing the start with all states for {len(sets[0]) + len(sets[1])} sets of red lines")
    emptying = [_lever(space, _emptying(space, start, counted, rules, kept), kept) for kept in sets[0]]
    restoring = [_lever(space, _restoring(space, start, counted, rules, dropped), dropped) for dropped in sets[1]]
    every = AllSets(start, counted, rules, tuple(sets[0]), tuple(sets[1]))
    return RedLineConflicts(space, start, counted, rules, elements, now, _levers(emptying), _levers(restoring), every)


def _listed(masks: Iterable[int], elements: Elements) -> list[Elements]:
    ordered = sorted(masks, key=lambda mask: (mask.bit_count(), tuple(bits_of(mask))))
    return [tuple(elements[k] for k in bits_of(mask)) for mask in ordered]


def _lever(space: StateSpace, claim: C, elements: Elements) -> Lever[C]:
    holders = {dm for dm, _ in elements}
    by = tuple(dm.key for dm in space.conflict.decision_makers if dm.key in holders)
    return Lever("red lines", len(elements), by, None, claim)


def _levers(found: list[Lever[C]]) -> Levers[C]:
    return Levers("red lines", tuple(found), found[0].cost if found else None, True)


def _emptying(space: StateSpace, start: int, where: Formula, rules: bool, kept: Elements) -> Emptying:
    every = frozenset(all_elements(space, rules))
    lost = []
    for part in parts_to_see(space, start, kept):
        found = bargains(space, start, every - frozenset(part), where)
        shown = found & space.states.bits or found  # a state that can occur, where there is one, and the nearest to the start
        lost.append((part, min(bits_of(shown), key=lambda state: ((state ^ start).bit_count(), state))))
    return Emptying(start, where, rules, kept, tuple(lost))


def _restoring(space: StateSpace, start: int, where: Formula, rules: bool, dropped: Elements) -> Restoring:
    return Restoring(start, where, rules, dropped, bargains(space, start, frozenset(dropped), where))
