"""Tables as people have them: any delimiter and encoding, and broken rows among good ones."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.screening.bulk.csvs import records
from detente.screening.bulk.tables import Broken, Record, read


def table(tmp_path: Path, content: str | bytes, name: str = "table.csv") -> Path:
    """Write a table."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cells(path: Path, **named: str) -> list[list[str] | str]:
    """Return the cells of each row, or why it is broken."""
    return [
        row.cells if isinstance(row, Record) else row.why
        for row in read(path, **named)  # type: ignore[arg-type]
    ]


def broken(path: Path) -> list[tuple[int, int]]:
    """Return row and line of what is broken."""
    return [(row.row, row.line) for row in read(path) if isinstance(row, Broken)]


# Good tables


def test_a_row_knows_its_number_its_line_and_its_columns(tmp_path: Path) -> None:
    """Rows count from 1 without the header, lines with it."""
    path = table(tmp_path, 'name,note\nAnna,"a\nb"\n\nBert,c\n')
    assert list(read(path)) == [
        Record(1, 2, ("name", "note"), ["Anna", "a\nb"]),
        Record(2, 5, ("name", "note"), ["Bert", "c"]),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised(tmp_path: Path, delimiter: str) -> None:
    """Whichever of the four cuts the rows evenly."""
    lines = ["name,country,dob", "Smith; Anna,DE,1962", "Jones | Bert,FR,1963"]
    swap = str.maketrans("," + delimiter, delimiter + ",")
    swapped = [line.translate(swap) for line in lines]
    found = cells(table(tmp_path, "\n".join(swapped)))
    assert [row[1] for row in found] == ["DE", "FR"]


def test_a_delimiter_inside_quotes_does_not_count(tmp_path: Path) -> None:
    """A semicolon cuts the rows even where each name has two commas."""
    path = table(tmp_path, 'name;country\n"Smith, Anna, Dr";DE\n"Jones, Bert, Dr";FR\n')
    assert cells(path) == [["Smith, Anna, Dr", "DE"], ["Jones, Bert, Dr", "FR"]]


def test_a_single_column_is_never_cut(tmp_path: Path) -> None:
    """A list of names with commas is a list of names."""
    assert cells(table(tmp_path, "name\nSmith, Anna\nJones; Bert\n")) == [
        ["Smith, Anna"],
        ["Jones; Bert"],
    ]


def test_a_spreadsheet_may_name_the_delimiter(tmp_path: Path) -> None:
    """The line ``sep=;`` is no header."""
    assert cells(table(tmp_path, "sep=;\r\nname;dob\r\nAnna;1962\r\n")) == [["Anna", "1962"]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_tells_the_encoding(tmp_path: Path, codec: str) -> None:
    """UTF-8 with and without a mark, UTF-16 and UTF-32 with one."""
    assert cells(table(tmp_path, "name,c\nMüller 김,x\n".encode(codec))) == [["Müller 김", "x"]]


def test_utf_16_of_the_other_end_reads_too(tmp_path: Path) -> None:
    """The mark tells the order of the bytes."""
    content = b"\xfe\xff" + "name\nMüller\n".encode("utf-16-be")
    assert cells(table(tmp_path, content)) == [["Müller"]]


def test_utf_16_without_a_mark_is_told(tmp_path: Path) -> None:
    """It is not read as letters with noughts between them."""
    with pytest.raises(UsageError, match="UTF-16 without a byte-order mark"):
        cells(table(tmp_path, "name,c\nMüller,x\n".encode("utf-16-le")))


def test_an_old_encoding_is_read_only_where_it_is_told(tmp_path: Path) -> None:
    """Otherwise the row is broken, and only that row."""
    path = table(tmp_path, b"name,c\nM\xfcller,x\nSmith,y\n")
    first, second = cells(path)
    assert "not UTF-8" in first
    assert second == ["Smith", "y"]
    assert cells(path, encoding="cp1252") == [["Müller", "x"], ["Smith", "y"]]


def test_a_byte_that_the_encoding_lacks_breaks_its_row(tmp_path: Path) -> None:
    """0x81 means nothing in cp1252."""
    found = cells(table(tmp_path, b"name\nA\x81\nB\n"), encoding="cp1252")
    assert "not CP1252" in found[0]
    assert found[1] == ["B"]


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    """The message names usual ones."""
    with pytest.raises(UsageError, match="usual ones are utf-8"):
        cells(table(tmp_path, "name\nA\n"), encoding="ebcdig")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(tmp_path: Path, end: str) -> None:
    """Also as an old Mac does, and the last line need not end."""
    assert cells(table(tmp_path, f"name,c{end}A,1{end}B,2")) == [["A", "1"], ["B", "2"]]


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=9
            ),
            min_size=3,
            max_size=3,
        ).filter(lambda row: any(map(str.strip, row)) and "\n" not in "".join(row)),
        max_size=8,
    ),
    st.sampled_from(",;\t|"),
)
def test_what_a_writer_of_csv_writes_is_read_again(rows: list[list[str]], mark: str) -> None:
    """Quotes, delimiters and odd letters in cells come back as they were."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark, lineterminator="\n").writerows(
        [["first", "second", "third"]] * 30 + rows
    )
    lines = iter(stream.getvalue().encode().split(b"\n")[:-1])
    assert [cells for _, cells in records(lines, 1000, "utf-8")][30:] == rows


# Broken rows


def test_too_few_and_too_many_cells_break_only_their_row(tmp_path: Path) -> None:
    """Each is told with its number, and the rest is read."""
    path = table(tmp_path, "a,b\n1,2\n1\n1,2,3\n3,4\n")
    assert cells(path) == [
        ["1", "2"],
        "1 cell where the header has 2",
        "3 cells where the header has 2",
        ["3", "4"],
    ]
    assert broken(path) == [(2, 3), (3, 4)]


def test_an_open_quote_does_not_swallow_the_rest_of_the_file(tmp_path: Path) -> None:
    """Reading goes on with the next line."""
    rows = "".join(f"{n},name {n},DE\n" for n in range(2000))
    path = table(tmp_path, f'id,name,c\n{rows}x,"open,DE\n{rows}')
    found = list(read(path))
    assert len(found) == 4001
    assert broken(path) == [(2001, 2002)]


def test_an_open_quote_that_another_row_closes_is_found(tmp_path: Path) -> None:
    """Three rows would be one with the right number of cells."""
    path = table(tmp_path, 'id,name,c\n1,"Smith,DE\n2,Jones,FR\n3,Poe",FR\n4,Roe,US\n')
    assert cells(path) == [
        "a quote is opened and not closed on its row",
        ["2", "Jones", "FR"],
        ["3", 'Poe"', "FR"],
        ["4", "Roe", "US"],
    ]


def test_a_quote_closed_inside_a_cell_breaks_its_row(tmp_path: Path) -> None:
    """It is not clear where the cell ends."""
    path = table(tmp_path, 'id,name\n1,"Anna" Smith\n2,Bert\n')
    first, second = cells(path)
    assert "closed in the middle" in first
    assert second == ["2", "Bert"]


def test_a_quote_inside_a_plain_cell_is_a_letter(tmp_path: Path) -> None:
    """Nicknames are written so."""
    assert cells(table(tmp_path, 'id,name\n1,Anna "Ann" Smith\n')) == [["1", 'Anna "Ann" Smith']]


def test_a_long_address_over_lines_is_one_cell(tmp_path: Path) -> None:
    """Line breaks inside quotes are kept."""
    address = "\n".join(f"line {n}, part" for n in range(40))
    assert cells(table(tmp_path, f'name,address\nA,"{address}"\nB,c\n')) == [
        ["A", address],
        ["B", "c"],
    ]


def test_nul_breaks_its_row(tmp_path: Path) -> None:
    """It is what a damaged file is full of."""
    found = cells(table(tmp_path, b"name,c\nA\0B,1\nC,2\n"))
    assert found == ["the row holds the character NUL", ["C", "2"]]


def test_a_line_without_end_is_broken_and_not_kept(tmp_path: Path) -> None:
    """A gigantic line costs its row alone."""
    path = table(tmp_path, b"name,c\n" + b"A" * (17 << 20) + b",1\nC,2\n")
    found = cells(path)
    assert "longer than" in found[0]
    assert found[1] == ["C", "2"]


def test_a_quoted_cell_of_a_megabyte_breaks_its_row(tmp_path: Path) -> None:
    """The next row is read."""
    found = cells(table(tmp_path, 'name,c\n"' + "A" * (1 << 20) + '",1\nC,2\n'))
    assert "longer than 1,000 characters" in found[0]
    assert found[1] == ["C", "2"]


LINES = st.lists(
    st.sampled_from(['1,a,b', '2,"a",b', '3,"a', '4,a"', '"', '5,"a""b",c', "6,a", '7,"a,b', ",,",
                     '8,"x"y,z', '9,a,"b']),
    max_size=30,
)  # fmt: skip


@given(LINES)
def test_whatever_is_broken_every_sound_line_outside_quotes_is_read(lines: list[str]) -> None:
    """A plain row is lost only inside a cell that is properly closed."""
    raw = [line.encode() for line in ["id,name,c", *["0,x,y"] * 40, *lines]]
    found = list(records(iter(raw), 1000, "utf-8"))[41:]
    read_cells = [row for _, row in found if isinstance(row, list)]
    text = "\n".join("\x1f".join(row) for row in read_cells)
    assert sum(line == "1,a,b" for line in lines) == text.count("1\x1fa\x1fb") + text.count("1,a,b")
    assert all(len(row) == 3 for row in read_cells)
    assert [number for number, _ in found] == sorted({number for number, _ in found})


# Other formats


def test_json_lines_become_text(tmp_path: Path) -> None:
    """Lists are joined, numbers and truth written out, null is empty."""
    path = table(tmp_path, '{"name": ["A", "B"], "n": 5, "t": true, "x": null, "o": {"a": 1}}\n')
    assert list(read(path)) == [
        Record(1, 1, ("name", "n", "t", "x", "o"), ["A\x1fB", "5", "true", "", '{"a":1}'])
    ]


def test_a_bad_line_of_json_breaks_only_itself(tmp_path: Path) -> None:
    """Cut off, no object, not UTF-8, too deep: the next is read."""
    lines = [b'{"name": "A"', b"[1]", b'{"name": "\xff"}', b'{"a":' + b"[" * 99999, b'"x"']
    path = table(tmp_path, b'{"name": "0"}\n' + b"\n".join(lines) + b'\n\n{"name": "Z"}\n')
    found = cells(path)
    assert found[0] == ["0"]
    assert found[-1] == ["Z"]
    assert all(isinstance(row, str) for row in found[1:-1])
    assert broken(path) == [(row, row) for row in range(2, 7)]


def test_content_tells_json_lines_whatever_the_ending(tmp_path: Path) -> None:
    """An export is often called ``.txt``."""
    assert cells(table(tmp_path, ' {"name": "A"}\n', "export.txt")) == [["A"]]


def test_parquet_becomes_text(tmp_path: Path) -> None:
    """Dates, whole numbers and lists read as in the other formats."""
    from datetime import date

    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "table.parquet"
    columns = {
        "name": ["A", "B"],
        "dob": [date(1962, 1, 2), None],
        "imo": [9187629.0, None],
        "alias": [["x", "y"], []],
    }
    parquet.write_table(pyarrow.table(columns), path)
    assert cells(path) == [["A", "1962-01-02", "9187629", "x\x1fy"], ["B", "", "", ""]]


def test_damaged_parquet_is_one_line(tmp_path: Path) -> None:
    """And says from where on it cannot be read."""
    pytest.importorskip("pyarrow")
    with pytest.raises(UsageError, match="cannot be read after row 0"):
        cells(table(tmp_path, b"PAR1 and nothing else PAR1", "x.parquet"))


def test_without_pyarrow_parquet_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"pip install 'detente\[parquet\]'"):
        cells(table(tmp_path, b"PAR1", "x.parquet"))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"PK\x03\x04...", "x.xlsx", "save it as CSV"),
        (b"\x1f\x8b...", "x.csv.gz", "decompress it first"),
        (b'[{"name": "A"}]', "x.json", "one object on each line"),
        (b"name\nA\n", "x.parquet", "no Parquet file"),
        (b"", "x.csv", "is empty"),
        (b"\n \n", "x.csv", "is empty"),
        (b'"name\nA\n', "x.csv", "the header cannot be read"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes, name: str, words: str) -> None:
    """Each with what to do."""
    with pytest.raises(UsageError, match=words):
        cells(table(tmp_path, content, name))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Like a folder, or a name with NUL."""
    for path in (tmp_path / "none.csv", tmp_path, "a\0b"):
        with pytest.raises(UsageError, match="cannot be read"):
            list(read(path))


