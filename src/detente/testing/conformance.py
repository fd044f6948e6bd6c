"""Suites that a new concept, engine or kind of preference inherits: one call each, from its own test.

Each raises `AssertionError` with the seed of the conflict on which it fails, and returns how many verdicts (or comparisons) it
looked at, so that a caller can see that there was something to see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from itertools import pairwise
from random import Random

from detente.concepts.base import SolutionConcept, focal
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Leaves, Stays
from detente.engines.base import Engine
from detente.engines.choose import all_engines
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.model.preference import Listed, Meets, Preference, Sums
from detente.preference.order import Comparison, Order
from detente.space.states import StateSpace
from detente.testing.known import all_known
from detente.testing.models import MAKERS, Maker, Shape, random_conflict
from detente.testing.transform import Transformed, shuffled


def random_conflicts(models: int, seed: int | str, shape: Shape | None = None) -> Iterator[tuple[str, Conflict]]:
    """Random conflicts, each with a name that tells how to draw it again.

    Examples
    --------
    >>> [name for name, _ in random_conflicts(2, seed=7)]
    ['7:0', '7:1']
    """
    for number in range(models):
        name = f"{seed}:{number}"
        yield name, random_conflict(Random(name), shape)


def check_engine(engine: type[Engine], models: int = 150, seed: int = 0) -> int:
    """Whether an engine may call itself one: it answers as the reference engine does, or refuses, and tells why.

    Parameters
    ----------
    engine
        The class.
    models
        How many random conflicts to try.
    seed
        Their seed.

    Returns
    -------
    int
        How many verdicts were compared.

    Examples
    --------
    >>> check_engine(SingleEngine, models=5) > 0
    True
    """
    assert engine.name.isidentifier(), "its name is one word"
    assert engine.suits, "it says what it suits"
    compared = 0
    for known in all_known():
        space = StateSpace(known.conflict)
        for (key, dm, number), stable in known.verdicts.items():
            concept = next(concept for concept in all_concepts() if concept.key == key)
            if not _refuses(engine, space, concept):
                said = engine(space).stable(concept, dm).contains(space.state(number))
                assert said is stable, f"{known.name}: {key} for {dm} at state {number} is {stable}, not {said}"
                compared += 1
    for name, conflict in random_conflicts(models, seed):
        space = StateSpace(conflict)
        reference, asked = SingleEngine(space), engine(space)
        for concept in all_concepts():
            if not _refuses(engine, space, concept):
                for dm in reference.decision_makers:
                    compared += _same(f"{name}: {concept.key} for {dm}", asked, reference, concept, dm)
        assert asked.space is space
        assert conflict == random_conflict(Random(name)), f"{name}: the conflict was changed"
    _check_refusals(engine)
    assert compared, "it refuses everything"
    return compared


def _refuses(engine: type[Engine], space: StateSpace, concept: SolutionConcept) -> bool:
    refusal = engine.can(space, concept)
    assert refusal is None or refusal.reason, "a refusal says why"
    assert engine.seconds(space, concept) > 0
    return refusal is not None


def _same(where: str, asked: Engine, reference: SingleEngine, concept: SolutionConcept, dm: str) -> int:
    found, expected = asked.stable(concept, dm), reference.stable(concept, dm)
    assert found == expected, f"{where}: {found.first(20)} instead of {expected.first(20)}"
    assert asked.stable(concept, dm) == found, f"{where}: asked again it answers otherwise"
    assert (found & asked.space.states) == found, f"{where}: it names combinations that are no states"
    return asked.space.states.count


def _check_refusals(engine: type[Engine]) -> None:
    """What no engine but one made for it could know is refused, never answered."""
    space = StateSpace(random_conflict(Random(0)))

    def rule(graph: object, dm: str, state: int) -> Stays:
        return Stays("made up", dm, state, ())

    made_up = SolutionConcept("made up", "made up", "Is it so?", (), "", "nobody", rule=rule)
    if not _refuses(engine, space, made_up):
        dm = space.conflict.decision_makers[0].key
        assert engine(space).stable(made_up, dm) == space.states, "it answers for a rule that it does not know"


def check_concept(concept: SolutionConcept, models: int = 120, seed: int = 0) -> int:
    """Whether a solution concept is fit to be offered: told in full, answered alike by all engines, and neutral.

    Parameters
    ----------
    concept
        The concept; it need not be among those found by discovery.
    models
        How many random conflicts to try.
    seed
        Their seed.

    Returns
    -------
    int
        How many verdicts were looked at.

    Examples
    --------
    >>> check_concept(all_concepts()[0], models=5) > 0
    True
    """
    _check_told(concept)
    looked_at = 0
    for name, conflict in random_conflicts(models, seed):
        space = StateSpace(conflict)
        if SingleEngine.can(space, concept) is None:
            looked_at += _check_witnesses(name, SingleEngine(space), concept)
        _check_engines_agree(name, space, concept)
        _check_implications(name, space, concept)
    for name, conflict in random_conflicts(models // 3, seed + 1, Shape().composing):
        _check_neutral(name, conflict, concept, shuffled(conflict, Random(name)))
    assert looked_at or concept.rule is None, "no engine can answer for it"
    return looked_at


def _check_told(concept: SolutionConcept) -> None:
    assert concept.key.isidentifier(), "its key is one word"
    assert concept.name, "it has a name"
    assert concept.asks.endswith("?"), "it asks a question"
    assert concept.source, "it says where it is printed"
    assert (concept.rule is None) == bool(concept.plies), "it has plies or a rule"
    assert concept.rule is not None or concept.array_rule is None, "a rule for all states at once stands beside one for single states"
    if concept.plies:
        assert concept.plies[0] == focal("improving"), "a play begins with an improvement"
        turns = [ply.who for ply in concept.plies]
        assert all(one != other for one, other in pairwise(turns)), "turns alternate"
    known = {other.key: other for other in all_concepts()}
    for key in (*concept.implies, *concept.implied_by):
        assert key in known, f"{key} is no concept"
    for key, other in known.items():
        assert (key in concept.implies) == (concept.key in other.implied_by) or concept.key not in known, f"{key} says otherwise"


def _engines(space: StateSpace, concept: SolutionConcept) -> list[Engine]:
    return [engine(space) for engine in all_engines().values() if engine.can(space, concept) is None]


def _check_engines_agree(name: str, space: StateSpace, concept: SolutionConcept) -> None:
    first, *rest = _engines(space, concept)
    for dm in space.masks:
        for engine in rest:
            assert engine.stable(concept, dm) == first.stable(concept, dm), f"{name}: {first.name} and {engine.name} differ for {dm}"


def _check_witnesses(name: str, engine: SingleEngine, concept: SolutionConcept) -> int:
    """A witness is about what was asked; who stays has an answer to each improvement, who leaves has an improvement."""
    looked_at = 0
    for dm in engine.decision_makers:
        for state in engine.space.states.each():
            witness = engine.witness(concept, dm, state)
            where = f"{name}: {concept.key} for {dm} at state {engine.space.number(state)}"
            improvements = engine.improvements(dm, state)
            assert (witness.dm, witness.state) == (dm, state), where
            if isinstance(witness, Leaves):
                assert witness.improvement in improvements, f"{where}: they leave by no improvement"
            else:
                assert tuple(answer.improvement for answer in witness.answers) == improvements, f"{where}: an improvement has no answer"
            looked_at += 1
    return looked_at


def _check_implications(name: str, space: StateSpace, concept: SolutionConcept) -> None:
    known = {other.key: other for other in all_concepts()}
    engine = _engines(space, concept)[0]
    for dm in space.masks:
        stable = engine.stable(concept, dm)
        for key in concept.implies:
            weaker = _engines(space, known[key])[0].stable(known[key], dm)
            assert not stable - weaker, f"{name}: {concept.key} without {key} for {dm} at {(stable - weaker).first(3)}"
        for key in concept.implied_by:
            stronger = _engines(space, known[key])[0].stable(known[key], dm)
            assert not stronger - stable, f"{name}: {key} without {concept.key} for {dm} at {(stronger - stable).first(3)}"


def _check_neutral(name: str, conflict: Conflict, concept: SolutionConcept, changed: Transformed) -> None:
    old, new = StateSpace(conflict), StateSpace(changed.conflict)
    places = changed.states(old, new)
    before, after = _engines(old, concept)[0], _engines(new, concept)[0]
    for dm in old.masks:
        moved = {places[state] for state in before.stable(concept, dm).each()}
        assert moved == set(after.stable(concept, changed.decision_makers[dm]).each()), f"{name}: names or order count, for {dm}"


def check_preference(kind: type[Preference], make: Maker | None = None, models: int = 120, seed: int = 0) -> int:
    """Whether a kind of preference orders states as it says, whatever they are called, and every engine reads it alike.

    Parameters
    ----------
    kind
        The class.
    make
        Draws one at random; by default the maker in `detente.testing.models.MAKERS` for its kind.
    models
        How many random conflicts to try.
    seed
        Their seed.

    Returns
    -------
    int
        How many pairs of states were compared.

    Examples
    --------
    >>> from detente.preference.weighting import OptionWeighting
    >>> check_preference(OptionWeighting, models=5) > 0
    True
    """
    maker = make or MAKERS.get(kind.kind)
    assert maker is not None, f"nothing in detente.testing.models.MAKERS draws a preference of kind {kind.kind!r}"
    compared = 0
    for name, conflict in random_conflicts(models, seed, replace(Shape().composing, red_lines=0.0)):
        space, rng = StateSpace(conflict), Random(name)
        party = conflict.decision_makers[0].key
        preference = maker(rng, space, party)
        assert isinstance(preference, kind), f"{name}: the maker draws another kind"
        _check_value(name, preference, maker(Random(name), space, party))
        drawn = replace(
            conflict, decision_makers=(replace(conflict.decision_makers[0], preference=preference), *conflict.decision_makers[1:])
        )
        order = Order(StateSpace(drawn), party)
        compared += _check_order(name, order)
        _check_engines_read(name, order)
        _check_names_do_not_count(name, drawn, order, shuffled(drawn, Random(name)))
    return compared


def _check_value(name: str, preference: Preference, again: Preference) -> None:
    """It is an immutable value, made of criteria and of statements that are among them."""
    assert preference == again, f"{name}: equal seeds give unequal preferences"
    assert hash(preference) == hash(again), f"{name}: equal preferences have unequal hashes"
    kind: type = type(preference)
    assert is_dataclass(kind), f"{name}: it is no dataclass"
    for attribute in fields(kind):
        try:
            setattr(preference, attribute.name, None)
        except FrozenInstanceError:
            continue
        raise AssertionError(f"{name}: its {attribute.name} can be changed")
    criteria = preference.criteria()
    assert all(isinstance(criterion, Meets | Sums | Listed) for criterion in criteria), f"{name}: a criterion of no known kind"
    wanted = [Meets(statement.when) for statement in preference.statements()]
    assert all(criterion in criteria for criterion in wanted), f"{name}: a statement is no criterion"
    assert preference.map_formulas(lambda formula: formula, lambda option: option) == preference, f"{name}: mapping nothing changes it"


def _check_order(name: str, order: Order) -> int:
    """Comparisons are those of the ranks, so that the order is complete and transitive."""
    states = order.space.states.first(12)
    ranks = order.ranks
    opposite = {Comparison.BETTER: Comparison.WORSE, Comparison.WORSE: Comparison.BETTER, Comparison.EQUAL: Comparison.EQUAL}
    assert sorted(set(ranks.values())) == list(range(1, len(set(ranks.values())) + 1)), f"{name}: ranks are left out"
    for one in states:
        for other in states:
            said = order.compare(one, other)
            assert said is opposite[order.compare(other, one)], f"{name}: {one} and {other} compare otherwise the other way round"
            assert (said is Comparison.BETTER) == (ranks[one] < ranks[other]), f"{name}: {one} and {other} do not compare as they rank"
    return len(states) ** 2


def _check_engines_read(name: str, order: Order) -> None:
    """Nash stability follows from the order alone, so that an engine that misreads it shows."""
    nash = next(concept for concept in all_concepts() if concept.key == "Nash")
    space, party = order.space, order.dm.key
    expected = [s for s in space.states.each() if not any(order.prefers(t, s) for t in space.moves(party, s))]
    for engine in _engines(space, nash):
        assert list(engine.stable(nash, party).each()) == expected, f"{name}: {engine.name} reads another order"


def _check_names_do_not_count(name: str, conflict: Conflict, order: Order, changed: Transformed) -> None:
    space = StateSpace(changed.conflict)
    places = changed.states(order.space, space)
    ranks = Order(space, changed.decision_makers[order.dm.key]).ranks
    assert {state: ranks[places[state]] for state in places} == order.ranks, f"{name}: names or order of {conflict.title} count"
