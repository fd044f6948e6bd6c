"""Lists of statements that a few edits make of one, each with the fewest edits that make it.

A list is written as a tuple of whole numbers: twice the place (from 0) of a statement in the original list, plus 1 if it is
reversed; statements that the analyst gives come after the original ones.  A move down by one place is the same as the move up by one place
of the statement behind, and is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.analysis.claims.statement_edits import Action

List: TypeAlias = tuple[int, ...]
"""Statements in order: 2 * place in the original list, + 1 if reversed."""
Done: TypeAlias = Literal["up", "down", "drop", "reverse", "add"]
"""What an edit does to a statement."""
What: TypeAlias = frozenset[tuple[int, Done]]
"""What is done to which statements (places from 0 in the original list), whatever the places that these are moved to."""

MAX_LISTS = 400_000
"""Most edits of one list that are tried in one round."""

KEPT = 16
"""For how many lengths of lists it is kept what edits make of them: it does not depend on what the statements say."""
_MADE: dict[tuple[int, int, int], list[tuple[Made, ...]]] = {}


@dataclass(frozen=True, slots=True, order=True)
class OneEdit:
    """One edit of a list: its size, its place and new place in the list as it is then (from 1), what is done, to which statement."""

    size: int
    place: int
    to: int
    done: Done
    statement: int

    @property
    def action(self) -> Action:
        """What is done, as a claim says it."""
        match self.done:
            case "up" | "down":
                return "move"
            case action:
                return action


@dataclass(frozen=True, slots=True)
class Made:
    """A list, and how it is made.

    Parameters
    ----------
    order
        The list.
    edits
        The fewest edits that make it; of these the ones of the least size, the first in order.
    ways
        For every such fewest edits what is done to which statements.
    """

    order: List
    edits: tuple[OneEdit, ...]
    ways: frozenset[What]

    @property
    def size(self) -> int:
        """The least total size of the fewest edits that make it."""
        return sum(edit.size for edit in self.edits)

    @property
    def what(self) -> What:
        """What the edits do to which statements."""
        return frozenset((edit.statement, edit.done) for edit in self.edits)


def single_edits(order: List, original: int, added: int) -> Iterator[tuple[OneEdit, List]]:
    """Every edit of a list, with the list that it makes.

    Parameters
    ----------
    order
        The list.
    original
        The number of statements of the original list; only these are reversed.
    added
        The number of statements that the analyst gives; each is added at most once.

    Examples
    --------
    >>> [(edit.done, made) for edit, made in single_edits((0, 2), 2, 0)]
    [('drop', (2,)), ('reverse', (1, 2)), ('up', (2, 0)), ('drop', (0,)), ('reverse', (0, 3))]
    """
    for at, token in enumerate(order):
        rest, statement = order[:at] + order[at + 1 :], token >> 1
        for to in range(len(order)):
            if to < at or to > at + 1:
                made = (*rest[:to], token, *rest[to:])
                yield OneEdit(abs(to - at), at + 1, to + 1, "up" if to < at else "down", statement), made
        yield OneEdit(1, at + 1, 0, "drop", statement), rest
        if statement < original:
            yield OneEdit(1, at + 1, 0, "reverse", statement), (*order[:at], token ^ 1, *order[at + 1 :])
    present = {token >> 1 for token in order}
    for statement in range(original, original + added):
        if statement not in present:
            for to in range(len(order) + 1):
                yield OneEdit(1, to + 1, 0, "add", statement), (*order[:to], 2 * statement, *order[to:])


def rounds(original: int, added: int, most: int, stop: Callable[[], bool] = bool) -> list[tuple[Made, ...]]:
    """The lists that edits make of a list: for each number of edits those that no fewer make, smallest size first.

    Parameters
    ----------
    original
        The number of statements of the list.
    added
        The number of further statements that may be added.
    most
        The greatest number of edits.
    stop
        Asked from time to time; rounds end when it says so, the last one being left out.

    Returns
    -------
    list
        From no edit up; shorter than `most` + 1 if a round would try more than `MAX_LISTS` edits, or was stopped.

    Examples
    --------
    >>> [len(made) for made in rounds(2, 0, 2)]
    [1, 5, 6]
    """
    if (original, added, most) in _MADE:
        return _MADE[original, added, most]
    start: List = tuple(2 * n for n in range(original))
    known = {start}
    found: list[tuple[Made, ...]] = [(Made(start, (), frozenset({frozenset()})),)]
    while len(found) <= most:
        before = found[-1]
        if len(before) * max(1, len(start) + 1) ** 2 > MAX_LISTS:
            return found
        new: dict[List, tuple[tuple[int, tuple[OneEdit, ...]], set[What]]] = {}
        for count, made in enumerate(before):
            if count % 50 == 0 and stop():
                return found
            for edit, order in single_edits(made.order, original, added):
                if order not in known:
                    _note(new, made, edit, order)
        known.update(new)
        made_now = (Made(order, edits, frozenset(ways)) for order, ((_, edits), ways) in new.items())
        found.append(tuple(sorted(made_now, key=lambda made: (made.size, made.edits))))
    if len(_MADE) >= KEPT:
        _MADE.clear()
    _MADE[original, added, most] = found
    return found


def _note(new: dict[List, tuple[tuple[int, tuple[OneEdit, ...]], set[What]]], made: Made, edit: OneEdit, order: List) -> None:
    """Note one more way to make a list, and keep the smallest."""
    edits = (*made.edits, edit)
    ranked = (sum(e.size for e in edits), edits)
    whats = {way | {(edit.statement, edit.done)} for way in made.ways}
    if order not in new:
        new[order] = (ranked, whats)
        return
    best, ways = new[order]
    new[order] = (min(best, ranked), ways | whats)
