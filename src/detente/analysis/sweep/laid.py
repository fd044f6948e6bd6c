"""Lists of criteria of all ways to settle the guesses about one decision maker, laid side by side in arrays.

What a completion is, `detente.model.completed.party_completed` says; this comes to the same for a preference that is a list of conditions,
for all completions at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from detente.analysis.sweep.lists import Labels
from detente.analysis.sweep.worths import Split
from detente.model.completed import party_completed
from detente.model.conflict import DecisionMaker, RedLine
from detente.model.formula import Formula
from detente.model.guess import Guess, LeftOut, Ordered
from detente.model.preference import Criterion, Meets
from detente.preference.order import criteria_of

Ways = npt.NDArray[np.integer]
"""For each way, and each of some guesses, the number of the alternative; shape (ways, guesses)."""
KINDS = ("order", "statement", "red line")
"""The kinds of guesses that are laid out so."""
NONE = -1


def can_be_laid(dm: DecisionMaker, guesses: Sequence[Guess]) -> bool:
    """Whether a decision maker's preference is a list of conditions, and all `guesses` are about these or about red lines (`dm`).

    >>> can_be_laid(DecisionMaker("A", "A"), [])
    False
    """
    preference = dm.preference
    if preference is None or any(guess.kind not in KINDS for guess in guesses):
        return False
    statements = preference.statements()
    return preference.criteria() == tuple(Meets(one.when) for one in statements) and preference.with_statements(statements) == preference


def laid(dm: DecisionMaker, guesses: Sequence[Guess], ways: Ways, number: Callable[[Criterion], int]) -> npt.NDArray[np.int32]:
    """For each way to settle some guesses the numbers of the criteria, the most important first, filled up with -1.

    Parameters
    ----------
    dm
        The decision maker as they are written.
    guesses
        The guesses about them.
    ways
        How each of these comes out.
    number
        Numbers criteria.

    Examples
    --------
    >>> from detente.model.formula import Taken
    >>> from detente.model.guess import Alternative, AsWritten
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> two = DecisionMaker("A", "A", OptionPrioritization((Statement(Taken("x")), Statement(Taken("y")))))
    >>> turned = Guess("g", "order", "A", (1, 2), (Alternative(AsWritten()), Alternative(Ordered((2, 1)))))
    >>> laid(two, [turned], np.array([[0], [1]]), {Meets(Taken("x")): 0, Meets(Taken("y")): 1}.__getitem__).tolist()
    [[0, 1, -1], [1, 0, -1]]
    """
    assert dm.preference is not None
    statements = dm.preference.statements()
    places = np.tile(np.arange(1, len(statements) + 1), (len(ways), 1))
    for column, guess in enumerate(guesses):
        for alternative, one in enumerate(guess.alternatives):
            if isinstance(one.what, Ordered):
                rows = np.flatnonzero(ways[:, column] == alternative)
                places[np.ix_(rows, np.array(sorted(guess.places)) - 1)] = one.what.places
    codes = np.array([NONE, *(number(Meets(one.when)) for one in statements)], dtype=np.int32)[places]
    for column, guess in enumerate(guesses):
        for alternative, one in enumerate(guess.alternatives):
            if guess.kind == "statement" and isinstance(one.what, LeftOut | Formula):
                code = NONE if isinstance(one.what, LeftOut) else number(Meets(one.what))
                codes[(ways[:, column] == alternative)[:, None] & np.isin(places, guess.places)] = code
    lines = red_lines(dm, guesses, ways)
    first = [NONE if not found else number(criteria_of(replace(dm, preference=None, red_lines=found))[0]) for found in _lines(lines)]
    every = np.concatenate([np.array(first, dtype=np.int32)[lines.labels][:, None], codes], axis=1)
    kept: npt.NDArray[np.int32] = np.take_along_axis(every, np.argsort(every == NONE, axis=1, kind="stable"), axis=1)
    return kept


def red_lines(dm: DecisionMaker, guesses: Sequence[Guess], ways: Ways) -> Split:
    """For each way to settle some guesses the red lines of a decision maker.

    Parameters
    ----------
    dm
        The decision maker as they are written.
    guesses
        The guesses about them.
    ways
        How each of these comes out.

    Examples
    --------
    >>> red_lines(DecisionMaker("A", "A"), [], np.zeros((2, 0), dtype=np.uint16)).answers
    ((),)
    """
    own = [column for column, guess in enumerate(guesses) if guess.kind == "red line"]
    some = [guesses[column] for column in own]
    if not own:
        return Split(np.zeros(len(ways), dtype=np.int32), (dm.red_lines,))
    kinds, of = np.unique(ways[:, own], axis=0, return_inverse=True)
    found = []
    for row in kinds.tolist():
        made = {guess.key: guess.alternatives[number].what for guess, number in zip(some, row, strict=True)}
        live = [guess for guess, number in zip(some, row, strict=True) if number]
        found.append(party_completed(replace(dm, preference=None), made, live).red_lines)
    place = {lines: number for number, lines in enumerate(dict.fromkeys(found))}
    labels: Labels = np.array([place[lines] for lines in found], dtype=np.int32)[of.reshape(-1)]
    return Split(labels, tuple(place))


def _lines(split: Split) -> Sequence[tuple[RedLine, ...]]:
    return [answer for answer in split.answers if isinstance(answer, tuple)]
