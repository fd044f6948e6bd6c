"""What does not follow: for each known non-inclusion a model, found by drawing small ones, in which only one of two verdicts holds."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.definitions import attitudes, completions, fuzzy, maximin, metarational, strength, unknown
from tests.definitions.by_sets import FIVE, crisp
from tests.definitions.coalitional import Coalitional
from tests.definitions.drafts import Draft
from tests.definitions.limited import Limited
from tests.definitions.pairs import PairModel, Said, Tabled

Who = str | tuple[str, ...]


def verdict(name: str, pairs: PairModel, who: Who, s: int) -> bool:
    """The verdict of a name: a concept, a reading after a colon, a coalition's concept, or what has a number."""
    model = pairs.model
    if isinstance(who, tuple):
        alone = [(i,) for i in model.decision_makers] if name.endswith("alone") else None
        return Coalitional(model, turns=alone).stable(name.split()[0], who, s)
    key, _, reading = name.partition(":")
    if key.startswith("L") and key[1:].isdigit():
        return Limited(model).stable(who, s, int(key[1:]))
    if key.startswith("Maximin"):
        on = key.endswith("on")
        return not maximin.guarantees_all_the_way(model, who, s, s, 3) if on else maximin.stable(model, who, s, int(key[7:]))
    if key.startswith(("MR", "CMR")):
        return metarational.stable(model, who, s, int(key[-1]), credible=key.startswith("C"))
    if reading in ("possible", "necessary"):
        under = [s in found for found in completions.stable_under(pairs, key, who)]
        return any(under) if reading == "possible" else all(under)
    if reading == "":
        sets = crisp(model)
    elif reading in ("discrete", "neutral"):
        sets = attitudes.sets(
            model, {} if reading == "discrete" else {(i, j): "0" for i in model.decision_makers for j in model.decision_makers}
        )
    elif reading.startswith("level"):
        sets = strength.sets(pairs, int(reading[-1]))
    elif reading.startswith("fuzzy"):
        sets = fuzzy.sets(pairs, dict.fromkeys(model.decision_makers, Fraction(reading[5:])))
    else:
        sets = unknown.sets(pairs, reading)
    return FIVE[key](model, sets, who, s)


