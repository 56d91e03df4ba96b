"""What in fact happened, held against the law and the evidence known on the day.

The letter-and-spirit test run over a regime's whole history: was what was lifted, suspended, waived
or re-imposed earned, left to somebody's discretion, or neither, and when. The verdict is on the
letter; beside it stands how much of the conduct to which the measures are tied was met. Events that
gave no relief and took none back are listed too, with no verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from detente.evidence.facts import Facts
from detente.evidence.load import Evidence
from detente.law.asof import GONE
from detente.law.conditions import After, Elapsed, Fact, Race, Silence, walk
from detente.law.dates import span
from detente.law.history import Change, HistoryEvent
from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.law.ways import Reimposition, ReliefPath
from detente.monitor.bench import Bench
from detente.monitor.results import Audit, AuditEntry, Spirit
from detente.monitor.verdicts import Found, Judged, judge
from detente.relief.letter import Letters

_AFTER = {"ends": "ended", "suspends": "suspended", "reimposes": "in-force"}
"""The state in which a verb leaves a measure."""
_RUNS = {"waives": True, "licenses": True, "eases": True, "lapses": False}
"""Whether relief runs after what a verb says."""


def audit(
    regime: Regime,
    evidence: Evidence,
    *,
    since: date | None = None,
    until: date | None = None,
    readings: Mapping[str, Evidence] | None = None,
) -> Audit:
    """Judge every event of a regime's history.

    Args:
        regime: the regime.
        evidence: all findings; each event is judged on those recorded by its day.
        since: only events that had happened by no earlier day.
        until: only events that had happened by no later day.
        readings: the evidence as others read it, by the name of the reading.

    Returns:
        The entries, oldest first: one for each thing that an event did, and one for an event that
        did nothing to a measure.
    """
    events = [
        event
        for event in regime.history.values()
        if (since is None or span(event.date).end > since)
        and (until is None or span(event.date).start <= until)
    ]
    sides = {"": evidence, **(readings or {})}
    benches = {name: Bench(regime, side) for name, side in sides.items()}
    return Audit(
        regime=regime.id,
        entries=tuple(entry for event in events for entry in _entries(event, benches)),
    )


def _entries(event: HistoryEvent, benches: Mapping[str, Bench]) -> Iterator[AuditEntry]:
    if not event.effects:
        nothing = Judged(None, "it changed no measure of this regime")
        yield _entry(event, None, (), benches[""], nothing, {})
    for change in event.effects:
        groups: dict[tuple[Judged, ...], list[str]] = {}
        for measure in change.measures:
            verdicts = tuple(_judged(event, change, measure, side) for side in benches.values())
            groups.setdefault(verdicts, []).append(measure)
        for verdicts, measures in groups.items():
            told = dict(zip(benches, verdicts, strict=True))
            judged = told.pop("")
            beside = {
                name: f"{other.verdict or 'no verdict'}: {other.why}"
                for name, other in told.items()
                if other.verdict != judged.verdict
            }
            yield _entry(event, change, tuple(measures), benches[""], judged, beside)


def _judged(event: HistoryEvent, change: Change, measure: str, bench: Bench) -> Judged:
    """The verdict on what an event did to one measure."""
    way = _way(bench.regime, change.path)
    ends = isinstance(way, ReliefPath) and way.ends
    if change.what in ("imposes", "keeps") or (change.what == "renews" and (way is None or ends)):
        text = f"{_NO_RELIEF[change.what]}: no relief was given, none taken back"
        if change.what == "keeps" and isinstance(way, ReliefPath):
            text += _withheld(way, measure, bench.known(_day(event, change)))
        return Judged(None, text)
    if way is None:
        return Judged(None, "no path is recorded for it, so no law can be held against it")
    if change.what == "lapses":
        if isinstance(way, ReliefPath) and not _runs_out(way):
            text = f"relief under {way.id} was taken back: its text sets no day on which it ends"
            return Judged("discretionary", text, way.citation)
        text = f"relief under {way.id} ran out; the law needs no reason for that"
        return Judged("lapsed", text, way.citation)
    day = _day(event, change)
    return judge(Found(way, measure, day, bench.known, bench.after, bench.days()))


def _runs_out(path: ReliefPath) -> bool:
    """Whether a path itself sets how long its relief lasts."""
    clocks = any(isinstance(node, (After, Elapsed, Silence, Race)) for node in walk(path.condition))
    return clocks or path.term is not None or path.duration not in (None, "permanent")


def _withheld(path: ReliefPath, measure: str, letters: Letters) -> str:
    """What a path by which relief might have been given came to on the day."""
    if path.id not in letters.view.conditions:
        return f"; {path.id} could not be used"
    status = letters.path(path, measure)
    missing = status.missing().sets
    wanted = f", for want of {' + '.join(missing[0])}" if missing and missing[0] else ""
    return f"; {path.id} was {status.value.word}{wanted}"


_NO_RELIEF = {
    "imposes": "it imposed the measures",
    "keeps": "it left the measures as they were",
    "renews": "the measures' own term was renewed",
}


def _way(regime: Regime, path: str | None) -> ReliefPath | Reimposition | None:
    if path is None:
        return None
    return regime.paths.get(path) or regime.reimpositions[path]


def _day(event: HistoryEvent, change: Change | None) -> date:
    """The first day on which an event, or what it did, surely worked."""
    last = span(event.date).end - timedelta(days=1)
    return (change.effective if change else None) or last


def _cited(event: HistoryEvent, regime: Regime, measures: Iterable[str]) -> str:
    """The act itself, or the law that it changed, or who tells of it: never nothing."""
    if event.citation:
        return event.citation
    instruments = dict.fromkeys(regime.measures[id_].instrument for id_ in measures)
    laws = [regime.instruments[id_].citation.split(";")[0] for id_ in instruments]
    titles = [regime.sources[id_].title for id_ in event.sources]
    return "; ".join(laws or titles) or event.id


def _entry(
    event: HistoryEvent,
    change: Change | None,
    measures: tuple[str, ...],
    own: Bench,
    judged: Judged,
    beside: dict[str, str],
) -> AuditEntry:
    way = _way(own.regime, change.path if change else None)
    day = _day(event, change)
    return AuditEntry(
        event=event.id,
        date=event.date,
        effective=day,
        text=event.text,
        effect=change.what if change else None,
        measures=measures,
        path=way.id if way else None,
        decided_by=way.decided_by if way else None,
        verdict=judged.verdict,
        why=judged.why,
        citation=judged.citation or (way.citation if way else _cited(event, own.regime, measures)),
        basis=judged.basis,
        spirit=_spirit(own.known(day).facts, measures) if measures else None,
        beside=beside,
        difference=_difference(change, day, measures, own) if change else None,
        disputed=event.disputed,
        sources=event.sources,
        confidence=event.confidence,
        note=(change.note if change else None) or event.note,
    )


def _spirit(facts: Facts, measures: Iterable[str]) -> Spirit:
    """How much of the conduct to which measures are tied was met, on the evidence then known."""
    regime = facts.regime
    ids = {id_ for measure in measures for id_ in regime.measures[measure].requirements}
    rows = [regime.requirements[id_] for id_ in sorted(ids)]
    truths = [
        facts.state(Fact(kind="requirement", id=row.id, level=row.levels[-1])).truth
        for row in rows
        if row.kind != "finding"
    ]
    return Spirit(
        met=truths.count(Truth.MET),
        unmet=truths.count(Truth.UNMET),
        unknown=truths.count(Truth.UNKNOWN),
    )


def _difference(change: Change, day: date, measures: tuple[str, ...], bench: Bench) -> str | None:
    """How what law and evidence give differs from what the history records."""
    letters = bench.after(day)
    if change.what in _AFTER:
        wrong = dict(_other_states(letters, measures, _AFTER[change.what]))
        recorded = _AFTER[change.what]
    elif change.path in letters.view.regime.paths and change.what in _RUNS:
        path = letters.view.regime.paths[change.path]
        wrong = {} if path.ends else dict(_other_relief(letters, measures, path, change.what))
        recorded = "eased" if _RUNS[change.what] else "no longer eased"
    else:
        return None
    if not wrong:
        return None
    said: dict[str, list[str]] = {}
    for id_, text in wrong.items():
        said.setdefault(text, []).append(id_)
    parts = (f"{', '.join(ids)}: {text}" for text, ids in said.items())
    return f"recorded as {recorded}; by the law and the evidence {'; '.join(parts)}"


def _other_states(
    letters: Letters, measures: Iterable[str], wanted: str
) -> Iterator[tuple[str, str]]:
    """The measures in another state than the one recorded, which must bind by their own dates."""
    for id_ in measures:
        state = letters.measure(id_).state
        own = letters.view.states[id_].status
        gone = wanted == "ended" and state.status in GONE  # by a path or by the law's own dates
        if not gone and state.status != wanted and (wanted != "in-force" or own == "in-force"):
            yield id_, f"{state.status} ({state.why})"


def _other_relief(
    letters: Letters, measures: Iterable[str], path: ReliefPath, what: str
) -> Iterator[tuple[str, str]]:
    """The measures for which relief under a path runs, where it should not, or the reverse."""
    for id_ in measures:
        usable = path.id in letters.view.conditions
        runs = usable and letters.path(path, id_).value is Truth.MET
        if runs != _RUNS[what]:
            yield id_, "relief runs" if runs else "no relief runs"
