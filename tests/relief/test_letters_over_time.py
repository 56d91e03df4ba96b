"""Letters through time: they change only on days that the regime or the evidence names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence, merge, shipped
from detente.evidence.model import Finding
from detente.law.dates import add_term, span
from detente.relief.letter import Letters

DPRK = detente.load("dprk")
LIMBS = [id_ for id_ in DPRK.requirements if id_.startswith("r-us-401-")]


def _finding(id_: str, happened: str, **subject: object) -> Finding:
    raw = {"id": id_, "verification": "verified", "happened": happened, "recorded": happened,
           "sources": ["a test"], "confidence": "analyst", **subject}  # fmt: skip
    return msgspec.convert(raw, Finding)


ADDED = Evidence(
    (
        *(_finding(f"t-{id_}", "2020-03-10", requirement=id_, extent="progress") for id_ in LIMBS),
        _finding("t-act", "2020-04-01", act="rp-us-401-suspend", made=True),
        *(_finding(f"u-{id_}", "2020-12", requirement=id_, extent="progress") for id_ in LIMBS),
        _finding("t-again", "2021-03-15", act="rp-us-401-suspend", made=True),
        _finding("t-vote", "2022-05", finding="f-unsc-review", made=True,
                 measures=["un-2371-seafood"]),
    )
)  # fmt: skip
EVIDENCE = merge([shipped(DPRK), ADDED])


def _days(value: object) -> Iterator[date]:
    if isinstance(value, date):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from _days(msgspec.structs.astuple(value))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _days(item)
    elif isinstance(value, dict):
        yield from _days(list(value.values()))


def _evidence_days() -> Iterator[date]:
    """Where a finding may begin to count, surely counts, and where relief it opened lapses."""
    for finding in EVIDENCE.findings:
        days = span(finding.happened)
        yield from (days.start, days.end - timedelta(days=1))
        path = DPRK.paths.get(finding.act or "")
        if path is not None and path.term and path.renewal:
            lapses = add_term(days.end - timedelta(days=1), path.term)
            yield from (lapses, add_term(lapses, path.renewal.term))
    assert EVIDENCE.complete_through is not None
    yield EVIDENCE.complete_through + timedelta(days=1)


NAMED = sorted({*_days((DPRK.measures, DPRK.paths, DPRK.emergencies)), *_evidence_days()})


def letters(day: date) -> dict[str, str]:
    """Return the letter of every measure that binds on a day."""
    found = Letters(DPRK.as_of(day), facts_of(DPRK, EVIDENCE, day))
    return {id_: found.measure(id_).letter for id_ in found.view.in_force}


@given(st.dates(date(2016, 1, 1), date(2026, 12, 31)))
def test_letters_change_only_on_days_that_regime_or_evidence_names(day: date) -> None:
    """The letters of a day are those of the last day named before it."""
    named = NAMED[bisect_right(NAMED, day) - 1]
    assert letters(day) == letters(named)


@pytest.mark.parametrize(
    ("day", "letter"),
    [
        ("2020-03-31", "discretionary"),
        ("2020-04-01", "open"),
        ("2021-04-01", "open"),
        ("2021-09-27", "open"),
        ("2021-09-28", "discretionary"),
    ],
)
def test_the_evidence_of_this_test_moves_a_letter(day: str, letter: str) -> None:
    """The property is not empty: certification, renewal and lapse each change the answer."""
    assert letters(date.fromisoformat(day))["us-nkspea-104a"] == letter
