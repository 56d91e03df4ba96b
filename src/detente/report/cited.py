"""Rows and sources behind the numbers of a page, as its last sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from detente.law.model import Source
from detente.pressure.cited import RowUsed
from detente.report.page import Column, Section, Table


def source_sections(rows: Iterable[RowUsed], sources: Mapping[str, Source]) -> Iterator[Section]:
    """Yield the rows that numbers rest on, and what these cite."""
    columns = (
        Column("row", wrap=True), Column("says", wrap=True), Column("value", wrap=True),
        Column("known"), Column("sources", wrap=True), Column("stands in"),
    )  # fmt: skip
    cells = tuple(
        (row.row, row.text, row.value, row.evidence, ", ".join(row.sources), row.where)
        for row in rows
    )
    yield Section(
        "Every number and its row", "analyst: a judgement of the authors", Table(columns, cells)
    )
    lines = tuple(
        f"- {source.id}: {source.title}" + (f" <{source.url}>" if source.url else "")
        for source in sources.values()
    )
    yield Section("Sources", lines=lines)
