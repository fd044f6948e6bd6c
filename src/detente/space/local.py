"""What one decision maker can bring about from one combination, at any size: all settings of their own options at once.

Everybody else's options stand as they do, so a condition is a truth table over the decision maker's own options alone: one integer
of two to the number of own options bits.  A party with twenty options has a million settings, and a statement is worked out in all of
them by a few operations on integers of 128 KiB; no state of the rest of the space is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING

from detente.model.formula import Formula, truth_table
from detente.space.sets import bits_of

if TYPE_CHECKING:
    from detente.space.states import StateSpace

MAX_OWN = 24
"""Most own options of a decision maker whose settings are held as tables (2**24 settings: 2 MiB a table)."""


@cache
def columns_of(width: int) -> tuple[int, ...]:
    """For each of so many places the set of settings, as an integer, in which it is on.

    >>> [bin(column) for column in columns_of(2)]
    ['0b1010', '0b1100']
    """
    made, size = [], 1 << width
    for k in range(width):
        block, filled = ((1 << (1 << k)) - 1) << (1 << k), 2 << k
        while filled < size:
            block |= block << filled
            filled *= 2
        made.append(block)
    return tuple(made)


class Local:
    """The settings of one decision maker's own options, with all other options as they stand in one combination.

    A *setting* r has bit j set iff the decision maker's j-th own option, in the order of the conflict, is taken; a set of settings is an
    integer with a bit for each.  `StateSpace.local` makes it.

    Parameters
    ----------
    space
        The space, listed or not.
    dm
        Key of the decision maker.
    combination
        The combination that gives everybody else's options; need not be feasible.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> from detente.model.rule import AtMostOne
    >>> from detente.space.states import StateSpace
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)), Option("z", "z", ("B",)))
    >>> local = StateSpace(Conflict("two", (a, b), options, (AtMostOne(("x", "y")),)), list_up_to=0).local("A", 0b101)
    >>> local.here, bin(local.feasible), bin(local.open), local.combination(2), bin(local.table(Taken("z")))
    (1, '0b111', '0b101', 6, '0b1111')
    """

    def __init__(self, space: StateSpace, dm: str, combination: int) -> None:
        self.space, self.dm, self.at = space, dm, combination
        self.own = tuple(bits_of(space.masks[dm]))
        """The places of the decision maker's own options in a combination, ascending."""
        self.settings = 1 << len(self.own)
        """How many settings there are."""
        self.everything = (1 << self.settings) - 1
        """The set of all settings."""
        self.here = self.setting(combination)
        """The setting in the combination itself."""
        self.columns: Mapping[str, int] = _Columns(self)
        """For each option key the settings in which it is taken: a table for own options, all or none for others."""
        self._others = combination & ~space.masks[dm]
        first = self.own[0] if self.own else 0
        self._shift = first if self.own == tuple(range(first, first + len(self.own))) else None  # own options mostly stand together

    def setting(self, combination: int) -> int:
        """The setting of the own options in a combination."""
        return sum((combination >> place & 1) << j for j, place in enumerate(self.own))

    def combination(self, setting: int) -> int:
        """The combination with this setting, and everybody else's options as they stand."""
        if self._shift is not None:
            return self._others | setting << self._shift
        return self._others | sum((setting >> j & 1) << place for j, place in enumerate(self.own))

    def combinations(self, settings: int) -> Iterator[int]:
        """The combinations of a set of settings, ascending."""
        return map(self.combination, bits_of(settings))

    def table(self, formula: Formula) -> int:
        """The settings in which a formula is true."""
        return truth_table(formula, self.columns, self.everything)

    @cached_property
    def feasible(self) -> int:
        """The settings that make a feasible combination."""
        found = self.everything
        touching, others = self.space.rules_about(self.dm)
        if not all(test(self.at) for test in others):
            return 0
        for rule in touching:
            found &= self.table(rule)
        return found

    @cached_property
    def allowed(self) -> int:
        """The settings that the directions of the options allow from here, in one move or none, feasible or not."""
        found = self.everything
        for j, place in enumerate(self.own):
            taken = self.here >> j & 1
            if (self.space.only_on if taken else self.space.only_off) >> place & 1:
                column = columns_of(len(self.own))[j]
                found &= column if taken else ~column
        return found

    @cached_property
    def open(self) -> int:
        """The settings that one move of the decision maker leads to, without the one that stands."""
        if not self.space.perceives(self.dm, self.at):
            return 0
        found = self.feasible & self.allowed & ~(1 << self.here)
        unperceived = self.space.conflict.decision_maker(self.dm).unperceived
        if unperceived is not None:
            found &= ~self.table(unperceived)
        for ban in self.space.conflict.bans:
            if ban.by == self.dm and self.table(ban.leaving) >> self.here & 1:
                found &= ~self.table(ban.reaching)
        return found


class _Columns(Mapping[str, int]):
    """For each option the settings in which it is taken: a table for own options, all or none for others."""

    def __init__(self, local: Local) -> None:
        self._local = local
        self._place = {place: j for j, place in enumerate(local.own)}

    def __getitem__(self, option: str) -> int:
        place = self._local.space.conflict.option_index[option]
        if place in self._place:
            return columns_of(len(self._place))[self._place[place]]
        return self._local.everything if self._local.at >> place & 1 else 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._local.space.conflict.option_index)

    def __len__(self) -> int:
        return len(self._local.space.conflict.options)
