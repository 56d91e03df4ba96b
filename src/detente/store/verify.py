"""Whether a store still says what was imported: every edition is read again and compared."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator

import msgspec

from detente.errors import DetenteError
from detente.lists.formats import FORMATS
from detente.store.codec import encoded
from detente.store.content import restored
from detente.store.read import Edition, editions, parties_at


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


def faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Yield everything that is wrong with a store.

    The file's own structure is checked; then the files of each edition are put together, compared
    with their SHA-256, cut and read again, and held against the entries that stand at its moment.
    """
    for (text,) in connection.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield Fault(problem=f"the file is damaged: {text}")
    for edition in editions(connection):
        try:
            problem = _problem(connection, edition)
        except (DetenteError, zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
            problem = str(error)
        if problem is not None:
            yield Fault(source=edition.source, moment=edition.moment, problem=problem)


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
    if not differ:
        return None
    some = ", ".join(sorted(differ)[:3])
    return f"{len(differ)} entries are not as its files say ({some})"
