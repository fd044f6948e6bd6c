"""D8: nobody leaves as each of them sees the conflict, and somebody would leave if everybody saw it as it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.analysis.claims.as_seen import AsSeen
from detente.analysis.claims.standing import Standing
from detente.analysis.deadlock.base import DeadlockType, Standstill
from detente.analysis.deadlock.found import Finding, Silence
from detente.analysis.hypergame.views import Hypergame, holders
from detente.concepts.witness import Leaves, Witness
from detente.errors import LimitError
from detente.model.conflict import Conflict
from detente.space.states import StateSpace


def test(standstill: Standstill) -> Iterator[Finding | Silence]:
    """Does not apply where everybody stays in the conflict as it is written; not examined without viewpoints."""
    if not has_viewpoints(standstill.space.conflict):
        yield Silence("D8", "beliefs")


def has_viewpoints(conflict: Conflict) -> bool:
    """Whether some decision maker acts on a viewpoint of a conflict.

    >>> from detente.cases import load
    >>> has_viewpoints(load("elmira"))
    False
    """
    return any(key is not None for key in holders(conflict).values())


def as_seen(space: StateSpace, start: int, profile: Mapping[str, str]) -> AsSeen | None:
    """Who stays at a state, each in the conflict as they see it; None where nobody acts on a viewpoint, or there is too much to list.

    Parameters
    ----------
    space
        The space of the conflict as it is written.
    start
        The state.
    profile
        For each decision maker (key) the key of a concept.

    Examples
    --------
    >>> from detente.cases import load
    >>> elmira = StateSpace(load("elmira"))
    >>> as_seen(elmira, elmira.state(1), dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")) is None
    True
    """
    if not has_viewpoints(space.conflict):
        return None
    try:
        return Hypergame(space, profile, holders(space.conflict)).as_seen(start)
    except LimitError:
        return None


def misperceived(space: StateSpace, seen: AsSeen | None, standing: Standing, witnesses: Sequence[Witness]) -> tuple[Finding, ...]:
    """The finding for a state that somebody leaves in the conflict as it is written, if nobody does as each of them sees it.

    Parameters
    ----------
    space
        The space of the conflict as it is written.
    seen
        Who stays as they see it, or None.
    standing
        The claim about who stays as it is written.
    witnesses
        Its witnesses.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> misperceived(space, None, Standing(0, (), ()), ())
    ()
    """
    leaving = [witness for witness in witnesses if isinstance(witness, Leaves)]
    if seen is None or not seen.holds or not leaving:
        return ()
    states = space.set_of(*(leaves.improvement for leaves in leaving))
    return (Finding("D8", (seen, standing), states, tuple(leaves.dm for leaves in leaving)),)


TYPE = DeadlockType(
    key="D8",
    name="misperception",
    asks="Does everybody stay as they see the conflict, and would somebody leave who saw it as it is written?",
    formula=r"s_0\ \text{is stable for every}\ i\ \text{in}\ G_i,\ \text{and for some}\ i\ \text{not in}\ G_0",
    source="this project's synthesis; hypergames after Bennett 1977 and Wang, Hipel and Fraser 1988",
    test=test,
    example="misread-neighbours 1",
)
