"""Which engine answers where a space is not listed: decided by what each says it needs, a short trial, and a race of two where unsure.

The engines differ in what decides their time: one works through all combinations, so that its time is known beforehand and grows with
their number; another works with decision diagrams, whose time hardly depends on how many states there are and can't be told beforehand.
So diagrams get a short trial, and what they leave open is asked of both at once where both can; whichever is done first has answered, and
the other is ended.  The choice never changes an answer, only how long it takes; what was not found within a limit is said to be not known.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from detente.concepts.base import SolutionConcept
from detente.engines.base import LargeEngine, Needs
from detente.engines.choose import all_engines
from detente.engines.work import Known, NotKnown, Tell, Work, race, short, within
from detente.errors import Cannot, LimitError, UsageError
from detente.space.members import Members
from detente.space.states import MAX_OPTIONS, StateSpace
from detente.text import did_you_mean, listing, plural

SECONDS = 60.0
"""How long an engine whose time can't be told beforehand is asked, unless a limit is given."""
TRIAL = 5.0
"""How long such an engine is tried by itself before another that can answer is started beside it."""
TRIAL_SHARE = 0.2
"""The trial takes no longer than this share of the limit."""
WORTH_WHILE = 7200.0
"""An engine that expects to need more seconds is not asked beside another, unless it is asked for."""
ESTIMATE = 5.0
"""Seconds that an engine may take to say what it needs."""
TRIED_FIRST = ("symbolic",)
"""Engines whose time hardly depends on how many states there are, so that a short trial is worth while whatever the size."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may take.

    Parameters
    ----------
    seconds
        By the clock, for all that is asked; None: no limit for an engine that can tell its time beforehand, `SECONDS` for others;
        0: no limit at all.
    memory
        Bytes; None for what each engine takes by default.

    Examples
    --------
    >>> Limits().guess, Limits(0).guess, Limits(5).told
    (60.0, None, 5)
    """

    seconds: float | None = None
    memory: int | None = None

    @property
    def told(self) -> float | None:
        """The limit for an engine that can tell its time beforehand."""
        return self.seconds or None

    @property
    def guess(self) -> float | None:
        """The limit for an engine that can't."""
        return SECONDS if self.seconds is None else self.told


@dataclass(slots=True)
class LargeAnswer:
    """The stable states of a space that is not listed, as far as they were found, and by whom; a context manager.

    Attributes
    ----------
    stable
        For each concept (key) and decision maker (key) the stable states, or why they are not known.
    engines
        For each concept (key) of which all is known the name of the engine.
    because
        Why these engines, as one clause.
    needs
        What each engine that can answer expected to need.
    states
        All feasible states, where an engine gave them.
    """

    stable: dict[str, dict[str, Known]] = field(default_factory=dict)
    engines: dict[str, str] = field(default_factory=dict)
    because: str = ""
    needs: dict[str, Needs] = field(default_factory=dict)
    states: Members | None = None
    works: list[Work] = field(default_factory=list)

    def close(self) -> None:
        """End what the engines still hold, processes and files; the sets that they gave may be used until then."""
        while self.works:
            self.works.pop().end()

    def __enter__(self) -> LargeAnswer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def large_engines() -> Mapping[str, type[LargeEngine]]:
    """The engines, by name, that answer for all states of spaces that are not listed.

    >>> "single" in large_engines()
    False
    """
    return {name: cast("type[LargeEngine]", engine) for name, engine in all_engines().items() if hasattr(engine, "members")}


def answer(
    space: StateSpace,
    concepts: Sequence[SolutionConcept],
    *,
    forced: str | None = None,
    limits: Limits | None = None,
    progress: Tell = lambda _: None,
    note: Tell = lambda _: None,
) -> LargeAnswer:
    """The stable states of every decision maker under some concepts, as far as an engine can find them within the limits.

    Parameters
    ----------
    space
        The space; usually one that is not listed.
    concepts
        What is asked.  Under a concept that no engine can answer nothing is known, for the reasons that they give.
    forced
        Name of the only engine to ask; None to let the program choose.
    limits
        Time and memory.
    progress
        Is told how far the work is.
    note
        Is told beforehand, in a line, what the run will need.

    Raises
    ------
    UsageError
        U430 if no engine for spaces of this size has the forced name.
    Cannot
        S302 if the forced engine can answer under none of the concepts.
    """
    asked = _Asked(space, tuple(concepts), limits or Limits(), progress, note)
    found = asked.found
    able = asked.able(forced)
    for concept in concepts:
        if not any(concept in can for can in able.values()):
            found.stable[concept.key] = dict.fromkeys(asked.keys, NotKnown(asked.refused(concept, forced)))
    if able:
        try:
            asked.run(able, forced is not None)
        except BaseException:
            found.close()
            raise
    found.stable = {concept.key: found.stable[concept.key] for concept in concepts}
    return found


