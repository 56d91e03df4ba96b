"""A change of pace is told where there is one, and chance seldom passes for one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from math import exp, factorial, log
from random import Random
from statistics import NormalDist

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.monitor.changepoint import Scan
from detente.monitor.pace import Between, Period, pace, periods_of
from detente.monitor.poisson import rate

START = date(1990, 1, 1)
DAILY = [0.03] * 60


def history(days: list[int], daily: list[float], random: Random) -> list[Period]:
    """Batches that come by chance at a daily rate, each of some seven names."""
    found, start = [], START
    for length, pace_ in zip(days, daily, strict=True):
        names, at = 0, random.expovariate(pace_)
        while at < length:
            names += 1 + int(random.expovariate(1 / 6))
            at += random.expovariate(pace_)
        found.append(Period(start, length, names))
        start += timedelta(length)
    return found


def even(*counts: int) -> list[Period]:
    """Periods of a hundred days without gaps."""
    return [Period(START + timedelta(100 * i), 100, count) for i, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("of one length", [30] * 60),
        ("of every length", [20 + 37 * i % 381 for i in range(25)]),
        ("ever shorter", [400] * 10 + [1] * 200),
        ("ever longer", [7] * 120 + [365] * 8),
    ],
)
def test_chance_raises_an_alarm_no_more_often_than_stated(name: str, days: list[int]) -> None:
    """Of 400 histories of batches at one pace, about alpha or fewer look changed."""
    random, alpha, tries = Random(f"{name} 1"), 0.05, 400
    alarms = sum(
        pace(history(days, [0.03] * len(days), random), permutations=199, seed=i).change == "yes"
        for i in range(tries)
    )
    error = (alpha * (1 - alpha) / tries) ** 0.5
    assert alarms / tries <= alpha + 2 * error


@pytest.mark.parametrize("factor", [4, 0.25])
def test_an_obvious_change_is_found(factor: float) -> None:
    """Four times as many batches, or a quarter: more than nine in ten are told, and told right."""
    random, found = Random(f"power {factor}"), []
    for i in range(200):
        daily = [0.03] * 40 + [0.03 * factor] * 40
        told = pace(history([60] * 80, daily, random), permutations=199, seed=i)
        if told.change == "yes" and told.before and told.after:
            found.append(told.after.central > told.before.central)
    assert len(found) / 200 > 0.9
    assert sum(rose == (factor > 1) for rose in found) / len(found) > 0.97


def test_one_large_batch_is_no_change_of_pace() -> None:
    """A plain Poisson test would swear that something happened; one day's batch is one batch."""
    told = pace(even(3, 2, 4, 3, 2, 3, 90, 2, 3, 4, 2, 3, 3, 2))
    assert told.change == "no"
    assert told.p_value is not None
    assert told.p_value > 0.05
    assert told.dispersion is not None
    assert told.dispersion > 10
    assert (told.split, told.before, told.after) == (None, None, None)


def test_a_change_is_told_with_its_days_and_both_rates() -> None:
    """The days reach from the period before the change to the one behind it."""
    told = pace(even(*[3, 2, 4, 3, 2, 3, 4, 2], *[30, 28, 33, 31, 29, 30, 27, 32]))
    assert told.change == "yes"
    assert told.split == Between(START + timedelta(700), START + timedelta(899))
    assert told.before == rate(23, 800)
    assert told.after == rate(240, 800)
    assert told.p_value == 1 / 1000
    assert (told.permutations, told.periods, told.alpha) == (999, 16, 0.05)
    assert told.words.startswith("the pace rose between 1991-12-02 and 1992-06-18, from 10.5 (")
    written = msgspec.json.decode(msgspec.json.encode(told))
    assert set(written["before"]) == {"low", "central", "high"}


@pytest.mark.parametrize("counts", [(), (5,) * 9, (0,) * 40, (0,) * 20 + (9, 9, 9)])
def test_too_little_is_unknown_and_not_no_change(counts: tuple[int, ...]) -> None:
    """Few periods, or few in which anything happened, answer nothing."""
    told = pace(even(*counts))
    assert told.change == "unknown"
    assert told.p_value is None
    assert told.words.startswith("too few periods to tell")


def test_the_same_seed_gives_the_same_answer() -> None:
    """An answer can be checked by whoever has the counts."""
    periods = history([60] * 40, [0.03] * 20 + [0.05] * 20, Random(7))
    assert pace(periods, seed=5) == pace(periods, seed=5)
    assert pace(periods, seed=5).seed == 5


def test_gaps_that_nobody_looked_at_count_for_nothing() -> None:
    """Between two periods may lie years; the rate is one of the days that were looked at."""
    first, second = even(*[3] * 10), even(*[3] * 10)
    later = [period._replace(start=period.start + timedelta(5000)) for period in second]
    told = pace([*first, *later])
    assert told.overall == rate(60, 2000)
    assert told.change == "no"


