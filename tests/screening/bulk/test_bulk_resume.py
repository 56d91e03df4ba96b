"""Runs that were killed, refused or out of space, and taken up again."""

from __future__ import annotations

import errno
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from made_tables import outputs, plain, write_table

from detente.errors import UsageError
from detente.screening.bulk.run import Summary, run

unix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

CALLS = ("open", "write", "fsync", "ftruncate", "replace", "unlink", "close")
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}
HERE = str(Path(__file__).parent)


def breaking(row: int) -> str | None:
    """Break a few rows, and a few cells."""
    return {5: "5,few", 11: "11,Anna,,32.13.2001,", 14: '14,"x,,,'}.get(row)


def screen(folder: Path, output: str = "hits.csv", **named: Any) -> Summary:
    """Screen the table of a folder in small batches."""
    return run(folder / "in.csv", folder / output, plain, batch=2, **named)


@pytest.fixture(params=["hits.csv", "hits.parquet"])
def output(request: pytest.FixtureRequest) -> str:
    """The name of an output."""
    if request.param.endswith("parquet"):
        pytest.importorskip("pyarrow")
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a table."""
    write_table(tmp_path / "in.csv", 24, breaking)
    return tmp_path


def whole(folder: Path, output: str) -> dict[str, bytes]:
    """Return what a run leaves that nothing interrupts, and remove it."""
    screen(folder, output)
    found = outputs(folder)
    clear(folder)
    return found


def clear(folder: Path) -> None:
    """Remove what runs left."""
    for path in folder.glob("hits*"):
        path.unlink()


def short(descriptor: int, data: Any) -> int:
    """Write at most 50 bytes, as a system may."""
    written: int = REAL["write"](descriptor, data[:50])
    return written


def patched(tick: Callable[[], None]) -> dict[str, Callable[..., Any]]:
    """Return calls to the system with a tick before and after each."""

    def wrapped(name: str) -> Callable[..., Any]:
        call = short if name == "write" else REAL[name]

        def with_tick(*arguments: Any, **named: Any) -> Any:
            tick()
            result = call(*arguments, **named)
            tick()
            return result

        return with_tick

    return {name: wrapped(name) for name in CALLS}


def killed_at(folder: Path, output: str, instant: int) -> bool:
    """Run in a process that dies at an instant; return whether it did."""
    child = os.fork()
    if not child:
        passed = 0

        def tick() -> None:
            nonlocal passed
            if passed == instant:
                os.kill(os.getpid(), signal.SIGKILL)
            passed += 1

        status = 1
        try:
            for name, call in patched(tick).items():
                setattr(os, name, call)
            screen(folder, output)
            status = 0
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL)
    return status != 0


@unix
def test_killed_at_any_call_a_run_is_taken_up_without_losing_or_repeating_a_row(
    folder: Path, output: str
) -> None:
    """Before and after every call to the system, in steps where there are many."""
    expected = whole(folder, output)
    instant = resumed = 0
    while killed_at(folder, output, instant):
        before = (folder / output).read_bytes() if (folder / output).exists() else None
        assert before in (None, expected[output])  # never a part under the final name
        summary = screen(folder, output)
        assert outputs(folder) == expected, instant
        assert (summary.rows, summary.broken) == (24, 2)
        resumed += summary.resumed > 0
        clear(folder)
        instant += 1 if output.endswith("csv") else 7
    assert resumed > 10
    assert instant > 100


@unix
def test_killed_again_and_again_it_still_comes_to_the_same_end(folder: Path) -> None:
    """Each run dies a little after it went on."""
    write_table(folder / "in.csv", 400, breaking)
    expected = whole(folder, "hits.csv")
    choose = random.Random(3)
    kills = 0
    while killed_at(folder, "hits.csv", choose.randrange(150, 400)):
        kills += 1
    assert kills >= 5
    assert outputs(folder) == expected


@unix
def test_killed_at_any_time_it_is_taken_up(folder: Path) -> None:
    """A few dozen kills from outside, whenever they come."""
    write_table(folder / "in.csv", 3000, breaking)
    expected = whole(folder, "hits.csv")
    choose = random.Random(5)
    kills = finished = 0
    while kills < 40:
        child = os.fork()
        if not child:
            try:
                screen(folder)
            finally:
                os._exit(0)
        time.sleep(choose.uniform(0.005, 0.12))
        os.kill(child, signal.SIGKILL)
        kills += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        if not (folder / "hits.csv.journal").exists() and (folder / "hits.csv").exists():
            assert outputs(folder) == expected
            clear(folder)
            finished += 1
            assert finished < 400
    screen(folder)
    assert outputs(folder) == expected


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from made_tables import plain
from detente.screening.bulk.run import run
if __name__ == "__main__":
    run(sys.argv[2], sys.argv[3], plain, batch=20, workers=2)
"""


