"""What must never happen, said so that it can be reported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from detente.analysis.claims.base import Claim, refusal
from detente.errors import DetenteError, UsageError
from detente.space.states import StateSpace

REPORT = "no sentence is made from it; please report the conflict file and this message"
"""What is to be done about a contradiction."""


class InternalError(DetenteError):
    """Detente contradicts itself; nothing is printed that rests on the contradiction."""


def refused(reason: str, dm: str, concept: str, number: int) -> InternalError:
    """The error for a certificate that the checker refuses (D902).

    >>> print(refused("a move does not exist", "A", "SEQ", 1))
    error[D902]: the certificate for A at state 1 under SEQ was refused: a move does not exist
    """
    found = InternalError.of("D902", f"the certificate for {dm} at state {number} under {concept} was refused: {reason}", help=REPORT)
    assert isinstance(found, InternalError)
    return found


def contradicted(problem: UsageError) -> DetenteError:
    """The error (D902) for a sentence that was refused because a checker refuses the claim that it is made from (`problem`).

    >>> print(contradicted(UsageError.of("D902", "a claim was refused")))
    error[D902]: a claim was refused
    """
    return InternalError.of("D902", problem.diagnostics[0].message, help=REPORT)


def check_claims(space: StateSpace, claims: Iterable[Claim]) -> None:
    """Raise `InternalError` (D902) if a claim that a sentence would rest on is refused.

    >>> from detente.cases import load
    >>> check_claims(StateSpace(load("elmira")), ())
    """
    for claim in claims:
        if (reason := refusal(space, claim)) is not None:
            raise InternalError.of("D902", f"a claim ({claim.kind}) was refused: {reason}", help=REPORT)


class Found(Protocol):
    """What was found of a conflict, with the claims that it rests on."""

    @property
    def space(self) -> StateSpace:
        """The states."""

    @property
    def claims(self) -> Iterable[Claim]:
        """The claims."""


def check_found(found: Found | None) -> None:
    """The same of all claims that a conclusion rests on; nothing where none was `found`.

    >>> check_found(None)
    """
    if found is not None:
        check_claims(found.space, found.claims)
