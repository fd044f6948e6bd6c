"""What must never happen, said so that it can be reported."""

from __future__ import annotations

from detente.errors import DetenteError


class InternalError(DetenteError):
    """Detente contradicts itself; nothing is printed that rests on the contradiction."""


def refused(reason: str, dm: str, concept: str, number: int) -> InternalError:
    """The error for a certificate that the checker refuses (D902).

    >>> print(refused("a move does not exist", "A", "SEQ", 1))
    error[D902]: the certificate for A at state 1 under SEQ was refused: a move does not exist
    """
    found = InternalError.of(
        "D902",
        f"the certificate for {dm} at state {number} under {concept} was refused: {reason}",
        help="no sentence is made from it; please report the conflict file and this message",
    )
    assert isinstance(found, InternalError)
    return found
