"""The second statement itself, against published verdicts and cases made to decide one point each."""

import pytest

from tests.definitions.concepts import DEFINITIONS, equilibria, stable_states
from tests.definitions.drafts import Draft, label
from tests.definitions.plain import PlainModel
from tests.definitions.preferences import statements
from tests.definitions.published import (
    CUBAN_RANKINGS,
    CUBAN_STATEMENTS,
    EUPHRATES_RANKINGS,
    EUPHRATES_STATEMENTS,
    cuban,
    elmira,
    euphrates,
    north_korea,
    outcome,
    two_by_two,
)
from tests.definitions.sequences import reachable, sequences


def labels(model: PlainModel, states: set[int]) -> set[int]:
    return {label(model.state(s).combination) for s in states}


class TestElmira:
    def test_states(self) -> None:
        choices = ["".join("NY"[taken] for taken in state.combination.values()) for state in elmira().states]
        assert choices[:8] == ["NYNNN", "YYNNN", "NNYNN", "YNYNN", "NYNNY", "YYNNY", "NNYNY", "YNYNY"]
        assert len(elmira().states) == 9
        assert len(elmira().state(9).members) == 4
        assert all(member["Abandon"] for member in elmira().state(9).members)

    def test_moves(self) -> None:
        arcs = elmira().arcs
        assert arcs["MoE"] == {(1, 2), (3, 4), (5, 6), (7, 8)}
        assert arcs["Uniroyal"] == {(1, 3), (2, 4), (5, 7), (6, 8)} | {(k, 9) for k in range(1, 9)}
        assert arcs["Local"] == {(1, 5), (2, 6), (3, 7), (4, 8), (5, 1), (6, 2), (7, 3), (8, 4)}

    @pytest.mark.parametrize(
        ("concept", "expected"),
        [
            ("Nash", {5, 8, 9}),
            ("GMR", {1, 4, 5, 8, 9}),
            ("SMR", {1, 4, 5, 8, 9}),
            ("SEQ", {5, 8, 9}),
            ("SSEQ", {5, 8, 9}),
        ],
    )
    def test_equilibria(self, concept: str, expected: set[int]) -> None:
        assert equilibria(elmira(), concept) == expected

    def test_nash_and_seq_for_each_decision_maker(self) -> None:
        nash = {
            "MoE": {1, 2, 3, 4, 5, 6, 7, 8, 9},
            "Uniroyal": {1, 4, 5, 8, 9},
            "Local": {5, 6, 7, 8, 9},
        }
        assert {i: stable_states(elmira(), "Nash", i) for i in nash} == nash
        sequential = {**nash, "Local": nash["Local"] | {2, 3}}
        assert {i: stable_states(elmira(), "SEQ", i) for i in nash} == sequential


class TestCubanMissileCrisis:
    @pytest.mark.parametrize(
        ("strike", "concept", "expected"),
        [
            ("both", "Nash", set()),
            ("both", "GMR", {0, 1, 2, 4, 5, 6, 7}),
            ("both", "SMR", {0, 1, 2, 4, 5, 6, 7}),
            ("both", "SEQ", {4, 6}),
            ("both", "SSEQ", {4, 6}),
            ("only_on", "Nash", {5}),
            ("only_on", "GMR", {0, 1, 2, 4, 5, 6, 7}),
            ("only_on", "SMR", {0, 1, 2, 4, 5, 6, 7}),
            ("only_on", "SEQ", {4, 5, 6}),
        ],
    )
    def test_equilibria(self, strike: str, concept: str, expected: set[int]) -> None:
        model = cuban(strike=strike)
        assert len(model.states) == 12
        assert labels(model, equilibria(model, concept)) == expected

    @pytest.mark.parametrize("i", ["US", "USSR"])
    def test_the_statements_generate_the_rankings(self, i: str) -> None:
        model = cuban({j: statements(CUBAN_STATEMENTS[j]) for j in CUBAN_STATEMENTS})
        best_first = sorted(model.numbers, key=lambda s: model.keys[i][s], reverse=True)
        assert [label(model.state(s).combination) for s in best_first] == CUBAN_RANKINGS[i]
        assert len(set(model.keys[i].values())) == 12


class TestEuphrates:
    @pytest.mark.parametrize(
        ("concept", "expected"),
        [("Nash", {6}), ("GMR", {1, 6}), ("SMR", {6}), ("SEQ", {6}), ("SSEQ", {6}), ("SIM", {6})],
    )
    def test_equilibria(self, concept: str, expected: set[int]) -> None:
        assert equilibria(euphrates(), concept) == expected

    def test_the_statements_generate_the_rankings(self) -> None:
        model = euphrates({i: statements(EUPHRATES_STATEMENTS[i]) for i in EUPHRATES_STATEMENTS})
        for i, best_first in EUPHRATES_RANKINGS.items():
            assert sorted(model.numbers, key=lambda s: model.keys[i][s], reverse=True) == best_first


