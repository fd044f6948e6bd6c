"""Priority shifts: the fewest and smallest edits of the parties' ordered statements that give what is asked for.

This is the change in the terms in which people think: "if A came to value this above that".  An edit moves a statement to another place of
its list, drops it, reverses it, or adds one from a list that the analyst gives; red lines stay.  A *lever* is what is done to which
statements (moved up, moved down, dropped, reversed, added); its size is the least number of places for which it does, where
dropping, reversing and adding count one.  A lever is told if no part of it does, wherever the statements are put, and if its lists
cannot be made by fewer edits; where several edits as few make the same lists, the smallest stand for all.

Every change of so many edits is settled exactly: it is tried, or a reason found in another trial covers it (see `priority_blocks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from time import monotonic
from typing import TYPE_CHECKING

from detente.analysis.claims.outcome import Outcome
from detente.analysis.claims.priority import PriorityShift
from detente.analysis.claims.statement_edits import StatementEdit, changed_space
from detente.analysis.unlock.goal import Goal
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.priority_found import KIND, PriorityLevers
from detente.analysis.unlock.priority_lists import Done, Made, OneEdit, What, rounds
from detente.errors import ConflictError, LimitError
from detente.model.formula import written
from detente.model.preference import Statement
from detente.preference.order import Order
from detente.space.sets import bits_of
from detente.space.states import StateSpace

if TYPE_CHECKING:
    from detente.analysis.unlock.priority_orders import Mask
    from detente.analysis.unlock.priority_trials import Change, Failed

_GRAVITY: Mapping[Done, int] = {"up": 0, "down": 0, "drop": 1, "add": 2, "reverse": 3}
MAX_CELLS = 4_000_000
"""Most changes, times wanted states, that are settled together."""


def priority_levers(
    space: StateSpace,
    goal: Goal,
    *,
    added: Sequence[tuple[str, Statement]] = (),
    most: int = 2,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> PriorityLevers:
    """The fewest and smallest edits of ordered statements that give what is asked for.

    Parameters
    ----------
    space
        The space.
    goal
        What is asked for, from which state, under which concepts.
    added
        Statements that a decision maker (key) may come to hold.
    most
        The greatest number of edits, of all decision makers together.
    seconds
        How long to search; None for as long as it takes.
    progress
        Told of each part of the work that is begun.

    Returns
    -------
    PriorityLevers
        All minimal levers of at most so many edits: by number of edits; then those that only move statements before those that drop
        some, add some, reverse some; then by size; then in the order of the conflict.  One lever of no edits if what is asked for is so
        already.  `least` is the number of edits that is needed at least, and `complete` is False, with `stopped` ("time", "size",
        "interrupted"), where not all changes were settled.

    Raises
    ------
    UsageError
        U401 if the goal's profile names no concept.
    Cannot
        S302 under a concept of which it is not known on which comparisons its verdicts depend.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> goal = Goal(space.state(1), {"Syria": "SEQ", "Iraq": "SEQ"}, "hold", space.set_of(space.state(2)))
    >>> found = priority_levers(space, goal)
    >>> [(lever.cost, lever.claim.size, lever.by) for lever in found.found][:2], found.proven
    ([(1, 1, ('Syria',)), (1, 2, ('Syria',))], True)
    """
    deadline = None if seconds is None else monotonic() + seconds
    search = _Search(space, goal, added, most, deadline, progress or (lambda _: None))
    try:
        search.run()
    except KeyboardInterrupt:
        search.stopped = "interrupted"
    except LimitError:  # a verdict has too many cases to be listed
        search.stopped = "size"
    return search.result()


@dataclass
class _Found:
    """A change that does, and what is so then."""

    change: Change
    outcome: Outcome
    whats: Mapping[str, What]
    cost: int
    size: int

    @property
    def gravest(self) -> int:
        """How grave the gravest of its edits is: to move less than to drop, to add, to reverse."""
        return max((_GRAVITY[done] for what in self.whats.values() for _, done in what), default=0)


@dataclass
class _Search:
    """The rounds of a search, fewest edits first."""

    space: StateSpace
    goal: Goal
    added: Sequence[tuple[str, Statement]]
    most: int
    deadline: float | None
    progress: Callable[[str], None]
    stopped: str = ""
    tried: list[int] = field(default_factory=list)
    found: list[_Found] = field(default_factory=list)
    known: list[Failed] = field(default_factory=list)
    _masks: dict[tuple[str, What, bool], Mask] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parties = tuple(dm.key for dm in self.space.conflict.decision_makers)
        self.given = {dm: tuple(statement for key, statement in self.added if key == dm) for dm in self.parties}
        self.original: dict[str, tuple[Statement, ...]] = {}
        for dm in self.space.conflict.decision_makers:
            self.original[dm.key] = dm.preference.statements() if dm.preference is not None else ()

    def late(self) -> bool:
        """Whether the time is up."""
        if self.deadline is not None and monotonic() > self.deadline:
            self.stopped = "time"
        return bool(self.stopped)

    # -- rounds --------------------------------------------------------------------------------------------------------
    def run(self) -> None:
        """Settle all changes of no edit, of one, of two ...; stop when nothing needs to be changed at all."""
        for edits in range(self.most + 1):
            if not self._settle(edits) or (edits == 0 and self.found):
                return

    def _settle(self, edits: int) -> bool:
        """Settle all changes of so many edits; False if it was stopped before the end."""
        from detente.analysis.unlock.priority_trials import Trials

        made = {dm: self._made(dm, edits) for dm in self.parties}
        if self.late():
            return False
        self.lists = {dm: [one for part in parts for one in part] for dm, parts in made.items()}  # those of fewer edits first, as before
        self.trials = Trials(self.space, self.goal, self.lists, self.given)
        self.targets = tuple(bits_of(self.trials.possible))
        self.known, self._masks = [], {}  # what is known of shorter rows of lists does not fit
        total = self._round(edits, {dm: self._ranges(parts) for dm, parts in made.items()})
        if total is None or any(len(parts) <= edits and self.original[dm] for dm, parts in made.items()):
            self.stopped = self.stopped or "size"
            return False
        self.tried.append(total)
        return True

    def _made(self, dm: str, most: int) -> list[tuple[Made, ...]]:
        """The lists of a decision maker for each number of edits; without those that their preference can't be written with."""
        if not self.original[dm]:
            return [(Made((), (), frozenset({frozenset()})),)]
        found = rounds(len(self.original[dm]), len(self.given[dm]), most, self.late)
        preference = self.space.conflict.decision_maker(dm).preference
        if preference is None or len(preference.criteria()) == len(self.original[dm]):
            return found
        return [tuple(made for made in part if self._fits(dm, made)) for part in found]

    def _fits(self, dm: str, made: Made) -> bool:
        """Whether a ranking that breaks the ties of the statements still lists each group of tied states whole, or not at all."""
        try:
            Order(changed_space(self.space, self._edits(dm, made.edits)), dm)
        except ConflictError:
            return False
        return True

    @staticmethod
    def _ranges(parts: Sequence[Sequence[Made]]) -> list[range]:
        """For each number of edits the places of its lists among all lists of a decision maker."""
        ends = [sum(map(len, parts[: n + 1])) for n in range(len(parts))]
        return [range(end - len(part), end) for end, part in zip(ends, parts, strict=True)]

    def _round(self, edits: int, places: Mapping[str, list[range]]) -> int | None:
        """Settle all changes of so many edits; how many these are, None if it was stopped before the end."""
        total, before = 0, list(self.found)
        shares = [
            shares
            for shares in product(*(range(min(edits, len(places[dm]) - 1) + 1) for dm in self.parties))
            if sum(shares) == edits and all(places[dm][share] for dm, share in zip(self.parties, shares, strict=True))
        ]
        for done, share in enumerate(shares):
            self.progress(f"priority shifts: {edits} at a time, part {done + 1} of {len(shares)}")
            for part in self._parts([places[dm][n] for dm, n in zip(self.parties, share, strict=True)]):
                total += self._block(edits, part, before)
                if self.late():
                    return None
        self._keep_least()
        return total

    def _parts(self, axes: list[range]) -> Iterator[list[range]]:
        """A block in parts that can be settled together."""
        cells, longest = max(1, len(self.targets)), max(range(len(axes)), key=lambda n: len(axes[n]))
        for axis in axes:
            cells *= len(axis)
        step = max(1, len(axes[longest]) * MAX_CELLS // max(cells, 1)) if cells > MAX_CELLS else len(axes[longest])
        for start in range(0, len(axes[longest]), step):
            yield [axis[start : start + step] if n == longest else axis for n, axis in enumerate(axes)]

    def _block(self, edits: int, axes: list[range], before: list[_Found]) -> int:
        """Settle one block; how many changes it holds."""
        import numpy as np

        from detente.analysis.unlock.priority_blocks import Block

        places = tuple(np.arange(axis.start, axis.stop) for axis in axes)
        block = Block(self.trials, places, self.known, self.targets)
        for found in before:
            block.leave_out(tuple(self._mask(dm, found.whats[dm], False) if dm in found.whats else None for dm in self.parties))
        for change, outcome in block.run(self.known.append, self.late):
            made = {dm: self.lists[dm][place] for dm, place in zip(self.parties, change, strict=True)}
            whats = {dm: one.what for dm, one in made.items() if one.edits}
            self.found.append(_Found(change, outcome, whats, edits, sum(one.size for one in made.values())))
            block.leave_out(tuple(self._mask(dm, made[dm].what, True) for dm in self.parties))
        return int(np.prod(block.shape))

    def _mask(self, dm: str, what: What, alike: bool) -> Mask:
        """The lists of a decision maker whose edits do just this (`alike`), or that can be made by edits which do this and more."""
        import numpy as np

        key = dm, what, alike
        if key not in self._masks:
            if alike:
                self._masks[key] = np.array([made.what == what for made in self.lists[dm]])
            else:
                self._masks[key] = np.array([any(what <= way for way in made.ways) for made in self.lists[dm]])
        return self._masks[key]

    def _keep_least(self) -> None:
        """Of levers that do the same to the same statements the smallest, which parts of a block can have found apart."""
        least: dict[tuple[tuple[str, What], ...], _Found] = {}
        for found in self.found:
            key = tuple(found.whats.items())
            if key not in least or found.size < least[key].size:
                least[key] = found
        self.found = list(least.values())

    # -- levers --------------------------------------------------------------------------------------------------------
    def result(self) -> PriorityLevers:
        """What was found, as levers."""
        order = {dm: n for n, dm in enumerate(self.parties)}
        found = sorted(self.found, key=lambda one: (one.cost, one.gravest, one.size, [order[dm] for dm in one.whats], one.change))
        levers = tuple(self._lever(one) for one in found)
        least = min([len(self.tried), *(one.cost for one in found)])
        without = tuple(dm for dm in self.parties if not self.original[dm])
        return PriorityLevers(KIND, levers, least, not self.stopped, self.stopped, tuple(self.tried), self.most, without)

    def _lever(self, found: _Found) -> Lever[PriorityShift]:
        edits = tuple(
            edit
            for dm, place in zip(self.parties, found.change, strict=True)
            for edit in self._edits(dm, self.lists[dm][place].edits)
        )  # fmt: skip
        also = self._also(found) if len(edits) == 1 and edits[0].action == "move" else ()
        return Lever(KIND, found.cost, tuple(found.whats), found.outcome.target, PriorityShift(edits, found.outcome, also))

    def _edits(self, dm: str, edits: Sequence[OneEdit]) -> tuple[StatementEdit, ...]:
        """Edits of a list as a claim holds them."""
        statements = (*self.original[dm], *self.given[dm])

        def claimed(edit: OneEdit) -> StatementEdit:
            if edit.action != "add":
                return StatementEdit(dm, edit.action, edit.place, edit.to)
            statement = statements[edit.statement]
            return StatementEdit(dm, "add", edit.place, when=written(statement.when), says=statement.says or "")

        return tuple(map(claimed, edits))

    def _also(self, found: _Found) -> tuple[tuple[int, Outcome], ...]:
        """The further places to which the one statement could be moved in the same direction, with what is so then."""
        ((dm, what),) = found.whats.items()
        from detente.analysis.unlock.priority_blocks import tried

        at, own = self.parties.index(dm), found.change[self.parties.index(dm)]
        edit = self.lists[dm][own].edits[0]
        further = [
            (abs(made.edits[0].to - edit.place), place, made.edits[0].to)
            for place, made in enumerate(self.lists[dm])
            if made.what == what and len(made.edits) == 1 and made.size > edit.size
        ]
        also = []
        for _, place, to in sorted(further):
            change = tuple(place if n == at else 0 for n in range(len(self.parties)))
            outcome = tried(self.trials, change, (found.outcome.target,) if found.outcome.target is not None else ())
            if outcome is not None:
                also.append((to, outcome))
        return tuple(also)
