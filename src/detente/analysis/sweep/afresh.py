"""Conclusions on one completion, from a whole analysis of it that knows nothing of other completions.

This is the slow way, by the engines and tables that analyse any conflict, with claims that a checker accepts or refuses.  What many
completions at once give is held against it, and conclusions that can't be asked of many at once are had from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal, TypeAlias, cast

from detente.analysis.claims.base import Claim
from detente.analysis.claims.standing import Standing
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tree import Value
from detente.analysis.unlock.holding import Holding
from detente.analysis.viewpoints.conclude import concluded
from detente.analysis.viewpoints.found import Concluded, Topic
from detente.concepts.witness import is_staying
from detente.errors import Cannot
from detente.model.completed import completed, still_open
from detente.model.conflict import Conflict
from detente.space.states import StateSpace

Found: TypeAlias = tuple[Value, tuple[Claim, ...]]
"""A value and what shows it, as far as it is shown."""
Fresh: TypeAlias = "Callable[[Afresh, Subject], Found]"
"""How a conclusion is had from a whole analysis."""


class Afresh:
    """A conflict without guesses, analysed by itself.

    Parameters
    ----------
    conflict
        The conflict: a completion.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    subjects
        What will be asked.

    Examples
    --------
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> afresh = Afresh(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, [Subject("holds"), Subject("gain")])
    >>> afresh.value(Subject("holds"))[0], afresh.value(Subject("gain"))[0]
    (False, False)
    """

    def __init__(self, conflict: Conflict, profile: Mapping[str, str], subjects: Sequence[Subject]) -> None:
        self.conflict, self.profile = conflict, dict(profile)
        self._topics = [topic for subject in subjects if (topic := topic_of(subject)) is not None]
        self._held: dict[tuple[str, ...], Holding] = {}

    @cached_property
    def space(self) -> StateSpace:
        """The space."""
        return StateSpace(self.conflict)

    @property
    def start(self) -> int | None:
        """The state that the conflict is in; None where it can't occur."""
        return self.space.status_quo

    @cached_property
    def concluded(self) -> Concluded:
        """All that is asked and that the comparison of viewpoints asks as well."""
        return concluded(self.conflict, self.profile, self._topics)

    def holding(self, profile: Mapping[str, str]) -> Holding:
        """Which states hold under a profile."""
        key = tuple(profile.values())
        if key not in self._held:
            self._held[key] = Holding(self.space, profile)
        return self._held[key]

    def state(self, subject: Subject) -> int | None:
        """The state that a conclusion (`subject`) is about; None where it can't occur."""
        if subject.state is None:
            return self.start
        named = next(one for one in self.conflict.named_states if one.name == subject.state)
        return self.space.state_of(self.conflict.combination(named.taken))

    def value(self, subject: Subject) -> Found:
        """The value of a conclusion (`subject`), None where the state that it is about can't occur, with what shows it.

        Raises `Cannot` (S354) for what is not had from a whole analysis.
        """
        if self.start is None or self.state(subject) is None:
            return None, ()
        if not is_had(subject):
            message = f"a conclusion of the kind {subject.kind!r} is not had from the analysis of a single completion"
            raise Cannot.of("S354", message, value=subject.kind, help="ask without it")
        return FRESH.get(subject.kind, _by_topic)(self, subject)


def alone(conflict: Conflict, chosen: Mapping[str, int]) -> Conflict:
    """A completion as a conflict of its own, which whole analyses can be made of.

    Raises `Cannot` (S354) where a guess decides a comparison that the file leaves unknown: analyses by orders do not read it.

    Parameters
    ----------
    conflict
        The conflict with its guesses.
    chosen
        For the key of each guess the number of an alternative.

    Examples
    --------
    >>> from detente.cases import load
    >>> alone(load("elmira"), {}).guesses
    ()
    """
    if any(guess.key in decided(conflict) and chosen.get(guess.key, 0) for guess in still_open(conflict, chosen)):
        message = "a guess decides a comparison that the file leaves unknown, and the analysis of a single completion goes by the order"
        raise Cannot.of("S354", message, help="ask for what can be counted, or leave the comparison as the file has it")
    return completed(conflict, chosen)


def decided(conflict: Conflict) -> frozenset[str]:
    """The keys of the guesses of a conflict that decide comparisons.

    >>> from detente.cases import load
    >>> decided(load("elmira"))
    frozenset()
    """
    return frozenset(guess.key for guess in conflict.guesses if guess.kind == "relation")


def is_had(subject: Subject) -> bool:
    """Whether a conclusion (`subject`) is had from the analysis of a single completion.

    >>> is_had(Subject("gain")), is_had(Subject("no such kind"))
    (True, False)
    """
    return subject.kind in FRESH or topic_of(subject) is not None


def topic_of(subject: Subject) -> Topic | None:
    """The same conclusion as viewpoints are compared by; None where it is not among these.

    >>> topic_of(Subject("gain"))
    Topic(kind='gain', concept=None, where=None, name=None, place=None)
    """
    if subject.kind not in ("type", "gain", "kept gain", "red lines", "onward", "concluded"):
        return None
    kind = cast(Literal["type", "gain", "kept gain", "red lines", "onward", "concluded"], subject.kind)
    return Topic(kind, where=subject.where, name=subject.state, place=subject.place)


def _by_topic(afresh: Afresh, subject: Subject) -> Found:
    topic = topic_of(subject)
    assert topic is not None
    found = afresh.concluded.answers.get(topic)
    if found is None:
        message = f"a conclusion of the kind {subject.kind!r} is not settled where a completion of a conflict of this size is analysed"
        raise Cannot.of("S354", message, value=subject.kind, help="ask without it")
    return found, afresh.concluded.claims


def _holds(afresh: Afresh, subject: Subject) -> Found:
    state = afresh.state(subject)
    assert state is not None
    profile = afresh.profile if subject.concept is None else dict.fromkeys(afresh.profile, subject.concept)
    claim = Standing(state, tuple(profile.items()), afresh.holding(profile).witnesses(state))
    return claim.holds, (claim,)


def _stays(afresh: Afresh, subject: Subject) -> Found:
    claims = _holds(afresh, subject)[1]
    witness = next(one for claim in claims if isinstance(claim, Standing) for one in claim.witnesses if one.dm == subject.dm)
    return is_staying(witness), claims


FRESH: dict[str, Fresh] = {"holds": _holds, "stays": _stays}
"""How each kind of conclusion is had that the comparison of viewpoints does not ask."""
