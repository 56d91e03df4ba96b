"""What a run has written, and how far: three files that grow, and a journal of their lengths.

Whatever is written goes to the end of ``OUTPUT.part`` and its like; then they are made to last, and
a line in ``OUTPUT.journal`` says which batches they hold and how long they are. A run killed at any
instant leaves files that are at least as long as the last whole line of the journal says: the next
run cuts them to that and goes on after it. Nothing has its final name before it is complete.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from detente.errors import UsageError
from detente.screening.bulk.batches import Counts

_FORMAT: Final = "detente.bulk/2"


class Key(msgspec.Struct, frozen=True):
    """What a run is of: another run goes on only with the same.

    Attributes:
        configuration: everything that the output depends on beside the table, each by what it is
            called and its digest.
        head: digest of the beginning of the table; None for standard input.
        size: bytes of the table, likewise.
        changed: when the table was changed last, in nanoseconds, likewise.
        format: of the journal.
    """

    configuration: dict[str, str]
    head: str | None
    size: int | None
    changed: int | None
    format: str = _FORMAT


class Mark(msgspec.Struct, frozen=True):
    """How far a run has come.

    Attributes:
        batches: how many are written.
        ends: how long each file is.
        table: digest of these batches, one after the other.
        counts: of their rows.
        complete: all is written, and only the names are to be given.
    """

    batches: int = 0
    ends: tuple[int, int, int] = (0, 0, 0)
    table: str = ""
    counts: Counts = Counts()
    complete: bool = False


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the journal: the key in the first, a mark in each other."""

    digest: str
    key: Key | None = None
    mark: Mark | None = None


class Paths:
    """The files of a run, by the name of its output."""

    def __init__(self, output: Path) -> None:
        """Name the files that belong to ``output``."""
        self.output = output
        self.errors = output.with_suffix(".errors.csv")
        self.warnings = output.with_suffix(".warnings.csv")
        self.finals = (self.output, self.errors, self.warnings)
        self.parts = tuple(
            output.with_name(output.name + ending)
            for ending in (".part", ".errors.part", ".warnings.part")
        )
        self.journal = output.with_name(output.name + ".journal")
        self.joined = output.with_name(output.name + ".joined")

    def all(self) -> tuple[Path, ...]:
        """Return every file that a run may write or remove."""
        return (*self.finals, *self.parts, self.journal, self.joined)


