"""Sets of states as decision diagrams: counted exactly, searched and combined at any size without being listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import TypeVar

from detente.engines.symbolic.forest import NOTHING, Forest
from detente.model.formula import Formula
from detente.space.states import StateSpace

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class DiagramSet:
    """A set of states of one space, as a diagram.

    Parameters
    ----------
    space
        The space that the states belong to.
    forest
        Holds the nodes; sets of one forest are combined more quickly than others.
    root
        The node of the set.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Taken
    >>> options = tuple(Option(key, key, ("A",)) for key in "xyz")
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), options), list_up_to=0)
    >>> every = DiagramSet(space, Forest((0, 1, 2)), 1)
    >>> some = every.where(Taken("z"))
    >>> some, some.first(2), (every - some).count, some.contains(5)
    (<4 states>, (4, 5), 4, True)
    """

    space: StateSpace
    forest: Forest
    root: int

    @property
    def count(self) -> int:
        """How many states it holds, exactly."""
        return self.forest.count(self.root)

    @property
    def nodes(self) -> int:
        """How many nodes its diagram has."""
        return len(self.forest.below(self.root))

    def contains(self, state: int) -> bool:
        """Whether a state (by its combination) belongs to it."""
        return 0 <= state < self.space.conflict.combinations and self.forest.contains(self.root, state)

    __contains__ = contains

    def first(self, n: int) -> tuple[int, ...]:
        """The n members that are the smallest combinations, or all if there are fewer."""
        return tuple(islice(self.each(), n))

    def each(self) -> Iterator[int]:
        """All members, ascending, one at a time."""
        return self.forest.each(self.root)

    def sample(self, n: int, seed: int) -> tuple[int, ...]:
        """Up to n different members, each as likely as any other, drawn with a seed, ascending; all if there are fewer."""
        count = self.count
        if n >= count:
            return self.first(n)
        rng, numbers = Random(seed), set[int]()
        spared = 2 * n > count  # then it is quicker to draw those that are left out
        while len(numbers) < (count - n if spared else n):
            numbers.add(rng.randrange(count))
        if spared:
            numbers = set(range(count)) - numbers
        return tuple(sorted(self.forest.at(self.root, number) for number in numbers))

    def where(self, formula: Formula) -> DiagramSet:
        """The members that meet a condition."""
        return self._of(self.forest.both(self.root, self.forest.formula(formula, self.space.conflict.option_index)))

    def fold(
        self,
        nothing: T,
        everything: T,
        join: Callable[[int, T, T], T],
        free: Callable[[int, T], T] | None = None,
    ) -> T:
        """Fold the diagram from its ends up, each node once; see `Forest.fold`."""
        return self.forest.fold(self.root, nothing, everything, join, free)

    def _of(self, root: int) -> DiagramSet:
        return DiagramSet(self.space, self.forest, root)

    def _root_of(self, other: DiagramSet) -> int:
        if other.forest is self.forest:
            return other.root
        if set(other.forest.order) != set(self.forest.order):
            raise ValueError("only sets of one space can be combined")
        return self.forest.add(other.forest.table(other.root))

    def __and__(self, other: DiagramSet) -> DiagramSet:
        return self._of(self.forest.both(self.root, self._root_of(other)))

    def __or__(self, other: DiagramSet) -> DiagramSet:
        return self._of(self.forest.either(self.root, self._root_of(other)))

    def __sub__(self, other: DiagramSet) -> DiagramSet:
        return self._of(self.forest.without(self.root, self._root_of(other)))

    def __bool__(self) -> bool:
        return self.root != NOTHING

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DiagramSet) and self.space.conflict is other.space.conflict and self.root == self._root_of(other)

    def __hash__(self) -> int:
        return hash(self.count)

    def __repr__(self) -> str:
        return f"<{self.count:,} states>"
