"""Claims about minimal sets of red lines and rules in spaces of any size, made from what was found."""

from __future__ import annotations

from detente.analysis.claims.base import RefusedError
from detente.analysis.claims.empties import Empties
from detente.analysis.claims.none_such import Question
from detente.analysis.claims.red_lines import Elements, all_elements
from detente.analysis.claims.ruled_out import without
from detente.analysis.claims.unlisted import Restores, parts_of
from detente.analysis.large.found import LargeRedLines
from detente.analysis.large.proving import proved
from detente.analysis.large.seek import Seek
from detente.engines.sat.solver import Clock
from detente.model.formula import Formula
from detente.space.states import StateSpace


def restores_claim(
    space: StateSpace, start: int, where: Formula, dropped: Elements, gained: int, clock: Clock | None = None
) -> Restores | None:
    """The claim that dropping a minimal set restores something better for everybody; None where a proof was not found in time.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import TRUE, Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)), list_up_to=0)
    >>> restores_claim(space, 0, TRUE, (("A", 1),), 1).check(space)
    """
    try:
        wanted = parts_of(space, start, dropped)
    except RefusedError:
        return None
    parts = []
    for some in wanted:
        part = proved(space, start, Question("gain", some), where, clock)
        if part is None:
            return None
        parts.append(part)
    return Restores(start, where, dropped, gained, tuple(parts))


def empties_claim(space: StateSpace, found: LargeRedLines, kept: Elements, clock: Clock | None = None) -> Empties | None:
    """The claim that a minimal set, kept alone, leaves nothing better for everybody; None where that was not shown in time.

    >>> from detente.analysis.large.red_lines import large_red_lines
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> space = StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),)), list_up_to=0)
    >>> empties_claim(space, large_red_lines(space, 0), (("A", 1),)).check(space)
    """
    every = all_elements(space, found.rules)
    dropped = tuple(element for element in every if element not in kept)
    none = proved(space, found.start, Question("gain", dropped), found.where, clock)
    if none is None:
        return None
    lost = []
    for element in kept:
        lines = frozenset((dm, n) for dm, n in (*dropped, element) if dm is not None)
        there = space.of(without(space.conflict, lines, frozenset(n for dm, n in (*dropped, element) if dm is None)))
        seek = Seek(there, found.start, clock, found.where)
        gained = seek.nearest(seek.better_for_all).state
        if gained is None:
            return None
        lost.append((element, gained))
    return Empties(every, kept, none, tuple(lost))
