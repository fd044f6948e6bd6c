"""The 78 strict ordinal 2×2 games, generated.

Two decision makers, Row and Column, choose between two ways to act each, and each orders the four outcomes strictly, from 4 (best) to 1.
There are 24 × 24 = 576 ways to do so.  Two that differ only in the names of the ways to act, or of the decision makers, are the
same game; that leaves 78 (Rapoport and Guyer 1966).  "Game" is this literature's word; elsewhere Detente says conflict.

The numbers are Rapoport and Guyer's, as Albrecht, Christianos and Schäfer (2024, section 11.2) list them; that paper was not at hand.
The list was read in an excerpt; the tests show that it names each of the 78 classes once, and that it puts together what belongs
together: in 1 to 21 both decision makers have a dominant choice, in 22 to 57 one has, and in 58 to 78 none.
"""

from __future__ import annotations

import csv
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import TypeAlias

from detente.errors import UsageError
from detente.model.conflict import Conflict, DecisionMaker, NamedState, Option
from detente.model.evidence import Basis, BasisKind, Citation, Evidence, Source
from detente.preference.ranking import StateRanking

Outcome: TypeAlias = tuple[int, int]
"""What an outcome is worth to Row and to Column: 4 for the best, 1 for the worst."""
Game: TypeAlias = tuple[Outcome, Outcome, Outcome, Outcome]
"""The outcomes CC, CD, DC and DD; the first letter is Row's choice, the second Column's."""

CELLS = ("CC", "CD", "DC", "DD")
"""The outcomes of a game, in the order in which they are listed: C is the first way to act, D the second."""
KNOWN_AS = {9: "Deadlock", 12: "Prisoner's dilemma", 39: "Called bluff", 61: "Stag hunt", 66: "Chicken", 69: "Battle of the sexes"}
"""Names of games that have a packaged case of their own, by number."""

_LISTED = """
44,33,22,11 44,33,12,21 44,32,23,11 44,32,13,21 44,31,13,22 44,23,32,11 33,42,24,11 33,42,14,21 33,41,14,22 23,42,14,31 23,41,14,32
22,41,14,33 34,42,23,11 34,42,13,21 34,41,23,12 34,41,13,22 24,42,13,31 24,41,13,32 34,43,12,21 34,43,22,11 24,43,12,31 44,33,21,12
44,33,11,22 44,32,21,13 44,32,11,23 44,23,31,12 44,22,31,13 44,31,22,13 44,31,12,23 44,21,32,13 34,22,13,41 34,21,13,42 34,12,23,41
34,11,23,42 24,32,13,41 24,31,13,42 34,23,12,41 34,13,22,41 24,33,12,41 34,41,22,13 34,41,12,23 33,41,22,14 33,41,12,24 24,41,12,33
32,41,23,14 32,41,13,24 23,41,12,34 22,41,13,34 34,43,21,12 34,43,11,22 34,42,21,13 34,42,11,23 33,42,21,14 33,42,11,24 24,43,11,32
24,42,11,33 23,42,11,34 44,23,11,32 44,22,11,33 44,21,12,33 44,13,31,22 44,12,31,23 44,12,21,33 34,21,12,43 24,31,12,43 33,24,42,11
23,34,42,11 22,34,43,11 22,43,34,11 34,21,42,13 33,21,42,14 32,21,43,14 24,41,32,13 24,31,42,13 23,41,32,14 23,31,42,14 22,41,33,14
22,31,43,14
"""
NUMBERED = tuple(_LISTED.split())
"""The games in the order of their numbers, from 1; two digits an outcome, Row's first."""

VERDICTS = Path(__file__).with_name("2x2.verdicts.csv")
"""The equilibria of every game under every concept, as a statement of the definitions apart from the engines' has found them."""

_SOURCES = (
    Source("rapoport-guyer-1966", "A taxonomy of 2×2 games", "1966", "A. Rapoport and M. Guyer", "journal article", note="Not at hand."),
    Source(
        "albrecht-2024",
        "Multi-Agent Reinforcement Learning, Foundations and Modern Approaches, section 11.2",
        "2024",
        "S. V. Albrecht, F. Christianos and L. Schäfer",
        "book",
        note="Its list of the 78 games, with the numbers of Rapoport and Guyer, was read in an excerpt.",
    ),
)
_ABSTRACT = Basis(BasisKind.ASSUMED, why="an abstract case without a history")


def read_game(text: str) -> Game:
    """A game from its short form.

    Parameters
    ----------
    text
        CC, CD, DC and DD with commas between them; two digits each, what the outcome is worth to Row and to Column.

    Examples
    --------
    >>> read_game("33,14,41,22")
    ((3, 3), (1, 4), (4, 1), (2, 2))
    """
    cc, cd, dc, dd = ((int(pair[0]), int(pair[1])) for pair in text.split(","))
    return cc, cd, dc, dd


def write_game(game: Game) -> str:
    """The short form of a game; the inverse of `read_game`.

    >>> write_game(((3, 3), (1, 4), (4, 1), (2, 2)))
    '33,14,41,22'
    """
    return ",".join(f"{row}{column}" for row, column in game)


