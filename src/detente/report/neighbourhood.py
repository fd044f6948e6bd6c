"""The drawing of one state and its neighbours: what each decision maker could do from here, in a conflict too large to draw whole.

A trunk leads down from the state, a branch to each decision maker in the order of the conflict, an arrow to each state that is
shown: improvements, best first, then named states and equilibria, or the most preferred other move where there is neither.  The rest is
counted, never drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from detente.preference.order import Order
from detente.report.drawing import move_data, node_title
from detente.report.links import MAX_LOOKED_AT, gain
from detente.report.names import names_of
from detente.report.palette import Party
from detente.report.plain import cut, width, wrapped
from detente.report.svg import element, head, join, path, picture
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import plural

Marked = StateSet | frozenset[int]
"""States with a double ring: a set of a listed space, or some states of another."""
WIDTH = 720.0
MAX_IMPROVEMENTS, MAX_OTHERS = 3, 3
"""How many improvements, and how many named states and equilibria besides, are shown for each decision maker."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What one decision maker could do from a state: the moves shown, and how many there are of each kind."""

    party: Party
    shown: tuple[int, ...]
    better: tuple[int, ...]
    equal: int
    worse: int


def branches(
    space: StateSpace, orders: Mapping[str, Order], parties: Sequence[Party], state: int, equilibria: Marked
) -> list[Branch] | None:
    """What every decision maker could do from a state; None if too many changes would have to be looked at.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.report.links import orders_of
    >>> from detente.report.palette import parties_of
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> space = StateSpace(conflict)
    >>> [b.equal for b in branches(space, orders_of(space), parties_of(conflict), 0, space.set_of())]
    [1]
    """
    if any(1 << mask.bit_count() > MAX_LOOKED_AT for mask in space.masks.values()):
        return None
    named = names_of(space)
    result = []
    for party in parties:
        order = orders[party.key]
        moves = space.moves(party.key, state)
        gains = {target: gain(order, state, target) for target in moves}
        better = sorted((t for t in moves if gains[t] > 0), key=order.key, reverse=True)
        noted = [t for t in moves if (t in named or t in equilibria) and t not in better[:MAX_IMPROVEMENTS]]
        noted.sort(key=lambda t: (t not in named, t))
        shown = (*better[:MAX_IMPROVEMENTS], *noted[:MAX_OTHERS]) or tuple(sorted(moves, key=order.key, reverse=True)[:1])
        result.append(Branch(party, shown, tuple(better), sum(g == 0 for g in gains.values()), sum(g < 0 for g in gains.values())))
    return result


def around(
    space: StateSpace,
    orders: Mapping[str, Order],
    parties: Sequence[Party],
    state: int,
    equilibria: Marked,
    under: str,
    name: str = "moves",
    *,
    selectable: bool = False,
) -> Markup | None:
    """The drawing, or None if too many changes would have to be looked at.

    Parameters
    ----------
    space, orders, parties
        The states, each decision maker's order over them, and how the decision makers are shown.
    state
        Where it begins.
    equilibria, under
        Which states get a double ring, and the short name of the concept that makes them equilibria.
    name
        Beginning of the identifiers in the drawing, unique on the page.
    selectable
        Whether states and moves carry what tells them apart, as in `detente.report.drawing.whole`.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.report.links import orders_of
    >>> from detente.report.palette import parties_of
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> space = StateSpace(conflict)
    >>> "1 move" in around(space, orders_of(space), parties_of(conflict), 0, space.set_of(), "Nash")
    True
    """
    found = branches(space, orders, parties, state, equilibria)
    if found is None:
        return None
    origin, y = _origin(space, state, equilibria, selectable)
    parts, trunk = [], y
    for branch in found:
        lane, y = _lane(space, branch, state, equilibria, y, selectable)
        parts.append(lane)
    stem = path([(TRUNK, 41), (TRUNK, y - 22)], class_="rule")
    number = space.number(state)
    about = f"The moves of each decision maker from state {number:,}: improvements, named states, equilibria; the others are counted."
    return picture(
        WIDTH,
        max(y, trunk),
        f"State {number:,} and what each decision maker could do from it",
        about,
        name,
        stem,
        origin,
        *parts,
        least=560.0,
        styled=not selectable,
    )


TRUNK, NODE, TEXT = 52.0, 138.0, 182.0


