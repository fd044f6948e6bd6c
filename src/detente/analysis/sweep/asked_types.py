"""Which type of deadlock comes first, and which red lines leave nothing better for everybody, asked of cells.

Of the types D1 to D9 one of the first six always applies to a state that holds, so that no other comes first.  If nothing is better for
everybody: something would be if red lines or rules were dropped (D2), or two or more have nothing to gain together either (D1), or they
have.  If something is: it is out of reach (D3), or all of them have something to gain together.  Where two or more have something to gain
together, none of it holds (D5), or some of it holds that improvements do not lead to (D4), or improvements lead to what holds; then
somebody has an improvement from the state and stays there (D6).  One decision maker alone does not stay where something better can be had.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from detente.analysis.sweep.asked_ways import Led
from detente.analysis.sweep.cell import Cell
from detente.analysis.sweep.orders import PartyOrders
from detente.analysis.sweep.sought import SetOf, Sought, better_than, for_all, for_groups
from detente.analysis.sweep.worlds import Joined, Worlds
from detente.analysis.sweep.worths import Split
from detente.errors import LimitError
from detente.model.formula import Formula, written
from detente.space.states import StateSpace

if TYPE_CHECKING:
    from detente.analysis.sweep.asked import Question

MAX_LINES = 10
"""Most red lines of all decision makers together of which every set is looked at."""


def deadlock(question: Question, cell: Cell) -> str:
    """Key of the type of deadlock that comes first; "-" where somebody leaves the status quo."""
    play, profile, start = question.play, question.profile, question.play.frame.start
    assert start is not None
    if not play.holds(cell, profile, start):
        return "-"
    groups, states = play.frame.groups, play.frame.space.states.bits
    gains, reached = dict.fromkeys(profile, better_than(start)), groups.brought_about(groups.movers)
    near = Sought(cell, gains, for_all(states & reached), start).any() is not None
    if not near:
        if Sought(cell, gains, for_all(states & ~reached), start).any() is not None:
            return "D3"
        if _would_gain(question, cell, start):
            return "D2"
    shared = play.frame.once("shared", lambda: for_groups(groups, 2, states))
    held = Sought(cell, gains, shared, start, (play, profile))
    led, tried = Led(cell, tuple(profile), start), 0
    while (state := held.any(tried)) is not None:
        if not led.to(state):
            return "D4"
        tried |= 1 << state
    if tried:
        return "D6"
    return "D5" if near or Sought(cell, gains, shared, start).any() is not None else "D1"


def _would_gain(question: Question, cell: Cell, start: int) -> bool:
    """Whether something would be better for everybody if the right red lines and rules were dropped."""
    frame = question.frame
    assert isinstance(frame, Worlds)
    space = frame.frames[1].space

    def better(answer: Any) -> int:
        """Without red lines; or keeping one only that the start crosses."""
        lines: tuple[Formula, ...] = answer[0]
        found: int = answer[1]
        for line in lines:
            crossing = space.where_bits(line)
            found |= space.states.bits & ~crossing if crossing >> start & 1 else 0
        return found

    def dropped(orders: PartyOrders) -> Split:
        assert isinstance(orders, Joined)
        bare = orders.worlds[1]
        return orders.derived(("dropped", start), orders.with_fact(("better", start), lambda: bare.better(start)), better)

    sets = dict.fromkeys(question.profile, SetOf(("dropped", start), dropped))
    return Sought(cell, sets, for_all(space.states.bits), start).any() is not None


# -- red lines -----------------------------------------------------------------------------------------------------------
Line = tuple[str, Formula]


def red_lines(question: Question, cell: Cell) -> frozenset[tuple[tuple[str, str], ...]]:
    """The smallest sets of red lines that, kept alone, leave nothing better for everybody; none where something is better for everybody."""
    start = question.play.frame.start
    assert start is not None

    def fact(orders: PartyOrders) -> Split:
        assert isinstance(orders, Joined)
        return orders.fact

    lines: list[Line] = [(dm, line) for dm in question.profile for line in cell.ask(dm, fact)]
    if len(lines) > MAX_LINES:
        message = f"{len(lines)} red lines form {1 << len(lines):,} sets; every set is looked at for at most {MAX_LINES}"
        raise LimitError.of("S355", message, value=str(len(lines)), help="ask which red lines stand in the way of single completions")
    if not _emptied(question, cell, start, lines):
        return frozenset()
    found: list[frozenset[int]] = []
    for size in range(len(lines) + 1):
        for places in map(frozenset, combinations(range(len(lines)), size)):
            if not any(other <= places for other in found) and _emptied(question, cell, start, [lines[place] for place in places]):
                found.append(places)
    return frozenset(tuple(sorted((lines[place][0], written(lines[place][1])) for place in places)) for places in found if places)


def _emptied(question: Question, cell: Cell, start: int, lines: list[Line]) -> bool:
    """Whether with just some red lines kept nothing is better for everybody."""
    sets = {dm: _kept(question.play.frame.space, start, frozenset(line for by, line in lines if by == dm)) for dm in question.profile}
    return Sought(cell, sets, for_all(question.wanted), start).any() is None


def _kept(space: StateSpace, start: int, lines: frozenset[Formula]) -> SetOf:
    """What somebody prefers to the start who keeps just some of their red lines."""
    over = 0
    for line in lines:
        over |= space.where_bits(line)

    def better(found: object) -> int:
        assert isinstance(found, int)
        return found & ~over if not over >> start & 1 else found & over | space.states.bits & ~over

    def asked(orders: PartyOrders) -> Split:
        assert isinstance(orders, Joined)
        return orders.derived(("kept", start, lines), orders.worlds[1].better(start), better)

    return SetOf(("kept", start, lines), asked)
