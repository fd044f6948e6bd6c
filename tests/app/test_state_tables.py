"""What tables show: rows in every order, moves from and to each state, verdicts, against analyses and the second statement."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import jsonschema
import pytest

from detente import cases
from detente.app import moving, state_table, tabling, verdicts
from detente.app.analyzing import analyze
from detente.app.documents import AnalysisDocument
from detente.app.kept import Kept
from detente.app.moving import moves
from detente.app.state_table import StateTable, table_of
from detente.app.table_documents import MovesDocument, StandingDocument, StatesDocument, TableFileDocument
from detente.app.table_files import states_file
from detente.app.tabling import states
from detente.app.verdicts import standing
from detente.concepts.registry import all_concepts, concept
from detente.errors import Cannot, ConflictError, UsageError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import written
from detente.model.preference import Statement
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.report.figures import Figures
from detente.report.palette import parties_of
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict, random_formula
from tests.definitions.adapter import meets, plain_model
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import PlainModel

KEYS = list(DEFINITIONS)
SMALL = Shape(most_options=5, most_states=16)
UNLISTED = ("prefers", "weights")


def drawn(seed: str, count: int, shape: Shape = SMALL) -> Iterator[tuple[Random, Conflict]]:
    for number in range(count):
        rng = Random(f"{seed} {number}")
        yield rng, random_conflict(rng, shape)


def rows_of(analysis: AnalysisDocument) -> list[dict[str, Any]]:
    """The rows that an analysis implies, by number."""
    assert analysis.states is not None
    return [
        {
            **state.data(),
            "status_quo": state.id == analysis.conflict.status_quo,
            "equilibrium_under": [key for key, held in analysis.equilibria.items() if state.id in held],
            "leavers": {
                key: gone
                for key, stays in analysis.stability.items()
                if (gone := [dm for dm, held in stays.items() if state.id not in held])
            },
        }
        for state in analysis.states
    ]


def in_order(rows: list[dict[str, Any]], order: str) -> list[dict[str, Any]]:
    kind, _, key = order.partition("/")
    if kind == "number":
        return rows
    if kind == "party":
        return sorted(rows, key=lambda row: row["rank"][key])
    return sorted(rows, key=lambda row: len(row["leavers"].get(key, ())))


def check_rows(conflict: Conflict, rng: Random) -> None:
    analysis = analyze(conflict)
    rows = rows_of(analysis)
    for order in ["number", *(f"party/{one.key}" for one in analysis.decision_makers), *(f"concept/{key}" for key in KEYS)]:
        reverse, offset, limit = rng.random() < 0.3, rng.randrange(len(rows) + 1), rng.randint(0, 6)
        sought = rng.choice(rows)["id"]
        found = states(conflict, order=order, reverse=reverse, offset=offset, limit=limit, find=sought)
        expected = in_order(rows, order)[:: -1 if reverse else 1]
        assert [row.data() for row in found.rows] == expected[offset : offset + limit], (order, reverse, offset, limit)
        assert (found.total, found.order, found.reverse, found.offset) == (len(rows), order, reverse, offset)
        assert found.place is not None
        assert expected[found.place]["id"] == sought
        assert found.equilibria == {key: len(held) for key, held in analysis.equilibria.items()}
        assert (found.decision_makers, found.options, found.concepts) == (analysis.decision_makers, analysis.options, analysis.concepts)
        paged = states(conflict, order=order, reverse=reverse, offset=offset, limit=limit, find=sought, paged=True)
        assert paged.offset == (found.place // limit * limit if limit else offset)
        assert [row.data() for row in paged.rows] == expected[paged.offset : paged.offset + limit], (order, reverse, limit)
        assert not limit or sought in [row.id for row in paged.rows]


# -- states ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["elmira", "north-korea-2017", "euphrates-1975", "cuban-missile-crisis-irreversible", "shared-lake"])
def test_rows_of_packaged_cases_are_those_of_the_analysis(name: str) -> None:
    check_rows(cases.load(name), Random(name))


def test_rows_of_random_conflicts_are_those_of_the_analysis() -> None:
    for rng, conflict in drawn("rows", 25):
        check_rows(conflict, rng)


def test_rows_are_what_the_second_statement_says() -> None:
    for _, conflict in drawn("second", 25):
        model = plain_model(conflict)
        for row in states(conflict).rows:
            gone = {key: tuple(i for i in model.decision_makers if not stable(model, i, row.id)) for key, stable in DEFINITIONS.items()}
            assert row.leavers == {key: those for key, those in gone.items() if those}
            assert row.equilibrium_under == tuple(key for key, those in gone.items() if not those)
            for i in model.decision_makers:
                assert row.rank[i] == 1 + len({model.keys[i][t] for t in model.numbers if model.better(i, t, row.id)})


def test_a_condition_leaves_the_states_that_meet_it() -> None:
    for rng, conflict in drawn("where", 40):
        model, every = plain_model(conflict), states(conflict)
        formula = random_formula(rng, [option.key for option in conflict.options])
        test = meets(formula)
        wanted = [number for number in model.numbers if test(model.state(number).combination)]
        order = rng.choice(["number", conflict.decision_makers[0].key, "concept/SEQ"])
        found = states(conflict, where=written(formula), order=order, find=rng.choice(model.numbers))
        assert sorted(row.id for row in found.rows) == wanted
        assert found.total == len(wanted)
        by_number = {row.id: row for row in every.rows}
        assert all(row == by_number[row.id] for row in found.rows)
        assert found.equilibria == {key: sum(key in (by_number[n].equilibrium_under or ()) for n in wanted) for key in KEYS}
        assert found.where == written(formula)


def test_a_state_that_does_not_meet_the_condition_has_no_place() -> None:
    assert states("elmira", where="Abandon", find=1).place is None
    assert states("elmira", where="Abandon", order="MoE", find=1).place is None
    assert states("elmira", where="not Abandon", order="MoE", find="status quo").place == 5


def test_the_page_of_a_state_that_is_no_row_is_the_one_asked_for() -> None:
    for find in (1, None):
        assert states("elmira", where="Abandon", find=find, paged=True) == states("elmira", where="Abandon", find=find)


def test_a_table_of_thousands_is_put_in_order_as_orders_say() -> None:
    parties = tuple(DecisionMaker(key, key) for key in "AB")
    many = Conflict("many", parties, tuple(Option(f"o{k}", f"o{k}", ("A" if k < 7 else "B",)) for k in range(14)))
    rng = Random("thousands")
    keys = [option.key for option in many.options]
    wants = {dm.key: OptionPrioritization(tuple(Statement(random_formula(rng, keys)) for _ in range(8))) for dm in parties}
    conflict = replace(many, decision_makers=tuple(replace(dm, preference=wants[dm.key]) for dm in parties))
    space = StateSpace(conflict)
    for dm in "AB":
        order = Order(space, dm)
        expected = sorted(space.states.each(), key=lambda state: (order.ranks[state], state))
        for offset in (0, 5_000, 16_380):
            found = states(conflict, order=dm, offset=offset, limit=50, under="Nash")
            assert [row.id for row in found.rows] == [space.number(state) for state in expected[offset : offset + 50]]
            assert [row.rank[dm] for row in found.rows] == [order.ranks[state] for state in expected[offset : offset + 50]]
    assert table_of(conflict) is table_of(replace(conflict))


def test_a_word_that_names_a_party_and_a_concept_means_the_party() -> None:
    options = (Option("x", "x", ("SEQ",)), Option("y", "y", ("number",)))
    conflict = Conflict("named alike", (DecisionMaker("SEQ", "one"), DecisionMaker("number", "other")), options)
    assert [states(conflict, order=order).order for order in ("SEQ", "concept/SEQ", "number", "party/number")] == [
        "party/SEQ", "concept/SEQ", "number", "party/number",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked", [{"order": "Lokal"}, {"order": "SIM", "under": "SEQ"}, {"order": "party/SEQ"}, {"offset": -1}, {"limit": 1_001}, {"limit": -1}]
)
def test_an_order_or_rows_that_there_are_none_of(asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="U560"):
        states("elmira", **asked)


def test_a_condition_that_cannot_be_read_and_a_state_that_is_not_there() -> None:
    with pytest.raises(ConflictError, match="M104"):
        states("elmira", where="Aceept")
    with pytest.raises(UsageError, match="U411"):
        states("elmira", find=10)
    assert states("elmira", offset=10**30).rows == states("elmira", offset=10**30, order="MoE", reverse=True).rows == ()


def test_what_no_engine_can_answer_is_told_and_the_rest_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    known = StateTable._found

    def found(self: StateTable, asked: Any, *more: Any) -> Any:
        if asked.key == "SIM":
            raise Cannot.of("S302", "no engine can answer under SIM")
        return known(self, asked, *more)

    monkeypatch.setattr(StateTable, "_found", found)
    monkeypatch.setattr(state_table, "_tables", Kept[StateTable](1))  # a table that was asked before keeps its orders
    document = states("elmira")
    assert [(one.under, one.reason) for one in document.not_known] == [("SIM", "no engine can answer under SIM")]
    assert document.rows[4].equilibrium_under == tuple(key for key in KEYS if key != "SIM")
    with pytest.raises(Cannot):
        states("elmira", order="concept/SIM")


# -- moves -------------------------------------------------------------------------------------------------------------
def kind(model: PlainModel, i: str, before: int, after: int) -> str:
    return "better" if model.better(i, after, before) else "worse" if model.better(i, before, after) else "equal"


def check_moves(conflict: Conflict, model: PlainModel, number: int) -> None:
    found = moves(conflict, number, drawn="none")
    assert [one.by for one in found.moves] == model.decision_makers
    for one in found.moves:
        assert one.to is not None
        for part, arcs in (
            (one.from_, [(number, t, t) for s, t in model.arcs[one.by] if s == number]),
            (one.to, [(s, number, s) for s, t in model.arcs[one.by] if t == number]),
        ):
            expected = {end: kind(model, one.by, before, after) for before, after, end in arcs}
            assert {move.state: move.kind for move in part.moves} == expected
            assert len(part.moves) == len(expected)
            assert part.counts == {name: list(expected.values()).count(name) for name in ("better", "equal", "worse")}
            in_groups = [("better", "equal", "worse").index(move.kind) for move in part.moves]
            assert in_groups == sorted(in_groups)
            for group in part.counts:
                worths = [model.keys[one.by][move.state] for move in part.moves if move.kind == group]
                assert worths == sorted(worths, reverse=True)


def test_moves_from_and_to_every_state_are_those_of_the_second_statement() -> None:
    for _, conflict in drawn("moves", 40):
        model = plain_model(conflict)
        for number in model.numbers:
            check_moves(conflict, model, number)


def test_moves_where_states_are_not_listed_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = Shape(most_options=5, most_states=16, merged=0.0, kinds=UNLISTED)
    asked = [(conflict, rng.choice(StateSpace(conflict).states.first(16))) for rng, conflict in drawn("unlisted", 30, shape)]
    listed = [moves(conflict, StateSpace(conflict).choice(state), drawn="none") for conflict, state in asked]
    monkeypatch.setattr(moving, "MAX_OPTIONS", 0)
    for (conflict, state), expected in zip(asked, listed, strict=True):
        space = StateSpace(conflict)
        found = moves(conflict, space.choice(state), drawn="none")
        assert found.state.id == state + 1
        for one, other in zip(found.moves, expected.moves, strict=True):
            assert one.to is not None
            assert other.to is not None
            for part, same in ((one.from_, other.from_), (one.to, other.to)):
                assert part.counts == same.counts
                assert {(move.choice, move.kind) for move in part.moves} == {(move.choice, move.kind) for move in same.moves}


def test_of_very_many_moves_the_best_are_given_and_all_are_counted() -> None:
    options = tuple(Option(f"o{k}", f"o{k}", ("A",)) for k in range(10))
    found = moves(Conflict("one", (DecisionMaker("A", "A"),), options), 1, drawn="none").moves[0]
    assert found.from_.counts == {"better": 0, "equal": 1023, "worse": 0}
    assert len(found.from_.moves) == moving.GIVEN


# -- drawings ----------------------------------------------------------------------------------------------------------
def bare(svg: str) -> str:
    """A drawing without what pages select by."""
    return re.sub(r' (?:data-[a-z]+|style)="[^"]*"', "", svg)


@pytest.mark.parametrize(("name", "shows"), [("elmira", "whole"), ("north-korea-2017", None), ("gaza-hostage-talks", "state")])
def test_the_drawing_is_that_of_the_report_and_names_states_and_moves(name: str, shows: str | None) -> None:
    conflict = cases.load(name)
    space = StateSpace(conflict)
    found = moves(conflict, "status quo")
    assert found.drawing is not None
    assert shows in (None, found.drawing.shows)
    seq = StateTable(conflict).stability([concept("SEQ")])[0].equilibria("SEQ")
    concepts = [{"key": one.key} for one in all_concepts()]
    expected = Figures(space, parties_of(conflict), {"equilibria": {}, "concepts": concepts}, {"SEQ": seq}).states()
    assert expected is not None
    assert bare(found.drawing.svg) == bare(str(expected.svg))
    assert (found.drawing.title, found.drawing.caption, found.under) == (expected.heading, expected.caption, "SEQ")
    assert "style=" not in found.drawing.svg
    numbers = set(map(int, re.findall(r'data-state="(\d+)"', found.drawing.svg)))
    ends = re.findall(r'data-mover="([^"]*)" data-from="(\d+)" data-to="(\d+)"', found.drawing.svg)
    assert ends
    for mover, start, end in ends:
        pair = {space.state(int(start)), space.state(int(end))}
        assert any(pair == {a, b} for a in pair for b in space.moves(mover, a))
        assert {int(start), int(end)} <= numbers
    if found.drawing.shows == "whole":
        assert numbers == set(range(1, space.states.count + 1))


def test_a_drawing_of_one_state_is_given_where_it_is_asked_for() -> None:
    found = moves("elmira", 4, drawn="state", under="Nash")
    assert found.drawing is not None
    assert (found.drawing.shows, found.drawing.title, found.under) == ("state", "Moves from state 4", "Nash")
    assert "All states together could not be read" not in found.drawing.caption
    assert "status quo" not in found.drawing.caption
    unmarked = moves("elmira", 4, under=None)
    assert unmarked.drawing is not None
    assert unmarked.under is None
    assert "equilibrium" not in unmarked.drawing.caption
    assert moves("elmira", 4, drawn="none").drawing is None


# -- standing ----------------------------------------------------------------------------------------------------------
def check_standing(conflict: Conflict, model: PlainModel, number: int) -> None:
    found = standing(conflict, number).standing
    assert found.verdicts == {key: {i: stable(model, i, number) for i in model.decision_makers} for key, stable in DEFINITIONS.items()}
    gone = {(one.by, key) for one in found.leaves for key in one.under}
    assert gone == {(i, key) for key, stays in found.verdicts.items() for i, stay in stays.items() if not stay}
    assert all(one.to in model.improvements(one.by, number) for one in found.leaves)
    better = [t for t in model.numbers if all(model.better(i, t, number) for i in model.decision_makers)]
    some = [t for t in model.numbers if any(model.better(i, t, number) for i in model.decision_makers)]
    unharmed = [t for t in some if all(model.at_least(i, t, number) for i in model.decision_makers)]
    assert (found.better_for_all, found.worse_for_none) == (len(better), len(unharmed))
    assert {i: set(gains) for i, gains in found.improvements.items()} == {i: model.improvements(i, number) for i in model.decision_makers}


def test_standing_is_what_the_second_statement_says() -> None:
    for _, conflict in drawn("standing", 30):
        model = plain_model(conflict)
        for number in model.numbers:
            check_standing(conflict, model, number)


def test_of_the_status_quo_it_says_what_the_analysis_says() -> None:
    for name in ("elmira", "shared-lake", "euphrates-1975"):
        assert standing(name, "status quo").standing == analyze(name).status_quo, name


def test_verdicts_where_states_are_not_listed_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = Shape(most_options=5, most_states=16, merged=0.0, kinds=UNLISTED)
    asked = [(conflict, rng.choice(StateSpace(conflict).states.first(16))) for rng, conflict in drawn("unlisted", 8, shape)]
    listed = [standing(conflict, StateSpace(conflict).choice(state)).standing for conflict, state in asked]
    monkeypatch.setattr(verdicts, "MAX_OPTIONS", 0)
    for (conflict, state), expected in zip(asked, listed, strict=True):
        found = standing(conflict, StateSpace(conflict).choice(state))
        assert found.standing.verdicts == expected.verdicts
        assert found.not_known == ()
        assert found.conflict.numbering == "combinations"


def test_rows_where_states_are_not_listed_are_the_known_states_without_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabling, "MAX_OPTIONS", 0)
    found = states("gaza-hostage-talks")
    names = {named.name for named in cases.load("gaza-hostage-talks").named_states}
    assert names
    assert {row.name for row in found.rows} - {None} == names
    assert [row.status_quo for row in found.rows].count(True) == 1
    assert all(row.equilibrium_under is None and row.leavers is None and not row.rank for row in found.rows)
    assert (found.total, found.equilibria, found.place) == (None, None, None)
    assert found.conflict.numbering == "combinations"
    assert len(states("gaza-hostage-talks", offset=1, limit=1).rows) == 1


# -- the documents -----------------------------------------------------------------------------------------------------
def test_documents_are_as_their_schemas_say() -> None:
    for document, type_ in (
        (states("elmira", find=3), StatesDocument),
        (states_file("elmira"), TableFileDocument),
        (states_file("elmira", format="parquet"), TableFileDocument),
        (moves("elmira", 5), MovesDocument),
        (standing("elmira", 5), StandingDocument),
    ):
        data = json.loads(document.json_text())
        jsonschema.validate(data, type_.json_schema())
        assert type_.model_validate(data) == document


def test_sim_among_very_many_states_waits_until_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(**more: Any) -> Any:
        return states(elmira, **more)

    elmira = replace(cases.load("elmira"), title="not asked about yet")
    whole = asked(under="SIM").equilibria["SIM"]
    elmira = replace(elmira, title="nor is this")
    monkeypatch.setattr(state_table, "MOST_AT_ONCE", 8)  # of nine states
    found = asked()
    assert [(one.under, one.limit) for one in found.not_known] == [("SIM", True)]
    assert "asked for by name" in found.not_known[0].reason
    assert "SIM" not in found.equilibria
    assert {row.id for row in found.rows if "SIM" in row.equilibrium_under} == set()
    assert [(one.under, one.by) for one in standing(elmira, 1).not_known] == [("SIM", None)]
    assert len(found.concepts) == 6
    for first in ({"under": "SIM"}, {"under": ["SEQ", "SIM"]}, {"order": "SIM"}, {"order": "concept/SIM"}):
        elmira = replace(elmira, title=f"asked {first}")
        assert asked(**first).equilibria["SIM"] == whole
        again = asked()
        assert (again.equilibria["SIM"], again.not_known) == (whole, ())  # what was found is told to everybody
        assert standing(elmira, 1).not_known == ()
    monkeypatch.setattr(state_table, "MOST_AT_ONCE", 9)
    elmira = replace(elmira, title="of nine states")
    assert asked().equilibria["SIM"] == whole
