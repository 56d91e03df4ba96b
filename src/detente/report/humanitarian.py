"""The humanitarian side as a page, and as the sections that stand in every page of pressure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.economics import CivilianSide
from detente.law.regime import Regime
from detente.pressure.harm import Harmful, Humanitarian
from detente.pressure.reach import Found
from detente.report.cited import source_sections
from detente.report.page import Column, Line, Page, Section, Table, counted


def humanitarian_page(result: CivilianSide, regime: Regime, *, sources: bool) -> Page:
    """Return the page of the humanitarian side."""
    found = result.humanitarian
    harmful = [item for item in found.levers if item.harm]
    easing = [item for item in found.levers if item.eases]
    answer = (
        Line(
            "Measures",
            f"{found.civilian} of {found.of} in force fall on civilian or mixed dealings",
        ),
        Line("Exemptions", counted(len(found.exemptions), "way") + " to let dealings through"),
        Line("Levers", f"{len(harmful)} may do harm; {_ids(easing)} would take some off"),
    )
    sections = [*humanitarian_sections(found, full=True)]
    if sources:
        sections += source_sections(result.rows_used, result.sources)
    title = f"{regime.name}: the humanitarian side, as of {result.as_of}"
    return Page(title, answer, tuple(sections))


def _ids(levers: Iterable[Harmful]) -> str:
    return ", ".join(item.lever for item in levers) or "none"


def humanitarian_sections(found: Humanitarian, *, full: bool = False) -> Iterator[Section]:
    """Yield the humanitarian side: in short, or with every exemption in a table of its own."""
    lines = [f"- {said(item)}" for item in found.record]
    lines += [
        f"- {item.lever} {item.name}: "
        + (f"harm {item.harm} of 4" if item.harm else "no harm")
        + (f", takes {item.eases} points off others once it works" if item.eases else "")
        for item in found.levers
    ]
    remark = (
        f"{found.civilian} of {counted(found.of, 'measure')} at hand fall on civilian or mixed "
        "dealings"
    )
    if not full:
        ways = sorted(found.exemptions, key=lambda item: -item.measures)[:3]
        lines += [f"- Exempts {item.measures}: {item.title} [{item.citation}], by "
                  f"{item.decided_by}" for item in ways]  # fmt: skip
        more = len(found.exemptions) - len(ways)
        lines += [f"- and {counted(more, 'further way')}: detente pressure humanitarian"] * (
            more > 0
        )
        yield Section("Humanitarian side", remark, lines=tuple(lines))
        return
    yield Section("On record, and what levers would do", remark, lines=tuple(lines))
    columns = (
        Column("exemption", wrap=True), Column("provision", wrap=True), Column("decided by"),
        Column("measures", right=True),
    )  # fmt: skip
    rows = tuple(
        (item.title, item.citation, item.decided_by, str(item.measures))
        for item in found.exemptions
    )
    yield Section("Exemptions, exceptions and licences", table=Table(columns, rows))


def said(item: Found) -> str:
    """Return a finding in a line, with its number and how it is known."""
    value = item.value
    number = ""
    if value is not None:
        ends = f"{value.low:,g}" if value.low == value.high else f"{value.low:,g}-{value.high:,g}"
        number = f": {ends} {item.unit}"
    note = f" {item.note}" if item.note else ""
    return f"{item.text.rstrip('.')}{number}.{note} [{item.row}, {item.evidence}]"
