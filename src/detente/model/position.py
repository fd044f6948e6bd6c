"""What decision makers demand, and what is threatened if nobody gives in: the stated positions of a negotiation and its fallback.

They are statements that somebody makes, with evidence of their own; they are no preferences, and no preference is made of them.  The
dilemmas of drama theory are read off them (`detente.analysis.dilemmas`).
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.evidence import Basis


@dataclass(frozen=True, slots=True)
class StatedPosition:
    """The state that a decision maker says it wants everybody to bring about.

    Parameters
    ----------
    party
        Key of the decision maker.
    taken
        The options taken in that state, its own and those of others.
    basis
        What the position rests on, or None.
    says
        The position in words, or None.

    Examples
    --------
    >>> sorted(StatedPosition("A", frozenset({"Pay", "Open"}), says="the door is opened for pay").taken)
    ['Open', 'Pay']
    """

    party: str
    taken: frozenset[str]
    basis: Basis | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True)
class Fallback:
    """The state that is threatened, or simply comes about, if no position is accepted; in drama theory the threatened future.

    Parameters
    ----------
    taken
        The options taken in it.
    basis
        What it rests on, or None.
    says
        The fallback in words, or None.

    Examples
    --------
    >>> Fallback(frozenset({"Strike"}), says="the strike goes on").says
    'the strike goes on'
    """

    taken: frozenset[str]
    basis: Basis | None = None
    says: str | None = None
