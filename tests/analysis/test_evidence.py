"""What conflicts rest on: counts, and elements that deserve a second look, by the same rules for every party."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.analysis.evidence import Counts, Hostile, element_index, evidence_findings, evidence_report
from detente.codes import page
from detente.errors import Diagnostic, Severity
from detente.explain.basis import grounds
from detente.model.conflict import Conflict, DecisionMaker, Option, RedLine
from detente.model.evidence import Asserter, Basis, BasisKind, Citation, Evidence, Missing, Source
from detente.model.formula import Not, Taken
from detente.model.preference import Preference, Statement
from detente.model.rule import AtMostOne
from detente.preference.mixture import StatementsThenRanking
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting


def reported(*by: str | None, source: str = "article") -> Basis:
    return Basis(BasisKind.REPORTED, tuple(Citation(source, f"¶{i}", who) for i, who in enumerate(by, start=1)))


def inferred(*by: str | None, why: str | None = "it follows", source: str = "article") -> Basis:
    return Basis(BasisKind.INFERRED, reported(*by, source=source).citations, why)


ASSUMED = Basis(BasisKind.ASSUMED, why="nothing is known")
SOURCES = (Source("article", "Article", file="a.txt", sha256="0" * 64, grade="C3"), Source("letter", "Letter"))
ASSERTERS = (
    Asserter("north", "officials of North", ("N",), ("S",)),
    Asserter("south", "officials of South", ("S",), ("N",)),
    Asserter("press", "press"),
)


def conflict_of(
    n: Basis | None = ASSUMED, s: Basis | None = ASSUMED, rule: Basis | None = ASSUMED, evidence: Evidence | None = None
) -> Conflict:
    """North and South, each with a statement, an option, and a shared option; what they rest on as given for each party."""

    def wants(key: str, basis: Basis | None) -> Preference:
        return OptionPrioritization((Statement(Taken(key), basis),))

    makers = (
        DecisionMaker("N", "North", wants("x", n), (RedLine(Not(Taken("y")), n),), basis=n),
        DecisionMaker("S", "South", wants("y", s), (RedLine(Not(Taken("x")), s),), basis=s),
    )
    options = (Option("x", "x", ("N",), basis=n), Option("both", "both", ("N", "S"), basis=n), Option("y", "y", ("S",), basis=s))
    return Conflict("t", makers, options, (AtMostOne(("x", "y"), rule),), evidence=evidence or Evidence(SOURCES, ASSERTERS))


def found(conflict: Conflict, code: str) -> list[Diagnostic]:
    return [d for d in evidence_findings(conflict, evidence_report(conflict)) if d.code == code]


def test_every_element_that_can_have_a_basis_is_listed() -> None:
    """The same as the explanations know, by the same paths and about the same parties."""
    conflict = conflict_of()
    index = element_index(conflict)
    assert [e.path for e in index] == [
        "decision makers/N",
        "decision makers/N/prefers/1",
        "decision makers/N/red lines/1",
        "options/x",
        "options/both",
        "decision makers/S",
        "decision makers/S/prefers/1",
        "decision makers/S/red lines/1",
        "options/y",
        "rules/1",
    ]
    assert {e.path: e.about for e in index} == {path: ground.about for path, ground in grounds(conflict).items()}


@pytest.mark.parametrize(
    ("preference", "names"),
    [
        (StateRanking(((frozenset(),),), ASSUMED), ["ranking"]),
        (OptionWeighting((("x", 1),), ASSUMED), ["weights"]),
        (StatementsThenRanking((Statement(Taken("x"), ASSUMED),), (), ASSUMED), ["prefers/1", "ranking"]),
        (None, []),
    ],
)
def test_preferences_of_each_kind(preference: Preference | None, names: list[str]) -> None:
    conflict = Conflict("t", (DecisionMaker("A", "A", preference),), (Option("x", "x", ("A",)), Option("free", "free", ("A",))))
    free = replace(conflict, options=(Option("free", "free", ()), conflict.options[0]))
    paths = [f"decision makers/A/{name}" for name in names]
    assert [(e.path, e.basis) for e in element_index(free)] == [
        ("decision makers/A", None),
        *((path, ASSUMED) for path in paths),
        ("options/x", None),
        ("options/free", None),
    ]
    assert {e.path for e in element_index(free)} == set(grounds(free))


def test_counts() -> None:
    report = evidence_report(conflict_of(reported("press"), None, inferred("press")))
    assert report.counts == Counts(reported=5, inferred=1, none=4)
    assert report.counts.elements == 10
    assert report.by_party == {"N": Counts(reported=5), "S": Counts(reported=1, none=4)}


def test_without_basis() -> None:
    paths = ("decision makers/S", "decision makers/S/prefers/1", "decision makers/S/red lines/1", "options/y")
    assert evidence_report(conflict_of(s=None)).without_basis == paths
    assert found(conflict_of(s=None), "E510")[0].message.startswith("4 of 10 elements have no basis: decision makers/S, ")
    assert found(conflict_of(rule=None), "E510")[0].message == "1 of 10 elements has no basis: rules/1"
    assert found(conflict_of(None, None, None), "E510")[0].message == "none of the 10 elements says what it rests on"
    assert found(conflict_of(), "E510") == []
    many = found(replace(conflict_of(None), rules=()), "E510")[0].message
    names = "decision makers/N, decision makers/N/prefers/1, decision makers/N/red lines/1, options/x"
    assert many == f"5 of 9 elements have no basis: {names} and options/both"


def test_single_source() -> None:
    two = Basis(BasisKind.REPORTED, (Citation("article", "¶1"), Citation("letter", "¶1")))
    conflict = conflict_of(two, two, reported("press", "south"))
    assert evidence_report(conflict).single_source == ("rules/1",)
    assert found(conflict, "E511")[0].message == "1 of 10 elements rests on a single source: rules/1"
    assert found(conflict_of(two, two, two), "E511") == []
    alone = found(conflict_of(reported("press"), ASSUMED, reported("north")), "E511")
    assert [(d.message, d.element) for d in alone] == [
        ('every element that cites anything cites one source alone, "article"', "sources/article")
    ]
    several = found(conflict_of(reported("press"), two, reported("press", source="letter")), "E511")[0].message
    assert several.startswith("6 of 10 elements rest on a single source: decision makers/N, ")
    assert several.endswith(", options/both and 1 more")


def test_single_asserter_and_none() -> None:
    report = evidence_report(conflict_of(reported("press", "press"), reported("press", None), reported("press", "north")))
    assert report.single_asserter == tuple(e.path for e in element_index(conflict_of()) if e.about[:1] == ("N",))
    assert report.without_asserter == tuple(e.path for e in element_index(conflict_of()) if e.about == ("S",))
    assert evidence_report(conflict_of(reported(None, None))).single_asserter == ()


def test_hostile_description_is_the_same_for_every_party() -> None:
    """Who is described by whom may be exchanged, and the findings are exchanged with it."""
    south = evidence_report(conflict_of(ASSUMED, reported("north")))
    north = evidence_report(conflict_of(reported("south"), ASSUMED))
    assert south.hostile == tuple(
        Hostile(path, "S", ("north",))
        for path in ("decision makers/S", "decision makers/S/prefers/1", "decision makers/S/red lines/1", "options/y")
    )
    own = [Hostile(h.element.replace("/S", "/N").replace("/y", "/x"), "N", ("south",)) for h in south.hostile]
    assert north.hostile == (*own, Hostile("options/both", "N", ("south",)))
    assert evidence_report(conflict_of(reported("north"), reported("south"))).hostile == (Hostile("options/both", "S", ("north",)),)
    assert evidence_report(conflict_of(ASSUMED, reported("north", "press"))).hostile == ()
    assert found(conflict_of(ASSUMED, inferred("north")), "E512")[0].message.startswith(
        "4 of 5 elements about South rest only on what adversaries of South assert: "
    )
    one = found(conflict_of(reported("north"), ASSUMED), "E512")
    assert [d.message for d in one] == ["1 of 5 elements about South rests only on what adversaries of South assert: options/both"]


def test_sources_that_lack_something() -> None:
    report = evidence_report(conflict_of())
    assert (report.without_file, report.without_hash, report.without_grade) == (("letter",),) * 3
    assert report.uncited == ("article", "letter")
    cited = conflict_of(reported("press"), reported("press", source="letter"))
    assert [(d.message, d.element) for d in found(cited, "E513")] == [
        ("sources have no file: letter; no SHA-256: letter; no grade: letter", "sources/letter")
    ]
    assert found(cited, "E515") == []
    assert [(d.message, d.element) for d in found(conflict_of(), "E515")] == [
        ("nothing cites these sources: article and letter", "sources/article")
    ]
    whole = conflict_of(reported("press"), evidence=Evidence(SOURCES[:1], ASSERTERS))
    assert found(whole, "E513") == []


@pytest.mark.parametrize(
    ("basis", "complete"),
    [
        (Basis(BasisKind.REPORTED), False),
        (reported("press"), True),
        (Basis(BasisKind.INFERRED, why="so"), False),
        (inferred("press", why=None), False),
        (inferred("press"), True),
        (Basis(BasisKind.ASSUMED), False),
        (ASSUMED, True),
    ],
)
def test_incomplete(basis: Basis, complete: bool) -> None:
    conflict = conflict_of(rule=basis)
    assert evidence_report(conflict).incomplete == (() if complete else ("rules/1",))
    assert [d.element for d in found(conflict, "E514")] == ([] if complete else ["rules/1"])


def test_missing_is_passed_on() -> None:
    missing = (Missing("South's own account", "S", "its statements"),)
    assert evidence_report(conflict_of(evidence=Evidence(SOURCES, ASSERTERS, missing))).missing == missing


def test_each_finding_has_a_page_and_help() -> None:
    conflict = conflict_of(reported("south"), None, Basis(BasisKind.REPORTED))
    made = evidence_findings(conflict, evidence_report(conflict))
    assert [d.code for d in made] == ["E510", "E511", "E512", "E513", "E514", "E515"]
    assert all(d.help and d.element and page(d.code).startswith(f"# {d.code}: ") for d in made)
    assert {d.code for d in made if d.severity is Severity.NOTE} == {"E510", "E511", "E513", "E515"}
    assert all(d.severity is not Severity.ERROR for d in made)
