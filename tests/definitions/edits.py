"""Edits of ordered lists of statements, one after the other: move one, drop one, reverse one, add one from a list.

Each statement keeps its name through all edits, so that it can be said what was done to which; the reversed one is (name, True).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .formulas import Formula
from .plain import PlainModel
from .preferences import statements

Token = tuple[str, bool]
"""A statement by name, and whether it is reversed."""

Listed = tuple[Token, ...]
Done = tuple[str, str]
"""(statement, "up", "down", "drop", "reverse" or "add")."""
What = frozenset[Done]


def one_edit(listed: Listed, added: Sequence[str] = ()) -> Iterator[tuple[Done, int, Listed]]:
    """Every edit of a list: what is done, its size (places moved; one for any other edit), and the list that it gives.

    Statements that may be added are added once and not reversed. A move down by one place is its neighbour's move up by one.
    """
    for p, (name, turned) in enumerate(listed):
        rest = (*listed[:p], *listed[p + 1 :])
        for q in range(len(listed)):
            if q < p or q > p + 1:
                yield (name, "up" if q < p else "down"), abs(p - q), (*rest[:q], (name, turned), *rest[q:])
        yield (name, "drop"), 1, rest
        if name not in added:
            yield (name, "reverse"), 1, (*listed[:p], (name, not turned), *listed[p + 1 :])
    for name in added:
        if name not in {known for known, _ in listed}:
            for q in range(len(listed) + 1):
                yield (name, "add"), 1, (*listed[:q], (name, False), *listed[q:])


@dataclass
class Way:
    """How a list is had: the fewest edits, the least size of so few, and everything that so few can do to which statements."""

    edits: int
    size: int
    whats: set[What] = field(default_factory=set)


def had_by_edits(listed: Listed, most: int, added: Sequence[str] = ()) -> dict[Listed, Way]:
    """Every list that at most so many edits give."""
    found = {listed: Way(0, 0, {frozenset()})}
    paths: list[tuple[Listed, int, What]] = [(listed, 0, frozenset())]
    for edits in range(1, most + 1):
        longer = [(new, size + more, what | {done}) for old, size, what in set(paths) for done, more, new in one_edit(old, added)]
        for new, size, what in longer:
            way = found.setdefault(new, Way(edits, size))
            if way.edits == edits:
                way.size = min(way.size, size)
                way.whats.add(what)
        paths = longer
    return found


def reversed_statement(formula: Formula) -> Formula:
    """The statement that the opposite holds."""
    return formula[1] if isinstance(formula, tuple) and formula[0] == "not" else ("not", formula)


def sort_keys(model: PlainModel, listed: Sequence[Formula], red: Sequence[frozenset[int]] = ()) -> dict[int, tuple[bool, int]]:
    """What the statements say of every state, red lines (the states that cross each) first."""
    key = statements(listed)
    return {state.number: (not any(state.number in crossed for crossed in red), key(state)) for state in model.states}
