"""What happened and what the law says: the record of each regime against law and evidence.

``AsOf.in_force`` reads a regime's history; ``Letters.in_force`` works out the same from
conditions and evidence. They differ only where this file says so, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import builders
import pytest

import detente
from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence, shipped
from detente.evidence.model import Finding
from detente.law.asof import AsOf
from detente.law.dates import span
from detente.law.regime import Regime
from detente.relief.letter import Letters
from detente.relief.standing import Easing, easings

DAY: Final = timedelta(days=1)
REGIMES: Final = ("iran", "syria", "south-africa")


def letters_of(name: str, day: str | date, reading: str | None = None) -> Letters:
    """Return the letters of a bundled regime on a day, on the evidence that it ships."""
    law = detente.load(name)
    when = date.fromisoformat(day) if isinstance(day, str) else day
    return Letters(law.as_of(when), facts_of(law, shipped(law, reading), when))


def days_of(law: Regime) -> Iterator[date]:
    """Yield every day on which an event of the history may have happened or worked."""
    for event in law.history.values():
        days = span(event.date)
        yield from (days.start, days.end - DAY)
        yield from (change.effective for change in event.effects if change.effective)


# Where record and law differ, and why

CAESAR: Final = (
    "us-caesar-7412-support", "us-caesar-7412-oil", "us-caesar-7412-aircraft",
    "us-caesar-7412-aircraft-services", "us-caesar-7412-building", "us-caesar-7412-entry",
)  # fmt: skip
Known = tuple[str, date, date, str, str]
"""Regime, first day, first day on which they agree again, status on record, status worked out."""

KNOWN: Final[dict[str, tuple[Known, ...]]] = {
    # Suspended in fact on 10 November 2025; whether the criteria were met is not known.
    **{
        id_: (("syria", date(2025, 11, 10), date(2025, 12, 18), "suspended", "unknown"),)
        for id_ in CAESAR
    },
    # The year of the lifting is on record, not its day; and no event of the history ends them.
    "ec-gold-coins": (
        ("south-africa", date(1992, 1, 1), date(1992, 12, 31), "in-force", "unknown"),
        ("south-africa", date(1992, 12, 31), date.max, "in-force", "ended"),
    ),
    "us-unofficial-intel": (
        ("south-africa", date(1993, 11, 23), date.max, "in-force", "ended"),
    ),
    # Repealed with effect on an elected government, of which no finding speaks before the day.
    "us-caaa-code-of-conduct": (
        ("south-africa", date(1993, 11, 23), date(1994, 6, 8), "in-force", "unknown"),
    ),
}  # fmt: skip


def statuses(letters: Letters) -> Iterator[tuple[str, str, str]]:
    """Yield every measure with its state on record and its state by law and evidence."""
    for id_ in letters.view.states:
        yield id_, letters.view.state(id_).status, letters.measure(id_).state.status


@pytest.mark.parametrize("name", REGIMES)
def test_what_binds_as_recorded_binds_by_law_and_evidence(name: str) -> None:
    """On the day of every event, and on the days beside it, the two agree or are explained."""
    law = detente.load(name)
    near = {day + step for day in days_of(law) for step in (-DAY, 0 * DAY, DAY)}
    seen: set[str] = set()
    for day in sorted(near):
        for id_, record, worked in statuses(letters_of(name, day)):
            if record != worked:
                found = [row for row in KNOWN.get(id_, ()) if row[1] <= day < row[2]]
                assert [(row[0], *row[3:]) for row in found] == [(name, record, worked)], (id_, day)
                seen.add(id_)
    assert seen == {id_ for id_, rows in KNOWN.items() if rows[0][0] == name}


def test_the_caesar_rows_are_not_called_barred_while_they_were_suspended() -> None:
    """Where the record says suspended and the law cannot say, the letter is undetermined."""
    letters = letters_of("syria", "2025-11-10")
    assert {letters.measure(id_).letter for id_ in CAESAR} == {"undetermined"}


@pytest.mark.parametrize("name", REGIMES)
def test_the_record_changes_only_on_days_that_the_history_names(name: str) -> None:
    """Between two days of the history, and the law's own days, what is on record stays."""
    law = detente.load(name)
    named = sorted({*days_of(law), *(day + DAY for day in days_of(law))})

    def status(view: AsOf, own: bool) -> dict[str, str]:
        found = view.states if own else view.recorded
        return {id_: state.status for id_, state in found.items()}

    for first, then in pairwise(named):
        middle, last = first + (then - first) // 2, then - DAY
        start = law.as_of(first)
        for day in {middle, last}:
            view = law.as_of(day)
            if status(view, own=True) == status(start, own=True):
                assert status(view, own=False) == status(start, own=False), day


