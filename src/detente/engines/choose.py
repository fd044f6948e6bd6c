"""Which engine answers: found by discovery, chosen by what each says it can do and how long it would take.

"The choice of engine should not affect the results"; `cross_check` asks every engine that can, and compares.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from detente.concepts.base import SolutionConcept
from detente.concepts.witness import is_staying
from detente.engines.base import Engine
from detente.engines.single import SingleEngine
from detente.errors import Cannot, LimitError, UsageError
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import did_you_mean, listing, plural

SAMPLE = 50
"""How many states are looked at one at a time where a space is too large for all of them."""
SAMPLE_REACHED = 20_000
"""Most states that the others may reach in a play that a sample looks at; longer plays are left out and counted."""


@cache
def all_engines() -> Mapping[str, type[Engine]]:
    """Every engine by name: each module or package beside this one that defines `ENGINE`.

    Examples
    --------
    >>> {"array", "blocks", "single"} <= set(all_engines())
    True
    """
    package = importlib.import_module(__name__.rpartition(".")[0])
    modules = [importlib.import_module(f"{package.__name__}.{info.name}") for info in pkgutil.iter_modules(package.__path__)]
    found: list[type[Engine]] = [module.ENGINE for module in modules if hasattr(module, "ENGINE")]
    return {engine.name: engine for engine in sorted(found, key=lambda engine: engine.name)}


def choose(space: StateSpace, concepts: Sequence[SolutionConcept], forced: str | None = None) -> tuple[Engine, str]:
    """The engine that answers for a space, and why, as one clause.

    Of the engines that can answer under all the concepts, the one that expects to be done first.

    Parameters
    ----------
    space
        The space to answer for.
    concepts
        What will be asked.
    forced
        Name of the engine to use, whatever the program would choose; None to let it choose.

    Raises
    ------
    UsageError
        U430 if no engine has the forced name.
    Cannot
        S302 if the forced engine cannot answer, or none can; the message says why.

    Examples
    --------
    >>> from detente.concepts.registry import all_concepts
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> engine, because = choose(space, all_concepts())
    >>> f"engine: {engine.name}, because {because}"
    'engine: single, because 2 states are few enough to look at one at a time'
    >>> choose(space, all_concepts(), "array")[1]
    'it was asked for'
    """
    if forced is not None:
        return _named(forced, space, concepts)(space), "it was asked for"
    reasons = {name: _refusal(engine, space, concepts) for name, engine in all_engines().items()}
    able = [all_engines()[name] for name, reason in reasons.items() if reason is None]
    if not able:
        why = "; ".join(f"{name} {reason}" for name, reason in reasons.items())
        message = f"no engine can answer for all {plural(space.states.count, 'state')} under {_keys(concepts)}: {why}"
        raise Cannot.of(
            "S302", message, help="explain one state at a time, ask for fewer concepts, or leave out options that do not matter"
        )
    best = min(able, key=lambda engine: sum(engine.seconds(space, concept) for concept in concepts))
    verb = "is" if space.states.count == 1 else "are"
    return best(space), f"{plural(space.states.count, 'state')} {verb} {best.suits}"


def _named(name: str, space: StateSpace, concepts: Sequence[SolutionConcept]) -> type[Engine]:
    found = all_engines().get(name)
    if found is None:
        close = did_you_mean(name, all_engines())
        hint = (f'did you mean "{close}"? ' if close else "") + f"there are {listing(all_engines())}"
        raise UsageError.of("U430", f'no engine is called "{name}"', value=name, help=hint)
    reason = _refusal(found, space, concepts)
    if reason is not None:
        others = [other for other, engine in all_engines().items() if _refusal(engine, space, concepts) is None]
        hint = f"{listing(others, 'or')} can" if others else "no other engine can either; explain one state at a time"
        raise Cannot.of("S302", f"the engine {name} {reason}", value=name, help=hint)
    return found


def _refusal(engine: type[Engine], space: StateSpace, concepts: Iterable[SolutionConcept]) -> str | None:
    refusals = (engine.can(space, concept) for concept in concepts)
    return next((refusal.reason for refusal in refusals if refusal is not None), None)


def _keys(concepts: Iterable[SolutionConcept]) -> str:
    return listing(concept.key for concept in concepts)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two engines that answer differently for a decision maker under a concept: a defect of the program, never of the conflict.

    Parameters
    ----------
    concept, dm
        Keys of the concept and the decision maker.
    engines
        The names of both.
    states
        Where they differ.
    """

    concept: str
    dm: str
    engines: tuple[str, str]
    states: StateSet

    def __str__(self) -> str:
        numbers = [str(self.states.space.number(state)) for state in self.states.first(5)]
        more = ", ..." if self.states.count > len(numbers) else ""
        where = f"{plural(self.states.count, 'state')} ({', '.join(numbers)}{more})"
        return f"{self.concept} for {self.dm}: {listing(self.engines)} differ on {where}"


