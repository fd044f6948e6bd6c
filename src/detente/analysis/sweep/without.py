"""Leave one out: conclusions without a source, somebody who asserts, a side, or what adversaries say of somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from time import monotonic

from detente.analysis.sweep.draw import how_many
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.sweeping import DRAWS, sweep
from detente.analysis.sweep.voices import Voice, Without, opened_without, rests_on, voices
from detente.errors import DetenteError
from detente.model.completed import completed
from detente.model.conflict import Conflict


def without(
    conflict: Conflict,
    profile: Mapping[str, str],
    subjects: Sequence[Subject],
    *,
    chosen: Sequence[Voice] | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    level: float = 0.95,
    seconds: float | None = 20.0,
    progress: Callable[[str], None] | None = None,
) -> tuple[Without, ...]:
    """What is concluded without each voice.

    Parameters
    ----------
    conflict
        The conflict.
    profile
        For each decision maker (key) the key of a concept.
    subjects
        The conclusions.
    chosen
        The voices; by default all on which some element rests alone.
    draws, seed, level
        As of `sweep`, for each voice.
    seconds
        How long counting may take for all voices together, and drawing again, about; those without which least is open come first.
    progress
        Is told what is done.

    Returns
    -------
    tuple of Without
        One for each voice, in their order.  Voices on which the same elements rest share what was found.

    Examples
    --------
    >>> from detente.cases import load
    >>> talks = load("gaza-hostage-talks")
    >>> profile = {dm.key: "SEQ" for dm in talks.decision_makers}
    >>> (found,) = without(talks, profile, [Subject("holds"), Subject("gain")], chosen=[Voice("adversaries", "Hamas")])
    >>> len(found.opened), [(tally.subject.kind, tally.shares) for tally in found.swept.tallies]
    (6, [('holds', {True: Fraction(1, 1)}), ('gain', {True: Fraction(1, 1)})])
    """
    chosen = voices(conflict) if chosen is None else chosen
    found: dict[tuple[str, ...], Without] = {}
    for voice in chosen:
        if (rests := rests_on(conflict, voice)) not in found:
            found[rests] = _opened(conflict, voice, rests)
    end = None if seconds is None else monotonic() + seconds
    left = sorted((one for one in found.values() if one.conflict.guesses), key=lambda one: how_many(one.conflict.guesses))
    for place, one in enumerate(left):
        if progress is not None:
            progress(f"without {one.voice.key}")
        each = None if end is None else max(0.0, end - monotonic()) / (len(left) - place)
        try:
            swept = sweep(one.conflict, profile, subjects, draws=draws, seed=seed, level=level, seconds=each)
            found[one.rests] = replace(one, swept=swept)
        except DetenteError as refused:
            found[one.rests] = replace(one, conflict=completed(conflict, {}), code=refused.diagnostics[0].code)
    return tuple(replace(found[rests_on(conflict, voice)], voice=voice) for voice in chosen)


def _opened(conflict: Conflict, voice: Voice, rests: tuple[str, ...]) -> Without:
    """A conflict with what rests on a voice open, nothing of it looked at yet; or why it can't be."""
    try:
        return Without(voice, rests, opened_without(conflict, voice), None)
    except DetenteError as refused:
        return Without(voice, rests, completed(conflict, {}), None, refused.diagnostics[0].code)
