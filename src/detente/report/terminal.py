"""A page on a terminal: 100 columns, colour only where there is a terminal to show it."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from typing import Final

from detente.report.page import Column, Page, Section, Table

Paint = Callable[[str, str], str]
"""Takes a text and a style, and returns the text in that style."""

WIDTH: Final = 100
NARROW: Final = 40
"""Columns at least: in fewer no table can be read."""
GAP: Final = 2
"""Columns of space between the columns of a table."""

_BOLD, _DIM, _CYAN = "1", "2", "36"
_GREEN, _YELLOW, _RED, _MAGENTA = "32", "33", "31", "35"
_TONES: Final = {"plain": "", "good": _GREEN, "bad": _RED, "warn": _YELLOW, "quiet": _DIM}
_WORDS: Final = {
    "open": _GREEN, "met": _GREEN, "barred": _RED, "unmet": _RED, "discretionary": _YELLOW,
    "unknown": _MAGENTA, "undetermined": _MAGENTA, "ended": _DIM,
}  # fmt: skip


def to_terminal(page: Page) -> None:
    """Print ``page`` on standard output."""
    terminal = sys.stdout.isatty()
    width = _width() if terminal else WIDTH
    sys.stdout.write("\n".join(_lines(page, width, colour=terminal)) + "\n")
    sys.stdout.flush()


def _width() -> int:
    """The columns of the terminal; some do not know how many they have and say 0."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        columns = 0
    return min(WIDTH, max(columns, NARROW)) if columns else WIDTH


def plain(page: Page) -> str:
    """Return ``page`` as plain text of 100 columns."""
    return "\n".join(_lines(page, WIDTH, colour=False)) + "\n"


def _lines(page: Page, width: int, *, colour: bool) -> Iterator[str]:
    def paint(text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if colour and style and text.strip() else text

    yield from (paint(line, _BOLD) for line in _wrap(page.title, width))
    label = max((len(line.label) for line in page.answer), default=0) + GAP
    for line in page.answer:
        first, *rest = textwrap.wrap(_clean(line.text), width - label) or [""]
        yield (
            paint(_clean(line.label).ljust(label), _CYAN) + paint(first, _TONES[line.tone])
        ).rstrip()
        yield from (paint(" " * label + part, _TONES[line.tone]) for part in rest)
    for section in page.sections:
        yield ""
        yield from (paint(line, _BOLD) for line in _wrap(section.title, width))
        yield from _section(section, width, paint)


def _section(section: Section, width: int, paint: Paint) -> Iterator[str]:
    if section.remark:
        yield from (paint(line, _DIM) for line in _wrap(section.remark, width))
    if section.table is not None:
        yield from _table(section.table, width, paint)
    for line in section.lines:
        yield from _wrap(line, width)


def _wrap(line: str, width: int) -> list[str]:
    """Break a line where it is too long and continue it under its own text."""
    text = _clean(line)
    if len(text) <= width:
        return [text]
    indent = " " * (len(text) - len(text.lstrip(" >+-?[")))
    return textwrap.wrap(
        text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


def _table(table: Table, width: int, paint: Paint) -> Iterator[str]:
    widths = _widths(table, width)
    yield paint(_row([column.name for column in table.columns], table.columns, widths), _DIM)
    for cells in table.rows:
        columns = zip(cells, table.columns, widths, strict=True)
        parts = [_cell(cell, column, size) for cell, column, size in columns]
        for number in range(max(map(len, parts))):
            line = ""
            for part, cell, column, size in zip(parts, cells, table.columns, widths, strict=True):
                text = part[number] if number < len(part) else ""
                line += paint(_fit(text, column, size), _WORDS.get(cell, "")) + " " * GAP
            yield line.rstrip()


def _widths(table: Table, width: int) -> list[int]:
    """Give each column what it needs; where that is too much, those that wrap share what is left.

    A narrow column keeps its need, and the others get an equal share of the rest.
    """
    need = [
        max(_span(column.name), *(_span(row[i]) for row in table.rows), 1)
        if table.rows
        else _span(column.name)
        for i, column in enumerate(table.columns)
    ]
    room = width - GAP * (len(need) - 1)
    flexible = [i for i, column in enumerate(table.columns) if column.wrap]
    left = room - sum(size for i, size in enumerate(need) if i not in flexible)
    for place, i in enumerate(sorted(flexible, key=lambda i: need[i])):
        need[i] = min(need[i], max(8, left // (len(flexible) - place)))
        left -= need[i]
    return need


def _cell(cell: str, column: Column, size: int) -> list[str]:
    text = _clean(cell)
    if _span(text) <= size or not column.wrap:
        return [text]
    hyphens = any(len(word) > size for word in text.split())  # an id is kept whole where it fits
    return textwrap.wrap(text, size, break_on_hyphens=hyphens) or [""]


def _row(cells: list[str], columns: tuple[Column, ...], widths: list[int]) -> str:
    parts = (_fit(c, column, size) for c, column, size in zip(cells, columns, widths, strict=True))
    return (" " * GAP).join(parts).rstrip()


def _fit(text: str, column: Column, size: int) -> str:
    space = " " * max(0, size - _span(text))
    return space + text if column.right else text + space


def _span(text: str) -> int:
    """How many columns a text takes: Han, Hangul and the like take two a character."""
    if text.isascii():
        return len(text)
    import unicodedata  # most pages need none of it

    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) != 0 for char in text)


def _clean(text: str) -> str:
    """Keep control characters, which data may hold, from reaching a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)
