"""The state space of a conflict: which combinations are states, how they are numbered, and who can move where.

A *combination* is an integer: bit k is set iff option k (in the order of the conflict) is taken.  The options stand in the order of
their owners, so the bits of one decision maker lie together, and the space is an array with one axis per decision maker.  A
*state* is a feasible combination, or a class of them that a rule merges; the class is represented by its greatest combination.
States are numbered from 1 in ascending order of these combinations.  Kilgour, Hipel and Fang 1987; Fang, Hipel and Kilgour 1993.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

from detente.errors import LimitError
from detente.model.conflict import Conflict, Direction
from detente.model.formula import Formula, truth_table, walk
from detente.model.rule import Merged, required
from detente.space.sets import Places, StateSet, bits_of
from detente.text import plural

MAX_OPTIONS = 26
"""Most options of a space that is held as a bit for each combination (2**26 combinations: 8 MiB a set)."""


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


@dataclass(frozen=True, slots=True)
class Axis:
    """The bits of options with the same first owner: `owner` (key or None), first bit (`offset`), number of bits (`width`)."""

    owner: str | None
    offset: int
    width: int


class StateSpace:
    """The states of a conflict and the moves between them.

    Parameters
    ----------
    conflict
        The conflict; the space keeps a reference and never changes.

    Raises
    ------
    LimitError
        S301 if the conflict has more than `MAX_OPTIONS` options, S305 if rules merge more than `MAX_MERGED` combinations, S306 if the
        rules would take too long to work out.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.rule import AtMostOne
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)), Option("z", "z", ("B",)))
    >>> space = StateSpace(Conflict("two", (a, b), options, (AtMostOne(("x", "y")),)))
    >>> space.states.count, space.moves("A", 0), space.number(4), space.choice(5)
    (6, (1, 2), 4, 'YNY')
    """

    def __init__(self, conflict: Conflict) -> None:
        if len(conflict.options) > MAX_OPTIONS:
            raise LimitError.of(
                "S301",
                f"the conflict has {len(conflict.options)} options; this version lists combinations of at most {MAX_OPTIONS}",
                help="leave out options that do not matter to the question, or fix some of them by a rule",
            )
        self.conflict = conflict
        self._check_work()
        self.everything = (1 << conflict.combinations) - 1
        """The set of all combinations, feasible or not, as an integer."""
        feasible = self.everything
        for rule in conflict.rules:
            condition = required(rule)
            if condition is not None:
                feasible &= self.where_bits(condition)
        self.feasible = feasible
        """The set of feasible combinations, before merging, as an integer."""
        self._feasible_bytes = feasible.to_bytes(conflict.combinations // 8 + 1, "little")
        self._class_of, self.classes = self._merge()
        merged_away = self.set_of(*(c for c, representative in self._class_of.items() if c != representative)).bits
        self.states = StateSet(self, feasible & ~merged_away)
        """All states."""
        self._by_rest: dict[str, dict[int, list[int]] | None] = {}
        self.masks = {dm.key: self._mask(dm.key) for dm in conflict.decision_makers}
        """The bits of each decision maker's own options."""
        self.bans = {dm.key: tuple(self._bans(dm.key)) for dm in conflict.decision_makers}
        """For each decision maker the bans on their moves: what a move from one set of combinations can't reach, as integers."""
        size = conflict.combinations // 8 + 1
        self._bans_in_bytes = {
            dm: [(leaving.to_bytes(size, "little"), reaching.to_bytes(size, "little")) for leaving, reaching in bans]
            for dm, bans in self.bans.items()
        }
        self.only_on = sum(1 << i for i, o in enumerate(conflict.options) if o.direction is Direction.ONLY_ON)
        self.only_off = sum(1 << i for i, o in enumerate(conflict.options) if o.direction is Direction.ONLY_OFF)
        self._unperceived = {
            dm.key: self.where_bits(dm.unperceived).to_bytes(conflict.combinations // 8 + 1, "little")
            for dm in conflict.decision_makers
            if dm.unperceived is not None
        }

    def _check_work(self) -> None:
        """Refuse rules that would take too long to work out in so many combinations."""
        conditions = [condition for rule in self.conflict.rules for condition in (required(rule),) if condition is not None]
        merges = [rule.when for rule in self.conflict.rules if isinstance(rule, Merged)]
        check_work(self.conflict, [*conditions, *merges], "the rules", len(merges) ** 2 * self.conflict.combinations)
        check_work(self.conflict, [part for ban in self.conflict.bans for part in (ban.leaving, ban.reaching)], "the bans")

    def _bans(self, dm: str) -> Iterator[tuple[int, int]]:
        for ban in self.conflict.bans:
            if ban.by == dm:
                yield self.where_bits(ban.leaving), self.where_bits(ban.reaching)

    # -- sets ------------------------------------------------------------------------------------------------------
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

    def where(self, formula: Formula) -> StateSet:
        """The states that meet a formula (a merged state: by its greatest combination)."""
        return StateSet(self, self.where_bits(formula) & self.states.bits)

    def set_of(self, *states: int) -> StateSet:
        """The set of the given states (combinations)."""
        filled = bytearray(self.conflict.combinations // 8 + 1)
        for state in states:
            filled[state >> 3] |= 1 << (state & 7)
        return StateSet(self, int.from_bytes(filled, "little"))

    # -- merged states ---------------------------------------------------------------------------------------------
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

    def members(self, state: int) -> tuple[int, ...]:
        """The combinations that a state stands for: itself, or all that were merged into it, ascending."""
        return self.classes.get(state, (state,))

    def state_of(self, combination: int) -> int | None:
        """The state that a combination belongs to, or None if it is infeasible."""
        if not self.is_feasible(combination):
            return None
        return self._class_of.get(combination, combination)

    def is_feasible(self, combination: int) -> bool:
        """Whether a combination can occur."""
        return 0 <= combination < self.conflict.combinations and bool(self._feasible_bytes[combination >> 3] >> (combination & 7) & 1)

    # -- numbers and names -----------------------------------------------------------------------------------------
    @cached_property
    def _places(self) -> Places:
        return Places(self.states.bits)

    def number(self, state: int) -> int:
        """The number of a state, from 1.  Raises KeyError if the combination is not a state."""
        return self._places.place(state)

    def state(self, number: int) -> int:
        """The state (greatest combination) with a number, the inverse of `number`.  Raises KeyError if there is none."""
        return self._places.bit(number)

    def choice(self, state: int) -> str:
        """A letter for each option in order: Y taken, N not taken, - left open by a merged state."""
        members = self.members(state)
        always, sometimes = reduce(and_, members), reduce(or_, members)
        width = range(len(self.conflict.options))
        return "".join("Y" if always >> k & 1 else "-" if sometimes >> k & 1 else "N" for k in width)

    @property
    def status_quo(self) -> int | None:
        """The state that holds now; None when the conflict has none, or it is infeasible."""
        taken = self.conflict.status_quo
        return None if taken is None else self.state_of(self.conflict.combination(taken))

    # -- moves -----------------------------------------------------------------------------------------------------
    def _mask(self, dm: str) -> int:
        return sum(1 << i for i, option in enumerate(self.conflict.options) if dm in option.owners)

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The axes of the space, lowest bits first: one for each decision maker with options, one for options without an owner."""
        result: list[Axis] = []
        place = {dm.key: i for i, dm in enumerate(self.conflict.decision_makers)}
        for k, option in enumerate(self.conflict.options):
            owner = min(option.owners, key=place.__getitem__) if option.owners else None
            if result and result[-1].owner == owner:
                result[-1] = Axis(owner, result[-1].offset, result[-1].width + 1)
            else:
                result.append(Axis(owner, k, 1))
        return tuple(result)

    @property
    def moves_compose(self) -> bool:
        """Whether two moves of one decision maker in a row are always one move of theirs, or lead back.

        True in option form with one-way options, infeasible states and several owners.  Merged states and bans can break it, so a
        sequence in which nobody moves twice in a row then reaches fewer states than a plain closure.
        """
        return not self.classes and not self.conflict.bans

    def perceives(self, dm: str, combination: int) -> bool:
        """Whether a decision maker perceives a combination; they move neither from nor to one that they don't perceive."""
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

    def _near(self, dm: str) -> Mapping[int, list[int]] | None:
        """The feasible combinations by what a decision maker can't change; None where it is quicker to try all changes."""
        if dm not in self._by_rest:
            width, count = self.masks[dm].bit_count(), self.feasible.bit_count()
            found: dict[int, list[int]] | None = {} if width > _FEW_BITS and count <= _FEW_COMBINATIONS else None
            if found is not None:
                for combination in bits_of(self.feasible):
                    found.setdefault(combination & ~self.masks[dm], []).append(combination)
            self._by_rest[dm] = found
        return self._by_rest[dm]

    def flips(self, dm: str, combination: int) -> Iterator[tuple[int, int]]:
        """The changes that a decision maker can make from one combination.

        Yields pairs (flipped bits, feasible combination that results), for every non-empty change of own options that the
        directions, the rules, the bans and the decision maker's perception allow; the results may be the same state when states are merged.
        """
        if not self.perceives(dm, combination):
            return
        forbidden = self.forbidden(dm, combination)

        def may(target: int) -> bool:
            return self.perceives(dm, target) and not any(out[target >> 3] >> (target & 7) & 1 for out in forbidden)

        free = self.masks[dm] & ~((self.only_off & ~combination) | (self.only_on & combination))
        near = self._near(dm)
        if near is not None:
            for flip in sorted(combination ^ target for target in near.get(combination & ~self.masks[dm], ())):
                if flip and not flip & ~free and may(combination ^ flip):
                    yield flip, combination ^ flip
            return
        flip = 0
        while (flip := (flip - free) & free) != 0:  # all non-empty subsets of the free bits, ascending
            target = combination ^ flip
            if self._feasible_bytes[target >> 3] >> (target & 7) & 1 and may(target):
                yield flip, target

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The states that a decision maker can reach by one move, ascending, without the state itself.

        R_i(s) of the graph model: all states that differ in the decision maker's own options alone, as the options' directions
        allow, and no ban speaks of.  From a merged state: whatever is reached from any of its members.
        """
        found = {self._class_of.get(target, target) for member in self.members(state) for _, target in self.flips(dm, member)}
        found.discard(state)
        return tuple(sorted(found))