def exact(days: list[int], counts: list[int]) -> float:
    """The share of all orders that look at least as changed, by the plainest of ways."""

    def most(order: tuple[int, ...]) -> float:
        best, total, events = 0.0, sum(days), sum(counts)
        edge = max(0.05 * total, 2 * max(days))
        for at in range(1, len(order)):
            sides = [
                (sum(days[i] for i in side), sum(counts[i] for i in side))
                for side in (order[:at], order[at:])
            ]
            if min(side[0] for side in sides) >= edge:
                terms = [c * log(c / d / (events / total)) for d, c in sides if c]
                best = max(best, 2 * sum(terms))
        return best

    happened = most(tuple(range(len(days)))) - 1e-9
    orders = [most(order) for order in permutations(range(len(days)))]
    return sum(value >= happened for value in orders) / factorial(len(days))


@pytest.mark.parametrize(
    ("days", "counts"),
    [
        ([10] * 6, [1, 2, 1, 5, 6, 4]),
        ([10, 20, 15, 10, 25, 10, 18], [0, 1, 0, 3, 9, 2, 7]),
        ([30, 7, 30, 7, 30, 7, 30], [3, 0, 4, 1, 0, 0, 2]),
    ],
)
def test_drawn_orders_agree_with_all_orders(days: list[int], counts: list[int]) -> None:
    """On a handful of periods the p-value is that of every order, counted one by one."""
    scan, draws = Scan(days, counts), 20_000
    likeliest = scan.likeliest()
    assert likeliest is not None
    found, drawn = scan.as_changed(likeliest[1], draws, 1, draws)
    truth = exact(days, counts)
    assert drawn == draws
    assert abs(found / drawn - truth) < 4 * (truth * (1 - truth) / draws) ** 0.5 + 1e-12


@given(
    st.lists(st.tuples(st.integers(1, 90), st.integers(0, 40)), min_size=8, max_size=60),
    st.integers(0, 1000),
)
def test_passing_over_blocks_overlooks_no_split(rows: list[tuple[int, int]], seed: int) -> None:
    """The bounds of blocks find just the orders that looking at every split finds."""
    days, counts = [row[0] for row in rows], [row[1] for row in rows]
    assume(any(counts))
    likeliest = Scan(days, counts).likeliest()
    assume(likeliest)
    assert likeliest is not None
    found, drawn = Scan(days, counts).as_changed(likeliest[1], 20, seed, 20)
    random, expected = Random(seed), 0
    order = list(rows)
    for _ in range(drawn):
        random.shuffle(order)
        again = Scan([row[0] for row in order], [row[1] for row in order]).likeliest()
        expected += again is not None and again[1] >= likeliest[1] - 1e-9
    assert found == expected


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904), (100, 81.3640, 121.6267)],
)
def test_intervals_are_the_exact_ones_of_the_tables(count: int, low: float, high: float) -> None:
    """Garwood's interval of counts that every table has."""
    found = rate(count, 36525)
    assert found.low * 100 == pytest.approx(low, abs=1e-4)
    assert found.high * 100 == pytest.approx(high, abs=1e-4)


@given(st.integers(1, 60))
def test_an_interval_leaves_a_fortieth_on_each_side(count: int) -> None:
    """At its ends so many events or more, or so many or fewer, have a chance of 2.5 %."""
    found = rate(count, 36525)

    def up_to(most: int, mean: float) -> float:
        return sum(exp(-mean) * mean**i / factorial(i) for i in range(most + 1))

    assert 1 - up_to(count - 1, found.low * 100) == pytest.approx(0.025, rel=1e-6)
    assert up_to(count, found.high * 100) == pytest.approx(0.025, rel=1e-6)


def test_an_interval_of_very_many_is_nearly_the_normal_one() -> None:
    """Large counts neither overflow nor take for ever."""
    found, wide = rate(1_000_000, 36525), NormalDist().inv_cdf(0.975) * 1000
    assert found.high * 100 == pytest.approx(1_000_000 + wide, rel=1e-5)


def test_events_are_cut_into_whole_periods() -> None:
    """A last piece that is shorter is left out, and so are days outside."""
    days = [START, START, START + timedelta(9), START + timedelta(10), START + timedelta(29)]
    found = periods_of([*days, START - timedelta(1)], START, START + timedelta(26), days=10)
    assert found == [Period(START, 10, 3), Period(START + timedelta(10), 10, 1)]


@pytest.mark.parametrize(
    ("periods", "alpha", "draws"),
    [
        ([Period(START, 0, 1)], 0.05, 999),
        ([Period(START, 10, -1)], 0.05, 999),
        ([Period(START, 10, 1), Period(START + timedelta(9), 10, 1)], 0.05, 999),
        (even(1, 2), 0.001, 99),
        (even(1, 2), 0.0, 99),
    ],
)
def test_what_cannot_be_judged_is_refused(periods: list[Period], alpha: float, draws: int) -> None:
    """Overlapping or empty periods and a level that no order reaches are the caller's mistake."""
    with pytest.raises(UsageError, match="give"):
        pace(periods, alpha=alpha, permutations=draws)
