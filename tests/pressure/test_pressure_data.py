"""The data of pressure that ship with a regime: what they hold, and what is refused."""

from __future__ import annotations

import itertools
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, median

import msgspec
import pytest

from detente.errors import DataError
from detente.law.find import BUNDLED
from detente.law.load import load as load_regime
from detente.law.regime import Regime
from detente.pressure.files import FILES, check_folder, load
from detente.pressure.model import Band, BargainingGrid, Cited, Pressure

FOLDER = BUNDLED / "dprk" / "pressure"
Change = Callable[[str, str, str], list[str]]


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load_regime("dprk")


@pytest.fixture(scope="module")
def pressure(regime: Regime) -> Pressure:
    return load(regime)


@pytest.fixture
def change(tmp_path: Path, regime: Regime) -> Change:
    """Return what is said of the files after ``old`` in one of them became ``new``, once."""
    folder = tmp_path / "pressure"
    shutil.copytree(FOLDER, folder)

    def changed(name: str, old: str, new: str) -> list[str]:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        problems = check_folder(folder, regime)
        assert all(problem.file == str(folder / name) for problem in problems)
        return [f"{problem.id}: {problem.problem}; {problem.suggestion}" for problem in problems]

    return changed


def cited(pressure: Pressure) -> Iterator[Cited]:
    """Yield every row that cites sources."""
    for table in (pressure.levers, pressure.trade, pressure.episodes, pressure.estimates):
        yield from table.values()
    yield from pressure.grids.values()


def total(pressure: Pressure, flow: str, year: int) -> float:
    """Return the total of a flow in a year, in USD million."""
    return pressure.trade[f"trade-{year}-{flow}-total"].value.central


def central(pressure: Pressure, id_: str) -> float:
    """Return an estimate's central value, or its one value."""
    value = pressure.estimates[id_].value
    assert isinstance(value, Band)
    return value.low if value.central is None else value.central


def test_the_files_hold_every_row_of_the_research(pressure: Pressure) -> None:
    """Every table has as many rows as the research."""
    counts = {table: len(getattr(pressure, table)) for table, _ in FILES.values()}
    assert counts == {
        "levers": 39, "planning": 39, "streams": 9, "coalition": 8, "trade": 106,
        "allowances": 11, "episodes": 17, "grids": 1, "estimates": 170, "sources": 50,
    }  # fmt: skip
    assert Counter(row.family for row in pressure.levers.values()) == {
        "enforcement": 7, "new-sanctions": 8, "military": 6, "human-rights": 6, "cyber": 6,
        "information": 6,
    }  # fmt: skip
    assert Counter(row.flow for row in pressure.trade.values()) == {
        "export": 58, "import": 32, "illicit-export": 2, "service": 5, "illicit": 4, "macro": 5,
    }  # fmt: skip
    assert Counter(row.evidence for row in pressure.trade.values()) == {
        "read": 69, "derived": 21, "from-knowledge": 16,
    }  # fmt: skip


def test_the_bundled_files_have_no_problem(regime: Regime) -> None:
    """The check that users run finds nothing."""
    assert check_folder(FOLDER, regime) == []


def test_every_range_is_in_order(pressure: Pressure) -> None:
    """Low never exceeds central, nor central high."""
    for lever in pressure.levers.values():
        for bounds in (lever.cost, lever.effect, lever.lead):
            assert 0 <= bounds.low <= bounds.high
    for row in pressure.trade.values():
        assert row.value.low <= row.value.central <= row.value.high
    for estimate in pressure.estimates.values():
        value = estimate.value
        if value is not None:
            middle = value.low if value.central is None else value.central
            assert value.low <= middle <= value.high


def test_every_source_is_known_and_every_own_source_is_cited(
    pressure: Pressure, regime: Regime
) -> None:
    """No number without a source, and no source that nothing rests on."""
    used = {source for row in cited(pressure) for source in row.sources}
    assert all(row.sources for row in cited(pressure))
    assert used <= regime.sources.keys() | pressure.sources.keys()
    assert pressure.sources.keys() <= used
    assert not regime.sources.keys() & pressure.sources.keys()


