"""Tables in words: what a page shows of a document in rows and columns, so that no page has to find words for figures by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.text import plural

LINES = 12
"""Most lines of a cell that are given, unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell.

    Parameters
    ----------
    text
        What it says, with all figures in words.
    share
        A share from 0 to 1 that may be drawn as a bar beside it, or None.
    low, high
        Where the share was judged by a sample, the range in which it lies; else None.
    solid
        Whether the bar is to be drawn solid: what the conflict is like as it is written.
    states
        The numbers of the states that the text names.

    Examples
    --------
    >>> Line("yes 66.7%", 2 / 3).text
    'yes 66.7%'
    """

    text: str
    share: float | None = None
    low: float | None = None
    high: float | None = None
    solid: bool = False
    states: tuple[int, ...] = ()


Cell = tuple[Line, ...]
"""What stands in one place of a table."""


@dataclass(frozen=True, slots=True)
class Told:
    """A table.

    Parameters
    ----------
    key
        What tells it from other tables of the same page.
    title, about
        What it is called, and how it is to be read.
    columns
        The headings; the first is that of what each row is about.
    rows
        The cells of each row, one for each heading.

    Examples
    --------
    >>> Told("moves", "Moves", "Who moves.", ("Who",), (cells("North"),)).rows
    (((Line(text='North', share=None, low=None, high=None, solid=False, states=()),),),)
    """

    key: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def cells(*given: str | Line | Sequence[Line | str]) -> tuple[Cell, ...]:
    """The cells of a row: a text, a line, or several lines for each (`given`).

    >>> [len(cell) for cell in cells("a", ("b", Line("c")), ())]
    [1, 2, 0]
    """
    return tuple(_cell(one) for one in given)


def _cell(given: str | Line | Sequence[Line | str]) -> Cell:
    parts: Sequence[Line | str] = (given,) if isinstance(given, str | Line) else given
    return tuple(Line(one) if isinstance(one, str) else one for one in parts)


def at_most(lines: Sequence[Line | str], one: str, most: int = LINES, several: str | None = None) -> tuple[Line | str, ...]:
    """The first of many lines, and how many more there are.

    Parameters
    ----------
    lines
        All lines.
    one
        What one of them is called.
    most
        How many are given.
    several
        What any other number of them is called; by default `one` with an s.

    Examples
    --------
    >>> at_most(["a", "b", "c"], "set", 2), at_most(["a", "b", "c"], "guess", 1, "guesses")
    (('a', 'b', 'and 1 further set'), ('a', 'and 2 further guesses'))
    """
    left = len(lines) - most
    return (*lines[:most], f"and {plural(left, f'further {one}', several and f'further {several}')}") if left > 0 else tuple(lines)
