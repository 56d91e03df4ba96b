"""The law on a day: what binds, what has ended, and what comes back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import builders
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.law.asof import AsOf, Status
from detente.law.conditions import All, in_law
from detente.law.model import Measure
from detente.law.regime import Regime
from detente.law.vocabulary import Revival

DPRK = detente.load("dprk")
FIRST, LAST = date(2005, 1, 1), date(2027, 12, 31)
revivals = st.sampled_from(["revive", "lapse"])
days = st.dates(FIRST, LAST)


def dates_in(value: object) -> Iterator[date]:
    """Yield every date that a row names, however deep."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, msgspec.Struct):
        for item in msgspec.structs.astuple(value):
            yield from dates_in(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from dates_in(item)
    elif isinstance(value, dict):
        yield from dates_in(list(value.values()))


NAMED = sorted({*dates_in((DPRK.measures, DPRK.paths, DPRK.emergencies))})


def answer(view: AsOf) -> tuple[Any, ...]:
    """Return everything that a day's view says."""
    usable = {id_: (view.ending_paths(id_), view.easing_paths(id_)) for id_ in view.regime.measures}
    return view.states, usable


def chain(*rows: Measure) -> Regime:
    """Return a regime of measures alone."""
    return builders.regime(measures=rows)


def state(regime: Regime, day: str, id_: str, revival: Revival = "lapse") -> Status:
    """Return the status of one measure on a day."""
    return regime.as_of(day, revival).states[id_].status


@pytest.mark.parametrize(
    ("day", "count"),
    [("2019-02-28", 165), ("2020-01-01", 167), ("2020-07-01", 169), ("2006-10-13", None)],
)
def test_as_many_measures_bind_as_the_fact_base_counts(day: str, count: int | None) -> None:
    """165 at Hanoi, 167 after the Warmbier Act, 169 once its later duties run; few at the start."""
    found = len(DPRK.as_of(day).in_force)
    assert found == count if count else found < 30


def test_ninety_five_of_the_measures_at_hanoi_are_the_councils() -> None:
    """The fact base counts 95 UN measures in force on the day."""
    rows = [DPRK.measures[id_] for id_ in DPRK.as_of("2019-02-28").in_force]
    assert sum(DPRK.instruments[r.instrument].issuer == "un-security-council" for r in rows) == 95


@given(days, revivals)
def test_the_law_changes_only_on_days_that_the_regime_names(day: date, revival: Revival) -> None:
    """A view equals that of the last day named before it."""
    place = bisect_right(NAMED, day) - 1
    named = NAMED[place] if place >= 0 else date.min
    assert answer(DPRK.as_of(day, revival)) == answer(DPRK.as_of(named, revival))


@given(days, revivals)
def test_a_measure_never_binds_together_with_what_took_its_place(
    day: date, revival: Revival
) -> None:
    """Of a measure and its successor at most one binds."""
    view = DPRK.as_of(day, revival)
    bound = set(view.in_force)
    for id_ in bound:
        assert DPRK.measures[id_].superseded_by not in bound


@given(days)
def test_revival_only_ever_adds_measures(day: date) -> None:
    """What binds where older measures lapse also binds where they revive."""
    assert set(DPRK.as_of(day, "lapse").in_force) <= set(DPRK.as_of(day, "revive").in_force)


@given(days)
def test_a_measure_binds_only_from_its_day_on(day: date) -> None:
    """Nothing binds before it takes effect, or from the day on which it ended."""
    for id_ in DPRK.as_of(day).in_force:
        row = DPRK.measures[id_]
        assert row.effective <= day
        assert row.ended is None or day < row.ended.on


def test_a_day_may_be_written_as_text() -> None:
    """A text and the date that it means give one view."""
    assert DPRK.as_of("2019-02-28").states == DPRK.as_of(date(2019, 2, 28)).states


ENDED = {"on": "2015-01-01", "by": "repeal", "sources": ("s",), "confidence": "analyst"}


def test_a_successor_takes_over_on_the_day_it_takes_effect() -> None:
    """The older measure binds to the day before."""
    regime = chain(
        builders.measure("old", "2010-01-01", superseded_by="new"),
        builders.measure("new", "2012-01-01"),
    )
    assert [state(regime, "2011-12-31", id_) for id_ in ("old", "new")] == ["in-force", "not-yet"]
    assert [state(regime, "2012-01-01", id_) for id_ in ("old", "new")] == [
        "superseded",
        "in-force",
    ]


@pytest.mark.parametrize(("revival", "after"), [("revive", "in-force"), ("lapse", "superseded")])
def test_whether_an_older_cap_comes_back_is_a_choice(revival: Revival, after: Status) -> None:
    """When the successor has ended, the older measure binds again only if caps revive."""
    regime = chain(
        builders.measure("old", "2010-01-01", superseded_by="new"),
        builders.measure("new", "2012-01-01", ended=ENDED),
    )
    assert state(regime, "2014-12-31", "old", revival) == "superseded"
    assert state(regime, "2015-01-01", "old", revival) == after
    assert state(regime, "2015-01-01", "new", revival) == "ended"


def test_in_a_chain_only_the_nearest_older_measure_comes_back() -> None:
    """A ban falls: the cap before it revives, and keeps the exception before that out."""
    regime = chain(
        builders.measure("exception", "2010-01-01", superseded_by="cap"),
        builders.measure("cap", "2012-01-01", superseded_by="ban"),
        builders.measure("ban", "2013-01-01", ended=ENDED),
    )
    view = regime.as_of("2015-01-01", "revive")
    assert view.in_force == ("cap",)
    assert "revived" in view.states["cap"].why


def test_a_measure_that_had_ended_by_itself_does_not_come_back() -> None:
    """Revival does not undo the older measure's own end."""
    regime = chain(
        builders.measure(
            "old", "2010-01-01", superseded_by="new", ended={**ENDED, "on": "2014-01-01"}
        ),
        builders.measure("new", "2012-01-01", ended=ENDED),
    )
    assert state(regime, "2016-01-01", "old", "revive") == "ended"


TERMS = (
    {"since": "2016-01-01", "until": "2017-01-01", "under": "the first", "confidence": "analyst"},
    {"since": "2018-01-01", "until": "2019-01-01", "under": "the second", "confidence": "analyst"},
)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2015-12-31", "not-yet"), ("2016-01-01", "in-force"), ("2016-12-31", "in-force"),
        ("2017-01-01", "lapsed"), ("2017-12-31", "lapsed"), ("2018-01-01", "in-force"),
        ("2018-12-31", "in-force"), ("2019-01-01", "unknown"),
    ],
)  # fmt: skip
def test_a_measure_of_terms_binds_in_them_lapses_between_and_is_unknown_after(
    day: str, status: Status
) -> None:
    """A gap on record is a lapse; after the last term nobody has said whether it was renewed."""
    regime = chain(builders.measure("m", "2016-01-01", terms=TERMS))
    assert state(regime, day, "m") == status


