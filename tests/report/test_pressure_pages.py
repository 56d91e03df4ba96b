"""Pages and the picture of pressure: what must stand in them, whatever was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace

import detente
from detente import economics
from detente.cli.main import main
from detente.pressure.exposure import Exposure
from detente.pressure.planning.results import Asked
from detente.pressure.planning.scenario import Scenario
from detente.report import pictures
from detente.report.exposure import exposure_page
from detente.report.levers import levers_page
from detente.report.plan import plan_page
from detente.report.terminal import plain
from detente.report.waterfall import PARTS, waterfall_chart

DPRK = detente.load("dprk")


@pytest.fixture(scope="module")
def exposed() -> Exposure:
    return economics.exposure(DPRK, offer="hanoi-2019")


def test_the_first_screen_of_an_exposure_answers(exposed: Exposure) -> None:
    """Shares with ranges and bounds, the observed fall, the release, and the net."""
    text = plain(exposure_page(exposed, DPRK, sources=False))
    for part in (
        "94.6 [93.3-95.9] % of USD 2,820 m; bounds 89.7-100.0 %", "91.4 % lower in 2018",
        "Hard currency", "Net of leakage", "Humanitarian side", "bounds",
    ):  # fmt: skip
        assert part in text
    assert "Every number and its row" not in text


def test_sources_show_every_row_with_what_it_cites(exposed: Exposure) -> None:
    """``--sources`` adds each row, its file and line, and each source."""
    text = " ".join(plain(exposure_page(exposed, DPRK, sources=True)).split())
    assert "Every number and its row" in text
    for source in exposed.sources.values():
        assert f"{source.id}:" in text


def test_a_plan_says_what_is_judged_and_what_would_turn_it() -> None:
    """Analyst ranges, the upper bound, the rule on relief and each lever's turn stand in it."""
    asked = Asked(budget=500, humanitarian_max=4, escalation_max=6, next_best=1,
                  scenario=Scenario(name="worst"))  # fmt: skip
    text = " ".join(plain(plan_page(economics.plan(DPRK, asked), DPRK, sources=True)).split())
    for part in (
        "proved the best", "analyst's judgement", "91.4 %", "No lever gives relief",
        "What would bring each lever in or out", "Humanitarian side", "leaves below",
        "enters above", "What pressure has bought so far",
    ):  # fmt: skip
        assert part in text


def test_a_plan_on_law_that_is_missing_says_so_on_its_first_screen() -> None:
    """The levers are named beside the worth that counts them; lawful plans have no such line."""
    asked = Asked(budget=500, humanitarian_max=4, escalation_max=6, next_best=0, switches=False,
                  scenario=Scenario(name="worst"))  # fmt: skip
    found = economics.plan(DPRK, asked)
    assert found.without_law == ("S3",)
    line = next(
        line for line in plan_page(found, DPRK, sources=False).answer if line.label == "No law"
    )
    assert line.text.startswith("S3: the law is missing")
    lawful = economics.plan(DPRK, replace(asked, lawful=True))
    assert lawful.without_law == ()
    assert "No law" not in {line.label for line in plan_page(lawful, DPRK, sources=False).answer}


def test_a_card_shows_all_of_a_lever() -> None:
    """Cost, effect, lead, harm, law, risk and how it is known."""
    text = plain(levers_page(economics.levers(DPRK, ["E2"]), DPRK, full=True, sources=False))
    for part in ("Cost 5-30", "effect 100-450", "3-12 months", "the law stands", "Risk:",
                 "Known: read", "Not beside: S1"):  # fmt: skip
        assert part in text


def test_names_and_additions_that_divide_are_both_told_as_bounds() -> None:
    """A reader never sees a measure add more than it names."""
    text = plain(exposure_page(economics.exposure(DPRK), DPRK, sources=False))
    row = next(line for line in text.splitlines() if line.startswith("un-2321-statues"))
    assert row.count("[0.0-4.3]*") == 2


def test_exports_that_rose_are_said_to_be_higher() -> None:
    """A rise is no negative fall."""
    text = plain(exposure_page(economics.exposure(DPRK, base_year=2015), DPRK, sources=False))
    assert "exports were 4.4 % higher in 2016" in text


