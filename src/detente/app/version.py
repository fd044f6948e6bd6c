"""Which version of Detente is running."""

from __future__ import annotations

from functools import cache


@cache
def version() -> str:
    """The version of the installed package.

    >>> version().count(".")
    2
    """
    from importlib.metadata import version as installed

    return installed("detente")