# Iran, on five days


@pytest.mark.parametrize(
    ("day", "all_", "council"),
    [
        ("2015-07-14", 104, 36), ("2016-01-16", 56, 7), ("2018-05-08", 60, 7),
        ("2018-11-05", 66, 7), ("2025-10-01", 115, 36),
    ],
)  # fmt: skip
def test_as_many_measures_bind_on_iran_as_the_record_counts(
    day: str, all_: int, council: int
) -> None:
    """Before the deal, on its day, before and after the withdrawal, after the snapback."""
    letters = letters_of("iran", day)
    law = letters.view.regime
    for found in (letters.in_force, letters.view.in_force):
        issuers = [law.instruments[law.measures[id_].instrument].issuer for id_ in found]
        assert (len(found), issuers.count("un-security-council")) == (all_, council)


def test_half_of_what_bound_on_iran_is_open_or_ended_on_implementation_day() -> None:
    """On 16 January 2016, 55 of the 111 measures that had been imposed by then."""
    letters = letters_of("iran", "2016-01-16")
    rows = letters.view.regime.measures.values()
    imposed = [row.id for row in rows if row.effective <= letters.view.day]
    gone = [id_ for id_ in imposed if letters.measure(id_).letter in ("open", "ended")]
    assert (len(gone), len(imposed)) == (55, 111)


def test_under_the_other_reading_the_snapback_brought_nothing_back() -> None:
    """By the reading of Russia, China and Iran 80 measures bind on 1 October 2025, not 115."""
    letters = letters_of("iran", "2025-10-01", "russia-china-iran")
    assert len(letters.in_force) == 80


@pytest.mark.parametrize(("day", "bound"), [("2025-09-27", 1), ("2025-09-28", 36)])
def test_the_councils_measures_bind_again_at_midnight_of_greenwich(day: str, bound: int) -> None:
    """Thirty full days from 28 August: on 28 September, in the record and by law."""
    letters = letters_of("iran", day)
    law = letters.view.regime
    for found in (letters.in_force, letters.view.in_force):
        issuers = [law.instruments[law.measures[id_].instrument].issuer for id_ in found]
        assert issuers.count("un-security-council") == bound


# South Africa, two doors

ITEMS: Final = {
    "r-311-2-emergency": "met", "r-311-3-parties": "met", "r-311-4-laws": "met",
    "r-311-5-talks": "commitment",
}  # fmt: skip


def doors(day: str, items: tuple[str, ...], *decided: Finding) -> Letters:
    """Return the letters where item 1 and these of the other four are met, and no more."""
    law = detente.load("south-africa")
    met = {"r-311-1-mandela": "met", "r-311-1-prisoners": "met"}
    met |= {id_: extent if id_ in items else "none" for id_, extent in ITEMS.items()}
    rows = [builders.finding("1990-01-01", requirement=k, extent=v) for k, v in met.items()]
    progress = {"requirement": "r-311-b3-progress", "extent": "significant-progress"}
    rows += [builders.finding("1990-01-01", **progress), *decided]
    when = date.fromisoformat(day)
    return Letters(law.as_of(when), facts_of(law, Evidence(tuple(rows), when), when))


REPORTED: Final = builders.finding("1991-06-01", finding="f-311b-reported", made=True)
FOUR: Final = tuple(ITEMS)
PAIRS: Final = [(a, b) for a in FOUR for b in FOUR if a < b]


