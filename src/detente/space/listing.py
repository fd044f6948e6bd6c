"""The combinations of a conflict held as sets: one bit for each, so that a million are counted and compared in microseconds.

Every set here is one big integer whose bit c stands for combination c.  This is what a `StateSpace` knows besides where it is small
enough to be listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from detente.errors import LimitError
from detente.model.conflict import Conflict
from detente.model.formula import Formula, truth_table, walk
from detente.model.rule import Merged, required
from detente.space.sets import bits_of
from detente.text import plural

_FEW_BITS = 8  # changes of more own options than this are found among the feasible combinations,
_FEW_COMBINATIONS = 1 << 16  # where there are at most so many

MAX_MERGED = 1 << 20
"""Most combinations that merge rules make states of."""
MAX_PARTS = 1 << 12
"""Most groups of states that the bans on one decision maker's moves may tell apart."""
MAX_WORK = 1 << 37
"""Most truth values that are worked out for a set of conditions: parts of conditions times combinations."""


def check_work(conflict: Conflict, conditions: Iterable[Formula], what: str, more: int = 0) -> None:
    """Refuse conditions that would take too long to work out in all combinations of a conflict.

    Parameters
    ----------
    conflict
        Gives the number of combinations.
    conditions
        The conditions.
    what
        What they are, for the message.
    more
        Further truth values that have to be worked out.

    Raises
    ------
    LimitError
        S306 if that would be more than `MAX_WORK` truth values.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> check_work(one, [], "the rules", more=MAX_WORK + 1) is None  # no condition, no work
    True
    """
    work = more
    for condition in conditions:
        work += sum(1 for _ in walk(condition)) * conflict.combinations
        if work > MAX_WORK:
            message = f"{what} have more parts than can be worked out in {plural(conflict.combinations, 'combination')}"
            raise LimitError.of(
                "S306", message, help="write them with fewer parts, or leave out options that do not matter to the question"
            )


