"""What holds for every XML format of OFAC: known by its root, and kept byte for byte."""

from pathlib import Path

import pytest

from detente.lists.ofac.advanced import OFAC_ADVANCED
from detente.lists.ofac.classic import OFAC_XML
from detente.lists.ofac.enhanced import OFAC_ENHANCED
from detente.lists.records import Format

FORMATS = {"classic": OFAC_XML, "enhanced": OFAC_ENHANCED, "advanced": OFAC_ADVANCED}
DATA = {
    name: (Path(__file__).parent / "data" / f"ofac_{name}.xml").read_bytes() for name in FORMATS
}
each_format = pytest.mark.parametrize("name", FORMATS)


def read(layout: Format, data: bytes) -> int:
    """Read a file and return the number of its parties."""
    cut = layout.cut({"list.xml": data})
    assert b"".join(map(cut.bytes_of, cut.pieces)) == data
    return sum(layout.read(cut, record).source == cut.source for record in cut.records)


@each_format
def test_a_format_recognises_its_own_files_only(name: str) -> None:
    """The root tells the formats apart."""
    known = [other for other in FORMATS if FORMATS[other].recognises({"x": DATA[name]})]
    assert known == [name]


@each_format
def test_pieces_cover_the_file_and_every_party_has_its_source(name: str) -> None:
    """The file can be put together again, and a party is of the list of its edition."""
    assert read(FORMATS[name], DATA[name]) == 3
