"""Shares as exact ranges: what is read, what is refused, and how they are shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.ownership.shares import (
    FINE,
    HALF,
    PERCENT,
    UNKNOWN,
    WHOLE,
    Bounds,
    bounds,
    parse_share,
    rounded,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("25", 25 * PERCENT, 25 * PERCENT),
        ("25%", 25 * PERCENT, 25 * PERCENT),
        (" 12.5 % ", 25 * PERCENT // 2, 25 * PERCENT // 2),
        ("25-50", 25 * PERCENT, HALF),
        ("25 % to 50 %", 25 * PERCENT, HALF),
        ("25\u201350", 25 * PERCENT, HALF),
        (">50", HALF + 1, WHOLE),
        (">= 50%", HALF, WHOLE),
        ("<50", 0, HALF - 1),
        ("\u2264 50", 0, HALF),
        ("unknown", 0, WHOLE),
        ("?", 0, WHOLE),
        ("", 0, WHOLE),
        ("0", 0, 0),
        ("100", WHOLE, WHOLE),
    ],
)
def test_a_share_is_read_as_people_write_it(text: str, low: int, high: int) -> None:
    """Numbers, bands and open ends; an end that is not meant lies one unit inside."""
    assert parse_share(text) == Bounds(low, high)


@pytest.mark.parametrize(
    "text",
    ["-5", "101", "100.0000000000000000001", "nan", "inf", "1e2", "50-25", ">100", "half", "5,5",
     "1" * 1000, "25-", "25-50-75", "\u0665\u0660x", "--", "<0"],
)  # fmt: skip
def test_what_is_no_share_is_refused_in_one_line(text: str) -> None:
    """Nothing outside 0 to 100, nothing empty, nothing that needs guessing."""
    with pytest.raises(ValueError, match=r"no share|nothing lies between") as caught:
        parse_share(text)
    assert len(str(caught.value)) < 200


def test_more_places_than_are_held_widen_the_range_and_never_cross_half() -> None:
    """A share with twenty places lies strictly between its neighbours."""
    above = bounds(Decimal("50.00000000000000000001"), Decimal("50.00000000000000000001"))
    below = bounds(Decimal("49.99999999999999999999"), Decimal("49.99999999999999999999"))
    assert above.low > HALF
    assert below.high < HALF


@given(st.decimals(0, 100, allow_nan=False, places=20))
def test_a_range_holds_the_number_it_was_made_of(number: Decimal) -> None:
    """However many places it has."""
    share = bounds(number, number)
    units = Fraction(number) * PERCENT
    assert share.low <= units + 1
    assert share.high >= units - 1
    assert share.high - share.low <= FINE


@given(st.integers(0, 10**14), st.integers(0, 10**14))
def test_what_is_shown_is_never_narrower(one: int, two: int) -> None:
    """Six places, rounded outwards."""
    share = Bounds(min(one, two) * FINE, max(one, two) * FINE)
    low, high = rounded(share)
    assert Fraction(low) <= Fraction(share.low, WHOLE) + Fraction(1, 10**12)
    assert Fraction(high) >= Fraction(share.high, WHOLE) - Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("text", "words"),
    [("25", "25 %"), ("25-50", "25 to 50 %"), (">50", "more than 50 %"), (">=50", "at least 50 %"),
     ("<50", "less than 50 %"), ("<=50", "at most 50 %"), ("?", "not known"), ("0", "0 %")],
)  # fmt: skip
def test_a_share_is_told_in_words(text: str, words: str) -> None:
    """As one would say it."""
    assert words_of(parse_share(text)) == words


def test_half_is_exactly_half() -> None:
    """No float stands between."""
    assert bounds(50, 50).low == HALF == WHOLE // 2
    assert sum(bounds(Decimal("0.1"), Decimal("0.1")).low for _ in range(500)) == HALF
    assert Bounds(0, WHOLE) == UNKNOWN
