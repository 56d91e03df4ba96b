"""Whether a store still says what was imported: every edition is read again and compared."""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Iterator

import msgspec

from detente.entities.keys import keys_of
from detente.errors import DetenteError
from detente.lists.formats import FORMATS
from detente.store.codec import encoded, unpacked
from detente.store.content import restored
from detente.store.read import Edition, editions, parties_at
from detente.store.write import columns_of, forget, keep

_DAMAGE = (
    DetenteError, zlib.error, msgspec.DecodeError, UnicodeDecodeError, sqlite3.DatabaseError,
    struct.error, TypeError,
)  # fmt: skip
"""What reading a damaged store may raise."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong.

    Attributes:
        source: the list, where one edition is meant.
        moment: the edition, likewise.
        problem: what is wrong.
    """

    source: str | None = None
    moment: str | None = None
    problem: str


_LOOSE = (
    "SELECT count(*) FROM span s WHERE NOT EXISTS"
    " (SELECT 1 FROM edition e WHERE e.source = s.source AND e.moment = s.first)"
    " OR s.until IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM edition e WHERE e.source = s.source AND e.moment = s.until)"
)


def faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Yield everything that is wrong with a store.

    The file's own structure is checked; then the files of each edition are put together, compared
    with their SHA-256, cut and read again, and held against the entries that stand at its moment.
    """
    try:
        told = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        held = editions(connection)
        loose = connection.execute(_LOOSE).fetchone()[0]
    except _DAMAGE as error:
        yield Fault(problem=f"the file is damaged: {error}")
        return
    yield from (Fault(problem=f"the file is damaged: {text}") for text in told if text != "ok")
    if loose:
        yield Fault(problem=f"{loose} entries begin or end at a moment of which no edition is held")
    for edition in held:
        try:
            problem = _problem(connection, edition)
        except _DAMAGE as error:
            problem = str(error)
        if problem is not None:
            yield Fault(source=edition.source, moment=edition.moment, problem=problem)


def reread(connection: sqlite3.Connection, source: str, moment: str) -> None:
    """Read an edition again from its files, as this version reads it, and keep it so.

    Raises:
        UsageError: its files are damaged.
        ListError: this version cannot read them. The edition stays as it was.
    """
    edition = next(item for item in editions(connection, source) if item.moment == moment)
    form = FORMATS[edition.format]
    cut = form.cut(restored(connection, edition.id))
    for record in cut.records:  # before anything is let go
        form.read(cut, record)
    forget(connection, source, moment)
    keep(connection, cut, form, moment, force=True)


def _problem(connection: sqlite3.Connection, edition: Edition) -> str | None:
    form = FORMATS[edition.format]
    cut = form.cut(restored(connection, edition.id))
    wanted = {record.entry: encoded(form.read(cut, record)) for record in cut.records}
    found = {
        party.entry: encoded(party)
        for party in parties_at(connection, edition.source, edition.moment)
    }
    every = wanted.keys() | found.keys()
    differ = [entry for entry in every if wanted.get(entry) != found.get(entry)]
    differ += _misfiled(connection, edition)
    if not differ:
        return None
    some = ", ".join(sorted(differ)[:3])
    return f"{len(differ)} entries are not as its files say ({some})"


def _misfiled(connection: sqlite3.Connection, edition: Edition) -> list[str]:
    """Entries of an edition whose counted columns or keys are not those of their content."""
    wrong = []
    for entry, version, body, *columns in connection.execute(
        "SELECT s.entry, v.id, v.body, v.kind, v.tags, v.aliases, v.addresses, v.blank, v.unparsed"
        " FROM span s JOIN version v ON v.id = s.version WHERE s.source = ?1 AND s.first <= ?2"
        " AND (s.until IS NULL OR s.until > ?2)", (edition.source, edition.moment),
    ):  # fmt: skip
        party = unpacked(body)
        keys = {
            row[0]
            for row in connection.execute("SELECT key FROM key WHERE version = ?", (version,))
        }
        if tuple(columns) != columns_of(party) or keys != set(keys_of(party)):
            wrong.append(entry)
    return wrong
