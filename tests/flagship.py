"""The flagship's report, which takes two minutes: made once for all tests that look at it, which is why they share a worker."""

from __future__ import annotations

from functools import cache

from detente.app.reporting import report_text

WORKER = "flagship"
"""The group of tests that one worker runs."""


@cache
def flagship_report() -> str:
    """The report as one page of HTML."""
    return report_text("gaza-hostage-talks")
