"""Many edited conflicts at once: each is a choice of one variant for every decision maker, in a space that they share.

Variants of a decision maker are rows of the same table of weights (`PartyOrders`), so that thousands of edits cost little more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from detente.analysis.sweep.frame import Axis, Frame
from detente.analysis.sweep.lists import Labels, Lists
from detente.model.completed import completed
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.edit import Edit, apply_all
from detente.model.near import Edits, Near, near_party, near_rules, near_rules_twice, near_twice

AT_ONCE = 1_024
"""Most variants of one decision maker that are held at once."""


class Base(Frame):
    """A space without guesses; what the others can reach in it is worked out once for all variants of decision makers.

    Parameters
    ----------
    conflict
        The conflict; it has no guesses.

    Examples
    --------
    >>> from detente.cases import load
    >>> Base(load("elmira")).space.states.count
    9
    """

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict, {}, {dm.key: Axis(dm.key, ()) for dm in conflict.decision_makers})


class Nearby(Frame):
    """A space in which decision makers may be any of some variants of theirs; otherwise the same as the frame that it is made of.

    Parameters
    ----------
    base
        The space.
    variants
        For some decision makers (key) their variants; the others are as in the conflict of the frame.

    Examples
    --------
    >>> from detente.cases import load
    >>> base = Base(load("euphrates-1975"))
    >>> {dm: orders.count for dm, orders in Nearby(base, {"Syria": near_party(base.conflict.decision_maker("Syria"))}).orders.items()}
    {'Syria': 17, 'Iraq': 1}
    """

    def __init__(self, base: Base, variants: Mapping[str, Sequence[Near]]) -> None:
        self.base, self.variants, self.chosen, self.number = base, variants, base.chosen, base.number
        self.axes = {dm: Axis(dm, ()) for dm in base.axes}
        self.conflict = self.written = base.conflict
        self.space, self.open = base.space, set[str]()
        self.of_space = base.of_space
        self._lists: dict[str, Lists] = {}

    def lists(self, dm: str) -> Lists:
        """What criteria each variant of a decision maker (`dm`, a key) gives them."""
        if dm not in self._lists:
            self._lists[dm] = super().lists(dm)
        return self._lists[dm]

    def parties(self, dm: str) -> Iterator[DecisionMaker]:
        """The variants of a decision maker (`dm`, a key)."""
        found = self.variants.get(dm)
        yield from (near.party for near in found) if found else [self.conflict.decision_maker(dm)]


@dataclass(frozen=True)
class Batch:
    """Edited conflicts that share a space.

    Parameters
    ----------
    frame
        The space with the variants.
    rows
        For each decision maker (key) the number of the variant in each conflict.
    edits
        The edits that make the conflict with a number.
    """

    frame: Nearby
    rows: Mapping[str, Labels]
    edits: Callable[[int], Edits]

    @property
    def count(self) -> int:
        """How many edited conflicts there are."""
        return len(next(iter(self.rows.values())))


class Nearest:
    """The conflicts that are one edit, or two, away from a conflict.

    Parameters
    ----------
    conflict
        The conflict; its guesses and viewpoints count for nothing.

    Examples
    --------
    >>> from detente.cases import load
    >>> nearest = Nearest(load("chicken"))
    >>> [sum(batch.count for batch in ring) for ring in (nearest.singles(), nearest.pairs())], nearest.count(1)
    ([6, 19], 6)
    """

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = completed(conflict, {})
        self.parties = {dm.key: near_party(dm) for dm in self.conflict.decision_makers}
        self.rules, self.rules_twice = near_rules(self.conflict), near_rules_twice(self.conflict)
        self.base = self._without()

    @cached_property
    def twice(self) -> dict[str, tuple[Near, ...]]:
        """For each decision maker (key) what two edits of theirs make of them."""
        return {dm.key: near_twice(dm) for dm in self.conflict.decision_makers}

    def _without(self, *rules: Edit) -> Base:
        """The frame of the conflict without some rules."""
        return Base(apply_all(rules, self.conflict))

    def written(self) -> Batch:
        """The conflict as it is written."""
        return self._alone(self.base, ())

    def singles(self) -> Iterator[Batch]:
        """The conflicts that are one edit away."""
        yield from self._one_party(self.base, ())
        for rule in self.rules:
            yield self._alone(self._without(rule), (rule,))

    def pairs(self) -> Iterator[Batch]:
        """The conflicts that are two edits away, and not one."""
        for first, second in combinations(self.parties, 2):
            yield from self._two_parties(first, second)
        for rule in self.rules:
            yield from self._one_party(self._without(rule), (rule,))
        for edits in self.rules_twice:
            yield self._alone(self._without(*edits), edits)
        for dm, variants in self.twice.items():
            yield from self._in_parts(self.base, dm, variants, ())

    def _one_party(self, base: Base, before: Edits) -> Iterator[Batch]:
        for dm, variants in self.parties.items():
            yield from self._in_parts(base, dm, variants, before)

    def _in_parts(self, base: Base, dm: str, variants: Sequence[Near], before: Edits) -> Iterator[Batch]:
        """Conflicts in which one decision maker is a variant, so many at once as can be held."""
        for start in range(0, len(variants), AT_ONCE):
            part = variants[start : start + AT_ONCE]
            frame = Nearby(base, {dm: part})
            rows: dict[str, Labels] = dict.fromkeys(self.parties, np.zeros(len(part), dtype=np.int32))
            rows[dm] = np.arange(len(part), dtype=np.int32)

            def edits(row: int, part: Sequence[Near] = part) -> Edits:
                return (*before, *part[row].edits)

            yield Batch(frame, rows, edits)

    def _two_parties(self, first: str, second: str) -> Iterator[Batch]:
        """Conflicts in which two decision makers are variants."""
        for start in range(0, len(self.parties[first]), AT_ONCE):
            some, all_others = self.parties[first][start : start + AT_ONCE], self.parties[second]
            if not some or not all_others:
                continue
            frame = Nearby(self.base, {first: some, second: all_others})
            places = np.indices((len(some), len(all_others)), dtype=np.int32).reshape(2, -1)
            rows: dict[str, Labels] = dict.fromkeys(self.parties, np.zeros(places.shape[1], dtype=np.int32))
            rows |= {first: places[0], second: places[1]}

            def edits(row: int, some: Sequence[Near] = some, others: Sequence[Near] = all_others) -> Edits:
                return (*some[row // len(others)].edits, *others[row % len(others)].edits)

            yield Batch(frame, rows, edits)

    def _alone(self, base: Base, edits: Edits) -> Batch:
        """One conflict, in which all decision makers are as they are written."""
        return Batch(Nearby(base, {}), dict.fromkeys(self.parties, np.zeros(1, dtype=np.int32)), lambda _: edits)

    def count(self, edits: int) -> int:
        """How many conflicts are one edit, or two, away."""
        if edits == 1:
            return sum(map(len, self.parties.values())) + len(self.rules)
        sizes = [len(variants) for variants in self.parties.values()]
        cross = sum(one * other for one, other in combinations([*sizes, len(self.rules)], 2))
        own = sum(map(len, self.twice.values()))
        return cross + own + len(self.rules_twice)
