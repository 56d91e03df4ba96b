"""OFAC's legacy CSV: one file of entries, and beside it aliases, addresses and long remarks.

No file has a header, a date or the name of its list. A file is known by its number of columns:
12 for entries, 5 for aliases, 6 for addresses, 2 for the rest of remarks that were too long.
``-0-`` means nothing, and the last byte may be 0x1A, the end of a file on CP/M.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from detente.entities.model import Address, Identifier, Listing, Name, Party
from detente.entities.scripts import script_of
from detente.lists.errors import ListError
from detente.lists.ofac.remarks import parse_remarks
from detente.lists.ofac.words import ALIASES, KINDS
from detente.lists.records import Cut, Files, Format, Piece, Record
from detente.lists.rows import check_lines
from detente.lists.xml import AGAIN, line_of

_ROLES: Final = {12: "entries", 5: "aliases", 6: "addresses", 2: "comments"}
_COLUMNS: Final = {role: count for count, role in _ROLES.items()}
_FIELD: Final = 1 << 20
_DIGITS: Final = 18
_NUMBER: Final = re.compile(r"\s*[0-9]{1,9}\s*")
_NOTHING: Final = ("", "-0-", "-0")
"""Empty cells; the last one of a file may have lost its end."""


class _Run(NamedTuple):
    """Rows of one entry that follow each other in a file."""

    entry: bytes
    piece: Piece
    rows: int


def _recognises(files: Files) -> bool:
    return any(_role(data) == "entries" for data in files.values())


def _role(data: bytes) -> str | None:
    """What a file holds, by its first row."""
    head = data[:65536].decode("latin-1")
    row = next(csv.reader(io.StringIO(head, newline="")), [])
    if not row or not _NUMBER.fullmatch(row[0]):
        return None
    return _ROLES.get(len(row))


def _cut(files: Files) -> Cut:
    runs: dict[str, list[_Run]] = {}
    pieces: list[Piece] = []
    rejected: list[str] = []
    for name, data in files.items():
        role = _role(data)
        if role is None and not data.strip(b"\x1a\r\n "):
            pieces.extend([Piece(name, 0, len(data))] if data else [])
            continue
        if role is None or role in runs:
            what = "no layout of OFAC's CSV" if role is None else f"a second file of {role}"
            raise ListError(name, 1, f"this is {what}", "leave it out")
        runs[role] = found = list(_runs(name, data))
        pieces.extend(_covering(name, len(data), found))
    if "entries" not in runs:
        raise ListError(next(iter(files), "the edition"), None, "no file has entries", AGAIN)
    entries: dict[bytes, list[Piece]] = {}
    for run in runs["entries"]:
        if run.entry in entries or run.rows > 1:
            line = line_of(files[run.piece.file], run.piece.start)
            what = f"entry {run.entry.decode()} occurs twice"
            raise ListError(run.piece.file, line, what, AGAIN)
        entries[run.entry] = [run.piece]
    for role in ("aliases", "addresses", "comments"):
        for run in runs.get(role, ()):
            if run.entry in entries:
                entries[run.entry].append(run.piece)
            else:
                whose = f"of {run.entry.decode()}, which is no entry"
                rejected.extend([f"{run.piece.file}: a row {whose}"] * run.rows)
    name = runs["entries"][0].piece.file
    return Cut(
        files=files,
        format="ofac-csv",
        source="ofac-nonsdn" if name.lower().startswith("cons") else "ofac-sdn",
        date=None,
        pieces=pieces,
        records=[Record(entry.decode(), tuple(found)) for entry, found in entries.items()],
        context={name: _COLUMNS[role] for role, found in runs.items() for name in _names(found)},
        rejected=rejected,
    )


def _names(runs: list[_Run]) -> list[str]:
    return [runs[0].piece.file] if runs else []


def _runs(name: str, data: bytes) -> Iterator[_Run]:
    """Yield the rows of each entry, with the bytes in which they stand.

    A row ends with its line unless a quotation is open. What stands in the columns is looked at
    only where a record is read: of a daily edition that is little.
    """
    check_lines(name, data)
    _check_text(name, data)
    entry, rows, start, at = b"", 0, 0, 0
    for row in _closed(name, data):
        number = row.partition(b",")[0].strip()
        if number and number == entry:
            rows += 1
        elif number.isdigit() and len(number) <= _DIGITS:
            if rows:
                yield _Run(entry, Piece(name, start, at), rows)
            entry, rows, start = number, 1, at
        elif row.strip(b"\x1a\r\n "):
            told = row[:20].decode("utf-8", "replace")
            what = f"a row begins with {told!r}, not with the number of an entry"
            raise ListError(name, line_of(data, at), what, AGAIN)
        else:  # an empty line or the mark of the file's end
            if rows:
                yield _Run(entry, Piece(name, start, at), rows)
            entry, rows = b"", 0
        at += len(row)
    if rows:
        yield _Run(entry, Piece(name, start, at), rows)


def _closed(name: str, data: bytes) -> Iterator[bytes]:
    """Yield the lines, those that a quotation runs over together."""
    at = size = 0
    held: list[bytes] = []
    is_open = False
    for line in io.BytesIO(data):
        is_open ^= line.count(b'"') % 2 == 1
        size += len(line)
        if is_open and size <= _FIELD:
            held.append(line)
        elif is_open:
            break
        else:
            yield b"".join((*held, line)) if held else line
            at += size
            size = 0
            held.clear()
    if is_open:
        raise ListError(name, line_of(data, at), "a quotation is never closed", AGAIN)


def _check_text(name: str, data: bytes) -> None:
    if b"\0" in data:
        raise ListError(name, None, "there are bytes of zero in it", AGAIN)
    if data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = line_of(data, error.start)
        raise ListError(name, line, "it is not UTF-8", "save the file as UTF-8") from None


def _rows(cut: Cut, entry: str, piece: Piece) -> list[list[str]]:
    """Return the cells of a piece's rows, each of the entry and as wide as its file is."""
    columns = cut.context[piece.file]
    text = cut.bytes_of(piece).decode("utf-8")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        line = line_of(cut.files[piece.file], piece.start)
        raise ListError(piece.file, line, f"it is not CSV ({error})", AGAIN) from None
    for row in rows:
        if len(row) != columns or row[0].strip() != entry:
            line = line_of(cut.files[piece.file], piece.start)
            what = f"a row of entry {entry} has {len(row)} columns, not {columns}"
            if len(row) == columns:
                what = f"a row of entry {entry} runs into another one's"
            raise ListError(piece.file, line, what, AGAIN)
    return rows


