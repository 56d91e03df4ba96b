"""The cores asked with ranges, from the command line to the page and the picture."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest

from detente.cli.main import main
from detente.games.answers.shared import Parameters
from detente.games.answers.trust import trust_game
from detente.games.ranges import parameter

CORES: Final = ("trust", "inspection", "bargain", "signal", "precedent", "policies")
PICTURES: Final = ("trust", "bargain", "policies")

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return what ``detente simulate`` answers as JSON."""

    def run(*arguments: str) -> dict[str, Any]:
        assert main(["simulate", *arguments, "--format", "json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert isinstance(found, dict)
        return found

    return run


@pytest.mark.parametrize("core", CORES)
def test_each_core_answers_with_what_it_rests_on(ask: Ask, core: str) -> None:
    """Parameters as ranges, assumptions with a source each, results in order, warnings."""
    found = ask(core)
    assert (found["schema"], found["core"]) == ("detente.game/1", core)
    assert found["parameters"]
    assert all(item["text"].endswith(".") and item["source"] for item in found["assumptions"])
    assert set(found["results"]) <= set(found["meaning"])
    for value in (*found["results"].values(), *found["parameters"].values()):
        assert value["low"] <= value["central"] <= value["high"]
        assert value["kind"] in ("bounds", "p05-p95")


def test_trust_gives_the_documented_numbers(ask: Ask) -> None:
    """8.4 rounds of relief, 7 honest ones, cheating in .4619, a prize of 1.12."""
    results = ask("trust")["results"]
    assert results["relief_rounds"]["central"] == pytest.approx(8.390947, abs=1e-6)
    assert results["looks_honest"]["central"] == 7
    assert results["cheats"]["central"] == pytest.approx(0.4619342, abs=1e-6)
    assert results["least_prize"]["central"] == pytest.approx(1.1169, abs=1e-4)
    assert results["plan_holds"]["central"] == 1
    assert ask("trust", "--prize", "1.1")["results"]["plan_holds"]["central"] == 0


def test_signal_says_that_no_single_number_is_right(ask: Ask) -> None:
    """Three equilibria, the resolution of the scan, and the warning."""
    found = ask("signal")
    assert [round(item["resist"], 3) for item in found["equilibria"]] == [0.251, 0.595, 0.813]
    assert found["warnings"] == ["three equilibria: no single number is right"]
    assert found["resolution"] == 4000
    drawn = ask("signal", "--fight=-3.2:-2.6", "--draws", "60")
    assert sum(item["share"] for item in drawn["counts"]) == pytest.approx(1)
    assert len(drawn["counts"]) > 1


def test_ranges_go_in_and_ranges_come_out(ask: Ask) -> None:
    """The seed decides the answer; the exact numbers of a point lie within a range around it."""
    args = ("trust", "--belief", "0.2:0.3", "--gain", "0.5:0.8:1", "--draws", "400")
    one, again, other = ask(*args), ask(*args), ask(*args, "--seed", "2")
    assert one == again
    assert one["results"] != other["results"]
    cheats = one["results"]["cheats"]
    assert cheats["kind"] == "p05-p95"
    assert cheats["low"] < 0.4619 < cheats["high"]
    assert {item["parameter"] for item in one["sensitivity"]} == {"belief", "gain"}


def test_what_decides_is_ranked(ask: Ask) -> None:
    """How far a reputation holds elsewhere decides a price more than a narrow belief does."""
    found = ask("precedent", "--tough", "0.19:0.21", "--transfer", "0:1")
    assert found["sensitivity"][0]["parameter"] == "transfer"
    assert found["sensitivity"][0]["total"] > 0.9


def test_policies_have_each_outcome_by_type(ask: Ask) -> None:
    """Five policies, two types and both; compliance-first gives nothing for nothing."""
    found = ask("policies", "--draws", "200")
    assert len(found["policies"]) == 15
    for item in found["policies"]:
        if item["policy"] == "compliance-first":
            assert item["outcomes"]["for_nothing"]["high"] == 0


def test_plays_by_chance_stand_beside_the_exact_answer(ask: Ask) -> None:
    """A hundred thousand plays come near."""
    results = ask("trust", "--plays", "100000")["results"]
    assert results["played_cheats"]["central"] == pytest.approx(0.4619, abs=0.01)


def test_a_staller_without_patience_is_told(ask: Ask) -> None:
    """Where the theorem does not hold the answer says what holds instead."""
    found = ask("trust", "--patience", "0.3", "--gain", "2")
    assert any("cheats at the first relief" in text for text in found["warnings"])


def test_what_has_no_bound_is_left_out(ask: Ask) -> None:
    """A sincere target for certain bears any exposure: there is no such number."""
    assert "largest_exposure" not in ask("trust", "--belief", "1")["results"]
    found = ask("bargain", "--target-rate", "4", "--delay", "1")
    assert "growth_at_half" not in found["results"]
    assert any("haste" in text for text in found["warnings"])


BAD: Final = [
    ("trust", "--belief", "1.2"), ("trust", "--belief=-0.1"), ("trust", "--loss", "0"),
    ("trust", "--gain=-1"), ("trust", "--belief", "0.5:0.2"), ("trust", "--belief", "nan"),
    ("trust", "--benefit", "inf"), ("trust", "--rounds", "0"), ("trust", "--rounds", "1000000"),
    ("trust", "--belief", "0.1:0.2", "--draws", "0"), ("trust", "--seed=-1"),
    ("trust", "--patience", "0"), ("trust", "--belief", "a"), ("trust", "--plays=-5"),
    ("trust", "--steps", "0"), ("trust", "--snapback", "2"), ("trust", "--rounds", "1.5"),
    ("inspection", "--scope", "1"), ("inspection", "--detection", "0"),
    ("inspection", "--periods", "0"), ("inspection", "--falsified", "300"),
    ("inspection", "--samples=-1"), ("inspection", "--clean-staller", "0.97"),
    ("inspection", "--clean-staller", "0.95"), ("inspection", "--accept-wrongly", "0.5"),
    ("bargain", "--rate", "0"), ("bargain", "--low-cost", "0.9"),
    ("bargain", "--power", "0.3:0.7"), ("bargain", "--own-cost=-1"), ("bargain", "--patience", "1"),
    ("signal", "--victory=-1"), ("signal", "--stand-firm=-20", "--back-down=-20"),
    ("signal", "--fight", "0:1", "--draws", "1000000"), ("signal", "--fight", "1e9"),
    ("precedent", "--tough", "0"), ("precedent", "--entrant-gain", "1"),
    ("precedent", "--targets", "0"), ("precedent", "--transfer", "1.1"),
    ("policies", "--steps", "0"), ("policies", "--rounds", "3"), ("policies", "--trust", "1.5"),
    ("policies", "--cost-staller=-1"), ("nothing",),
]  # fmt: skip


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_bad_input_is_one_line_and_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What makes no sense is refused with what would."""
    assert main(["simulate", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"detente: .+\n", said.err)


@pytest.mark.parametrize("core", PICTURES)
@pytest.mark.parametrize("wide", [False, True], ids=["default", "wide"])
def test_pictures_are_drawn(
    core: str, wide: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SVG is XML, PNG is a picture, and the words of the legend stand in it."""
    more = {
        "trust": ["--belief", "0.1:0.5", "--gain", "0.3:2", "--rounds", "14"],
        "bargain": ["--rate", "0.01:0.2", "--target-rate", "0.2:0.3"],
        "policies": ["--cost-staller", "0.2:3"],
    }[core] if wide else []  # fmt: skip
    assert main(["simulate", core, *more, "--format", "svg"]) == 0
    text = capsys.readouterr().out
    assert ElementTree.fromstring(text.encode()).tag == "{http://www.w3.org/2000/svg}svg"
    said = {"trust": "belief that the target", "bargain": "a year", "policies": "staller"}[core]
    assert said in text
    target = tmp_path / "game.png"
    assert main(["simulate", core, *more, "--format", "png", "-o", str(target)]) == 0
    assert target.read_bytes().startswith(b"\x89PNG")


DEFAULT: Final[Parameters] = {
    "belief": parameter("0.25"), "benefit": parameter("1"), "loss": parameter("1.5"),
    "gain": parameter("0.8"), "patience": parameter("1"), "step_cost": parameter("0.6"),
    "tranche": parameter("0.5"), "plan_patience": parameter("0.9"), "snapback": parameter("0.5"),
    "prize": parameter("1.2"),
}  # fmt: skip


def test_rows_are_flat_and_complete() -> None:
    """One row for each result, then four for each round, all with the same columns."""
    found = trust_game(DEFAULT, rounds=4, steps=5, draws=10, seed=1)
    rows = found.rows()
    assert len(rows) == len(found.results) + 4 * 4
    assert len({tuple(sorted(row)) for row in rows}) == 1


def test_a_snapback_is_no_part_of_trust() -> None:
    """The plan of tranches and the trust game share no state: each changes its own results."""
    harder = {**DEFAULT, "snapback": parameter("0.9")}
    one, other = (trust_game(side, 10, 5, 10, 1).results for side in (DEFAULT, harder))
    assert {name for name in one if one[name] != other[name]} == {"least_prize", "first_step"}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("core", "option"),
    [
        ("policies", "--growth=1e300"),
        ("trust", "--loss=1e308"),
        ("bargain", "--rate=1e300"),
    ],
)
def test_numbers_too_large_to_calculate_with_are_refused(
    core: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One clear error, before a sum or a power of them overflows."""
    assert main(["simulate", core, option]) == 2
    assert "it must be" in capsys.readouterr().err


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "options",
    [
        ["policies", "--growth=1", "--rounds=500", "--draws=50"],
        ["trust", "--loss=1e9", "--benefit=1e9"],
        ["bargain", "--rate=1e9", "--target-rate=1e9", "--delay=1e9"],
    ],
)
def test_the_largest_numbers_that_are_taken_are_calculated_with(options: list[str]) -> None:
    """No overflow, no warning."""
    assert main(["simulate", *options]) == 0
