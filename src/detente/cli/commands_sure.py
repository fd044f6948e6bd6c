"""The functions of the commands that say how sure an analysis is."""

from __future__ import annotations

import time
from argparse import Namespace

from detente.cli.term import Terminal

LIMITED = 3
"""The status of an answer that a limit of time or memory has cut short; what was found is printed."""


def sweep(asked: Namespace, terminal: Terminal) -> int:
    """`detente sweep`: status 3 if a conclusion was not counted over all completions because the time was over."""
    if asked.out is not None:
        return _rows(asked, terminal)
    from detente.app.sweeping import sweep as verb
    from detente.cli.sweep_text import show_sweep

    began = time.perf_counter()
    document = verb(
        asked.file,
        open=asked.open,
        under=asked.under,
        where=asked.where,
        levers=not asked.no_levers,
        without=asked.without,
        tipping=asked.tipping,
        draws=asked.draws,
        seed=asked.seed,
        seconds=asked.time,
        progress=terminal.progress,
    )
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_sweep(document, terminal, time.perf_counter() - began, everything=asked.all)
    return LIMITED if any(one.reason == "U500" for one in document.conclusions) else 0


def _rows(asked: Namespace, terminal: Terminal) -> int:
    """`detente sweep --out`: completions as rows."""
    from detente.app.sweep_rows.wanted import RowsFolder
    from detente.app.sweep_writing import sweep_rows
    from detente.cli.sweep_text import show_rows

    folder = RowsFolder(asked.out, rows=asked.rows, workers=asked.workers, cluster=asked.cluster, resume=asked.resume, seed=asked.seed)
    note = terminal.note
    document = sweep_rows(asked.file, folder, open=asked.open, under=asked.under, where=asked.where, progress=terminal.progress, note=note)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_rows(document, terminal)
    return 0
