"""Syllables of pinyin and of Wade-Giles, and the classes in which the two agree.

Wade-Giles tells "chi" from "ch'i", and both from "chü", by marks that lists leave out; pinyin
writes these as zhi, ji, qi and ju, and older texts mix the two. A *class* merges what the lost
marks would tell: b with p, d with t, g with k, z with c, zh and j with ch and q; ü with u, and yu
with you. It is written with the softer letter: zhang, chang and ch'ang are ``jang``, qiang is
``jiang``, ping is ``bing``. Whether a syllable ends in n or ng, and whether it begins with x, sh or
s, is never lost.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_SYLLABLES: Final = """
a ai an ang ao e ei en eng er o ou yi ya yo ye yai yao you yan yin yang ying wu wa wo wai wei wan
wen wang weng yu yue yuan yun yong
b: a o ai ei ao an en ang eng i ie iao ian in ing u
p: a o ai ei ao ou an en ang eng i ie iao ian in ing u
m: a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u
f: a o ei ou an en ang eng u
d: a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un
t: a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un
n: a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan un ü üe
l: a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ü üe
g: a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
k: a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
h: a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
j: i ia ie iao iu ian in iang ing iong u ue uan un
q: i ia ie iao iu ian in iang ing iong u ue uan un
x: i ia ie iao iu ian in iang ing iong u ue uan un
zh: i a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
ch: i a e ai ao ou an en ang eng ong u ua uo uai ui uan un uang
sh: i a e ai ei ao ou an en ang eng u ua uo uai ui uan un uang
r: i e ao ou an en ang eng ong u ua uo ui uan un
z: i a e ai ei ao ou an en ang eng ong u uo ui uan un
c: i a e ai ao ou an en ang eng ong u uo ui uan un
s: i a e ai ao ou an en ang eng ong u uo ui uan un
"""
_INITIALS: Final = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs")
_MERGED: Final = {
    "p": "b", "t": "d", "k": "g", "c": "z", "q": "j", "zh": "j", "ch": "j",
}  # fmt: skip
_WADE: Final = {
    "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch", "q": "ch", "x": "hs",
    "zh": "ch", "r": "j", "z": "ts", "c": "ts",
}  # fmt: skip
_WADE_FINALS: Final = {
    "ie": "ieh", "ue": "ueh", "üe": "ueh", "ian": "ien", "ong": "ung", "iong": "iung", "ü": "u",
}  # fmt: skip
_WADE_BARE: Final = {
    "yi": "i", "yan": "yen", "ye": "yeh", "you": "yu", "yong": "yung", "yue": "yueh", "er": "erh",
    "e": "o",
}  # fmt: skip
_OTHERS: Final = {
    "szu": "si", "tze": "zi", "tsz": "zi", "ing": "ying", "lyu": "lü", "nyu": "nü", "lv": "lü",
    "nv": "nü", "hsing": "xing", "yuen": "yuan", "lueh": "lüe", "lue": "lüe", "nue": "nüe",
    "shiao": "xiao", "shih": "shi", "chao": "zhao", "kuei": "gui", "kwei": "gui", "kwang": "guang",
    "kwan": "guan", "kwo": "guo", "hwang": "huang", "hwa": "hua", "siao": "xiao", "sieh": "xie",
}  # fmt: skip
"""Spellings outside both systems that are met in names."""


@lru_cache(maxsize=1)
def spelled() -> dict[str, str]:
    """Return the class of every syllable by each of its spellings.

    Apostrophes and marks are left out. What pinyin and Wade-Giles read differently has the class
    of the pinyin reading.
    """
    known = [divided(syllable) for syllable in _all()]
    found = {_plain(initial + final): _class(initial, final) for initial, final in known}
    for initial, final in known:
        for spelling in _wade(initial, final):
            found.setdefault(spelling, _class(initial, final))
    for spelling, syllable in _OTHERS.items():
        found.setdefault(spelling, _class(*divided(syllable)))
    return found


def divided(syllable: str) -> tuple[str, str]:
    """Return the initial and the final of a syllable of pinyin (``zhang``: ``zh``, ``ang``)."""
    initial = next((item for item in _INITIALS if syllable.startswith(item)), "")
    return initial, syllable[len(initial) :]


def _all() -> list[str]:
    """Every syllable of pinyin."""
    found: list[str] = []
    for line in _SYLLABLES.strip().splitlines():
        initial, colon, finals = line.partition(":")
        found += [initial + final for final in finals.split()] if colon else line.split()
    return found


def _class(initial: str, final: str) -> str:
    """The class of a syllable of pinyin."""
    bare = "yu" if not initial and final == "you" else final
    return _MERGED.get(initial, initial) + _plain(bare)


def _plain(text: str) -> str:
    return text.replace("ü", "u")


def _wade(initial: str, final: str) -> tuple[str, ...]:
    """The spellings of a syllable of pinyin in Wade-Giles, without its marks."""
    if not initial:
        return (_plain(_WADE_BARE.get(final, final)),)
    written = _WADE.get(initial, initial)
    if final == "i" and initial in ("z", "c", "s"):
        return ("ssu", "szu") if initial == "s" else ("tzu",)
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        return (written + "ih",)
    if initial in ("g", "k") and final == "ui":
        return (written + "uei", written + "ui")
    if final == "e" and initial in ("g", "k", "h"):
        return (written + "o", written + "e")
    if final == "uo" and initial not in ("g", "k", "h", "sh"):
        return (written + "o",)
    return (written + _WADE_FINALS.get(final, _plain(final)),)
