"""What a conclusion that a sweep counts is about; `detente.analysis.sweep.asked` works it out."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.sweep.attempt import Attempt
from detente.model.formula import Formula


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conclusion is about.

    Parameters
    ----------
    kind
        Which kind; the function of this name in `detente.analysis.sweep.asked.KINDS` works it out.
    concept
        Key of a concept, for "holds" and "stays"; None for that of the profile.
    dm
        Key of a decision maker, for "stays".
    where
        A condition of states, for gains and red lines; None for any.
    state
        The name of a named state; None for the status quo.
    place
        For "concluded" the number of a conclusion of the sources, from 1.
    attempts
        For "lever" the one lever that is tried, for "cheapest" several, the cheapest first.

    Examples
    --------
    >>> Subject("holds", concept="SEQ").kind
    'holds'
    """

    kind: str
    concept: str | None = None
    dm: str | None = None
    where: Formula | None = None
    state: str | None = None
    place: int | None = None
    attempts: tuple[Attempt, ...] = ()

    @property
    def is_on_levers(self) -> bool:
        """Whether it is about levers, and not about the conflict as it is.

        >>> Subject("holds").is_on_levers, Subject("cheapest").is_on_levers
        (False, True)
        """
        return self.kind in ("lever", "cheapest")
