"""Small conflicts made to decide one point each, with the verdicts that follow by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.model.conflict import Conflict, DecisionMaker, Direction, Option
from detente.model.formula import And, Formula, Not, Taken, any_of
from detente.model.rule import Infeasible, Merged, Rule
from detente.preference.ranking import StateRanking


@dataclass(frozen=True, slots=True)
class Known:
    """A conflict, what it shows, and verdicts that are certain.

    Parameters
    ----------
    name
        What it shows.
    conflict
        The conflict.
    verdicts
        For (concept, decision maker, state number) whether the state is stable.
    """

    name: str
    conflict: Conflict
    verdicts: Mapping[tuple[str, str, int], bool]


def _combination(options: tuple[str, ...], number: int) -> frozenset[str]:
    return frozenset(option for place, option in enumerate(options) if number >> place & 1)


def _is(options: tuple[str, ...], number: int) -> Formula:
    return And(tuple(Taken(o) if number >> place & 1 else Not(Taken(o)) for place, o in enumerate(options)))


def _made(
    title: str,
    options: tuple[Option, ...],
    feasible: tuple[int, ...],
    levels: Mapping[str, tuple[int, ...]],
    merged: tuple[int, ...] = (),
) -> Conflict:
    """A conflict from the numbers of its feasible combinations and, for each decision maker, their levels (greater is better)."""
    keys = tuple(option.key for option in options)
    rules: list[Rule] = [Infeasible(Not(any_of(*(_is(keys, number) for number in feasible))))]
    if merged:
        rules.append(Merged(any_of(*(_is(keys, number) for number in merged))))
    parties = []
    states = [number for number in feasible if number not in merged[:-1]]
    for key, scores in levels.items():
        groups = {
            score: [s for s, other in zip(states, scores, strict=True) if other == score] for score in sorted(set(scores), reverse=True)
        }
        ranking = StateRanking(tuple(tuple(_combination(keys, number) for number in group) for group in groups.values()))
        parties.append(DecisionMaker(key, key, ranking))
    return Conflict(title, tuple(parties), options, tuple(rules))


def a_b_a() -> Known:
    """A sanction in which one opponent moves, then another, then the first again.

    F leaves 1 for 2; only J, then K, then J lead on to 5, which F likes less than 1.  Nobody moves twice in a row.
    """
    options = (Option("f", "f", ("F",)), Option("j", "j", ("J",)), Option("j2", "j2", ("J",)), Option("k", "k", ("K",)))
    levels = {"F": (1, 2, 2, 2, 0), "J": (0, 0, 1, 2, 3), "K": (0, 0, 0, 1, 0)}
    verdicts = {("Nash", "F", 1): False, ("SIM", "F", 1): False}
    verdicts |= {(concept, "F", 1): True for concept in ("GMR", "SMR", "SEQ", "SSEQ")}
    return Known("one opponent moves twice, with another in between", _made("A-B-A", options, (0, 1, 3, 11, 13), levels), verdicts)


def not_twice_in_a_row() -> Known:
    """As in `a_b_a`, but two states are merged, and only two moves of J in a row would sanction: F leaves."""
    options = (Option("f", "f", ("F",)), Option("j", "j", ("J",)), Option("j2", "j2", ("J",)), Option("k", "k", ("K",)))
    conflict = _made(
        "not twice in a row", options, (0, 1, 3, 11, 13), {"F": (1, 2, 2, 0), "J": (0, 0, 1, 2), "K": (0, 0, 0, 0)}, merged=(3, 11)
    )
    return Known("nobody moves twice in a row", conflict, {("GMR", "F", 1): False, ("SEQ", "F", 1): False, ("Nash", "J", 4): True})


def back_to_the_start() -> Known:
    """One option of two owners: A takes it, B gives it up again, and a return to the start deters."""
    conflict = _made("back to the start", (Option("x", "x", ("A", "B")),), (0, 1), {"A": (0, 1), "B": (1, 0)})
    stable = {"Nash": False, "GMR": True, "SMR": False, "SEQ": True, "SSEQ": False, "SIM": False}
    return Known("a return to the start counts as a sanction", conflict, {(concept, "A", 1): value for concept, value in stable.items()})


def no_way_back() -> Known:
    """A can take their option and B can only give theirs up: once B has, nothing can be undone."""
    options = (Option("x", "x", ("A",), Direction.ONLY_ON), Option("y", "y", ("B",), Direction.ONLY_OFF))
    conflict = _made("no way back", options, (0, 1, 2, 3), {"A": (1, 2, 3, 4), "B": (0, 0, 0, 1)})
    verdicts = {("Nash", "A", 1): False, ("GMR", "A", 1): False, ("GMR", "A", 3): True, ("SEQ", "A", 3): False, ("Nash", "B", 1): True}
    return Known("one-way options", conflict, verdicts)


def infeasible_on_the_way() -> Known:
    """Changing either of two options alone is infeasible; changing both at once is one move."""
    options = (Option("x", "x", ("A",)), Option("y", "y", ("A",)), Option("z", "z", ("B",)))
    feasible = (0, 3, 4, 7)
    conflict = _made("over the infeasible", options, feasible, {"A": (0, 1, 0, 1), "B": (0, 0, 0, 0)})
    return Known(
        "a move may pass over infeasible combinations", conflict, {("Nash", "A", 1): False, ("Nash", "A", 2): True, ("Nash", "B", 1): True}
    )


def joint_sanction() -> Known:
    """Two others deter an improvement by changing one option each at once, and neither could alone."""
    options = (Option("x", "x", ("A",)), Option("y", "y", ("B",)), Option("z", "z", ("C",)))
    # A gains by x unless both y and z are taken with it; B gains by y and C by z where they stand.
    conflict = _made(
        "joint",
        options,
        tuple(range(8)),
        {"A": (1, 2, 1, 2, 1, 2, 1, 0), "B": (0, 0, 1, 0, 0, 0, 0, 0), "C": (0, 0, 0, 0, 1, 0, 0, 0)},
    )
    return Known("a joint sanction", conflict, {("SIM", "A", 1): True, ("SEQ", "A", 1): False, ("Nash", "A", 1): False})


def all_known() -> tuple[Known, ...]:
    """Every known conflict.

    Examples
    --------
    >>> [known.conflict.title for known in all_known()][:2]
    ['A-B-A', 'not twice in a row']
    """
    return (a_b_a(), not_twice_in_a_row(), back_to_the_start(), no_way_back(), infeasible_on_the_way(), joint_sanction())
