"""`path` in a conflict too large to be listed: shortest sequences by unrolling, with what was not settled."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.certificate import Kind
from detente.analysis.large.path import shortest_large
from detente.analysis.large.routes import LargeRoutes
from detente.app.answers import PathDocument
from detente.app.errors import InternalError
from detente.app.parts import Described
from detente.app.path_parts import Found, Limit, path_document, route_part
from detente.app.progress import Progress, silent
from detente.errors import UsageError
from detente.explain.large_routes import large_path

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
    described, start, goal, file, seconds, progress
        As `detente.app.joint_pathing.joint_path_between` takes them.
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
    limit, space = Limit.of(seconds), described.space
    any_, improving, no_loss = (
        shortest_large(space, start, goal, kind, movers=movers, seconds=limit.share(share), progress=progress)
        for kind, share in SHARES.items()
    )
    try:
        told = large_path(space, any_, improving, no_loss, limit.told, movers)
    except UsageError as problem:
        message = problem.diagnostics[0].message
        raise InternalError.of("D902", message, help="please report the conflict file and this message") from None
    moves, improvements = (_found(described, one) for one in (any_, improving))
    return path_document(described, (start, goal), file, told, moves=moves, improvements=improvements)


def _found(described: Described, routes: LargeRoutes) -> Found:
    way = routes.way
    if way is None:
        return Found(None, settled=routes.none)
    return Found(route_part(described, way.start, way.legs, way.movers))
