"""Whether a state is stable for coalitions: for some or every one of them, for the blocks of a partition, and for each decision maker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.analysis.claims.base import Claim
from detente.analysis.claims.coalition_holds import CoalitionHolds
from detente.analysis.claims.coalition_leaves import CoalitionLeaves
from detente.analysis.claims.coalition_terms import CONCEPTS, Group, Terms
from detente.analysis.coalitional.play import Play
from detente.analysis.coalitional.stability import Verdict, verdict
from detente.analysis.unlock.grouped import every_group
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MAX_EVERYWHERE = 2_000
"""Most states times coalitions for which every state is looked at."""
MAX_CHECKED = 60_000
"""Most states that claims list, for all movers together, for them to be checked again, move by move; the shortest first."""


@dataclass(frozen=True)
class ForCoalition:
    """One coalition at the state.

    Parameters
    ----------
    members
        The coalition (keys, in the order of the conflict).
    improvements
        What it can bring about that is an improvement for it.
    verdicts
        For each concept whether the state is stable for it.
    """

    members: Group
    improvements: StateSet
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True)
class Coalitional:
    """Coalition stability of one state.

    Parameters
    ----------
    space
        The space.
    state
        The state.
    terms
        What counts as an improvement, and who acts together.
    coalitions
        The coalitions that were looked at, smaller ones first.
    every
        Whether these are all coalitions.
    partition
        Whether these are the blocks of a partition.
    """

    space: StateSpace
    state: int
    terms: Terms
    coalitions: tuple[ForCoalition, ...]
    every: bool
    partition: bool

    def stable(self, concept: str, among: Iterable[ForCoalition] | None = None) -> bool | None:
        """Whether the state is stable for all coalitions that were looked at, or for some of them; None if that is open."""
        found = [one.verdicts[concept].stable for one in (self.coalitions if among is None else among)]
        return False if False in found else None if None in found else True

    def of(self, dm: str) -> tuple[ForCoalition, ...]:
        """The coalitions that were looked at and of which a decision maker (`dm`) is a member."""
        return tuple(one for one in self.coalitions if dm in one.members)

    @cached_property
    def checked(self) -> tuple[Verdict, ...]:
        """The verdicts whose claims are to be checked: those that list least, as many as `MAX_CHECKED` allows."""
        said = [found for one in self.coalitions for found in one.verdicts.values() if found.claim is not None]
        sizes = {id(found): _size(found.claim) for found in said if found.claim is not None}
        chosen, left = list[Verdict](), MAX_CHECKED
        for found in sorted(said, key=lambda found: sizes[id(found)]):
            left -= sizes[id(found)]
            if left >= 0:
                chosen.append(found)
        return tuple(chosen)

    @cached_property
    def everywhere(self) -> Mapping[str, StateSet] | None:
        """For each concept the states that are stable for all these coalitions; None where that would take too long, or is open."""
        if self.space.states.count * len(self.coalitions) > MAX_EVERYWHERE:
            return None
        play, found = Play(self.space, self.terms), dict[str, StateSet]()
        for concept in CONCEPTS:
            staying = []
            for state in self.space.states.each():
                said = [verdict(play, concept, one.members, state, shown=False).stable for one in self.coalitions]
                if None in said and False not in said:
                    return None
                staying += [state] if all(said) else []
            found[concept] = self.space.set_of(*staying)
        return found


def _size(claim: Claim) -> int:
    """How many states a claim lists, for all movers."""
    if isinstance(claim, CoalitionHolds):
        lists = [claim.last, *(last for _, last in claim.held)]
    else:
        assert isinstance(claim, CoalitionLeaves)
        lists = [claim.last, *(one.last for one in claim.within)]
    return sum(bits.bit_count() for last in lists for _, bits in last)


def analyse_coalitions(space: StateSpace, state: int, terms: Terms, coalitions: Sequence[Group] | None = None) -> Coalitional:
    """Whether a state is stable for coalitions, under each concept of coalition stability.

    Parameters
    ----------
    space
        The space; it must be listed.
    state
        The state.
    terms
        What counts as an improvement, and who acts together; where `blocks` are given, these are the coalitions that are looked at.
    coalitions
        The coalitions (keys) to look at; None for every one, or for the blocks.

    Raises
    ------
    LimitError
        S308 if every coalition is asked for and there are more than ten decision makers; S301 if the space is not listed.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> found = analyse_coalitions(space, space.state(5), Terms())
    >>> [one.members for one in found.coalitions if one.improvements]
    [('MoE', 'Uniroyal')]
    >>> found.stable("CSEQ"), found.stable("CSEQ", found.of("Local"))
    (False, True)
    >>> {concept: states.count for concept, states in found.everywhere.items()}
    {'CNash': 2, 'CGMR': 4, 'CSMR': 4, 'CSEQ': 2}
    """
    keys = [dm.key for dm in space.conflict.decision_makers]
    if coalitions is None:
        groups = terms.blocks or every_group(space)
    else:
        groups = tuple(dict.fromkeys(tuple(dm for dm in keys if dm in members) for members in coalitions))
    play = Play(space, terms)
    found = tuple(
        ForCoalition(
            group,
            StateSet(space, play.improving(group, state)),
            {concept: verdict(play, concept, group, state) for concept in CONCEPTS},
        )
        for group in sorted(groups, key=len)
    )
    return Coalitional(space, state, terms, found, len(groups) == 2 ** len(keys) - 1, coalitions is None and bool(terms.blocks))
