"""Simultaneous stability.

A state is SIM stable for a decision maker if each of their improvements can be met at once: some of the others, at least one, make
one improvement of their own each, from the same state and at the same time, and the state that all these changes together give
is feasible and leaves the focal decision maker no better off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from detente.concepts.base import Graph, SolutionConcept, Tables
from detente.concepts.witness import JointAnswer, JointCase, Leaves, Stays
from detente.errors import LimitError
from detente.space.sets import StateSet

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]
    Ranks = npt.NDArray[np.unsignedinteger]
    Menus = dict[str, Mask]

MAX_CASES = 200_000
"""Most joint changes of the others that are listed after one improvement before a witness is refused (S303)."""

Change = tuple[str, int, int]  # who, flipped bits, the state that this alone would lead to


def menus_of(graph: Graph, dm: str, state: int, origin: int) -> list[list[Change]]:
    """The improvements of each of the others, all from one member of a state.

    Parameters
    ----------
    graph
        Knows moves and improvements.
    dm
        Key of the decision maker whose stability is asked about, who is left out.
    state
        The state.
    origin
        The combination of it from which all changes are made.

    Examples
    --------
    >>> from detente.engines.single import SingleEngine
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> from detente.space.states import StateSpace
    >>> both = [DecisionMaker(who, who, OptionWeighting((("x", a), ("y", b)))) for who, a, b in (("A", 1, -2), ("B", -2, 1))]
    >>> graph = SingleEngine(StateSpace(Conflict("two", tuple(both), (Option("x", "x", ("A",)), Option("y", "y", ("B",))))))
    >>> menus_of(graph, "A", 0, 0)
    [[('B', 2, 2)]]
    """
    menus = []
    for other in graph.decision_makers:
        if other != dm:
            gains = set(graph.improvements(other, state))
            menus.append([(other, flip, to) for member, flip, to in graph.flips(other, state) if member == origin and to in gains])
    return menus


def joint_changes(menus: list[list[Change]]) -> Iterator[tuple[Change, ...]]:
    """Every non-empty choice of one change each by some of the others; `menus` holds what each of them may choose from.

    >>> list(joint_changes([[("B", 2, 2)], [("C", 4, 4)]]))
    [(('C', 4, 4),), (('B', 2, 2),), (('B', 2, 2), ('C', 4, 4))]
    """
    for choice in product(*([None, *menu] for menu in menus)):
        made = tuple(change for change in choice if change is not None)
        if made:
            yield made


def verdict(graph: Graph, dm: str, state: int) -> Stays | Leaves:
    """Whether a decision maker stays at a state under simultaneous sanctioning, with the witness, by the moves of a graph.

    Raises `LimitError` (S303) when more than `MAX_CASES` joint changes would have to be listed.

    >>> from detente.engines.single import SingleEngine
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> from detente.space.states import StateSpace
    >>> both = [DecisionMaker(who, who, OptionWeighting((("x", a), ("y", b)))) for who, a, b in (("A", 1, -2), ("B", -2, 1))]
    >>> graph = SingleEngine(StateSpace(Conflict("two", tuple(both), (Option("x", "x", ("A",)), Option("y", "y", ("B",))))))
    >>> verdict(graph, "A", 0).answers[0].result
    3
    """
    answers = []
    changes_to: dict[int, list[tuple[int, int]]] = {}
    for member, bits, to in graph.flips(dm, state):
        changes_to.setdefault(to, []).append((member, bits))
    menus: dict[int, list[list[Change]]] = {}
    for improvement in graph.improvements(dm, state):
        cases: list[JointCase] = []
        answer = None
        for origin, flip in changes_to[improvement]:
            if origin not in menus:
                menus[origin] = menus_of(graph, dm, state, origin)
            for changes in joint_changes(menus[origin]):
                together = flip
                for _, bits, _ in changes:
                    together |= bits
                result = graph.state_of(origin ^ together)
                if result is not None and graph.no_better(dm, result, state):
                    answer = JointAnswer(improvement, origin, flip, changes, result)
                    break
                if len(cases) == MAX_CASES:
                    raise LimitError.of("S303", f"the others can change in more than {MAX_CASES:,} ways at once; they can't all be listed")
                cases.append(JointCase(origin, flip, tuple((who, bits) for who, bits, _ in changes), result))
            if answer:
                break
        if answer is None:
            return Leaves("SIM", dm, state, improvement, cases=tuple(cases))
        answers.append(answer)
    return Stays("SIM", dm, state, tuple(answers))


BLOCK = 1 << 20
"""Changes of one decision maker that the rule for all states holds at once."""
KEPT = 32
"""Columns of bounds that it keeps; beyond, it makes them anew when they are needed."""


def stable_states(tables: Tables, dm: str) -> StateSet:
    """The states at which a decision maker stays, by looking at blocks of states together; `tables` is the array engine.

    An improvement of theirs is answered by one joint change after another: the most promising first, and all of them, cut short
    where even a free choice of all that is still open would leave them better off, only where that one fails.

    >>> from detente.engines.array import ArrayEngine
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> from detente.space.states import StateSpace
    >>> both = [DecisionMaker(who, who, OptionWeighting((("x", a), ("y", b)))) for who, a, b in (("A", 1, -2), ("B", -2, 1))]
    >>> space = StateSpace(Conflict("two", tuple(both), (Option("x", "x", ("A",)), Option("y", "y", ("B",)))))
    >>> stable_states(ArrayEngine(space), "A").first(4)
    (0, 1, 3)
    """
    import numpy as np

    search = Search(tables, dm)
    ranks, flips = tables.ranks(dm), tables.changes(dm)
    staying = ranks > 0
    origins = np.flatnonzero(ranks)
    size = max(1, BLOCK // (1 + max(tables.changes(who).size for who in tables.decision_makers)))
    pairs: list[tuple[Numbers, Mask]] = []
    for start in range(0, origins.size if flips.size else 0, size):
        block = origins[start : start + size]
        gains = tables.gains(dm, block)
        some = gains.any(axis=1)
        block, gains = block[some], gains[some]
        if not tables.space.classes:
            staying[block[~search.all_answered(block, gains)]] = False
        else:
            row, column = np.nonzero(gains)
            pairs.append((_pairs(tables, block[row], block[row] ^ flips[column]), search.answered(block, row, flips[column])))
    if pairs:  # an improvement to a merged state is answered if one of the changes that lead there is
        pair, met = (np.concatenate(part) for part in zip(*pairs, strict=True))
        staying[np.setdiff1d(pair[~met], pair[met]) // ranks.size] = False
    return tables.set_of(staying)


def _pairs(tables: Tables, starts: Numbers, ends: Numbers) -> Numbers:
    """Pairs of states as one number each, given by combinations that belong to them."""
    import numpy as np

    size = tables.space.conflict.combinations
    joined = np.fromiter((state for state, members in tables.space.classes.items() for _ in members), np.int64)
    members = np.fromiter((member for group in tables.space.classes.values() for member in group), np.int64)
    order = members.argsort()
    members, joined = members[order], joined[order]

    def states(combinations: Numbers) -> Numbers:
        place = np.minimum(np.searchsorted(members, combinations), members.size - 1)
        return np.where(members[place] == combinations, joined[place], combinations)

    return states(starts) * size + states(ends)


@dataclass(frozen=True, slots=True)
class Task:
    """Improvements whose answers are searched for.

    Parameters
    ----------
    origins
        The combination from which each is made.
    flips
        The bits that the decision maker changes.
    limits
        Their rank at the origin.
    menus
        For each of the others the choices that they have: to stay, or one of their improvements.
    """

    origins: Numbers
    flips: Numbers
    limits: Ranks
    menus: Menus


class Search:
    """The search for joint changes of the others that answer improvements of one decision maker.

    Parameters
    ----------
    tables
        The array engine.
    dm
        The decision maker.
    """

    def __init__(self, tables: Tables, dm: str) -> None:
        import numpy as np

        self.tables, self.dm = tables, dm
        self.ranks = tables.ranks(dm)
        self.own = tables.changes(dm)
        self.others = [other for other in tables.decision_makers if other != dm and tables.changes(other).size]
        self.nothing = self.ranks.dtype.type(np.iinfo(self.ranks.dtype).max)
        self._lowest = {frozenset[str](): np.where(self.ranks > 0, self.ranks, self.nothing)}

    def lowest(self, free: frozenset[str]) -> Ranks:
        """The least rank that a free choice of changes by some of the others leads to from each combination, feasible or not."""
        found = self._lowest.get(free)
        if found is None:
            last = max(free, key=self.others.index)
            found = self.tables.least_freely(self.lowest(free - {last}), last)
            if len(self._lowest) > KEPT:
                self._lowest = {frozenset(): self._lowest[frozenset()]}
            self._lowest[free] = found
        return found

    def all_answered(self, origins: Numbers, gains: Mask) -> Mask:
        """For each of the origins whether all improvements, given by `gains`, a mask of own changes, are answered."""
        import numpy as np

        limit = self.ranks[origins]
        answered: Mask = ~(gains & (self.lowest(frozenset(self.others))[origins[:, None] ^ self.own] > limit[:, None])).any(axis=1)
        menus = self._menus(origins)
        rows, open_ = np.flatnonzero(answered), gains[answered]
        while rows.size:
            joint = self._search(origins, rows, self.own[open_.argmax(axis=1)], menus)
            answered[rows[joint == 0]] = False
            rows, open_, joint = rows[joint != 0], open_[joint != 0], joint[joint != 0]
            result = origins[rows, None] ^ (self.own | joint[:, None])  # the same joint change may answer other improvements too
            open_ &= self.lowest(frozenset())[result] > limit[rows, None]
            rows, open_ = rows[open_.any(axis=1)], open_[open_.any(axis=1)]
        return answered

    def answered(self, origins: Numbers, rows: Numbers, flips: Numbers) -> Mask:
        """For each improvement, given by its origin's place in `origins` (`rows`) and an own change (`flips`): whether it is answered."""
        import numpy as np

        menus, size = self._menus(origins), max(1, origins.size)
        parts = [slice(start, start + size) for start in range(0, rows.size, size)]
        answered: Mask = np.concatenate([rows[:0] > 0, *(self._search(origins, rows[part], flips[part], menus) != 0 for part in parts)])
        return answered

    def _menus(self, origins: Numbers) -> Menus:
        """What each of the others may choose at each origin: to stay, or one of their improvements."""
        import numpy as np

        return {other: np.pad(self.tables.gains(other, origins), ((0, 0), (1, 0)), constant_values=True) for other in self.others}

    def _search(self, origins: Numbers, rows: Numbers, flips: Numbers, menus: Menus) -> Numbers:
        """For each improvement, given by the row of its origin and an own change, a joint change that answers it; 0 if there is none."""
        import numpy as np

        joint = self._most_promising(origins, rows, flips, menus)
        left = np.flatnonzero(joint < 0)
        joint[left] = 0
        if left.size and len(self.others) > 1:  # a single other has no better choice than the most promising one
            rows, flips, limits = rows[left], flips[left], self.ranks[origins[rows[left]]]
            shorter = {}
            for other, menu in menus.items():
                lowest = self.lowest(frozenset(self.others) - {other})
                shorter[other] = menu[rows] & (lowest[origins[rows, None] ^ (flips[:, None] | self._choices(other))] <= limits[:, None])
            found = np.zeros(left.size, np.int64)
            order = tuple(sorted(self.others, key=lambda other: int(shorter[other].sum())))
            self._expand(order, Task(origins[rows], flips, limits, shorter), np.arange(left.size), found.copy(), found)
            joint[left] = found
        return joint

    def _choices(self, other: str) -> Numbers:
        import numpy as np

        return np.concatenate(([0], self.tables.changes(other)))

    def _most_promising(self, origins: Numbers, rows: Numbers, flips: Numbers, menus: Menus) -> Numbers:
        """For each improvement the joint change found by letting each of the others in turn choose what promises least; -1 if it fails."""
        import numpy as np

        joint = np.zeros(rows.size, np.int64)
        value = np.full(rows.size, self.nothing)
        for place, (other, menu) in enumerate(menus.items(), start=1):
            choices = joint[:, None] | self._choices(other)
            promise = self.lowest(frozenset(self.others[place:]))[origins[rows, None] ^ (flips[:, None] | choices)]
            promise[~menu[rows]] = self.nothing
            best = promise.argmin(axis=1)[:, None]
            joint = np.take_along_axis(choices, best, 1)[:, 0]
            value = np.take_along_axis(promise, best, 1)[:, 0]
        joint[value > self.ranks[origins[rows]]] = -1
        return joint

    def _expand(self, order: tuple[str, ...], task: Task, nodes: Numbers, chosen: Numbers, found: Numbers) -> None:
        """Look at all choices of those who have not chosen, in blocks and depth first, and note in `found` one that answers."""
        import numpy as np

        if not order:
            found[nodes] = chosen
            return
        chooser, *rest = order
        choices, lowest = self._choices(chooser), self.lowest(frozenset(rest))
        size = max(1, BLOCK // choices.size)
        for start in range(0, nodes.size, size):
            here, before = nodes[start : start + size], chosen[start : start + size]
            open_ = found[here] == 0
            place, choice = np.nonzero(task.menus[chooser][here[open_]])
            here, after = here[open_][place], before[open_][place] | choices[choice]
            hopeful = lowest[task.origins[here] ^ (task.flips[here] | after)] <= task.limits[here]
            self._expand(tuple(rest), task, here[hopeful], after[hopeful], found)


CONCEPT = SolutionConcept(
    key="SIM",
    name="Simultaneous stability",
    asks="Would the others, each gaining by a change of their own made at the same moment, undo every gain?",
    plies=(),
    formula=r"\forall t\in R_i^+(s)\ \exists\emptyset\ne H\subseteq N-i,\ t_j\in R_j^+(s)\ (j\in H):"
    r"\ s\succeq_i t\oplus\bigoplus_{j\in H}t_j\in S",
    implied_by=("Nash",),
    source="Fraser and Hipel 1984 (simultaneous sanctioning); any non-empty set of the others, as in GMCR+",
    example="north-korea-2017#4",
    rule=verdict,
    array_rule=stable_states,
)
