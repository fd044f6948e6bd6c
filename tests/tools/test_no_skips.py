"""In CI a skipped test fails (tests/conftest.py), seen with tests that skip themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

SKIPPED = {
    "marked": 'import pytest\n@pytest.mark.skip(reason="no")\ndef test_it(): pass\n',
    "inside": 'import pytest\ndef test_it(): pytest.skip("no")\n',
    "expected": 'import pytest\n@pytest.mark.xfail(reason="no")\ndef test_it(): assert False\n',
    "module": 'import pytest\npytest.importorskip("no_such_module")\ndef test_it(): pass\n',
}


@pytest.mark.parametrize("kind", SKIPPED)
@pytest.mark.parametrize("ci", [True, False])
def test_a_skip_fails_in_ci_only(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, kind: str, ci: bool) -> None:
    monkeypatch.setenv("CI", "true" if ci else "false")
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(SKIPPED[kind])
    outcomes = pytester.runpytest_subprocess("-p", "no:randomly").parseoutcomes()
    broken = outcomes.get("failed", 0) + outcomes.get("errors", 0)
    left_out = outcomes.get("skipped", 0) + outcomes.get("xfailed", 0)
    assert (broken, left_out) == ((1, 0) if ci else (0, 1))


def test_a_test_that_runs_passes_in_ci(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    pytester.makeconftest((Path(__file__).parents[1] / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile("def test_it(): pass\n")
    pytester.runpytest_subprocess("-p", "no:randomly").assert_outcomes(passed=1)
