"""Taking an edition in: all of it in one transaction, in its own place in time."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

import msgspec

from detente.entities.keys import keys_of
from detente.entities.model import Party
from detente.errors import UsageError
from detente.lists.records import Cut, Format, Piece
from detente.store.codec import content_digest, encoded, packed
from detente.store.content import digest_of, drop_content, keep_content, piece_digest
from detente.store.schema import transaction


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an import.

    Attributes:
        edition: the edition's number in the store.
        moment: where it stands in time.
        fresh: entries whose record had never been seen; only these were read.
        known: whether the very same edition had been imported before, so that nothing changed.
    """

    edition: int
    moment: str
    fresh: int
    known: bool


def keep(
    connection: sqlite3.Connection, cut: Cut, form: Format, moment: str, *, force: bool = False
) -> Kept:
    """Take an edition in.

    Args:
        connection: the store.
        cut: the edition.
        form: its format, to read records that are new.
        moment: the day or moment at which it was published (see ``detente.lists.moments``).
        force: take it even where it has not half the entries of the edition before it.

    Raises:
        ListError: a record cannot be read. Nothing was taken in.
        UsageError: another edition is held at that moment, or this one seems to be cut off.
    """
    with transaction(connection):
        digest = digest_of(cut.files)
        held = connection.execute(
            "SELECT id, digest FROM edition WHERE source = ? AND moment = ?", (cut.source, moment)
        ).fetchone()
        if held is not None:
            return _same(cut.source, moment, digest, *held)
        if not force:
            _check_size(connection, cut, moment)
        digests = {piece: piece_digest(cut.bytes_of(piece)) for piece in cut.pieces}
        versions, fresh = _versions(connection, cut, form, digests)
        files, pieces = keep_content(connection, cut, list(digests.values()))
        following = _following(connection, cut.source, moment)
        edition = connection.execute(
            "INSERT INTO edition (source, moment, format, digest, files, rejected, pieces)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (cut.source, moment, cut.format, digest, msgspec.json.encode(files).decode(),
             len(cut.rejected), pieces),
        ).lastrowid  # fmt: skip
        _place(connection, cut.source, moment, following, versions)
        assert edition is not None
        return Kept(edition=edition, moment=moment, fresh=fresh, known=False)


def _same(source: str, moment: str, digest: str, edition: int, held: str) -> Kept:
    if held == digest:
        return Kept(edition=edition, moment=moment, fresh=0, known=True)
    raise UsageError(
        f"another edition of {source} of {moment} is held (sha256 {held[:12]}); if this one was "
        f"published later that day give its time: --date {moment[:10]}T18:00; if it is better, "
        f"take the other out first: detente lists forget {source} {moment}"
    )


def _check_size(connection: sqlite3.Connection, cut: Cut, moment: str) -> None:
    """Refuse an edition beside which another one, before or after it, seems to be cut off."""
    for question in (
        "SELECT max(moment) FROM edition WHERE source = ? AND moment < ?",
        "SELECT min(moment) FROM edition WHERE source = ? AND moment > ?",
    ):
        other = connection.execute(question, (cut.source, moment)).fetchone()[0]
        if other is None:
            continue
        count = connection.execute(
            "SELECT count(*) FROM span WHERE source = ?1 AND first <= ?2"
            " AND (until IS NULL OR until > ?2)", (cut.source, other),
        ).fetchone()[0]  # fmt: skip
        earlier, later = (count, len(cut.records)) if other < moment else (len(cut.records), count)
        if later * 2 < earlier:
            raise UsageError(
                f"this edition of {cut.source} has {len(cut.records)} entries, that of {other} has "
                f"{count}: the later one seems to be cut off or a part of the list; give --force "
                "if both are whole"
            )


