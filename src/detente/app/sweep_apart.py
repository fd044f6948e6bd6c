"""What `sweep` adds when it is asked: conclusions without a voice, and the nearest changes at which they flip."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.sweep.asked import Subject
from detente.analysis.sweep.near_found import Flip, Point, Tipped
from detente.analysis.sweep.voices import Without
from detente.app.sweep_documents import ChangedPart, FlipPart, GivenPart, PointPart, TippingPart, WithoutPart
from detente.app.sweep_parts import answer, value_parts
from detente.explain.tipping import edits_condition
from detente.explain.without import voice_words

FLIPS = 3
"""How many of the nearest changes of a conclusion a document names."""


def without_part(found: Without, subjects: Sequence[Subject]) -> WithoutPart:
    """What becomes of some conclusions (`subjects`) without a voice, as it was `found`.

    >>> from detente.analysis.sweep.without import without
    >>> from detente.cases import load
    >>> river, holds = load("euphrates-1975"), Subject("holds")
    >>> found = without(river, {dm.key: "SEQ" for dm in river.decision_makers}, [holds])
    >>> part = without_part(found[1], [holds])
    >>> part.key, len(part.opened), part.completions, [[value.completions for value in one.values] for one in part.changed]
    ('gmcr-plus', 10, 1024, [[544, 480]])
    """
    swept, conflict = found.swept, found.conflict
    return WithoutPart(
        kind=found.voice.kind,
        key=found.voice.key,
        label=voice_words(conflict, found.voice),
        rests=found.rests,
        opened=found.opened,
        not_opened=tuple(path for path in found.rests if path not in found.opened),
        completions=1 if swept is None else swept.count,
        changed=tuple(
            ChangedPart(conclusion=subjects.index(tally.subject), values=value_parts(tally), exact=tally.is_exact)
            for tally in found.changed
        ),
        drawn=swept is not None and any(not tally.is_exact for tally in swept.tallies),
        reason=found.code,
    )


def tipping_part(found: Tipped, subjects: Sequence[Subject]) -> TippingPart:
    """How near some conclusions (`subjects`) are to others, as it was `found`.

    >>> from detente.analysis.sweep.tipping import tipping
    >>> from detente.cases import load
    >>> river, holds = load("euphrates-1975"), Subject("holds")
    >>> part = tipping_part(tipping(river, {dm.key: "SEQ" for dm in river.decision_makers}, [holds]), [holds])
    >>> part.edits, [(point.survives, point.flips[0].edits, point.flips[0].value) for point in part.points]
    (44, [(0, 1, True)])
    """
    return TippingPart(
        edits=found.singles,
        pairs=found.pairs,
        pairs_tried=found.pairs_tried,
        points=tuple(_point(found, point, subjects.index(point.subject)) for point in found.points),
    )


def _point(found: Tipped, point: Point, place: int) -> PointPart:
    return PointPart(
        conclusion=place,
        survives=point.survives,
        flips=tuple(_flip(found, flip) for flip in _flips(point)),
        gives=tuple(GivenPart(value=answer(value), edits=count) for value, count in point.singles.items()),
    )


def _flips(point: Point) -> tuple[Flip, ...]:
    """The nearest changes of a conclusion, or else those that were found farther away."""
    return (*point.flips, *point.pair_flips)[:FLIPS] or ((point.farther,) if point.farther is not None else ())


def _flip(found: Tipped, flip: Flip) -> FlipPart:
    return FlipPart(edits=len(flip.edits), condition=edits_condition(found.conflict, flip.edits), value=answer(flip.value))
