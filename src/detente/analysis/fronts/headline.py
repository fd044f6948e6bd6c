"""What is concluded of a status quo in a few words, in a form that can be compared from one conflict to another.

The conclusions are those of a diagnosis: under which concepts the status quo holds, whether something is better for everybody, what type
of deadlock comes first, and which red lines keep what would be better from being so.  Small conflicts are listed; for larger ones the
same is asked by satisfiability, with a limit of time, and what is not settled stays open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.analysis.claims.base import Claim
from detente.analysis.claims.standing import Standing
from detente.analysis.deadlock.base import CONCEPTS
from detente.analysis.deadlock.diagnose import diagnose
from detente.analysis.fronts.found import Asked, Headline, Kind, Value, in_order
from detente.analysis.stability import analyse
from detente.analysis.unlock.holding import Holding
from detente.analysis.unlock.red_lines import red_line_conflicts
from detente.concepts.registry import concept
from detente.engines.choose import choose
from detente.engines.sat.solver import library
from detente.errors import LimitError, MissingExtra
from detente.model.formula import Formula
from detente.space.states import StateSpace

LISTED = 12
"""Most options of a conflict whose states are listed here, where there is another way."""
LISTED_AT_ALL = 18
"""Most options of a conflict whose states are listed where there is none: states are merged, or python-sat is not installed."""


def asked_of(wheres: Sequence[Formula], concepts: Sequence[str] = CONCEPTS) -> tuple[Asked, ...]:
    """What is asked of each conflict: of the given concepts, and of states that meet each of some conditions.

    >>> [asked.kind for asked in asked_of((), ("SEQ",))]
    ['holds', 'type', 'gain', 'kept gain', 'red lines']
    """
    holds = [Asked("holds", concept=key) for key in concepts]
    kinds: tuple[Kind, ...] = ("gain", "kept gain", "red lines")
    return (*holds, Asked("type"), *(Asked(kind, where=where) for where in (None, *wheres) for kind in kinds))


def can_seek() -> bool:
    """Whether conflicts can be asked about without listing their states: python-sat is installed."""
    try:
        library()
    except MissingExtra:
        return False
    return True


def headline(
    space: StateSpace,
    profile: Mapping[str, str],
    asked: Sequence[Asked],
    seconds: float | None = None,
    hints: Sequence[int] = (),
) -> Headline:
    """The conclusions on the status quo of a conflict.

    Parameters
    ----------
    space
        The space; it has a status quo that can occur.  Where its states are not listed, they are asked about without a list.
    profile
        For each decision maker (key) the key of the concept that describes their behaviour; types of deadlock are told under it.
    asked
        The conclusions.
    seconds
        How long it may take, about; None for no limit.
    hints
        States that are tried first as such that two or more could have together and that hold.

    Raises
    ------
    LimitError
        The conflict is too large, and can't be asked about without listing its states.

    Examples
    --------
    >>> from detente.cases import load
    >>> space = StateSpace(load("euphrates-1975"))
    >>> profile = {dm.key: "SEQ" for dm in space.conflict.decision_makers}
    >>> list(headline(space, profile, asked_of((), ("SEQ",))).answers.values())
    [False, '-', False, False, frozenset()]
    """
    options = len(space.conflict.options)
    if not space.is_listed and can_seek():
        from detente.analysis.fronts.sought import sought

        return sought(space, profile, asked, seconds, hints)
    if options > LISTED_AT_ALL:
        raise LimitError.of(
            "S301",
            f"{options} options are too many to list all states for each set of fronts",
            help='ask without merged states, and install python-sat: pip install "detente[sat]"',
        )
    return _listed(StateSpace(space.conflict) if not space.is_listed else space, profile, asked)


def type_value(stuck: bool | None, primary: str | None, settled: bool) -> str | None:
    """The value of the conclusion on the type of deadlock."""
    if stuck is None:
        return None
    if not stuck:
        return primary or "-"
    return primary if primary is not None else "" if settled else None


def _listed(space: StateSpace, profile: Mapping[str, str], asked: Sequence[Asked]) -> Headline:
    start = space.status_quo
    assert start is not None
    concepts = tuple(one.concept for one in asked if one.concept is not None)
    behaviours = [concept(key) for key in dict.fromkeys(profile.values())]
    table = analyse(space, behaviours, *choose(space, behaviours))
    found = diagnose(space, start, profile, concepts=concepts, table=table)
    better, kept = found.bargain.better_for_all, table.mixed(profile)
    claims: list[Claim] = [found.standing, found.gains, *(claim for finding in found.found for claim in finding.claims)]
    answers: dict[Asked, Value | None] = {}
    gained: dict[Formula | None, int] = {}

    def standing(behaviour: Mapping[str, str], state: int) -> list[Claim]:
        """Who stays at a state; nothing where that takes more cases than can be listed."""
        by = tuple((dm.key, behaviour[dm.key]) for dm in space.conflict.decision_makers)
        try:
            return [Standing(state, by, Holding(space, behaviour).witnesses(state))]
        except LimitError:
            return []

    for one in asked:
        match one.kind:
            case "holds":
                verdicts = found.stable.get(one.concept or "", {})
                answers[one] = all(verdicts.values()) if verdicts else None
                claims += standing(dict.fromkeys(profile, one.concept or ""), start) if verdicts else []
            case "type":
                answers[one] = type_value(found.stuck, found.primary, settled=not any(s.reason != "beliefs" for s in found.silent))
            case "gain":
                states = better if one.where is None else better & space.where(one.where)
                answers[one] = bool(states)
                if (nearest := states.nearest(start)) is not None:
                    gained[one.where] = nearest
            case "kept gain":
                states = (better if one.where is None else better & space.where(one.where)) & kept
                answers[one] = bool(states)
                claims += [claim for state in states.first(1) for claim in standing(profile, state)]
            case "red lines":
                sets = red_line_conflicts(space, start, where=one.where)
                claims += [lever.claim for lever in sets.emptying.found] + ([] if sets.every is None else [sets.every])
                excluding = in_order(lever.claim.kept for lever in sets.emptying.found)
                answers[one] = None if sets.every is None else frozenset() if sets.now else excluding
    leaving = {key: tuple(dm for dm, stays in verdicts.items() if not stays) for key, verdicts in found.stable.items()}
    return Headline(answers, leaving, gained, (), tuple(claims), space)
