"""Plans as they were found, and the means that they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.analysis.claims.plan import Planned
from detente.analysis.claims.statement_edits import StatementEdit
from detente.analysis.unlock.lever import Lever, Levers
from detente.model.ban import Ban
from detente.model.measure import Measure, NewOption
from detente.preference.shifted import Shift

MEASURE, BAN, PREFERENCE, PRIORITY, RED_LINE, JOINT = "measure", "ban", "preference shift", "priority shift", "red line", "joint move"
"""The kinds of means; a joint move is priced like one."""


@dataclass(frozen=True)
class Means:
    """One change that a plan can use.

    Parameters
    ----------
    kind
        Which kind of means, for prices and budgets.
    cost
        How much of it, in the unit of its kind: pairs of states of a preference shift, edits of a priority shift, the cost of a measure.
    by
        On whom it falls: whose preference changes, whose moves are kept from happening, who provides it (keys).
    edits
        Edits of statements, made before all else.
    bans
        Bans, added after them.
    shifts
        States moved in orders, in the conflict as it then is.
    measure
        A measure of the analyst's, or None.

    Examples
    --------
    >>> Means("ban", 1, ("A",), bans=(Ban("A"),)).cost
    1
    """

    kind: str
    cost: int
    by: tuple[str, ...]
    edits: tuple[StatementEdit, ...] = ()
    bans: tuple[Ban, ...] = ()
    shifts: tuple[Shift, ...] = ()
    measure: Measure | None = None

    @property
    def brings_options(self) -> bool:
        """Whether it adds options, so that there are other states."""
        return self.measure is not None and any(isinstance(change, NewOption) for change in self.measure.changes)


@dataclass(frozen=True)
class Plan(Lever[Planned]):
    """A plan as a lever, with its means and who they fall on.

    Parameters
    ----------
    kind, cost, by, target, claim
        As of every lever; `cost` is the sum of the prices, `by` everybody whom a part of the plan falls on.
    means
        The means, in the order in which they were given.
    joint
        How many joint moves its way has.
    """

    means: tuple[Means, ...] = ()
    joint: int = 0


@dataclass(frozen=True)
class Plans(Levers[Planned]):
    """The plans for a goal, cheapest first.

    Parameters
    ----------
    kind, found, least, complete, stopped
        As of all levers.  `least` is None if the means considered give no plan; `complete` says whether every set of so many means was
        tried, and no way was cut short.
    considered
        How many means were considered.
    tried
        How many sets of means were tried.
    most_means, most_joint
        The most means, and the most joint moves, that a plan could have.
    prices
        What one unit of each kind of means cost.
    """

    found: tuple[Plan, ...]
    considered: int = 0
    tried: int = 0
    most_means: int = 0
    most_joint: int = 0
    prices: Mapping[str, int] = field(default_factory=dict)
