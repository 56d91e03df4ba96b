"""The calendar of a regime: what lapses, refills, falls due, opens or closes, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import msgspec

from detente.evidence.facts import Scope, facts_of
from detente.evidence.load import Evidence
from detente.law.conditions import After, walk
from detente.law.dates import add_term, span, take_term
from detente.law.model import Due, Emergency, Measure
from detente.law.regime import Regime
from detente.law.ways import Gate, Reimposition, ReliefPath
from detente.relief.frames import Framed
from detente.relief.lower import Lowering
from detente.relief.terms import terms


class Entry(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One date.

    Attributes:
        date: the day; of a lapse, the first day on which the thing no longer runs.
        what: ``lapses``, ``refills``, ``due``, ``opens``, ``closes``, ``begins`` or ``ends``.
        id: the row it is about.
        text: what happens.
        citation: the provision.
        confidence: how the row is known.
    """

    date: date
    what: str
    id: str
    text: str
    citation: str
    confidence: str


class Calendar(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """What ``detente calendar`` answers (``detente.calendar/1``)."""

    regime: str
    since: date
    until: date
    entries: tuple[Entry, ...]
    schema: str = "detente.calendar/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each date."""
        return [msgspec.to_builtins(entry) for entry in self.entries]


def calendar(regime: Regime, evidence: Evidence, since: date, until: date) -> Calendar:
    """Return every date from ``since`` to ``until``, both included, oldest first.

    Args:
        regime: the regime.
        evidence: decisions on record; relief that runs for a term lapses.
        since: first day.
        until: last day.
    """
    found = [
        *(entry for measure in regime.measures.values() for entry in _measure(regime, measure)),
        *(entry for row in regime.instruments.values()
          for entry in _schedule(row.id, row.schedule, row.confidence, until)),
        *(entry for measure in regime.measures.values()
          for entry in _schedule(measure.id, measure.schedule, measure.confidence, until)),
        *(entry for item in regime.emergencies.values() for entry in _emergency(item, until)),
        *(entry for path in regime.paths.values() for entry in _path(path)),
        *_running(regime, evidence, until),
        *_clocks(regime, evidence, until),
    ]  # fmt: skip
    kept = sorted({entry for entry in found if since <= entry.date <= until})
    return Calendar(regime=regime.id, since=since, until=until, entries=tuple(kept))


def _measure(regime: Regime, row: Measure) -> Iterator[Entry]:
    def entry(day: date, what: str, text: str, confidence: str = row.confidence) -> Entry:
        return Entry(date=day, what=what, id=row.id, text=text,
                     citation=regime.citation_of(row.id), confidence=confidence)  # fmt: skip

    yield entry(row.effective, "begins", f"takes effect: {row.restricts}")
    if row.ended is not None:
        yield entry(row.ended.on, "ends", f"ended by {row.ended.by}", row.ended.confidence)
    successor = regime.measures.get(row.superseded_by or "")
    if successor is not None:
        yield entry(successor.effective, "ends", f"superseded by {successor.id}")
    for number, term in enumerate(row.terms):
        after = row.terms[number + 1] if number + 1 < len(row.terms) else None
        if after is not None and after.since == term.until:
            text = f"{term.under} runs out; renewed: {after.under}"
        elif after is not None:
            text = f"{term.under} runs out; binds again from {after.since}: {after.under}"
        else:
            text = f"{term.under} runs out; no renewal on record"
        yield entry(term.until, "lapses", text, term.confidence)


def _schedule(id_: str, schedule: Iterable[Due], confidence: str, until: date) -> Iterator[Entry]:
    for due in schedule:
        for day in _days(due, until):
            yield Entry(date=day, what=due.what, id=id_, text=due.text, citation=due.citation,
                        confidence=confidence)  # fmt: skip


def _days(due: Due, until: date) -> Iterator[date]:
    if due.on is not None:
        yield due.on
        return
    first = due.since or date(until.year, 1, 1)
    for year in range(first.year, until.year + 1):
        day = span(f"{year}-{due.month_day}").start
        if day >= first and (due.until is None or day < due.until):
            yield day


def _emergency(row: Emergency, until: date) -> Iterator[Entry]:
    orders = ", ".join(row.instruments)
    day = add_term(row.declared, "1 year")
    while day <= until:
        on_record = day < row.continued_through
        text = f"{row.text.rstrip('.')} lapses unless continued ({orders})"
        text += "; a continuation is on record" if on_record else "; no continuation on record"
        yield Entry(date=day, what="lapses", id=row.id, text=text, citation=row.citation,
                    confidence=row.confidence)  # fmt: skip
        count, unit = row.notice.split(" ", 1)
        opens = day - timedelta(days=int(count)) if unit.startswith("day") else day
        yield Entry(date=opens, what="due", id=row.id,
                    text=f"from now a continuation can be published, until {day}",
                    citation=row.citation, confidence=row.confidence)  # fmt: skip
        day = add_term(day, "1 year")


def _path(path: ReliefPath) -> Iterator[Entry]:
    if path.available and path.available.since:
        yield _of(path, path.available.since, "opens", f"{path.title}: {path.available.why}")
    if path.available and path.available.until:
        yield _of(path, path.available.until, "closes", f"{path.title}: {path.available.why}")
    for node in walk(path.condition):
        if isinstance(node, After) and node.date is not None:
            yield _of(
                path, node.date, "lapses", f"{path.title}: the period that it waits for has run"
            )


def _running(regime: Regime, evidence: Evidence, until: date) -> Iterator[Entry]:
    facts = facts_of(regime, evidence, until)
    for path in regime.paths.values():
        for run in terms(path, facts):
            text = f"{path.title}: relief lapses ({'renewed' if run.renewed else 'first'} term)"
            yield _of(path, run.lapses, "lapses", text)
            yield from _window(path, run.lapses)


def _window(path: ReliefPath, lapses: date) -> Iterator[Entry]:
    """When relief that runs can be renewed, where the law sets a window."""
    window = path.renewal.window if path.renewal else None
    if window is not None and window.opens is not None:
        day = take_term(lapses, window.opens)
        yield _of(path, day, "due", f"{path.title}: from now it can be renewed")
    if window is not None and window.closes is not None:
        day = take_term(lapses, window.closes)
        yield _of(path, day, "due", f"{path.title}: the last day on which it can be renewed")


def _clocks(regime: Regime, evidence: Evidence, until: date) -> Iterator[Entry]:
    """The clocks that findings have started: of paths, re-impositions and gates."""
    view = regime.as_of(until)
    facts = facts_of(regime, evidence, until)
    rows: list[ReliefPath | Reimposition | Gate] = [
        *regime.reimpositions.values(), *regime.gates.values(), *regime.paths.values()
    ]  # fmt: skip
    told: set[str] = set()  # a path that waits for a re-imposition has no clock of its own
    for row in rows:
        lowering = Lowering(facts, Scope(row.id), view)
        lowering.lower(row.condition)
        for atom in lowering.atoms.values():
            own = atom.key not in told or not isinstance(row, ReliefPath)
            if atom.due is not None and own and not atom.key.startswith("after:"):
                if not isinstance(row, ReliefPath):
                    told.add(atom.key)
                yield _of(row, atom.due, "due", f"{row.title}: {atom.text}")


def _of(row: ReliefPath | Reimposition | Gate, day: date, what: str, text: str) -> Entry:
    return Entry(date=day, what=what, id=row.id, text=text, citation=row.citation,
                 confidence=row.confidence)  # fmt: skip
