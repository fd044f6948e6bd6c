"""What is wrong with a decision maker's preference once the states are known.

A preference must give every state one place.  A ranking that leaves states out does not; nor does a statement whose truth differs
between the combinations that a rule merges into one state; and a ranking must not contradict the red lines beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.errors import ConflictError, Diagnostic
from detente.model.checks_beliefs import altered_parties
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.evaluate import evaluator
from detente.model.formula import Formula, any_of, written
from detente.model.guess import Guess
from detente.model.preference import Listed, Meets, Sums
from detente.model.viewpoint import Altered
from detente.preference.order import listed_scores
from detente.space.listing import check_work
from detente.space.states import StateSpace
from detente.text import listing, plural

_SLOWER = 1 << 10
"""How much longer it takes to look at one combination of a merged state than to work out one truth value among many."""


def problems_in(space: StateSpace, dm: DecisionMaker) -> Iterator[Diagnostic]:
    """Everything that is wrong with a decision maker's preference in a state space.

    P201 and P202 (a ranking that is not complete, or lists what can't occur), P207 (a ranking that contradicts a red line), P208
    (a statement, weights or a red line that a merged state leaves open).  Each names its element.

    >>> from detente.model.conflict import Conflict, Option
    >>> from detente.preference.ranking import StateRanking
    >>> one = DecisionMaker("A", "A", StateRanking(((frozenset(),),)))
    >>> [d.code for d in problems_in(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), one)]
    ['P201']
    """
    path = f"decision makers/{dm.key}"
    for place, line in enumerate(dm.red_lines, start=1):
        yield from _left_open(space, line.never, f"{path}/red lines/{place}", f'the red line "{written(line.never)}"')
    for place, pair in enumerate(dm.pairs, start=1):
        for formula in (pair.of, pair.over):
            yield from _left_open(space, formula, f"{path}/pairs/{place}", f'the condition "{written(formula)}" of a statement about pairs')
    places = iter(range(1, len(dm.preference.statements()) + 1 if dm.preference else 1))
    for criterion in dm.preference.criteria() if dm.preference else ():
        match criterion:
            case Meets(formula):
                place = next(places)
                yield from _left_open(space, formula, f"{path}/prefers/{place}", f'the statement "{written(formula)}"')
            case Sums(weights):
                yield from _unequal_sums(space, weights, f"{path}/weights")
            case Listed():
                try:
                    scores = listed_scores(space, dm, criterion)
                except ConflictError as problem:
                    yield from (
                        Diagnostic(d.code, d.message, d.where, d.value, d.help, d.severity, f"{path}/ranking") for d in problem.diagnostics
                    )
                else:
                    yield from _contradicted(space, dm, scores, f"{path}/ranking")


def problems_in_views(space: StateSpace) -> Iterator[Diagnostic]:
    """Everything that is wrong with the preferences that viewpoints give to decision makers of the conflict of a state space.

    As `problems_in`; each names its element in the viewpoint.

    >>> from detente.model.conflict import Conflict, Option
    >>> from detente.model.viewpoint import Altered, Viewpoint
    >>> from detente.preference.ranking import StateRanking
    >>> seen = Viewpoint("v", "v", parties=(Altered("A", StateRanking(((frozenset(),),))),))
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), viewpoints=(seen,))
    >>> [d.element for d in problems_in_views(StateSpace(one))]
    ['viewpoints/v/decision makers/A/ranking']
    """
    for start, dm, how in viewed(space.conflict):
        old = f"decision makers/{dm.key}"
        for found in problems_in(space, dm):
            if how.red_lines is None and (found.element or "").startswith(f"{old}/red lines/"):
                continue  # they are the conflict's own
            yield replace(found, element=start + (found.element or old).removeprefix(old))


def problems_in_guesses(space: StateSpace) -> Iterator[Diagnostic]:
    """P208 for what statements and red lines may be instead, where a merged state of the conflict of a space leaves it open.

    >>> from detente.model.conflict import Conflict, Option
    >>> list(problems_in_guesses(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))))
    []
    """
    for guess, place, formula in guessed_formulas(space.conflict):
        yield from _left_open(space, formula, f"uncertain/{guess.key}/or/{place}", f'the alternative "{written(formula)}"')


def guessed_formulas(conflict: Conflict) -> Iterator[tuple[Guess, int, Formula]]:
    """The conditions that statements and red lines may be instead: the guess, the number of the alternative, the condition.

    >>> from detente.model.conflict import Conflict, Option
    >>> list(guessed_formulas(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    []
    """
    for guess in conflict.guesses:
        for place, one in enumerate(guess.alternatives):
            if isinstance(one.what, Formula):
                yield guess, place, one.what


def viewed(conflict: Conflict) -> Iterator[tuple[str, DecisionMaker, Altered]]:
    """The decision makers whose order of the states viewpoints change, each with the path and what is changed.

    With what the viewpoint says, and with the red lines of the conflict where it gives another preference: a preference that it does not
    give is looked at once, with the conflict.

    >>> from detente.model.conflict import Conflict, Option
    >>> list(viewed(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    []
    """
    for start, _, how in altered_parties(conflict):
        dm = conflict.decision_maker(how.party)
        if how.preference is not None or how.red_lines is not None or how.pairs:
            lines = how.red_lines if how.red_lines is not None else dm.red_lines if how.preference is not None else ()
            yield start, replace(dm, preference=how.preference, red_lines=lines, pairs=how.pairs or ()), how


def check_open_work(space: StateSpace, decision_makers: Sequence[DecisionMaker]) -> None:
    """Refuse preferences of decision makers that it would take too long to hold against the merged states of a space.

    Raises `LimitError` (S306); nothing is refused where no states are merged.

    >>> from detente.model.conflict import Conflict, Option
    >>> one = DecisionMaker("A", "A")
    >>> check_open_work(StateSpace(Conflict("one", (one,), (Option("x", "x", ("A",)),))), [one]) is None
    True
    """
    formulas = [line.never for dm in decision_makers for line in dm.red_lines]
    formulas += [formula for dm in decision_makers for pair in dm.pairs for formula in (pair.of, pair.over)]
    for dm in decision_makers:
        formulas += [c.formula for c in (dm.preference.criteria() if dm.preference else ()) if isinstance(c, Meets)]
    formulas += [formula for _, _, formula in guessed_formulas(space.conflict)]
    if space.classes:
        members = sum(map(len, space.classes.values()))
        check_work(space.conflict, formulas, "the preferences", len(formulas) * members * _SLOWER)


def _left_open(space: StateSpace, formula: Formula, element: str, what: str) -> Iterator[Diagnostic]:
    """P208 for the first merged state in some of whose combinations a condition is true and in some not."""
    if not space.classes:
        return
    truth = space.where_bits(formula).to_bytes(space.conflict.combinations // 8 + 1, "little")
    for state, members in space.classes.items():
        first = truth[state >> 3] >> (state & 7) & 1
        if any(truth[member >> 3] >> (member & 7) & 1 != first for member in members):
            yield _open(space, state, element, f"{what} is true in some combinations of it and false in others")
            return


def _unequal_sums(space: StateSpace, weights: tuple[tuple[str, int], ...], element: str) -> Iterator[Diagnostic]:
    """P208 for the first merged state whose combinations have different sums of weights."""
    columns = [(space.columns[key], weight) for key, weight in weights if weight]
    for state, members in space.classes.items():
        if len(set(_sums(space.set_of(*members).bits, columns))) > 1:
            yield _open(space, state, element, "its combinations have different sums of weights")
            return


def _sums(bits: int, columns: list[tuple[int, int]]) -> Iterator[int]:
    """Up to two of the sums of weights that occur in a set of combinations, which is split by one option after the other."""
    seen: set[int] = set()
    waiting = [(bits, 0, 0)]
    while waiting and len(seen) < 2:
        group, place, total = waiting.pop()
        if place == len(columns):
            seen.add(total)
            continue
        column, weight = columns[place]
        for part, more in ((group & column, weight), (group & ~column, 0)):
            if part:
                waiting.append((part, place + 1, total + more))
    return iter(seen)


def _open(space: StateSpace, state: int, element: str, why: str) -> Diagnostic:
    rule = "one state is made of " + plural(len(space.members(state)), "combination")
    help = f"what a merged state leaves open ({space.choice(state)}) can't be preferred or avoided in it; say it of the other states only"
    return Diagnostic("P208", f"{rule}, and {why}", value=space.choice(state), help=help, element=element)


def _contradicted(space: StateSpace, dm: DecisionMaker, scores: dict[int, int], element: str) -> Iterator[Diagnostic]:
    """P207 if, of two states that statements leave tied, a ranking puts one that crosses a red line at or above one that crosses none."""
    if not dm.red_lines:
        return
    index = space.conflict.option_index
    crosses = evaluator(any_of(*(line.never for line in dm.red_lines)), index)
    criteria = dm.preference.criteria() if dm.preference else ()
    statements = [evaluator(c.formula, index) for c in criteria if isinstance(c, Meets)]
    lowest: dict[tuple[int, ...], int] = {}  # of the states that cross none, by what the statements say of them
    crossing: list[tuple[int, tuple[int, ...]]] = []
    for state in sorted(scores, key=lambda s: (-scores[s], s)):
        group = tuple(test(state) for test in statements)
        if crosses(state):
            crossing.append((state, group))
        else:
            lowest[group] = state
    for state, group in crossing:
        below = lowest.get(group)
        if below is not None and scores[below] <= scores[state]:
            yield _above(space, state, below, scores, element)
            return


def _above(space: StateSpace, state: int, other: int, scores: dict[int, int], element: str) -> Diagnostic:
    shown = listing([f"state {space.number(s)} ({space.choice(s)})" for s in (state, other)], "and")
    place = "beside" if scores[state] == scores[other] else "above"
    message = (
        f"the ranking puts state {space.number(state)}, which crosses a red line, {place} state {space.number(other)}, which crosses none"
    )
    return Diagnostic(
        "P207",
        message,
        value=shown,
        help="put every state that crosses a red line below all others, or change the red line",
        element=element,
    )