@unix
def test_killed_with_workers_it_is_taken_up_without_them(folder: Path) -> None:
    """Once the journal has grown to any of some lengths."""
    write_table(folder / "in.csv", 20_000, breaking)
    run(folder / "in.csv", folder / "hits.csv", plain, batch=20)
    expected = outputs(folder)
    script = folder / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    for length in (400, 4_000, 12_000):
        clear(folder)
        command = [sys.executable, str(script), HERE]
        process = subprocess.Popen([*command, str(folder / "in.csv"), str(folder / "hits.csv")])
        journal = folder / "hits.csv.journal"
        while process.poll() is None and (not journal.exists() or journal.stat().st_size < length):
            time.sleep(0.001)
        process.kill()
        process.wait()
        summary = run(folder / "in.csv", folder / "hits.csv", plain, batch=20)
        assert outputs(folder) == expected
        assert summary.resumed > 0 or process.returncode == 0


# A disk that is full, a system that refuses


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_refused_at_any_call_a_run_says_so_and_is_taken_up(
    folder: Path, output: str, fault: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One clear error each time, and the same bytes in the end."""
    expected = whole(folder, output)
    instant = 0
    while True:
        passed = 0

        def tick(instant: int = instant) -> None:
            nonlocal passed
            passed += 1
            if passed == instant:
                raise OSError(fault, os.strerror(fault))

        with monkeypatch.context() as patch:
            for name, call in patched(tick).items():
                if name != "close":
                    patch.setattr(os, name, call)
            try:
                screen(folder, output)
                told = None
            except UsageError as error:
                told = str(error)
        if passed < instant:
            break
        assert told is None or "cannot be" in told
        assert told is None or "\n" not in told
        screen(folder, output)
        assert outputs(folder) == expected, instant
        clear(folder)
        instant += 3
    assert instant > 100


def test_a_full_disk_is_told_with_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next run goes on where the first stopped."""
    expected = whole(folder, "hits.csv")
    written = 0

    def full(descriptor: int, data: Any) -> int:
        nonlocal written
        if written + len(data) > 3000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count: int = REAL["write"](descriptor, data)
        written += count
        return count

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(UsageError) as raised:
            screen(folder)
    assert str(raised.value) == (
        f"{folder / 'hits.csv'} cannot be written (No space left on device); free space and run "
        "the same again: it goes on where it stopped"
    )
    assert screen(folder, resume=True).resumed >= 8
    assert outputs(folder) == expected


@unix
def test_a_limit_of_the_system_is_met_like_a_full_disk(folder: Path) -> None:
    """Files may not grow beyond a size."""
    resource = pytest.importorskip("resource")
    expected = whole(folder, "hits.csv")
    child = os.fork()
    if not child:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1500, resource.RLIM_INFINITY))
            screen(folder)
        except UsageError as error:
            status = 7 if "free space" in str(error) else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert screen(folder).resumed > 0
    assert outputs(folder) == expected


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_is_no_output(folder: Path) -> None:
    """It cannot be replaced."""
    (folder / "hits.csv").symlink_to("/dev/full")
    with pytest.raises(UsageError, match="no ordinary file"):
        screen(folder)


def test_a_folder_that_is_not_there_is_told(folder: Path) -> None:
    """With the name of the output."""
    with pytest.raises(UsageError, match=r"none/hits\.csv cannot be written"):
        screen(folder, "none/hits.csv")


# When a run is taken up


def stopped(folder: Path, rows: int = 10) -> None:
    """Leave a run that stopped after some rows."""

    def stop(done: int, part: float | None) -> None:
        if done >= rows:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen(folder, progress=stop)


def test_a_run_is_taken_up_by_itself_where_all_is_as_it_was(folder: Path) -> None:
    """Ten rows were done, eight of them for good."""
    stopped(folder)
    assert (folder / "hits.csv.part").exists()
    assert not (folder / "hits.csv").exists()
    assert screen(folder).resumed == 8


def test_progress_goes_on_where_it_was(folder: Path) -> None:
    """The first that is told are the rows after those that were done."""
    stopped(folder)
    told: list[int] = []
    screen(folder, progress=lambda done, _: told.append(done))
    assert told[0] == 10


@pytest.mark.parametrize("workers", [1, 2])
def test_another_number_of_workers_takes_it_up_too(folder: Path, workers: int) -> None:
    """It changes nothing in the output."""
    expected = whole(folder, "hits.csv")
    stopped(folder)
    assert screen(folder, workers=workers).resumed == 8
    assert outputs(folder) == expected


