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
from detente.law.asof import AsOf, State, Status
from detente.law.conditions import All, in_law
from detente.law.dates import span
from detente.law.history import HistoryEvent
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


# What the history says


def told(*events: HistoryEvent, day: str, known_on: str | None = None, **changes: Any) -> State:
    """Return the state of one measure with these events on record."""
    law = builders.regime(measures=[builders.measure("m-1", **changes)], history=events)
    known = date.fromisoformat(known_on) if known_on else None
    return law.as_of(day, known_on=known).state("m-1")


def does(what: str, day: str, effective: str | None = None, id_: str = "ev-1") -> HistoryEvent:
    """Return an event that did something to the measure."""
    change = {"what": what, "measures": ["m-1"], "path": "rp-x"}
    return builders.event(id_, day, change | ({"effective": effective} if effective else {}))


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("ends", "ended"), ("suspends", "suspended"), ("waives", "in-force"),
        ("licenses", "in-force"), ("eases", "in-force"), ("renews", "in-force"),
        ("keeps", "in-force"), ("lapses", "in-force"), ("imposes", "in-force"),
        ("reimposes", "in-force"),
    ],
)  # fmt: skip
def test_only_an_end_and_a_suspension_take_a_measure_out_of_force(what: str, status: str) -> None:
    """What eases or keeps a measure leaves it binding, on the day and for good."""
    event = does(what, "2015-01-01")
    found = [told(event, day=day).status for day in ("2014-12-31", "2015-01-01", "2020-01-01")]
    assert found == ["in-force", status, status]


@pytest.mark.parametrize("back", ["reimposes", "lapses"])
def test_a_suspension_is_over_when_it_lapses_or_the_measure_is_reimposed(back: str) -> None:
    """The measure binds again from that day on."""
    rows = (does("suspends", "2015-01-01"), does(back, "2018-01-01", id_="ev-2"))
    found = [told(*rows, day=day).status for day in ("2017-12-31", "2018-01-01")]
    assert found == ["suspended", "in-force"]


def test_what_has_ended_comes_back_by_reimposition_and_not_by_a_lapse() -> None:
    """The end of a suspension brings nothing back that had ended."""
    ends = does("ends", "2015-01-01")
    for back, status in (("lapses", "ended"), ("reimposes", "in-force")):
        assert told(ends, does(back, "2018-01-01", id_="ev-2"), day="2018-01-01").status == status


def test_what_has_ended_is_not_suspended_afterwards() -> None:
    """Else the lapse of that suspension would bring back what ended for good."""
    rows = (
        does("ends", "2015-01-01"),
        does("suspends", "2016-01-01", id_="ev-2"),
        does("lapses", "2017-01-01", id_="ev-3"),
    )
    for day in ("2015-01-01", "2016-01-01", "2017-01-01"):
        assert told(*rows, day=day).status == "ended"


def test_an_effect_counts_from_the_day_on_which_it_worked() -> None:
    """Decided in June, effective in October: it binds until then."""
    ends = does("ends", "2015-06-01", effective="2015-10-01")
    found = [told(ends, day=day).status for day in ("2015-06-01", "2015-09-30", "2015-10-01")]
    assert found == ["in-force", "in-force", "ended"]


def test_of_two_effects_the_one_that_worked_last_counts() -> None:
    """A re-imposition of July does not outlive an end that was decided in June for October."""
    rows = (
        does("suspends", "2015-01-01"),
        does("ends", "2015-06-01", effective="2015-10-01", id_="ev-2"),
        does("reimposes", "2015-07-01", id_="ev-3"),
    )
    found = [told(*rows, day=day).status for day in ("2015-06-30", "2015-07-01", "2015-10-01")]
    assert found == ["suspended", "in-force", "ended"]


@pytest.mark.parametrize("effective", [None, "2015-10-01"])
def test_an_effect_of_a_month_is_unknown_until_its_last_day(effective: str | None) -> None:
    """Some day of June; where its effect has a day of its own, that day is exact."""
    ends = does("ends", "2015-06", effective=effective)
    found = [told(ends, day=day).status for day in ("2015-05-31", "2015-06-01", "2015-06-29")]
    assert found == ["in-force", *(["in-force"] * 2 if effective else ["unknown"] * 2)]
    assert told(ends, day="2015-10-01").status == "ended"


