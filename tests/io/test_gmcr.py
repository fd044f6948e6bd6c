"""`.gmcr` files: what they mean, the published equilibria, and that nothing is lost on the way there and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.concepts.registry import concept
from detente.engines.single import SingleEngine
from detente.errors import ConflictError, Severity
from detente.io.gmcr import read_gmcr
from detente.io.gmcr_write import gmcr_text
from detente.io.loaded import Loaded
from detente.model.conflict import Coalition, Direction
from detente.model.formula import written
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.space.states import StateSpace

FOLDER = Path(__file__).parents[1] / "data" / "gmcr"
NAMES = sorted(path.name for path in FOLDER.glob("*.gmcr"))


def load(name: str) -> Loaded:
    return read_gmcr((FOLDER / name).read_text(encoding="utf-8"), name)


def small(**changes: object) -> str:
    """A file with two decision makers, with some of its keys changed (a None takes the key out)."""
    data: dict[str, object] = {
        "options": [{"name": n, "permittedDirection": "both"} for n in ("x", "y")],
        "decisionMakers": [
            {"name": "A", "options": [0], "preferences": [[[0, "Y"]]]},
            {"name": "B", "options": [1], "preferences": []},
        ],
        "infeasibles": [],
        "useManualPreferenceRanking": False,
        **changes,
    }
    return json.dumps({key: value for key, value in data.items() if value is not None})


def party(name: str = "A", options: object = (0, 1), **more: object) -> dict[str, object]:
    return {"name": name, "options": options, **more}


def equilibria(loaded: Loaded, key: str, labels: bool = False) -> list[int]:
    """The equilibria under a concept, as state numbers, or as combinations."""
    space = StateSpace(loaded.conflict)
    engine, found = SingleEngine(space), space.states
    for maker in loaded.conflict.decision_makers:
        found &= engine.stable(concept(key), maker.key)
    return [state if labels else space.number(state) for state in found.each()]


def refused(text: str) -> list[tuple[str, str]]:
    """Code and place of each error that a file is refused with."""
    with pytest.raises(ConflictError) as caught:
        read_gmcr(text, "f.gmcr")
    errors = [d for d in caught.value.diagnostics if d.severity is Severity.ERROR]
    assert errors
    assert all(d.where is not None and d.where.file == "f.gmcr" for d in errors)
    return [(d.code, f"{d.where.line}:{d.where.column}") for d in errors if d.where]


# -- published equilibria ----------------------------------------------------------------------------------------------
METARATIONAL = [0, 1, 2, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("name", "key", "expected"),
    [
        ("cuban.gmcr", "Nash", []),
        ("cuban.gmcr", "GMR", METARATIONAL),
        ("cuban.gmcr", "SMR", METARATIONAL),
        ("cuban.gmcr", "SEQ", [4, 6]),
        ("cuban.gmcr", "SSEQ", [4, 6]),
        ("cuban-irreversible.gmcr", "Nash", [5]),
        ("cuban-irreversible.gmcr", "GMR", METARATIONAL),
        ("cuban-irreversible.gmcr", "SMR", METARATIONAL),
        ("cuban-irreversible.gmcr", "SEQ", [4, 5, 6]),
    ],
)
def test_cuban_missile_crisis(name: str, key: str, expected: list[int]) -> None:
    """Fraser and Hipel 1982, 1984; with an air strike that can't be taken back, as GMCR+ gives it.  States by their decimal numbers."""
    assert equilibria(load(name), key, labels=True) == expected


def test_cuban_rankings() -> None:
    """The statements give the published rankings."""
    loaded = load("cuban.gmcr")
    engine = SingleEngine(StateSpace(loaded.conflict))
    published = ([4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8], [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8])
    for maker, best_first in zip(loaded.conflict.decision_makers, published, strict=True):
        ranks = engine.orders[maker.key].ranks
        assert sorted(ranks, key=ranks.__getitem__) == best_first
        assert len(set(ranks.values())) == 12


@pytest.mark.parametrize(("key", "expected"), [("Nash", [6]), ("GMR", [1, 6]), ("SMR", [6]), ("SEQ", [6]), ("SSEQ", [6]), ("SIM", [6])])
def test_euphrates(key: str, expected: list[int]) -> None:
    """Kinsara 2015; Hipel, Kilgour and Kinsara 2014."""
    assert equilibria(load("euphrates.gmcr"), key) == expected


