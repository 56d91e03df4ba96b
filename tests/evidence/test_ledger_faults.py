"""The ledger under faults: killed, out of space, refused, and written by many at once."""

from __future__ import annotations

import errno
import io
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from detente.evidence import durable, ledger
from detente.evidence.durable import LedgerError
from detente.evidence.model import Finding

unix = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

CALLS = ("open", "write", "fsync", "replace", "unlink", "close")
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_ledger_faults import finding
from detente.evidence import durable, ledger
for number in range(int(sys.argv[4])):
    entry = ledger.append(Path(sys.argv[2]), "dprk", finding(f"{sys.argv[3]}-{number}"))
    print(entry.finding.id, flush=True)
"""


def finding(name: str) -> Finding:
    """Return a finding with this id."""
    return Finding(
        id=name,
        requirement="no-nuclear-tests",
        extent="progress",
        verification="observed",
        happened="2019-02",
        recorded="2019-03-06",
        sources=("ctbto-2019",),
        confidence="verified-secondary",
        statement="No test was observed. " * 10,
    )


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """Start a process that appends ``count`` findings and prints each id once it is appended."""
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", WRITER, here, str(path), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def contents(path: Path) -> dict[str, bytes]:
    """Return the files of a ledger that outlast an append."""
    files = (path, path.with_name(path.name + ".head"))
    return {file.name: file.read_bytes() for file in files if file.exists()}


def write_short(descriptor: int, data: Any) -> int:
    """Write at most 100 bytes, as a system may."""
    written: int = REAL["write"](descriptor, data[:100])
    return written


def in_child(action: Callable[[], object]) -> int:
    """Run ``action`` in a forked process and return its status: 0, or minus a signal, or 1."""
    child = os.fork()
    if not child:
        status = 1
        try:
            action()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die() -> None:
    """Kill this process as nothing can prevent."""
    os.kill(os.getpid(), signal.SIGKILL)


def append_and_die_at_call(path: Path, instant: int) -> None:
    """Append, and die at the given instant: before, or after, one of the calls to the system."""
    passed = 0

    def tick() -> None:
        nonlocal passed
        if passed == instant:
            die()
        passed += 1

    def wrapped(name: str) -> Callable[..., Any]:
        call = write_short if name == "write" else REAL[name]

        def with_death(*arguments: Any, **named: Any) -> Any:
            tick()
            result = call(*arguments, **named)
            tick()
            return result

        return with_death

    for name in CALLS:
        setattr(os, name, wrapped(name))
    ledger.append(path, "dprk", finding("new"))


def append_and_die_at_line(path: Path, instant: int) -> None:
    """Append, and die before the given line of the ledger's code is executed."""
    passed = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal passed
        if frame.f_code.co_filename not in (ledger.__file__, durable.__file__):
            return None
        if event == "line":
            if passed == instant:
                die()
            passed += 1
        return trace

    os.fsync = lambda fd: None  # a killed process needs none, and it takes the time
    sys.settrace(trace)
    ledger.append(path, "dprk", finding("new"))


def prepare(folder: Path, state: str) -> Path:
    """Return a ledger that is new, or has three entries, or is one ahead of its head file."""
    path = folder / "l"
    if state == "new":
        return path
    for number in range(3):
        before = contents(path)
        ledger.append(path, "dprk", finding(f"old-{number}"))
    if state == "ahead":
        (folder / "l.head").write_bytes(before["l.head"])
    if state == "littered":
        (folder / "l.tmp").write_bytes(b"half a led")
        (folder / "l.head.tmp").write_bytes(b"{")
    return path


@unix
@pytest.mark.parametrize(
    ("state", "append_and_die", "step"),
    [
        ("new", append_and_die_at_call, 1),
        ("three", append_and_die_at_call, 1),
        ("ahead", append_and_die_at_call, 1),
        ("littered", append_and_die_at_call, 3),
        ("new", append_and_die_at_line, 3),
        ("ahead", append_and_die_at_line, 3),
    ],
)
def test_a_process_killed_at_any_instant_leaves_the_old_or_the_new_ledger(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
    append_and_die: Callable[[Path, int], None],
    step: int,
) -> None:
    """Every instant, or every third, until one lies after the end; the next append succeeds."""
    before = prepare(tmp_path / "before", state)
    after = Path(shutil.copytree(before.parent, tmp_path / "after")) if state != "new" else tmp_path
    ledger.append(after / "l", "dprk", finding("new"))
    old, new = ledger.read(before), ledger.read(after / "l")
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    seen, instant, status = set(), 0, -signal.SIGKILL
    while status:
        path = tmp_path / str(instant) / "l"
        if state != "new":
            shutil.copytree(before.parent, path.parent)
        status = in_child(lambda path=path, at=instant: append_and_die(path, at))  # type: ignore[misc]
        assert status in (0, -signal.SIGKILL)
        verified = ledger.verify(path)
        assert ledger.read(path) in (old, new)
        seen.add((verified.entries - len(old), verified.ahead))
        if verified.entries == len(old):
            ledger.append(path, "dprk", finding("new"))
        ledger.append(path, "dprk", finding("next"))
        assert ledger.read(path)[:-1] == new
        assert not ledger.verify(path).ahead
        assert sorted(file.name for file in path.parent.iterdir()) == ["l", "l.head", "l.lock"]
        shutil.rmtree(path.parent)
        instant += step
    assert instant > 50
    assert {(0, False), (1, True), (1, False)} <= seen


