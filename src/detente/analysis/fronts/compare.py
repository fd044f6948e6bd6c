"""Does what is concluded of a conflict change when fronts are left out: the conclusions for each set of fronts, and which sets are enough.

To leave a front out is to hold its options as they stand and to take its decision makers out of the model (see `detente.model.narrowed`).
A set of fronts is *enough* if with these fronts, and no others, in the model every conclusion is the same as with all of them.  Enough
is not monotone: a further front may change a conclusion, and another one change it back; so all sets are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from detente.analysis.deadlock.base import CONCEPTS
from detente.analysis.fronts.found import Asked, Compared, Fronts, FrontSet, Headline, Value, in_order
from detente.analysis.fronts.headline import LISTED, LISTED_AT_ALL, asked_of, headline
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.model.conflict import Conflict
from detente.model.formula import Formula, options_in
from detente.model.narrowed import Narrowed, leave_out
from detente.model.rule import Merged
from detente.space.states import StateSpace

MAX_ALL = 8
"""Most fronts of which every set is looked at; of more, the sets that have or lack at most one."""
MOST_HINTS = 16
"""Most states that are carried from smaller sets to larger ones."""


def compare_fronts(
    conflict: Conflict,
    profile: Mapping[str, str],
    *,
    wheres: Sequence[Formula] = (),
    concepts: Sequence[str] = CONCEPTS,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
    list_up_to: int = LISTED,
) -> Compared:
    """The conclusions on the status quo for each set of fronts in the model.

    Parameters
    ----------
    conflict
        The conflict, with fronts and a status quo that can occur.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    wheres
        Conditions: is anything that meets them better for everybody?  They speak of no option that a front holds.
    concepts
        The keys of the concepts under which it is asked whether the status quo holds.
    seconds
        How long all may take, about; None for no limit.  What is not settled by then stays open.
    progress
        Told what is worked on.
    list_up_to
        Most options of a conflict whose states are listed, where states are not merged.

    Raises
    ------
    EditError
        M135 if no front can be left out.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.front import Front
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = [OptionPrioritization((Statement(when),)) for when in (Not(Taken("y")), Taken("y"))]
    >>> parties = (DecisionMaker("A", "A", wants[0]), DecisionMaker("B", "B", wants[1]))
    >>> options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)))
    >>> two = Conflict("two", parties, options, status_quo=frozenset(), fronts=(Front("North", "the north", (), ("B",)),))
    >>> found = compare_fronts(two, {"A": "SEQ", "B": "SEQ"}, concepts=("SEQ",))
    >>> [(sorted(one.fronts), found.same(one)) for one in found.sets]
    [([], False), (['North'], True)]
    """
    comparison = _Comparison(conflict, profile, asked_of(wheres, concepts), seconds, list_up_to)
    keys = [front.key for front in conflict.fronts]
    order = _sets(keys)
    growing = [kept for kept in (frozenset(keys[:count]) for count in range(len(keys) + 1)) if kept in order]
    for place, kept in enumerate([*growing, *(kept for kept in order if kept not in growing)]):
        (progress or (lambda _: None))(f"set {place + 1} of {len(order)} sets of fronts")
        comparison.add(kept, len(order) - place)
    found = tuple(comparison.found[kept] for kept in order)
    return Compared(conflict, dict(profile), comparison.asked, found, len(keys) <= MAX_ALL)


class _Comparison:
    """The conclusions for one set of fronts after the other; states that hold are carried from each to the next.

    Once all fronts were looked at, only what was settled for them is asked of the sets that follow.
    """

    def __init__(
        self, conflict: Conflict, profile: Mapping[str, str], asked: tuple[Asked, ...], seconds: float | None, list_up_to: int
    ) -> None:
        self.conflict, self.profile, self.asked, self.list_up_to = conflict, profile, asked, list_up_to
        self.clock = Clock(seconds)
        self.hints: list[frozenset[str]] = []
        self.found: dict[Fronts, FrontSet] = {}
        self.settled = asked

    def add(self, kept: Fronts, to_come: int) -> None:
        """Look at the set with these fronts; so many sets are left, with this one."""
        narrowed = leave_out(self.conflict, [front.key for front in self.conflict.fronts if front.key not in kept])
        unknown: dict[Asked, Value | None] = dict.fromkeys(self.asked)
        allowed = self.allowed(to_come, whole=not narrowed.fronts)
        if allowed is not None and allowed <= 0:
            self.found[kept] = FrontSet(kept, narrowed, None, unknown, "time")
            return
        try:
            one = self.headline(narrowed, allowed)
        except LimitError as problem:
            self.found[kept] = FrontSet(kept, narrowed, None, unknown, problem.diagnostics[0].code)
            return
        answers = {asked: _placed(value, narrowed) for asked, value in one.answers.items()}
        self.found[kept] = FrontSet(kept, narrowed, one, unknown | answers)
        if not narrowed.fronts:
            self.settled = tuple(asked for asked in self.asked if answers.get(asked) is not None)

    def headline(self, narrowed: Narrowed, allowed: float | None) -> Headline:
        """The conclusions on a narrower conflict."""
        narrow = narrowed.conflict
        mine = {dm.key: self.profile[dm.key] for dm in narrow.decision_makers}
        merged = any(isinstance(rule, Merged) for rule in narrow.rules)
        space = StateSpace(narrow, LISTED_AT_ALL if merged else self.list_up_to)
        states = [narrow.combination(taken.difference(narrowed.held)) for taken in self.hints]
        found = headline(space, mine, self.settled, allowed, [state for state in states if space.is_feasible(state)])
        fixed = frozenset(key for key, taken in narrowed.held.items() if taken)
        held = [narrow.taken(state) | fixed for state in found.held[:4]]
        self.hints = list(dict.fromkeys([*held, *self.hints]))[:MOST_HINTS]
        return found

    def allowed(self, to_come: int, whole: bool) -> float | None:
        """Seconds for the next set, with so many sets to come; more for all fronts, which the others are compared with."""
        if self.clock.seconds is None:
            return None
        left = self.clock.seconds - self.clock.spent
        return max(left, 0.0) / 3 if whole else max(left / to_come * 3, min(left, 1.0))


def conditions_apart(conflict: Conflict, wheres: Sequence[Formula]) -> tuple[Formula, ...]:
    """The conditions, of several, that speak of no option which a front would hold, each once.

    >>> from detente.cases import load
    >>> conditions_apart(load("elmira"), ())
    ()
    """
    held = set(leave_out(conflict, [front.key for front in conflict.fronts]).held)
    return tuple(dict.fromkeys(where for where in wheres if held.isdisjoint(options_in(where))))


def _sets(keys: Sequence[str]) -> list[Fronts]:
    """The sets of fronts to look at, those with fewer fronts first."""
    sizes = range(len(keys) + 1) if len(keys) <= MAX_ALL else (0, 1, len(keys) - 1, len(keys))
    return [frozenset(chosen) for size in sizes for chosen in combinations(keys, size)]


def _placed(value: Value | None, narrowed: Narrowed) -> Value | None:
    """A value in which red lines have the places that they have in the wider conflict."""
    if not isinstance(value, frozenset):
        return value
    return in_order(tuple((str(dm), narrowed.red_lines[str(dm), place]) for dm, place in elements) for elements in value)
