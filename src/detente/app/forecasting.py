"""`forecast`: scores of recorded forecasts that have come out, beside those of baselines."""

from __future__ import annotations

import os
from math import isinf

from detente.analysis.forecasts import Against, Decomposition, Scored, against, decomposed, scored
from detente.app.document_base import SentencePart
from detente.app.documents import ParagraphPart
from detente.app.forecast_documents import AgainstPart, BinPart, DecompositionPart, ForecastDocument, ForecastPart
from detente.app.version import version
from detente.explain.forecasts import forecasts_account
from detente.explain.sentence import Explanation, Sentence
from detente.io.forecasts import read_forecasts
from detente.model.forecast import Forecast


def forecast(path: str | os.PathLike[str]) -> ForecastDocument:
    """How the recorded forecasts of a file did: Brier and logarithmic scores beside baselines for the same questions.

    Parameters
    ----------
    path
        A file of forecasts.

    Raises
    ------
    ConflictError
        The file can't be read: families F and M, among them F650 to F654.
    UsageError
        U404 if there is no such file, U405 if its name ends otherwise.

    Examples
    --------
    >>> import tempfile
    >>> one = "{question: Does it hold?, recorded: 2024-03-01, source: a guess, outcomes: {holds: 0.7, ends: 0.3}"
    >>> text = "{detente: 1, title: t, forecasts: [" + one + ", resolved: {outcome: holds, on: 2024-04-01}}]}"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open(f"{folder}/f.yaml", "w") as file:
    ...         count = file.write(text)
    ...     round(forecast(f"{folder}/f.yaml").brier, 4)
    0.18
    """
    read = read_forecasts(path)
    found = scored(read.forecasts)
    beside = tuple(one for baseline in ("uniform", "status quo") if (one := against(found, baseline)) is not None)
    parts = decomposed(found)
    told = forecasts_account(read, found, beside, parts)
    scores = {one.place: one for one in found}
    return ForecastDocument(
        title=read.title,
        file=os.fspath(path),
        resolved=len(found),
        brier=float(sum(one.brier for one in found) / len(found)) if found else None,
        logarithmic=_finite(sum(one.logarithmic for one in found) / len(found)) if found else None,
        baselines=tuple(map(_against, beside)),
        decomposition=None if parts is None else _decomposition(parts),
        forecasts=tuple(_forecast(one, scores.get(place)) for place, one in enumerate(read.forecasts, start=1)),
        paragraphs=_paragraphs(told),
        detente=version(),
    )


def _finite(value: float) -> float | None:
    return None if isinf(value) else value


def _against(one: Against) -> AgainstPart:
    return AgainstPart(
        baseline=one.baseline,
        count=one.count,
        brier=float(one.brier),
        baseline_brier=float(one.baseline_brier),
        skill=None if one.skill is None else float(one.skill),
        logarithmic=_finite(one.logarithmic),
        baseline_logarithmic=_finite(one.baseline_logarithmic),
        better=one.better,
        worse=one.worse,
    )


def _decomposition(parts: Decomposition) -> DecompositionPart:
    return DecompositionPart(
        count=parts.count,
        score=float(parts.score),
        reliability=float(parts.reliability),
        resolution=float(parts.resolution),
        uncertainty=float(parts.uncertainty),
        within_variance=float(parts.within_variance),
        within_covariance=float(parts.within_covariance),
        bins=tuple(BinPart(count=one.count, forecast=float(one.forecast), frequency=float(one.frequency)) for one in parts.bins),
    )


def _forecast(one: Forecast, score: Scored | None) -> ForecastPart:
    return ForecastPart(
        question=one.question,
        recorded=one.recorded,
        by=one.by,
        source=one.source,
        probabilities={name: float(probability) for name, probability in one.outcomes},
        status_quo=one.status_quo,
        came=one.resolved.outcome if one.resolved else None,
        known=one.resolved.on if one.resolved else None,
        brier=None if score is None else float(score.brier),
        logarithmic=None if score is None else _finite(score.logarithmic),
    )


def _paragraphs(told: Explanation) -> tuple[ParagraphPart, ...]:
    def part(sentence: Sentence) -> SentencePart:
        return SentencePart(text=sentence.text)

    verdict = ParagraphPart(role="verdict", sentences=(part(told.verdict),))
    others = (ParagraphPart(role="part", sentences=tuple(map(part, one.lead)), items=tuple(map(part, one.items))) for one in told.parts)
    return (verdict, *others)
