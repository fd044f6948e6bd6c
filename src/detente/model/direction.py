"""Which changes of an option its owners can make."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    """Which changes of an option its owners can make.

    >>> [direction.value for direction in Direction]
    ['both', 'only_on', 'only_off']
    """

    BOTH = "both"
    ONLY_ON = "only_on"
    ONLY_OFF = "only_off"
