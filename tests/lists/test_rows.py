"""Rows are cut without losing a byte, and what is no whole table is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.lists.errors import ListError
from detente.lists.rows import by_entry, columns_of, encoding_of, rows


def test_a_row_may_run_over_lines_and_keeps_its_bytes() -> None:
    """Line breaks within quotation marks belong to the row; a mark of order to the first one."""
    data = b'\xef\xbb\xbfid,text\r\n1,"a\r\nb"\r\n\r\n2,c\n'
    found = rows("a.csv", data, ",", "utf-8")
    assert [row.values for row in found] == [["id", "text"], ["1", "a\r\nb"], [], ["2", "c"]]
    assert b"".join(data[row.start : row.end] for row in found) == data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"id\n1\0\n", "a.csv:2: there is a NUL byte"),
        (b'id\n"1\n', "a.csv:2: not whole CSV"),
        (b'id\n"1"2\n', "a.csv:2: not whole CSV"),
        (b"id\n1", "a.csv:2: the last line has no end"),
        (b"id\n" + b"1" * 200_000 + b"\n", "a.csv:2: not whole CSV"),
        (b'id\n"' + b"1\n" * 600_000 + b'"\n', "a.csv:2: not whole CSV"),
    ],
)
def test_what_is_not_whole_is_refused(data: bytes, words: str) -> None:
    """NUL bytes, open quotations, cut-off ends and fields without end name their line."""
    with pytest.raises(ListError) as refused:
        rows("a.csv", data, ",", "utf-8")
    assert str(refused.value).startswith(words)


def test_an_encoding_is_taken_only_where_the_format_has_it() -> None:
    """Bytes that are not UTF-8 are windows-1252 where that is known to be used."""
    data = "id\ncafé\n".encode("windows-1252")
    assert encoding_of("a.csv", data, "windows-1252") == "windows-1252"
    assert encoding_of("a.csv", "é".encode(), "windows-1252") == "utf-8"
    with pytest.raises(ListError, match=r"a\.csv:2: bytes that are not utf-8"):
        encoding_of("a.csv", data)
    with pytest.raises(ListError, match="not utf-8"):
        encoding_of("a.csv", b"\xef\xbb\xbf" + data, "windows-1252")
    with pytest.raises(ListError, match="not windows-1252"):
        encoding_of("a.csv", b"\x81\xff", "windows-1252")


def test_rows_of_an_entry_are_put_together_wherever_they_lie() -> None:
    """Each run is a piece; rows without an entry are named; every byte is in a piece."""
    data = b"id,x\n1,a\n1,b\n2,c\n,d\n,\n1,e\n"
    found = rows("a.csv", data, ",", "utf-8")
    entries = by_entry("a.csv", data, found[1:], ["id", "x"], "id")
    parts = [[data[p.start : p.end] for p in record.parts] for record in entries.records]
    assert parts == [[b"1,a\n1,b\n", b"1,e\n"], [b"2,c\n"]]
    assert entries.rejected == ["a.csv:5: a row has no id"]
    assert b"".join(data[p.start : p.end] for p in entries.pieces) == data


def test_a_row_of_another_width_is_refused() -> None:
    """A field too many or too few means that the columns cannot be trusted."""
    data = b"id,x\n1,a\n1,b,c\n"
    body = rows("a.csv", data, ",", "utf-8")[1:]
    with pytest.raises(ListError, match=r"a\.csv:3: a row has 3 fields and not 2"):
        by_entry("a.csv", data, body, ["id", "x"], "id")


def test_repeated_columns_are_told_apart_and_missing_ones_refused() -> None:
    """Nothing that stands under a second column of a name is lost."""
    assert columns_of("a.csv", ["id", "x", "id", "id"], 1, ["id"]) == ["id", "x", "id #2", "id #3"]
    with pytest.raises(ListError, match=r"a\.csv:1: the column y is missing"):
        columns_of("a.csv", ["id", "x"], 1, ["y"])


@given(st.lists(st.lists(st.text(alphabet='a,"\né', max_size=5), min_size=2), min_size=1))
def test_any_written_table_is_cut_into_its_bytes(values: list[list[str]]) -> None:
    """What a writer of CSV writes comes back, and its pieces make it up."""
    import csv
    import io

    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(values)
    data = written.getvalue().encode()
    found = rows("a.csv", data, ",", "utf-8")
    assert [row.values for row in found] == values
    assert b"".join(data[row.start : row.end] for row in found) == data
