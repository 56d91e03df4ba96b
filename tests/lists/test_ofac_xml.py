"""OFAC's classic XML is read whole, and its file is known for the list that it is of."""

from pathlib import Path

import pytest
from real import REAL

from detente.entities.model import Address, Birth, Party
from detente.entities.spans import parse_span
from detente.lists.errors import ListError
from detente.lists.ofac.classic import OFAC_XML
from detente.lists.records import Cut

SDN = (Path(__file__).parent / "data" / "ofac_classic.xml").read_bytes()


def parties(data: bytes) -> tuple[Cut, list[Party]]:
    cut = OFAC_XML.cut({"sdn.xml": data})
    return cut, [OFAC_XML.read(cut, record) for record in cut.records]


def test_an_edition_says_when_it_was_made_and_of_which_list_it_is() -> None:
    """The American date is turned round; a file of mostly blocked persons is the SDN list."""
    cut, read = parties(SDN)
    assert (cut.date, cut.source) == ("2031-03-07", "ofac-sdn")
    assert [party.id for party in read] == ["ofac-sdn:70001", "ofac-sdn:70002", "ofac-sdn:70003"]
    assert [party.kind for party in read] == ["person", "vessel", "organisation"]


def test_a_file_whose_entries_are_under_directives_is_of_the_other_lists() -> None:
    """More than half of the entries say that they are subject to something short of blocking."""
    directive = b"<program>NS-PLC</program>"
    changed = SDN.replace(b"<program>DPRK2</program>", directive)
    cut, read = parties(changed)
    assert cut.source == "ofac-nonsdn"
    assert {party.source for party in read} == {"ofac-nonsdn"}


def test_a_person_is_read_in_every_part() -> None:
    """Names, titles, births, countries, addresses, programmes and remarks find their places."""
    person = parties(SDN)[1][0]
    assert [(name.text, name.kind, name.weak) for name in person.names] == [
        ("EXAMPLE, Aldo Brun", "primary", False),
        ("'Uncle'", "alias", True),
        ("SAMPLE, Aldo", "former", False),
    ]
    assert (person.names[0].family, person.names[0].given) == ("EXAMPLE", "Aldo Brun")
    assert person.positions == ("Colonel", "Minister of Invented Affairs")
    assert person.births == (Birth(date=parse_span("circa 1961"), place="Zenda, Ruritania"),)
    assert person.nationalities == ("Ruritania", "Graustark")
    assert person.gender == "male"
    assert person.programmes == ("DPRK2", "NPWMD")
    assert [(link.relation, link.name) for link in person.links] == [
        ("linked to", "INVENTED TRADING CO.")
    ]
    assert person.blank_addresses == 1
    assert person.addresses == (
        Address(
            street="1 High Street, Floor 2", city="Strelsau", region="North", postcode="10é",
            country="Ruritania",
        ),
    )  # fmt: skip


def test_ids_are_told_from_what_else_stands_in_their_list() -> None:
    """A paper of an unknown type is an identifier; other words of an unknown type are kept."""
    person = parties(SDN)[1][0]
    passport, card, wallet = person.identifiers
    assert (passport.kind, passport.value, passport.country) == (
        "passport", "XA0000001", "Ruritania",
    )  # fmt: skip
    assert (str(passport.issued), str(passport.expires)) == ("2020-03-05", "2030-03-05")
    assert (card.kind, card.value, card.remark) == ("other", "77", "Library Card")
    assert (wallet.kind, wallet.value, wallet.remark) == ("wallet", "1InventedAddress", "XBT")
    assert person.secondary_sanctions == (
        "North Korea Sanctions Regulations, sections 510.201 and 510.210",
    )
    assert person.unparsed == ("Favourite Colour Mauve", "Birthdate in his youth")


def test_a_ship_has_its_number_call_sign_and_particulars() -> None:
    """What is said of the ship is read, and what nobody knows is kept word for word."""
    ship = parties(SDN)[1][1]
    assert [(each.kind, each.value, each.valid) for each in ship.identifiers] == [
        ("imo", "9074729", True), ("call-sign", "P5XX9", None),
    ]  # fmt: skip
    assert ship.details == {
        "type": "Bulk Carrier", "flag": "Ruritania", "owner": "INVENTED TRADING CO.",
        "tonnage": "12,000", "gross tonnage": "7,000",
    }  # fmt: skip
    assert ship.unparsed == ("<keel>oak</keel>",)


def test_a_directive_is_a_remark_and_an_unknown_element_is_kept() -> None:
    """Facts of a company are details; restrictions in words are remarks."""
    company = parties(SDN)[1][2]
    assert company.remarks == (
        "Executive Order 13662 Directive Determination - Subject to Directive 1",
    )
    assert company.details == {"established": "1999"}
    assert company.unparsed == ("<novelty><part>unheard of</part></novelty>",)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b"<Record_Count>3<", b"<Record_Count>4<", "says that it has 4 entries, but has 3"),
        (b"<uid>70002</uid>", b"<uid>70001</uid>", "sdn.xml:117: two entries have the uid"),
        (b"<uid>70002</uid>", b"<uid/>", "sdn.xml:117: an entry has no uid"),
        (b"<sdnType>Vessel<", b"<sdnType>Balloon<", "entry 70002 is of the type 'Balloon'"),
        (b"<keel>oak</keel>", b"<a:keel>oak</a:keel>", "sdn.xml:117: an entry is not whole"),
        (b"sdnEntry>", b"entry>", "it has no entries"),
    ],
)
def test_what_cannot_be_right_is_refused(old: bytes, new: bytes, what: str) -> None:
    """A lost, doubled, unnumbered or unknown entry is said with its place."""
    with pytest.raises(ListError, match=what):
        parties(SDN.replace(old, new))


@pytest.mark.real
def test_the_consolidated_list_is_read_but_for_some_running_remarks() -> None:
    """All entries of a real edition are read; only words of remarks are left unparsed."""
    path = REAL / "lists" / "ofac" / "2025-06-30-nonsdn" / "consolidated.xml"
    files = {path.name: path.read_bytes()}
    assert OFAC_XML.recognises(files)
    cut = OFAC_XML.cut(files)
    read = [OFAC_XML.read(cut, record) for record in cut.records]
    assert (len(read), cut.source, cut.date) == (443, "ofac-nonsdn", "2025-06-30")
    left = [text for party in read for text in party.unparsed]
    assert len(left) == 50
    assert not any(text.startswith("<") for text in left)
    assert b"".join(map(cut.bytes_of, cut.pieces)) == files[path.name]
