"""What becomes of the main answers if a single element of the model is left out, or is the other way round.

Tried are statements of preference (left out, and reversed), red lines and rules (left out).  What is tried is each alone; two that change
nothing alone may change something together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce

from detente.analysis.doubted import Answers, Change, Doubt, Doubts
from detente.analysis.joint import joint_targets
from detente.analysis.unlock.holding import Holding
from detente.errors import LimitError
from detente.model.conflict import Conflict
from detente.model.edit import Edit, RemoveRedLine, RemoveRule, RemoveStatement, ReverseStatement
from detente.model.formula import Formula
from detente.model.preference import Listed
from detente.model.rule import Merged
from detente.preference.compared import compared
from detente.space.sets import StateSet
from detente.space.states import StateSpace


def answers_about(space: StateSpace, start: int, profile: Mapping[str, str], condition: Formula | None = None) -> Answers:
    """The main answers about a start.

    >>> from detente.cases import load
    >>> space = StateSpace(load("elmira"))
    >>> answers_about(space, space.state(5), {"MoE": "SEQ", "Uniroyal": "SEQ", "Local": "SEQ"})
    Answers(stuck=True, better=False, holding=False, without=None)
    """
    holding = Holding(space, profile)
    better = reduce(int.__and__, (compared(space, dm, start)[0] for dm in profile))
    out = StateSet(space, better & joint_targets(space, profile, start))
    near = sorted(out.each(), key=lambda state: (state ^ start).bit_count())
    met = space.where(condition) if condition is not None else space.set_of()
    without = None
    if condition is not None:
        without = any(holding.holds(state) for state in near if not met.contains(state))
    found = bool(without) or any(holding.holds(state) for state in near)
    return Answers(holding.holds(start), bool(better), found, without)


def doubts(
    conflict: Conflict,
    start: int,
    profile: Mapping[str, str],
    condition: Formula | None = None,
    *,
    enough: Callable[[], bool] = lambda: False,
) -> Doubts:
    """What each change of a single element makes of the main answers.

    Parameters
    ----------
    conflict
        The conflict.
    start
        The state (combination) that it is in.
    profile
        For each decision maker (key) the key of a concept.
    condition
        A condition that ways out may lack.
    enough
        Asked before each change is tried; where it says so, the rest is not tried.

    Examples
    --------
    >>> from detente.cases import load
    >>> dilemma = load("prisoners-dilemma")
    >>> found = doubts(dilemma, 0, {dm.key: "Nash" for dm in dilemma.decision_makers})
    >>> len(found.tried), found.complete, [(doubt.element, doubt.change) for doubt in found.changing("stuck")][:2]
    (0, True, [])
    """
    now = answers_about(StateSpace(conflict), start, profile, condition)
    tried: list[Doubt] = []
    skipped = sum(1 for edit in _edits(conflict) if edit is None)
    for found in _edits(conflict):
        if found is None:
            continue
        if enough():
            return Doubts(now, tuple(tried), False, skipped)
        element, change, edit = found
        tried.append(Doubt(element, change, _answers(conflict, edit, start, profile, condition)))
    return Doubts(now, tuple(tried), True, skipped)


def _answers(conflict: Conflict, edit: Edit, start: int, profile: Mapping[str, str], condition: Formula | None) -> Answers | None:
    try:
        space = StateSpace(edit.apply(conflict))
        return answers_about(space, start, profile, condition) if space.states.contains(start) else None
    except LimitError:
        return None


def _edits(conflict: Conflict) -> Iterator[tuple[str, Change, Edit] | None]:
    """Every change, with the path of its element; None for an element that can't be tried."""
    for dm in conflict.decision_makers:
        path = f"decision makers/{dm.key}"
        statements = dm.preference.statements() if dm.preference is not None else ()
        fixed = dm.preference is not None and any(isinstance(c, Listed) for c in dm.preference.criteria())
        for place, _ in enumerate(statements, start=1):
            if fixed:
                yield None
                continue
            yield f"{path}/prefers/{place}", "left out", RemoveStatement(dm.key, place)
            yield f"{path}/prefers/{place}", "reversed", ReverseStatement(dm.key, place)
        for place, _ in enumerate(dm.red_lines, start=1):
            yield f"{path}/red lines/{place}", "left out", RemoveRedLine(dm.key, place)
    ranked = any(isinstance(c, Listed) for dm in conflict.decision_makers if dm.preference for c in dm.preference.criteria())
    for place, rule in enumerate(conflict.rules, start=1):
        yield None if ranked or isinstance(rule, Merged) else (f"rules/{place}", "left out", RemoveRule(place))