@pytest.mark.parametrize("key", ["Nash", "GMR", "SMR", "SEQ", "SSEQ"])
def test_elmira_with_its_abandon_states_apart(key: str) -> None:
    """Kilgour, Hipel, Fang and Peng 2001: 5, 8 and 9 (here 7, 10 and the four states with Abandon); 1 and 4 under GMR and SMR alone."""
    metarational = {1, 4} if key in ("GMR", "SMR") else set()
    assert set(equilibria(load("elmira.gmcr"), key)) == {7, 10, 5, 6, 11, 12} | metarational


def test_prisoners() -> None:
    """The dilemma: to confess is the one Nash equilibrium, not to confess holds under the concepts that look at answers."""
    loaded = load("prisoners.gmcr")
    assert {key: equilibria(loaded, key) for key in ("Nash", "GMR", "SMR", "SEQ")} == {
        "Nash": [4],
        "GMR": [1, 4],
        "SMR": [1, 4],
        "SEQ": [1, 4],
    }


def test_misperception_removes_moves() -> None:
    """Who does not perceive a state moves neither from it nor to it."""
    loaded = load("misperception.gmcr")
    space = StateSpace(loaded.conflict)
    one_by_number = {
        space.number(s): {m: [space.number(t) for t in space.moves(m, s)] for m in ("Syria", "Iraq")} for s in space.states.each()
    }
    assert one_by_number == {
        1: {"Syria": [3], "Iraq": []},
        2: {"Syria": [], "Iraq": [5]},
        3: {"Syria": [1], "Iraq": [6]},
        4: {"Syria": [6], "Iraq": []},
        5: {"Syria": [], "Iraq": [2]},
        6: {"Syria": [4], "Iraq": [3]},
    }


# -- what a file means -------------------------------------------------------------------------------------------------
def test_options_take_the_order_of_their_owners() -> None:
    """Without an owner first; then decision maker by decision maker, as each lists them; a shared one with its first owner."""
    conflict = load("legacy.gmcr").conflict
    assert [(o.key, o.owners, o.direction) for o in conflict.options] == [
        ("Drought", (), Direction.ONLY_OFF),
        ("Appeal", ("Downstream",), Direction.BOTH),
        ("Gauge the river", ("Downstream", "Upstream"), Direction.BOTH),
        ("Release", ("Upstream",), Direction.ONLY_ON),
    ]


def test_rankings_count_feasible_states_in_the_order_after_loading() -> None:
    """The nine feasible states of the file are 0, 1, 3, 4, 5, 8, 10, 11 and 12 (worked out by hand)."""
    conflict = load("legacy.gmcr").conflict
    assert list(StateSpace(conflict).states.each()) == [0, 1, 3, 4, 5, 8, 10, 11, 12]
    ranking = conflict.decision_maker("Downstream").preference
    assert isinstance(ranking, StateRanking)
    combinations = [[conflict.combination(taken) for taken in level] for level in ranking.levels]
    assert combinations == [[8, 11], [5], [10], [0], [12], [1, 3, 4]]


def test_statements_and_ranking_are_both_kept() -> None:
    conflict = load("euphrates.gmcr").conflict
    for maker in conflict.decision_makers:
        assert isinstance(maker.preference, StateRanking)
        assert [type(spare) for spare in maker.spare_preferences] == [OptionPrioritization]
    data = json.loads((FOLDER / "euphrates.gmcr").read_text(encoding="utf-8"))
    other = read_gmcr(json.dumps(data | {"useManualPreferenceRanking": False}), "euphrates.gmcr").conflict
    for before, after in zip(conflict.decision_makers, other.decision_makers, strict=True):
        assert (before.preference, *before.spare_preferences) == (*after.spare_preferences, after.preference)


def test_conditions() -> None:
    conflict = load("cuban.gmcr").conflict
    statements = conflict.decision_makers[1].preference
    assert statements is not None
    assert written(statements.statements()[1].when) == (
        '"Air strike" and Escalate or "Air strike" and not Escalate or not "Air strike" and not Escalate'
    )
    nested = {"compound": True, "members": [[[0, "Y"]], {"compound": True, "members": [[[1, "Y"], [0, "N"]], []]}]}
    rule = read_gmcr(small(infeasibles=[nested])).conflict.rules[0]
    assert written(getattr(rule, "when")) == "x or y and not x or true"  # noqa: B009 - rules are a union


