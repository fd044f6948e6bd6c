"""What becomes of the main answers when single elements change, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Change = Literal["left out", "reversed"]


@dataclass(frozen=True, slots=True)
class Answers:
    """The main answers about a start.

    Parameters
    ----------
    stuck
        Whether it holds.
    better
        Whether some state is better for everybody.
    holding
        Whether some such state also holds, and all together can bring it about at once.
    without
        Whether one of these does not meet the condition that was asked about; None if none was.
    """

    stuck: bool
    better: bool
    holding: bool
    without: bool | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """An element, what was done to it, and what the answers are then; None where they could not be found within limits.

    Parameters
    ----------
    element
        Its path.
    change
        What was done to it.
    answers
        The answers then.
    """

    element: str
    change: Change
    answers: Answers | None


@dataclass(frozen=True)
class Doubts:
    """The answers, and what each change of a single element makes of them.

    Parameters
    ----------
    now
        The answers as the model is.
    tried
        Every change that was tried.
    complete
        Whether all were, or the time ran out.
    skipped
        How many elements could not be tried, because a ranking that stands with them says nothing of what their absence would add.
    """

    now: Answers
    tried: tuple[Doubt, ...]
    complete: bool
    skipped: int

    def changing(self, answer: str) -> tuple[Doubt, ...]:
        """The changes that give another answer ("stuck", "better", "holding" or "without")."""
        now = getattr(self.now, answer)
        return tuple(doubt for doubt in self.tried if doubt.answers is not None and getattr(doubt.answers, answer) != now)
