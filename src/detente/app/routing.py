"""What everybody makes of a sequence of steps that is given: those of a plan, or of an agreement that is negotiated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from detente.analysis.claims.joint import joint
from detente.analysis.joint_path import JointLeg
from detente.app import asking
from detente.app.answers import RoutePart
from detente.app.document_base import Document
from detente.app.documents import ConflictPart, DecisionMakerPart
from detente.app.explaining import State
from detente.app.opening import Opened, Source, opened
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.path_parts import route_part
from detente.app.version import version
from detente.errors import UsageError
from detente.preference.order import Order
from detente.space.states import StateSpace
from detente.text import listing


class RouteDocument(Document):
    """A sequence of steps with everybody's ranks at each of its states, and which steps their movers regret."""

    schema_: Literal["detente.route/1"] = Field(default="detente.route/1", serialization_alias="schema", validation_alias="schema")
    conflict: ConflictPart
    decision_makers: tuple[DecisionMakerPart, ...]
    route: RoutePart
    detente: str


def route(source: Source | Opened, steps: Sequence[tuple[Sequence[str], State]], start: State = asking.STATUS_QUO) -> RouteDocument:
    """What everybody makes of a sequence of steps.

    Parameters
    ----------
    source
        A conflict, a file or the name of a packaged case.
    steps
        Who takes each step, alone or at once, and the state that it leads to.
    start
        Where the first begins.

    Raises
    ------
    ConflictError
        The conflict can't be read.
    UsageError
        U411 for an unknown state, U412 for an unknown decision maker, U413 without a status quo; U423 for a step that those who are said
        to take it can't take.

    Examples
    --------
    >>> found = route("elmira", [(["Local"], 5), (["MoE", "Uniroyal"], 8)]).route
    >>> [(state.id, state.rank["Local"]) for state in found.states], [step.regrets_end for step in found.steps]
    ([(1, 4), (5, 3), (8, 5)], [True, False])
    """
    found = opened(source)
    conflict, space = found.conflict, StateSpace(found.conflict)
    now = first = asking.state(start, space)
    taken = [(asking.group(by, conflict), asking.state(to, space)) for by, to in steps]
    end, orders = taken[-1][1] if taken else first, {dm.key: Order(space, dm.key) for dm in conflict.decision_makers}
    legs = []
    for movers, to in taken:
        if joint(space, movers, now, to) is None:
            ends = f"{space.number(now):,} to {space.number(to):,}"
            raise UsageError.of(
                "U423", f"{listing(movers)} can't go from state {ends} in one step", help="ask for moves as they are listed"
            )
        after, at_end = ({dm: orders[dm].compare(goal, now) for dm in movers} for goal in (to, end))
        legs.append(JointLeg(movers, now, to, after, at_end))
        now = to
    acting = {dm for leg in legs for dm in leg.movers}
    described = Described(space)
    return RouteDocument(
        conflict=conflict_part(space, found.name),
        decision_makers=decision_makers(conflict),
        route=route_part(described, first, legs, tuple(dm for dm in described.keys if dm in acting)),
        detente=version(),
    )
