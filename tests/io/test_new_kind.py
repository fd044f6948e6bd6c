"""A further kind of preference takes one file: reader, writer and JSON Schema learn of it from its own module."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MODULE = '''
"""Lexicographic wishes about single options, with a sign."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from detente.errors import ConflictError
from detente.model.formula import Formula, Not, Taken
from detente.model.preference import Criterion, Meets, Preference
from detente.model.shape import Field, Noun, Table, Word


@dataclass(frozen=True, slots=True)
class Wishes(Preference):
    """Options in order, each wanted or not."""

    kind: ClassVar[str] = "wishes"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("wishes", Table(Noun.OPTION, Word((("wanted", True), ("unwanted", False))), new=False), "Options in order.", required=True),
    )
    wishes: tuple[tuple[str, bool], ...]

    def __post_init__(self) -> None:
        if not self.wishes:
            raise ConflictError.of("P209", "nobody wishes for nothing", help="wish for something")

    def criteria(self) -> tuple[Criterion, ...]:
        """One criterion for each option."""
        return tuple(Meets(Taken(key) if wanted else Not(Taken(key))) for key, wanted in self.wishes)

    def map_formulas(self, change: Callable[[Formula], Formula], options: Callable[[str], str]) -> Preference:
        """The same wishes under other keys."""
        return Wishes(tuple((options(key), wanted) for key, wanted in self.wishes))
'''
PROGRAM = '''
import sys
import detente.preference
detente.preference.__path__.append(sys.argv[1])
from jsonschema import Draft7Validator
from detente import io
from detente.errors import ConflictError
from detente.io.schema import schema
from detente.io.writer import conflict_data
from detente.model.edit import RenameOption

text = """detente: 1
title: t
decision makers:
  A:
    options: {x: , y: }
    wishes: {y: wanted, x: unwanted}
"""
conflict = io.loads(text).conflict
assert conflict.decision_makers[0].preference.criteria()
assert io.loads(io.dumps(conflict)).conflict == conflict
assert Draft7Validator(schema()).is_valid(conflict_data(conflict))
assert not Draft7Validator(schema()).is_valid({**conflict_data(conflict), "decision makers": {"A": {"wishes": {"x": "no"}}}})
assert "wishes" in io.dumps(RenameOption("x", "z").apply(conflict))
two = "{y: wanted}\\n    weights: {x: 1}"
for wrong, codes in [("{y: wante}", ["M116"]), ("{w: wanted}", ["M104"]), ("{}", ["P209"]), (two, ["P209"])]:
    try:
        io.loads(text.replace("{y: wanted, x: unwanted}", wrong))
    except ConflictError as problem:
        found = problem.diagnostics
    assert [d.code for d in found] == codes, found
    assert found[0].where.line == 6 or "weights" in wrong
print("ok")
'''


def test_a_new_kind_of_preference_takes_one_file(tmp_path: Path) -> None:
    (tmp_path / "wishes.py").write_text(MODULE, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.stdout == "ok\n", done.stderr
