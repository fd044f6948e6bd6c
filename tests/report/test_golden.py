"""The report on Elmira, word for word and line for line: a change of it is seen and meant.

`GOLDEN=write pytest tests/report/test_golden.py` writes the expected page anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.report.conflicts import elmira
from tests.report.documents import report

EXPECTED = Path(__file__).parent / "golden" / "elmira.html"


def normalised(page: str) -> str:
    """The page without its style sheet and without the digest of the model."""
    without_style = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    return re.sub(r"\b[0-9a-f]{64}\b|(?<=· model )[0-9a-f]{12}", "digest", without_style)


def test_elmira() -> None:
    found = normalised(report(elmira()))
    if os.environ.get("GOLDEN") == "write":
        EXPECTED.parent.mkdir(exist_ok=True)
        EXPECTED.write_text(found, encoding="utf-8")
    assert found == EXPECTED.read_text(encoding="utf-8")