def test_a_judgement_says_so(pressure: Pressure) -> None:
    """Cost and effect of a lever are the analyst's, so every lever cites the analyst."""
    assert all("S-ANALYST" in lever.sources for lever in pressure.levers.values())
    assert all(grid.evidence == "analyst" for grid in pressure.grids.values())


def test_goods_and_bans_speak_of_the_same_headings(pressure: Pressure, regime: Regime) -> None:
    """Where a ban names headings, the goods that it is said to restrict are among them."""
    for row in pressure.trade.values():
        for id_ in row.measures:
            banned = regime.measures[id_].hs
            if row.hs and banned:
                pairs = itertools.product(row.hs, banned)
                assert any(a.startswith(b) or b.startswith(a) for a, b in pairs), (row.id, id_)


def test_trade_gives_the_falls_that_are_reported(pressure: Pressure) -> None:
    """Exports fell by 91.4 % from 2016 to 2018; imports by 31 % from 2017, 30 % from 2016."""
    fall = 1 - total(pressure, "export", 2018) / total(pressure, "export", 2016)
    assert round(100 * fall, 1) == central(pressure, "effect-exports-fall") == 91.4
    falls = [
        1 - total(pressure, "import", 2018) / total(pressure, "import", y) for y in (2016, 2017)
    ]
    assert [round(100 * share, 1) for share in falls] == [30.3, 31.2]
    assert central(pressure, "effect-imports-fall") == 31


def test_trade_gives_what_each_resolution_added(pressure: Pressure) -> None:
    """The exports of 2016 that are banned in fact, resolution by resolution, add up."""

    def value(group: str) -> float:
        return pressure.trade[f"trade-2016-export-{group}"].value.central

    minerals = pressure.trade["trade-2016-export-minerals-2270"].value
    cap = 400.87
    food = ("fruit-and-nuts", "vegetables-and-oilseeds", "electrical-goods", "machinery")
    added = {
        "2270": (minerals.low + minerals.central + minerals.high) / 3,
        "2321": value("coal") - cap + value("metals-2321"),
        "2371": cap
        + sum(map(value, ("iron-ore", "iron-and-steel", "lead-and-lead-ore", "seafood"))),
        "2375": value("all-textiles"),
        "2397": sum(map(value, (*food, "earth-stone", "wood", "vessels"))),
    }
    for resolution, amount in added.items():
        share = 100 * amount / total(pressure, "export", 2016)
        assert share == pytest.approx(central(pressure, f"ask-binding-{resolution}"), abs=0.5)
    together = pressure.estimates["ask-export-earnings"].value
    assert together is not None
    share = 100 * sum(added.values()) / total(pressure, "export", 2016)
    assert together.low <= share <= together.high


def test_episodes_give_the_shares_that_are_reported(pressure: Pressure) -> None:
    """Deals' lives, observation and order come out of the 17 episodes as they are told."""
    rows = list(pressure.episodes.values())
    lives = [row.months for row in rows if row.target == "DPRK" and row.id != "SH18"]
    assert len(lives) / sum(lives) == pytest.approx(central(pressure, "episodes-hazard"), abs=5e-4)
    assert mean(lives) == pytest.approx(central(pressure, "episodes-mean-life"), abs=0.5)
    assert median(lives) == central(pressure, "episodes-median-life")
    first = ("compliance first", "unilateral", "threat")
    told = {
        "observed": [row for row in rows if row.observed_share >= 0.8],
        "unobserved": [row for row in rows if row.observed_share < 0.8],
        "first": [row for row in rows if row.sequence.startswith(first)],
        "other": [row for row in rows if not row.sequence.startswith(first)],
    }
    for name, group in told.items():
        successes = sum(row.success for row in group)
        assert len(group) == central(pressure, f"episodes-{name}-cases")
        assert successes == central(pressure, f"episodes-{name}-successes")


