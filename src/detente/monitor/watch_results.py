"""What the watch says (``detente.watch/1``)."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

What = Literal["delisting", "return", "relief", "reversal", "pace", "snapback"]
"""``delisting``: parties went off a list. ``return``: parties came back one by one. ``snapback``:
parties came back together. ``relief``: a measure was eased or ended. ``reversal``: a requirement
that was met is met no more, or measures were re-imposed. ``pace``: listings or delistings come at
another rate than before."""
Earned = Literal["yes", "no", "unknown"]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a monitor should look at.

    Attributes:
        event: what it is.
        regime: id of the regime.
        source: the list, where it was seen on one.
        date: when it happened; for lists, the day of the edition that shows it.
        after: for lists, the day of the edition before: it happened in between.
        subjects: ids of parties, measures or requirements.
        names: names of the parties, in the same order.
        text: what happened, in a sentence.
        ground: the requirement or ground that would have had to be met, and what is on record.
        earned: whether it was met; of what came back or was re-imposed, whether the condition of
            the re-imposition was.
        alarm: whether it is backsliding, or may be: relief unearned, or a ground that nobody
            stated.
        citation: the provision.
        counts: numbers that belong to it, by name.
    """

    event: What
    regime: str
    date: str
    subjects: tuple[str, ...]
    text: str
    ground: str
    earned: Earned
    alarm: bool
    citation: str
    source: str | None = None
    after: str | None = None
    names: tuple[str, ...] = ()
    counts: dict[str, Any] = {}


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """How many parties of a regime came and went between two editions of a list.

    Attributes:
        regime: id of the regime.
        source: the list.
        after: the day of the first edition.
        date: the day of the second.
        listed: parties that came for the first time.
        returned: parties that came back.
        delisted: parties that went.
    """

    regime: str
    source: str
    after: str
    date: str
    listed: int
    returned: int
    delisted: int


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the watch saw, oldest first.

    Attributes:
        since: only from that day.
        until: only by that day.
        editions: how many editions of each list were compared, by list.
        events: what was seen.
        aside: delistings of parties without a tag of the regimes asked for, by list; not judged.
        flows: how many came and went between editions.
    """

    since: str | None
    until: str | None
    editions: dict[str, int]
    events: tuple[Event, ...]
    aside: dict[str, int]
    flows: tuple[Flow, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each event."""
        return [
            {
                "event": item.event, "regime": item.regime, "source": item.source or "",
                "date": item.date, "after": item.after or "",
                "subjects": " ".join(item.subjects), "names": "; ".join(item.names),
                "text": item.text, "earned": item.earned, "alarm": item.alarm,
                "ground": item.ground, "citation": item.citation,
            }
            for item in self.events
        ]  # fmt: skip
