"""The regime that ships, and its rows of pressure."""

from __future__ import annotations

import pytest

from detente.law.load import load as load_regime
from detente.law.regime import Regime
from detente.pressure.files import load
from detente.pressure.model import Pressure


@pytest.fixture(scope="session")
def regime() -> Regime:
    return load_regime("dprk")


@pytest.fixture(scope="session")
def pressure(regime: Regime) -> Pressure:
    return load(regime)
