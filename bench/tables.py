"""How long the tables of the workbench take in a conflict of 2^20 states: the first piece, further pieces, other orders, one state.

    python bench/tables.py            # seconds: the first answer, and the median of the following ones
    python bench/tables.py --short    # 2^16 states

Each answer is asserted before its time counts: rows stand in the order of the mover's own comparisons, as many states are better than
the first row as it says, and the verdicts are those of the engine that looks at one state at a time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from random import Random
from statistics import median
from typing import TypeVar

from common import conflict

from detente.analysis.overview import preferred, worse
from detente.app.moving import moves
from detente.app.table_documents import StandingDocument, StatesDocument
from detente.app.tabling import states
from detente.app.verdicts import standing
from detente.concepts.registry import concept
from detente.concepts.witness import is_staying
from detente.engines.single import SingleEngine
from detente.preference.order import Order
from detente.space.states import StateSpace

ROUNDS = 11
"""How many times each thing is asked."""
UNDER = "Nash,SEQ"
Answer = TypeVar("Answer")


def measured(what: str, ask: Callable[[int], Answer], right: Callable[[Answer], None]) -> None:
    """Ask several times, each time about something else; print the first time and the median of the others."""
    taken = []
    for place in range(ROUNDS):
        began = time.perf_counter()
        answer = ask(place)
        taken.append(time.perf_counter() - began)
        right(answer)
    print(f"{what:<44} first {taken[0]:7.3f} s   then {median(taken[1:]):7.3f} s")


def main() -> None:
    """Measure."""
    options = 16 if "--short" in sys.argv else 20
    one, rng = conflict("full", options, 4), Random(7)
    space, total = StateSpace(one), 1 << options
    engine, order = SingleEngine(space, most_reached=300), Order(space, "P1")
    offsets = [rng.randrange(total) for _ in range(ROUNDS)]

    def by_number(found: StatesDocument) -> None:
        assert [row.id for row in found.rows] == list(range(found.offset + 1, min(found.offset + 100, total) + 1))
        state = space.state(found.rows[0].id)
        assert found.rows[0].leavers is not None
        gone = found.rows[0].leavers.get("Nash", ())
        assert gone == tuple(dm for dm in space.masks if not is_staying(engine.verdict(concept("Nash"), dm, state)))

    def by_party(found: StatesDocument) -> None:
        keys = [order.key(space.state(row.id)) for row in found.rows]
        assert keys == sorted(keys, reverse=True)
        first = space.state(found.rows[0].id)
        assert preferred(space, "P1", first).count <= found.offset < total - worse(space, "P1", first).count

    def meeting(found: StatesDocument) -> None:
        assert found.total == total // 4
        assert all(row.choice[1] == "Y" and row.choice[2] == "N" for row in found.rows)

    def verdicts(found: StandingDocument) -> None:
        state = space.state(found.standing.state.id)
        for dm, stays in found.standing.verdicts["Nash"].items():
            assert stays == is_staying(engine.verdict(concept("Nash"), dm, state))

    print(f"{total:,} states, 4 decision makers; a hundred rows at a time, under {UNDER}")
    measured("states by number", lambda k: states(one, offset=offsets[k], under=UNDER), by_number)
    measured("states by preference", lambda k: states(one, order="P1", offset=offsets[k], under=UNDER), by_party)
    measured(
        "states that meet a condition",
        lambda k: states(one, where="o1 and not o2", order="SEQ", offset=offsets[k] // 5, under=UNDER),
        meeting,
    )
    measured("the verdicts on one state", lambda k: standing(one, offsets[k] + 1, under=UNDER), verdicts)

    def counted(place: int) -> int:
        return sum(part.from_.counts["better"] for part in moves(one, offsets[place] + 1).moves)

    expected = iter([sum(len(engine.improvements(dm, offset)) for dm in space.masks) for offset in offsets])

    def improvements(found: int) -> None:
        assert found == next(expected)

    measured("moves from and to one state, with the drawing", counted, improvements)


if __name__ == "__main__":
    main()