@pytest.mark.parametrize(
    ("variant", "invasion", "concept", "expected"),
    [
        ("base", "both", "Nash", {0, 5}),
        ("base", "both", "SEQ", {0, 5, 10}),
        ("base", "both", "SIM", {0, 4, 5, 10}),
        ("base", "both", "SMR", {0, 4, 5, 10, 12}),
        # The article has 0, 5, 10: it keeps the moves out of 12 to 14 that an irreversible invasion takes away by our rule.
        ("base", "only_on", "SEQ", {0, 5, 10, 12}),
        ("bloodthirsty", "only_on", "SEQ", {5, 12}),
        ("bloodthirsty", "only_on", "SMR", {5, 12}),
        ("deterrence", "only_on", "SEQ", {0, 5, 10, 12}),
        ("deterrence", "only_on", "SMR", {0, 5, 10, 12}),
        ("pacifist", "only_on", "SEQ", {0, 4, 5}),
        ("pacifist", "only_on", "SMR", {0, 2, 4, 5, 8, 10, 12}),
        # The article omits 2 and 10.
        ("pacifist", "only_on", "SIM", {0, 2, 4, 5, 10}),
    ],
)
def test_north_korea(variant: str, invasion: str, concept: str, expected: set[int]) -> None:
    model = north_korea(variant, invasion)
    assert labels(model, equilibria(model, concept)) == expected


@pytest.mark.parametrize(
    ("name", "order", "nash", "gmr", "smr", "seq"),
    [
        ("Prisoner's dilemma", "33,14,41,22", "DD", "CC DD", "CC DD", "CC DD"),
        ("Chicken", "33,24,42,11", "CD DC", "CC CD DC", "CC CD DC", "CD DC"),
        ("Stag hunt", "44,13,31,22", "CC DD", "CC DD", "CC DD", "CC DD"),
        ("Deadlock", "22,14,41,33", "DD", "DD", "DD", "DD"),
        ("Battle of the sexes", "22,43,34,11", "CD DC", "CC CD DC", "CD DC", "CD DC"),
        ("Called bluff", "33,24,41,12", "CD", "CC CD", "CC CD", "CD"),
    ],
)
def test_two_by_two(name: str, order: str, nash: str, gmr: str, smr: str, seq: str) -> None:
    model = two_by_two(order)
    for concept, expected in {"Nash": nash, "GMR": gmr, "SMR": smr, "SEQ": seq}.items():
        found = {outcome(model.state(s).combination) for s in equilibria(model, concept)}
        assert found == set(expected.split()), (name, concept)


def test_simultaneous_sanctioning_in_the_prisoners_dilemma() -> None:
    model = two_by_two("33,14,41,22")
    assert {outcome(model.state(s).combination) for s in equilibria(model, "SIM")} == {"CC", "DD"}


class TestAnybodyMayMoveAgainLater:
    """Focal F; the others J (two options) and K. The only way from 2 to 5 is J, then K, then J again."""

    ABA = Draft(
        options=(("F", "both"), ("J", "both"), ("J", "both"), ("K", "both")),
        feasible=(0, 1, 3, 11, 13),
        levels={"F": (1, 2, 2, 2, 0), "J": (0, 0, 1, 2, 3), "K": (0, 0, 0, 1, 0)},
    )

    @staticmethod
    def at_most_once_each(model: PlainModel, i: str, s: int, improving: bool) -> bool:
        """GMR, or SEQ if `improving`, with sanctions in which each of the others moves at most once."""
        others = model.others(i)
        return all(
            any(
                model.at_least(i, s, walk[-1][1])
                for walk in sequences(model, others, t, improving, longest=len(others))
                if len({j for j, _ in walk}) == len(walk)
            )
            for t in model.improvements(i, s)
        )

    def test_the_way(self) -> None:
        model = self.ABA.build()
        assert model.arcs == {
            "F": {(1, 2), (2, 1)},
            "J": {(2, 3), (3, 2), (4, 5), (5, 4)},
            "K": {(3, 4), (4, 3)},
        }
        assert model.improvements("F", 1) == {2}
        assert [("J", 3), ("K", 4), ("J", 5)] in sequences(model, ["J", "K"], 2, improving=True, longest=3)
        assert reachable(model, ["J", "K"], 2) == {3, 4, 5}

    @pytest.mark.parametrize("concept", ["GMR", "SMR", "SEQ", "SSEQ"])
    def test_it_decides(self, concept: str) -> None:
        model = self.ABA.build()
        assert DEFINITIONS[concept](model, "F", 1)
        assert not self.at_most_once_each(model, "F", 1, improving=concept in ("SEQ", "SSEQ"))

    def test_under_seq_each_step_must_be_an_improvement_of_its_mover(self) -> None:
        unwilling = Draft(self.ABA.options, self.ABA.feasible, {**self.ABA.levels, "K": (0, 0, 1, 0, 0)}).build()
        assert DEFINITIONS["GMR"](unwilling, "F", 1)
        assert not DEFINITIONS["SEQ"](unwilling, "F", 1)

    def test_nobody_moves_twice_in_a_row(self) -> None:
        """Merging 3 and 4 into one state lets J go 2, 3, 4 only by two moves running, so without K 4 is not reached."""
        merged = Draft(
            options=(("F", "both"), ("J", "both"), ("J", "both"), ("K", "both")),
            feasible=(0, 1, 3, 11, 13),
            merged=(3, 11),
            levels={"F": (1, 2, 2, 0), "J": (0, 0, 1, 2), "K": (0, 0, 0, 0)},
        ).build()
        assert merged.moves("J", 2) == {3}
        assert merged.moves("J", 3) == {2, 4}
        assert reachable(merged, ["J", "K"], 2) == {3}
        assert not DEFINITIONS["GMR"](merged, "F", 1)


