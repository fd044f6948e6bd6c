"""Published conflicts typed in by hand as plain models."""

from collections.abc import Mapping, Sequence

from .drafts import label
from .formulas import Formula
from .plain import Combination, PlainModel, Preference
from .preferences import ranking


def by_label(best_first: Sequence[int]) -> Preference:
    """The strict ranking of states by the labels of their combinations, most preferred first."""
    return lambda state: -best_first.index(label(state.combination))


def elmira() -> PlainModel:
    """Elmira groundwater contamination (Hipel, Fang, Kilgour & Haight 1993; Kilgour, Hipel, Fang & Peng 2001)."""
    return PlainModel(
        options=[
            ("Modify", ["MoE"], "only_on"),
            ("Delay", ["Uniroyal"], "only_off"),
            ("Accept", ["Uniroyal"], "both"),
            ("Abandon", ["Uniroyal"], "only_on"),
            ("Insist", ["Local"], "both"),
        ],
        decision_makers=["MoE", "Uniroyal", "Local"],
        infeasible=lambda c: [c["Delay"], c["Accept"], c["Abandon"]].count(True) != 1,
        merges=[lambda c: c["Abandon"]],
        prefers={
            "MoE": ranking([7, 3, 4, 8, 5, 1, 2, 6, 9]),
            "Uniroyal": ranking([1, 4, 8, 5, 9, 3, 7, 2, 6]),
            "Local": ranking([7, 3, 5, 1, 8, 6, 4, 2, 9]),
        },
    )


CUBAN_RANKINGS = {
    "US": [4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8],
    "USSR": [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8],
}


def no(option: str) -> Formula:
    """The option is not taken."""
    return ("not", option)


AIR, BLOCK, WITHDRAW, ESCALATE = "Air strike", "Blockade", "Withdraw", "Escalate"

CUBAN_STATEMENTS: Mapping[str, Sequence[Formula]] = {
    "US": [
        WITHDRAW,
        no(ESCALATE),
        ("and", no(AIR), WITHDRAW),
        ("and", no(BLOCK), WITHDRAW),
        ("and", AIR, ESCALATE),
        ("and", BLOCK, ESCALATE),
        (
            "or",
            ("and", AIR, no(WITHDRAW)),
            ("and", BLOCK, no(ESCALATE)),
            ("and", AIR, no(ESCALATE)),
            ("and", BLOCK, no(WITHDRAW)),
        ),
        ("and", no(AIR), no(WITHDRAW), no(ESCALATE)),
        ("and", no(BLOCK), no(WITHDRAW), no(ESCALATE)),
    ],
    "USSR": [
        no(ESCALATE),
        ("if", AIR, ESCALATE),
        ("if", BLOCK, ESCALATE),
        ("and", no(AIR), no(ESCALATE)),
        ("and", no(BLOCK), no(ESCALATE)),
        ("or", ("and", BLOCK, WITHDRAW), ("and", no(BLOCK), no(WITHDRAW)), ("and", AIR, WITHDRAW)),
        ("and", BLOCK, no(WITHDRAW), no(ESCALATE)),
        ("and", AIR, no(BLOCK), WITHDRAW, no(ESCALATE)),
    ],
}


def cuban(prefers: Mapping[str, Preference] | None = None, strike: str = "both") -> PlainModel:
    """Cuban missile crisis (Fraser & Hipel 1982, 1984); with strike "only_on" the variant of the GMCR+ example."""
    return PlainModel(
        options=[
            (AIR, ["US"], strike),
            (BLOCK, ["US"], "both"),
            (WITHDRAW, ["USSR"], "both"),
            (ESCALATE, ["USSR"], "both"),
        ],
        decision_makers=["US", "USSR"],
        infeasible=lambda c: c[WITHDRAW] and c[ESCALATE],
        prefers=prefers or {i: by_label(best_first) for i, best_first in CUBAN_RANKINGS.items()},
    )


EUPHRATES_RANKINGS = {"Syria": [1, 3, 6, 2, 4, 5], "Iraq": [2, 4, 6, 1, 5, 3]}


