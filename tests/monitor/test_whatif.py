"""Who would come off, who stays, and by which remaining authority."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import made
import pytest
from real import REAL, sdn, un

import detente
from detente.entities.model import Party
from detente.lists.ofac.legacy import OFAC_CSV
from detente.lists.records import Format
from detente.lists.un.consolidated import UN_XML
from detente.monitor.bases import Apart, bases_of, belongs
from detente.monitor.listed import under
from detente.monitor.whatif import WhatIf, whatif
from detente.offers.load import measures_of

DPRK = detente.load("dprk")
IRAN = detente.load("iran")
OFFER = detente.offer(DPRK, "hanoi-2019")
READINGS = {name: measures_of(DPRK, row) for name, row in OFFER.readings.items()}


def parties(form: Format, files: dict[str, bytes]) -> list[Party]:
    """Return the parties of an edition."""
    cut = form.cut(files)
    return [form.read(cut, record) for record in cut.records]


def lifted(lists: dict[str, list[Party]], *measures: str, day: str = "2019-02-28") -> WhatIf:
    """Ask what if measures were lifted."""
    return whatif(DPRK, lists, measures, as_of=day, editions={})


def listed(programmes: str) -> Party:
    """One party with these tags."""
    (party,) = parties(OFAC_CSV, made.ofac([made.sdn_row("1", "A CO", programmes)]))
    return party


def test_a_tag_is_read_as_order_and_statutes() -> None:
    """The order is stated by the tag; the statute commands the same listing."""
    bases = bases_of(listed("DPRK4"), DPRK, date(2019, 2, 28))
    assert [(b.authority, b.how) for b in bases] == [
        ("eo-13810", "stated"), ("us-nkspea", "statute"),
    ]  # fmt: skip
    assert all(basis.citation for basis in bases)


def test_a_statute_commands_no_listing_before_it_was_made() -> None:
    """In January 2016 only the order held."""
    bases = bases_of(listed("DPRK"), DPRK, date(2016, 1, 1))
    assert [basis.authority for basis in bases] == ["eo-13551"]


def test_a_tag_of_many_regimes_makes_nobody_a_party_of_this_one() -> None:
    """NPWMD holds a party, but only a tag of its own makes it the regime's."""
    assert not belongs(listed("NPWMD"), DPRK)
    assert belongs(listed("NPWMD] [DPRK2"), DPRK)
    assert belongs(listed("IFSR"), IRAN)


def test_a_party_comes_off_only_when_nothing_is_left() -> None:
    """Order lifted, statute stays; both lifted, off; another tag holds it all the same."""
    one = {"ofac-sdn": [listed("DPRK")]}
    assert lifted(one, "us-eo13551").still_listed == {"ofac-sdn": {"us-nkspea": 1}}
    assert lifted(one, "us-eo13551", "us-nkspea-104a").released == {"ofac-sdn": 1}
    two = {"ofac-sdn": [listed("DPRK] [SDGT")]}
    result = lifted(two, "us-eo13551", "us-nkspea-104a")
    assert result.released == {"ofac-sdn": 0}
    assert result.still_listed == {"ofac-sdn": {"tag SDGT": 1}}
    (party,) = result.parties
    assert (party.outcome, party.remaining[0].how) == ("held", "unmapped")


def test_marks_of_risk_are_no_ground_and_what_holds_is_unknown() -> None:
    """A party that carries nothing but a mark is never said to come off."""
    result = whatif(
        IRAN, {"ofac-sdn": [listed("IFSR")]}, list(IRAN.measures), as_of="2019-02-28", editions={}
    )
    assert result.released == {"ofac-sdn": 0}
    assert result.still_listed == {"ofac-sdn": {"unknown": 1}}


def test_the_day_of_a_listing_tells_the_resolution_and_is_inferred() -> None:
    """A day of adoption is the resolution's own list; any other day is the Committee's."""
    entries = [
        made.un_entry("KPe.001", "A", "2009-04-24"),
        made.un_entry("KPe.002", "B", "2017-12-22"),
        made.un_entry("KPe.003", "C", "2018-03-30"),
    ]
    found = parties(UN_XML, made.un(entries, "2019-01-04T00:00:00Z"))
    bases = [bases_of(party, DPRK)[0] for party in found]
    assert [(b.measures, b.how) for b in bases] == [
        (("un-1718-asset-freeze",), "inferred"),
        (("un-2397-listings",), "inferred"),
        (("un-1718-asset-freeze",), "inferred"),
    ]


def test_of_several_annexes_all_must_be_lifted() -> None:
    """Of the three annexes of 1929 it cannot be told which one an entry stood in."""
    entry = made.un_entry("IRe.001", "A", "2010-06-09", tag="Iran")
    lists = {"un-sc": parties(UN_XML, made.un([entry], "2019-01-04T00:00:00Z"))}
    annexes = ("un-1929-freeze-annex-i", "un-1929-freeze-irgc", "un-1929-freeze-irisl")
    some = whatif(IRAN, lists, annexes[:2], as_of="2015-01-01", editions={})
    every = whatif(IRAN, lists, annexes, as_of="2015-01-01", editions={})
    assert (some.released["un-sc"], every.released["un-sc"]) == (0, 1)


def test_nothing_known_is_not_zero() -> None:
    """A list without an edition by the day, or whose tags the regime does not explain."""
    lists = {"ofac-sdn": [listed("DPRK")]}
    late = whatif(DPRK, lists, ["us-eo13551"], as_of="2010-01-01", editions={"ofac-sdn": None})
    told = (late.released, late.still_total, late.inferred, late.shared_only)
    assert told == ({"ofac-sdn": None},) * 4
    africa = detente.load("south-africa")
    measure = next(iter(africa.measures))
    other = under(africa, lists, measure, as_of=None, editions={"ofac-sdn": "2019-01-04"})
    assert other.counts == {"ofac-sdn": None}