def test_coalitions_and_their_names() -> None:
    assert load("coalition.gmcr").conflict.coalitions == (
        Coalition(("Ministry of the Environment", "Uniroyal"), "the province and the company"),
        Coalition(("Local government",)),
    )


def test_names() -> None:
    """Names that stand twice, are empty or hold control characters: decision makers and keys become distinct, names stay."""
    options = [{"name": n, "permittedDirection": "both"} for n in ("", "both \" and '", "two\nlines", "水", "水", " ")]
    makers = [party("A", [0, 1]), party("A", [2]), party("", [3]), party("A (2)", [4, 5])]
    loaded = read_gmcr(small(options=options, decisionMakers=makers))
    assert [o.key for o in loaded.conflict.options] == ["option 1", "both ” and '", "two lines", "水", "水 (2)", "option 6"]
    assert [o.name for o in loaded.conflict.options] == ["", "both \" and '", "two\nlines", "水", "水", " "]
    assert [m.name for m in loaded.conflict.decision_makers] == ["A", "A (2)", "", "A (2) (2)"]
    assert {d.code for d in loaded.diagnostics} == {"I708"}
    assert_comes_back(loaded)


def test_positions() -> None:
    loaded = load("cuban.gmcr")
    assert loaded.positions["decision makers/Soviet Union/prefers/2"].label == "cuban.gmcr:35:5"
    assert loaded.positions["rules/1"].label == "cuban.gmcr:10:18"
    assert loaded.positions["options/Escalate"].line == 8


def test_the_title_is_the_file_name_unless_the_file_has_one() -> None:
    assert read_gmcr(small(), "a/b/river.gmcr").conflict.title == "river"
    assert read_gmcr(small(title="A river"), "a/b/river.gmcr").conflict.title == "A river"


def test_keys_that_mean_nothing_are_named() -> None:
    found = [d for d in load("legacy.gmcr").diagnostics if d.code == "I707"]
    assert [d.severity for d in found] == [Severity.NOTE]
    assert '"notes" of the file' in found[0].message
    many = read_gmcr(small(**{f"k{i}": i for i in range(30)})).diagnostics
    assert [d.message.endswith("and 20 more") for d in many] == [True]
    assert read_gmcr(small()).diagnostics == ()


def test_a_ranking_that_is_not_in_use_is_kept_as_far_as_it_goes() -> None:
    makers = [party("A", [0], preferenceRanking=[1, 9, 2, 2]), party("B", [1], preferenceRanking=[4, [1, 2], 3])]
    loaded = read_gmcr(small(decisionMakers=makers))
    assert [(d.code, d.severity) for d in loaded.diagnostics] == [("I706", Severity.WARNING)]
    kept = loaded.conflict.decision_maker("A").spare_preferences[0]
    assert isinstance(kept, StateRanking)
    assert kept.levels == ((frozenset(),), (frozenset({"x"}),))
    assert_comes_back(loaded)


# -- there and back ----------------------------------------------------------------------------------------------------
def assert_comes_back(loaded: Loaded) -> None:
    text, notes = gmcr_text(loaded.conflict)
    again = read_gmcr(text, loaded.path).conflict
    assert again == loaded.conflict
    assert again.digest == loaded.conflict.digest
    assert {note.code for note in notes} <= {"I724"}
    assert gmcr_text(again)[0] == text


