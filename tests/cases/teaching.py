"""The teaching cases, typed in a second time for the second statement of the definitions."""

from __future__ import annotations

from collections.abc import Sequence

from tests.definitions.formulas import Formula
from tests.definitions.plain import PlainModel
from tests.definitions.preferences import ranking, statements

NORTH: list[Formula] = [("not", "S-advance"), "N-withdraw", ("not", "N-advance"), "S-withdraw"]
"""What North prefers, as the file writes it and as North sees it."""
SOUTH: list[Formula] = [("not", "N-advance"), "S-withdraw", ("not", "S-advance"), "N-withdraw"]
"""What South prefers, as the file writes it and as South sees it."""
SOUTH_FEARED: list[Formula] = [("if", "S-advance", "N-withdraw"), *SOUTH]
"""South, as North sees it."""
NORTH_FEARED: list[Formula] = [("if", "N-advance", "S-withdraw"), *NORTH]
"""North, as South sees it."""


def neighbours(north: list[Formula] = NORTH, south: list[Formula] = SOUTH) -> PlainModel:
    """Two neighbours who hold, withdraw or advance their posts; as the file writes it, or as somebody sees it."""
    return PlainModel(
        options=[(f"{who[0]}-{what}", [who], "both") for who in ("North", "South") for what in ("withdraw", "advance")],
        decision_makers=["North", "South"],
        infeasible=lambda c: (c["N-withdraw"] and c["N-advance"]) or (c["S-withdraw"] and c["S-advance"]),
        prefers={"North": statements(north), "South": statements(south)},
    )


def resolve(district: Sequence[int | Sequence[int]]) -> PlainModel:
    """An operator and a district, whose ranking is one of those that are not ruled out."""
    return PlainModel(
        options=[("Resume", ["Operator"], "both"), ("Object", ["District"], "both")],
        decision_makers=["Operator", "District"],
        prefers={"Operator": ranking([2, 1, 3, 4]), "District": ranking(district)},
    )


def lake() -> PlainModel:
    """A town and an estate that draw on one lake, without degrees."""
    return PlainModel(
        options=[("T-more", ["Town"], "both"), ("E-more", ["Estate"], "both")],
        decision_makers=["Town", "Estate"],
        prefers={"Town": ranking([2, 1, 4, 3]), "Estate": ranking([3, 1, 4, 2])},
    )


def quarry(minds: Formula | None = ("not", "Object"), *, objects: bool = True, for_good: bool = False) -> PlainModel:
    """A quarry and a village: what the quarry minds, whether the village would object, whether an objection stands for good."""
    peace: list[Formula] = [("if", "Object", "Open"), ("not", "Object")]
    return PlainModel(
        options=[("Open", ["Quarry"], "both"), ("Object", ["Village"], "only_on" if for_good else "both")],
        decision_makers=["Quarry", "Village"],
        prefers={
            "Quarry": statements([*([] if minds is None else [minds]), "Open"]),
            "Village": statements([("not", "Open"), *(peace if objects else reversed(peace))]),
        },
    )


def markets() -> PlainModel:
    """Two villages that chase one another's market day, and a county that can settle it."""
    one_day: Formula = ("iff", "H-Sunday", "V-Sunday")
    return PlainModel(
        options=[("H-Sunday", ["Hill"], "both"), ("V-Sunday", ["Valley"], "both"), ("Settled", ["County"], "only_on")],
        decision_makers=["Hill", "Valley", "County"],
        prefers={
            "Hill": statements([("or", "Settled", one_day)]),
            "Valley": statements([("or", "Settled", ("not", one_day))]),
            "County": statements(["Settled"]),
        },
    )
