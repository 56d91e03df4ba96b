"""Tables whose cells have types: JSON lines and Parquet. Every cell becomes text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib import import_module
from typing import Any, BinaryIO

import msgspec

from detente.errors import UsageError
from detente.screening.bulk.records import MAX_LINE, SEPARATOR, Broken, Record


def json_rows(lines: Iterator[bytes], codec: str) -> Iterator[Record | Broken]:
    """Yield the rows of a file with one JSON object on each line.

    Args:
        lines: in UTF-8, without their ends.
        codec: the encoding of the file, to name it.
    """
    headers: dict[tuple[str, ...], tuple[str, ...]] = {}
    row = 0
    for line, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        row += 1
        found = _object(raw, codec)
        if isinstance(found, str):
            yield Broken(row, line, found)
            continue
        if len(headers) > 1000:  # a key for each row is somebody's odd idea of a table
            headers.clear()
        header = tuple(found)
        header = headers.setdefault(header, header)
        yield Record(row, line, header, [_text(value) for value in found.values()])


def _object(raw: bytes, codec: str) -> dict[str, Any] | str:
    """Return the object on a line, or what is wrong with it."""
    if len(raw) > MAX_LINE:
        return f"the line is longer than {MAX_LINE:,} bytes"
    try:
        found = msgspec.json.decode(raw)
    except UnicodeDecodeError:
        return f"the line is not {codec.upper()}"
    except (msgspec.DecodeError, RecursionError) as error:
        return f"the line is no JSON: {str(error) or 'nested too deeply'}"
    if not isinstance(found, dict):
        return "the line is no JSON object"
    return found


def _text(value: Any) -> str:
    """A value of JSON or Parquet as the text of a cell."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return SEPARATOR.join(filter(None, map(_text, value)))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a number with gaps is a float in Parquet: 9012345.0
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return msgspec.json.encode(value).decode() if isinstance(value, dict) else str(value)


def parquet_rows(
    stream: BinaryIO, name: str, told: Callable[[int], None]
) -> Iterator[Record | Broken]:
    """Yield the rows of a Parquet file.

    Args:
        stream: the file, which can seek.
        name: the file, to name it.
        told: is told how many bytes have been read, about.

    Raises:
        UsageError: the file cannot be read, or pyarrow is not installed.
    """
    if name == "standard input":
        raise UsageError("Parquet cannot be read from standard input; name the file")
    parquet = pyarrow_parquet()
    row = 0
    try:
        stream.seek(0)
        table = parquet.ParquetFile(stream)
        total = table.metadata.num_rows
        header = tuple(table.schema_arrow.names)
        for batch in table.iter_batches(batch_size=1000):
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                row += 1
                yield Record(row, row, header, [_text(value) for value in values])
            told(stream.seek(0, 2) * row // max(total, 1))
    except (import_module("pyarrow").ArrowException, OSError) as error:
        words = " ".join(str(error).split())[:200]
        raise UsageError(f"{name} cannot be read after row {row} ({words}); check it") from None


def pyarrow_parquet() -> Any:
    """Return pyarrow's module for Parquet.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return import_module("pyarrow.parquet")  # heavy, and an extra
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'detente[parquet]'") from None
