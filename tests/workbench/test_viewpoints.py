"""The viewpoints of a file, for the page to choose from."""

from __future__ import annotations

from detente import cases
from tests.workbench.served import Served, asked


def test_they_are_those_of_the_file(bench: Served) -> None:
    told = bench.post("viewpoints", asked("gaza-hostage-talks")).data
    found = [(one["key"], one["name"], one["whose"]) for one in told["viewpoints"]]
    assert found == [(one.key, one.name, one.whose) for one in cases.load("gaza-hostage-talks").viewpoints]
    assert found
    assert bench.post("viewpoints", asked("elmira")).data["viewpoints"] == []
