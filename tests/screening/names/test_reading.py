"""What a name is read as."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.entities.model import Kind
from detente.screening.names.reading import LONGEST, WORDS, read, ways


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("KILIMNIK, Konstantin Viktorovich", "person", ("konstantin", "viktorovich", "kilimnik")),
        ("President Recep Tayyip Erdoğan", "person", ("recep", "tayyip", "erdogan")),
        ("AlisherUsmanov", "person", ("alisher", "usmanov")),
        ("MehmetŞükrü", "person", ("mehmet", "sukru")),
        ("SiemensAG", "organisation", ("siemens",)),
        ("M/V OCEAN THISTLE SEVEN", "vessel", ("ocean", "thistle", "7")),
        ("OCEAN THISTLE VII", "vessel", ("ocean", "thistle", "7")),
        ("A.B.C. Trading Co., Ltd.", "organisation", ("abc", "trading")),
        ("Brigade Forty-Four", "organisation", ("brigade", "44")),
        ("First Bank Int'l", "organisation", ("1", "bank", "international")),
        ("PAO Hua Chiang", "person", ("pao", "hua", "chiang")),
        ("Igor Sech1n", "person", ("igor", "sechin")),
        ("Abd al-Rahman al-Rawi", "person", ("abdrahman", "rawi")),
    ],
)
def test_a_name_is_read_without_what_does_not_name(
    text: str, kind: Kind, words: tuple[str, ...]
) -> None:
    """Titles, forms, prefixes and commas go; numbers are digits."""
    assert read(text, kind).readings[0].words == words


def test_a_name_that_ends_in_a_numeral_may_be_a_ships_or_a_persons() -> None:
    """Where nobody says which, it is read both ways."""
    found = {reading.words for reading in read("Behshahri II").readings}
    assert {("behshahri",), ("behshahri", "2")} <= found


def test_two_names_at_a_stroke_are_each_read() -> None:
    """But M/V is none."""
    words = {reading.words for reading in read("Al-Qa'ida/Islamic Army", "organisation").readings}
    assert len(words) == 3
    assert len(read("M/V Sunrise", "vessel").readings) == 1


def test_one_korean_name_has_one_key_in_every_writing() -> None:
    """Hangul, characters, and three romanisations."""
    keys = [
        read(text, "person").keys
        for text in ("김정은", "金正恩", "Kim Jong Un", "Gim Jeong-eun", "KIM, Jong Un")
    ]
    assert frozenset.intersection(*keys)


def test_an_apostrophe_parts_syllables() -> None:
    """Zheng'en is not Zhen-gen."""
    assert "zh jin jeng en" in read("Jin Zheng'en", "person").keys


def test_readings_that_differ_in_single_words_are_kept_word_by_word() -> None:
    """So that a mixture of them can be meant."""
    readings = read("احمد ضیا آغا", "person").readings
    (way,) = ways(readings)
    assert len(way.words) == len(readings[0].words)
    assert any(len(spellings) > 1 for spellings in way.words)
    assert way.first.bare


@given(st.text(max_size=80), st.sampled_from([None, "person", "organisation", "vessel"]))
def test_any_text_can_be_read(text: str, kind: Kind | None) -> None:
    """Into words of plain letters and digits, few enough to be compared."""
    for reading in read(text, kind).readings:
        assert 0 < len(reading.words) <= WORDS + 1
        assert all(word.isascii() and word.isalnum() for word in reading.words)


def test_what_follows_a_thousand_letters_is_not_read() -> None:
    """Nobody is called that."""
    assert read("ab " * 400 + "zz").readings == read(("ab " * 400)[:LONGEST]).readings
