"""What every test shares: a skip without a listed reason fails the run."""

import os
from fnmatch import fnmatch
from pathlib import Path

import pytest

from embedded import browser

LISTED = Path(__file__).with_name("skips.txt")


def listed_skips(text: str) -> list[tuple[str, str]]:
    """The allowed skips as pairs of a pattern of test names and the reason."""
    lines = [line.strip() for line in text.splitlines()]
    pairs = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return [(pattern, reason) for pattern, reason in pairs]


class SkipGuard:
    """Fails a run for each skip that is not listed; in continuous integration for any."""

    def __init__(self, allowed: list[tuple[str, str]], *, strict: bool) -> None:
        self.allowed = [] if strict else allowed
        self.unlisted: list[str] = []

    def judge(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Note a skip that may not be."""
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        words = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
        reason = words.removeprefix("Skipped: ")
        if not any(fnmatch(report.nodeid, name) and reason == why for name, why in self.allowed):
            self.unlisted.append(f"{report.nodeid}: {reason}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.judge(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.judge(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        quiet = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
        if self.unlisted and session.exitstatus in quiet:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for line in self.unlisted:
            terminalreporter.write_line(f"UNLISTED SKIP {line} (tests/skips.txt)", red=True)


def pytest_configure(config: pytest.Config) -> None:
    allowed = listed_skips(LISTED.read_text(encoding="utf-8"))
    config.pluginmanager.register(SkipGuard(allowed, strict=bool(os.environ.get("CI"))))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser the browser tests are the one listed skip."""
    if browser.find() is None:
        for item in items:
            if item.nodeid.startswith("tests/e2e/"):
                item.add_marker(pytest.mark.skip(reason=browser.ABSENT))
