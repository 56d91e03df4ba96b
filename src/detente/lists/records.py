"""An edition of a list cut into records, before anything in it is read.

An edition is one or several files as they were published. A format cuts them into pieces that
follow each other without a gap, so that the files can be put together again byte for byte, and
says which pieces make up the record of which entry. A record is read on its own: a daily edition
in which forty entries changed costs the reading of forty entries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from detente.entities.model import Party

Files = Mapping[str, bytes]
"""The files of an edition by their names, in the order in which they belong."""


class Piece(NamedTuple):
    """A stretch of a file: ``data[start:end]``."""

    file: str
    start: int
    end: int


class Record(NamedTuple):
    """What belongs to one entry.

    Attributes:
        entry: the entry's number on the list.
        parts: the bytes that the reader gets, as stretches of the files.
    """

    entry: str
    parts: tuple[Piece, ...]


class Cut(msgspec.Struct, kw_only=True):
    """An edition in pieces.

    Attributes:
        files: the files.
        format: id of the format.
        source: id of the list.
        date: the day, or the moment in UTC, on which the files say that they were made; None
            where they do not say.
        pieces: every byte of every file, in order.
        records: the entries in the order of the list.
        context: what the format's reader needs beside the record (tables of codes).
        rejected: rows that belong to no entry, each with the file and line and what is wrong.
    """

    files: Files
    format: str
    source: str
    date: str | None
    pieces: list[Piece]
    records: list[Record]
    context: Any = None
    rejected: list[str] = []

    def bytes_of(self, piece: Piece) -> bytes:
        """Return the bytes of a stretch."""
        return self.files[piece.file][piece.start : piece.end]


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One layout in which a list is published.

    Attributes:
        id: short name, for example ``ofac-csv``.
        title: what a reader would call it.
        recognises: whether files are of this format, by their content; cheap.
        cut: cuts files; raises ``ListError`` where they are not whole and well formed.
        read: reads one record.
        reader: goes up whenever ``read`` says something else of the same record than before.
    """

    id: str
    title: str
    recognises: Callable[[Files], bool]
    cut: Callable[[Files], Cut]
    read: Callable[[Cut, Record], Party]
    reader: int = 1