@pytest.mark.parametrize("items", PAIRS)
def test_two_of_the_other_four_open_neither_door(items: tuple[str, ...]) -> None:
    """Item 1 and two more: barred, however long ago the President reported."""
    letters = doors("1991-07-10", items, REPORTED)
    assert letters.measure("us-caaa-310").letter == "barred"


@pytest.mark.parametrize("left", FOUR)
def test_three_of_the_other_four_give_the_president_a_choice(left: str) -> None:
    """Reported, thirty days run and Congress silent: he may act under 311(b), and nobody must."""
    items = tuple(id_ for id_ in FOUR if id_ != left)
    status = doors("1991-07-01", items, REPORTED).measure("us-caaa-310")
    assert status.letter == "discretionary"
    (chosen,) = (path for path in status.paths if path.discretionary)
    assert chosen.path.id == "rp-311b-suspend"
    assert chosen.missing().sets == (("f-311b-president-acts",),)


def test_three_of_four_are_not_enough_while_the_thirty_days_run() -> None:
    """On the day before, what is missing is no decision."""
    assert doors("1991-06-30", FOUR[:3], REPORTED).measure("us-caaa-310").letter == "barred"


def test_a_joint_resolution_in_time_closes_the_second_door() -> None:
    """Congress spoke within the thirty days: barred, and after them it is too late."""
    event = "e-us-joint-resolution-602"
    for day, letter in (("1991-06-30", "barred"), ("1991-07-01", "discretionary")):
        spoke = builders.finding(day, event=event, made=True)
        found = doors("1991-07-10", FOUR[:3], REPORTED, spoke).measure("us-caaa-310").letter
        assert found == letter


def test_all_five_items_end_title_iii_by_themselves() -> None:
    """Conduct alone ends it, and nobody has a choice; so it was on 10 July 1991."""
    for letters in (doors("1991-07-10", FOUR), letters_of("south-africa", "1991-07-10")):
        status = letters.measure("us-caaa-310")
        assert (status.letter, status.state.status) == ("ended", "ended")
        (met,) = (path for path in status.paths if path.value.word == "met")
        assert met.path.id == "rp-311a-terminate"


# Syria on 1 July 2025


def eased(letters: Letters, measure: str, path: str) -> Easing:
    """Return what one easing path comes to."""
    (found,) = (item for item in easings(letters, measure) if item.path == path)
    return found


def test_the_revoked_orders_bind_no_longer_from_their_day_on() -> None:
    """Signed on 30 June, effective on 1 July: twelve rows end, and not the day before."""
    law = detente.load("syria")
    revoked = [id_ for id_ in law.measures if "rp-eo-revoke" in law.paths_of[id_]]
    before, after = letters_of("syria", "2025-06-30"), letters_of("syria", "2025-07-01")
    gone = [id_ for id_ in revoked if after.measure(id_).state.status == "ended"]
    assert len(gone) == 12
    assert {after.measure(id_).state.why for id_ in gone} == {"revocation by rp-eo-revoke"}
    assert set(gone) <= set(before.in_force)
    assert not set(gone) & {*after.in_force, *after.view.in_force}


@pytest.mark.parametrize("id_", CAESAR)
def test_the_caesar_rows_bind_and_are_waived(id_: str) -> None:
    """They stay in force; a waiver of 180 days runs to 19 November 2025."""
    letters = letters_of("syria", "2025-07-01")
    waiver = eased(letters, id_, "rp-caesar-waive")
    assert id_ in letters.in_force
    assert (waiver.value, waiver.lapses) == ("met", date(2025, 11, 19))


@pytest.mark.parametrize(
    ("day", "value"), [("2025-07-01", "unmet"), ("2025-07-19", "unmet"), ("2025-07-20", "met")]
)
@pytest.mark.parametrize("id_", ["us-cbw-307a-credit", "us-cbw-307a-exports", "us-cbw-307b"])
def test_the_chemical_weapons_waiver_waits_for_its_twenty_days(
    id_: str, day: str, value: str
) -> None:
    """Notified on 30 June 2025, it works from 20 July; until then the measures bind unwaived."""
    letters = letters_of("syria", day)
    assert id_ in letters.in_force
    assert eased(letters, id_, "rp-cbw-change").value == value
