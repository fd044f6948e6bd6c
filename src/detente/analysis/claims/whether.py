"""Yes or no questions about a state that are answered in many conflicts at once, each with the check of what shows the answer in a case."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.analysis.claims.base import RefusedError, need, tick
from detente.analysis.claims.cases import Among, Case
from detente.analysis.claims.completions import Behaviour
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Stays, Witness
from detente.model.conflict import Conflict
from detente.space.states import StateSpace


@dataclass(frozen=True)
class Whether(ABC):
    """A question about a state.

    Parameters
    ----------
    state
        The name of a named state; None for the status quo.
    """

    state: str | None

    @abstractmethod
    def expect(self, conflict: Conflict) -> None:
        """Refuse a question that can't be asked of a `conflict`."""

    @abstractmethod
    def answer(self, among: Among, case: Case, state: int) -> bool:
        """The answer that is shown for all conflicts of a case; refuses a case that shows none.

        Parameters
        ----------
        among
            The orders that there may be.
        case
            The case.
        state
            The state.
        """

    def verdict(self, among: Among, case: Case) -> bool | None:
        """The answer in a case (`case`) of some orders (`among`); None where the state or the status quo can't occur."""
        state = place(among.space, self.state)
        if state is None:
            need(not case.witnesses and case.better is None and not case.against, "case: the state can't occur")
            return None
        return self.answer(among, case, state)


@dataclass(frozen=True)
class WhetherStaying(Whether):
    """Whether each of those who are asked about stays at a state.

    Parameters
    ----------
    state
        As for `Whether`.
    behaviour
        Who is asked about, and under which concept each.

    Examples
    --------
    >>> from detente.cases import load
    >>> WhetherStaying(None, (("MoE", "SEQ"),)).expect(load("elmira"))
    """

    behaviour: Behaviour

    def expect(self, conflict: Conflict) -> None:
        """Refuse what is of nobody, of somebody twice, or under a concept that reads more than orders."""
        read_behaviour(conflict, self.behaviour)

    def answer(self, among: Among, case: Case, state: int) -> bool:
        """Everybody is shown to stay, or one of them to leave."""
        need(case.better is None and not case.against, "case: of another question")
        behaviour = dict(self.behaviour)
        witnessed(among, case, behaviour, case.witnesses)
        need(all(witness.state == state for witness in case.witnesses), "witness: of another state")
        return not leaving(behaviour, case.witnesses)


def place(space: StateSpace, name: str | None) -> int | None:
    """The state of a space with a `name` (None: the status quo); None where it, or the status quo, can't occur.

    >>> from detente.cases import load
    >>> place(StateSpace(load("elmira")), None)
    2
    """
    if name is None or space.status_quo is None:
        return space.status_quo
    named = next((one for one in space.conflict.named_states if one.name == name), None)
    if named is None:
        raise RefusedError(f"state: none is named {name}")
    return space.state_of(space.conflict.combination(named.taken))


def read_behaviour(conflict: Conflict, behaviour: Behaviour) -> None:
    """Refuse a behaviour (`behaviour`) of nobody, of somebody twice, or under a concept that reads more than orders of a `conflict`.

    >>> from detente.cases import load
    >>> read_behaviour(load("elmira"), (("MoE", "SEQ"),))
    """
    keys = {dm.key for dm in conflict.decision_makers}
    need(0 < len(dict(behaviour)) == len(behaviour), "behaviour: of nobody, or of somebody twice")
    need(dict(behaviour).keys() <= keys, "behaviour: of somebody unknown")
    need(all(_reads_orders(key) for _, key in behaviour), "behaviour: under a concept that reads more than orders")


def _reads_orders(key: str) -> bool:
    """Whether the concept with a key is one of improvements, answers and orders."""
    found = concept(key)
    return found.key == key and found.reading is None and (found.is_simple or key == "SIM")


def witnessed(among: Among, case: Case, behaviour: Mapping[str, str], witnesses: Iterable[Witness]) -> None:
    """Refuse witnesses that do not hold in all conflicts of a case, or are not of the behaviour.

    Parameters
    ----------
    among
        The orders that there may be.
    case
        The case.
    behaviour
        For each decision maker in question (key) the concept (key).
    witnesses
        The witnesses.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("chicken"))
    >>> among = Among(space, dict.fromkeys(space.masks, 1), lambda dm: [space.conflict.decision_maker(dm)])
    >>> witnessed(among, Case((), (1, 1), ()), {}, ())
    """
    checker = among.checker(case)
    for witness in witnesses:
        tick()
        need(isinstance(witness, Stays | Leaves), "witness: of another kind")
        need(behaviour.get(witness.dm) == witness.concept, f"witness: of {witness.dm} under {witness.concept}")
        refused = checker.check(witness)
        need(refused is None, f"witness: {refused}")


def leaving(behaviour: Mapping[str, str], witnesses: Iterable[Witness]) -> bool:
    """Whether witnesses are of one who leaves; if not, they have to be of all of a `behaviour` who stay.

    >>> leaving({"A": "Nash"}, [Stays("Nash", "A", 0, ())])
    False
    """
    staying = Counter(witness.dm for witness in witnesses if isinstance(witness, Stays))
    gone = sum(isinstance(witness, Leaves) for witness in witnesses)
    if gone == 1 and not staying:
        return True
    need(not gone and staying == Counter(behaviour.keys()), f"case: {sorted(staying)} stay")
    return False
