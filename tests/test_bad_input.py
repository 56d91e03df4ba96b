"""Input that is wrong, hostile or broken: one line that says where and what, and nothing done."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente.cli.main import main
from detente.errors import DetenteError
from detente.law import read
from detente.law.find import BUNDLED

HANOI: Final = (BUNDLED / "dprk" / "offers" / "hanoi-2019.yaml").read_text(encoding="utf-8")
MEGABYTE: Final = 2**20


class Answer(NamedTuple):
    """What a command returned and wrote."""

    code: int
    out: str
    err: str


pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")


class Shell:
    """Runs commands in a folder of their own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        """Run a command."""
        self.capsys.readouterr()
        code = main(list(arguments))
        return Answer(code, *self.capsys.readouterr())

    def refuses(self, *arguments: str, says: str | tuple[str, ...] = ()) -> str:
        """Run a command that must be refused in one line, with nothing written anywhere."""
        before = self.files()
        code, out, err = self(*arguments)
        assert (code, out) == (2, "")
        assert re.fullmatch(r"detente: [^\n]+\n", err)
        assert err[:-1].isprintable()
        for part in (says,) if isinstance(says, str) else says:
            assert part in err
        assert self.files() == before
        return err

    def files(self) -> dict[str, int]:
        """Return every file of the folder with its size."""
        found = sorted(self.folder.rglob("*"))
        return {str(path): path.lstat().st_size if path.is_file() else -1 for path in found}


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that the tests of this file share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cache: Path
) -> Shell:
    """A shell in an empty folder, with an empty ledger and nothing set by the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("DETENTE_REGIME", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "user.store"))
    monkeypatch.setenv("DETENTE_CACHE", str(cache))
    return Shell(tmp_path, capsys)


def swap(old: str, new: str) -> str:
    """Return the offer of Hanoi with the first ``old`` replaced."""
    assert old in HANOI
    return HANOI.replace(old, new, 1)


def line_of(part: str, text: str = HANOI) -> int:
    """Return the line on which ``part`` first stands."""
    return text[: text.index(part)].count("\n") + 1


# Files that are no good, as an offer

AS_OF: Final = line_of("as_of: 2019-02-28")
READINGS: Final = line_of("readings:")
LAST: Final = HANOI.count("\n")

BROKEN: Final[list[tuple[str, str | bytes, tuple[str, ...]]]] = [
    ("malformed", "a: [b\nc: d: e", (":2: is no YAML",)),
    ("tab", "a:\n\t- b\n", (":2: is no YAML",)),
    ("unclosed quote", 'a: "b\n', ("is no YAML",)),
    ("no day of the calendar", swap("as_of: 2019-02-28", "as_of: 2019-02-30"), (f":{AS_OF}: ",)),
    ("a date in words", swap("as_of: 2019-02-28", "as_of: 28 February"), (f":{AS_OF}: ",)),
    ("a date as a number", swap("as_of: 2019-02-28", "as_of: 2019"), (f":{AS_OF}: ",)),
    ("a date with a time", swap("as_of: 2019-02-28", "as_of: 2019-02-28T00:00:00Z"),
     (f":{AS_OF}: ",)),
    ("empty", "", ("mapping",)),
    ("only a comment", "# nothing\n", ("mapping",)),
    ("a list", "- a\n- b\n", (":1: ", "mapping")),
    ("a word", "hello", ("mapping",)),
    ("null", "~", ("mapping",)),
    ("a list for a word", "regime: [a]\n", (":1: regime: Expected `str`",)),
    ("a mapping for a list", swap("positions:", "positions:\n  a: b\nold:"), ("positions: ",)),
    ("a word for a list", swap("\ndates:", "\ndates: now\nolder:"), (":7: ", "dates: Expected")),
    ("an unknown field", HANOI + "\nas_off: 2019-02-28\n", (f":{LAST + 2}: ", "'as_off'")),
    ("alias bomb", "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", (":1: defines the anchor &a",)),
    ("alias", "a: b\nc: *x\n", (":2: uses the alias *x",)),
    ("python tag", "a: !!python/object/apply:os.system ['exit 3']\n", (":1: uses the tag",)),
    ("python tag on the whole", "!!python/object:os.x {}\n", (":1: uses the tag",)),
    ("own tag", "a: !mine b\n", (":1: uses the tag !mine",)),
    ("binary tag", "a: !!binary aGk=\n", (":1: uses the tag",)),
    ("duplicate key", HANOI + "\nid: again\n", (f":{LAST + 2}: repeats the key 'id' of line 3",)),
    ("NUL", b"id: a\nregime: \0b\n", ("is no YAML",)),
    ("NUL at the end", HANOI.encode() + b"\0", ("is no YAML",)),
    ("raw escape", "id: a\nname: \x1b[31mred\n", ("is no YAML",)),
    ("invalid UTF-8", b"id: a\nname: \xff\xfe\n", (":2: is not UTF-8",)),
    ("UTF-16", HANOI.encode("utf-16"), ("is not UTF-8",)),
    ("overlong UTF-8", b"id: a\nname: \xc0\xaf\n", (":2: is not UTF-8",)),
    ("second document", HANOI + "\n---\nid: x\n", (f":{LAST + 2}: holds a second document",)),
    ("rest after the end", HANOI + "\n...\nfoo: bar\n", ("is no YAML",)),
    ("a key that is no word", HANOI + "\n1: 2\n", (f":{LAST + 2}: has the key 1",)),
    ("a key that is a list", "[a]: 2\n", (":1: has the key",)),
    ("deep lists", "[" * 10_000 + "]" * 10_000, (":1: is nested deeper than 40",)),
    ("deep lists, never closed", "[" * 10_000, (":1: is nested deeper than 40",)),
    ("deep mappings", "{a: " * 10_000 + "b" + "}" * 10_000, (":1: is nested deeper than 40",)),
    ("deep blocks", "- " * 10_000 + "a\n", (":1: is nested deeper than 40",)),
    ("deep block mappings", "".join(" " * n + "a:\n" for n in range(2000)),
     (":41: is nested deeper than 40",)),
    ("deep keys", "? " * 10_000 + "a\n", (":1: has the key",)),
    ("an infinite share", swap("low: 0.8", "low: 1e999"), ("fraction out of order",)),
    ("infinity in words", swap("low: 0.8", "low: .inf"), ("Expected `float`",)),
    ("not a number", swap("low: 0.8", "low: .nan"), ("Expected `float`",)),
    ("a share above one", swap("high: 1\n", "high: 1.1\n"), ("fraction out of order",)),
    ("a share below zero", swap("low: 0.8", "low: -0.1"), ("fraction out of order",)),
    ("a truth for a number", swap("low: 0.8", "low: true"), ("Expected `float`",)),
    ("a huge integer", swap("count: 33", "count: " + "9" * 5000), ("Expected `int`",)),
    ("an integer of twenty digits", swap("count: 33", "count: " + "9" * 20), ("Expected `int`",)),
    ("an integer of nineteen digits", swap("count: 33", "count: " + "9" * 19), ("33 measures",)),
    ("a very long id", swap("id: hanoi-2019", "id: " + "x" * 100_000), (":1: ", "xxx")),
    ("another name", swap("id: hanoi-2019", "id: hanoi-2018"), (":1: ", "rename the file")),
    ("unknown role", swap("role: target", "role: targett"), ("did you mean target",)),
    ("unknown component", swap("component: yongbyon-5mwe-reactor", "component: yongbyon-reactor"),
     ("'yongbyon-reactor'", "did you mean yongbyon-5mwe-reactor")),
    ("unknown measure", swap("count: 33", "count: 33\n    measures: [un-2321-statue]"),
     (f":{READINGS}: ", "did you mean un-2321-statues")),
    ("unknown measure in an event", swap("- un-2321-statues", "- un-2321-statue"),
     ("did you mean un-2321-statues",)),
    ("unknown instrument", swap("- unscr-2270", "- unscr-2272"), ("did you mean unscr-2270",)),
    ("unknown requirement", swap("requirement: h-declaration", "requirement: h-declarations"),
     ("did you mean h-declaration",)),
    ("unknown default reading", swap("default_reading: civilian", "default_reading: civillian"),
     ("did you mean civilian",)),
    ("wrong count", swap("count: 33", "count: 34"), ("33 measures, and says 34",)),
]  # fmt: skip
"""What is wrong, the file, and what the one line must say beside the file's name."""


