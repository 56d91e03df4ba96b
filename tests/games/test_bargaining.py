"""Core c: five bargains in closed form, each against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.games.bargaining import (
    conflict_needed,
    cutoff,
    drezner,
    growth_at_half,
    nash_limit,
    risk_return,
    rubinstein,
    sender_share,
    shift,
    stay_out,
)

FACTORS = st.floats(0.05, 0.95)
RATES = st.floats(0.01, 1)
COSTS = st.floats(0.01, 3)


@given(FACTORS, FACTORS)
def test_alternating_offers_converge_to_rubinstein(first: float, second: float) -> None:
    """A bargain of very many rounds, solved backwards, gives (1 - d2) / (1 - d1 d2)."""
    share = 1.0  # of who offers in the last round
    for i in range(2000):
        share = 1 - (second if i % 2 else first) * share
    assert rubinstein(first, second) == pytest.approx(share, abs=1e-9)


@given(RATES, RATES)
def test_without_delay_it_is_the_nash_share(first: float, second: float) -> None:
    """As the delay falls the share tends to r2 / (r1 + r2)."""
    wanted = second / (first + second)
    assert nash_limit(first, second) == pytest.approx(wanted, abs=1e-12)
    assert sender_share(first, second, 0.0, 1e-7) == pytest.approx(wanted, abs=1e-6)
    assert sender_share(first, second, 0.0, 0.0) == pytest.approx(wanted, abs=1e-12)


@given(RATES, RATES, st.floats(0, 1), st.floats(0.01, 2))
def test_growth_is_impatience(rate: float, other: float, growth: float, delay: float) -> None:
    """The sender's share is Rubinstein's with a discount rate raised by the growth."""
    first, second = np.exp(-(rate + growth) * delay), np.exp(-other * delay)
    found = sender_share(rate, other, growth, delay)
    assert found == pytest.approx(float(rubinstein(first, second)), abs=1e-9)


@given(RATES, RATES, st.just(0.0) | st.floats(1e-6, 2))
def test_the_share_flips_at_the_growth_reported(rate: float, other: float, delay: float) -> None:
    """There the sender gets one half; with a little less growth more, with more growth less."""
    growth = float(growth_at_half(rate, other, delay))
    if not np.isfinite(growth):
        assert sender_share(rate, other, 1e6, delay) >= 0.5
        return
    if growth + rate < 50:
        assert sender_share(rate, other, growth, delay) == pytest.approx(0.5, abs=1e-6)
        assert sender_share(rate, other, growth + 0.01, delay) < 0.5


@given(COSTS, COSTS)
def test_no_other_demand_is_worth_more(most: float, own: float) -> None:
    """x* = (C - k) / 2 is best among a thousand demands."""
    found = risk_return(most, own)
    demands = np.linspace(0, most, 1001)
    refused = demands / most
    worth = (1 - refused) * demands - refused * own
    assert float(found.worth) >= worth.max() - 1e-12
    assert found.demand == pytest.approx(max((most - own) / 2, 0), abs=1e-12)
    assert abs(demands[worth.argmax()] - float(found.demand)) <= most / 1000


@given(COSTS, COSTS, COSTS, st.floats(0, 1))
def test_the_larger_demand_pays_from_the_cutoff(
    low: float, more: float, own: float, p: float
) -> None:
    """Asking for the high cost is better than the sure low one exactly beyond the cutoff."""
    high = low + more
    gamble, sure = p * high - (1 - p) * own, low
    if abs(gamble - sure) > 1e-9:
        assert (gamble > sure) == (p > float(cutoff(low, high, own)))


@given(FACTORS, FACTORS, st.floats(0, 0.3), st.floats(0, 2), FACTORS)
def test_a_target_stays_out_for_just_the_offer(
    power: float, rise: float, conflict: float, building: float, patience: float
) -> None:
    """At the offer building is worth no more than the share for ever, below it more."""
    later = min(power + rise, 1.0)
    offer = float(stay_out(power, later, conflict, building, patience))
    keep = offer / (1 - patience)
    build = offer - building + patience * (later - conflict) / (1 - patience)
    assert keep >= build - 1e-9
    if offer > power - conflict + 1e-9:
        assert keep == pytest.approx(build, abs=1e-9)
    else:
        assert building >= float(shift(power, later, patience)) - 1e-9


@given(FACTORS, FACTORS, COSTS, COSTS, FACTORS)
def test_prevention_is_credible_where_the_shift_exceeds_both_costs(
    power: float, rise: float, own: float, other: float, patience: float
) -> None:
    """Summed period by period, preventing beats settling exactly where the formula says so."""
    later = min(power + rise, 1.0)
    ahead = patience ** np.arange(3000)
    prevents = ((1 - power) * ahead).sum() - own
    settles = (1 - power) + ((1 - later) * ahead[1:]).sum() + other
    moved = float(shift(power, later, patience))
    if abs(moved - own - other) > 1e-6:
        assert (prevents > settles) == (moved > own + other)


@given(COSTS, COSTS, st.floats(0, 3))
def test_a_target_grants_up_to_drezners_demand(target: float, sender: float, phi: float) -> None:
    """Granting D* is as good as standing firm; the demand falls as conflict is expected."""
    demand = float(drezner(target, sender, phi))
    firm = -target + phi * sender
    if demand > 0:
        assert -(1 + phi) * demand == pytest.approx(firm, abs=1e-9)
        assert float(drezner(target, sender, phi + 0.1)) < demand
    else:
        assert firm >= -1e-9


@given(COSTS, COSTS, st.floats(0, 3))
def test_a_threat_is_credible_from_cs_over_ct(target: float, sender: float, phi: float) -> None:
    """Imposing is worth its cost to a sender who expects that much conflict."""
    needed = float(conflict_needed(target, sender))
    if abs(phi - needed) > 1e-9:
        assert (-sender + phi * target > 0) == (phi > needed)
