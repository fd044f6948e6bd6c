"""A sweep: over all completions of a conflict, in which share each conclusion holds.

Each conclusion is counted exactly where its cases are few enough and the time suffices; otherwise completions are drawn by chance, and the
shares have intervals.  What is said of a share always tells how many completions it covers, and in which of these ways.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod
from time import monotonic

import numpy as np

from detente.analysis.sweep.afresh import Afresh, alone
from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.cases import Cases
from detente.analysis.sweep.counting import cases_of
from detente.analysis.sweep.draw import drawn
from detente.analysis.sweep.drawing import coded, valued
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.spread import Counted, Drawn, Spread
from detente.analysis.sweep.tally import Swept, Tally, intervals
from detente.analysis.sweep.tree import MAX_LEAVES
from detente.errors import Cannot, LimitError, UsageError
from detente.model.conflict import Conflict

DRAWS = 10_000
"""Completions that are drawn where a conclusion can't be counted."""
QUICK = ("holds", "stays", "gain", "type")
"""Kinds of conclusions that are drawn apart from the others, which may take long for each completion."""
PATIENT = 10.0
"""How long the first completions that are drawn may take, in seconds, before fewer are."""
AFRESH = 400
"""Most completions that are drawn where each has to be analysed by itself."""
LEAST_AFRESH = 20
"""Fewest of these, however little time there is."""
SECONDS = 60.0
"""How long counting may take, about, and then drawing."""
SLOWER, LEAST = 10.0, 0.05
"""How much longer than in the first frame a conclusion may take in any other; what it is taken to have taken at least, in seconds."""
FIRST = 300
"""Completions that are drawn before the clock is looked at."""

_DRAWN = {"S351", "S352", "U500"}
"""Reasons for which completions are drawn and asked many at once; for any other each is analysed by itself."""


class _TimeOverError(Exception):
    """The time for a count is over."""


def sweep(
    conflict: Conflict,
    profile: Mapping[str, str],
    subjects: Sequence[Subject],
    *,
    draws: int = DRAWS,
    seed: int = 1,
    level: float = 0.95,
    most: int = MAX_LEAVES,
    seconds: float | None = SECONDS,
    progress: Callable[[str], None] | None = None,
) -> Swept:
    """In which share of all completions of a conflict each of some conclusions holds.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    subjects
        The conclusions.
    draws
        How many completions are drawn by chance where a conclusion can't be counted.
    seed
        What the draws depend on: the same seed gives the same draws.
    level
        The chance, at least, with which all intervals together cover the true shares.
    most
        Most cases into which a conclusion may fall, in each frame, and still be counted.
    seconds
        How long the counts may take together, and the draws again, about; None for no limit.  Which conclusions are counted may so depend
        on the speed of the machine; what is said of a conclusion that is counted does not.
    progress
        Told what is worked on.

    Raises
    ------
    UsageError
        U503 if the draws are not positive, or the level is not between 0 and 1.
    Cannot
        A conclusion is had neither from many completions at once nor from the analysis of a single one.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.model.opened import opened
    >>> lake = load("shared-lake")
    >>> lake = replace(lake, guesses=opened(lake, lambda path, basis: True))
    >>> found = sweep(lake, {dm.key: "SEQ" for dm in lake.decision_makers}, [Subject("holds"), Subject("gain")])
    >>> found.count, [tally.shares for tally in found.tallies]
    (16, [{False: Fraction(11, 16), True: Fraction(5, 16)}, {False: Fraction(15, 16), True: Fraction(1, 16)}])
    """
    if draws < 1 or not 0 < level < 1:
        message = f"{draws} draws at a level of {level}: a sweep takes at least one draw, and a level between 0 and 1"
        value = str(draws if draws < 1 else level)
        raise UsageError.of("U503", message, value=value, help="ask for more draws, or for a level such as 0.95")
    run = _Run(conflict, dict(profile), tuple(dict.fromkeys(subjects)), draws, seed, most, seconds, progress or (lambda _: None))
    run.count()
    run.draw()
    run.analyse()
    count = prod(len(guess.alternatives) for guess in conflict.guesses)
    found = Swept(conflict, run.profile, tuple(run.tallies[subject] for subject in run.subjects), count, seed, level)
    return replace(found, tallies=intervals(found))


