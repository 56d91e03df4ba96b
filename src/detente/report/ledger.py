"""The ledger as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.evidence.files import SUBJECTS
from detente.evidence.ledger import Entry
from detente.evidence.model import Finding
from detente.report.page import Column, Page, Section, Table


def log_page(entries: Sequence[Entry], path: str) -> Page:
    """Return the entries as a table, and the corrections that they make."""
    rows = tuple(
        tuple("" if cell is None else str(cell) for cell in row.values())
        for row in rows_of(entries)
    )
    names = ("n", "id", "subject", "says", "verification", "happened", "recorded", "corrects")
    columns = tuple(
        Column(name, right=name == "n", wrap=name in ("id", "subject", "corrects"))
        for name in names
    )
    head = f"head {entries[-1].hash}" if entries else "empty"
    return Page(f"{path}: {len(entries)} {'entry' if len(entries) == 1 else 'entries'}", (), (
        Section("Entries, oldest first", "", Table(columns, rows), (head,)),
    ))  # fmt: skip


def rows_of(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return one flat row for each entry."""
    return [
        {
            "n": entry.n,
            "id": entry.finding.id,
            "subject": _subject(entry.finding),
            "says": entry.finding.extent or ("done" if entry.finding.made else "not done"),
            "verification": entry.finding.verification,
            "happened": entry.finding.happened,
            "recorded": entry.finding.recorded,
            "corrects": entry.finding.corrects,
        }
        for entry in entries
    ]


def _subject(finding: Finding) -> str:
    return next(
        f"{name} {value}" for name in SUBJECTS if (value := getattr(finding, name)) is not None
    )
