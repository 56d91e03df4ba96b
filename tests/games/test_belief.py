"""Core b: what conduct and inspections teach."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.games.belief import cap, clean, divergence, path, update, wald
from detente.games.trust import solve

CHANCES = st.floats(0.01, 0.99)


@given(CHANCES, CHANCES, CHANCES)
def test_a_signal_moves_the_belief_by_bayes(belief: float, sincere: float, staller: float) -> None:
    """The log-odds filter is the quotient of joint chances."""
    wanted = belief * sincere / (belief * sincere + (1 - belief) * staller)
    assert update(belief, sincere, staller) == pytest.approx(wanted, abs=1e-12)


@given(CHANCES, CHANCES, CHANCES)
def test_one_signal_moves_the_mean_belief_nowhere(
    belief: float, sincere: float, staller: float
) -> None:
    """Over both signals the belief after is on average the belief before, exactly."""
    seen = belief * sincere + (1 - belief) * staller
    mean = seen * update(belief, sincere, staller) + (1 - seen) * update(
        belief, 1 - sincere, 1 - staller
    )
    assert mean == pytest.approx(belief, abs=1e-12)


@given(CHANCES, CHANCES, st.floats(0.05, 3), st.integers(1, 6))
def test_the_mean_belief_over_all_paths_of_the_game_is_the_prior(
    belief: float, q: float, gain: float, rounds: int
) -> None:
    """E[mu_t] = mu_0 for every t, with the likelihoods of the equilibrium, path by path."""
    complies = list(solve(belief, q, gain, 1.0, rounds).complies[:, 0])
    for t in range(1, rounds + 1):
        mean = 0.0
        for signals in itertools.product((True, False), repeat=t):
            if False in signals[:-1]:
                continue  # a cheat ends it
            beliefs = path(belief, complies, signals)
            chance = 1.0
            for now, y, complied in zip(beliefs, complies, signals, strict=False):
                good = now + (1 - now) * y
                chance *= good if complied else 1 - good
            mean += chance * beliefs[-1]
            if not signals[-1]:
                assert chance < 1e-12 or beliefs[-1] == 0
        # a path that ended before t has the belief 0 and adds nothing
        assert mean == pytest.approx(belief, abs=1e-9)


def test_sure_compliance_teaches_nothing_and_a_fixed_rate_pretends_it_does() -> None:
    """In the documented game seven honest rounds leave .25; a fixed rate of .6 gives .92."""
    complies = list(solve(0.25, 0.6, 0.8, 1.0, 10).complies[:, 0])
    assert path(0.25, complies, [True] * 7)[-1] == pytest.approx(0.25, abs=1e-12)
    assert path(0.25, [0.6] * 7, [True] * 7)[-1] > 0.9


def test_the_belief_on_the_path_is_that_of_the_solution() -> None:
    """The filter and the backward recursion agree on every round."""
    found = solve(0.25, 0.6, 0.8, 1.0, 10)
    beliefs = path(0.25, list(found.complies[:, 0]), [True] * 9)
    assert beliefs == pytest.approx(list(found.belief[:, 0]), abs=1e-12)


@given(CHANCES, CHANCES, CHANCES, st.integers(0, 60))
def test_what_is_not_observed_caps_the_belief(
    belief: float, scope: float, detection: float, inspections: int
) -> None:
    """More clean inspections raise the belief towards a cap that they never pass."""
    now = float(clean(belief, scope, detection, inspections))
    assert belief - 1e-12 <= now <= float(clean(belief, scope, detection, inspections + 1)) + 1e-12
    assert now <= float(cap(belief, scope)) + 1e-12
    assert cap(belief, scope) == pytest.approx(belief / (belief + (1 - belief) * (1 - scope)))
    assert clean(belief, scope, detection, 1e6) == pytest.approx(float(cap(belief, scope)))


def sequential(
    truth: float, sincere: float, staller: float, bounds: tuple[float, float], number: int
) -> tuple[float, float]:
    """Return the mean number of inspections and the share accepted, by simulation."""
    generator = np.random.default_rng(1)
    odds, count = np.zeros(number), np.zeros(number)
    running = np.ones(number, dtype=bool)
    up, down = np.log(sincere / staller), np.log((1 - sincere) / (1 - staller))
    while running.any():
        clean_ = generator.random(number) < truth
        odds = np.where(running, odds + np.where(clean_, up, down), odds)
        count += running
        running &= (odds < bounds[0]) & (odds > bounds[1])
    return float(count.mean()), float((odds >= bounds[0]).mean())


@pytest.mark.parametrize(("sincere", "staller"), [(0.7, 0.65), (0.6, 0.55), (0.85, 0.8)])
def test_walds_numbers_are_within_6_percent(sincere: float, staller: float) -> None:
    """Simulated tests take as many inspections as Wald's identity says, and err no more often."""
    test = wald(sincere, staller, 0.05, 0.1)
    bounds = float(test.accept), float(test.reject)
    number, accepted = sequential(sincere, sincere, staller, bounds, 20_000)
    assert number == pytest.approx(float(test.number_sincere), rel=0.06)
    assert 1 - accepted <= 0.1 * 1.1
    number, accepted = sequential(staller, sincere, staller, bounds, 20_000)
    assert number == pytest.approx(float(test.number_staller), rel=0.06)
    assert accepted <= 0.05 * 1.1


@given(CHANCES, CHANCES)
def test_divergence_is_nothing_only_between_equals(p: float, q: float) -> None:
    """It is never negative, and 0 for one and the same chance."""
    assert divergence(p, q) >= -1e-15
    assert divergence(p, p) == 0
