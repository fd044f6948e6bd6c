"""`movers:` in conflict files: what it becomes, what is refused, and that it comes back as it was written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from detente.analysis.lint import findings
from detente.errors import ConflictError
from detente.io.files import dumps, loads
from detente.model.digest import digest_of
from detente.model.evidence import BasisKind
from detente.model.mover import Movers, movers_among
from detente.model.renaming import with_renamed_decision_maker
from detente.space.states import StateSpace

BARE = """\
detente: 1
title: Two banks
decision makers:
  North:
    options: {Open: }
    prefers: [Open]
  South:
    options: {Pay: }
    prefers: [Pay]
"""
MOVERS = """\
movers:
  weights: {North: 0.25, South: 2}
  says: the south moves more often
  basis: {assumed: an example}
"""


def test_movers_are_read_and_written_back() -> None:
    conflict = loads(BARE + MOVERS).conflict
    assert conflict.movers is not None
    assert conflict.movers.weights == (("North", Fraction(1, 4)), ("South", Fraction(2)))
    assert (conflict.movers.says, conflict.movers.basis.kind) == ("the south moves more often", BasisKind.ASSUMED)
    assert loads(dumps(conflict)).conflict == conflict
    assert findings(conflict, StateSpace(conflict)) == findings(loads(BARE).conflict, StateSpace(loads(BARE).conflict))


def test_the_digest_is_that_of_the_conflict_where_nothing_is_said_of_movers() -> None:
    plain, said = loads(BARE).conflict, loads(BARE + MOVERS).conflict
    assert plain.digest == digest_of(plain) != said.digest


def test_a_renamed_decision_maker_keeps_their_weight() -> None:
    renamed = with_renamed_decision_maker(loads(BARE + MOVERS).conflict, "South", "Delta")
    assert renamed.movers is not None
    assert dict(renamed.movers.weights) == {"North": Fraction(1, 4), "Delta": Fraction(2)}


def test_of_nobody_who_moves_nothing_is_left() -> None:
    movers = loads(BARE + MOVERS).conflict.movers
    kept = movers_among(movers, frozenset({"South"}))
    assert isinstance(kept, Movers)
    assert kept.weights == (("South", Fraction(2)),)
    assert movers_among(movers, frozenset()) is None
    assert movers_among(None, frozenset({"South"})) is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("North: 0.25", "North: -1", "M140"),
        ("North: 0.25", "North: 1000001", "M140"),
        ("{North: 0.25, South: 2}", "{North: 0, South: 0}", "M176"),
        ("North: 0.25", "West: 1", "M105"),
        ("  basis: {assumed: an example}\n", "", "M115"),
        ("  weights: {North: 0.25, South: 2}\n", "", "M115"),
        ("assumed: an example", "reported: article ¶3", "M120"),
        ("weights: {North: 0.25, South: 2}", "weights: 3", "M114"),
    ],
)
def test_what_can_not_be_read_is_refused(old: str, new: str, code: str) -> None:
    assert old in MOVERS
    with pytest.raises(ConflictError) as problem:
        loads(BARE + MOVERS.replace(old, new))
    assert code in [found.code for found in problem.value.diagnostics]


def test_weights_that_leave_somebody_out_are_found() -> None:
    conflict = loads(BARE + MOVERS.replace("North: 0.25, ", "")).conflict
    assert [found.code for found in findings(conflict, StateSpace(conflict)) if found.element == "movers"] == ["M177"]
