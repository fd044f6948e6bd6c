"""What the page shows of how sure an analysis is, and of how a conflict would go on: documents, with tables in words and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from detente.analysis.sweep.draw import how_many
from detente.app.document_base import Document, Part, Whole
from detente.app.evolution_documents import EvolutionDocument
from detente.app.evolving import evolve
from detente.app.guessing import OPENED, RULES, with_open
from detente.app.opening import Opened
from detente.app.progress import Progress
from detente.app.sweep_documents import SweepDocument
from detente.app.sweep_parts import guess_part
from detente.app.sweeping import sweep
from detente.report.content import Figure
from detente.report.evolution_view import evolution_figure
from detente.report.going_on_tables import going_on_tables
from detente.report.palette import parties_of
from detente.report.sure_tables import guesses_table, sure_tables
from detente.report.svg import unstyled
from detente.report.sweep_view import sweep_figures
from detente.report.told import Line, Told


class LinePart(Part):
    """A line of a cell: its text, and where it gives a share, this, which may be drawn as a bar, `solid` for what is as written.

    `low` and `high` are the ends of the range in which a share lies that was judged by a sample.  `states` are those that the text names.
    """

    text: str
    share: float | None
    low: float | None
    high: float | None
    solid: bool
    states: tuple[Whole, ...]


class TablePart(Part):
    """A table in words: its key, its title, how it is to be read, its headings, and for each row the lines of each cell."""

    key: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[LinePart, ...], ...], ...]


class PicturePart(Part):
    """A picture: SVG, with what it shows in words; the width below which it can't be read is its `data-least`."""

    title: str
    caption: str
    svg: str


class SureDocument(Document):
    """How sure an analysis is: what a sweep found, in tables and pictures.

    `so_far` says that it is what was counted so far, while the sweep goes on: shares alone, of some conclusions.
    """

    schema_: Literal["detente.sure/1"] = Field(default="detente.sure/1", serialization_alias="schema", validation_alias="schema")
    so_far: bool
    sweep: SweepDocument
    tables: tuple[TablePart, ...]
    pictures: tuple[PicturePart, ...]


class GoingOnDocument(Document):
    """How a conflict would go on, in the model, in tables and a picture."""

    schema_: Literal["detente.going-on/1"] = Field(default="detente.going-on/1", serialization_alias="schema", validation_alias="schema")
    evolution: EvolutionDocument
    tables: tuple[TablePart, ...]
    pictures: tuple[PicturePart, ...]


class OpensPart(Part):
    """A kind of basis, or "rules", or "without" a basis: how many elements would be open if it were opened, besides what the file opens.

    For "rules" it is how many rules would be, if all kinds of bases were opened.
    """

    kind: str
    elements: int


class GuessesDocument(Document):
    """What is open in a conflict, and what could be opened besides: how many guesses there are, and how many ways to settle them."""

    schema_: Literal["detente.guesses/1"] = Field(default="detente.guesses/1", serialization_alias="schema", validation_alias="schema")
    guesses: int
    completions: Whole
    opens: tuple[OpensPart, ...]
    tables: tuple[TablePart, ...]


def sure(found: Opened, asked: Mapping[str, Any], progress: Progress, so_far: Callable[[SureDocument], None]) -> SureDocument:
    """A sweep in tables and pictures.

    Parameters
    ----------
    found
        The conflict.
    asked
        What `detente.app.sweeping.sweep` takes by name.
    progress
        Is told what is being done.
    so_far
        Is told what was counted so far.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> steps = list[SureDocument]()
    >>> last = sure(opened("half-known-objection"), {"levers": False}, lambda _: None, steps.append)
    >>> [len(one.sweep.conclusions) for one in (*steps, last)], [picture.title for picture in last.pictures][:1]
    ([8, 9, 11, 12, 13, 13], ['How often each conclusion holds'])
    """
    swept = sweep(found, **asked, progress=progress, so_far=lambda counted: so_far(_sure(counted, True)))
    progress("the tables and the pictures")
    return _sure(swept, False)


def _sure(swept: SweepDocument, so_far: bool) -> SureDocument:
    data = swept.data()
    return SureDocument(so_far=so_far, sweep=swept, tables=_tables(sure_tables(data)), pictures=_pictures(sweep_figures(data)))


def going_on(found: Opened, asked: Mapping[str, Any], progress: Progress) -> GoingOnDocument:
    """How a conflict would go on, in tables and a picture.

    Parameters
    ----------
    found
        The conflict.
    asked
        What `detente.app.evolving.evolve` takes by name.
    progress
        Is told what is being done.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> shown = going_on(opened("elmira"), {"start": 1}, lambda _: None)
    >>> [table.key for table in shown.tables], shown.pictures[0].title
    (['ends', 'rounds', 'weights'], 'The most probable ways')
    """
    evolution = evolve(found, **asked, progress=progress)
    data = evolution.data()
    figure = evolution_figure(data, parties_of(found.conflict), selectable=True)
    return GoingOnDocument(evolution=evolution, tables=_tables(going_on_tables(data)), pictures=_pictures([figure] if figure else []))


def _tables(told: Iterable[Told]) -> tuple[TablePart, ...]:
    return tuple(
        TablePart(
            key=one.key,
            title=one.title,
            about=one.about,
            columns=one.columns,
            rows=tuple(tuple(tuple(map(_line, cell)) for cell in row) for row in one.rows),
        )
        for one in told
    )


def _line(line: Line) -> LinePart:
    return LinePart(text=line.text, share=line.share, low=line.low, high=line.high, solid=line.solid, states=line.states)


def _pictures(figures: Iterable[Figure]) -> tuple[PicturePart, ...]:
    return tuple(PicturePart(title=one.heading, caption=one.caption, svg=str(unstyled(one.svg))) for one in figures)


def guesses(found: Opened, open: str | None) -> GuessesDocument:
    """What is open in a conflict, and what could be.

    Parameters
    ----------
    found
        The conflict.
    open
        What is opened besides what its file opens, as for a sweep; None for nothing.

    Raises
    ------
    UsageError
        U531 if `open` can't be read.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> shown = guesses(opened("misread-neighbours"), "assumed")
    >>> shown.guesses, shown.completions, [(one.kind, one.elements) for one in shown.opens if one.elements]
    (8, 256, [('assumed', 8), ('rules', 2)])
    """
    shown = with_open(found, open, needed=False).conflict
    data = {"guesses": [guess_part(shown, guess).data() for guess in shown.guesses]}
    kinds = list(OPENED)
    opens = [(kind, _more(found, [kind])) for kind in kinds] + [(RULES, _more(found, [*kinds, RULES]) - _more(found, kinds))]
    return GuessesDocument(
        guesses=len(shown.guesses),
        completions=how_many(shown.guesses),
        opens=tuple(OpensPart(kind=kind, elements=count) for kind, count in opens),
        tables=_tables([guesses_table(data)] if shown.guesses else []),
    )


def _more(found: Opened, kinds: Sequence[str]) -> int:
    """How many elements are open if some kinds of bases are opened, besides what the file opens."""
    return len(with_open(found, kinds, needed=False).conflict.guesses) - len(found.conflict.guesses)
