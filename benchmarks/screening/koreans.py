"""Korean full names in Latin script and in Hangul, out of a table of names of all the world."""

from __future__ import annotations

from functools import cache
from typing import Final

from detente.entities.model import Party
from screening.inputs import REAL, Sought, listed, made_person, named

_FAMILIES: Final = {
    hangul: frozenset(latin.split())
    for hangul, latin in {
        "김": "kim gim", "이": "lee yi i ri rhee li", "박": "park pak bak", "최": "choi choe ch'oe",
        "정": "jung jeong chung chong", "강": "kang gang", "조": "cho jo", "윤": "yoon yun youn",
        "장": "jang chang", "임": "lim im rim", "한": "han", "오": "oh o", "서": "seo suh so",
        "신": "shin sin", "권": "kwon gwon", "황": "hwang", "안": "ahn an", "송": "song",
        "류": "ryu yoo", "유": "yoo yu ryu", "전": "jeon jun chon", "홍": "hong", "고": "ko go koh",
        "문": "moon mun", "양": "yang", "손": "son sohn", "배": "bae pae", "백": "baek paek",
        "허": "heo hur huh", "노": "roh noh no", "남": "nam", "심": "shim sim", "하": "ha",
        "구": "koo ku gu", "차": "cha", "주": "joo ju chu", "나": "na", "민": "min", "진": "jin",
    }.items()
}  # fmt: skip
"""The most frequent Korean family names, and how their bearers write them."""


@cache
def koreans() -> tuple[tuple[str, str], ...]:
    """Return Korean full names in Latin script and in Hangul: three syllables, a known family."""
    found: dict[str, str] = {}
    path = REAL / "names" / "transliteration_korean_fullnames.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        latin, _, hangul = line.partition("\t")
        hangul = hangul.strip().replace(" ", "")
        parts = latin.lower().replace("-", " ").split()
        written = _FAMILIES.get(hangul[:1], frozenset())
        if len(hangul) != 3 or not 2 <= len(parts) <= 3:
            continue
        if written & {parts[0], parts[-1]}:
            found.setdefault(hangul, latin)
    return tuple((latin, hangul) for hangul, latin in found.items())


def parties() -> tuple[Party, ...]:
    """Return the listed persons, and the first half of the Koreans in Latin script."""
    names = koreans()[: len(koreans()) // 2]
    made = (made_person(str(number), latin) for number, (latin, _) in enumerate(names))
    return (*(party for party in listed() if party.kind == "person"), *made)


def sought() -> list[Sought]:
    """Return the Koreans that are among the parties, asked for in Hangul."""
    names = koreans()[: len(koreans()) // 2]
    return [
        named(hangul, {made_person(str(number), latin).id})
        for number, (latin, hangul) in enumerate(names)
    ]


def others() -> list[Sought]:
    """Return the Koreans that are not among them, likewise."""
    return [named(hangul, ()) for _, hangul in koreans()[len(koreans()) // 2 :]]
