"""The conclusions on a conflict as it is written and as its viewpoints have it, as values that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detente.analysis.claims.base import Claim
from detente.analysis.fronts.found import Asked
from detente.model.conflict import Conflict
from detente.model.correction import Correction
from detente.model.formula import Formula
from detente.space.sets import StateSet
from detente.space.states import StateSpace

RedLines = frozenset[tuple[tuple[str, str], ...]]
"""Sets of red lines, each red line as whose it is and its condition in writing."""
Value = bool | str | RedLines
Effect = Literal["decides", "enough", "needed"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the conclusions that are compared.

    Parameters
    ----------
    kind
        As of `Asked`: "holds", "type", "gain", "kept gain", "red lines"; "state": does a named state hold; "onward": does a way out lead
        on from a named state; "concluded": does a conclusion of the sources agree with the model.
    concept
        For "holds" the key of the concept.
    where
        For gains and red lines the condition that counted states meet; None for any.
    name
        For "state" and "onward" the name of the state.
    place
        For "concluded" the number of the conclusion, from 1.

    Examples
    --------
    >>> Topic("holds", concept="SEQ").asked
    Asked(kind='holds', concept='SEQ', where=None)
    """

    kind: Literal["holds", "type", "gain", "kept gain", "red lines", "state", "onward", "concluded"]
    concept: str | None = None
    where: Formula | None = None
    name: str | None = None
    place: int | None = None

    @property
    def asked(self) -> Asked | None:
        """The same as it is asked of a conflict and its fronts; None where it is not asked there."""
        if self.kind == "state" or self.kind == "onward" or self.kind == "concluded":
            return None
        return Asked(self.kind, self.concept, self.where)


Answers = Mapping[Topic, Value | None]


@dataclass(frozen=True)
class Concluded:
    """The conclusions on one conflict.

    Parameters
    ----------
    answers
        For each topic its value; None where it was not settled.
    leaving
        For each concept (key) the decision makers who leave the status quo, as far as it is known.
    equilibria
        The states that hold under the profile; None where the states are not listed.
    claims
        What shows it.
    space
        The space in which the claims are checked.
    """

    answers: Answers
    leaving: Mapping[str, tuple[str, ...]]
    equilibria: StateSet | None
    claims: tuple[Claim, ...]
    space: StateSpace


def says(found: Concluded | None, topic: Topic) -> bool:
    """Whether a conclusion (`topic`) says anything of a conflict of which so much was `found`.

    Whether what is better for everybody also holds is asked only where something is better; which red lines exclude it, only where
    nothing is, and there are red lines.

    >>> says(None, Topic("gain")), says(None, Topic("kept gain"))
    (True, False)
    """
    if topic.kind not in ("kept gain", "red lines"):
        return True
    gained = None if found is None else found.answers.get(Topic("gain", where=topic.where))
    if found is None or gained is None or gained is not (topic.kind == "kept gain"):
        return False
    return topic.kind != "red lines" or any(dm.red_lines for dm in found.space.conflict.decision_makers)


@dataclass(frozen=True)
class View:
    """The conflict as it is written, or as a viewpoint has it.

    Parameters
    ----------
    key
        The key of the viewpoint; None for the conflict as it is written.
    conflict
        The conflict so.
    concluded
        What is concluded of it; None where it was not looked at, because the time was over or the conflict too large.
    differs
        The single elements in which the viewpoint differs from the conflict as it is written.
    reason
        The code of what kept it from being looked at; None if it was.
    """

    key: str | None
    conflict: Conflict
    concluded: Concluded | None
    differs: tuple[Correction, ...] = ()
    reason: str | None = None

    def value(self, topic: Topic) -> Value | None:
        """What is concluded on a topic; None where it is not settled."""
        return None if self.concluded is None else self.concluded.answers.get(topic)


@dataclass(frozen=True)
class Trial:
    """A single element in which a viewpoint differs, tried by itself on both sides.

    Parameters
    ----------
    viewpoint
        The key of the viewpoint.
    element
        The element.
    alone
        What is concluded of the conflict as it is written, with this element alone as the viewpoint has it.
    without
        What is concluded of the conflict as the viewpoint has it, with this element alone as it is written.
    """

    viewpoint: str
    element: Correction
    alone: Concluded | None
    without: Concluded | None


@dataclass(frozen=True)
class Compared:
    """The conclusions on a conflict as it is written and as its viewpoints have it.

    Parameters
    ----------
    conflict
        The conflict with its viewpoints.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    topics
        The conclusions that are compared.
    views
        The conflict as it is written, then as each viewpoint has it.
    trials
        The single elements that were tried: those of the viewpoints in which some conclusion is another than as the conflict is written.
    """

    conflict: Conflict
    profile: Mapping[str, str]
    topics: tuple[Topic, ...]
    views: tuple[View, ...]
    trials: tuple[Trial, ...]

    @property
    def written(self) -> View:
        """The conflict as it is written."""
        return self.views[0]

    def view(self, key: str) -> View:
        """The conflict as a viewpoint has it.  Raises KeyError if it is not among those compared."""
        found = {view.key: view for view in self.views}
        return found[key]

    def applies(self, view: View, topic: Topic) -> bool:
        """Whether a conclusion says anything of a view."""
        return says(view.concluded, topic)

    @property
    def told(self) -> tuple[Topic, ...]:
        """The conclusions that say something of at least one view."""
        return tuple(topic for topic in self.topics if any(self.applies(view, topic) for view in self.views))

    def everywhere(self, topic: Topic) -> bool:
        """Whether a conclusion says something of every view."""
        return all(self.applies(view, topic) for view in self.views)

    def value(self, view: View, topic: Topic) -> Value | None:
        """What is concluded of a view on a topic; None where it is not settled, or the topic says nothing of it."""
        return view.value(topic) if self.applies(view, topic) else None

    def same(self, topic: Topic) -> bool | None:
        """Whether a conclusion is the same in all of those compared of which it says something; None where that is not known."""
        values = [view.value(topic) for view in self.views if self.applies(view, topic)]
        known = {value for value in values if value is not None}
        return False if len(known) > 1 else None if None in values or not values else True

    def disputed(self, view: View) -> tuple[Topic, ...]:
        """The topics on which something else is concluded of a view than of the conflict as it is written."""
        pairs = [(topic, self.value(self.written, topic), self.value(view, topic)) for topic in self.topics]
        return tuple(topic for topic, mine, theirs in pairs if mine is not None and theirs is not None and mine != theirs)

    def effect(self, trial: Trial, topic: Topic) -> Effect | None:
        """What a single element does on a disputed topic.

        "enough": with it alone the conclusion on the conflict as it is written becomes that of the viewpoint.  "needed": without it alone
        the conclusion of the viewpoint becomes that on the conflict as it is written.  "decides": both.
        """
        mine, theirs = self.value(self.written, topic), self.value(self.view(trial.viewpoint), topic)
        if mine is None or theirs is None or mine == theirs:
            return None
        enough = trial.alone is not None and says(trial.alone, topic) and trial.alone.answers.get(topic) == theirs
        needed = trial.without is not None and says(trial.without, topic) and trial.without.answers.get(topic) == mine
        return "decides" if enough and needed else "enough" if enough else "needed" if needed else None
