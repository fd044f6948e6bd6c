"""`moves`: every move from and to a state, by who makes it and what it is to them, with a drawing of the neighbourhood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from detente.analysis.images import Images
from detente.app import asking
from detente.app.explaining import State
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.state_table import described_of, table_of
from detente.app.table_documents import DrawingPart, Kind, MovePart, MovesDocument, MovesPart, PartyMovesPart
from detente.app.version import version
from detente.concepts.registry import concept
from detente.preference.compared import compared
from detente.preference.locally import compared_locally
from detente.preference.order import Order
from detente.report.figures import Figures
from detente.report.palette import parties_of
from detente.space.sets import bits_of
from detente.space.states import MAX_OPTIONS, StateSpace

GIVEN = 200
"""Most moves of a decision maker in one direction that are given."""
SORTED = 4_096
"""Most moves of a decision maker in one direction that are put in order of preference."""
TRIED = 12
"""Most options of a decision maker whose moves to a state are looked for in a conflict whose states are not listed."""
DRAWN = 300
"""Most states that are drawn in one picture."""
Drawn = Literal["whole", "state", "none"]


def moves(
    source: Source | Opened,
    state: State,
    *,
    under: str | None = "SEQ",
    drawn: Drawn = "whole",
    progress: Progress = silent,
) -> MovesDocument:
    """Every move from and to a state: who makes it, and whether it is an improvement for them.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    state
        A number, a choice pattern, the name of a named state, or "status quo".
    under
        The concept whose equilibria are marked in the drawing; None to mark none.
    drawn
        "whole" for a drawing of all states where it can be read, otherwise of what everybody could do from this one; "state" for the
        latter in any case; "none" for no drawing.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        The state or the concept is not known.
    LimitError
        S309 if somebody has too many options of their own, in a conflict whose states are not listed.

    Examples
    --------
    >>> found = moves("elmira", 1, drawn="none")
    >>> [(one.by, move.state, move.kind) for one in found.moves for move in one.from_.moves]
    [('MoE', 2, 'worse'), ('Uniroyal', 9, 'worse'), ('Uniroyal', 3, 'worse'), ('Local', 5, 'better')]
    """
    found = opened(source)
    asked = None if under is None else concept(under)
    listed = len(found.conflict.options) <= MAX_OPTIONS
    described = described_of(found.conflict, MAX_OPTIONS)
    at = asking.state(state, described.space)
    marked = asked.key if asked is not None and listed and drawn != "none" else None
    drawing, marked = (None, None) if drawn == "none" else _drawing(described, at, marked, drawn, progress)
    around = _listed(described, at) if listed else _unlisted(described, at)
    return MovesDocument(
        conflict=conflict_part(described.space, found.name),
        decision_makers=decision_makers(described.conflict),
        state=described.state(at),
        moves=tuple(around),
        under=marked,
        drawing=drawing,
        detente=version(),
    )


@dataclass(frozen=True, slots=True)
class _Ends:
    """The other ends of one decision maker's moves in one direction: how many of each kind, and some, each of its kind."""

    counts: dict[Kind, int]
    some: dict[Kind, tuple[int, ...]]


# -- conflicts whose states are listed ---------------------------------------------------------------------------------
def _listed(described: Described, at: int) -> Iterator[PartyMovesPart]:
    images = Images(described.space)
    for dm in described.keys:
        better, tied = compared(described.space, dm, at)
        parts = [_by_sets(images.image(dm, 1 << at, backward), better, tied, backward) for backward in (False, True)]
        yield PartyMovesPart(by=dm, from_=_part(described, dm, parts[0]), to=_part(described, dm, parts[1]))


def _by_sets(ends: int, better: int, tied: int, backward: bool) -> _Ends:
    """The kinds of moves, by sets of the states that are better for the mover than the one looked at, and the same to them."""
    above, equal = ends & better, ends & tied
    below = ends & ~better & ~tied
    sets: dict[Kind, int] = {"better": below if backward else above, "equal": equal, "worse": above if backward else below}
    return _Ends({kind: bits.bit_count() for kind, bits in sets.items()}, {kind: _first(bits) for kind, bits in sets.items()})


