"""Core b: inspections that deter, that cost, that sample."""

from __future__ import annotations

import itertools
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.stats import hypergeom

from detente.games.inspection import (
    dresher,
    dresher_table,
    first_inspection,
    mixed,
    sample_detects,
    sample_needed,
)


def test_the_closed_form_is_the_recursion() -> None:
    """C(n-1, m) over the sum of C(n, i) solves every game of two by two."""
    table = dresher_table(14, 14)
    for n, m in itertools.product(range(1, 15), range(15)):
        assert dresher(n, m) == pytest.approx(table[n][m], abs=1e-12)
    assert dresher(2, 1) == pytest.approx(1 / 3, abs=1e-15)


def by_program(periods: int, inspections: int) -> tuple[float, float]:
    """Return value and chance of a first inspection by a linear program in sequence form.

    Variables are the weights of the inspector's histories and, at each, what the violator can
    still expect, by the weight of the history.
    """
    histories = [
        h for t in range(periods + 1) for h in itertools.product((0, 1), repeat=t)
        if sum(h) <= inspections
    ]  # fmt: skip
    place = {h: i for i, h in enumerate(histories)}
    size = len(histories)
    upper, equal, right = [], [], []
    for h in histories:
        if len(h) == periods:
            continue
        quiet, looked = place[(*h, 0)], place.get((*h, 1))
        violate, wait, split = np.zeros((3, 2 * size))
        violate[quiet], violate[size + place[h]] = 1, -1
        wait[size + quiet], wait[size + place[h]] = 1, -1
        split[quiet], split[place[h]] = 1, -1
        if looked is not None:
            violate[looked], wait[size + looked], split[looked] = -1, 1, 1
        upper += [violate, wait]
        equal.append(split)
        right.append(0.0)
    root = np.zeros(2 * size)
    root[0] = 1
    equal.append(root)
    right.append(1.0)
    ends = [(0, 0) if len(h) == periods else (None, None) for h in histories]
    goal = np.zeros(2 * size)
    goal[size] = 1
    done = linprog(
        goal, A_ub=np.array(upper), b_ub=np.zeros(len(upper)), A_eq=np.array(equal), b_eq=right,
        bounds=[(0, None)] * size + ends,
    )  # fmt: skip
    assert done.success
    return float(done.fun), float(done.x[place[(1,)]])


@pytest.mark.parametrize(("periods", "inspections"), [(2, 1), (3, 1), (4, 2), (5, 2), (6, 3)])
def test_a_linear_program_over_all_strategies_agrees(periods: int, inspections: int) -> None:
    """Value and first inspection are those of the whole game, not only of its stages."""
    value, first = by_program(periods, inspections)
    assert dresher(periods, inspections) == pytest.approx(value, abs=1e-9)
    assert first_inspection(periods, inspections) == pytest.approx(first, abs=1e-6)


@given(st.floats(0, 0.9), st.floats(0, 20), st.floats(0.001, 2))
def test_both_sides_of_an_inspection_are_indifferent(
    missed: float, penalty: float, cost: float
) -> None:
    """Violating and not, inspecting and not, are worth the same where both are mixed."""
    found = mixed(missed, penalty, cost)
    p, v = float(found.inspects), float(found.violates)
    hit = p * (1 - missed)
    if found.deters and found.pays:
        assert (1 - hit) - hit * penalty == pytest.approx(0, abs=1e-9)
        assert v * (1 - missed) == pytest.approx(cost, abs=1e-9)
    else:
        assert v == 1
        assert p == (1 if found.pays else 0)


@given(st.integers(1, 200), st.data())
def test_a_sample_is_hypergeometric(items: int, data: st.DataObject) -> None:
    """The chance to draw a falsified item is one minus that of drawing none."""
    falsified = data.draw(st.integers(0, items))
    sampled = data.draw(st.integers(0, items))
    wanted = 1 - comb(items - falsified, sampled) / comb(items, sampled)
    assert sample_detects(items, falsified, sampled) == pytest.approx(wanted, abs=1e-12)
    other = 1 - hypergeom.pmf(0, items, falsified, sampled)
    assert sample_detects(items, falsified, sampled) == pytest.approx(other, abs=1e-8)


@given(st.integers(1, 300), st.floats(0.01, 1), st.data())
def test_the_sample_needed_is_the_smallest(items: int, wanted: float, data: st.DataObject) -> None:
    """One item less detects less often than wanted."""
    falsified = data.draw(st.integers(1, items))
    needed = sample_needed(items, falsified, wanted)
    assert sample_detects(items, falsified, needed) >= wanted
    assert needed == 0 or sample_detects(items, falsified, needed - 1) < wanted