class CrossCheck(list[Disagreement]):
    """The disagreements found, and how much was compared.

    Attributes
    ----------
    verdicts
        How many verdicts (concept, decision maker, state) were compared.
    left_out
        How many of a sample were not, because they would have taken too long.
    is_complete
        Whether at least two engines answered for every state; otherwise a sample, or nothing, was compared.
    """

    verdicts = 0
    left_out = 0
    is_complete = True


def cross_check(space: StateSpace, concepts: Sequence[SolutionConcept], seed: int = 0) -> CrossCheck:
    """Ask every engine that can, and compare the answers.

    Where the single engine cannot look at all states, it looks at a sample of them.

    Parameters
    ----------
    space
        The space to answer for.
    concepts
        What to ask.
    seed
        Seed of the sample.

    Returns
    -------
    CrossCheck
        A list of disagreements, empty if there are none.

    Examples
    --------
    >>> from detente.concepts.registry import all_concepts
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> checked = cross_check(StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))), all_concepts())
    >>> checked, checked.verdicts >= 12
    ([], True)
    """
    checked = CrossCheck()
    made: dict[str, Engine] = {}
    reference = SingleEngine(space, most_reached=SAMPLE_REACHED)
    for concept in concepts:
        able = [name for name, engine in all_engines().items() if engine.can(space, concept) is None]
        made |= {name: all_engines()[name](space) for name in able if name not in made}
        for dm in reference.decision_makers:
            answers = {name: made[name].stable(concept, dm) for name in able}
            for name in able[1:]:
                checked.verdicts += space.states.count
                _compare(checked, concept, dm, answers, (able[0], name), space.states)
            checked.is_complete &= len(able) > 1
            if len(able) == 1 and able != [reference.name] and (concept.rule is not None or concept.is_simple):
                looked_at, staying = _sampled(reference, concept, dm, space.states.sample(SAMPLE, seed), checked)
                answers[reference.name] = staying
                _compare(checked, concept, dm, answers, (able[0], reference.name), looked_at)
    return checked


def _compare(
    checked: CrossCheck, concept: SolutionConcept, dm: str, answers: Mapping[str, StateSet], engines: tuple[str, str], among: StateSet
) -> None:
    one, other = (answers[name] & among for name in engines)
    if one != other:
        checked.append(Disagreement(concept.key, dm, engines, (one - other) | (other - one)))


def _sampled(
    reference: SingleEngine, concept: SolutionConcept, dm: str, states: Sequence[int], checked: CrossCheck
) -> tuple[StateSet, StateSet]:
    """Which of some states the single engine could look at, and which of these are stable."""
    looked_at, staying = [], []
    for state in states:
        try:
            witness = reference.verdict(concept, dm, state)
        except LimitError:
            checked.left_out += 1
            continue
        looked_at.append(state)
        if is_staying(witness):
            staying.append(state)
    checked.verdicts += len(looked_at)
    space = reference.space
    return space.set_of(*looked_at), space.set_of(*staying)
