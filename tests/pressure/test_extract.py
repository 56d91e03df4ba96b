"""Trade extracts of any country: what is read, and which row is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.law.load import load as load_regime
from detente.law.regime import Regime
from detente.pressure.exposure import exposure
from detente.pressure.extract import read_extract
from detente.pressure.extracted import with_extract
from detente.pressure.files import load
from detente.pressure.hs import CLASSIFICATIONS, REVISIONS, chapters, exists, name_of, problem_of
from detente.pressure.model import Pressure

PLAIN = "year,flow,hs,value,unit\n"


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load_regime("dprk")


@pytest.fixture(scope="module")
def pressure(regime: Regime) -> Pressure:
    return load(regime)


def write(folder: Path, text: str) -> Path:
    """Write an extract and return its path."""
    path = folder / "extract.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_plain_columns_are_read_with_their_unit(tmp_path: Path) -> None:
    """Amounts are counted in million dollars, whatever the unit."""
    text = PLAIN + "2016,export,2701,5,USD m\n2016,X,62,7000,USD thousand\n2016,M,8703,2e6,\n"
    found = read_extract(write(tmp_path, text))
    assert [(line.flow, line.hs, line.value) for line in found.lines] == [
        ("export", "2701", 5), ("export", "62", 7), ("import", "8703", 2),
    ]  # fmt: skip


def test_what_partners_report_is_seen_from_the_country(tmp_path: Path) -> None:
    """A partner's import is the country's export; Comtrade's own columns are known."""
    text = (
        "refYear,reporterDesc,partnerDesc,flowDesc,cmdCode,primaryValue,classificationCode\n"
        "2016,Ruritania,Graustark,Import,270112,3000000,H4\n"
        "2016,Borduria,Graustark,Import,270112,1000000,H4\n"
    )
    found = read_extract(write(tmp_path, text))
    assert (found.country, found.mirror) == ("Graustark", True)
    assert {line.flow for line in found.lines} == {"export"}
    assert sum(line.value for line in found.lines) == 4


def test_baci_is_in_thousands_and_seen_from_the_exporter(tmp_path: Path) -> None:
    """Its value is in thousand dollars, its codes may have lost a zero."""
    text = "t,i,j,k,v,q\n2016,408,156,270112,2500,9\n2016,408,156,30743,100,1\n"
    found = read_extract(write(tmp_path, text))
    assert [(line.hs, line.value) for line in found.lines] == [("270112", 2.5), ("030743", 0.1)]
    (tmp_path / "x").mkdir()
    other = read_extract(write(tmp_path / "x", text), country="156")
    assert {line.flow for line in other.lines} == {"import"}


WRONG: dict[str, tuple[str, str]] = {
    "an unknown chapter": ("2016,export,7701,5,USD m", ":2: no chapter '77' of the HS"),
    "an unknown heading": ("2016,export,2799,5,USD m", ":2: no heading '2799' of the HS"),
    "a code of three digits": ("2016,export,270,5,USD m", ":2: '270' is no HS code"),
    "words for a code": ("2016,export,coal,5,USD m", ":2: 'coal' is no HS code"),
    "another currency": ("2016,export,2701,5,EUR", ":2: the unit 'EUR' is not known"),
    "tonnes": ("2016,export,2701,5,t", ":2: the unit 't' is not known"),
    "a month": ("201603,export,2701,5,USD m", ":2: '201603' is no year"),
    "no flow": ("2016,re-export,2701,5,USD m", ":2: 're-export' is no flow"),
    "no amount": ("2016,export,2701,n/a,USD m", ":2: 'n/a' is no amount"),
    "a debt": ("2016,export,2701,-5,USD m", ":2: the amount -5 makes no sense"),
    "no end": ("2016,export,2701,inf,USD m", ":2: the amount inf makes no sense"),
    "the same row twice": (
        "2016,export,2701,5,USD m\n2016,export,62,1,USD m\n2016,export,2701,5,USD m",
        ":4: repeats line 2 (export of 2701 in 2016)",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_row(name: str, tmp_path: Path) -> None:
    """The message names file and line, and says what would be right."""
    row, expected = WRONG[name]
    with pytest.raises(UsageError) as caught:
        read_extract(write(tmp_path, PLAIN + row + "\n"))
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_world_and_single_partners_are_not_added_up(tmp_path: Path) -> None:
    """A row for the world beside one for a partner would count the same goods twice."""
    text = (
        "year,reporter,partner,flow,hs,value\n2016,A,World,export,2701,5\n2016,A,B,export,2701,4\n"
    )
    with pytest.raises(UsageError, match=":3: counts with line 2 both the world and a single"):
        read_extract(write(tmp_path, text))


def test_of_several_countries_one_must_be_named(tmp_path: Path) -> None:
    """Where reporters and partners vary, the program does not guess."""
    text = "year,reporter,partner,flow,hs,value\n2016,A,C,X,2701,5\n2016,B,D,X,2701,4\n"
    path = write(tmp_path, text)
    with pytest.raises(UsageError, match="say whose trade it is with --country"):
        read_extract(path)
    assert read_extract(path, "a").lines[0].value == pytest.approx(5e-6)
    with pytest.raises(UsageError, match="holds no trade of 'E'; it names A, B, C, D"):
        read_extract(path, "E")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("year,hs,value\n2016,2701,5\n", "no column for the flow"),
        ("", "no column for the year"),
        (PLAIN, "holds no row below its header"),
    ],
)
def test_a_file_that_is_no_extract_says_what_is_missing(
    text: str, expected: str, tmp_path: Path
) -> None:
    """A column that is needed, a header, a row."""
    with pytest.raises(UsageError, match=expected):
        read_extract(write(tmp_path, text))