def forget(connection: sqlite3.Connection, source: str, moment: str) -> bool:
    """Take an edition out again, as if it had never been imported; whether it was held.

    Args:
        connection: the store.
        source: the list.
        moment: the edition's own moment.
    """
    with transaction(connection):
        held = connection.execute(
            "DELETE FROM edition WHERE source = ? AND moment = ?", (source, moment)
        ).rowcount
        if not held:
            return False
        before = connection.execute(
            "SELECT max(moment) FROM edition WHERE source = ? AND moment < ?", (source, moment)
        ).fetchone()[0]
        stood = connection.execute(
            "SELECT entry, version FROM span WHERE source = ?1 AND first <= ?2"
            " AND (until IS NULL OR until > ?2)", (source, before or ""),
        )  # fmt: skip
        following = _following(connection, source, moment)
        _place(connection, source, moment, following, dict(stood.fetchall()))
        connection.execute("DELETE FROM fetched WHERE source = ?", (source,))
        for table, column in (("key", "version"), ("reading", "version"), ("version", "id")):
            connection.execute(
                f"DELETE FROM {table} WHERE {column} NOT IN (SELECT version FROM span)"  # noqa: S608
            )
        drop_content(connection, source)
        return True


def _versions(
    connection: sqlite3.Connection, cut: Cut, form: Format, digests: dict[Piece, bytes]
) -> tuple[dict[str, int], int]:
    """The version of every entry of the edition; records that were never seen are read."""
    seen: dict[bytes, int] = dict(
        connection.execute(
            "SELECT r.digest, r.version FROM reading r JOIN version v ON v.id = r.version"
            " WHERE v.source = ?", (cut.source,),
        )
    )  # fmt: skip
    found: dict[str, int] = {}
    fresh = 0
    mark = f"{cut.source} {form.id} {form.reader} ".encode()
    for record in cut.records:
        parts = [digests.get(part) or piece_digest(cut.bytes_of(part)) for part in record.parts]
        raw = piece_digest(b"".join([mark, record.entry.encode(), b" ", *parts]))
        version = seen.get(raw)
        if version is None:
            version = seen[raw] = _version(connection, form.read(cut, record))
            connection.execute("INSERT INTO reading VALUES (?, ?)", (raw, version))
            fresh += 1
        found[record.entry] = version
    return found, fresh


def _version(connection: sqlite3.Connection, party: Party) -> int:
    """The number of a party's content, which is kept where it is new."""
    data = encoded(party)
    digest = content_digest(data)
    held = connection.execute(
        "SELECT id FROM version WHERE source = ? AND digest = ?", (party.source, digest)
    ).fetchone()
    if held is not None:
        return int(held[0])
    number = connection.execute(
        "INSERT INTO version (source, entry, digest, kind, tags, aliases, addresses, blank,"
        " unparsed, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (party.source, party.entry, digest, *columns_of(party), packed(data)),
    ).lastrowid  # fmt: skip
    assert number is not None
    connection.executemany(
        "INSERT OR IGNORE INTO key VALUES (?, ?)", ((key, number) for key in keys_of(party))
    )
    return number


def columns_of(party: Party) -> tuple[str, str, int, int, int, int]:
    """Return what of a party is counted: kind, tags, aliases, addresses, blank ones, unparsed."""
    aliases = sum(not name.in_remarks for name in party.names[1:])
    return (
        party.kind, "\n".join(party.programmes), aliases, len(party.addresses),
        party.blank_addresses, len(party.unparsed),
    )  # fmt: skip


def _following(connection: sqlite3.Connection, source: str, moment: str) -> str | None:
    """The moment of the edition that comes next in time."""
    row = connection.execute(
        "SELECT min(moment) FROM edition WHERE source = ? AND moment > ?", (source, moment)
    ).fetchone()
    return None if row[0] is None else str(row[0])


