"""Names in Arabic letters, whose short vowels the writer leaves to the reader."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real import un

from detente.lists.un.consolidated import UN_XML
from detente.screening.names.arabic import is_skeletal, readings
from detente.screening.names.latin import folded, skeleton

PARTICLES = {"al", "el", "ad", "as", "az", "ar", "at", "bin", "ben", "ibn", "abd", "abdul", "abdel"}


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("محمد عبد القادر التكريتي", "muhammad abdul qadir al-tikriti"),
        ("عبدالله", "abdullah"),
        ("عبد الله", "abdullah"),
        ("سيف الدين", "sayf al-din"),
        ("هدايت الله", "hidayatullah"),
        ("أبو بكر", "abu bakr"),
        ("أبواليزيد", "abu al-yazid"),
        ("حسن بن علي", "hasan bin ali"),
        ("يوسف", "yusuf"),
    ],
)
def test_usual_names_have_their_vowels(text: str, reading: str) -> None:
    """What stands in the table is written as it usually is in Latin letters."""
    assert readings(text)[0] == reading
    assert not any(map(is_skeletal, reading.split()))


@pytest.mark.parametrize(
    "texts",
    [
        ("حسین", "حسين", "حُسَيْن", "حـسـيـن", "\u202bحسين\u202c"),
        ("أحمد", "احمد", "ٲحمد", "اَحْمَد"),
        ("مصطفى", "مصطفي", "مصطفی"),
        ("فاطمة", "فاطمه", "فاطمہ"),
        ("علیرضا", "علي‌رضا"),
        ("ﷲ", "الله", "ﺍﻟﻠﻪ"),
    ],
)
def test_the_form_of_a_letter_makes_no_difference(texts: tuple[str, ...]) -> None:
    """Keyboards, languages, vowel signs and direction marks change no name."""
    assert len({frozenset(readings(text)) for text in texts}) == 1


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("عثمان", "uthman usman osman"),
        ("رضا", "rida reza"),
        ("رمضان", "ramadan ramazan ramzan"),
        ("جمال", "jamal gamal"),
        ("ثاقب", "thaqib saqib"),
        ("ولي", "wali vali"),
        ("قذافي", "gaddafi qadhafi"),
    ],
)
def test_one_reading_or_another_meets_every_country_s_spelling(text: str, spellings: str) -> None:
    """Arab countries, the lands to their east and Egypt spell the same letters differently."""
    found = set(map(skeleton, readings(text)))
    assert {skeleton(word) for word in spellings.split()} <= found


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("الراوي", "rawi"), ("شنداخ", "shindakh"), ("طويلب", "tuwaylib"), ("كبيسي", "kubaysi"),
        ("بحراني", "bahrani"), ("مطهري", "mutahhari"), ("نبهان", "nabhan"), ("دلاور", "delawar"),
        ("سهيلان", "suhaylan"), ("بوغانمي", "boughanmi"), ("العويران", "owairan"),
        ("پزشکیان", "pezeshkian"), ("چمران", "chamran"), ("ځلمی", "zalmay"), ("ٹنڈو", "tando"),
        ("شوارتز", "schwartz"), ("بوكوفسكي", "bukovsky"),
    ],
)  # fmt: skip
def test_other_words_have_the_skeleton_of_their_spelling(text: str, spellings: str) -> None:
    """Letter by letter, the consonants are those that every spelling has."""
    found = {skeleton(reading.removeprefix("al-")) for reading in readings(text)}
    assert skeleton(spellings) in found


def test_a_word_without_its_vowels_is_told() -> None:
    """So that nobody compares its vowels with those of a full spelling."""
    assert readings("محمد شنداخ")[0] == "muhammad shndakh"
    assert [is_skeletal(word) for word in ("muhammad", "shndakh", "al-shndakh")] == [
        False,
        True,
        True,
    ]
    assert not any(map(is_skeletal, ("nuruddin", "khayrullah", "gholamreza", "al-husayni")))


def test_eastern_letters_put_the_eastern_reading_first() -> None:
    """Who writes the Farsi forms of kaf and yeh reads dad as z."""
    assert readings("رضا کریمی")[0] == "reza karimi"
    assert readings("رضا كريمي")[0] == "rida karimi"


@pytest.mark.parametrize("text", ["", " ", "،؛؟", "\u200f\u200e", "\u064b\u0650", "😀"])
def test_a_text_without_letters_has_no_reading(text: str) -> None:
    """Signs and marks alone are no name."""
    assert readings(text) == ()


def test_words_in_other_letters_are_read_too() -> None:
    """A name may be in two scripts, and numbers may be in any."""
    assert readings("شركة ABC ١٢٣ Иван")[0].endswith("abc 123 ivan")


@given(st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x8FF) | st.characters()))
def test_any_text_has_at_most_three_readings_in_plain_letters(text: str) -> None:
    """Whatever comes in, what goes out is ASCII."""
    found = readings(text)
    assert len(found) <= 3
    assert all(row.isascii() and row == row.strip() and row for row in found)


def test_a_text_of_any_length_is_read() -> None:
    """A word without end is read in pieces."""
    assert readings("م" * 100_000)
    assert readings("عبد الله " * 10_000)
    assert is_skeletal("m" * 100_000)


def matched(spelling: str, found: tuple[str, ...]) -> float:
    """Return the share of a name's words that have the skeleton of some word of a reading."""
    words = [word for word in folded(spelling).replace("-", " ").split() if word not in PARTICLES]
    shares = []
    for row in found:
        pool = Counter(map(skeleton, row.replace("-", " ").split()))
        meeting = pool & Counter(map(skeleton, words))
        shares.append(meeting.total() / len(words) if words else 0.0)
    return max(shares, default=0.0)


@pytest.mark.real
def test_nine_names_of_ten_meet_their_own_spelling_on_the_list() -> None:
    """Two thirds of the words agree with the listed spelling, and hardly ever with another's."""
    cut = UN_XML.cut(un("2026-02-27"))
    people = [UN_XML.read(cut, record) for record in cut.records]
    pairs = [
        (party.name, name.text)
        for party in people
        for name in party.names
        if party.kind == "person" and name.kind == "original-script" and name.script == "Arab"
    ]
    own = sum(matched(latin, readings(text)) >= 0.66 for latin, text in pairs)
    others = random.Random(1).choices(pairs, k=1000)
    strange = sum(
        matched(latin, readings(text)) >= 0.66 for (latin, _), (_, text) in pairwise(others)
    )
    assert len(pairs) > 300
    assert own / len(pairs) >= 0.9
    assert strange / 1000 <= 0.03
