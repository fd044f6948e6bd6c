"""The graph of improvements, condensed: where sequences of improvements can end, and from which states they can end where.

An *end* is a strongly connected component of the graph that no improvement leaves: a state from which nobody has an improvement (a Nash
equilibrium), or a *cycle*, states of which each leads to all the others and to nothing else.  States from which the same ends can be
reached are one group; the members of a component are in one group, so the groups are a graph without cycles, and every improvement
either stays in its group or leads to one from which no more ends can be reached.  Anybody may improve at any time, also several times in
a row.  Kilgour and Hipel (2005) review the graph of a conflict's moves; condensation is that of Sharir (1981).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from detente.space.sets import StateSet
from detente.space.states import StateSpace

if TYPE_CHECKING:
    from detente.engines.array.improving import Improvements

Kind = Literal["equilibrium", "cycle", "other ends", "leading"]
"""What a group is: an end that is a state, an end that is a cycle, all ends that are not told apart, or states that lead to ends."""
GROUPS = 32
"""Most groups that are told apart, ends among them."""
ENDS = 12
"""Most ends that are told apart."""
COUNTED = 1 << 25
"""How many places are looked at, over and over, to find the ends that are reached from most states."""
_WORD = 63  # ends that travel together, as bits; one more bit stands for all the others


@dataclass(frozen=True, slots=True)
class Group:
    """Some states.

    Parameters
    ----------
    kind
        What they are.
    states
        How many.
    ends
        The ends that improvements can lead to from each of them, as places among the groups; of an end, itself.
    first
        The status quo, if it is one of them, or else the one with the least number.
    holds_status_quo
        Whether the status quo is one of them.
    count
        How many ends these are.
    """

    kind: Kind
    states: int
    ends: tuple[int, ...]
    first: int
    holds_status_quo: bool
    count: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Improvements from one group to another.

    Parameters
    ----------
    start, end
        The groups, by place.
    by
        For each decision maker (key) who has such an improvement from how many states of the first.
    """

    start: int
    end: int
    by: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Condensed:
    """The condensed graph.

    Parameters
    ----------
    groups
        The ends, "other ends" as the last of them, then the other groups, those that lead to fewer ends first.
    leads
        The improvements from group to group.
    ends
        How many ends there are in all.
    members
        For each group its states.
    """

    groups: tuple[Group, ...]
    leads: tuple[Lead, ...]
    ends: int
    members: tuple[StateSet, ...]


def condensed(space: StateSpace) -> Condensed:
    """The condensed graph of improvements.

    Ends are told apart as far as the groups are few enough to be looked at (`GROUPS`, `ENDS`): first those that the status quo leads to,
    if these are not too many, then states with names, then those that most states lead to.  The others are one group.

    Parameters
    ----------
    space
        A listed space.

    Raises
    ------
    LimitError
        S347 if the space is too large.

    Examples
    --------
    >>> from detente.cases import load
    >>> found = condensed(StateSpace(load("elmira")))
    >>> [(group.states, group.ends) for group in found.groups if group.kind == "leading"]
    [(1, (0,)), (1, (1,)), (2, (2,)), (2, (1, 2))]
    """
    return _Condensing(space).condensed()


