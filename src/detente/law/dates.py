"""Dates as the law and its sources give them: exact, imprecise, or a stretch of time.

An imprecise date (``2018-12``) is the half-open interval of all days it may mean. Terms are
written as in statutes (``180 days``, ``1 year``) and added to calendar dates; months and years
keep the day of the month and fall back to the month's last day (31 August + 6 months is
28 or 29 February).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""The years that are read; a century of room on either side keeps every sum inside the calendar."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TERM = re.compile(r"(\d{1,4}) (day|working day|month|year)s?")


class Span(NamedTuple):
    """The half-open interval ``[start, end)`` of days that a date may mean."""

    start: date
    end: date


@lru_cache(maxsize=4096)
def span(text: str) -> Span:
    """Return the days that ``text`` may mean.

    Args:
        text: ``2018``, ``2018-12``, ``2018-12-05``, or two of them joined by ``/`` for a stretch.

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
        exact = date(year, month, day)
        return Span(exact, exact + timedelta(days=1))
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar: {error}") from None


def check_year(year: int) -> None:
    """Raise ``ValueError`` for a year in which no sanctions can be meant."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{year} is no year from {FIRST_YEAR} to {LAST_YEAR}")


def check_term(text: str) -> None:
    """Raise ``ValueError`` unless ``text`` is a term such as ``180 days`` or ``1 year``."""
    if _TERM.fullmatch(text) is None:
        raise ValueError(
            f"{text!r} is no term: write a number and days, working days, months or years"
        )


def add_term(start: date, term: str) -> date:
    """Return the day on which ``term`` has run, counted from ``start``.

    Args:
        start: the day from which the term runs.
        term: a number of days, working days (Monday to Friday; holidays are not known here),
            months or years.

    Raises:
        ValueError: the text is no term.
    """
    check_term(term)
    match = _TERM.fullmatch(term)
    assert match is not None
    count, unit = int(match[1]), match[2]
    if unit == "day":
        return start + timedelta(days=count)
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