@dataclass
class _Run:
    """What a sweep is asked, and what it has found so far; `why` says of what can't be counted why not."""

    conflict: Conflict
    profile: dict[str, str]
    subjects: tuple[Subject, ...]
    draws: int
    seed: int
    most: int
    seconds: float | None
    say: Callable[[str], None]
    tallies: dict[Subject, Tally] = field(default_factory=dict)
    why: dict[Subject, str] = field(default_factory=dict)

    @cached_property
    def weighed(self) -> bool:
        return any(guess.is_weighted for guess in self.conflict.guesses)

    # -- exactly ---------------------------------------------------------------------------------------------------
    def count(self) -> None:
        """Count what can be counted."""
        try:
            whole = Open(self.conflict)
        except LimitError as limit:
            self.why = dict.fromkeys(self.subjects, limit.diagnostics[0].code)
            return
        found: dict[Subject, list[Cases]] = {subject: [] for subject in self.subjects}
        end, frames, took = self._end(), whole.whole.count, dict[Subject, float]()
        for frame in whole.frames():
            if len(self.why) == len(self.subjects):
                break
            play = Play(frame)
            for place, subject in enumerate(self.subjects):
                if subject in self.why:
                    continue
                began = monotonic()
                if end is not None and began > end:
                    self.why[subject] = "U500"
                    continue
                self.say(f"counting {subject.kind}, frame {frame.number + 1} of {frames}")
                share = len(self.subjects) - place if frames == 1 else 2 * (len(self.subjects) - place)
                until = None if end is None else min(end, began + (took[subject] * SLOWER if took.get(subject) else (end - began) / share))
                try:
                    found[subject].append(cases_of(Question(subject, play, self.profile), self.most, _ticking(until)))
                except _TimeOverError:
                    self.why[subject] = "U500"
                except (Cannot, LimitError) as refused:
                    self.why[subject] = refused.diagnostics[0].code
                took.setdefault(subject, max(monotonic() - began, LEAST))
            if frame.number == 0 and end is not None:
                self._affordable(took, frames - 1, end - monotonic())
        for subject, cases in found.items():
            if subject not in self.why:
                self._counted(subject, Counted(whole, subject, cases))

    def _affordable(self, took: Mapping[Subject, float], frames: int, left: float) -> None:
        """Give up what can't be counted in the time that is left, by what it took in the first frame; the quickest are kept."""
        for subject in sorted((one for one in took if one not in self.why), key=lambda one: took[one]):
            left -= took[subject] * frames
            if left < 0:
                self.why[subject] = "U500"

    def _counted(self, subject: Subject, spread: Counted) -> None:
        written = spread.shares({guess.key: 0 for guess in self.conflict.guesses})
        self.tallies[subject] = Tally(subject, spread, next(iter(written)), self.weighed, sum(spread.amounts().values()))

    def _end(self) -> float | None:
        return None if self.seconds is None else monotonic() + self.seconds

    # -- drawn -----------------------------------------------------------------------------------------------------
    def draw(self) -> None:
        """Draw completions for what can't be counted, and ask them many at once."""
        subjects = [subject for subject in self.subjects if self.why.get(subject) in _DRAWN]
        if not subjects:
            return
        quick = [subject for subject in subjects if subject.kind in QUICK]
        for some in (quick, [subject for subject in subjects if subject not in quick]):
            self._draw(some)

    def _draw(self, subjects: Sequence[Subject]) -> None:
        """Draw completions for some conclusions, all the same ones."""
        self.say("drawing completions")
        try:
            for subject, values in (self._drawn(subjects, self.seconds) if subjects else {}).items():
                self._keep(subject, self._spread(subject, values))
        except (Cannot, LimitError):
            for place, subject in enumerate(subjects):
                self.say(f"drawing {subject.kind}")
                seconds = None if self.seconds is None else self.seconds / len(subjects[place:])
                try:
                    self._keep(subject, self._spread(subject, self._drawn([subject], seconds)[subject]))
                except (Cannot, LimitError) as refused:
                    self.why[subject] = refused.diagnostics[0].code

    def _drawn(self, subjects: Sequence[Subject], seconds: float | None) -> dict[Subject, list[object]]:
        """Conclusions in drawn completions, the one as written before them; the more of them the longer it may take."""
        until = None if seconds is None else monotonic() + seconds
        ends = [self.draws] if until is None else sorted({*(FIRST << k for k in range(64) if FIRST << k < self.draws), self.draws})
        written = valued(self.conflict, self.profile, subjects, np.zeros((1, len(self.conflict.guesses)), dtype=np.uint16))
        values: dict[Subject, list[object]] = {subject: [written[subject].kinds[0]] for subject in subjects}
        start = 0
        patient = None if until is None else max(until, monotonic() + PATIENT)
        for end in ends:
            numbers = drawn(self.conflict.guesses, self.seed, start, end)
            try:
                found = valued(self.conflict, self.profile, subjects, numbers, _ticking(until if start else patient))
            except _TimeOverError:
                if start:
                    break
                end = min(end, LEAST_AFRESH)
                found = valued(self.conflict, self.profile, subjects, numbers[:end])
            for subject in subjects:
                values[subject] += [found[subject].kinds[code] for code in found[subject].codes]
            start = end
            if until is not None and monotonic() > until:
                break
        return values

    def _spread(self, subject: Subject, values: Sequence[object]) -> Drawn:
        """The first of the values is that of the conflict as it is written; the others are those of the first draws."""
        self._written[subject] = values[0]
        made = coded(values[1:])
        numbers = drawn(self.conflict.guesses, self.seed, 0, len(values) - 1)
        return Drawn(subject, [guess.key for guess in self.conflict.guesses], numbers, made.codes, made.kinds)

    @cached_property
    def _written(self) -> dict[Subject, object]:
        return {}

    def _keep(self, subject: Subject, spread: Spread) -> None:
        assert isinstance(spread, Drawn)
        self.tallies[subject] = Tally(subject, spread, self._written[subject], self.weighed, spread.drawn, self.why[subject])

    # -- one by one ------------------------------------------------------------------------------------------------
    def analyse(self) -> None:
        """Draw completions for what can't be asked of many at once, and analyse each by itself."""
        subjects = [subject for subject in self.subjects if subject not in self.tallies]
        if not subjects:
            return
        end, guesses = self._end(), self.conflict.guesses
        numbers = drawn(guesses, self.seed, 0, min(self.draws, AFRESH))
        values: dict[Subject, list[object]] = {subject: [] for subject in subjects}
        for place, row in enumerate([[0] * len(guesses), *numbers.tolist()]):
            self.say(f"analysing completion {place} of {len(numbers)}")
            if end is not None and place > LEAST_AFRESH and monotonic() > end:
                break
            chosen = {guess.key: number for guess, number in zip(guesses, row, strict=True)}
            one = Afresh(alone(self.conflict, chosen), self.profile, subjects)
            for subject in subjects:
                values[subject].append(one.value(subject)[0])
        for subject in subjects:
            self._keep(subject, self._spread(subject, values[subject]))


def _ticking(until: float | None) -> Callable[[], None]:
    """Something to be called now and then, which raises once the time is over."""

    def tick() -> None:
        if until is not None and monotonic() > until:
            raise _TimeOverError

    return tick
