"""Core d: the crisis-signalling game and all its equilibria."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from detente.errors import UsageError
from detente.games.signalling import Payoffs, answers, both_below, equilibria

EXAMPLE = Payoffs(
    status_quo=0.0, victory=1.0, back_down=-1.2, stand_firm=-1.9, concede=0.0, hold_out=1.0,
    fight=-2.9,
)  # fmt: skip
WANTED = [(0.995, 0.251, 0.310), (0.380, 0.595, 0.242), (0.205452, 0.813322, 0.208759)]
GAMES = st.builds(
    Payoffs,
    status_quo=st.just(0.0), victory=st.floats(0.2, 3), back_down=st.floats(-3, 0.5),
    stand_firm=st.floats(-3, 1), concede=st.floats(-1, 1), hold_out=st.floats(-1, 3),
    fight=st.floats(-4, 1),
)  # fmt: skip


def test_the_documented_game_has_three() -> None:
    """All three, the last to six digits; the middle one does not return."""
    found = equilibria(EXAMPLE)
    assert [(e.threat, e.resist, e.stand_firm) for e in found] == [
        pytest.approx(item, abs=5e-4) for item in WANTED
    ]
    last = found[-1]
    assert (last.threat, last.resist, last.stand_firm) == pytest.approx(WANTED[-1], abs=5e-7)
    assert [e.returns for e in found] == [True, False, True]


@pytest.mark.parametrize("side", [-1e-3, 1e-3])
def test_expectations_come_back_exactly_where_it_is_said(side: float) -> None:
    """Answering the answer again and again leads back to the outer ones, and off the middle one."""
    for one in equilibria(EXAMPLE):
        resist = np.array(one.resist + side)
        for _ in range(300):
            resist = answers(resist, EXAMPLE)[2]
        assert (abs(float(resist) - one.resist) < 1e-6) == one.returns


def crisis(p: Payoffs, resist: float, firm: float, number: int) -> tuple[float, float, float]:
    """Play a crisis from its payoffs and shocks, each side answering the chances given."""
    shocks = np.random.default_rng(7).standard_normal((3, number))
    stands, backs = p.stand_firm + shocks[0], p.back_down + shocks[1]
    threatens = resist * np.maximum(stands, backs) + (1 - resist) * p.victory > p.status_quo
    stays = stands > backs
    fights = firm * (p.fight + shocks[2]) + (1 - firm) * p.hold_out > p.concede
    return float(threatens.mean()), float(fights.mean()), float(stays[threatens].mean())


@pytest.mark.parametrize("place", [0, 1, 2])
def test_each_equilibrium_answers_itself(place: int) -> None:
    """Two million crises played by best answers give the chances that they expected."""
    one = equilibria(EXAMPLE)[place]
    played = crisis(EXAMPLE, one.resist, one.stand_firm, 2_000_000)
    assert played == pytest.approx((one.threat, one.resist, one.stand_firm), abs=0.002)


@settings(max_examples=40)
@given(GAMES)
def test_what_is_found_solves_the_equations_and_ten_times_the_cells_find_no_more(
    game: Payoffs,
) -> None:
    """Each is a fixed point, computed anew from the multivariate normal; their number is odd."""
    found = equilibria(game)
    assert len(found) % 2 == 1
    assert len(equilibria(game, 40_000)) == len(found)
    for one in found:
        bar = (game.status_quo - (1 - one.resist) * game.victory) / one.resist
        root = np.sqrt(0.5)
        joint = multivariate_normal(cov=[[1, root], [root, 1]]).cdf(
            [(game.stand_firm - game.back_down) * root, game.stand_firm - bar]
        )
        assert joint == pytest.approx(one.stand_firm * one.threat, abs=1e-6)


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(-0.99, 0.99))
def test_owens_t_gives_the_bivariate_normal(h: float, k: float, rho: float) -> None:
    """As scipy integrates it, at the axes too."""
    for pair in ((h, k), (0.0, k), (h, 0.0), (0.0, 0.0)):
        wanted = multivariate_normal(cov=[[1, rho], [rho, 1]]).cdf(pair)
        found = both_below(np.array(pair[0]), np.array(pair[1]), rho)
        assert found == pytest.approx(wanted, abs=2e-6)


@pytest.mark.parametrize(
    ("change", "says"),
    [({"victory": -0.1}, "worth more"), ({"back_down": -9.0, "stand_firm": -7.0}, "ever made")],
)
def test_payoffs_without_a_crisis_are_refused(change: dict[str, float], says: str) -> None:
    """Victory must be worth something, and a threat must not be out of the question."""
    with pytest.raises(UsageError, match=says):
        equilibria(EXAMPLE._replace(**change))
