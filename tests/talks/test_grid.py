"""The grid of a bargain: exact, and the same by independent ways of computing it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DataError, UsageError
from detente.law.regime import Regime
from detente.pressure.files import load_grids
from detente.pressure.formulas import calculate, names_of
from detente.pressure.model import BargainingGrid
from detente.talks.bargain import (
    acceptable,
    beaten_by,
    best_packages,
    limits,
    solutions,
    undominated,
    weighed,
)
from detente.talks.grid import Array, packages_of
from detente.talks.laid_out import bargain_of

GRID = Path(__file__).parents[2] / "src/detente/regimes/dprk/pressure/grid.yaml"


def by_hand(grid: BargainingGrid, chosen: dict[str, str]) -> tuple[float, float]:
    """Value one package for both parties with the formulas written out, option by option."""
    own = {i.id: next(o for o in i.options if o.id == chosen[i.id]) for i in grid.issues}
    w, v = grid.weights["sender"], grid.weights["target"]
    nuclear = own["nuclear"].sender * (0.3 + 0.7 * own["verification"].sender)
    relief = own["relief"].sender
    back = 1 - relief + 0.35 * relief * own["snapback"].sender
    rest = ("missile", "verification", "sequence", "snapback", "political")
    sender = w["relief"] * back + w["nuclear"] * nuclear + sum(w[i] * own[i].sender for i in rest)
    target = v["relief"] * own["relief"].target ** 0.7 + v["nuclear"] * own["nuclear"].target
    return sender, target + sum(v[i] * own[i].target for i in rest)


def test_every_package_has_the_value_that_the_formulas_give_by_hand(grid: BargainingGrid) -> None:
    """All 6,804 packages, one by one in plain Python, to twelve digits."""
    packages = packages_of(grid)
    assert packages.sender.size == grid.packages == 6804
    for number in range(packages.sender.size):
        sender, target = by_hand(grid, packages.chosen(number))
        assert packages.sender[number] == pytest.approx(sender, abs=1e-12)
        assert packages.target[number] == pytest.approx(target, abs=1e-12)


def test_both_positions_lie_off_the_frontier_and_each_side_prefers_no_deal(
    grid: BargainingGrid,
) -> None:
    """Hundreds of packages beat the target's offer for both, some beat the sender's."""
    packages = packages_of(grid)
    assert beaten_by(packages, packages.target_offer) > 0
    assert beaten_by(packages, packages.sender_offer) > 0
    sender, target = packages.gains()
    assert sender[packages.target_offer] < 0
    assert target[packages.sender_offer] < 0


def test_the_thresholds_of_hanoi_are_those_of_the_analyst(grid: BargainingGrid) -> None:
    """0.98 as published; 0.862 where the analyst's coarser search published 0.85."""
    found = {limit.id: limit for limit in limits(packages_of(grid))}
    more, only = found["yongbyon-and-covert-or-more"], found["yongbyon-only"]
    assert more.value is not None
    assert only.value is not None
    assert round(more.value.central, 2) == more.published == 0.98
    assert only.value.central == pytest.approx(0.861783, abs=1e-6)
    assert only.value.central == pytest.approx(only.published, abs=0.015)
    assert "less than 0.98 of full relief" in more.text
    assert more.value.low < more.value.central < more.value.high


def test_thresholds_agree_with_a_search_over_the_ratio(grid: BargainingGrid) -> None:
    """A search in 200 steps of the conduct weight stops just below each; it gives 0.98 and 0.85."""
    packages = packages_of(grid)
    row = packages.row("nuclear")
    options = [option.id for option in grid.issues[row].options]
    v = grid.weights["target"]
    rest = v["relief"] + v["nuclear"]
    sender, _ = packages.gains()
    found = {}
    for item, limit in zip(grid.thresholds, limits(packages), strict=True):
        covered = np.isin(packages.options[row], [options.index(c) for c in item.conduct])
        usable = covered & packages.lawful & (sender >= 0.03 - 1e-12)
        best = 0.0
        for step in range(1, 200):
            weight = rest * step / 200
            split = v | {"relief": rest - weight, "nuclear": weight}
            value = np.array([split[i.id] for i in grid.issues]) @ packages.worth["target"]
            if np.any(usable & (value - value[packages.no_deal] >= 0.03 - 1e-12)):
                best = weight / (rest - weight)
        assert limit.value is not None
        assert 0 <= limit.value.central - best < 0.02
        found[item.id] = round(best, 2)
    assert found == {"yongbyon-and-covert-or-more": 0.98, "yongbyon-only": 0.85}


