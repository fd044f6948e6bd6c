"""Which red lines and rules exclude all that would be better for everybody, in a space of any size: all minimal sets, up to a limit.

Each red line and each rule has a literal that says whether it is kept.  A choice of dropped ones that lets something be better for
everybody is made smaller as long as it may be, and all choices that hold it are left out, until none is left (Liffiton and Sakallah
2008).  The sets that exclude everything are the minimal sets that meet each of them (Reiter 1987), where the start crosses no red line;
where it does, every choice is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from detente.analysis.claims.hitting import TooManyError, hitting, least
from detente.analysis.claims.red_lines import Elements
from detente.analysis.claims.ruled_out import can_drop_rules, without
from detente.analysis.large.found import LargeRedLines
from detente.engines.sat.encoding import Encoding
from detente.engines.sat.solver import Clock, Solver
from detente.errors import LimitError
from detente.model.evaluate import evaluator
from detente.model.formula import TRUE, Formula
from detente.model.rule import required
from detente.space.sets import bits_of
from detente.space.states import StateSpace

MOST_SETS = 200
"""Most minimal sets to drop that are looked for."""
MOST_TRIED = 12
"""Most red lines and rules of which every choice is tried, where the start crosses a red line."""


def large_red_lines(
    space: StateSpace,
    start: int,
    *,
    where: Formula = TRUE,
    rules: bool = False,
    most: int = MOST_SETS,
    clock: Clock | None = None,
) -> LargeRedLines:
    """All minimal sets of red lines (and rules) that exclude, and all that restore, what everybody prefers to a state.

    Parameters
    ----------
    space
        The space.
    start
        The state that others are compared with.
    where
        Only states that meet this condition count.
    rules
        Whether rules may go as well.  Where preferences say nothing of what rules exclude, they stay.
    most
        Most sets to drop that are looked for.
    clock
        How long it may take.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)), red_lines=(RedLine(Taken("x")),))
    >>> one = Conflict("one", (a,), (Option("x", "x", ("A",)),))
    >>> found = large_red_lines(StateSpace(one, list_up_to=0), 0)
    >>> found.restoring, found.emptying, found.complete
    ((((('A', 1),), 1),), ((('A', 1),),), True)
    """
    rules = rules and can_drop_rules(space.conflict)
    looking = _Choices(space, start, where, rules, clock)
    restoring: dict[int, int] = {}
    emptying: list[int] = []
    stopped = ""
    try:
        if looking.monotone:
            for dropped, state in looking.corrections():
                restoring[dropped] = state
                if len(restoring) >= most:
                    stopped = "sets"
                    break
            emptying = [] if stopped else hitting(restoring)
        elif len(looking.elements) <= MOST_TRIED:
            emptying, restoring = looking.every_choice()
        else:
            stopped = "size"
    except LimitError:
        stopped = "time"
    except TooManyError:
        stopped = "sets"

    def listed(mask: int) -> Elements:
        return tuple(looking.elements[k] for k in bits_of(mask))

    ordered = sorted(restoring, key=lambda mask: (mask.bit_count(), tuple(bits_of(mask))))
    kept = sorted(emptying, key=lambda mask: (mask.bit_count(), tuple(bits_of(mask))))
    shown = tuple((listed(mask), restoring[mask]) for mask in ordered)
    return LargeRedLines(start, where, rules, shown, tuple(map(listed, kept)), not stopped, stopped)


class _Choices:
    """The question whether something is better for everybody, with a literal for each red line and each rule that says it is kept."""

    def __init__(self, space: StateSpace, start: int, where: Formula, rules: bool, clock: Clock | None) -> None:
        conflict = space.conflict
        self.space, self.start = space, start
        self.solver = Solver(clock)
        self.code = code = Encoding(space, self.solver)
        self.state = code.copy()
        lines = tuple((dm.key, n) for dm in conflict.decision_makers for n, _ in enumerate(dm.red_lines, start=1))
        self.elements: Elements = (*lines, *((None, n) for n, _ in enumerate(conflict.rules, start=1) if rules))
        self.kept = [self.solver.new() for _ in self.elements]
        place = {element: k for k, element in enumerate(self.elements)}
        own = Encoding(space.of(without(conflict, None, frozenset())), self.solver)  # preferences without red lines
        self.solver.add(code.meets(where, self.state))
        self.monotone = True
        for n, rule in enumerate(conflict.rules, start=1):
            condition = required(rule)
            if condition is not None:
                self.solver.add(*([-self.kept[place[None, n]]] if rules else []), code.meets(condition, self.state))
        for dm in conflict.decision_makers:
            kept = [(self.kept[place[dm.key, n]], line.never) for n, line in enumerate(dm.red_lines, start=1)]
            crossed = [mark for mark, never in kept if evaluator(never, conflict.option_index)(start)]
            self.monotone = self.monotone and not crossed
            accepts = code.every(-code.every((mark, code.meets(never, self.state))) for mark, never in kept)
            before = code.every(-mark for mark in crossed)
            gains = own.prefers(dm.key, self.state, own.known(start))
            self.solver.add(code.some((code.every((accepts, -before)), code.every((code.same(accepts, before), gains)))))

    def corrections(self) -> Iterator[tuple[int, int]]:
        """All minimal sets to drop, as bit masks, each with a combination that is then better for everybody."""
        given = self.solver.new()
        while self.solver.solve(given):
            keep = self._respected()
            state = self.code.read(self.state)
            for k, mark in enumerate(self.kept):
                if not keep >> k & 1 and self.solver.solve(mark, *(self.kept[j] for j in bits_of(keep))):
                    keep |= self._respected() | 1 << k
                    state = self.code.read(self.state)
            dropped = ((1 << len(self.kept)) - 1) & ~keep
            self.solver.add(-given, *(self.kept[k] for k in bits_of(dropped)))
            yield dropped, state

    def _respected(self) -> int:
        return sum(1 << k for k, mark in enumerate(self.kept) if self.solver.value(mark))

    def _better(self, kept: int) -> int | None:
        """A combination better for everybody with just these kept."""
        chosen = [mark if kept >> k & 1 else -mark for k, mark in enumerate(self.kept)]
        return self.code.read(self.state) if self.solver.solve_under(chosen) else None

    def every_choice(self) -> tuple[list[int], dict[int, int]]:
        """Both kinds of minimal sets, by trying every choice."""
        every, emptying, restoring = (1 << len(self.elements)) - 1, list[int](), dict[int, int]()
        for size in range(len(self.elements) + 1):
            for chosen in (sum(1 << k for k in some) for some in combinations(range(len(self.elements)), size)):
                if not any(small & chosen == small for small in emptying) and self._better(chosen) is None:
                    emptying.append(chosen)
                if not any(small & chosen == small for small in restoring) and (state := self._better(every & ~chosen)) is not None:
                    restoring[chosen] = state
        return list(least(emptying)), restoring
