"""Files of states: they hold the rows of the table, in both formats, and nothing that a program would work out."""

from __future__ import annotations

import csv
import importlib
from base64 import b64decode
from io import BytesIO, StringIO

import pytest

from detente import cases
from detente.app import table_files
from detente.app.table_documents import StatesDocument
from detente.app.table_files import states_file
from detente.app.tabling import states
from detente.errors import LimitError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.preference.weighting import OptionWeighting


def cells(document: StatesDocument) -> list[dict[str, str]]:
    """Rows as a file of text gives them."""
    keys, found = [option.key for option in document.options], []
    for row in document.rows:
        assert row.leavers is not None
        assert row.equilibrium_under is not None
        line = {"state": f"{row.id}"}
        line |= {key: {"Y": "1", "N": "0", "-": ""}[letter] for key, letter in zip(keys, row.choice, strict=True)}
        line |= {f"rank:{dm}": f"{rank}" for dm, rank in row.rank.items()}
        for concept_part in document.concepts:
            line[f"equilibrium:{concept_part.key}"] = "1" if concept_part.key in row.equilibrium_under else "0"
            line[f"leaves:{concept_part.key}"] = ";".join(row.leavers.get(concept_part.key, ()))
        found.append(line)
    return found


@pytest.mark.parametrize("name", ["elmira", "north-korea-2017"])
@pytest.mark.parametrize("under", [None, "SEQ,Nash"])
def test_files_hold_the_rows(name: str, under: str | None) -> None:
    conflict = cases.load(name)
    where = f"not {conflict.options[0].key}"
    expected = cells(states(conflict, under=under, where=where, limit=1_000))
    assert expected
    text = states_file(conflict, under=under, where=where)
    assert text.text is not None
    assert list(csv.DictReader(StringIO(text.text))) == expected
    assert (text.rows, text.where, text.base64) == (len(expected), where, None)
    packed = states_file(conflict, format="parquet", under=under, where=where)
    assert packed.base64 is not None
    rows = importlib.import_module("pyarrow.parquet").read_table(BytesIO(b64decode(packed.base64))).to_pylist()
    written_out = [{key: ";".join(v) if isinstance(v, list) else "" if v is None else f"{v:d}" for key, v in row.items()} for row in rows]
    assert written_out == expected


def test_no_cell_of_a_file_is_taken_for_something_to_work_out() -> None:
    options = (Option("=1+1", "x", ("@A",)), Option("-y", "y", ("@A",)))
    text = states_file(Conflict("hostile", (DecisionMaker("@A", "A", OptionWeighting((("=1+1", 1),))),), options), under="Nash").text
    assert text is not None
    header, first, *_ = csv.reader(StringIO(text))
    assert header == ["state", "'=1+1", "'-y", "rank:@A", "equilibrium:Nash", "leaves:Nash"]
    assert first == ["1", "0", "0", "2", "0", "'@A"]


def test_files_that_would_be_too_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_files, "MOST", {"csv": 8, "parquet": 9})
    with pytest.raises(LimitError, match="S342"):
        states_file("elmira")
    assert states_file("elmira", format="parquet").rows == 9
    assert states_file("elmira", where="Accept").rows == 4
    monkeypatch.setattr(table_files, "MAX_OPTIONS", 1)
    with pytest.raises(LimitError, match="S301"):
        states_file("chicken")