@settings(max_examples=60)
@given(st.lists(st.tuples(*[st.integers(0, 4)] * 3), min_size=1, max_size=40))
def test_the_pareto_set_is_that_of_comparing_all_pairs(rows: list[tuple[int, ...]]) -> None:
    """Ties and repeats included."""
    values = np.array(rows, dtype=float)
    kept = [
        number for number, one in enumerate(values)
        if not any(np.all(other >= one) and np.any(other > one) for other in values)
    ]  # fmt: skip
    assert undominated(values).tolist() == kept


def test_a_row_beaten_by_less_than_a_sum_can_show_is_beaten() -> None:
    """Sums that round to the same number decide nothing."""
    values = np.array([[1e9, 0.0], [1e9, 1e-12]])
    assert undominated(values).tolist() == [1]


def test_fair_points_are_best_by_their_own_measure(grid: BargainingGrid) -> None:
    """Brute force over every acceptable package."""
    packages = packages_of(grid)
    among = acceptable(packages)
    gains = np.stack(packages.gains())[:, among]
    found = solutions(packages, among)
    hopes = gains.max(axis=1, keepdims=True)
    base = np.array([packages.sender[packages.no_deal], packages.target[packages.no_deal]])

    def gained(name: str) -> Array:
        return np.array([found[name].sender - base[0], found[name].target - base[1]])

    assert gained("nash").prod() == pytest.approx(gains.prod(axis=0).max())
    assert gained("egalitarian").min() == pytest.approx(gains.min(axis=0).max())
    best = (gains / hopes).min(axis=0).max()
    assert (gained("kalai-smorodinsky") / hopes.ravel()).min() == pytest.approx(best)


def test_where_no_package_suits_both_there_is_no_fair_point(grid: BargainingGrid) -> None:
    """Nothing is made up where nothing is there."""
    packages = packages_of(grid)
    assert solutions(packages, np.zeros(packages.sender.size, dtype=bool)) == {}


def test_what_is_called_best_is_lawful_acceptable_and_beaten_by_nothing(
    grid: BargainingGrid,
) -> None:
    """Over cost, pressure kept and requirements met, against all other such packages."""
    packages = packages_of(grid)
    among = acceptable(packages) & packages.lawful
    numbers = weighed(packages) * np.array([-1.0, 1.0, 1.0])
    best = [number for number, _ in best_packages(packages, among)]
    for number in best:
        assert among[number]
        better = np.all(numbers[among] >= numbers[number], axis=1)
        assert not np.any(better & np.any(numbers[among] > numbers[number] + 1e-12, axis=1))
    assert len(bargain_of(grid).pareto) == len(best)


def test_verifying_nothing_dismantled_is_worth_nothing(grid: BargainingGrid) -> None:
    """With sums alone "verify anywhere, dismantle nothing" would gain what it does not."""
    packages = packages_of(grid)
    nuclear = packages.worth["sender"][packages.row("nuclear")]
    conduct = packages.options[packages.row("nuclear")]
    anywhere = packages.options[packages.row("verification")] == 2
    assert np.all(nuclear[conduct == 0] == 0)
    assert nuclear[(conduct == 5) & anywhere].min() == 1
    assert nuclear[(conduct == 5) & ~anywhere].max() < 1


def test_turning_the_options_of_an_issue_round_changes_no_value(grid: BargainingGrid) -> None:
    """Only the numbers of the packages; the ceiling's verification alone is ordered."""

    def told(of: BargainingGrid) -> list[tuple[float, float, bool]]:
        found = packages_of(of)
        rows = zip(found.sender.round(9), found.target.round(9), found.lawful, strict=True)
        return sorted((float(s), float(t), bool(ok)) for s, t, ok in rows)

    for issue in grid.issues:
        if issue.id != grid.ceiling.verification:
            turned = tuple(
                msgspec.structs.replace(i, options=i.options[::-1]) if i.id == issue.id else i
                for i in grid.issues
            )
            assert told(msgspec.structs.replace(grid, issues=turned)) == told(grid)


