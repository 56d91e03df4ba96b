"""Asking the store: who stood on a list on a day, and how an entry's record went on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

import msgspec

from detente.entities.keys import name_key, number_key
from detente.entities.model import Party
from detente.errors import UsageError
from detente.lists.moments import end_of
from detente.store.codec import unpacked
from detente.store.content import FileKept


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """One edition of a list.

    Attributes:
        id: its number in the store.
        source: the list.
        moment: the day or moment at which it was published.
        format: the format in which it came.
        digest: SHA-256 over its files.
        files: its files.
    """

    id: int
    source: str
    moment: str
    format: str
    digest: str
    files: tuple[FileKept, ...]


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of editions in which an entry stood as it did.

    Attributes:
        first: moment of the first edition that has it so.
        until: moment of the first that does not; None where the newest has it.
        party: the entry.
    """

    first: str
    until: str | None
    party: Party


_AT: Final = (
    "SELECT s.entry, s.version, v.body FROM span s JOIN version v ON v.id = s.version"
    " WHERE s.source = ?1 AND s.first <= ?2 AND (s.until IS NULL OR s.until > ?2)"
)
"""Every entry of a list at a moment."""


def editions(connection: sqlite3.Connection, source: str | None = None) -> list[Edition]:
    """Return the editions held, by list and moment."""
    return [
        Edition(
            id=id_, source=name, moment=moment, format=form, digest=digest,
            files=msgspec.json.decode(files, type=tuple[FileKept, ...]),
        )
        for id_, name, moment, form, digest, files in connection.execute(
            "SELECT id, source, moment, format, digest, files FROM edition"
            " WHERE ?1 IS NULL OR source = ?1 ORDER BY source, moment", (source,),
        )
    ]  # fmt: skip


def edition_at(connection: sqlite3.Connection, source: str, moment: str | None) -> Edition | None:
    """Return the newest edition of a list by a day's end or a moment; None where none is held."""
    held = [
        edition
        for edition in editions(connection, source)
        if moment is None or edition.moment <= end_of(moment)
    ]
    return held[-1] if held else None


def sources(connection: sqlite3.Connection) -> list[str]:
    """Return the lists of which an edition is held."""
    return [row[0] for row in connection.execute("SELECT DISTINCT source FROM edition ORDER BY 1")]


def known_source(connection: sqlite3.Connection, source: str) -> str:
    """Return the id of a list that is held.

    Raises:
        UsageError: none of its editions is held.
    """
    held = sources(connection)
    if source in held:
        return source
    known = ", ".join(held) or "nothing yet"
    raise UsageError(f"no edition of {source!r} is held; held are {known}")


def party_at(
    connection: sqlite3.Connection, source: str, entry: str, moment: str | None = None
) -> Party | None:
    """Return an entry as it stood on a day; None where it did not stand on the list."""
    when = end_of(moment) if moment is not None else _LAST
    row = connection.execute(_AT + " AND s.entry = ?3", (source, when, entry)).fetchone()
    return None if row is None else unpacked(row[2])


_LAST = "9999~"


def parties_at(
    connection: sqlite3.Connection, source: str, moment: str | None = None
) -> Iterator[Party]:
    """Yield the entries of a list as they stood on a day, by their numbers."""
    when = end_of(moment) if moment is not None else _LAST
    for _, _, body in connection.execute(_AT + " ORDER BY s.entry", (source, when)):
        yield unpacked(body)


def parties_ever(
    connection: sqlite3.Connection, source: str, until: str | None = None
) -> Iterator[Party]:
    """Yield every entry that ever stood on a list by a day, as it stood last."""
    for _, body in connection.execute(
        "SELECT max(s.first), v.body FROM span s JOIN version v ON v.id = s.version"
        " WHERE s.source = ? AND s.first <= ? GROUP BY s.entry",
        (source, end_of(until) if until else _LAST),
    ):
        yield unpacked(body)


def standing_at(connection: sqlite3.Connection, source: str, moment: str) -> dict[str, int]:
    """Return the number of the content of every entry that stood on a list on a day."""
    rows = connection.execute(
        "SELECT entry, version FROM span WHERE source = ?1 AND first <= ?2"
        " AND (until IS NULL OR until > ?2)", (source, end_of(moment)),
    )  # fmt: skip
    return dict(rows)


def content(connection: sqlite3.Connection, version: int) -> Party:
    """Return the content of an entry by its number."""
    row = connection.execute("SELECT body FROM version WHERE id = ?", (version,)).fetchone()
    return unpacked(row[0])


def spells(connection: sqlite3.Connection, source: str, entry: str) -> list[Spell]:
    """Return the life of an entry on its list, oldest first."""
    return [
        Spell(first=first, until=until, party=unpacked(body))
        for first, until, body in connection.execute(
            "SELECT s.first, s.until, v.body FROM span s JOIN version v ON v.id = s.version"
            " WHERE s.source = ? AND s.entry = ? ORDER BY s.first", (source, entry),
        )
    ]  # fmt: skip


def find(connection: sqlite3.Connection, text: str) -> list[tuple[str, str]]:
    """Return the entries that a user means: by id, number, reference, identifier or name.

    An id (``ofac-sdn:12211``) names one entry; a number may name one on each list; a name or an
    identifier names every entry that ever carried it.
    """
    return find_id(connection, text) or find_key(connection, text)


def find_id(connection: sqlite3.Connection, text: str) -> list[tuple[str, str]]:
    """Return the entries of which a text is the id or the number."""
    source, _, entry = text.strip().partition(":")
    rows = connection.execute(
        "SELECT DISTINCT source, entry FROM span WHERE (source = ?1 AND entry = ?2)"
        " OR entry = ?3 ORDER BY 1, 2", (source, entry, text.strip()),
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def find_key(connection: sqlite3.Connection, text: str) -> list[tuple[str, str]]:
    """Return the entries that ever had a text as reference, identifier or name."""
    number = text.strip()
    if number.upper().startswith("IMO"):
        number = number[3:]
    keys = [key for key in (name_key(text), number_key(number)) if key.strip("#")]
    rows = connection.execute(
        "SELECT DISTINCT v.source, v.entry FROM key k JOIN version v ON v.id = k.version"
        " WHERE k.key IN (?, ?) ORDER BY 1, 2", [*keys, "", ""][:2],
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def find_words(connection: sqlite3.Connection, text: str, limit: int = 40) -> list[tuple[str, str]]:
    """Return the entries of whose names one holds all the words of a text, shortest names first.

    Whole words are compared, nothing is taken for alike; ``limit`` bounds how many are returned.
    """
    words = set(name_key(text).split())
    if not words:
        return []
    longest = max(words, key=len)
    hits = [
        (len(key), version)
        for key, version in connection.execute(
            "SELECT key, version FROM key WHERE instr(key, ?)", (longest,)
        )
        if words <= set(key.split())
    ]
    pairs = (
        connection.execute("SELECT source, entry FROM version WHERE id = ?", (version,)).fetchone()
        for _, version in sorted(hits)
    )
    return list(dict.fromkeys((row[0], row[1]) for row in pairs))[:limit]
