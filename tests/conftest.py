"""What every test shares: engines, seeds, the amounts of random examples, and the rule that nothing is skipped in CI."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from detente.engines.choose import all_engines

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest_plugins = ["pytester"]

COMPLETE = ("array", "single")
"""The engines that answer every question about a small conflict; tests outside `tests/conformance`, where all are compared, ask these."""

# `deadline` would make a busy machine look like a defect.
settings.register_profile("ci", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("ci"), max_examples=5_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--engine NAME` runs the tests that take an `engine` with this one alone."""
    parser.addoption("--engine", action="append", choices=list(all_engines()), help="engine to run the tests with (may be repeated)")


def pytest_configure(config: pytest.Config) -> None:
    """Draw the seed of this run, unless DETENTE_SEED gives one; workers inherit it.

    A shell that runs the tests in the background has interruptions ignored, and every program that a test interrupts would inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.setdefault("DETENTE_SEED", str(time.time_ns() // 1000 % 10**9))


def pytest_report_header(config: pytest.Config) -> str:
    """Print the seed, so that a run can be repeated."""
    return f"random models: DETENTE_SEED={os.environ['DETENTE_SEED']}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that takes an `engine` once for every engine class that can answer it, or for those that `--engine` names."""
    marks = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    given = {name.strip() for names in marks for name in (names.split(",") if isinstance(names, str) else names)}
    if "engine" in metafunc.fixturenames and "engine" not in given:
        every = list(all_engines()) if metafunc.module.__name__.startswith("tests.conformance") else COMPLETE
        names = metafunc.config.getoption("--engine") or every
        metafunc.parametrize("engine", [all_engines()[name] for name in names], ids=names)


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI a test that did not run counts as failed, whatever the reason given: everything needed is installed there."""
    if os.environ.get("CI") == "true" and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped or expected to fail, which CI does not accept: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Apply `refuse_skip` to the report of a test."""
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Apply `refuse_skip` to the report of a module that skips itself as a whole."""
    report = yield
    refuse_skip(report)
    return report


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the system, one for all tests of a process; the test fails without one (`scripts/install --browser`)."""
    from playwright.sync_api import sync_playwright  # not needed by those who run other tests alone

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "no chromium was found: scripts/install --browser"
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()