def test_a_revision_that_has_no_such_heading_is_told(tmp_path: Path) -> None:
    """0309 came with the revision of 2022; the same row is right in that one."""
    head = "year,flow,hs,value,classification\n"
    with pytest.raises(UsageError, match="heading 0309 is not in the HS of 2012 but from 2022"):
        read_extract(write(tmp_path, head + "2016,X,0309,5,H4\n"))
    assert read_extract(write(tmp_path, head + "2023,X,0309,5,H6\n")).lines
    with pytest.raises(UsageError, match="'H9' is no revision"):
        read_extract(write(tmp_path, head + "2016,X,0301,5,H9\n"))


def test_an_extract_is_held_against_the_bans(
    tmp_path: Path, regime: Regime, pressure: Pressure
) -> None:
    """The most detailed codes count, the total is the file's own, and bans are met by code."""
    text = (
        PLAIN + "2016,export,TOTAL,1000,USD m\n2016,export,27,500,USD m\n"
        "2016,export,270112,450,USD m\n2016,export,2710,50,USD m\n"
        "2016,export,6203,200,USD m\n2016,export,9101,300,USD m\n"
    )
    other = with_extract(regime, pressure, read_extract(write(tmp_path, text)))
    found = exposure(regime, other)
    assert found.total.central == 1000
    assert found.binding.central == pytest.approx(650)
    assert found.cumulative.low == found.cumulative.high == pytest.approx(0.65)
    by = {item.measure: item.binding.central for item in found.by_measure}
    assert by["un-2321-coal-cap"] == pytest.approx(450 - 400.87)
    assert [row.sources for row in found.rows_used if row.row.startswith("extract")]
    assert found.imports is None


def test_a_year_outside_the_extract_is_told(
    tmp_path: Path, regime: Regime, pressure: Pressure
) -> None:
    """The years that are there are named."""
    path = write(tmp_path, PLAIN + "2016,export,2701,5,USD m\n")
    other = with_extract(regime, pressure, read_extract(path))
    with pytest.raises(UsageError, match="no total of exports is known for 2018; known are 2016"):
        exposure(regime, other, base_year=2018)


