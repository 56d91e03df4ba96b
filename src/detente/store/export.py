"""The store as text: one line for each edition and each stretch of an entry's life.

The lines depend on what was imported alone, not on the order or on how often.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from detente.store.codec import unpacked
from detente.store.read import editions

_ENCODER = msgspec.json.Encoder(order="sorted")


def lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the store's content as JSON lines: editions first, then entries by list and number."""
    for edition in editions(connection):
        files = sorted((file.sha256, file.size) for file in edition.files)
        yield _line(
            {
                "edition": edition.source, "moment": edition.moment, "format": edition.format,
                "digest": edition.digest, "files": files,
            }
        )  # fmt: skip
    for first, until, body in connection.execute(
        "SELECT s.first, s.until, v.body FROM span s JOIN version v ON v.id = s.version"
        " ORDER BY s.source, s.entry, s.first"
    ):
        yield _line({"party": unpacked(body), "first": first, "until": until})


def _line(value: object) -> str:
    return _ENCODER.encode(value).decode()
