"""A page: an answer in a few lines, then sections with tables. Renderers know nothing else."""

from __future__ import annotations

from typing import Literal

import msgspec

Tone = Literal["plain", "good", "bad", "warn", "quiet"]


class Line(msgspec.Struct, frozen=True):
    """One line of an answer: a label and what is said."""

    label: str
    text: str
    tone: Tone = "plain"


class Column(msgspec.Struct, frozen=True):
    """A column of a table.

    Attributes:
        name: its head.
        right: whether it is set to the right, as numbers are.
        wrap: whether its cells may take several lines.
    """

    name: str
    right: bool = False
    wrap: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table of text. A cell that starts with a letter's word is coloured by the renderer."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class Section(msgspec.Struct, frozen=True):
    """A part of a page: a title, a remark, a table, and lines below it."""

    title: str
    remark: str = ""
    table: Table | None = None
    lines: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """What a command shows.

    Attributes:
        title: what it is about.
        answer: the answer, a line each.
        sections: what it rests on.
    """

    title: str
    answer: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 measure``, ``2 measures``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def percent(low: float, central: float, high: float) -> str:
    """Return a share as users read it: ``5-64 % (24)``, or ``0`` where nothing is reached."""
    if high == 0:
        return "0"
    return f"{100 * low:.1f}-{100 * high:.1f} % ({100 * central:.1f})"
