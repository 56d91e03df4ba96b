"""An audit as a page: the verdicts in numbers, each with its ground, and every other event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, get_args

from detente.law.regime import Regime
from detente.monitor.results import Audit, AuditEntry, Verdict
from detente.report.page import Column, Line, Page, Section, Table, counted

MEANING: Final[dict[str, str]] = {
    "earned": "its condition asks for conduct, or a report on it, met on the evidence then known",
    "discretionary": "no conduct is asked for: somebody may decide",
    "unearned": "the condition was not met",
    "early": "the condition was met only later",
    "late": "the condition had been met before",
    "lapsed": "time alone ended the measure or the relief",
}
"""Each verdict in words."""


def audit_page(result: Audit, regime: Regime) -> Page:
    """Return the page of an audit."""
    judged = [entry for entry in result.entries if entry.verdict is not None]
    open_ = [entry for entry in result.entries if _undecided(entry)]
    rest = [entry for entry in result.entries if entry.verdict is None and not _undecided(entry)]
    lawless = [entry for entry in rest if entry.path is None and entry.effect in _RELIEF]
    rest = [entry for entry in rest if entry not in lawless]
    counts = Counter(entry.verdict for entry in judged)
    answer = (
        Line("Events", f"{len({entry.event for entry in result.entries})} in the history"),
        *(
            Line(word, f"{counts[word]}: {MEANING[word]}")
            for word in get_args(Verdict)
            if counts[word]
        ),
        *((Line("not known", _not_known(len(open_))),) if open_ else ()),
        *((Line("no path", f"{len(lawless)}: no path is recorded for it"),) if lawless else ()),
    )
    sections = (
        _table("Relief given, and taken back", judged, regime),
        _table("Not judged: what is known does not settle it", open_, regime),
        Section("Grounds", _GROUNDS, lines=tuple(_grounds([*judged, *open_]))),
        Section(
            "Where the record and the law with the evidence differ",
            lines=tuple(f"- {e.date} {e.event}: {e.difference}" for e in result.entries
                        if e.difference),
        ),
        _others("Not judged: no path is recorded for it", lawless),
        _others("Events that gave no relief and took none back", rest),
    )  # fmt: skip
    kept = tuple(item for item in sections if item.lines or (item.table and item.table.rows))
    return Page(f"{regime.name}: what was done, held against the law of its day", answer, kept)


_GROUNDS: Final = (
    "Each on the evidence recorded by its day. Spirit: of the conduct to which the measures are "
    "tied, how many requirements were then met in full, unmet and unknown."
)


_RELIEF: Final = ("eases", "suspends", "ends", "lapses", "reimposes")
"""Effects by which relief is given or taken back."""


def _undecided(entry: AuditEntry) -> bool:
    """Whether a path was used and the evidence does not settle whether rightly."""
    return entry.verdict is None and bool(entry.basis)


def _not_known(count: int) -> str:
    return f"{count}: the evidence then known does not settle it"


def _table(title: str, entries: Iterable[AuditEntry], regime: Regime) -> Section:
    columns = (
        Column("date"), Column("verdict"), Column("it"), Column("of", right=True),
        Column("under", wrap=True), Column("what happened", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (
            entry.date[:10], entry.verdict or "not known", entry.effect or "",
            str(len(entry.measures)), entry.path or "", entry.text,
        )
        for entry in entries
    )  # fmt: skip
    return Section(title, "", Table(columns, rows))


def _grounds(entries: Iterable[AuditEntry]) -> Iterator[str]:
    for entry in entries:
        verdict = entry.verdict or "not known"
        yield f"{entry.date} {entry.event}, {entry.effect} by {entry.path}: {verdict}"
        yield f"  {entry.why} [{entry.citation}; {entry.confidence}]"
        for item in entry.basis[:6]:
            said = f": {item.evidence}" if item.evidence else ""
            yield f"  {item.fact} {item.value} [{item.citation}]{said}"
        if len(entry.basis) > 6:
            yield f"  and {counted(len(entry.basis) - 6, 'more fact')}"
        if entry.spirit is not None and entry.spirit != entry.spirit.__class__(
            met=0, unmet=0, unknown=0
        ):
            spirit = entry.spirit
            yield f"  spirit: {spirit.met} met, {spirit.unmet} unmet, {spirit.unknown} unknown"
        for name, other in entry.beside.items():
            yield f"  as read by {name}: {other}"
        if entry.disputed:
            yield "  disputed"
        if entry.note:
            yield f"  note: {entry.note}"


def _others(title: str, entries: list[AuditEntry]) -> Section:
    columns = (
        Column("date"), Column("it"), Column("of", right=True), Column("what happened", wrap=True),
        Column("citation", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (e.date[:10], e.effect or "-", str(len(e.measures) or "-"), e.text, e.citation)
        for e in entries
    )
    return Section(title, "", Table(columns, rows))
