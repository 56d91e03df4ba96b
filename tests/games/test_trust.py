"""Core a: trust over several rounds, solved, checked by deviations, played by chance."""

from __future__ import annotations

import random
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.games.plays import play
from detente.games.trust import (
    belief_needed,
    critical,
    largest_exposure,
    looks_honest,
    relief_rounds,
    solve,
    staller_value,
)

CHANCES = st.floats(0.01, 0.99)


class Case(NamedTuple):
    """Parameters of one game."""

    belief: float
    q: float
    gain: float
    patience: float
    rounds: int


CASES = st.builds(Case, CHANCES, CHANCES, st.floats(0.05, 3), st.floats(0.3, 1), st.integers(1, 9))
EXAMPLE = Case(0.25, 0.6, 0.8, 1.0, 10)


def test_the_documented_game() -> None:
    """Seven honest rounds, 8.4 rounds of relief, and cheating in 46 % of plays."""
    found = solve(*EXAMPLE)
    assert relief_rounds(found) == pytest.approx(8.3909465, abs=1e-7)
    assert found.caught.sum() == pytest.approx(0.46193416, abs=1e-8)
    assert looks_honest(found) == 7
    assert found.belief[:, 0] == pytest.approx([0.25] * 8 + [0.36, 0.6], abs=1e-12)
    assert found.complies[7, 0] == pytest.approx(0.25 * 0.64 / (0.75 * 0.36), abs=1e-12)
    assert found.gives[8:, 0] == pytest.approx(0.8 / 1.8, abs=1e-12)


@given(CASES)
def test_thresholds_and_mixing_are_those_of_the_closed_form(case: Case) -> None:
    """Relief from q**n, sure compliance from q**(n-1), else chances that make both indifferent."""
    mu, q, gain, patience, rounds = case
    found = solve(*case)
    if patience * (1 + gain) < gain:
        needed = q / (q + rounds * (1 - q))
        assert (found.gives[0, 0] == 1) == (mu >= needed * (1 - 1e-12))
        return
    assert (found.gives[0, 0] == 1) == (mu >= q**rounds * (1 - 1e-12))
    for i in range(rounds):
        target = q ** (rounds - i - 1)
        now = found.belief[i, 0]
        if now >= target:
            assert found.complies[i, 0] == 1 or target == 1
        else:
            share = now * (1 - target) / ((1 - now) * target)
            assert found.complies[i, 0] == pytest.approx(min(share, 1), abs=1e-9)
        if i and found.belief[i, 0] > found.belief[i - 1, 0]:
            assert found.gives[i, 0] == pytest.approx(gain / (patience * (1 + gain)), abs=1e-9)


class Side(NamedTuple):
    """What both sides expect from a state of the game."""

    sender: float
    staller: float


def value(case: Case, left: int, mu: float, mixed: bool) -> Side:
    """Return what the equilibrium is worth, checking that no single deviation is worth more.

    The strategies are written down here from the theorem, apart from the code under test.
    """
    if left == 0:
        return Side(0.0, 0.0)
    _, q, gain, patience, _ = case
    loss, benefit = q, 1 - q
    gives = gain / (patience * (1 + gain)) if mixed else float(mu >= q**left - 1e-12)
    after = q ** (left - 1)
    complies = 1.0 if mu >= after - 1e-12 else mu * (1 - after) / ((1 - mu) * after)
    good = mu + (1 - mu) * complies
    follow = value(case, left - 1, mu / good if good else mu, complies < 1)
    honest, cheat = 1 + patience * follow.staller, 1 + gain
    if gives > 0:
        assert complies * (honest - cheat) >= complies * -1e-9
        assert (1 - complies) * (cheat - honest) >= (1 - complies) * -1e-9
    relief = good * (benefit + follow.sender) - (1 - good) * loss
    waiting = value(case, left - 1, mu, False) if mu < q**left else None
    hold = waiting.sender if waiting else 0.0
    if waiting:
        assert waiting == Side(0.0, 0.0)
    if 0 < gives < 1:
        assert relief == pytest.approx(hold, abs=1e-9)
    assert (relief >= hold - 1e-9) if gives == 1 else (gives > 0 or relief <= hold + 1e-9)
    staller = gives * (complies * honest + (1 - complies) * cheat)
    return Side(gives * relief, staller)


@given(CASES.filter(lambda case: case.patience * (1 + case.gain) >= case.gain))
def test_no_deviation_pays(case: Case) -> None:
    """Neither side gains by leaving the equilibrium once, and both get what the solution says."""
    found = solve(*case)
    worth = value(case, case.rounds, case.belief, mixed=False)
    assert staller_value(found)[0] == pytest.approx(worth.staller, abs=1e-9)
    honest = case.belief * found.relief_sincere + (1 - case.belief) * (
        found.relief_staller * found.complies
    )
    sender = (1 - case.q) * honest.sum() - case.q * found.caught.sum()
    assert sender == pytest.approx(worth.sender, abs=1e-9)


