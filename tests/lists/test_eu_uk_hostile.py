"""Files of the lists of the European Union and Britain that are not what they should be."""

import european
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.entities.model import Party
from detente.lists.errors import ListError
from detente.lists.eu_csv import EU_CSV
from detente.lists.eu_old_xml import EU_OLD_XML
from detente.lists.eu_xml import EU_XML
from detente.lists.records import Format
from detente.lists.uk_consolidated import UK_CONSOLIDATED
from detente.lists.uk_sanctions import UK_SANCTIONS_XML
from detente.lists.uk_sanctions_csv import UK_SANCTIONS_CSV

FILES = (
    (EU_XML, european.EU_XML),
    (EU_OLD_XML, european.EU_OLD_XML),
    (EU_CSV, european.EU_CSV),
    (EU_CSV, european.EU_OLD_CSV),
    (UK_CONSOLIDATED, european.UK_2018),
    (UK_CONSOLIDATED, european.UK_2022),
    (UK_SANCTIONS_XML, european.UK_XML),
    (UK_SANCTIONS_CSV, european.UK_CSV),
)
LAYOUTS = (EU_XML, EU_OLD_XML, EU_CSV, UK_CONSOLIDATED, UK_SANCTIONS_XML, UK_SANCTIONS_CSV)
XML = tuple((layout, data) for layout, data in FILES if data.startswith(b"<?xml"))
TABLES = tuple((layout, data) for layout, data in FILES if not data.startswith(b"<?xml"))


@pytest.mark.parametrize(("layout", "data"), FILES)
def test_each_file_is_recognised_by_its_own_format_alone(layout: Format, data: bytes) -> None:
    """No two formats take the same file, and none takes two files."""
    assert [each.id for each in LAYOUTS if each.recognises({"a": data})] == [layout.id]
    assert not layout.recognises({"a": data, "b": data})


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
@pytest.mark.parametrize(
    "page", [b"", b"<!DOCTYPE html><html><body>Last Updated: 404</body></html>", b"\0" * 50]
)
def test_a_page_of_errors_is_no_list(layout: Format, page: bytes) -> None:
    """What a server sends instead of a list is recognised by none."""
    assert not layout.recognises({"a": page})
    assert not layout.recognises({})


@pytest.mark.parametrize(("layout", "data"), FILES)
def test_a_file_cut_off_is_refused(layout: Format, data: bytes) -> None:
    """Wherever it ends too early, but at the end of a row, that is said."""
    for size in (len(data) // 3, len(data) // 2, len(data) - 5):
        short = data[:size]
        with pytest.raises(ListError):
            layout.cut({"a": short})


@pytest.mark.parametrize(("layout", "data"), XML)
def test_a_document_type_is_refused(layout: Format, data: bytes) -> None:
    """Entities are how a document is made to grow without end."""
    bomb = data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "bbbb">]>', 1)
    with pytest.raises(ListError, match="a document type is declared"):
        layout.cut({"a.xml": bomb})


@pytest.mark.parametrize(("layout", "data"), XML)
def test_another_root_is_refused(layout: Format, data: bytes) -> None:
    """A document that only mentions the list is not the list."""
    with pytest.raises(ListError, match="the root is other"):
        layout.cut({"a.xml": b"<other/>"})


@pytest.mark.parametrize(("layout", "data"), TABLES)
def test_a_table_of_other_columns_is_refused(layout: Format, data: bytes) -> None:
    """A row too wide, and a header without what is needed, name their line."""
    with pytest.raises(ListError, match=r"fields and not \d+"):
        layout.cut({"a.csv": data[:-2].rstrip(b"\r\n") + b",;,;\n"})
    for column in (b"NameAlias_WholeName", b"Naal_wholename", b"Alias Type", b"Name type"):
        if column in data:
            with pytest.raises(ListError, match="is missing"):
                layout.cut({"a.csv": data.replace(column, b"Other", 1)})


@pytest.mark.parametrize("layout", [EU_CSV, UK_CONSOLIDATED, UK_SANCTIONS_CSV])
@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n", b"Naal_wholename\n", b"a\n\n"])
def test_a_table_without_a_header_is_refused(layout: Format, data: bytes) -> None:
    """Nothing, a blank line or one column are no header."""
    with pytest.raises(ListError):
        layout.cut({"a.csv": data})


@pytest.mark.parametrize("data", [european.EU_CSV, european.UK_CSV])
def test_what_is_published_in_utf8_alone_is_read_in_nothing_else(data: bytes) -> None:
    """A damaged letter must not turn every other one into another."""
    layout = EU_CSV if data is european.EU_CSV else UK_SANCTIONS_CSV
    with pytest.raises(ListError, match="bytes that are not utf-8"):
        layout.cut({"a.csv": data.replace(b"Han", b"H\xe4n").replace(b"HAN", b"H\xc4N")})


@pytest.mark.parametrize(("layout", "data"), XML)
def test_a_prefix_without_a_namespace_is_refused(layout: Format, data: bytes) -> None:
    """One parser lets it pass and the other does not; either way it is our error."""
    odd = data.replace(b"<surprise>a new element</surprise>", b"<q:x/>")
    odd = odd.replace(b"<GHOST>boo</GHOST>", b"<q:x/>").replace(b"<Hobby>chess</Hobby>", b"<q:x/>")
    assert odd != data
    cut = layout.cut({"a.xml": odd})
    with pytest.raises(ListError, match="an entry is not whole"):
        layout.read(cut, cut.records[0])


@given(
    st.sampled_from(FILES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.binary(max_size=3)), max_size=4),
)
def test_mangled_bytes_are_refused_or_read(
    file: tuple[Format, bytes], changes: list[tuple[float, int, bytes]]
) -> None:
    """Whatever is done to a file, it gives parties or one error, and loses no byte."""
    layout, data = file
    for where, drop, put in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + drop :]
    try:
        cut = layout.cut({"a": data})
        parties = [layout.read(cut, record) for record in cut.records]
    except ListError:
        return
    assert all(type(party) is Party for party in parties)
    assert b"".join(map(cut.bytes_of, cut.pieces)) == data
