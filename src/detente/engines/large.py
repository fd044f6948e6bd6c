"""Which engine answers where a space is not listed: decided by what each says it needs, a short trial, and a race of two where unsure.

The engines differ in what decides their time: one works through all combinations, so that its time is known beforehand and grows with
their number; another works with decision diagrams, whose time hardly depends on how many states there are and can't be told beforehand.
So diagrams get a short trial, and what they leave open is asked of both at once where both can; whichever is done first has answered, and
the other is ended.  The choice never changes an answer, only how long it takes; what was not found within a limit is said to be not known.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from detente.concepts.base import SolutionConcept
from detente.engines.base import LargeEngine, Needs
from detente.engines.choose import all_engines
from detente.engines.work import Known, NotKnown, Tell, Work, race, short
from detente.errors import Cannot, LimitError, UsageError
from detente.space.members import Members
from detente.space.states import StateSpace
from detente.text import did_you_mean, listing, plural

SECONDS = 60.0
"""How long an engine whose time can't be told beforehand is asked, unless a limit is given."""
TRIAL = 5.0
"""How long such an engine is tried by itself, at most, before another that can answer is started beside it."""
TRIAL_SHARE = 0.2
"""The trial takes no longer than this share of what the other engine expects to need."""


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
    asked = _Asked(space, tuple(concepts), limits or Limits(), progress)
    found = asked.found
    able = asked.able(forced)
    for concept in concepts:
        if not any(concept in can for can in able.values()):
            found.stable[concept.key] = dict.fromkeys(asked.keys, NotKnown(asked.refused(concept, forced)))
    if able:
        note(asked.announced(able))
        try:
            asked.run(able)
        except BaseException:
            found.close()
            raise
    found.stable = {concept.key: found.stable[concept.key] for concept in concepts}
    return found


Able = Mapping[str, tuple[SolutionConcept, ...]]


class _Asked:
    """One question, while engines are chosen and at work."""

    def __init__(self, space: StateSpace, concepts: tuple[SolutionConcept, ...], limits: Limits, progress: Tell) -> None:
        self.space, self.concepts, self.limits, self.progress = space, concepts, limits, progress
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
        asked = {name: engine for name, engine in large_engines().items() if forced in (None, name)}
        refusals = {name: engine.can(self.space, concept) for name, engine in asked.items()}
        return "; ".join(f"{name} {refusal.reason}" for name, refusal in refusals.items() if refusal is not None)

    def announced(self, able: Able) -> str:
        """What the run will need, as each engine that can answer estimates it, in a line."""
        for name, can in able.items():
            self.found.needs[name] = large_engines()[name].needs(self.space, can)
        parts = [f"engine {name}: {needed(needs, self._limit(needs))}" for name, needs in self.found.needs.items()]
        return f"{plural(len(self.space.conflict.options), 'option')}; " + "; ".join(parts)

    def _limit(self, needs: Needs) -> float | None:
        return self.limits.guess if needs.seconds is None else self.limits.told

    # -- who is asked ----------------------------------------------------------------------------------------------
    def run(self, able: Able) -> None:
        """Ask: an engine whose time can't be told for a trial, then both; or the one that there is."""
        needs = self.found.needs
        told = sorted((name for name in able if needs[name].seconds is not None), key=lambda name: needs[name].seconds or 0.0)
        guessed = [name for name in able if needs[name].seconds is None]
        if told and guessed and (needs[told[0]].seconds or 0.0) > 1.0:
            self._both(guessed[0], told[0], able)
        else:
            name = told[0] if told else guessed[0]
            self._alone(name, able)

    def _alone(self, name: str, able: Able) -> None:
        needs = self.found.needs[name]
        if len(able) > 1:
            self.found.because = f"it expected to be done in {short(needs.seconds or 0.0)}"
        else:
            options = plural(len(self.space.conflict.options), "option")
            self.found.because = f"{options} are too many to list all states" + (
                f", and {self._others(name)}" if len(large_engines()) > 1 else ""
            )
        work = self.work(name, able[name], self._left(self._limit(needs)))
        work.run()
        self.take(work)

    def _others(self, name: str) -> str:
        """Why no other engine was asked, in a clause."""
        others = {other: engine.can(self.space, self.concepts[0]) for other, engine in large_engines().items() if other != name}
        return "; ".join(f"{other} {refusal.reason}" for other, refusal in others.items() if refusal is not None) or "it was asked for"

    def _both(self, guessed: str, told: str, able: Able) -> None:
        """Try the one; what it leaves open is then asked of both, and whichever is done first ends the other."""
        expected = self.found.needs[told].seconds or 0.0
        trial = max(0.5, min(TRIAL, TRIAL_SHARE * min(expected, self.limits.told or expected)))
        first = self.work(guessed, able[guessed], self._left(self.limits.told))

        def second(left: Sequence[SolutionConcept]) -> Work | None:
            concepts = [concept for concept in able[told] if concept in left]
            return self.work(told, concepts, self._left(self.limits.told)) if concepts else None

        other = race(first, second, trial)
        self.take(first)
        if other is None:
            self.found.because = f"it was done within a trial of {short(trial)}; {told} would have needed about {short(expected)}"
            return
        self.take(other)
        done = listing([key for key, name in self.found.engines.items() if name == told])
        if done:
            self.found.because = f"{guessed} answered what it could in the meantime, and {told} was done first with {done}"
        else:
            self.found.because = f"it was done first, in a race with {told}"

    def work(self, name: str, concepts: Sequence[SolutionConcept], seconds: float | None) -> Work:
        """An engine, ready to work within the limits."""
        work = Work(name, self.keys, concepts, self.progress)
        more: dict[str, Any] = {"seconds": seconds, "progress": work.tell}
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
        if self.found.states is None and not work.ended:
            try:
                self.found.states = work.engine.states()
            except (LimitError, Cannot):
                return


def needed(needs: Needs, limit: float | None) -> str:
    """What an engine expects to need, in words.

    >>> needed(Needs(90, 3 << 30, 5 << 30), None)
    'about 90 s, at most 3.0 GiB of memory and 5.0 GiB of disk'
    >>> needed(Needs(None, 1 << 30), 60)
    'how long can not be told, at most 60 s; at most 1.0 GiB of memory'
    """
    if needs.seconds is not None:
        span = f"about {short(needs.seconds)}" + (f", ended after {short(limit)}" if limit and needs.seconds > limit else "") + ", at most "
    else:
        span = "how long can not be told" + (f", at most {short(limit)}" if limit else "") + "; at most "
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
