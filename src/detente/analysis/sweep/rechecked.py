"""Completions analysed again, each from scratch, and held against what the sweep says of them.

The completions are drawn by chance; the conflict as it is written always comes first.  Each is analysed as if there were no other, what
shows the verdicts is given to the checker of certificates, and every value is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import numpy as np

from detente.analysis.claims.base import Claim, refusal
from detente.analysis.sweep.afresh import Afresh, alone, decided, is_had
from detente.analysis.sweep.draw import drawn
from detente.analysis.sweep.drawing import Numbers, valued
from detente.analysis.sweep.found import Difference, Rechecked
from detente.analysis.sweep.spread import Counted
from detente.analysis.sweep.subject import Subject
from detente.analysis.sweep.tally import Swept
from detente.analysis.sweep.tree import Value
from detente.errors import Cannot


def recheck(
    swept: Swept, number: int = 20, seed: int = 1, seconds: float | None = None, progress: Callable[[str], None] | None = None
) -> Rechecked:
    """Analyse completions of a sweep again, each from scratch.

    Parameters
    ----------
    swept
        The sweep.
    number
        How many completions, that of the conflict as it is written among them.
    seed
        What the draw of the others depends on.
    seconds
        After how long no further completion is begun; None for no limit.
    progress
        Told what is worked on.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.analysis.sweep.sweeping import sweep
    >>> from detente.cases import load
    >>> from detente.model.opened import opened
    >>> lake = load("shared-lake")
    >>> lake = replace(lake, guesses=opened(lake, lambda path, basis: True))
    >>> found = recheck(sweep(lake, {dm.key: "SEQ" for dm in lake.decision_makers}, [Subject("holds"), Subject("gain")]), 5)
    >>> found.number, found.compared, found.agrees
    (5, 10, True)
    """
    say, until = progress or (lambda _: None), None if seconds is None else monotonic() + seconds
    subjects = [tally.subject for tally in swept.tallies if is_had(tally.subject) and not tally.by_itself]
    rows = _rows(swept, number, seed)
    done = compared = accepted = 0
    wrong: list[Difference] = []
    for place, row in enumerate(rows.tolist()):
        if until is not None and place and monotonic() > until:
            break
        say(f"analysing completion {place + 1} of {len(rows)} from scratch")
        chosen = {guess.key: alternative for guess, alternative in zip(swept.conflict.guesses, row, strict=True)}
        one = Afresh(alone(swept.conflict, chosen), swept.profile, subjects)
        done += 1
        told = _told(swept, subjects, rows[place])
        shown = set[Claim]()
        for subject in list(subjects):
            try:
                value, claims = one.value(subject)
            except Cannot:
                subjects.remove(subject)
                continue
            compared += 1
            if value != told[subject]:
                wrong.append(Difference(tuple(row), subject, told[subject], value))
            for claim in claims:
                if claim not in shown:
                    shown.add(claim)
                    refused = refusal(one.space, claim)
                    accepted += refused is None
                    if refused is not None:
                        wrong.append(Difference(tuple(row), subject, told[subject], value, refused))
    unchecked = tuple(tally.subject for tally in swept.tallies if tally.subject not in subjects)
    return Rechecked(done, compared, accepted, unchecked, tuple(wrong))


def _rows(swept: Swept, number: int, seed: int) -> Numbers:
    """The conflict as it is written, and further completions: drawn, and without repetition as far as there are others.

    Comparisons that guesses may decide are left as they are written: the analysis of a single completion goes by the order.
    """
    guesses, held = swept.conflict.guesses, decided(swept.conflict)
    free = [guess.key not in held for guess in guesses]
    found, start = {(0,) * len(guesses): None}, 0
    while len(found) < min(number, swept.count) and start < 100 * number:
        found.update(dict.fromkeys(map(tuple, (drawn(guesses, seed, start, start + number) * free).tolist())))
        start += number
    rows = list(found)[:number]
    return np.array(rows, dtype=np.uint16).reshape(len(rows), len(guesses))


def _told(swept: Swept, subjects: list[Subject], row: Numbers) -> dict[Subject, Value]:
    """What the sweep says of a completion: the value of the case that it belongs to, where cases were counted."""
    spreads = {subject: swept.of(subject).spread for subject in subjects}
    found = {subject: spread.value(row.tolist()) for subject, spread in spreads.items() if isinstance(spread, Counted)}
    left = [subject for subject in subjects if subject not in found]
    values = valued(swept.conflict, swept.profile, left, row[None, :]) if left else {}
    return {**found, **{subject: values[subject].kinds[values[subject].codes[0]] for subject in left}}
