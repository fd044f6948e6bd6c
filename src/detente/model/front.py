"""Fronts: parts of a conflict that an analyst may leave out, to see whether anything hangs on them.

A front is a name for some of the options and decision makers; it changes nothing.  What leaving one out means stands in
`detente.model.narrowed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from detente.model.evidence import Basis

if TYPE_CHECKING:
    from detente.model.conflict import Conflict


@dataclass(frozen=True, slots=True)
class Front:
    """A part of a conflict: some of its options, some of its decision makers, or both.

    Parameters
    ----------
    key
        Short name, unique among the fronts of the conflict.
    name
        In full, for reports.
    options
        Keys of options that belong to it, besides those that its decision makers alone can change.
    decision_makers
        Keys of the decision makers who belong to it.
    basis
        What it rests on that these belong together, or None.
    says
        The front in words, or None.

    Examples
    --------
    >>> Front("North", "the northern border", ("Patrol",), ("Neighbour",)).options
    ('Patrol',)
    """

    key: str
    name: str
    options: tuple[str, ...] = ()
    decision_makers: tuple[str, ...] = ()
    basis: Basis | None = None
    says: str | None = None


def options_on(conflict: Conflict, front: Front) -> tuple[str, ...]:
    """The keys of all options of a front, in order: those that it names, and those that its decision makers alone can change.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> parties = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)), Option("z", "z", ("B",)))
    >>> options_on(Conflict("two", parties, options), Front("North", "the north", ("y",), ("B",)))
    ('y', 'z')
    """
    named, gone = set(front.options), set(front.decision_makers)
    return tuple(o.key for o in conflict.options if o.key in named or (o.owners and gone.issuperset(o.owners)))


def rename_front(front: Front, options: Mapping[str, str], decision_makers: Mapping[str, str]) -> Front:
    """The front with keys of options and decision makers replaced; keys that the mappings lack stay.

    >>> rename_front(Front("North", "the north", ("x",), ("A",)), {"x": "y"}, {"A": "B"}).decision_makers
    ('B',)
    """
    return replace(
        front,
        options=tuple(options.get(key, key) for key in front.options),
        decision_makers=tuple(decision_makers.get(key, key) for key in front.decision_makers),
    )