def test_a_tag_may_stand_for_several_orders() -> None:
    """SYRIA stands for six, all of which must be lifted; since July 2025 for none."""
    syria = detente.load("syria")
    lists = {"ofac-sdn": [listed("SYRIA")]}
    six = bases_of(lists["ofac-sdn"][0], syria, date(2019, 1, 4))[0].measures
    assert len(six) == 6

    def off(*measures: str, day: str = "2019-01-04") -> int | None:
        return whatif(syria, lists, measures, as_of=day, editions={}).released["ofac-sdn"]

    assert (off(*six[:5]), off(*six), off(*six, day="2025-07-02")) == (0, 1, 0)


def test_tags_of_many_regimes_are_counted_apart() -> None:
    """Whether an NPWMD entry has to do with this regime the list does not say."""
    lists = {"ofac-sdn": [listed("NPWMD"), listed("DPRK2] [NPWMD"), listed("CUBA")]}
    result = under(DPRK, lists, "us-npwmd-13382", as_of=None, editions={})
    assert result.counts == {"ofac-sdn": 1}
    assert result.shared_only == {"ofac-sdn": Apart(entries=1, tied=0)}
    assert lifted(lists, "us-eo13687").shared_only == {"ofac-sdn": Apart(entries=1, tied=0)}


def test_for_a_time_all_entries_may_rest_on_another_measure() -> None:
    """Between the end of the six resolutions and their return Iran's rested on 2231."""
    entry = made.un_entry("IRe.001", "A", "2007-03-24", tag="Iran")
    (party,) = parties(UN_XML, made.un([entry], "2019-01-04T00:00:00Z"))
    measures = {
        day: bases_of(party, IRAN, date.fromisoformat(day))[0].measures
        for day in ("2016-01-15", "2016-01-16", "2025-09-27", "2025-09-28")
    }
    assert measures == {
        "2016-01-15": ("un-1747-freeze-annex",),
        "2016-01-16": ("un-2231-b6c-freeze",),
        "2025-09-27": ("un-2231-b6c-freeze",),
        "2025-09-28": ("un-1747-freeze-annex",),
    }


@pytest.mark.real
def test_hanoi_releases_nobody_of_ofac_and_by_reading_some_of_the_un() -> None:
    """Civilian nobody, all five 83 of 155, in their entirety all; OFAC's 388 stay blocked."""
    lists = {
        "ofac-sdn": parties(OFAC_CSV, sdn("2019-01-04")),
        "un-sc": parties(UN_XML, un("2018-10-29")),
    }
    found = {
        name: whatif(DPRK, lists, asked, as_of="2019-02-28", editions={}, readings=READINGS)
        for name, asked in READINGS.items()
    }
    assert {name: result.released for name, result in found.items()} == {
        "civilian": {"ofac-sdn": 0, "un-sc": 0},
        "civilian-mixed": {"ofac-sdn": 0, "un-sc": 0},
        "all-five": {"ofac-sdn": 0, "un-sc": 83},
        "entirety": {"ofac-sdn": 0, "un-sc": 155},
    }
    assert all(result.still_total["ofac-sdn"] == 388 for result in found.values())
    assert found["civilian"].still_listed["ofac-sdn"] == {
        "eo-13382": 4, "eo-13551": 50, "eo-13687": 85, "eo-13722": 113, "eo-13810": 144,
        "us-nkspea": 388,
    }  # fmt: skip
    assert found["civilian"].inferred == {"ofac-sdn": 0, "un-sc": 155}
    apart = found["civilian"].shared_only["ofac-sdn"]
    assert apart is not None
    assert apart.tied == 55  # as the regime's snapshot says
    assert found["all-five"].readings == {name: r.released for name, r in found.items()}


@pytest.mark.real
def test_who_is_under_a_measure_agrees_with_a_plain_count() -> None:
    """Counting tags in the raw file and days in the raw XML gives the same numbers."""
    text = (REAL / "lists" / "ofac" / "2019-01-04" / "sdn.csv").read_text()
    rows = csv.reader(io.StringIO(text, newline=""))
    tags = Counter(tag for row in rows for tag in row[3].split("] ["))
    raw = (REAL / "lists" / "un" / "2018-10-29" / "consolidated.xml").read_text()
    days = Counter(part.partition("</LISTED_ON>")[0] for part in raw.split("<LISTED_ON>")[1:])
    lists = {
        "ofac-sdn": parties(OFAC_CSV, sdn("2019-01-04")),
        "un-sc": parties(UN_XML, un("2018-10-29")),
    }

    def count(measure: str, source: str) -> int | None:
        return under(DPRK, lists, measure, as_of="2019-02-28", editions={}).counts[source]

    assert count("us-eo13810-persons", "ofac-sdn") == tags["DPRK4"] == 144
    assert count("us-eo13551", "ofac-sdn") == tags["DPRK"] == 50
    assert count("un-2397-listings", "un-sc") == days["2017-12-22"] == 17
    assert count("un-2371-listings", "un-sc") == 13


def test_an_unknown_measure_is_named(tmp_path: Path) -> None:
    """The nearest real one is offered."""
    with pytest.raises(detente.DetenteError, match="did you mean us-eo13551"):
        under(DPRK, {}, "us-eo13552", as_of=None, editions={})
