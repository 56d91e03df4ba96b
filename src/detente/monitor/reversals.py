"""What was undone: requirements met no more, by the target; relief taken back, by others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from detente.evidence.facts import facts_of
from detente.evidence.histories import FactState
from detente.law.conditions import Fact
from detente.law.dates import span
from detente.law.vocabulary import Truth
from detente.monitor.bench import Bench
from detente.monitor.delistings import earned_of
from detente.monitor.reliefs import measures
from detente.monitor.results import Audit
from detente.monitor.watch_results import Event


def taken_back(
    bench: Bench, judged: Audit, since: date | None, until: date | None
) -> Iterator[Event]:
    """Yield every re-imposition of measures in the history, with its verdict.

    Args:
        bench: the regime and its evidence.
        judged: the audit of the regime's history.
        since: only what worked on that day or later.
        until: only what worked by that day.
    """
    for entry in judged.entries:
        day = entry.effective
        told = (since is None or day >= since) and (until is None or day <= until)
        if entry.effect == "reimposes" and told:
            beside = "".join(f"; {name}: {text}" for name, text in entry.beside.items())
            yield Event(
                event="reversal",
                regime=bench.regime.id,
                date=entry.date,
                subjects=entry.measures,
                text=f"{measures(len(entry.measures))} re-imposed: {entry.text}",
                ground=f"{entry.verdict or 'no verdict'}: {entry.why}{beside}",
                earned=earned_of(entry.verdict),
                alarm=entry.verdict in ("unearned", "early"),
                citation=entry.citation,
            )


def reversals(bench: Bench, since: date | None, until: date | None) -> Iterator[Event]:
    """Yield every fall of the target's conduct from met to unmet, at any of its levels.

    A requirement that only ceases to be known falls to unknown, which is no reversal.

    Args:
        bench: the regime and its evidence.
        since: only what was found of that day or later.
        until: only what was found by that day.
    """
    regime, evidence = bench.regime, bench.evidence
    told = {item.requirement for item in evidence.findings if item.requirement}
    parts = {item.component for item in evidence.findings if item.component}
    rows = [
        row
        for row in regime.requirements.values()
        if row.kind == "conduct"
        and (
            row.id in told
            or (row.components and parts.intersection(row.components.all + row.components.any))
        )
    ]
    days = sorted({span(item.happened).end - timedelta(days=1) for item in evidence.findings})
    by_day = {day: facts_of(regime, evidence, day) for day in days}
    for row in rows:
        fell: dict[date, list[str]] = {}
        states: dict[date, tuple[FactState, FactState]] = {}
        for level in row.levels:
            if level == "continued":
                continue
            fact = Fact(kind="requirement", id=row.id, level=level)
            known = [(day, by_day[day].state(fact)) for day in days]
            for (_, before), (day, after) in pairwise(known):
                within = (since is None or day >= since) and (until is None or day <= until)
                if before.truth is Truth.MET and after.truth is Truth.UNMET and within:
                    fell.setdefault(day, []).append(level)
                    states[day] = before, after
        for day, levels in fell.items():
            yield _event(bench, row.id, levels, *states[day], day)


def _event(
    bench: Bench, id_: str, levels: list[str], before: FactState, after: FactState, day: date
) -> Event:
    row = bench.regime.requirements[id_]
    was, now = before.finding, after.finding
    ground = f"asked for: {row.text.rstrip('.')}"
    if was is not None:
        ground += f"; met as found on {was.happened} ({was.id})"
    if now is not None:
        ground += f"; no longer, as found on {now.happened} ({now.id})"
    return Event(
        event="reversal",
        regime=bench.regime.id,
        date=str(now.happened) if now is not None else day.isoformat(),
        subjects=(id_,),
        text=f"{id_} had been met ({', '.join(levels)}) and is met no more",
        ground=ground,
        earned="no",
        alarm=True,
        citation=row.citation,
    )
