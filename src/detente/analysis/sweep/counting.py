"""Counting: the cases into which all completions fall, found by walking the tree of a conclusion in each frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.asked import Question
from detente.analysis.sweep.cases import Cases
from detente.analysis.sweep.frame import Open
from detente.analysis.sweep.spread import Counted
from detente.analysis.sweep.tree import MAX_LEAVES, Tree, Value


def count_over(open: Open, questions: Sequence[Question], most: int = MAX_LEAVES) -> Counted:
    """A conclusion over all completions.

    Parameters
    ----------
    open
        The conflict with its guesses.
    questions
        The conclusion as it is asked in each frame, in their order.
    most
        Most cases that each frame may fall into.

    Raises
    ------
    LimitError
        S351 if it falls into more.

    Examples
    --------
    >>> from detente.analysis.sweep.play import Play
    >>> from detente.analysis.sweep.subject import Subject
    >>> from detente.cases import load
    >>> conflict = load("elmira")
    >>> everything = Open(conflict)
    >>> profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    >>> count_over(everything, [Question(Subject("holds"), Play(frame), profile) for frame in everything.frames()]).shares()
    {False: Fraction(1, 1)}
    """
    return Counted(open, questions[0].subject, [cases_of(question, most) for question in questions])


def cases_of(question: Question, most: int = MAX_LEAVES, tick: Callable[[], None] | None = None) -> Cases:
    """The cases of a conclusion in the frame of a question.

    Parameters
    ----------
    question
        The conclusion, asked in the frame.
    most
        Most cases.
    tick
        Called after each case and before each question; what it raises ends the count.

    Raises
    ------
    LimitError
        S351 if there are more cases.

    Examples
    --------
    >>> from detente.analysis.sweep.subject import Subject
    >>> from detente.analysis.sweep.frame import Open
    >>> from detente.analysis.sweep.play import Play
    >>> from detente.cases import load
    >>> conflict = load("elmira")
    >>> frame = next(Open(conflict).frames())
    >>> found = cases_of(Question(Subject("holds"), Play(frame), {dm.key: "SEQ" for dm in conflict.decision_makers}))
    >>> found.values, {dm: [part.tolist() for part in parts] for dm, parts in found.parts.items()}
    ((False,), {'MoE': [[0]], 'Uniroyal': [[0]], 'Local': [[0]]})
    """
    frame = question.frame
    values: list[Value] = []
    places: dict[str, _Places] = {dm: _Places() for dm in frame.orders}
    for leaf in Tree(frame.orders, question.conclude, tick).leaves(most):
        values.append(leaf.value)
        for dm, known in places.items():
            known.add(leaf.within[dm])
        if tick is not None:
            tick()
    return Cases(
        frame.number,
        tuple(values),
        {dm: tuple(known.parts) for dm, known in places.items()},
        {dm: np.array(known.index, dtype=np.int64) for dm, known in places.items()},
        {dm: orders.of for dm, orders in frame.orders.items()},
    )


class _Places:
    """Sets of orders, each kept once."""

    def __init__(self) -> None:
        self.parts: list[npt.NDArray[np.int64]] = []
        self.index: list[int] = []
        self._seen: dict[int, int] = {}
        self._equal: dict[bytes, int] = {}
        self._held: list[npt.NDArray[np.int64]] = []

    def add(self, part: npt.NDArray[np.int64]) -> None:
        """Note the set of a further case."""
        place = self._seen.get(id(part))
        if place is None:
            key = part.tobytes()
            place = self._equal.setdefault(key, len(self.parts))
            if place == len(self.parts):
                self.parts.append(part)
            self._seen[id(part)] = place
            self._held.append(part)  # so that no other array gets its id
        self.index.append(place)
