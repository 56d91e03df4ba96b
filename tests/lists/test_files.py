"""What is named for an import is taken from disk, or refused before it does harm."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.lists import files
from detente.lists.errors import ListError
from detente.lists.files import LIMIT, gather


def refusal(path: Path) -> str:
    """Return why a file is refused, in one line."""
    with pytest.raises((ListError, UsageError)) as caught:
        gather(path)
    told = str(caught.value)
    assert told.isprintable()
    assert "; " in told
    return told


def test_files_that_belong_together_are_taken_together(tmp_path: Path) -> None:
    """OFAC's CSV comes in four files; what else lies beside is left alone."""
    for name in ("SDN.CSV", "alt.csv", "other.csv"):
        (tmp_path / name).write_bytes(b"1")
    assert gather(tmp_path / "SDN.CSV") == {"SDN.CSV": b"1", "alt.csv": b"1"}
    assert gather(tmp_path / "other.csv") == {"other.csv": b"1"}


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes into and a device are no lists; none is waited for."""
    os.mkfifo(tmp_path / "pipe.xml")
    for path in (tmp_path, tmp_path / "pipe.xml", Path("/dev/zero")):
        assert refusal(path) == f"{path} is no file; name the file of a list"


def test_what_is_not_there_or_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """The system's reason is passed on."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_bytes(b"1")
    for path, why in {
        tmp_path / "none.xml": "No such file",
        tmp_path / "file" / "list.xml": "Not a directory",
        tmp_path / "loop": "symbolic links",
        tmp_path / ("x" * 300): "name too long",
    }.items():
        assert why in refusal(path)
    with pytest.raises(UsageError, match="check the path"):
        gather(tmp_path / "a\0b")


def test_a_file_one_may_not_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's word is told; it is denied here to whoever runs the test."""
    (tmp_path / "sdn.csv").write_bytes(b"1")

    def denied(self: Path, *_: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", denied)
    assert "Permission denied" in refusal(tmp_path / "sdn.csv")


def test_a_folder_that_cannot_be_listed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file itself may be readable where its folder is not."""

    def denied(self: Path) -> object:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "sdn.csv").write_bytes(b"1")
    monkeypatch.setattr(Path, "iterdir", denied)
    assert "Permission denied" in refusal(tmp_path / "sdn.csv")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """A download that failed often leaves one."""
    (tmp_path / "list.xml").touch()
    assert "it is empty" in refusal(tmp_path / "list.xml")


def test_a_file_larger_than_it_says_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some files have no size until they are read, and others grow meanwhile."""
    monkeypatch.setattr(files, "LIMIT", 8)
    endless = Path("/proc/version")
    if not endless.exists():
        pytest.skip("the system has no such file")
    assert "larger than" in refusal(endless)


_MEASURED = """
import resource, sys
from pathlib import Path
from detente.lists.errors import ListError
from detente.lists.files import gather
before = resource.getrusage(resource.RUSAGE_SELF)
try:
    gather(Path(sys.argv[1]))
except ListError as error:
    after = resource.getrusage(resource.RUSAGE_SELF)
    print(after.ru_maxrss - before.ru_maxrss, after.ru_inblock - before.ru_inblock, error)
"""


@pytest.mark.parametrize("name", ["list.xml", "sdn.csv", "alt.csv"])
def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path, name: str) -> None:
    """By its size alone, so that memory does not grow; also where it lies beside the one named."""
    (tmp_path / "sdn.csv").write_bytes(b"1")
    with (tmp_path / name).open("wb") as stream:
        stream.truncate(2 << 30)
    named = "sdn.csv" if name == "alt.csv" else name
    told = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(tmp_path / named)],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    grown, read, error = told.strip().split(" ", 2)
    assert error.startswith(f"{name}: it is larger than {LIMIT >> 20} MB")
    assert int(grown) < 8 << 10
    assert int(read) < 1 << 10
