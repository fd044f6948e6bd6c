"""Which engine is chosen, what is said of it, and that a disagreement is found."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts, concept
from detente.engines import array, choose, single
from detente.engines.base import Engine, Refusal
from detente.engines.single import SingleEngine
from detente.errors import Cannot, LimitError, UsageError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.preference import Statement
from detente.preference.prioritization import OptionPrioritization
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.testing.known import a_b_a
from detente.testing.models import random_formula
from detente.text import listing

CODES = Path(choose.__file__).parents[1] / "codes"


def space_of(options: int) -> StateSpace:
    """A space of 2^options states, whose two decision makers have wants drawn at random."""
    keys, rng = [f"o{number:02}" for number in range(options)], Random(options)
    parties = tuple(
        DecisionMaker(who, who, OptionPrioritization(tuple(Statement(random_formula(rng, keys)) for _ in range(6)))) for who in "AB"
    )
    return StateSpace(Conflict("drawn", parties, tuple(Option(key, key, ("AB"[2 * n // options],)) for n, key in enumerate(keys))))


def test_a_few_states_are_looked_at_one_at_a_time() -> None:
    engine, because = choose.choose(StateSpace(a_b_a().conflict), all_concepts())
    assert (engine.name, because) == ("single", "5 states are few enough to look at one at a time")


def test_many_states_are_looked_at_together() -> None:
    engine, because = choose.choose(space_of(12), all_concepts())
    assert (engine.name, because) == ("array", "4,096 states are looked at faster all at once")


@pytest.mark.parametrize("name", ["array", "single"])
def test_a_forced_engine_is_taken(name: str) -> None:
    engine, because = choose.choose(space_of(4), all_concepts(), forced=name)
    assert (engine.name, because) == (name, "it was asked for")


def test_an_unknown_engine_is_told_with_a_suggestion() -> None:
    with pytest.raises(UsageError) as raised:
        choose.choose(space_of(2), all_concepts(), forced="aray")
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code, diagnostic.value) == ("U430", "aray")
    assert diagnostic.help == f'did you mean "array"? there are {listing(choose.all_engines())}'


def test_a_forced_engine_that_cannot_says_why_and_which_can() -> None:
    with pytest.raises(Cannot) as raised:
        choose.choose(space_of(13), all_concepts(), forced="single")
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == "S302"
    assert diagnostic.message == "the engine single looks at one state at a time; 8,192 states would take too long (limit 4,096)"
    assert diagnostic.help == "array can"


def test_none_that_can_is_told_with_every_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array, "MAX_BYTES", 1)
    monkeypatch.setattr(array, "_ALWAYS_GRID", 1)
    monkeypatch.setattr(array, "_lists_fit", lambda space, limit: False)
    with pytest.raises(Cannot) as raised:
        choose.choose(space_of(13), all_concepts())
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == "S302"
    assert "no engine can answer for all 8,192 states under Nash, GMR, SMR, SEQ, SSEQ and SIM: array would need" in diagnostic.message
    assert "; single looks at one state at a time" in diagnostic.message
    with pytest.raises(Cannot, match="the engine array would need"):
        choose.choose(space_of(13), all_concepts(), forced="array")


@pytest.mark.parametrize("code", ["S301", "S302", "S303", "U430"])
def test_each_code_has_its_page(code: str) -> None:
    page = (CODES / f"{code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {code}: ")
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## What", "## Why", "## Example", "## Fix"]


def test_engines_are_found_by_discovery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module beside the others that defines ENGINE is enough."""
    (tmp_path / "third.py").write_text(
        "from detente.engines.single import SingleEngine\nclass Third(SingleEngine):\n    name = 'third'\nENGINE = Third\n",
        encoding="utf-8",
    )
    import detente.engines as package

    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    before = list(choose.all_engines())
    choose.all_engines.cache_clear()
    try:
        assert list(choose.all_engines()) == sorted([*before, "third"])
    finally:
        choose.all_engines.cache_clear()
        sys.modules.pop("detente.engines.third", None)


