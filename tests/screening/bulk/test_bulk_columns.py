"""Columns by their usual names, and rows as queries."""

from __future__ import annotations

import pytest

from detente.entities.model import Identifier
from detente.entities.spans import parse_span
from detente.errors import UsageError
from detente.screening.bulk.asks import Asked, asked
from detente.screening.bulk.columns import meanings, queries
from detente.screening.model import Query


def ask(**cells: str) -> Asked:
    """Return what a row with these cells asks."""
    found = asked(queries(list(cells)), list(cells.values()))
    assert isinstance(found, Asked), found
    return found


def why(**cells: str) -> str:
    """Return why a row cannot be screened."""
    found = asked(queries(list(cells)), list(cells.values()))
    assert isinstance(found, str)
    return found


# Columns


@pytest.mark.parametrize(
    "name",
    ["dob", "DOB", "Date of Birth", "birth_date", "birthDate", " date-of-birth ", "BirthDate"],
)
def test_a_column_is_known_whatever_its_capitals_and_punctuation(name: str) -> None:
    """As people and programs write it."""
    assert queries(["name", name]).places == ((0, "name"), (1, "birth"))


def test_unknown_columns_are_ignored_with_a_warning_that_names_them() -> None:
    """Nothing is ignored silently."""
    columns = queries(["name", "shoe size", "mood"])
    assert columns.ignored == ("shoe size", "mood")
    assert columns.warning == "ignored columns: 'shoe size', 'mood'"
    assert queries(["name"]).warning is None


def test_a_strict_reading_refuses_unknown_columns() -> None:
    """With the nearest name that is known."""
    with pytest.raises(UsageError, match=r"'nationalty' is not known; did you mean .*nationality"):
        queries(["name", "nationalty"], strict=True)


def test_a_table_without_names_is_refused() -> None:
    """With its columns, the nearest name and all that are known."""
    with pytest.raises(UsageError) as raised:
        queries(["Ful Name", "dob"])
    text = str(raised.value)
    assert "'Ful Name', 'dob'" in text
    assert "did you mean 'full_name'" in text
    assert all(meaning in text for meaning in meanings())
    assert "\n" not in text


def test_the_user_may_say_what_a_column_is() -> None:
    """By any usual name, and say that one is not needed."""
    mapping = {"Kundenname": "full_name", "Geb.": "dob", "Laune": ""}
    columns = queries(["Kundenname", "Geb.", "Laune"], mapping, strict=True)
    assert columns.places == ((0, "name"), (1, "birth"))


@pytest.mark.parametrize(
    ("mapping", "words"),
    [({"Kunde": "name"}, "did you mean Kundenname"), ({"Kundenname": "nome"}, "did you mean name")],
)
def test_a_mapping_with_a_slip_is_refused(mapping: dict[str, str], words: str) -> None:
    """On either side."""
    with pytest.raises(UsageError, match=words):
        queries(["Kundenname", "name"], mapping)


# Rows


def test_a_full_row_says_all_that_a_query_holds() -> None:
    """Everything a table may know of somebody."""
    found = ask(
        customer_id="7", full_name="Anna Smith", aliases="Ann; A. Smith", dob="1962-03-04",
        nationality="Germany", residence_country="x", gender="F", schema="Person",
        passport="C01X; C02Y", city="Bonn", last_name="Smith", first_name="Anna", middle_name="B.",
    )  # fmt: skip
    birth = parse_span("1962-03-04")
    assert birth is not None
    assert found == Asked(
        Query(
            name="Anna Smith",
            aliases=("Ann", "A. Smith"),
            family="Smith",
            given="Anna B.",
            kind="person",
            births=(birth,),
            countries=("de",),
            places=("Bonn",),
            gender="female",
            identifiers=(
                Identifier(kind="passport", value="C01X"),
                Identifier(kind="passport", value="C02Y"),
            ),
        ),
        "7",
        (),
    )


def test_parts_make_a_name_where_there_is_no_whole_one() -> None:
    """Given, middle, family."""
    query = ask(first_name="Anna", middle_name="B.", last_name="Smith").query
    assert (query.name, query.given, query.family) == ("Anna B. Smith", "Anna B.", "Smith")


def test_an_empty_name_is_made_of_its_parts() -> None:
    """As in a table of persons and companies."""
    assert ask(name="", first_name="Anna", last_name="Smith").query.name == "Anna Smith"


def test_a_second_column_of_names_is_an_alias() -> None:
    """Nobody is lost by there being two."""
    query = ask(company_name="Smith Ltd", name="Anna Smith").query
    assert (query.name, query.aliases) == ("Anna Smith", ("Smith Ltd",))


def test_a_list_of_names_is_a_name_and_aliases() -> None:
    """As JSON lines have it."""
    query = ask(name="Anna\x1fAnn; Annie").query
    assert (query.name, query.aliases) == ("Anna", ("Ann; Annie",))


@pytest.mark.parametrize("name", ["", " ", "...", "--"])
def test_a_row_without_a_name_is_broken(name: str) -> None:
    """There is nobody to screen."""
    assert why(name=name, dob="1962") == "the row has no name"