@pytest.mark.parametrize(("text", "says"), [item[1:] for item in BROKEN],
                         ids=[item[0] for item in BROKEN])  # fmt: skip
def test_a_broken_offer_is_refused(
    shell: Shell, tmp_path: Path, text: str | bytes, says: tuple[str, ...]
) -> None:
    """The line names the file, the line where one is to blame, and what is wrong."""
    file = tmp_path / "hanoi-2019.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    shell.refuses("assess", str(file), says=(str(file), *says))
    shell.refuses("assess", str(file), "--regime", "dprk", says=(str(file), *says))


@pytest.mark.parametrize("nul", [b"id: a\nregime: \0b\n", b"id: a\nname: \x1b[31mred\n"])
def test_a_character_that_yaml_forbids_is_told_with_its_line(
    shell: Shell, tmp_path: Path, nul: bytes
) -> None:
    """A control character in a file has a line, so the message names it."""
    (tmp_path / "a.yaml").write_bytes(nul)
    shell.refuses("assess", "./a.yaml", says="a.yaml:2: ")


@pytest.mark.parametrize("regime", ["myanmar", "./no-such-folder", "../../../etc"])
def test_an_offer_for_another_regime_is_refused_by_name(
    shell: Shell, tmp_path: Path, regime: str
) -> None:
    """An offer's unknown regime is told with the offer's file and line."""
    file = tmp_path / "hanoi-2019.yaml"
    file.write_text(swap("regime: dprk", f"regime: {regime}"), encoding="utf-8")
    shell.refuses("assess", str(file), says=regime)
    shell.refuses("assess", str(file), "--regime", "dprk", says=(f"{file}:4: ", regime))


def test_an_unknown_regime_is_told_with_the_file_that_names_it(
    shell: Shell, tmp_path: Path
) -> None:
    """Where the regime was read from the offer, the message says so."""
    file = tmp_path / "hanoi-2019.yaml"
    file.write_text(swap("regime: dprk", "regime: myanmar"), encoding="utf-8")
    shell.refuses("assess", str(file), says=("myanmar", str(file)))


