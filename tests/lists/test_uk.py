"""The lists of the United Kingdom: the Treasury's of two layouts, and the one that replaced it."""

import european
import pytest
from real import REAL

from detente.entities.model import Address, Birth, Link, Name, Party
from detente.entities.spans import month_span, parse_span, year_span
from detente.lists.errors import ListError
from detente.lists.records import Format
from detente.lists.uk.consolidated import UK_CONSOLIDATED
from detente.lists.uk.sanctions import UK_SANCTIONS_XML
from detente.lists.uk.sanctions_table import UK_SANCTIONS_CSV
from detente.lists.uk.target import items


def _read(layout: Format, data: bytes) -> list[Party]:
    cut = layout.cut({"file": data})
    assert b"".join(map(cut.bytes_of, cut.pieces)) == data
    assert not cut.rejected
    return [layout.read(cut, record) for record in cut.records]


def _numbers(party: Party) -> list[tuple[str, str, str | None]]:
    return [(row.kind, row.value, row.remark) for row in party.identifiers]


def test_a_group_of_2018_is_read_from_rows_that_lie_apart() -> None:
    """Values that rows repeat are kept once; the UN's reference is taken out of the text."""
    han, ship = _read(UK_CONSOLIDATED, european.UK_2018)
    assert (han.id, han.kind, han.programmes) == ("uk-sanctions:99001", "person", ("North Korea",))
    assert han.names == (
        Name(text="Test HAN", family="HAN", given="Test"),
        Name(text="Test HANN", kind="alias", family="HANN", given="Test"),
        Name(text="TEST WORKS", kind="former"),
    )
    place = Birth(place="Têstville", country="North Korea")
    dates = (Birth(date=year_span(1961)), Birth(date=parse_span("1962-08-01")))
    assert han.births == (*dates, place)
    assert han.nationalities == ("North Korea", "Utopia")
    assert (han.titles, han.positions) == (("Dr", "General"), ("Tester",))
    address = Address(street="1 Test Street", city="Têstville", country="North Korea")
    assert han.addresses == (address,)
    assert _numbers(han) == [
        ("passport", "T0001", "Passport No. T0001 (lost)"),
        ("national-id", "77", None),
        ("other", "KPi.999", "UN reference"),
    ]
    assert han.remarks == ("UN Ref.KPi.999. Likes tests.",)
    assert han.unparsed == ("national-id: unknown",)
    assert han.listings[0].listed_on == parse_span("2030-12-22")
    assert han.listings[0].amended_on == (parse_span("2031-01-09"),)
    assert (ship.kind, _numbers(ship)) == ("organisation", [("imo", "9074729", None)])


def test_a_group_of_2022_gives_what_its_labels_say() -> None:
    """A label fills the field that it names; one that is not known is a remark."""
    han, ship = _read(UK_CONSOLIDATED, european.UK_2022)
    assert [(name.text, name.kind, name.weak) for name in han.names] == [
        ("Test HAN", "primary", False),
        ("한시험", "original-script", False),
        ("Tester", "alias", True),
    ]
    assert (han.names[1].script, han.names[1].remark) == ("Hang", "Korean")
    assert _numbers(han) == [
        ("passport", "T0001", "blue"),
        ("passport", "T0002", "green"),
        ("national-id", "77", "card"),
        ("phone", "+850 1", None),
        ("phone", "+850 2", None),
        ("other", "KPi.999", "UN reference"),
    ]
    assert (han.gender, han.listings[0].reason) == ("male", "Tested.")
    assert han.listings[0].reference == "DPR9001"
    assert set(han.remarks) >= {
        "Likes tests.", "Mood: grim", "UK Sanctions List Date Designated: 31/12/2030",
    }  # fmt: skip
    assert (ship.kind, _numbers(ship)) == ("vessel", [("imo", "9074729", None)])
    assert ship.details == {"type": "Oil tanker", "flag": "North Korea", "owner": "Paper Lines"}
    assert ship.remarks == ("Asset of Paper Lines", "UK Sanctions List Ref: unknown")
    assert han.births == (Birth(date=year_span(1961), place="Testville", country="North Korea"),)