def _first(bits: int) -> tuple[int, ...]:
    """All members of a set that can be put in order of preference, or the first by number of a larger one."""
    limit = SORTED if bits.bit_count() <= SORTED else GIVEN
    return tuple(state for _, state in zip(range(limit), bits_of(bits), strict=False))


def _part(described: Described, dm: str, ends: _Ends) -> MovesPart:
    order, space = Order(described.space, dm), described.space
    chosen: list[tuple[Kind, int]] = []
    for kind in ends.counts:
        some = ends.some[kind]
        in_order = sorted(some, key=order.key, reverse=True) if len(some) == ends.counts[kind] else some
        chosen += [(kind, state) for state in in_order]
    return MovesPart(
        counts=ends.counts,
        moves=tuple(
            MovePart(state=space.number(state), choice=space.choice(state), name=described.name(state), kind=kind)
            for kind, state in chosen[:GIVEN]
        ),
    )


# -- larger conflicts --------------------------------------------------------------------------------------------------
def _unlisted(described: Described, at: int) -> Iterator[PartyMovesPart]:
    space = described.space
    for dm in described.keys:
        local = space.local(dm, at)
        better, tied = compared_locally(local, dm, at)
        sets: dict[Kind, int] = {"better": local.open & better, "equal": local.open & tied, "worse": local.open & ~better & ~tied}
        some: dict[Kind, tuple[int, ...]] = {kind: tuple(map(local.combination, _first(bits))) for kind, bits in sets.items()}
        leaving = _Ends({kind: bits.bit_count() for kind, bits in sets.items()}, some)
        coming = _coming(space, dm, at) if space.masks[dm].bit_count() <= TRIED else None
        yield PartyMovesPart(
            by=dm, from_=_part(described, dm, leaving), to=None if coming is None else _part(described, dm, coming)
        )  # fmt: skip


def _coming(space: StateSpace, dm: str, at: int) -> _Ends:
    """The moves to a state, found by trying every setting of the mover's own options."""
    order, mask = Order(space, dm), space.masks[dm]
    found: dict[Kind, list[int]] = {"better": [], "equal": [], "worse": []}
    flip = 0
    while (flip := (flip - mask) & mask) != 0:
        start = at ^ flip
        if space.is_feasible(start) and space.may_change(dm, start, flip):
            kind: Kind = "better" if order.prefers(at, start) else "worse" if order.prefers(start, at) else "equal"
            found[kind].append(start)
    return _Ends({kind: len(some) for kind, some in found.items()}, {kind: tuple(some) for kind, some in found.items()})


# -- the drawing -------------------------------------------------------------------------------------------------------
def _drawing(described: Described, at: int, under: str | None, drawn: Drawn, progress: Progress) -> tuple[DrawingPart | None, str | None]:
    """The drawing, and the concept whose equilibria are marked in it."""
    space, equilibria = described.space, {}
    if under is not None:
        stable, unknown = table_of(described.conflict).stability([concept(under)], progress)
        equilibria = {} if unknown else {under: stable.equilibria(under)}
    asked = [{"key": key} for key in equilibria]
    figures = Figures(space, parties_of(described.conflict), {"equilibria": {}, "concepts": asked}, equilibria, selectable=True)
    progress("the drawing")
    all_asked = drawn == "whole" and space.is_listed and space.states.count <= DRAWN
    figure, shows = (figures.whole() if all_asked else None), "whole"
    if figure is None:
        figure, shows = figures.around(at, instead=drawn == "whole"), "state"
    if figure is None:
        return None, None
    part = DrawingPart(
        shows="whole" if shows == "whole" else "state", title=figure.heading, caption=figure.caption, svg=str(figure.svg)
    )  # fmt: skip
    return part, figures.under
