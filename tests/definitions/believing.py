"""From the beliefs in a conflict of the program to the second statement: pairs, degrees, thresholds, attitudes and viewpoints.

As in `adapter.py` only the shape of the program's values is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from detente.model.conflict import Conflict, DecisionMaker
from detente.model.formula import Formula, Not, Or, Taken

from .adapter import meets, plain_model
from .attitudes import Attitudes
from .hypergames import Views
from .pairs import About, PairModel
from .plain import PlainModel

SIGNS = {"positive": "+", "neutral": "0", "negative": "-"}


def pair_model(conflict: Conflict) -> PairModel:
    """The conflict with its statements about pairs, degrees and thresholds."""
    model = plain_model(conflict)
    return PairModel(
        model,
        {dm.key: [About(pair.kind, meets(pair.of), meets(pair.over), pair.values) for pair in dm.pairs] for dm in conflict.decision_makers},
        {dm.key: degrees(conflict, model, dm) for dm in conflict.decision_makers},
        {dm.key: {threshold.kind: threshold.value for threshold in dm.thresholds} for dm in conflict.decision_makers},
    )


def greatest_degree(conflict: Conflict) -> int:
    """The greatest degree that anything in the conflict has, at least 2."""
    stated = [one.degree or 1 for dm in conflict.decision_makers if dm.preference for one in dm.preference.statements()]
    paired = [int(pair.values[0]) for dm in conflict.decision_makers for pair in dm.pairs if pair.kind == "degree"]
    return max([2, *stated, *paired])


def degrees(conflict: Conflict, model: PlainModel, dm: DecisionMaker) -> Mapping[tuple[int, int], int]:
    """For every s preferred to t the degree of what decides: a red line, else the first statement on which they differ, else 1."""
    crossed = [meets(line.never) for line in dm.red_lines]
    stated = [(meets(one.when), one.degree or 1) for one in dm.preference.statements()] if dm.preference else []

    def degree(s: int, t: int) -> int:
        first, second = model.state(s).combination, model.state(t).combination
        if any(line(first) for line in crossed) != any(line(second) for line in crossed):
            return greatest_degree(conflict)
        return next((degree for when, degree in stated if when(first) != when(second)), 1)

    return {(s, t): degree(s, t) for s in model.numbers for t in model.numbers if model.better(dm.key, s, t)}


def gamma(conflict: Conflict, kind: str) -> Mapping[str, Fraction]:
    """For each decision maker the threshold of a kind; 1 where none is given."""
    given = {dm.key: {threshold.kind: threshold.value for threshold in dm.thresholds} for dm in conflict.decision_makers}
    return {i: given[i].get(kind, Fraction(1)) for i in given}


def plain_attitudes(conflict: Conflict) -> Attitudes:
    """E of the conflict."""
    return {(dm.key, toward.toward): SIGNS[str(toward.stance)] for dm in conflict.decision_makers for toward in dm.attitudes}


def overlaid(conflict: Conflict, key: str) -> Conflict:
    """The conflict as the viewpoint of a key has it, changed part by part."""
    seen = {one.key: one for one in conflict.viewpoints}[key]
    quo = conflict.status_quo or frozenset()
    unseen: list[Formula] = [Not(Taken(option)) if option in quo else Taken(option) for option in seen.unperceived_options]
    unseen += [seen.unperceived] if seen.unperceived is not None else []
    parties = []
    for dm in conflict.decision_makers:
        for altered in seen.parties:
            if altered.party == dm.key:
                dm = replace(
                    dm,
                    preference=dm.preference if altered.preference is None else altered.preference,
                    red_lines=dm.red_lines if altered.red_lines is None else altered.red_lines,
                    pairs=dm.pairs if altered.pairs is None else altered.pairs,
                    attitudes=dm.attitudes if altered.attitudes is None else altered.attitudes,
                )
        hidden = ([] if dm.unperceived is None else [dm.unperceived]) + unseen
        parties.append(replace(dm, unperceived=Or(tuple(hidden)) if hidden else None))
    return replace(conflict, decision_makers=tuple(parties), viewpoints=())


def acted_on(conflict: Conflict, i: str) -> str | None:
    """The viewpoint on which i acts, None for the conflict as it is written."""
    return next((one.key for one in conflict.viewpoints if i in one.held_by), None)


def views(conflict: Conflict) -> Views:
    """For each decision maker the conflict in which they act."""
    return {dm.key: model_of(conflict, acted_on(conflict, dm.key)) for dm in conflict.decision_makers}


def expected_by(conflict: Conflict, i: str) -> Views:
    """For each decision maker the conflict in which i thinks that they act: the viewpoint that i's names for them, else i's own."""
    own = acted_on(conflict, i)
    believes = {} if own is None else dict({one.key: one for one in conflict.viewpoints}[own].believes)
    return {dm.key: model_of(conflict, own if dm.key == i else believes.get(dm.key, own)) for dm in conflict.decision_makers}


def model_of(conflict: Conflict, key: str | None) -> PlainModel:
    """The model of a viewpoint, or of the conflict as it is written."""
    return plain_model(conflict if key is None else overlaid(conflict, key))