@unix
def test_a_process_killed_by_another_loses_nothing_that_it_reported(tmp_path: Path) -> None:
    """Kills at random times: whatever was reported as appended is there, at most one more."""
    path, chance, reported = tmp_path / "l", random.Random(20190228), list[str]()
    for turn in range(5):
        process = writer(path, f"turn-{turn}", 10_000)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        reported += (first + process.stdout.read()).split()
        process.wait()
        process.stdout.close()
        assert ledger.problems(path) == []
        held = [held.id for held in ledger.findings(ledger.read(path))]
        assert held[: len(reported)] == reported
        assert len(held) - len(reported) <= 1
        reported = held


def test_four_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each waits for the others, and a reader never sees a ledger that does not verify."""
    path = tmp_path / "l"
    processes = [writer(path, f"writer-{number}", 20) for number in range(4)]
    reads = 0
    while any(process.poll() is None for process in processes):
        assert ledger.problems(path) == []
        reads += 1
    for process in processes:
        assert process.wait() == 0
        assert process.stdout is not None
        process.stdout.close()
    held = {held.id for held in ledger.findings(ledger.read(path))}
    assert held == {f"writer-{number}-{turn}" for number in range(4) for turn in range(20)}
    assert ledger.verify(path).entries == 80
    assert reads > 1


@pytest.mark.parametrize("state", ["new", "three", "ahead"])
@pytest.mark.parametrize("name", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_call_that_fails_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str, name: str, number: int
) -> None:
    """Each call fails once in its turn: an error says what to do, and no temporary file stays."""
    path = prepare(tmp_path, state)
    before, old = contents(path), ledger.read(path)
    failures = 0
    while True:
        passed = 0
        call = write_short if name == "write" else REAL[name]

        def fail(*arguments: Any, after: int = failures, call: Any = call) -> Any:
            nonlocal passed
            passed += 1
            if passed > after:
                raise OSError(number, os.strerror(number))
            return call(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(os, name, fail)
            try:
                ledger.append(path, "dprk", finding("new"))
            except LedgerError as caught:
                error = caught
            else:
                break
        failures += 1
        assert os.strerror(number) in str(error)
        assert not list(tmp_path.glob("*.tmp"))
        if ledger.read(path) == old:
            assert "free space, correct the permissions" in str(error)
            assert "nothing was added" in str(error)
        else:
            assert ledger.read(path)[-1].finding == finding("new")
            assert "do not append it again" in str(error)
        assert ledger.problems(path) == []
        for file in tmp_path.glob("l*"):
            file.unlink()
        for file_name, content in before.items():
            (tmp_path / file_name).write_bytes(content)
    assert failures > 1
    assert ledger.read(path)[-1].finding == finding("new")


@unix
def test_a_limit_of_the_system_on_the_size_of_files_loses_nothing(tmp_path: Path) -> None:
    """A write that the kernel itself cuts short, then refuses, leaves the ledger as it was."""
    import resource

    path = prepare(tmp_path, "three")
    before = contents(path)

    def append() -> None:
        size = len(before["l"]) + 50
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with pytest.raises(LedgerError, match="File too large; free space"):
            ledger.append(path, "dprk", finding("new"))

    assert in_child(append) == 0
    assert contents(path) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["l", "l.head", "l.lock"]


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    """A file in place of a folder gives an error for appending, and for reading."""
    (tmp_path / "file").write_bytes(b"")
    path = tmp_path / "file" / "l"
    with pytest.raises(LedgerError, match=r"the system refuses: .*; free space"):
        ledger.append(path, "dprk", finding("new"))
    with pytest.raises(LedgerError, match=r"the system refuses: .*; make it readable"):
        ledger.read(path)


def test_everything_is_on_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A loss of power finds no name that points to data not yet written."""
    path = prepare(tmp_path, "three")
    calls: list[str] = []

    def noting(name: str) -> Callable[..., Any]:
        def noted(*arguments: Any) -> Any:
            calls.append(f"{name} {Path(arguments[-1]).name}" if name == "replace" else name)
            return REAL[name](*arguments)

        return noted

    for name in ("write", "fsync", "replace"):
        monkeypatch.setattr(os, name, noting(name))
    ledger.append(path, "dprk", finding("new"))
    staged = ["write", "write", "fsync", "write", "fsync"]
    folder = ["fsync"] if sys.platform != "win32" else []
    assert calls == [*staged, "replace l", *folder, "replace l.head", *folder]


def test_a_folder_that_cannot_be_synchronised_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network file systems refuse it; the entry is as safe there as it can be."""

    def refuse_folders(descriptor: int) -> None:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", refuse_folders)
    ledger.append(tmp_path / "l", "dprk", finding("new"))
    assert ledger.verify(tmp_path / "l").entries == 1


def test_a_head_file_that_keeps_changing_ends_the_attempt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader does not wait for ever for a moment in which nobody writes."""
    path = prepare(tmp_path, "three")
    versions = iter(range(1000))
    monkeypatch.setattr(durable, "_content", lambda path: str(next(versions)).encode())
    with pytest.raises(LedgerError, match="keeps changing; try again later"):
        ledger.read(path)


def test_a_file_that_fails_while_it_is_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk error in the middle of a ledger is a problem of that ledger."""

    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(durable, "_open", lambda path: Broken())
    (problem,) = ledger.problems(tmp_path / "l")
    assert "Input/output error; make it readable" in str(problem)
