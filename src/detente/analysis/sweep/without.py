"""Leave one out: conclusions without a source, somebody who asserts, a side, or what adversaries say of somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

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
    draws, seed, level, seconds
        As of `sweep`, for each voice.
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
    found: dict[tuple[str, ...], Without] = {}
    chosen = voices(conflict) if chosen is None else chosen
    for voice in chosen:
        rests = rests_on(conflict, voice)
        if progress is not None:
            progress(f"without {voice.key}")
        if rests not in found:
            try:
                made = opened_without(conflict, voice)
                swept = sweep(made, profile, subjects, draws=draws, seed=seed, level=level, seconds=seconds) if made.guesses else None
                found[rests] = Without(voice, rests, made, swept)
            except DetenteError as refused:
                found[rests] = Without(voice, rests, completed(conflict, {}), None, refused.diagnostics[0].code)
    return tuple(replace(found[rests_on(conflict, voice)], voice=voice) for voice in chosen)