@pytest.mark.parametrize("change", [
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.rstrip("\n").encode(),
    lambda text: b"---\n" + text.encode() + b"...\n",
], ids=["BOM", "CRLF", "no newline at the end", "document markers"])  # fmt: skip
def test_harmless_differences_change_nothing(
    shell: Shell, tmp_path: Path, change: Callable[[str], bytes]
) -> None:
    """A byte-order mark, Windows' line ends and document markers are read as if not there."""
    (tmp_path / "hanoi-2019.yaml").write_bytes(change(HANOI))
    answer = shell("assess", "./hanoi-2019.yaml", "--format", "csv")
    assert answer == shell("assess", "hanoi-2019", "--format", "csv")
    assert answer.code == 0


@pipes
@pytest.mark.parametrize("command", [
    ("assess", "./pipe.yaml"),
    ("assess", "hanoi-2019", "--evidence", "./pipe.yaml"),
    ("unlock", "us-nkspea-104a", "--costs", "./pipe.yaml"),
], ids=" ".join)  # fmt: skip
def test_a_pipe_that_nobody_writes_to_keeps_nobody_waiting(
    shell: Shell, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """What is no regular file is refused at once, not read."""
    os.mkfifo(tmp_path / "pipe.yaml")
    shell.refuses(*command, says="pipe.yaml")


@pytest.mark.parametrize("corrects", ["no-such-finding", "x-again"])
def test_a_correction_of_nothing_is_refused(shell: Shell, tmp_path: Path, corrects: str) -> None:
    """It would leave what it meant to mend as it was, without a word."""
    text = f"""\
id: again
regime: dprk
title: Again
findings:
- {{id: x-again, requirement: r-us-401-1-counterfeiting, extent: met, verification: verified,
   happened: 2019-01-01, recorded: 2019-01-01, corrects: {corrects},
   sources: [S-USC16], confidence: analyst}}
"""
    (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
    command = ("why", "us-nkspea-104a", "--evidence", "./again.yaml")
    shell.refuses(*command, says=("x-again", "corrects"))


@pytest.mark.parametrize("option", [
    ("--reading", "russia-china-iran"), ("--known-on", "2016-01-01"),
], ids=" ".join)  # fmt: skip
def test_a_list_without_a_day_takes_no_evidence(shell: Shell, option: tuple[str, str]) -> None:
    """An option that would change nothing is refused, with what is missing."""
    shell.refuses("measures", "--regime", "iran", *option, says="--in-force")


@pytest.mark.parametrize("command", [
    ("why", "un-1737-items", "--as-of", "2031-01-01"), ("measures", "--in-force", "2031-01-01"),
    ("snapback", "--as-of", "2031-01-01"), ("calendar", "--from", "2031-01-01"),
    ("assess", "jcpoa-2015", "--as-of", "2031-01-01"), ("diff", "2016-01-01", "2031-01-01"),
], ids=" ".join)  # fmt: skip
def test_a_day_beyond_what_is_known_is_answered_with_a_warning(
    shell: Shell, command: tuple[str, ...]
) -> None:
    """The answer stands on what was known; standard error says until when that was."""
    answer = shell(*command, "--regime", "iran")
    assert (answer.code, bool(answer.out)) == (0, True)
    assert re.fullmatch(r"detente: iran is known until 2025-12-31; .*2031-01-01.*\n", answer.err)
    assert shell(command[0], *command[1:-1], "2025-12-31", "--regime", "iran").err == ""


def sparse(path: Path, size: int) -> Path:
    """Make a file of ``size`` bytes that takes no room."""
    with path.open("wb") as stream:
        stream.truncate(size)
    return path


LARGE: Final = [
    ("assess", "./large.yaml"),
    ("assess", "./large.yaml", "--regime", "dprk"),
    ("assess", "hanoi-2019", "--evidence", "./large.yaml"),
    ("unlock", "us-nkspea-104a", "--costs", "./large.yaml"),
    ("diff", "./large.yaml", "hanoi-2019"),
]


@pytest.mark.parametrize("command", LARGE, ids=" ".join)
def test_a_file_of_100_megabytes_is_refused(
    shell: Shell, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A file far too large is refused by name."""
    sparse(tmp_path / "large.yaml", 100 * MEGABYTE)
    shell.refuses(*command, says=("large.yaml", "is larger than 4 MB"))


@pytest.mark.parametrize("command", LARGE, ids=" ".join)
def test_a_file_of_100_megabytes_is_not_read_into_memory(
    shell: Shell, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """The bound holds before anything reads the file, so a device without end cannot hang it."""
    sparse(tmp_path / "large.yaml", 100 * MEGABYTE)
    assert shell("assess", "hanoi-2019").code == 0
    tracemalloc.start()
    shell(*command)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * MEGABYTE


# Paths and names that are no good


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("./missing.yaml", "missing.yaml: cannot be read"),
        ("missing.yml", "missing.yml: cannot be read"),
        ("./folder.yaml", "folder.yaml: cannot be read"),
        ("./file.txt/offer.yaml", "cannot be read"),
        ("./" + "x" * 5000 + ".yaml", "cannot be read"),
        ("hanoi-2018", "did you mean hanoi-2019?"),
        ("", "no offer has the id ''"),
        ("..", "known are hanoi-2019"),
        ("*", "known are hanoi-2019"),
        ("[", "known are hanoi-2019"),
    ],
)
def test_an_offer_that_is_not_there(shell: Shell, tmp_path: Path, path: str, says: str) -> None:
    """A path that cannot be read and a name that nothing has are each told, with what is near."""
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "file.txt").write_text("no folder", encoding="utf-8")
    shell.refuses("assess", path, says=says)


@pytest.mark.parametrize("path", ["a\0b", "./a\0b.yaml", "x" * 5000, "\ud800"])
def test_an_offer_whose_name_no_system_takes(shell: Shell, path: str) -> None:
    """A NUL, five thousand letters or half a character are refused like any other wrong name."""
    shell.refuses("assess", path)


@pytest.mark.parametrize("name", ["dprk2", "", "..", "a\0", "\ud800", "x" * 5000, "./" + "x" * 300])
def test_a_regime_that_is_not_there(shell: Shell, name: str) -> None:
    """A regime's wrong name is refused, whatever it is made of."""
    shell.refuses("regime", "show", name)
    shell.refuses("measures", "--regime", name)


@pytest.mark.parametrize("content", ["", "- a\n", "id: [\n", "id: x\n", "\0"])
def test_a_regime_whose_head_is_broken(shell: Shell, tmp_path: Path, content: str) -> None:
    """A folder whose ``regime.yaml`` is no good is refused with that file's name."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "regime.yaml").write_text(content, encoding="utf-8")
    shell.refuses("regime", "show", "./mine", says="regime.yaml")
    assert shell("regime", "validate", "./mine").code == 1


def test_a_regime_that_is_only_a_head_is_listed_in_full(shell: Shell, tmp_path: Path) -> None:
    """Programmes without measures are problems of the regime, not of the program."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("regime.yaml", "programmes.yaml", "sources.yaml"):
        text = (BUNDLED / "dprk" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    answer = shell("regime", "validate", "./mine")
    assert answer.code == 1
    assert "names the unknown measure 'us-eo13551'" in answer.out


# Arguments that are no good


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("asess", "hanoi-2019"), "no command 'asess'; did you mean assess"),
        (("assess", "hanoi-2019", "--raeding", "entirety"), "No such option"),
        (("assess",), "Missing argument 'OFFER'"),
        (("assess", "hanoi-2019", "extra"), "extra"),
        (("assess", "hanoi-2019", "--reading", "entirely"), "did you mean entirety?"),
        (("assess", "hanoi-2019", "--rule", "complience-first"), "did you mean compliance-first?"),
        (("assess", "hanoi-2019", "--scope", "wide"), "'wide'"),
        (("assess", "hanoi-2019", "--revival", "maybe"), "'maybe'"),
        (("assess", "hanoi-2019", "--format", "xml"), "'xml'"),
        (("assess", "hanoi-2019", "--as-of", "2019-02-30"), "write it as 2019-02-28"),
        (("assess", "hanoi-2019", "--known-on", "soon"), "write it as 2019-02-28"),
        (("assess", "hanoi-2019", "--evidence", "missing.yaml"), "missing.yaml"),
        (("why", "un-2371-coal"), "did you mean un-2371-coal-iron"),
        (("unlock", "un-2371-coal"), "did you mean un-2371-coal-iron"),
        (("unlock", "un-2371-coal-iron", "--all", "0"), "--all"),
        (("unlock", "un-2371-coal-iron", "--cheapest", "--pareto"), "ask one of them"),
        (("unlock", "un-2371-coal-iron", "--costs", "missing.yaml"), "missing.yaml"),
        (("cite", "rp-un-lif"), "did you mean rp-un-lift"),
        (("measures", "--area", "cyber-operation"), "did you mean cyber-operations?"),
        (("measures", "--kind", "export-ban-coat"), "did you mean export-ban-coal"),
        (("measures", "--in-force", "today"), "write it as 2019-02-28"),
        (("calendar", "--from", "2020-01-01", "--to", "2019-01-01"), "turn them round"),
        (("diff", "2019-02-28", "hanoi-2019"), "2019-02-28"),
        (("evidence", "log", "--known-on", "soon"), "write it as 2019-02-28"),
        (("offer", "new", "../up"), "lower-case letters"),
        (("offer", "new", "Hanoi"), "lower-case letters"),
        (("offer", "neu"), "neu"),
        (("regime", "validate", "./missing"), "./missing"),
    ],
    ids=lambda item: " ".join(item)[:40] if isinstance(item, tuple) else "",
)
def test_an_argument_that_makes_no_sense(shell: Shell, command: tuple[str, ...], says: str) -> None:
    """The line says what was wrong and, where there is one, the nearest word that is right."""
    shell.refuses(*command, says=says)


@pytest.mark.parametrize("day", ["20190228", "2019-W09-4", "2019-02-28 ", "2019-2-28"])
def test_a_day_is_written_in_one_way(shell: Shell, day: str) -> None:
    """Only ``2019-02-28`` is taken, as the help and every message say."""
    shell.refuses("assess", "hanoi-2019", "--as-of", day, says="2019-02-28")


@pytest.mark.parametrize(
    "command",
    [
        ("assess", "hanoi-2019", "--as-of", "9999-12-31"),
        ("assess", "hanoi-2019", "--as-of", "0001-01-01"),
        ("why", "un-2371-coal-iron", "--as-of", "9999-12-31"),
        ("unlock", "us-nkspea-104a", "--as-of", "9999-12-31"),
        ("diff", "0001-01-01", "9999-12-31"),
        ("calendar", "--from", "9999-12-31"),
        ("calendar", "--from", "0001-01-01", "--to", "9999-12-31"),
    ],
    ids=" ".join,
)
def test_the_ends_of_the_calendar(shell: Shell, command: tuple[str, ...]) -> None:
    """The first and the last day that exist are answered or refused, not a fault."""
    answer = shell(*command)
    assert answer.code in (0, 2)
    assert answer.err.count("\n") == (1 if answer.code else 0)


# Control characters

HOSTILE: Final = "a\x1b[31m\x07\x9b2J\u202e\u2028b"


@pytest.mark.parametrize(
    "command",
    [
        (HOSTILE,),
        (f"--{HOSTILE}",),
        ("assess", HOSTILE),
        ("assess", f"./{HOSTILE}.yaml"),
        ("assess", "hanoi-2019", "--reading", HOSTILE),
        ("assess", "hanoi-2019", "--rule", HOSTILE),
        ("assess", "hanoi-2019", "--as-of", HOSTILE),
        ("assess", "hanoi-2019", "--format", HOSTILE),
        ("assess", "hanoi-2019", "--evidence", HOSTILE),
        ("assess", "hanoi-2019", "-o", f"no-folder/{HOSTILE}"),
        ("why", HOSTILE),
        ("cite", HOSTILE),
        ("regime", "show", HOSTILE),
        ("regime", "show", f"./{HOSTILE}"),
        ("regime", "validate", f"./{HOSTILE}"),
        ("offer", "new", HOSTILE),
        ("evidence", "verify", "--store", f"file.txt/{HOSTILE}", "--head", HOSTILE),
    ],
    ids=lambda item: " ".join(item).replace(HOSTILE, "X"),
)
def test_control_characters_in_arguments_stay_out_of_the_terminal(
    shell: Shell, command: tuple[str, ...]
) -> None:
    """A word that would move the cursor, ring or turn text round is shown as its code."""
    answer = shell(*command)
    assert answer.code in (1, 2)
    assert visible(answer.err)
    assert visible(answer.out)


def visible(text: str) -> bool:
    """Return whether a text has nothing but lines of printable characters."""
    return all(line.isprintable() for line in text.split("\n"))


ESCAPED: Final = r'"a\e[31m\a\x9b2J\u202E\Lb"'
"""The same, as YAML writes it."""


@pytest.mark.parametrize(
    "text",
    [
        swap("id: hanoi-2019", f"id: {ESCAPED}"),
        swap("regime: dprk", f"regime: {ESCAPED}"),
        swap("component: yongbyon-5mwe-reactor", f"component: {ESCAPED}"),
        swap("as_of: 2019-02-28", f"as_of: {ESCAPED}"),
        swap("role: target", f"role: {ESCAPED}"),
        swap("party: ", f"party: {ESCAPED} #"),
        swap("id: ho-1", f"id: {ESCAPED}").replace("touched: ", "touched: x", 1),
        swap("default_reading: civilian", f"default_reading: {ESCAPED}"),
        HANOI + f"{ESCAPED}: 1\n",
        HANOI + f"{ESCAPED}: 1\n{ESCAPED}: 2\n",
    ],
    ids=["id", "regime", "component", "date", "role", "party", "clause", "reading", "field", "key"],
)
def test_control_characters_in_a_file_stay_out_of_the_terminal(
    shell: Shell, tmp_path: Path, text: str
) -> None:
    """What a file says is shown with its control characters as codes, in errors and in tables."""
    (tmp_path / "hanoi-2019.yaml").write_text(text, encoding="utf-8")
    answer = shell("assess", "./hanoi-2019.yaml")
    assert visible(answer.err)
    assert visible(answer.out)


WORDS_OF_AN_OFFER: Final = [
    "name: Second Kim-Trump summit, Hanoi (Sofitel Metropole)",
    "name: Democratic People's Republic of Korea",
    "short: dismantle all fissile-material production at Yongbyon, before US experts",
    "text: Only the civilian articles of the five resolutions of 2016-2017.",
    "order: Relief after denuclearisation.",
]


@pytest.mark.parametrize("words", WORDS_OF_AN_OFFER, ids=lambda item: item[:20])
@pytest.mark.parametrize("form", ["table", "md"])
def test_control_characters_in_words_stay_out_of_the_page(
    shell: Shell, tmp_path: Path, words: str, form: str
) -> None:
    """An offer's own words cannot drive the terminal of whoever reads the assessment."""
    text = swap(words, f"{words.partition(':')[0]}: {ESCAPED}")
    (tmp_path / "hanoi-2019.yaml").write_text(text, encoding="utf-8")
    answer = shell("assess", "./hanoi-2019.yaml", "--format", form)
    assert answer.code == 0
    assert visible(answer.out)


@pytest.mark.parametrize("form", ["table", "md"])
def test_control_characters_in_the_name_of_a_reading(
    shell: Shell, tmp_path: Path, form: str
) -> None:
    """A reading is named on the first screen, so its name cannot drive the terminal either."""
    text = swap("  civilian-mixed:", f"  {ESCAPED}:")
    (tmp_path / "hanoi-2019.yaml").write_text(text, encoding="utf-8")
    answer = shell("assess", "./hanoi-2019.yaml", "--format", form)
    assert answer.code == 0
    assert visible(answer.out)


# Evidence and the ledger

FINDING: Final = """\
id: mine
regime: dprk
title: Mine
findings:
- id: x-1
  requirement: r-un-no-nuclear-test
  extent: progress
  verification: observed
  happened: 2019-02-01
  recorded: 2019-02-02
  sources: [A page]
  confidence: analyst
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("r-un-no-nuclear-test", "r-un-no-nuclear-tests", (":5: ", "did you mean r-un-no-nuclear")),
        ("requirement: r-un", "component: r-un", (":5: ", "unknown component")),
        ("requirement: r-un-no-nuclear-test", "act: rp-un-lif", (":5: ", "rp-un-lift")),
        ("requirement: ", "requirment: ", (":6: ", "did you mean requirement")),
        ("extent: progress", "extent: progres", (":7: ", "did you mean progress")),
        ("extent: progress", "made: true", (":5: ", "needs extent")),
        ("observed", "seen", (":8: ", "verification")),
        ("happened: 2019-02-01", "happened: 2019-02-31", (":5: ", "2019-02-31")),
        ("happened: 2019-02-01", "happened: 2020-02-01", (":5: ", "before it happened")),
        ("happened: 2019-02-01", "happened: 2019", (":9: ", "happened")),
        ("sources: [A page]", "sources: A page", (":11: ", "sources")),
        ("regime: dprk", "regime: ruritania", (":2: ", "'ruritania'")),
        ("extent: progress", "extent: progress\n  component: kangson", (":5: ", "exactly one")),
        ("x-1", "later", ()),
        ("findings:", "findings: {}\nold:", ()),
        ("- id: x-1\n  ", "- ", (":5: ", "lacks id")),
        (FINDING, "", ("mine.yaml",)),
        (FINDING, "- a\n", ("mine.yaml",)),
        (FINDING, "id: mine\nregime: dprk\ntitle: T\nfindings: none\n", (":4: ",)),
        (FINDING, "id: mine\nregime: dprk\ntitle: T\nfindings: [word]\n", (":4: ",)),
    ],
    ids=lambda item: item[:24].strip() if isinstance(item, str) else "",
)
def test_broken_evidence_is_refused(
    shell: Shell, tmp_path: Path, old: str, new: str, says: tuple[str, ...]
) -> None:
    """A file of findings with one thing wrong is refused with its line and what is near."""
    assert old in FINDING
    (tmp_path / "mine.yaml").write_text(FINDING, encoding="utf-8")
    assert shell("assess", "hanoi-2019", "--evidence", "mine.yaml").code == 0
    if (old, new) == ("x-1", "later"):
        return  # another id is right
    (tmp_path / "mine.yaml").write_text(FINDING.replace(old, new), encoding="utf-8")
    shell.refuses("assess", "hanoi-2019", "--evidence", "mine.yaml", says=("mine.yaml", *says))


def test_evidence_whose_id_is_taken_otherwise(shell: Shell, tmp_path: Path) -> None:
    """A finding that has a shipped finding's id and says something else is refused."""
    text = FINDING.replace("x-1", "l-sohae-launch-pad-2019")
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    shell.refuses("assess", "hanoi-2019", "--evidence", "mine.yaml", says="l-sohae-launch-pad-2019")


ADD: Final = (
    "evidence", "add", "--requirement", "r-un-no-nuclear-test", "--extent", "progress",
    "--verification", "observed", "--happened", "2019-02-01", "--recorded", "2019-02-02",
    "--source", "A page",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("--requirement", "r-un-no-nuclear-tests"), "r-un-no-nuclear-test"),
        (("--extent", "progres"), "progress"),
        (("--verification", "seen"), "verification"),
        (("--happened", "yesterday"), "yesterday"),
        (("--happened", "2020-01-01"), "before it happened"),
        (("--recorded", "2019-13-01"), "2019-13-01"),
        (("--component", "kangson"), "exactly one"),
        (("--fraction", "0.1"), "0.1,0.2,0.4"),
        (("--fraction", "nan,nan,nan"), "fraction"),
        (("--fraction", "0,0,inf"), "fraction"),
        (("--probability", "0.9,0.5,0.1"), "probability"),
        (("--corrects", "no-such-finding"), "no-such-finding"),
        (("--measure", "un-2371-coal"), "un-2371-coal"),
        (("--id", "l-sohae-launch-pad-2019"), "l-sohae-launch-pad-2019"),
        (("--regime", "ruritania"), "ruritania"),
        (("--confidence", "sure"), "confidence"),
    ],
    ids=lambda item: " ".join(item) if isinstance(item, tuple) else "",
)
def test_a_finding_that_makes_no_sense_is_not_recorded(
    shell: Shell, change: tuple[str, ...], says: str
) -> None:
    """What ``evidence add`` refuses leaves no ledger behind."""
    before = shell.files()
    answer = shell(*ADD, *change)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"detente: [^\n]+\n", answer.err)
    assert says in answer.err
    left = {path for path in shell.files() if not path.endswith(".lock")} - set(before)
    assert left == set()