class Journal:
    """The open files of a run."""

    def __init__(self, paths: Paths) -> None:
        """Open the journal alone, so that nothing is lost of a run that this one does not go on.

        Raises:
            UsageError: another run writes the same output, or the system refuses.
        """
        self.paths = paths
        self._files: list[int] = []
        self._ends = [0, 0, 0]
        self._unsynced: set[int] = set()
        if paths.output.exists() and not paths.output.is_file():
            raise UsageError(f"{paths.output} is no ordinary file; name another")
        with self._told():
            self._journal = os.open(paths.journal, _FLAGS, 0o666)
        try:
            self._lock()
            self.key, self.mark, self._length = self._read()
        except BaseException:
            os.close(self._journal)
            raise

    def close(self) -> None:
        """Close all files; what is in them stays for the next run."""
        self._close_parts()
        if self._journal >= 0:
            os.close(self._journal)
            self._journal = -1

    def _close_parts(self) -> None:
        while self._files:
            os.close(self._files.pop())

    def give_up(self) -> None:
        """Remove the files of a run that has done nothing worth going on with, and close all."""
        begun = bool(self._files) or self.key is None
        self.close()
        if begun and not self.mark.batches:
            with suppress(OSError):
                for path in (*self.paths.parts, self.paths.journal):
                    path.unlink(missing_ok=True)

    def fits(self) -> bool:
        """Return whether the files hold at least what the journal says."""
        if self.key is None:
            return False
        if self.mark.complete and not self.paths.parts[0].exists():
            return self.paths.output.exists()  # it was killed while it gave the names
        parts = self.paths.parts[:1] if self.mark.complete else self.paths.parts
        return all(
            end == 0 or (part.exists() and part.stat().st_size >= end)
            for part, end in zip(parts, self.mark.ends, strict=False)
        )

    def begin(self, key: Key, heads: tuple[bytes, bytes, bytes]) -> None:
        """Start a run from nothing."""
        with self._told():
            os.ftruncate(self._journal, 0)
            self.key, self.mark, self._length = key, Mark(), 0
            self._note(_Line("", key=key))
            self.resume(heads)
            _sync_folder(self.paths.output.parent)

    def resume(self, heads: tuple[bytes, bytes, bytes]) -> None:
        """Go on after the last mark: cut the files to where it says."""
        with self._told():
            os.ftruncate(self._journal, self._length)
            for part, end in zip(self.paths.parts, self.mark.ends, strict=True):
                file = os.open(part, _FLAGS, 0o666)
                self._files.append(file)
                os.ftruncate(file, end)
            self._ends = list(self.mark.ends)
            if not self.mark.batches:
                self.add(heads)

    def add(self, texts: tuple[bytes, bytes, bytes]) -> None:
        """Write to the ends of the files."""
        with self._told():
            for index, text in enumerate(texts):
                if text:
                    _write(self._files[index], text)
                    self._ends[index] += len(text)
                    self._unsynced.add(index)

    def commit(self, batches: int, table: str, counts: Counts, complete: bool = False) -> None:
        """Make what was written last, and note how far it goes."""
        with self._told():
            for index in sorted(self._unsynced):
                os.fsync(self._files[index])
            self._unsynced.clear()
            first, second, third = self._ends
            mark = Mark(batches, (first, second, third), table, counts, complete)
            self._note(_Line("", mark=mark))
            self.mark = mark

    def finish(self, join: Callable[[Path, Path], None] | None) -> None:
        """Give the files their names and remove the journal.

        A file of broken rows or of warnings is there only where it has rows.

        Args:
            join: makes the output of the lines in the part file, where they are not the output.
        """
        paths, counts = self.paths, self.mark.counts
        wanted = (True, counts.broken > 0, counts.warnings > 0)
        self._close_parts()
        with self._told():
            for index in (1, 2, 0):  # the output last: who finds it finds the others
                part, final = paths.parts[index], paths.finals[index]
                if not wanted[index]:
                    part.unlink(missing_ok=True)
                    final.unlink(missing_ok=True)  # an older run's
                elif part.exists() and index == 0 and join is not None:
                    try:
                        join(part, paths.joined)
                        _sync_file(paths.joined)
                        paths.joined.replace(final)
                    finally:
                        paths.joined.unlink(missing_ok=True)
                    part.unlink()
                elif part.exists():
                    part.replace(final)
            _sync_folder(paths.output.parent)
            if sys.platform == "win32":  # where no open file is removed
                self.close()
            paths.journal.unlink(missing_ok=True)

    def _note(self, line: _Line) -> None:
        """Add a line to the journal, for good."""
        data = _sealed(line)
        _write(self._journal, data)
        os.fsync(self._journal)
        self._length += len(data)

    def _read(self) -> tuple[Key | None, Mark, int]:
        """Return the key, the last mark, and how far the journal can be trusted."""
        with self._told(), open(self._journal, "rb", closefd=False) as stream:
            key, mark, length = None, Mark(), 0
            for raw in stream:
                line = _opened(raw)
                if line is None:
                    break
                if key is None:
                    if line.key is None or line.key.format != _FORMAT:
                        break
                    key = line.key
                elif line.mark is None:
                    break
                else:
                    mark = line.mark
                length += len(raw)
        return key, mark, length

    def _lock(self) -> None:
        """Keep other runs away from the same output; the system lets go when the process ends."""
        if sys.platform == "win32":
            return
        import fcntl

        try:
            fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"another run is writing {self.paths.output}; wait for it or name another output"
            ) from None
        except OSError:
            return  # a file system that knows no locks

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn an error of the system into one that says what to do."""
        try:
            yield
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            advice = "free space" if full else "check the folder and its permissions"
            raise UsageError(
                f"{self.paths.output} cannot be written ({error.strerror or error}); {advice} and "
                "run the same again: it goes on where it stopped"
            ) from None


_FLAGS: Final = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


def _sealed(line: _Line) -> bytes:
    """A line with the digest of what it says, by which half a line is known."""
    body = msgspec.json.encode(msgspec.structs.replace(line, digest=""))
    digest = hashlib.blake2b(body, digest_size=8).hexdigest()
    return msgspec.json.encode(msgspec.structs.replace(line, digest=digest)) + b"\n"


def _opened(raw: bytes) -> _Line | None:
    """What a line says; None where it is not whole."""
    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
        line = msgspec.json.decode(raw, type=_Line)
        return line if _sealed(line) == raw else None
    return None


def _write(file: int, data: bytes) -> None:
    """Write all of ``data``, in as many pieces as the system takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def _sync_file(path: Path) -> None:
    file = os.open(path, os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a loss of power."""
    if sys.platform == "win32":
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    except OSError as error:
        # Some network file systems cannot do this for a folder and say so.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(file)
