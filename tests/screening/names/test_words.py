"""Numbers, usual words, forms of given names, prefixes of ships and first letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names import common, glossary, nicknames, numbers, vessels
from detente.screening.names.acronyms import acronym


@pytest.mark.parametrize(
    ("word", "roman", "value"),
    [
        ("7", False, 7), ("007", False, 7), ("seven", False, 7), ("third", False, 3),
        ("2nd", False, 2), ("viii", True, 8), ("viii", False, None), ("xxxix", True, 39),
        ("iiii", True, None), ("", True, None), ("mix", True, None), ("due", False, None),
        ("1234567890", False, None), ("zwei", False, 2), ("dva", False, 2),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(word: str, roman: bool, value: int | None) -> None:
    """In digits, Roman numerals and words, but not where a word means something else."""
    assert numbers.value(word, roman) == value


def test_tens_and_ones_are_one_number() -> None:
    """Forty-four is 44, and Forty 4 as well; 40 4 is two numbers."""
    assert numbers.counted(("brigade", "forty", "four"), False) == ("brigade", "44")
    assert numbers.counted(("brigade", "forty", "4"), False) == ("brigade", "44")
    assert numbers.counted(("40", "4"), False) == ("40", "4")


@pytest.mark.parametrize(
    ("word", "letters"),
    [("sech1n", "sechin"), ("m0hammed", "mohammed"), ("i8rahim", "ibrahim"),
     ("ar16", None), ("12", None), ("abc", None),
     ("1van", None), ("a1", None)],
)  # fmt: skip
def test_digits_between_letters_are_the_letters_they_look_like(
    word: str, letters: str | None
) -> None:
    """And only there."""
    assert numbers.unleet(word) == letters


def test_a_name_in_every_list_of_people_tells_less_than_one_in_none() -> None:
    """Rarity goes from 0 to 1."""
    assert common.rarity("mohammed") < common.rarity("bashir") < common.rarity("qashqavi") == 1.0
    assert common.is_business("trading")
    assert not common.is_business("qashqavi")


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (("kumsong", "tradingcorporation"), ("kumsong", "trading", "corporation")),
        (("electr", "onics", "co"), ("electronics", "co")),
        (("textilesllc",), ("textiles", "llc")),
        (("star", "ship"), ("star", "ship")),
    ],
)
def test_words_of_business_are_whole_whatever_the_space_bar_did(
    words: tuple[str, ...], whole: tuple[str, ...]
) -> None:
    """Joined ones are parted, split ones joined, others left."""
    assert common.parted(words) == whole


def test_abbreviations_of_business_stand_for_their_words() -> None:
    """Intl is international; a name stays what it is."""
    assert common.full("intl") == "international"
    assert common.full("bros") == "brothers"
    assert common.full("hapjang") == "hapjang"


def test_forms_of_a_name_are_graded() -> None:
    """Equal, one name in two languages, a short form, two short forms, nothing."""
    worth = [
        nicknames.same(*pair)
        for pair in (("bill", "bill"), ("yusuf", "joseph"), ("bill", "william"), ("bill", "will"),
                     ("bill", "yusuf"))
    ]  # fmt: skip
    assert worth == [1.0, nicknames.SAME, nicknames.SHORT, nicknames.SIBLINGS, 0.0]


WORDS = st.sampled_from(["bill", "william", "will", "vova", "vladimir", "jose", "pepe", "x"])


@given(WORDS, WORDS)
def test_forms_are_symmetric_and_listed(one: str, other: str) -> None:
    """What is the same name is among its forms, both ways."""
    assert nicknames.same(one, other) == nicknames.same(other, one)
    if one != other:
        assert (other in nicknames.forms(one)) == (nicknames.same(one, other) > 0)


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        (("m", "v", "chong", "chon"), ("chong", "chon")),
        (("mt", "hai", "xing"), ("hai", "xing")),
        (("mt",), ("mt",)),
        (("m", "v"), ("m", "v")),
        (("victory",), ("victory",)),
    ],
)
def test_a_ship_loses_its_prefix_and_never_its_name(
    words: tuple[str, ...], bare: tuple[str, ...]
) -> None:
    """M/V, MT and the like."""
    assert vessels.stripped(words) == bare


def test_small_words_are_not_in_an_acronym() -> None:
    """As people call the agency."""
    assert acronym(("international", "atomic", "energy", "agency")) == "iaea"
    assert acronym(("ministry", "of", "the", "interior")) == "mi"


@pytest.mark.parametrize(
    ("text", "script", "english"),
    [
        ("حركة الشباب", "Arab", "movement الشباب"),
        ("華信船務(香港)有限公司", "Hani", "華信 shipping ( hongkong ) limited company"),
        ("조선무역은행", "Hang", "korea trading bank"),
        ("Муромский приборостроительный завод", "Cyrl", "Муромский instrument making factory"),
        ("Иванов", "Cyrl", None),
        ("abc", "Latn", None),
    ],
)
def test_what_an_organisation_does_is_translated(
    text: str, script: str, english: str | None
) -> None:
    """And its own name is left."""
    assert glossary.translated(text, script) == english