def truncated(content: bytes) -> bytes:
    """Return the content without its last ten bytes."""
    return content[:-10]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (truncated, ":2: "),
        (lambda content: content.replace(b"2019-02-01", b"2019-01-31", 1), ":1: "),
        (lambda content: content.split(b"\n", 1)[1], ":1: "),
        (lambda content: content.split(b"\n", 1)[0] + b"\n", ""),
        (lambda content: content + b"{}\n", ":3: "),
        (lambda content: content + content, ":3: "),
        (lambda content: content.replace(b"A page", b"\xff page", 1), ":1: "),
        (lambda content: content.replace(b"{", b"{ ", 1), ":1: "),
        (lambda _: b"\0" * 5000, ":1: "),
        (lambda _: b"", ""),
    ],
    ids=["truncated", "changed", "first cut off", "last cut off", "added", "doubled", "bytes",
         "spaces", "zeros", "emptied"],
)  # fmt: skip
def test_a_ledger_that_was_changed_is_not_used(
    shell: Shell, tmp_path: Path, change: Callable[[bytes], bytes], line: str
) -> None:
    """Every command that reads a changed ledger refuses it, with the line to blame."""
    for number in (1, 2):
        assert shell(*ADD, "--id", f"x-{number}").code == 0
    ledger = tmp_path / "user.ledger.jsonl"
    ledger.write_bytes(change(ledger.read_bytes()))
    place = f"{ledger}{line}"
    for command in (("assess", "hanoi-2019"), ("evidence", "log"), ("calendar",), ADD):
        shell.refuses(*command, says=place)
    answer = shell("evidence", "verify")
    assert answer.code == 1
    assert place in answer.out


