"""What a conflict must satisfy: each problem of a model, and the element that it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from detente.errors import ConflictError
from detente.model.checks import MAX_NAME, bases_of, unusable
from detente.model.conflict import Coalition, Conflict, DecisionMaker, NamedState, Option, RedLine
from detente.model.evidence import Asserter, Basis, BasisKind, Citation, Evidence, Missing, Source
from detente.model.formula import Taken
from detente.model.position import Fallback, StatedPosition
from detente.model.preference import Statement
from detente.model.question import Conclusion, Question
from detente.model.rule import AtMostOne, Infeasible
from detente.model.shape import Noun
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting

A, B = DecisionMaker("A", "A"), DecisionMaker("B", "B")
X, Y = Option("x", "x", ("A",)), Option("y", "y", ("B",))
SOUND = Conflict("sound", (A, B), (X, Y))
NOWHERE = Basis(BasisKind.REPORTED, (Citation("nowhere", "p. 1", "nobody"),))
STRANGE = Taken("z")


def party(**more: Any) -> dict[str, Any]:
    """The decision makers, the first with more."""
    return {"decision_makers": (replace(A, **more), B)}


PROBLEMS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"decision_makers": (), "options": ()}, [("M100", "decision makers"), ("M101", "decision makers")]),
    ({"options": (X, replace(Y, key="x"))}, [("M102", "options/x")]),
    ({"decision_makers": (A, B, replace(A, name="again"))}, [("M102", "decision makers/A")]),
    ({"named_states": (NamedState("", frozenset()),)}, [("M103", "states/")]),
    ({"options": (X, replace(Y, key="\"'"))}, [("M103", "options/\"'")]),
    ({"options": (Y, X)}, [("M109", "decision makers")]),
    ({"options": (replace(X, owners=("B", "A")), Y)}, [("M109", "decision makers")]),
    ({"options": (X, replace(Y, owners=("C",)))}, [("M105", "options/y")]),
    ({"rules": (Infeasible(Taken("x")), Infeasible(STRANGE))}, [("M104", "rules/2")]),
    ({"rules": (AtMostOne(("x", "x")), AtMostOne(()))}, [("M106", "rules/1"), ("M107", "rules/2")]),
    ({"coalitions": (Coalition(()), Coalition(("A", "A")))}, [("M107", "coalitions/1"), ("M106", "coalitions/2")]),
    ({"coalitions": (Coalition(("C",)),)}, [("M105", "coalitions/1")]),
    ({"positions": (StatedPosition("C", frozenset()),)}, [("M105", "positions/C")]),
    ({"positions": (StatedPosition("A", frozenset()), StatedPosition("A", frozenset({"x"})))}, [("M106", "positions/A")]),
    ({"positions": (StatedPosition("A", frozenset({"q"})),)}, [("M104", "positions/A")]),
    ({"fallback": Fallback(frozenset({"q"}))}, [("M104", "fallback")]),
    ({"questions": (Question("ends only if", "q", Taken("q")),)}, [("M104", "questions/1")]),
    ({"questions": (Question("stuck", "q"), Question("step", "q", state=frozenset({"q"})))}, [("M104", "questions/2")]),
    ({"conclusions": (Conclusion("where", "c", condition=Taken("x"), then=Taken("q")),)}, [("M104", "conclusions/1")]),
    ({"conclusions": (Conclusion("turns on", "c", parties=("C",)),)}, [("M105", "conclusions/1")]),
    ({"status_quo": frozenset("z")}, [("M104", "status quo")]),
    ({"named_states": (NamedState("s", frozenset("z")),)}, [("M104", "states/s")]),
    (party(red_lines=(RedLine(STRANGE),)), [("M104", "decision makers/A/red lines/1")]),
    (party(unperceived=STRANGE), [("M104", "decision makers/A/unperceived")]),
    (party(preference=OptionPrioritization((Statement(STRANGE),))), [("M104", "decision makers/A/prefers")]),
    (party(preference=OptionWeighting((("z", 1),))), [("M104", "decision makers/A/weights")]),
    (party(preference=StateRanking(((frozenset("z"),),))), [("M104", "decision makers/A/ranking")]),
    (party(spare_preferences=(OptionWeighting((("z", 1),)),)), [("M104", "decision makers/A/spare preferences/1")]),
    (party(basis=NOWHERE), [("M120", "decision makers/A"), ("M121", "decision makers/A")]),
    (
        party(basis=Basis(BasisKind.ASSUMED, (Citation("s", "p. 1"),))) | {"evidence": Evidence((Source("s", "s"),))},
        [("M108", "decision makers/A")],
    ),
    (party(preference=StateRanking(((frozenset(),), ()))), [("M107", "decision makers/A/ranking")]),
    ({"evidence": Evidence(asserters=(Asserter("a", "a", ("A",), ("C",)),))}, [("M105", "asserters/a")]),
    ({"evidence": Evidence(missing=(Missing("m"), Missing("n", "C")))}, [("M105", "missing/2")]),
    ({"evidence": Evidence((Source("s", "s"), Source("s", "t")))}, [("M102", "sources/s")]),
]


@pytest.mark.parametrize(("change", "problems"), PROBLEMS)
def test_a_problem_names_its_element(change: dict[str, Any], problems: list[tuple[str, str]]) -> None:
    with pytest.raises(ConflictError) as caught:
        replace(SOUND, **change)
    assert [(d.code, d.element) for d in caught.value.diagnostics] == problems


@pytest.mark.parametrize(("weights", "code"), [((("x", 1), ("x", 2)), "M106"), ((("x", 10**13),), "M119")])
def test_weights_that_are_none(weights: tuple[tuple[str, int], ...], code: str) -> None:
    with pytest.raises(ConflictError) as caught:
        OptionWeighting(weights)
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_every_basis_is_known_by_the_path_of_its_element() -> None:
    def basis(word: str) -> Basis:
        return Basis(BasisKind.ASSUMED, (), word)

    conflict = replace(
        SOUND,
        decision_makers=(
            replace(
                A,
                basis=basis("party"),
                preference=OptionPrioritization((Statement(Taken("x")), Statement(Taken("y"), basis("statement")))),
                red_lines=(RedLine(Taken("y"), basis("red line")),),
                spare_preferences=(OptionWeighting((), basis("spare")),),
            ),
            replace(B, preference=OptionWeighting((), basis("weights"))),
        ),
        options=(X, replace(Y, basis=basis("option"))),
        rules=(Infeasible(Taken("x")), Infeasible(Taken("y"), basis("rule"))),
    )
    assert {path: found.why for path, found in bases_of(conflict)} == {
        "decision makers/A": "party",
        "decision makers/A/prefers/2": "statement",
        "decision makers/A/red lines/1": "red line",
        "decision makers/A/spare preferences/1/preference basis": "spare",
        "decision makers/B/preference basis": "weights",
        "options/y": "option",
        "rules/2": "rule",
    }


@pytest.mark.parametrize("key", ["", "  ", "x" * (MAX_NAME + 1), "a\nb", "a\u202eb", "\ud800"])
def test_keys_that_can_not_be_used(key: str) -> None:
    assert unusable(Noun.SOURCE, key) is not None


@pytest.mark.parametrize("key", ["x", "two words", "it's", "水", "x" * MAX_NAME])
def test_keys_that_can_be_used(key: str) -> None:
    assert unusable(Noun.OPTION, key) is None