def test_while_the_successor_has_lapsed_the_older_measure_may_come_back() -> None:
    """Between two terms of the later measure the older one binds if caps revive, and then not."""
    regime = chain(
        builders.measure("old", "2010-01-01", superseded_by="new"),
        builders.measure("new", "2016-01-01", terms=TERMS),
    )
    assert [state(regime, d, "old", "revive") for d in ("2017-06-01", "2018-06-01")] == [
        "in-force",
        "superseded",
    ]


def test_a_window_is_open_on_its_first_day_and_closed_on_its_last_bound() -> None:
    """``available`` is half-open, like every stretch of time here."""
    window = {"since": "2019-03-05", "until": "2019-06-01", "why": "the text says so"}
    regime = builders.regime(builders.path("{finding: f-a}", available=window))
    usable = {
        day: bool(regime.as_of(day).ending_paths("m-1"))
        for day in ("2019-03-04", "2019-03-05", "2019-05-31", "2019-06-01")
    }
    assert list(usable.values()) == [False, True, True, False]


@given(st.dates(date(2018, 1, 1), date(2018, 12, 30)))
def test_a_limb_is_law_only_between_its_dates(day: date) -> None:
    """A limb with ``since`` and ``until`` is left out of the condition outside them."""
    node = builders.condition(
        "{all: [{finding: f-a}, {finding: f-b, since: 2018-03-01, until: 2018-09-01}]}"
    )
    kept = in_law(node, day)
    assert isinstance(kept, All)
    assert len(kept.of) == (2 if date(2018, 3, 1) <= day < date(2018, 9, 1) else 1)


def test_a_condition_of_which_nothing_is_law_is_none() -> None:
    """A path whose every limb is still to be enacted cannot be used."""
    node = builders.condition("{any: [{finding: f-a, since: 2019-01-01}]}")
    assert in_law(node, date(2018, 12, 31)) is None
    regime = builders.regime(builders.path(node))
    assert regime.as_of(date(2019, 1, 1) - timedelta(days=1)).ending_paths("m-1") == ()
    assert len(regime.as_of("2019-01-01").ending_paths("m-1")) == 1