@pytest.mark.parametrize("store", ["file.txt/x/my.store", "folder/my.store"])
def test_a_ledger_that_cannot_be_a_file(shell: Shell, tmp_path: Path, store: str) -> None:
    """A store below a file, or a folder where the ledger belongs, is refused by name."""
    (tmp_path / "file.txt").write_text("no folder", encoding="utf-8")
    (tmp_path / "folder" / "my.ledger.jsonl").mkdir(parents=True)
    answer = shell(*ADD, "--store", store)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"detente: [^\n]+\n", answer.err)
    assert "my.ledger.jsonl" in answer.err


# Output that cannot be written


@pytest.mark.parametrize(
    "target", ["missing/answer.txt", "folder", "file.txt/answer.txt", "x" * 300, ".", ""]
)
def test_output_that_cannot_be_written(shell: Shell, tmp_path: Path, target: str) -> None:
    """A missing folder, a folder and a name too long are refused, and nothing is left behind."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").write_text("no folder", encoding="utf-8")
    shell.refuses("regime", "list", "-o", target)
    shell.refuses("regime", "list", "--format", "json", "-o", target)
    if target:
        shell.refuses("offer", "new", "mine", "-o", target)


def test_output_to_a_name_with_a_nul(shell: Shell) -> None:
    """A NUL in a file's name is refused like any other wrong name."""
    shell.refuses("regime", "list", "-o", "a\0b")


