"""Forecasts that somebody has recorded: a question, outcomes with probabilities, where these come from, and what came.

They are no part of a conflict.  They are written down before the outcome is known, so that they can be scored once it is
(`detente.analysis.forecasts`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from detente.errors import Diagnostic


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came.

    Parameters
    ----------
    outcome
        One of the outcomes of the forecast.
    on
        The day on which it was known, as year-month-day.
    source
        Where it is known from, or None.

    Examples
    --------
    >>> Resolution("it holds", "2024-04-02").outcome
    'it holds'
    """

    outcome: str
    on: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast.

    Parameters
    ----------
    question
        What is asked, so that it can be told later which outcome came.
    recorded
        The day on which it was recorded, as year-month-day.
    source
        Where the probabilities come from.
    outcomes
        Each outcome with its probability; they are 1 together.
    by
        Whose forecast it is, or None.
    status_quo
        The outcome that means that nothing has changed, or None.
    resolved
        What came, or None while that is not known.

    Examples
    --------
    >>> half = (("yes", Fraction(1, 2)), ("no", Fraction(1, 2)))
    >>> Forecast("Does it hold?", "2024-03-01", "a guess", half).probability("yes")
    Fraction(1, 2)
    """

    question: str
    recorded: str
    source: str
    outcomes: tuple[tuple[str, Fraction], ...]
    by: str | None = None
    status_quo: str | None = None
    resolved: Resolution | None = None

    def probability(self, outcome: str) -> Fraction:
        """The probability of an outcome; 0 for one that is not among them."""
        return dict(self.outcomes).get(outcome, Fraction(0))


@dataclass(frozen=True, slots=True)
class Forecasts:
    """A file of forecasts, in the order in which they stand there.

    Parameters
    ----------
    title
        One line.
    forecasts
        The forecasts.

    Examples
    --------
    >>> Forecasts("none yet", ()).forecasts
    ()
    """

    title: str
    forecasts: tuple[Forecast, ...]


def forecast_problems(forecast: Forecast, element: str) -> Iterator[Diagnostic]:
    """What is wrong with a forecast: F650 to F654.

    Parameters
    ----------
    forecast
        The forecast.
    element
        Its path, for diagnostics.

    Examples
    --------
    >>> odd = Forecast("Does it hold?", "today", "a guess", (("yes", Fraction(1, 2)), ("no", Fraction(1, 3))))
    >>> [found.code for found in forecast_problems(odd, "forecasts/1")]
    ['F651', 'F653']
    """
    names = [name for name, _ in forecast.outcomes]
    said = [("question", forecast.question), ("source", forecast.source), *(("outcomes", name) for name in names)]
    for key in dict.fromkeys(key for key, text in said if not text.strip()):
        what = "an outcome" if key == "outcomes" else f"the {key}"
        help = "say it, so that somebody else can tell later what was meant"
        yield Diagnostic("F654", f"{what} of this forecast is empty", help=help, element=f"{element}/{key}")
    total = sum((probability for _, probability in forecast.outcomes), Fraction(0))
    if len(names) < 2:
        yield Diagnostic("F650", "a forecast has two outcomes or more", help="name what else could come", element=f"{element}/outcomes")
    elif total != 1:
        message = f"the probabilities of the outcomes are {_shown(total)} together, and not 1"
        yield Diagnostic("F651", message, help="name every outcome; write thirds as 1/3", element=f"{element}/outcomes")
    resolved = forecast.resolved
    for key, outcome in (("status quo", forecast.status_quo), ("resolved", None if resolved is None else resolved.outcome)):
        if outcome is not None and outcome not in names:
            message = f'"{outcome}" is none of the outcomes of this forecast'
            yield Diagnostic("F652", message, value=outcome, help=f"they are: {', '.join(names)}", element=f"{element}/{key}")
    days = [("recorded", forecast.recorded), *([("resolved", resolved.on)] if resolved else [])]
    for key, day in days:
        if _day(day) is None:
            yield Diagnostic("F653", f'"{day}" is no day', value=day, help="write it as 2024-03-01", element=f"{element}/{key}")
    known = [found for _, day in days if (found := _day(day)) is not None]
    if len(known) == 2 and known[1] < known[0]:
        message = "the outcome was known before the forecast was recorded, so that it is none"
        yield Diagnostic("F653", message, value=days[1][1], help="look at both days", element=f"{element}/resolved")


def _day(text: str) -> date | None:
    """The day that is written as year-month-day; None for any other way to write it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def _shown(total: Fraction) -> str:
    near = f"{float(total):.6g}"
    return near if Fraction(near) == total else f"{total} (about {near})"
