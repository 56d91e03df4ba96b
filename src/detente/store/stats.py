"""What is held of each list on a day, counted (``detente.stats/1``)."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from detente.store.read import edition_at, editions, sources
from detente.store.write import counted


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One list on a day.

    Attributes:
        editions: how many of its editions are held in all.
        oldest: the day of the oldest of them.
        newest: the day of the newest.
        edition_date: the day of the edition that holds on the day asked for; None where the
            oldest that is held is younger, so that nothing is known.
        format: the format in which that one came.
        entries: entries on it.
        aliases: other names.
        addresses: rows of addresses.
        programmes: entries by programme tag.
        kinds: entries by kind.
        unparsed: pieces of text that were not understood.
    """

    editions: int
    oldest: str
    newest: str
    edition_date: str | None = None
    format: str | None = None
    entries: int | None = None
    aliases: int | None = None
    addresses: int | None = None
    programmes: dict[str, int] | None = None
    kinds: dict[str, int] | None = None
    unparsed: int | None = None


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """Every list that is held, on a day or in its newest edition."""

    as_of: str | None
    sources: dict[str, Held]
    schema: str = "detente.stats/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each list."""
        return [
            {
                "source": source, "editions": held.editions, "oldest": held.oldest,
                "newest": held.newest, "edition_date": held.edition_date or "",
                "entries": held.entries, "aliases": held.aliases, "addresses": held.addresses,
                "unparsed": held.unparsed,
            }
            for source, held in self.sources.items()
        ]  # fmt: skip


def stats(connection: sqlite3.Connection, as_of: str | None = None) -> Stats:
    """Count every list that is held, as it stood on a day; the newest editions by default."""
    return Stats(
        as_of=as_of, sources={name: _held(connection, name, as_of) for name in sources(connection)}
    )


def _held(connection: sqlite3.Connection, source: str, as_of: str | None) -> Held:
    days = [edition.moment[:10] for edition in editions(connection, source)]
    edition = edition_at(connection, source, as_of)
    common: dict[str, Any] = {"editions": len(days), "oldest": days[0], "newest": days[-1]}
    if edition is None:
        return msgspec.convert(common, Held)
    return msgspec.convert(common | counted(connection, edition.id), Held)
