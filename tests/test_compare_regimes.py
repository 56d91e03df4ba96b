"""``detente regime compare``: forms, days, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from folder import Folder

from detente.cli.main import main
from detente.report import pictures

BOTH: Final = ("regime", "compare", "dprk", "./tiny")


class Answer(NamedTuple):
    """What a command returned and wrote."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands in a folder that holds a small regime, ``tiny``."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        """Run a command."""
        self.capsys.readouterr()
        code = main(list(arguments))
        return Answer(code, *self.capsys.readouterr())

    def json(self, *arguments: str) -> dict[str, Any]:
        """Run a command with ``--format json`` and return its document."""
        answer = self(*arguments, "--format", "json")
        assert (answer.code, answer.err) == (0, "")
        found = json.loads(answer.out)
        assert isinstance(found, dict)
        return found


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a second regime, and nothing set by the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("DETENTE_REGIME", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "user.store"))
    (tmp_path / "tiny").mkdir()
    Folder(tmp_path / "tiny")
    return tmp_path


@pytest.fixture
def shell(place: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell in that folder."""
    assert place.is_dir()
    return Shell(capsys)


# The contract

FIELDS: Final = {
    "regime", "name", "as_of", "in_force", "unknown_in_force", "ways", "conduct", "areas",
    "steps_asked", "steps_missing", "limits", "deciders", "self_executing", "receipt",
}  # fmt: skip


def test_json_is_one_document_with_these_fields(shell: Shell) -> None:
    """What outside programs read: the regimes in order, each with every number."""
    found = shell.json(*BOTH)
    assert found["schema"] == "detente.exits/1"
    assert [item["regime"] for item in found["regimes"]] == ["dprk", "tiny"]
    for item in found["regimes"]:
        assert item.keys() == FIELDS
        assert item["ways"].keys() == {
            "conditional", "discretionary", "no_way_out", "also_by_conduct",
        }  # fmt: skip
        assert item["ways"]["conditional"].keys() == {"measures", "share"}
        assert item["limits"].keys() == {"ending", "easing", "sunset", "emergency", "waiting"}
        assert item["limits"]["waiting"].keys() == {
            "elapsed", "silence", "deferred", "after", "report",
        }  # fmt: skip
        for area in item["areas"]:
            assert area.keys() == {"area", "name", "short", "conduct", "asking", "imposed"}
        for steps in (item["steps_asked"], item["steps_missing"]):
            assert steps.keys() == {"measures", "smallest", "median", "capped"}
        for who in item["deciders"]:
            assert who.keys() == {"decider", "name", "measures"}
        assert item["receipt"]["command"] == "detente " + " ".join((*BOTH, "--format", "json"))


def test_the_numbers_of_hanoi_are_those_of_the_assessment(shell: Shell) -> None:
    """Two commands that count the same measures agree."""
    ways = shell.json(*BOTH)["regimes"][0]["ways"]
    counts = shell.json("assess", "hanoi-2019")["regime_counts"]
    assert ways["conditional"]["measures"] == counts["conduct_bound"] == 21
    assert ways["discretionary"]["measures"] == counts["findings_only"] == 135
    assert ways["no_way_out"]["measures"] == counts["no_ending_path"] == 9


def test_csv_parses(shell: Shell) -> None:
    """A row for each number, as many cells as the header."""
    answer = shell(*BOTH, "--format", "csv")
    head, *rows = csv.reader(io.StringIO(answer.out))
    assert head == ["regime", "as_of", "topic", "line", "value"]
    assert {len(row) for row in rows} == {5}
    assert ["dprk", "2019-02-28", "way out", "conditional", "21"] in rows


def test_the_table_fits_and_the_markdown_parses(shell: Shell) -> None:
    """100 columns without colour; one title, and rows as wide as their head."""
    table = shell(*BOTH).out
    assert max(map(len, table.splitlines())) <= 100
    assert "\x1b" not in table
    lines = shell(*BOTH, "--format", "md").out.splitlines()
    assert [line for line in lines if line.startswith("# ")] == lines[:1]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")} == {4}


# Days


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ((), ["2019-02-28", "2019-02-28"]),
        (("2020-07-01",), ["2020-07-01", "2020-07-01"]),
        (("dprk=2020-07-01",), ["2020-07-01", "2019-02-28"]),
        (("tiny=2010-01-01", "dprk=2020-07-01"), ["2020-07-01", "2010-01-01"]),
        (("./tiny=2010-01-01",), ["2019-02-28", "2010-01-01"]),
        (("2020-07-01", "tiny=2010-01-01"), ["2020-07-01", "2010-01-01"]),
    ],
)
def test_each_regime_has_its_day(shell: Shell, days: tuple[str, ...], wanted: list[str]) -> None:
    """One day for all, one for each by name or folder, and the reference date for the rest."""
    options = [word for day in days for word in ("--as-of", day)]
    found = shell.json(*BOTH, *options)
    assert [item["as_of"] for item in found["regimes"]] == wanted


# Pictures


def test_svg_goes_to_standard_output_and_to_a_file(shell: Shell, tmp_path: Path) -> None:
    """The same text either way."""
    drawn = shell(*BOTH, "--format", "svg").out
    assert drawn.startswith("<svg ")
    assert "Sanctions on North Korea" in drawn
    assert shell(*BOTH, "--format", "svg", "-o", "out.svg") == Answer(0, "", "")
    assert (tmp_path / "out.svg").read_text(encoding="utf-8") == drawn


def test_png_goes_to_a_file_whole(shell: Shell, tmp_path: Path) -> None:
    """The file is a PNG to its end, and nothing else is left in the folder."""
    before = {path.name for path in tmp_path.iterdir()}
    assert shell(*BOTH, "--format", "png", "-o", "out.png") == Answer(0, "", "")
    drawn = (tmp_path / "out.png").read_bytes()
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert drawn.endswith(b"IEND\xaeB`\x82")
    assert {path.name for path in tmp_path.iterdir()} - before == {"out.png"}


@pytest.mark.usefixtures("place")
def test_png_goes_down_a_pipe_but_not_to_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A terminal is told to name a file, before anything is computed."""
    monkeypatch.setattr(pictures, "png", lambda spec: b"\x89PNG\xff\x00")
    assert main([*BOTH, "--format", "png"]) == 0
    assert capsysbinary.readouterr().out == b"\x89PNG\xff\x00"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main([*BOTH, "--format", "png"]) == 2
    printed = capsysbinary.readouterr()
    assert printed.out == b""
    assert b"write it to a file with -o" in printed.err


# What is refused

REFUSED: Final[list[tuple[tuple[str, ...], str]]] = [
    (("dprk", "dprk"), "dprk is named twice"),
    (("dprk", "./tiny", "./tiny"), "tiny is named twice"),
    (("dprk",), "there is only dprk"),
    (("dprk", "no-such-regime"), "no regime has the id 'no-such-regime'"),
    (("dprk", "./nowhere"), "holds no regime.yaml"),
    (("dprk", "./tiny", "--as-of", "2026-12-31"), "dprk covers"),
    (("dprk", "./tiny", "--as-of", "tiny=1999-12-31"), "tiny covers 2001-02-01 to 2030-01-01"),
    (("dprk", "./tiny", "--as-of", "tiny=2031-01-01"), "not 2031-01-01"),
    (("dprk", "./tiny", "--as-of", "tinny=2019-01-01"), "did you mean tiny"),
    (("dprk", "./tiny", "--as-of", "2019-2-1"), "write it as 2019-02-28"),
    (("dprk", "./tiny", "--as-of", "tiny="), "is no date"),
    (("dprk", "./tiny", "--as-of", "=2019-02-28"), "no regime compared here has the id ''"),
    (("dprk", "./tiny", "--as-of", "2019-02-28", "--as-of", "2019-03-01"), "all regimes two days"),
    (("dprk", "./tiny", "--as-of", "tiny=2019-02-28", "--as-of", "tiny=2019-03-01"),
     "the regime tiny two days"),
    (("dprk", "./tiny", "--as-of", "./tiny=2019-02-28", "--as-of", "tiny=2019-03-01"),
     "the regime tiny two days"),
    (("dprk", "./tiny", "--format", "gif"), "'gif' is not one of"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "told"), REFUSED, ids=[" ".join(a) for a, _ in REFUSED])
def test_bad_input_is_2_and_one_line(shell: Shell, arguments: tuple[str, ...], told: str) -> None:
    """One line on standard error that says what and what to do; nothing on standard output."""
    answer = shell("regime", "compare", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"detente: [^\n]+\n", answer.err)
    assert told in answer.err


def test_without_names_all_regimes_that_are_found_are_compared(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The default is every regime that ``regime list`` shows."""
    monkeypatch.setattr("detente.law.find.names", lambda: {"dprk": "bundled", "./tiny": "here"})
    assert [item["regime"] for item in shell.json("regime", "compare")["regimes"]] == [
        "dprk", "tiny",
    ]  # fmt: skip
