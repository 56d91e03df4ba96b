"""A name in Hangul and its romanisations are one name; names of other people are no such name."""

from __future__ import annotations

import csv
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from real import REAL, un

from detente.lists.un.consolidated import UN_XML
from detente.screening.names import hangul, korean

SPELLINGS = {
    "김정은": (
        "Kim Jong Un", "Gim Jeong-eun", "Kim Chŏng-ŭn", "KIM CHO'NG-U'N",
        "Kim Cho\u2019ng-u\u2019n",
        "Kim Chong-un", "Kim Jung-eun", "KIM, Jong Un", "Jong Un Kim", "Kim Jongun", "Jong-eun Kim",
        "Kim Cengun", "kim-jong-un",
    ),
    "연정남": ("YO'N CHO'NG NAM", "Yon Jong Nam", "Yeon Jeong-nam", "Yŏn Chŏng-nam"),
    "박지성": ("Park Ji-sung", "Ji Sung Park", "Pak Chi-sŏng", "Bak Jiseong", "PAK Ji Song"),
    "최룡해": ("Choe Ryong-hae", "Ch'oe Ryong-hae", "Choi Ryonghae", "CHOE, Ryong Hae"),
    "최용해": ("Choe Ryong-hae", "Choi Yong-hae"),
    "리영호": ("Ri Yong Ho", "Lee Young-ho", "Yi Yong-ho", "Rhee Yeong Ho", "I Yeongho"),
    "이영호": ("Ri Yong Ho", "Lee Young-ho"),
    "전현무": ("Jun Hyun-moo", "Jeon Hyeonmu", "Chŏn Hyŏn-mu", "Chon Hyon Mu"),
    "노두철": ("Ro Tu-chol", "Noh Doo-chul", "Roh Du Cheol", "No Tu-ch'ŏl"),
    "황병숙": ("Hwang Pyong Suk", "Hwang Byung-sook", "Whang Byeong Suk", "Hwang Pyŏng-suk"),
    "남궁민수": ("Namgung Min-su", "Nam-gung Min Soo", "Namkung Minsoo", "Nam Gung Min Su"),
    "임관룡": ("Rim Kwan Ryong", "Lim Gwanryong", "Im Kwallyong", "Yim Kwan-yong"),
    "김구": ("Kim Ku", "Kim Koo", "Kim Gu"),
    "태영호": ("Thae Yong-ho", "Tae Yeong-ho", "T'ae Yŏng-ho"),
    "박경문": ("Pak Kyengmwun", "Pak Kyengmun", "Park Kyung-moon"),
}  # fmt: skip
"""Made-up names and names of public life, in the systems and out of them."""


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_korean_name_reads_the_same_in_every_romanisation(name: str) -> None:
    """Every spelling shares a reading with the name in Hangul."""
    own = set(korean.readings(name))
    apart = [spelled for spelled in SPELLINGS[name] if not own & set(korean.readings(spelled))]
    assert apart == []


def test_the_canonical_reading_has_the_family_name_in_front() -> None:
    """Whether the family name stands first or last, and in either script."""
    expected = ("pak", "ji", "song")
    for words in (("park", "ji-sung"), ("ji", "sung", "park"), ("박지성",), ("박", "지성")):
        assert korean.canonical(words) == expected
    assert korean.canonical(("지성", "박")) == expected


def test_a_spelling_that_can_be_two_syllables_has_two_readings() -> None:
    """The newspapers' u is ㅓ or ㅜ."""
    found = korean.readings("Lee Jung-ho")
    assert ("i", "jong", "ho") in found
    assert ("i", "jung", "ho") in found


@pytest.mark.parametrize(
    ("one", "other"),
    [("박지성", "박지영"), ("김정은", "김정일"), ("리영호", "리용철"), ("최영건", "조영건")],
)
def test_other_syllables_stay_apart(one: str, other: str) -> None:
    """Names that no system spells alike share no reading."""
    assert not set(korean.readings(one)) & set(korean.readings(other))


