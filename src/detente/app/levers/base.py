"""What `unlock` knows of a kind of lever: for which goals it can be asked, how it is searched for, and who has words for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from detente.analysis.unlock.goal import Goal, Want
from detente.analysis.unlock.lever import Lever, Levers
from detente.analysis.unlock.tries import Trial
from detente.app.progress import Progress, silent
from detente.explain.sentence import Explanation
from detente.space.states import StateSpace

RedLines: TypeAlias = Literal["excluded", "counted"]


@dataclass(frozen=True)
class Sought:
    """How levers are looked for, and what they are taken to cost.

    Parameters
    ----------
    weights
        For each decision maker (key) how much a change of their preference counts; 1 for those who are not named.
    prices
        For each kind of lever how much one unit of it counts in a plan; 1 for those that are not named.
    budgets
        The most that may be spent on one decision maker, or on one kind of lever, in a plan.
    red_lines
        Whether changes of a preference across a red line are left out, or counted like others.
    edits
        The most edits of statements that are tried together.
    seconds
        The time that one kind of lever may take for one goal, about; None for as long as it takes.
    progress
        Is told what is being done.
    """

    weights: Mapping[str, int] = field(default_factory=dict)
    prices: Mapping[str, int] = field(default_factory=dict)
    budgets: Mapping[str, int] = field(default_factory=dict)
    red_lines: RedLines = "excluded"
    edits: int = 2
    seconds: float | None = 30.0
    progress: Progress = silent


def _nothing(_space: StateSpace, _goal: Goal, _levers: Levers[Any]) -> None:
    return None


def _untried(_space: StateSpace, _claim: Any) -> Trial:
    return Trial()


@dataclass(frozen=True, slots=True)
class LeverKind:
    """A kind of lever.

    Parameters
    ----------
    key
        As it is named by `--kind`.
    place
        Where it stands among the kinds when they are told.
    wants
        The goals for which it can be asked.
    search
        Looks for levers of this kind.
    told
        Puts a lever into words, after its claim has been checked.
    account
        What else is to be said of a search: what was looked at, or why nothing was found; None where there is nothing to say.
    most_states
        Most feasible states for which it is looked for without being named, where a wanted state is to be reached; None for any number.
    spared
        Whether it is left out, unless it is named, where a joint move alone does what is wanted.
    tries
        What of a lever can be tried, from its claim.
    """

    key: str
    place: int
    wants: frozenset[Want]
    search: Callable[[StateSpace, Goal, Sought], Levers[Any]]
    told: Callable[[StateSpace, Lever[Any]], Explanation]
    account: Callable[[StateSpace, Goal, Levers[Any]], Explanation | None] = _nothing
    most_states: int | None = None
    spared: bool = False
    tries: Callable[[StateSpace, Any], Trial] = _untried
