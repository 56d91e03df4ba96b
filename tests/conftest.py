"""Repeatable property tests; those on real lists, or beside other solvers, are counted apart.

Both are left out where what they need is absent.
"""

import os
import shutil
from importlib.util import find_spec

import pytest
from hypothesis import settings
from real import REAL
from served import administrator, app, client, lists, reader, recorder, store

from detente.api import evidence_of, offer
from detente.law.load import load as load_regime
from detente.law.regime import Regime
from detente.pressure.files import load as load_pressure
from detente.pressure.model import BargainingGrid, Pressure
from detente.talks.setting import Setting, setting

__all__ = ["administrator", "app", "client", "lists", "reader", "recorder", "store"]
"""Fixtures of tests of the web server, which ``served`` makes."""

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def regime() -> Regime:
    """The regime that ships first."""
    return load_regime("dprk")


@pytest.fixture(scope="session")
def pressure(regime: Regime) -> Pressure:
    """Its rows of pressure."""
    return load_pressure(regime)


@pytest.fixture(scope="session")
def grid(pressure: Pressure) -> BargainingGrid:
    """Its bargain, laid out for calculation."""
    return pressure.grids["grid-hanoi-2019"]


@pytest.fixture(scope="session")
def hanoi(regime: Regime) -> Setting:
    """Its offer on its day."""
    return setting(regime, offer(regime, "hanoi-2019"), evidence_of(regime))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs the real lists, or other solvers, where they are not there."""
    needs = (("real", _lists()), ("oracle", _solvers()), ("browser", _browser()))
    absent = [name for name, there in needs if not there]
    for marker in absent:
        without = [item for item in items if item.get_closest_marker(marker)]
        if without:
            config.hook.pytest_deselected(items=without)
            items[:] = [item for item in items if not item.get_closest_marker(marker)]


def _lists() -> bool:
    return (REAL / "lists").is_dir()


def _solvers() -> bool:
    return all(find_spec(name) for name in ("pygambit", "negmas"))


def _browser() -> bool:
    tools = all(find_spec(name) for name in ("playwright", "axe_playwright_python"))
    return tools and bool(os.environ.get("DETENTE_CHROMIUM") or shutil.which("chromium"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the tests that read real lists, and those beside other solvers, apart from others."""
    real, oracle = _ran(terminalreporter, "real"), _ran(terminalreporter, "oracle")
    told = f"{real} tests read real lists" if real else "no test read a real list"
    absent = "" if _lists() else f" ({REAL} is absent)"
    terminalreporter.write_line(f"real data: {told}{absent}")
    told = f"{oracle} tests held against other solvers" if oracle else "no other solver was asked"
    absent = "" if _solvers() else " (pip install '.[oracles]')"
    terminalreporter.write_line(f"oracles: {told}{absent}")
    browser = _ran(terminalreporter, "browser")
    told = f"{browser} tests drove a browser" if browser else "no browser was driven"
    absent = "" if _browser() else " (pip install '.[browser]', and a chromium on the path)"
    terminalreporter.write_line(f"browser: {told}{absent}")


def _ran(terminalreporter: pytest.TerminalReporter, marker: str) -> int:
    return sum(
        getattr(report, "when", None) == "call" and marker in getattr(report, "keywords", ())
        for reports in terminalreporter.stats.values()
        for report in reports
    )
