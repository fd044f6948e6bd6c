"""Whether a state that is better for everybody also holds, answered in many conflicts at once."""

from __future__ import annotations

from dataclasses import dataclass

from detente.analysis.claims.base import need
from detente.analysis.claims.cases import Among, Case
from detente.analysis.claims.completions import Behaviour
from detente.analysis.claims.whether import Whether, leaving, read_behaviour, witnessed
from detente.analysis.claims.whether_gain import preferred, uncovered, wanted
from detente.concepts.witness import Leaves
from detente.model.conflict import Conflict
from detente.space.sets import bits_of
from detente.space.states import StateSpace


@dataclass(frozen=True)
class WhetherKeptGain(Whether):
    """Whether some state that meets a condition is better for everybody than a state, and holds.

    That there is one is shown by a state that everybody prefers and stays at in the whole case; that there is none by states for each
    decision maker that they do not prefer in any conflict of the case, and for every other state that meets the condition by somebody who
    leaves it in all of them.

    Parameters
    ----------
    state
        As for `Whether`: what is compared with.
    where
        The condition, written; None for any state.
    behaviour
        For every decision maker the concept under which they stay or leave.

    Examples
    --------
    >>> from detente.cases import load
    >>> WhetherKeptGain(None, None, (("MoE", "SEQ"), ("Uniroyal", "SEQ"), ("Local", "SEQ"))).expect(load("elmira"))
    """

    where: str | None
    behaviour: Behaviour

    def expect(self, conflict: Conflict) -> None:
        """Refuse a condition that can't be read, and a behaviour that is not of everybody."""
        read_behaviour(conflict, self.behaviour)
        need(len(self.behaviour) == len(conflict.decision_makers), "behaviour: not of everybody")
        wanted(StateSpace(conflict), self.where)

    def answer(self, among: Among, case: Case, state: int) -> bool:
        """A state is better for everybody and all stay there, or for each somebody does not prefer it, or leaves it."""
        behaviour = dict(self.behaviour)
        witnessed(among, case, behaviour, case.witnesses)
        if case.better is not None:
            preferred(among, case, state, self.where)
            need(all(witness.state == case.better for witness in case.witnesses), "witness: of another state")
            need(not leaving(behaviour, case.witnesses), "witness: somebody leaves")
            return True
        left = uncovered(among, case, state, self.where)
        need(all(isinstance(witness, Leaves) for witness in case.witnesses), "witness: of somebody who stays")
        need([witness.state for witness in case.witnesses] == list(bits_of(left)), "witness: not one for each state that is left")
        return False
