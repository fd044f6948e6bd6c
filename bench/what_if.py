"""What-if on the talks: the whole request of a page, against two analyses from scratch.

    python bench/what_if.py            every statement of everybody moved one place up, one request for each
    python bench/what_if.py --short    ten of them; nothing is kept

A server of the workbench listens at a real socket.  Each request is the text of the case with one moved statement; none is asked twice,
and what is asked of the text without the change is worked out before the first is measured, as it is when a page shows the case.  Each
answer is asserted to be what two analyses from scratch give: equilibria and stable states under each concept, verdicts on the status quo,
and what is better than it.  Seconds are those of the clock on the wall, from the first byte of a request to the last of its answer;
those of the processor, of server and client together, depend less on what else the machine does.  Every second change is asked under the
concepts without SIM (`quick`), as a page may ask first.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import uvicorn
from common import RESULTS, machine

from detente.app.analyzing import analyze
from detente.app.documents import AnalysisDocument
from detente.cases import FLAGSHIP, load, path
from detente.model.conflict import Conflict
from detente.model.edit import MoveStatement
from detente.workbench.folder import Folder
from detente.workbench.serving import configured, guarded, listening

CASE = FLAGSHIP
QUICK = ["Nash", "GMR", "SMR", "SEQ", "SSEQ"]
SCRATCH = 5
"""About how many changes two analyses from scratch are measured for."""


class Asking:
    """A workbench that listens, and requests to it."""

    def __init__(self, folder: str) -> None:
        listener = listening(0)
        self.guard, self.workbench = guarded(Folder(folder), listener)
        self.port = listener.getsockname()[1]
        self.server = uvicorn.Server(configured(self.guard))
        self.thread = Thread(target=lambda: self.server.run(sockets=[listener]), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def ask(self, body: dict[str, Any]) -> tuple[Any, float, float]:
        """An answer, the seconds until it was there, and the seconds of the processor."""
        address = f"127.0.0.1:{self.port}"
        headers = {"Host": address, "Origin": f"http://{address}", "Cookie": f"detente-{self.port}={self.guard.given}"}
        content = json.dumps(body).encode()
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            began, worked = time.perf_counter(), time.process_time()
            line.request("POST", "/api/changing", content, headers)
            answer = line.getresponse()
            text = answer.read()
            took, work = time.perf_counter() - began, time.process_time() - worked
        assert answer.status == 200, text[:500]
        return json.loads(text), took, work

    def close(self) -> None:
        """End it."""
        self.server.should_exit = True
        self.thread.join(10)


def moves(conflict: Conflict) -> Iterator[MoveStatement]:
    """Every statement one place up."""
    for dm in conflict.decision_makers:
        for place in range(2, 1 + len(dm.preference.statements() if dm.preference else ())):
            yield MoveStatement(dm.key, place, place - 1)


def compare(told: Any, old: AnalysisDocument, new: AnalysisDocument) -> int:
    """Assert that what is told is the difference between two analyses; how many figures were compared."""
    figures: list[tuple[Any, Any]] = []
    for key, part in told["equilibria"].items():
        before, after = set(old.equilibria[key]), set(new.equilibria[key])
        gained, lost = sorted(after - before), sorted(before - after)
        figures.append(([part[name] for name in ("before", "after", "gained", "lost")], list(map(len, (before, after, gained, lost)))))
        figures.append(([state["after"] for state in part["gained_states"]], gained[:50]))
        figures.append(([state["before"] for state in part["lost_states"]], lost[:50]))
        for dm, sets in told["verdicts"][key].items():
            counts = [document.counts.stability[key][dm] for document in (old, new)]
            figures.append(([sets["before"], sets["after"]], counts))
    for when, document in (("before", old), ("after", new)):
        quo = document.status_quo
        assert quo is not None
        figures.append((told["status_quo"][when]["verdicts"], {key: quo.verdicts[key] for key in told["concepts"]}))
        figures.append((told["better_for_all"][when], quo.better_for_all))
        figures.append((told["worse_for_none"][when], quo.worse_for_none))
    for found, expected in figures:
        assert found == expected, f"{found} was told, {expected} is so from scratch"
    return len(figures)


def measure(short: bool) -> dict[str, Any]:
    """Ask, measure and check."""
    conflict = load(CASE)
    edits = list(moves(conflict))[: 10 if short else None]
    asked = {"name": f"{CASE}.yaml", "text": path(CASE).read_text(encoding="utf-8")}
    with tempfile.TemporaryDirectory() as folder, closing(Asking(folder)) as asking:
        for under in (None, QUICK):
            assert asking.ask({**asked, "under": under})[0]["same"]
        told = []
        for place, edit in enumerate(edits):
            change = {"change": "move statement", "dm": edit.dm, "place": edit.place, "to": edit.to}
            told.append(asking.ask({**asked, "changes": [change], "under": QUICK if place % 2 else None}))
    old, checked, scratch = analyze(conflict), 0, []
    for edit, (answer, *_) in list(zip(edits, told, strict=True))[:: len(edits) // SCRATCH]:
        began = time.perf_counter()
        before, after = analyze(conflict), analyze(edit.apply(conflict))
        scratch.append(time.perf_counter() - began)
        assert before == old
        checked += compare(answer, old, after)
    whole, quick, work = ([answer[figure] for answer in told[first::2]] for first, figure in ((0, 1), (1, 1), (0, 2)))
    median = statistics.median(whole)
    return {
        "case": CASE,
        "changes": len(edits),
        "seconds": round(median, 4),
        "processor": round(statistics.median(work), 4),
        "load": round(os.getloadavg()[1], 1),
        "slowest": round(max(whole), 4),
        "quick": round(statistics.median(quick), 4),
        "scratch": round(statistics.median(scratch), 2),
        "ratio": round(statistics.median(scratch) / median, 1),
        "checked": f"{checked} figures of {len(scratch)} answers asserted to be those of two analyses from scratch",
    }


def main() -> None:
    """Measure, print, and keep the result of a whole run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="ten changes; nothing is kept")
    given = parser.parse_args()
    row = measure(given.short)
    times = (
        f"median {1000 * row['seconds']:.0f} ms ({1000 * row['processor']:.0f} of the processor), slowest {1000 * row['slowest']:.0f} ms"
    )
    times += f"; without SIM {1000 * row['quick']:.0f} ms"
    print(f"{row['case']}, one moved statement, the whole request, {row['changes']} requests: {times}")
    print(f"two analyses from scratch: {row['scratch']:.1f} s, {row['ratio']:.0f} times as long; {row['checked']}")
    if not given.short:
        kept = {"about": "What-if on the talks: seconds of the clock for a whole request.", "machine": machine(), "rows": [row]}
        (RESULTS / "what_if.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
