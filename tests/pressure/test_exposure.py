"""What trade measures block: the published figures, and what must hold of any set of measures."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UnknownIdError, UsageError
from detente.law.load import load as load_regime
from detente.law.model import Range
from detente.law.regime import Regime
from detente.pressure.exposure import Exposure, base_year_of, exposure
from detente.pressure.files import load
from detente.pressure.goods import basket
from detente.pressure.model import Pressure, TradeRow
from detente.pressure.release import hard_currency, share_released
from detente.pressure.spread import Spread

REGIME = load_regime("dprk")
PRESSURE = load(REGIME)
BANS = basket(REGIME, PRESSURE, 2016).order
IN_FORCE = REGIME.as_of("2019-02-28").in_force
FIVE = ("unscr-2270", "unscr-2321", "unscr-2371", "unscr-2375", "unscr-2397")
subsets = st.sets(st.sampled_from(BANS), min_size=1)


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load_regime("dprk")


@pytest.fixture(scope="module")
def pressure(regime: Regime) -> Pressure:
    return load(regime)


@pytest.fixture(scope="module")
def whole(regime: Regime, pressure: Pressure) -> Exposure:
    return exposure(regime, pressure, remaining=IN_FORCE)


def ends(value: Spread) -> tuple[float, float, float]:
    """Return a share in per cent, to a tenth."""
    return round(100 * value.low, 1), round(100 * value.central, 1), round(100 * value.high, 1)


def test_the_bans_cut_about_94_6_per_cent_of_exports(whole: Exposure) -> None:
    """Nine draws in ten lie from 93.3 to 95.9 %, and the bounds are 90 and 100 %."""
    assert whole.base_year == 2016
    assert whole.total.central == 2820
    assert ends(whole.cumulative) == pytest.approx((93.3, 94.6, 95.9), abs=0.11)
    assert whole.cumulative.kind == "p05-p95"
    assert ends(whole.cumulative_bounds) == pytest.approx((89.7, 94.6, 100), abs=0.11)
    assert whole.cumulative_bounds.kind == "bounds"


def test_each_resolution_adds_what_is_published_of_it(whole: Exposure, pressure: Pressure) -> None:
    """2270 to 2397 add 0.4, 31, 28, 27 and 8 %: together 0.4, 32, 60, 86 and 95."""
    for item in whole.by_instrument:
        number = item.instrument.removeprefix("unscr-")
        for name, found in (("binding", item.share), ("cumulative", item.cumulative)):
            value = pressure.estimates[f"ask-{name}-{number}"].value
            assert value is not None
            assert 100 * found.central == pytest.approx(value.low, abs=0.5)
    assert tuple(item.instrument for item in whole.by_instrument) == FIVE
    assert 100 * whole.by_instrument[0].nominal_share.central == pytest.approx(47, abs=0.1)


def test_an_independent_sum_gives_the_same(whole: Exposure, pressure: Pressure) -> None:
    """Python's own triangular draws of the parts, added by hand, agree with the range."""
    names = (
        "coal", "all-textiles", "seafood", "iron-ore", "lead-and-lead-ore", "iron-and-steel",
        "metals-2321", "minerals-2270", "fruit-and-nuts", "vegetables-and-oilseeds",
        "electrical-goods", "machinery", "earth-stone", "wood", "vessels",
    )  # fmt: skip
    values = [pressure.trade[f"trade-2016-export-{name}"].value for name in names]
    source = random.Random(1)
    sums = sorted(
        min(sum(source.triangular(v.low, v.high, v.central) for v in values) / 2820, 1)
        for _ in range(8000)
    )
    assert whole.cumulative.low == pytest.approx(sums[400], abs=0.001)
    assert whole.cumulative.central == pytest.approx(sum(sums) / len(sums), abs=0.001)
    assert whole.cumulative.high == pytest.approx(sums[7600], abs=0.001)


def test_the_cap_on_coal_binds_above_400_87_million(whole: Exposure) -> None:
    """2321 stops what lies above the cap, 2371 the rest; 2270 nothing of coal at all."""
    by = {item.measure: item for item in whole.by_measure}
    assert by["un-2270-coal-iron-livelihood"].binding.high == 0
    mean = (1180 + 1187 + 1190) / 3
    assert by["un-2321-coal-cap"].binding.central == pytest.approx(mean - 400.87, abs=0.2)
    assert by["un-2371-coal-iron"].binding_bounds.low == pytest.approx(400.87 + 65 + 38, abs=0.01)


def test_what_in_fact_fell_stands_beside_it(whole: Exposure) -> None:
    """Exports were 91.4 % lower in 2018, with both rows named."""
    fall = next(item for item in whole.observed if item.year == 2018)
    assert 100 * fall.fall.central == pytest.approx(91.4, abs=0.02)
    assert fall.rows == ("trade-2016-export-total", "trade-2018-export-total")


