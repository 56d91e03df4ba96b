"""The UN consolidated list is read whole, and its files can be put together again."""

import pytest
from real import un

from detente.lists.un.consolidated import UN_XML

ENTRIES = {
    "2016-06-20": (1024, 60), "2017-06-20": (1024, 99), "2018-06-07": (1098, 155),
    "2018-10-29": (1093, 155), "2020-03-20": (1014, 155), "2024-09-26": (875, 155),
    "2025-04-19": (877, 155), "2026-02-27": (1003, 155),
}  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("day", ENTRIES)
def test_an_edition_has_its_entries_and_all_its_bytes(day: str) -> None:
    """Entries and North Korea's entries are as published; the pieces make up the file."""
    files = un(day)
    assert UN_XML.recognises(files)
    cut = UN_XML.cut(files)
    parties = [UN_XML.read(cut, record) for record in cut.records]
    korea = [party for party in parties if party.programmes == ("DPRK",)]
    assert (len(parties), len(korea)) == ENTRIES[day]
    assert b"".join(map(cut.bytes_of, cut.pieces)) == files["consolidated.xml"]
    assert cut.date is not None
    assert cut.date.startswith(day)