def relabelled(game: Game) -> frozenset[Game]:
    """Every game that is the same but for the names: rows exchanged, columns exchanged, decision makers exchanged, in any mixture.

    Four games if the decision makers' places are alike, eight if not.

    >>> len(relabelled(read_game("33,14,41,22"))), len(relabelled(read_game("33,24,41,12")))
    (4, 8)
    """
    found: set[Game] = set()
    cc, cd, dc, dd = game
    for a, b, c, d in ((cc, cd, dc, dd), (dc, dd, cc, cd), (cd, cc, dd, dc), (dd, dc, cd, cc)):
        found.add((a, b, c, d))
        found.add((a[::-1], c[::-1], b[::-1], d[::-1]))
    return frozenset(found)


@cache
def classes() -> tuple[frozenset[Game], ...]:
    """The classes into which the 576 assignments of ranks fall, in the order of their numbers; found by going through all of them.

    >>> len(classes()), sum(len(games) for games in classes())
    (78, 576)
    """
    number = {game: place for place, text in enumerate(NUMBERED) for game in relabelled(read_game(text))}
    found: dict[int, frozenset[Game]] = {}
    for row in permutations((1, 2, 3, 4)):
        for column in permutations((1, 2, 3, 4)):
            cc, cd, dc, dd = zip(row, column, strict=True)
            found.setdefault(number[cc, cd, dc, dd], relabelled((cc, cd, dc, dd)))
    return tuple(found[place] for place in sorted(found))


def number_of(game: Game) -> int:
    """The number of a game, whatever its rows, columns and decision makers are called.

    Raises KeyError if the game is not a strict ordinal one.

    >>> number_of(read_game("22,14,41,33"))
    9
    """
    for number, games in enumerate(classes(), start=1):
        if game in games:
            return number
    raise KeyError(game)


def title(number: int) -> str:
    """The title of the game with a number.

    >>> title(66), title(67)
    ('Strict ordinal 2×2 game 66 (Chicken)', 'Strict ordinal 2×2 game 67')
    """
    return f"Strict ordinal 2×2 game {number}" + (f" ({KNOWN_AS[number]})" if number in KNOWN_AS else "")


def game(number: int) -> Conflict:
    """The game with a number as a conflict of two decision makers, each with one option: to act in the second way.

    Parameters
    ----------
    number
        1 to 78, after Rapoport and Guyer.

    Raises
    ------
    UsageError
        U402 if there is no game with the number.

    Examples
    --------
    >>> [named.name for named in game(12).named_states]
    ['CC', 'CD', 'DC', 'DD']
    """
    if not 1 <= number <= len(NUMBERED):
        raise UsageError.of("U402", f"there is no 2×2 game number {number}", value=str(number), help="they are numbered from 1 to 78")
    outcomes = read_game(NUMBERED[number - 1])
    row, column = "Row-second", "Column-second"
    taken = {cell: frozenset(key for key, choice in ((row, cell[0]), (column, cell[1])) if choice == "D") for cell in CELLS}
    basis = Basis(BasisKind.REPORTED, (Citation("albrecht-2024", f"number {number}"),))
    decision_makers = tuple(
        DecisionMaker(
            name,
            name,
            StateRanking(tuple((taken[cell],) for cell in _best_first(outcomes, who)), basis),
            description="Chooses between two ways to act.",
            basis=_ABSTRACT,
        )
        for who, name in enumerate(("Row", "Column"))
    )
    return Conflict(
        title(number),
        decision_makers,
        (
            Option(row, "Row acts in the second way", ("Row",), basis=_ABSTRACT),
            Option(column, "Column acts in the second way", ("Column",), basis=_ABSTRACT),
        ),
        question="Which of the four outcomes can hold?",
        about=f"Abstract, without a history: {NUMBERED[number - 1]} (what CC, CD, DC and DD are worth to Row and to Column, 4 the best).",
        evidence=Evidence(_SOURCES),
        named_states=tuple(NamedState(cell, taken[cell]) for cell in CELLS),
    )


def expected(number: int) -> str:
    """The expected verdicts of the game with a number, in the language of files of expected verdicts.

    None of them is published as such: they were computed with a second, naive statement of the definitions, which the tests hold the
    engines to.  Raises `UsageError` (U402) if there is no game with the number.

    >>> print(expected(12).splitlines()[-1])
      - {concept: SIM, equilibria: [CC, DD], source: computed with a separately written statement of the definition}
    """
    lines = [f"case: {game(number).title}", "counts: {combinations: 4, feasible: 4, moves: 8}", "verdicts:"]
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[number - 1]
    source = "computed with a separately written statement of the definition"
    for concept in list(row)[2:]:
        states = ", ".join(row[concept].split())
        lines.append(f"  - {{concept: {concept}, equilibria: [{states}], source: {source}}}")
    return "\n".join(lines) + "\n"


def _best_first(game: Game, who: int) -> list[str]:
    worth = {cell: outcome[who] for cell, outcome in zip(CELLS, game, strict=True)}
    return sorted(CELLS, key=worth.__getitem__, reverse=True)


def strict_ordinal_2x2() -> tuple[Conflict, ...]:
    """All strict ordinal 2×2 games, in the order of their numbers.

    >>> len(strict_ordinal_2x2())
    78
    """
    return tuple(game(number) for number in range(1, len(NUMBERED) + 1))
