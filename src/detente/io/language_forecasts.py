"""The language of files of forecasts: questions, outcomes with probabilities, and what came."""

from __future__ import annotations

from detente.io.language import VERSION
from detente.model.forecast import Forecast, Resolution
from detente.model.shape import Decimal, Field, ListOf, Noun, Record, Table, Text, Whole

RESOLUTION = Record(
    "what came",
    (
        Field("outcome", Text(), "Which of the outcomes.", required=True),
        Field("on", Text(), "The day on which it was known: 2024-04-02.", required=True),
        Field("source", Text(), "Where it is known from."),
    ),
    make=Resolution,
)
"""What came."""

FORECAST = Record(
    "a forecast",
    (
        Field("question", Text(), "What is asked, so that it can be told later which outcome came.", required=True),
        Field("recorded", Text(), "The day on which it was recorded: 2024-03-01.", required=True),
        Field("by", Text(), "Whose forecast it is."),
        Field("source", Text(), "Where the probabilities come from.", required=True),
        Field("outcomes", Table(Noun.OUTCOME, Decimal(0, 1)), "Each outcome with its probability, 1 together.", required=True),
        Field("status quo", Text(), "The outcome that means that nothing has changed."),
        Field("resolved", RESOLUTION, "What came, once it is known."),
    ),
    make=Forecast,
)
"""One forecast."""

FORECASTS = Record(
    "a file of forecasts",
    (
        Field("detente", Whole(VERSION, VERSION), f"The version of this language: {VERSION}.", required=True),
        Field("title", Text(), "One line.", required=True),
        Field("forecasts", ListOf(FORECAST, filled=True), "The forecasts.", required=True),
    ),
)
"""A whole file of forecasts."""
