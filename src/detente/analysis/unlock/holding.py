"""Which states hold when every decision maker behaves by a concept of their own, and why."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from detente.analysis.stability import StabilityTable, analyse
from detente.concepts.registry import concept
from detente.concepts.witness import Leaves, Stays, Witness
from detente.engines.base import Engine
from detente.engines.choose import choose
from detente.engines.single import SingleEngine
from detente.preference.order import Ordering
from detente.space.sets import StateSet
from detente.space.states import StateSpace

MANY = 200
"""So many states are asked about one by one; beyond, all at once."""


class _Asked(SingleEngine):
    """The same engine, asked about one improvement of a decision maker at a state, as if it were the only one."""

    asked: tuple[str, int, int] | None = None

    def improvements(self, dm: str, state: int) -> tuple[int, ...]:
        """The improvement that is asked about; for everybody else, and elsewhere, all."""
        if self.asked is not None and self.asked[:2] == (dm, state):
            return self.asked[2:]
        return super().improvements(dm, state)


class Holding:
    """Answers whether a state holds: whether it is stable for each decision maker under the concept that a profile gives them.

    Parameters
    ----------
    space
        The space.
    profile
        For each decision maker (key) the key of a concept.
    equilibria
        All states that hold, if they are known; otherwise they are found when they are first asked for.
    orders
        For some or all decision makers (keys) an order to use instead of their preference.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> a = DecisionMaker("A", "A", OptionWeighting((("x", 1),)))
    >>> holding = Holding(StateSpace(Conflict("one", (a,), (Option("x", "x", ("A",)),))), {"A": "Nash"})
    >>> holding.equilibria.first(2), holding.holds(0), holding.witnesses(0)[0].improvement
    ((1,), False, 1)
    """

    def __init__(
        self,
        space: StateSpace,
        profile: Mapping[str, str],
        equilibria: StateSet | None = None,
        orders: Mapping[str, Ordering] | None = None,
    ) -> None:
        self.space = space
        self.profile = dict(profile)
        self.orders = orders
        self._given = equilibria
        self._witnesses: dict[tuple[str, int], Witness] = {}
        self._asked: set[int] = set()

    @cached_property
    def single(self) -> SingleEngine:
        """The engine that gives witnesses."""
        return SingleEngine(self.space, orders=self.orders)

    @cached_property
    def table(self) -> StabilityTable:
        """The stable states of every decision maker under every concept of the profile.

        Raises
        ------
        UsageError
            U401 if the profile names no concept.
        """
        concepts = [concept(key) for key in dict.fromkeys(self.profile.values())]
        engine: Engine = self.single if self.orders else choose(self.space, concepts)[0]
        return analyse(self.space, concepts, engine)

    @cached_property
    def equilibria(self) -> StateSet:
        """All states that hold.

        Raises
        ------
        UsageError
            U401 if the profile names no concept, U422 if it does not give one to each decision maker.
        """
        if self._given is not None:
            return self._given
        return self.table.mixed(self.profile)

    @cached_property
    def _asking(self) -> _Asked:
        return _Asked(self.space, orders=self.orders)

    def leaves_by(self, dm: str, state: int, improvement: int) -> Leaves | None:
        """Why a decision maker leaves a state by one improvement of theirs; None if it has an answer.

        Parameters
        ----------
        dm
            Key of the decision maker.
        state
            The state.
        improvement
            A state to which they can move from it and that they prefer to it.
        """
        self._asking.asked = (dm, state, improvement)
        found = self._asking.witness(concept(self.profile[dm]), dm, state)
        return found if isinstance(found, Leaves) else None

    def witness(self, dm: str, state: int) -> Witness:
        """Why a decision maker stays at a state or leaves it."""
        if (dm, state) not in self._witnesses:
            self._witnesses[dm, state] = self.single.witness(concept(self.profile[dm]), dm, state)
        return self._witnesses[dm, state]

    def witnesses(self, state: int) -> tuple[Witness, ...]:
        """Why each decision maker stays at a state or leaves it, in the order of the conflict."""
        return tuple(self.witness(dm.key, state) for dm in self.space.conflict.decision_makers)

    def holds(self, state: int) -> bool:
        """Whether nobody leaves a state.

        Asks about that state only, as long as not all are known and not many are asked about; where orders are changed, always.
        """
        known = self._given is not None or "equilibria" in self.__dict__
        self._asked.add(state)
        if known or (len(self._asked) > MANY and not self.orders):
            return self.equilibria.contains(state)
        return all(isinstance(self.witness(dm.key, state), Stays) for dm in self.space.conflict.decision_makers)

    def leavers(self, state: int) -> tuple[str, ...]:
        """Everybody who leaves a state (keys); like `holds`, asks about that state only as long as not many are asked about."""
        keys = tuple(dm.key for dm in self.space.conflict.decision_makers)
        if self._given is not None and self._given.contains(state):
            return ()
        self._asked.add(state)
        if "table" in self.__dict__ or (len(self._asked) > MANY and not self.orders):
            return tuple(dm for dm in keys if not self.table.stable[self.profile[dm]][dm].contains(state))
        return tuple(dm for dm in keys if not isinstance(self.witness(dm, state), Stays))
