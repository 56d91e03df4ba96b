"""OFAC's CSV is read whole: columns, aliases, addresses, and what remarks carry."""

import csv
import io

import made
import pytest
from real import sdn

from detente.entities.model import Address, Birth, Identifier, Link, Party
from detente.entities.spans import Span, parse_span
from detente.lists.errors import ListError
from detente.lists.ofac.legacy import OFAC_CSV
from detente.lists.ofac.remarks import Told, parse_remarks


def read(files: dict[str, bytes]) -> list[Party]:
    """Return the parties of an edition."""
    cut = OFAC_CSV.cut(files)
    return [OFAC_CSV.read(cut, record) for record in cut.records]


def told(text: str, kind: str = "person") -> Told:
    """Return what remarks say."""
    return parse_remarks(text, kind)  # type: ignore[arg-type]


def day(text: str) -> Span:
    """Return the span of a date."""
    found = parse_span(text)
    assert found is not None
    return found


TOTALS = {
    "2015-01-17": (5876, 0, 0, 0, 39), "2018-01-26": (6068, 0, 0, 0, 299),
    "2019-01-04": (7379, 9682, 11696, 9474, 388), "2021-07-07": (8976, 11910, 13837, 11440, 414),
    "2023-12-28": (13821, 17091, 18990, 16338, 479), "2024-07-02": (15443, 0, 0, 0, 489),
}  # fmt: skip
"""Entries, aliases, address rows, those with content, entries with a North Korea tag."""


@pytest.mark.real
@pytest.mark.parametrize("edition", TOTALS)
def test_a_real_edition_has_its_totals_and_all_its_bytes(edition: str) -> None:
    """Counts are those of the data's own description; the pieces make up each file."""
    files = sdn(edition)
    cut = OFAC_CSV.cut(files)
    parties = [OFAC_CSV.read(cut, record) for record in cut.records]
    found = (
        len(parties),
        sum(not name.in_remarks for party in parties for name in party.names[1:]),
        sum(len(party.addresses) + party.blank_addresses for party in parties),
        sum(len(party.addresses) for party in parties),
        sum(any(tag.startswith("DPRK") for tag in party.programmes) for party in parties),
    )
    assert found == TOTALS[edition]
    for name, data in files.items():
        assert b"".join(cut.bytes_of(p) for p in cut.pieces if p.file == name) == data


@pytest.mark.real
def test_the_edition_of_hanoi_is_read_without_a_malformed_row() -> None:
    """Tags, vessels and their IMO numbers are as counted apart from this program."""
    cut = OFAC_CSV.cut(sdn("2019-01-04"))
    korea = [
        party
        for party in (OFAC_CSV.read(cut, record) for record in cut.records)
        if any(tag.startswith("DPRK") for tag in party.programmes)
    ]
    tags = [tag for party in korea for tag in party.programmes]
    vessels = [party for party in korea if party.kind == "vessel"]
    numbered = [p for p in vessels if any(i.kind == "imo" and i.valid for i in p.identifiers)]
    assert cut.rejected == []
    assert {tag: tags.count(tag) for tag in ("DPRK", "DPRK2", "DPRK3", "DPRK4")} == {
        "DPRK": 50, "DPRK2": 85, "DPRK3": 113, "DPRK4": 144,
    }  # fmt: skip
    assert (len(vessels), len(numbered)) == (101, 100)
    assert all(party.secondary_sanctions for party in korea)


@pytest.mark.real
@pytest.mark.parametrize("edition", TOTALS)
def test_the_rows_agree_with_the_csv_module(edition: str) -> None:
    """An independent reading of sdn.csv gives the same numbers, names and programmes."""
    files = sdn(edition)
    text = files["sdn.csv"].decode().rstrip("\x1a")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    wanted = [
        (row[0], row[1].strip(), tuple(row[3].split("] [")) if row[3] != "-0- " else ())
        for row in rows
    ]
    assert [(p.entry, p.name, p.programmes) for p in read(files)] == wanted


def test_an_entry_is_read_in_every_column() -> None:
    """A vessel with its call sign, type, tonnage, flag and owner; two tags in one field."""
    row = made.sdn_row(
        "17069", "GOOD HOPE", "DPRK] [NPWMD", "vessel", "Vessel Registration Identification IMO "
        "7937317; MMSI 445114000.", call="P7QX", vessel="General Cargo", tonnage="9,000",
        gross="6,500", flag="Ruritania", owner="Hope Shipping",
    )  # fmt: skip
    (party,) = read(made.ofac([row]))
    assert (party.id, party.kind, party.programmes) == (
        "ofac-sdn:17069", "vessel", ("DPRK", "NPWMD"),
    )  # fmt: skip
    assert party.identifiers == (
        Identifier(kind="call-sign", value="P7QX"),
        Identifier(kind="imo", value="7937317", valid=True),
        Identifier(kind="mmsi", value="445114000", valid=True),
    )
    assert party.details == {
        "type": "General Cargo", "tonnage": "9,000", "gross tonnage": "6,500",
        "flag": "Ruritania", "owner": "Hope Shipping",
    }  # fmt: skip


