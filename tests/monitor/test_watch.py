"""The watch tells delistings, relief, reversals, pace and what came back, each with its ground."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import made
import pytest
from msgspec.structs import replace
from real import un

import detente
from detente.evidence.load import shipped
from detente.evidence.model import Finding
from detente.monitor.steps import steps
from detente.monitor.watch import watch
from detente.monitor.watch_results import Event, Watch
from detente.report.watch import watch_feed, watch_page
from detente.report.watch_chart import watch_chart
from detente.store.read import parties_ever, sources
from detente.store.schema import opened
from detente.store.take import take_files

DPRK = detente.load("dprk")
IRAN = detente.load("iran")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with opened(tmp_path / "a.store", write=True) as connection:
        yield connection


def seen(
    store: sqlite3.Connection,
    regime: detente.Regime = DPRK,
    *more: Finding,
    since: date | None = None,
) -> Watch:
    """Watch a regime on the lists of a store, with findings beside those that ship."""
    own = shipped(regime)
    evidence = replace(own, findings=(*own.findings, *more))
    found = {source: list(steps(store, source)) for source in sources(store)}
    ever = {source: list(parties_ever(store, source)) for source in sources(store)}
    return watch([(regime, evidence)], found, ever, since=since)


def of(result: Watch, *kinds: str) -> list[Event]:
    """The events of some kinds."""
    return [event for event in result.events if event.event in kinds]


def sdn(store: sqlite3.Connection, day: str, **names: str) -> None:
    """Import an edition whose entries carry these tags, by their names."""
    rows = [made.sdn_row(str(n), name, tag) for n, (name, tag) in enumerate(names.items(), 1)]
    take_files(store, made.ofac(rows), date=day, force=True)


def finding(**fields: Any) -> Finding:
    """A finding about a listed party."""
    common = {
        "id": "f-1", "verification": "observed", "happened": "2018-06-01",
        "recorded": "2018-06-02", "sources": ("A petition",), "confidence": "verified-secondary",
    }  # fmt: skip
    return Finding(**(common | fields))


def test_a_delisting_names_its_ground_and_that_nothing_is_on_record(
    store: sqlite3.Connection,
) -> None:
    """The delisting path's requirement, its citation, and unknown: an alarm."""
    sdn(store, "2018-01-26", KEPT="DPRK2", GONE="DPRK2")
    sdn(store, "2019-01-04", KEPT="DPRK2")
    (event,) = of(seen(store), "delisting")
    assert (event.subjects, event.earned, event.alarm) == (("ofac-sdn:2",), "unknown", True)
    assert (event.after, event.date) == ("2018-01-26", "2019-01-04")
    assert "rp-us-ofac-delist" in event.ground
    assert "no finding about the party is on record" in event.ground
    assert event.citation == "31 CFR 501.807"


def test_a_finding_about_the_party_earns_its_delisting(store: sqlite3.Connection) -> None:
    """Only a finding that names the party counts, and it must be better than claimed."""
    sdn(store, "2018-01-26", KEPT="DPRK2", GONE="DPRK2")
    sdn(store, "2019-01-04", KEPT="DPRK2")
    about = {"requirement": "r-us-delist-person-change", "extent": "met"}

    def earned(**fields: Any) -> tuple[str, bool]:
        (event,) = of(seen(store, DPRK, finding(**(about | fields))), "delisting")
        return event.earned, event.alarm

    assert earned(parties=("ofac-sdn:2",)) == ("yes", False)
    assert earned(parties=("ofac-sdn:1",)) == ("unknown", True)
    assert earned(parties=("ofac-sdn:2",), verification="claimed") == ("unknown", True)
    assert earned(parties=("ofac-sdn:2",), extent="none") == ("no", True)
    assert earned(parties=("ofac-sdn:2",), happened="2019-06-01") == ("unknown", True)


