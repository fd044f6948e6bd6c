"""The dilemmas of drama theory (Howard 1999), stated as naively as can be.

`positions` maps parties to the numbers of the states that they demand; `t` is the number of the state that comes about otherwise, or
None. A dilemma is (kind, who faces it, with whom).
"""

from collections.abc import Mapping

from .plain import PlainModel

Dilemma = tuple[str, str, str]


def gains(model: PlainModel, i: str, s: int) -> set[int]:
    """R_i^+(s)."""
    return set(model.steps(i, s, True))


def cooperation(model: PlainModel, p: Mapping[str, int], t: int | None) -> set[Dilemma]:
    """Party i is tempted away from its own position."""
    return {("cooperation", i, i) for i in p if gains(model, i, p[i])}


def trust(model: PlainModel, p: Mapping[str, int], t: int | None) -> set[Dilemma]:
    """Somebody else is tempted away from i's position."""
    return {("trust", i, j) for i in p for j in model.decision_makers if j != i and gains(model, j, p[i])}


def deterrence(model: PlainModel, p: Mapping[str, int], t: int | None) -> set[Dilemma]:
    """Party j prefers t to what i demands, and does not demand the same."""
    everybody = model.decision_makers
    return {
        ("deterrence", i, j) for i in p for j in everybody if t is not None and j != i and p.get(j) != p[i] and model.better(j, t, p[i])
    }


def inducement(model: PlainModel, p: Mapping[str, int], t: int | None) -> set[Dilemma]:
    """Party i prefers what j demands to t, and demands something else."""
    return {("inducement", i, j) for i in p for j in p if t is not None and p[j] != p[i] and model.better(i, p[j], t)}


def threat(model: PlainModel, p: Mapping[str, int], t: int | None) -> set[Dilemma]:
    """Party i is tempted away from t, while demands differ."""
    return {("threat", i, i) for i in p if t is not None and any(p[j] != p[i] for j in p) and gains(model, i, t)}


def positioning(model: PlainModel, p: Mapping[str, int], t: int | None) -> set[Dilemma]:
    """Party i prefers what j demands to what i demands."""
    return {("positioning", i, j) for i in p for j in p if model.better(i, p[j], p[i])}


def dilemmas(model: PlainModel, p: Mapping[str, int], t: int | None) -> set[Dilemma]:
    """All of them."""
    tests = (cooperation, trust, deterrence, inducement, threat, positioning)
    return {found for test in tests for found in test(model, p, t)}
