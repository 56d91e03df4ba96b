"""The pace of designations and of delistings on a list, against its own history.

Enforcement that fades shows as designations that come more seldom, and as delistings that come
more often, than chance explains. The test and what it promises are in ``pace``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from detente.entities.model import Party
from detente.law.regime import Regime
from detente.monitor.bases import belongs
from detente.monitor.pace import Pace, Period, pace, periods_of
from detente.monitor.steps import Step
from detente.monitor.watch_results import Event


def paces(
    regime: Regime, source: str, steps: Sequence[Step], ever: Sequence[Party]
) -> Iterator[Event]:
    """Yield what the pace of a list says: one event for listings, one for delistings.

    Args:
        regime: the regime whose parties are counted.
        source: the list.
        steps: the list from edition to edition, all of them.
        ever: every entry that ever stood on it.
    """
    own = [party for party in ever if belongs(party, regime)]
    if not own or not steps:
        return
    newest = date.fromisoformat(steps[-1].after[:10])
    days = [day for day in map(_listed, own) if day is not None]
    if 2 * len(days) > len(own):
        oldest = steps[0].before[:10]
        how = f"by the entries' own dates, in quarters; who went off before {oldest} is not known"
        # a history that began with a batch because it begins with one would seem to fall
        start = min(days) + timedelta(days=1)
        found = pace(periods_of([day for day in days if day >= start], start, newest))
    else:
        how = "by the editions held, since the entries give no dates"
        come = [len(step.joined(regime)) for step in steps]
        found = pace(_periods(steps, come))
    yield _event(regime, source, newest, "listings", how, found)
    gone = [len(step.left(regime)) for step in steps]
    how = "by the editions held"
    yield _event(regime, source, newest, "delistings", how, pace(_periods(steps, gone)))


def _listed(party: Party) -> date | None:
    days = [
        row.listed_on.first
        for row in party.listings
        if row.listed_on is not None and row.listed_on.first == row.listed_on.last
    ]
    return min(days, default=None)


def _periods(steps: Sequence[Step], counts: Sequence[int]) -> list[Period]:
    """The days between editions; two editions of one day are one."""
    periods: list[Period] = []
    for step, count in zip(steps, counts, strict=True):
        first, last = (date.fromisoformat(moment[:10]) for moment in (step.before, step.after))
        if first == last and periods:
            periods[-1] = periods[-1]._replace(events=periods[-1].events + count)
        elif first != last:
            periods.append(Period(first, (last - first).days, count))
    return periods


def _event(regime: Regime, source: str, day: date, what: str, how: str, found: Pace) -> Event:
    fades = False
    if found.change == "yes" and found.before is not None and found.after is not None:
        rose = found.after.central > found.before.central
        fades = rose if what == "delistings" else not rose
    counts: dict[str, Any] = msgspec.to_builtins(found)
    return Event(
        event="pace",
        regime=regime.id,
        source=source,
        date=(found.split.last if found.split else day).isoformat(),
        subjects=(),
        text=f"{what} on {source}: {found.words}",
        ground=f"{how}; {found.periods} periods compared, {found.permutations} random orders "
        f"(seed {found.seed})",
        earned="unknown",
        alarm=fades,
        citation="the list itself",
        counts={"of": what} | counts,
    )  # fmt: skip
