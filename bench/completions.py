"""Completions a second: rows of a sweep against analysing each completion from scratch, on the talks with all that is not reported open.

    python bench/completions.py            a million completions
    python bench/completions.py --short    twenty thousand

Both work in one process and are measured in seconds of processor time.  The naive loop settles the guesses of one completion after the
other (`detente.model.completed`) and asks `detente.analysis.viewpoints.conclude` about each; the same completions are then looked up among
the rows, and every answer is asserted to be the same before a ratio is given.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
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
    """What was measured: numbers of completions, and seconds of processor time."""

    completions: str
    asked: list[str]
    rows: int
    rows_seconds: float
    naive: int
    naive_seconds: float
    compared: int
    bytes: int

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


def measure(count: int) -> Measured:
    """Write so many completions as rows, then analyse some of the same from scratch."""
    conflict = talks()
    profile = {dm.key: "SEQ" for dm in conflict.decision_makers}
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        target = RowsFolder(folder, rows=count, workers=1, seed=1)
        done = written(conflict, profile, [subject(topic) for topic in TOPICS], target, lambda told: print(told, file=sys.stderr))
        seconds = time.process_time() - began
        naive, compared = from_scratch(conflict, profile, stored(folder))
    asked = [spread_name for spread_name in done.columns if not spread_name.startswith(("guess:", "completion"))]
    return Measured(f"{done.completions:,}", asked, count, round(seconds, 2), NAIVE, round(naive, 2), compared, done.bytes)


def main() -> None:
    """Measure, print, and keep the result of a whole run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="twenty thousand completions; nothing is kept")
    short = parser.parse_args().short
    found = measure(20_000 if short else 1_000_000)
    print(f"{found.rows:,} of {found.completions} completions as rows: {found.rows_seconds:.1f} s, {found.rate:,.0f} a second")
    print(f"{found.naive} from scratch: {found.naive_seconds:.1f} s, {found.naive_rate:,.2f} a second; {found.compared} answers compared")
    print(f"ratio {found.ratio:,.0f}")
    if not short:
        checked = f"{found.compared} answers of {found.naive} completions asserted to be those from scratch"
        row = {**asdict(found), "seconds": found.rows_seconds, "rate": round(found.rate), "ratio": round(found.ratio), "checked": checked}
        kept = {"about": "Completions as rows, and from scratch, in processor time.", "machine": machine(), "rows": [row]}
        (RESULTS / "completions.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
