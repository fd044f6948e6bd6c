"""Some edits that change a conclusion which survives every pair: found by great changes that are then taken back as far as they can be.

What is found shows that so many edits are enough, not that fewer are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from time import monotonic
from typing import Literal, TypeAlias

from detente.analysis.sweep.asked import Question, Subject
from detente.analysis.sweep.near_found import Flip, Point, Tipped
from detente.analysis.sweep.nearby import Base, Nearby
from detente.analysis.sweep.play import Play
from detente.analysis.sweep.tree import Tree, Value
from detente.errors import Cannot, EditError, LimitError
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.edit import Edit, MoveStatement, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement, apply_all
from detente.model.edit_rankings import MoveRanked, levels_of, ranks_states
from detente.model.near import Edits, Near, near_rules, nearness

TRIES = 60
"""Great changes from which a search begins, for each conclusion."""
SHARES = (1.0, 0.5, 0.25, 0.0)
"""Which share of all that can be changed they change, besides one thing of each decision maker."""

Action = Literal["reverse", "first", "last", "leave out", "red line", "up", "down", "rule"]


@dataclass(frozen=True, slots=True)
class Step:
    """One edit, said so that it means the same whichever others are made.

    Parameters
    ----------
    dm
        Key of a decision maker; empty for a rule.
    action
        What is done with a statement (turned round, put first or last, left out), a red line, a ranked state, or a rule.
    number
        Which, as the conflict is written: from 1.
    time
        A ranked state may move several times: which of these it is, from 1.
    """

    dm: str
    action: Action
    number: int
    time: int = 1


_Ways: TypeAlias = list[list[Step]]
"""The ways to change one thing, each as steps."""


def edits_of(steps: Iterable[Step], conflict: Conflict) -> Edits:
    """Steps as edits of a conflict, one after the other; a step that changes nothing where it stands is left out.

    >>> from detente.cases import load
    >>> edits_of([Step("Syria", "leave out", 1), Step("Syria", "first", 3)], load("euphrates-1975"))
    (MoveStatement(dm='Syria', place=3, to=1), RemoveStatement(dm='Syria', place=2))
    """
    taken, found = sorted(steps, key=lambda step: (step.number, step.time)), list[Edit]()
    for dm in conflict.decision_makers:
        own = [step for step in taken if step.dm == dm.key]
        count = len(dm.preference.statements()) if dm.preference is not None else 0
        now = list(range(1, count + 1))
        found += [ReverseStatement(dm.key, step.number) for step in own if step.action == "reverse"]
        for step in own:
            if step.action in ("first", "last"):
                place, to = now.index(step.number) + 1, 1 if step.action == "first" else count
                found += [MoveStatement(dm.key, place, to)] if place != to else []
                now.insert(to - 1, now.pop(place - 1))
        for step in own:
            if step.action == "leave out":
                found.append(RemoveStatement(dm.key, now.index(step.number) + 1))
                now.remove(step.number)
        ranked = [taken for level in levels_of(dm) for taken in level]
        found += [MoveRanked(dm.key, ranked[step.number - 1], step.action == "up") for step in own if step.action in ("up", "down")]
        found += [RemoveRedLine(dm.key, step.number) for step in reversed(own) if step.action == "red line"]
    return (*found, *(RemoveRule(step.number) for step in reversed(taken) if step.action == "rule"))


def farther(tipped: Tipped, seconds: float | None = None, *, seed: int = 1, progress: Callable[[str], None] | None = None) -> Tipped:
    """The same tipping points, with some edits that change each conclusion that no edits looked at change, as far as they are found.

    Parameters
    ----------
    tipped
        What single edits and pairs make of conclusions.
    seconds
        How long the search may take, about; None for as long as it takes.
    seed
        What the choice of great changes depends on.
    progress
        Is told what is done.

    Examples
    --------
    >>> from detente.analysis.sweep.tipping import tipping
    >>> from detente.cases import load
    >>> elmira = load("elmira")
    >>> found = tipping(elmira, {dm.key: "SEQ" for dm in elmira.decision_makers}, [Subject("gain")])
    >>> [(point.survives, len(point.farther.edits)) for point in farther(found).points]
    [(2, 3)]
    """
    left = [point for point in tipped.points if point.written is not None and point.nearest is None]
    found: dict[Subject, Flip] = {}
    until = None if seconds is None else monotonic() + seconds
    for place, point in enumerate(left):
        if progress is not None:
            progress(f"some edits that change {point.subject.kind}")
        end = None if until is None else monotonic() + (until - monotonic()) / (len(left) - place)
        flip = _Search(tipped, point, end).best(Random(f"{seed} {place}"))
        if flip is not None:
            found[point.subject] = flip
    return replace(tipped, points=tuple(replace(point, farther=found.get(point.subject)) for point in tipped.points))


class _Search:
    """Looks for few edits that change one conclusion."""

    def __init__(self, tipped: Tipped, point: Point, end: float | None) -> None:
        self.conflict, self.profile, self.point, self.end = tipped.conflict, tipped.profile, point, end
        self._bases: dict[tuple[Edit, ...], Base] = {}
        own = [list(_groups(dm)) for dm in self.conflict.decision_makers]
        rules: list[_Ways] = [[[Step("", "rule", rule.place)]] for rule in near_rules(self.conflict)]
        self.groups = [groups for groups in (*own, rules) if groups]

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self.end is not None and monotonic() > self.end

    def best(self, random: Random) -> Flip | None:
        """The fewest edits that were found."""
        best: Flip | None = None
        for number in range(TRIES):
            if self.is_over or (best is not None and len(best.edits) <= self.point.survives + 1):
                break
            found = self._taken_back(self._great(number, random), random)
            if found is not None and (best is None or nearness(found.edits) < nearness(best.edits)):
                best = found
        return best

    def _great(self, number: int, random: Random) -> list[Step]:
        """A great change: of some of what can be changed, each in one of its ways."""
        share, chosen = SHARES[number % len(SHARES)], list[_Ways]()
        for groups in self.groups:
            one = random.randrange(len(groups))
            chosen += [group for place, group in enumerate(groups) if place == one or random.random() < share]
        return [step for group in chosen for step in random.choice(group)]

    def _taken_back(self, steps: list[Step], random: Random) -> Flip | None:
        """A great change without all that it can do without; None if it does not change the conclusion, or the time is over."""
        value = self._value(steps)
        if value == self.point.written:
            return None
        size = max(1, len(steps) // 2)
        while True:
            random.shuffle(steps)
            at = 0
            while at < len(steps):
                fewer = steps[:at] + steps[at + size :]
                if self.is_over:
                    return None
                then = self._value(fewer)
                if then != self.point.written:
                    steps, value = fewer, then
                else:
                    at += size
            if size == 1:
                return Flip(edits_of(steps, self.conflict), value)
            size //= 2

    def _value(self, steps: Sequence[Step]) -> Value:
        """What is concluded after steps; as written where that can't be told."""
        edits = edits_of(steps, self.conflict)
        try:
            parties = {dm.key: dm for dm in apply_all(edits, self.conflict).decision_makers}
            base = self._base(tuple(edit for edit in edits if isinstance(edit, RemoveRule)))
            question = Question(self.point.subject, Play(Nearby(base, self._variants(parties))), self.profile)
            return Tree(question.frame.orders, question.conclude).value(dict.fromkeys(parties, 0))
        except (Cannot, EditError, LimitError):
            return self.point.written

    def _variants(self, parties: Mapping[str, DecisionMaker]) -> dict[str, list[Near]]:
        return {dm.key: [Near(parties[dm.key])] for dm in self.conflict.decision_makers if parties[dm.key] is not dm}

    def _base(self, rules: tuple[Edit, ...]) -> Base:
        if rules not in self._bases:
            self._bases[rules] = Base(apply_all(rules, self.conflict))
        return self._bases[rules]


def _groups(dm: DecisionMaker) -> Iterator[_Ways]:
    """For each statement, red line and ranked state of a decision maker the ways to change it."""
    keeps, levels = ranks_states(dm), levels_of(dm)
    for number in range(1, len(dm.preference.statements() if dm.preference is not None else ()) + 1):
        actions: tuple[Action, ...] = ("reverse", "first", "last") if keeps else ("reverse", "first", "last", "leave out")
        yield [[Step(dm.key, action, number)] for action in actions]
    for number in range(1, len(dm.red_lines) + 1):
        yield [[Step(dm.key, "red line", number)]]
    ranked = [place for place, level in enumerate(levels) for _ in level]
    for number, place in enumerate(ranked, start=1):
        far: dict[Action, int] = {"up": place, "down": len(levels) - 1 - place}
        yield [[Step(dm.key, action, number, time) for time in range(1, steps + 1)] for action, steps in far.items()]
