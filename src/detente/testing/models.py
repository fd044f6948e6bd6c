"""Random conflicts for tests: every kind of rule, direction, ownership and preference, from a seed.

`random_conflict` needs nothing but the standard library; `conflicts` is the same as a strategy of Hypothesis, which shrinks what fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING

from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Direction, Option, RedLine, in_owner_order
from detente.model.formula import FALSE, TRUE, And, Formula, If, Iff, Not, Or, Taken
from detente.model.preference import Preference, Statement
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, Merged, OnlyIf, Rule
from detente.preference.mixture import StatementsThenRanking
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import Levels, StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True)
class Shape:
    """What random conflicts may look like: greatest sizes, and how often something occurs (0 to 1)."""

    most_decision_makers: int = 5
    most_options: int = 6
    most_states: int = 40
    one_way: float = 0.3
    shared: float = 0.08
    ownerless: float = 0.05
    rules: float = 0.6
    merged: float = 0.15
    red_lines: float = 0.15
    unperceived: float = 0.08
    bans: float = 0.12
    kinds: tuple[str, ...] = ()
    """Kinds of preference to draw from; empty for all in `MAKERS`."""

    @property
    def composing(self) -> Shape:
        """The same without merged states and bans, so that two moves of one decision maker are one move of theirs."""
        return replace(self, merged=0.0, bans=0.0)


def random_formula(rng: Random, options: Sequence[str], depth: int = 2) -> Formula:
    """A random condition over some options, nested at most `depth` deep.

    >>> from detente.model.formula import written
    >>> written(random_formula(Random(5), ["x", "y"]))
    '(x iff x) iff not y'
    """
    if depth == 0 or rng.random() < 0.35:
        return rng.choice((TRUE, FALSE)) if rng.random() < 0.03 else Taken(rng.choice(options))

    def part() -> Formula:
        return random_formula(rng, options, depth - 1)

    match rng.choice(("not", "not", "and", "or", "if", "iff")):
        case "not":
            return Not(part())
        case "and":
            return And(tuple(part() for _ in range(rng.randint(2, 3))))
        case "or":
            return Or(tuple(part() for _ in range(rng.randint(2, 3))))
        case "if":
            return If(part(), part())
        case _:
            return Iff(part(), part())


def random_conflict(rng: Random, shape: Shape | None = None) -> Conflict:
    """A random conflict with at least one state.

    Parameters
    ----------
    rng
        The source of chance; equal seeds give equal conflicts.
    shape
        What the conflict may look like; by default a bit of everything, with at most 40 states.

    Examples
    --------
    >>> conflict = random_conflict(Random(1))
    >>> conflict == random_conflict(Random(1)), StateSpace(conflict).states.count <= 40
    (True, True)
    """
    shape = shape or Shape()
    people = "ABCDEFGHIJKLMNOP"[: rng.randint(1, shape.most_decision_makers)]
    bare = _with_rules(rng, shape, _bare(rng, shape, people))
    space = StateSpace(bare)
    parties = tuple(_party(rng, shape, space, key) for key in people)
    status_quo = bare.taken(rng.choice(space.states.first(space.states.count))) if rng.random() < 0.9 else None
    options = [option.key for option in bare.options]
    bans = tuple(random_ban(rng, people, options) for _ in range(rng.randint(1, 3))) if rng.random() < shape.bans else ()
    return replace(bare, decision_makers=parties, status_quo=status_quo, bans=bans)


def random_ban(rng: Random, people: Sequence[str], options: Sequence[str]) -> Ban:
    """A random ban on moves of one of some decision makers (keys).

    >>> random_ban(Random(1), ["A"], ["x"]).by
    'A'
    """
    return Ban(rng.choice(people), random_formula(rng, options), random_formula(rng, options))


def conflicts(shape: Shape | None = None) -> SearchStrategy[Conflict]:
    """Random conflicts as a strategy of Hypothesis (which must be installed).

    >>> from hypothesis import find
    >>> len(find(conflicts(), lambda conflict: True).decision_makers) >= 1
    True
    """
    from hypothesis import strategies

    return strategies.randoms(use_true_random=False).map(lambda rng: random_conflict(rng, shape))


def _bare(rng: Random, shape: Shape, people: str) -> Conflict:
    """Decision makers without preferences, and their options."""
    options = []
    for number in range(rng.randint(1, shape.most_options)):
        owners: tuple[str, ...] = (rng.choice(people),)
        if rng.random() < shape.ownerless:
            owners = ()
        elif rng.random() < shape.shared and len(people) > 1:
            owners = tuple(rng.sample(people, rng.randint(2, min(3, len(people)))))
        one_way = rng.random() < shape.one_way
        direction = rng.choice((Direction.ONLY_ON, Direction.ONLY_OFF)) if one_way else Direction.BOTH
        options.append(Option(f"o{number}", f"option {number}", owners, direction))
    parties = tuple(DecisionMaker(key, f"decision maker {key}") for key in people)
    return Conflict("a random conflict", parties, in_owner_order(parties, tuple(options)))


def _random_rule(rng: Random, options: Sequence[str]) -> Rule:
    some = tuple(rng.sample(options, min(len(options), rng.randint(2, 3))))
    return rng.choice(
        (
            Infeasible(random_formula(rng, options)),
            Infeasible(And((Taken(rng.choice(options)), Not(Taken(rng.choice(options)))))),
            AtMostOne(some),
            AtLeastOne(some),
            ExactlyOne(some),
            OnlyIf(Taken(rng.choice(options)), random_formula(rng, options, 1)),
        )
    )


def _with_rules(rng: Random, shape: Shape, bare: Conflict) -> Conflict:
    """The conflict with rules that leave it at least one state and at most as many as its shape allows."""
    options = [option.key for option in bare.options]
    wanted = rng.randint(1, 3) if rng.random() < shape.rules else 0
    while wanted > 0 or StateSpace(bare).states.count > shape.most_states:
        tried = replace(bare, rules=(*bare.rules, _random_rule(rng, options)))
        if StateSpace(tried).states:
            bare = tried
        wanted -= 1
    if rng.random() < shape.merged:
        merges = tuple(Merged(random_formula(rng, options)) for _ in range(rng.randint(1, 2)))
        bare = replace(bare, rules=(*bare.rules, *merges))
    return bare


def _party(rng: Random, shape: Shape, space: StateSpace, key: str) -> DecisionMaker:
    options = [option.key for option in space.conflict.options]
    lines = tuple(RedLine(random_formula(rng, options)) for _ in range(rng.randint(1, 2)) if rng.random() < shape.red_lines)
    unperceived = random_formula(rng, options) if rng.random() < shape.unperceived else None
    kind = rng.choice(shape.kinds or tuple(MAKERS))
    preference = MAKERS[kind](rng, space, key) if rng.random() < 0.97 else None
    return DecisionMaker(key, f"decision maker {key}", preference, lines, unperceived=unperceived)


# -- preferences ---------------------------------------------------------------------------------------------------

Maker = Callable[[Random, StateSpace, str], Preference]
"""Makes a random preference over the states of a space, for a decision maker (key)."""


def _statements(rng: Random, space: StateSpace, most: int) -> tuple[Statement, ...]:
    options = [option.key for option in space.conflict.options]
    return tuple(Statement(random_formula(rng, options)) for _ in range(rng.randint(1, most)))


def _listing(rng: Random, space: StateSpace, states: Sequence[int]) -> Levels:
    """The states in a random order with ties; a merged state by any of its members."""
    taken = [space.conflict.taken(rng.choice(space.members(state))) for state in rng.sample(states, len(states))]
    ties = rng.choice((0.0, 0.2, 0.6))
    levels: list[tuple[frozenset[str], ...]] = []
    for state in taken:
        if levels and rng.random() < ties:
            levels[-1] = (*levels[-1], state)
        else:
            levels.append((state,))
    return tuple(levels)


def random_prioritization(rng: Random, space: StateSpace, key: str) -> Preference:
    """Random ordered statements."""
    return OptionPrioritization(_statements(rng, space, rng.choice((2, 5, 8))))


def random_weighting(rng: Random, space: StateSpace, key: str) -> Preference:
    """Random weights, small ones often, so that sums tie."""
    scale = rng.choice((1, 3, 10**12))
    options = [option.key for option in space.conflict.options]
    some = [option for option in options if rng.random() < 0.8]
    return OptionWeighting(tuple((option, rng.randint(-scale, scale)) for option in some))


def random_ranking(rng: Random, space: StateSpace, key: str) -> Preference:
    """A random order of all states, with ties."""
    return StateRanking(_listing(rng, space, space.states.first(space.states.count)))


def random_mixture(rng: Random, space: StateSpace, key: str) -> Preference:
    """Random statements, then a random order within some of the groups that they leave tied."""
    first = OptionPrioritization(_statements(rng, space, 3))
    parties = tuple(replace(dm, preference=first) if dm.key == key else dm for dm in space.conflict.decision_makers)
    order = Order(StateSpace(replace(space.conflict, decision_makers=parties)), key)
    groups = [list(group) for _, group in groupby(sorted(space.states.each(), key=order.key), key=order.key)]
    listed = [state for group in groups if rng.random() < 0.7 for state in group]
    return StatementsThenRanking(first.ordered, _listing(rng, space, listed))


MAKERS: dict[str, Maker] = {
    OptionPrioritization.kind: random_prioritization,
    OptionWeighting.kind: random_weighting,
    StateRanking.kind: random_ranking,
    StatementsThenRanking.kind: random_mixture,
}
"""How to draw a preference, by its kind; a new kind adds its own maker here."""