def test_other_options_begin_anew(folder: Path) -> None:
    """Or, where the run is told to resume, are refused."""
    stopped(folder)
    now = {"lists": "others", "decisions": "none"}
    with pytest.raises(UsageError, match="its lists and decisions changed since; begin anew"):
        screen(folder, resume=True, configuration=now)
    summary = screen(folder, configuration=now)
    assert (summary.resumed, summary.anew) == (0, "lists and decisions")


def test_a_run_may_begin_anew(folder: Path) -> None:
    """Where the user says so."""
    expected = whole(folder, "hits.csv")
    stopped(folder)
    assert screen(folder, resume=False).resumed == 0
    assert outputs(folder) == expected


def test_without_an_earlier_run_there_is_nothing_to_resume(folder: Path) -> None:
    """A script may always say that it wants to."""
    assert screen(folder, resume=True).resumed == 0


def test_a_table_that_was_touched_is_taken_up_only_on_request(folder: Path) -> None:
    """Its rows are then compared."""
    stopped(folder)
    os.utime(folder / "in.csv", (1, 1))
    kept = folder / "kept"
    kept.mkdir()
    for path in folder.glob("hits*"):
        shutil.copy(path, kept)
    assert screen(folder).resumed == 0
    clear(folder)
    for path in kept.iterdir():
        shutil.copy(path, folder)
    assert screen(folder, resume=True).resumed == 8


def test_a_table_that_grew_is_taken_up_on_request(folder: Path) -> None:
    """What was screened of it is still the same: of a long table, whose head did not change."""
    write_table(folder / "in.csv", 3000)
    stopped(folder)
    write_table(folder / "in.csv", 3001)
    assert screen(folder, resume=True).rows == 3001


def test_a_table_that_changed_where_it_was_done_is_refused(folder: Path) -> None:
    """Also far behind its head."""
    write_table(folder / "in.csv", 3000)
    stopped(folder, rows=2990)
    write_table(folder / "in.csv", 3000, lambda row: "x,y,,," if row == 2980 else None)
    with pytest.raises(UsageError, match="table changed in the 2984 rows"):
        screen(folder, resume=True)
    assert screen(folder).resumed == 0


def test_standard_input_is_taken_up_on_request(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the same rows come again; by itself it never is."""

    def piped(**named: Any) -> Summary:
        content = io.BytesIO((folder / "in.csv").read_bytes())
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=content))
        return run("-", folder / "hits.csv", plain, batch=2, **named)

    def stop(done: int, part: float | None) -> None:
        if done >= 10:
            raise KeyboardInterrupt

    expected = whole(folder, "hits.csv")
    with pytest.raises(KeyboardInterrupt):
        piped(progress=stop)
    assert piped(resume=True).resumed == 8
    assert outputs(folder) == expected
    with pytest.raises(KeyboardInterrupt):
        piped(progress=stop)
    assert piped().resumed == 0
    assert outputs(folder) == expected


def test_another_table_is_refused(folder: Path) -> None:
    """Its head differs."""
    stopped(folder)
    write_table(folder / "in.csv", 24)
    with pytest.raises(UsageError, match="its table changed since"):
        screen(folder, resume=True)


@pytest.mark.parametrize("damage", ["cut", "changed", "added", "emptied", "part", "gone"])
def test_a_damaged_journal_never_spoils_the_output(folder: Path, damage: str) -> None:
    """It is believed as far as it is whole."""
    expected = whole(folder, "hits.csv")
    stopped(folder, 20)
    journal, part = folder / "hits.csv.journal", folder / "hits.csv.part"
    raw = journal.read_bytes()
    if damage == "cut":
        journal.write_bytes(raw[:-10])
    elif damage == "changed":
        journal.write_bytes(raw.replace(b'"batches":8', b'"batches":9'))
    elif damage == "added":
        journal.write_bytes(raw + b'{"digest": "half a li')
    elif damage == "emptied":
        journal.write_bytes(b"")
    elif damage == "part":
        part.write_bytes(part.read_bytes()[:100])
    else:
        part.unlink()
    screen(folder)
    assert outputs(folder) == expected


def test_two_runs_do_not_write_one_output(folder: Path) -> None:
    """The second is refused, and the first not disturbed."""
    pytest.importorskip("fcntl")
    expected = whole(folder, "hits.csv")
    refused: list[object] = []

    def second(done: int, part: float | None) -> None:
        if not refused:
            with pytest.raises(UsageError, match="another run is writing") as raised:
                screen(folder)
            refused.append(raised)

    screen(folder, progress=second)
    assert outputs(folder) == expected
