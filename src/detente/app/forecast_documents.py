"""The answer of `forecast`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.app.document_base import Document, Part
from detente.app.documents import ParagraphPart


class ForecastPart(Part):
    """A forecast; the scores are null while its outcome is not known.

    `logarithmic` is null too where what came had the probability 0, so that the score is infinite.
    """

    question: str
    recorded: str
    by: str | None
    source: str
    probabilities: dict[str, float]
    status_quo: str | None
    came: str | None
    known: str | None
    brier: float | None
    logarithmic: float | None


class AgainstPart(Part):
    """Forecasts beside a baseline: "uniform", or "status quo"; over how many, the mean scores of both, and the skill.

    Logarithmic scores are null where they are infinite; the skill is null where the baseline made no mistake.
    """

    baseline: Literal["uniform", "status quo"]
    count: int
    brier: float
    baseline_brier: float
    skill: float | None
    logarithmic: float | None
    baseline_logarithmic: float | None
    better: int
    worse: int


class BinPart(Part):
    """Forecasts of about the same probability: how many, their mean probability, and how often the event came."""

    count: int
    forecast: float
    frequency: float


class DecompositionPart(Part):
    """The mean squared error of forecasts of two outcomes: reliability - resolution + uncertainty + variance - covariance within bins."""

    count: int
    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float
    bins: tuple[BinPart, ...]


class ForecastDocument(Document):
    """The answer of `forecast`: how recorded forecasts did, beside baselines.

    `brier` and `logarithmic` are the means over those whose outcome is known, null where there are none (or the mean is infinite);
    `decomposition` is null where too few of them have two outcomes.
    """

    schema_: Literal["detente.forecast/1"] = Field(default="detente.forecast/1", serialization_alias="schema", validation_alias="schema")
    title: str
    file: str
    resolved: int
    brier: float | None
    logarithmic: float | None
    baselines: tuple[AgainstPart, ...]
    decomposition: DecompositionPart | None
    forecasts: tuple[ForecastPart, ...]
    paragraphs: tuple[ParagraphPart, ...]
    detente: str

    def _repr_html_(self) -> str:
        from detente.app.notebook import paragraphs_html

        return paragraphs_html(self.paragraphs)
