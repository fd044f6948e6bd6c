"""Sets of equilibria that are too large for a table, described: which they are, the nearest of them, the best for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente.analysis.many.answer import Answer, answer
from detente.analysis.many.best import Best
from detente.analysis.many.clock import Clock
from detente.analysis.many.conditions import Condition, both
from detente.analysis.many.lines import Line, Lines
from detente.analysis.many.looking import SEED, Look
from detente.app.documents import BestPart, ConditionsPart, DescribedPart, LinePart, NearestPart, StatePart
from detente.app.parts import Described
from detente.app.progress import Progress, silent
from detente.explain.many import conditions_said, told
from detente.model.formula import written
from detente.space.members import Members
from detente.space.sets import StateSet
from detente.text import counted, listing

FEW = 12
"""Sets of up to so many states are not described: a table shows them all."""


def described_parts(
    described: Described,
    equilibria: Mapping[str, Members],
    states: Members | None,
    progress: Progress = silent,
    seconds: float | None = None,
) -> tuple[DescribedPart, ...]:
    """The descriptions of those sets of equilibria that have more than `FEW` members; one for concepts whose equilibria are the same.

    Parameters
    ----------
    described
        The space, with the words for it.
    equilibria
        For each concept (key) its equilibria.
    states
        All states; None where they are not held as a set.
    progress
        Is told what is being done.
    seconds
        Most time for all of it, or None for no limit.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("gaza-hostage-talks"))
    >>> (part,) = described_parts(Described(space), {"Nash": space.states, "GMR": space.states}, space.states)
    >>> part.under, part.count, part.whole
    (('Nash', 'GMR'), 10944, True)
    """
    groups: list[tuple[list[str], Members]] = []
    for key, members in equilibria.items():
        if members.count > FEW:
            same = next((keys for keys, other in groups if _same(members, other)), None)
            if same is None:
                groups.append(([key], members))
            else:
                same.append(key)
    clock = Clock(seconds)
    look = None if states is None else Look(states, clock)
    parts = []
    for keys, members in groups:
        progress(f"which the {counted(members.count)} equilibria under {listing(keys)} are")
        found = answer(look if look is not None and _alike(look.states, members) else None, members, described.space.status_quo, clock)
        parts.append(_part(described, tuple(keys), found))
    return tuple(parts)


def _same(one: Members, other: Members) -> bool:
    """Whether two sets are the same; sets held in different ways are not compared."""
    if not _alike(one, other) or one.count != other.count:
        return False
    return one.bits == other.bits if isinstance(one, StateSet) and isinstance(other, StateSet) else not one - other


def _alike(one: Members, other: Members) -> bool:
    """Whether two sets are held in the same way, so that they can be combined: diagrams in one table of nodes, if they are diagrams."""
    return type(one) is type(other) and getattr(one, "forest", None) is getattr(other, "forest", None)


def _part(described: Described, under: tuple[str, ...], found: Answer) -> DescribedPart:
    which = f"under {listing(under)}"
    near, lines = found.near, found.lines
    for_all = found.best_for_all
    return DescribedPart(
        under=under,
        count=found.members.count,
        status_quo=None if found.origin is None else found.is_member,
        whole=lines is not None and lines.whole,
        shared=_conditions(described, lines.shared.conditions) if lines is not None else None,
        lines=tuple(_line(described, lines, line) for line in lines.lines) if lines is not None else (),
        left=None if lines is None else lines.left,
        nearest=None
        if near is None
        else NearestPart(distance=near.distance, count=near.count, states=_states(described, near.states), by_distance=near.by_distance),
        best={dm: _best(described, best) for dm, best in found.best.items()},
        best_for_all=None if for_all is None else BestPart(count=for_all[0], states=_states(described, for_all[1])),
        undominated=described.ids(found.undominated),
        first=described.ids(found.first),
        drawn=described.ids(found.drawn),
        seed=SEED,
        said=described.paragraphs(told(described.words, found, f"equilibria {which}", f"an equilibrium {which}")),
    )


def _states(described: Described, states: Iterable[int]) -> tuple[StatePart, ...]:
    return tuple(map(described.state, states))


def _best(described: Described, best: Best) -> BestPart:
    return BestPart(count=best.count, states=_states(described, best.states))


def _conditions(described: Described, conditions: tuple[Condition, ...]) -> ConditionsPart:
    _, elements = conditions_said(described.words, conditions)
    return ConditionsPart(formula=written(both(conditions)), elements=elements)


def _line(described: Described, lines: Lines, line: Line) -> LinePart:
    _, elements = conditions_said(described.words, line.conditions)
    return LinePart(
        formula=written(both(line.conditions)),
        elements=elements,
        count=line.count,
        further=line.further,
        share=round(line.further / lines.count, 6),
        where=written(both((*lines.shared.conditions, *line.conditions))),
    )
