"""A page as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from detente.report.page import Page, Table


def markdown(page: Page) -> str:
    """Return ``page`` as Markdown with pipe tables."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# {page.title}"
    yield ""
    for line in page.answer:
        yield f"- **{line.label}**: {_text(line.text)}"
    for section in page.sections:
        yield ""
        yield f"## {section.title}"
        if section.remark:
            yield ""
            yield _text(section.remark)
        if section.table is not None:
            yield ""
            yield from _table(section.table)
        if section.lines:
            yield ""
            yield from (f"- {_text(line.strip())}" for line in section.lines)


def _table(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(column.name for column in table.columns) + " |"
    yield "|" + "|".join(" ---: " if column.right else " --- " for column in table.columns) + "|"
    for row in table.rows:
        yield "| " + " | ".join(_text(cell).replace("|", "\\|") for cell in row) + " |"


def _text(text: str) -> str:
    """Keep what data say from being read as markup."""
    return text.replace("\n", " ").replace("<", "&lt;").replace("*", "\\*")
