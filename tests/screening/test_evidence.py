"""What dates, countries, gender, kind and numbers say beside a name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.entities.model import Address, Birth, Identifier, Name, Party
from detente.entities.spans import Span, day_span, month_span, parse_span, year_span
from detente.screening.model import Query
from detente.screening.score.evidence import births, countries, implied, reasons
from detente.screening.score.identifiers import WORTH, numbers

DAY = day_span(date(1961, 4, 12))
PARTY = Party(
    source="un-sc", entry="1", kind="person", names=(Name(text="X"),), gender="male",
    births=(Birth(date=DAY, place="Riga, Latvia"),), nationalities=("Latvia",),
    addresses=(Address(city="Tallinn", country="Estonia"),),
)  # fmt: skip


def weight(one: Span, other: Span) -> float:
    """Return what two dates of birth weigh."""
    found = births((one,), (other,))
    assert found is not None
    return found.weight


def test_unknown_births_say_nothing() -> None:
    """What is not known speaks neither for nor against."""
    assert births((), (DAY,)) is None
    assert births((DAY,), ()) is None


def test_births_are_graded_by_how_near_they_are() -> None:
    """Same day, swapped, same month, same year, other day, then by years apart."""
    others = [
        DAY, day_span(date(1961, 12, 4)), year_span(1961), day_span(date(1961, 8, 30)),
        day_span(date(1962, 3, 3)), day_span(date(1963, 3, 3)), day_span(date(1966, 3, 3)),
        day_span(date(1971, 3, 3)), day_span(date(1981, 3, 3)), day_span(date(1999, 3, 3)),
    ]  # fmt: skip
    weights = [weight(DAY, other) for other in others]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_a_month_weighs_more_than_a_year() -> None:
    """April 1961 twice, and 1961 twice."""
    assert weight(month_span(1961, 4), month_span(1961, 4)) > weight(year_span(1961), DAY)


def test_the_same_day_of_another_year_is_perhaps_a_slip() -> None:
    """12 April 1961 and 12 April 1971 differ in one digit."""
    slip, other = day_span(date(1971, 4, 12)), day_span(date(1971, 5, 13))
    assert weight(DAY, slip) > weight(DAY, other)


def test_about_a_year_contradicts_less() -> None:
    """A source that says "about" is not contradicted by three years."""
    about, exact = parse_span("circa 1964"), year_span(1964)
    assert about is not None
    assert 0 > weight(DAY, about) > weight(DAY, exact)


def test_of_several_births_the_nearest_counts() -> None:
    """Alternatives are alternatives."""
    found = births((DAY,), (year_span(1990), DAY))
    assert found is not None
    assert found.weight == weight(DAY, DAY)


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.dates(date(1900, 1, 1), date(2020, 1, 1)))
def test_births_weigh_the_same_both_ways(one: date, other: date) -> None:
    """Which of the two was asked makes no difference."""
    assert weight(day_span(one), day_span(other)) == weight(day_span(other), day_span(one))


def said(query: Query) -> dict[str, float]:
    """Return what each part weighs."""
    return {reason.part: reason.weight for reason in reasons(query, PARTY)}


def test_every_country_of_an_entry_counts() -> None:
    """Nationality, address and place of birth."""
    assert countries(PARTY) == {"lv", "ee"}
    assert said(Query(name="X", countries=("ee",)))["country"] > 0
    assert said(Query(name="X", countries=("fr",)))["country"] < 0
    assert "country" not in said(Query(name="X"))


def test_a_known_gender_and_kind_count_only_where_they_differ() -> None:
    """Half of all people share a gender, so the same says next to nothing."""
    assert said(Query(name="X", gender="male", kind="person")) == {}
    assert said(Query(name="X", gender="female"))["gender"] < 0
    assert said(Query(name="X", kind="vessel"))["kind"] < -3


def test_the_place_of_birth_counts_without_case_and_country() -> None:
    """Riga and RIGA."""
    assert said(Query(name="X", places=("RIGA",)))["place"] > 0


def number(
    kind: str, value: str, country: str | None = None, valid: bool | None = None
) -> Identifier:
    """Return a number."""
    return Identifier(kind=kind, value=value, country=country, valid=valid)


@pytest.mark.parametrize("kind", [kind for kind in WORTH if kind not in ("imo", "lei", "mmsi")])
def test_the_same_number_speaks_for_and_another_never_does(kind: str) -> None:
    """Whatever the kind."""
    one, other = number(kind, "A-1234567", valid=True), number(kind, "B 7654321", valid=True)
    assert numbers((one,), (one,)).reasons[0].weight > 0
    assert numbers((one,), (other,)).reasons[0].weight <= 0


def test_punctuation_in_a_number_makes_no_difference() -> None:
    """``AB 12-34`` is ``ab1234``."""
    assert numbers((number("tax", "AB 12-34"),), (number("tax", "ab1234"),)).reasons[0].weight > 0


def test_numbers_of_two_countries_say_nothing_of_each_other() -> None:
    """A French tax number does not contradict a Spanish one."""
    found = numbers((number("tax", "1", "France"),), (number("tax", "2", "Spain"),))
    assert found.reasons[0].weight == 0
    assert found.cleared is None


def test_the_same_number_of_one_kind_is_not_ruled_out_by_another_of_a_second() -> None:
    """Where numbers disagree with each other, none is believed blindly."""
    asked = (number("imo", "9074729", valid=True), number("mmsi", "273456789", valid=True))
    listed = (number("imo", "9176187", valid=True), number("mmsi", "273456789", valid=True))
    assert numbers(asked, listed).cleared is None
    assert numbers(asked[:1], listed[:1]).cleared is not None


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        (Query(name="X", identifiers=(Identifier(kind="imo", value="9074729"),)), "vessel"),
        (Query(name="X", gender="female"), "person"),
        (Query(name="X"), None),
        (
            Query(name="X", gender="male", identifiers=(Identifier(kind="lei", value="1"),)),
            None,
        ),
    ],
)
def test_what_is_known_of_somebody_tells_the_kind(query: Query, kind: str | None) -> None:
    """Only ships have IMO numbers, only people are born; where both are said, nothing is."""
    assert implied(query) == kind
