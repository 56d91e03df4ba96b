"""Says who: the rows that a page names, each with its citation, how it is known, its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from detente.law.model import Source
from detente.law.regime import Regime
from detente.report.page import Column, Page, Section, Table

_TABLES: Final = (
    "measures", "paths", "requirements", "instruments", "components", "events", "history",
    "reimpositions", "gates", "emergencies", "developments", "precedents",
)  # fmt: skip
"""Tables of a regime whose rows a page may name; an id found in an earlier one is its row."""

_SAYS: Final = ("restricts", "text", "title", "name", "end_state")
_WORD: Final = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+")
"""An id of several words, wherever it stands in a text."""

_LISTED: Final = re.compile(r", | \+ | or |; |@")
"""What parts the ids of a cell; an id of one word counts only where it stands alone."""


class NamedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that a page names.

    Attributes:
        id: its id.
        says: what it says.
        citation: the provision; empty where a row cites sources only.
        known: how it is known; ``?`` where a paragraph is unsure.
        sources: ids of what it cites.
        regime: id of its regime.
    """

    id: str
    says: str
    citation: str
    known: str
    sources: tuple[str, ...]
    regime: str


def named_rows(page: Page, regimes: Sequence[Regime]) -> tuple[NamedRow, ...]:
    """Return the rows of ``regimes`` that a page names, in the order in which it does."""
    found: dict[str, NamedRow] = {}
    for id_ in dict.fromkeys(_ids(page)):
        for regime in regimes:
            row = _row(regime, id_)
            if row is not None:
                found.setdefault(id_, row)
    return tuple(found.values())


def row_sections(rows: Sequence[NamedRow], regimes: Sequence[Regime]) -> Iterator[Section]:
    """Yield the rows that a page names as a table, and their sources as a list."""
    if not rows:
        return
    columns = (
        Column("row", wrap=True), Column("says", wrap=True), Column("citation", wrap=True),
        Column("known", wrap=True), Column("sources", wrap=True),
    )  # fmt: skip
    cells = tuple(
        (row.id, row.says, row.citation or "see its sources", row.known, ", ".join(row.sources))
        for row in rows
    )
    yield Section(
        "Says who: every row that this report names",
        "Known: read in the text, on a page about it (verified-secondary), recalled "
        "(from-knowledge), or an analyst's; ? the number of the paragraph is unsure.",
        Table(columns, cells),
    )
    lines = tuple(_source(source) for source in _sources(rows, regimes))
    if lines:
        yield Section("Sources", lines=lines)


def _ids(page: Page) -> Iterator[str]:
    for text in _texts(page):
        yield from _LISTED.split(text)
        yield from _WORD.findall(text)


def _texts(page: Page) -> Iterator[str]:
    yield from (line.text for line in page.answer)
    for section in page.sections:
        yield section.title
        for row in section.table.rows if section.table else ():
            yield from row
        yield from section.lines


def _row(regime: Regime, id_: str) -> NamedRow | None:
    for table in _TABLES:
        row = getattr(regime, table).get(id_)
        if row is None:
            continue
        says = next((str(getattr(row, name)) for name in _SAYS if getattr(row, name, None)), "")
        cited = regime.citation_of(id_) if table == "measures" else getattr(row, "citation", None)
        unsure = "?" if getattr(row, "pin", "sure") == "unsure" else ""
        return NamedRow(
            id=id_,
            says=says,
            citation=str(cited or ""),
            known=f"{getattr(row, 'confidence', None) or 'as declared'}{unsure}",
            sources=tuple(getattr(row, "sources", ())),
            regime=regime.id,
        )
    return None


def _sources(rows: Iterable[NamedRow], regimes: Sequence[Regime]) -> Iterator[Source]:
    tables = {regime.id: regime.sources for regime in regimes}
    cited = dict.fromkeys((row.regime, id_) for row in rows for id_ in row.sources)
    yield from (tables[regime][id_] for regime, id_ in cited if id_ in tables[regime])


def _source(source: Source) -> str:
    where = f" <{source.url}>" if source.url else ""
    return f"- {source.id}: {source.title}{where}"
