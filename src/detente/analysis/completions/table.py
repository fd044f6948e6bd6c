"""All states of a space: which are stable, and which are equilibria, under every completion of what is known, and under some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from detente.analysis.completions.found import Completions
from detente.analysis.completions.settle import MOST_CASES, Settler, askable
from detente.concepts.base import SolutionConcept
from detente.concepts.readings.unknown import supposing
from detente.engines.single import SingleEngine
from detente.errors import LimitError
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MAX_STATES = 256
"""Most states for which all verdicts are worked out together."""


def completions(space: StateSpace, keys: Sequence[str], most: int = MOST_CASES, profile: Mapping[str, str] | None = None) -> Completions:
    """The states that are stable, and the equilibria, under every completion of what is known of preferences, and under some.

    Parameters
    ----------
    space
        The space.
    keys
        Concepts of Nash, GMR, SMR, SEQ and SSEQ.
    most
        Most cases for the question whether one state is stable, or an equilibrium.
    profile
        A concept (key) for each decision maker (key), to ask for equilibria under these as well; concepts among `keys`.

    Raises
    ------
    LimitError
        S346 for more than `MAX_STATES` states.
    Cannot
        S345 for another concept.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.model.formula import Not, Taken
    >>> from detente.model.pairs import PairStatement
    >>> one = DecisionMaker("A", "A", pairs=(PairStatement("unknown", Taken("x"), Not(Taken("x"))),))
    >>> found = completions(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), ["Nash"])
    >>> found.equilibria_always["Nash"].count, found.equilibria_sometimes["Nash"].count
    (0, 2)
    """
    if space.states.count > MAX_STATES:
        count = space.states.count
        message = f"what holds under every completion is worked out for up to {MAX_STATES:,} states together; there are {count:,}"
        raise LimitError.of("S346", message, help="explain single states, or ask for SMR:necessary and SMR:possible alone")
    settler = Settler(space, most)
    parts = {key: {dm: _of_one(settler, askable(key), dm) for dm in space.masks} for key in dict.fromkeys(keys)}
    equilibria = {key: _equilibria(settler, dict.fromkeys(space.masks, key), parts) for key in parts}
    together = None if profile is None else _equilibria(settler, profile, parts)
    return Completions(
        always={key: {dm: three[0] for dm, three in of.items()} for key, of in parts.items()},
        sometimes={key: {dm: three[1] for dm, three in of.items()} for key, of in parts.items()},
        equilibria_always={key: three[0] for key, three in equilibria.items()},
        equilibria_sometimes={key: three[1] for key, three in equilibria.items()},
        not_settled={key: reduce(StateSet.__or__, (three[2] for three in of.values()), equilibria[key][2]) for key, of in parts.items()},
        mixed_always=together and together[0],
        mixed_sometimes=together and together[1],
        mixed_not_settled=together and together[2],
    )


Three = tuple[StateSet, StateSet, StateSet]
"""The states that are stable under every completion, those that are under some, and those of which that is not known."""


def _of_one(settler: Settler, concept: SolutionConcept, dm: str) -> Three:
    """For one decision maker; what lies between the bounds is settled state by state."""
    space = settler.space
    low, high = (SingleEngine(space).stable(supposing(concept, certain=certain), dm) for certain in (True, False))
    if concept.answers != "improving":
        return low, high, space.set_of()
    always, sometimes, open_ = low, low, space.set_of()
    for state in (high - low).each():
        found, here = settler.settle(state, {dm: concept.key}, fewest=False), space.set_of(state)
        always |= here if found.always else space.set_of()
        sometimes |= here if found.sometimes else space.set_of()
        open_ |= here if found.always is None or found.sometimes is None else space.set_of()
    return always, sometimes, open_


def _equilibria(settler: Settler, profile: Mapping[str, str], parts: Mapping[str, Mapping[str, Three]]) -> Three:
    """The equilibria under a profile: where answers have to be credible, one and the same completion has to make everybody stay."""
    space, own = settler.space, [parts[key][dm] for dm, key in profile.items()]
    low = reduce(StateSet.__and__, (always for always, _, _ in own), space.states)
    high = reduce(StateSet.__and__, (sometimes | open_ for _, sometimes, open_ in own), space.states)
    if all(askable(key).answers != "improving" for key in profile.values()):
        return low, high, space.set_of()
    sometimes, open_ = low, space.set_of()
    for state in (high - low).each():
        found, here = settler.settle(state, profile, fewest=False), space.set_of(state)
        sometimes |= here if found.sometimes else space.set_of()
        open_ |= here if found.sometimes is None or found.always is None else space.set_of()
    return low, sometimes, open_
