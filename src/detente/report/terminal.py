"""A page on a terminal: 100 columns, colour only where there is a terminal to show it."""

from __future__ import annotations

import io
import sys
import textwrap
from typing import Final

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from detente.report.page import Page, Section, Table, Tone

WIDTH: Final = 100
_TONES: Final[dict[Tone, str]] = {
    "plain": "", "good": "green", "bad": "bold red", "warn": "yellow", "quiet": "dim",
}  # fmt: skip
_WORDS: Final = {
    "open": "green", "met": "green", "accept": "green",
    "barred": "red", "unmet": "red", "walk-away": "bold red",
    "discretionary": "yellow", "counter": "yellow", "unknown": "magenta",
    "undetermined": "magenta", "ended": "dim",
}  # fmt: skip


def to_terminal(page: Page) -> None:
    """Print ``page`` on standard output."""
    terminal = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if terminal else WIDTH, highlight=False)
    if console.width > WIDTH:
        console.width = WIDTH
    _print(page, console)


def plain(page: Page) -> str:
    """Return ``page`` as plain text of 100 columns."""
    stream = io.StringIO()
    _print(page, Console(file=stream, width=WIDTH, highlight=False, no_color=True))
    return stream.getvalue()


def _print(page: Page, console: Console) -> None:
    console.print(Text(page.title, style="bold"))
    width = max((len(line.label) for line in page.answer), default=0)
    for line in page.answer:
        head = Text(line.label.ljust(width + 2), style="cyan")
        body = Text(line.text, style=_TONES[line.tone])
        console.print(head + body, soft_wrap=True)
    for section in page.sections:
        _section(section, console)


def _section(section: Section, console: Console) -> None:
    console.print()
    console.print(Text(section.title, style="bold"))
    if section.remark:
        _wrapped(section.remark, console, style="dim")
    if section.table is not None:
        console.print(_table(section.table))
    for line in section.lines:
        _wrapped(line, console)


def _wrapped(line: str, console: Console, style: str = "") -> None:
    """Print a line, continued under itself where it is too long."""
    indent = " " * (len(line) - len(line.lstrip(" >+-?[")))
    for part in textwrap.wrap(
        line, console.width, subsequent_indent=indent, break_on_hyphens=False
    ) or [""]:
        console.print(Text(part, style=style), soft_wrap=True)


def _table(table: Table) -> RichTable:
    result = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in table.columns:
        result.add_column(
            column.name,
            justify="right" if column.right else "left",
            no_wrap=not column.wrap,
            overflow="fold" if column.wrap else "ellipsis",
        )
    for row in table.rows:
        result.add_row(*(Text(cell, style=_WORDS.get(cell.split(" ")[0], "")) for cell in row))
    return result
