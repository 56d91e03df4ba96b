"""The ledger as a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from detente.evidence import ledger
from detente.evidence.files import SUBJECTS
from detente.evidence.ledger import Entry
from detente.evidence.model import Finding
from detente.law.dates import span
from detente.report.page import Column, Page, Section, Table


def added_json(path: Path, entry: Entry) -> dict[str, Any]:
    """Return an entry that was added as ``detente.ledger/1``."""
    return {"schema": "detente.ledger/1", "ledger": str(path), "entries": [entry]}


def log_json(path: Path, known_on: date | None = None) -> dict[str, Any]:
    """Return the entries of a ledger, those recorded by a day where one is given.

    Raises:
        LedgerError: at the first thing that is wrong.
    """
    return {"schema": "detente.ledger/1", "ledger": str(path), "entries": known(path, known_on)}


def known(path: Path, on: date | None) -> list[Entry]:
    """Return the entries that were recorded by a day; all of them where it is None."""
    return [
        entry for entry in ledger.read(path)
        if on is None or span(entry.finding.recorded).end.toordinal() - 1 <= on.toordinal()
    ]  # fmt: skip


def verified_json(path: Path, head: str | None = None) -> dict[str, Any]:
    """Return what a check of a ledger found: its problems, or how many entries and the head."""
    told: dict[str, Any] = {"schema": "detente.ledger/1", "ledger": str(path)}
    problems = ledger.problems(path, head)
    if problems:
        rows = [
            {"file": p.file, "line": p.line, "id": None, "problem": p.problem,
             "suggestion": p.remedy}
            for p in problems
        ]  # fmt: skip
        return told | {"problems": rows}
    checked = ledger.verify(path, head)
    return told | {"problems": [], "entries": checked.entries, "head": checked.head}


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
