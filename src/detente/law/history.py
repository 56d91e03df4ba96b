"""What in fact happened: dated public events and what they did to measures.

The history is a record beside the law: ``detente.law.asof`` reads from it what binds as recorded,
and ``detente.relief`` works out the same from conditions and evidence. The two are held against
each other; where they differ, a reading of the law or a row of the record is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from detente.law.dates import span
from detente.law.model import Row
from detente.law.vocabulary import Effect


class Change(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What an event did to some measures.

    Attributes:
        what: the verb.
        measures: ids of the measures.
        path: the relief path or re-imposition that was used.
        effective: first day on which it worked, where later than the event.
        note: doubts and remarks.
    """

    what: Effect
    measures: tuple[str, ...]
    path: str | None = None
    effective: date | None = None
    note: str | None = None


class HistoryEvent(Row, frozen=True):
    """Something public that happened. A condition that names it finds it happened on its date.

    Attributes:
        date: when: a day, an imprecise date or a moment.
        text: what happened, in a sentence.
        kind: what sort of event.
        actor: who acted.
        citation: the act itself.
        effects: what it did to measures.
        disputed: whether its validity or meaning is contested.
        decision: whether it is itself an act of a path's decider.
    """

    date: str
    text: str
    kind: str
    actor: str | None = None
    citation: str | None = None
    effects: tuple[Change, ...] = ()
    disputed: bool = False
    decision: bool = False


class Recorded(msgspec.Struct, frozen=True):
    """One recorded change of one measure.

    Attributes:
        event: id of the event.
        what: the verb.
        first: first day on which it may have worked.
        day: first day on which it surely had.
        path: the relief path or re-imposition.
    """

    event: str
    what: Effect
    first: date
    day: date
    path: str | None


def recorded(events: dict[str, HistoryEvent]) -> Iterator[tuple[str, Recorded]]:
    """Yield every recorded change with the measure it changed, in the order of the events."""
    for event in events.values():
        days = span(event.date)
        for change in event.effects:
            first = change.effective or days.start
            day = change.effective or days.end - timedelta(days=1)
            for measure in change.measures:
                yield measure, Recorded(event.id, change.what, first, day, change.path)
