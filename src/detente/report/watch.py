"""The pages of the backsliding monitor: a table, and a feed that readers subscribe to."""

from __future__ import annotations

from collections import Counter
from uuid import NAMESPACE_URL, uuid5

from detente.law.dates import span
from detente.monitor.watch_results import Event, Watch
from detente.report.atom import Entry, feed
from detente.report.page import Line, Page, Section, counted

_SHOWN = 8
"""Subjects of an event that its row names; JSON has all."""


def watch_page(result: Watch) -> Page:
    """Return the page of what the watch saw."""
    alarms = [event for event in result.events if event.alarm]
    counts = Counter(event.event for event in result.events)
    answer = [
        Line("Seen", ", ".join(f"{n} {what}" for what, n in counts.items()) or "nothing"),
        Line(
            "Alarms",
            f"{counted(len(alarms), 'event')} may be backsliding: relief without its condition, a "
            "name taken off with no ground on record, a met requirement undone, a pace that fades"
            if alarms
            else "none",
            "bad" if alarms else "good",
        ),
        Line(
            "Earned",
            "whether conduct that the law asks for was met; what is left to discretion, or ends "
            "by time, is lawful and not earned; ! marks an alarm",
            "quiet",
        ),
    ]
    for source, number in result.editions.items():
        if number > 1:
            answer.append(Line(source, f"{counted(number, 'edition')} compared"))
        else:
            text = f"{counted(number, 'edition')}: nothing to compare, nothing is known of changes"
            answer.append(Line(source, text, "warn"))
    for source, number in result.aside.items():
        whose = "of parties without a tag of the regimes asked for: not judged"
        answer.append(Line("", f"{source}: {counted(number, 'delisting')} {whose}", "quiet"))
    if not result.editions:
        text = "no edition of a list is held: nothing is known of listings (detente lists import)"
        answer.append(Line("", text, "warn"))
    since = f" since {result.since}" if result.since else ""
    since += f" until {result.until}" if result.until else ""
    return Page(
        f"Watch{since}: {counted(len(result.events), 'event')}",
        tuple(answer),
        tuple(map(_section, result.events)),
    )


def _section(event: Event) -> Section:
    still = "still" if event.event == "delisting" else "not"
    between = f" ({still} on in the edition of {event.after})" if event.after else ""
    alarm = "! " if event.alarm else ""
    where = f", {event.source}" if event.source else ""
    return Section(
        f"{alarm}{event.date} {event.event}, {event.regime}{where}; earned: {event.earned}",
        lines=(
            f"{event.text}{between}",
            *([f"  > {_subjects(event)}"] if event.subjects else []),
            f"  ground: {event.ground}",
            f"  {event.citation}",
        ),
    )


def _subjects(event: Event) -> str:
    names = event.names or event.subjects
    if len(names) == 1:
        return event.subjects[0]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"


def watch_feed(result: Watch) -> str:
    """Return what the watch saw as an Atom feed; an event keeps its id from run to run.

    A pace that did not change, or of which too little is known, is no news.
    """
    news = [
        event
        for event in reversed(result.events)
        if event.event != "pace" or event.counts.get("change") == "yes"
    ]
    entries = [
        Entry(
            id=_urn(event.event, event.regime, event.source or "", event.date, *event.subjects,
                    str(event.counts.get("of", ""))),
            title=f"{event.regime}: {event.text}",
            updated=span(event.date).start.isoformat(),
            summary=f"Earned: {event.earned}. Ground: {event.ground}. {event.citation}",
            categories=(event.event, event.regime, *(["alarm"] if event.alarm else [])),
        )
        for event in news
    ]  # fmt: skip
    unique = {entry.id: entry for entry in entries}
    updated = max((entry.updated for entry in entries), default=result.since or "1970-01-01")
    return feed("Detente watch", _urn("watch"), updated, unique.values())


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(("detente", *parts))).urn
