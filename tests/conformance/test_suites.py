"""The suites that a new concept, engine or kind of preference inherits: passed by those there are, failed by broken ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar

import pytest

from detente.concepts.base import Graph, SolutionConcept, focal, others
from detente.concepts.registry import all_concepts, concept
from detente.concepts.sim import verdict
from detente.concepts.witness import JointAnswer, Leaves, Stays
from detente.engines.base import Engine, Refusal
from detente.engines.single import SingleEngine
from detente.errors import ConflictError
from detente.model.formula import Formula, Not, Taken
from detente.model.preference import Criterion, Meets, Preference
from detente.model.shape import Field, Key, ListOf, Noun
from detente.preference.registry import all_kinds
from detente.preference.weighting import OptionWeighting
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.conformance import check_concept, check_engine, check_preference
from tests.conformance.seeds import fresh


@pytest.mark.parametrize("known", all_concepts(), ids=lambda known: known.key)
def test_concepts(known: SolutionConcept) -> None:
    assert check_concept(known, seed=fresh()) > 1_000


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.kind)
def test_kinds_of_preference(kind: type[Preference]) -> None:
    assert check_preference(kind, seed=fresh()) > 1_000


def changed(known: str, **fields: object) -> SolutionConcept:
    made: Callable[..., SolutionConcept] = replace
    return made(concept(known), **fields)


BROKEN_CONCEPTS = {
    "implies too much": (changed("GMR", implies=("SEQ",)), "says otherwise"),
    "implied by too much": (changed("SEQ", key="NEW", implies=(), implied_by=("GMR",)), "GMR without NEW"),
    "implies what does not follow": (changed("SMR", key="NEW", implied_by=(), implies=("SEQ",)), "NEW without SEQ"),
    "asks nothing": (changed("GMR", asks="It is."), "question"),
    "turns do not alternate": (changed("SMR", plies=(focal("improving"), others("any"), others("any"))), "alternate"),
    "begins with any move": (changed("SMR", plies=(focal("any"), others("any"))), "begins"),
    "follows from nothing known": (changed("SMR", implies=("GMR", "XYZ")), "no concept"),
    "array rule differs": (changed("SIM", array_rule=lambda tables, dm: tables.set_of(tables.ranks(dm) > 0)), "differ"),
    "always stays": (changed("SIM", rule=lambda graph, dm, state: Stays("SIM", dm, state, ()), array_rule=None), "has no answer"),
}


@pytest.mark.parametrize("what", BROKEN_CONCEPTS)
def test_a_broken_concept_is_found(what: str) -> None:
    broken, complaint = BROKEN_CONCEPTS[what]
    with pytest.raises(AssertionError, match=complaint):
        check_concept(broken)


def favouring(graph: Graph, dm: str, state: int) -> Stays | Leaves:
    """SIM, but whoever is called A always stays."""
    if dm == "A":
        return Stays("SIM", dm, state, tuple(JointAnswer(t, state, 0, (), state) for t in graph.improvements(dm, state)))
    return verdict(graph, dm, state)


def test_a_concept_that_favours_a_name_is_found() -> None:
    with pytest.raises(AssertionError, match="names or order count"):
        check_concept(changed("SIM", implied_by=(), implies=(), key="NEW", rule=favouring, array_rule=None))


class Broken(SingleEngine):
    """The reference engine, spoilt in one way by each of its children."""

    name = "broken"


class Forgetful(Broken):
    """Takes the plain closure: somebody may move twice in a row."""

    def moves(self, dm: str, state: int) -> tuple[int, ...]:
        found = set(super().moves(dm, state))
        for there in tuple(found):
            found |= set(super().moves(dm, there))
        return tuple(sorted(found - {state}))


class Hasty(Broken):
    """Answers for rules that it does not know."""

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        known = concept.key in [known.key for known in all_concepts()]
        return super().stable(concept, dm) if known else self.space.set_of()


class Fickle(Broken):
    """Answers otherwise the second time."""

    asked = False

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        self.asked = not self.asked
        return super().stable(concept, dm) if self.asked else self.space.set_of()


class Silent(Broken):
    """Refuses without a reason."""

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        return Refusal("")


class Idle(Broken):
    """Refuses everything."""

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        return Refusal("does nothing")


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (Forgetful, "instead of|is False"),
        (Hasty, "does not know"),
        (Fickle, "otherwise|is True|is False"),
        (Silent, "why"),
        (Idle, "everything"),
    ],
)
def test_a_broken_engine_is_found(broken: type[Engine], complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_engine(broken)


@dataclass(frozen=True)
class Avoids(Preference):
    """Fewer of some options, the first named being the worst."""

    kind: ClassVar[str] = "avoids"
    fields: ClassVar[tuple[Field, ...]] = (Field("avoids", ListOf(Key(Noun.OPTION)), "Options, the worst first.", attribute="options"),)
    options: tuple[str, ...] = ()

    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(Meets(Not(Taken(option))) for option in self.options)

    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        return type(self)(tuple(map(options, self.options)))


class KeepsNames(Avoids):
    """Does not follow when options are renamed."""

    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        return self


class Alphabetic(Avoids):
    """Orders by what options are called."""

    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(Meets(Not(Taken(option))) for option in sorted(self.options))


def maker(kind: type[Avoids]) -> Callable[[Random, StateSpace, str], Preference]:
    def draw(rng: Random, space: StateSpace, key: str) -> Preference:
        keys = [option.key for option in space.conflict.options]
        return kind(tuple(rng.sample(keys, rng.randint(1, len(keys)))))

    return draw


def test_a_new_kind_of_preference_passes() -> None:
    assert check_preference(Avoids, maker(Avoids)) > 1_000


@pytest.mark.parametrize("kind", [KeepsNames, Alphabetic])
def test_a_broken_kind_of_preference_is_found(kind: type[Avoids]) -> None:
    with pytest.raises((AssertionError, ConflictError), match=r"names or order|no option is called"):
        check_preference(kind, maker(kind))


def test_a_kind_that_nothing_draws_is_told() -> None:
    with pytest.raises(AssertionError, match="MAKERS draws a preference of kind 'avoids'"):
        check_preference(Avoids)


def test_a_maker_that_draws_another_kind_is_told() -> None:
    with pytest.raises(AssertionError, match="another kind"):
        check_preference(OptionWeighting, maker(Avoids))
