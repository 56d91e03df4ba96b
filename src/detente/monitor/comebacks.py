"""Parties that came back: one by one, or together, as a snapback brings them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from detente.law.vocabulary import Truth
from detente.law.ways import Reimposition
from detente.monitor.bases import bases_of
from detente.monitor.bench import Bench
from detente.monitor.returns import status_of_return
from detente.monitor.steps import Came, Step
from detente.monitor.watch_results import Earned, Event

TOGETHER: Final = 5
"""From how many parties on, in one edition, a return is one event."""


class _Ground(NamedTuple):
    """What brought parties back, and whether its condition was met."""

    text: str
    earned: Earned
    citation: str


def comebacks(step: Step, bench: Bench, readings: Mapping[str, Bench]) -> Iterator[Event]:
    """Yield the returns of a step: one event for all parties that the same thing brought back.

    A party returned where an earlier edition had it, under its number or another one, or where its
    own date of listing lies before the edition in which it was missing.

    Args:
        step: from one edition to the next.
        bench: the regime and its evidence.
        readings: the same on other readings of contested findings, by name.
    """
    groups: dict[_Ground, list[Came]] = {}
    for item in step.joined(bench.regime):
        if item.returned:
            groups.setdefault(_ground(item, step, bench, readings), []).append(item)
    for ground, back in groups.items():
        if len(back) >= TOGETHER:
            yield _event(step, back, bench, ground)
        else:
            for item in back:
                yield _event(step, [item], bench, ground)


def _event(step: Step, back: list[Came], bench: Bench, ground: _Ground) -> Event:
    counts = {
        "parties": len(back),
        "seen_before": sum(item.seen is not None and item.before is None for item in back),
        "renumbered": sum(item.before is not None for item in back),
        "by_listed_on": sum(item.says is not None for item in back),
    }
    together = len(back) >= TOGETHER
    return Event(
        event="snapback" if together else "return",
        regime=bench.regime.id,
        source=step.source,
        date=step.after[:10],
        after=step.before[:10],
        subjects=tuple(item.party.id for item in back),
        names=tuple(item.party.name for item in back),
        text=_together(step, back, counts) if together else _alone(step, back[0]),
        ground=ground.text,
        earned=ground.earned,
        alarm=False,
        citation=ground.citation,
        counts=counts,
    )


def _together(step: Step, back: list[Came], counts: Mapping[str, int]) -> str:
    days = sorted(item.says for item in back if item.says is not None)
    told = (
        (counts["seen_before"], "had stood on earlier editions"),
        (counts["renumbered"], "had stood there under other numbers"),
        (counts["by_listed_on"], "are known by their date of listing"),
    )
    text = ", ".join(f"{number} {how}" for number, how in told if number)
    text = f"{len(back)} parties came back to {step.source} together: {text}"
    return f"{text} ({days[0]} to {days[-1]})" if days else text


def _alone(step: Step, item: Came) -> str:
    text = f"{item.party.name} came back to {step.source}"
    if item.before is not None:
        return f"{text}; it had been {item.before}, by {item.by}"
    return f"{text}; last seen in {item.seen}" if item.seen else f"{text}; listed {item.says}"


def _ground(item: Came, step: Step, bench: Bench, readings: Mapping[str, Bench]) -> _Ground:
    """The re-imposition of what a party rests on that had taken effect in between, if any."""
    before, after = (date.fromisoformat(moment[:10]) for moment in (step.before, step.after))
    rests = {id_ for basis in bases_of(item.party, bench.regime, after) for id_ in basis.measures}
    for row in bench.regime.reimpositions.values():
        if not rests.intersection(row.applies_to):
            continue
        then, now = (_value(row, rests, day, bench) for day in (before, after))
        if then is Truth.MET or now is Truth.UNMET:
            continue
        beside = "".join(_read(row, rests, after, readings, now))
        if now is Truth.MET:
            text = f"{row.title} ({row.id}) took effect in between, on the evidence{beside}"
            return _Ground(text, "yes", row.citation)
        return _Ground(
            f"whether {row.id} took effect is not known{beside}", "unknown", row.citation
        )
    text = "no re-imposition of what they rest on is on record in between"
    return _Ground(text, "unknown", "none at hand")


def _read(
    row: Reimposition, rests: set[str], day: date, readings: Mapping[str, Bench], now: Truth
) -> Iterator[str]:
    """How others read it, where they differ."""
    for name, bench in readings.items():
        value = _value(row, rests, day, bench)
        if value is not now:
            word = {"met": "in effect", "unmet": "not in effect"}.get(value.word, "not known")
            yield f"; as read by {name}: {word}"


def _value(row: Reimposition, rests: Iterable[str], day: date, bench: Bench) -> Truth:
    letters = bench.after(day)
    measures = [id_ for id_ in row.applies_to if id_ in rests]
    return max(
        status_of_return(letters.view, row, letters.facts, measure).value for measure in measures
    )
