"""A sweep: over all completions of a conflict, in which share each conclusion holds.

Each conclusion is counted exactly where its cases are few enough and the time suffices; otherwise completions are drawn by chance, and the
shares have intervals.  What is said of a share always tells how many completions it covers, and in which of these ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from time import monotonic

import numpy as np

from detente.analysis.sweep.afresh import Afresh, alone, is_had
from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.cases import Cases
from detente.analysis.sweep.counting import cases_of
from detente.analysis.sweep.draw import drawn, how_many
from detente.analysis.sweep.drawing import Drawing, coded, valued
from detente.analysis.sweep.frame import Frame, Open
from detente.analysis.sweep.listing import Place, every, listed
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.spread import Counted, Drawn
from detente.analysis.sweep.tally import Swept, Tally, intervals
from detente.analysis.sweep.tree import MAX_LEAVES, Value
from detente.errors import Cannot, LimitError, UsageError
from detente.model.conflict import Conflict

DRAWS = 10_000
"""Completions that are drawn where a conclusion can't be counted."""
TOGETHER = (("holds", "stays"), ("gain",), ("red lines",), ("lever", "cheapest"), ("type",), ("kept gain",))
"""Kinds of conclusions on the status quo that are worked out together, since they ask much the same."""
FIRST_OF_ALL = 3
"""How many times as long as all is to take the count may take of whether the start holds: if it took longer, little else would be told."""
KEPT = 64
"""Most frames that are kept from one conclusion to the next."""
SAMPLED = (8, 16, 32)
"""After so many frames it is seen whether a count would take too long."""
SLOW = 8
"""So many times as long as it has on average a frame may take; the first one half of all, because of what all frames share."""
LEAST = 10
"""Fewest completions that are drawn, however little time there is."""
AFRESH = 400
"""Most completions that are analysed each by itself."""
LEAST_AFRESH = 20
"""Fewest of these, however little time there is."""
SECONDS = 60.0
"""How long counting may take, about, and then drawing."""
FIRST = 100
"""Completions that are drawn then at least, if the time suffices; as many more as it does."""

_DRAWN = {"S351", "S352", "U500"}
"""Reasons for which completions are drawn and asked many at once; for any other each is analysed by itself."""
EASY = ("holds", "stays", "gain")
"""Kinds of conclusions that are soon asked of many completions at once; for others the first ones take so long that a whole analysis of
each is sooner done, if time is limited."""


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
    so_far: Callable[[Swept], None] | None = None,
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
    so_far
        Told, each time that more conclusions are counted, what was counted so far.

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
    run = _Run(conflict, dict(profile), tuple(dict.fromkeys(subjects)), draws, seed, level, most, seconds, progress or (lambda _: None))
    run.count(so_far or (lambda _: None))
    run.draw()
    run.analyse()
    found = run.found()
    return replace(found, tallies=intervals(found))


