"""OFAC's enhanced XML is read whole, and agrees with the CSV of the same list."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from real import REAL, sdn

from detente.entities.model import Address, Birth, Link, Listing, Party
from detente.entities.spans import parse_span
from detente.lists.ofac.enhanced import OFAC_ENHANCED
from detente.lists.records import Cut

DATA = (Path(__file__).parent / "data" / "ofac_enhanced.xml").read_bytes()
SUBSET = REAL / "lists" / "ofac" / "2024-08-28-enhanced-subset" / "IRGC_sanctions.xml"


def parties(data: bytes) -> tuple[Cut, list[Party]]:
    cut = OFAC_ENHANCED.cut({"enhanced.xml": data})
    return cut, [OFAC_ENHANCED.read(cut, record) for record in cut.records]


def test_a_file_that_asks_for_the_sdn_list_is_of_that_list() -> None:
    """One entity on the list suffices, unless the file was asked for other lists only."""
    asked = b'<sanctionsList refId="1550">SDN List</sanctionsList>'
    cut, _ = parties(DATA)
    assert (cut.date, cut.source) == ("2031-03-07", "ofac-sdn")
    assert parties(DATA.replace(asked, b""))[0].source == "ofac-nonsdn"
    assert parties(DATA.replace(b">SDN List<", b">FSE List<"))[0].source == "ofac-nonsdn"


def test_a_listing_names_programmes_authorities_day_and_list() -> None:
    """The SDN List is the source itself; other lists are named."""
    person, bank, _ = parties(DATA)[1]
    assert person.listings == (
        Listing(
            programmes=("DPRK2", "NPWMD"),
            authorities=("Executive Order 13382 (Non-proliferation)",),
            listed_on=parse_span("2030-05-24"),
        ),
    )
    assert person.details["sanctions type"] == "Block"
    assert bank.listings == (
        Listing(
            programmes=("561-Related",), listed_on=parse_span("2030-06-01"), list="CAPTA List"
        ),
    )  # fmt: skip


def test_programmes_are_not_shared_out_among_several_lists() -> None:
    """The entry does not say which list a programme belongs to."""
    aircraft = parties(DATA)[1][2]
    assert aircraft.listings == (
        Listing(programmes=("SDGT",)),
        Listing(listed_on=parse_span("2030-06-02")),
        Listing(listed_on=parse_span("2030-06-01"), list="CAPTA List"),
    )


def test_names_come_in_order_with_their_scripts() -> None:
    """The primary name leads, then its original script, without marks of direction."""
    person = parties(DATA)[1][0]
    assert [(name.text, name.kind, name.script, name.weak) for name in person.names] == [
        ("EXAMPLE, Aldo", "primary", "Latn", False),
        ("ألدو مثال", "original-script", "Arab", False),
        ("SAMPLE", "former", "Latn", True),
    ]
    assert [(name.family, name.given) for name in person.names] == [
        ("EXAMPLE", "Aldo"), ("مثال", "ألدو"), (None, None),
    ]  # fmt: skip


def test_a_person_is_read_in_every_part() -> None:
    """Features, addresses, documents and relationships find their places; the rest is kept."""
    person = parties(DATA)[1][0]
    assert person.births == (
        Birth(
            date=parse_span("circa 1961"), place="Zenda, Ruritania", remark="reliability: Reported"
        ),
    )  # fmt: skip
    assert (person.gender, person.positions, person.blank_addresses) == ("male", ("Colonel",), 1)
    assert person.addresses == (
        Address(country="Graustark"),
        Address(street="1 High Street", city="Strelsau", region="North", country="Ruritania"),
    )
    assert person.links == (Link(relation="owned or controlled by", name="INVENTED BANK",
                                 entry="70002"),)  # fmt: skip
    assert person.remarks == (
        "Invented for a test", "Owned or Controlled By INVENTED BANK: quality: High",
    )  # fmt: skip
    assert person.unparsed == ("Favourite Colour Mauve", "<novelty>unheard of</novelty>")


def test_a_document_says_whose_it_is_and_whether_it_holds() -> None:
    """What differs from the entry stands in the remark; types bear straight apostrophes."""
    serial, wallet, passport = parties(DATA)[1][0].identifiers
    assert (serial.kind, serial.value) == ("msn", "1085")
    assert (wallet.kind, wallet.value, wallet.remark) == ("wallet", "1InventedAddress", "XBT")
    assert (passport.kind, passport.country, str(passport.issued)) == (
        "passport", "Ruritania", "2020-03-05",
    )  # fmt: skip
    assert passport.remark == (
        "in the name of SAMPLE; issued in Strelsau; said to be invalid; Gender: Male"
    )


def rows() -> Mapping[str, list[str]]:
    text = sdn("2024-07-02")["sdn.csv"].decode("latin-1")
    return {row[0].strip(): row for row in csv.reader(io.StringIO(text)) if len(row) > 3}


@pytest.mark.real
def test_entries_agree_with_the_csv_of_eight_weeks_before() -> None:
    """Numbers, primary names, kinds and programmes are those of the CSV, but for amendments."""
    files = {SUBSET.name: SUBSET.read_bytes()}
    assert OFAC_ENHANCED.recognises(files)
    cut = OFAC_ENHANCED.cut(files)
    read = [OFAC_ENHANCED.read(cut, record) for record in cut.records]
    assert (len(read), cut.source, cut.date) == (293, "ofac-sdn", "2024-08-28")
    assert not any(party.unparsed for party in read)
    assert b"".join(map(cut.bytes_of, cut.pieces)) == files[SUBSET.name]
    listed, amended = rows(), set()
    kinds = {"individual": "person", "aircraft": "aircraft", "-0-": "organisation"}
    for party in read:
        _, name, kind, programmes = listed[party.entry][:4]
        assert (party.name, party.kind) == (" ".join(name.split()), kinds[kind.strip()])
        if set(party.programmes) != set(programmes.strip("[] ").split("] [")):
            amended.add(party.entry)
    # In August 2024 these three were listed under a further programme.
    assert amended == {"28924", "40601", "40602"}