@pytest.mark.parametrize("name", ["🙂", "🙂 🙃", "½", "།"])
def test_a_name_of_which_nothing_can_be_read_is_broken(name: str) -> None:
    """It is not said that nobody of that name is listed."""
    assert "nothing of the name" in why(name=name)


def test_somebody_may_be_called_null() -> None:
    """What is empty in other columns is a name here."""
    assert ask(name="Null").query.name == "Null"


def test_a_name_of_a_megabyte_is_broken() -> None:
    """It is not cut, since a part of it may be the name."""
    assert why(name="A" * (1 << 20)) == "name: longer than 1,000 characters"
    assert "longer than 1,000" in why(name="A", alias="B;" + "C" * 1001)
    assert why(name="A", alias=";".join(map(str, range(300)))) == "more than 200 other names"
    assert "NUL" in why(name="A\0B")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("1962", ["1962"]),
        ("12.02.1962", ["1962-02-12"]),
        ("1962-02-12 00:00:00", ["1962-02-12"]),
        ("1962-02-12T08:30:00Z", ["1962-02-12"]),
        ("19620212", ["1962-02-12"]),
        ("1962/02/12", ["1962-02-12"]),
        ("1961; 1962", ["1961", "1962"]),
        ("03/04/1962", ["1962-04-03", "1962-03-04"]),
        ("03/31/1962", ["1962-03-31"]),
        ("31-03-1962", ["1962-03-31"]),
        ("05/05/1962", ["1962-05-05"]),
        ("circa 1962", ["circa 1962"]),
    ],
)
def test_dates_are_read_as_tables_write_them(text: str, spans: list[str]) -> None:
    """A date that may have the day or the month first is both."""
    found = ask(name="A", dob=text)
    assert found.query.births == tuple(parse_span(span) for span in spans)
    assert found.warnings == ()


def test_a_year_counts_only_where_there_is_no_date() -> None:
    """A second, vaguer birth would weaken the first."""
    assert [str(b) for b in ask(name="A", dob="1962-02-03", yob="1962").query.births] == [
        "1962-02-03"
    ]
    assert [str(b) for b in ask(name="A", dob="", yob="1962").query.births] == ["1962"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("DE", ("de",)),
        ("na", ("na",)),
        ("deu", ("de",)),
        ("UK", ("gb",)),
        ("Germany; FR", ("de", "fr")),
        ("Germany, France", ("de", "fr")),
        ("Bahamas, The", ("bs",)),
        ("Guinea-Bissau/Mali", ("gw", "ml")),
    ],
)
def test_countries_are_read_by_code_or_name(text: str, codes: tuple[str, ...]) -> None:
    """One or several, and a comma may be part of a name."""
    assert ask(name="A", country=text).query.countries == codes


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("dob", "32.13.2001", "date of birth: '32.13.2001' cannot be read"),
        ("country", "Ruritania", "country: 'Ruritania' cannot be read"),
        ("gender", "yes", "gender: 'yes' cannot be read"),
        ("type", "mermaid", "kind: 'mermaid' cannot be read"),
        ("imo", "!!", "imo: '!!' cannot be read"),
        ("city", "x" * 1001, "place: longer than 1,000 characters"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_warning(column: str, text: str, words: str) -> None:
    """The row is screened without it."""
    found = ask(**{"name": "A", column: text})
    assert found.warnings == (words,)
    assert found.query == Query(name="A")


@pytest.mark.parametrize("text", ["", "-", "N/A", "null", "unknown", "NaN"])
@pytest.mark.parametrize("column", ["dob", "country", "gender", "kind", "imo", "alias", "city"])
def test_what_means_nothing_is_no_warning(column: str, text: str) -> None:
    """A table full of "n/a" is no table full of errors."""
    found = ask(**{"name": "A", column: text})
    assert found == Asked(Query(name="A"), "", ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Person", "person"), ("individual", "person"), ("Company", "organisation"),
        ("Organization", "organisation"), ("LegalEntity", "organisation"), ("Vessel", "vessel"),
        ("Airplane", "aircraft"), ("PublicBody", "organisation"), ("Thing", None),
        ("LEGAL_ENTITY", "organisation"),
    ],
)  # fmt: skip
def test_kinds_are_read_in_the_words_of_tables(text: str, kind: str | None) -> None:
    """Also in those of FollowTheMoney."""
    found = ask(name="A", schema=text)
    assert found.query.kind == kind
    assert found.warnings == ()


def test_numbers_lose_the_name_of_their_kind() -> None:
    """As a register writes them, with whether their check digit holds."""
    query = ask(name="A", imo="IMO 9074729", lei="5493 001KJTIIGC8Y1R12", swift="deutdeff").query
    assert query.identifiers == (
        Identifier(kind="imo", value="9074729", valid=True),
        Identifier(kind="lei", value="5493001KJTIIGC8Y1R12", valid=True),
        Identifier(kind="bic", value="DEUTDEFF", valid=True),
    )


def test_a_number_with_a_wrong_digit_is_kept_and_told() -> None:
    """It may be what the list has, too."""
    found = ask(name="A", imo="9074728")
    assert found.query.identifiers == (Identifier(kind="imo", value="9074728", valid=False),)
    assert len(found.warnings) == 1
