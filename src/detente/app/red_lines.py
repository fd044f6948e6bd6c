"""Red lines in the answer of `unlock`: which of them leave nothing better for everybody, and which would have to go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from detente.analysis.claims.red_lines import Restoring
from detente.analysis.unlock.lever import Lever
from detente.analysis.unlock.red_lines import red_line_conflicts
from detente.analysis.unlock.tries import dropping
from detente.app import asking
from detente.app.as_changes import try_parts
from detente.app.parts import Described
from detente.app.progress import Progress, silent
from detente.app.unlock_documents import RedLineSetPart, RedLinesPart
from detente.explain.levers.red_lines import account, told


def red_line_parts(
    described: Described, start: int, conditions: Iterable[str | None], progress: Progress = silent
) -> tuple[RedLinesPart, ...]:
    """What red lines and rules do to the states that everybody prefers to a start, for each condition (None for none).

    Parameters
    ----------
    described
        The space.
    start
        The start.
    conditions
        The conditions that counted states meet, as they are written.
    progress
        Told what is being done.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("gaza-hostage-talks"))
    >>> part = red_line_parts(Described(space), space.status_quo, ["ReleaseAll"])[0]
    >>> part.now, len(part.emptying), [found.states for found in part.restoring]
    (0, 1, [8, 116])
    """
    parts = []
    for condition in conditions:
        where = None if condition is None else asking.condition(condition, described.space)[0]
        found = red_line_conflicts(described.space, start, where=where, rules=True, progress=progress)
        said = account(described.space, found)
        needed = found.elements and not found.now
        sets = [[_set(described, lever) for lever in levers.found if needed] for levers in (found.emptying, found.restoring)]
        parts.append(
            RedLinesPart(
                condition=condition,
                now=found.now.bit_count(),
                rules=found.rules,
                complete=found.every is not None,
                says=described.sentence(said.verdict),
                emptying=tuple(sets[0]),
                restoring=tuple(sets[1]),
            )
        )
    return tuple(parts)


def _set(described: Described, lever: Lever[Any]) -> RedLineSetPart:
    words = told(described.space, lever)
    states = lever.claim.gained.bit_count() if isinstance(lever.claim, Restoring) else 0
    tries = try_parts(described.conflict, [dropping(lever.claim.dropped)]) if isinstance(lever.claim, Restoring) else ()
    return RedLineSetPart(elements=words.verdict.elements, by=lever.by, states=states, paragraphs=described.paragraphs(words), tries=tries)
