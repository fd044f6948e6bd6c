"""Completions a second: rows of a sweep against analysing each completion from scratch, on the talks.

    python bench/completions.py            a million completions, of each of two sets of guesses
    python bench/completions.py --short    twenty thousand
    python bench/completions.py --only declared

What is open is either every statement and red line that is not reported ("opened"; one process), or what the case itself declares to be
uncertain, in 48 combinations of rules and viewpoints ("declared"; two processes).  Both ways are measured in seconds of processor time of
all processes together.  The naive loop settles the guesses of one completion after the other (`detente.model.completed`) and asks
`detente.analysis.viewpoints.conclude` about each; the same completions are then looked up among the rows, and every answer is asserted to
be the same before a ratio is given.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from common import RESULTS, machine

from detente.analysis.sweep.asked import Subject
from detente.analysis.viewpoints.conclude import concluded
from detente.analysis.viewpoints.found import Topic
from detente.app.sweep_rows.reading import Stored, stored
from detente.app.sweep_rows.running import written
from detente.app.sweep_rows.wanted import RowsFolder
from detente.cases import load
from detente.model.completed import completed
from detente.model.conflict import Conflict
from detente.model.evidence import BasisKind
from detente.model.opened import opened, resting_on

CASE = "gaza-hostage-talks"
TOPICS = (Topic("holds", "SEQ"), Topic("gain"), Topic("kept gain"), Topic("type"), Topic("red lines"))
"""What is asked of each completion: whether the status quo holds, what would be better for all, what keeps it from coming about."""
NAIVE = 30
"""Completions that are analysed from scratch."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: numbers of completions, and seconds of processor time, and of a clock on the wall (`elapsed`)."""

    open: str
    guesses: int
    workers: int
    completions: str
    asked: list[str]
    rows: int
    rows_seconds: float
    naive: int
    naive_seconds: float
    compared: int
    bytes: int
    elapsed: float
    peak: int

    @property
    def rate(self) -> float:
        """Completions a second as rows, everything included: growing the trees, writing and forcing to the disk."""
        return self.rows / self.rows_seconds

    @property
    def naive_rate(self) -> float:
        """Completions a second from scratch."""
        return self.naive / self.naive_seconds

    @property
    def ratio(self) -> float:
        """How many times as many."""
        return self.rate / self.naive_rate


def talks() -> Conflict:
    """The talks with every statement and red line open that is not reported."""
    conflict = load(CASE)
    guesses = opened(conflict, resting_on([kind for kind in BasisKind if kind is not BasisKind.REPORTED]))
    return replace(conflict, guesses=tuple(guess for guess in guesses if guess.kind != "rule"))


OPEN: dict[str, tuple[Callable[[], Conflict], int]] = {"opened": (talks, 1), "declared": (lambda: load(CASE), 2)}
"""What may be open: the conflict, and how many processes write the rows."""


def subject(topic: Topic) -> Subject:
    """The same conclusion as a sweep asks it."""
    return Subject("holds" if topic.kind == "state" else topic.kind, topic.concept, where=topic.where, state=topic.name)


def from_scratch(conflict: Conflict, profile: dict[str, str], rows: Stored) -> tuple[float, int]:
    """The seconds that the first completions take one by one, and how many answers were compared; asserts that these are the rows'."""
    keys = [guess["key"] for guess in rows.manifest.about["guesses"]]
    columns = ", ".join(f'"{guess["column"]}"' for guess in rows.manifest.about["guesses"])
    numbers = rows.query(f"SELECT {columns} FROM completions ORDER BY completion LIMIT {NAIVE}")  # noqa: S608  the manifest's own names
    compared, seconds = 0, 0.0
    for place, row in enumerate(numbers):
        began = time.process_time()
        answers = concluded(completed(conflict, dict(zip(keys, row, strict=True))), profile, TOPICS).answers
        seconds += time.process_time() - began
        for topic, spread in zip(TOPICS, rows.spreads, strict=True):
            said = spread.decoded(rows.query(f'SELECT "{spread.column}" FROM completions WHERE completion = {place}')[0][0])  # noqa: S608
            assert said == answers[topic], f"completion {place}, {topic}: {said!r} as a row, {answers[topic]!r} from scratch"
            compared += 1
    return seconds, compared


def processor() -> float:
    """Seconds of processor time of this process, and of those that it started and that have ended."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def measure(name: str, count: int) -> Measured:
    """Write so many completions as rows, then analyse some of the same from scratch."""
    made, workers = OPEN[name]
    conflict = made()
    profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    with tempfile.TemporaryDirectory() as folder:
        began, clock = processor(), time.monotonic()
        target = RowsFolder(folder, rows=count, workers=workers, seed=1)
        done = written(conflict, profile, [subject(topic) for topic in TOPICS], target, lambda told: print(told, file=sys.stderr))
        seconds, elapsed = processor() - began, time.monotonic() - clock
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024
        naive, compared = from_scratch(conflict, profile, stored(folder))
    return Measured(
        open=name,
        guesses=len(conflict.guesses),
        workers=workers,
        completions=f"{done.completions:,}",
        asked=[column for column in done.columns if not column.startswith(("guess:", "completion"))],
        rows=count,
        rows_seconds=round(seconds, 2),
        naive=NAIVE,
        naive_seconds=round(naive, 2),
        compared=compared,
        bytes=done.bytes,
        elapsed=round(elapsed, 1),
        peak=peak,
    )


def told(found: Measured) -> None:
    """Print what was measured."""
    print(f"{found.open}: {found.guesses} guesses, {found.completions} completions")
    print(f"{found.rows:,} as rows: {found.rows_seconds:.1f} s, {found.rate:,.0f} a second; {found.elapsed:.0f} s on the clock")
    print(f"{found.naive} from scratch: {found.naive_seconds:.1f} s, {found.naive_rate:,.2f} a second; {found.compared} answers compared")
    print(f"ratio {found.ratio:,.0f}; at most {found.peak / 1e6:,.0f} MB in one process")


def main() -> None:
    """Measure, print, and keep the result of a whole run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="twenty thousand completions; nothing is kept")
    parser.add_argument("--only", choices=OPEN, help="what is open; the other's result is kept as it is")
    given = parser.parse_args()
    file = RESULTS / "completions.json"
    rows = {}
    for name in [given.only] if given.only else OPEN:
        found = measure(name, 20_000 if given.short else 1_000_000)
        told(found)
        checked = f"{found.compared} answers of {found.naive} completions asserted to be those from scratch"
        rates = {"seconds": found.rows_seconds, "rate": round(found.rate), "ratio": round(found.ratio), "checked": checked}
        rows[name] = {**asdict(found), **rates}
    if not given.short:
        if file.exists():  # what another run has kept meanwhile stays
            rows = {**{row["open"]: row for row in json.loads(file.read_text(encoding="utf-8"))["rows"]}, **rows}
        about = "Completions as rows, and from scratch, in processor time."
        kept = {"about": about, "machine": machine(), "rows": [rows[name] for name in OPEN if name in rows]}
        file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