APART: list[tuple[str, str, Draft, Said, tuple[Who, int]]] = [
    (
        "Nash:b",
        "Nash:c",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "GMR:b",
        "GMR:c",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "GMR:c",
        "GMR:b",
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2), {"A": (22, 2, 16), "B": (20, 14, 28)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "GMR:b",
        "GMR:a",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "GMR:c",
        "GMR:a",
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2), {"A": (22, 2, 16), "B": (20, 14, 28)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "GMR:d",
        "GMR:b",
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2), {"A": (22, 2, 16), "B": (20, 14, 28)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "GMR:d",
        "GMR:c",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "SMR:b",
        "SMR:c",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "SMR:c",
        "SMR:b",
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2), {"A": (22, 2, 16), "B": (20, 14, 28)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "SMR:b",
        "SMR:a",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "SMR:c",
        "SMR:a",
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2), {"A": (22, 2, 16), "B": (20, 14, 28)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "SMR:d",
        "SMR:b",
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2), {"A": (22, 2, 16), "B": (20, 14, 28)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "SMR:d",
        "SMR:c",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "SEQ:b",
        "SEQ:c",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "SEQ:c",
        "SEQ:b",
        Draft((("A", "only_off"), ("B", "both")), (0, 1, 2), {"A": (3, 1, 1), "B": (1, 3, 3)}),
        {("unknown", "A"): {(2, 3): ()}},
        ("A", 2),
    ),
    (
        "SEQ:b",
        "SEQ:a",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "SEQ:c",
        "SEQ:a",
        Draft((("A", "only_off"), ("B", "both")), (0, 1, 2), {"A": (3, 1, 1), "B": (1, 3, 3)}),
        {("unknown", "A"): {(2, 3): ()}},
        ("A", 2),
    ),
    (
        "SEQ:d",
        "SEQ:b",
        Draft((("A", "only_off"), ("B", "both")), (0, 1, 2), {"A": (3, 1, 1), "B": (1, 3, 3)}),
        {("unknown", "A"): {(2, 3): ()}},
        ("A", 2),
    ),
    (
        "SEQ:d",
        "SEQ:c",
        Draft((("A", "only_on"), ("B", "both")), (0, 1), {"A": (13, 6), "B": (25, 12)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "Nash:d",
        "Nash:necessary",
        Draft((("A", "both"), ("B", "only_off")), (0, 1), {"A": (0, 3), "B": (1, 1)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "Nash:possible",
        "Nash:a",
        Draft((("A", "both"), ("B", "only_off")), (0, 1), {"A": (0, 3), "B": (1, 1)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "Nash:d",
        "Nash:possible",
        Draft((("A", "only_off"), ("A", "both")), (0, 2, 3), {"A": (2, 3, 3), "B": (1, 3, 2)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "Nash:necessary",
        "Nash:a",
        Draft((("B", "only_off"), ("B", "both")), (0, 1, 2), {"A": (0, 3, 2), "B": (3, 3, 3)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "GMR:d",
        "GMR:possible",
        Draft((("A", "only_off"), ("A", "both")), (0, 2, 3), {"A": (2, 3, 3), "B": (1, 3, 2)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "GMR:necessary",
        "GMR:a",
        Draft((("B", "only_off"), ("B", "both")), (0, 1, 2), {"A": (0, 3, 2), "B": (3, 3, 3)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "GMR:possible",
        "GMR:necessary",
        Draft((("A", "both"), ("B", "only_off")), (0, 1), {"A": (0, 3), "B": (1, 1)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "SEQ:a",
        "SEQ:necessary",
        Draft((("B", "both"), ("A", "only_on")), (0, 1, 2), {"A": (3, 2, 3), "B": (1, 0, 0)}),
        {("unknown", "A"): {(1, 3): ()}},
        ("B", 2),
    ),
    (
        "SEQ:d",
        "SEQ:possible",
        Draft((("A", "only_off"), ("A", "both")), (0, 2, 3), {"A": (2, 3, 3), "B": (1, 3, 2)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("A", 1),
    ),
    (
        "SEQ:necessary",
        "SEQ:a",
        Draft((("B", "only_off"), ("B", "both")), (0, 1, 2), {"A": (0, 3, 2), "B": (3, 3, 3)}),
        {("unknown", "B"): {(2, 3): ()}},
        ("B", 2),
    ),
    (
        "SEQ:a",
        "SEQ:possible",
        Draft((("A", "both"), ("B", "only_off")), (0, 1, 2, 3), {"A": (0, 0, 0, 0), "B": (1, 0, 0, 1)}),
        {("unknown", "A"): {(1, 2): ()}},
        ("B", 3),
    ),
    ("GMR:level0", "GMR:level2", Draft((("A", "only_off"), ("B", "both")), (1, 2, 3), {"A": (2, 1, 1), "B": (2, 1, 3)}), {}, ("B", 1)),
    ("SMR:level0", "SMR:level2", Draft((("A", "only_off"), ("B", "both")), (1, 2, 3), {"A": (2, 1, 1), "B": (2, 1, 3)}), {}, ("B", 1)),
    (
        "SEQ:level0",
        "SEQ:level2",
        Draft((("B", "both"), ("A", "only_on"), ("B", "both")), (3, 5, 7), {"A": (0, 0, 1), "B": (2, 1, 3)}),
        {("degree", "B"): {(1, 3): (Fraction(1),)}},
        ("A", 2),
    ),
    (
        "GMR:level2",
        "SMR:level2",
        Draft((("A", "both"), ("B", "only_on")), (0, 1, 2, 3), {"A": (8, 3, 7, 1), "B": (23, 27, 13, 29)}),
        {("degree", "A"): {(2, 3): (Fraction(3),)}},
        ("A", 2),
    ),
    (
        "GMR:level2",
        "SEQ:level2",
        Draft((("A", "only_on"), ("A", "only_on"), ("B", "both"), ("B", "only_on")), (2, 3, 7), {"A": (9, 11, 15), "B": (4, 26, 16)}),
        {("degree", "A"): {(1, 3): (Fraction(3),)}},
        ("A", 1),
    ),
    (
        "SMR:level2",
        "SEQ:level2",
        Draft((("A", "only_on"), ("A", "only_on"), ("B", "both"), ("B", "only_on")), (2, 3, 7), {"A": (9, 11, 15), "B": (4, 26, 16)}),
        {("degree", "A"): {(1, 3): (Fraction(3),)}},
        ("A", 1),
    ),
    (
        "SEQ:level2",
        "SMR:level2",
        Draft((("B", "both"), ("A", "both")), (0, 1, 2, 3), {"A": (1, 0, 0, 1), "B": (1, 0, 0, 1)}),
        {("degree", "A"): {(2, 3): (Fraction(2),)}, ("degree", "B"): {(3, 4): (Fraction(1),)}},
        ("A", 2),
    ),
    ("SMR:level0", "GMR:level2", Draft((("A", "only_off"), ("B", "both")), (1, 2, 3), {"A": (2, 1, 1), "B": (2, 1, 3)}), {}, ("B", 1)),
    (
        "GMR:level2",
        "GMR:level3",
        Draft((("B", "both"), ("A", "both")), (0, 1, 3), {"A": (7, 2, 29), "B": (15, 26, 12)}),
        {("degree", "B"): {(1, 3): (Fraction(2),)}},
        ("B", 1),
    ),
    ("GMR:level0", "GMR:level1", Draft((("A", "both"), ("B", "only_off")), (0, 1, 3), {"A": (1, 1, 0), "B": (0, 1, 0)}), {}, ("B", 3)),
    (
        "GMR:level2",
        "SMR:level0",
        Draft((("B", "both"), ("A", "both")), (0, 1, 2, 3), {"A": (1, 0, 0, 1), "B": (1, 0, 0, 1)}),
        {("degree", "A"): {(2, 3): (Fraction(2),)}},
        ("A", 2),
    ),
    (
        "SEQ:fuzzy9/10",
        "SEQ:fuzzy1/10",
        Draft((("A", "both"), ("B", "only_off")), (0, 1), {"A": (1, 0), "B": (3, 0)}),
        {("certainty", "A"): {(1, 2): (Fraction(1, 5),)}},
        ("A", 1),
    ),
    (
        "SEQ:fuzzy1/10",
        "SEQ:fuzzy9/10",
        Draft(
            (("C", "both"), ("A", "both"), ("B", "both"), ("B", "only_on"), ("B", "both")),
            (19, 26, 27),
            {"A": (1, 3, 3), "B": (0, 0, 1), "C": (2, 3, 2)},
        ),
        {("certainty", "C"): {(2, 3): (Fraction(9, 10),)}},
        ("B", 1),
    ),
    (
        "SMR:fuzzy5/10",
        "SEQ:fuzzy5/10",
        Draft((("B", "only_off"), ("A", "both")), (1, 2, 3), {"A": (1, 0, 3), "B": (2, 0, 0)}),
        {},
        ("A", 1),
    ),
    (
        "SEQ:fuzzy5/10",
        "SMR:fuzzy5/10",
        Draft((("B", "only_off"), ("A", "both")), (0, 1, 2, 3), {"A": (3, 2, 2, 3), "B": (2, 3, 3, 1)}),
        {},
        ("A", 2),
    ),
    ("Nash", "Nash:discrete", Draft((("B", "only_on"), ("A", "only_on")), (1, 3), {"A": (2, 2), "B": (1, 3)}), {}, ("A", 1)),
    ("GMR", "GMR:discrete", Draft((("B", "only_on"), ("A", "only_on")), (1, 3), {"A": (2, 2), "B": (1, 3)}), {}, ("A", 1)),
    ("SMR", "SMR:discrete", Draft((("B", "only_on"), ("A", "only_on")), (1, 3), {"A": (2, 2), "B": (1, 3)}), {}, ("A", 1)),
    ("SEQ", "SEQ:discrete", Draft((("B", "only_on"), ("A", "only_on")), (1, 3), {"A": (2, 2), "B": (1, 3)}), {}, ("A", 1)),
    ("SEQ:discrete", "SEQ", Draft((("B", "both"), ("A", "both")), (0, 1, 2), {"A": (11, 0, 10), "B": (28, 28, 25)}), {}, ("A", 3)),
    ("CGMR", "CSMR", Draft((("A", "both"), ("B", "both")), (0, 1, 2, 3), {"A": (1, 0, 0, 1), "B": (0, 0, 1, 1)}), {}, (("A",), 2)),
    ("CGMR", "CSEQ", Draft((("A", "both"), ("B", "only_off")), (0, 1, 3), {"A": (1, 3, 1), "B": (0, 1, 0)}), {}, (("B",), 3)),
    ("CSMR", "CNash", Draft((("B", "both"), ("A", "both")), (1, 2, 3), {"A": (1, 0, 0), "B": (0, 0, 1)}), {}, (("B",), 2)),
    ("CSMR", "CSEQ", Draft((("A", "both"), ("B", "only_off")), (0, 1, 3), {"A": (1, 3, 1), "B": (0, 1, 0)}), {}, (("B",), 3)),
    ("CSEQ", "CSMR", Draft((("A", "both"), ("B", "both")), (0, 1, 2, 3), {"A": (1, 0, 0, 1), "B": (0, 0, 1, 1)}), {}, (("A",), 2)),
    (
        "CSEQ",
        "CSEQ alone",
        Draft(
            (("A", "both"), ("C", "both"), ("C", "both"), ("A", "both"), ("B", "both")),
            (0, 1, 2, 11, 17, 24),
            {"A": (0, 0, 3, 3, 0, 2), "B": (2, 3, 0, 2, 0, 1), "C": (1, 0, 3, 1, 1, 1)},
        ),
        {},
        (("B",), 5),
    ),
    ("SMR", "Maximin3 on", Draft((("B", "only_on"), ("A", "both")), (0, 1, 3), {"A": (3, 3, 1), "B": (2, 3, 1)}), {}, ("B", 1)),
    ("L2", "L1", Draft((("A", "only_on"), ("B", "only_on")), (0, 1, 3), {"A": (15, 20, 7), "B": (11, 9, 13)}), {}, ("A", 1)),
    ("L3", "L2", Draft((("B", "both"), ("A", "both")), (0, 1, 2, 3), {"A": (3, 2, 2, 2), "B": (2, 3, 1, 1)}), {}, ("B", 4)),
    ("L2", "L3", Draft((("B", "only_off"), ("A", "both")), (0, 1, 2, 3), {"A": (3, 2, 2, 3), "B": (2, 3, 3, 1)}), {}, ("A", 2)),
    ("L1", "L2", Draft((("A", "only_on"), ("B", "both")), (0, 1, 2), {"A": (2, 3, 3), "B": (1, 3, 1)}), {}, ("B", 3)),
    ("L3", "L1", Draft((("A", "only_on"), ("B", "only_on")), (0, 1, 3), {"A": (15, 20, 7), "B": (11, 9, 13)}), {}, ("A", 1)),
    ("L1", "L3", Draft((("A", "only_on"), ("B", "both")), (0, 1, 2), {"A": (2, 3, 3), "B": (1, 3, 1)}), {}, ("B", 3)),
    ("MR2", "L2", Draft((("B", "only_on"), ("A", "both")), (0, 1, 3), {"A": (3, 3, 1), "B": (2, 3, 1)}), {}, ("B", 1)),
    ("MR3", "L3", Draft((("B", "only_on"), ("A", "both")), (0, 1, 3), {"A": (3, 3, 1), "B": (2, 3, 1)}), {}, ("B", 1)),
    ("SEQ", "L2", Draft((("A", "only_on"), ("B", "both")), (0, 1, 2), {"A": (2, 3, 3), "B": (1, 3, 1)}), {}, ("B", 3)),
    ("MR2", "MR4", Draft((("B", "only_off"), ("A", "both")), (0, 1, 2, 3), {"A": (3, 2, 2, 3), "B": (2, 3, 3, 1)}), {}, ("A", 2)),
    ("MR4", "MR3", Draft((("A", "both"), ("B", "both")), (0, 1, 2, 3), {"A": (12, 22, 20, 11), "B": (12, 16, 27, 5)}), {}, ("A", 1)),
    ("MR6", "MR5", Draft((("A", "both"), ("B", "both")), (0, 1, 2, 3), {"A": (12, 22, 20, 11), "B": (12, 16, 27, 5)}), {}, ("A", 1)),
    (
        "MR5",
        "MR3",
        Draft((("A", "both"), ("B", "only_on"), ("B", "both")), (0, 1, 2, 3, 4), {"A": (0, 0, 1, 2, 1), "B": (1, 0, 0, 2, 0)}),
        {},
        ("B", 5),
    ),
    ("CMR4", "CMR3", Draft((("B", "both"), ("A", "both")), (0, 1, 2, 3), {"A": (4, 25, 13, 21), "B": (29, 8, 14, 19)}), {}, ("B", 3)),
    ("CMR2", "CMR4", Draft((("B", "only_off"), ("A", "both")), (0, 1, 2, 3), {"A": (3, 2, 2, 3), "B": (2, 3, 3, 1)}), {}, ("A", 2)),
    ("MR3", "CMR3", Draft((("B", "only_on"), ("A", "both")), (0, 1, 3), {"A": (3, 3, 1), "B": (2, 3, 1)}), {}, ("B", 1)),
    ("MR4", "CMR4", Draft((("B", "only_on"), ("A", "both")), (0, 1, 3), {"A": (3, 3, 1), "B": (2, 3, 1)}), {}, ("B", 1)),
    ("GMR:neutral", "Nash:neutral", Draft((("AB", "both"),), (0, 1), {"A": (0, 1), "B": (1, 0)}), {}, ("A", 1)),
]


@pytest.mark.parametrize(("holding", "failing", "draft", "table", "where"), APART, ids=[f"{one[0]} and not {one[1]}" for one in APART])
def test_not_included(holding: str, failing: str, draft: Draft, table: Said, where: tuple[Who, int]) -> None:
    pairs = Tabled(draft.build(), table)
    assert verdict(holding, pairs, *where)
    assert not verdict(failing, pairs, *where)
