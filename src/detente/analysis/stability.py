"""Stability and equilibria: which states are stable for whom under which concept, and where everybody stays.

A state is an *equilibrium* under a concept if it is stable under it for every decision maker (Fang, Hipel and Kilgour 1993), and
under a mixed profile if it is stable for each decision maker under the concept that describes their behaviour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from detente.concepts.base import SolutionConcept
from detente.engines.base import Engine
from detente.errors import UsageError
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import did_you_mean


@dataclass(frozen=True, slots=True)
class StabilityTable:
    """The stable states of each decision maker under each concept, and how they were found.

    Parameters
    ----------
    space
        The space that the states belong to.
    stable
        For each concept (key) and each decision maker (key) the stable states.
    engine, because
        Name of the engine that answered, and why it was chosen.
    """

    space: StateSpace
    stable: Mapping[str, Mapping[str, StateSet]]
    engine: str
    because: str = ""

    def equilibria(self, concept: str) -> StateSet:
        """The states that are stable for every decision maker under a concept (key); KeyError if it was not analysed."""
        return _all_of(self.space, self.stable[concept].values())

    def mixed(self, profile: Mapping[str, str]) -> StateSet:
        """The states that are stable for each decision maker under their own concept.

        Parameters
        ----------
        profile
            For each decision maker (key) the key of a concept that was analysed.

        Raises
        ------
        UsageError
            U422 if a decision maker is left out or unknown, or a concept was not analysed.
        """
        deciders = [dm.key for dm in self.space.conflict.decision_makers]
        for dm in profile:
            if dm not in deciders:
                close = did_you_mean(dm, deciders)
                raise UsageError.of(
                    "U422", f'no decision maker is called "{dm}"', value=dm, help=f'did you mean "{close}"?' if close else None
                )
        for dm in deciders:
            if dm not in profile:
                raise UsageError.of(
                    "U422", f"the profile gives no concept for {dm}", value=dm, help="name a concept for every decision maker"
                )
            if profile[dm] not in self.stable:
                raise UsageError.of("U422", f"{profile[dm]}, the concept given for {dm}, was not analysed", value=profile[dm])
        return _all_of(self.space, [self.stable[profile[dm]][dm] for dm in deciders])

    def leaving(self, concept: str, state: int) -> tuple[str, ...]:
        """The decision makers (keys, in the order of the conflict) for whom a state is not stable under a concept."""
        return tuple(dm for dm, staying in self.stable[concept].items() if not staying.contains(state))


def _all_of(space: StateSpace, sets: Iterable[StateSet]) -> StateSet:
    return reduce(StateSet.__and__, sets, space.states)


def analyse(space: StateSpace, concepts: Sequence[SolutionConcept], engine: Engine, because: str = "") -> StabilityTable:
    """The stable states of each decision maker under each concept.

    Parameters
    ----------
    space
        The space; the engine must answer for the same.
    concepts
        What to ask.
    engine
        Who answers; every engine gives the same answers.
    because
        Why this engine, as one clause for the reader.

    Examples
    --------
    >>> from detente.concepts.registry import concept
    >>> from detente.engines.single import SingleEngine
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.preference import Statement
    >>> from detente.preference.prioritization import OptionPrioritization
    >>> wants = OptionPrioritization((Statement(parse_formula("x")),))
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A", wants),), (Option("x", "x", ("A",)),)))
    >>> table = analyse(space, [concept("Nash")], SingleEngine(space))
    >>> table.equilibria("Nash").first(2), table.leaving("Nash", 0), table.mixed({"A": "Nash"}).count
    ((1,), ('A',), 1)
    """
    deciders = [dm.key for dm in space.conflict.decision_makers]
    stable = {concept.key: {dm: engine.stable(concept, dm) for dm in deciders} for concept in concepts}
    return StabilityTable(space, stable, engine.name, because)
