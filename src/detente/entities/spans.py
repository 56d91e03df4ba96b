"""Dates as lists write them: a day, a month, a year, a stretch of years, or about one.

A span keeps what is known: the first and the last day that the words allow, and the words. Two
spans are compared by their days, so that "1962" and "12 Feb 1962" may mean the same birth.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Final

import msgspec


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """The days that a date may mean, both ends included.

    Attributes:
        first: the first day that the words allow.
        last: the last day that the words allow.
        circa: the source says "about"; the days are then those of the words without it.
    """

    first: date
    last: date
    circa: bool = False

    def __str__(self) -> str:
        """The span as short as it can be said: ``1962-02``, ``c. 1962``, ``1962..1963``."""
        about = "c. " if self.circa else ""
        first, last = self.first.isoformat(), self.last.isoformat()
        if first == last:
            return about + first
        if self == year_span(self.first.year, circa=self.circa):
            return about + first[:4]
        if self == month_span(self.first.year, self.first.month, circa=self.circa):
            return about + first[:7]
        if first.endswith("-01-01") and last.endswith("-12-31"):
            return f"{about}{first[:4]}..{last[:4]}"
        return f"{about}{first}..{last}"


def day_span(day: date, circa: bool = False) -> Span:
    """Return the span of one day."""
    return Span(day, day, circa)


def month_span(year: int, month: int, circa: bool = False) -> Span:
    """Return the span of one month."""
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]), circa)


def year_span(year: int, until: int | None = None, circa: bool = False) -> Span:
    """Return the span of one year, or of the years up to ``until``."""
    return Span(date(year, 1, 1), date(year if until is None else until, 12, 31), circa)


_MONTHS: Final = {
    name[:size]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), 1,
    )
    for size in (3, 4, len(name))
    if size != 4 or name in ("june", "july", "september")
}  # fmt: skip
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*|Z|[+-]\d\d:\d\d)?")
_SLASHED: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: 0?0:00(?::00)?)?")
_WORDS: Final = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]+)\.?[ -](\d{4})")
_MONTH_FIRST: Final = re.compile(r"([A-Za-z]+)\.? (\d{1,2}), ?(\d{4})")
_YEAR: Final = re.compile(r"\d{4}")
_LONGEST: Final = 120
"""Letters of the longest date that is read."""
_CIRCA: Final = re.compile(r"(?:circa|c\.|ca\.|approximately|about|approx\.?)\s*", re.I)
_RANGE: Final = re.compile(r"(?:between )?(.+?) ?(?: to | and |-|\u2013|\.\.)(?: ?)(.+)", re.I)


@lru_cache(maxsize=65536)
def parse_span(text: str, month_first: bool = False) -> Span | None:
    """Read a date as a list writes it.

    Args:
        text: ``1964-07-17``, ``17 Jul 1964``, ``Jul 1964``, ``1964``, ``circa 1964``,
            ``1963 to 1965``, ``17/07/1964``, ``00/00/1964``.
        month_first: whether ``07/17/1964`` puts the month first, as OFAC does.

    Returns:
        The span, or None where the words are no date that exists.
    """
    if len(text) > _LONGEST:
        return None
    words = " ".join(text.split())
    found = _CIRCA.match(words)
    circa = found is not None
    if found is not None:
        words = words[found.end() :]
    single = _single(words, month_first)
    if single is not None:
        return Span(single.first, single.last, circa)
    ends = _RANGE.fullmatch(words)
    if ends is None:
        return None
    first, last = _single(ends[1], month_first), _single(ends[2], month_first)
    if first is None or last is None or last.last < first.first:
        return None
    return Span(first.first, last.last, circa)


def _single(words: str, month_first: bool) -> Span | None:
    """One date, without "about" and not a stretch of two."""
    if _YEAR.fullmatch(words):
        return _of(int(words), 0, 0)
    if found := _ISO.fullmatch(words):
        return _of(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(words):
        day, month = (found[2], found[1]) if month_first else (found[1], found[2])
        return _of(int(found[3]), int(month), int(day))
    if found := _WORDS.fullmatch(words):
        number = _MONTHS.get(found[2].lower())
        return _of(int(found[3]), number, int(found[1] or 0)) if number else None
    if found := _MONTH_FIRST.fullmatch(words):
        number = _MONTHS.get(found[1].lower())
        return _of(int(found[3]), number, int(found[2])) if number else None
    return None


def _of(year: int, month: int, day: int) -> Span | None:
    """The span of a day, or of a month or year where the smaller parts are nought."""
    if not 1000 <= year <= 2200 or month > 12:
        return None
    if not month:
        return None if day else year_span(year)
    if not day:
        return month_span(year, month)
    if day > monthrange(year, month)[1]:
        return None
    return day_span(date(year, month, day))
