"""Compositions: local conflicts on several fronts with common decision makers, and how these combine what they want on each.

The hierarchical graph model (He, Hipel and Kilgour 2014; He, Kilgour and Hipel 2017): a common decision maker takes part in several local
conflicts; a state of the whole is a state of each, and the common decision maker's order of the whole is made from their local orders.
What the whole is stands in `detente.analysis.composing`.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.conflict import Conflict
from detente.model.evidence import Basis
from detente.model.mover import Movers
from detente.model.rule import Rule


@dataclass(frozen=True, slots=True)
class Component:
    """A local conflict, on one front of the whole.

    Parameters
    ----------
    key
        Short name of the front, unique in the composition.
    name
        In full, for reports.
    conflict
        The local conflict.
    prefix
        What is put before the key of each of its options in the whole.
    renamed
        For a decision maker (key) of the local conflict the key in the whole, where that is another.
    file
        What it was read from, as the composition names it; empty if it was not read.
    basis
        What it rests on that this is a part of the whole, or None.
    says
        The front in words, or None.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> local = Conflict("north", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> Component("north", "the north", local, prefix="N_").prefix
    'N_'
    """

    key: str
    name: str
    conflict: Conflict
    prefix: str = ""
    renamed: tuple[tuple[str, str], ...] = ()
    file: str = ""
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Common:
    """How a common decision maker combines the fronts that they take part in.

    Parameters
    ----------
    party
        Key in the whole.
    order
        Keys of fronts, the most important first: a state of the whole is preferred if it is preferred on the first front on which it
        makes a difference.  Empty if the fronts are weighted.
    weights
        For each front (key) its weight: the greater weighted sum of what the local states are worth is preferred.
    basis
        What this rests on, or None.
    says
        This in words, or None.

    Examples
    --------
    >>> Common("Patron", order=("north", "south")).fronts, Common("Patron", weights=(("north", 2), ("south", 1))).fronts
    (('north', 'south'), ('north', 'south'))
    """

    party: str
    order: tuple[str, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    basis: Basis | None = None
    says: str | None = None

    @property
    def fronts(self) -> tuple[str, ...]:
        """The keys of the fronts that are combined."""
        return self.order or tuple(key for key, _ in self.weights)


@dataclass(frozen=True, slots=True)
class Composition:
    """Local conflicts, and what makes one conflict of them.

    Parameters
    ----------
    title
        One line.
    components
        The local conflicts, one for each front.
    common
        How common decision makers combine the fronts.
    same
        Keys of options that are one and the same on all fronts where they stand.
    links
        Rules of the whole, besides those of each front.
    movers
        How often each decision maker of the whole moves next, or None.  Those of local conflicts count for nothing in the whole: how often
        something happens on one front beside another, they do not say.
    question, about, viewpoint
        As those of a conflict.

    Examples
    --------
    >>> Composition("nothing yet", ()).links
    ()
    """

    title: str
    components: tuple[Component, ...]
    common: tuple[Common, ...] = ()
    same: tuple[str, ...] = ()
    links: tuple[Rule, ...] = ()
    question: str | None = None
    about: str | None = None
    viewpoint: str | None = None
    movers: Movers | None = None
