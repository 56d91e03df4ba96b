"""From files to the store: recognise, date, cut, keep and count."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec

from detente.errors import UsageError
from detente.lists.errors import ListError
from detente.lists.files import day_in_name, gather
from detente.lists.formats import recognise
from detente.lists.moments import asked, end_of
from detente.lists.records import Files
from detente.store.write import Kept, counted, keep

_OLDEST = "1990"
"""The year before which no list of these was published."""


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did (``detente.import/1``).

    Attributes:
        source: the list.
        edition_date: the day of the edition.
        moment: the day or moment at which it was published.
        dated_by: where that was found: ``file``, ``asked``, ``name`` or ``server``.
        format: the format in which it came.
        known: whether it was held already, so that nothing changed.
        fresh: entries whose record had never been seen before.
        entries: entries on the list.
        aliases: other names, without those in running remarks.
        addresses: rows of addresses.
        addresses_with_content: those of them that say something.
        programmes: entries by programme tag.
        kinds: entries by kind.
        rejected: rows that belong to no entry.
        unparsed: pieces of text that were not understood; they are kept.
        warnings: what a careful reader should know.
    """

    source: str
    edition_date: str
    moment: str
    dated_by: str
    format: str
    known: bool
    fresh: int
    entries: int
    aliases: int
    addresses: int
    addresses_with_content: int
    programmes: dict[str, int]
    kinds: dict[str, int]
    rejected: int
    unparsed: int
    warnings: tuple[str, ...] = ()
    schema: str = "detente.import/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return the counts as one flat row."""
        told = msgspec.to_builtins(self)
        return [{key: value for key, value in told.items() if not isinstance(value, (dict, list))}]


def take(
    connection: sqlite3.Connection,
    path: Path,
    date: str | None = None,
    *,
    latest: str | None = None,
    force: bool = False,
) -> Import:
    """Import the edition whose main file is at ``path``.

    Args:
        connection: the store.
        path: the file; those that belong to it are taken from beside it.
        date: the day or moment of the edition, where its files do not say it.
        latest: the last day on which an edition can have been published.
        force: take it even where it has not half the entries of the edition before it.

    Raises:
        ListError: the file is no list or not whole.
        UsageError: its day is not known, or another edition of that day is held.
    """
    found = day_in_name(path)
    return take_files(
        connection, gather(path), date=date, name_day=found, named=str(path), latest=latest,
        force=force,
    )  # fmt: skip


def take_files(
    connection: sqlite3.Connection,
    files: Files,
    *,
    date: str | None = None,
    name_day: str | None = None,
    server: str | None = None,
    named: str = "the file",
    source: str | None = None,
    latest: str | None = None,
    force: bool = False,
) -> Import:
    """Import an edition from bytes.

    Args:
        connection: the store.
        files: its files by name.
        date: the day or moment that the user says.
        name_day: the day that stands in the name of the file or its folder.
        server: the moment at which the issuer's server says that they were changed.
        named: what to call them in messages.
        source: the list that they are known to be; what they themselves say must agree.
        latest: the last day on which an edition can have been published.
        force: take it whatever its size.
    """
    form = recognise(files)
    cut = form.cut(files)
    if source is not None and cut.source != source:
        name = next(iter(files))
        raise ListError(name, None, f"this is {cut.source}, not {source}", "mend the addresses")
    given = None if date is None else asked(date)
    warnings = []
    if cut.date is not None and cut.date in (given and given[:10], server and server[:10]):
        moment, by = (given, "asked") if given else (str(server), "server")  # the same day, closer
    elif given is not None and cut.date is not None and cut.date[:10] == given[:10]:
        moment, by = cut.date, "file"
    elif given is not None:
        moment, by = given, "asked"
        if cut.date is not None:
            warnings.append(f"{named} says that it is of {cut.date}, you say {given}")
    elif cut.date is not None:
        moment, by = cut.date, "file"
    elif server is not None:
        moment, by = server, "server"
    elif name_day is not None:
        moment, by = name_day, "name"
        warnings.append(f"{named} does not say its day; {name_day} was taken from its name")
    else:
        raise UsageError(f"{named} does not say its day; give it: --date YYYY-MM-DD")
    if moment < _OLDEST or (latest is not None and moment > end_of(latest)):
        raise UsageError(f"{named} would be of {moment[:10]}, when no such list was published")
    if cut.rejected:
        warnings.append(f"{len(cut.rejected)} rows belong to no entry: {cut.rejected[0]}")
    kept: Kept = keep(connection, cut, form, moment, force=force)
    return msgspec.convert(
        counted(connection, kept.edition)
        | {"dated_by": by, "known": kept.known, "fresh": kept.fresh, "warnings": warnings},
        Import,
    )
