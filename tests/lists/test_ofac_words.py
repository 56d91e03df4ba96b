"""The words of OFAC's types mean the same whichever file they come from."""

import re

import pytest
from real import REAL

from detente.lists.ofac.words import (
    DETAILS,
    IDENTIFIERS,
    NOTES,
    SECONDARY,
    identifier,
    is_identifier,
    plain,
)

READ_ELSEWHERE = {
    "birthdate", "place of birth", "nationality country", "citizenship country", "gender", "title",
    "location",
}  # fmt: skip


def test_a_wallet_names_its_currency_beside_the_address() -> None:
    """The CSV puts the currency into the value, the XML into the type."""
    in_csv = identifier("Digital Currency Address", "- XBT 1InventedAddress")
    in_xml = identifier("Digital Currency Address - XBT", "1InventedAddress")
    assert in_csv == in_xml
    assert (in_xml.kind, in_xml.value, in_xml.remark) == ("wallet", "1InventedAddress", "XBT")


def test_an_apostrophe_may_be_straight_or_curved() -> None:
    """The XML files write the same type with a typographer's apostrophe."""
    words = "Aircraft Manufacturer\u2019s Serial Number (MSN)"
    assert is_identifier(words)
    assert identifier(words, "1085").kind == "msn"


def test_a_type_that_no_table_knows_is_kept_beside_its_number() -> None:
    """The number can still be found by its value."""
    card = identifier("Library Card", "77", remark="of Zenda")
    assert (card.kind, card.value, card.remark) == ("other", "77", "Library Card; of Zenda")
    assert not is_identifier("Library Card")


@pytest.mark.real
def test_every_type_that_ofac_publishes_is_known() -> None:
    """The tables cover all types of papers and features that a real file declares."""
    path = REAL / "lists" / "ofac" / "2024-08-28-enhanced-subset" / "IRGC_sanctions.xml"
    text = path.read_text(encoding="utf-8")
    papers = re.findall(r"<type>ID DOCUMENT TYPE</type>\s*<value>([^<]*)</value>", text)
    features = re.findall(r"<featureType [^>]*>\s*<type>([^<]*)</type>", text)
    assert (len(papers), len(features)) == (104, 82)
    assert [words for words in papers if plain(words) not in IDENTIFIERS] == []
    assert [
        words
        for words in features
        if not is_identifier(words)
        and plain(words) not in {*DETAILS, *READ_ELSEWHERE}
        and not plain(words).startswith((*NOTES, *SECONDARY))
    ] == []
