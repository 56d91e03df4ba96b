"""Countries are known by the words that lists use, and by nothing else."""

import re

import pytest

from detente.entities.countries import _rows, code_of, name_of


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Korea, North", "kp"),
        ("Democratic People\u2019s Republic of  Korea", "kp"),
        ("Iran (Islamic Republic of)", "ir"),
        ("IRAN", "ir"),
        ("British", "gb"),
        ("PRK", "kp"),
        ("Kosovo", "xk"),
        ("former Yugoslavia", "yucs"),
    ],
)
def test_the_spellings_of_the_lists_are_known(words: str, code: str) -> None:
    """OFAC, the UN, the EU and the United Kingdom each write a country their own way."""
    assert code_of(words) == code


@pytest.mark.parametrize("words", ["na", "NA", "-", "", "Congolese", "Sudan/South Sudan", "prk"])
def test_what_names_no_one_country_has_no_code(words: str) -> None:
    """A blank, an ambiguous word and two countries at once are none."""
    assert code_of(words) is None


def test_every_country_has_one_line_and_every_word_one_country() -> None:
    """The 249 of ISO 3166, Kosovo, five former states and one region; no word stands twice."""
    rows = _rows()
    words = [word.casefold() for _, _, listed in rows for word in listed]
    assert len({code for code, _, _ in rows}) == len(rows) == 249 + 1 + 5 + 1
    assert len(set(words)) == len(words)
    assert all(re.fullmatch("[A-Z]{3}|-", long) for _, long, _ in rows)


def test_the_name_of_a_code_leads_back_to_it() -> None:
    """Reading what was written gives the same country."""
    assert [code_of(name_of(code) or "") for code, _, _ in _rows()] == [c for c, _, _ in _rows()]
    assert name_of("qq") is None