class _Condensing:
    """Works on columns with a row for each place of `Improvements`."""

    def __init__(self, space: StateSpace) -> None:
        from detente.engines.array.improving import Improvements

        self.space = space
        self.graph: Improvements = Improvements(space)
        self.places = self.graph.present.size
        self._looked: tuple[list[int], Any] = [], None  # the ends that were looked for last, and which of them each place leads to

    def condensed(self) -> Condensed:
        """The whole."""
        import numpy as np

        told, codes, signatures = self._few_enough()
        order = sorted(told)
        groups = np.full(self.places, -1, np.int16)
        kinds: list[tuple[Kind, tuple[int, ...], int]] = []
        for place, end in enumerate(order):
            groups[self._roots == end] = place
            kinds.append(("cycle" if np.count_nonzero(groups == place) > 1 else "equilibrium", (place,), 1))
        if others := self._ends.size - len(told):
            groups[(self._roots > 0) & (groups < 0)] = len(kinds)
            kinds.append(("other ends", (len(kinds),), int(others)))
        leading = self.graph.present & (self._roots == 0)
        leads = {
            signature: (
                *sorted(order.index(end) for bit, end in enumerate(told) if signature >> bit & 1),
                *([len(told)] if signature >> _WORD else []),
            )
            for signature in signatures
        }
        for signature, ends in sorted(leads.items(), key=lambda pair: (len(pair[1]), pair[1])):
            groups[leading & (codes == np.uint64(signature))] = len(kinds)
            kinds.append(("leading", ends, 0))
        masks = [groups == place for place in range(len(kinds))]
        made = tuple(self._group(kind, mask, ends, count) for (kind, ends, count), mask in zip(kinds, masks, strict=True))
        return Condensed(made, tuple(self._leads(groups, len(made))), int(self._ends.size), tuple(map(self._set, masks)))

    def _few_enough(self) -> tuple[list[int], Any, list[int]]:
        """The ends that are told apart, for each place a bit for each that it leads to, and which such sets there are."""
        import numpy as np

        told = self._told_apart()
        codes, leading = self._codes(told), self.graph.present & (self._roots == 0)
        while True:  # the ends that matter least are joined to the others until the groups are few enough
            signatures: list[int] = np.unique(codes[leading]).tolist()
            if len(told) + (len(told) < self._ends.size) + len(signatures) <= GROUPS or not told:
                return told, codes, signatures
            told.pop()
            last = np.uint64(1 << len(told))
            codes = np.where(codes & last, codes & ~last | np.uint64(1 << _WORD), codes)

    # -- ends ------------------------------------------------------------------------------------------------------
    @cached_property
    def _roots(self) -> Any:
        """For each place of an end, counted from 1, the place that stands for the end; 0 elsewhere."""
        import numpy as np

        from detente.engines.array.improving import GREATEST, LEAST, UNION

        graph, present = self.graph, self.graph.present
        here = np.arange(1, self.places + 1, dtype=np.int32)
        something = np.ones(self.places, np.uint8)
        leaving = np.zeros(self.places, np.uint8)
        for dm in graph.movers:
            leaving |= graph.one(dm, something, UNION)
        nash = present & (leaving == 0)
        roots = np.where(nash, here, 0)
        going_round = present & (graph.closed(nash.astype(np.uint8), UNION) == 0)
        if going_round.any():  # improvements from here lead to no equilibrium, so they all stay among such states
            greatest = graph.closed(np.where(going_round, here, 0), GREATEST)
            least = graph.closed(np.where(going_round, greatest, LEAST.neutral), LEAST)
            first = going_round & (greatest == here) & (least == here)  # all that is reached from here leads back to here
            cycles = going_round & (graph.closed(first.astype(np.uint8), UNION, forward=True) > 0)
            roots[cycles] = greatest[cycles]
        return roots

    @cached_property
    def _ends(self) -> Any:
        """The places, counted from 1, that stand for ends, ascending."""
        import numpy as np

        found = np.unique(self._roots)
        return found[found > 0]

    def _told_apart(self) -> list[int]:
        """The ends that are told apart, first those that matter most."""
        import numpy as np

        from detente.engines.array.improving import UNION

        start = self.space.status_quo
        from_start = self.graph.closed((self.graph.combinations == (-1 if start is None else start)).astype(np.uint8), UNION, forward=True)
        reached = set(self._roots[from_start > 0].tolist()) if start is not None else set()
        named = {self.space.state_of(self.space.conflict.combination(one.taken)) for one in self.space.conflict.named_states}
        called = set(self._roots[np.isin(self.graph.combinations, [state for state in named if state is not None])].tolist())
        ends: list[int] = sorted(self._ends.tolist(), key=lambda end: (end not in reached, end not in called, end))
        counts: dict[int, int] = {}
        for first in range(0, min(len(ends), COUNTED // max(self.places, 1) * _WORD + _WORD), _WORD):
            some = ends[first : first + _WORD]
            bits = self._reached(some)
            self._looked = some, bits
            counts |= {end: int(np.count_nonzero(bits >> np.uint64(bit) & np.uint64(1))) for bit, end in enumerate(some)}
        few = len(reached) <= ENDS
        return sorted(counts, key=lambda end: (few and end not in reached, end not in called, -counts[end], end))[:ENDS]

    def _codes(self, told: Sequence[int]) -> Any:
        """For each place a bit for each end that is told apart, and one more for all the others together."""
        import numpy as np

        looked, bits = self._looked
        if len(looked) < self._ends.size:
            return self._reached(told)
        codes, others = np.zeros_like(bits), np.uint64(sum(1 << bit for bit, end in enumerate(looked) if end not in told))
        for place, end in enumerate(told):
            codes |= (bits >> np.uint64(looked.index(end)) & np.uint64(1)) << np.uint64(place)
        return codes | np.where(bits & others, np.uint64(1 << _WORD), np.uint64(0))

    def _reached(self, ends: Sequence[int]) -> Any:
        """For each place a bit for each of some ends that can be reached from it, and one more for all the others together."""
        import numpy as np

        from detente.engines.array.improving import UNION

        code = np.zeros(self.places + 1, np.uint64)
        code[self._ends] = np.uint64(1 << _WORD)
        for bit, end in enumerate(ends):
            code[end] = np.uint64(1 << bit)
        return self.graph.closed(code[self._roots], UNION)

    # -- groups ----------------------------------------------------------------------------------------------------
    def _group(self, kind: Kind, mask: Any, ends: tuple[int, ...], count: int) -> Group:
        import numpy as np

        start, states = self.space.status_quo, self.graph.combinations[mask]
        holds = start is not None and bool(np.any(states == start))
        return Group(kind, int(states.size), ends, int(start if holds and start is not None else states[0]), holds, count)

    def _leads(self, groups: Any, count: int) -> Iterator[Lead]:
        """The improvements between groups."""
        import numpy as np

        from detente.engines.array.improving import UNION

        bits = np.where(groups < 0, 0, np.left_shift(np.uint64(1), np.maximum(groups, 0).astype(np.uint64)))
        found: dict[tuple[int, int], dict[str, int]] = {}
        for dm in self.graph.movers:
            led = self.graph.one(dm, bits, UNION)
            for end in range(count):
                starts = np.bincount(groups[self.graph.present & (led >> np.uint64(end) & np.uint64(1) > 0)], minlength=count)
                for start in np.flatnonzero(starts).tolist():
                    if start != end:
                        found.setdefault((start, end), {})[dm] = int(starts[start])
        for (start, end), by in sorted(found.items()):
            yield Lead(start, end, by)

    def _set(self, mask: Any) -> StateSet:
        import numpy as np

        from detente.engines.array.tables import bits_of_mask

        every = np.zeros(self.space.conflict.combinations, np.bool_)
        every[self.graph.combinations[mask]] = True
        return StateSet(self.space, bits_of_mask(every))
