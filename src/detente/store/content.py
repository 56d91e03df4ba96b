"""What was published, kept by content: every stretch of bytes once, every file whole.

New stretches of an import are compressed together in one block. An edition is the numbers of its
stretches, file after file, written as runs: of a daily edition nearly all follow each other.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Iterable, Iterator
from hashlib import blake2b, sha256
from itertools import accumulate, pairwise
from typing import Final

import msgspec

from detente.errors import UsageError
from detente.lists.records import Cut, Files

_SIZE: Final = 16
"""Bytes of a digest."""
_BLOCK: Final = 1 << 18
"""Bytes that are compressed together, about."""


class FileKept(msgspec.Struct, frozen=True):
    """One file of an edition: its name, bytes and SHA-256, and how many stretches it has."""

    name: str
    size: int
    sha256: str
    pieces: int


def digest_of(files: Files) -> str:
    """Return a digest of an edition's files, whatever they are called."""
    parts = sorted(sha256(data).hexdigest() for data in files.values())
    return sha256("".join(parts).encode()).hexdigest()


def piece_digest(data: bytes) -> bytes:
    """Return the digest under which a stretch is kept."""
    return blake2b(data, digest_size=_SIZE).digest()


def keep_content(
    connection: sqlite3.Connection, cut: Cut, digests: list[bytes]
) -> tuple[list[FileKept], bytes]:
    """Keep the stretches that are new, and return the files and their stretches as runs.

    Args:
        connection: the store, in a transaction.
        cut: the edition in pieces.
        digests: the digest of each piece.
    """
    known, following = _known(connection, cut.source)
    numbers: list[int] = []
    fresh: list[tuple[bytes, bytes]] = []
    for piece, digest in zip(cut.pieces, digests, strict=True):
        number = known.get(digest)
        if number is None:
            number = known[digest] = following + len(fresh)
            fresh.append((digest, cut.bytes_of(piece)))
        numbers.append(number)
    for block in _blocks(fresh):
        connection.execute(
            "INSERT INTO block (source, first, digests, sizes, body) VALUES (?, ?, ?, ?, ?)",
            (
                cut.source,
                following,
                b"".join(digest for digest, _ in block),
                struct.pack(f"<{len(block)}I", *(len(data) for _, data in block)),
                zlib.compress(b"".join(data for _, data in block), 6),
            ),
        )
        following += len(block)
    counts = dict.fromkeys(cut.files, 0)
    for piece in cut.pieces:
        counts[piece.file] += 1
    files = [
        FileKept(name, len(data), sha256(data).hexdigest(), counts[name])
        for name, data in cut.files.items()
    ]
    return files, _packed(numbers)


def restored(connection: sqlite3.Connection, edition: int) -> dict[str, bytes]:
    """Return the files of an edition, byte for byte as they were imported.

    Raises:
        UsageError: a file is no longer what it was.
    """
    source, told, runs = connection.execute(
        "SELECT source, files, pieces FROM edition WHERE id = ?", (edition,)
    ).fetchone()
    bodies = _Bodies(connection, source)
    pieces = (bodies.get(number) for number in _unpacked(runs))
    files = {}
    for file in msgspec.json.decode(told, type=list[FileKept]):
        data = b"".join(next(pieces, b"") for _ in range(file.pieces))
        if sha256(data).hexdigest() != file.sha256:
            what = f"{file.name} of this edition is damaged in the store"
            raise UsageError(f"{what}; restore the store from a copy")
        files[file.name] = data
    return files


def drop_content(connection: sqlite3.Connection, source: str) -> None:
    """Let go of the blocks of a list of which no edition uses a stretch any more."""
    used = {
        number
        for (runs,) in connection.execute("SELECT pieces FROM edition WHERE source = ?", (source,))
        for number in _unpacked(runs)
    }
    for id_, first, sizes in connection.execute(
        "SELECT id, first, length(sizes) FROM block WHERE source = ?", (source,)
    ).fetchall():
        if not used.intersection(range(first, first + sizes // 4)):
            connection.execute("DELETE FROM block WHERE id = ?", (id_,))


class _Bodies:
    """Gives stretches by their number; the block read last stays at hand."""

    def __init__(self, connection: sqlite3.Connection, source: str) -> None:
        self._connection = connection
        self._source = source
        self._first = 0
        self._pieces: list[bytes] = []

    def get(self, number: int) -> bytes:
        if not self._first <= number < self._first + len(self._pieces):
            row = self._connection.execute(
                "SELECT first, sizes, body FROM block WHERE source = ? AND first <= ?"
                " ORDER BY first DESC LIMIT 1",
                (self._source, number),
            ).fetchone()
            if row is None:
                raise UsageError("a part of an edition is gone; restore the store from a copy")
            self._first, sizes, body = row
            data = zlib.decompress(body)
            ends = [0, *accumulate(struct.unpack(f"<{len(sizes) // 4}I", sizes))]
            self._pieces = [data[a:b] for a, b in pairwise(ends)]
        if number - self._first >= len(self._pieces):
            raise UsageError("a part of an edition is gone; restore the store from a copy")
        return self._pieces[number - self._first]


def _known(connection: sqlite3.Connection, source: str) -> tuple[dict[bytes, int], int]:
    """The numbers of all stretches of a source by digest, and the number that comes next."""
    numbers: dict[bytes, int] = {}
    following = 0
    for first, digests in connection.execute(
        "SELECT first, digests FROM block WHERE source = ? ORDER BY first", (source,)
    ):
        count = len(digests) // _SIZE
        for place in range(count):
            numbers[digests[place * _SIZE : (place + 1) * _SIZE]] = first + place
        following = first + count
    return numbers, following


def _blocks(fresh: list[tuple[bytes, bytes]]) -> Iterator[list[tuple[bytes, bytes]]]:
    block: list[tuple[bytes, bytes]] = []
    size = 0
    for item in fresh:
        block.append(item)
        size += len(item[1])
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _packed(numbers: Iterable[int]) -> bytes:
    """Numbers as runs: where each begins beyond the end of the last, and how many follow."""
    runs: list[int] = []
    expected = 0
    for number in numbers:
        if runs and number == expected:
            runs[-1] += 1
        else:
            runs += (number - expected, 1)
        expected = number + 1
    return zlib.compress(struct.pack(f"<{len(runs)}i", *runs), 6)


def _unpacked(packed: bytes) -> Iterator[int]:
    data = zlib.decompress(packed)
    runs = struct.unpack(f"<{len(data) // 4}i", data)
    expected = 0
    for step, count in zip(runs[::2], runs[1::2], strict=True):
        start = expected + step
        yield from range(start, start + count)
        expected = start + count