def test_every_row_and_source_of_a_number_is_named(whole: Exposure, regime: Regime) -> None:
    """Whatever a number rests on is listed with what it cites, and with its file and line."""
    used = {row.row: row for row in whole.rows_used}
    for item in whole.by_measure:
        assert {*item.rows, *item.allowances} <= used.keys()
    assert {leak.row for leak in whole.net.leaks} <= used.keys()
    assert all(row.sources and row.where for row in used.values())
    assert {id_ for row in used.values() for id_ in row.sources} <= whole.sources.keys()


def test_an_amount_that_divides_in_an_unknown_way_says_so(whole: Exposure) -> None:
    """Statues and metals share one figure: each is anything from nothing to all of it."""
    by = {item.measure: item for item in whole.by_measure}
    statues = by["un-2321-statues"]
    assert statues.divided == ("trade-2016-export-metals-2321",)
    assert (statues.binding_bounds.low, statues.binding_bounds.high) == (0, 120)
    both = exposure(REGIME, PRESSURE, ["un-2321-statues", "un-2321-copper-nickel-silver-zinc"])
    assert both.binding.central == pytest.approx((70 + 100 + 120) / 3, abs=0.5)


def test_leaks_are_netted(whole: Exposure) -> None:
    """Theft, labour, fishing rights and smuggled coal come off, each once, in its latest year."""
    assert {leak.row for leak in whole.net.leaks} == {
        "trade-2024-illicit-crypto-theft", "trade-2023-service-workers-abroad",
        "trade-2018-service-sale-of-fishing-rights", "trade-2019-illicit-export-coal",
    }  # fmt: skip
    assert whole.net.net.central == pytest.approx(
        whole.binding.central - whole.net.leakage.central, abs=1e-6
    )
    assert whole.net.leakage.central == pytest.approx(2200, rel=0.1)
    assert {leak.row for leak in whole.net.beside} == {
        "trade-2019-import-refined-oil-reported", "trade-2020-import-illicit-refined-oil",
    }  # fmt: skip
    assert {leak.unit for leak in whole.net.beside} == {"million barrels"}


def test_a_measure_brings_along_what_it_replaced(regime: Regime, pressure: Pressure) -> None:
    """Asked about 2371 alone, the answer shows the cap and the livelihood ban of coal too."""
    found = exposure(regime, pressure, ["un-2371-coal-iron"])
    assert [item.measure for item in found.by_measure] == [
        "un-2270-coal-iron-livelihood", "un-2321-coal-cap", "un-2371-coal-iron",
    ]  # fmt: skip


def test_what_leaks_is_put_down_to_no_single_measure(regime: Regime, pressure: Pressure) -> None:
    """Net of leakage is one number, whichever measures are asked about."""
    every = exposure(regime, pressure, draws=500)
    assert exposure(regime, pressure, ["un-2371-seafood"], draws=500).net == every.net


def test_only_measures_in_force_count_where_a_day_is_asked_for(
    regime: Regime, pressure: Pressure
) -> None:
    """In June 2016 there was 2270 alone."""
    early = exposure(regime, pressure, in_force=regime.as_of(date(2016, 6, 1)).in_force, draws=500)
    assert [item.instrument for item in early.by_instrument] == ["unscr-2270"]
    assert early.net == exposure(regime, pressure, draws=500).net


def test_the_five_resolutions_would_release_what_they_cut(
    regime: Regime, pressure: Pressure
) -> None:
    """Strictly 94.6 % of exports, and 95 [92, 98] % of the hard currency that is blocked."""
    found = share_released(regime, pressure, FIVE, IN_FORCE, base_year=2016)
    assert found.share is not None
    assert ends(found.share) == pytest.approx((93.3, 94.6, 95.9), abs=0.11)
    assert found.held == {}
    assert "jp-imports" in found.uncounted  # a ban of all trade names no goods
    money = hard_currency(regime, pressure, FIVE, IN_FORCE, base_year=2016)
    assert money is not None
    assert ends(money.share) == pytest.approx((92, 95, 98), abs=0.6)
    assert money.kept == ("trade-2016-illicit-arms-exports",)


def test_goods_that_another_ban_holds_are_not_released(regime: Regime, pressure: Pressure) -> None:
    """Without 2371 the revived cap of 2321 would still hold coal above 400.87 million."""
    revived = ["un-2321-coal-cap"]
    found = share_released(regime, pressure, ["un-2371-coal-iron"], revived, base_year=2016)
    assert found.held["trade-2016-export-coal"] == ("un-2321-coal-cap",)
    assert found.released.central == pytest.approx(400.87 + 224 / 3 + 158 / 3, abs=0.5)
    assert found.alone.central > found.released.central + 700
    crude = share_released(
        regime, pressure, ["un-2397-import-vehicles"], IN_FORCE, base_year=2016, flow="import"
    )
    assert "trade-2016-import-2397-op7" in crude.held


