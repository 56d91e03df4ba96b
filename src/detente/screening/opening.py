"""The index of a store's lists on a day: from the cache if it is there, else made of another."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from detente._version import __version__
from detente.errors import DataError, UsageError
from detente.law.cache import folder
from detente.lists.moments import end_of
from detente.screening.index import index as indexes
from detente.screening.index import layout
from detente.screening.index.index import Index
from detente.screening.index.records import Record, record
from detente.store.codec import encoded
from detente.store.read import Edition, content, edition_at, sources
from detente.store.schema import opened

KEPT: Final = 8
"""Indexes that are kept in the cache; beyond them the one used longest ago goes."""


class Opened(NamedTuple):
    """An index, and what it was made of.

    Attributes:
        listed: the index.
        editions: the edition of each list that holds on the day; None where none is held by then.
        digests: the digest of each of these editions.
        reused: how many parties were taken over from another index; None where it was all there.
    """

    listed: Index
    editions: dict[str, str | None]
    digests: dict[str, str]
    reused: int | None


def open_index(path: Path, as_of: str | Mapping[str, str | None] | None = None) -> Opened:
    """Return the index of everybody who stood on the lists of a store on a day.

    Args:
        path: the store.
        as_of: a day or a moment; or the editions of an earlier answer, each list with its moment,
            or None where none was held; None for the newest editions.

    Raises:
        UsageError: there is no store, or no list was held by that day.
    """
    with opened(path) as connection:
        held = _held(connection, as_of)
        found = {source: edition for source, edition in held.items() if edition is not None}
        if not found:
            when = f" by {as_of}" if isinstance(as_of, str) else ""
            raise UsageError(
                f"the store holds no list{when}; import one: detente lists import FILE"
            )
        digests = {source: edition.digest for source, edition in found.items()}
        moments = {source: edition.moment for source, edition in found.items()}
        place = _place(connection, digests, moments)
        index = _cached(place)
        reused = None
        if index is None:
            index, reused = _made(connection, moments, place)
    return Opened(
        index,
        {source: edition.moment if edition else None for source, edition in held.items()},
        digests, reused,
    )  # fmt: skip


def _held(
    connection: sqlite3.Connection, as_of: str | Mapping[str, str | None] | None
) -> dict[str, Edition | None]:
    """The edition of each list that is asked for."""
    if as_of is None or isinstance(as_of, str):
        return {source: edition_at(connection, source, as_of) for source in sources(connection)}
    return {
        source: edition_at(connection, source, moment) if moment else None
        for source, moment in as_of.items()
    }


def _place(
    connection: sqlite3.Connection, digests: dict[str, str], moments: dict[str, str]
) -> Path:
    """Where the index of some editions is cached: its name is what it depends on."""
    state = blake2b(f"{__version__} {indexes.VERSION}".encode(), digest_size=16)
    for source, digest in sorted(digests.items()):
        # An edition that was read again by a better reader has the same files and new contents.
        newest = "SELECT max(id) FROM version WHERE source = ?"
        last = connection.execute(newest, (source,)).fetchone()[0]
        state.update(f"{source} {moments[source]} {digest} {last}\n".encode())
    return folder() / "screening" / f"{state.hexdigest()}.index"


def _cached(place: Path) -> Index | None:
    """The index if it is cached, whole and of this layout; any other is made again."""
    try:
        if layout.names(layout.mapped(place)) != _names():
            return None
        found = indexes.opened(place)
    except (OSError, ValueError, TypeError, LookupError, msgspec.MsgspecError, DataError):
        return None
    with contextlib.suppress(OSError):
        os.utime(place)
    return found


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """The arrays of an index as this program makes it."""
    return layout.names(indexes.built(()))


def _made(
    connection: sqlite3.Connection, moments: dict[str, str], place: Path
) -> tuple[Index, int]:
    """Make an index, of the one used last where there is one, and keep it in the cache."""
    wanted = _contents(connection, moments)
    old = _newest(place.parent)
    kept: dict[bytes, int] = {}
    if old is not None:
        kept = {old.party_digest(at): at for at in range(old.parties)}
    same = [kept[digest] for digest in wanted if digest in kept]
    records: list[Record] = list(old.records(sorted(same))) if old is not None and same else []
    for digest, version in wanted.items():
        if digest not in kept:
            party = content(connection, version)
            records.append(record(party, encoded(party), digest))
    data = indexes.built(records, old.known() if old is not None else None)
    with contextlib.suppress(OSError):  # without a cache it is made anew each time
        layout.write(place, data)
        _tidy(place.parent)
        return indexes.opened(place), len(same)
    return Index(data), len(same)


def _contents(connection: sqlite3.Connection, moments: dict[str, str]) -> dict[bytes, int]:
    """The content of every entry on the day: its digest, and its number in the store."""
    found: dict[bytes, int] = {}
    for source, moment in sorted(moments.items()):
        found |= connection.execute(
            "SELECT v.digest, v.id FROM span s JOIN version v ON v.id = s.version"
            " WHERE s.source = ?1 AND s.first <= ?2 AND (s.until IS NULL OR s.until > ?2)",
            (source, end_of(moment)),
        ).fetchall()
    return found


def _newest(cache: Path) -> Index | None:
    """The index that was used last."""
    for path in _by_use(cache):
        found = _cached(path)
        if found is not None:
            return found
    return None


def _by_use(cache: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return sorted(cache.glob("*.index"), key=lambda path: path.stat().st_mtime, reverse=True)
    return []


def _tidy(cache: Path) -> None:
    for path in _by_use(cache)[KEPT:]:
        path.unlink(missing_ok=True)
