"""Inspections: how many deter, how often to look, and what a sample finds.

Dresher (1962): over ``n`` periods an inspector has ``m`` inspections; the other side violates once
or never, and sees which periods were inspected. A violation unseen is worth 1 to it, one found
-1, none 0. Avenhaus and Canty (1996): an inspection costs something, misses a violation with some
chance, and a violation that it finds is punished.
"""

from __future__ import annotations

from math import comb
from typing import NamedTuple

import numpy as np

from detente.games.ranges import Bools, Floats

Side = Floats | float


class Mixed(NamedTuple):
    """The equilibrium of one inspection that costs and may miss.

    Attributes:
        inspects: chance that the inspector inspects.
        violates: chance that the other side violates.
        deters: whether inspecting each time would make violating a loss.
        pays: whether inspecting a sure violation is worth its cost.
    """

    inspects: Floats
    violates: Floats
    deters: Bools
    pays: Bools


def dresher(periods: int, inspections: int) -> float:
    """Return what the game is worth to the violator, in closed form.

    Returns:
        ``C(n - 1, m) / (C(n, 0) + ... + C(n, m))``: 1 without inspections, 0 with one in each
        period.
    """
    inspections = min(inspections, periods)
    return comb(periods - 1, inspections) / sum(
        comb(periods, used) for used in range(inspections + 1)
    )


def dresher_table(periods: int, inspections: int) -> list[list[float]]:
    """Return the values for 0 to ``periods`` periods and 0 to ``inspections``, by recursion.

    In each period stands a game of two by two: violate or wait against inspect or not. Violating
    gives -1 and 1; waiting gives the value with one inspection less, and that with as many.
    """
    table = [[0.0] * (inspections + 1)]
    for left in range(1, periods + 1):
        row = [1.0]
        for kept in range(1, inspections + 1):
            looked, passed = table[-1][kept - 1], table[-1][kept]
            # with an inspection for each period it waits: inspecting is no loss, value 0
            row.append((passed + looked) / (2 + looked - passed) if kept < left else 0.0)
        table.append(row)
    return table


def first_inspection(periods: int, inspections: int) -> float:
    """Return the chance with which the inspector should inspect in the first period."""
    if inspections >= periods:
        return 1.0
    if inspections == 0:
        return 0.0
    looked = dresher(periods - 1, inspections - 1)
    passed = dresher(periods - 1, inspections) if inspections < periods - 1 else 0.0
    return (1 - passed) / (2 + looked - passed)


def mixed(missed: Side, penalty: Side, cost: Side) -> Mixed:
    """Return how often to inspect, and how often there is a violation all the same.

    Args:
        missed: beta: chance that an inspection does not find a violation that is there.
        penalty: what a violation found costs, in gains of one that is not.
        cost: what an inspection costs, in losses that one found violation spares.

    Returns:
        ``1 / ((1 - beta) * (1 + penalty))`` and ``cost / (1 - beta)``, as a game of two by two has
        them. Where even sure inspection does not deter, violation is sure; where inspecting costs
        more than it can spare, there is no inspection and violation is sure too.
    """
    found = 1 - np.asarray(missed, dtype=float)
    with np.errstate(divide="ignore"):
        inspects = 1 / (found * (1 + penalty))
        violates = cost / found
    deters, pays = np.asarray(inspects <= 1), np.asarray(violates <= 1)
    return Mixed(
        inspects=np.where(pays, np.minimum(inspects, 1), 0.0),
        violates=np.where(deters & pays, violates, 1.0),
        deters=deters,
        pays=pays,
    )


def sample_detects(items: int, falsified: int, sampled: int) -> float:
    """Return the chance that a sample without replacement holds a falsified item.

    ``1 - C(N - r, n) / C(N, n)``, with whole numbers to the last division.
    """
    every = comb(items, sampled)
    return (every - comb(items - falsified, sampled)) / every


def sample_needed(items: int, falsified: int, detection: float) -> int:
    """Return the smallest sample that detects with a wanted chance, by bisection."""
    low, high = 0, items - falsified + 1
    while low < high:
        middle = (low + high) // 2
        if sample_detects(items, falsified, middle) >= detection:
            high = middle
        else:
            low = middle + 1
    return low
