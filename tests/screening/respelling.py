"""The same name spelled otherwise: romanisations of Arabic, Russian, Korean and Chinese names."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

Rules = tuple[tuple[str, tuple[str, ...]], ...]

_ARABIC: Final[Rules] = (
    (r"\babd[ -](?:al|el|ul)[ -]?", ("abdul ", "abdel ", "abd al-", "abdul-")),
    (r"\babd(?:ul|el)[ -]?(?=[a-z]{4})", ("abd al-", "abdel ", "abdul ")),
    (r"\bal[- ]", ("el-", "al ", "el ", "al-")),
    (r"\bm[ou]hamm?[ae]d\b", ("mohammed", "muhammad", "mohamed", "muhammed", "mohammad")),
    (r"\bh[ou]ss?(?:ei|ai|ay|ey|e)n\b", ("hussein", "husayn", "hussain", "hossein")),
    (r"\b(?:bin|ibn|ben)\b", ("bin", "ibn", "ben")),
    (r"\ba[bh]m[ae]d\b", ("ahmad", "ahmed")),
    (r"\byusu?f\b|\byousss?ef\b", ("youssef", "yusuf", "yousef")),
    (r"q", ("k", "g")),
    (r"dh", ("d", "z")),
    (r"(?<=[a-z])ou", ("u", "oo")),
    (r"(?<=[b-df-hj-np-tv-z])u(?=[b-df-hj-np-tv-z])", ("ou", "o")),
    (r"ee", ("i",)),
    (r"(?<=[b-df-hj-np-tv-z])i(?=[b-df-hj-np-tv-z])", ("ee", "e")),
    (r"sh", ("ch",)),
    (r"(?<!d)j", ("dj",)),
    (r"(?<=[a-z])ah\b", ("a",)),
    (r"ay", ("ai", "ei")),
    (r"(?<=[a-z])w(?=[a-z])", ("ou",)),
    (r"gh", ("g",)),
    (r"([b-df-hj-np-tv-z])\1", (r"\1",)),
    (r"['`\u2018\u2019]", ("",)),
)
_RUSSIAN: Final[Rules] = (
    (r"iy\b", ("y", "i", "ij")),
    (r"(?<=[b-df-hj-np-tv-xz])y\b", ("iy", "ij", "i")),
    (r"\bye", ("e",)),
    (r"(?<=[a-z])ye", ("e",)),
    (r"kh", ("h",)),
    (r"ts", ("c", "tz")),
    (r"(?<=[oe])v\b", ("ff", "w")),
    (r"(?<=[a-z])v(?=[a-z])", ("w",)),
    (r"zh", ("j", "sch")),
    (r"ya", ("ia", "ja")),
    (r"yu", ("iu", "ju")),
    (r"ks", ("x",)),
    (r"x", ("ks",)),
    (r"ei\b", ("ey", "ej")),
    (r"ey\b", ("ei", "ej")),
    (r"shch", ("sch", "sc")),
    (r"(?<=[a-z])dr\b", ("der",)),
)

_SYLLABLES: Final = """
kim gim | ri lee yi rhee | pak park bak | choe choi | jong jeong jung chong | jo cho
kang gang | yun yoon | jang chang | rim lim im | o oh | so seo suh | sin shin | kwon gwon
an ahn | ryu yoo yu | jon jeon chon | ko go koh | mun moon | son sohn | pae bae | paek baek
ro noh roh | sim shim | ku koo gu | ju joo chu | jin chin | u woo | om eom um
jae chae | yong yeong young | hyon hyeon hyun | kyong kyung gyeong | chol cheol chul | su soo
jun chun joon | song seong sung | un eun | hui hee | tae dae | sok seok suk | kwang gwang
myong myeong myung | pyong byeong byung | pok bok | tong dong | kil gil | il | hyok hyeok hyuk
sun soon | sang | ki gi kee | kuk guk kook | yon yeon youn | chun choon | hun hoon
sop seop sub | yol yeol yul | ok | ung woong | in | min | won | ryong yong | kun geun keun
tok deok duk | jik chik | ryol ryeol yul
"""
_GROUPS: Final = [
    tuple(group.split()) for line in _SYLLABLES.strip().splitlines() for group in line.split("|")
]
_TWOFOLD: Final = frozenset(("chang", "chong", "cho", "chon", "chun", "chu", "chin", "chae"))
"""Spellings that stand for one sound in one system and for another in the next."""
_BY_SYLLABLE: Final = {
    syllable: group
    for group in reversed(_GROUPS)
    for syllable in group
    if len(group) > 1 and syllable not in _TWOFOLD
}

_INITIALS: Final = {
    "zh": "ch", "ch": "ch'", "sh": "sh", "b": "p", "p": "p'", "d": "t", "t": "t'", "g": "k",
    "k": "k'", "j": "ch", "q": "ch'", "z": "ts", "c": "ts'", "x": "hs", "r": "j",
}  # fmt: skip
_FINALS: Final = {
    "ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "ue": "ueh", "uo": "o",
}  # fmt: skip
_WHOLE: Final = {
    "zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tz'u",
    "si": "ssu", "yan": "yen", "ye": "yeh", "you": "yu", "yi": "i", "yong": "yung", "he": "ho",
    "ge": "ko", "ke": "k'o", "gui": "kuei", "kui": "k'uei", "er": "erh", "guo": "kuo",
    "kuo": "k'uo", "huo": "huo", "shuo": "shuo", "e": "o", "yue": "yueh", "xu": "hsu",
}  # fmt: skip
_SYLLABLE: Final = re.compile(
    r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)"
    r"(iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|"
    r"un|uo|a|e|i|o|u)"
)


def respell_arabic(name: str, luck: Random) -> str | None:
    """Return an Arabic name in other letters, one or two habits of spelling apart."""
    return _by_rules(name, _ARABIC, luck)


def respell_russian(name: str, luck: Random) -> str | None:
    """Return a Russian name in other letters."""
    return _by_rules(name, _RUSSIAN, luck)


def respell_korean(name: str, luck: Random) -> str | None:
    """Return a Korean name in another romanisation, syllable by syllable."""

    def other(found: re.Match[str]) -> str:
        group = _BY_SYLLABLE.get(found[0].lower())
        return luck.choice([s for s in group if s != found[0].lower()]) if group else found[0]

    return _changed(name, re.sub(r"[A-Za-z]+", other, name))


def respell_chinese(name: str, luck: Random) -> str | None:
    """Return a Chinese name in Wade-Giles, with or without its apostrophes; None if no pinyin."""
    marks = luck.random() < 0.5
    words = []
    for word in re.findall(r"[A-Za-z]+", name):
        syllables = _split(word.lower())
        if syllables is None:
            return None
        turned = [_wade_giles(syllable) for syllable in syllables]
        words.append("-".join(each if marks else each.replace("'", "") for each in turned))
    return _changed(name, " ".join(words))


def _by_rules(name: str, rules: Rules, luck: Random) -> str | None:
    """Apply one or two of the rules that change something."""
    low = name.lower()
    fit = [rule for rule in rules if re.search(rule[0], low)]
    luck.shuffle(fit)
    for pattern, spellings in fit[: luck.choice((1, 2))]:
        there = re.search(pattern, low)
        choices = [s for s in spellings if there and s != there[0]]
        if choices:
            low = re.sub(pattern, luck.choice(choices), low, count=1)
    return _changed(name, low)


def _changed(old: str, new: str) -> str | None:
    same = old.lower().replace("-", " ") == new.lower().replace("-", " ")
    return None if same else new.strip()


def _split(word: str) -> list[str] | None:
    """A word of pinyin in syllables, the fewest there can be; None where it is none."""
    if not word:
        return []
    best: list[str] | None = None
    for size in range(min(6, len(word)), 0, -1):
        if _SYLLABLE.fullmatch(word[:size]):
            rest = _split(word[size:])
            if rest is not None and (best is None or len(rest) + 1 < len(best)):
                best = [word[:size], *rest]
    return best


def _wade_giles(syllable: str) -> str:
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    found = _SYLLABLE.fullmatch(syllable)
    assert found is not None
    return _INITIALS.get(found[1], found[1]) + _FINALS.get(found[2], found[2])


RESPELLINGS: Final[dict[str, Callable[[str, Random], str | None]]] = {
    "Arab": respell_arabic,
    "Cyrl": respell_russian,
    "Hang": respell_korean,
    "Hani": respell_chinese,
}
"""How to spell a name otherwise, by the script that it comes from."""
