"""``detente regime new``: a folder that validates and passes, or one line and nothing."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import Final

import pytest

import detente
from detente import skeleton
from detente.cases.judge import run
from detente.cli.main import main
from detente.data_schema import FOLDER as SCHEMAS
from detente.validate import problems_of

FILES: Final = [
    "cases/first.yaml", "evidence/2025-06-30.yaml", "history.yaml", "instruments/tiny-act.yaml",
    "regime.yaml", "requirements.yaml", "sources.yaml",
]  # fmt: skip


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command, which must be refused in one line, and return the line."""
    before = sorted(Path.cwd().rglob("*"))
    capsys.readouterr()
    assert main(["regime", "new", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"detente: [^\n]+\n", err)
    assert sorted(Path.cwd().rglob("*")) == before
    return err


@pytest.mark.parametrize("name", ["a", "tiny", "north-sea", "x-1-y-2", "b" * 63, "yes", "no", "on"])
def test_a_new_regime_validates_and_its_one_case_passes(name: str, place: Path) -> None:
    """Whatever the name, the files have no problem, are found by it, and pass."""
    assert main(["regime", "new", name]) == 0
    folder = f".{os.sep}{name}"
    assert [str(problem) for problem in problems_of(folder)] == []
    regime = detente.load(folder)
    assert regime.id == name
    results = run(regime)
    assert (results.ok, results.fails) == (1, 0)
    assert main(["regime", "validate", folder]) == main(["regime", "test", folder]) == 0


def test_what_a_new_regime_holds(place: Path) -> None:
    """Two measures; a termination by conduct and certification; a waiver with term and renewal."""
    assert skeleton.write("tiny", place / "tiny") == FILES
    regime = detente.load(str(place / "tiny"))
    end, waiver = regime.paths["rp-tiny-end"], regime.paths["rp-tiny-waive"]
    assert list(regime.measures) == ["tiny-timber", "tiny-freeze"]
    assert (end.kind, waiver.kind) == ("termination", "waiver")
    assert detente.why(regime, "tiny-timber").missing == [["f-certified", "r-withdraw@met"]]
    assert waiver.term
    assert waiver.renewal


def test_each_file_is_commented_and_names_its_schema(place: Path) -> None:
    """Comments explain the fields, no placeholder is left, and editors find the schema."""
    skeleton.write("tiny", place / "tiny")
    for name in FILES:
        path = place / "tiny" / name
        text = path.read_text(encoding="utf-8")
        assert text.count("#") >= 4
        assert not re.search(r"\b(NAME|SCHEMA)\b", text)
        assert max(map(len, text.splitlines()[1:])) <= 100
        found = re.match(r"# yaml-language-server: \$schema=(.+)\n", text)
        if found:
            assert (path.parent / found[1]).resolve().parent == SCHEMAS


def test_the_answer_says_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    """The line names the folder and the two commands; with a format, it is JSON."""
    assert main(["regime", "new", "tiny"]) == 0
    assert capsys.readouterr().out == (
        "tiny written, 7 files: edit them, then detente regime validate ./tiny "
        "and detente regime test ./tiny\n"
    )
    assert main(["regime", "new", "tiny", "-o", "other", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["regime"], found["folder"], found["files"]) == ("tiny", "other", FILES)


def test_a_folder_of_another_name(place: Path) -> None:
    """``-o`` says where; the name stays the id."""
    (place / "law").mkdir()
    assert main(["regime", "new", "tiny", "-o", "law/of-the-sea"]) == 0
    assert detente.load("law/of-the-sea").id == "tiny"


def test_a_new_folder_has_the_rights_of_any_other(place: Path) -> None:
    """The folder is as open as one that is made by hand."""
    skeleton.write("tiny", place / "tiny")
    (place / "by-hand").mkdir()
    modes = [stat.S_IMODE((place / name).stat().st_mode) for name in ("tiny", "by-hand")]
    assert modes[0] == modes[1]


@pytest.mark.parametrize(
    "name",
    ["", "Tiny", "a_b", "a--b", "-o-", "a-", "-a", "1", "1a", "a b", "a/b", "..", "a.b", "a\nb",
     "ä", "b" * 64, "NAME", "true", "null", "a\x1b[31m", "dprk"],
)  # fmt: skip
def test_a_name_that_is_no_id(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Ids are words of small letters and digits, joined by hyphens, and no bundled regime's."""
    refused(capsys, "--", name)


@pytest.mark.parametrize("kind", ["folder", "full folder", "file", "link", "broken link"])
def test_what_exists_is_left_alone(
    capsys: pytest.CaptureFixture[str], place: Path, kind: str
) -> None:
    """No folder, file or link is ever replaced or added to."""
    target = place / "tiny"
    if "folder" in kind:
        target.mkdir()
    if kind == "full folder":
        (target / "mine.txt").write_text("mine", encoding="utf-8")
    elif kind == "file":
        target.write_text("mine", encoding="utf-8")
    elif "link" in kind:
        target.symlink_to(place if kind == "link" else place / "nowhere")
    assert "exists already" in refused(capsys, "tiny")


@pytest.mark.parametrize("target", ["no/such/place", "a-file/below", "x" * 300, "\udcff/a"])
def test_a_place_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], place: Path, target: str
) -> None:
    """It is told in one line, and nothing is left behind."""
    (place / "a-file").write_text("", encoding="utf-8")
    refused(capsys, "tiny", "-o", target)


@pytest.mark.parametrize("step", ["write_text", "mkdir", "rename", "chmod"])
def test_a_disk_that_fails_midway_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whatever step fails, neither half a regime nor the folder it was made in stays."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, step, fail)
    assert "No space left on device" in refused(capsys, "tiny")


def test_an_interruption_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key pressed while files are written leaves nothing behind."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        skeleton.write("tiny", place / "tiny")
    assert list(place.iterdir()) == []