def test_output_through_a_link_keeps_the_link(shell: Shell, tmp_path: Path) -> None:
    """``-o`` onto a link writes the file that it points to."""
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert shell("regime", "list", "-o", "link.txt") == Answer(0, "", "")
    assert (tmp_path / "link.txt").is_symlink()
    assert "dprk" in (tmp_path / "real.txt").read_text(encoding="utf-8")


@pipes
def test_output_never_takes_the_place_of_a_pipe_or_a_device(shell: Shell, tmp_path: Path) -> None:
    """``-o`` onto something that is no ordinary file writes to it or refuses; it stays there.

    A device stands for itself: replacing ``/dev/null`` would break the machine.
    """
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert shell("regime", "list", "-o", str(pipe)).code in (0, 2)
        assert pipe.is_fifo()
    finally:
        os.close(reader)


def python(
    code: str, *, stdout: int | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )


LIMITED: Final = """
import resource, sys
from detente.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
sys.exit(main(["assess", "hanoi-2019", "-o", "answer.txt"]))
"""


def test_a_full_disk_leaves_the_old_file_whole(shell: Shell, tmp_path: Path) -> None:
    """Where the system writes no more than a thousand bytes, the old file stays as it was."""
    importlib.import_module("resource") if sys.platform != "win32" else pytest.skip("no limits")
    assert shell("regime", "list").code == 0
    (tmp_path / "answer.txt").write_text("old", encoding="utf-8")
    before = shell.files()
    done = python(LIMITED)
    assert done.returncode == 2
    assert done.stdout == b""
    assert re.fullmatch(rb"detente: answer.txt cannot be written [^\n]+\n", done.stderr)
    assert shell.files() == before


