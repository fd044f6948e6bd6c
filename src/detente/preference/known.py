"""What is known of how a decision maker compares states, where some comparisons are not, and what follows from it by transitivity.

The *known* comparisons are those of the decision maker's order, but for the pairs that a statement calls unknown.  A *completion* is a
weak order (complete and transitive, with ties) that agrees with every known comparison; the order itself is one.  A state is *certainly no
worse* than another if a chain of known comparisons leads to it, each of a state that is no worse than the one before; it is *certainly
better* if a preference is among them.  What is certain holds in every completion, and what is not fails in one (the proof is on the page of
unknown preferences).
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from graphlib import TopologicalSorter
from weakref import WeakKeyDictionary

from detente.errors import LimitError
from detente.preference.order import Order
from detente.preference.pairs import UNKNOWN, Pairs
from detente.space.sets import bits_of
from detente.space.states import StateSpace

MAX_COMPARED = 4096
"""Most states among which it is worked out what follows from known comparisons."""


@dataclass(frozen=True, slots=True, order=True)
class Supposed:
    """A comparison that is not known, supposed to be of one kind.

    Parameters
    ----------
    dm
        Whose it is (key).
    state, over
        The states.
    prefers
        Whether they prefer `state` to `over`, or find `over` no worse.

    Examples
    --------
    >>> Supposed("A", 1, 2, True).turned
    Supposed(dm='A', state=1, over=2, prefers=False)
    """

    dm: str
    state: int
    over: int
    prefers: bool

    @property
    def turned(self) -> Supposed:
        """The contrary."""
        return Supposed(self.dm, self.state, self.over, not self.prefers)


class Known:
    """The known comparisons of one decision maker among all states of a space, and what is certain by them.

    Sets of states are integers here: bit k stands for the k-th state of `states`.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.

    Raises
    ------
    LimitError
        S344 if the space has more than `MAX_COMPARED` states.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.pairs import PairStatement
    >>> from detente.preference.weighting import OptionWeighting
    >>> x, y = Taken("x"), Taken("y")
    >>> wants = OptionWeighting((("x", 2), ("y", 1)))
    >>> one = DecisionMaker("A", "A", wants, pairs=(PairStatement("unknown", x, Not(x)),))
    >>> space = StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> known = Known(space, "A")
    >>> known.states, known.certainly_better(3, 1), known.certainly_better(1, 0), known.is_open(1, 0), known.is_open(3, 1)
    ((3, 1, 2, 0), True, False, True, False)
    """

    def __init__(self, space: StateSpace, dm: str) -> None:
        if space.states.count > MAX_COMPARED:
            message = (
                f"what follows from known comparisons is worked out for up to {MAX_COMPARED:,} states; there are {space.states.count:,}"
            )
            raise LimitError.of("S344", message, help="leave out options that do not matter, or ask for the treatments a, b, c and d")
        order, pairs = Order(space, dm), Pairs(space, dm)
        ranks = order.ranks
        self.states: tuple[int, ...] = tuple(sorted(ranks, key=lambda state: (ranks[state], state)))
        """All states, the most preferred first by the decision maker's order."""
        self.place = {state: k for k, state in enumerate(self.states)}
        """The place of each state in `states`, from 0."""
        self._everything = (1 << len(self.states)) - 1
        self._levels = [0] * (max(ranks.values(), default=0) + 1)
        for k, state in enumerate(self.states):
            self._levels[ranks[state]] |= 1 << k
        self._level_of = [ranks[state] for state in self.states]
        self._unknown = self._rows(pairs)
        self._tied = self._chains()
        self._up = self._closure()
        self._above = [up & ~tied for up, tied in zip(self._up, self._tied, strict=True)]

    def _rows(self, pairs: Pairs) -> list[int]:
        """For each state those that it is not known how it compares with."""
        unknown = [n for n, statement in enumerate(pairs.dm.pairs) if statement.kind == UNKNOWN]
        roles = [pairs.roles(state) for state in self.states]
        of = {n: sum(1 << k for k, role in enumerate(roles) if role[n][0]) for n in unknown}
        over = {n: sum(1 << k for k, role in enumerate(roles) if role[n][1]) for n in unknown}
        rows = []
        for k, role in enumerate(roles):
            row = 0
            for n in unknown:
                row |= (over[n] if role[n][0] else 0) | (of[n] if role[n][1] else 0)
            rows.append(row & ~(1 << k))
        return rows

    def _chains(self) -> list[int]:
        """For each state those that known indifference leads to from it, step by step, with itself."""
        found = [0] * len(self.states)
        for k in range(len(self.states)):
            if found[k]:
                continue
            chain, waiting = 1 << k, [k]
            while waiting:
                now = waiting.pop()
                more = self._levels[self._level_of[now]] & ~self._unknown[now] & ~chain
                chain |= more
                waiting += bits_of(more)
            for member in bits_of(chain):
                found[member] = chain
        return found

    def _closure(self) -> list[int]:
        """For each state those that are certainly no worse, with itself; from the best on."""
        found = [0] * len(self.states)
        for k in range(len(self.states)):
            if found[k]:
                continue
            chain = self._tied[k]
            level = self._levels[self._level_of[k]]
            waiting = 0
            for member in bits_of(chain):
                waiting |= ((level & -level) - 1) & ~self._unknown[member]
            reached = chain
            while left := waiting & ~reached:
                reached |= found[left.bit_length() - 1]
            for member in bits_of(chain):
                found[member] = reached
        return found

    # -- pairs -----------------------------------------------------------------------------------------------------
    def is_unknown(self, state: int, other: int) -> bool:
        """Whether the comparison of a state with another (`other`) is not known."""
        return bool(self._unknown[self.place[state]] >> self.place[other] & 1)

    def certainly_no_worse(self, state: int, other: int) -> bool:
        """Whether in every completion a state is no worse than another (`other`)."""
        return bool(self._up[self.place[other]] >> self.place[state] & 1)

    def certainly_better(self, state: int, other: int) -> bool:
        """Whether in every completion a state is preferred to another (`other`)."""
        return bool(self._above[self.place[other]] >> self.place[state] & 1)

    def is_open(self, state: int, other: int) -> bool:
        """Whether a state is preferred to another (`other`) in some completions and not in others."""
        return not (self.certainly_better(state, other) or self.certainly_no_worse(other, state))

    # -- completions -----------------------------------------------------------------------------------------------
    def completes(self, levels: Iterable[Iterable[int]]) -> bool:
        """Whether levels of states, best first, are a completion: each state once, and every known comparison kept."""
        above = 0
        for level in levels:
            here = sum(1 << self.place[state] for state in set(level))
            if here & above:
                return False
            for k in bits_of(here):
                mine, compared = self._levels[self._level_of[k]], ~self._unknown[k]
                better, worse = (mine & -mine) - 1, self._everything & ~((1 << mine.bit_length()) - 1)
                if better & compared & ~above or mine & compared & ~here or worse & compared & (above | here):
                    return False
            above |= here
        return above == self._everything

    def supposing(self, *supposed: Supposed) -> Known | None:
        """The same with comparisons supposed, which then count as known; None if no completion agrees with all of them."""
        made = copy(self)
        made._up, made._above = list(self._up), list(self._above)
        for one in supposed:
            state, over = made.place[one.state], made.place[one.over]
            high, low = (state, over) if one.prefers else (over, state)
            if (made._up if one.prefers else made._above)[high] >> low & 1:
                return None
            made._put(high, low, strictly=one.prefers)
        return made

    def _put(self, high: int, low: int, *, strictly: bool) -> None:
        """Make a state no worse than another, or better, with all that follows."""
        up, above = self._up[high], self._above[high]
        for k in range(len(self.states)):
            if self._up[k] >> low & 1:
                self._above[k] |= up if strictly or self._above[k] >> low & 1 else above
                self._up[k] |= up

    def completion(self) -> tuple[tuple[int, ...], ...]:
        """A completion that agrees with all that is known or supposed, as levels of states, best first, tied states together.

        Of states that nothing is certain about, the one stands before that the decision maker's order puts before.
        """
        classes = dict.fromkeys(self._class(k) for k in range(len(self.states)))
        first = {k: next(bits_of(group)) for group in classes for k in bits_of(group)}
        groups = {next(bits_of(group)): group for group in classes}
        sorter = TopologicalSorter({k: {first[n] for n in bits_of(self._up[k] & ~group)} for k, group in groups.items()})
        sorter.prepare()
        levels: list[tuple[int, ...]] = []
        ready: list[int] = []
        while sorter.is_active():
            ready = sorted((*ready, *sorter.get_ready()))
            now = [k for k in ready if self._level_of[k] == self._level_of[ready[0]]]
            levels.append(tuple(sorted(self.states[n] for k in now for n in bits_of(groups[k]))))
            sorter.done(*now)
            ready = ready[len(now) :]
        return tuple(levels)

    def _class(self, k: int) -> int:
        """The states that are certainly tied with one, with itself."""
        return sum(1 << n for n in bits_of(self._up[k] & ~self._above[k]) if self._up[n] >> k & 1)


_found: WeakKeyDictionary[StateSpace, dict[str, Known]] = WeakKeyDictionary()


def known(space: StateSpace, dm: str) -> Known:
    """The known comparisons of a decision maker in a space, worked out once; see `Known`.

    Parameters
    ----------
    space
        The space.
    dm
        Key of the decision maker.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> known(space, "A") is known(space, "A")
    True
    """
    kept = _found.setdefault(space, {})
    if dm not in kept:
        kept[dm] = Known(space, dm)
    return kept[dm]
