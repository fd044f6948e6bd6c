"""Parquet files hold every state as the analysis has it, whole or not at all, and are read back with pyarrow."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, cast

import pytest

from detente import cases
from detente.analysis.stability import StabilityTable, analyse
from detente.app import parquet, rows
from detente.app.analyzing import analyze
from detente.app.parquet import column_names, write_rows
from detente.app.rows import ListedRows, MemberRows
from detente.app.wanted import TableFile, Wanted
from detente.concepts.registry import all_concepts, concept
from detente.engines.single import SingleEngine
from detente.errors import ConflictError, LimitError, MissingExtra, UsageError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.preference.order import Order
from detente.space.states import StateSpace
from detente.testing.models import Shape, random_conflict
from tests.conformance.seeds import FIXED, fresh

if TYPE_CHECKING:
    from detente.space.members import Members


def read(path: Path) -> Any:
    return importlib.import_module("pyarrow.parquet").read_table(path)


def table_of(space: StateSpace) -> StabilityTable:
    return analyse(space, all_concepts(), SingleEngine(space))


def expected(space: StateSpace, table: StabilityTable, state: int) -> dict[str, Any]:
    """The row of one state, from what is said of single states."""
    row: dict[str, Any] = {"state": space.number(state)}
    for option, letter in zip(space.conflict.options, space.choice(state), strict=True):
        row[option.key] = {"Y": True, "N": False, "-": None}[letter]
    row |= {f"rank:{dm.key}": Order(space, dm.key).ranks[state] for dm in space.conflict.decision_makers}
    row |= {f"equilibrium:{key}": table.equilibria(key).contains(state) for key in table.stable}
    return row | {f"leaves:{key}": list(table.leaving(key, state)) for key in table.stable}


@pytest.mark.parametrize("seed", [FIXED, fresh()])
def test_every_state_is_a_row(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "PORTION", 8)
    for number in range(12):
        space = StateSpace(random_conflict(Random(f"{seed} rows {number}"), Shape(merged=0.4)))
        table = table_of(space)
        file = tmp_path / f"{number}.parquet"
        count, size = write_rows(file, ListedRows(space, table.stable), list(table.stable), engine=table.engine)
        assert (count, size) == (space.states.count, file.stat().st_size)
        assert read(file).to_pylist() == [expected(space, table, state) for state in space.states.each()], number


def test_only_states_that_meet_a_condition(tmp_path: Path) -> None:
    space = StateSpace(cases.load("elmira"))
    table, condition = table_of(space), parse_formula("Insist and not Abandon")
    write_rows(tmp_path / "some.parquet", ListedRows(space, table.stable, condition), list(table.stable), engine="single")
    found = read(tmp_path / "some.parquet").to_pylist()
    assert found == [expected(space, table, state) for state in space.states.where(condition).each()]


def test_a_space_that_is_not_listed_gives_the_members_of_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "FEW", 3)
    conflict = random_conflict(Random("unlisted rows"), Shape(most_options=6, merged=0, kinds=("prefers", "weights")))
    listed, space = StateSpace(conflict), StateSpace(conflict, list_up_to=0)
    table = table_of(listed)
    sets = [table.equilibria(key) for key in table.stable]
    stable = {key: dict(one) for key, one in table.stable.items()}
    del stable["SIM"][conflict.decision_makers[0].key]
    write_rows(tmp_path / "large.parquet", MemberRows(space, stable, sets), list(stable), engine="some")
    found = read(tmp_path / "large.parquet")
    states = sorted({state for one in sets for state in one.each()})
    assert found["state"].to_pylist() == [state + 1 for state in states]
    for row, state in zip(found.to_pylist(), states, strict=True):
        assert all(row[option.key] == bool(state >> place & 1) for place, option in enumerate(conflict.options))
        assert all(tuple(row[f"rank:{dm.key}"]) == Order(listed, dm.key).key(state) for dm in conflict.decision_makers)
        assert row["equilibrium:SEQ"] == table.equilibria("SEQ").contains(state)
        assert row["leaves:SEQ"] == list(table.leaving("SEQ", state))
        assert row["leaves:SIM"] is None
        somebody_leaves = any(not one.contains(state) for one in stable["SIM"].values())
        assert row["equilibrium:SIM"] is (False if somebody_leaves else None)


def test_numbers_of_any_size(tmp_path: Path) -> None:
    options = tuple(Option(f"x{k}", "x", ("A",)) for k in range(70))
    space = StateSpace(Conflict("many", (DecisionMaker("A", "A"),), options))
    few = cast("Members", _Few(space, (0, 1 << 69)))
    write_rows(tmp_path / "many.parquet", MemberRows(space, {}, [few]), [], engine="none")
    assert read(tmp_path / "many.parquet")["state"].to_pylist() == ["1", str((1 << 69) + 1)]


class _Few:
    """Two states of a space of any size."""

    def __init__(self, space: StateSpace, states: tuple[int, ...]) -> None:
        self.space, self.states, self.count = space, states, len(states)

    def each(self) -> Any:
        return iter(self.states)


def test_the_metadata_tell_the_conflict(tmp_path: Path) -> None:
    document = analyze("elmira", under="Nash,SEQ", wanted=Wanted(table=TableFile(str(tmp_path / "a.parquet"))))
    found = read(tmp_path / "a.parquet")
    about = json.loads(found.schema.metadata[b"detente"])
    assert about["digest"] == document.conflict.digest
    assert (about["schema"], about["detente"], about["concepts"]) == ("detente.states/1", document.detente, ["Nash", "SEQ"])
    assert document.table is not None
    assert (document.table.rows, document.table.bytes) == (9, (tmp_path / "a.parquet").stat().st_size)
    numbers = [row["state"] for row in found.to_pylist() if row["equilibrium:SEQ"]]
    assert tuple(numbers) == document.equilibria["SEQ"]
    assert found.schema.field("Modify").metadata == {b"kind": b"option", b"key": b"Modify", **_place(found, "Modify")}


def _place(found: Any, name: str) -> dict[bytes, bytes]:
    """What Parquet itself adds to the description of a column."""
    return {key: value for key, value in found.schema.field(name).metadata.items() if key.startswith(b"PARQUET")}


def test_without_a_file_nothing_is_said_of_one() -> None:
    assert "table" not in analyze("elmira", under="Nash").data()


def test_an_option_with_the_name_of_another_column() -> None:
    options = tuple(Option(key, key, ("A",)) for key in ("state", "option:state", "rank:A"))
    names = column_names(Conflict("names", (DecisionMaker("A", "A"),), options), ["SEQ"])
    assert len(set(names.values())) == len(names)
    assert names["state", ""] == "state"
    assert names["rank", "A"] == "rank:A"
    assert names["option", "state"] == "option:state"


def test_too_many_rows_are_counted_before_any_is_written(tmp_path: Path) -> None:
    with pytest.raises(LimitError, match=r"S342.*9 rows.*at most 8"):
        analyze("elmira", under="Nash", wanted=Wanted(table=TableFile(str(tmp_path / "a.parquet"), limit=8)))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    file.write_text("mine")
    with pytest.raises(UsageError, match="U415"):
        analyze("elmira", under="Nash", wanted=Wanted(table=TableFile(str(file))))
    assert file.read_text() == "mine"
    analyze("elmira", under="Nash", wanted=Wanted(table=TableFile(str(file), force=True)))
    assert read(file).num_rows == 9


@pytest.mark.parametrize("problem", [KeyboardInterrupt, MemoryError])
def test_an_interruption_leaves_nothing(problem: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "PORTION", 8)
    monkeypatch.setattr(parquet, "GROUP", 1)
    space, told = StateSpace(cases.load("elmira")), []

    def progress(text: str) -> None:
        told.append(text)
        if len(told) == 2:
            raise problem

    with pytest.raises(problem):
        write_rows(tmp_path / "a.parquet", ListedRows(space, table_of(space).stable), ["Nash"], engine="single", progress=progress)
    assert told[0].startswith("row ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConflictError, match="F608"):
        analyze("elmira", under="Nash", wanted=Wanted(table=TableFile(str(tmp_path / "no" / "a.parquet"))))


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match="F618") as caught:
        analyze("elmira", under="Nash", wanted=Wanted(table=TableFile(str(tmp_path / "a.parquet"))))
    assert caught.value.diagnostics[0].help == 'install it: pip install "detente[parquet]"'


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are written in groups: with ten times the rows there are ten times the groups."""
    monkeypatch.setattr(parquet, "GROUP", 1 << 10)
    monkeypatch.setattr(rows, "PORTION", 1 << 10)
    space = StateSpace(cases.load("gaza-hostage-talks"))
    table = analyse(space, [concept("Nash")], _engine(space))
    write_rows(tmp_path / "a.parquet", ListedRows(space, table.stable), ["Nash"], engine="array")
    groups = importlib.import_module("pyarrow.parquet").ParquetFile(tmp_path / "a.parquet").metadata
    assert max(groups.row_group(k).num_rows for k in range(groups.num_row_groups)) <= 1 << 10
    assert groups.num_row_groups >= 10


def _engine(space: StateSpace) -> Any:
    from detente.engines.choose import choose

    return choose(space, [concept("Nash")])[0]


def test_rows_of_several_sets_are_counted_at_most(tmp_path: Path) -> None:
    """A state that belongs to several sets is one row, so that only the most there can be is known beforehand."""
    listed = StateSpace(cases.load("euphrates-1975"))
    members = MemberRows(StateSpace(cases.load("euphrates-1975"), list_up_to=0), {}, [listed.states, listed.states])
    with pytest.raises(LimitError, match=f"could have up to {2 * listed.states.count} rows"):
        write_rows(tmp_path / "a.parquet", members, [], engine="none", limit=listed.states.count)
    assert write_rows(tmp_path / "a.parquet", members, [], engine="none")[0] == listed.states.count
