"""`path` where coalitions may act: shortest ways of steps that their movers take at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from detente.analysis.joint_path import JointLeg, JointWay, shortest_together
from detente.app.answers import PathDocument, RoutePart, StepPart
from detente.app.basis import element_parts
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.progress import Progress, silent
from detente.app.version import version
from detente.explain.joint_routes import joint_path
from detente.preference.order import Comparison

SECONDS = 60.0
"""How long it is looked for ways between two states, about, unless told otherwise."""


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
    space, limit = described.space, SECONDS if seconds is None else seconds or None
    half = None if limit is None else limit / 2
    way, improving = (shortest_together(space, start, goal, groups, kind, seconds=half, progress=progress) for kind in ("any", "improving"))
    told = joint_path(way, improving, "at all" if limit is None else f"in its share of {limit:.3g} seconds")
    open_: list[Literal["moves", "improvements"]] = [] if way.complete else ["moves"]
    open_ += [] if improving.complete else ["improvements"]
    return PathDocument(
        conflict=conflict_part(space, file),
        decision_makers=decision_makers(space.conflict),
        by=tuple(groups),
        start=described.state(start),
        end=described.state(goal),
        moves=_route(described, way),
        improvements=_route(described, improving),
        not_settled=tuple(open_) or None,
        paragraphs=described.paragraphs(told),
        evidence=element_parts(space.conflict, told.elements),
        detente=version(),
    )


def _route(described: Described, way: JointWay) -> RoutePart | None:
    return None if way.legs is None else route_part(described, way.start, way.legs, way.movers)


def route_part(described: Described, start: int, legs: Sequence[JointLeg], movers: tuple[str, ...]) -> RoutePart:
    """A route of steps, some of which several take at once, with everybody's ranks where states are listed.

    Parameters
    ----------
    described
        The space.
    start
        Where it begins.
    legs
        Its steps.
    movers
        Everybody who takes part in one (keys).

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> route_part(Described(space), space.state(5), (), ()).states[0].rank
    {'MoE': 5, 'Uniroyal': 4, 'Local': 3}
    """
    number, steps = described.space.number, []
    for leg in legs:
        one = leg.movers[0] if len(leg.movers) == 1 else None
        ranked = one if described.space.is_listed else None
        steps.append(
            StepPart(
                by="+".join(leg.movers),
                together=leg.movers if one is None else None,
                from_=number(leg.start),
                to=number(leg.to),
                rank_before=None if ranked is None else described.ranks.of(ranked, leg.start),
                rank_after=None if ranked is None else described.ranks.of(ranked, leg.to),
                regrets=Comparison.WORSE in leg.after.values(),
                regrets_end=Comparison.WORSE in leg.at_end.values(),
            )
        )
    states = (described.state(start), *(described.state(leg.to) for leg in legs))
    return RoutePart(length=len(legs), count=None, steps=tuple(steps), states=states, movers=movers)
