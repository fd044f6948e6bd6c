"""`path`: how one state can be reached from another, whose moves that takes, and which of them are regretted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.analysis.path import Routes, shortest
from detente.app import asking
from detente.app.answers import PathDocument
from detente.app.explaining import State
from detente.app.joint_pathing import joint_path_between
from detente.app.large_pathing import large_path_between
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described
from detente.app.path_parts import Found, path_document, route_part
from detente.app.progress import Progress, silent
from detente.explain.routes import path as told_path
from detente.space.states import StateSpace

By = str | Sequence[str | Sequence[str]] | None
"""Who may act, as users say it."""
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each pair of states: who may act (None: everybody alone), and how long it may take."""

    by: Groups | None
    seconds: float | None
    progress: Progress


def path(source: Source | Opened, *states: State, by: By = None, seconds: float | None = None, progress: Progress = silent) -> PathDocument:
    """How one state leads to another: a shortest sequence of moves, and a shortest one in which every move is an improvement of its mover.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    states
        Where it begins and where it leads to; with one state, it begins at the status quo.
    by
        Who may act: decision makers ("MoE,Local", a list), and coalitions whose members may also act at once ("Local,MoE+Uniroyal");
        by default everybody, alone.
    seconds
        How long it may take, about, in a conflict too large to be listed or with coalitions; by default a minute, 0 for as long as it
        takes.
    progress
        Is told what is being done.

    Raises
    ------
    ConflictError
        The conflict can't be read or analysed.
    UsageError
        A state or a decision maker (U412) is not known, or there is no status quo to begin at.
    LimitError
        S301 for coalitions in a conflict too large to be listed, S308 for one of more than ten members.

    Examples
    --------
    >>> [step.by for step in path("elmira", 8).moves.steps]
    ['MoE', 'Uniroyal', 'Local']
    >>> [step.by for step in path("elmira", 8, by="Local,MoE+Uniroyal").improvements.steps]
    ['Local', 'MoE+Uniroyal']
    """
    return paths(source, *states[:2], by=by, seconds=seconds, progress=progress)[0]


def paths(
    source: Source | Opened, *states: State, by: By = None, seconds: float | None = None, progress: Progress = silent
) -> tuple[PathDocument, ...]:
    """Paths from one state to each of the others; see `path`.

    >>> [document.end.id for document in paths("elmira", 1, 5, 8)]
    [5, 8]
    """
    found = opened(source)
    space = StateSpace(found.conflict)
    asked = _Asked(None if by is None else asking.groups(by, found.conflict), seconds, progress)
    start, *goals = [asking.state(state, space) for state in states] if len(states) > 1 else _from_status_quo(space, states)
    described = Described(space)
    return tuple(_between(described, start, goal, found.name, asked) for goal in goals)


def _between(described: Described, start: int, goal: int, file: str | None, asked: _Asked) -> PathDocument:
    """The path between two states, in a space that is listed or in one that is not."""
    if asked.by is not None and any(len(group) > 1 for group in asked.by):
        return joint_path_between(described, start, goal, file, asked.by, asked.seconds, asked.progress)
    movers = None if asked.by is None else tuple(dm for group in asked.by for dm in group)
    if described.space.is_listed:
        found = path_between(described, start, goal, file, movers)
    else:
        found = large_path_between(described, start, goal, file, asked.seconds, asked.progress, movers)
    return found if asked.by is None else found.model_copy(update={"by": asked.by})


def _from_status_quo(space: StateSpace, states: tuple[State, ...]) -> list[int]:
    return [asking.status_quo(space), *(asking.state(state, space) for state in states)]


def path_between(described: Described, start: int, goal: int, file: str | None, movers: Sequence[str] | None = None) -> PathDocument:
    """The path document for two states of a described space; `movers` are those who may move (keys), None for everybody."""
    space = described.space
    moves, improvements = (shortest(space, start, goal, kind, movers) for kind in ("any", "improving"))
    told = told_path(moves, improvements, shortest(space, start, goal, "no loss", movers))
    found = [_found(described, one) for one in (moves, improvements)]
    return path_document(described, (start, goal), file, told, moves=found[0], improvements=found[1])


def _found(described: Described, routes: Routes) -> Found:
    if routes.steps is None:
        return Found(None)
    first = routes.routes[0]
    return Found(route_part(described, routes.start, first.legs, first.movers, routes.count))