@pytest.mark.parametrize(
    "formula",
    ["__import__('os')", "a.b", "a[0]", "a if b else c", "lambda: 1", "f(1)", "1 / a",
     "a ** b ** c", "9 ** 9 ** 9", "9 ** 99", "'x' * 9", "True", "a and b", "a" * 300, "", "a +"],
)  # fmt: skip
def test_a_formula_can_do_nothing_but_calculate(formula: str) -> None:
    """What is no plain arithmetic of names and numbers is refused before it is run."""
    with pytest.raises(UsageError):
        names_of(formula)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_formula_is_what_it_says(one: float, two: float) -> None:
    """The same as in plain Python."""
    found = calculate("a * (b + (1 - b) * 0.5) - -a ** 2", {"a": one, "b": two})
    assert found == pytest.approx(one * (two + (1 - two) * 0.5) + one**2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("relief: 0.25, nuclear: 0.3", "relief: 0.35, nuclear: 0.3", "add up to 1.1"),
        ("relief: 0.25, nuclear: 0.3", "relief: -0.05, nuclear: 0.6", "below 0 or above 1"),
        ("sender: 0.15, target: 0.85", "sender: 1.15, target: 0.85", "worth more or less"),
        ("offer: hanoi-2019", "offer: jcpoa-2015", "unknown offer"),
        ("formula: relief ** exponent", "formula: open(relief)", "no plain arithmetic"),
        ("formula: relief ** exponent", "formula: releif ** exponent", "unknown name"),
        ("conduct: [nuclear,", "conduct: [nuclaer,", "unknown issue"),
        ("conduct: [yongbyon]", "conduct: [yongbion]", "unknown option"),
        ("less than {value} of full", "less than much of full", "{value}"),
    ],
)
def test_bad_grids_are_refused_in_one_line(
    regime: Regime, tmp_path: Path, old: str, new: str, said: str
) -> None:
    """Weights that do not sum, values above one, another regime's offer, formulas that are code."""
    text = GRID.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "grid.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_grids(file, regime)
    assert any(said in str(problem) for problem in caught.value.problems)
    assert "\n" not in str(caught.value)


def test_a_grid_too_large_to_value_is_refused(grid: BargainingGrid) -> None:
    """Before any memory is taken."""
    many = tuple(msgspec.structs.replace(grid.issues[0], id=f"i{n}") for n in range(9))
    with pytest.raises(UsageError, match="packages; join options"):
        packages_of(msgspec.structs.replace(grid, issues=many))


@pytest.mark.oracle
def test_negmas_finds_the_same_fair_points_and_frontier(grid: BargainingGrid) -> None:
    """An independent library, on the packages that leave both better off."""
    ops = pytest.importorskip("negmas.preferences.ops", reason="negmas is not installed")
    packages = packages_of(grid)
    gains = np.stack(packages.gains(), axis=1)
    better = np.all(gains > 0, axis=1)
    points = [tuple(map(float, row)) for row in gains[better]]
    ranges = [(0.0, max(p[side] for p in points)) for side in (0, 1)]
    found = solutions(packages, better)
    base = packages.sender[packages.no_deal], packages.target[packages.no_deal]
    (nash, _), *_ = ops.nash_points(None, points, ranges=ranges)
    assert nash == pytest.approx((found["nash"].sender - base[0], found["nash"].target - base[1]))
    front = np.array(points)[list(ops.pareto_frontier_numpy(np.array(points)))]
    mine = np.array(points)[undominated(np.array(points))]
    assert set(map(tuple, front)) == set(map(tuple, mine))


def test_a_cost_of_nothing_has_no_sign(grid: BargainingGrid) -> None:
    """It prints as 0.000, not as -0.000."""
    assert not np.signbit(weighed(packages_of(grid))).any()


@pytest.mark.parametrize(
    ("reservation", "said"), [(0.9, "no such deal exists"), (-0.9, "such a deal exists")]
)
def test_where_there_is_no_threshold_a_whole_sentence_says_so(
    grid: BargainingGrid, reservation: float, said: str
) -> None:
    """Not the analyst's sentence with a hole in it."""
    moved = msgspec.structs.replace(grid, threshold_reservation=reservation)
    for limit in limits(packages_of(moved)):
        assert limit.value is None
        assert said in limit.text
        assert "less than" not in limit.text


def test_weights_without_a_deal_pull_the_range_of_a_threshold_down(grid: BargainingGrid) -> None:
    """Draws in which no such deal exists are not left out."""
    moved = msgspec.structs.replace(grid, threshold_reservation=0.28)
    wide, *_ = limits(packages_of(moved), spread=0.9)
    assert wide.value is not None
    assert wide.value.low == 0