class Spoilt(SingleEngine):
    """Says the opposite about one state."""

    name = "spoilt"

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        found = super().stable(concept, dm)
        turned = self.space.set_of(self.space.state(2))
        return (found | turned) - (found & turned) if (concept.key, dm) == ("SEQ", "A") else found


class Unbounded(Spoilt):
    """The same, without a limit of states."""

    name = "unbounded"

    @classmethod
    def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
        return None

    def stable(self, concept: SolutionConcept, dm: str) -> StateSet:
        return ~choose.all_engines()["array"](self.space).stable(concept, dm)


def engines_with(monkeypatch: pytest.MonkeyPatch, engine: type[Engine], *without: str) -> None:
    known: Mapping[str, type[Engine]] = {name: found for name, found in choose.all_engines().items() if name not in without}
    monkeypatch.setattr(choose, "all_engines", lambda: {**known, engine.name: engine})


def two_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the engines that need no library of their own."""
    known = choose.all_engines()
    monkeypatch.setattr(choose, "all_engines", lambda: {name: known[name] for name in ("array", "single")})


def test_a_cross_check_compares_every_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    two_engines(monkeypatch)
    space = space_of(5)
    checked = choose.cross_check(space, all_concepts())
    assert checked == []
    assert (checked.verdicts, checked.left_out) == (32 * 2 * 6, 0)


def test_a_cross_check_finds_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    engines_with(monkeypatch, Spoilt)
    checked = choose.cross_check(space_of(5), all_concepts())
    assert [str(found) for found in checked] == ["SEQ for A: array and spoilt differ on 1 state (2)"]


def test_a_cross_check_of_a_large_space_looks_at_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    two_engines(monkeypatch)
    space = space_of(13)
    checked = choose.cross_check(space, [concept("SEQ"), concept("SIM")], seed=3)
    assert checked == []
    assert checked.verdicts + checked.left_out == choose.SAMPLE * 2 * 2


def test_a_sample_finds_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    space = space_of(13)
    known = choose.all_engines()
    monkeypatch.setattr(single, "MAX_STATES", 10)
    monkeypatch.setattr(choose, "all_engines", lambda: {"unbounded": Unbounded, "array": known["array"]})
    checked = choose.cross_check(space, [concept("Nash")])
    assert [(found.engines, found.states.count) for found in checked] == [(("unbounded", "array"), 8192)] * 2
    monkeypatch.setattr(Unbounded, "stable", lambda self, concept, dm: self.space.set_of())
    monkeypatch.setattr(choose, "all_engines", lambda: {"unbounded": Unbounded})
    checked = choose.cross_check(space, [concept("GMR")])
    assert {found.engines for found in checked} == {("unbounded", "single")}
    assert all(found.states.count <= choose.SAMPLE and "differ on" in str(found) for found in checked)


def test_what_would_take_too_long_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    two_engines(monkeypatch)
    monkeypatch.setattr(choose, "SAMPLE_REACHED", 3)
    checked = choose.cross_check(space_of(13), [concept("GMR")])
    assert checked == []
    assert checked.left_out > 0
    assert checked.verdicts + checked.left_out == choose.SAMPLE * 2


class TestSingle:
    """Limits of the reference engine."""

    def test_it_forgets_beyond_a_limit_and_answers_alike(self, monkeypatch: pytest.MonkeyPatch) -> None:
        space = space_of(6)
        before = {(c.key, dm): SingleEngine(space).stable(c, dm) for c in all_concepts() for dm in "AB"}
        monkeypatch.setattr(single, "MAX_REMEMBERED", 20)
        engine = SingleEngine(space)
        assert {(c.key, dm): engine.stable(c, dm) for c in all_concepts() for dm in "AB"} == before
        assert engine._remembered <= 20

    def test_too_many_cases_are_refused(self) -> None:
        space = space_of(8)
        engine = SingleEngine(space, most_reached=2)
        with pytest.raises(LimitError, match="more than 2 states after one improvement"):
            engine.stable(concept("GMR"), "A")