def test_the_base_rate_scores_as_reported(pressure: Pressure) -> None:
    """Six of 17 succeed: the Brier score of the base rate follows, in the sample and out of it."""
    came = [row.success for row in pressure.episodes.values()]
    rate = mean(came)
    assert sum(came) == 6
    inside = mean((rate - row) ** 2 for row in came)
    outside = mean(((sum(came) - row) / (len(came) - 1) - row) ** 2 for row in came)
    assert round(inside, 3) == central(pressure, "episodes-base-rate-brier-in-sample")
    assert round(outside, 3) == central(pressure, "episodes-base-rate-brier")


def worth(grid: BargainingGrid, party: str, chosen: dict[str, str]) -> float:
    """Return the weighted sum of a party's values of a package."""
    sums = 0.0
    for issue in grid.issues:
        option = next(item for item in issue.options if item.id == chosen[issue.id])
        value: float = getattr(option, party)
        if party == "sender" and issue.sender_pays:
            value = 1 - value
        sums += grid.weights[party][issue.id] * value  # type: ignore[index]
    return sums


def test_the_grid_gives_the_gaps_that_are_reported(pressure: Pressure) -> None:
    """Each party likes its own offer by far better, and no deal better than the other's."""
    grid = pressure.grids["grid-hanoi-2019"]
    for party, own, other in (
        ("sender", grid.sender_offer, grid.target_offer),
        ("target", grid.target_offer, grid.sender_offer),
    ):
        whose = {"sender": "target", "target": "sender"}[party]
        gap = worth(grid, party, own) - worth(grid, party, other)
        loss = worth(grid, party, other) - worth(grid, party, grid.no_deal)
        told = central(pressure, f"bargain-own-minus-other-{party}")
        assert gap == pytest.approx(told, abs=0.005)
        assert loss == pytest.approx(central(pressure, f"bargain-{whose}-offer-{party}"), abs=0.005)