@pytest.mark.parametrize("content", [b"name\nA\n", b'{"name": "A"}\n'])
def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """CSV and JSON lines by what it begins with."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    assert [row.cells for row in read("-") if isinstance(row, Record)] == [["A"]]


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    """At the end all bytes are read."""
    path = table(tmp_path, "name\n" + "A\n" * 300_000)
    told: list[int] = []
    assert sum(1 for _ in read(path, told=told.append)) == 300_000
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == path.stat().st_size


# Whatever comes


def test_addresses_of_two_columns_may_have_line_breaks_and_commas(tmp_path: Path) -> None:
    """Each line of them looks like a row, and they are still one cell."""
    path = table(tmp_path, 'name,address\nA,"Street 1, House 2\nBonn, Germany"\nB,c\n')
    assert cells(path) == [["A", "Street 1, House 2\nBonn, Germany"], ["B", "c"]]


PIECES = (
    b'"', b",", b";", b"\n", b"\r\n", b"\0", b"a", b"name", b"\xff", b"\xef\xbb\xbf", b"\xc3\xbc",
    b'""', b"{", b'{"a":1}', b"\t", b"|", b" ", b"sep=", b"\xff\xfe", b"\xed\xa0\x80",
)  # fmt: skip
BYTES = st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join)


@given(BYTES, st.sampled_from([None, "csv", "jsonl"]))
def test_no_bytes_are_more_than_a_usage_error(content: bytes, form: str | None) -> None:
    """And rows are numbered without a gap."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
        try:
            found = list(read("-", format=form))  # type: ignore[arg-type]
        except UsageError as error:
            assert "\n" not in str(error)  # noqa: PT017 - any other error fails
            return
    assert [row.row for row in found] == list(range(1, len(found) + 1))
    assert all(row.cells or row.header == () for row in found if isinstance(row, Record))
    "".join(cell for row in found if isinstance(row, Record) for cell in row.cells).encode()


