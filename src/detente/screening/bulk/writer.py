"""Hits as lines of CSV or JSON, and lines of JSON joined to a Parquet file.

Every text in a CSV file came from a table or a list that somebody else wrote: none of it may speak
to a terminal or be a formula to a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

from detente.errors import UsageError
from detente.screening.bulk.objects import pyarrow_parquet
from detente.screening.bulk.records import Broken

Form = Literal["csv", "jsonl", "parquet"]

_ENDINGS: Final[dict[str, Form]] = {
    ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
}  # fmt: skip
_GROUP: Final = 1 << 16
"""Rows of a row group of Parquet."""


class Row(msgspec.Struct, frozen=True):
    """One hit of one query; lists are joined by "; ".

    Attributes:
        score: probability, from 0 to 1, that the two are the same party.
        entry: the listed party's id, ``ofac-sdn:12211``.
        name: the one of its names that fits best.
        source: the list.
        programmes: the programmes that it is listed under.
        authority: by what law it is listed.
        measures: which measures of law reach it.
        since: since when it is listed.
        why: what speaks for and against its being the same.
        ruled_out: whether a number for life rules it out; it is then counted and not written.
    """

    score: float
    entry: str
    name: str
    source: str = ""
    programmes: str = ""
    authority: str = ""
    measures: str = ""
    since: str = ""
    why: str = ""
    ruled_out: bool = False


COLUMNS: Final = ("row", "query", *Row.__struct_fields__[:-1])
"""The columns of a table of hits."""
ROW_COLUMNS: Final = ("row", "line", "why")
"""The columns of the tables of broken rows and of warnings."""


class Hit(msgspec.Struct, frozen=True):
    """A hit with the row of the table that it is about.

    Attributes:
        row: the number of the row.
        query: the name that was screened.
        id: the row's own id.
        hit: what was found.
    """

    row: int
    query: str
    id: str
    hit: Row


def form_of(output: Path) -> Form:
    """Return the form of an output by its ending.

    Raises:
        UsageError: the ending is of no form, or Parquet is not installed.
    """
    form = _ENDINGS.get(output.suffix.lower())
    if form is None:
        raise UsageError(f"{output} must end in {', '.join(_ENDINGS)}")
    if form == "parquet":
        pyarrow_parquet()
    return form


def columns_of(ids: bool) -> tuple[str, ...]:
    """Return the columns of a table of hits, with the rows' own ids at the end where asked."""
    return (*COLUMNS, "id") if ids else COLUMNS


def header(form: Form, ids: bool) -> bytes:
    """Return what stands at the head of a table of hits."""
    return csv_lines([columns_of(ids)]) if form == "csv" else b""


def hit_lines(hits: Sequence[Hit], form: Form, ids: bool) -> bytes:
    """Return hits as lines: of CSV, or else of JSON, which Parquet is made of at the end.

    In JSON the id of a row stands only where the row has one.
    """
    if not hits:
        return b""
    rows = [_values(hit, ids) for hit in hits]
    if form == "csv":
        return csv_lines(rows)
    names = columns_of(ids)
    encode = msgspec.json.Encoder().encode
    if ids:
        rows = [row if row[-1] else row[:-1] for row in rows]
    return b"".join(encode(dict(zip(names, row, strict=False))) + b"\n" for row in rows)


def _values(hit: Hit, ids: bool) -> tuple[Any, ...]:
    """The cells of a hit, in the order of the columns."""
    row = hit.hit
    cells = (
        hit.row, hit.query, round(row.score, 4), row.entry, row.name, row.source, row.programmes,
        row.authority, row.measures, row.since, row.why,
    )  # fmt: skip
    return (*cells, hit.id) if ids else cells


def broken_lines(rows: Iterable[Broken]) -> bytes:
    """Return broken rows, or rows with warnings, as lines of CSV."""
    return csv_lines([(item.row, item.line, item.why) for item in rows])


def csv_lines(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return rows as lines of CSV that are safe in a terminal and in a spreadsheet."""
    if not rows:
        return b""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([map(_cell, row) for row in rows])
    return stream.getvalue().encode("utf-8", "replace")


_FORMULA: Final = re.compile(r"[=@+\t]|-[A-Za-z(@=]")


def _cell(value: Any) -> Any:
    """A cell that neither speaks to a terminal nor is a formula to a spreadsheet."""
    if not isinstance(value, str):
        return value
    if not value.isprintable():
        value = "".join(char if char.isprintable() or char in "\n\t" else " " for char in value)
    return f"'{value}" if _FORMULA.match(value) else value


def join_parquet(lines: Path, output: Path, ids: bool) -> None:
    """Make a Parquet file of lines of JSON, in bounded memory.

    Args:
        lines: the hits as JSON lines.
        output: the file to write.
        ids: whether the rows' own ids are in it.
    """
    pyarrow = import_module("pyarrow")

    types: dict[str, Callable[[], Any]] = {"row": pyarrow.int64, "score": pyarrow.float64}
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string)()) for name in columns_of(ids)])
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    with (
        lines.open("rb") as stream,
        pyarrow_parquet().ParquetWriter(output, schema, compression="zstd") as writer,
    ):
        group: list[dict[str, Any]] = []
        for line in stream:
            group.append(decode(line))
            if len(group) == _GROUP:
                writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
                group.clear()
        if group:
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
