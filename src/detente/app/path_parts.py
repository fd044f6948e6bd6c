"""What the documents of `path` are made of, whether states are listed or not, and whether parties act one by one or several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.analysis.joint_path import JointLeg
from detente.analysis.route import Leg
from detente.app.answers import PathDocument, RoutePart, StepPart
from detente.app.basis import element_parts
from detente.app.parts import Described, conflict_part, decision_makers
from detente.app.version import version
from detente.explain.sentence import Explanation
from detente.preference.order import Comparison

SECONDS = 60.0
"""How long it is looked for ways between two states, about, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long it may take to look for ways.

    Parameters
    ----------
    seconds
        About how long; None for as long as it takes.

    Examples
    --------
    >>> Limit.of(None).share(0.5), Limit.of(0).share(0.5), Limit.of(10).told
    (30.0, None, 'in its share of 10 seconds')
    """

    seconds: float | None

    @staticmethod
    def of(asked: float | None) -> Limit:
        """The limit where some `asked` for so many seconds: 0 for as long as it takes, a minute where nothing is said."""
        return Limit(SECONDS if asked is None else asked or None)

    def share(self, part: float) -> float | None:
        """The seconds of a `part` of it."""
        return None if self.seconds is None else part * self.seconds

    @property
    def told(self) -> str:
        """What was allowed, as it is told where something was not settled."""
        return "at all" if self.seconds is None else f"in its share of {self.seconds:.3g} seconds"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of ways of one kind.

    Parameters
    ----------
    route
        The way that is shown; None where none was found.
    settled
        Whether there is none where none was found.
    """

    route: RoutePart | None
    settled: bool = True


def path_document(
    described: Described,
    ends: tuple[int, int],
    file: str | None,
    told: Explanation,
    *,
    moves: Found,
    improvements: Found,
    by: Sequence[tuple[str, ...]] | None = None,
) -> PathDocument:
    """The document on the ways between two states.

    Parameters
    ----------
    described
        The space.
    ends
        The states where it begins, and where it leads to.
    file
        How the user calls the conflict.
    told
        The same in sentences.
    moves, improvements
        What was found of ways by any moves, and of ways by improvements.
    by
        Who may act (keys), as it was asked; None for everybody alone.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.explain.sentence import Sentence
    >>> from detente.space.states import StateSpace
    >>> nothing, told = Found(None, settled=False), Explanation(Sentence("It is not known."))
    >>> found = path_document(Described(StateSpace(load("elmira"))), (2, 18), None, told, moves=nothing, improvements=nothing)
    >>> found.not_settled
    ('moves', 'improvements')
    """
    space, (start, goal) = described.space, ends
    kinds: tuple[tuple[Literal["moves", "improvements"], Found], ...] = (("moves", moves), ("improvements", improvements))
    return PathDocument(
        conflict=conflict_part(space, file),
        decision_makers=decision_makers(space.conflict),
        by=None if by is None else tuple(by),
        start=described.state(start),
        end=described.state(goal),
        moves=moves.route,
        improvements=improvements.route,
        not_settled=tuple(name for name, found in kinds if not found.settled) or None,
        paragraphs=described.paragraphs(told),
        evidence=element_parts(space.conflict, told.elements),
        detente=version(),
    )


def route_part(
    described: Described, start: int, legs: Sequence[Leg] | Sequence[JointLeg], movers: tuple[str, ...], count: int | None = None
) -> RoutePart:
    """A route, with everybody's ranks where states are listed.

    Parameters
    ----------
    described
        The space.
    start
        Where it begins.
    legs
        Its steps, some of which several may take at once.
    movers
        Everybody who takes part in one (keys).
    count
        How many there are of its length; None where that was not counted.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> route_part(Described(space), space.state(5), (), ()).states[0].rank
    {'MoE': 5, 'Uniroyal': 4, 'Local': 3}
    """
    return RoutePart(
        length=len(legs),
        count=count,
        steps=tuple(_step(described, leg) for leg in legs),
        states=(described.state(start), *(described.state(leg.to) for leg in legs)),
        movers=movers,
    )


def _step(described: Described, leg: Leg | JointLeg) -> StepPart:
    """One step; there are ranks where one party takes it and states are listed."""
    several = (
        leg if isinstance(leg, JointLeg) else JointLeg((leg.mover,), leg.start, leg.to, {leg.mover: leg.after}, {leg.mover: leg.at_end})
    )
    movers = several.movers
    ranked = movers[0] if len(movers) == 1 and described.space.is_listed else None
    return StepPart(
        by="+".join(movers),
        together=movers if len(movers) > 1 else None,
        from_=described.space.number(leg.start),
        to=described.space.number(leg.to),
        rank_before=None if ranked is None else described.ranks.of(ranked, leg.start),
        rank_after=None if ranked is None else described.ranks.of(ranked, leg.to),
        regrets=Comparison.WORSE in several.after.values(),
        regrets_end=Comparison.WORSE in several.at_end.values(),
    )
