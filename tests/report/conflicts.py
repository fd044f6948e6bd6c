"""Small conflicts for the tests of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.model.conflict import Conflict, DecisionMaker, Direction, NamedState, Option, RedLine
from detente.model.evidence import Asserter, Basis, BasisKind, Citation, Evidence, Missing, Source
from detente.model.formula import Taken
from detente.model.parse import parse_formula
from detente.model.position import Fallback, StatedPosition
from detente.model.preference import Statement
from detente.model.rule import ExactlyOne, Merged
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.space.states import StateSpace

RANKINGS = {"MoE": (7, 3, 4, 8, 5, 1, 2, 6, 9), "Uniroyal": (1, 4, 8, 5, 9, 3, 7, 2, 6), "Local": (7, 3, 5, 1, 8, 6, 4, 2, 9)}
EVIDENCE = Evidence(
    sources=(Source("article", "The graph model for conflict resolution", "2001", "Kilgour, Hipel, Fang and Peng", "journal article"),),
    asserters=(Asserter("authors", "the authors"), Asserter("ministry", "the ministry", ("MoE",), ("Uniroyal",))),
    missing=(Missing("what the residents were told", "Local", "whether they would insist"),),
)


def cited(by: str, at: str = "p. 3") -> Basis:
    """A report by somebody."""
    return Basis(BasisKind.REPORTED, (Citation("article", at, by),))


def elmira() -> Conflict:
    """Elmira groundwater contamination (Kilgour, Hipel, Fang and Peng 2001), with made-up bases."""
    return _ranked(_elmira_without_preferences())


def _elmira_without_preferences() -> Conflict:
    return Conflict(
        "Elmira groundwater contamination",
        (
            DecisionMaker("MoE", "Ministry of the Environment", description="Has issued a control order.", basis=cited("authors")),
            DecisionMaker("Uniroyal", "Uniroyal Chemical Ltd.", basis=cited("authors")),
            DecisionMaker("Local", "Local Government", basis=cited("authors")),
        ),
        (
            Option("Modify", "modify the order", ("MoE",), Direction.ONLY_ON, basis=cited("authors")),
            Option("Delay", "delay the appeal", ("Uniroyal",), Direction.ONLY_OFF, basis=cited("ministry", "p. 4")),
            Option(
                "Accept",
                "accept the order",
                ("Uniroyal",),
                basis=Basis(BasisKind.INFERRED, cited("ministry").citations, "the appeal would end so"),
            ),
            Option(
                "Abandon", "abandon the site", ("Uniroyal",), Direction.ONLY_ON, basis=Basis(BasisKind.ASSUMED, why="nothing forbids it")
            ),
            Option("Insist", "insist on the order", ("Local",)),
        ),
        (ExactlyOne(("Delay", "Accept", "Abandon")), Merged(Taken("Abandon"), "abandoned")),
        status_quo=frozenset({"Delay"}),
        question="Will the order stand?",
        viewpoint="as the authors describe it",
        evidence=EVIDENCE,
        named_states=(NamedState("the deal", frozenset({"Modify", "Accept", "Insist"})),),
    )


def _ranked(conflict: Conflict) -> Conflict:
    space = StateSpace(conflict)

    def ranking(best_first: Sequence[int]) -> StateRanking:
        return StateRanking(tuple((conflict.taken(space.state(n)),) for n in best_first), cited("authors", "table 1"))

    ranked = tuple(replace(dm, preference=ranking(RANKINGS[dm.key])) for dm in conflict.decision_makers)
    return replace(conflict, decision_makers=ranked)


def wants(*statements: str) -> OptionPrioritization:
    """Ordered statements, most important first."""
    return OptionPrioritization(tuple(Statement(parse_formula(text)) for text in statements))


def prisoners(row: str = "Row", column: str = "Column") -> Conflict:
    """The prisoner's dilemma: two decision makers in the same position."""
    one, two = f"{row} defects", f"{column} defects"
    first = DecisionMaker(row, row, wants(f'not "{two}"', f'"{one}"'), red_lines=(RedLine(Taken(two), says="the other defects"),))
    second = DecisionMaker(column, column, wants(f'not "{one}"', f'"{two}"'), red_lines=(RedLine(Taken(one), says="the other defects"),))
    options = (Option(one, one, (row,)), Option(two, two, (column,)))
    demands = tuple(StatedPosition(party, frozenset(), says="nobody defects") for party in (row, column))
    both = Fallback(frozenset({one, two}), says="both defect")
    return Conflict("A dilemma", (first, second), options, status_quo=frozenset(), positions=demands, fallback=both)


def four_parties(keys: tuple[str, ...] = ("Ann", "Bob", "Cat", "Dan")) -> Conflict:
    """Four decision makers with two options each: too many directions for one drawing."""
    options = tuple(Option(f"{key}{n}", f"{key} does {n}", (key,)) for key in keys for n in (1, 2))
    parties = tuple(
        DecisionMaker(key, key, wants(f"not {following}1", f"{key}1", f"{key}2 iff {following}2"))
        for key, following in zip(keys, keys[1:] + keys[:1], strict=True)
    )
    named = (
        NamedState("all do", frozenset(option.key for option in options)),
        NamedState("one does", frozenset({f"{keys[0]}1", f"{keys[0]}2"})),
    )
    return Conflict("A circle", parties, options, status_quo=frozenset(), named_states=named)