def test_a_finding_about_a_party_says_nothing_of_the_measure() -> None:
    """One person's change of ways opens no door for all others."""
    own = shipped(DPRK)
    about = finding(
        requirement="r-us-delist-person-change", extent="met", parties=("ofac-sdn:2",)
    )  # fmt: skip
    evidence = replace(own, findings=(*own.findings, about))
    plain = detente.why(DPRK, "us-eo13687", own)
    assert detente.why(DPRK, "us-eo13687", evidence).missing == plain.missing


def test_a_measure_that_had_lapsed_is_a_ground_and_no_alarm(store: sqlite3.Connection) -> None:
    """The freeze of 2231 ended on 2023-10-18 by time alone: lawful, stated, not earned."""
    iran(store, "2020-03-20", "2007-03-24", 1, 2)
    iran(store, "2024-09-26", "2007-03-24")
    (event,) = of(seen(store, IRAN), "delisting")
    assert (len(event.subjects), event.earned, event.alarm) == (2, "no", False)
    assert "un-2231-b6c-freeze no longer bound" in event.ground
    assert "of 2023-10-18: lapsed" in event.ground


def test_who_loses_the_tags_of_a_regime_has_left_it(store: sqlite3.Connection) -> None:
    """On the list still, but under other tags: that is relief too."""
    sdn(store, "2018-01-26", KEPT="DPRK2", LESS="DPRK2] [SDGT")
    sdn(store, "2019-01-04", KEPT="DPRK2", LESS="SDGT")
    result = seen(store)
    (event,) = of(result, "delisting")
    assert (event.subjects, event.alarm) == (("ofac-sdn:2",), True)
    assert "still on it without a tag of this regime" in event.text
    assert [flow.delisted for flow in result.flows] == [1]


def test_a_party_that_stands_there_does_not_come_back(store: sqlite3.Connection) -> None:
    """Once it is back, another one of its name is another one."""
    for day, numbers in (("2017-01-01", "17"), ("2018-01-01", "7"), ("2019-01-01", "17"),
                         ("2020-01-01", "179")):  # fmt: skip
        rows = [made.sdn_row(n, {"7": "KEPT"}.get(n, "ALPHA"), "DPRK2") for n in numbers]
        take_files(store, made.ofac(rows), date=day, force=True)
    assert [event.subjects for event in of(seen(store), "return")] == [("ofac-sdn:1",)]


def test_a_renumbered_party_is_no_delisting(store: sqlite3.Connection) -> None:
    """Its number in the register of ships tells that it is the same."""
    imo = "Vessel Registration Identification IMO 7937317."
    for day, number in (("2018-01-26", "1"), ("2019-01-04", "9")):
        row = made.sdn_row(number, "GOOD HOPE", "DPRK4", kind="vessel", remarks=imo)
        take_files(store, made.ofac([row]), date=day)
    assert of(seen(store), "delisting", "return", "snapback") == []


def test_parties_of_other_regimes_are_counted_and_not_judged(store: sqlite3.Connection) -> None:
    """A tag that no regime at hand knows is set aside."""
    sdn(store, "2018-01-26", KEPT="DPRK2", GONE="CUBA")
    sdn(store, "2019-01-04", KEPT="DPRK2")
    result = seen(store)
    assert of(result, "delisting") == []
    assert result.aside == {"ofac-sdn": 1}


def iran(store: sqlite3.Connection, day: str, listed_on: str, *numbers: int) -> None:
    """Import an edition of the UN list with these Iranian entries."""
    entries = [made.un_entry("KPe.001", "KEPT", "2009-04-24")]
    entries += [made.un_entry(f"IRe.{n:03}", f"FIRM {n}", listed_on, tag="Iran") for n in numbers]
    take_files(store, made.un(entries, f"{day}T00:00:00Z"), force=True)