def test_a_person_of_the_sanctions_list_is_read_whole() -> None:
    """Masked dates are years or months; what has no place is kept."""
    han = _read(UK_SANCTIONS_XML, european.UK_XML)[0]
    assert (han.id, han.kind, han.gender) == ("uk-sanctions:DPR9001", "person", "male")
    assert [(name.text, name.kind, name.weak) for name in han.names] == [
        ("Test Su HAN", "primary", False),
        ("한시험", "original-script", False),
        ("Su HANN", "alias", False),
        ("The Tester", "alias", True),
    ]
    assert (han.names[0].family, han.names[3].family) == ("HAN", None)
    assert han.births == (
        Birth(date=year_span(1961)),
        Birth(date=month_span(1962, 9)),
        Birth(date=parse_span("1963-03-01")),
        Birth(place="Testville", country="North Korea"),
    )
    assert _numbers(han) == [
        ("passport", "T0001", "blue"),
        ("national-id", "77", None),
        ("other", "KPi.999", "UN reference"),
    ]
    (listing,) = han.listings
    assert (listing.programmes, listing.authorities) == ((european.KOREA,), (european.KOREA,))
    assert (listing.reference, listing.reason) == ("99001", "Tested without leave.")
    assert listing.listed_on == parse_span("2030-01-25")
    assert han.remarks == (
        "Likes tests.", "source of the designation: UN",
        "sanctions imposed: Asset freeze|Travel Ban",
    )  # fmt: skip
    assert han.unparsed == (
        "Name/Whim: kept", "date: 15/08/19yy", "Passport without a number: lost", "Hobby: chess",
    )  # fmt: skip


def test_ships_and_companies_of_the_sanctions_list_keep_their_facts() -> None:
    """A ship is a vessel with its number; a company has a registration and a parent."""
    _, ship, company = _read(UK_SANCTIONS_XML, european.UK_XML)
    assert (ship.kind, _numbers(ship)) == ("vessel", [("imo", "9074729", None)])
    assert ship.details == {
        "type": "Bulk carrier", "flag": "Comoros", "former flag": "Togo", "owner": "Paper Lines",
        "built": "2011",
    }  # fmt: skip
    assert ship.remarks == ("sanctions imposed: Deflag",)
    assert company.links == (Link(relation="parent company", name="Paper Holding"),)
    assert company.details == {"entity type": "Company"}
    assert _numbers(company) == [("phone", "+850 1", None), ("registration", "B 1", None)]


def test_the_csv_of_the_sanctions_list_says_the_same() -> None:
    """Rows of a Unique ID are one party; a field may run over lines."""
    han, ship = _read(UK_SANCTIONS_CSV, european.UK_CSV)
    assert [name.text for name in han.names] == ["Test HAN", "한시험", "Tester"]
    assert han.births == (Birth(date=year_span(1961), place="Testville"),)
    assert _numbers(han) == [("passport", "T0001", "blue"), ("other", "KPi.999", "UN reference")]
    assert han.listings[0].reason == "Tested, at length. Twice."
    assert (han.listings[0].reference, han.unparsed) == ("99001", ())
    assert (ship.kind, ship.details) == ("vessel", {"type": "Bulk carrier"})
    assert ("other", "H1", "hull identification number") in _numbers(ship)


def test_a_file_says_when_it_was_made() -> None:
    """The day stands above the header, or in an element of its own."""
    layouts = (
        (UK_CONSOLIDATED, european.UK_2018, "2031-04-13"),
        (UK_CONSOLIDATED, european.UK_2022, "2031-06-03"),
        (UK_SANCTIONS_XML, european.UK_XML, "2031-08-20"),
        (UK_SANCTIONS_CSV, european.UK_CSV, "2031-02-13"),
    )
    for layout, data, day in layouts:
        assert layout.cut({"file": data}).date == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(1) Darnah (2) Danar", ("Darnah", "Danar")),
        ("a) Syria, b) Utopia", ("Syria", "Utopia")),
        ("(1)-(2) Tunisia (3) Libya", ("(1)-(2) Tunisia (3) Libya",)),
        ("14th Division (2) of the army", ("14th Division (2) of the army",)),
        ("", ()),
    ],
)
def test_only_what_is_numbered_from_the_start_is_cut(text: str, found: tuple[str, ...]) -> None:
    """Numbers or letters have to begin the text and follow each other."""
    assert items(text) == found


def test_a_designation_without_an_id_is_refused() -> None:
    """It could not be followed from edition to edition."""
    data = european.UK_XML.replace(b"<UniqueID>DPR9002</UniqueID>", b"")
    with pytest.raises(ListError, match="an entry has no UniqueID"):
        UK_SANCTIONS_XML.cut({"a.xml": data})


@pytest.mark.real
def test_the_real_list_of_2018_is_read_whole() -> None:
    """Groups and North Korea's groups are as published."""
    path = REAL / "lists" / "uk" / "2018-04-13" / "sanctionsconlist.csv"
    data = path.read_bytes()
    assert UK_CONSOLIDATED.recognises({path.name: data})
    parties = _read(UK_CONSOLIDATED, data)
    korea = [party for party in parties if party.programmes[0].startswith("North Korea")]
    assert (len(parties), len(korea)) == (2106, 242)
    assert UK_CONSOLIDATED.cut({path.name: data}).date == "2018-04-13"
    assert all(party.names[0].kind == "primary" for party in parties)
