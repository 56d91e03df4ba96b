"""Parties that came back: one by one, or together, as a snapback brings them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.monitor.bases import belongs
from detente.monitor.bench import Bench
from detente.monitor.returns import status_of_return
from detente.monitor.steps import Came, Step
from detente.monitor.watch_results import Earned, Event

TOGETHER: Final = 5
"""From how many parties on, in one edition, a return is one event."""


def comebacks(step: Step, bench: Bench) -> Iterator[Event]:
    """Yield the returns of a step: one snapback, or one event for each party.

    A party returned where an earlier edition had it, or where its own date of listing lies before
    the edition in which it was missing.
    """
    back = [item for item in step.came if item.returned and belongs(item.party, bench.regime)]
    if len(back) >= TOGETHER:
        yield _event(step, back, bench)
    else:
        for item in back:
            yield _event(step, [item], bench)


def _event(step: Step, back: list[Came], bench: Bench) -> Event:
    seen = sum(item.seen is not None for item in back)
    together = len(back) >= TOGETHER
    ground, earned, citation = _ground(step, bench)
    days = sorted(item.says for item in back if item.says is not None)
    text = (
        f"{len(back)} parties came back to {step.source} together: {seen} had stood on earlier "
        f"editions, {len(back) - seen} are known by their date of listing"
        if together
        else f"{back[0].party.name} came back to {step.source}"
    )
    if days and together:
        text += f" ({days[0]} to {days[-1]})"
    return Event(
        event="snapback" if together else "return",
        regime=bench.regime.id,
        source=step.source,
        date=step.after[:10],
        after=step.before[:10],
        subjects=tuple(item.party.id for item in back),
        names=tuple(item.party.name for item in back),
        text=text,
        ground=ground,
        earned=earned,
        alarm=False,
        citation=citation,
        counts={
            "parties": len(back), "seen_before": seen, "by_listed_on": len(back) - seen
        },
    )  # fmt: skip


def _ground(step: Step, bench: Bench) -> tuple[str, Earned, str]:
    """The re-imposition that had taken effect by the edition, and not by the one before it."""
    regime = bench.regime
    before, after = (date.fromisoformat(moment[:10]) for moment in (step.before, step.after))
    for row in regime.reimpositions.values():
        if not _concerns(row.applies_to, step.source, regime):
            continue
        then, now = (_strongest(row.id, day, bench) for day in (before, after))
        if now is Truth.MET and then is not Truth.MET:
            text = f"{row.title} ({row.id}) took effect in between, on the evidence"
            return text, "yes", row.citation
        if now is Truth.UNKNOWN and then is not Truth.MET:
            return f"whether {row.id} took effect is not known", "unknown", row.citation
    return "no re-imposition of this regime took effect in between", "unknown", "none at hand"


def _strongest(id_: str, day: date, bench: Bench) -> Truth:
    row = bench.regime.reimpositions[id_]
    letters = bench.after(day)
    measures = row.applies_to if row.riders else row.applies_to[:1]
    return max(
        status_of_return(letters.view, row, letters.facts, measure).value for measure in measures
    )


def _concerns(measures: tuple[str, ...], source: str, regime: Regime) -> bool:
    """Whether a re-imposition brings back measures that a list carries out."""
    own = {
        id_ for row in regime.designations.values() if row.source == source
        for id_ in (row.measure, *(m for act in row.acts for m in act.measures)) if id_
    }  # fmt: skip
    if source.startswith("ofac"):
        own |= {row.measure for row in regime.programmes.values()}
    return bool(own.intersection(measures))
