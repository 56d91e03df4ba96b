"""Earlier deals: each once, compared by what is known, and back-tested without flattery."""

from __future__ import annotations

from fractions import Fraction

import pytest

from detente import api, negotiations
from detente.errors import UnknownIdError, UsageError
from detente.law.regime import Regime
from detente.pressure.model import Pressure
from detente.talks.backtest import Backtest, backtest, fisher, newcombe
from detente.talks.precedents import Precedents, case_of, cases_of
from detente.talks.similar import FEATURES, differences, similar


@pytest.fixture(scope="module")
def known(regime: Regime, pressure: Pressure) -> Precedents:
    return cases_of(regime, pressure)


@pytest.fixture(scope="module")
def tested(known: Precedents) -> Backtest:
    return backtest(known)


def test_episodes_of_a_precedent_are_one_case(known: Precedents, pressure: Pressure) -> None:
    """19 precedents and 17 episodes, nine of them the same deals: 27 cases."""
    assert len(known.cases) == 27
    assert sum(case.precedent is not None for case in known.cases) == 19
    assert sum(case.episode is not None for case in known.cases) == 17 == len(pressure.episodes)
    assert case_of(known, "AF94") == case_of(known, "dprk-1994")


def test_an_unknown_case_names_the_nearest(known: Precedents) -> None:
    """As everywhere."""
    with pytest.raises(UnknownIdError, match="did you mean dprk-199"):
        case_of(known, "dprk-1993")


def test_the_brier_of_each_predictor_is_that_of_leaving_every_case_out(
    known: Precedents, tested: Backtest
) -> None:
    """Counted in whole numbers, by strata, with no code of the back-test."""
    coded = [c for c in known.cases if c.success is not None]
    wins = sum(bool(c.success) for c in coded)
    total = Fraction(0)
    for case in coded:
        rest = Fraction(wins - bool(case.success), len(coded) - 1)
        total += (rest - bool(case.success)) ** 2
    assert tested.base_rate_brier == pytest.approx(float(total / len(coded)), abs=1e-6)
    assert tested.base_rate_brier == pytest.approx(0.258, abs=0.0005)
    assert tested.in_sample_brier == pytest.approx(0.228, abs=0.0005)
    strata: dict[bool, list[bool]] = {True: [], False: []}
    for case in coded:
        strata[(case.features.observed_share or 0) >= 0.8].append(bool(case.success))
    error = Fraction(0)
    for outcomes in strata.values():
        for outcome in outcomes:
            chance = Fraction(sum(outcomes) - outcome + 1, len(outcomes) - 1 + 2)
            error += (chance - outcome) ** 2
    assert tested.brier == pytest.approx(float(error / len(coded)), abs=1e-6)
    assert (tested.cases, tested.successes) == (17, 6)


def test_observation_divides_the_cases_and_says_how_surely(tested: Backtest) -> None:
    """6 of 9 against 0 of 8, with an interval and the chance of an accident."""
    split = tested.splits[0]
    assert (split.above, split.below) == ((6, 9), (0, 8))
    assert split.chance == pytest.approx(84 / 12376, abs=1e-6)
    assert 0 < split.difference.low < split.difference.central < split.difference.high < 1


def test_misses_are_published(tested: Backtest) -> None:
    """Cases that were observed and failed all the same."""
    assert {miss.case for miss in tested.misses} == {"dprk-1999", "SYR13", "iran-jcpoa"}
    assert all(len(score.predictions) == 17 for score in tested.scores)
    assert "ranking" in tested.claim


def test_counter_examples_to_both_rules_are_shown(tested: Backtest) -> None:
    """Where action for action held, and where compliance first failed."""
    held, failed = tested.counter_examples.values()
    assert set(held) == {"UKR", "JPOA"}
    assert "iraq" in failed


def test_fisher_and_newcombe_agree_with_scipy() -> None:
    """The exact test, and the interval from two score intervals."""
    stats = pytest.importorskip("scipy.stats")
    for one, other in (((6, 9), (0, 8)), ((4, 7), (2, 10)), ((1, 5), (3, 4))):
        table = [[one[0], one[1] - one[0]], [other[0], other[1] - other[0]]]
        found = stats.fisher_exact(table, alternative="greater").pvalue
        assert fisher(one, other) == pytest.approx(found)
        ends = [stats.binomtest(*pair).proportion_ci(method="wilson") for pair in (one, other)]
        shares = [one[0] / one[1], other[0] / other[1]]
        low = ((shares[0] - ends[0].low) ** 2 + (ends[1].high - shares[1]) ** 2) ** 0.5
        interval = newcombe(one, other)
        assert interval.low == pytest.approx(shares[0] - shares[1] - low, abs=1e-6)


def test_a_back_test_needs_cases_of_both_kinds() -> None:
    """A regime without coded cases says what is missing."""
    with pytest.raises(UsageError, match="needs three"):
        negotiations.backtest(api.load("iran"))


def test_a_deal_is_most_like_itself(known: Precedents) -> None:
    """By every feature that it knows, and likeness is the same both ways."""
    for case in known.cases:
        assert all(value == 0 for value in differences(case.features, case.features).values())
        for other in known.cases:
            one, two = (differences(case.features, other.features),
                        differences(other.features, case.features))  # fmt: skip
            assert one == pytest.approx(two)
            assert all(0 <= value <= 1 for value in one.values())


def test_what_a_case_does_not_know_makes_its_likeness_a_range(
    regime: Regime, known: Precedents
) -> None:
    """Unknown is neither alike nor different."""
    found = similar(api.offer(regime, "hanoi-2019"), known)
    for item in found.cases:
        assert item.likeness.low <= item.likeness.central <= item.likeness.high
        wide = item.likeness.high > item.likeness.low
        assert wide == (item.compared < 4)
        assert set(item.differences) <= set(FEATURES)
    central = [item.likeness.central for item in found.cases]
    assert central == sorted(central, reverse=True)
    assert len(found.cases) + len(found.not_compared) == len(known.cases)


def test_an_offer_of_another_regime_is_compared_with_the_same_cases(known: Precedents) -> None:
    """The deal of 2015 is most like its own episode."""
    found = similar(api.offer(api.load("iran"), "jcpoa-2015"), known)
    assert found.cases[0].case.id == "iran-jcpoa"


def test_a_case_of_both_kinds_loses_nothing_that_its_episode_says(regime: Regime) -> None:
    """That the target broke limits after the sender had left is told beside the sender's exit."""
    case = case_of(negotiations.precedents(regime), "iran-jcpoa")
    assert case.note is not None
    assert "breaches by the target" in case.note
