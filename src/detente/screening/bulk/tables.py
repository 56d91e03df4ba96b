"""Tables of any length, read row by row: CSV, JSON lines and Parquet.

A row that cannot be read is no reason to leave the next one unscreened: it comes as ``Broken``,
with its number and why, and the reading goes on. Only what concerns the table as a whole, such as a
file that is a spreadsheet, is an error. Every cell comes as text; a list in a cell of JSON or
Parquet comes as its items joined by ``SEPARATOR``.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, Literal, get_args

from detente.errors import UsageError, nearest
from detente.screening.bulk.csvs import Fault, records
from detente.screening.bulk.objects import json_rows, parquet_rows
from detente.screening.bulk.records import MAX_LINE, Broken, Record

__all__ = ["Broken", "Format", "Record", "read"]

Format = Literal["csv", "jsonl", "parquet"]

_HEAD: Final = 1 << 16
"""Bytes by which a format is recognised."""
_BLOCK: Final = 1 << 18
_ENDINGS: Final[dict[str, Format]] = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv", ".psv": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks, those of UTF-32 first since one of UTF-16 begins it."""
_FOREIGN: Final = {
    b"PK\x03\x04": "a spreadsheet or an archive; save it as CSV with UTF-8",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet; save it as CSV with UTF-8",
    b"\x1f\x8b": "compressed; decompress it first",
    b"BZh": "compressed; decompress it first",
    b"\xfd7zXZ": "compressed; decompress it first",
    b"\x28\xb5\x2f\xfd": "compressed; decompress it first",
    b"%PDF": "a PDF; name a table",
}
"""How files begin that are no tables, and what to do with them."""


def read(
    path: str | Path,
    *,
    format: Format | None = None,  # noqa: A002 - the word that users know
    encoding: str | None = None,
    told: Callable[[int], None] | None = None,
) -> Iterator[Record | Broken]:
    """Yield the rows of a table in their order, in bounded memory.

    Args:
        path: the file; ``-`` is standard input (CSV or JSON lines).
        format: ``csv``, ``jsonl`` or ``parquet``; by default what content and ending say.
        encoding: of a text without byte-order mark; by default UTF-8, and never guessed, since a
            wrong guess garbles names silently.
        told: is told how many bytes of the file have been read, now and then.

    Raises:
        UsageError: the file cannot be read, is no table, or has no header.
    """
    if format is not None and format not in get_args(Format):
        raise UsageError(f"no format {format!r}; {nearest(str(format), get_args(Format))}")
    told = told or (lambda _: None)
    with _opened(path) as (stream, name):
        head = stream.read(_HEAD)
        kind = format or _recognised(head, name)
        if kind == "parquet":
            yield from parquet_rows(stream, name, told)
            return
        mark, codec = _codec(head, encoding, name)
        blocks = chain([head[mark:]], iter(lambda: stream.read(_BLOCK), b""))
        lines = _lines(_as_utf8(_counted(blocks, mark, told), codec), head[mark:])
        if kind == "jsonl":
            yield from json_rows(lines, codec)
        else:
            yield from _csv(lines, codec, name)


@contextmanager
def _opened(path: str | Path) -> Iterator[tuple[BinaryIO, str]]:
    """Open the file or take standard input; tell errors of the system in one line."""
    if str(path) == "-":
        yield sys.stdin.buffer, "standard input"
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    try:
        yield stream, str(path)
    except OSError as error:
        raise _unreadable(path, error) from None
    finally:
        stream.close()


def _unreadable(path: str | Path, error: OSError | ValueError) -> UsageError:
    why = getattr(error, "strerror", None) or error
    return UsageError(f"{path} cannot be read ({why}); check the name")


def _recognised(head: bytes, name: str) -> Format:
    """Return the format by how the content begins, and where that is open by the ending."""
    if head.startswith(b"PAR1"):
        return "parquet"
    for begin, what in _FOREIGN.items():
        if head.startswith(begin):
            raise UsageError(f"{name} is {what}")
    text = _stripped(head)
    if text.startswith(b"{"):
        return "jsonl"
    found = _ENDINGS.get(Path(name).suffix.lower(), "csv")
    if found == "parquet":
        raise UsageError(f"{name} is no Parquet file; check it, or name its format")
    if found == "jsonl" and text.startswith(b"["):
        raise UsageError(f"{name} is one JSON array; write one object on each line")
    return found


def _stripped(head: bytes) -> bytes:
    """The beginning without byte-order mark, white space and the noughts of UTF-16."""
    for mark, _ in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :]
            break
    return head.lstrip(b" \t\r\n\0")


# Bytes to lines


def _codec(head: bytes, encoding: str | None, name: str) -> tuple[int, str]:
    """Return the length of the byte-order mark and the encoding."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return len(mark), codec
    if encoding is not None:
        try:
            return 0, codecs.lookup(encoding).name
        except LookupError:
            raise UsageError(
                f"no encoding is called {encoding!r}; usual ones are utf-8, cp1252 and utf-16-le"
            ) from None
    if len(head) >= 4 and head.count(0) * 3 > len(head):
        raise UsageError(
            f"{name} seems to be UTF-16 without a byte-order mark; "
            "save it as UTF-8, or name the encoding utf-16-le or utf-16-be"
        )
    return 0, "utf-8"


def _counted(blocks: Iterable[bytes], done: int, told: Callable[[int], None]) -> Iterator[bytes]:
    """Pass the blocks on and tell how many bytes they were."""
    for block in blocks:
        done += len(block)
        yield block
        told(done)


def _unread(error: UnicodeError) -> tuple[str, int]:
    """Put what no UTF-8 can hold where bytes mean nothing, so that the line is found broken."""
    assert isinstance(error, UnicodeDecodeError)
    return "\udfff", error.end


codecs.register_error("detente-unread", _unread)


def _as_utf8(blocks: Iterator[bytes], codec: str) -> Iterator[bytes]:
    """Yield the blocks in UTF-8."""
    if codec == "utf-8":
        yield from blocks
        return
    decoder = codecs.getincrementaldecoder(codec)("detente-unread")
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def _lines(blocks: Iterator[bytes], head: bytes) -> Iterator[bytes]:
    """Yield each line without its end; of one that is too long, a beginning that is too long."""
    end = b"\r" if b"\r" in head and b"\n" not in head else b"\n"  # as old Macs end them
    rest = b""
    for block in blocks:
        parts = block.split(end)
        if len(rest) <= MAX_LINE:
            parts[0] = rest + parts[0]
        else:
            parts[0] = rest
        rest = parts.pop()
        for part in parts:
            yield part.removesuffix(b"\r")
    if rest:
        yield rest.removesuffix(b"\r")


# Lines to rows


def _csv(lines: Iterator[bytes], codec: str, name: str) -> Iterator[Record | Broken]:
    """The rows of a CSV file, the first record being its header."""
    found = records(lines, MAX_LINE, codec)
    first = next(found, None)
    if first is None:
        raise UsageError(f"{name} is empty; its first row must name the columns")
    line, cells = first
    if isinstance(cells, Fault):
        raise UsageError(f"{name}:{line}: the header cannot be read: {cells.why}; correct it")
    header = tuple(cells)
    for row, (line, cells) in enumerate(found, 1):
        if isinstance(cells, Fault):
            yield Broken(row, line, cells.why)
        else:
            yield Record(row, line, header, cells)
