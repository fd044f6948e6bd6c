"""Sweeps to write as rows, and what is compared of the folders."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

from detente.analysis.sweep.asked import Subject
from detente.app.progress import Progress, silent
from detente.app.sweep_rows.running import written
from detente.app.sweep_rows.wanted import RowsFolder, RowsWritten
from detente.cases import load
from detente.model.conflict import Conflict
from detente.model.evidence import BasisKind
from detente.model.opened import opened, resting_on
from detente.testing.guesses import with_guesses
from detente.testing.models import random_conflict

ASKED = (Subject("holds"), Subject("gain"))
ROWS, PART = 3_000, 200
"""Fifteen parts of completions of the talks."""


def profile_of(conflict: Conflict, concept: str = "SEQ") -> dict[str, str]:
    return {dm.key: concept for dm in conflict.decision_makers}


@cache
def talks() -> Conflict:
    """The talks with twelve statements of two of the parties open: 4,096 completions."""
    conflict = flagship()
    israel, hamas = ([guess for guess in conflict.guesses if guess.of == party] for party in ("Israel", "Hamas"))
    return replace(conflict, guesses=(*israel[:6], *hamas[:6]))


@cache
def flagship() -> Conflict:
    """The talks with everything open that is not reported, rules apart: 2**29 completions."""
    conflict = load("gaza-hostage-talks")
    guesses = opened(conflict, resting_on([kind for kind in BasisKind if kind.value != "reported"]))
    return replace(conflict, guesses=tuple(guess for guess in guesses if guess.kind != "rule"))


@cache
def lake() -> Conflict:
    """Sixteen completions."""
    conflict = load("shared-lake")
    return replace(conflict, guesses=opened(conflict, lambda path, basis: True))


def randomly(seed: int) -> Conflict:
    """A random conflict with at least one guess."""
    rng = Random(seed)
    while True:
        conflict = with_guesses(rng, random_conflict(rng))
        if conflict.guesses:
            return conflict


def write(
    folder: Path, *, rows: int = ROWS, part: int = PART, workers: int | None = 1, cluster: str | None = None, resume: bool = False,
    seed: int = 7, progress: Progress = silent, note: Progress = silent,
) -> RowsWritten:  # fmt: skip
    """Completions of the talks in a folder."""
    conflict = talks()
    wanted = RowsFolder(str(folder), rows, None if cluster else workers, cluster, resume, seed, part)
    return written(conflict, profile_of(conflict), ASKED, wanted, progress, note)


def parts_in(folder: Path) -> set[int]:
    """The numbers of the parts that are in a folder."""
    return {int(file.stem.removeprefix("part-")) for file in folder.glob("part-*.parquet")}


def content(folder: Path) -> dict[str, str]:
    """The names of all files of a folder, with what identifies their bytes."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}
