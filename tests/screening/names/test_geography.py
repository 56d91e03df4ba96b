"""Places inside the names of organisations."""

from __future__ import annotations

from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names.geography import marked, place
from detente.screening.names.phrases import rows

TABLE = rows("geography.txt")
SPELLINGS = sorted({word for row in TABLE for word, _ in row.spellings})
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("germany", "de"),
        ("deutschland", "de"),
        ("allemagne", "de"),
        ("osterreich", "at"),
        ("rossiya", "ru"),
        ("russian federation", "ru"),
        ("zhongguo", "cn"),
        ("prc", "cn"),
        ("nippon", "jp"),
        ("hanguk", "kr"),
        ("dprk", "kp"),
        ("united arab emirates", "ae"),
        ("u a e", "ae"),
        ("u s a", "us"),
        ("estados unidos", "us"),
        ("cote d ivoire", "ci"),
        ("hong kong", "hk"),
        ("hongkong", "hk"),
        ("turkiye", "tr"),
        ("new york", "new-york"),
        ("moskva", "moscow"),
        ("saint petersburg", "saint-petersburg"),
        ("dubai", "dubai"),
        ("far east", "asia"),
    ],
)
def test_a_place_is_known_by_its_names_in_many_languages(words: str, expected: str) -> None:
    """As one text or as its words."""
    assert place(words) == place(tuple(words.split())) == expected


@pytest.mark.parametrize(
    "words", ["", "chad", "man", "car", "polish", "lao", "kong", "bank", "de", "no"]
)
def test_words_that_mean_something_else_are_no_places(words: str) -> None:
    """Nor are parts of places, nor codes of countries."""
    assert place(words) is None
    assert place(tuple(words.split())) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bank of china hong kong", [(2, 3, "cn"), (3, 5, "hk")]),
        ("bank of new york", [(2, 4, "new-york")]),
        ("commercial bank of the united arab emirates", [(4, 7, "ae")]),
        ("u s a trading", [(0, 3, "us")]),
        ("islamic republic of iran shipping lines", [(3, 4, "ir")]),
        ("deutsche bank ag", [(0, 1, "de")]),
        ("acme trading", []),
        ("", []),
    ],
)
def test_places_are_found_in_a_name(name: str, expected: list[tuple[int, int, str]]) -> None:
    """The longest that begins at a word: Hong Kong and no other."""
    assert list(marked(tuple(name.split()))) == expected


def test_every_place_of_the_table_is_found_whole() -> None:
    """Between other words it is one stretch, from its first word to its last."""
    for spelling in SPELLINGS:
        words = ("qqqq", *spelling.split(), "qqqq")
        (found,) = marked(words)
        assert found == (1, len(words) - 1, place(spelling))


def test_a_place_is_a_country_s_code_or_a_plain_name() -> None:
    """A name of a region or city has its words joined by hyphens."""
    for row in TABLE:
        assert len(row.label) == 2 or row.label.replace("-", "").isalpha()
        assert row.label == row.label.lower()


@given(
    st.lists(
        st.sampled_from(SPELLINGS).map(str.split)
        | st.text(LETTERS, min_size=1, max_size=9).map(lambda word: [word]),
        max_size=8,
    ).map(lambda parts: tuple(chain.from_iterable(parts)))
)
def test_stretches_are_in_order_and_are_places(words: tuple[str, ...]) -> None:
    """Each names exactly the place that it is said to be."""
    found = marked(words)
    assert all(0 <= start < stop <= len(words) for start, stop, _ in found)
    assert all(stop <= start for (_, stop, _), (start, _, _) in pairwise(found))
    assert all(place(words[start:stop]) == name for start, stop, name in found)


@given(st.text(max_size=80))
def test_any_text_is_asked_for_a_place(text: str) -> None:
    """What is not known is none, never an error."""
    assert place(text) is None or place(text)
    assert place((text,)) is None or place((text,))


@pytest.mark.parametrize(
    "words",
    [("a" * 10_000,) * 24, tuple("usaukuaeprcusaukuaeprcus"), ("new", "united") * 5_000],
    ids=["long", "letters", "beginnings"],
)
def test_a_hostile_name_is_read(words: tuple[str, ...]) -> None:
    """Long words and beginnings of places cost no more than other words."""
    assert all(stop <= len(words) for _, stop, _ in marked(words))
    assert place(words) is None
