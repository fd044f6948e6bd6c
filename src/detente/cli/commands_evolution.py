"""The functions of the commands that say how it would go on, and how well forecasts did."""

from __future__ import annotations

import os
import sys
import time
from argparse import Namespace

from detente.cli.term import Terminal


def one_thread() -> None:
    """Let numpy solve equations with one thread: those of chains are small, and several threads would wait for one another."""
    if "numpy" not in sys.modules:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def evolve(asked: Namespace, terminal: Terminal) -> int:
    """`detente evolve`."""
    one_thread()
    from detente.app.evolving import evolve as verb
    from detente.cli.evolution_text import show_evolution

    began = time.perf_counter()
    document = verb(
        asked.file,
        start=asked.start,
        movers=asked.movers,
        choice=asked.choice,
        moves=asked.moves,
        to=asked.to,
        rounds=asked.rounds,
        flow=asked.flow,
        force=asked.force,
        progress=terminal.progress,
    )
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_evolution(document, terminal, time.perf_counter() - began, everything=asked.all)
    if asked.flow is not None:
        terminal.note(f"wrote {asked.flow}")
    return 0


def forecast(asked: Namespace, terminal: Terminal) -> int:
    """`detente forecast`."""
    from detente.app.forecasting import forecast as verb
    from detente.cli.evolution_text import show_forecast

    document = verb(asked.file)
    if asked.json:
        terminal.write(document.json_text())
    else:
        show_forecast(document, terminal, everything=asked.all)
    return 0
