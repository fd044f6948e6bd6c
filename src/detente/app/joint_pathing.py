"""`path` where coalitions may act: shortest ways of steps that their movers take at once."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.joint_path import JointWay, shortest_together
from detente.app.answers import PathDocument
from detente.app.parts import Described
from detente.app.path_parts import Found, Limit, path_document, route_part
from detente.app.progress import Progress, silent
from detente.explain.joint_routes import joint_path


def joint_path_between(
    described: Described,
    start: int,
    goal: int,
    file: str | None,
    groups: Sequence[tuple[str, ...]],
    seconds: float | None = None,
    progress: Progress = silent,
) -> PathDocument:
    """The path document for two states where coalitions may act at once.

    Parameters
    ----------
    described
        The space.
    start, goal
        The states.
    file
        How the user calls the conflict.
    groups
        Who may act (keys), alone or at once with others of the same group.
    seconds
        How long it may take, about; by default a minute, 0 for as long as it takes.
    progress
        Is told what is being done.

    Raises
    ------
    LimitError
        S301 in a space too large to be listed, S308 for a group of more than ten.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> found = joint_path_between(Described(space), space.state(5), space.state(8), None, [("MoE", "Uniroyal")])
    >>> found.improvements.steps[0].together
    ('MoE', 'Uniroyal')
    """
    limit = Limit.of(seconds)
    way, improving = (
        shortest_together(described.space, start, goal, groups, kind, seconds=limit.share(0.5), progress=progress)
        for kind in ("any", "improving")
    )
    told = joint_path(way, improving, limit.told)
    moves, improvements = (_found(described, one) for one in (way, improving))
    return path_document(described, (start, goal), file, told, moves=moves, improvements=improvements, by=groups)


def _found(described: Described, way: JointWay) -> Found:
    return Found(None if way.legs is None else route_part(described, way.start, way.legs, way.movers), settled=way.complete)
