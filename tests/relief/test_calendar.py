"""The calendar names every clock that a finding started, and when relief can be renewed."""

from __future__ import annotations

from datetime import date

import builders

import detente
from detente.evidence.load import Evidence, shipped
from detente.relief.calendar import Entry, calendar


def entries(regime: str, since: str, until: str) -> list[Entry]:
    """Return the dates of a bundled regime."""
    law = detente.load(regime)
    days = date.fromisoformat(since), date.fromisoformat(until)
    return list(calendar(law, shipped(law), *days).entries)


def test_a_clock_that_a_notice_started_is_due_once() -> None:
    """The thirty days of the snapback run out once, though four paths turn on them."""
    found = [item for item in entries("iran", "2025-09-01", "2025-09-29") if "30 full" in item.text]
    assert [(item.date, item.id) for item in found] == [(date(2025, 9, 28), "ri-un-2231-snapback")]


def test_ten_years_from_adoption_day_are_due() -> None:
    """A clock of a path's own stands under the path."""
    found = {item.id for item in entries("iran", "2025-10-18", "2025-10-18")}
    assert {"rp-un-2231-op8", "rp-2231-nuclear-10y"} <= found


def test_a_waiting_period_after_a_certificate_is_due() -> None:
    """Twenty days after the certificate of 30 June 2025 the waiver takes effect."""
    found = [item for item in entries("syria", "2025-07-01", "2025-07-31") if item.what == "due"]
    assert ("rp-cbw-change", date(2025, 7, 20)) in [(item.id, item.date) for item in found]


def test_a_window_of_renewal_opens_and_closes_before_the_term_ends() -> None:
    """Relief of 180 days from 1 January lapses on 30 June; it can be renewed up to the 15th."""
    path = builders.path(
        "{finding: f-vote}", kind="waiver", term="180 days",
        renewal={"term": "180 days", "condition": {"is": "fact", "kind": "finding", "id": "f-vote"},
                 "citation": "s. 2", "window": {"opens": "60 days", "closes": "15 days"}},
    )  # fmt: skip
    law = builders.regime(path)
    vote = builders.finding("2005-01-01", finding="f-vote", made=True)
    found = calendar(law, Evidence((vote,)), date(2005, 1, 2), date(2005, 12, 31)).entries
    assert [(item.date.isoformat(), item.what) for item in found] == [
        ("2005-05-01", "due"),
        ("2005-06-15", "due"),
        ("2005-06-30", "lapses"),
    ]
