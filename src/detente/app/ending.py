"""What ends a standstill, as far as a look of a second or two finds it: a joint move to a state that holds, or a change of priorities."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.conclusions import WaysOut, ways_out
from detente.analysis.stability import StabilityTable
from detente.analysis.unlock.goal import Goal
from detente.app.documents import SentencePart
from detente.app.levers import all_kinds, in_turn
from detente.app.levers.base import Sought
from detente.app.parts import Described
from detente.errors import Cannot, LimitError
from detente.explain import ending
from detente.explain.sentence import Sentence

MAX_STATES = 50_000
"""Most feasible states for which an analysis looks at what would end a standstill; `detente unlock` looks at larger ones too."""
SECONDS = 1.0
"""How long an analysis looks for a change of priorities, where no group can end the standstill by moving together."""


def ends(described: Described, table: StabilityTable, profile: Mapping[str, str]) -> tuple[SentencePart, ...]:
    """What ends the standstill of the status quo under a profile, in a few sentences; none if it does not stand still, or is too large.

    >>> from detente.cases import load
    >>> from detente.analysis.deadlock.diagnose import profile_table
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> profile = dict.fromkeys(("MoE", "Uniroyal", "Local"), "SEQ")
    >>> ends(Described(space), profile_table(space, profile), profile)
    ()
    """
    space = described.space
    if space.status_quo is None or space.states.count > MAX_STATES:
        return ()
    equilibria = table.mixed(profile)
    if not equilibria.contains(space.status_quo):
        return ()
    try:
        ways = ways_out(space, space.status_quo, profile, equilibria)
        return tuple(map(described.sentence, _ends(described, ways)))
    except (Cannot, LimitError):  # too large to be listed, or a concept without answers to look at
        return ()


def _ends(described: Described, ways: WaysOut) -> tuple[Sentence, ...]:
    nearest = ways.nearest(ways.out)
    if nearest is not None:
        return ending.together(described.words, ways, ways.lever(nearest))
    kind = next((kind for kind in all_kinds() if kind.key == "priority"), None)
    if kind is None:
        return ending.nothing(ways, tried=False)
    try:
        levers = kind.search(described.space, Goal(ways.start, ways.profile, "break"), Sought(seconds=SECONDS))
    except Cannot:  # a concept of which it is not known on which comparisons its verdicts depend
        return ending.nothing(ways, tried=False)
    if not levers.found:
        return ending.nothing(ways, tried=levers.stopped != "not asked")
    cheapest = [lever for lever in in_turn(levers.found) if lever.cost == levers.found[0].cost]
    first = {lever.by: lever for lever in reversed(cheapest)}  # the first of each who would have to act
    changes = [kind.told(described.space, lever).verdict for lever in cheapest if first[lever.by] is lever]
    return ending.shifted(ways, changes, levers.proven)
