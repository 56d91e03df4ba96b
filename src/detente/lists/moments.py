"""The moment of an edition: a day, or a time in UTC, as text that sorts as time does."""

from __future__ import annotations

from datetime import UTC, date, datetime

from detente.errors import UsageError


def utc(text: str) -> str | None:
    """Return a timestamp of XML as a moment in UTC to the second, or a day as a day.

    A time without a zone is taken as it stands. None where the text is no time.
    """
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:  # before the year 1 or behind 9999
            return None
    if moment.time().replace(microsecond=0).isoformat() == "00:00:00" and moment.tzinfo is None:
        return moment.date().isoformat()
    return f"{moment.replace(microsecond=0, tzinfo=None).isoformat()}Z"


def is_stretch(first: str, last: str) -> bool:
    """Return whether two texts are a year and the same or a later one."""
    digits = first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4
    return digits and 1000 <= int(first) <= int(last) <= 2200


def asked(text: str) -> str:
    """Return the moment that a user wrote: ``2019-01-04`` or ``2019-01-04T17:00``.

    Raises:
        UsageError: it is neither.
    """
    moment = utc(text.strip())
    if moment is None:
        raise UsageError(f"{text!r} is no day; write 2019-01-04, or 2019-01-04T17:00 in UTC")
    return moment


def end_of(moment: str) -> str:
    """Return a text that sorts behind every moment of a day, or the moment itself."""
    return moment if len(moment) > 10 else f"{moment}~"
