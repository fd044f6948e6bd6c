"""How a checker says that a certificate is wrong."""

from __future__ import annotations

from collections.abc import Callable


class RefusedError(Exception):
    """The certificate is wrong; the text says in what, as a code, a colon and details."""


def need(condition: bool, reason: str) -> None:
    """Refuse a certificate with a reason unless a condition holds.

    >>> need(True, "state: 5 is none") is None
    True
    """
    if not condition:
        raise RefusedError(reason)


def reason(work: Callable[[], None]) -> str | None:
    """Why some work of a checker refused, or None if it did not.

    >>> reason(lambda: need(False, "state: 5 is none"))
    'state: 5 is none'
    """
    try:
        work()
    except RefusedError as refused:
        return str(refused)
    return None
