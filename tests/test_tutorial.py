"""The tutorial works as it stands: its files are written and its commands run, in its order."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final

import pytest
from test_docs import DOCS, Block, blocks, settled

from detente.cases.judge import run
from detente.cli.main import main
from detente.law.load import load

TUTORIAL: Final = (DOCS / "tutorial.md").read_text(encoding="utf-8")
BLOCKS: Final = list(blocks(TUTORIAL))
ADDED, ANEW = "added at the end", "the last case anew"


def written(block: Block, folder: Path) -> None:
    """Do with a block of YAML what its first line says: write a file, or add to one."""
    first, _, text = block.text.partition("\n")
    name, _, how = first.removeprefix("# ").partition(", ")
    path = folder / name
    assert path.parent.is_dir(), f"line {block.line}: no folder for {name}"
    assert how in ("", ADDED, ANEW), f"line {block.line}: {how}"
    old = path.read_text(encoding="utf-8") if how else ""
    if how == ANEW:
        old = old[: old.rindex("- name:")]
    path.write_text(old + text, encoding="utf-8")


def installed(block: Block, folder: Path) -> Path:
    """Lay the regime out as the package that a block of TOML declares; return where it lies."""
    project = tomllib.loads(block.text)["project"]
    site = folder / "site"
    for group, entries in project["entry-points"].items():
        for package in entries.values():
            place = site / package.replace(".", "/")
            place.parent.mkdir(parents=True)
            (folder / "ruritania").rename(place)
        info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        info.mkdir()
        head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        (info / "METADATA").write_text(head, encoding="utf-8")
        lines = [f"[{group}]", *(f"{name} = {at}" for name, at in entries.items())]
        (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    return site


def differences(block: Block, shell: pytest.CaptureFixture[str]) -> Iterator[tuple[int, str, str]]:
    """Run the command of a block, and yield each line of its answer that is not as shown."""
    typed, *wanted = block.text.splitlines()
    main(shlex.split(typed.removeprefix("$ detente ")))
    printed = shell.readouterr()
    got = [settled(line) for line in (printed.out + printed.err).splitlines()]
    if "..." in wanted:
        wanted = wanted[: wanted.index("...")]
        got = got[: len(wanted)]
    for number, (line, printed_line) in enumerate(zip_longest(wanted, got, fillvalue="")):
        if settled(line) != printed_line:
            yield block.line + 2 + number, line, printed_line


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with nothing set by the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "my.store"))
    monkeypatch.delenv("DETENTE_REGIME", raising=False)
    return tmp_path


def test_the_tutorial_does_what_it_says(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is written, each command run, and each answer is the one on the page."""
    wrong: list[tuple[int, str, str]] = []
    commands = 0
    for block in BLOCKS:
        if block.language == "yaml":
            written(block, place)
        elif block.language == "toml":
            regime = load("./ruritania")
            assert [case.faults for case in run(regime).cases if not case.ok] == []
            monkeypatch.syspath_prepend(str(installed(block, place)))
        else:
            assert block.text.startswith("$ detente "), f"line {block.line} is no command"
            commands += 1
            wrong += differences(block, capsys)
    assert wrong == []
    assert commands >= 8


def test_no_file_of_the_example_is_left(place: Path) -> None:
    """The page replaces every file with which a new regime begins."""
    from detente.skeleton import rendered

    begun = {f"ruritania/{name}" for name, _ in rendered("ruritania", place / "ruritania")}
    first_lines = (block.text.partition("\n")[0] for block in BLOCKS if block.language == "yaml")
    assert begun <= {re.sub(r"^# |, .*", "", line) for line in first_lines}
    assert str(place) not in sys.path
