"""The explanations that are kept as text.

`python -m tests.golden.explanations` writes them anew; read what changed before committing it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from detente import cases
from detente.analysis.path import shortest
from detente.analysis.reach import reach
from detente.analysis.stability import analyse
from detente.concepts.registry import all_concepts, concept
from detente.concepts.witness import Leaves
from detente.engines.single import SingleEngine
from detente.explain.equilibrium import equilibrium
from detente.explain.prefer import why_prefers
from detente.explain.routes import path, status_quo
from detente.explain.sentence import Explanation
from detente.explain.verdict import verdict
from detente.space.states import StateSpace

FOLDER = Path(__file__).with_name("explain")


def told_verdict(case: str, number: int, dm: str, under: str) -> Explanation:
    """A verdict of a packaged case with everything that can be said of it."""
    space = StateSpace(cases.load(case))
    engine, state = SingleEngine(space), space.state(number)
    witnesses = {c.key: engine.witness(c, dm, state) for c in all_concepts()}
    witness = witnesses.pop(under)
    replies = None
    if isinstance(witness, Leaves):
        replies = reach(space, witness.improvement, "any", [other for other in engine.decision_makers if other != dm])
    return verdict(space, witness, list(witnesses.values()), replies)


def told_path(case: str, start: int, goal: int) -> Explanation:
    """The ways between two states of a packaged case."""
    space = StateSpace(cases.load(case))
    ends = space.state(start), space.state(goal)
    return path(shortest(space, *ends), shortest(space, *ends, "improving"), shortest(space, *ends, "no loss"))


def told_story(case: str, number: int) -> Explanation:
    """Where a packaged case can go from a state."""
    space = StateSpace(cases.load(case))
    table = analyse(space, all_concepts(), SingleEngine(space))
    state = space.state(number)
    return status_quo(reach(space, state, "improving"), reach(space, state), {key: table.equilibria(key) for key in table.stable})


def told_equilibrium(case: str, number: int, *under: str) -> Explanation:
    """Whether a state of a packaged case is an equilibrium, under one concept or one for each decision maker."""
    space = StateSpace(cases.load(case))
    engine = SingleEngine(space)
    keys = under * len(engine.decision_makers) if len(under) == 1 else under
    pairs = zip(engine.decision_makers, keys, strict=True)
    return equilibrium(space, [engine.witness(concept(key), dm, space.state(number)) for dm, key in pairs])


def told_preference(case: str, dm: str, number: int, other: int) -> Explanation:
    """How a decision maker of a packaged case compares two states."""
    space = StateSpace(cases.load(case))
    return why_prefers(space, dm, space.state(number), space.state(other))


VERDICTS = {
    **{f"elmira-1-local-{under.lower()}": ("elmira", 1, "Local", under) for under in ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM")},
    "elmira-2-uniroyal-gmr": ("elmira", 2, "Uniroyal", "GMR"),
    "elmira-3-uniroyal-sim": ("elmira", 3, "Uniroyal", "SIM"),
    "elmira-5-local-seq": ("elmira", 5, "Local", "SEQ"),
    "elmira-9-uniroyal-gmr": ("elmira", 9, "Uniroyal", "GMR"),
    "cuba-1-us-smr": ("cuban-missile-crisis", 1, "US", "SMR"),
    "cuba-9-us-gmr": ("cuban-missile-crisis", 9, "US", "GMR"),
    "cuba-9-us-sim": ("cuban-missile-crisis", 9, "US", "SIM"),
    "cuba-10-ussr-seq": ("cuban-missile-crisis", 10, "USSR", "SEQ"),
    "korea-3-nk-sim": ("north-korea-2017", 3, "NK", "SIM"),
    "korea-9-us-sseq": ("north-korea-2017", 9, "US", "SSEQ"),
    "talks-status-quo-hamas-seq": ("gaza-hostage-talks", 7231, "Hamas", "SEQ"),
}
EXPLANATIONS: dict[str, Callable[[], Explanation]] = {
    **{name: partial(told_verdict, *asked) for name, asked in VERDICTS.items()},
    "elmira-path-1-8": partial(told_path, "elmira", 1, 8),
    "elmira-path-5-8": partial(told_path, "elmira", 5, 8),
    "elmira-path-2-1": partial(told_path, "elmira", 2, 1),
    "elmira-status-quo": partial(told_story, "elmira", 1),
    "elmira-from-2": partial(told_story, "elmira", 2),
    "elmira-equilibrium-5-seq": partial(told_equilibrium, "elmira", 5, "SEQ"),
    "elmira-equilibrium-1-mixed": partial(told_equilibrium, "elmira", 1, "SEQ", "Nash", "GMR"),
    "elmira-no-equilibrium-2-gmr": partial(told_equilibrium, "elmira", 2, "GMR"),
    "elmira-prefers-local-1-5": partial(told_preference, "elmira", "Local", 1, 5),
    "talks-prefers-hamas": partial(told_preference, "gaza-hostage-talks", "Hamas", 7231, 7232),
    "talks-prefers-israel-red-line": partial(told_preference, "gaza-hostage-talks", "Israel", 7231, 7222),
}


def text(name: str) -> str:
    """One of the explanations as it is kept: lists in full."""
    return EXPLANATIONS[name]().text(limit=None) + "\n"


if __name__ == "__main__":
    for name in EXPLANATIONS:
        (FOLDER / f"{name}.txt").write_text(text(name), encoding="utf-8")
