"""Files made to do harm, or damaged, are refused in one line, and what was held stays in force."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import made
import pytest
from editions import EDITIONS, ENTRY, TABLES, only, parties

from detente.errors import UsageError
from detente.lists import rows, xml
from detente.lists.errors import ListError
from detente.lists.formats import FORMATS
from detente.store.export import lines
from detente.store.schema import opened
from detente.store.take import take_files

BOMB = b"""<!DOCTYPE a [<!ENTITY a0 "ha">%s]>""" % b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>503</title></head><body>Sorry; try, later</body></html>"
)

Damage = Callable[[bytes, bytes], bytes]
"""Takes a file and the name of its entries' element and returns what is to be refused."""


def headed(put: bytes) -> Damage:
    """Put something behind the declaration of a document."""
    return lambda data, entry: data.replace(b"?>", b"?>" + put, 1)


def inside(put: bytes) -> Damage:
    """Put something at the end of the first entry."""
    return lambda data, entry: data.replace(b"</%s>" % entry, put + b"</%s>" % entry, 1)


def encoded(name: str) -> Damage:
    """Declare an encoding, whatever the file's is."""
    head = b'<?xml version="1.0" encoding="%s"?>' % name.encode()
    return lambda data, entry: head + data.partition(b"?>")[2]


def wide(codec: str) -> Damage:
    """Write a document in two bytes a letter."""
    return lambda data, entry: data.partition(b"?>")[2].decode().encode(codec)


def doubled(data: bytes, entry: bytes) -> bytes:
    """Let the first entry stand there again."""
    whole = re.search(rb"<%s[\s>].*?</%s>" % (entry, entry), data, re.S)
    assert whole is not None
    return data.replace(whole[0], whole[0] + whole[0], 1).replace(b"Count>3<", b"Count>4<")


DAMAGES: dict[str, tuple[Damage, str]] = {
    "a bomb of entities": (headed(BOMB), "a document type is declared"),
    "an entity from outside": (headed(OUTSIDE), "a document type is declared"),
    "an empty document type": (headed(b"<!DOCTYPE a>"), "a document type is declared"),
    "an entity never declared": (inside(b"<a>&x;</a>"), "undefined entity"),
    "deep nesting": (inside(b"<a>" * 5000 + b"</a>" * 5000), "more than 64 deep"),
    "deep nesting never closed": (inside(b"<a>" * 100_000), "more than 64 deep"),
    "a prefix nobody declared": (inside(b"<q:a/>"), "an entry is not whole"),
    "an attribute's prefix nobody declared": (inside(b'<a q:b=""/>'), "an entry is not whole"),
    "a text of 11 MB": (inside(b"<a>%s</a>" % (b"x" * (11 << 20))), "an entry is not whole"),
    "UTF-16 with a mark": (wide("utf-16"), "UTF-16"),
    "UTF-16, big end first": (wide("utf-16-be"), "UTF-16"),
    "UTF-16, little end first": (wide("utf-16-le"), "UTF-16"),
    "an encoding of seven bits": (encoded("UTF-7"), "the encoding is UTF-7"),
    "an encoding that is none": (encoded("klingon"), "the encoding is klingon"),
    "another encoding than declared": (encoded("utf-16"), "the encoding is utf-16"),
    "a byte that ASCII has not": (
        lambda data, entry: inside(b"<a>\xe9</a>")(encoded("us-ascii")(b"?><a/>", b""), entry)
        + encoded("us-ascii")(inside(b"<a>\xe9</a>")(data, entry), entry).partition(b"?>")[2],
        "not whole XML",
    ),
    "bytes that are not UTF-8": (inside(b"<a>\xff\xc3</a>"), "not whole XML"),
    "half of a pair": (inside(b"<a>\xed\xa0\x80</a>"), "not whole XML"),
    "a mark of UTF-8 on another encoding": (
        lambda data, entry: b"\xef\xbb\xbf" + encoded("iso-8859-1")(data, entry),
        "marked as UTF-8",
    ),
    "a byte of zero": (inside(b"<a>\0</a>"), "not whole XML"),
    "a letter that XML has not": (inside(b"<a>&#1;</a>"), "not whole XML"),
    "an attribute twice": (inside(b'<a b="" b=""/>'), "not whole XML"),
    "an entry twice": (doubled, "two entries have the"),
    "something behind the end": (lambda data, entry: data + b"<a/>", "not whole XML"),
    "nothing before the first entry": (
        lambda data, entry: data[data.index(b"</%s>" % entry) :], "not whole XML|no format"
    ),
    "no entry at all": (
        lambda data, entry: re.sub(
            rb"<(ENTITY|%s)[\s>].*</\1>" % entry, b"", data, flags=re.S
        ),
        "it has no entries",
    ),
    "a page": (lambda data, entry: PAGE, "this is a web page"),
    "nothing": (lambda data, entry: b"", "no format"),
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with opened(tmp_path / "a.store", write=True) as connection:
        yield connection


def refused(store: sqlite3.Connection, good: dict[str, bytes], bad: dict[str, bytes]) -> str:
    """Return why an edition is refused where a good one is held, which has to stay untouched."""
    take_files(store, good, date="2031-01-01")
    before = list(lines(store))
    with pytest.raises((ListError, UsageError)) as caught:
        take_files(store, bad, date="2031-02-01")
    assert list(lines(store)) == before
    assert not store.in_transaction
    message = str(caught.value)
    assert message.isprintable()
    assert "; " in message
    return message


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ENTRY)
def test_a_harmful_document_is_refused(store: sqlite3.Connection, name: str, damage: str) -> None:
    """In each format: one line, the file's name first, and the store as it was."""
    harm, words = DAMAGES[damage]
    good = EDITIONS[name]
    file = next(iter(good))
    message = refused(store, good, {file: harm(only(good), ENTRY[name])})
    assert message.startswith(file)
    assert re.search(words, message)