def test_listings_that_return_together_are_one_snapback(store: sqlite3.Connection) -> None:
    """Some by number, some by the day that they say; its ground is the re-imposition."""
    iran(store, "2015-01-01", "2007-03-24", 1, 2, 3)
    iran(store, "2025-04-19", "2007-03-24")
    iran(store, "2026-02-27", "2007-03-24", 1, 2, 3, 4, 5, 6)
    (event,) = of(seen(store, IRAN), "snapback", "return")
    assert event.event == "snapback"
    assert event.counts == {
        "parties": 6, "seen_before": 3, "renumbered": 0, "by_listed_on": 3,
    }  # fmt: skip
    assert (event.earned, event.alarm) == ("yes", False)
    assert "ri-un-2231-snapback" in event.ground


def test_a_few_that_return_are_told_one_by_one(store: sqlite3.Connection) -> None:
    """Two are no snapback; a new listing of the last month is no return at all."""
    iran(store, "2015-01-01", "2007-03-24", 1, 2)
    iran(store, "2025-04-19", "2007-03-24")
    iran(store, "2025-05-01", "2007-03-24", 1, 2)
    assert [e.event for e in of(seen(store, IRAN), "snapback", "return")] == ["return", "return"]
    iran(store, "2025-06-01", "2025-04-25", 1, 2, 9)
    assert len(of(seen(store, IRAN), "snapback", "return")) == 2


def test_relief_without_its_condition_is_an_alarm(store: sqlite3.Connection) -> None:
    """An act on the ledger under a path that asks for conduct, of which none is on record."""
    act = finding(
        id="f-act", act="rp-us-401-suspend", made=True, happened="2019-02-28",
        recorded="2019-03-01", measures=("us-nkspea-104a",), parties=(),
    )  # fmt: skip
    events = of(seen(store, DPRK, act, since=date(2019, 1, 1)), "relief")
    (given,) = [event for event in events if "us-nkspea-104a" in event.subjects]
    assert (given.earned, given.alarm) == ("no", True)
    assert given.ground.startswith("unearned: ")
    assert given.citation


def test_relief_that_the_law_leaves_to_discretion_is_no_alarm(store: sqlite3.Connection) -> None:
    """It is lawful and not earned: both are said."""
    (event,) = [
        e for e in of(seen(store), "relief") if e.date == "2014-07-04"
    ]  # fmt: skip
    assert (event.earned, event.alarm) == ("no", False)
    assert event.ground.startswith("discretionary: ")


def test_a_requirement_undone_is_a_reversal(store: sqlite3.Connection) -> None:
    """Iran's stock rose above 300 kg on 2019-07-01, as the findings that ship say."""
    events = of(seen(store, IRAN), "reversal")
    assert ("2019-07-01", ("r-jc-300-kg",)) in [(e.date, e.subjects) for e in events]
    undone = [event for event in events if "is met no more" in event.text]
    assert len(undone) == 7
    assert all(event.alarm and event.earned == "no" for event in undone)


def test_relief_taken_back_is_a_reversal_too(store: sqlite3.Connection) -> None:
    """The re-impositions of 2018 and 2025 stand beside the steps of the target."""
    events = [e for e in of(seen(store, IRAN), "reversal") if "re-imposed" in e.text]
    assert [(e.date, len(e.subjects)) for e in events] == [
        ("2018-08-07", 3), ("2018-11-05", 3), ("2025-09-28T00:00Z", 36), ("2025-09-30", 17),
    ]  # fmt: skip
    assert not any(e.date.startswith("2025-09-28") for e in of(seen(store, IRAN), "relief"))


def test_a_party_under_another_number_came_back_too(store: sqlite3.Connection) -> None:
    """A ship that was off the list for an edition is known by its number in the register."""
    imo = "Vessel Registration Identification IMO 9999993."
    other = made.sdn_row("1", "KEPT", "DPRK2")
    for day, rows in {
        "2015-01-01": [other, made.sdn_row("7", "GOOD HOPE", "DPRK4", "vessel", imo)],
        "2016-01-01": [other],
        "2017-01-01": [other, made.sdn_row("9", "BETTER HOPE", "DPRK4", "vessel", imo)],
    }.items():
        take_files(store, made.ofac(rows), date=day)
    (event,) = of(seen(store), "return")
    assert event.subjects == ("ofac-sdn:9",)
    assert "it had been ofac-sdn:7, by imo 9999993" in event.text


