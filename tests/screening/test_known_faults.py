"""Faults that other screeners are known for, each as a question with the right answer."""

from datetime import date

import pytest

from detente.entities.model import Birth, Identifier, Name, Party
from detente.entities.spans import day_span
from detente.screening.compare import compare
from detente.screening.model import Match, Query
from detente.screening.screener import Screener


def listed(entry: str, name: str, **fields: object) -> Party:
    """Return a party that never was."""
    kind = fields.pop("kind", "person")
    return Party(source="un-sc", entry=entry, kind=kind, names=(Name(text=name),), **fields)  # type: ignore[arg-type]


SHIP = listed(
    "1", "AZURE HERON", kind="vessel", identifiers=(Identifier(kind="imo", value="9074729"),)
)
BANK = listed(
    "2", "Zhelanov Merchant Bank", kind="organisation",
    identifiers=(Identifier(kind="lei", value="5493001KJTIIGC8Y1R12"),),
)  # fmt: skip
PERSON = listed(
    "3", "ORLENKOV, Timur Aslanovich", births=(Birth(date=day_span(date(1961, 4, 12))),),
    identifiers=(Identifier(kind="passport", value="AB 123456", country="Russia"),),
)  # fmt: skip
SCREENER = Screener.from_parties((SHIP, BANK, PERSON, listed("4", "Ali HASSAN")))


def best(query: Query, entry: str) -> Match | None:
    """Return the match of an entry, if it is a hit."""
    return next((hit for hit in SCREENER.screen(query) if hit.party.entry == entry), None)


@pytest.mark.parametrize(
    ("name", "kind", "same", "other"),
    [
        ("AZURE HERON", "imo", "9074729", "9176187"),
        ("Zhelanov Merchant Bank", "lei", "5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55"),
    ],
)
def test_another_valid_number_for_life_rules_a_match_out_and_says_so(
    name: str, kind: str, same: str, other: str
) -> None:
    """The same name with another IMO number or LEI is another ship or company."""
    entry = "1" if kind == "imo" else "2"
    with_same = best(Query(name=name, identifiers=(Identifier(kind=kind, value=same),)), entry)
    assert with_same is not None
    assert with_same.score > 0.99
    asked = Query(name=name, identifiers=(Identifier(kind=kind, value=other),))
    answer = SCREENER.answer(asked)
    assert answer.hits == ()
    assert [item.party.entry for item in answer.cleared] == [entry]
    assert other in (answer.cleared[0].cleared or "")


def test_an_invalid_number_rules_nothing_out() -> None:
    """A typo in a number must not hide a listed ship."""
    asked = Query(name="AZURE HERON", identifiers=(Identifier(kind="imo", value="9074728"),))
    hit = best(asked, "1")
    assert hit is not None
    assert [reason.weight for reason in hit.reasons if reason.part == "identifier"] == [0.0]


def test_another_passport_counts_against_a_match_and_does_not_rule_it_out() -> None:
    """Passports are renewed, so another number of the same country says something, not all."""
    name = "Timur Aslanovich ORLENKOV"
    same = best(Query(name=name, identifiers=(passport("AB123456"),)), "3")
    other = best(Query(name=name, identifiers=(passport("CD999999"),)), "3")
    none = best(Query(name=name), "3")
    assert same is not None
    assert none is not None
    assert other is not None
    assert same.score > none.score > other.score


def passport(value: str) -> Identifier:
    """Return a Russian passport."""
    return Identifier(kind="passport", value=value, country="Russia")


def test_a_birth_one_year_off_scores_above_one_thirty_years_off() -> None:
    """Dates are graded: the nearer, the likelier."""
    scores = [score_born(year) for year in (1961, 1962, 1963, 1970, 1991)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert score_born(1962) > 0.5 > score_born(1991)


def score_born(year: int) -> float:
    """Return the score of a full name with a birth in some year."""
    asked = Query(name="Timur Orlenkov", births=(day_span(date(year, 4, 11)),))
    return next((hit.score for hit in SCREENER.screen(asked, threshold=0.0)), 0.0)


def test_a_swapped_day_and_month_scores_between_the_same_day_and_another() -> None:
    """12 April and 4 December of one year are one slip apart."""

    def score(day: date) -> float:
        asked = Query(name="Timur Orlenkov", births=(day_span(day),))
        return SCREENER.screen(asked, threshold=0.0)[0].score

    assert score(date(1961, 4, 12)) > score(date(1961, 12, 4)) > score(date(1961, 8, 30))


def test_a_rare_exact_name_scores_above_a_common_one() -> None:
    """Who is called Ali Hassan is seldom the one who is listed."""
    rare, common = (
        best(Query(name="Timur Aslanovich Orlenkov"), "3"),
        best(Query(name="Ali Hassan"), "4"),
    )
    assert rare is not None
    assert common is not None
    assert rare.score > common.score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muammar Gaddafi", "Moammar Qadhafi"),
        ("Gaddafi", "Qadhafi"),
        ("Kim Jong Un", "Gim Jeong-eun"),
        ("Kim Jong Un", "김정은"),
        ("Kim Jong Un", "金正恩"),
        ("Xi Jinping", "Hsi Chin-p'ing"),
        ("Jin Zheng'en", "金正恩"),
    ],
)
def test_one_name_in_two_spellings_is_one_name(one: str, other: str) -> None:
    """Whatever the romanisation, the script or the reading."""
    assert compare(one, other, "person") > 0.5
    assert compare(other, one, "person") == pytest.approx(compare(one, other, "person"))


def test_hits_of_different_worth_do_not_tie() -> None:
    """Two namesakes, of whom one has the birth that was asked for."""
    others = [
        listed(str(at), "VERESHKOV, Anton", births=(Birth(date=day_span(date(year, 5, 2))),))
        for at, year in enumerate((1950, 1960, 1961, 1990))
    ]
    asked = Query(name="Anton Vereshkov", births=(day_span(date(1960, 5, 2)),))
    hits = Screener.from_parties(others).screen(asked, threshold=0.0)
    assert hits[0].party.entry == "1"
    assert len({hit.score for hit in hits}) == len(hits)
