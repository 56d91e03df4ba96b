"""The backsliding monitor: what went off the lists, what was eased, what was undone, what is back.

It joins lists, law and evidence. It accuses nobody: where a ground is not on record it says
``unknown``, and relief that the law leaves to somebody's discretion is shown as that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from detente.entities.model import Party
from detente.evidence.load import Evidence, shipped
from detente.evidence.load import readings as names_of_readings
from detente.law.regime import Regime
from detente.monitor.audit import audit
from detente.monitor.bases import belongs
from detente.monitor.bench import Bench
from detente.monitor.comebacks import comebacks
from detente.monitor.delistings import delistings
from detente.monitor.paces import paces
from detente.monitor.reliefs import reliefs
from detente.monitor.reversals import reversals, taken_back
from detente.monitor.steps import Step
from detente.monitor.watch_results import Event, Flow, Watch


def watch(
    regimes: Iterable[tuple[Regime, Evidence]],
    steps: Mapping[str, Iterable[Step]],
    ever: Mapping[str, Sequence[Party]] | None = None,
    held: Mapping[str, int] | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Watch:
    """Return everything that a monitor should look at.

    Args:
        regimes: the regimes, each with its evidence.
        steps: every list from edition to edition.
        ever: every entry that ever stood on each list, for the pace; no pace is told without.
        held: how many editions of each list are held, in the time that is looked at.
        since: only what happened on that day or later.
        until: only what happened by that day.
    """
    walked = {
        source: [step for step in found if until is None or step.after[:10] <= until.isoformat()]
        for source, found in steps.items()
    }
    shown = {
        source: [step for step in found if since is None or step.after[:10] >= since.isoformat()]
        for source, found in walked.items()
    }
    events: list[Event] = []
    benches = [Bench(regime, evidence) for regime, evidence in regimes]
    for bench in benches:
        readings = {
            name: Bench(bench.regime, shipped(bench.regime, name))
            for name in names_of_readings(bench.regime)
        }
        judged = audit(bench.regime, bench.evidence, until=until)
        events += reliefs(bench, judged, since, until)
        events += reversals(bench, since, until)
        events += taken_back(bench, judged, since, until)
        for step in (step for found in shown.values() for step in found):
            events += delistings(step, bench, judged)
            events += comebacks(step, bench, readings)
        for source, parties in (ever or {}).items():
            if shown.get(source):
                events += [
                    event
                    for event in paces(bench.regime, source, walked[source], parties)
                    if since is None or event.date >= since.isoformat()
                ]
    return Watch(
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        editions=dict(held) if held is not None else {s: len(f) + 1 for s, f in walked.items()},
        events=tuple(sorted(events, key=lambda item: (item.date, item.regime, item.event))),
        aside=_aside(shown, benches),
        flows=tuple(_flows(shown, benches)),
    )


def _flows(steps: Mapping[str, Iterable[Step]], benches: Iterable[Bench]) -> Iterator[Flow]:
    """How many parties of each regime came and went, where the list has any of them."""
    for regime in [bench.regime for bench in benches]:
        for source, found in steps.items():
            rows = []
            for step in found:
                came = step.joined(regime)
                back = sum(item.returned for item in came)
                gone = len(step.left(regime))
                rows.append(
                    Flow(
                        regime=regime.id, source=source, after=step.before[:10],
                        date=step.after[:10], listed=len(came) - back, returned=back,
                        delisted=gone,
                    )
                )  # fmt: skip
            if any(row.listed or row.returned or row.delisted for row in rows):
                yield from rows


def _aside(steps: Mapping[str, Iterable[Step]], benches: Iterable[Bench]) -> dict[str, int]:
    """Delistings of parties that belong to none of the regimes, by list."""
    regimes = [bench.regime for bench in benches]
    counts = Counter(
        source
        for source, found in steps.items()
        for step in found
        for party in step.went
        if not any(belongs(party, regime) for regime in regimes)
    )
    return dict(counts)
