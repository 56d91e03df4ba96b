"""Requirements that were met once and are met no more."""

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
from detente.monitor.watch_results import Event


def reversals(bench: Bench, since: date | None, until: date | None) -> Iterator[Event]:
    """Yield every fall of a requirement from met to unmet, at any of its levels.

    A requirement that only ceases to be known falls to unknown, which is no reversal.
    """
    regime, evidence = bench.regime, bench.evidence
    told = {item.requirement for item in evidence.findings if item.requirement}
    parts = {item.component for item in evidence.findings if item.component}
    rows = [
        row
        for row in regime.requirements.values()
        if row.kind != "finding"
        and (
            row.id in told
            or (row.components and parts.intersection(row.components.all + row.components.any))
        )
    ]
    days = sorted({span(item.happened).end - timedelta(days=1) for item in evidence.findings})
    by_day = {day: facts_of(regime, evidence, day) for day in days}
    for row in rows:
        for level in row.levels:
            if level == "continued":
                continue
            fact = Fact(kind="requirement", id=row.id, level=level)
            states = [(day, by_day[day].state(fact)) for day in days]
            for (_, before), (day, after) in pairwise(states):
                fell = before.truth is Truth.MET and after.truth is Truth.UNMET
                if fell and (since is None or day >= since) and (until is None or day <= until):
                    yield _event(bench, row.id, level, before, after, day)


def _event(
    bench: Bench, id_: str, level: str, before: FactState, after: FactState, day: date
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
        text=f"{id_} had been met at the level {level!r} and is met no more",
        ground=ground,
        earned="no",
        alarm=True,
        citation=row.citation,
    )
