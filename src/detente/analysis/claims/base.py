"""Claims: what a diagnosis or a lever says, with all cases listed, so that a checker can accept it without searching.

Each kind of claim is one class in one file of this package, with its check beside it.  A check looks up moves and compares states; it
asks no engine.  A claim about a changed conflict holds the changes, and the witnesses for the conflict as it then is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import ClassVar

from detente.errors import DetenteError
from detente.space.states import StateSpace


class RefusedError(Exception):
    """The claim is not shown by what it lists; the text says in what, as a code, a colon and details."""


def need(condition: bool, reason: str) -> None:
    """Refuse a claim unless something holds.

    >>> need(True, "members: fine")
    """
    if not condition:
        raise RefusedError(reason)


class CheckTimeError(Exception):
    """The time for a check is over: the claim is neither accepted nor refused."""


_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Checks of claims in the block that take longer than so many seconds, about, end with `CheckTimeError`; None for no limit.

    Only claims with very many cases look at the clock.

    >>> with within(60.0):
    ...     tick()
    """
    token = _until.set(None if seconds is None else monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def tick() -> None:
    """Called now and then by checks that may take long: raises `CheckTimeError` if their time is over.

    >>> tick()
    """
    until = _until.get()
    if until is not None and monotonic() > until:
        raise CheckTimeError


class Claim(ABC):
    """Something that can be checked against a space; a frozen dataclass of numbers, keys, state sets as integers, witnesses and claims."""

    kind: ClassVar[str]
    """Name of the kind, for JSON and for messages."""

    @abstractmethod
    def check(self, space: StateSpace) -> None:
        """Raise `RefusedError` unless what is listed shows the claim, in the conflict of `space`."""


def refusal(space: StateSpace, claim: Claim) -> str | None:
    """None if a claim holds in the conflict of a space; otherwise what is wrong with it, as a code, a colon and details.

    A claim with nonsense in it (a state that is none, an unknown key, None where a witness belongs, a change that does not fit) is refused
    like any other wrong one.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> class Nothing(Claim):
    ...     kind = "nothing"
    ...     def check(self, space):
    ...         need(space.states.count == 0, "members: there are states")
    >>> refusal(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), Nothing())
    'members: there are states'
    """
    try:
        claim.check(space)
    except RefusedError as refused:
        return str(refused)
    except (DetenteError, LookupError, AttributeError, ValueError, TypeError, OverflowError) as nonsense:
        return f"nonsense: {nonsense!r}"
    return None
