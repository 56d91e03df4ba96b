"""Names in Chinese characters, and the same names in pinyin, Wade-Giles and Korean spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.screening.names import han, hangul, korean, pinyin


@pytest.mark.parametrize(
    ("hanja", "latin"),
    [
        ("金正恩", "Kim Jong Un"), ("金正日", "Kim Chŏng-il"), ("朴正熙", "Park Chung-hee"),
        ("李承晩", "Yi Sŭng-man"), ("盧武鉉", "Roh Moo-hyun"), ("卢武铉", "Noh Mu-hyeon"),
        ("崔龍海", "Choe Ryong-hae"), ("崔龙海", "Choi Yong-hae"), ("南宮珉", "Namgung Min"),
        ("柳寬順", "Yu Gwan-sun"), ("梁亨燮", "Yang Hyong-sop"), ("林東源", "Lim Dong-won"),
        ("金铁三", "Kim Chol Sam"),
    ],
)  # fmt: skip
def test_a_name_in_hanja_shares_a_reading_with_its_romanisation(hanja: str, latin: str) -> None:
    """Traditional or simplified, with either form of a name under the initial-sound law."""
    assert set(han.korean(hanja)) & set(korean.readings(latin))


def test_every_family_name_in_hangul_is_known_in_hanja() -> None:
    """And every one of its characters leads back to it."""
    families = hangul.families()
    keys = {item.key for rows in families.han.values() for item in rows}
    assert {item.key for item in families.hangul.values()} <= keys


def test_the_table_of_hanja_holds_what_names_use() -> None:
    """At least 1,200 characters, each read as a syllable that exists."""
    table = han.hanja()
    assert len(table) >= 1200
    assert all(1 <= len(keys) <= 4 for keys in table.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("习近平", ("xi", "jin", "ping")), ("習近平", ("xi", "jin", "ping")),
        ("曾庆红", ("zeng", "qing", "hong")), ("单田芳", ("shan", "tian", "fang")),
        ("解海龙", ("xie", "hai", "long")), ("欧阳修", ("ou", "yang", "xiu")),
        ("司馬光", ("si", "ma", "guang")), ("王伟", ("wang", "wei")), ("吕布", ("lu", "bu")),
        ("伟 王", ("wang", "wei")), ("仇和", ("qiu", "he")), ("查良镛", ("zha", "liang", "yong")),
    ],
)  # fmt: skip
def test_a_chinese_name_is_read_with_its_family_name_in_front(
    text: str, expected: tuple[str, ...]
) -> None:
    """Family names with a reading of their own have it."""
    assert han.chinese(text) == expected


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("习近平", ("xi jinping", "jinping xi", "hsi chin-p'ing", "hsi chin ping", "xi jin ping")),
        ("毛泽东", ("mao zedong", "mao tse-tung", "mao tsetung", "zedong mao")),
        ("周恩來", ("zhou enlai", "chou en-lai", "chou en lai")),
        ("鄧小平", ("deng xiaoping", "teng hsiao-p'ing", "teng hsiao ping")),
        ("張國燾", ("zhang guotao", "chang kuo-t'ao", "guotao zhang")),
        ("欧阳修", ("ouyang xiu", "ou-yang hsiu", "xiu ouyang")),
        ("许志永", ("xu zhiyong", "hsu chih-yung", "hsü chih-yung")),
        ("余杰", ("yu jie", "yü chieh")),
        ("李娜", ("li na", "na li")),
    ],
)  # fmt: skip
def test_a_chinese_name_reads_the_same_in_every_romanisation(
    text: str, spelled: tuple[str, ...]
) -> None:
    """Pinyin or Wade-Giles, with apostrophes or without, joined or apart, in either order."""
    syllables = han.chinese(text)
    assert syllables is not None
    expected = han.pinyin(syllables)
    found = {name: han.pinyin(tuple(name.split())) for name in spelled}
    assert found == dict.fromkeys(spelled, expected)


@pytest.mark.parametrize("name", ["john smith", "kim kardashian", "wang", "", "ma yo-yo ma li na"])
def test_what_can_be_no_chinese_name_has_no_reading(name: str) -> None:
    """No family name at either end, too few words or too many."""
    assert han.pinyin(tuple(name.split())) is None


@pytest.mark.parametrize(
    "text", ["山田太郎", "阿不都·哈克", "王", "", "华信船务有限公司", "王" * 1_000_000, "a王b"]
)
def test_other_texts_have_no_readings(text: str) -> None:
    """Names of other people, firms, and texts without end."""
    assert han.chinese(text) is None
    assert han.korean(text) == ()


def test_wade_giles_and_pinyin_meet_in_one_class() -> None:
    """The marks that lists leave out make no difference; n and ng do, and so do x, sh and s."""
    spelled = pinyin.spelled()
    for group in ("zhang chang", "jin qin chin", "xu hsu", "zhong chung", "yan yen", "he ho"):
        assert len({spelled[item] for item in group.split()}) == 1
    for group in ("jin jing", "xi shi si", "lin ling", "wang weng", "zhang jiang"):
        assert len({spelled[item] for item in group.split()}) == len(group.split())


@given(st.text(max_size=60) | st.text(alphabet="金王正恩习 ·a\u0000\ud800", max_size=8))
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Control characters, halves of characters, mixed scripts."""
    assert len(han.korean(text)) <= han.READINGS
    han.chinese(text)
    han.pinyin(tuple(text.split()))
    han.pinyin((text, "wang"))