@dataclass
class _Run:
    """What a sweep is asked, and what it has found so far; `why` says of what can't be counted why not."""

    conflict: Conflict
    profile: dict[str, str]
    subjects: tuple[Subject, ...]
    draws: int
    seed: int
    level: float
    most: int
    seconds: float | None
    say: Callable[[str], None]
    tallies: dict[Subject, Tally] = field(default_factory=dict)
    why: dict[Subject, str] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)

    @cached_property
    def weighed(self) -> bool:
        return any(guess.is_weighted for guess in self.conflict.guesses)

    def found(self) -> Swept:
        """What is known so far, in the order in which it was asked."""
        known = tuple(self.tallies[subject] for subject in self.subjects if subject in self.tallies)
        return Swept(self.conflict, self.profile, known, how_many(self.conflict.guesses), self.seed, self.level)

    # -- exactly ---------------------------------------------------------------------------------------------------
    def count(self, so_far: Callable[[Swept], None]) -> None:
        """Count what can be counted; `so_far` is told of it step by step."""
        try:
            whole = Open(self.conflict)
        except LimitError as limit:
            self.why = dict.fromkeys(self.subjects, limit.diagnostics[0].code)
            return
        frames = [whole.frame(number) for number in range(whole.whole.count)] if whole.whole.count <= KEPT else None
        self.frames = frames or []
        for frame in self.frames:
            self.say(f"ordering the states, frame {frame.number + 1} of {whole.whole.count}")
            assert frame.orders
        end, passes = self._end(), _passes(self.subjects)
        for place, subjects in enumerate(passes):
            now = monotonic()
            until = end
            if end is not None and place == 0:  # whether the start holds comes before all else, and has time of its own
                until = now + FIRST_OF_ALL * (end - now)
            elif end is not None and place < len(passes) - 1:
                until = now + (end - now) / 2
            found = self._cases(whole.frames() if frames is None else frames, whole.whole.count, subjects, until)
            for subject in subjects:
                if subject not in self.why:
                    self._counted(subject, Counted(whole, subject, found[subject]))
            if any(subject in self.tallies for subject in subjects):
                so_far(self.found())
            end = end if place else self._end()

    def _cases(self, frames: Iterable[Frame], count: int, subjects: Sequence[Subject], until: float | None) -> dict[Subject, list[Cases]]:
        """The cases of some conclusions in all of some frames (`count` of them), those left out that can't be had until then (`why`)."""
        found: dict[Subject, list[Cases]] = {subject: [] for subject in subjects}
        ends = list[float]()
        for done, frame in enumerate(frames):
            latest = monotonic()
            ends.append(latest)
            half = done // 2  # the mean of the second half: the first frames pay for what all share
            if until is not None and done in SAMPLED and latest + (latest - ends[half]) / (done - half) * (count - done) > until:
                self.why.update((subject, "U500") for subject in subjects if subject not in self.why)
            end = None if until is None else latest + (until - latest) * (min(1, SLOW / (count - done)) if done else 1 / 2)
            left = [subject for subject in subjects if subject not in self.why]
            if not left:
                break
            play = Play(frame)
            for subject in left:
                self.say(f"counting {subject.kind}, frame {frame.number + 1} of {count}")
                try:
                    found[subject].append(cases_of(Question(subject, play, self.profile), self.most, _ticking(end)))
                except _TimeOverError:
                    self.why[subject] = "U500"
                except (Cannot, LimitError) as refused:
                    self.why[subject] = refused.diagnostics[0].code
            for orders in frame.orders.values():
                orders.forget()
        return found

    def _counted(self, subject: Subject, spread: Counted, *, by_itself: bool = False) -> None:
        written = next(iter(spread.shares({guess.key: 0 for guess in self.conflict.guesses})))
        self.tallies[subject] = Tally(subject, spread, written, self.weighed, sum(spread.amounts().values()), by_itself=by_itself)

    def _end(self) -> float | None:
        return None if self.seconds is None else monotonic() + self.seconds

    # -- drawn -----------------------------------------------------------------------------------------------------
    def draw(self) -> None:
        """Draw completions for what can't be counted, and ask them many at once."""
        if self.seconds is not None:
            self._analyse([subject for subject in self.subjects if self.why.get(subject) == "U500" and _is_hard(subject)])
        subjects = [subject for subject in self.subjects if self.why.get(subject) in _DRAWN and subject not in self.tallies]
        if not subjects:
            return
        passes, end = _passes(subjects), self._end()
        for place, some in enumerate(passes):
            self._draw(some, None if end is None else max(0.0, end - monotonic()) / (len(passes) - place))

    def _draw(self, subjects: Sequence[Subject], seconds: float | None) -> None:
        """Draw completions for some conclusions, all the same ones."""
        self.say(f"drawing completions for {subjects[0].kind}")
        try:
            for subject, values in self._drawn(subjects, seconds).items():
                self._keep(subject, self._spread(subject, values))
        except (Cannot, LimitError):
            for place, subject in enumerate(subjects):
                self.say(f"drawing {subject.kind}")
                each = None if seconds is None else seconds / len(subjects[place:])
                try:
                    self._keep(subject, self._spread(subject, self._drawn([subject], each)[subject]))
                except (Cannot, LimitError) as refused:
                    self.why[subject] = refused.diagnostics[0].code

    def _drawn(self, subjects: Sequence[Subject], seconds: float | None) -> dict[Subject, list[object]]:
        """Conclusions in drawn completions, the one as written before them; the more of them the longer it may take."""
        until = None if seconds is None else monotonic() + seconds
        written = valued(self._drawing, self.profile, subjects, np.zeros((1, len(self.conflict.guesses)), dtype=np.uint16))
        values: dict[Subject, list[object]] = {subject: [written[subject].kinds[0]] for subject in subjects}
        start, end = 0, self.draws if until is None else min(LEAST, self.draws)
        while start < end:
            began, numbers = monotonic(), drawn(self.conflict.guesses, self.seed, start, end)
            try:
                found = valued(self._drawing, self.profile, subjects, numbers, _ticking(until if start else None))
            except _TimeOverError:
                break
            for subject in subjects:
                values[subject] += [found[subject].kinds[code] for code in found[subject].codes]
            took, last, start = monotonic() - began, end - start, end
            left = inf if until is None else until - monotonic()
            end = next((more for more in self._more(start) if took * self._harder(last, more - start) < left), start)
        return values

    def _more(self, done: int) -> list[int]:
        """How many completions may be drawn in all, after so many: rather many at once, since much is worked out once for each frame."""
        base = max(done, FIRST)
        return sorted({min(self.draws, base * times) for times in (1, 2, 4, 16, 64) if base * times > done}, reverse=True)

    def _harder(self, last: int, more: int) -> float:
        """About how many times as long more draws take than the last ones, which came to fewer frames, and had them made."""
        frames, times = max(1, len(self.frames)), more / last
        return float(max(1.0, times**0.25) * min(frames, more) / min(frames, last))

    def _spread(self, subject: Subject, values: Sequence[object]) -> Drawn:
        """The first of the values is that of the conflict as it is written; the others are those of the first draws."""
        self._written[subject] = values[0]
        made = coded(values[1:])
        numbers = drawn(self.conflict.guesses, self.seed, 0, len(values) - 1)
        return Drawn(subject, [guess.key for guess in self.conflict.guesses], numbers, made.codes, made.kinds)

    @cached_property
    def _drawing(self) -> Drawing:
        return Drawing(self.conflict, self.frames)

    @cached_property
    def _written(self) -> dict[Subject, object]:
        return {}

    def _keep(self, subject: Subject, spread: Drawn, *, by_itself: bool = False) -> None:
        found = Tally(subject, spread, self._written[subject], self.weighed, spread.drawn, self.why[subject], by_itself=by_itself)
        self.tallies[subject] = found

    # -- one by one ------------------------------------------------------------------------------------------------
    def analyse(self) -> None:
        """Draw completions for what can't be asked of many at once, and analyse each by itself."""
        self._analyse([subject for subject in self.subjects if subject not in self.tallies])

    def _analyse(self, subjects: Sequence[Subject]) -> None:
        """Analyse completions each by itself, for all of these conclusions together: all where they are few, else some drawn.

        What can't be analysed so and is asked of many at once is left to that.
        """
        if not subjects:
            return
        try:
            if not self._listed(subjects):
                self._drawn_alone(subjects)
        except Cannot:
            if not all(self.why[subject] in _DRAWN for subject in subjects):
                raise

    def _listed(self, subjects: Sequence[Subject]) -> bool:
        """Analyse every completion by itself; False where they are many, or it would take too long."""
        count = how_many(self.conflict.guesses)
        if count > AFRESH:
            return False
        whole, began = Open(self.conflict), monotonic()
        values: dict[Subject, dict[Place, Value]] = {subject: {} for subject in subjects}
        for done, (place, chosen) in enumerate(every(whole)):
            self.say(f"analysing completion {done + 1} of {count}")
            if self.seconds is not None and done == LEAST_AFRESH and (monotonic() - began) / done * count > self.seconds:
                return False
            for subject, value in self._alone(chosen, subjects):
                values[subject][place] = value
        for subject in subjects:
            self._counted(subject, listed(whole, subject, values[subject]), by_itself=True)
        return True

    def _drawn_alone(self, subjects: Sequence[Subject]) -> None:
        """Draw completions and analyse each by itself."""
        end, guesses = self._end(), self.conflict.guesses
        numbers = drawn(guesses, self.seed, 0, min(self.draws, AFRESH))
        values: dict[Subject, list[object]] = {subject: [] for subject in subjects}
        for place, row in enumerate([[0] * len(guesses), *numbers.tolist()]):
            self.say(f"analysing completion {place} of {len(numbers)}")
            if end is not None and place > LEAST_AFRESH and monotonic() > end:
                break
            chosen = {guess.key: number for guess, number in zip(guesses, row, strict=True)}
            for subject, value in self._alone(chosen, subjects):
                values[subject].append(value)
        for subject in subjects:
            self._keep(subject, self._spread(subject, values[subject]), by_itself=True)

    def _alone(self, chosen: Mapping[str, int], subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Value]]:
        """The value of each conclusion in one completion, from a whole analysis of it."""
        one = Afresh(alone(self.conflict, chosen), self.profile, subjects)
        for subject in subjects:
            yield subject, one.value(subject)[0]


def _is_hard(subject: Subject) -> bool:
    """Whether a whole analysis of a completion tells a conclusion sooner than many completions at once do, if they are not very many."""
    return subject.kind not in EASY and is_had(subject)


def _passes(subjects: Sequence[Subject]) -> list[list[Subject]]:
    """Conclusions in groups that are worked out together, those first that take least."""
    start = [subject for subject in subjects if subject.state is None]
    groups = [[subject for subject in start if subject.kind in kinds] for kinds in TOGETHER]
    named = [subject for subject in subjects if subject.state is not None and subject.kind == "holds"]
    known = {*named, *(subject for group in groups for subject in group)}
    alone = [[subject] for subject in subjects if subject not in known]
    return [group for group in (*groups[:2], named, *groups[2:], *alone) if group]


def _ticking(until: float | None) -> Callable[[], None]:
    """Something to be called now and then, which raises once the time is over."""

    def tick() -> None:
        if until is not None and monotonic() > until:
            raise _TimeOverError

    return tick
