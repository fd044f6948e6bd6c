"""Tipping points held against whole analyses: each nearest change made, and what it makes of the conflict analysed from scratch."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from detente.analysis.claims.base import refusal
from detente.analysis.sweep.afresh import Afresh, is_had
from detente.analysis.sweep.near_found import CheckedEdits, Tipped
from detente.analysis.sweep.subject import Subject
from detente.errors import Cannot
from detente.model.edit import apply_all
from detente.model.near import Edits


def checked_edits(tipped: Tipped, seconds: float | None = None, progress: Callable[[str], None] | None = None) -> CheckedEdits:
    """Analyse the conflict as written, and after the change that is told of each conclusion, from scratch; compare all conclusions told.

    Parameters
    ----------
    tipped
        What was found.
    seconds
        After how long no further conflict is begun; None for no limit.
    progress
        Is told what is done.

    Examples
    --------
    >>> from detente.analysis.sweep.tipping import tipping
    >>> from detente.cases import load
    >>> river = load("euphrates-1975")
    >>> found = tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [Subject("holds"), Subject("gain")])
    >>> checked = checked_edits(found)
    >>> len(checked.edited), checked.compared, checked.agrees
    (3, 4, True)
    """
    until = None if seconds is None else monotonic() + seconds
    asked = [point for point in tipped.points if is_had(point.subject)]
    told: dict[Edits, dict[Subject, object]] = {(): {point.subject: point.written for point in asked}}
    for point in asked:
        if point.told is not None:
            told.setdefault(point.told.edits, {})[point.subject] = point.told.value
    done: list[Edits] = []
    compared, accepted, wrong = 0, 0, list[tuple[Subject, Edits]]()
    for edits, values in told.items():
        if until is not None and done and monotonic() > until:
            break
        if progress is not None:
            progress(f"analysing {len(done) + 1} of {len(told)} edited conflicts from scratch")
        one = Afresh(apply_all(edits, tipped.conflict), tipped.profile, list(values))
        done.append(edits)
        for subject, value in values.items():
            try:
                found, claims = one.value(subject)
            except Cannot:
                continue
            compared += 1
            refused = [claim for claim in claims if refusal(one.space, claim) is not None]
            accepted += len(claims) - len(refused)
            if refused or found != value:
                wrong.append((subject, edits))
    return CheckedEdits(tuple(done), compared, accepted, tuple(wrong))