Able = Mapping[str, tuple[SolutionConcept, ...]]


class _Asked:
    """One question, while engines are chosen and at work."""

    def __init__(self, space: StateSpace, concepts: tuple[SolutionConcept, ...], limits: Limits, progress: Tell, note: Tell) -> None:
        self.space, self.concepts, self.limits, self.progress, self.note = space, concepts, limits, progress, note
        self.found = LargeAnswer()
        self.keys = [dm.key for dm in space.conflict.decision_makers]
        self.began = time.monotonic()

    # -- who can ---------------------------------------------------------------------------------------------------
    def able(self, forced: str | None) -> Able:
        """For each engine that may be asked the concepts that it can answer; engines that can answer none are left out."""
        engines = large_engines()
        if forced is not None:
            if forced not in engines:
                close = did_you_mean(forced, engines)
                hint = (f'did you mean "{close}"? ' if close else "") + f"for conflicts of this size there are {listing(engines)}"
                raise UsageError.of("U430", f'no engine for conflicts that are not listed is called "{forced}"', value=forced, help=hint)
            engines = {forced: engines[forced]}
        can = {name: tuple(c for c in self.concepts if engine.can(self.space, c) is None) for name, engine in engines.items()}
        if forced is not None and not can[forced]:
            reason = self.refused(self.concepts[0], forced)
            raise Cannot.of("S302", f"the engine {reason}", value=forced, help="leave out --engine, so that the program chooses")
        return {name: concepts for name, concepts in can.items() if concepts}

    def refused(self, concept: SolutionConcept, forced: str | None) -> str:
        """Why no engine that may be asked can answer under a concept."""
        if concept.rule is not None and forced is None:
            larger = f"a conflict with more than {MAX_OPTIONS} options"
            return f"no engine works that out for all states of {larger}; single states can be asked about"
        asked = {name: engine for name, engine in large_engines().items() if forced in (None, name)}
        refusals = {name: engine.can(self.space, concept) for name, engine in asked.items()}
        reasons: dict[str, list[str]] = {}
        for name, refusal in refusals.items():
            if refusal is not None:
                reasons.setdefault(refusal.reason, []).append(name)
        also = {reason: f" (and likewise {listing(names[1:])})" if names[1:] else "" for reason, names in reasons.items()}
        return "; ".join(f"{names[0]}{also[reason]} {reason}" for reason, names in reasons.items())

    def need(self, name: str, able: Able) -> Needs | None:
        """What an engine expects to need, which is told in a line; None if what it may take does not suffice, which is told too."""
        options = plural(len(self.space.conflict.options), "option")
        engine = large_engines()[name]
        try:
            needs = within(ESTIMATE, lambda: engine.needs(self.space, able[name]))
        except LimitError as problem:
            self.note(f"{options}; engine {name}: {problem.diagnostics[0].message}")
            return None
        if needs is None:
            self.note(f"{options}; engine {name}: can not tell within {short(ESTIMATE)} what it needs")
            return None
        if self.limits.memory is not None:
            needs = replace(needs, memory=min(needs.memory, self.limits.memory))
        self.found.needs[name] = needs
        self.note(f"{options}; engine {name}: {needed(needs, self._limit(needs))}")
        return needs

    def _limit(self, needs: Needs) -> float | None:
        return self.limits.guess if needs.seconds is None else self.limits.told

    # -- who is asked ----------------------------------------------------------------------------------------------
    def run(self, able: Able, forced: bool) -> None:
        """Ask the one engine that there is; or try the first, and let another work beside it on what it leaves open."""
        names = sorted(able, key=lambda name: (name not in TRIED_FIRST, name))
        needs = self.need(names[0], able)
        if len(names) > 1 and needs is not None and needs.seconds is None:
            self._both(names[0], names[1], able)
            return
        expected = {names[0]: needs} | {name: self.need(name, able) for name in names[1:]}
        times = {name: math.inf if one.seconds is None else one.seconds for name, one in expected.items() if one is not None}
        name = min(times, key=lambda name: times[name], default=names[0])
        if forced:
            self.found.because = "it was asked for"
        elif len(names) > 1:
            self.found.because = f"it expected to be done in {short(times.get(name, 0.0))}"
        else:
            others = self._others(name)
            options = plural(len(self.space.conflict.options), "option")
            self.found.because = f"{options} are too many to list all states" + (f", and {others}" if others else "")
        chosen = expected[name]
        work = self.work(name, able[name], self.limits.guess if chosen is None else self._limit(chosen))
        work.run()
        self.take(work)

    def _others(self, name: str) -> str:
        """Why no other engine was asked, in a clause."""
        others = {other: engine.can(self.space, self.concepts[0]) for other, engine in large_engines().items() if other != name}
        return "; ".join(f"{other} {refusal.reason}" for other, refusal in others.items() if refusal is not None)

    def _both(self, guessed: str, told: str, able: Able) -> None:
        """Try the one; what it leaves open is then asked of both, if that is worth while, and whichever is done first ends the other."""
        trial = TRIAL if self.limits.told is None else min(TRIAL, TRIAL_SHARE * self.limits.told)
        first = self.work(guessed, able[guessed], self.limits.guess)

        def second(left: Sequence[SolutionConcept]) -> Work | None:
            concepts = tuple(concept for concept in able[told] if concept in left)
            needs = self.need(told, {told: concepts}) if concepts else None
            if needs is None or needs.seconds is None or needs.seconds > min(WORTH_WHILE, self._left(self.limits.told) or math.inf):
                return None
            return self.work(told, concepts, self.limits.told)

        other = race(first, second, trial)
        self.take(first)
        if other is not None:
            self.take(other)
        done = listing([key for key, name in self.found.engines.items() if name == told])
        if other is None:
            left = first.trial_over
            self.found.because = f"{told} would take too long" if left else f"it was done within a trial of {short(trial)}"
        elif done:
            self.found.because = f"{guessed} answered what it could in the meantime, and {told} was done first with {done}"
        else:
            self.found.because = f"it was done first, in a race with {told}"

    def work(self, name: str, concepts: Sequence[SolutionConcept], seconds: float | None) -> Work:
        """An engine, ready to work within the limits."""
        work = Work(name, self.keys, concepts, self.progress)
        more: dict[str, Any] = {"seconds": self._left(seconds), "progress": work.tell}
        if self.limits.memory is not None:
            more["memory"] = self.limits.memory
        made: Any = large_engines()[name]
        work.engine = made(self.space, **more)
        self.found.works.append(work)
        return work

    def _left(self, limit: float | None) -> float | None:
        return None if limit is None else max(0.1, limit - (time.monotonic() - self.began))

    def take(self, work: Work) -> None:
        """Keep what an engine found; sets of one concept are all of one engine, since those of different engines don't mix."""
        for key, sets in work.sets.items():
            if key in self.found.engines:
                continue
            complete = not any(isinstance(one, NotKnown) for one in sets.values())
            if complete:
                self.found.engines[key] = work.name
            if complete or key not in self.found.stable:
                self.found.stable[key] = dict(sets)
        needs = self.found.needs.get(work.name)
        slow = needs is not None and needs.seconds is not None and work.name not in self.found.engines.values()
        if self.found.states is None and not work.ended and not slow:  # one that goes through all, and did not get through, is not asked
            try:
                self.found.states = work.engine.states()
            except (LimitError, Cannot):
                return


def needed(needs: Needs, limit: float | None) -> str:
    """What an engine expects to need, in words.

    >>> needed(Needs(90, 3 << 30, 5 << 30), None)
    'about 90 s, at most 3.0 GiB of memory and 5.0 GiB of disk'
    >>> needed(Needs(None, 1 << 30), 60)
    'its time can not be told beforehand (at most 60 s), at most 1.0 GiB of memory'
    """
    if needs.seconds is not None:
        span = f"about {short(needs.seconds)}" + (f", ended after {short(limit)}" if limit and needs.seconds > limit else "") + ", at most "
    else:
        span = "its time can not be told beforehand" + (f" (at most {short(limit)})" if limit else "") + ", at most "
    return span + f"{size(needs.memory)} of memory" + (f" and {size(needs.disk)} of disk" if needs.disk else "")


def size(count: int) -> str:
    """A number of bytes in words.

    >>> size(900), size(3 << 20), size(5 << 29)
    ('900 B', '3.0 MiB', '2.5 GiB')
    """
    for unit, shift in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if count >= 1 << shift:
            return f"{count / (1 << shift):,.1f} {unit}"
    return f"{count} B"
