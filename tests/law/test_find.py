"""A regime is found by name or by folder, and every command works on it wherever it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import detente
from detente.cli.main import main
from detente.errors import UnknownIdError, UsageError
from detente.law.find import BUNDLED, locate, names
from detente.skeleton import write

PACKAGE: Final = "sanctions_of_tests"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with nothing set by the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DETENTE_REGIME", raising=False)
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "user.store"))
    return tmp_path


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages: one of them holds the regimes ``tiny`` and ``dprk``."""
    site = tmp_path / "site"
    info = site / f"{PACKAGE}-1.0.dist-info"
    info.mkdir(parents=True)
    (site / PACKAGE).mkdir()
    write("tiny", site / PACKAGE / "tiny")
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        f"[detente.regimes]\ntiny = {PACKAGE}.tiny\ndprk = {PACKAGE}.tiny\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(site))
    yield site
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def offer_for(name: str) -> str:
    """Return an offer for a new regime of that name: withdrawal, for the end of the ban."""
    return f"""\
id: talks
regime: {name}
name: Talks at the border
as_of: 2025-06-30
dates: [2025-06-30]
positions:
- party: ruritania
  name: Kingdom of Ruritania
  role: target
  gives:
  - id: give-1
    text: All troops go home.
    requirements: [{{requirement: r-withdraw, level: met}}]
    sources: [S-ACT]
    confidence: analyst
readings:
  own-words:
    text: The ban on timber
    whose: the asker
    measures: [{name}-timber]
    count: 1
default_reading: own-words
sources: [S-ACT]
confidence: analyst
"""


def test_an_installed_regime_is_found_by_name(site: Path) -> None:
    """The package's regime is listed with where it comes from, and loaded; it holds no Python."""
    assert names()["tiny"] == f"{PACKAGE}.tiny"
    assert locate("tiny") == site / PACKAGE / "tiny"
    assert detente.load("tiny").id == "tiny"


def test_a_bundled_regime_keeps_its_name(site: Path) -> None:
    """A package that calls its own regime as a bundled one is called does not take its place."""
    assert names()["dprk"] == "bundled"
    assert locate("dprk") == BUNDLED / "dprk"


def test_an_installed_regime_comes_before_a_folder(site: Path, place: Path) -> None:
    """A bare word is first bundled, then installed, then a folder; a path is always a folder."""
    write("tiny", place / "tiny")
    assert locate("tiny") == site / PACKAGE / "tiny"
    assert locate("./tiny").resolve() == place / "tiny"
    write("alone", place / "alone")
    assert locate("alone").resolve() == place / "alone"


@pytest.mark.parametrize(
    ("ref", "says"), [("", "known are"), ("tinny", "did you mean tiny"), ("qqq", "known are")]
)
def test_a_name_that_no_regime_has(site: Path, ref: str, says: str) -> None:
    """It is refused, and a name that is near is proposed."""
    with pytest.raises(UnknownIdError, match=says):
        locate(ref)


@pytest.mark.parametrize("ref", [".", "./nothing", "/", "a\\b/c"])
def test_a_path_that_holds_no_regime(ref: str) -> None:
    """It is refused by name."""
    with pytest.raises(UsageError, match=r"regime\.yaml"):
        locate(ref)


COMMANDS: Final = [
    ("regime", "show", "REGIME"),
    ("regime", "validate", "REGIME"),
    ("regime", "test", "REGIME"),
    ("measures", "--in-force", "2025-06-30", "--regime", "REGIME"),
    ("why", "tiny-timber", "--regime", "REGIME"),
    ("unlock", "tiny-timber", "--cheapest", "--regime", "REGIME"),
    ("probability", "tiny-timber", "--regime", "REGIME"),
    ("diff", "2025-06-30", "2025-09-30", "--regime", "REGIME"),
    ("calendar", "--regime", "REGIME"),
    ("cite", "rp-tiny-waive", "--regime", "REGIME"),
    ("offer", "list", "--regime", "REGIME"),
    ("offer", "new", "mine", "--regime", "REGIME"),
    ("assess", "talks", "--regime", "REGIME"),
    ("assess", "talks.yaml", "--regime", "REGIME"),
    ("evidence", "add", "--act", "rp-tiny-end", "--made", "--verification", "verified",
     "--happened", "2025-06-30", "--recorded", "2025-06-30", "--source", "A page",
     "--regime", "REGIME"),
]  # fmt: skip
"""Every command that asks a regime something."""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
@pytest.mark.parametrize("ref", ["folder", "whole path", "name"])
def test_a_command_works_on_a_regime_wherever_it_is(
    site: Path, place: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], ref: str
) -> None:
    """A folder, its whole path and an installed name answer like a bundled regime."""
    folder = site / PACKAGE / "tiny" if ref == "name" else place / "tiny"
    if ref != "name":
        write("tiny", folder)
    (folder / "offers").mkdir()
    for at in (folder / "offers" / "talks.yaml", place / "talks.yaml"):
        at.write_text(offer_for("tiny"), encoding="utf-8")
    named = {"folder": "./tiny", "whole path": str(folder), "name": "tiny"}[ref]
    code = main([named if word == "REGIME" else word for word in command])
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    assert out


def test_an_offer_finds_its_regime(
    site: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By name among those of installed regimes, by its file among those of a folder."""
    for name, folder in (("tiny", site / PACKAGE / "tiny"), ("other", place / "deep" / "other")):
        folder.parent.mkdir(exist_ok=True)
        if not folder.exists():
            write(name, folder)
        (folder / "offers").mkdir()
        (folder / "offers" / "talks.yaml").write_text(offer_for(name), encoding="utf-8")
    (place / "alone.yaml").write_text(offer_for("other"), encoding="utf-8")
    assert main(["assess", "talks"]) == 0
    assert main(["assess", "deep/other/offers/talks.yaml"]) == 0
    capsys.readouterr()
    assert main(["assess", "no-talks"]) == 2
    assert main(["assess", "alone.yaml"]) == 2
    assert "no regime has the id 'other'" in capsys.readouterr().err


def test_the_environment_can_name_a_folder(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``DETENTE_REGIME`` names the regime of every command that takes ``--regime``."""
    write("tiny", place / "tiny")
    monkeypatch.setenv("DETENTE_REGIME", "./tiny")
    assert main(["why", "tiny-timber"]) == 0
    assert "tiny-timber: barred" in capsys.readouterr().out


def test_a_case_may_ask_about_an_offer_of_its_folder(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cases on the offers of a folder's own regime are read, checked and judged."""
    write("tiny", place / "tiny")
    (place / "tiny" / "offers").mkdir()
    (place / "tiny" / "offers" / "talks.yaml").write_text(offer_for("tiny"), encoding="utf-8")
    (place / "tiny" / "cases" / "talks.yaml").write_text(
        "- name: Kept in full, the offer leaves only the certification missing\n"
        "  offer: talks\n"
        "  expect: {letter: {barred: 1}, letter_if_kept: {discretionary: 1},\n"
        "    reached: {r-withdraw@met: met}, rules: {compliance-first: walk-away}}\n",
        encoding="utf-8",
    )
    assert main(["regime", "validate", "./tiny"]) == 0
    assert main(["regime", "test", "./tiny"]) == 0
    assert "2 cases: 2 ok, 0 failed" in capsys.readouterr().out
