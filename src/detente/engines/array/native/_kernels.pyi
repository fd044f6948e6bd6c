"""Passes over all states, in C: see kernels.h.

Buffers are contiguous.  Values are unsigned numbers of `size` (1, 2 or 4) bytes; all-ones stands where a combination cannot occur, and
greater values are preferred.  The number turned around (all its bits changed, but all-ones as it is) makes a least of a greatest.
"""

from typing import final

from typing_extensions import Buffer

@final
class Schedule:
    """In which order the rows of a fibre take over values; a fibre are the combinations that differ in the mover's own options alone.

    `strategies` has 32 bits for each row: the mover's options taken in it; `only_on` and `only_off` are those that can only be taken, or
    only be given up.  `codes` has 32 bits for each context and row and makes it a schedule of improvements: from a row to those with a
    greater code.  Without it the schedule is of any moves.
    """

    def __new__(cls, strategies: Buffer, only_on: int, only_off: int, codes: Buffer | None = None) -> Schedule: ...
    def figures(self) -> tuple[int, int, int]: ...

def cube(
    size: int,
    source: Buffer,
    target: Buffer,
    n: int,
    own: int,
    schedule: Schedule,
    bits: Buffer = b"",
    weights: Buffer = b"",
    context: int = 0,
    hidden: Buffer | None = None,
    turn: bool = False,
    marks: Buffer | None = None,
    me: int = 0,
    ranks: Buffer | None = None,
) -> bool: ...
def judge(size: int, values: Buffer, ranks: Buffer, n: int, own: int, schedule: Schedule, hidden: Buffer | None, out: Buffer) -> None: ...
def rows(
    size: int,
    source: Buffer,
    target: Buffer,
    outer: int,
    rows: int,
    inner: int,
    schedule: Schedule,
    outer_context: Buffer | None = None,
    inner_context: Buffer | None = None,
    hidden: Buffer | None = None,
    turn: bool = False,
    ranks: Buffer | None = None,
) -> bool: ...
def judge_rows(
    size: int,
    values: Buffer,
    ranks: Buffer,
    outer: int,
    rows: int,
    inner: int,
    schedule: Schedule,
    hidden: Buffer | None,
    out: Buffer,
) -> None: ...
def truth(program: bytes, first: int, out: Buffer) -> None: ...
def codes(size: int, programs: tuple[bytes, ...], first: int, feasible: Buffer | None, out: Buffer) -> None: ...
def threads() -> int: ...
def vectors(name: str = ...) -> str: ...
