"""Reads files of forecasts."""

from __future__ import annotations

import os
from typing import Any

from detente.errors import ConflictError, Diagnostic, Position
from detente.io.compose import compose
from detente.io.files import text_of
from detente.io.language import VERSION
from detente.io.language_forecasts import FORECASTS
from detente.io.nodes import Pairs, SourceText
from detente.io.report import Enough, Report
from detente.io.shaped import Names, Shaped
from detente.model.forecast import Forecasts, forecast_problems
from detente.model.shape import Noun


def read_forecasts(path: str | os.PathLike[str]) -> Forecasts:
    """Read a file of forecasts.

    Parameters
    ----------
    path
        The file, YAML or JSON.

    Raises
    ------
    ConflictError
        With everything that is wrong: families F and M.
    UsageError
        U404 if there is no such file, U405 if its name ends otherwise.
    """
    return forecasts_in(text_of(path), os.fspath(path))


def forecasts_in(text: str, name: str = "<text>") -> Forecasts:
    """The forecasts of a text.

    Parameters
    ----------
    text
        The text, YAML or JSON.
    name
        Name of the file, for positions.

    Raises
    ------
    ConflictError
        With everything that is wrong: families F and M.

    Examples
    --------
    >>> one = "{question: Does it hold?, recorded: 2024-03-01, source: a guess, outcomes: {holds: 0.7, ends: 0.3}}"
    >>> forecasts_in("{detente: 1, title: t, forecasts: [" + one + "]}").forecasts[0].probability("holds")
    Fraction(7, 10)
    """
    source = SourceText(text.removeprefix("\ufeff"), name)
    report = Report()
    try:
        root = compose(source, report)
        if not isinstance(root, Pairs):
            help = f"it begins with `detente: {VERSION}`"
            raise ConflictError([Diagnostic("M114", "a file of forecasts is a mapping from keys to values", source.where(root), help=help)])
        return _read(source, report, root)
    except Enough:
        raise ConflictError(report.found) from None
    except ConflictError as problem:
        raise ConflictError([*report.found, *problem.diagnostics]) from None


def _read(source: SourceText, report: Report, root: Pairs) -> Forecasts:
    shaped = Shaped(source, report, Names({noun: {} for noun in Noun}))
    given = {f.key: (f, value) for f, value in shaped.fields(FORECASTS, root, "")}
    values: dict[str, Any] = {key: shaped.field(f, value, "") for key, (f, value) in given.items()}
    for f in FORECASTS.fields:
        if f.required and f.key not in values:
            shaped.bad("M115", f'a file of forecasts needs "{f.key}"', source.place(0, 1), "", help=f.about)
    if report.has_errors:
        raise Enough
    read = Forecasts(values["title"], values["forecasts"])
    for place, one in enumerate(read.forecasts, start=1):
        for found in forecast_problems(one, f"forecasts/{place}"):
            where = _where(shaped, found.element or "") or source.where(root)
            report.error(found.code, found.message, where, value=found.value, element=found.element, help=found.help)
    if report.has_errors:
        raise Enough
    return read


def _where(shaped: Shaped, path: str) -> Position | None:
    while path and path not in shaped.positions:
        path = path.rpartition("/")[0]
    return shaped.positions.get(path)