@pytest.mark.parametrize(
    "name",
    [
        "John Smith", "Sergei Kim Petrov", "Lee Harvey Oswald", "Bruce Lee Jackson", "Ahmad Khan",
        "Kim Kardashian", "Park Avenue Holdings", "Ho Chi Minh", "Young-Chul", "Kim", "Lee",
        "Kim Kim Kim Kim Kim",
        "조지 워싱턴", "루이 9세", "김", "도널드 트럼프", "Kim 3", "Kim Jong/Un", "김 Jong Un",
    ],
)  # fmt: skip
def test_what_is_no_korean_name_has_no_reading(name: str) -> None:
    """No family name at either end, or something that is no syllable."""
    assert korean.readings(name) == ()


def test_readings_are_few_and_each_stands_once() -> None:
    """However many ways there are of reading a name."""
    found = korean.readings("Jung Sun-jung")
    assert 1 < len(found) <= korean.READINGS
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "text", ["", " ", "-", "'", "- -", "' '", "k" * 1_000_000, "kim " * 250_000]
)
def test_hostile_text_is_no_name(text: str) -> None:
    """Empty and endless texts are refused at once."""
    assert korean.readings(text) == ()
    assert korean.canonical((text,)) is None


@given(st.text(max_size=100) | st.text(alphabet="kim jong'-ŏ김\u0000\ud800,", max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Control characters, halves of characters, mixed scripts."""
    assert len(korean.readings(text)) <= korean.READINGS


@given(st.characters(min_codepoint=hangul.FIRST, max_codepoint=hangul.LAST))
def test_every_syllable_has_a_class_in_plain_letters(syllable: str) -> None:
    """And keeps it."""
    assert re.fullmatch("[a-z]+", hangul.class_of(syllable))


def test_every_spelling_by_system_of_a_syllable_reads_as_its_class() -> None:
    """What is worked out for a syllable leads back to it."""
    for syllable in hangul.in_names():
        key = hangul.class_of(syllable)
        assert any(key in [item.key for item in rows] for rows in hangul.given().values()), syllable


def hangul_names() -> list[tuple[str, str]]:
    """Latin and Hangul names of three syllables with a family name in front."""
    path = REAL / "names" / "transliteration_korean_fullnames.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    known = hangul.families().hangul
    return [
        (row[0], row[1])
        for row in rows
        if len(row) == 2
        and re.fullmatch("[가-힣]{3}", row[1])
        and row[1][0] in known
        and re.fullmatch(r"\w+ \w+-\w+", row[0])
    ]


@pytest.mark.real
def test_nearly_all_hyphenated_names_share_a_reading_with_their_hangul() -> None:
    """Names of the form "Jun Hyun-moo", some of them wrong or of other people."""
    rows = hangul_names()
    assert len(rows) > 900
    shared = sum(bool(set(korean.readings(a)) & set(korean.readings(b))) for a, b in rows)
    assert shared >= 0.97 * len(rows)


@pytest.mark.real
def test_hardly_two_different_names_share_a_reading() -> None:
    """Of 20,000 pairs of names in Hangul fewer than two in a thousand."""
    names = sorted({name for _, name in hangul_names()})
    chance = random.Random(1)
    pairs = [chance.sample(names, 2) for _ in range(20_000)]
    shared = sum(bool(set(korean.readings(a)) & set(korean.readings(b))) for a, b in pairs)
    assert shared < 0.002 * len(pairs)


@pytest.mark.real
def test_hardly_a_name_of_elsewhere_has_a_reading() -> None:
    """Fewer than 15 in a thousand of made-up names of the world in Latin letters."""
    path = REAL / "names" / "negatives_global.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = [row["full_name"] for row in csv.DictReader(file)]
    latin = [name for name in names if re.match("[A-Za-z]", name)]
    assert len(latin) > 5000
    assert sum(bool(korean.readings(name)) for name in latin) < 0.015 * len(latin)


@pytest.mark.real
def test_the_names_of_people_from_north_korea_on_the_list_are_read() -> None:
    """All but a few aliases, which are Chinese or no whole names."""
    files = UN_XML.cut(un("2026-02-27"))
    parties = [UN_XML.read(files, record) for record in files.records]
    people = [
        party for party in parties if party.kind == "person" and party.programmes == ("DPRK",)
    ]
    names = [name.text for party in people for name in party.names]
    unread = [name for name in names if not korean.readings(name)]
    assert len(people) == 80
    assert len(unread) <= 0.06 * len(names), unread
