"""What is found besides shares: on which guesses a conclusion hangs, and what came of analysing completions again."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tree import Value


@dataclass(frozen=True)
class Hanging:
    """On which guesses a conclusion hangs.

    Parameters
    ----------
    value
        Its value in the conflict as it is written; that it does not apply counts as a value.
    breaking
        Minimal sets of guesses (keys) that can change it, all others as written; the smaller first.
    sufficient
        Minimal sets of guesses that keep it, as written, whatever the others are; the smaller first.  Just the empty set where it never
        changes.
    least
        The size of the smallest sufficient sets.
    complete
        Whether all minimal sets of both kinds are listed.
    up_to
        `breaking` lists all of up to so many guesses; where it does not list all, it may hold some larger ones.
    is_least
        Whether the smallest sufficient sets have so many members; otherwise they have at least so many, and `sufficient` is empty.

    Examples
    --------
    >>> Hanging(True, (("g",),), (("g",),), 1, True, 3, True).breaking
    (('g',),)
    """

    value: Value
    breaking: tuple[tuple[str, ...], ...]
    sufficient: tuple[tuple[str, ...], ...]
    least: int
    complete: bool
    up_to: int
    is_least: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A completion of which the sweep says something else than an analysis from scratch, or a claim about it that was refused.

    Parameters
    ----------
    chosen
        The completion: for each guess, in the order of the conflict, the number of its alternative.
    subject
        The conclusion.
    swept, afresh
        What each of the two says.
    refused
        Why the checker refused what shows a verdict; None where the values differ.

    Examples
    --------
    >>> Difference((0, 1), Subject("holds"), True, False).refused is None
    True
    """

    chosen: tuple[int, ...]
    subject: Subject
    swept: Value
    afresh: Value
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What came of analysing completions again.

    Parameters
    ----------
    number
        How many completions were analysed.
    compared
        How many values were compared.
    accepted
        How many claims the checker accepted.
    unchecked
        The conclusions that are not had from the analysis of a single completion, or were drawn in that way to begin with.
    differences
        What did not agree; empty unless something is wrong with the program.

    Examples
    --------
    >>> Rechecked(20, 40, 60, (), ()).agrees
    True
    """

    number: int
    compared: int
    accepted: int
    unchecked: tuple[Subject, ...]
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether everything agreed, and something was compared."""
        return not self.differences and self.compared > 0
