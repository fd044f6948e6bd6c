"""Moves of whole sets: everywhere that a decision maker can go from any state of a set, at once.

A decision maker changes any of their own options at once, and what the options are in between does not matter.  So the images of a set
are found option by option, each by two shifts of one big integer, whatever the number of states.
"""

from __future__ import annotations

from functools import cache

from detente.analysis.certificate import Kind
from detente.errors import Diagnostic, LimitError
from detente.model.preference import Criterion, Meets, Sums
from detente.preference.order import Order
from detente.space.sets import bits_of
from detente.space.states import StateSpace

MAX_IMAGES = 20_000
"""Most groups of states, tied for the mover, that the improvements of one set are looked up for."""


class Images:
    """The images of sets of states under the moves of a decision maker; sets are integers with a bit for each combination.

    Parameters
    ----------
    space
        The space of the states.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> bin(Images(space).image("A", 0b0001)), bin(Images(space).better("A", 0b0001, "improving"))
    ('0b1110', '0b0')
    """

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.orders = {dm.key: Order(space, dm.key) for dm in space.conflict.decision_makers}
        self._options = {
            dm: [(space.columns[o.key], k) for k, o in enumerate(space.conflict.options) if space.masks[dm] >> k & 1] for dm in self.orders
        }
        self._perceived = {
            dm.key: space.feasible if dm.unperceived is None else space.feasible & ~space.where_bits(dm.unperceived)
            for dm in space.conflict.decision_makers
        }
        self._table = cache(space.where_bits)
        self._classes = {state: sum(1 << member for member in members) for state, members in space.classes.items()}

    # -- all moves -------------------------------------------------------------------------------------------------
    def image(self, dm: str, states: int, backward: bool = False) -> int:
        """The states that a decision maker can reach by one move from some state of a set; backward: those that reach the set."""
        found = 0
        for state in self._classes:
            if states >> state & 1:  # a merged state has no move to itself, but its members may change into one another
                found |= self._changes(dm, self._classes[state], backward) & ~(1 << state)
                states ^= 1 << state
        return found | self._changes(dm, states, backward)

    def _changes(self, dm: str, combinations: int, backward: bool) -> int:
        """The states of all combinations that one non-empty change of a decision maker's options makes of these."""
        perceived, space = self._perceived[dm], self.space
        if self.space.bans[dm]:
            found = 0
            for part, out in space.by_bans(dm, combinations & perceived, backward=backward):
                found |= self._freely(dm, part, backward) & ~out
            return self._states(found & perceived)
        return self._states(self._freely(dm, combinations & perceived, backward) & perceived)

    def _freely(self, dm: str, kept: int, backward: bool) -> int:
        """All combinations, feasible or not, that one non-empty change of a decision maker's options makes of these."""
        space, changed = self.space, 0
        for column, k in self._options[dm]:
            shift, off, on = 1 << k, not space.only_on >> k & 1, not space.only_off >> k & 1
            up, down = (off, on) if backward else (on, off)
            both = kept | changed
            if up:
                changed |= (both & ~column) << shift
            if down:
                changed |= (both & column) >> shift
        return changed

    def _states(self, combinations: int) -> int:
        """The states that feasible combinations belong to."""
        for state, members in self._classes.items():
            if combinations & members:
                combinations = combinations & ~members | 1 << state
        return combinations

    # -- some moves ------------------------------------------------------------------------------------------------
    def better(self, dm: str, states: int, kind: Kind, among: int | None = None) -> int:
        """The states that a decision maker can reach from some state of a set by one move of a kind.

        Parameters
        ----------
        dm
            Who moves (key).
        states
            The set.
        kind
            Which moves count.
        among
            The states that matter; by default all.  The fewer, the less work.

        Raises
        ------
        LimitError
            S304 when the decision maker tells more than `MAX_IMAGES` groups of these states apart.
        """
        wanted = self.space.states.bits if among is None else among
        reached = self.image(dm, states) & wanted
        if kind == "any":
            return reached
        found, images = 0, 0
        pending = [(states, reached)]  # sources that the mover finds equal so far, and what is reached from them and equal to them
        for place, criterion in enumerate(self.orders[dm].criteria):
            following: list[tuple[int, int]] = []
            for sources, targets in pending:
                levels = self._split(dm, place, criterion, targets & ~found)
                parts = self._split(dm, place, criterion, sources)
                for value, part in parts.items():
                    above = sum(bits for other, bits in levels.items() if other > value)  # disjoint sets: the sum is the union
                    equal = levels.get(value, 0)
                    if len(parts) > 1 and above | equal:
                        image, images = self.image(dm, part), images + 1
                        above, equal = above & image, equal & image
                    found |= above
                    if equal:
                        following.append((part, equal))
                if images > MAX_IMAGES:
                    raise _too_many(dm)
            pending = following
        if kind == "no loss":
            for _, equal in pending:
                found |= equal
        return found

    def _split(self, dm: str, place: int, criterion: Criterion, states: int) -> dict[int, int]:
        """A set in parts, by what one criterion of a decision maker gives to the states."""
        if isinstance(criterion, Meets):
            table = self._table(criterion.formula)
            parts = {1: states & table, 0: states & ~table}
        elif isinstance(criterion, Sums):
            parts = {0: states}
            for option, weight in criterion.weights:
                column = self.space.columns[option]
                split: dict[int, int] = {}
                for total, part in parts.items():
                    split[total] = split.get(total, 0) | part & ~column
                    split[total + weight] = split.get(total + weight, 0) | part & column
                parts = {total: part for total, part in split.items() if part}
        else:
            parts = {}
            for state in bits_of(states):
                score = self.orders[dm].key(state)[place]
                parts[score] = parts.get(score, 0) | 1 << state
        return {value: part for value, part in parts.items() if part}


def _too_many(dm: str) -> LimitError:
    message = f"{dm} tells more than {MAX_IMAGES:,} groups of states apart; so many improvements can't be followed"
    return LimitError([Diagnostic("S304", message, help="let fewer decision makers act, or ask for all moves instead of improvements")])
