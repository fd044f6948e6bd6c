"""Stackelberg equilibrium: one decision maker leads, knowing how the other will follow.

With two decision makers and a leader i, a state is a Stackelberg equilibrium if it is L_2 stable for the leader, who sees the other's
best answer coming, and Nash stable for the other (Fang, Hipel and Kilgour 1989).  `Stackelberg@A` is that with A leading: A's verdict is
that of L2, the other's that of L1.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.concepts.base import Facts, Ground, SolutionConcept
from detente.concepts.further import limited_move
from detente.concepts.witness import AnyWitness, Worked
from detente.errors import Cannot

PREFIX = "Stackelberg"


def _horizon(dm: str, leader: str) -> int:
    """How far a decision maker looks: the leader sees the other's answer."""
    return 2 if dm == leader else 1


def _is_there(ground: Ground, key: str, leader: str) -> None:
    if leader not in ground.decision_makers:
        hint = "there are " + ", ".join(f"{PREFIX}@{dm}" for dm in ground.decision_makers)
        raise Cannot.of("U488", f'{key}: no decision maker has the key "{leader}"', value=leader, help=hint)


def member(leader: str) -> SolutionConcept:
    """The concept with a leader (key).

    >>> member("A").key
    'Stackelberg@A'
    """
    key = f"{PREFIX}@{leader}"

    def verdict(ground: Ground, dm: str, state: int) -> Worked:
        _is_there(ground, key, leader)
        return limited_move.verdict(ground, dm, state, key=key, horizon=_horizon(dm, leader))

    def settled(ground: Ground, dm: str, state: int) -> bool:
        _is_there(ground, key, leader)
        return limited_move.settled(ground, dm, state, key=key, horizon=_horizon(dm, leader))

    def check(facts: Facts, witness: AnyWitness) -> str | None:
        if leader not in facts.decision_makers:
            return f"leader: {leader}"
        return limited_move.check(facts, witness, horizon=_horizon(witness.dm, leader))

    return SolutionConcept(
        key=key,
        name=f"Stackelberg equilibrium, {leader} leading",
        asks=f"With {leader} leading, who sees the other's best answer coming, and the other looking one move ahead: nothing to gain?",
        plies=(),
        formula=r"G_2(i,s)=s\text{ for the leader }i,\quad R_j^+(s)=\emptyset\text{ for the other}",
        source="Fang, Hipel and Kilgour 1989, after von Stackelberg 1934",
        rule=verdict,
        settle=settled,
        check=check,
    )


@dataclass(frozen=True, slots=True)
class Led:
    """The concepts that name their leader; `key` is what they begin with, `written` how one is written.

    Examples
    --------
    >>> Led().member("stackelberg@A").key, Led().member("Stackelberg") is None
    ('Stackelberg@A', True)
    """

    key: str = PREFIX
    written: str = f"{PREFIX}@LEADER"

    def member(self, key: str) -> SolutionConcept | None:
        """The member with a key, or None."""
        name, _, leader = key.partition("@")
        return member(leader.strip()) if name.strip().lower() == PREFIX.lower() and leader.strip() else None


FAMILIES = (Led(),)
