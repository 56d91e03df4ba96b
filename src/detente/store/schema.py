"""The store's tables, and opening it: one SQLite file, no server.

What was published is kept in ``block``: new stretches of files, compressed together; an edition is
a list of numbers of stretches. What was read from it is kept in ``version``, once for each content
that an entry ever had, and ``span`` says from which edition to which it stood.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from detente.errors import UsageError

APPLICATION: Final = 0x44455445
"""Marks an SQLite file as a store of Detente (``DETE``)."""
SCHEMA: Final = 1
"""The number of the layout of the tables."""

_TABLES: Final = """
CREATE TABLE block (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    first INTEGER NOT NULL,
    digests BLOB NOT NULL,
    sizes BLOB NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE edition (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    moment TEXT NOT NULL,
    format TEXT NOT NULL,
    digest TEXT NOT NULL,
    files TEXT NOT NULL,
    rejected INTEGER NOT NULL,
    pieces BLOB NOT NULL,
    UNIQUE (source, moment)
);
CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    entry TEXT NOT NULL,
    digest BLOB NOT NULL,
    kind TEXT NOT NULL,
    tags TEXT NOT NULL,
    aliases INTEGER NOT NULL,
    addresses INTEGER NOT NULL,
    blank INTEGER NOT NULL,
    unparsed INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (source, digest)
);
CREATE TABLE reading (
    digest BLOB PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES version (id)
) WITHOUT ROWID;
CREATE TABLE span (
    source TEXT NOT NULL,
    entry TEXT NOT NULL,
    first TEXT NOT NULL,
    until TEXT,
    version INTEGER NOT NULL REFERENCES version (id),
    PRIMARY KEY (source, entry, first)
) WITHOUT ROWID;
CREATE INDEX span_first ON span (source, first);
CREATE INDEX span_until ON span (source, until) WHERE until IS NOT NULL;
CREATE TABLE key (
    key TEXT NOT NULL,
    version INTEGER NOT NULL REFERENCES version (id),
    PRIMARY KEY (key, version)
) WITHOUT ROWID;
CREATE INDEX key_version ON key (version);
CREATE TABLE fetched (
    source TEXT NOT NULL,
    address TEXT NOT NULL,
    etag TEXT,
    modified TEXT,
    PRIMARY KEY (source, address)
);
"""


@contextmanager
def opened(path: Path, *, write: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the store, make it where it is to be written and is not there, and close it.

    Args:
        path: where it is.
        write: whether something is to be written.

    Raises:
        UsageError: there is none and nothing is to be written, the file is something else, or it
            was made by a newer version.
    """
    if not path.exists() and not write:
        raise UsageError(
            f"there is no store at {path}; import a list first: detente lists import FILE"
        )
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
    except sqlite3.Error as error:
        raise UsageError(f"the store {path} cannot be opened ({error}); check the path") from None
    try:
        _prepare(connection, path, write=write)
        yield connection
    except sqlite3.DatabaseError as error:
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            raise
        advice = "check rights and space, or restore the file from a copy"
        raise UsageError(f"the store {path} cannot be used ({error}); {advice}") from None
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError) as error:
        advice = "restore it from a copy, or import its lists into a new one"
        raise UsageError(f"the store {path} is damaged ({error}); {advice}") from None
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    application, schema = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    )
    if application == 0 and schema == 0 and write and _is_empty(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection):
            if _is_empty(connection):  # nobody else was quicker
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
    elif application != APPLICATION:
        raise UsageError(f"{path} is no store of Detente; name another with --store")
    elif schema > SCHEMA:
        raise UsageError(f"the store {path} was made by a newer Detente; install that version")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, even where the process is killed; others wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
