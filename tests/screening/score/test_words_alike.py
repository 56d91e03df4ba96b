"""How alike words are, which answers to which, and what is measured of two names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.index.candidates import LEAST
from detente.screening.names import latin
from detente.screening.names.reading import read
from detente.screening.score.align import INITIALS, align
from detente.screening.score.features import figures
from detente.screening.score.likeness import MIXED, heard_alike, likeness

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=14)


@given(WORDS, WORDS, st.booleans())
def test_likeness_is_symmetric_from_0_to_1_and_1_only_for_equals(
    one: str, other: str, bare: bool
) -> None:
    """Whatever the words."""
    alike = likeness(one, other, bare)
    assert alike == likeness(other, one, bare)
    assert 0 <= alike <= 1
    assert (alike == 1) == (one == other)


@given(WORDS, WORDS, st.booleans())
def test_custom_only_adds_to_what_is_heard(one: str, other: str, bare: bool) -> None:
    """The index looks words up by letters and sound; nothing that is heard is lost by it."""
    if one != other:
        heard = heard_alike(
            one, other, latin.sound(one), latin.sound(other), latin.skeleton(one),
            latin.skeleton(other), bare,
        )  # fmt: skip
        assert likeness(one, other, bare) >= heard or heard < LEAST


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("gaddafi", "qadhafi", 0.78, 0.98), ("husayn", "hussein", 0.9, 0.98),
        ("vladimir", "rimaldiv", MIXED, MIXED), ("44", "45", 0.0, 0.0), ("j", "jean", 0.7, 0.7),
        ("bill", "william", 0.8, 0.9), ("gordon", "courtney", 0.0, 0.8),
        ("merkel", "merkur", 0.5, 0.9),
    ],
)  # fmt: skip
def test_words_are_as_alike_as_people_would_say(
    one: str, other: str, least: float, most: float
) -> None:
    """By letters, sound, custom."""
    assert least <= likeness(one, other) <= most


def test_vowels_that_a_script_leaves_out_count_little() -> None:
    """Deghdegh in Arabic letters has two consonants twice and no vowel."""
    assert likeness("hmzy", "hamzi", bare=True) > likeness("hmzy", "hamzi") + 0.1
    assert likeness("hmzy", "hamzi", bare=True) >= 0.9


def test_words_are_paired_across_order_joins_and_initials() -> None:
    """Each word once, the most alike first."""
    turned = align(("kim", "chol", "su"), ("chol", "su", "kim"))
    assert [(pair.one, pair.other) for pair in turned.pairs] == [
        (w, w) for w in ("kim", "chol", "su")
    ]
    joined = align(("nikolai", "plat", "ono", "vich"), ("nikolai", "platonovich"))
    assert joined.pairs[1].one == joined.pairs[1].other == "platonovich"
    short = align(("jc", "juncker"), ("jean", "claude", "juncker"))
    assert short.pairs[0].alike == pytest.approx(INITIALS + 0.01)
    assert not short.right


@given(st.lists(WORDS, min_size=1, max_size=6), st.lists(WORDS, min_size=1, max_size=6))
def test_every_word_is_in_one_pair_or_left(one: list[str], other: list[str]) -> None:
    """Nothing is lost or used twice."""
    found = align(tuple(one), tuple(other))
    mine = "".join(pair.one for pair in found.pairs) + "".join(found.left)
    theirs = "".join(pair.other for pair in found.pairs) + "".join(found.right)
    assert sorted(mine) == sorted("".join(one))
    assert sorted(theirs) == sorted("".join(other))
    assert not (found.left and found.right)


@pytest.mark.parametrize(
    ("one", "other", "figure"),
    [
        ("AHMAD BIN HASAN AL-UBAIDI", "HASAN BIN AHMAD AL-UBAIDI", "filiation"),
        ("Oleg Baranov", "Olga Baranova", "gender"),
        ("Ivan Petrovich Sidorov", "Ivan Sergeyevich Sidorov", "patronymic"),
        ("N. N.", "Nursultan Nazarbayev", "bare"),
        ("Sukarno", "Ahmed Sukarno", "lone"),
    ],
)
def test_what_tells_two_persons_apart_is_measured(one: str, other: str, figure: str) -> None:
    """Father and son, sister and brother, fathers, initials, a single word."""
    first, second = (read(text, "person").readings[0] for text in (one, other))
    assert getattr(figures(first, second, True)[0], figure) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "figure"),
    [
        ("Carlyle Partners VII L.P.", "Carlyle Partners VIII L.P.", "figures"),
        ("Banco Santander Mexico", "Banco Santander Chile", "place"),
        ("Banco Santander", "Banco Santander Chile", "place_extra"),
    ],
)
def test_what_tells_two_firms_apart_is_measured(one: str, other: str, figure: str) -> None:
    """Numbers, places."""
    first, second = (read(text, "organisation").readings[0] for text in (one, other))
    assert getattr(figures(first, second, False)[0], figure) == 1.0
    assert getattr(figures(first, first, False)[0], figure) == 0.0