@given(CASES.filter(lambda case: case.patience * (1 + case.gain) < case.gain * 0.99))
def test_a_staller_without_patience_cheats_at_once(case: Case) -> None:
    """However long it looked honest before, cheating at the first relief is worth most."""
    found = solve(*case)
    assert (found.complies == 0).all()
    best = max(
        sum(case.patience**i for i in range(k)) + case.patience**k * (1 + case.gain)
        for k in range(case.rounds)
    )
    assert best == pytest.approx(1 + case.gain)
    assert found.belief[1:] == pytest.approx(1.0)
    stake = case.belief * (1 - case.q) * case.rounds - (1 - case.belief) * case.q
    assert abs(stake) < 1e-9 or (found.gives[0, 0] == 1) == (stake > 0)


@given(CASES)
def test_the_belief_is_a_martingale(case: Case) -> None:
    """Over compliance and cheating, the belief after a round is on average the one before it."""
    found = solve(*case)
    for i in range(case.rounds - 1):
        now = found.belief[i, 0]
        good = now + (1 - now) * found.complies[i, 0]
        assert good * found.belief[i + 1, 0] == pytest.approx(now, abs=1e-12)


@given(st.lists(CASES, min_size=2, max_size=6))
def test_many_games_at_once_are_each_game_alone(cases: list[Case]) -> None:
    """The solution over arrays equals the solutions one by one."""
    rounds = cases[0].rounds
    columns = [np.array(item) for item in zip(*(case[:4] for case in cases), strict=True)]
    together = solve(*columns, rounds=rounds)  # type: ignore[arg-type,misc]
    for place, case in enumerate(cases):
        alone = solve(*case[:4], rounds)
        for whole, one in zip(together[3:9], alone[3:9], strict=True):
            assert whole[:, place] == pytest.approx(one[:, 0], abs=0)


@given(CHANCES, CHANCES, st.integers(1, 12))
def test_more_rounds_need_less_belief_and_risk_more(belief: float, q: float, rounds: int) -> None:
    """The belief needed falls with rounds; the exposure that a belief bears is its inverse."""
    assert belief_needed(q, rounds) >= belief_needed(q, rounds + 1)
    exposure = float(largest_exposure(belief, rounds))
    assert belief_needed(critical(1.0, exposure), rounds) == pytest.approx(belief, rel=1e-9)


def slow_play(case: Case, chance: random.Random) -> tuple[bool, int, bool]:
    """Play one game round by round, by the rules of the theorem: sincere, relief, cheated."""
    mu, q, gain, patience, rounds = case
    sincere, relief, mixed = chance.random() < mu, 0, False
    for left in range(rounds, 0, -1):
        gives = gain / (patience * (1 + gain)) if mixed else float(mu >= q**left - 1e-12)
        if chance.random() >= gives:
            break
        relief += 1
        after = q ** (left - 1)
        mixed = mu < after - 1e-12
        complies = mu * (1 - after) / ((1 - mu) * after) if mixed else 1.0
        if not sincere and chance.random() >= complies:
            return sincere, relief, True
        mu = after if mixed else mu
    return sincere, relief, False


PLAYED = [EXAMPLE, Case(0.3, 0.5, 0.5, 0.9, 4), Case(0.05, 0.7, 2.0, 0.95, 12)]


@pytest.mark.parametrize("case", PLAYED, ids=str)
def test_plays_agree_with_the_solution(case: Case) -> None:
    """Half a million plays lie within four standard errors of the exact chances."""
    number = 500_000
    found, played = solve(*case), play(solve(*case), number, seed=1)
    assert played.number == number
    cheats = float(found.caught.sum())
    assert abs(played.cheats - cheats) < 4 * np.sqrt(cheats * (1 - cheats) / number)
    error = case.rounds / 2 / np.sqrt(number)
    assert abs(played.relief_rounds - float(relief_rounds(found)[0])) < 4 * error
    caught = played.cheated[1:] / number
    assert caught == pytest.approx(found.caught[:, 0], abs=4 * 0.5 / np.sqrt(number))


@pytest.mark.parametrize("case", PLAYED, ids=str)
def test_plays_agree_with_slow_play(case: Case) -> None:
    """Games played round by round end in each way as often as those drawn by stopping times."""
    chance, number = random.Random(2), 40_000
    counts: dict[tuple[bool, int, bool], int] = {}
    for _ in range(number):
        way = slow_play(case, chance)
        counts[way] = counts.get(way, 0) + 1
    fast = play(solve(*case), 400_000, seed=3)
    for relief in range(case.rounds + 1):
        for way, side in (
            ((True, relief, False), fast.sincere),
            ((False, relief, False), fast.patient),
            ((False, relief, True), fast.cheated),
        ):
            share = side[relief] / fast.number
            error = np.sqrt(max(share * (1 - share), 1e-6) / number)
            assert abs(counts.get(way, 0) / number - share) < 5 * error


def test_the_same_seed_gives_the_same_plays() -> None:
    """Plays are repeatable, and another seed gives others."""
    one, again, other = (play(solve(*EXAMPLE), 10_000, seed) for seed in (5, 5, 6))
    assert (one.cheated == again.cheated).all()
    assert (one.cheated != other.cheated).any()
