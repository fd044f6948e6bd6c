"""What every set of states can do, however it is held: counted, searched, sampled and combined, listed only when asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, Self

from detente.model.formula import Formula

if TYPE_CHECKING:
    from detente.space.states import StateSpace


class Members(Protocol):
    """A set of states of one space: as bits (`StateSet`), or as an engine for large spaces holds it.

    Sets are combined with others that are held in the same way.  States are (greatest) combinations.
    """

    @property
    def space(self) -> StateSpace:
        """The space that the states belong to."""
        ...

    @property
    def count(self) -> int:
        """How many states it holds, exactly."""
        ...

    def contains(self, state: int) -> bool:
        """Whether a state belongs to it."""
        ...

    def first(self, n: int) -> tuple[int, ...]:
        """The n members that are the smallest combinations, or all if there are fewer."""
        ...

    def sample(self, n: int, seed: int) -> tuple[int, ...]:
        """Up to n different members, each as likely as any other, drawn with a seed, ascending; all if there are fewer."""
        ...

    def each(self) -> Iterator[int]:
        """All members, ascending, one at a time."""
        ...

    def where(self, formula: Formula) -> Self:
        """The members that meet a condition (`formula`)."""
        ...

    def __and__(self, other: Self, /) -> Self: ...

    def __or__(self, other: Self, /) -> Self: ...

    def __sub__(self, other: Self, /) -> Self: ...

    def __bool__(self) -> bool: ...