class Listing:
    """The feasible combinations of a conflict, the classes that rules merge, and the bans, as sets.

    Parameters
    ----------
    conflict
        The conflict.
    masks
        The bits of each decision maker's own options.

    Raises
    ------
    LimitError
        S305 if rules merge more than `MAX_MERGED` combinations, S306 if the rules would take too long to work out.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> listing = Listing(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), {"A": 1})
    >>> bin(listing.feasible), listing.columns
    ('0b11', {'x': 2})
    """

    def __init__(self, conflict: Conflict, masks: Mapping[str, int]) -> None:
        self.conflict = conflict
        self._masks = masks
        self._check_work()
        self.everything = (1 << conflict.combinations) - 1
        feasible = self.everything
        for rule in conflict.rules:
            condition = required(rule)
            if condition is not None:
                feasible &= self.where_bits(condition)
        self.feasible = feasible
        self._feasible_bytes = self._in_bytes(feasible)
        self.class_of, self.classes = self._merge()
        self.bans = {dm: tuple(self._bans(dm)) for dm in masks}
        self._bans_in_bytes = {
            dm: [(self._in_bytes(leaving), self._in_bytes(reaching)) for leaving, reaching in bans] for dm, bans in self.bans.items()
        }
        self._unperceived = {
            dm.key: self._in_bytes(self.where_bits(dm.unperceived)) for dm in conflict.decision_makers if dm.unperceived is not None
        }
        self._by_rest: dict[str, dict[int, list[int]] | None] = {}

    def _check_work(self) -> None:
        """Refuse rules that would take too long to work out in so many combinations."""
        conditions = [condition for rule in self.conflict.rules for condition in (required(rule),) if condition is not None]
        merges = [rule.when for rule in self.conflict.rules if isinstance(rule, Merged)]
        check_work(self.conflict, [*conditions, *merges], "the rules", len(merges) ** 2 * self.conflict.combinations)
        check_work(self.conflict, [part for ban in self.conflict.bans for part in (ban.leaving, ban.reaching)], "the bans")

    def _in_bytes(self, combinations: int) -> bytes:
        return combinations.to_bytes(self.conflict.combinations // 8 + 1, "little")

    def _bans(self, dm: str) -> Iterator[tuple[int, int]]:
        for ban in self.conflict.bans:
            if ban.by == dm:
                yield self.where_bits(ban.leaving), self.where_bits(ban.reaching)

    @cached_property
    def columns(self) -> dict[str, int]:
        """For each option key the set of combinations in which it is taken, as an integer."""
        result, size = {}, self.conflict.combinations
        for k, option in enumerate(self.conflict.options):
            block, width = ((1 << (1 << k)) - 1) << (1 << k), 2 << k
            while width < size:
                block |= block << width
                width *= 2
            result[option.key] = block
        return result

    def where_bits(self, formula: Formula) -> int:
        """The set of combinations, feasible or not, in which a formula is true, as an integer."""
        return truth_table(formula, self.columns, self.everything)

    def set_of(self, combinations: Iterable[int]) -> int:
        """The set of some combinations."""
        filled = bytearray(self.conflict.combinations // 8 + 1)
        for combination in combinations:
            filled[combination >> 3] |= 1 << (combination & 7)
        return int.from_bytes(filled, "little")

    def _merge(self) -> tuple[dict[int, int], dict[int, tuple[int, ...]]]:
        """Union of overlapping merge rules: the representative of each merged combination, and the members of each class."""
        groups: list[int] = []
        for rule in self.conflict.rules:
            if isinstance(rule, Merged):
                new = self.where_bits(rule.when) & self.feasible
                for group in [g for g in groups if g & new]:
                    groups.remove(group)
                    new |= group
                if new:
                    groups.append(new)
        if (merged := sum(group.bit_count() for group in groups)) > MAX_MERGED:
            message = f"the merge rules make states of {plural(merged, 'combination')} together; at most {MAX_MERGED:,} can be merged"
            raise LimitError.of("S305", message, help="merge less, or leave out an option that does not matter in the merged states")
        class_of, classes = {}, {}
        for group in groups:
            if group.bit_count() > 1:
                members = tuple(bits_of(group))
                classes[members[-1]] = members
                class_of.update(dict.fromkeys(members, members[-1]))
        return class_of, classes

    def is_feasible(self, combination: int) -> bool:
        """Whether a combination, of those there are, can occur."""
        return bool(self._feasible_bytes[combination >> 3] >> (combination & 7) & 1)

    def perceives(self, dm: str, combination: int) -> bool:
        """Whether a decision maker perceives a combination."""
        unseen = self._unperceived.get(dm)
        return unseen is None or not unseen[combination >> 3] >> (combination & 7) & 1

    def forbidden(self, dm: str, combination: int) -> list[bytes]:
        """The sets of combinations, as bytes, that bans keep a decision maker from moving to from a combination."""
        at, bit = combination >> 3, combination & 7
        return [reaching for leaving, reaching in self._bans_in_bytes[dm] if leaving[at] >> bit & 1]

    def by_bans(self, dm: str, combinations: int, *, backward: bool = False) -> list[tuple[int, int]]:
        """Combinations in parts, each with all that bans keep a decision maker from moving to from it.

        Parameters
        ----------
        dm
            Who moves (key).
        combinations
            A set of combinations, as an integer.
        backward
            Whether the parts are where moves end; what goes with each is then where they can't begin.

        Raises
        ------
        LimitError
            S307 if the bans tell more than `MAX_PARTS` parts apart.
        """
        parts = {0: combinations}
        for ban in self.bans[dm]:
            before, after = reversed(ban) if backward else ban
            found: dict[int, int] = {}
            for out, part in parts.items():
                for wider, these in ((out | after, part & before), (out, part & ~before)):
                    if these:
                        found[wider] = found.get(wider, 0) | these
            parts = found
            if len(parts) > MAX_PARTS:
                message = f"the bans on moves of {dm} tell more than {plural(MAX_PARTS, 'group')} of states apart"
                raise LimitError.of("S307", message, help="write fewer bans, with fewer different conditions")
        return [(part, out) for out, part in parts.items() if part]

    def near(self, dm: str) -> Mapping[int, list[int]] | None:
        """The feasible combinations by what a decision maker can't change; None where it is quicker to try all changes."""
        if dm not in self._by_rest:
            width, count = self._masks[dm].bit_count(), self.feasible.bit_count()
            found: dict[int, list[int]] | None = {} if width > _FEW_BITS and count <= _FEW_COMBINATIONS else None
            if found is not None:
                for combination in bits_of(self.feasible):
                    found.setdefault(combination & ~self._masks[dm], []).append(combination)
            self._by_rest[dm] = found
        return self._by_rest[dm]

    def flips(self, dm: str, combination: int, free: int) -> Iterator[tuple[int, int]]:
        """The changes of some of the bits that a decision maker may change (`free`) that lead to a feasible combination, ascending."""
        out = self.forbidden(dm, combination)
        if (unseen := self._unperceived.get(dm)) is not None:
            out.append(unseen)

        def may(target: int) -> bool:
            return not any(one[target >> 3] >> (target & 7) & 1 for one in out)

        near = self.near(dm)
        if near is not None:
            for flip in sorted(combination ^ target for target in near.get(combination & ~self._masks[dm], ())):
                if flip and not flip & ~free and (not out or may(combination ^ flip)):
                    yield flip, combination ^ flip
            return
        flip, feasible = 0, self._feasible_bytes
        while (flip := (flip - free) & free) != 0:  # all non-empty subsets of the free bits, ascending
            target = combination ^ flip
            if feasible[target >> 3] >> (target & 7) & 1 and (not out or may(target)):
                yield flip, target

    def reached(self, dm: str, combination: int, free: int) -> tuple[int, ...]:
        """The feasible combinations that `flips` leads to, ascending.

        Parameters
        ----------
        dm
            Who moves (key).
        combination
            Where from.
        free
            The bits that they may change.
        """
        if self._bans_in_bytes[dm] or dm in self._unperceived or free.bit_count() > _FEW_BITS:
            return tuple(sorted(target for _, target in self.flips(dm, combination, free)))
        rest, feasible = combination & ~free, self._feasible_bytes
        targets = [rest | setting for setting in _settings(free)]
        if self.feasible != self.everything:
            targets = [target for target in targets if feasible[target >> 3] >> (target & 7) & 1]
        return tuple([target for target in targets if target != combination])


@lru_cache(maxsize=1024)
def _settings(free: int) -> tuple[int, ...]:
    """All subsets of some few bits, ascending."""
    found, setting = [0], 0
    while (setting := (setting - free) & free) != 0:
        found.append(setting)
    return tuple(found)