def _place(
    connection: sqlite3.Connection,
    source: str,
    moment: str,
    following: str | None,
    versions: dict[str, int],
) -> None:
    """Let every entry stand as the edition has it, from its moment to the next edition's.

    Until then each stood there as the edition before it says. Where the two agree nothing is
    touched, so that the order of imports leaves no trace.
    """
    standing: dict[str, tuple[str, str | None, int]] = {
        entry: (first, until, version)
        for entry, first, until, version in connection.execute(
            "SELECT entry, first, until, version FROM span WHERE source = ? AND first <= ?"
            " AND (until IS NULL OR until > ?)", (source, moment, moment),
        )
    }  # fmt: skip
    after: dict[str, tuple[str | None, int]] = {
        entry: (until, version)
        for entry, until, version in connection.execute(
            "SELECT entry, until, version FROM span WHERE source = ? AND first = ?",
            (source, following),
        )
    }
    # only an edition that is taken out again leaves spans that end at its own moment
    ended: dict[str, tuple[str, int]] = {
        entry: (first, version)
        for entry, first, version in connection.execute(
            "SELECT entry, first, version FROM span WHERE source = ? AND until = ?",
            (source, moment),
        )
    }
    for entry in versions.keys() | standing.keys():
        new, old = versions.get(entry), standing.get(entry)
        if old is not None and old[2] == new:
            continue
        if old is not None:
            _end(connection, source, entry, old, moment, following)
        if new is None:
            continue
        begun, until = moment, following
        if entry in after and after[entry][1] == new:  # it stays so in the next edition
            until = after[entry][0]
            _delete(connection, source, entry, str(following))
        if entry in ended and ended[entry][1] == new:
            begun = ended[entry][0]
            _delete(connection, source, entry, begun)
        _insert(connection, [(source, entry, begun, until, new)])


def _end(
    connection: sqlite3.Connection,
    source: str,
    entry: str,
    old: tuple[str, str | None, int],
    moment: str,
    following: str | None,
) -> None:
    """End a span at ``moment``; where it went on in the next edition, it begins again there."""
    first, until, version = old
    if first == moment:
        _delete(connection, source, entry, first)
    else:
        connection.execute(
            "UPDATE span SET until = ? WHERE source = ? AND entry = ? AND first = ?",
            (moment, source, entry, first),
        )
    if following is not None and (until is None or until > following):
        _insert(connection, [(source, entry, following, until, version)])


def _delete(connection: sqlite3.Connection, source: str, entry: str, first: str) -> None:
    connection.execute(
        "DELETE FROM span WHERE source = ? AND entry = ? AND first = ?", (source, entry, first)
    )


def _insert(
    connection: sqlite3.Connection, rows: Iterable[tuple[str, str, str, str | None, int]]
) -> None:
    connection.executemany("INSERT INTO span VALUES (?, ?, ?, ?, ?)", rows)


def counted(connection: sqlite3.Connection, edition: int) -> dict[str, object]:
    """Return what an edition holds, counted: the fields of ``detente.import/1``."""
    source, moment, form, rejected = connection.execute(
        "SELECT source, moment, format, rejected FROM edition WHERE id = ?", (edition,)
    ).fetchone()
    totals: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for kind, told, entries, aliases, addresses, blank, unparsed in connection.execute(
        "SELECT kind, tags, count(*), sum(aliases), sum(addresses), sum(blank), sum(unparsed)"
        " FROM span s JOIN version v ON v.id = s.version WHERE s.source = ?1 AND first <= ?2"
        " AND (until IS NULL OR until > ?2) GROUP BY kind, tags", (source, moment),
    ):  # fmt: skip
        kinds[kind] += entries
        for tag in told.split("\n") if told else ():
            tags[tag] += entries
        totals.update(
            entries=entries, aliases=aliases, full=addresses, blank=blank, unparsed=unparsed
        )
    return {
        "source": source,
        "edition_date": moment[:10],
        "moment": moment,
        "format": form,
        "entries": totals["entries"],
        "aliases": totals["aliases"],
        "addresses": totals["full"] + totals["blank"],
        "addresses_with_content": totals["full"],
        "programmes": dict(sorted(tags.items())),
        "kinds": dict(sorted(kinds.items())),
        "rejected": rejected,
        "unparsed": totals["unparsed"],
    }