@pytest.mark.parametrize("name", NAMES)
def test_a_file_comes_back_equal(name: str) -> None:
    assert_comes_back(load(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_written_file_holds_the_same_data(name: str) -> None:
    """Key by key: what the first file holds, caches and what has no meaning apart, stands in the second."""
    before = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    after = json.loads(gmcr_text(load(name).conflict)[0])
    if name == "legacy.gmcr":
        assert after["useManualPreferenceRanking"] == before["useManualPreferenceVectors"]
        assert [m["preferenceRanking"] for m in after["decisionMakers"]] == [m["preferenceVector"] for m in before["decisionMakers"]]
        return
    for key in ("options", "infeasibles", "useManualPreferenceRanking", "coalitions"):
        assert after.get(key) == before.get(key)
    for old, new in zip(before["decisionMakers"], after["decisionMakers"], strict=True):
        assert {k: new.get(k) for k in ("options", "preferences", "preferenceRanking")} == {
            k: old.get(k) for k in ("options", "preferences", "preferenceRanking")
        }


def test_a_written_file_is_ascii() -> None:
    text, _ = gmcr_text(read_gmcr(small(title="Überfall 水 🜁")).conflict)
    assert text.isascii()
    assert read_gmcr(text).conflict.title == "Überfall 水 🜁"


# -- what is refused ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "I700", "1:1"),
        (" \n ", "I700", "1:1"),
        ("{", "I700", "1:2"),
        ('{"options": NaN}', "I700", "1:13"),
        ('{\n "options": [01]}', "I700", "2:15"),
        ('{"a": "\\ud800"}', "I700", "1:7"),
        ('{"a": "x\ny"}', "I700", "1:9"),
        ("[" * 100_000, "I701", "1:41"),
        ('{"a": 123456789012345678901}', "I701", "1:7"),
        ('{"a": 1, "a": 2}', "I703", "1:10"),
        ("[]", "I702", "1:1"),
        ("[] []", "I700", "1:4"),
        (small(options=None), "I704", "1:1"),
        (small(decisionMakers=None), "I704", "1:1"),
        (small(options=[], decisionMakers=[party(options=[])]), "M101", "1:1"),
        (small(decisionMakers=[]), "M100", "1:1"),
    ],
)  # fmt: skip
def test_files_that_are_refused_as_a_whole(text: str, code: str, place: str) -> None:
    assert (code, place) in refused(text)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"options": {}}, "I702"),
        ({"options": [1]}, "I702"),
        ({"options": [{"name": "x"}]}, "I704"),
        ({"options": [{"permittedDirection": "both"}]}, "I704"),
        ({"options": [{"name": 3, "permittedDirection": "both"}]}, "I702"),
        ({"options": [{"name": "x" * 2000, "permittedDirection": "both"}]}, "I701"),
        ({"options": [{"name": "x", "permittedDirection": "up"}]}, "I702"),
        ({"options": [{"name": "x", "permittedDirection": []}]}, "I702"),
        ({"decisionMakers": [party(name="A", options=[2])]}, "I705"),
        ({"decisionMakers": [party(name="A", options=[-1])]}, "I705"),
        ({"decisionMakers": [party(name="A", options=[True])]}, "I702"),
        ({"decisionMakers": [party(name="A", options=[0.0])]}, "I702"),
        ({"decisionMakers": [party(name="A", options="0")]}, "I702"),
        ({"decisionMakers": [party(preferences=[[0, "Y"]])]}, "I702"),
        ({"decisionMakers": [party(preferences=[[[0, "y"]]])]}, "I702"),
        ({"decisionMakers": [party(preferences=[[[0, "Y", "N"]]])]}, "I702"),
        ({"decisionMakers": [party(preferences=[[[7, "Y"]]])]}, "I705"),
        ({"decisionMakers": [party(misperceptions=[[[False, "Y"]]])]}, "I702"),
        ({"decisionMakers": [party(preferenceRanking=[1, []])], "useManualPreferenceRanking": True}, "I702"),
        ({"decisionMakers": [party(preferenceRanking=[1, [2, [3]], 4])], "useManualPreferenceRanking": True}, "I702"),
        ({"decisionMakers": [party(preferenceRanking=[1, 2, 3])], "useManualPreferenceRanking": True}, "I706"),
        ({"decisionMakers": [party(preferenceRanking=[1, 2, 3, 5])], "useManualPreferenceRanking": True}, "I706"),
        ({"decisionMakers": [party(preferenceRanking=[0, 1, 2, 3])], "useManualPreferenceRanking": True}, "I706"),
        ({"decisionMakers": [party(preferenceRanking=[1, 2, 3, 4, 4])], "useManualPreferenceRanking": True}, "I706"),
        ({"decisionMakers": [party(preferenceRanking=[])], "useManualPreferenceRanking": True}, "I706"),
        ({"decisionMakers": [party()], "useManualPreferenceRanking": True}, "I704"),
        ({"decisionMakers": [party(preferenceRanking=[1])], "useManualPreferenceRanking": None}, "I704"),
        ({"useManualPreferenceRanking": 1}, "I702"),
        ({"useManualPreferenceRanking": "true"}, "I702"),
        ({"infeasibles": "none"}, "I702"),
        ({"infeasibles": [{"members": []}]}, "I704"),
        ({"infeasibles": [{"compound": False, "members": []}]}, "I702"),
        ({"infeasibles": [{"compound": True}]}, "I704"),
        ({"infeasibles": [{"compound": True, "members": [5]}]}, "I702"),
        ({"coalitions": [2]}, "I705"),
        ({"coalitions": [[]]}, "I702"),
        ({"coalitions": ["A"]}, "I702"),
        ({"title": 5}, "I702"),
    ],
)  # fmt: skip
def test_values_that_are_refused(changes: dict[str, object], code: str) -> None:
    assert code in {found for found, _ in refused(small(**changes))}


