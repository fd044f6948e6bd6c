"""Comparisons and moves in all settings of one decision maker's own options at once, at any size.

After an improvement of a decision maker the others' options stand as before, so what the others then do can be followed for all
improvements together: a move that flips the same bits is looked at in all settings of the own options, by a few operations on
truth tables (`detente.space.local`).  An option with several owners may be flipped by the others too; settings are then counted from
where the decision maker left them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from detente.model.formula import Formula, holds, options_in
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of
from detente.space.local import Local, columns_of
from detente.space.states import StateSpace


class Settings:
    """The states in which a decision maker's own options are set in every way and the others' stand as in one combination.

    Parameters
    ----------
    space
        The space, listed or not, without merged states.
    dm
        Key of the decision maker.
    combination
        Gives the others' options.
    shift
        Own bits that others have flipped since: setting r stands for the combination with r's own options and these flipped.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a, b = DecisionMaker("A", "A", OptionWeighting((("x", 2), ("y", -3)))), DecisionMaker("B", "B")
    >>> space = StateSpace(Conflict("two", (a, b), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))), list_up_to=0)
    >>> here = Settings(space, "A", 0)
    >>> bin(here.better(0)), bin(here.flipped(2).better(0)), bin(here.step("B", 2, improving=False))
    ('0b10', '0b0', '0b11')
    """

    def __init__(self, space: StateSpace, dm: str, combination: int, shift: int = 0) -> None:
        self.space, self.dm, self.shift = space, dm, shift
        self.local: Local = space.local(dm, combination)
        self.own = space.masks[dm]
        self.everything = self.local.everything
        self._width = len(self.local.own)
        self._places = [j for j, place in enumerate(self.local.own) if shift >> place & 1]
        self._keys = frozenset(option.key for option in space.conflict.options_of(dm))
        self._tables: dict[int, tuple[Formula, int]] = {}

    def flipped(self, bits: int) -> Settings:
        """The same after some bits, own or not, were flipped."""
        return Settings(self.space, self.dm, self.local.at ^ (bits & ~self.own), self.shift ^ (bits & self.own))

    # -- tables ----------------------------------------------------------------------------------------------------
    def table(self, formula: Formula) -> int:
        """The settings in which a condition (`formula`) is true."""
        known = self._tables.get(id(formula))
        if known is None:
            if self._keys.isdisjoint(options_in(formula)):
                at, index = self.local.at, self.space.conflict.option_index
                found = self.everything if holds(formula, lambda key: bool(at >> index[key] & 1)) else 0
            else:
                found = self.shifted(self.local.table(formula))
            known = self._tables[id(formula)] = (formula, found)
        return known[1]

    def shifted(self, table: int) -> int:
        """A table over the own options as they are, as one over settings."""
        for j in self._places:
            column, width = columns_of(self._width)[j], 1 << j
            table = ((table & column) >> width) | ((table & ~column) << width)
        return table

    @cached_property
    def feasible(self) -> int:
        """The settings that make a feasible combination."""
        return self.shifted(self.local.feasible)

    def perceived(self, dm: str) -> int:
        """The settings that make a combination which a decision maker perceives."""
        unperceived = self.space.conflict.decision_maker(dm).unperceived
        return self.everything if unperceived is None else self.everything & ~self.table(unperceived)

    def taken(self, place: int) -> int:
        """The settings in which the option at a place is taken."""
        if place not in self.local.own:
            return self.everything if self.local.at >> place & 1 else 0
        return self.shifted(columns_of(self._width)[self.local.own.index(place)])

    def matching(self, taken: int, not_taken: int) -> int:
        """The settings in which own options at some bits are `taken`, at others (`not_taken`) not; counted before others flipped any."""
        found = self.everything
        for j, place in enumerate(self.local.own):
            column = columns_of(self._width)[j]
            if taken >> place & 1:
                found &= column
            if not_taken >> place & 1:
                found &= ~column
        return found

    # -- comparisons -----------------------------------------------------------------------------------------------
    def better(self, state: int) -> int:
        """The settings that the decision maker prefers to a known state."""
        better, tied = 0, self.everything
        for criterion in criteria_of(self.space.conflict.decision_maker(self.dm)):
            above, equal = self._against(criterion, state)
            better |= tied & above
            tied &= equal
        return better

    def _against(self, criterion: Criterion, state: int) -> tuple[int, int]:
        """The settings in which a criterion says more than at a state, and those in which it says the same."""
        index = self.space.conflict.option_index
        if isinstance(criterion, Meets):
            table = self.table(criterion.formula)
            if holds(criterion.formula, lambda key: bool(state >> index[key] & 1)):
                return 0, table
            return table, self.everything & ~table
        if isinstance(criterion, Sums):
            terms = [(self.taken(index[key]), self.everything * (state >> index[key] & 1), weight) for key, weight in criterion.weights]
            return _compared_sums(terms, self.everything)
        return _listed(criterion, self, self._level(criterion, state))

    def _level(self, criterion: Listed, state: int) -> int:
        levels = [{self.space.conflict.combination(taken) for taken in level} for level in criterion.levels]
        return next((place for place, level in enumerate(levels) if state in level), len(levels))

    def gaining(self, dm: str, bits: int) -> int:
        """The settings in which a decision maker prefers what comes of flipping some bits."""
        after, index = self.flipped(bits), self.space.conflict.option_index
        better, tied = 0, self.everything
        keys = {option.key for k, option in enumerate(self.space.conflict.options) if bits >> k & 1}
        for criterion in criteria_of(self.space.conflict.decision_maker(dm)):
            if isinstance(criterion, Meets):
                if keys.isdisjoint(options_in(criterion.formula)):
                    continue
                now, then = self.table(criterion.formula), after.table(criterion.formula)
                above, equal = then & ~now, self.everything & ~(then ^ now)
            elif isinstance(criterion, Sums):
                changed = [(index[key], weight) for key, weight in criterion.weights if key in keys]
                terms = [(after.taken(place), self.taken(place), weight) for place, weight in changed]
                above, equal = _compared_sums(terms, self.everything)
            else:
                above, equal = _between(criterion, after, self)
            better |= tied & above
            tied &= equal
        return better

    def best(self, settings: int) -> int:
        """Of some settings, at least one, one that the decision maker likes best; of several the `nearest`."""
        index = self.space.conflict.option_index
        for criterion in criteria_of(self.space.conflict.decision_maker(self.dm)):
            if isinstance(criterion, Meets):
                settings = settings & self.table(criterion.formula) or settings
            elif isinstance(criterion, Sums):
                terms = [(self.taken(index[key]), weight) for key, weight in criterion.weights]
                for digit in reversed(_digits([(t if w > 0 else self.everything & ~t, abs(w)) for t, w in terms])):
                    settings = settings & digit or settings
            else:
                settings = next((settings & level for level in _levels(criterion, self) if settings & level), settings)
        return self.nearest(settings)

    def nearest(self, settings: int) -> int:
        """Of some settings, at least one, one that changes few options of the combination: none that need not change, one by one."""
        for j, column in enumerate(columns_of(self._width)):
            settings = settings & (column if self.local.here >> j & 1 else ~column) or settings
        return settings.bit_length() - 1

    # -- moves -----------------------------------------------------------------------------------------------------
    def step(self, dm: str, bits: int, *, improving: bool) -> int:
        """The settings in which another decision maker can flip some bits by one move; with `improving`, and gains by it."""
        if not bits or bits & ~self.space.masks[dm]:
            return 0
        after = self.flipped(bits)
        found = after.feasible & self.perceived(dm) & after.perceived(dm)
        for place in _places(bits & (self.space.only_on | self.space.only_off)):
            taken = self.taken(place)
            found &= ~taken if self.space.only_on >> place & 1 else taken
        for ban in self.space.conflict.bans:
            if ban.by == dm:
                found &= ~(self.table(ban.leaving) & after.table(ban.reaching))
        return found & self.gaining(dm, bits) if improving and found else found

    def onward(self, targets: int) -> int:
        """The settings from which a move of the decision maker's own options leads to one of some settings, the `targets`."""
        perceived = self.perceived(self.dm)
        targets &= self.feasible & perceived
        found, bans = 0, [ban for ban in self.space.conflict.bans if ban.by == self.dm]
        for part, out in self._parts(perceived, [(self.table(ban.leaving), self.table(ban.reaching)) for ban in bans]):
            found |= part & self._leading_to(targets & ~out)
        return found

    @staticmethod
    def _parts(settings: int, bans: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
        """Settings in parts, each with what bans keep a move from reaching."""
        parts = {0: settings}
        for leaving, reaching in bans:
            found: dict[int, int] = {}
            for out, part in parts.items():
                for wider, some in ((out | reaching, part & leaving), (out, part & ~leaving)):
                    if some:
                        found[wider] = found.get(wider, 0) | some
            parts = found
        return [(part, out) for out, part in parts.items()]

    def _leading_to(self, targets: int) -> int:
        """The settings from which changes of own options, as their directions allow, lead to some settings; these included."""
        found = targets
        for j, place in enumerate(self.local.own):
            column, width = self.taken(place), 1 << j
            on, off = found & column, found & ~column
            swapped = self.shift >> place & 1  # then the option is taken in the settings with a 0 in place j
            if not self.space.only_on >> place & 1:  # giving it up is allowed: from taken to not taken
                found |= off >> width if swapped else off << width
            if not self.space.only_off >> place & 1:
                found |= on << width if swapped else on >> width
        return found


def _places(bits: int) -> Iterable[int]:
    return [k for k in range(bits.bit_length()) if bits >> k & 1]


def _compared_sums(terms: Sequence[tuple[int, int, int]], everything: int) -> tuple[int, int]:
    """Where a sum of weights is greater than another, and where they are equal; for each weight the settings that count it in either.

    Both sums are held as binary digits, a table for each.  A negative weight counts as its amount where the option is not taken.
    """
    one = _digits([(a if w > 0 else everything & ~a, abs(w)) for a, b, w in terms if a != b])
    two = _digits([(b if w > 0 else everything & ~b, abs(w)) for a, b, w in terms if a != b])
    width = max(len(one), len(two))
    above, equal = 0, everything
    for place in reversed(range(width)):
        a, b = (digits[place] if place < len(digits) else 0 for digits in (one, two))
        above |= equal & a & ~b
        equal &= ~(a ^ b)
    return above, equal


def _digits(terms: Iterable[tuple[int, int]]) -> list[int]:
    digits: list[int] = []
    for table, weight in terms:
        for place in range(weight.bit_length()):
            carry, at = table if weight >> place & 1 else 0, place
            while carry:
                digits += [0] * (at + 1 - len(digits))
                digits[at], carry, at = digits[at] ^ carry, digits[at] & carry, at + 1
    return digits


def _exactly(settings: Settings, taken: frozenset[str]) -> int:
    """The settings that make one combination: one, or none."""
    combination, local = settings.space.conflict.combination(taken), settings.local
    if (combination ^ local.at) & ~settings.own:
        return 0
    return 1 << local.setting(combination ^ settings.shift)


def _levels(criterion: Listed, settings: Settings) -> list[int]:
    """For each level of an explicit order the settings that stand in it."""
    found = []
    for level in criterion.levels:
        here = 0
        for taken in level:
            here |= _exactly(settings, taken)
        found.append(here)
    return found


def _listed(criterion: Listed, settings: Settings, level: int) -> tuple[int, int]:
    levels, above, listed = _levels(criterion, settings), 0, 0
    for place, table in enumerate(levels):
        listed |= table
        above |= table if place < level else 0
    equal = levels[level] if level < len(levels) else settings.everything & ~listed
    return above, equal


def _between(criterion: Listed, after: Settings, before: Settings) -> tuple[int, int]:
    then, now = _levels(criterion, after), _levels(criterion, before)
    above, equal, seen_then, seen_now = 0, 0, 0, 0
    for a, b in zip(then, now, strict=True):
        equal |= a & b
        above |= a & ~b & ~seen_now
        seen_then, seen_now = seen_then | a, seen_now | b
    return above, equal | (before.everything & ~(seen_then | seen_now))