def test_two_ships_of_one_name_are_not_the_same(store: sqlite3.Connection) -> None:
    """Their numbers in the register differ."""
    for day, number, imo in (("2015-01-01", "7", "9999993"), ("2016-01-01", "9", "7937317")):
        remark = f"Vessel Registration Identification IMO {imo}."
        row = made.sdn_row(number, "GOOD HOPE", "DPRK4", "vessel", remark)
        take_files(store, made.ofac([row]), date=day)
    assert [e.subjects for e in of(seen(store), "delisting")] == [("ofac-sdn:7",)]


def test_without_lists_there_is_no_delisting_and_the_page_says_why(
    store: sqlite3.Connection,
) -> None:
    """Nothing is known of listings; the law's own events are told all the same."""
    result = seen(store)
    assert result.editions == {}
    assert of(result, "delisting", "pace", "snapback") == []
    assert any("no edition of a list is held" in line.text for line in watch_page(result).answer)


def test_the_feed_keeps_the_ids_of_events(store: sqlite3.Connection) -> None:
    """A second run over a longer history gives the old events their old ids."""
    sdn(store, "2018-01-26", KEPT="DPRK2", GONE="DPRK2")
    sdn(store, "2019-01-04", KEPT="DPRK2")
    before = set(watch_feed(seen(store)).split("<id>"))
    sdn(store, "2020-01-04", KEPT="DPRK2", NEW="DPRK2")
    after = set(watch_feed(seen(store)).split("<id>"))
    told = {part for part in before if 'term="delisting"' in part}
    assert told
    assert told <= after


def test_the_picture_holds_every_flow_and_event(store: sqlite3.Connection) -> None:
    """A bar for each flow between editions; more than sixty are joined by quarters."""
    for n in range(70):
        day = date.fromordinal(date(2019, 1, 1).toordinal() + n).isoformat()
        sdn(store, day, **{f"CO{k}": "DPRK2" for k in range(n + 1)})
    result = seen(store)
    assert len(result.flows) == 69
    assert sum(flow.listed for flow in result.flows) == 69
    panel = watch_chart(result)["vconcat"][0]
    bars = panel["layer"][0]["data"]["values"]
    assert len(bars) == 1
    assert sum(bar["number"] for bar in bars) == 69


EDITIONS = ("2016-06-20", "2017-06-20", "2018-06-07", "2018-10-29", "2020-03-20", "2024-09-26",
            "2025-04-19", "2026-02-27")  # fmt: skip


@pytest.mark.real
def test_the_snapback_on_iran_is_one_event_of_121_parties(store: sqlite3.Connection) -> None:
    """Of the real list: 84 by numbers of earlier editions, 37 by their date of listing."""
    for day in EDITIONS:
        take_files(store, un(day))
    result = seen(store, IRAN, since=date(2025, 4, 20))
    (event,) = of(result, "snapback")
    assert of(result, "return") == []
    assert len(event.subjects) == 121
    assert event.counts == {
        "parties": 121, "seen_before": 84, "renumbered": 0, "by_listed_on": 37,
    }  # fmt: skip
    assert (event.after, event.date, event.earned) == ("2025-04-19", "2026-02-27", "yes")


@pytest.mark.real
def test_the_pace_of_the_un_on_north_korea_fell_in_2018(store: sqlite3.Connection) -> None:
    """Nobody was listed since March 2018; the test states its false-alarm rate."""
    for day in EDITIONS:
        take_files(store, un(day))
    delistings, listings = of(seen(store), "pace")[::-1]
    assert listings.date == "2018-07-13"
    assert of(seen(store, since=date(2026, 1, 1)), "pace") == [delistings]
    assert listings.counts["change"] == "yes"
    assert listings.counts["split"] == {"first": "2018-01-13", "last": "2018-07-13"}
    assert listings.alarm
    assert "false alarms at most 0.05" in listings.text
    assert delistings.counts["change"] == "unknown"
    assert not delistings.alarm