ASSESS: Final = 'import sys; from detente.cli.main import run; sys.argv[1:] = ["assess", '
ASSESS_HANOI: Final = ASSESS + '"hanoi-2019"]; run()'


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
@pytest.mark.parametrize("form", ["table", "json"])
def test_standard_output_on_a_full_disk(shell: Shell, form: str) -> None:
    """Where standard output takes nothing, one line says so and the exit code is 2."""
    code = ASSESS + f'"hanoi-2019", "--format", "{form}"]; run()'
    with Path("/dev/full").open("wb") as full:  # opened, never replaced
        done = python(code, stdout=full.fileno())
    assert done.returncode == 2
    assert re.fullmatch(rb"detente: [^\n]+\n", done.stderr)


def test_a_reader_that_goes_away_is_no_error(shell: Shell) -> None:
    """``detente assess ... | head -1`` ends quietly."""
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = python(ASSESS_HANOI, stdout=theirs)
    finally:
        os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("form", ["table", "md", "csv", "json"])
def test_a_terminal_that_knows_only_ascii(shell: Shell, form: str) -> None:
    """Where standard output cannot show a character, another stands for it."""
    code = ASSESS + f'"hanoi-2019", "--format", "{form}"]; run()'
    done = python(code, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")


# The cache


def answer_with(shell: Shell, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Answer:
    """Return what ``measures`` answers with a cache of its own."""
    monkeypatch.setenv("DETENTE_CACHE", str(folder))
    answer = shell("measures", "--hs", "2701", "--format", "csv")
    assert (answer.code, answer.err) == (0, "")
    return answer


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: b"garbage" * 1000,
        lambda content: b"\xc0",
        lambda content: b"\x80",
        lambda content: b"\xdd\xff\xff\xff\xff",
        lambda content: b"\x91" * 100_000,
        lambda content: content + b"\0",
    ],
    ids=["empty", "half", "one byte short", "garbage", "nil", "empty map", "huge list", "deep",
         "one byte more"],
)  # fmt: skip
def test_a_broken_cache_costs_time_only(
    shell: Shell,
    tmp_path: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[bytes], bytes],
) -> None:
    """Garbage, half a file or another value in the cache are built again."""
    wanted = answer_with(shell, monkeypatch, cache)
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    for path in cache.glob("*.msgpack"):
        (tmp_path / "own" / path.name).write_bytes(spoil(path.read_bytes()))
    assert answer_with(shell, monkeypatch, tmp_path / "own") == wanted


