"""What somebody prefers, as conditions on states: better than a given state, no worse, better after a change of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.errors import LimitError
from detente.model.conflict import Conflict
from detente.model.evaluate import evaluator
from detente.model.formula import FALSE, And, Const, Formula, Not, Taken
from detente.model.preference import Criterion, Listed, Meets, Sums
from detente.preference.order import criteria_of
from detente.space.conditions import both, either, exactly, flipped, occurs, opposite, weighed
from detente.space.states import StateSpace

MAX_LISTED = 256
"""Most states of an explicit order that are written out in a condition."""


def above(conflict: Conflict, criteria: Sequence[Criterion], state: int, *, strictly: bool = True) -> Formula:
    """That a combination is preferred to a given one by some criteria, most important first; or that it is no worse.

    Parameters
    ----------
    conflict
        The conflict.
    criteria
        The criteria.
    state
        The combination that others are compared with.
    strictly
        Whether it has to be preferred, and not only no worse.

    Raises
    ------
    LimitError
        S350 for a ranking, and for weights with too many sums.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.formula import written
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",))))
    >>> written(above(one, (Meets(Taken("x")), Meets(Taken("y"))), 1))
    'x and y'
    >>> written(above(one, (Meets(Taken("x")), Meets(Taken("y"))), 0))
    'x or y'
    """
    index, rest = conflict.option_index, Const(not strictly)
    found: Formula = rest
    for criterion in reversed(criteria):
        match criterion:
            case Meets(formula):
                found = both(formula, found) if evaluator(formula, index)(state) else either(formula, found)
            case Sums(weights):
                here = [(key, weight, weight * (state >> index[key] & 1)) for key, weight in weights]
                found = weighed([(key, weight - now, -now) for key, weight, now in here], found)
            case Listed(levels):
                found = _listed(conflict, levels, state, found)
    return found


def _listed(conflict: Conflict, levels: Sequence[Iterable[frozenset[str]]], state: int, rest: Formula) -> Formula:
    """That a combination stands in a higher level of an explicit order than a given one, or in the same and the rest is so."""
    written = [[frozenset(taken) for taken in level] for level in levels]
    if sum(map(len, written)) > MAX_LISTED:
        message = f"a ranking of more than {MAX_LISTED} states lists them one by one, so that nothing can be asked of all states at once"
        raise LimitError.of("S350", message, help="give the preference by ordered statements or by weights")
    mine = conflict.taken(state)
    place = next((n for n, level in enumerate(written) if mine in level), len(written))
    higher = [exactly(conflict, taken) for level in written[:place] for taken in level]
    same = [exactly(conflict, taken) for taken in (written[place] if place < len(written) else ())]
    tied = either(*same) if place < len(written) else opposite(either(*higher))
    return either(*higher, both(tied, rest))


def better(conflict: Conflict, dm: str, state: int, *, strictly: bool = True) -> Formula:
    """That a decision maker (`dm`, a key) prefers a combination to a state; or, not `strictly`, finds it no worse; see `above`.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> better(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)), "A", 0)
    Const(value=False)
    """
    return above(conflict, criteria_of(conflict.decision_maker(dm)), state, strictly=strictly)


def improves(space: StateSpace, dm: str, flip: int) -> Formula:
    """That a decision maker may change certain options of their own, all at once, and gains by it.

    Parameters
    ----------
    space
        The space.
    dm
        Who changes (key).
    flip
        The bits that they change.

    Raises
    ------
    LimitError
        S350 for a ranking, and for weights with too many sums.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.preference.weighting import OptionWeighting
    >>> one = Conflict("one", (DecisionMaker("A", "A", OptionWeighting((("x", 1),))),), (Option("x", "x", ("A",)),))
    >>> improves(StateSpace(one), "A", 1)
    Not(part=Taken(option='x'))
    """
    conflict = space.conflict
    changed = frozenset(option.key for k, option in enumerate(conflict.options) if flip >> k & 1)
    gains: Formula = FALSE
    for criterion in reversed(criteria_of(conflict.decision_maker(dm))):
        match criterion:
            case Meets(before):
                then = flipped(before, changed)
                if then != before:
                    gains = both(either(Not(before), then), either(both(Not(before), then), gains))
            case Sums(weights):
                gains = weighed([(key, -weight, weight) for key, weight in weights if key in changed], gains)
            case Listed():
                message = "an improvement by a ranking is not a condition on single options"
                raise LimitError.of("S350", message, help="give the preference by ordered statements or by weights")
    parts = [gains, *(flipped(part, changed) for part in (occurs(conflict),) if not isinstance(part, Const))]
    for k, option in enumerate(conflict.options):
        if flip >> k & 1:
            parts += [Not(Taken(option.key))] if space.only_on >> k & 1 else []
            parts += [Taken(option.key)] if space.only_off >> k & 1 else []
    unseen = conflict.decision_maker(dm).unperceived
    parts += [] if unseen is None else [Not(unseen), Not(flipped(unseen, changed))]
    parts += [Not(And((ban.leaving, flipped(ban.reaching, changed)))) for ban in conflict.bans if ban.by == dm]
    return both(*parts)
