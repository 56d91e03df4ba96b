"""A party is found by whatever points at it, and its life on every list is told."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import made
import pytest

from detente.errors import UsageError
from detente.store.compare import compare_days, compare_files
from detente.store.life import log
from detente.store.read import find
from detente.store.schema import opened
from detente.store.take import take_files
from detente.store.write import forget


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A party that is listed, amended, delisted and returns; and one of its name elsewhere."""
    with opened(tmp_path / "a.store", write=True) as connection:
        for day, rows in {
            "2015-01-01": [made.sdn_row("1", "OTHER CO")],
            "2016-01-01": [made.sdn_row("1", "OTHER CO"), made.sdn_row("7", "OFFICE 39", "DPRK")],
            "2017-01-01": [made.sdn_row("1", "OTHER CO"), made.sdn_row("7", "OFFICE 39", "DPRK2")],
            "2018-01-01": [made.sdn_row("1", "OTHER CO")],
            "2019-01-01": [made.sdn_row("1", "OTHER CO"), made.sdn_row("7", "OFFICE 39", "DPRK2")],
        }.items():
            take_files(connection, made.ofac(rows), date=day)
        entry = made.un_entry("KPe.030", "Office 39", "2016-03-02")
        take_files(connection, made.un([entry], "2016-06-20T19:50:12Z"))
        yield connection


def test_a_life_is_told_with_the_days_between_which_things_happened(
    store: sqlite3.Connection,
) -> None:
    """Listed, amended, delisted and returned, each between two editions."""
    (life, elsewhere) = log(store, "ofac-sdn:7").parties
    assert [(e.event, e.after, e.date) for e in life.events] == [
        ("listed", "2015-01-01", "2016-01-01"),
        ("amended", "2016-01-01", "2017-01-01"),
        ("delisted", "2017-01-01", "2018-01-01"),
        ("returned", "2018-01-01", "2019-01-01"),
    ]
    assert list(life.events[1].fields) == ["listings"]
    assert life.listed
    assert (elsewhere.id, elsewhere.matched) == ("un-sc:KPe.030", "same name")
    assert [(e.event, e.says) for e in elsewhere.events] == [("present", "2016-03-02")]


@pytest.mark.parametrize("text", ["ofac-sdn:7", "7", "office 39", "39 Office", "Óffice-39"])
def test_a_party_is_found_by_id_number_and_name(store: sqlite3.Connection, text: str) -> None:
    """Case, accents, order and punctuation do not matter."""
    assert ("ofac-sdn", "7") in find(store, text)


def test_nothing_is_found_where_nothing_points(store: sqlite3.Connection) -> None:
    """An unknown name gives no party, not an error; and marks of a query language none at all."""
    for text in ("Office 40", "", "%", "_", "' OR 1=1 --"):
        found = log(store, text)
        assert (found.parties, found.near) == ((), ())


def test_names_that_hold_the_words_asked_for_are_near(store: sqlite3.Connection) -> None:
    """A part of a name finds no entry, but tells which ones hold it."""
    found = log(store, "office")
    assert found.parties == ()
    assert [item.id for item in found.near] == ["ofac-sdn:7", "un-sc:KPe.030"]


def test_what_stands_in_brackets_is_a_name_of_its_own(store: sqlite3.Connection) -> None:
    """So is the name without it."""
    entry = made.un_entry("KPe.047", "FOREIGN TRADE BANK (FTB)", "2017-08-05")
    take_files(store, made.un([entry], "2018-06-07T00:00:00Z"))
    for text in ("FTB", "foreign trade bank", "Foreign Trade Bank (FTB)"):
        assert [life.id for life in log(store, text).parties] == ["un-sc:KPe.047"]


def test_who_stood_only_on_a_forgotten_edition_is_not_found(store: sqlite3.Connection) -> None:
    """Neither by number nor by name; the rest is as it was."""
    entry = made.un_entry("KPi.099", "GAMMA ONE", "2017-01-01")
    take_files(store, made.un([entry], "2018-01-01T00:00:00Z"), force=True)
    assert log(store, "gamma one").parties
    assert forget(store, "un-sc", "2018-01-01T00:00:00Z")
    for text in ("KPi.099", "gamma one", "gamma"):
        found = log(store, text)
        assert (found.parties, found.near) == ((), ())
    assert log(store, "KPe.030").parties


def test_days_before_the_oldest_edition_are_not_compared(store: sqlite3.Connection) -> None:
    """Nothing is known of them, and the message says so."""
    with pytest.raises(UsageError, match="no edition of un-sc by 2015-06-01 is held"):
        compare_days(store, "un-sc", "2015-06-01", "2017-01-01")


def test_a_missing_file_of_aliases_is_no_change(store: sqlite3.Connection) -> None:
    """Where one edition came without aliases, names are not compared, and that is said."""
    rows = [made.sdn_row("1", "OTHER CO")]
    alt = [["1", "1", "aka", "ANOTHER CO", "-0- "]]
    take_files(store, made.ofac(rows, alt=alt), date="2020-01-01", force=True)
    compared = compare_days(store, "ofac-sdn", "2019-01-01", "2020-01-01")
    assert compared.ignored == ("names",)
    assert compared.changes.amended == ()


def test_two_files_are_compared_without_a_store(tmp_path: Path) -> None:
    """The days are those in the names of their folders; two lists are not compared."""
    for day, name in (("2018-01-26", "A CO"), ("2019-01-04", "B CO")):
        (tmp_path / day).mkdir()
        (tmp_path / day / "sdn.csv").write_bytes(made.ofac([made.sdn_row("1", name)])["sdn.csv"])
    found = compare_files(tmp_path / "2018-01-26" / "sdn.csv", tmp_path / "2019-01-04" / "sdn.csv")
    assert (found.before.moment, found.after.moment) == ("2018-01-26", "2019-01-04")
    assert [item.fields.keys() for item in found.changes.amended] == [{"names"}]
    un = tmp_path / "un.xml"
    un.write_bytes(made.un([made.un_entry("KPe.001", "A", "2009-04-24")], "2019-01-04T00:00:00Z")
                   ["consolidated.xml"])  # fmt: skip
    with pytest.raises(UsageError, match="name two editions of one"):
        compare_files(tmp_path / "2018-01-26" / "sdn.csv", un)