@pytest.mark.parametrize("name", ENTRY)
def test_what_is_no_element_is_read_as_if_it_were_not_there(name: str) -> None:
    """Comments and instructions in and between entries do not hide or feign a number."""
    data, entry = only(EDITIONS[name]), ENTRY[name]
    feigned = b"<REFERENCE_NUMBER>9</REFERENCE_NUMBER><uid>9</uid><UniqueID>9</UniqueID>"
    noise = b"<!-- %s --><?odd %s?>" % (feigned, feigned)
    opening = re.compile(rb"<%s(?:\s[^<>]*)?>" % entry)
    told = opening.sub(lambda found: noise + found[0] + noise, data)
    told = told.replace(b"</%s>" % entry, noise + b"</%s>" % entry)
    assert parties({"a.xml": told}) == parties({"a.xml": data})


@pytest.mark.parametrize("name", ENTRY)
def test_raw_text_is_text(name: str) -> None:
    """CDATA says the same as text does, but where the number should stand."""
    data = only(EDITIONS[name])
    raw = re.compile(rb"<((?!REFERENCE_NUMBER|uid|UniqueID|Publish|Record)\w+)>([^<&]*\w[^<&]*)</")
    told = raw.sub(rb"<\1><![CDATA[\2]]></", data)
    assert parties({"a.xml": told}) == parties({"a.xml": data})
    shown = re.sub(rb"<(REFERENCE_NUMBER|uid|UniqueID)>([^<]+)<", rb"<\1><![CDATA[\2]]><", data)
    if shown != data:
        with pytest.raises(ListError, match="an entry has no"):
            parties({"a.xml": shown})


@pytest.mark.parametrize("name", ENTRY)
def test_a_document_cut_off_at_any_byte_is_refused(name: str) -> None:
    """No beginning of a document is a document."""
    data = only(EDITIONS[name]).rstrip()
    for size in range(len(data)):
        with pytest.raises(ListError):
            FORMATS[name].cut({"a.xml": data[:size]})


