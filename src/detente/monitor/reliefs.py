"""Relief that was given, held against its condition: the history's, and acts of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from detente.evidence.model import Finding
from detente.law.dates import span
from detente.monitor.bench import Bench
from detente.monitor.delistings import earned_of
from detente.monitor.results import Audit
from detente.monitor.verdicts import Found, Judged, judge
from detente.monitor.watch_results import Event

_EASING: Final = ("ends", "suspends", "waives", "licenses", "eases")
_WORDS: Final = {
    "ends": "ended", "suspends": "suspended", "waives": "waived", "licenses": "licensed",
    "eases": "eased",
}  # fmt: skip
_BEFORE: Final = timedelta(days=7)
_BEHIND: Final = timedelta(days=180)
"""How long before or after an act of the ledger the history may tell of it, or of its effect."""


def reliefs(bench: Bench, judged: Audit, since: date | None, until: date | None) -> Iterator[Event]:
    """Yield every grant of relief, with whether its condition was met.

    Args:
        bench: the regime and its evidence.
        judged: the audit of the regime's history.
        since: only grants that worked on that day or later.
        until: only grants that worked by that day.
    """
    returns = {entry.event for entry in judged.entries if entry.effect == "reimposes"}
    for entry in judged.entries:
        # what ends because older measures come back is not eased
        if entry.effect not in _EASING or not entry.measures or entry.event in returns:
            continue
        if _within(entry.effective, since, until):
            yield Event(
                event="relief",
                regime=bench.regime.id,
                date=entry.date,
                subjects=entry.measures,
                text=f"{measures(len(entry.measures))} {_WORDS[entry.effect]}: {entry.text}",
                ground=f"{entry.verdict or 'no verdict'}: {entry.why}",
                earned=earned_of(entry.verdict),
                alarm=_alarms(entry.verdict, entry.path),
                citation=entry.citation,
            )
    for finding in bench.evidence.findings:
        if finding.act is not None and finding.made and not finding.parties:
            day = finding.effective or span(finding.happened).start
            if _within(day, since, until) and not _told(judged, finding.act, day):
                yield from _act(bench, finding, day)


def measures(number: int) -> str:
    """Return a number of measures in words."""
    return "1 measure" if number == 1 else f"{number} measures"


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or day >= since) and (until is None or day <= until)


def _alarms(verdict: str | None, path: str | None) -> bool:
    """Whether relief was given without its condition, or may have been."""
    return verdict in ("unearned", "early") or (verdict is None and path is not None)


def _told(judged: Audit, path: str, day: date) -> bool:
    """Whether the history tells of the act, perhaps on a later day from which it worked."""
    return any(
        entry.path == path and day - _BEFORE <= entry.effective <= day + _BEHIND
        for entry in judged.entries
    )


def _act(bench: Bench, finding: Finding, day: date) -> Iterator[Event]:
    path = bench.regime.paths[str(finding.act)]
    groups: dict[Judged, list[str]] = {}
    for measure in finding.measures or path.applies_to:
        found = Found(path, measure, day, bench.known, bench.after, bench.days())
        groups.setdefault(judge(found), []).append(measure)
    for verdict, eased in groups.items():
        yield Event(
            event="relief",
            regime=bench.regime.id,
            date=finding.happened,
            subjects=tuple(eased),
            text=f"{path.title}: {finding.statement or 'an act on the ledger'} ({finding.id})",
            ground=f"{verdict.verdict or 'no verdict'}: {verdict.why}",
            earned=earned_of(verdict.verdict),
            alarm=_alarms(verdict.verdict, path.id),
            citation=verdict.citation or path.citation,
        )
