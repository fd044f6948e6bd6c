"""Seeds of random models: a fresh one for each run, printed at its start, and some that stay."""

from __future__ import annotations

import os

FIXED = 1971
"""The seed that stays: what it once found must stay found."""


def fresh() -> int:
    """The seed of this run; DETENTE_SEED repeats one."""
    return int(os.environ["DETENTE_SEED"])
