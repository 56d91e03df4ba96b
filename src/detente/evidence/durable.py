"""Two files that are only ever replaced as a whole: the ledger, then its head file.

A process killed at any instant leaves the old content or the new, and at worst a head file that
is one entry behind.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from detente.errors import DetenteError

MAX_LINE: Final = 1 << 20
MAX_FILE: Final = 256 << 20

RESTORE: Final = "set this file aside and restore the ledger and its .head file from a copy"


class LedgerError(DetenteError, ValueError):
    """A ledger that cannot be trusted, read or added to.

    Attributes:
        file: the file to blame.
        line: the line to blame, counted from 1, or None where no single line is to blame.
        problem: what is wrong.
        remedy: what to do about it.
    """

    def __init__(self, file: str | Path, line: int | None, problem: str, remedy: str) -> None:
        """Take what ``str()`` puts into one line."""
        super().__init__(str(file), line, problem, remedy)
        self.file, self.line, self.problem, self.remedy = str(file), line, problem, remedy

    def __str__(self) -> str:
        """Return ``FILE:LINE: problem; remedy``, without the line where none is to blame."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{_printable(place)}: {_printable(self.problem)}; {self.remedy}"


def snapshot(path: Path) -> tuple[BinaryIO, bytes]:
    """Open the ledger and return it with the head file's content of the same moment."""
    # Neither file is ever written into, so an open one keeps its content; only an append between
    # the two openings could make them disagree, and that changes the head file.
    head_path = beside(path, ".head")
    anchor = _content(head_path)
    for _ in range(100):
        file = _open(path)
        again = _content(head_path)
        if again == anchor:
            return file, anchor
        file.close()
        anchor = again
    raise LedgerError(head_path, None, "the head file keeps changing", "try again later")


def _open(path: Path) -> BinaryIO:
    """Open a file for reading; one that does not exist is empty."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return io.BytesIO()
    if not stat.S_ISREG(status.st_mode):
        raise LedgerError(path, None, "this is not an ordinary file", "name another file")
    if status.st_size > MAX_FILE:
        raise LedgerError(path, None, f"the file is larger than {MAX_FILE} bytes", RESTORE)
    return path.open("rb")


def _content(path: Path) -> bytes:
    """Return the content of a head file, cut off where none can be so long."""
    with _open(path) as file:
        return file.read(1000)


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield each line with its number; of one that is too long, only the beginning."""
    number = 0
    while raw := file.readline(MAX_LINE + 1):
        number += 1
        yield number, raw
        while len(raw) > MAX_LINE and not raw.endswith(b"\n"):
            raw = file.readline(MAX_LINE + 1)


def write(path: Path, line: bytes, head: bytes, number: int) -> None:
    """Replace the ledger by one with ``line`` as its entry ``number``, then the head file."""
    with _open(path) as old:
        if old.seek(0, os.SEEK_END) + len(line) > MAX_FILE:
            raise LedgerError(path, None, "the ledger is full", "begin another one")
        old.seek(0)
        # Both are on disk before either is moved, so that a full disk is met before any change.
        _stage(path, old, line)
    _stage(beside(path, ".head"), io.BytesIO(), head)
    beside(path, ".tmp").replace(path)
    try:
        _sync_folder(path)
        _place_head(path)
    except OSError as error:
        text = f"entry {number} was added, but its head file was not: {error.strerror or error}"
        remedy = "do not append it again; the next append renews the head file"
        raise LedgerError(path, number + 1, text, remedy) from error


def renew(path: Path, head: bytes) -> None:
    """Bring a head file that is one entry behind up to the ledger."""
    _sync_folder(path)
    _stage(beside(path, ".head"), io.BytesIO(), head)
    _place_head(path)


def _place_head(path: Path) -> None:
    """Move the staged head file to its place, for good."""
    beside(path, ".head.tmp").replace(beside(path, ".head"))
    _sync_folder(path)


def _stage(path: Path, old: BinaryIO, new: bytes) -> None:
    """Put ``old`` and ``new`` on disk, in the file that will take the place of ``path``."""
    temporary = beside(path, ".tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        while chunk := old.read(1 << 20):
            _write_all(descriptor, chunk)
        _write_all(descriptor, new)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    with suppress(FileNotFoundError):
        shutil.copymode(path, temporary)


def _write_all(descriptor: int, data: bytes) -> None:
    """Write ``data``, in as many pieces as the system takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(path: Path) -> None:
    """Make the names in the folder of ``path`` last through a loss of power."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems cannot do this for a folder and say so.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def sweep(path: Path) -> None:
    """Remove temporary files: a killed run's, or this one's after an error."""
    for suffix in (".tmp", ".head.tmp"):
        with suppress(OSError):
            beside(path, suffix).unlink()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the ledger's lock; the system releases it when the process ends, however it ends."""
    descriptor = os.open(beside(path, ".lock"), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        """Wait for the lock."""
        while True:
            try:
                return msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as error:
                # It gives up after ten seconds; others may be writing for longer.
                if error.errno != errno.EDEADLK:
                    raise
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        """Wait for the lock."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)


@contextmanager
def told(path: Path, remedy: str) -> Iterator[None]:
    """Turn an error of the system into one that says what to do."""
    try:
        yield
    except OSError as error:
        text = f"the system refuses: {error.strerror or error}"
        raise LedgerError(path, None, text, remedy) from error


def target(path: Path) -> Path:
    """Return the file itself, where ``path`` is a link to it that a replacement would break."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def beside(path: Path, suffix: str) -> Path:
    """Return the file beside the ledger that has its name and ``suffix``."""
    return path.with_name(path.name + suffix)


def _printable(text: str) -> str:
    """Return ``text`` on one short line, whatever a broken file put into it."""
    return repr(text[:500])[1:-1] if not text.isprintable() else text[:500]