def _origin(space: StateSpace, state: int, equilibria: Marked, selectable: bool) -> tuple[Markup, float]:
    label = "the status quo" if state == space.status_quo else f"state {space.number(state):,}"
    name = names_of(space).get(state)
    half = pill_width(space, state) / 2
    centre = max(TRUNK, half + 20)  # a long number and the triangle before it stay on the picture
    parts = [
        _pill(space, state, centre, 24, equilibria),
        element("text", cut(name or label, 40), x=centre + max(44, half + 10), y=28.4, class_="words strongtext"),
    ]
    if state == space.status_quo:
        parts.append(head((centre - half - 5, 24), (1, 0), 12, class_="ink"))
    title = element("title", node_title(space, state, equilibria, name))
    return element("g", title, *parts, data_state=f"{space.number(state)}" if selectable else None), 66.0


def _lane(space: StateSpace, branch: Branch, origin: int, equilibria: Marked, y: float, selectable: bool) -> tuple[Markup, float]:
    """One decision maker's branch, and where the next begins."""
    party = branch.party
    room = max(12.0, width(party.letter) * 6 + 7)
    parts = [
        element("rect", x=TRUNK - room, y=y - 12, width=2 * room, height=24, rx=5, class_=f"chip p{party.colour}"),
        element("text", party.letter, x=TRUNK, y=y + 4.2, class_="letter"),
        element("text", cut(party.name, 46), x=TRUNK + 34, y=y - 1, class_="words strongtext"),
        element("text", _counts(branch), x=TRUNK + 34, y=y + 15, class_="small start"),
    ]
    y += 44
    for target in branch.shown:
        row, y = _row(space, branch, origin, target, equilibria, y, selectable)
        parts.append(row)
    return element("g", *parts), y + 14


def _counts(branch: Branch) -> str:
    better = len(branch.better)
    total = better + branch.equal + branch.worse
    if not total:
        return "no move from here"
    kinds = [(better, "better"), (branch.equal, "as good"), (branch.worse, "worse")]
    return f"{plural(total, 'move')}; for the mover: " + ", ".join(
        f"{count:,} {kind}" if count else f"none {kind}" for count, kind in kinds
    )


def _row(
    space: StateSpace, branch: Branch, origin: int, target: int, equilibria: Marked, y: float, selectable: bool
) -> tuple[Markup, float]:
    """One move: an arrow from the trunk, the state, and what changes."""
    better = target in branch.better
    kind = f"p{branch.party.colour} {'strong' if better else 'faint'}"
    name = names_of(space).get(target)
    lines = [(line, "words strongtext") for line in wrapped(name, 41)[:2]] if name else []
    lines += [(line, "words") for line in wrapped(", ".join(changes(space, origin, target)), 41)[:5]]
    half = pill_width(space, target) / 2
    centre = max(NODE, TRUNK + 42 + half)
    tip = centre - half - 3
    parts = [
        path([(TRUNK, y), (tip - 7, y)], class_=f"move {kind}"),
        head((tip, y), (1, 0), class_=f"tip {kind}"),
        _pill(space, target, centre, y, equilibria),
    ]
    begins = max(TEXT, centre + half + 10)
    parts += [element("text", line, x=begins, y=y + 4.4 + 16 * i, class_=class_) for i, (line, class_) in enumerate(lines)]
    title = f"{branch.party.name}: {'an improvement' if better else 'no improvement'}. {node_title(space, target, equilibria, name)}"
    told = {"data_state": f"{space.number(target)}", **move_data(space, branch.party, origin, target)} if selectable else {}
    return element("g", element("title", title), *parts, **told), y + 16 * max(len(lines), 1) + 25


def changes(space: StateSpace, origin: int, target: int) -> list[str]:
    """What differs in a state from another, option by option: taken up (+), given up (−), left open (±).

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> changes(space, 0, 1), changes(space, 1, 0)
    (['+ x'], ['− x'])
    """
    signs = {"Y": "+", "N": "−", "-": "±"}
    both = zip(space.conflict.options, space.choice(origin), space.choice(target), strict=True)
    return [f"{signs[after]} {option.name}" for option, before, after in both if before != after]


def pill_width(space: StateSpace, state: int) -> float:
    """How wide the outline around a state's number is."""
    return max(34.0, width(f"{space.number(state):,}") * 14 + 20)


def _pill(space: StateSpace, state: int, x: float, y: float, equilibria: Marked) -> Markup:
    wide = pill_width(space, state)
    rings = [element("rect", x=x - wide / 2, y=y - 17, width=wide, height=34, rx=17, class_="box")]
    if state in equilibria:
        rings.append(element("rect", x=x - wide / 2 + 3.6, y=y - 13.4, width=wide - 7.2, height=26.8, rx=13.4, class_="box"))
    return join([*rings, element("text", f"{space.number(state):,}", x=x, y=y + 4.8, class_="number")])
