"""Two editions compared: two days of the store, or two files on disk.

Of the store only entries whose content changed are looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from detente.entities.model import Party
from detente.errors import UsageError
from detente.lists.changes import Changes, changes
from detente.lists.files import day_in_name, gather
from detente.lists.formats import recognise
from detente.lists.moments import asked
from detente.store.content import FileKept, digest_of
from detente.store.read import Edition, content, edition_at, known_source, sources, standing_at


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What changed on one list between two days.

    Attributes:
        before: the edition that was the newest on the first day.
        after: the edition that was the newest on the second day.
        changes: what changed.
        ignored: fields that were not compared, because an edition came without them.
    """

    before: Edition
    after: Edition
    changes: Changes
    ignored: tuple[str, ...]


def compare_all(
    connection: sqlite3.Connection, first: str, last: str, only: Sequence[str] = ()
) -> tuple[dict[str, Compared], list[str], str]:
    """Compare every list, or those asked for, between two days.

    Args:
        connection: the store.
        first: a day or moment.
        last: another.
        only: the lists; all that are held by default.

    Returns:
        What changed on each list; the lists of which no edition is held by the earlier day; and
        that day.

    Raises:
        UsageError: a text is no day, a list is not held, or none has an edition by then.
    """
    a, b = asked(first), asked(last)
    compared: dict[str, Compared] = {}
    unknown: list[str] = []
    for source in [known_source(connection, name) for name in only] or sources(connection):
        if not only and edition_at(connection, source, min(a, b)) is None:
            unknown.append(source)
        else:
            compared[source] = compare_days(connection, source, a, b)
    if not compared:
        raise UsageError(f"no list has an edition by {min(a, b)}; see what is held: lists stats")
    return compared, unknown, min(a, b)


def compare_days(connection: sqlite3.Connection, source: str, first: str, last: str) -> Compared:
    """Compare a list as it stood at the end of two days.

    Raises:
        UsageError: no edition is held by the first day.
    """
    before, after = (edition_at(connection, source, day) for day in (first, last))
    if before is None or after is None:
        raise UsageError(
            f"no edition of {source} by {first if before is None else last} is held; "
            "see what is: detente lists stats"
        )
    old, new = (standing_at(connection, source, edition.moment) for edition in (before, after))
    same = {entry for entry in old.keys() & new.keys() if old[entry] == new[entry]}
    ignored = lacking(before, after)
    return Compared(
        before=before,
        after=after,
        changes=changes(
            _contents(connection, old, same), _contents(connection, new, same), ignore=ignored
        ),
        ignored=ignored,
    )


def ended_and_begun(
    connection: sqlite3.Connection, source: str, moment: str
) -> tuple[dict[str, Party], dict[str, Party]]:
    """Return the entries as they stood until an edition, and as they stand from it on.

    Only those that it changed, brought or took are among them, so that a year of daily editions
    is cheap.
    """
    ended, begun = (
        dict(connection.execute(question, (source, moment)))
        for question in (
            "SELECT entry, version FROM span WHERE source = ? AND until = ?",
            "SELECT entry, version FROM span WHERE source = ? AND first = ?",
        )
    )
    return _contents(connection, ended, set()), _contents(connection, begun, set())


def compare_files(first: Path, last: Path) -> Compared:
    """Compare two editions of a list that lie on disk, without a store.

    Raises:
        ListError: one of them is no list or not whole.
        UsageError: they are of two lists.
    """
    (before, old), (after, new) = _edition(first), _edition(last)
    if before.source != after.source:
        raise UsageError(
            f"{first} is of {before.source} and {last} of {after.source}; name two editions of one"
        )
    ignored = lacking(before, after)
    return Compared(
        before=before, after=after, changes=changes(old, new, ignore=ignored), ignored=ignored
    )


def _edition(path: Path) -> tuple[Edition, dict[str, Party]]:
    files = gather(path)
    form = recognise(files)
    cut = form.cut(files)
    edition = Edition(
        id=0,
        source=cut.source,
        moment=cut.date or day_in_name(path) or str(path),
        format=cut.format,
        digest=digest_of(files),
        files=tuple(
            FileKept(name, len(data), sha256(data).hexdigest(), 0) for name, data in files.items()
        ),
    )
    return edition, {record.entry: form.read(cut, record) for record in cut.records}


def _contents(
    connection: sqlite3.Connection, standing: dict[str, int], without: set[str]
) -> dict[str, Party]:
    return {
        entry: content(connection, version)
        for entry, version in standing.items()
        if entry not in without
    }


_CSV = {"alt": ("names",), "add": ("addresses", "blank_addresses")}


def lacking(before: Edition, after: Edition) -> tuple[str, ...]:
    """Return the fields for which only one of two editions brought a file."""
    if before.format != "ofac-csv" or after.format != "ofac-csv":
        return ()
    ignored: list[str] = []
    for word, fields in _CSV.items():
        has = [any(word in file.name.lower() for file in e.files) for e in (before, after)]
        if has[0] != has[1]:
            ignored.extend(fields)
    return tuple(ignored)
