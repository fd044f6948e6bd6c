"""How a verb tells what it is doing; whoever calls it decides whether anybody sees that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str], None]
"""Called with a few words whenever a new stretch of work begins."""


def silent(_: str) -> None:
    """Tells nobody.

    >>> silent("working")
    """
