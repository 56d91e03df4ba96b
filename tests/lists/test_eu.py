"""The files of the European Union say the same of a party in whichever layout they come."""

import european
import pytest
from real import REAL

from detente.entities.model import Address, Birth, Identifier, Name, Party
from detente.entities.spans import month_span, parse_span, year_span
from detente.lists.errors import ListError
from detente.lists.eu.export import EU_XML
from detente.lists.eu.tables import EU_CSV
from detente.lists.eu.whole import EU_OLD_XML
from detente.lists.records import Format


def _read(layout: Format, data: bytes) -> list[Party]:
    cut = layout.cut({"file": data})
    assert b"".join(map(cut.bytes_of, cut.pieces)) == data
    return [layout.read(cut, record) for record in cut.records]


def test_an_entry_of_the_xml_is_read_whole() -> None:
    """Every construct of layout 1.1 comes to its place, and what is unknown is kept."""
    han, ship = _read(EU_XML, european.EU_XML)
    assert (han.id, han.kind, han.gender) == ("eu-fsf:901", "person", "male")
    assert han.names == (
        Name(text="Test Su Han", family="Han", given="Test Su"),
        Name(text="The Tester", kind="alias", weak=True, language="en"),
        Name(text="Жди Щит", kind="alias", script="Cyrl", weak=True, language="bg",
             remark="Low quality alias"),
    )  # fmt: skip
    assert han.births == (
        Birth(date=year_span(1961, circa=True), place="Testville", country="KOREA, DPR"),
        Birth(date=parse_span("1962-03-04")),
        Birth(date=year_span(1970, 1972)),
        Birth(remark="1380-01-01 in the calendar ISLAMIC"),
    )
    assert (han.titles, han.positions) == (("Dr",), ("Tester of parsers",))
    assert han.nationalities == ("KOREA, DPR",)
    assert han.addresses == (
        Address(street="1 Test Street, PO Box 12", city="Testville", region="North",
                postcode="1000", country="KOREA, DPR", remark="as at the time of listing"),
    )  # fmt: skip
    assert han.blank_addresses == 1
    assert ship.identifiers == (Identifier(kind="imo", value="9074729", valid=True),)
    assert (ship.kind, ship.remarks) == ("organisation", ("carries nothing",))


def test_numbers_and_acts_of_the_xml_are_kept_apart() -> None:
    """The UN's reference is a number; regulations are authorities, their tag is a programme."""
    han = _read(EU_XML, european.EU_XML)[0]
    assert [(row.kind, row.value, row.remark) for row in han.identifiers] == [
        ("passport", "T0001",
         "diplomatic; known to be expired; in the name of Han T.; issued by Testville; blue"),
        ("phone", "+850 1", None),
        ("other", "grey", "PIGEON"),
        ("other", "KPi.999", "UN reference"),
    ]  # fmt: skip
    assert han.identifiers[0].expires == parse_span("2011-02-03")
    (listing,) = han.listings
    assert listing.authorities == ("2031/5 (OJ L8)", "2031/7 (OJ L9)")
    assert (listing.programmes, listing.reference) == (("PRK",), "EU.1.2")
    assert listing.listed_on == parse_span("2030-01-31")
    assert listing.amended_on == (parse_span("2031-03-04"),)
    assert han.remarks == ("(Date of UN designation: 2030-01-30)", "made > of paper")
    kept = " ".join(han.unparsed)
    assert all(word in kept for word in ("kept", "a new element", "mood: grim", "KOREA, DPR"))


def test_a_file_says_when_it_was_made() -> None:
    """A time becomes UTC, a day of a European file has the day first."""
    layouts = (
        (EU_XML, european.EU_XML, "2031-05-02T14:47:04Z"),
        (EU_OLD_XML, european.EU_OLD_XML, "2031-02-11"),
        (EU_CSV, european.EU_CSV, "2031-08-05"),
        (EU_CSV, european.EU_OLD_CSV, "2031-07-04"),
    )
    for layout, data, day in layouts:
        assert layout.cut({"file": data}).date == day


def test_an_entry_of_the_old_xml_is_read_whole() -> None:
    """The type behind a document's number, contacts and stretches of years are understood."""
    han, other = _read(EU_OLD_XML, european.EU_OLD_XML)
    assert han.names == (Name(text="Test Han", family="Han", given="Test", language="fr"),)
    span = year_span(1958, 1963, circa=True)
    assert han.births == (Birth(date=span, place="Testville", country="PRK"),)
    assert [(row.kind, row.value) for row in han.identifiers] == [
        ("passport", "T0001"), ("phone", "1 2"), ("fax", "3 4"),
    ]  # fmt: skip
    assert han.identifiers[0].remark == "(valid to 2014-02-21)[known to be expired](blue)"
    assert han.identifiers[0].expires == parse_span("2014-02-21")
    address = Address(street="1 Test Street", city="Testville", country="PRK", remark="(former)")
    assert han.addresses == (address,)
    assert (han.gender, han.nationalities, han.positions) == ("female", ("PRK",), ("tester",))
    assert han.listings[0].authorities == ("2030/1 (OJ L1)", "2031/5 (OJ L8)")
    assert (han.remarks, han.unparsed) == (("(a note)",), ("<GHOST>boo</GHOST>",))
    assert (other.name, other.kind) == ("?", "organisation")


