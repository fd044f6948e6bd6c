"""Where improvements lead, written to be read and believed: what can be reached from each state, and what is never left.

An improvement is any decision maker's; sequences of them are not limited in who moves when.
"""

from collections.abc import Mapping

from .plain import PlainModel


def reached(model: PlainModel) -> dict[int, set[int]]:
    """For each state, by number, every state that improvements lead to from it, itself included."""
    found = {s: {s} for s in model.numbers}
    changed = True
    while changed:
        changed = False
        for s in model.numbers:
            for dm in model.decision_makers:
                for t in model.improvements(dm, s):
                    if not found[t] <= found[s]:
                        found[s] |= found[t]
                        changed = True
    return found


def ends(model: PlainModel) -> set[frozenset[int]]:
    """The sets of states that improvements do not leave, and of which each leads to all the others."""
    reaches = reached(model)
    return {frozenset(reaches[s]) for s in model.numbers if all(reaches[t] == reaches[s] for t in reaches[s])}


def groups(model: PlainModel) -> dict[frozenset[frozenset[int]], set[int]]:
    """For each set of ends the states, other than ends, that lead to these and to no others."""
    reaches, all_ends = reached(model), ends(model)
    ending = {s for end in all_ends for s in end}
    found: dict[frozenset[frozenset[int]], set[int]] = {}
    for s in model.numbers:
        if s not in ending:
            found.setdefault(frozenset(end for end in all_ends if end <= reaches[s]), set()).add(s)
    return found


def leads(model: PlainModel, one: set[int], other: set[int]) -> Mapping[str, int]:
    """For each decision maker who has one from how many states of one set an improvement leads to a state of another."""
    counts = {dm: sum(1 for s in one if model.improvements(dm, s) & other) for dm in model.decision_makers}
    return {dm: count for dm, count in counts.items() if count}
