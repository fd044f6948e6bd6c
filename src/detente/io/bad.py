"""What stands for a place of a file that could not be read."""

from __future__ import annotations

from typing import Final


class Bad:
    """The value of a place that could not be read; a problem has been noted."""

    def __repr__(self) -> str:
        return "BAD"


BAD: Final = Bad()
"""The only one there is."""