def test_a_cache_that_cannot_be_is_done_without(
    shell: Shell, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that is a file, lies below one, or holds a folder in a file's place, is no fault."""
    wanted = answer_with(shell, monkeypatch, cache)
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    folders = tmp_path / "folders"
    for path in cache.glob("*.msgpack"):
        (folders / path.name).mkdir(parents=True)
    for bad in (tmp_path / "file", tmp_path / "file" / "below", folders):
        assert answer_with(shell, monkeypatch, bad) == wanted


# Regimes of other packages


def entry_points(*entries: tuple[str, str]) -> Callable[..., metadata.EntryPoints]:
    """Return what stands for ``importlib.metadata.entry_points``, with these entries."""
    group = "detente.regimes"
    found = metadata.EntryPoints(metadata.EntryPoint(name, at, group) for name, at in entries)
    return lambda **wanted: found.select(**wanted)


@pytest.mark.parametrize("at", ["no_such_package_at_all", "json", "json.decoder", "", "a b", "os"])
def test_another_packages_regime_that_is_broken(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """An entry point to nothing, or to a package without a regime, is refused by name."""
    monkeypatch.setattr(metadata, "entry_points", entry_points(("myanmar", at)))
    assert "myanmar" in shell("regime", "list").out
    shell.refuses("regime", "show", "myanmar")
    shell.refuses("measures", "--regime", "myanmar")


# Files that are almost right

WORDS: Final = (
    "~", "[]", "{}", "''", "-1", "1e999", ".nan", "9" * 30, "2019-02-30", "!!str x", "&a x", "*a",
    "[[[[", "}", "|", ">-", "? x", "\t", "\0", "\x85", "\ufeff", "%", "x: y: z", "- ", "#", "---",
    "...", "true", "NO", "0x1F", "12:30", "civilian", "kangson", "r-un-no-nuclear-test",
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A text of the offer of Hanoi with a few random edits."""
    lines = HANOI.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match draw(st.sampled_from(("value", "key", "drop", "twice", "indent", "cut", "type"))):
            case "value":
                lines[at] = line.partition(": ")[0] + ": " + draw(st.sampled_from(WORDS))
            case "key":
                lines[at] = draw(st.sampled_from(WORDS)) + line
            case "drop":
                del lines[at : at + draw(st.integers(1, 30))]
            case "twice":
                lines.insert(draw(st.integers(0, len(lines))), line)
            case "indent":
                lines[at] = draw(st.sampled_from(("", " ", "  ", "    "))) + line.lstrip()
            case "cut":
                lines = lines[: at + 1] if draw(st.booleans()) else lines[at:]
            case _:
                where = draw(st.integers(0, len(line)))
                lines[at] = line[:where] + draw(st.text(max_size=4)) + line[where:]
        lines = lines or [""]
    return "\n".join(lines)


def message_of(run: Callable[[], object]) -> str | None:
    """Return what an error of ours says; None where there was none. Any other error passes."""
    try:
        run()
    except DetenteError as error:
        return str(error)
    return None


BOUNDED: Final = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@BOUNDED
@given(st.one_of(edited(), st.text(max_size=200)))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Reading gives a document or an error of ours in one line, whatever the text."""
    said = message_of(lambda: read.parse(text, "a file"))
    assert said is None or (said.startswith("a file") and visible(said))


@pytest.fixture(scope="module")
def dprk() -> tuple[detente.Regime, detente.Evidence]:
    """The bundled regime and its evidence, loaded once."""
    regime = detente.load("dprk")
    return regime, detente.evidence_of(regime)


@BOUNDED
@given(text=edited())
def test_any_offer_is_assessed_or_refused(
    text: str,
    dprk: tuple[detente.Regime, detente.Evidence],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An offer with random edits gives an assessment or an error of ours, never another."""
    (tmp_path / "no-cache").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path / "no-cache"))
    path = tmp_path / "hanoi-2019.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    regime, evidence = dprk
    said = message_of(lambda: detente.assess(regime, str(path), evidence))
    assert said is None or "hanoi-2019" in said
