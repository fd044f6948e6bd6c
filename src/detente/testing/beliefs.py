"""Random beliefs for random conflicts: statements about pairs, degrees, thresholds, attitudes, viewpoints, coalitions who move jointly.

`detente.testing.models` draws the conflicts; what is added here changes nothing of them, so that equal seeds go on giving equal conflicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from detente.model.attitude import Attitude, Stance
from detente.model.conflict import Coalition, Conflict, DecisionMaker, RedLine
from detente.model.formula import Formula
from detente.model.pairs import PairStatement, Threshold
from detente.model.preference import Preference
from detente.model.viewpoint import Altered, Viewpoint
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict, random_formula, random_prioritization

KINDS = ("unknown", "degree", "certainty", "grey", "probability")
"""The kinds of statement about pairs that are drawn."""


def random_pair(rng: Random, options: Sequence[str], kind: str) -> PairStatement:
    """A random statement about pairs of a kind, over conditions on some options (keys).

    Parameters
    ----------
    rng
        The source of chance.
    options
        Keys of options.
    kind
        What is said, one of `KINDS`.

    Examples
    --------
    >>> random_pair(Random(2), ["x"], "degree").kind
    'degree'
    """

    def part() -> Formula:
        return random_formula(rng, options, 1)

    return PairStatement(kind, part(), part(), _values(rng, kind))


def _values(rng: Random, kind: str) -> tuple[Fraction, ...]:
    """Numbers for a kind of statement."""
    match kind:
        case "unknown":
            return ()
        case "degree":
            return (Fraction(rng.randint(1, 3)),)
        case "grey":
            ends = sorted(Fraction(rng.randint(0, 10), 10) for _ in range(2 * rng.randint(1, 2)))
            return tuple(ends)
        case _:
            return (Fraction(rng.randint(0, 10), 10),)


def with_pairs(rng: Random, conflict: Conflict, kinds: Sequence[str] = KINDS, often: float = 0.8) -> Conflict:
    """A conflict (`conflict`) with random statements about pairs, degrees of statements, and a threshold for everybody.

    Parameters
    ----------
    rng
        The source of chance.
    conflict
        A conflict without such statements.
    kinds
        The kinds to draw from.
    often
        How often a decision maker has any, from 0 to 1.

    Examples
    --------
    >>> made = with_pairs(Random(1), random_conflict(Random(1)), ["unknown"], often=1)
    >>> {pair.kind for dm in made.decision_makers for pair in dm.pairs}
    {'unknown'}
    """
    options = [option.key for option in conflict.options]
    parties = []
    for dm in conflict.decision_makers:
        pairs = tuple(random_pair(rng, options, rng.choice(kinds)) for _ in range(rng.randint(1, 3))) if rng.random() < often else ()
        preference = _with_degrees(rng, dm.preference) if "degree" in kinds else dm.preference
        thresholds = tuple(
            Threshold(kind, Fraction(rng.randint(1, 10), 10)) for kind in ("certainty", "grey") if kind in kinds and _says(pairs, kind)
        )
        parties.append(replace(dm, pairs=pairs, preference=preference, thresholds=thresholds))
    return replace(conflict, decision_makers=tuple(parties))


def _says(pairs: Sequence[PairStatement], kind: str) -> bool:
    return any(pair.kind == kind for pair in pairs)


def _with_degrees(rng: Random, preference: Preference | None) -> Preference | None:
    """The preference with degrees for some of its statements, if it has any."""
    if preference is None or not preference.statements():
        return preference
    drawn = [replace(one, degree=rng.choice((None, None, 1, 2, 3))) for one in preference.statements()]
    return preference.with_statements(tuple(drawn)) or preference


def with_attitudes(rng: Random, conflict: Conflict) -> Conflict:
    """A conflict (`conflict`) in which decision makers stand somehow toward some of all.

    Examples
    --------
    >>> made = with_attitudes(Random(3), random_conflict(Random(3)))
    >>> sum(len(dm.attitudes) for dm in made.decision_makers) > 0
    True
    """
    keys = [dm.key for dm in conflict.decision_makers]
    parties = []
    for dm in conflict.decision_makers:
        toward = rng.sample(keys, rng.randint(0, len(keys)))
        parties.append(replace(dm, attitudes=tuple(Attitude(key, rng.choice(list(Stance))) for key in toward)))
    return replace(conflict, decision_makers=tuple(parties))


def with_viewpoints(rng: Random, conflict: Conflict, most: int = 3) -> Conflict:
    """A conflict (`conflict`) with one to `most` random viewpoints, some held, some with beliefs about who acts on which.

    Examples
    --------
    >>> made = with_viewpoints(Random(4), random_conflict(Random(4)))
    >>> 1 <= len(made.viewpoints) <= 3
    True
    """
    space = StateSpace(conflict)
    free = [dm.key for dm in conflict.decision_makers]
    keys = [f"v{number}" for number in range(rng.randint(1, most))]
    made = []
    for key in keys:
        held = tuple(rng.sample(free, rng.randint(0, len(free)))) if rng.random() < 0.7 else ()
        free = [dm for dm in free if dm not in held]
        made.append(_viewpoint(rng, space, key, held, keys))
    return replace(conflict, viewpoints=tuple(made))


def _viewpoint(rng: Random, space: StateSpace, key: str, held: tuple[str, ...], keys: Sequence[str]) -> Viewpoint:
    conflict = space.conflict
    options = [option.key for option in conflict.options]
    parties = tuple(_altered(rng, space, dm) for dm in conflict.decision_makers if rng.random() < 0.5)
    believed = [dm.key for dm in conflict.decision_makers if rng.random() < 0.3]
    unseen = tuple(rng.sample(options, 1)) if conflict.status_quo is not None and rng.random() < 0.2 else ()
    return Viewpoint(
        key,
        f"as {key} has it",
        held_by=tuple(dm.key for dm in conflict.decision_makers if dm.key in held),
        parties=parties,
        unperceived_options=unseen,
        unperceived=random_formula(rng, options) if rng.random() < 0.2 else None,
        believes=tuple((dm, rng.choice(keys)) for dm in believed),
    )


def _altered(rng: Random, space: StateSpace, dm: DecisionMaker) -> Altered:
    """The decision maker otherwise: another order, other red lines, or both."""
    options = [option.key for option in space.conflict.options]
    preference = random_prioritization(rng, space, dm.key) if rng.random() < 0.8 else None
    lines = tuple(RedLine(random_formula(rng, options)) for _ in range(rng.randint(0, 1))) if rng.random() < 0.4 else None
    return Altered(dm.key, preference, lines)


def with_coalitions(rng: Random, conflict: Conflict) -> Conflict:
    """A conflict (`conflict`) with up to three declared coalitions of two or more, some of which may move jointly.

    Examples
    --------
    >>> made = with_coalitions(Random(5), random_conflict(Random(5)))
    >>> all(len(one.members) > 1 for one in made.coalitions)
    True
    """
    keys = [dm.key for dm in conflict.decision_makers]
    if len(keys) < 2:
        return conflict
    drawn = {tuple(sorted(rng.sample(keys, rng.randint(2, len(keys))))) for _ in range(rng.randint(0, 3))}
    return replace(conflict, coalitions=tuple(Coalition(members, joint=rng.random() < 0.5) for members in sorted(drawn)))


def random_beliefs(rng: Random, shape: Shape | None = None) -> Conflict:
    """A random conflict with beliefs of every sort.

    Parameters
    ----------
    rng
        The source of chance; equal seeds give equal conflicts.
    shape
        What the conflict may look like; as for `random_conflict`.

    Examples
    --------
    >>> random_beliefs(Random(1)) == random_beliefs(Random(1))
    True
    """
    conflict = random_conflict(rng, shape)
    return with_coalitions(rng, with_viewpoints(rng, with_attitudes(rng, with_pairs(rng, conflict))))
