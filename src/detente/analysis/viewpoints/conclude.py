"""What is concluded of one conflict: of its status quo, of its named states, and of what its sources conclude."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.analysis.claims.base import Claim
from detente.analysis.claims.standing import Standing
from detente.analysis.conclusions import WaysOut, ways_out, weigh
from detente.analysis.deadlock.base import CONCEPTS
from detente.analysis.fronts.headline import asked_of, headline
from detente.analysis.stability import analyse
from detente.analysis.unlock.holding import Holding
from detente.analysis.viewpoints.found import Concluded, RedLines, Topic, Value
from detente.concepts.registry import concept
from detente.engines.choose import choose
from detente.model.conflict import Conflict
from detente.model.formula import Formula, Not, written
from detente.space.sets import StateSet
from detente.space.states import StateSpace

LISTED = 16
"""Most options of a conflict whose states are listed here."""
WEIGHED = ("stuck", "ends only if", "where")
"""The kinds of conclusions of sources that are compared; what turns on somebody takes a search of its own."""


def topics_of(conflict: Conflict, profile: Mapping[str, str], wheres: Sequence[Formula] = ()) -> tuple[Topic, ...]:
    """What is asked of a conflict and its viewpoints under a profile: also of gains that meet some conditions (`wheres`).

    What questions and conclusions of the file say of every way out is asked about the other way round.

    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> len(topics_of(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}))
    10
    """
    ends = [one.condition for one in conflict.questions if one.kind == "ends only if"]
    ends += [one.condition for one in conflict.conclusions if one.kind == "ends only if"]
    turned = [Not(condition) for condition in ends if condition is not None]
    concepts = tuple(dict.fromkeys([*CONCEPTS, *profile.values()]))
    found = [Topic(one.kind, one.concept, one.where) for one in asked_of(tuple(dict.fromkeys([*wheres, *turned])), concepts)]
    if len(conflict.options) <= LISTED:
        found += [Topic("state", name=named.name) for named in conflict.named_states if named.taken != conflict.status_quo]
        steps = [question.state for question in conflict.questions if question.kind == "step"]
        found += [Topic("onward", name=named.name) for named in conflict.named_states if named.taken in steps]
        found += [Topic("concluded", place=place) for place, one in enumerate(conflict.conclusions, start=1) if one.kind in WEIGHED]
    return tuple(found)


def concluded(conflict: Conflict, profile: Mapping[str, str], topics: Sequence[Topic], seconds: float | None = None) -> Concluded:
    """What is concluded of a conflict.

    Parameters
    ----------
    conflict
        The conflict; it has a status quo that can occur.  Its viewpoints count for nothing.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour.
    topics
        What is asked.
    seconds
        How long it may take, about, where the states are not listed; None for no limit.

    Raises
    ------
    LimitError
        The conflict is too large, and can't be asked about without listing its states.

    Examples
    --------
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> profile = {dm.key: "SEQ" for dm in elmira.decision_makers}
    >>> concluded(elmira, profile, [Topic("holds", concept="SEQ")]).answers
    {Topic(kind='holds', concept='SEQ', where=None, name=None, place=None): False}
    """
    space = StateSpace(conflict, LISTED)
    asked = [one for topic in topics if (one := topic.asked) is not None]
    found = headline(space, profile, asked, seconds)
    answers: dict[Topic, Value | None] = {}
    claims: list[Claim] = list(found.claims)
    for topic in topics:
        if (one := topic.asked) is not None:
            value = found.answers.get(one)
            answers[topic] = _conditions(conflict, value) if isinstance(value, frozenset) else value
    equilibria = _equilibria(space, profile) if space.is_listed else None
    if equilibria is not None:
        holding, ways = Holding(space, profile, equilibria), _Ways(space, profile, equilibria)
        for topic in topics:
            if topic.kind == "state":
                answers[topic], more = _standing(space, holding, topic)
                claims += more
            elif topic.kind == "onward":
                answers[topic] = ways.lead_on(topic)
            elif topic.kind == "concluded":
                answers[topic] = ways.result(topic)
    return Concluded(answers, found.leaving, equilibria, tuple(claims), found.space if equilibria is None else space)


def _equilibria(space: StateSpace, profile: Mapping[str, str]) -> StateSet:
    """The states that hold under a profile."""
    behaviours = [concept(key) for key in dict.fromkeys(profile.values())]
    return analyse(space, behaviours, *choose(space, behaviours)).mixed(profile)


def _conditions(conflict: Conflict, sets: frozenset[tuple[tuple[str | None, int], ...]]) -> RedLines:
    """Sets of red lines as they are the same in every conflict: whose, and the condition."""

    def line(dm: str | None, place: int) -> tuple[str, str]:
        return (dm, written(conflict.decision_maker(dm).red_lines[place - 1].never)) if dm is not None else ("", f"rule {place}")

    return frozenset(tuple(sorted(line(dm, place) for dm, place in elements)) for elements in sets)


def _named(space: StateSpace, topic: Topic) -> int | None:
    """The named state that is asked about; None where it can't occur."""
    named = next(one for one in space.conflict.named_states if one.name == topic.name)
    return space.state_of(space.conflict.combination(named.taken))


def _standing(space: StateSpace, holding: Holding, topic: Topic) -> tuple[bool | None, list[Claim]]:
    """Whether a named state holds, with what shows it; None where it can't occur."""
    state = _named(space, topic)
    if state is None:
        return None, []
    claim = Standing(state, tuple(holding.profile.items()), holding.witnesses(state))
    return claim.holds, [claim]


class _Ways:
    """The ways out of the status quo, found when they are first needed."""

    def __init__(self, space: StateSpace, profile: Mapping[str, str], equilibria: StateSet) -> None:
        self.space, self.profile, self.equilibria = space, profile, equilibria
        self._found: WaysOut | None = None

    def lead_on(self, topic: Topic) -> bool | None:
        """Whether a way out leads on from a named state, as if it were the status quo; None where it can't occur."""
        state = _named(self.space, topic)
        return None if state is None else bool(ways_out(self.space, state, self.profile, self.equilibria).out)

    def result(self, topic: Topic) -> str | None:
        """How a conclusion of the sources compares with the model."""
        start = self.space.status_quo
        if start is None or topic.place is None:
            return None
        if self._found is None:
            self._found = ways_out(self.space, start, self.profile, self.equilibria)
        return weigh(self._found, self.space.conflict.conclusions[topic.place - 1]).result
