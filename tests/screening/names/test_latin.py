"""Latin names: one plain form, and two coarse forms in which spellings of one name meet."""

# ruff: noqa: RUF001 - some signs look like others

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from real import sdn

from detente.lists.ofac.legacy import OFAC_CSV
from detente.screening.names.latin import folded, skeleton, sound

SPELLINGS = [
    "gaddafi qadhafi kadafi gheddafi qaddafi gathafi",
    "mohammed muhammad mohamad mahomet muhammed mehmet",
    "yousef yusuf youssef jusuf yusef",
    "khaled khalid halid",
    "osama usama oussama",
    "tchaikovsky chaykovskiy tschaikowsky",
    "hussein husayn hussain hossein hocine",
    "ahmed ahmad akhmed achmed",
    "sergei sergey sergej serguei",
    "yevgeny evgeni jewgenij",
    "milosevic milosevich miloshevitch",
    "walid waleed oualid",
    "ashraf achraf",
    "marwan marouane",
    "vladislav wladyslaw",
    "christian kristian",
    "nicholas nikolas",
    "johnson jonson",
    "rakhmaninov rachmaninoff",
    "abdullah abdulla abdallah",
    "zarqawi zarkaoui",
    "khrushchev khruschev",
]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Muhammad  AL-Tikriti ", "muhammad al-tikriti"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Bjørn Ærø Straße", "bjorn aero strasse"),
        ("ERDOĞAN, İbrahim Işık", "erdogan, ibrahim isik"),
        ("Əliyev Đoković Þór", "aliyev dokovic thor"),
        ("ʿAbd al-ʾIlāh O’Brien `Ali", "'abd al-'ilah o'brien 'ali"),
        ("Nguyễn\u00a0Văn\u2013Đức", "nguyen van-duc"),
        ("a\u202eb\u200fc\x00d\te\u0301", "abcd e"),
        ("ＡＢＣ １２ ٣", "abc 12 3"),
        ("", ""),
        (" \t ", ""),
    ],
)
def test_accents_and_signs_make_no_difference(text: str, plain: str) -> None:
    """Letters lose their accents, signs become plain ones, control characters go."""
    assert folded(text) == plain


@pytest.mark.parametrize("text", ["Иван й", "محمّد", "김정은", "राजेश"])
def test_letters_of_other_scripts_stay(text: str) -> None:
    """Only Latin letters have a plain form here."""
    assert folded(text) == text.lower()


@given(st.text())
def test_a_plain_form_is_its_own_plain_form(text: str) -> None:
    """Folding twice changes nothing, whatever the text."""
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize("row", SPELLINGS)
def test_spellings_of_one_name_share_a_skeleton(row: str) -> None:
    """English, French, German and scholarly spellings are one name."""
    assert len({skeleton(word) for word in row.split()}) == 1


@pytest.mark.parametrize("row", SPELLINGS)
def test_spellings_of_one_name_sound_alike(row: str) -> None:
    """Every spelling is near the first, though not all are near each other."""
    first, *others = map(sound, row.split())
    assert min(OSA.normalized_similarity(first, other) for other in others) >= 0.5
    assert max(OSA.normalized_similarity(first, other) for other in others) >= 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hasan", "husam"), ("salim", "karim"), ("ivanov", "petrov"), ("ahmad", "hamid"),
        ("umar", "amin"), ("kamal", "jamal"), ("rashid", "rafiq"), ("bohr", "bahr"),
    ],
)  # fmt: skip
def test_different_names_have_different_skeletons(one: str, other: str) -> None:
    """A skeleton still says which name it is."""
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("salah", "SL"), ("'umar", "AMR"), ("umar", "AMR"), ("xavier", "SFR"), ("350", "350")],
)
def test_what_a_skeleton_is_made_of(word: str, expected: str) -> None:
    """A final h is silent, an ayn before a vowel says nothing, a number stays."""
    assert skeleton(word) == expected


def test_vowels_keep_apart_what_shares_a_skeleton() -> None:
    """Hasan and Husayn are told apart by how they sound."""
    assert skeleton("hasan") == skeleton("husayn")
    assert sound("hasan") != sound("husayn")


@given(st.text(alphabet="aeiouybcdfghjklmnpqrstvwxz'09", max_size=12))
def test_every_word_has_a_skeleton_and_a_sound(word: str) -> None:
    """No combination of letters is unknown, and only the empty word has nothing."""
    assert bool(skeleton(word)) == bool(sound(word)) == bool(word)


@given(st.text())
def test_any_text_at_all_is_taken(text: str) -> None:
    """What is no Latin letter is left out or kept, never an error."""
    assert isinstance(skeleton(text) + sound(text), str)


@pytest.mark.real
def test_few_words_of_a_list_share_a_skeleton() -> None:
    """A word of five letters or more meets eight others or fewer on average."""
    cut = OFAC_CSV.cut(sdn("2024-07-02"))
    parties = [OFAC_CSV.read(cut, record) for record in cut.records]
    names = [name.text for party in parties for name in party.names]
    words = {word for name in names for word in re.findall("[a-z]{5,}", folded(name))}
    buckets = Counter(map(skeleton, words))
    assert sum(size * size for size in buckets.values()) / len(words) <= 8
