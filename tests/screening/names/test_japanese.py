"""Names in kanji and kana read as most of their bearers read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names import japanese


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("山田太郎", "yamada taro"), ("山田 太郎", "yamada taro"), ("太郎 山田", "yamada taro"),
        ("佐々木希", "sasaki nozomi"), ("安倍晋三", "abe shinzo"),
        ("髙橋 洋子", "takahashi yoko"),
        ("小泉純一郎", "koizumi junichiro"), ("渡邉 健一", "watanabe kenichi"),
        ("長谷川 光彦", "hasegawa mitsuhiko"), ("森 喜朗", "mori yoshiro"),
        ("高橋 エリ", "takahashi eri"),
        ("やまだ たろう", "yamada taro"), ("やまだたろう", "yamada taro"),
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "yamada taro"),
        ("はっとり はんぞう", "hattori hanzo"), ("しゅんいちろう", "shunichiro"),
        ("ジョン・スミス", "jon sumisu"), ("ファビオ", "fabio"),
    ],
)  # fmt: skip
def test_a_name_reads_as_most_of_its_bearers_do(name: str, reading: str) -> None:
    """Kanji, kana or both, divided or not."""
    assert reading in japanese.readings(name)


def test_a_given_name_with_several_readings_has_them_best_first() -> None:
    """At most three."""
    found = japanese.readings("田中裕子")
    assert found[:2] == ("tanaka hiroko", "tanaka yuko")
    assert len(found) <= japanese.READINGS


@pytest.mark.parametrize(
    "name", ["习近平", "김정은", "John Smith", "", "山", "山田" * 500_000, "山田\x00太郎"]
)
def test_what_is_no_known_name_has_no_reading(name: str) -> None:
    """Names of other people, and texts without end."""
    assert japanese.readings(name) == ()


@pytest.mark.parametrize(
    "spelled",
    [
        "satō satou satoh sato", "ōno ohno oono ono", "jun'ichirō zyunitirou junichiro zyun'itiro",
        "matsushita matusita", "fujii huzii fujī", "nanba namba", "shō syou sho shoh",
        "hacchōbori hatchobori hattyoubori", "chizu tizu", "yūki yuuki yuki",
    ],
)  # fmt: skip
def test_a_word_is_the_same_in_every_system(spelled: str) -> None:
    """Hepburn and Kunrei, with long vowels written in any way."""
    assert len({japanese.fold(word) for word in spelled.split()}) == 1


def test_words_with_other_sounds_stay_apart() -> None:
    """Folding merges systems, not names."""
    words = ("sato", "seto", "saito", "kato", "goto", "ito", "ota", "oda", "shimizu", "suzuki")
    assert len({japanese.fold(word) for word in words}) == len(words)


@given(st.text(max_size=60) | st.text(alphabet="山田太郎々たャッー・ a\u0000\ud800", max_size=12))
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Control characters, halves of characters, mixed scripts."""
    assert len(japanese.readings(text)) <= japanese.READINGS
    assert re.fullmatch("[a-z]*", japanese.fold(text.lower()))
