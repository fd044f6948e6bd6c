"""The picture of the report in the README: the first page of the flagship's report, taken by the system's chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs/images/report.png"
CASE = "gaza-hostage-talks"
WIDTH = 900


def take() -> int:
    """Write the report, open it and take its picture down to the end of the brief; return 1 if there is no chromium."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        print("docs: no chromium was found: scripts/install --browser", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        subprocess.run([str(Path(sys.executable).with_name("detente")), "report", CASE, "-o", str(report)], check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        page = browser.new_page(viewport={"width": WIDTH, "height": 1200})
        page.goto(report.as_uri())
        brief = page.locator("#brief").bounding_box()
        assert brief is not None
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        end = brief["y"] + brief["height"]
        page.screenshot(path=PICTURE, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": end})
        browser.close()
    print(f"docs: {PICTURE.relative_to(ROOT)}, {PICTURE.stat().st_size:,} bytes")
    return 0
