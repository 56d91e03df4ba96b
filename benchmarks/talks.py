"""Speed of talks: every package of a bargaining grid valued, and its Pareto set.

The peer is negmas' own Pareto frontier on the same values, where it is installed (the extra
``oracles``), and else one bare product of weights and values.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from statistics import median
from time import perf_counter

import numpy as np
from games import Figure

from detente.api import load
from detente.pressure.files import load as load_pressure
from detente.talks.bargain import limits, undominated
from detente.talks.grid import Packages, packages_of


def figures(repeats: int) -> Iterator[Figure]:
    """Yield every figure on talks."""
    grid = load_pressure(load("dprk")).grids["grid-hanoi-2019"]
    packages = packages_of(grid)
    values = np.stack([packages.sender, packages.target], axis=1)

    def whole() -> Packages:
        found = packages_of(grid)
        undominated(np.stack([found.sender, found.target], axis=1))
        return found

    spent = _timed(repeats, whole)
    bare = _timed(repeats, lambda: np.ones(7) @ packages.worth["sender"])
    peer = f"{spent / bare:.0f} x one bare product of 7 weights with as many packages"
    if find_spec("negmas"):
        frontier = importlib.import_module("negmas.preferences.ops").pareto_frontier_numpy
        other = _timed(max(1, repeats // 5), lambda: frontier(values))
        peer = f"{other / spent:.1f} x as fast as negmas, which only finds the frontier"
    yield Figure(f"{grid.packages:,} packages valued, and their Pareto set", spent, peer, "200")
    yield Figure("both thresholds, with 1,000 draws of the weights",
                 _timed(max(1, repeats // 5), lambda: limits(packages)), "", "")  # fmt: skip


def _timed(repeats: int, job: Callable[[], object]) -> float:
    """The median time of a job, in milliseconds."""
    spent = []
    for _ in range(repeats):
        start = perf_counter()
        job()
        spent.append(1000 * (perf_counter() - start))
    return median(spent)