def test_the_history_is_known_only_once_it_has_happened() -> None:
    """A replay of what was known in May does not know that the measure ended in June."""
    ends = does("ends", "2015-06-01")
    known = [told(ends, day="2015-07-01", known_on=d).status for d in ("2015-05-31", "2015-06-01")]
    assert known == ["in-force", "ended"]


def test_the_history_changes_nothing_that_does_not_bind() -> None:
    """What is not yet law, was never used, or ended by its own dates stays so."""
    back = does("reimposes", "2015-01-01")
    assert told(back, day="2016-01-01", effective="2017-01-01").status == "not-yet"
    assert told(back, day="2016-01-01", unused="Nobody chose it.").status == "unused"
    assert told(back, day="2016-01-01", ended=ENDED).status == "ended"


VERBS = ["ends", "suspends", "reimposes", "lapses", "waives"]
histories = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.dates(date(2015, 1, 1), date(2016, 12, 31)),
        st.sampled_from([None, None, 10, 300]),
        st.sampled_from([True, True, False]),
    ),
    max_size=5,
)


@given(histories, st.dates(date(2014, 12, 1), date(2018, 1, 1)))
def test_the_record_is_the_same_between_two_days_of_the_history(
    rows: list[tuple[str, date, int | None, bool]], day: date
) -> None:
    """It changes on the first and last day of an event and on the days of its effects alone."""
    events = []
    named = {date.min}
    for number, (what, when, later, exact_) in enumerate(rows):
        works = when + timedelta(days=later) if later else None
        written = str(when) if exact_ else str(when)[:7]
        events.append(does(what, written, str(works) if works else None, id_=f"ev-{number}"))
        days_ = span(written)
        named |= {works} if works else {days_.start, days_.end - timedelta(days=1)}
    last = max(item for item in named if item <= day)
    if last > date(2000, 1, 1):
        assert told(*events, day=str(day)).status == told(*events, day=str(last)).status
    else:
        assert told(*events, day=str(day)).status == "in-force"


# Measures that may not bind


def test_a_power_that_nobody_used_does_not_bind() -> None:
    """It says why, and counts as nothing in force."""
    law = builders.regime(measures=[builders.measure("m-1", unused="Not chosen.")])
    view = law.as_of("2015-01-01")
    assert (view.in_force, view.state("m-1").why) == ((), "Not chosen.")


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2014-12-31", "not-yet"), ("2015-01-01", "unknown"), ("2015-01-30", "unknown"),
        ("2015-01-31", "in-force"),
    ],
)  # fmt: skip
def test_between_the_first_and_the_last_day_it_is_unknown_whether_a_measure_binds(
    day: str, status: str
) -> None:
    """From the last day that it may have begun, it surely binds."""
    found = told(day=day, effective="2015-01-01", effective_by="2015-01-31")
    assert found.status == status


@pytest.mark.parametrize(
    ("reaches", "known_on", "status"),
    [
        ("yes", None, "in-force"), ("no", None, "lapsed"), ("unknown", None, "unknown"),
        ("yes", "2018-01-01", "in-force"), ("unknown", "2018-01-01", "unknown"),
        ("yes", "2017-12-31", "lapsed"), ("unknown", "2017-12-31", "lapsed"),
    ],
)  # fmt: skip
def test_a_term_that_reaches_back_counts_once_it_is_known(
    reaches: str, known_on: str | None, status: str
) -> None:
    """In the break of 2017 the measure had lapsed for all who looked before the later act."""
    terms = (TERMS[0], {**TERMS[1], "reaches_back": reaches})
    found = [
        told(day=day, known_on=known_on, effective="2016-01-01", terms=terms).status
        for day in ("2017-01-01", "2017-12-31")
    ]
    assert found == [status, status]
    assert told(day="2018-01-01", effective="2016-01-01", terms=terms).status == "in-force"