def pattern(release: str, escalate: str, attack: str) -> Formula:
    """The conjunction of Release, Escalate and Attack, each "Y", "N" or "-" (either)."""
    wanted = {"Release": release, "Escalate": escalate, "Attack": attack}
    return ("and", *(name if yes == "Y" else no(name) for name, yes in wanted.items() if yes != "-"))


EUPHRATES_STATEMENTS: Mapping[str, Sequence[Formula]] = {
    "Syria": [pattern("N", "N", "N"), pattern("-", "Y", "-"), pattern("-", "-", "N"), pattern("N", "-", "-")],
    "Iraq": [
        pattern("Y", "N", "N"),
        pattern("N", "N", "Y"),
        pattern("N", "Y", "Y"),
        pattern("N", "N", "N"),
        pattern("Y", "N", "Y"),
    ],
}


def euphrates(prefers: Mapping[str, Preference] | None = None) -> PlainModel:
    """Syria and Iraq over the Euphrates, 1975 (Kinsara 2015; Hipel, Kilgour & Kinsara 2014)."""
    return PlainModel(
        options=[("Release", ["Syria"], "both"), ("Escalate", ["Syria"], "both"), ("Attack", ["Iraq"], "both")],
        decision_makers=["Syria", "Iraq"],
        infeasible=lambda c: c["Release"] and c["Escalate"],
        prefers=prefers or {i: ranking(best_first) for i, best_first in EUPHRATES_RANKINGS.items()},
    )


NORTH_KOREA = {
    "base": ([8, 0, 9, 10, 12, 5, 4, 13, 14, 1, 2, 6], [6, 14, 2, 10, 0, 4, 12, 5, 1, 13, 8, 9]),
    "bloodthirsty": ([8, 9, 0, 10, 13, 12, 5, 4, 1, 2, 14, 6], [6, 14, 4, 12, 5, 13, 2, 0, 10, 1, 9, 8]),
    "deterrence": ([8, 9, 0, 10, 13, 12, 5, 4, 1, 2, 14, 6], [6, 14, 4, 12, 0, 10, 5, 13, 2, 1, 9, 8]),
    "pacifist": ([8, 0, 10, 2, 9, 12, 4, 5, 14, 13, 6, 1], [6, 14, 2, 10, 0, 8, 4, 12, 5, 1, 9, 13]),
}


def north_korea(variant: str, invasion: str) -> PlainModel:
    """United States and North Korea, October 2017 (Z. Jacobi, two articles of November 2017)."""
    us, nk = NORTH_KOREA[variant]
    return PlainModel(
        options=[
            ("Strike", ["US"], "only_on"),
            ("Withdraw", ["US"], "both"),
            ("Invade", ["NK"], invasion),
            ("Disarm", ["NK"], "both"),
        ],
        decision_makers=["US", "NK"],
        infeasible=lambda c: c["Strike"] and c["Withdraw"],
        prefers={"US": by_label(us), "NK": by_label(nk)},
    )


def two_by_two(order: str) -> PlainModel:
    """A strict ordinal 2x2 conflict; "33,14,41,22" gives (row, column), 4 best, at CC, CD, DC and DD."""
    outcomes = order.split(",")

    def at(c: Combination) -> str:
        return outcomes[2 * c["Row defects"] + c["Column defects"]]

    return PlainModel(
        options=[("Row defects", ["Row"], "both"), ("Column defects", ["Column"], "both")],
        decision_makers=["Row", "Column"],
        prefers={
            "Row": lambda state: int(at(state.combination)[0]),
            "Column": lambda state: int(at(state.combination)[1]),
        },
    )


def outcome(combination: Combination) -> str:
    """CC, CD, DC or DD, the row's choice first."""
    return "".join("D" if defects else "C" for defects in combination.values())


def dilemma() -> PlainModel:
    """The prisoner's dilemma: both defect (state 4) though both prefer that neither does (state 1)."""
    return two_by_two("33,14,41,22")
