"""Terms on the calendar: forwards, backwards, to the hour, and past the calendar's end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.days import day_of
from detente.law.dates import add_term, exact, span, take_term

UNITS = ["day", "full day", "working day", "month", "year"]
days = st.dates(date(1990, 1, 1), date(2050, 12, 31))
terms = st.builds("{} {}".format, st.integers(1, 60), st.sampled_from(UNITS))


@given(days, terms)
def test_a_term_counted_back_is_the_last_day_from_which_it_has_run(end: date, term: str) -> None:
    """From that day the term has run by the end, from the next one it has not."""
    day = take_term(end, term)
    assert add_term(day, term) <= end < add_term(day + timedelta(days=1), term)


@given(days, days, terms)
def test_a_term_that_starts_later_runs_out_no_earlier(first: date, then: date, term: str) -> None:
    """Months end on different days, but no later start is overtaken by an earlier one."""
    first, then = min(first, then), max(first, then)
    assert add_term(first, term) <= add_term(then, term)


@given(days, st.integers(1, 400))
def test_full_days_run_to_the_end_of_the_last_one(start: date, count: int) -> None:
    """Thirty full days have run a day later than thirty days."""
    assert add_term(start, f"{count} full days") == add_term(start, f"{count + 1} days")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("day", [date(1800, 1, 1), date(2199, 12, 31), date(9999, 12, 31)])
def test_the_longest_term_stays_inside_the_calendar(day: date, unit: str) -> None:
    """9999 years from any day have run on the calendar's last day, and stop nothing."""
    assert day <= add_term(day, f"9999 {unit}s") <= date.max
    assert date.min <= take_term(day, f"9999 {unit}s") <= day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-09-27T19:59-04:00", "2025-09-27"),
        ("2025-09-27T20:00-04:00", "2025-09-28"),
        ("2025-09-28T00:00Z", "2025-09-28"),
        ("2025-09-28T02:00+02:00", "2025-09-28"),
        ("2025-09-28T01:59+02:00", "2025-09-27"),
    ],
)
def test_a_moment_is_the_day_that_it_is_at_greenwich(moment: str, day: str) -> None:
    """Eight in the evening of New York is midnight at Greenwich in summer."""
    assert day_of(moment) == date.fromisoformat(day) == span(moment).start


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("2019-03-05", True), ("2019-03-05T10:00Z", True), ("2019-03", False), ("2019", False),
        ("2019/2020", False), ("2019-03-05T10:00Z/2019-03-09T10:00Z", False),
    ],
)  # fmt: skip
def test_only_one_day_is_exact(text: str, one: bool) -> None:
    """A stretch between two moments is as open as one between two days."""
    assert exact(text) is one
