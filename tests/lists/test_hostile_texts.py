"""Texts that make careless patterns run for ever are read like any other.

No time is measured: a pattern that tries every way to part 100,000 letters does not end.
"""

import re
import string

import european
import pytest
from editions import EDITIONS, ENTRY, only, parties

from detente.entities.identifiers import KINDS, is_valid
from detente.entities.keys import keys_of
from detente.entities.model import Name, Party
from detente.entities.scripts import script_of
from detente.entities.spans import parse_span
from detente.lists.errors import ListError
from detente.lists.formats import FORMATS
from detente.lists.ofac.remarks import parse_remarks
from detente.lists.ofac.words import IDENTIFIERS
from detente.lists.rows import by_entry, columns_of, rows
from detente.lists.xml import outline

SIZE = 100_000
PARTS = (
    "A", "a", "1", " ", "-", "(", ")", "[", "{", ";", "; ", ",", ".", ":", "/", "'", "A[", "]A[",
    " (", "( ", "()", "(a", "(a-", "(a-)", "no ", "no. ", "1) ", "a) ", "(1) ", "IMO ", "UN ref ",
    "N.1", "A.1.", "N ", "(Ab ", "(Ab):", "Regulations ", " to ", " and ", "between ", "circa ",
    "19", "1961-", "01/", "1 Jan 1961 ",
    "\u0661", "\u00b2", "\u017f", "\u0131", "a\u0301", "\uac00",
    " issued ", " expires ", "Determination ", "EMAIL[a]", "(valid to ", "; DOB 1961", "Passport ",
)  # fmt: skip
TEXTS = tuple(
    text
    for part in PARTS
    for many in (part * (SIZE // len(part)),)
    for text in (many, many + "!", "DOB " + many, "(x " + many, many + "\nx")
)
WORDS = (
    "Passport",
    "Phone Number",
    "IMO",
    "POB",
    "Gender",
    "a.k.a.",
    "Linked To:",
    "Executive Order 13382",
)


@pytest.mark.parametrize("part", PARTS)
def test_remarks_of_any_text_are_read(part: str) -> None:
    """Behind each kind of opening words."""
    many = part * (SIZE // len(part))
    for word in (*WORDS, *list(IDENTIFIERS)[:3], "Digital Currency Address - XBT"):
        for text in (f"{word} {many}", f"{word} IMO 1{many}x\ny", f"{word} ({many}", many):
            told = parse_remarks(text, "vessel")
            assert told.unparsed or told != parse_remarks("", "vessel") or not text.strip("; ()")


def test_dates_of_any_text_are_read() -> None:
    """They are no dates."""
    for text in TEXTS:
        assert parse_span(text) is None
        assert parse_span("1961 to " + text) is None


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_any_text_are_checked(kind: str) -> None:
    """None is valid where a kind has a check, whatever its letters are and however many."""
    for text in TEXTS:
        assert not is_valid(kind, text)


def test_names_of_any_text_are_found_again() -> None:
    """Scripts and keys of a name are told letter by letter; what has no word has no key."""
    for text in TEXTS:
        assert script_of(text)
        party = Party(source="x", entry="1", kind="person", names=(Name(text=text),))
        keys = list(keys_of(party))
        assert "" not in keys
        assert bool(keys) == any(char.isalnum() for char in text)


def texts_replaced(data: bytes, entry: bytes, text: bytes) -> bytes:
    """Put a text for every text and attribute of the first entry, but for what it is."""
    opening = re.search(rb"<%s(?:\s[^<>]*)?>" % entry, data)
    assert opening is not None
    start, end = opening.end(), data.index(b"</%s>" % entry)
    inner = re.sub(
        rb"<((?!REFERENCE_NUMBER|uid|UniqueID|sdnType)\w+)>[^<]*[^<\s][^<]*</",
        lambda found: b"<%s>%s</" % (found[1], text), data[start:end],
    )  # fmt: skip
    inner = re.sub(
        rb'\s(?!\w*I[Dd]\b|type|code)(\w+)="[^"]*"',
        lambda found: b' %s="%s"' % (found[1], text), inner,
    )  # fmt: skip
    return data[:start] + inner + data[end:]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", ENTRY)
def test_documents_of_any_text_are_read(name: str, part: str) -> None:
    """Every text of an entry may be one that no pattern expects."""
    many = part.encode() * (SIZE // 5 // len(part))
    data = texts_replaced(only(EDITIONS[name]), ENTRY[name], many)
    assert parties({"a.xml": data})


LABELLED = "(UN Ref):KPi.1 (Phone number):{0} (Gender):{0} IMO: 1{0}"
RUNNING = (
    "Other Information", "Passport Details", "NI Number", "DOB", "D.O.B", "Title", "Birt_date",
    "Address_ContactInfo", "Iden_number", "Name 6",
)  # fmt: skip
"""Columns whose text is taken apart."""


@pytest.mark.parametrize("part", PARTS)
def test_tables_of_any_text_are_read(part: str) -> None:
    """Every field holds such a text, and a long one where texts are taken apart."""
    for columns, above, delimiter in (
        (european.OFSI_2022, "Last Updated,03/06/2031\n", ","),
        (european.OFSI_2018, "Last Updated,03/06/2031\n", ","),
        (european.UKSL, "Report Date: 13-Feb-2031\n", ","),
        (european.EU_COLUMNS, "", ";"),
        (european.EU_OLD_COLUMNS, "", ";"),
    ):
        row = dict.fromkeys(columns, part * 100)
        row |= dict.fromkeys(RUNNING, part * (SIZE // 3 // len(part)))
        row["Other Information"] = LABELLED.format(row["DOB"])
        row |= dict.fromkeys(
            ("Group ID", "Unique ID", "Entity_LogicalId", "Entity_logical_id"), "9"
        )
        data = european.table(columns, [row], delimiter, above)
        assert len(parties({"a.csv": data})) == 1


def test_a_header_of_a_million_columns_is_read() -> None:
    """Names that repeat are counted and not compared with each other."""
    header = ["id", *[""] * 500_000, *["x"] * 500_000]
    assert columns_of("a.csv", header, 1, ["id"])[-1] == "x #500000"
    with pytest.raises(ListError, match="stands there twice"):
        columns_of("a.csv", ["x #2", "x", "x"], 1, ["x"])


def test_rows_without_an_entry_are_counted_once() -> None:
    """The line of each of 200,000 rows is found without beginning at the first again."""
    data = b"id,x\n" + b",a\n" * 200_000
    found = rows("a.csv", data, ",", "utf-8")
    entries = by_entry("a.csv", data, found[1:], ["id", "x"], "id")
    assert entries.rejected[-1] == "a.csv:200001: a row has no id"


def test_a_quotation_over_a_million_lines_is_refused() -> None:
    """Lines are put together once, not with each line that follows."""
    aliases = EDITIONS["ofac-csv"]["alt.csv"].rstrip(b"\x1a")
    for rows_of in (b'1,2,"%s"\r\n' % (b"\n" * 1_000_000), b'1,2,"%s' % (b"\n" * 1_500_000)):
        files = EDITIONS["ofac-csv"] | {"alt.csv": aliases + rows_of}
        if rows_of.endswith(b'"\r\n'):
            assert FORMATS["ofac-csv"].cut(files).rejected
        else:
            with pytest.raises(ListError, match="never closed"):
                parties(files)


def test_more_signs_than_letters_number_nothing() -> None:
    """A text that numbers more things than there are letters is one text."""
    many = " ".join(f"{letter}) x" for letter in string.ascii_lowercase) + " a) x" * 400_000
    data = only(EDITIONS["uk-sanctions-xml"]).replace(b"<Title>Dr<", b"<Title>%s<" % many.encode())
    assert parties({"a.xml": data})[0].titles == (many,)


def test_a_tag_of_a_megabyte_is_found() -> None:
    """Attributes of an element, however many, are passed over once."""
    tag = b"<b %s/>" % b" ".join(b"a%d='>'" % n for n in range(100_000))
    found = outline("a.xml", b"<a>%s</a>" % tag, ("b",))
    assert (found.elements[0].start, found.elements[0].end) == (3, 3 + len(tag))


def test_messages_stay_one_line() -> None:
    """What a file says of itself is cut short and without lines of its own."""
    for root in (b"x" * 100_000, "e\u0301\U0001f600".encode()):
        with pytest.raises(ListError) as caught:
            parties({"a\nb.xml": b"<WHOLE Date=''/>" + root})
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 600
