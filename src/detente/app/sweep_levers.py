"""The levers of a sweep in its document."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.sweep.looked import Looked, surviving
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tally import Swept
from detente.app.sweep_documents import LeverPart, LeversPart
from detente.explain.attempts import lever_label, lever_words


def levers_part(swept: Swept, looked: Looked, subjects: Sequence[Subject]) -> LeversPart:
    """What was looked for, and which of it works in most completions.

    Parameters
    ----------
    swept
        The sweep.
    looked
        The levers that were looked for.
    subjects
        All conclusions in the order of the document.

    Examples
    --------
    >>> from detente.cases import load
    >>> levers_part(Swept(load("elmira"), {}, (), 1, 1, 0.95), Looked((), reason="left"), ()).reason
    'left'
    """
    most, settled = surviving(swept)
    places = [subjects.index(subject) for subject in subjects if subject.is_on_levers and len(subject.attempts) == 1]
    return LeversPart(
        tried=tuple(
            LeverPart(
                kind=one.kind,
                cost=one.cost,
                by=one.by,
                words=lever_words(swept.conflict, one),
                label=lever_label(swept.conflict, one),
                conclusion=place,
            )
            for one, place in zip(looked.attempts, places, strict=True)
        ),
        most=tuple(places.index(subjects.index(subject)) for subject in most),
        settled=settled,
        cheapest=tuple(place for place, subject in enumerate(subjects) if subject.is_on_levers and len(subject.attempts) > 1),
        each=looked.each,
        reason=looked.reason,
    )
