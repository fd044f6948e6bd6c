"""Guesses that follow from what the elements of a conflict rest on: what is not reported may be as written, or not be there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from detente.model.checks_guesses import fitting
from detente.model.evidence import Basis, BasisKind
from detente.model.guess import Alternative, AsWritten, Guess, LeftOut

if TYPE_CHECKING:
    from detente.model.conflict import Conflict


def opened(conflict: Conflict, is_open: Callable[[str, Basis | None], bool]) -> tuple[Guess, ...]:
    """A guess for each statement, red line and rule that is open: whether it holds.

    What can't be open, because lists of states or merged states hang on it (M182), is left out.

    Parameters
    ----------
    conflict
        The conflict.
    is_open
        Whether an element (its path) that rests on a basis is open.

    Returns
    -------
    tuple of Guess
        In the order of the conflict; the key of each is the path of its element.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
    >>> from detente.model.formula import Taken
    >>> a = DecisionMaker("A", "A", red_lines=(RedLine(Taken("x")),))
    >>> one = Conflict("one", (a,), (Option("x", "x", ("A",)),))
    >>> [guess.key for guess in opened(one, lambda path, basis: basis is None)]
    ['decision makers/A/red lines/1']
    """
    return fitting(conflict, tuple(guess for guess, basis in _candidates(conflict) if is_open(guess.key, basis)))


def resting_on(kinds: Iterable[BasisKind | None]) -> Callable[[str, Basis | None], bool]:
    """Tells elements whose basis is of one of some kinds (None: that have no basis).

    >>> resting_on([None])("rules/1", None)
    True
    """
    wanted = frozenset(kinds)
    return lambda _, basis: (None if basis is None else basis.kind) in wanted


def _candidates(conflict: Conflict) -> Iterator[tuple[Guess, Basis | None]]:
    """Each element that may be left out, as a guess, with what it rests on."""
    held = (Alternative(AsWritten()), Alternative(LeftOut()))
    for dm in conflict.decision_makers:
        path = f"decision makers/{dm.key}"
        statements = dm.preference.statements() if dm.preference is not None else ()
        for place, statement in enumerate(statements, start=1):
            yield Guess(f"{path}/prefers/{place}", "statement", dm.key, (place,), held), statement.basis
        for place, line in enumerate(dm.red_lines, start=1):
            yield Guess(f"{path}/red lines/{place}", "red line", dm.key, (place,), held), line.basis
    for place, rule in enumerate(conflict.rules, start=1):
        yield Guess(f"rules/{place}", "rule", None, (place,), held), rule.basis
