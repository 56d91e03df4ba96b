"""CSV, line by line, so that one broken quote costs one row and not the rest of the file.

A reader that believes every quote takes all that follows an open one for a single cell. Here a
record that opens a quote is read on its own: where the quote is not closed within reach, is closed
in the middle of a cell, or every line it swallowed is a whole row by itself, the line on which it
began is broken and reading goes on with the next line.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Final, NamedTuple

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 30
"""Lines by which the delimiter is recognised."""
_REACH: Final = 500
"""Lines that one quoted cell may stretch over."""
_REACH_BYTES: Final = 1 << 20
_ALONE: Final = "\x1e"
"""The delimiter of a table with one column: one that names do not hold."""


class Fault(NamedTuple):
    """What is wrong with a record."""

    why: str


class _Shape(NamedTuple):
    """What is known of a table: its delimiter, its number of columns, its encoding."""

    delimiter: str
    width: int
    longest: int
    codec: str


def records(
    lines: Iterator[bytes], longest: int, codec: str
) -> Iterator[tuple[int, list[str] | Fault]]:
    """Yield each record with the number of its first line; blank lines are no records.

    Args:
        lines: in UTF-8, without their ends.
        longest: bytes of the longest line that is read.
        codec: the encoding of the file, to name it.

    The first record is the header, as it is.
    """
    ahead = deque(islice(lines, _SAMPLE))
    number = 0
    while ahead and not ahead[0].strip():
        ahead.popleft()
        number += 1
    if not ahead:
        return
    named = None
    if ahead[0][:4].lower() == b"sep=":  # as spreadsheets name the delimiter
        named = ahead.popleft()[4:].decode("ascii", "replace")
        number += 1
    delimiter = named if named in DELIMITERS else sniffed(ahead)
    shape = _Shape(delimiter, 0, longest, codec)
    while True:
        if ahead:
            raw = ahead.popleft()
        else:
            following = next(lines, None)
            if following is None:
                return
            raw = following
        number += 1
        taken = 0
        if not raw or raw.isspace():
            continue
        if b'"' not in raw and b"\0" not in raw and len(raw) <= longest:
            try:
                cells: list[str] | Fault = raw.decode().split(shape.delimiter)
            except UnicodeDecodeError:
                cells = _undecoded(codec)
        else:
            cells, taken = _careful(raw, ahead, lines, shape)
        if not shape.width:
            if isinstance(cells, list):
                shape = shape._replace(width=len(cells))
        elif isinstance(cells, list) and len(cells) != shape.width:
            cells, taken = _miscounted(len(cells), shape.width), 0
        yield number, cells
        for _ in range(taken):
            ahead.popleft()
        number += taken


def sniffed(lines: deque[bytes]) -> str:
    """Return the delimiter that cuts the first lines into the most even rows.

    Args:
        lines: the header and some lines after it.
    """
    texts = [raw.decode("utf-8", "replace") + "\n" for raw in lines]
    best, found = (0.0, 0), _ALONE
    for delimiter in DELIMITERS:
        widths = _widths(texts, delimiter)
        if not widths or widths[0] < 2:
            continue
        even = sum(width == widths[0] for width in widths) / len(widths)
        if (even, widths[0]) > best:
            best, found = (even, widths[0]), delimiter
    return found


def _widths(texts: list[str], delimiter: str) -> list[int]:
    """How many cells each record of the sample has."""
    widths: list[int] = []
    with suppress(csv.Error):  # what was read up to there is enough
        widths.extend(len(row) for row in csv.reader(texts, delimiter=delimiter) if row)
    return widths


def _careful(
    raw: bytes, ahead: deque[bytes], lines: Iterator[bytes], shape: _Shape
) -> tuple[list[str] | Fault, int]:
    """Read a record that holds a quote or worse.

    Returns:
        Its cells, or what is wrong with its first line, and how many of the lines in ``ahead``
        belong to it as well.
    """
    if len(raw) > shape.longest:
        return Fault(f"the line is longer than {shape.longest:,} bytes"), 0
    if b"\0" in raw:
        return Fault("the row holds the character NUL"), 0
    try:
        if raw.count(b'"') % 2 == 0:  # nearly always all of the record
            with suppress(csv.Error):
                return next(csv.reader((raw.decode(),), delimiter=shape.delimiter, strict=True)), 0
        feed = _Feed(raw, ahead, lines)
        cells = next(csv.reader(feed, delimiter=shape.delimiter, strict=True))
    except UnicodeDecodeError:
        return _undecoded(shape.codec), 0
    except csv.Error as error:
        return _quoting(str(error)), 0
    if feed.taken and _swallowed(raw, ahead, feed.taken, shape):
        return Fault("a quote is opened and not closed on its row"), 0
    if any("\0" in cell for cell in cells):
        return Fault("the row holds the character NUL"), 0
    return cells, feed.taken


class _Feed:
    """Lines for the reader of CSV: one, and as many after it as an open quote asks for."""

    def __init__(self, first: bytes, ahead: deque[bytes], lines: Iterator[bytes]) -> None:
        self._first: bytes | None = first
        self._ahead, self._lines = ahead, lines
        self._size = len(first)
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._first
        if raw is not None:
            self._first = None
        else:
            if self.taken == _REACH or self._size > _REACH_BYTES:
                raise StopIteration
            if self.taken == len(self._ahead):
                self._ahead.append(next(self._lines))
            raw = self._ahead[self.taken]
            self.taken += 1
            self._size += len(raw)
        return raw.decode() + "\n"


def _swallowed(first: bytes, ahead: deque[bytes], taken: int, shape: _Shape) -> bool:
    """Whether each line of a record is a whole row by itself, as when a quote was left open.

    The lines of an honest cell may have as many delimiters by chance ("Bonn, Germany"), so that
    there must be some before they count.
    """
    if taken * (shape.width - 1) < 4:
        return False
    mark = shape.delimiter.encode()
    return all(raw.count(mark) == shape.width - 1 for raw in (first, *islice(ahead, taken)))


def _quoting(error: str) -> Fault:
    """Say in words what the reader of CSV found."""
    if "field larger" in error:
        return Fault("a quoted cell is longer than 1,000 characters")
    if "unexpected end" in error:
        return Fault("a quote is opened and not closed")
    return Fault("a quote is closed in the middle of a cell; a quote in a cell is written twice")


def _miscounted(count: int, width: int) -> Fault:
    return Fault(f"{count} cell{'s' * (count != 1)} where the header has {width}")


def _undecoded(codec: str) -> Fault:
    return Fault(f"the row is not {codec.upper()}; name the encoding, or save the file as UTF-8")
