"""Inputs that fuzzing, or the reading that went before it, found to break a promise."""

import pytest
from editions import EDITIONS, only, parties

from detente.lists.errors import ListError
from detente.lists.formats import FORMATS
from detente.lists.ofac.remarks import parse_remarks
from detente.lists.rows import columns_of


@pytest.mark.parametrize("name", ["un-xml", "uk-sanctions-xml", "ofac-advanced"])
def test_an_odd_namespace_is_told_in_plain_letters(name: str) -> None:
    """The parser quotes what it refuses, here a sign that no screen can show."""
    data = only(EDITIONS[name]).replace(b"XMLSchema-instance", b"XML\xf4\x8f\xbf\xbf", 1)
    with pytest.raises(ListError) as caught:
        parties({"a.xml": data})
    assert "an entry is not whole" in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "words", ["pa\u017f\u017fport 1", "c\u0131tizen X", "PO\u0131 x", "\u017f\u017fn 2"]
)
def test_letters_that_only_fold_to_ours_open_no_remark(words: str) -> None:
    """A long s matched ours where case did not count, and then no reader was found."""
    assert parse_remarks(words, "person").unparsed == (words,)


def test_an_old_number_in_a_comment_is_not_the_entry_s() -> None:
    """The first number that stood anywhere in an entry was taken."""
    old = b"<!-- <REFERENCE_NUMBER>KPi.000</REFERENCE_NUMBER> -->"
    data = only(EDITIONS["un-xml"]).replace(b"<INDIVIDUAL>", b"<INDIVIDUAL>" + old, 1)
    assert parties({"a.xml": data})[0].entry == "KPi.901"


def test_a_number_in_another_encoding_is_refused() -> None:
    """A number was taken for UTF-8, whatever the document declares."""
    data = only(EDITIONS["un-xml"]).replace(b"UTF-8", b"iso-8859-1", 1)
    with pytest.raises(ListError, match="an entry has no REFERENCE_NUMBER"):
        parties({"a.xml": data.replace(b"KPi.901", b"KP\xef.901")})


def test_an_entry_in_a_namespace_of_its_own_is_still_a_person() -> None:
    """The element of an individual was known by its name without a namespace only."""
    data = only(EDITIONS["un-xml"]).replace(b"<INDIVIDUAL>", b'<INDIVIDUAL xmlns="urn:x">', 1)
    party = parties({"a.xml": data})[0]
    assert party.kind == "person"
    assert any("HAN" in text for text in party.unparsed)


def test_what_an_element_says_twice_is_kept() -> None:
    """The second city took the place of the first."""
    twice = b"<STREET>1 High Street</STREET><STREET>2 Low Street</STREET>"
    data = only(EDITIONS["un-xml"]).replace(b"<STREET>1 High Street</STREET>", twice, 1)
    party = parties({"a.xml": data})[1]
    assert party.addresses[0].street == "1 High Street"
    assert "ENTITY_ADDRESS/STREET: 2 Low Street" in party.unparsed


def test_the_mark_of_the_end_behind_an_empty_line_begins_no_entry() -> None:
    """An entry without a number ran from the last one on, so that pieces overlapped."""
    data = only(EDITIONS["ofac-csv"]).rstrip(b"\x1a") + b"\r\n\x1a"
    cut = FORMATS["ofac-csv"].cut({"sdn.csv": data})
    assert [record.entry for record in cut.records] == ["901", "902"]
    assert b"".join(map(cut.bytes_of, cut.pieces)) == data


def test_a_column_named_like_the_second_of_another_is_refused() -> None:
    """Two columns had the same name, and one of them was lost."""
    with pytest.raises(ListError, match="stands there twice"):
        columns_of("a.csv", ["id", "x #2", "x", "x"], 1, ["id"])
