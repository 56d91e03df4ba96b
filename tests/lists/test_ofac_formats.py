"""What holds for every XML format of OFAC: whole files only, byte for byte, and no surprises."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.lists.errors import ListError
from detente.lists.ofac_advanced import OFAC_ADVANCED
from detente.lists.ofac_enhanced import OFAC_ENHANCED
from detente.lists.ofac_xml import OFAC_XML
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


@each_format
def test_a_document_type_is_refused(name: str) -> None:
    """No list declares one; with it go entity bombs and files from elsewhere."""
    head, mark, rest = DATA[name].partition(b"?>")
    bomb = head + mark + b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + rest
    with pytest.raises(ListError, match="document type"):
        FORMATS[name].cut({"list.xml": bomb})


@each_format
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_refused(name: str, share: float) -> None:
    """Half a list would read as though the other half had been delisted."""
    whole = DATA[name].rstrip()
    with pytest.raises(ListError, match="not whole XML"):
        FORMATS[name].cut({"list.xml": whole[: int(len(whole) * share)]})


@each_format
@settings(max_examples=120)
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.none() | st.integers(0, 255)),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_damaged_bytes_are_refused_or_read(
    name: str, changes: list[tuple[float, int | None]]
) -> None:
    """Whatever bytes are changed or lost, there is a ListError or there are parties."""
    damaged = bytearray(DATA[name])
    for share, value in changes:
        at = int(share * len(damaged))
        damaged[at : at + 1] = b"" if value is None else bytes([value])
    with suppress(ListError):
        assert read(FORMATS[name], bytes(damaged)) >= 1
