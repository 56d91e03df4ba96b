"""A row of a table, whatever the format: read, or broken."""

from __future__ import annotations

from typing import Final

import msgspec

SEPARATOR: Final = "\x1f"
"""What stands between the items of a list in one cell."""
MAX_LINE: Final = 1 << 22
"""Bytes of the longest line that is read."""


class Record(msgspec.Struct, frozen=True, array_like=True):
    """One row.

    Attributes:
        row: its number among the rows of data, from 1.
        line: the line of the file on which it begins, from 1; the row's number in Parquet.
        header: the names of the columns, the same object for rows with the same columns.
        cells: a text for each column; empty where there is nothing.
    """

    row: int
    line: int
    header: tuple[str, ...]
    cells: list[str]


class Broken(msgspec.Struct, frozen=True, array_like=True):
    """A row that cannot be read or screened.

    Attributes:
        row: its number among the rows of data, from 1.
        line: the line of the file on which it begins.
        why: what is wrong with it.
    """

    row: int
    line: int
    why: str
