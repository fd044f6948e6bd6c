"""Which of many completions have a state that holds, worked out side by side and not case by case.

The tree of a conclusion asks one question after the other, so that its leaves tell why.  Where only the values are wanted of completions
that are given, it is faster to take one state after the other and to judge it in all completions at once that are still open: first by
what each decision maker's own order settles, then, where that leaves it open, by the tree of that one state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.asked import Question
from detente.analysis.sweep.asked_ways import led_on, where_of
from detente.analysis.sweep.lists import Labels
from detente.analysis.sweep.play import OWN, WEAKER
from detente.analysis.sweep.tree import Tree, Value
from detente.space.sets import bits_of

Flags = npt.NDArray[np.bool_]

MOST = 1 << 26
"""Most pairs of a completion and a state that are looked at together."""
ANSWERS = 1 << 26
"""About how many bytes the answers of one decision maker's orders may take before they are forgotten; each state asks others."""


def is_beside(question: Question) -> bool:
    """Whether the values of a conclusion are had side by side: whether something holds, among what is better for all or meets a condition.

    Parameters
    ----------
    question
        The conclusion.

    Examples
    --------
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.analysis.sweep.play import Play
    >>> from detente.cases import load
    >>> play = Play(next(Open(load("elmira")).frames()))
    >>> [is_beside(Question(Subject(kind), play, {"MoE": "SEQ"})) for kind in ("gain", "kept gain")]
    [False, True]
    """
    if question.state is None or not set(question.profile.values()) <= {*OWN, *WEAKER}:
        return False
    return question.subject.kind == "kept gain" or (question.subject.kind == "concluded" and where_of(question) is not None)


def beside(question: Question, orders: Mapping[str, Labels], codes: dict[Value, int]) -> npt.NDArray[np.int16]:
    """The values of a conclusion in given completions as numbers, as `detente.analysis.sweep.tree.Tree.coded` gives them.

    Parameters
    ----------
    question
        The conclusion, of which `is_beside` says that it is had so.
    orders
        For each decision maker (key) the number of the order in each completion, all of one length.
    codes
        The code of each value; gains those of values that it lacks.

    Examples
    --------
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.analysis.sweep.play import Play
    >>> from detente.cases import load
    >>> play = Play(next(Open(load("elmira")).frames()))
    >>> profile = {dm: "SEQ" for dm in play.frame.orders}
    >>> beside(Question(Subject("kept gain"), play, profile), {dm: np.zeros(2, dtype=np.int32) for dm in profile}, {}).tolist()
    [0, 0]
    """
    sets = where_of(question)
    found, values = (kept_gains(question, orders).astype(np.int64), (False, True)) if sets is None else _where(question, orders, *sets)
    occurring = np.unique(found)
    which = np.zeros(len(values), dtype=np.int16)
    which[occurring] = [codes.setdefault(values[place], len(codes)) for place in occurring.tolist()]
    return which[found]


def _where(question: Question, orders: Mapping[str, Labels], meeting: int, then: int) -> tuple[npt.NDArray[np.int64], tuple[Value, ...]]:
    """The same of what the sources conclude of what meets a condition: for each completion the place of its value, and the values."""
    rows = len(next(iter(orders.values())))
    kinds: dict[Value, int] = {"agrees": 0, "differs": 1, "open": 2}
    codes = np.full(rows, kinds["agrees" if meeting else "open"], dtype=np.int64)
    differing = _holding(question, orders, np.arange(rows), meeting & ~then)
    codes[differing] = kinds["differs"]
    left = np.flatnonzero(~differing) if meeting else np.arange(0)
    left = left[~_holding(question, orders, left, meeting & then)]
    tree = Tree(question.orders, lambda cell: led_on(question, cell, meeting, then))
    codes[left] = tree.coded({dm: labels[left] for dm, labels in orders.items()}, kinds)
    return codes, tuple(kinds)


