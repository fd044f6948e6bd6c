"""`path` in a conflict too large to be listed: shortest sequences by unrolling, with what was not settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from detente.analysis.certificate import Kind
from detente.analysis.large.path import shortest_large
from detente.analysis.large.routes import LargeRoutes
from detente.app.answers import PathDocument, RoutePart, StepPart
from detente.app.basis import element_parts
from detente.app.errors import InternalError
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.errors import UsageError
from detente.explain.large_routes import large_path
from detente.preference.order import Comparison

SECONDS = 60.0
"""How long it is looked for ways between two states, about, unless told otherwise."""
SHARES: dict[Kind, float] = {"any": 0.3, "improving": 0.4, "no loss": 0.3}


def large_path_between(
    described: Described,
    start: int,
    goal: int,
    file: str | None,
    seconds: float | None = None,
    progress: Progress = silent,
    movers: Sequence[str] | None = None,
) -> PathDocument:
    """The path document for two states of a space of any size.

    Parameters
    ----------
    described
        The space.
    start, goal
        The states.
    file
        How the user calls the conflict.
    seconds
        How long it may take, about; by default a minute, 0 for as long as it takes.
    progress
        Is told what is being done.
    movers
        Who may move (keys); by default everybody.

    Raises
    ------
    InternalError
        D902 if a way that was found is none.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> described = Described(StateSpace(load("euphrates-1975"), list_up_to=0))
    >>> large_path_between(described, 0, 1, None).moves.length
    1
    """
    limit = SECONDS if seconds is None else seconds or None
    space = described.space
    found = {
        kind: shortest_large(space, start, goal, kind, movers=movers, seconds=None if limit is None else share * limit, progress=progress)
        for kind, share in SHARES.items()
    }
    allowed = "at all" if limit is None else f"in its share of {limit:.3g} seconds"
    try:
        told = large_path(space, found["any"], found["improving"], found["no loss"], allowed, movers)
    except UsageError as problem:
        message = problem.diagnostics[0].message
        raise InternalError.of("D902", message, help="please report the conflict file and this message") from None
    open_: list[Literal["moves", "improvements"]] = ["moves"] if _is_open(found["any"]) else []
    open_ += ["improvements"] if _is_open(found["improving"]) else []
    return PathDocument(
        conflict=conflict_part(space, file),
        decision_makers=decision_makers(space.conflict),
        start=described.state(start),
        end=described.state(goal),
        moves=_route(described, found["any"]),
        improvements=_route(described, found["improving"]),
        not_settled=tuple(open_) or None,
        paragraphs=described.paragraphs(told),
        evidence=element_parts(space.conflict, told.elements),
        detente=version(),
    )


def _is_open(routes: LargeRoutes) -> bool:
    return routes.way is None and not routes.none


def _route(described: Described, found: LargeRoutes) -> RoutePart | None:
    way, number = found.way, described.space.number
    if way is None:
        return None
    steps = tuple(
        StepPart(
            by=leg.mover,
            from_=number(leg.start),
            to=number(leg.to),
            regrets=leg.after is Comparison.WORSE,
            regrets_end=leg.at_end is Comparison.WORSE,
        )
        for leg in way.legs
    )
    states = (described.state(way.start), *(described.state(leg.to) for leg in way.legs))
    return RoutePart(length=len(way.legs), count=None, steps=steps, states=states, movers=way.movers)
