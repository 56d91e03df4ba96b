"""The state of enforcement as a page."""

from __future__ import annotations

from collections.abc import Iterator

from detente.law.regime import Regime
from detente.monitor.enforcement import Enforcement
from detente.report.cited import source_sections
from detente.report.humanitarian import humanitarian_sections, said
from detente.report.page import Column, Line, Page, Section, Table, counted

NO_LISTS = "no list is held; import one with detente lists update, or name the store with --store"


def enforcement_page(result: Enforcement, regime: Regime, *, sources: bool) -> Page:
    """Return the page of the state of enforcement; ``sources`` adds where each count comes from."""
    title = f"{regime.name}: the state of enforcement, law as of {result.as_of}"
    sections = [*_sections(result, sources=sources), *humanitarian_sections(result.humanitarian)]
    if sources:
        sections += source_sections(result.rows_used, result.sources)
    return Page(title, tuple(_answer(result)), tuple(sections))


def _answer(result: Enforcement) -> Iterator[Line]:
    yield Line(
        "Law", counted(len(result.authorities), "measure") + " in force under which parties can "
        "be listed",
    )  # fmt: skip
    if not result.lists:
        yield Line("Lists", NO_LISTS, "warn")
        return
    yield Line(
        "Unused",
        f"{len(result.unused)} of the {len(result.authorities) - len(result.untold)} that a list "
        "would show: " + (", ".join(result.unused) or "none"),
        "warn" if result.unused else "plain",
    )
    yield Line("Untold", f"{len(result.untold)} of which no list that is held tells anything")
    for event in result.pace:
        yield Line("Pace", f"{event.source}: {event.text}", "bad" if event.alarm else "plain")


def _sections(result: Enforcement, *, sources: bool) -> Iterator[Section]:
    if result.lists:
        heads = (
            Column("list"), Column("edition"), Column("entries", right=True),
            Column("kinds", wrap=True), Column("networks", right=True),
            Column("largest", right=True),
        )  # fmt: skip
        shown = tuple(
            (
                item.source, item.edition or "none", _number(item.entries),
                ", ".join(f"{count} {kind}" for kind, count in item.kinds.items()),
                _number(item.networks), _number(item.largest),
            )
            for item in result.lists
        )  # fmt: skip
        remark = "a network: entries that name each other"
        yield Section("What stands on the lists", remark, Table(heads, shown))
    columns = (
        Column("measure"), Column("citation", wrap=True), Column("entries", right=True),
        Column("levers"), *([Column("list by list", wrap=True)] if sources else []),
    )  # fmt: skip
    rows = tuple(
        (
            item.measure, item.citation, _number(item.entries), ", ".join(item.levers),
            *(["; ".join(f"{k} {_number(v)}" for k, v in item.counts.items())] if sources else []),
        )
        for item in result.authorities
    )  # fmt: skip
    remark = "entries that rest on each, whole lists counted; unknown where no list tells"
    yield Section("Law for listing parties", remark, Table(columns, rows))
    if result.record:
        yield Section("On record", lines=tuple(f"- {said(item)}" for item in result.record))


def _number(value: int | None) -> str:
    return "unknown" if value is None else str(value)
