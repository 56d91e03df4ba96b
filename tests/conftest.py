"""Repeatable property tests; those on real lists, or beside other solvers, are counted apart.

Both are left out where what they need is absent.
"""

from importlib.util import find_spec

import pytest
from hypothesis import settings
from real import REAL

from detente.api import evidence_of, offer
from detente.law.load import load as load_regime
from detente.law.regime import Regime
from detente.pressure.files import load as load_pressure
from detente.pressure.model import BargainingGrid, Pressure
from detente.talks.setting import Setting, setting

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
    absent = [name for name, there in (("real", _lists()), ("oracle", _solvers())) if not there]
    for marker in absent:
        without = [item for item in items if item.get_closest_marker(marker)]
        if without:
            config.hook.pytest_deselected(items=without)
            items[:] = [item for item in items if not item.get_closest_marker(marker)]


def _lists() -> bool:
    return (REAL / "lists").is_dir()


def _solvers() -> bool:
    return all(find_spec(name) for name in ("pygambit", "negmas"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the tests that read real lists, and those beside other solvers, apart from others."""
    real, oracle = _ran(terminalreporter, "real"), _ran(terminalreporter, "oracle")
    told = f"{real} tests read real lists" if real else "no test read a real list"
    absent = "" if _lists() else f" ({REAL} is absent)"
    terminalreporter.write_line(f"real data: {told}{absent}")
    told = f"{oracle} tests held against other solvers" if oracle else "no other solver was asked"
    absent = "" if _solvers() else " (pip install '.[oracles]')"
    terminalreporter.write_line(f"oracles: {told}{absent}")


def _ran(terminalreporter: pytest.TerminalReporter, marker: str) -> int:
    return sum(
        getattr(report, "when", None) == "call" and marker in getattr(report, "keywords", ())
        for reports in terminalreporter.stats.values()
        for report in reports
    )
