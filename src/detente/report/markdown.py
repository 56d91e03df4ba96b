"""A page as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.report.page import Page, Table

_MARKUP = re.compile(r"[\\`*\[\]|]")


def markdown(page: Page) -> str:
    """Return ``page`` as Markdown with pipe tables."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# {_text(page.title)}"
    yield ""
    label = ""
    for line in page.answer:
        label = line.label or label  # a second line of the same
        yield f"- **{label}**: {_text(line.text)}"
    for section in page.sections:
        yield ""
        yield f"## {_text(section.title)}"
        if section.remark:
            yield ""
            yield _text(section.remark)
        if section.table is not None:
            yield ""
            yield from _table(section.table)
        if section.lines:
            yield ""
            yield from (f"{_indent(line)}- {_text(_item(line))}" for line in section.lines)


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" ")))


def _item(line: str) -> str:
    return line.strip().removeprefix("- ")


def _table(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(column.name for column in table.columns) + " |"
    yield "|" + "|".join(" ---: " if column.right else " --- " for column in table.columns) + "|"
    for row in table.rows:
        yield "| " + " | ".join(_text(cell) for cell in row) + " |"


def _text(text: str) -> str:
    """Keep what data say from being read as markup, and control characters out."""
    safe = "".join(char if char.isprintable() else " " for char in text)
    return _MARKUP.sub(r"\\\g<0>", safe).replace("<", "&lt;")