def test_all_errors_are_told_at_once_and_no_more_than_thirty() -> None:
    makers = [party(preferences=[[[9, "Y"]], [[0, "maybe"]]]), party("B", [7])]
    assert [code for code, _ in refused(small(decisionMakers=makers, infeasibles=[5]))] == ["I705", "I702", "I705", "I702"]
    assert len(refused(small(infeasibles=[0] * 5000))) == 30


def test_a_ranking_of_more_states_than_can_be_numbered() -> None:
    """In use: an error.  Kept only: a warning, and it is left out."""
    options = [{"name": f"o{i}", "permittedDirection": "both"} for i in range(40)]
    makers = [party(options=list(range(40)), preferenceRanking=[1, 2])]
    assert [code for code, _ in refused(small(options=options, decisionMakers=makers, useManualPreferenceRanking=True))] == ["I706"]
    loaded = read_gmcr(small(options=options, decisionMakers=makers))
    assert [d.code for d in loaded.diagnostics] == ["I706"]
    assert loaded.conflict.decision_makers[0].spare_preferences == ()


def test_much_work_for_a_ranking_is_refused_before_it_is_begun() -> None:
    options = [{"name": f"o{i}", "permittedDirection": "both"} for i in range(26)]
    infeasible = [[[i % 26, "Y"], [(i * 7 + 1) % 26, "N"]] for i in range(3000)]
    makers = [party(options=list(range(26)), preferenceRanking=[1, 2])]
    text = small(options=options, decisionMakers=makers, infeasibles=infeasible, useManualPreferenceRanking=True)
    assert [code for code, _ in refused(text)] == ["I706"]


def test_repetitions_count_once() -> None:
    loaded = read_gmcr(small(decisionMakers=[party(options=[1, 0, 1])], coalitions=[[0, 0]]))
    assert [o.key for o in loaded.conflict.options] == ["y", "x"]
    assert loaded.conflict.coalitions == (Coalition(("A",)),)
    assert [d.code for d in loaded.diagnostics] == ["I710", "I710"]


def test_old_and_new_key_that_differ() -> None:
    loaded = read_gmcr(small(useManualPreferenceVectors=True))
    assert isinstance(loaded.conflict.decision_makers[0].preference, OptionPrioritization)
    assert [d.code for d in loaded.diagnostics] == ["I711"]
    assert read_gmcr(small(useManualPreferenceVectors=False)).diagnostics == ()
    both = party(preferenceRanking=[1, 2, [3, 4]], preferenceVector=[[1, 2], 3, 4])
    assert [d.code for d in read_gmcr(small(decisionMakers=[both])).diagnostics] == ["I711"]
    odd = party(preferenceRanking=[1, 2, [3, 4]], preferenceVector={"1": 2})
    assert [d.code for d in read_gmcr(small(decisionMakers=[odd])).diagnostics] == ["I711"]


def test_many_warnings_are_counted_not_listed() -> None:
    options = [{"name": "x", "permittedDirection": "both"} for _ in range(500)]
    loaded = read_gmcr(small(options=options, decisionMakers=[party(options=list(range(500)))]))
    assert len(loaded.diagnostics) == 11
    assert "489 more" in loaded.diagnostics[-1].message