def test_aliases_addresses_and_long_remarks_find_their_entry() -> None:
    """Rows of four files belong together by number; what says nothing is counted."""
    files = made.ofac(
        [made.sdn_row("36", "SMITH, Anna", kind="individual", remarks="DOB 12 Feb 1962; POB Zen")],
        alt=[["36", "1", "aka", "SMYTHE, Anne", "-0- "], ["36", "2", "fka", "JONES", "-0- "]],
        add=[["36", "5", "1 Main St", "Zenda", "Ruritania", "-0- "],
             ["36", "6", "-0- ", "-0- ", "-0- ", "-0- "]],
        comments=[["36", "da; Linked To: A CO."]],
    )  # fmt: skip
    (party,) = read(files)
    assert [(n.text, n.kind, n.family, n.given) for n in party.names] == [
        ("SMITH, Anna", "primary", "SMITH", "Anna"),
        ("SMYTHE, Anne", "alias", "SMYTHE", "Anne"),
        ("JONES", "former", None, None),
    ]
    assert party.addresses == (Address(street="1 Main St", city="Zenda", country="Ruritania"),)
    assert party.blank_addresses == 1
    assert party.births == (Birth(date=day("12 Feb 1962"), place="Zenda"),)
    assert party.links == (Link(relation="linked to", name="A CO"),)


def test_a_row_of_no_entry_is_rejected_and_counted() -> None:
    """An alias of an entry that is not there is told, and the rest is read."""
    files = made.ofac([made.sdn_row("36", "A CO")], alt=[["37", "1", "aka", "B CO", "-0- "]])
    cut = OFAC_CSV.cut(files)
    assert cut.rejected == ["alt.csv: a row of 37, which is no entry"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda data: data.replace(b'"B CO"', b'"B CO","x"'), "has 13 columns, not 12"),
        (lambda data: data.replace(b'"B CO"', b'"B CO'), "a quotation is never closed"),
        (lambda data: data.replace(b"A CO", b"A\0CO"), "bytes of zero"),
        (lambda data: data.replace(b"A CO", b"A \xff CO"), "it is not UTF-8"),
        (lambda data: data.replace(b"37,", b"x7,"), "not with the number of an entry"),
        (lambda data: data.replace(b"37,", b"36,"), "entry 36 occurs twice"),
    ],
)
def test_a_spoiled_file_is_refused_in_one_line(spoil: object, says: str) -> None:
    """The line says where, what and what to do."""
    assert callable(spoil)
    files = made.ofac([made.sdn_row("36", "A CO"), made.sdn_row("37", "B CO")])
    with pytest.raises(ListError, match=r"sdn\.csv") as caught:
        read({"sdn.csv": spoil(files["sdn.csv"])})
    assert says in str(caught.value)
    assert "fetch the file again" in str(caught.value) or "save the file" in str(caught.value)


# Remarks


def test_dates_of_birth_may_be_vague() -> None:
    """About a year, two alternatives, a stretch of years, a month."""
    found = told("DOB circa 1947; alt. DOB 1930 to 1934; alt. DOB Feb 1962.")
    assert [str(birth.date) for birth in found.births] == ["c. 1947", "1930..1934", "1962-02"]


def test_papers_carry_country_and_dates() -> None:
    """A passport with its country, when it was issued and when it expires."""
    (paper,) = told(
        "Passport 381420754 (Korea, North) issued 07 Dec 2011 expires 07 Dec 2016"
    ).identifiers
    assert (paper.kind, paper.value, paper.country) == ("passport", "381420754", "Korea, North")
    assert (str(paper.issued), str(paper.expires)) == ("2011-12-07", "2016-12-07")


def test_an_imo_number_is_a_ships_or_a_companys() -> None:
    """The check digit is that of the kind; a wrong one is kept and shown invalid."""
    (ship,) = told("Vessel Registration Identification IMO 7937317", "vessel").identifiers
    (firm,) = told("Identification Number IMO 1790183", "organisation").identifiers
    (wrong,) = told("Vessel Registration Identification IMO 7937318", "vessel").identifiers
    assert (ship.kind, ship.valid) == ("imo", True)
    assert (firm.kind, firm.valid) == ("imo-company", True)
    assert (wrong.value, wrong.valid) == ("7937318", False)


def test_secondary_sanctions_ties_and_weak_names_are_told_apart() -> None:
    """Each opening has its own field; quotes mark a weak alias."""
    found = told(
        "a.k.a. 'BIG AL'; Secondary sanctions risk: Some Regulations, section 1; Linked To: A CO; "
        "Gender Female; nationality Ruritania; citizen Graustark; Executive Order 13662 Directive "
        "Determination - Subject to Directive 4"
    )
    assert [(n.text, n.weak, n.in_remarks) for n in found.names] == [("BIG AL", True, True)]
    assert found.secondary_sanctions == ("Some Regulations, section 1",)
    assert found.links == (Link(relation="linked to", name="A CO"),)
    assert (found.gender, found.nationalities) == ("female", ("Ruritania", "Graustark"))
    assert found.authorities == ("Executive Order 13662 Directive",)


def test_what_is_not_understood_is_kept_word_for_word() -> None:
    """An office that the title column names too is no rest; other words are."""
    found = parse_remarks("Prime Minister; cousin of the king; DOB yesterday.", "person",
                          "Prime Minister")  # fmt: skip
    assert found.positions == ("Prime Minister",)
    assert found.unparsed == ("cousin of the king", "DOB yesterday")
