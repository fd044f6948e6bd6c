"""The state space of a conflict: which combinations are states, how they are numbered, and who can move where.

A *combination* is an integer: bit k is set iff option k (in the order of the conflict) is taken.  The options stand in the order of
their owners, so the bits of one decision maker lie together, and the space is an array with one axis per decision maker.  A
*state* is a feasible combination, or a class of them that a rule merges; the class is represented by its greatest combination.
States are numbered from 1 in ascending order of these combinations.  Kilgour, Hipel and Fang 1987; Fang, Hipel and Kilgour 1993.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

from detente.errors import LimitError
from detente.model.conflict import Conflict, Direction
from detente.model.evaluate import evaluator
from detente.model.formula import Formula, options_in
from detente.model.rule import Merged, required
from detente.space.listing import Listing
from detente.space.local import MAX_OWN, Local
from detente.space.sets import Places, StateSet

MAX_OPTIONS = 26
"""Most options of a space that is held as a bit for each combination (2**26 combinations: 8 MiB a set)."""

Test = Callable[[int], int]
"""A condition as a function of a combination: 1 where it is true, 0 where not."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The bits of options with the same first owner: `owner` (key or None), first bit (`offset`), number of bits (`width`)."""

    owner: str | None
    offset: int
    width: int


class StateSpace:
    """The states of a conflict and the moves between them.

    A space of few options is *listed*: sets of states are held as bits over all combinations.  In a larger one single states and the
    moves from them can be asked for, at any size, and nothing that would need a list.

    Parameters
    ----------
    conflict
        The conflict; the space keeps a reference and never changes.
    list_up_to
        Most options of a space that is listed, `MAX_OPTIONS` by default; 0 lists none, for tests.

    Raises
    ------
    LimitError
        S305 if rules merge more than `MAX_MERGED` combinations, S306 if the rules would take too long to work out, S308 if they merge
        states of a space that is not listed.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.rule import AtMostOne
    >>> a, b = DecisionMaker("A", "A"), DecisionMaker("B", "B")
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)), Option("z", "z", ("B",)))
    >>> two = Conflict("two", (a, b), options, (AtMostOne(("x", "y")),))
    >>> space = StateSpace(two)
    >>> space.states.count, space.moves("A", 0), space.number(4), space.choice(5)
    (6, (1, 2), 4, 'YNY')
    >>> unlisted = StateSpace(two, list_up_to=0)
    >>> unlisted.is_listed, unlisted.moves("A", 0), unlisted.number(4), unlisted.choice(5)
    (False, (1, 2), 5, 'YNY')
    """

    def __init__(self, conflict: Conflict, list_up_to: int | None = None, *, _listing: Listing | None = None) -> None:
        self.conflict = conflict
        self.list_up_to = MAX_OPTIONS if list_up_to is None else list_up_to
        """Most options of a space that is listed."""
        self.masks = {dm.key: self._mask(dm.key) for dm in conflict.decision_makers}
        """The bits of each decision maker's own options."""
        self.only_on = sum(1 << i for i, o in enumerate(conflict.options) if o.direction is Direction.ONLY_ON)
        self.only_off = sum(1 << i for i, o in enumerate(conflict.options) if o.direction is Direction.ONLY_OFF)
        self._listing = _listing or (Listing(conflict, self.masks) if len(conflict.options) <= self.list_up_to else None)
        if self._listing is None:
            self._refuse_merges()

    def of(self, conflict: Conflict) -> StateSpace:
        """The space of another conflict, listed up to the same number of options; where just preferences differ it shares the list."""
        return StateSpace(conflict, self.list_up_to, _listing=self._listing if self.lists_as(conflict) else None)

    def lists_as(self, conflict: Conflict) -> bool:
        """Whether the states and moves of another conflict are the same as here, if just preferences differ."""
        return _as_listed(conflict) == _as_listed(self.conflict)

    def _refuse_merges(self) -> None:
        if any(isinstance(rule, Merged) for rule in self.conflict.rules):
            raise LimitError.of(
                "S308",
                f"rules merge states, and the conflict has more than {self.list_up_to} options: a merged state could stand for any number "
                "of combinations",
                help="write a rule that leaves one of these combinations instead, or leave out options that do not matter",
            )

    # -- sets ------------------------------------------------------------------------------------------------------
    @property
    def is_listed(self) -> bool:
        """Whether sets of states are held as bits over all combinations."""
        return self._listing is not None

    @property
    def listing(self) -> Listing:
        """The combinations as sets.  Raises LimitError (S301) in a space that is not listed."""
        if self._listing is None:
            raise LimitError.of(
                "S301",
                f"the conflict has {len(self.conflict.options)} options; all its states together are listed only up to {self.list_up_to}",
                help="ask about single states, or let an engine answer that lists none; otherwise leave out options that do not matter",
            )
        return self._listing

    @property
    def everything(self) -> int:
        """The set of all combinations, feasible or not, as an integer."""
        return self.listing.everything

    @property
    def feasible(self) -> int:
        """The set of feasible combinations, before merging, as an integer."""
        return self.listing.feasible

    @cached_property
    def states(self) -> StateSet:
        """All states."""
        merged_away = self.set_of(*(c for c, representative in self.listing.class_of.items() if c != representative)).bits
        return StateSet(self, self.listing.feasible & ~merged_away)

    @property
    def columns(self) -> dict[str, int]:
        """For each option key the set of combinations in which it is taken, as an integer."""
        return self.listing.columns

    @property
    def bans(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each decision maker the bans on their moves: what a move from one set of combinations can't reach, as integers."""
        return self.listing.bans

    def where_bits(self, formula: Formula) -> int:
        """The set of combinations, feasible or not, in which a formula is true, as an integer."""
        return self.listing.where_bits(formula)

    def where(self, formula: Formula) -> StateSet:
        """The states that meet a formula (a merged state: by its greatest combination)."""
        return StateSet(self, self.where_bits(formula) & self.states.bits)

    def set_of(self, *states: int) -> StateSet:
        """The set of the given states (combinations)."""
        return StateSet(self, self.listing.set_of(states))

    # -- merged states ---------------------------------------------------------------------------------------------
    @property
    def classes(self) -> dict[int, tuple[int, ...]]:
        """For each merged state (its greatest combination) the combinations that it stands for; there are none in a space not listed."""
        return {} if self._listing is None else self._listing.classes

    def members(self, state: int) -> tuple[int, ...]:
        """The combinations that a state stands for: itself, or all that were merged into it, ascending."""
        return self.classes.get(state, (state,))

    def state_of(self, combination: int) -> int | None:
        """The state that a combination belongs to, or None if it is infeasible."""
        if not self.is_feasible(combination):
            return None
        return combination if self._listing is None else self._listing.class_of.get(combination, combination)

    def is_feasible(self, combination: int) -> bool:
        """Whether a combination can occur."""
        if not 0 <= combination < self.conflict.combinations:
            return False
        return all(test(combination) for test in self._rules) if self._listing is None else self._listing.is_feasible(combination)

    @cached_property
    def _rules(self) -> tuple[Test, ...]:
        """What every feasible combination meets."""
        conditions = [condition for rule in self.conflict.rules for condition in (required(rule),) if condition is not None]
        return tuple(evaluator(condition, self.conflict.option_index) for condition in conditions)

    # -- numbers and names -----------------------------------------------------------------------------------------
    @cached_property
    def _places(self) -> Places:
        return Places(self.states.bits)

    def number(self, state: int) -> int:
        """The number of a state, from 1: its place among all states, or among all combinations where the space is not listed.

        Raises KeyError if the combination is not a state.
        """
        if self.is_listed:
            return self._places.place(state)
        if not self.is_feasible(state):
            raise KeyError(state)
        return state + 1

    def state(self, number: int) -> int:
        """The state (greatest combination) with a number, the inverse of `number`.  Raises KeyError if there is none."""
        if self.is_listed:
            return self._places.bit(number)
        if not self.is_feasible(number - 1):
            raise KeyError(number)
        return number - 1

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
        if self._listing is not None:
            return self._listing.perceives(dm, combination)
        unseen = self._unperceived.get(dm)
        return unseen is None or not unseen(combination)

    @cached_property
    def _unperceived(self) -> dict[str, Test]:
        index = self.conflict.option_index
        return {dm.key: evaluator(dm.unperceived, index) for dm in self.conflict.decision_makers if dm.unperceived is not None}

    def forbidden(self, dm: str, combination: int) -> list[bytes]:
        """The sets of combinations, as bytes, that bans keep a decision maker from moving to from a combination."""
        return self.listing.forbidden(dm, combination)

    def by_bans(self, dm: str, combinations: int, *, backward: bool = False) -> list[tuple[int, int]]:
        """Combinations in parts, each with what bans keep moves of `dm` from reaching (`backward`: beginning in); see `Listing.by_bans`."""
        return self.listing.by_bans(dm, combinations, backward=backward)

    def local(self, dm: str, combination: int) -> Local:
        """What a decision maker can bring about from a combination, as tables over their own options.

        Raises `LimitError` (S309) if they have more than `MAX_OWN` options.
        """
        if self.masks[dm].bit_count() > MAX_OWN:
            message = f"{dm} has {self.masks[dm].bit_count()} options of their own; all settings of them are held only up to {MAX_OWN}"
            raise LimitError.of("S309", message, help="join options that are always taken together into one")
        return Local(self, dm, combination)

    def rules_about(self, dm: str) -> tuple[tuple[Formula, ...], tuple[Test, ...]]:
        """What every feasible combination meets: what a decision maker's own options have to do with, and tests for the rest."""
        if dm not in self._rules_about:
            own = {option.key for option in self.conflict.options_of(dm)}
            conditions = [condition for rule in self.conflict.rules for condition in (required(rule),) if condition is not None]
            touching = tuple(condition for condition in conditions if own & options_in(condition))
            index = self.conflict.option_index
            others = tuple(evaluator(condition, index) for condition in conditions if not own & options_in(condition))
            self._rules_about[dm] = touching, others
        return self._rules_about[dm]

    @cached_property
    def _rules_about(self) -> dict[str, tuple[tuple[Formula, ...], tuple[Test, ...]]]:
        return {}

    def flips(self, dm: str, combination: int) -> Iterator[tuple[int, int]]:
        """The changes that a decision maker can make from one combination.

        Yields pairs (flipped bits, feasible combination that results), for every non-empty change of own options that the
        directions, the rules, the bans and the decision maker's perception allow; the results may be the same state when states are merged.
        """
        if not self.perceives(dm, combination):
            return
        if self._listing is None:
            local = self.local(dm, combination)
            yield from sorted((combination ^ target, target) for target in local.combinations(local.open))
        else:
            yield from self._listing.flips(dm, combination, self._free(dm, combination))

    def _free(self, dm: str, combination: int) -> int:
        """The own options of a decision maker that their directions let be changed, as bits."""
        return self.masks[dm] & ~((self.only_off & ~combination) | (self.only_on & combination))

    def may_change(self, dm: str, combination: int, flip: int) -> bool:
        """Whether a decision maker can make one change (flipped bits) from one combination: whether it is among `flips`."""
        target, fixed = combination ^ flip, (self.only_off & ~combination) | (self.only_on & combination)
        if not flip or flip & (~self.masks[dm] | fixed) or not self.is_feasible(target):
            return False
        if not (self.perceives(dm, combination) and self.perceives(dm, target)):
            return False
        return not any(leaving(combination) and reaching(target) for leaving, reaching in self._ban_tests[dm])

    @cached_property
    def _ban_tests(self) -> dict[str, list[tuple[Test, Test]]]:
        """For each decision maker where their bans leave from, and what they keep from being reached."""
        index = self.conflict.option_index
        found: dict[str, list[tuple[Test, Test]]] = {dm: [] for dm in self.masks}
        for ban in self.conflict.bans:
            found[ban.by].append((evaluator(ban.leaving, index), evaluator(ban.reaching, index)))
        return found

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        """The states that a decision maker can reach by one move, ascending, without the state itself.

        R_i(s) of the graph model: all states that differ in the decision maker's own options alone, as the options' directions
        allow, and no ban speaks of.  From a merged state: whatever is reached from any of its members.
        """
        if self._listing is None:
            return tuple(sorted(target for _, target in self.flips(dm, state)))
        class_of = self._listing.class_of
        if not class_of:
            return self._listing.reached(dm, state, self._free(dm, state)) if self.perceives(dm, state) else ()
        found = {class_of.get(target, target) for member in self.members(state) for _, target in self.flips(dm, member)}
        found.discard(state)
        return tuple(sorted(found))


def _as_listed(conflict: Conflict) -> tuple[object, ...]:
    """All that a list of the combinations of a conflict hangs on."""
    return conflict.options, conflict.rules, conflict.bans, [(dm.key, dm.unperceived) for dm in conflict.decision_makers]
