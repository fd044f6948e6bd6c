"""What is concluded of a conflict as it is written and as its viewpoints have it, and which single elements make the difference.

A viewpoint changes preferences, red lines, what is known of pairs of states, attitudes and what is perceived; options, rules and the
status quo stay, so that conclusions can be compared one by one.  Where a viewpoint gives another conclusion than the file, each element in
which it differs is tried by itself on both sides: put into the file's conflict as the viewpoint has it, and put into the viewpoint as the
file has it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from detente.analysis.viewpoints.conclude import concluded, topics_of
from detente.analysis.viewpoints.found import Compared, Concluded, Topic, Trial, View
from detente.engines.sat.solver import Clock
from detente.errors import LimitError
from detente.model.conflict import Conflict
from detente.model.correction import Correction, corrections, seen_after
from detente.model.formula import Formula
from detente.model.viewpoint import seen_from


def compare_viewpoints(
    conflict: Conflict,
    profile: Mapping[str, str],
    *,
    viewpoints: Sequence[str] | None = None,
    wheres: Sequence[Formula] = (),
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Compared:
    """The conclusions on a conflict as it is written and as viewpoints have it, with the single elements that were tried.

    Parameters
    ----------
    conflict
        The conflict with its viewpoints, and a status quo that can occur.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour; the same in every viewpoint.
    viewpoints
        Keys of the viewpoints to compare; all by default.
    wheres
        Conditions: is anything that meets them better for everybody?
    seconds
        How long all may take, about; None for no limit.  What is not looked at by then stays open.
    progress
        Told what is worked on.

    Raises
    ------
    UsageError
        U470 if there is no such viewpoint.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.preference import Statement
    >>> from detente.model.viewpoint import Altered, Viewpoint
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = [OptionPrioritization((Statement(when),)) for when in (Not(Taken("x")), Taken("x"))]
    >>> seen = Viewpoint("v", "v", parties=(Altered("A", wants[1]),))
    >>> one = Conflict("one", (DecisionMaker("A", "A", wants[0]),), (Option("x", "x", ("A",)),), status_quo=frozenset(), viewpoints=(seen,))
    >>> found = compare_viewpoints(one, {"A": "SEQ"})
    >>> holds = Topic("holds", concept="SEQ")
    >>> found.same(holds), [found.effect(trial, holds) for trial in found.trials]
    (False, ['needed', 'needed'])
    """
    keys = [seen.key for seen in conflict.viewpoints] if viewpoints is None else list(dict.fromkeys(viewpoints))
    topics = topics_of(conflict, profile, wheres)
    comparison = _Comparison(profile, topics, seconds, progress or (lambda _: None))
    bare = replace(conflict, viewpoints=(), guesses=())
    wanted = [(None, bare, ()), *((key, seen_from(conflict, key), corrections(conflict, key)) for key in keys)]
    views = tuple(comparison.view(key, seen, differs, len(wanted) - place) for place, (key, seen, differs) in enumerate(wanted))
    found = Compared(conflict, dict(profile), topics, views, ())
    tried = [(view, one) for view in views[1:] if found.disputed(view) for one in view.differs]
    trials = []
    for place, (view, one) in enumerate(tried):
        comparison.progress(f"element {place + 1} of {len(tried)} that viewpoints have otherwise")
        trials.append(comparison.trial(conflict, view, one, 2 * (len(tried) - place)))
    return replace(found, trials=tuple(trials))


class _Comparison:
    """Asks one conflict after the other, as long as there is time."""

    def __init__(
        self, profile: Mapping[str, str], topics: tuple[Topic, ...], seconds: float | None, progress: Callable[[str], None]
    ) -> None:
        self.profile, self.topics, self.progress = profile, topics, progress
        self.clock = Clock(seconds)

    def view(self, key: str | None, conflict: Conflict, differs: tuple[Correction, ...], to_come: int) -> View:
        """The conflict as it is written or as a viewpoint has it; so many are left, with this one."""
        self.progress("the conflict as the file writes it" if key is None else f"the viewpoint {key}")
        found = self.asked(conflict, to_come)
        return View(key, conflict, None, differs, found) if isinstance(found, str) else View(key, conflict, found, differs)

    def trial(self, conflict: Conflict, view: View, one: Correction, to_come: int) -> Trial:
        """A single element of a viewpoint, tried on both sides."""
        assert view.key is not None
        others = [each for each in view.differs if each != one]
        sides = [self.asked(seen_after(conflict, view.key, put), to_come) for put in (others, [one])]
        alone, without = (None if isinstance(side, str) else side for side in sides)
        return Trial(view.key, one, alone, without)

    def asked(self, conflict: Conflict, to_come: int) -> Concluded | str:
        """What is concluded of a conflict, or the code of what kept it from being looked at."""
        allowed = None
        if self.clock.seconds is not None:
            left = self.clock.seconds - self.clock.spent
            if left <= 0:
                return "time"
            allowed = max(left / to_come * 2, min(left, 1.0))
        try:
            return concluded(conflict, self.profile, self.topics, allowed)
        except LimitError as problem:
            return problem.diagnostics[0].code
