"""Two days of the store compared: only entries whose content changed are looked at."""

from __future__ import annotations

import sqlite3

import msgspec

from detente.entities.model import Party
from detente.errors import UsageError
from detente.lists.changes import Changes, changes
from detente.store.read import Edition, content, edition_at, standing_at


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


def compare_days(
    connection: sqlite3.Connection, source: str, first: str, last: str, *, fields: bool = True
) -> Compared:
    """Compare a list as it stood at the end of two days.

    Args:
        connection: the store.
        source: the list.
        first: the first day or moment.
        last: the second.
        fields: whether to compare the fields of entries that stayed.

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
            _contents(connection, old, same),
            _contents(connection, new, same),
            ignore=ignored,
            fields=fields,
        ),
        ignored=ignored,
    )


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
