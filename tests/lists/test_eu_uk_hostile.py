"""Files of the lists of the European Union and Britain that are not what they should be."""

import european
import pytest

from detente.lists.errors import ListError
from detente.lists.eu.export import EU_XML
from detente.lists.eu.tables import EU_CSV
from detente.lists.eu.whole import EU_OLD_XML
from detente.lists.records import Format
from detente.lists.uk.consolidated import UK_CONSOLIDATED
from detente.lists.uk.sanctions import UK_SANCTIONS_XML
from detente.lists.uk.sanctions_table import UK_SANCTIONS_CSV

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