def test_a_return_to_the_state_counts_as_a_sanction() -> None:
    """One option of two owners: A takes it, B gives it up again, and A is where A began."""
    model = Draft(options=(("AB", "both"),), feasible=(0, 1), levels={"A": (0, 1), "B": (1, 0)}).build()
    verdicts = {concept: stable(model, "A", 1) for concept, stable in DEFINITIONS.items()}
    assert verdicts == {"Nash": False, "GMR": True, "SMR": False, "SEQ": True, "SSEQ": False, "SIM": False}


# For each pair a model in which the first concept holds and the second does not; found by drawing small models.
NON_INCLUSIONS = [
    (
        ("GMR", "SMR"),
        Draft((("B", "both"), ("A", "only_off")), (0, 1, 2, 3), {"A": (0, 1, 0, 1), "B": (0, 1, 1, 0)}),
        ("B", 4),
    ),
    (
        ("GMR", "SEQ"),
        Draft((("A", "only_off"), ("B", "both")), (1, 2, 3), {"A": (0, 0, 0), "B": (0, 0, 1)}),
        ("B", 1),
    ),
    (
        ("SMR", "SEQ"),
        Draft((("A", "only_off"), ("B", "both")), (1, 2, 3), {"A": (0, 0, 0), "B": (0, 0, 1)}),
        ("B", 1),
    ),
    (
        ("SEQ", "SMR"),
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2, 3), {"A": (1, 0, 0, 1), "B": (0, 1, 1, 0)}),
        ("A", 2),
    ),
    (
        ("SMR", "SSEQ"),
        Draft((("A", "only_off"), ("B", "both")), (1, 2, 3), {"A": (0, 0, 0), "B": (0, 0, 1)}),
        ("B", 1),
    ),
    (
        ("SEQ", "SSEQ"),
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2, 3), {"A": (1, 0, 0, 1), "B": (0, 1, 1, 0)}),
        ("A", 2),
    ),
    (
        ("SSEQ", "Nash"),
        Draft((("A", "both"), ("B", "both")), (1, 2, 3), {"A": (0, 1, 0), "B": (0, 0, 1)}),
        ("B", 1),
    ),
    (
        ("SIM", "Nash"),
        Draft((("B", "both"), ("A", "both")), (0, 1, 2, 3), {"A": (0, 1, 1, 1), "B": (0, 1, 0, 0)}),
        ("B", 1),
    ),
    (
        ("SIM", "SEQ"),
        Draft((("B", "both"), ("A", "both")), (0, 1, 2, 3), {"A": (0, 1, 1, 1), "B": (0, 1, 0, 0)}),
        ("B", 1),
    ),
    (
        ("SSEQ", "SIM"),
        Draft((("A", "both"), ("B", "both")), (1, 2, 3), {"A": (0, 1, 0), "B": (0, 0, 1)}),
        ("B", 1),
    ),
    (  # Two of the others do at once what neither can do first.
        ("SIM", "GMR"),
        Draft(
            (("C", "only_off"), ("A", "both"), ("B", "both")),
            (0, 1, 3, 5, 6),
            {"A": (2, 2, 3, 3, 1), "B": (1, 0, 1, 1, 0), "C": (2, 1, 3, 2, 2)},
        ),
        ("A", 2),
    ),
]


@pytest.mark.parametrize(("concepts", "draft", "where"), NON_INCLUSIONS)
def test_non_inclusion(concepts: tuple[str, str], draft: Draft, where: tuple[str, int]) -> None:
    holds, fails = concepts
    model = draft.build()
    assert DEFINITIONS[holds](model, *where)
    assert not DEFINITIONS[fails](model, *where)


def test_smr_and_seq_together_are_not_sseq() -> None:
    model = Draft(
        options=(("C", "only_on"), ("A", "both"), ("B", "only_off")),
        feasible=(0, 4, 5, 6, 7),
        levels={"A": (0, 1, 0, 0, 1), "B": (1, 1, 0, 1, 1), "C": (0, 0, 1, 0, 1)},
    ).build()
    verdicts = {concept: DEFINITIONS[concept](model, "A", 4) for concept in ("SMR", "SEQ", "SSEQ")}
    assert verdicts == {"SMR": True, "SEQ": True, "SSEQ": False}