def test_an_entry_of_the_new_csv_is_read_from_all_its_rows() -> None:
    """Each row says one part; an unknown column is kept."""
    (han,) = _read(EU_CSV, european.EU_CSV)
    assert [name.text for name in han.names] == ["Test Han", "The; Tester of tests"]
    assert [birth.date for birth in han.births] == [
        year_span(1961, circa=True), parse_span("1962-03-04"),
    ]  # fmt: skip
    assert han.addresses == (Address(city="Testville", country="KOREA, DPR"),)
    assert [(row.kind, row.value, row.remark) for row in han.identifiers] == [
        ("other", "KPi.999", "UN reference"),
        ("phone", "+850 1", None),
        ("passport", "T0001", "known to be false"),
    ]
    assert han.listings[0].authorities == ("2031/5 (OJ L8)", "2031/7 (OJ L9)")
    assert han.listings[0].amended_on == (parse_span("2031-03-04"),)
    assert (han.nationalities, han.unparsed) == (("KOREA, DPR",), ("Moon_Phase: full",))


def _mangled(data: bytes) -> bytes:
    """What a spreadsheet makes of the older layout."""
    lines = data.decode().replace("Date_file;", "Date_filexxxx;").splitlines()
    wrapped = ['"' + line.replace('"', '""') + '\t\t\t"\n' for line in lines]
    return "".join(wrapped).replace("Testville", "Têstville").encode("windows-1252")


def test_an_entry_of_the_old_csv_is_read_even_when_a_spreadsheet_mangled_it() -> None:
    """Quotation marks around lines, tabs and the encoding change nothing."""
    (han,) = _read(EU_CSV, european.EU_OLD_CSV)
    assert han.names == (Name(text="Test Han", family="Han"),)
    assert han.births == (Birth(date=year_span(1961, circa=True), place="Testville"),)
    passport = Identifier(kind="passport", value="T0001", country="PRK")
    assert (han.identifiers, han.nationalities) == ((passport,), ("PRK",))
    assert han.listings[0].authorities == ("2031/5 (OJ L8)", "2031/7 (OJ L9)")
    assert (han.listings[0].reference, han.remarks) == ("EU.1.2", ("(one) (two)",))
    mangled = _mangled(european.EU_OLD_CSV)
    assert EU_CSV.recognises({"file": mangled})
    (same,) = _read(EU_CSV, mangled)
    assert same.births[0].place == "Têstville"
    assert (same.names, same.listings) == (han.names, han.listings)


def test_an_entry_without_a_number_is_refused() -> None:
    """It could not be followed from edition to edition."""
    with pytest.raises(ListError, match="an entry has no logicalId of digits"):
        EU_XML.cut({"a.xml": european.EU_XML.replace(b'logicalId="902"', b'logicalId="x"')})
    with pytest.raises(ListError, match="an entry has no Id of digits"):
        EU_OLD_XML.cut({"a.xml": european.EU_OLD_XML.replace(b' Id="902"', b"")})


@pytest.mark.real
def test_the_real_old_files_are_read_whole() -> None:
    """Entries of the files at hand are counted; their pieces make them up."""
    old = (REAL / "lists" / "eu" / "2016-02-11-partial" / "data.xml").read_bytes()
    assert EU_OLD_XML.recognises({"file": old})
    parties = _read(EU_OLD_XML, old)
    assert (len(parties), sum(party.kind == "person" for party in parties)) == (595, 319)
    sample = REAL / "lists" / "eu" / "2018-07-04-sample" / "EUSanctionsShort.csv"
    assert EU_CSV.recognises({"file": sample.read_bytes()})
    parties = _read(EU_CSV, sample.read_bytes())
    assert (len(parties), [party.unparsed for party in parties if party.unparsed]) == (93, [])


def test_a_month_of_birth_stays_a_month() -> None:
    """A year and a month without a day are what the source knows."""
    data = european.EU_XML.replace(b'year="1961"', b'year="1961" monthOfYear="2"')
    assert _read(EU_XML, data)[0].births[0].date == month_span(1961, 2, circa=True)
