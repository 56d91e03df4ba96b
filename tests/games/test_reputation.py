"""Core e: the price of one unprincipled waiver."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.games.reputation import break_even, horizon, kept, waiver_price


def exactly(tough: Fraction, gain: Fraction) -> int:
    """Return the smallest n with gain**n below the belief, in whole numbers."""
    n = 1
    while gain**n >= tough:
        n += 1
    return n


@given(st.integers(1, 99), st.integers(1, 100))
def test_the_horizon_is_that_of_exact_fractions(gain: int, tough: int) -> None:
    """k(p) = floor(ln p / ln b) + 1, for beliefs on and beside the powers too."""
    b, p = Fraction(gain, 100), Fraction(tough, 100)
    assert horizon(float(p), float(b)) == exactly(p, b)


@given(st.integers(1, 9), st.integers(1, 12))
def test_a_belief_at_a_power_is_at_it(tenths: int, power: int) -> None:
    """At b**j targets stay quiet only from j + 1 on, whatever binary makes of the power."""
    b = Fraction(tenths, 10)
    assert horizon(float(b**power), float(b)) == power + 1


def test_above_the_gain_one_target_is_deterred() -> None:
    """From p > b on k is 1, with certainty too; at b it is 2."""
    assert list(horizon(np.array([0.31, 0.9, 1.0, 0.3]), 0.3)) == [1, 1, 1, 2]


@given(st.integers(1, 8), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_what_is_kept_is_the_value_of_the_chain(targets: int, p: float, b: float) -> None:
    """Walking down the targets left, each of those who stay quiet is worth a."""
    assume(all(abs(p / b**n - 1) > 1e-9 for n in range(1, 9)))
    quiet = 1.7
    walked = sum(quiet for left in range(targets, 0, -1) if p > b**left)
    assert kept(targets, p, b, quiet) == pytest.approx(walked, abs=1e-9)


@given(st.integers(1, 30), st.floats(0.01, 1), st.floats(0.05, 0.95), st.floats(0, 1))
def test_the_price_grows_with_what_holds_with_others(
    targets: int, tough: float, gain: float, transfer: float
) -> None:
    """From nothing where reputations do not carry over, to all that is kept."""
    price = float(waiver_price(targets, tough, gain, 1.0, transfer))
    assert price == pytest.approx(transfer * float(kept(targets, tough, gain, 1.0)))
    assert float(waiver_price(targets + 1, tough, gain, 1.0, transfer)) >= price
    assert break_even(price, 1.0) == pytest.approx(price - 1)
