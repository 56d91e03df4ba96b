"""A regime as a page: what it holds, and where its measures stand on a day."""

from __future__ import annotations

from typing import Any

from detente.relief.picture import Picture, Standing
from detente.report.page import Column, Line, Page, Section, Table, counted


def regime_page(summary: dict[str, Any], picture: Picture) -> Page:
    """Return the summary of a regime, and its picture on a day, as a page."""
    answer = tuple(
        Line(label, str(summary[key] or "none"))
        for label, key in (("Target", "target"), ("Summary", "summary"),
                           ("Reference date", "reference_date"), ("Known until", "known_until"),
                           ("Edition", "edition"), ("Offers", "offers"), ("Readings", "readings"))
        if summary[key] or key == "offers"
    )  # fmt: skip
    counts = tuple((name, str(count)) for name, count in summary["counts"].items())
    sections = (
        Section("Rows", "", Table((Column("table"), Column("rows", right=True)), counts)),
        _day(picture),
        _relief(picture),
        Section("Issue areas", lines=tuple(f"- {a}" for a in summary["areas"])),
    )
    return Page(
        summary["name"], answer, tuple(item for item in sections if item.table or item.lines)
    )


def _day(picture: Picture) -> Section:
    columns = (
        Column("whose law"),
        *(Column(name, right=True) for name in ("in force", "eased", "in part", "suspended",
                                                "ended", "unknown", "unused")),
    )  # fmt: skip
    rows = tuple(
        (
            line.issuer, str(line.in_force), str(line.eased), str(line.eased_in_part),
            str(line.suspended), str(line.ended), str(line.unknown), str(line.unused),
        )
        for line in picture.issuers
    )  # fmt: skip
    letters = ", ".join(f"{count} {word}" for word, count in sorted(picture.letters.items()))
    return Section(
        f"On {picture.as_of}",
        "Eased: relief for the whole measure runs; in part: for persons or kinds of dealing.",
        Table(columns, rows),
        (f"{counted(picture.in_force, 'measure')} in force: {letters or 'none'}",),
    )


def _relief(picture: Picture) -> Section:
    """The relief that runs, measures with the same relief together."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for row in picture.measures:
        for item in row.eased:
            reach = "" if item.scope == "measure" else f" (for one {item.scope})"
            until = str(item.lapses) if item.lapses else "no day set"
            key = (item.path, f"{item.kind}{reach}", until)
            groups.setdefault(key, []).append(row.measure)
        if row.state == "suspended":
            groups.setdefault((_last(row), "suspension", "see why"), []).append(row.measure)
    columns = (
        Column("relief under"), Column("kind", wrap=True), Column("lapses"),
        Column("of", right=True), Column("measures", wrap=True),
    )  # fmt: skip
    rows = tuple((*key, str(len(ids)), ", ".join(ids)) for key, ids in groups.items())
    lasts = {
        f"{item.path} lasts, as its row says: {item.duration}": None
        for row in picture.measures
        for item in row.eased
        if item.lapses is None and item.duration
    }
    return Section("Relief that runs", "", Table(columns, rows) if rows else None, tuple(lasts))


def _last(row: Standing) -> str:
    return row.why.rsplit(" ", 1)[-1]