@pytest.mark.parametrize(
    "digits", ["9" * 25, "9" * 5000, " " * 100_000, "9" + " " * 100_000 + "9", "9 " * 50_000]
)
def test_a_number_without_end_is_no_number(digits: str) -> None:
    """Python refuses to make a number of 5,000 digits; we do not even ask it to."""
    for name, old in {
        "ofac-xml": b"<uid>70002<", "ofac-enhanced": b'id="70002"', "eu-xml": b'logicalId="902"',
        "ofac-advanced": b'FixedRef="70002"', "eu-old-xml": b'Id="902"',
        "un-xml": b"<REFERENCE_NUMBER>KPe.902<", "uk-sanctions-xml": b"<UniqueID>DPR9002<",
    }.items():  # fmt: skip
        data = only(EDITIONS[name])
        assert old in data
        long = re.sub(rb"[\w.]+(?=.$)", digits.encode() * 2, old)
        with pytest.raises(ListError, match="an entry has no"):
            parties({"a.xml": data.replace(old, long, 1)})


@pytest.mark.parametrize("years", [("²²²²", "1961"), ("9" * 5000, "9" * 5000), ("1961", "١٩٥٩")])
def test_years_that_are_none_are_kept_in_words(years: tuple[str, str]) -> None:
    """What looks like digits need not be a number, nor a number a year."""
    first, last = (year.encode() for year in years)
    for name, old in {
        "un-xml": (b">1961<", b">1963<"), "eu-xml": (b'"1970"', b'"1972"'),
    }.items():  # fmt: skip
        data = only(EDITIONS[name])
        data = data.replace(old[0], b"%c%s%c" % (old[0][0], first, old[0][-1]))
        data = data.replace(old[1], b"%c%s%c" % (old[1][0], last, old[1][-1]))
        assert any(years[0] in text for party in parties({"a": data}) for text in party.unparsed)


def test_a_day_before_all_calendars_is_none() -> None:
    """A moment that UTC puts before the year 1 is no date of an edition."""
    data = only(EDITIONS["un-xml"]).replace(b"2031-03-07T10:00:00.000-05:00", b"0001-01-01T00+10")
    assert FORMATS["un-xml"].cut({"a.xml": data}).date is None


def test_references_cannot_multiply_the_file() -> None:
    """Elements that point at each other are a bomb without entities."""
    head, mark, rest = only(EDITIONS["ofac-advanced"]).partition(b'<Location ID="25">')
    many = b"<LocationPart>%s</LocationPart>" % (b"x" * 100_000)
    party = re.search(rb"<DistinctParty .*?</DistinctParty>", rest, re.S)
    assert party is not None
    assert b'LocationID="25"' in party[0]
    more = b"".join(
        re.sub(rb'FixedRef="\d+"', b'FixedRef="%d"' % number, party[0]) for number in range(40)
    )
    data = head + mark + many + rest.replace(party[0], party[0] + more, 1)
    with pytest.raises(ListError, match="referred to over and over"):
        parties({"a.xml": data})


