"""Rankings of `.gmcr` files: from the places of states to the states, best first."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.errors import LimitError
from detente.io.gmcr_shape import Shape
from detente.io.json_text import Node
from detente.model.conflict import Conflict
from detente.model.formula import walk
from detente.model.rule import formulas_of
from detente.preference.ranking import Levels
from detente.space.states import StateSpace
from detente.text import listing, plural

MAX_RANKED = 1 << 16
"""Highest place of a state that a ranking may name."""
MAX_WORK = 1 << 36
"""Most combinations times parts of conditions that are looked at to number the states."""
_HELP = "list every feasible state exactly once, best first; tied states share a list"


@dataclass(slots=True)
class RankingReader:
    """Reads the rankings of one conflict.

    A wrong ranking is an error (I706) where it counts, and a warning where it is only kept: it is then left out as far as it is wrong.
    """

    shape: Shape
    conflict: Conflict
    """The conflict without preferences."""
    _states: list[frozenset[str]] | None = None
    _space: StateSpace | None = None
    _refused: str | None = None
    _complained: set[str] = field(default_factory=set)

    def read(self, node: Node, whose: str, in_use: bool) -> Levels | None:
        """The levels of a ranking; None if it can't be kept."""
        levels = self._places(node, whose)
        if levels is None:
            return None
        wanted = max((place for level in levels for place, _ in level), default=0)
        states = self._numbered(wanted)
        if states is None:
            self._complain(node, whose, in_use, f"can't be read: {self._refused}", "leave the ranking out, or make the conflict smaller")
            return None
        result: list[tuple[frozenset[str], ...]] = []
        seen: set[int] = set()
        for level in levels:
            good = []
            for place, item in level:
                if not 1 <= place <= min(self._count, MAX_RANKED):
                    there = (
                        f"there are {plural(self._count, 'feasible state')}"
                        if place > self._count or place < 1
                        else f"places above {MAX_RANKED:,} are not read"
                    )
                    self._complain(item, whose, in_use, f"names state {place}; {there}")
                elif place in seen:
                    self._complain(item, whose, in_use, f"names state {place} twice")
                else:
                    seen.add(place)
                    good.append(states[place - 1])
            if good:
                result.append(tuple(good))
        self._check_complete(node, whose, in_use, seen)
        return tuple(result)

    @property
    def _count(self) -> int:
        return self._space.states.count if self._space else 0

    def _places(self, node: Node, whose: str) -> list[list[tuple[int, Node]]] | None:
        """The numbers in a ranking, level by level, each with its node; None, with errors noted, where it is no ranking."""
        before, result = len(self.shape.problems.found), []
        for item in self.shape.items(node, f"the ranking of {whose}"):
            tied = item.value if isinstance(item.value, list) else [item]
            if not tied:
                self.shape.error("I702", f"the ranking of {whose} has an empty list of tied states", item, "leave it out")
            level = [(self.shape.number(entry, f"a state in the ranking of {whose}", 0, 10**18), entry) for entry in tied]
            result.append([(place, entry) for place, entry in level if place is not None])
        return result if len(self.shape.problems.found) == before else None

    def _numbered(self, wanted: int) -> list[frozenset[str]] | None:
        """The options taken in each state up to a place (as far as there are states, and no further than `MAX_RANKED`), in order."""
        if self._space is None and self._refused is None:
            self._build()
        if self._space is None:
            return None
        wanted = min(wanted, self._count, MAX_RANKED)
        if self._states is None or len(self._states) < wanted:
            self._states = [self.conflict.taken(state) for state in self._space.states.first(wanted)]
        return self._states

    def _build(self) -> None:
        parts = sum(1 for rule in self.conflict.rules for formula in formulas_of(rule) for _ in walk(formula))
        if parts << len(self.conflict.options) > MAX_WORK:
            self._refused = "there are too many options and infeasible conditions to number the states"
            return
        try:
            space = StateSpace(self.conflict)
            space.listing  # noqa: B018  # raises where the states are too many to be numbered
        except LimitError as problem:
            self._refused = problem.diagnostics[0].message
        else:
            self._space = space

    def _check_complete(self, node: Node, whose: str, in_use: bool, seen: set[int]) -> None:
        left = self._count - len(seen)
        if left and whose not in self._complained:
            absent = [place for place in range(1, min(self._count, len(seen) + 5) + 1) if place not in seen][:5]
            names = listing([*absent, "others"] if left > len(absent) else absent)
            self._complain(node, whose, in_use, f"leaves out {plural(left, 'feasible state')} of {self._count:,}: {names}")

    def _complain(self, node: Node, whose: str, in_use: bool, what: str, help: str = _HELP) -> None:
        """One complaint about each ranking that is only kept; every complaint, as an error, about one that counts."""
        if in_use:
            self.shape.error("I706", f"the ranking of {whose} {what}", node, help)
        elif whose not in self._complained:
            self.shape.warn("I706", f"the ranking of {whose}, which is not in use, {what}", node, "it is kept as far as it can be read")
        self._complained.add(whose)
