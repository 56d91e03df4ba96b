"""A file of holdings, whatever it is: JSON of the standard, whole or by lines, or a table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import msgspec

from detente.errors import DataError, Problem, UsageError
from detente.screening.ownership.bods import Item, from_bods
from detente.screening.ownership.model import Graph
from detente.screening.ownership.table import from_table

LIMIT: Final = 2 << 30
"""The largest file that is read, in bytes: some three million statements."""
_ADVICE: Final = (
    "give statements of the Beneficial Ownership Data Standard, or a table owner,owned,share"
)


def read(path: str | Path) -> Graph:
    """Return the graph of a file.

    Args:
        path: a file of the Beneficial Ownership Data Standard 0.2, 0.3 or 0.4, as a JSON array, as
            one statement or with a statement on each line; or a table as CSV.

    Raises:
        DataError: the file is none of these.
        UsageError: it cannot be read.
    """
    try:
        if not Path(path).is_file():  # a pipe would wait for whoever writes into it
            raise UsageError(f"{path} is no file; name a file of holdings")
        with Path(path).open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, UsageError):
            raise
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} cannot be read ({why}); check the path") from None
    if len(data) > LIMIT:
        raise UsageError(
            f"{path} is larger than {LIMIT >> 30} GB; give a file of the parties asked about"
        )
    return graph_of(data, file=Path(path).name)


def graph_of(data: bytes, *, file: str) -> Graph:
    """Return the graph of a file's content; ``file`` is its name, for messages.

    Raises:
        DataError: it is neither JSON of the standard nor a table.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    start = data[:1024].lstrip()[:1]
    if not data.strip():
        raise _fault(file, None, "is empty")
    if start in (b"[", b"{"):
        graph = from_bods(_items(data, file, start == b"["))
        if not graph.nodes and not graph.statements:
            raise _fault(file, None, "holds no statement of the standard")
        return graph
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            [Problem(file, line, None, "is no text in UTF-8", "save it as UTF-8")]
        ) from None
    return from_table(text, file=file)


def _items(data: bytes, file: str, array: bool) -> Iterator[Item]:
    """Each statement with where it stands."""
    raws: list[tuple[str, int | None, bytes | msgspec.Raw]]
    if array:
        try:
            found = msgspec.json.decode(data, type=list[msgspec.Raw])
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise _broken(file, None, error) from None
        raws = [(f"statement {number}", None, raw) for number, raw in enumerate(found, 1)]
    else:
        raws = [
            (f"line {n}", n, line) for n, line in enumerate(data.splitlines(), 1) if line.strip()
        ]
    decoder = msgspec.json.Decoder(float_hook=Decimal)
    for place, (where, line, raw) in enumerate(raws):
        try:
            item: Any = decoder.decode(raw)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ArithmeticError) as error:
            whole = None if array or place else _single(decoder, data)
            if whole is None:
                raise _broken(file, line, error) from None
            yield "statement 1", whole
            return
        if not isinstance(item, dict):
            raise _fault(file, line, f"{where} is no object")
        yield where, item


def _single(decoder: msgspec.json.Decoder[Any], data: bytes) -> dict[str, Any] | None:
    """The one statement that a file is, written over several lines."""
    try:
        item = decoder.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, ArithmeticError):
        return None
    return item if isinstance(item, dict) else None


def _broken(file: str, line: int | None, error: Exception) -> DataError:
    deep = isinstance(error, RecursionError)
    return _fault(file, line, "is nested too deep" if deep else f"is no JSON ({error})")


def _fault(file: str, line: int | None, problem: str) -> DataError:
    return DataError([Problem(file, line, None, problem, _ADVICE)])
