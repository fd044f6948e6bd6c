"""A limit of time for what is said of sets too large to be listed; without one everything is looked at."""

from __future__ import annotations

import time

from detente.errors import LimitError


class Clock:
    """Runs from when it is made.

    Parameters
    ----------
    seconds
        The limit, or None for none.

    Examples
    --------
    >>> Clock(None).is_over, Clock(0).is_over
    (False, True)
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self._end is not None and time.monotonic() >= self._end

    def check(self) -> None:
        """Raise LimitError (S343) if the time is up."""
        if self.is_over:
            message = f"it could not be worked out within {self.seconds:g} seconds"
            raise LimitError.of("S343", message, help="allow more with --time")
