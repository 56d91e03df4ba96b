"""OFAC's advanced XML is read from all the places over which it spreads a party."""

from datetime import date
from pathlib import Path

import pytest

from detente.entities.model import Address, Birth, Link, Listing, Party
from detente.entities.spans import day_span, parse_span
from detente.lists.errors import ListError
from detente.lists.ofac.advanced import OFAC_ADVANCED
from detente.lists.records import Cut

DATA = (Path(__file__).parent / "data" / "ofac_advanced.xml").read_bytes()


def parties(data: bytes) -> tuple[Cut, list[Party]]:
    cut = OFAC_ADVANCED.cut({"sdn_advanced.xml": data})
    return cut, [OFAC_ADVANCED.read(cut, record) for record in cut.records]


def changed(old: bytes, new: bytes) -> set[str]:
    """The numbers of the entries whose records' bytes a change of the file alters."""
    assert DATA.count(old) == 1
    before, after = parties(DATA)[0], parties(DATA.replace(old, new))[0]
    bytes_before, bytes_after = (
        {record.entry: [cut.bytes_of(part) for part in record.parts] for record in cut.records}
        for cut in (before, after)
    )
    return {entry for entry in bytes_before if bytes_before[entry] != bytes_after[entry]}


def test_an_edition_says_when_it_was_made_and_of_which_list_it_is() -> None:
    """One entry on the SDN List makes it that list; without any it is the other one."""
    cut, read = parties(DATA)
    assert (cut.date, cut.source) == ("2031-03-07", "ofac-sdn")
    assert [party.id for party in read] == ["ofac-sdn:70001", "ofac-sdn:70002", "ofac-sdn:70003"]
    assert [party.kind for party in read] == ["person", "vessel", "organisation"]
    other, read = parties(DATA.replace(b">SDN List<", b">FSE List<"))
    assert (other.source, read[0].source) == ("ofac-nonsdn", "ofac-nonsdn")
    assert read[0].listings[0].list == "FSE List"


def test_names_come_in_order_with_their_scripts() -> None:
    """The primary name in Latin letters leads, then the same in its original script."""
    person = parties(DATA)[1][0]
    assert [(name.text, name.kind, name.script, name.weak) for name in person.names] == [
        ("EXAMPLE, Aldo", "primary", "Latn", False),
        ("ألدو مثال", "original-script", "Arab", False),
        ("SAMPLE", "former", "Latn", True),
    ]
    assert [(name.family, name.given) for name in person.names] == [
        ("EXAMPLE", "Aldo"), ("مثال", "ألدو"), (None, None),
    ]  # fmt: skip


def test_features_are_read_by_what_their_numbers_mean() -> None:
    """Dates, looked-up values, texts and locations find their places."""
    person = parties(DATA)[1][0]
    assert person.births == (
        Birth(
            date=parse_span("circa 1961"), place="Zenda, Ruritania", remark="reliability: Reported"
        ),
    )  # fmt: skip
    assert (person.gender, person.nationalities) == ("male", ("Graustark",))
    assert person.positions == ("Colonel", "Minister of Invented Affairs")
    assert person.remarks == ("Invented for a test", "amended")
    assert person.addresses == (
        Address(street="1 High Street", city="Strelsau", country="Ruritania"),
        Address(city="سترلساو", country="Ruritania", remark="Arabic"),
    )
    assert person.blank_addresses == 1


def test_what_no_number_explains_is_kept() -> None:
    """An unknown type and a location that the file lacks stand word for word in the rest."""
    assert parties(DATA)[1][0].unparsed == (
        "FeatureType 999 Mauve", '<VersionLocation LocationID="424242"/>',
    )  # fmt: skip


def test_papers_are_found_by_the_identity_of_their_holder() -> None:
    """A paper says in which name, where and by whom it was issued, and whether it holds."""
    person, ship, _ = parties(DATA)[1]
    wallet, passport = person.identifiers
    assert (wallet.kind, wallet.value, wallet.remark) == ("wallet", "1InventedAddress", "XBT")
    assert (passport.kind, passport.value, passport.country) == (
        "passport", "XA0000001", "Ruritania",
    )  # fmt: skip
    assert (str(passport.issued), passport.expires) == ("2020-03-05", None)
    assert passport.remark == (
        "in the name of SAMPLE; issued in Graustark; issued by Ministry of Travel; "
        "said to be invalid"
    )
    assert [(each.kind, each.value, each.valid) for each in ship.identifiers] == [
        ("imo", "9074729", True),
    ]  # fmt: skip
    assert ship.details == {"type": "Bulk Carrier"}


def test_a_listing_names_programmes_authorities_days_and_list() -> None:
    """The first event lists a party, later ones amend that; an unknown basis is none."""
    person, _, company = parties(DATA)[1]
    assert person.listings == (
        Listing(
            programmes=("DPRK2", "NPWMD"),
            authorities=("Executive Order 13382 (Non-proliferation)",),
            listed_on=parse_span("2030-05-24"),
            amended_on=(day_span(date(2030, 9, 1)),),
        ),
    )
    assert person.details == {"sanctions type": "Block"}
    assert company.listings == (Listing(programmes=("561-Related",), list="CAPTA List"),)


def test_a_relationship_names_the_other_party() -> None:
    """The link stands in the party that it leads from, with the number of the other."""
    ship = parties(DATA)[1][1]
    assert ship.links == (
        Link(relation="owned or controlled by", name="EXAMPLE, Aldo", entry="70001"),
        Link(relation="owned or controlled by (former)", name="?", entry="70009"),
    )
    assert ship.remarks == (
        "Owned or Controlled By EXAMPLE, Aldo: quality: High",
        "Owned or Controlled By ?: until 2029",
    )


@pytest.mark.parametrize(
    ("old", "new", "entries"),
    [
        (b">1 High Street<", b">2 High Street<", {"70001"}),
        (b">Ministry of Travel<", b">Ministry of War<", {"70001"}),
        (b">until 2029<", b">until 2030<", {"70002"}),
        (b">561-Related<", b">561<", {"70003"}),
        (b">Aldo<", b">Aldus<", {"70001", "70002"}),
        (b'<FeatureVersionReference FeatureVersionID="99" />', b"", set()),
    ],
)
def test_a_record_holds_all_that_its_reading_depends_on(
    old: bytes, new: bytes, entries: set[str]
) -> None:
    """A change anywhere alters the records that it matters to, and only those."""
    assert changed(old, new) == entries


def test_elements_of_no_party_are_said_with_their_places() -> None:
    """A paper or a listing that points at nobody is rejected, not the file."""
    assert parties(DATA)[0].rejected == [
        "sdn_advanced.xml:81: IDRegDocument of no party in the file",
        "sdn_advanced.xml:172: SanctionsEntry of no party in the file",
    ]


def test_an_entry_without_a_number_is_refused() -> None:
    """The number of the entry is FixedRef, and nothing stands in for it."""
    with pytest.raises(ListError, match=r"sdn_advanced\.xml:86: an entry has no FixedRef"):
        parties(DATA.replace(b'<DistinctParty FixedRef="70001"', b"<DistinctParty"))
