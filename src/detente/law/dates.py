"""Dates as the law and its sources give them: exact, imprecise, or a stretch of time.

An imprecise date (``2018-12``) is the half-open interval of all days it may mean. Terms are
written as in statutes (``180 days``, ``1 year``) and added to calendar dates; months and years
keep the day of the month and fall back to the month's last day (31 August + 6 months is
28 or 29 February).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""The years that are read; a century of room on either side keeps every sum inside the calendar."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})", re.ASCII)
_TERM = re.compile(r"(\d{1,4}) (day|full day|working day|month|year)s?")


class Span(NamedTuple):
    """The half-open interval ``[start, end)`` of days that a date may mean."""

    start: date
    end: date


@lru_cache(maxsize=4096)
def span(text: str) -> Span:
    """Return the days that ``text`` may mean.

    Args:
        text: ``2018``, ``2018-12``, ``2018-12-05``, or two of them joined by ``/`` for a stretch;
            or a moment, which is the day that it is at Greenwich.

    Returns:
        The half-open interval of days.

    Raises:
        ValueError: the text is no such date; the message says what was expected.
    """
    first, slash, last = text.partition("/")
    if slash:
        span_ = Span(span(first).start, span(last).end)
        if span_.end <= span_.start:
            raise ValueError(f"{text!r} ends before it begins")
        return span_
    exactly = moment(text)
    if exactly is not None:
        here = exactly.date()
        check_year(here.year)
        return Span(here, here + timedelta(days=1))
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    check_year(year)
    try:
        if month is None:
            return Span(date(year, 1, 1), date(year + 1, 1, 1))
        if day is None:
            return Span(date(year, month, 1), add_term(date(year, month, 1), "1 month"))
        only = date(year, month, day)
        return Span(only, only + timedelta(days=1))
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar: {error}") from None


def moment(text: str) -> datetime | None:
    """Return the moment that ``text`` names, at Greenwich; None where it names a day or more.

    Args:
        text: a date, or a moment such as ``2025-09-27T20:00-04:00`` or ``2025-09-28T00:00Z``.

    Raises:
        ValueError: the text looks like a moment and is none of the calendar or the clock.
    """
    if _MOMENT.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no moment: {error}") from None


def exact(text: str) -> bool:
    """Return whether ``text`` means one day, so that its place among other days is known."""
    return "/" not in text and (len(text) == 10 or "T" in text)


def check_year(year: int) -> None:
    """Raise ``ValueError`` for a year in which no sanctions can be meant."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{year} is no year from {FIRST_YEAR} to {LAST_YEAR}")


def check_term(text: str) -> None:
    """Raise ``ValueError`` unless ``text`` is a term such as ``180 days`` or ``1 year``."""
    match = _TERM.fullmatch(text)
    if match is None or int(match[1]) == 0:
        raise ValueError(
            f"{text!r} is no term: write a number from 1 and days, full days, working days, "
            "months or years"
        )


def add_term(start: date, term: str) -> date:
    """Return the day on which ``term`` has run, counted from ``start``.

    A term that runs past the calendar's end has run on its last day, which nobody asks about.

    Args:
        start: the day from which the term runs.
        term: a number of days, full days (the last one runs to its end, so the term has run on
            the day after), working days (Monday to Friday; holidays are not known here), months
            or years.

    Raises:
        ValueError: the text is no term.
    """
    check_term(term)
    match = _TERM.fullmatch(term)
    assert match is not None
    try:
        return _ran(start, int(match[1]), match[2])
    except (ValueError, OverflowError):
        return date.max


def _ran(start: date, count: int, unit: str) -> date:
    if unit == "day":
        return start + timedelta(days=count)
    if unit == "full day":
        return start + timedelta(days=count + 1)
    if unit == "working day":
        day = start
        while count:
            day += timedelta(days=1)
            count -= day.weekday() < 5
        return day
    months = start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(start.day, (first_of_next - timedelta(days=1)).day))


def take_term(end: date, term: str) -> date:
    """Return the last day from which ``term`` has run by ``end``: counted back.

    Args:
        end: the day to count back from.
        term: as for ``add_term``.

    Raises:
        ValueError: the text is no term.
    """
    low, high = date.min.toordinal(), end.toordinal()
    while low < high:  # the later the day, the later its term has run
        middle = (low + high + 1) // 2
        if add_term(date.fromordinal(middle), term) > end:
            high = middle - 1
        else:
            low = middle
    return date.fromordinal(low)
