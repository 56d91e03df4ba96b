"""Pages of the commands that look things up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.relief.calendar import Calendar
from detente.relief.compare import Comparison
from detente.report.page import Column, Line, Page, Section, Table, counted


def comparison_page(result: Comparison) -> Page:
    """Return the page of a comparison."""
    columns = (
        Column("what"), Column("id", wrap=True), Column(result.a, wrap=True),
        Column(result.b, wrap=True),
    )  # fmt: skip
    rows = tuple((c.what, c.id, c.a or "-", c.b or "-") for c in result.changes)
    title = f"{result.regime}: {result.kind} compared, {counted(len(rows), 'difference')}"
    return Page(title, (), (Section("What differs", "", Table(columns, rows)),))


def calendar_page(result: Calendar) -> Page:
    """Return the page of a calendar."""
    columns = (
        Column("date"), Column("what"), Column("row", wrap=True), Column("text", wrap=True),
        Column("citation", wrap=True),
    )  # fmt: skip
    rows = tuple((str(e.date), e.what, e.id, e.text, e.citation) for e in result.entries)
    title = f"{result.regime}: {counted(len(rows), 'date')} from {result.since} to {result.until}"
    remark = "A date of lapse is the first day on which the thing no longer runs."
    return Page(title, (), (Section("Calendar", remark, Table(columns, rows)),))


def measures_page(rows: Sequence[dict[str, Any]]) -> Page:
    """Return a list of measures as a page; those of a day show letter and relief."""
    on_a_day = any("letter" in row for row in rows)
    table = _standing_table(rows) if on_a_day else _measures_table(rows)
    return Page(counted(len(rows), "measure"), (), (Section("Measures", "", table),))


def _measures_table(rows: Sequence[dict[str, Any]]) -> Table:
    columns = (
        Column("measure"), Column("citation", wrap=True), Column("restricts", wrap=True),
        Column("from"),
    )  # fmt: skip
    cells = tuple((r["measure"], r["citation"], r["restricts"], r["effective"]) for r in rows)
    return Table(columns, cells)


def _standing_table(rows: Sequence[dict[str, Any]]) -> Table:
    columns = (
        Column("measure"), Column("restricts", wrap=True), Column("letter"),
        Column("relief that runs", wrap=True),
    )  # fmt: skip
    cells = tuple(
        (
            row["measure"],
            row["restricts"],
            row["letter"],
            row["relief"] + (f" until {row['lapses']}" if row["lapses"] else ""),
        )
        for row in rows
    )
    return Table(columns, cells)


def cite_page(row: dict[str, Any]) -> Page:
    """Return one row as a page."""
    answer = [Line("Says", row["text"])]
    for label, key in (("Citation", "citation"), ("Known", "confidence"), ("Paragraph", "pin"),
                       ("Note", "note"), ("Stands in", "where")):  # fmt: skip
        if row[key]:
            answer.append(Line(label, str(row[key])))
    sources = tuple(
        f"- {source.get('id', '')} {source['title']} {source.get('url') or ''}".strip()
        for source in row["sources"]
    )
    shown = {"id", "sources", "note", "confidence", "pin", "citation"}
    fields = tuple(
        f"{key}: {_value(value)}" for key, value in row["row"].items() if key not in shown
    )
    sections = (Section("Sources", lines=sources), Section("The whole row", lines=fields))
    return Page(f"{row['id']} ({row['table']})", tuple(answer), sections)


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_value, value))
    if isinstance(value, dict):
        return "; ".join(f"{key} {_value(item)}" for key, item in value.items())
    return str(value)
