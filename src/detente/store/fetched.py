"""What servers said to recognise files by, so that nothing is fetched twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Protocol

from detente.store.schema import transaction


class Said(Protocol):
    """What a server said of a file."""

    @property
    def etag(self) -> str | None:
        """The ``ETag``, word for word."""

    @property
    def modified(self) -> str | None:
        """The ``Last-Modified``, word for word."""


def remembered(connection: sqlite3.Connection, source: str) -> dict[str, tuple[str | None, ...]]:
    """Return ETag and Last-Modified of the files fetched last for a list, by address."""
    return {
        address: (etag, modified)
        for address, etag, modified in connection.execute(
            "SELECT address, etag, modified FROM fetched WHERE source = ?", (source,)
        )
    }


def remember(connection: sqlite3.Connection, source: str, said: Mapping[str, Said]) -> None:
    """Keep what the server said of the edition that was just taken in, and forget the rest."""
    with transaction(connection):
        connection.execute("DELETE FROM fetched WHERE source = ?", (source,))
        connection.executemany(
            "INSERT INTO fetched (source, address, etag, modified) VALUES (?, ?, ?, ?)",
            [(source, address, item.etag, item.modified) for address, item in said.items()],
        )