def _holding(question: Question, orders: Mapping[str, Labels], rows: npt.NDArray[np.int64], states: int) -> Flags:
    """In which of some completions one of some states holds."""
    state = question.state
    assert state is not None
    found, listed = np.zeros(len(rows), dtype=np.bool_), _by_nearness(states, state)
    step = max(1, MOST // max(1, len(listed)))
    for at in range(0, len(rows) if listed else 0, step):
        some = {dm: labels[rows[at : at + step]] for dm, labels in orders.items()}
        every = np.ones((len(rows[at : at + step]), len(listed)), dtype=np.bool_)
        found[at : at + step] = _Beside(question, some, listed).held(every)
    return found


def _by_nearness(states: int, state: int) -> list[int]:
    return sorted(bits_of(states), key=lambda other: ((other ^ state).bit_count(), other))


def kept_gains(question: Question, orders: Mapping[str, Labels]) -> Flags:
    """In which completions something that meets the condition is better for everybody than the state, and holds.

    Parameters
    ----------
    question
        The conclusion, of which `is_beside` says that it is had so.
    orders
        For each decision maker (key) the number of the order in each completion, all of one length.

    Returns
    -------
    For each completion whether there is such a state.

    Examples
    --------
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.analysis.sweep.play import Play
    >>> from detente.cases import load
    >>> play = Play(next(Open(load("elmira")).frames()))
    >>> profile = {dm: "SEQ" for dm in play.frame.orders}
    >>> kept_gains(Question(Subject("kept gain"), play, profile), {dm: np.zeros(2, dtype=np.int32) for dm in profile}).tolist()
    [False, False]
    """
    state, possible = question.state, question.wanted
    assert state is not None
    for dm in question.profile:
        some = 0
        for answer in question.orders[dm].better(state).answers:
            assert isinstance(answer, int)
            some |= answer
        possible &= some
    states = _by_nearness(possible, state)
    rows = len(next(iter(orders.values())))
    found, step = np.zeros(rows, dtype=np.bool_), max(1, MOST // max(1, len(states)))
    for at in range(0, rows, step):
        some_rows = {dm: labels[at : at + step] for dm, labels in orders.items()}
        found[at : at + step] = _Beside(question, some_rows, states).kept(state) if states else False
    return found


class _Beside:
    """Completions side by side, by the numbers of their orders, and the states that may be found for them."""

    def __init__(self, question: Question, orders: Mapping[str, Labels], states: Sequence[int]) -> None:
        self.question, self.orders, self.states = question, orders, states

    def kept(self, state: int) -> Flags:
        """Which have one of the states that everybody prefers to a `state`, and that holds."""
        return self.held(self._better(state))

    def held(self, better: Flags) -> Flags:
        """Which have a state that holds, among some for each completion; shape (completions, states)."""
        found = np.zeros(len(better), dtype=np.bool_)
        left = np.flatnonzero(better.any(axis=1))
        for place, other in enumerate(self.states):
            some = left[better[left, place] & ~found[left]]
            found[self._staying(other, some, _surely)] = True
        left = left[~found[left]]
        for place in np.argsort(-better[left].sum(axis=0), kind="stable").tolist():
            some = left[better[left, place] & ~found[left]]
            some = self._staying(self.states[place], some, _at_least)
            found[some] = self._holding(self.states[place], some)
        return found

    def _better(self, state: int) -> Flags:
        """Which of the states everybody prefers to a state; shape (completions, states)."""
        width = self.question.play.frame.space.conflict.combinations // 8 + 1
        states = np.array(self.states)
        found = np.ones((len(next(iter(self.orders.values()))), len(states)), dtype=np.bool_)
        for dm in self.question.profile:
            split = self.question.orders[dm].better(state)
            sets = [answer.to_bytes(width, "little") for answer in split.answers if isinstance(answer, int)]
            bits = np.frombuffer(b"".join(sets), dtype=np.uint8).reshape(len(sets), width)
            inside = (bits[:, states >> 3] >> (states & 7).astype(np.uint8) & 1).astype(np.bool_)
            found &= inside[split.labels[self.orders[dm]]]
        return found

    def _staying(self, state: int, rows: npt.NDArray[np.int64], keys: Mapping[str, str | None]) -> npt.NDArray[np.int64]:
        """Of some completions those in which everybody stays at a state under what a concept of theirs implies, or is implied by."""
        for dm, concept in self.question.profile.items():
            key = keys[concept]
            if not len(rows):
                break
            if key is not None:
                split = self.question.play.own(self.question.orders[dm], key, state)
                rows = rows[np.array(split.answers, dtype=np.bool_)[split.labels[self.orders[dm][rows]]]]
                self._forget(dm)
        return rows

    def _forget(self, dm: str) -> None:
        """Forget what was answered about earlier states, if it is much."""
        orders = self.question.orders[dm]
        if orders.own > ANSWERS:
            orders.forget()
        if orders.worths.held > ANSWERS:
            orders.worths.forget()

    def _holding(self, state: int, rows: npt.NDArray[np.int64]) -> Flags:
        """In which of some completions a state holds."""
        if not len(rows):
            return np.ones(0, dtype=np.bool_)
        play, profile = self.question.play, self.question.profile
        kinds: dict[Value, int] = {}
        tree = Tree(self.question.orders, lambda cell: play.holds(cell, profile, state))
        codes = tree.coded({dm: labels[rows] for dm, labels in self.orders.items()}, kinds)
        return np.array(list(kinds), dtype=np.bool_)[codes]


_surely: Mapping[str, str | None] = {key: key if key in OWN else "Nash" for key in (*OWN, *WEAKER)}
"""What a decision maker's own order must say for it to be sure that they stay, for each concept."""
_at_least: Mapping[str, str | None] = {**{key: key for key in OWN}, **WEAKER}
"""What it must say at least; None: nothing."""
