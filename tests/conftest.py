"""Repeatable property tests; tests on real lists are counted apart, and left out where absent."""

import pytest
from hypothesis import settings
from real import REAL

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the real lists where they are not beside the checkout."""
    if (REAL / "lists").is_dir():
        return
    real = [item for item in items if item.get_closest_marker("real")]
    if real:
        config.hook.pytest_deselected(items=real)
        items[:] = [item for item in items if not item.get_closest_marker("real")]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the tests that read real lists apart from all others."""
    ran = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call" and "real" in getattr(report, "keywords", ())
    ]
    told = f"{len(ran)} tests read real lists" if ran else "no test read a real list"
    absent = "" if (REAL / "lists").is_dir() else f" ({REAL} is absent)"
    terminalreporter.write_line(f"real data: {told}{absent}")