@given(st.data())
def test_a_broken_quote_anywhere_costs_at_most_its_own_row(data: st.DataObject) -> None:
    """A quote put somewhere into one line of a table that has no others."""
    rows = [f"{number},name {number},Bonn" for number in range(40)]
    row = data.draw(st.integers(0, 39))
    place = data.draw(st.integers(0, len(rows[row])))
    damaged = rows[row][:place] + '"' + rows[row][place:]
    lines = ["id,name,city", *rows[:row], damaged, *rows[row + 1 :]]
    found = list(records(iter([line.encode() for line in lines]), 1000, "utf-8"))[1:]
    assert [number for number, _ in found] == list(range(2, 42))
    others = [item for index, (_, item) in enumerate(found) if index != row]
    assert others == [line.split(",") for index, line in enumerate(rows) if index != row]


BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "few": lambda row: b"7,x",
    "many": lambda row: row + b",x",
    "open": lambda row: b'7,"Smith,Bonn',
    "middle": lambda row: b'7,"Anna" Smith,Bonn',
    "nul": lambda row: row[:2] + b"\0" + row[2:],
    "encoding": lambda row: row.replace(b"Bonn", b"K\xf6ln"),
}


@given(
    st.lists(st.one_of(st.none(), st.none(), st.sampled_from(sorted(BREAKS))), max_size=40),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_each_broken_row_is_told_and_costs_no_other(kinds: list[str | None], quoting: int) -> None:
    """Of any kind, and next to one another."""
    lines = [b"id,name,city"]
    for number, kind in enumerate(kinds):
        stream = io.StringIO()
        name = ("Smith, Anna", "Bert Jones", 'Joe "J" Poe')[number % 3]
        writer = csv.writer(stream, quoting=quoting, lineterminator="")  # type: ignore[arg-type]
        writer.writerow([number, name, "Bonn"])
        row = stream.getvalue().encode()
        lines.append(row if kind is None else BREAKS[kind](row))
    found = list(records(iter(lines), 1000, "utf-8"))[1:]
    assert [isinstance(row, list) for _, row in found] == [kind is None for kind in kinds]
