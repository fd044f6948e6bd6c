"""The manual is built, no link in it leads nowhere, and one that does is noticed."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/docs.py"


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    """The module scripts/docs.py."""
    spec = importlib.util.spec_from_file_location("docs_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_manual_is_built_without_a_broken_link(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--out", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    commands = (tmp_path / "docs/reference/commands.html").read_text(encoding="utf-8")
    assert {"analyze", "explain", "report"} <= set(re.findall(r"<h2[^>]*>detente ([a-z-]+)</h2>", commands))
    concepts = (tmp_path / "docs/reference/concepts.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2[^>]*>(\w+):", concepts)[:6] == ["Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM"]
    assert "StateSpace" in (tmp_path / "docs/reference/library.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("link", ["nowhere.md", "b.md#nothing", "#nothing", "../nowhere/c.png"])
def test_a_link_that_leads_nowhere_is_noticed(docs: ModuleType, tmp_path: Path, link: str) -> None:
    pages = {"docs/a.md": f"# A\n\n[good](b.md#two-words)\n\n[bad]({link})\n", "docs/b.md": "# B\n\n## Two words\n"}
    assert docs.render("docs/a.md", pages, tmp_path) == [f"docs/a.md: {link}"]


def test_links_between_pages_become_links_between_files(docs: ModuleType, tmp_path: Path) -> None:
    pages = {"docs/how/a.md": "# A\n\n[good](../b.md#two-words) [out](https://example.org/x.md)\n", "docs/b.md": "# B\n\n## Two words\n"}
    assert docs.render("docs/how/a.md", pages, tmp_path) == []
    page = (tmp_path / "docs/how/a.html").read_text(encoding="utf-8")
    assert 'href="../b.html#two-words"' in page
    assert 'href="https://example.org/x.md"' in page