def test_loading_again_gives_the_same_rows(
    regime: Regime, pressure: Pressure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a warm cache returns equals what the files say."""
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path))
    assert load(regime) == pressure
    assert load(regime) == pressure
    assert len(list(tmp_path.glob("pressure-dprk-*"))) == 1


def test_a_regime_without_the_folder_has_no_rows(regime: Regime, tmp_path: Path) -> None:
    """Pressure is optional."""
    bare = msgspec.structs.replace(regime, folder=str(tmp_path))
    assert load(bare) == Pressure()
    assert check_folder(tmp_path / "pressure", bare) == []


def test_loading_what_is_wrong_raises_every_problem(regime: Regime, tmp_path: Path) -> None:
    """The files are read whole or not at all, and again once they are mended."""
    shutil.copytree(FOLDER, tmp_path / "pressure")
    elsewhere = msgspec.structs.replace(regime, folder=str(tmp_path), edition="broken")
    path = tmp_path / "pressure" / "levers.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- KEIA21", "- KEIA"), encoding="utf-8")
    with pytest.raises(DataError, match=r"E1: names the unknown source 'KEIA'; did you mean"):
        load(elsewhere)
    path.write_text(text, encoding="utf-8")
    mended = msgspec.structs.replace(elsewhere, edition="mended")
    assert len(load(mended).levers) == 39


MISTAKES = {
    "an unknown field": (
        "levers.yaml", "  cost: {low: 100", "  price: {low: 100",
        ["E1: lacks cost; add what is missing", "E1: unknown field 'price'; known are cost,"],
    ),
    "an unknown word": (
        "levers.yaml", "family: enforcement", "family: enforcment",
        ["E1: family: Invalid enum value 'enforcment'; did you mean enforcement?"],
    ),
    "an unknown source": (
        "trade.yaml", "- KOTRA14", "- KOTRA-14",
        ["trade-2014-export-total: names the unknown source 'KOTRA-14'; did you mean KOTRA14"],
    ),
    "no source": (
        "trade.yaml", "  sources:\n  - KOTRA14", "  sources: []",
        ["trade-2014-export-total: cites no source; name one"],
    ),
    "an unknown measure": (
        "levers.yaml", "- un-2375-high-seas", "- un-2375-high-sea",
        ["E1: names the unknown measure 'un-2375-high-sea'; did you mean un-2375-high-seas"],
    ),
    "an unknown instrument": (
        "levers.yaml", "- eo-13810", "- eo-13811",
        ["E2: names the unknown instrument 'eo-13811'; did you mean eo-13810"],
    ),
    "an unknown row that a lever rests on": (
        "levers.yaml", "- enforcement-barges", "- enforcement-barge",
        ["E1: names the unknown row 'enforcement-barge'; did you mean enforcement-barges"],
    ),
    "a cost out of order": (
        "levers.yaml", "cost: {low: 100, high: 400}", "cost: {low: 500, high: 400}",
        ["E1: has a cost out of order; keep 0 <= low <= high"],
    ),
    "a harm off the scale": (
        "levers.yaml", "humanitarian_harm: 1", "humanitarian_harm: 5",
        ["E1: has the humanitarian harm 5; keep from 0 (none) to 4 (severe)"],
    ),
    "a value out of order": (
        "trade.yaml", "{low: 3160, central: 3160, high: 3160}", "{low: 0, central: 9, high: 8}",
        ["trade-2014-export-total: has a value out of order; keep 0 <= low <= central <= high"],
    ),
    "a heading that is no heading": (
        "trade.yaml", "hs: ['2701']", "hs: ['270']",
        ["trade-2014-export-coal: has the code '270'; write 2, 4 or 6 digits, in quotes"],
    ),
    "a heading without quotes": (
        "trade.yaml", "hs: ['2701']", "hs: [2701]",
        ["trade-2014-export-coal: hs: Expected `str`, got `int`"],
    ),
    "months of another year": (
        "trade.yaml", "months: 2019-01/2019-08", "months: 2018-01/2018-08",
        ["trade-2019-illicit-export-coal: is about 2018-01/2018-08, which is not in 2019"],
    ),
    "an id that is taken": (
        "trade.yaml", "id: trade-2014-import-total", "id: trade-2014-export-total",
        ["trade-2014-export-total: the id is taken by pressure/trade.yaml:3; give each row"],
    ),
    "an id that the regime has": (
        "episodes.yaml", "id: AF94", "id: dprk-1994",
        ["dprk-1994: the id is taken by precedents/dprk-1994.yaml:1; give each row its own id"],
    ),
    "a date that is none": (
        "episodes.yaml", "start: 1994-10", "start: 1994-13",
        ["AF94: '1994-13' is no day of the calendar: month must be in 1..12; mend the date"],
    ),
    "an end before the beginning": (
        "episodes.yaml", "end: 2002-12", "end: 1992-12",
        ["AF94: ended on 1992-12, before it began (1994-10); mend one of the dates"],
    ),
    "months that the dates do not give": (
        "episodes.yaml", "months: 98", "months: 89",
        ["AF94: lasted 89 months, from 1994-10 to 2002-12; the dates give 97.0 to 99.0"],
    ),
    "an unknown precedent": (
        "episodes.yaml", "precedent: dprk-1994", "precedent: dprk-94",
        ["AF94: names the unknown precedent 'dprk-94'; did you mean dprk-1994"],
    ),
    "weights that are not a whole": (
        "grid.yaml", "nuclear: 0.3,", "nuclear: 0.4,",
        ["grid-hanoi-2019: weights of the sender add up to 1.1; make them add up to 1"],
    ),
    "a count of packages": (
        "grid.yaml", "packages: 6804", "packages: 6805",
        ["grid-hanoi-2019: has 6804 packages, and says 6805; mend the count"],
    ),
    "an unknown option": (
        "grid.yaml", "    nuclear: yongbyon\n", "    nuclear: yongbion\n",
        ["grid-hanoi-2019: names the unknown option 'yongbion'; did you mean yongbyon"],
    ),
    "an unknown issue": (
        "grid.yaml", "    conduct: nuclear\n", "    conduct: nuklear\n",
        [
            "grid-hanoi-2019: caps relief for none, yongbyon-plutonium, yongbyon,",
            "grid-hanoi-2019: names the unknown issue 'nuklear'; did you mean nuclear?",
        ],
    ),
    "a unit without a value": (
        "estimates.yaml", "  value: {low: 91.4, high: 91.4}\n", "",
        ["effect-exports-fall: has a value without a unit, or a unit without a value; give both"],
    ),
    "a number without end": (
        "estimates.yaml", "{low: 91.4, high: 91.4}", "{low: 91.4, high: 1e999}",
        ["effect-exports-fall: has a value without end; write finite numbers"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_each_mistake_is_told_with_what_would_be_right(mistake: str, change: Change) -> None:
    """One slip gives its own problem, in its own file, and no other."""
    name, old, new, expected = MISTAKES[mistake]
    found = change(name, old, new)
    assert len(found) == len(expected)
    assert all(told.startswith(start) for told, start in zip(found, expected, strict=True)), found


def test_files_that_do_not_belong_are_told(tmp_path: Path, regime: Regime) -> None:
    """A name that is close to a real one, a key that is not, and text that is no YAML."""
    (tmp_path / "lever.yaml").write_text("levers: []\n", encoding="utf-8")
    (tmp_path / "trade.yaml").write_text("trades: []\n", encoding="utf-8")
    (tmp_path / "grid.yaml").write_text("grids: [\n", encoding="utf-8")
    told = [f"{Path(item.file).name}: {item.problem}" for item in check_folder(tmp_path, regime)]
    assert told[0].startswith("grid.yaml: is no YAML")
    assert told[1:] == [
        "lever.yaml: is no file of pressure",
        "trade.yaml: holds no 'trade'",
        "trade.yaml: unknown 'trades'",
    ]


def test_an_allowance_that_makes_no_sense_is_refused(change: Change) -> None:
    """A share cannot exceed all of the trade."""
    share = "through: {low: 1, central: 1, high: 1}"
    assert "through out of order" in change("allowances.yaml", share, share[:-2] + "2}")[0]


def test_an_allowance_of_an_unknown_measure_is_refused(change: Change) -> None:
    """The nearest measure is named."""
    found = change("allowances.yaml", "measure: un-2321-coal-cap", "measure: un-2321-coal-cup")
    assert "did you mean un-2321-coal-cap" in found[0]


def test_goods_allowed_twice_under_one_measure_are_refused(change: Change) -> None:
    """A second row without goods would allow again what the first allows."""
    found = change("allowances.yaml", "  hs: ['2601', '72']\n", "")
    assert "allows again what allow-2321-coal-cap allows" in found[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("requires: [E5]", "requires: [E2]", "names E2 itself"),
        ("requires: [E5]", "requires: [E9]", "names the unknown lever 'E9'"),
        ("stream: labour", "stream: labor", "did you mean labour"),
        ("escalation: 4", "escalation: 5", "has the score 5 for escalation"),
        ("lever: E2\n", "lever: E1\n", "speaks again of E1"),
    ],
)
def test_a_slip_in_what_plans_know_is_told(
    old: str, new: str, expected: str, change: Change
) -> None:
    """A lever that waits for itself, an unknown one, a score above 4, and a second row."""
    assert any(expected in text for text in change("planning.yaml", old, new))


def test_a_circle_of_levers_that_wait_for_each_other_is_told(change: Change) -> None:
    """S1 waits for S2, so S2 must not wait for S1."""
    found = change(
        "planning.yaml", "lever: S2\n  escalation: 2\n",
        "lever: S2\n  escalation: 2\n  requires: [S1]\n",
    )  # fmt: skip
    assert any("makes S1 wait for itself" in text for text in found)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("streams.yaml", "worth: 0.6", "worth: 1.6", "has returns that do not diminish"),
        ("streams.yaml", "share: 0.5", "share: 0.9", "has no steps, or steps over more"),
        ("streams.yaml", "- trade-2023-service-workers-abroad", "- trade-2016-macro-growth",
         "not in USD m"),
        ("coalition.yaml", "party: Japan", "party: Jappan", "did you mean Japan"),
        ("coalition.yaml", "at_once: 3", "at_once: -3", "allows -3 at once"),
    ],
)  # fmt: skip
def test_a_slip_in_streams_or_coalition_is_told(
    name: str, old: str, new: str, expected: str, change: Change
) -> None:
    """Returns that rise, shares above all, what is no money, an unknown party, less than none."""
    assert any(expected in text for text in change(name, old, new))
