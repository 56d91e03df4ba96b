"""Shares as exact ranges of whole numbers, so that exactly half is exactly half.

A share is counted in units far below any stated digit. An end that is not itself meant ("more than
25") lies one unit inside; as stated ends are multiples of ``FINE`` units, no sum of fewer than
millions of them confuses "more than half" with "half". Nothing here is a float.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

FINE: Final = 1 << 24
"""Units of the smallest stated step."""
_DIGITS: Final = 12
"""Decimal places of a percentage that are held exactly; further ones widen the range."""
PERCENT: Final = FINE * 10**_DIGITS
WHOLE: Final = 100 * PERCENT
HALF: Final = 50 * PERCENT
_SHOWN: Final = FINE * 10 ** (_DIGITS - 4)
"""Units of the last digit that is shown: six places of a share from 0 to 1."""
_LONGEST: Final = 60
"""Characters of the longest number that is read."""


class Bounds(NamedTuple):
    """What a share is at least and at most, in units; ``WHOLE`` is all of it."""

    low: int
    high: int


UNKNOWN: Final = Bounds(0, WHOLE)


def bounds(
    low: Decimal | int, high: Decimal | int, *, above: bool = False, below: bool = False
) -> Bounds:
    """Return the range between two percentages.

    Args:
        low: the lower end, from 0 to 100.
        high: the upper end, from 0 to 100.
        above: whether the lower end itself is not meant.
        below: whether the upper end itself is not meant.

    Raises:
        ValueError: an end is no number from 0 to 100, or nothing lies between them.
    """
    first, inexact_low = _units(low)
    last, inexact_high = _units(high)
    if inexact_high:
        last += FINE
    first += 1 if above or inexact_low else 0
    last -= 1 if below or inexact_high else 0
    if first > last:
        raise ValueError(f"nothing lies between {low} and {high}")
    return Bounds(first, last)


def _units(percent: Decimal | int) -> tuple[int, bool]:
    """A percentage in units, rounded down, and whether that lost anything."""
    number = Decimal(percent) if isinstance(percent, int) else percent
    if not number.is_finite() or not -1 <= number <= 101:  # before anything large is computed
        raise ValueError(f"{_short(str(number))} is no share from 0 to 100 per cent")
    if number < 0 or number > 100:
        raise ValueError(f"{_short(str(number))} is no share from 0 to 100 per cent")
    if number and number.adjusted() < -_DIGITS - 2:
        return 0, True
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    assert not sign or not number
    value = int("".join(map(str, digits)))
    shift = exponent + _DIGITS
    if shift >= 0:
        return value * 10**shift * FINE, False
    whole, rest = divmod(value, 10**-shift)
    return whole * FINE, rest != 0


_NUMBER: Final = r"(\d+(?:[.]\d+)?)\s*%?"
_EXACT: Final = re.compile(_NUMBER)
_RANGE: Final = re.compile(_NUMBER + r"\s*(?:-|\u2013|\.\.|to)\s*" + _NUMBER)
_ONE_SIDED: Final = re.compile(r"(>=|<=|>|<|\u2265|\u2264)\s*" + _NUMBER)
_NOT_KNOWN: Final = frozenset({"", "?", "unknown", "n/a", "na", "-"})


def parse_share(text: str) -> Bounds:
    """Read a share as people write it.

    Args:
        text: ``25``, ``25%``, ``25-50``, ``>50``, ``<= 25 %``, or ``unknown`` and nothing at all.

    Raises:
        ValueError: it is none of these, or not from 0 to 100 per cent.
    """
    words = " ".join(text.split()).lower()
    if words in _NOT_KNOWN:
        return UNKNOWN
    if len(words) <= _LONGEST:
        try:
            return _parsed(words)
        except InvalidOperation:
            pass
    raise ValueError(f"{_short(text)!r} is no share; write 25, 25-50, >50 or unknown")


def _parsed(words: str) -> Bounds:
    if found := _EXACT.fullmatch(words):
        return bounds(Decimal(found[1]), Decimal(found[1]))
    if found := _RANGE.fullmatch(words):
        return bounds(Decimal(found[1]), Decimal(found[2]))
    if found := _ONE_SIDED.fullmatch(words):
        end = Decimal(found[2])
        if found[1] in (">", ">=", "\u2265"):
            return bounds(end, 100, above=found[1] == ">")
        return bounds(0, end, below=found[1] == "<")
    raise ValueError(f"{_short(words)!r} is no share; write 25, 25-50, >50 or unknown")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def words_of(share: Bounds) -> str:
    """Return a range in words: ``25 %``, ``25 to 50 %``, ``more than 50 %``, ``not known``."""
    low, above = divmod(share.low, FINE)
    high = -(-share.high // FINE)
    below = share.high % FINE != 0
    if share.low == share.high and not above:
        return f"{_percent(low)} %"
    from_nothing = low == 0 and not above
    to_all = high * FINE >= WHOLE and not below
    if from_nothing and to_all:
        return "not known"
    if to_all:
        return f"{'more than' if above else 'at least'} {_percent(low)} %"
    if from_nothing:
        return f"{'less than' if below else 'at most'} {_percent(high)} %"
    first = f"more than {_percent(low)}" if above else _percent(low)
    return f"{first} to {'less than ' if below else ''}{_percent(high)} %"


def _percent(steps: int) -> str:
    """A number of steps as a percentage, with as many places as it has, four at most."""
    number = f"{Decimal(steps).scaleb(-_DIGITS):.4f}"
    return number.rstrip("0").rstrip(".")


def rounded(share: Bounds) -> tuple[float, float]:
    """Return both ends as shares from 0 to 1 with six places, rounded outwards."""
    low = share.low // FINE * FINE // _SHOWN
    high = -(-(-(-share.high // FINE) * FINE) // _SHOWN)
    return low / 10**6, high / 10**6
