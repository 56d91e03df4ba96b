"""CSV from outside, cut into rows by their byte offsets so that no byte is lost.

A row may run over several lines. Rows of one entry may lie anywhere in a file; each run of
consecutive ones is a piece. A file of rows does not say how many it has: where it was cut off at
the end of a line, nobody can tell.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from detente.lists.errors import ListError
from detente.lists.records import Cut, Piece, Record
from detente.lists.xml import AGAIN, line_of

_MARK: Final = b"\xef\xbb\xbf"
_LONGEST: Final = 1 << 20
_MOST: Final = 2_000_000
_WIDEST: Final = 1000


class Row(NamedTuple):
    """One row.

    Attributes:
        start: offset of its first byte.
        end: offset behind its line break.
        values: its fields; none where the line is blank.
    """

    start: int
    end: int
    values: list[str]


class Table(NamedTuple):
    """What a reader needs beside the bytes of an entry.

    Attributes:
        delimiter: what stands between fields.
        encoding: of the file.
        columns: names of the columns, each once.
    """

    delimiter: str
    encoding: str
    columns: tuple[str, ...]


class Entries(NamedTuple):
    """Rows put together by entry, as a ``Cut`` wants them."""

    pieces: list[Piece]
    records: list[Record]
    rejected: list[str]


def encoding_of(name: str, data: bytes, otherwise: str = "utf-8") -> str:
    """Return UTF-8 where a file is valid in it, or else the encoding that its format may have.

    A file with a mark of byte order says itself that it is UTF-8.

    Args:
        name: the file's name, for messages.
        data: the file.
        otherwise: the other encoding that the format is known to use.

    Raises:
        ListError: it is in neither.
    """
    otherwise = "utf-8" if data.startswith(_MARK) else otherwise
    for encoding in ("utf-8", otherwise):
        try:
            data.decode(encoding)
        except UnicodeDecodeError as error:
            at = error.start
        else:
            return encoding
    raise ListError(name, line_of(data, at), f"bytes that are not {otherwise}", AGAIN)


def rows(name: str, data: bytes, delimiter: str, encoding: str) -> list[Row]:
    """Cut a file into rows that follow each other without a gap.

    Args:
        name: the file's name, for messages.
        data: the file, valid in its encoding.
        delimiter: what stands between fields.
        encoding: ``utf-8`` or one with a byte a letter.

    Raises:
        ListError: more lines than any list, a NUL byte, a quotation that is not closed, a row
            of more than a megabyte or a thousand fields, or a last line without an end, which a
            file that was cut off has.
    """
    check_lines(name, data)
    if (at := data.find(b"\0")) >= 0:
        raise ListError(name, line_of(data, at), "there is a NUL byte", AGAIN)
    if data and not data.endswith((b"\n", b"\r")):
        what = "the last line has no end, as if the file were cut off"
        advice = "fetch the file again, or add a line break where you know that it is whole"
        raise ListError(name, line_of(data, len(data)), what, advice)
    start = 0
    at = len(_MARK) if data.startswith(_MARK) else 0
    found: list[Row] = []

    def lines() -> Iterator[str]:
        nonlocal at
        for line in data[at:].splitlines(keepends=True):
            at += len(line)
            if at - start > _LONGEST:
                raise csv.Error(f"a row has more than {_LONGEST} bytes")
            yield line.decode(encoding)

    try:
        for values in csv.reader(lines(), delimiter=delimiter, strict=True):
            if len(values) > _WIDEST:
                raise csv.Error(f"a row has more than {_WIDEST} fields")
            found.append(Row(start, at, values))
            start = at
    except csv.Error as error:
        raise ListError(name, line_of(data, start), f"not whole CSV ({error})", AGAIN) from None
    return found


def check_lines(name: str, data: bytes) -> None:
    """Refuse a file that has more lines than any list, before each of them takes memory.

    Raises:
        ListError: it has.
    """
    if data.count(b"\n") + data.count(b"\r") > 2 * _MOST:
        what = f"it has more than {_MOST} lines, and no list has"
        raise ListError(name, None, what, "check what it is")


def columns_of(name: str, header: Sequence[str], line: int, needed: Sequence[str]) -> list[str]:
    """Return the names of columns, repeated ones with a number behind (``Entity_logical_id 2``).

    Args:
        name: the file's name, for messages.
        header: the row of the names.
        line: its line.
        needed: columns without which the layout is another.

    Raises:
        ListError: a needed column is missing.
    """
    times: Counter[str] = Counter()
    columns: dict[str, None] = {}
    for text in map(str.strip, header):
        times[text] += 1
        column = text if times[text] == 1 else f"{text} #{times[text]}"
        if column in columns:
            raise ListError(name, line, f"the column {column} stands there twice", AGAIN)
        columns[column] = None
    for column in needed:
        if column not in columns:
            raise ListError(name, line, f"the column {column} is missing", "import another layout")
    return list(columns)


def by_entry(name: str, data: bytes, body: Sequence[Row], columns: list[str], key: str) -> Entries:
    """Put the rows of each entry together.

    Args:
        name: the file's name.
        data: the file.
        body: its rows below the header.
        columns: names of the columns.
        key: the column with the number of the entry.

    Raises:
        ListError: a row has more or fewer fields than there are columns.
    """
    at, width = columns.index(key), len(columns)
    for row in body:
        if row.values and len(row.values) != width:
            what = f"a row has {len(row.values)} fields and not {width}"
            raise ListError(name, line_of(data, row.start), what, AGAIN)
    head = body[0].start if body else len(data)
    pieces = [Piece(name, 0, head)]
    parts: dict[str, list[Piece]] = {}
    rejected: list[str] = []
    line, counted = 1, 0
    for entry, run in groupby(body, lambda row: row.values[at].strip() if row.values else ""):
        same = list(run)
        piece = Piece(name, same[0].start, same[-1].end)
        pieces.append(piece)
        if entry:
            parts.setdefault(entry, []).append(piece)
            continue
        for row in same:
            if any(row.values):
                line += data.count(b"\n", counted, row.start)
                counted = row.start
                rejected.append(f"{name}:{line}: a row has no {key}")
    records = [Record(entry, tuple(found)) for entry, found in parts.items()]
    return Entries(pieces, records, rejected)


def said(
    cut: Cut, record: Record, unwrapped: Callable[[list[str]], list[str]] = list
) -> list[dict[str, str]]:
    """Return the rows of an entry as what each column says, white space made single.

    Args:
        cut: the edition, its context a ``Table``.
        record: the entry.
        unwrapped: what makes the fields of a row from what was cut, where that is not the same.

    Returns:
        One mapping a row, without the columns that say nothing.
    """
    table: Table = cut.context
    data = b"".join(map(cut.bytes_of, record.parts))
    found = rows(record.parts[0].file, data, table.delimiter, table.encoding)
    return [
        {
            column: words
            for column, value in zip(table.columns, unwrapped(row.values), strict=False)
            if value and (words := " ".join(value.split()))
        }
        for row in found
    ]