def test_more_elements_than_memory_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file within the limit may still hold a hundred million empty entries."""
    monkeypatch.setattr(xml, "_MOST", 5)
    with pytest.raises(ListError, match=r"a\.xml:1: it has more than 5 elements of a list"):
        xml.outline("a.xml", b"<a>%s</a>" % (b"<b/>" * 6), ("b",))
    assert len(xml.outline("a.xml", b"<a>%s</a>" % (b"<b/>" * 5), ("b",)).elements) == 5


@pytest.mark.parametrize("line", [b"\n", b"\r", b"1,2,3,4\r\n", b",\n"])
def test_more_lines_than_memory_holds_are_refused(
    monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    """Likewise of empty lines, in both kinds of tables."""
    monkeypatch.setattr(rows, "_MOST", 50)
    for files in (EDITIONS["ofac-csv"], EDITIONS["uk-sanctions-csv"]):
        name = next(iter(files))
        with pytest.raises(ListError, match="more than 50 lines"):
            parties(files | {name: files[name].rstrip(b"\x1a") + line * 101})
    with pytest.raises(ListError, match="more than 1000 fields"):
        rows.rows("a.csv", b"," * 1000 + b"\n", ",", "utf-8")


def first_field(data: bytes, put: bytes) -> bytes:
    """Put something behind the name HAN where it stands first."""
    changed = re.sub(rb"\b(?:HAN|Han)\b", lambda found: found[0] + put, data, count=1)
    assert changed != data
    return changed


TABLE_DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a field too many": (lambda data: first_field(data, b'x",";x,x;"'), "fields|no format|CSV"),
    "a quotation never closed": (lambda data: data.rstrip(b"\x1a") + b'"901', "CSV|never|no end"),
    "a field of 200 kB": (lambda data: first_field(data, b"x" * 200_000), "field larger|no format"),
    "a byte of zero": (lambda data: first_field(data, b"\0"), "zero|NUL"),
    "UTF-16": (lambda data: data.decode("utf-8", "replace").encode("utf-16"), "UTF-16"),
    "bytes of no encoding": (lambda data: first_field(data, b"\x81\xff"), "UTF-8|are not"),
    "a page": (lambda data: PAGE, "this is a web page"),
    "nothing": (lambda data: b"", "no format"),
    "an archive": (lambda data: b"PK\x03\x04" + data[::-1], "ZIP"),
}  # fmt: skip


@pytest.mark.parametrize("damage", TABLE_DAMAGES)
@pytest.mark.parametrize("name", TABLES)
def test_a_harmful_table_is_refused(store: sqlite3.Connection, name: str, damage: str) -> None:
    """In each layout: one line, the file's name first, and the store as it was."""
    harm, words = TABLE_DAMAGES[damage]
    good = EDITIONS[name]
    file = next(iter(good))
    message = refused(store, good, good | {file: harm(only(good))})
    assert message.startswith(file)
    assert re.search(words, message)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_cut_off_is_refused_or_has_entries_of_the_whole(name: str) -> None:
    """Where a row ends nobody can tell; elsewhere nothing is made up."""
    files = EDITIONS[name]
    file, whole = next(iter(files)), only(files).rstrip(b"\x1a")
    known = {party.entry for party in parties(files)}
    for size in range(1, len(whole)):
        try:
            found = parties(files | {file: whole[:size]})
        except ListError:
            continue
        assert {party.entry for party in found} <= known


def test_a_row_of_ofac_hides_no_other() -> None:
    """Line breaks of old machines, or a lone quotation mark, would put two entries into one."""
    table = made.ofac(made.sdn_row(str(n), f"NAME {n}") for n in (1, 2, 3))["sdn.csv"]
    assert len(parties({"sdn.csv": table})) == 3
    for broken in (
        table.replace(b"\r\n3", b"\r3"),
        table.replace(b'"NAME 2', b'x"NAME 2"').replace(b"\r\n3,", b'\r\n"3,'),
        table.replace(b'2,"NAME 2"', b'2,NAME 2"').replace(b'3,"NAME 3"', b'3,NAME 3"'),
    ):
        assert broken != table
        with pytest.raises(ListError, match=r"(runs into another|not CSV|columns|begins with)"):
            parties({"sdn.csv": broken})


@pytest.mark.parametrize("row", [b',x,"y"\r\n', b"\x1a", b"\r\n\x1a", b" ,\r\n"])
def test_a_row_of_no_entry_is_no_entry(row: bytes) -> None:
    """Behind an empty line nothing begins without a number."""
    files = EDITIONS["ofac-csv"]
    told = only(files).rstrip(b"\x1a") + b"\r\n" + row
    if b"," in row:
        with pytest.raises(ListError, match="not with the number of an entry"):
            parties(files | {"sdn.csv": told})
    else:
        assert parties(files | {"sdn.csv": told}) == parties(files)


def test_aliases_alone_are_no_edition() -> None:
    """A file beside the one of entries says nothing without it."""
    aliases = {"alt.csv": EDITIONS["ofac-csv"]["alt.csv"]}
    assert not FORMATS["ofac-csv"].recognises(aliases)
    for files in (aliases, {"sdn.csv": b""}, {}):
        with pytest.raises(ListError, match="no file has entries"):
            FORMATS["ofac-csv"].cut(files)