def _covering(name: str, size: int, runs: list[_Run]) -> Iterator[Piece]:
    at = 0
    for run in runs:
        if run.piece.start > at:
            yield Piece(name, at, run.piece.start)
        yield run.piece
        at = run.piece.end
    if at < size:
        yield Piece(name, at, size)


def _said(cell: str) -> str | None:
    text = cell.strip()
    return None if text in _NOTHING else text


def _read(cut: Cut, record: Record) -> Party:
    first, *more = record.parts
    row = [_said(cell) for cell in _rows(cut, record.entry, first)[0]]
    _, name, type_, programmes, title, call, vessel, tonnage, gross, flag, owner, remark = row
    kind = KINDS.get((type_ or "entity").lower())
    by_width: dict[int, list[list[str]]] = {}
    for piece in more:
        for each in _rows(cut, record.entry, piece):
            by_width.setdefault(len(each), []).append(each)
    rest = "".join(_said(each[1]) or "" for each in by_width.get(2, ()))
    told = parse_remarks((remark or "") + rest, kind or "organisation", title)
    person = kind == "person"
    addresses = [_address(each) for each in by_width.get(6, ())]
    signs = [] if call is None else [Identifier(kind="call-sign", value=call)]
    signs = [sign for sign in signs if all(sign.value != i.value for i in told.identifiers)]
    facts = {"type": vessel, "tonnage": tonnage, "gross tonnage": gross, "flag": flag,
             "owner": owner}  # fmt: skip
    return Party(
        source=cut.source,
        entry=record.entry,
        kind=kind or "organisation",
        names=(
            _name(name or "?", person),
            *(_alias(each, person) for each in by_width.get(5, ())),
            *told.names,
        ),
        births=told.births,
        nationalities=told.nationalities,
        gender=told.gender,
        positions=told.positions,
        identifiers=(*signs, *told.identifiers),
        addresses=tuple(each for each in addresses if each is not None),
        links=told.links,
        listings=(
            Listing(
                programmes=tuple((programmes or "").split("] [")) if programmes else (),
                authorities=told.authorities,
            ),
        ),
        details={key: value for key, value in facts.items() if value} | told.details,
        secondary_sanctions=told.secondary_sanctions,
        remarks=told.remarks,
        unparsed=told.unparsed if kind else (*told.unparsed, f"type: {type_}"),
        blank_addresses=addresses.count(None),
    )


def _name(text: str, person: bool) -> Name:
    family, comma, given = text.partition(", ")
    if not person or not comma:
        return Name(text=text, script=script_of(text))
    return Name(text=text, script=script_of(text), family=family, given=given)


def _alias(row: list[str], person: bool) -> Name:
    _, _, type_, text, remark = (_said(cell) for cell in row)
    plain = _name(text or "?", person)
    return Name(
        text=plain.text, kind=ALIASES.get(type_ or "", "alias"), script=plain.script,
        family=plain.family, given=plain.given, remark=remark,
    )  # fmt: skip


def _address(row: list[str]) -> Address | None:
    _, _, street, city, country, remark = (_said(cell) for cell in row)
    if street is None and city is None and country is None and remark is None:
        return None
    return Address(street=street, city=city, country=country, remark=remark)


OFAC_CSV: Final = Format(
    id="ofac-csv",
    title="OFAC legacy CSV (sdn.csv, alt.csv, add.csv, sdn_comments.csv)",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
