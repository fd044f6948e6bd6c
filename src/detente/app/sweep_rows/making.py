"""A part of the rows of a sweep, made: the bytes of its Parquet file, the same whoever makes it.

Any process that has Detente can make any part: it is sent the plan once and the number of a part each time, and sends the bytes back.
Whoever asked writes them, so that workers need no common disk.
"""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.analysis.sweep.draw import Numbers
from detente.analysis.sweep.drawing import Valued
from detente.analysis.sweep.rows import MEMORY, Evaluator
from detente.app.sweep_rows.columns import NUMBER, Coding, coding_of, encoded
from detente.app.sweep_rows.plan import SCHEMA, Plan, arrow, versions

LEVEL = 3
"""How hard Zstandard compresses."""


@dataclass(frozen=True, slots=True)
class Made:
    """A part that was made.

    Parameters
    ----------
    number
        Its number, from 0.
    content
        The bytes of its file.
    versions
        The versions that made it; bytes of other versions may be others.
    """

    number: int
    content: bytes
    versions: dict[str, str]


@dataclass
class Maker:
    """Makes the parts of one plan.

    Parameters
    ----------
    plan
        The plan.
    memory
        About how many bytes may be held between two parts; what is made doesn't depend on it.

    Examples
    --------
    >>> from detente.cases import load
    >>> from detente.analysis.sweep.asked import Subject
    >>> from detente.analysis.sweep.rows import Numbered
    >>> conflict = load("elmira")
    >>> profile = tuple((dm.key, "SEQ") for dm in conflict.decision_makers)
    >>> maker = Maker(Plan(Numbered.of(conflict, 10, 1), profile, (Subject("holds"),), 10))
    >>> maker.made(0).content[:4], maker.table(0).to_pylist()
    (b'PAR1', [{'completion': 0, 'holds': False}])
    """

    plan: Plan
    memory: int = MEMORY

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.plan.conflict, dict(self.plan.profile), self.plan.subjects, self.memory)
        self._lock = threading.Lock()

    def made(self, number: int) -> Made:
        """A part by its number, from 0."""
        return Made(number, bytes_of(self.table(number)), versions())

    def table(self, number: int) -> Any:
        """The rows of a part as an Arrow table."""
        start, stop = self.plan.bounds(number)
        numbers = self.plan.sample.numbers(start, stop)
        with self._lock:  # trees grow while they are walked
            columns = self.evaluator.columns(numbers)
        lib, names = arrow()[0], self.plan.names
        arrays = [lib.array(np.arange(start, stop, dtype=np.int64)), *_guessed(lib, self.plan, numbers)]
        arrays += [_array(lib, coding_of(one), column) for one, column in zip(self.plan.subjects, columns, strict=True)]
        about = {"schema": SCHEMA, "title": self.plan.conflict.title, "sweep": self.plan.identity, "part": number}
        metadata = {"detente": json.dumps(about, ensure_ascii=False, sort_keys=True)}
        return lib.Table.from_arrays(arrays, names=list(names.all)).replace_schema_metadata(metadata)


def bytes_of(table: Any) -> bytes:
    """The rows of a part (`table`) as the bytes of a Parquet file: the same for the same rows.

    >>> lib = arrow()[0]
    >>> bytes_of(lib.table({NUMBER: [1], "holds": [True]}))[:4]
    b'PAR1'
    """
    file = io.BytesIO()
    arrow()[1].write_table(
        table,
        file,
        row_group_size=max(1, table.num_rows),
        version="2.6",
        compression="zstd",
        compression_level=LEVEL,
        use_dictionary=table.column_names[1:],
        column_encoding={NUMBER: "DELTA_BINARY_PACKED"},
        write_statistics=True,
        write_page_checksum=True,
        data_page_version="1.0",
        store_schema=True,
    )
    return file.getvalue()


def _guessed(lib: Any, plan: Plan, numbers: Numbers) -> list[Any]:
    """The columns with the alternatives of the guesses."""
    sizes = [len(guess.alternatives) for guess in plan.conflict.guesses]
    return [lib.array(numbers[:, place].astype(np.uint8 if size <= 256 else np.uint16)) for place, size in enumerate(sizes)]


def _array(lib: Any, coding: Coding, column: Valued) -> Any:
    """The column with the values of a conclusion."""
    values = [encoded(coding, value) for value in column.kinds]
    kinds = lib.array(values, type=lib.bool_() if coding == "yes or no" else lib.string())
    return kinds.take(lib.array(column.codes.astype(np.int64)))


# -- elsewhere ---------------------------------------------------------------------------------------------------------
def packed(plan: Plan) -> bytes:
    """A plan as it is sent to other processes, which `made_of` reads.

    >>> from detente.cases import load
    >>> from detente.analysis.sweep.rows import Numbered
    >>> len(packed(Plan(Numbered.of(load("elmira"), 10, 1), (), (), 10))) > 100
    True
    """
    return pickle.dumps(plan, protocol=5)


_maker: tuple[str, Maker] | None = None
_choosing = threading.Lock()


def made_of(plan: bytes, number: int) -> Made:
    """A part (`number`) of a plan that was sent (`plan`, as `packed` gives it); what the process learned is kept for the next part.

    >>> from detente.cases import load
    >>> from detente.analysis.sweep.rows import Numbered
    >>> made_of(packed(Plan(Numbered.of(load("elmira"), 10, 1), (), (), 10)), 0).number
    0
    """
    global _maker
    name = hashlib.sha256(plan).hexdigest()
    with _choosing:
        if _maker is None or _maker[0] != name:
            _maker = (name, Maker(pickle.loads(plan)))  # noqa: S301  what this program packed itself
        maker = _maker[1]
    return maker.made(number)