@settings(max_examples=40, deadline=None)
@given(subsets, st.sampled_from(BANS))
def test_shares_never_exceed_the_whole_and_never_fall(chosen: set[str], more: str) -> None:
    """With one measure more nothing falls, and no share leaves 0 to 1; paper never says less."""
    less = exposure(REGIME, PRESSURE, chosen, draws=400)
    full = exposure(REGIME, PRESSURE, {*chosen, more}, draws=400)
    for name in ("cumulative", "cumulative_bounds", "binding", "nominal"):
        for end in ("low", "central", "high"):
            assert getattr(getattr(less, name), end) <= getattr(getattr(full, name), end) + 1e-9
    for value in (full.cumulative, full.cumulative_bounds):
        assert 0 <= value.low <= value.central <= value.high <= 1
    for item in (*full.by_measure, *full.by_instrument):
        for end in ("low", "central", "high"):
            assert getattr(item.binding, end) <= getattr(item.nominal, end) + 1e-9
            assert 0 <= getattr(item.share, end) <= getattr(item.nominal_share, end) <= 1
        assert item.binding_bounds.low <= item.binding.low + 1e-9
        assert item.binding.high <= item.binding_bounds.high + 1e-9
        assert item.nominal_bounds.low <= item.nominal.low + 1e-9
        assert item.nominal.high <= item.nominal_bounds.high + 1e-9
        for end in ("low", "high"):
            assert getattr(item.binding_bounds, end) <= getattr(item.nominal_bounds, end)
            assert getattr(item.share_bounds, end) <= getattr(item.nominal_share_bounds, end)


@settings(max_examples=40, deadline=None)
@given(subsets, st.sets(st.sampled_from(BANS)))
def test_release_is_bounded_by_what_is_lifted_alone(lifted: set[str], stay: set[str]) -> None:
    """What a remaining measure holds is not released, so strict never exceeds naive."""
    found = share_released(REGIME, PRESSURE, lifted, stay, base_year=2016, draws=300)
    less = share_released(REGIME, PRESSURE, lifted, (), base_year=2016, draws=300)
    for end in ("low", "central", "high"):
        assert 0 <= getattr(found.released, end) <= getattr(found.alone, end) + 1e-9
        assert getattr(less.released, end) == pytest.approx(getattr(less.alone, end))
    assert found.share is not None
    assert found.share_bounds is not None
    assert found.share_bounds.low - 1e-9 <= found.share.low
    assert found.share.high <= found.share_bounds.high + 1e-9


def with_rows(rows: Iterable[TradeRow]) -> Pressure:
    """Return pressure that knows these rows of trade and the shipped total of 2016."""
    total = PRESSURE.trade["trade-2016-export-total"]
    return msgspec.structs.replace(
        PRESSURE, trade={row.id: row for row in (total, *rows)}, origins={}
    )


def goods(id_: str, hs: tuple[str, ...], value: float) -> TradeRow:
    """Return a row of exports of 2016."""
    return TradeRow(
        id=id_, sources=("S-ANALYST",), year=2016, flow="export", group=id_, hs=hs,
        value=Range(low=value, central=value, high=value), unit="USD m", evidence="analyst",
        confidence="low",
    )  # fmt: skip


def test_overlapping_rows_are_added_once() -> None:
    """A chapter and a heading within it count once: the wider row where a ban covers all of it."""
    found = exposure(REGIME, with_rows([goods("a", ("62",), 100), goods("b", ("6201",), 30)]))
    assert found.binding.central == pytest.approx(100)
    assert found.passed_over["b"] == "counted in a"


def test_a_chapter_wider_than_the_ban_is_left_out() -> None:
    """Of chapter 27 only coal is banned: the chapter is passed over, the heading counts."""
    found = exposure(REGIME, with_rows([goods("a", ("27",), 100), goods("b", ("2701",), 30)]))
    assert found.binding.central == pytest.approx(30)
    assert found.passed_over["a"] == "wider than what any measure names"


def test_the_cap_holds_over_all_headings_under_it() -> None:
    """Two kinds of coal share one cap; it is not granted twice."""
    rows = [goods("a", ("270111",), 400), goods("b", ("270112",), 400)]
    found = exposure(REGIME, with_rows(rows))
    by = {item.measure: item.binding.central for item in found.by_measure}
    assert by["un-2321-coal-cap"] == pytest.approx(800 - 400.87)
    assert by["un-2371-coal-iron"] == pytest.approx(400.87)


def test_rows_that_overlap_in_part_are_refused() -> None:
    """Neither contains the other, so no sum of them is right."""
    rows = [goods("a", ("61", "62"), 100), goods("b", ("62", "63"), 30)]
    with pytest.raises(UsageError, match="a and b overlap in their HS codes"):
        exposure(REGIME, with_rows(rows))


def test_an_unknown_id_or_year_is_named(regime: Regime, pressure: Pressure) -> None:
    """A slip of the pen gets the nearest id, a year outside the data the years that are known."""
    with pytest.raises(UnknownIdError, match="did you mean unscr-2397"):
        exposure(regime, pressure, ["unscr-2398"])
    with pytest.raises(UsageError, match="no total of exports is known for 2009; known are 2014"):
        exposure(regime, pressure, base_year=2009)


def test_the_base_year_is_that_of_which_most_is_known(pressure: Pressure) -> None:
    """Most banned goods are on record for 2016."""
    assert base_year_of(pressure) == 2016