def marks(spec: Any) -> Iterator[dict[str, Any]]:
    """Yield every value that stands in a specification."""
    if isinstance(spec, dict):
        yield from spec.get("data", {}).get("values", ())
        for item in spec.values():
            yield from marks(item)
    elif isinstance(spec, list):
        for item in spec:
            yield from marks(item)


def test_the_waterfall_falls_from_all_exports_to_what_is_left(exposed: Exposure) -> None:
    """Each bar begins where the one before it ended; the last is the rest."""
    chart = waterfall_chart(exposed, DPRK)
    bars = [item for item in marks(chart) if "high" in item and item.get("lines")]
    steps = list({bar["step"]: bar for bar in bars}.values())
    falling = [bar for bar in steps if bar["step"].startswith("unscr")]
    assert steps[0]["high"] == 2820
    assert falling[0]["high"] == 2820
    for one, two in pairwise(falling):
        assert one["low"] == two["high"]
    left = next(bar for bar in steps if bar["step"] == "left")
    assert left["high"] == falling[-1]["low"]
    assert [bar["label"] for bar in falling] == [
        "-0.4 %", "-31.3 %", "-28.0 %", "-26.7 %", "-8.2 %",
    ]  # fmt: skip


def test_the_waterfall_reads_in_grey_and_draws(exposed: Exposure) -> None:
    """Neighbouring parts differ in lightness, and the renderer takes the specification."""
    lightness = sorted(sum(int(part[2][i : i + 2], 16) for i in (1, 3, 5)) / 3 for part in PARTS)
    assert all(two - one > 20 for one, two in pairwise(lightness))
    drawn = pictures.svg(waterfall_chart(exposed, DPRK))
    assert "S/RES/2397" in drawn
    json.dumps(waterfall_chart(exposed, DPRK))


BAD: dict[str, tuple[list[str], str]] = {
    "measures and an offer": (["exposure", "-m", "unscr-2371", "--offer", "hanoi-2019"],
                              "name measures or an offer, not both"),
    "a reading alone": (["exposure", "--reading", "civilian"], "a reading goes with an offer"),
    "an unknown measure": (["exposure", "-m", "un-2371-cola"], "did you mean"),
    "a year outside": (["exposure", "--base-year", "1999"], "known are 2014"),
    "a country alone": (["exposure", "--country", "X"], "a country goes with a trade extract"),
    "a pair that is none": (["plan", "--floor", "rights"], "--floor 'rights' makes no sense"),
    "a number that is none": (["plan", "--coalition", "Y=two"], "write NAME=VALUE"),
    "an unknown lever": (["levers", "Z9"], "no lever has the id 'Z9'"),
    "an entry for no relief": (["plan", "--ledger-entry", "E1=x"], "E1 gives no relief"),
    "a quantile alone": (["plan", "--quantile", "0.1"], "goes with --scenario quantile"),
    "a limit twice": (["plan", "--floor", "rights=4", "--floor", "rights=1"], "names rights twice"),
    "a floor of nothing": (["plan", "--floor", "rights=nan"], "the floor of rights is nan"),
    "fewer than none": (["plan", "--coalition", "China=-1"], "at most -1 levers that need China"),
    "a revival of nothing": (["exposure", "--revival", "revive"], "goes with measures or an offer"),
    "no measure": (["exposure", "-m", ","], "--measures names none"),
    "a lever of another family": (["levers", "E1", "--family", "cyber"], "E1 is of the family"),
    "a debt": (["plan", "--budget", "-5"], "budget is -5"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_line(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    """Exit code 2, nothing on standard output, what is wrong and what would be right."""
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "store"))
    arguments, expected = BAD[name]
    assert main(["pressure", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert expected in err
    assert err.count("\n") == 1


def test_older_bans_that_revive_hold_what_they_ban() -> None:
    """With revival the cap of 2321 still lets only so much coal go."""
    lapse = economics.exposure(DPRK, ["un-2371-coal-iron"], revival="lapse")
    revive = economics.exposure(DPRK, ["un-2371-coal-iron"], revival="revive")
    assert lapse.release is not None
    assert revive.release is not None
    assert lapse.release.held == {}
    assert "un-2321-coal-cap" in revive.release.held["trade-2016-export-coal"]
    assert revive.release.released.central < lapse.release.released.central - 700