def test_the_table_of_headings_is_whole(regime: Regime) -> None:
    """97 chapters but 77 and with 99, some 1,240 headings, and every code that the law names."""
    assert len(chapters()) == 97
    assert "77" not in chapters()
    counts = {
        year: sum(exists(h, year) for c in chapters().values() for h in c.headings.values())
        for year in REVISIONS
    }
    assert all(1200 <= count <= 1260 for count in counts.values()), counts
    assert {code for m in regime.measures.values() for code in m.hs if problem_of(code)} == set()
    assert name_of("2701") == "mineral fuels"
    assert CLASSIFICATIONS["H4"] == CLASSIFICATIONS["HS2012"] == 2012


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLAIN + '2016,export,"27\n01",5,USD m\n', ":2: '27\\n01' is no HS code"),
        (PLAIN + '2016,export,"2701,5,USD m\n', ":2: the row cannot be read as CSV"),
        (PLAIN + "2016,export,2701," + "1" * 200_000 + ",USD m\n", ":2: the row cannot be read"),
        (PLAIN + '2016,export,2701,"1,5",USD m\n', ":2: '1,5' is no amount"),
        (PLAIN + "2016,export,2701,1_000,USD m\n", ":2: '1_000' is no amount"),
        ("year,flow,hs,value\n2016,export,2701,1,187\n", ":2: more cells than the header"),
        ("year,flow,hs,value,value\n2016,export,2701,1,2\n", ":1: two columns are named 'value'"),
        ("year;flow;hs;value\n2016;export;2701;1\n", ":1: the columns are apart by ';'"),
        ("refYear,period,flow,hs,value\n2016,201601,X,2701,1\n", ":2: the period '201601'"),
        (PLAIN + "2016,X,TOTAL,100,USD m\n2016,X,2701,187,USD m\n", ":2: TOTAL comes to 100"),
        (PLAIN + "2016,X,27,100,USD m\n2016,X,2701,187,USD m\n", ":2: 27 comes to 100 USD m"),
        (PLAIN + "2016,X,TOTAL,0,USD m\n2016,X,2701,0,USD m\n", ":2: all exports of 2016 are 0"),
    ],
)
def test_what_would_be_counted_wrongly_is_refused_with_its_row(
    tmp_path: Path, text: str, said: str
) -> None:
    """No amount is guessed at, joined, cut or divided by nothing; the message is one line."""
    with pytest.raises(UsageError) as caught:
        read_extract(write(tmp_path, text))
    assert f"extract.csv{said}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_row_after_a_quoted_line_break_keeps_its_own_line(tmp_path: Path) -> None:
    """Line numbers are those of the file, not of the rows."""
    text = 'year,flow,hs,value,note\n2016,X,2701,5,"two\nlines"\n2016,X,9999999,x,\n'
    with pytest.raises(UsageError, match=":4: 'x' is no amount"):
        read_extract(write(tmp_path, text))


def test_imports_of_a_country_are_those_that_others_export_to_it(tmp_path: Path) -> None:
    """BACI writes each flow once, from the exporter: both sides of a country are taken."""
    text = "t,i,j,k,v,q\n2016,1,2,270112,1000,1\n2016,2,1,271019,2000,1\n2016,2,3,271019,9,1\n"
    found = read_extract(write(tmp_path, text), "1")
    assert [(line.flow, line.value, line.partner) for line in found.lines] == [
        ("export", 1.0, "2"), ("import", 2.0, "2"),
    ]  # fmt: skip
    assert not found.mirror


def test_national_digits_tell_rows_apart(tmp_path: Path, regime: Regime) -> None:
    """Two national lines of one subheading are added up, and neither counts beside their sum."""
    text = PLAIN + (
        "2016,X,27011210,5,USD m\n2016,X,27011290,6,USD m\n2016,X,270112,11,USD m\n"
        "2016,X,TOTAL,20,USD m\n"
    )
    known = with_extract(regime, load(regime), read_extract(write(tmp_path, text)))
    assert exposure(regime, known, draws=50).nominal.central == pytest.approx(11)


def test_an_extract_without_exports_asks_for_some(
    tmp_path: Path, regime: Regime, pressure: Pressure
) -> None:
    """A file in hand is not asked for again."""
    extract = read_extract(write(tmp_path, PLAIN + "2016,M,2710,5,USD m\n"))
    with pytest.raises(UsageError, match="extract that holds some"):
        exposure(regime, with_extract(regime, pressure, extract))


def test_rows_beside_an_extract_keep_their_place(
    tmp_path: Path, regime: Regime, pressure: Pressure
) -> None:
    """What bans let through still says where it stands, and a total that was summed says so."""
    extract = read_extract(write(tmp_path, PLAIN + "2016,X,2701,5,USD m\n"))
    found = exposure(regime, with_extract(regime, pressure, extract), draws=50)
    assert all(row.where and row.sources for row in found.rows_used)
    known = {row.row: row.evidence for row in found.rows_used}
    assert known["extract-export-2016-total"] == "derived"
    assert known["extract-export-2016-0"] == "read"
