"""Relief in tranches: the prize that keeps a target honest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.games.tranches import honest, largest_first_step, least_prize, values

PLAN = ([0.6] * 5, [0.5] * 5, 0.9)
STEPS = st.lists(st.tuples(st.floats(0, 2), st.floats(0, 2)), min_size=1, max_size=7)


@pytest.mark.parametrize(("snapback", "prize"), [(0.0, 1.54), (0.5, 1.12), (0.9, 0.78)])
def test_the_documented_prizes(snapback: float, prize: float) -> None:
    """The prize needed falls from 1.54 to 1.12 and 0.78 as more is snapped back."""
    assert least_prize(*PLAN, snapback) == pytest.approx(prize, abs=0.005)


def best(prize: float, steps: list[tuple[float, float]], patience: float, snap: float) -> float:
    """Return what the plan is worth to a target that may stop at any step, by trying all stops."""
    found = -np.inf
    for stop in range(len(steps) + 1):
        worth = 0.0
        for k, (cost, tranche) in enumerate(steps):
            if k == stop:
                worth += patience**k * (1 - snap) * tranche
                break
            worth += patience**k * (tranche - cost)
        else:
            worth += patience ** len(steps) * prize
        found = max(found, worth)
    return found


@given(STEPS, st.floats(0.3, 0.99), st.floats(0, 1))
def test_with_the_least_prize_honesty_is_best_and_with_less_it_is_not(
    steps: list[tuple[float, float]], patience: float, snap: float
) -> None:
    """Keeping to the plan beats every way of stopping exactly from the least prize on."""
    costs, tranches = [list(side) for side in zip(*steps, strict=True)]
    prize = float(least_prize(costs, tranches, patience, snap))
    enough = prize + 1e-6
    assert all(honest(enough, costs, tranches, patience, snap))
    assert values(enough, costs, tranches, patience)[0] == pytest.approx(
        best(enough, steps, patience, snap)
    )
    if prize > 0.01:
        assert not all(honest(prize - 0.01, costs, tranches, patience, snap))


@given(STEPS, st.floats(0.3, 0.99), st.floats(0, 0.9))
def test_more_snapback_never_needs_a_larger_prize(
    steps: list[tuple[float, float]], patience: float, snap: float
) -> None:
    """Each step asks for less as more of its tranche can be taken back."""
    costs, tranches = [list(side) for side in zip(*steps, strict=True)]
    more = least_prize(costs, tranches, patience, snap + 0.1)
    assert more <= least_prize(costs, tranches, patience, snap) + 1e-12


def test_the_first_step_may_cost_what_the_rest_is_worth() -> None:
    """A first step at its largest cost is just worth taking, and not beyond."""
    costs, tranches, patience = PLAN
    most = float(largest_first_step(2.0, costs, tranches, patience, 0.5))
    assert honest(2.0, [most - 1e-9, *costs[1:]], tranches, patience, 0.5)[0]
    assert not honest(2.0, [most + 1e-9, *costs[1:]], tranches, patience, 0.5)[0]
