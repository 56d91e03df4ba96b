"""Latin readings of names in the scripts that come from Brahmi, by the names of their characters.

Every consonant carries an a until a vowel sign or a virama takes it off, and Unicode calls the
letters of all these scripts by the same names: DEVANAGARI LETTER KA, BENGALI VOWEL SIGN AA. Bamar
is spelt so differently from how it sounds that it has rules of its own; its names are written in
Latin letters with a word for every syllable.
"""

# ruff: noqa: RUF001 - some signs look like others

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_CONSONANTS: Final = {
    "C": "ch", "CH": "chh", "TT": "t", "TTH": "th", "DD": "d", "DDH": "dh", "NN": "n", "NY": "n",
    "SS": "sh", "LL": "l", "LLL": "zh", "RR": "r", "NNN": "n", "TTT": "t", "DDDH": "rh", "RH": "rh",
    "GHH": "gh", "KHH": "kh", "FA": "f", "YY": "y",
}  # fmt: skip
_VOWELS: Final = {
    "AA": "a", "II": "i", "UU": "u", "EE": "e", "OO": "o", "AI": "ai", "AU": "au",
    "VOCALIC R": "ri", "VOCALIC RR": "ri", "VOCALIC L": "li", "CANDRA E": "e", "CANDRA O": "o",
    "SHORT E": "e", "SHORT O": "o", "A": "a", "I": "i", "U": "u", "E": "e", "O": "o", "AE": "ae",
    "CANDRA A": "a", "OE": "oe", "UE": "ue", "Y": "u", "YY": "u", "YA": "ya", "IE": "ie",
}  # fmt: skip
_DOTTED: Final = {
    "j": "z",
    "ph": "f",
    "k": "q",
    "d": "r",
    "dh": "rh",
    "g": "gh",
    "kh": "kh",
    "s": "sh",
}
_SILENT_END: Final = ("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "KHMER", "ORIYA")
"""Scripts in which the a of the last consonant is not spoken."""


def reading(word: str) -> str:
    """Return how a word reads.

    Args:
        word: letters and signs of one of these scripts.
    """
    if "\u1000" <= word[0] <= "\u109f":
        return bamar(word)
    found: list[str] = []
    open_ = False  # whether the last consonant still has its a
    for char in word:
        kind, sound = _named(char)
        if kind == "off":
            open_ = False
            continue
        if kind == "dot":
            found[-1:] = [_DOTTED.get(last, last) for last in found[-1:]]
            continue
        if open_ and kind != "sign":
            found.append("a")
        found.append(sound)
        open_ = kind == "consonant"
    if open_ and not unicodedata.name(word[0], "").startswith(_SILENT_END):
        found.append("a")
    return "".join(found)


@lru_cache(maxsize=4096)
def _named(char: str) -> tuple[str, str]:
    """What a character is by its name, and its sound."""
    script, _, name = unicodedata.name(char, "").partition(" ")
    name = name.removeprefix("INDEPENDENT VOWEL ")
    if name.startswith("VOWEL SIGN "):
        return "sign", _VOWELS.get(name[11:].removesuffix(" ELEMENT"), "")
    if any(word in name for word in ("VIRAMA", "COENG", "VIRIAM")):
        return "off", ""
    if "NUKTA" in name:
        return "dot", ""
    if any(word in name for word in ("ANUSVARA", "CANDRABINDU", "TIPPI", "BINDI", "NIKAHIT")):
        return "letter", "n"
    if not name.startswith("LETTER ") and script != "KHMER":
        return "sign", ""
    letter = name.removeprefix("LETTER ").split(" ")[0]
    if name.removeprefix("LETTER ") in _VOWELS:
        return "letter", _VOWELS[name.removeprefix("LETTER ")]
    if not re.fullmatch("[A-Z]+[AO]", letter):
        return "sign", "" if len(letter) != 1 else letter.lower()
    stem = letter[:-1]
    return "consonant", _CONSONANTS.get(stem, stem.lower())


def _pairs(text: str) -> dict[str, str]:
    """Read a table of Bamar letters and what they are in Latin letters."""
    return dict(item.split("=") for item in text.split())


_INITIALS: Final = _pairs(
    """
    က=k ခ=kh ဂ=g ဃ=g င=ng စ=s ဆ=s ဇ=z ဈ=z ည=ny ဉ=ny ဋ=t ဌ=ht ဍ=d ဎ=d ဏ=n တ=t ထ=ht ဒ=d ဓ=d န=n
    ပ=p ဖ=ph ဗ=b ဘ=b မ=m ယ=y ရ=y လ=l ဝ=w သ=th ဿ=th ဟ=h ဠ=l အ=
    """
)
_RIMES: Final = _pairs(
    """
    ောင်=aung ောက်=auk ိုင်=aing ိုက်=aik ိုယ်=o ော်=aw ော=aw ို=o ေ=ay ဲ=e ယ်=e ိန်=ein ိမ်=ein ိတ်=eik ိပ်=eik
    ုန်=on ုမ်=on ုံ=on ုတ်=ok ုပ်=ok န်=an မ်=an ံ=an တ်=at ပ်=at က်=et စ်=it င်=in ဉ်=in ည်=yi ာ=a ါ=a ိ=i ီ=i ု=u
    ူ=u ါင်=aung
    """
)
_SYLLABLE: Final = re.compile(
    r"([\u1000-\u1021\u103f])([\u103b-\u103e]*)((?:\u1031)?[\u102b-\u1032\u1036]*"
    r"(?:[\u1000-\u1021]\u1037?\u103a)?\u103a?)[\u1037\u1038]*|([\u1023-\u102a])"
)
_ALONE: Final = {"ဣ": "i", "ဤ": "i", "ဥ": "u", "ဦ": "u", "ဧ": "ay", "ဩ": "aw", "ဪ": "aw"}


def bamar(word: str) -> str:
    """Return how Bamar syllables read, a blank between them."""
    return " ".join(filter(None, map(_syllable, _SYLLABLE.finditer(word))))


def _syllable(match: re.Match[str]) -> str:
    consonant, medials, rime, alone = match.groups()
    if alone:
        return _ALONE.get(alone, "")
    first = _INITIALS.get(consonant, "")
    glide = "y" if "ျ" in medials or "ြ" in medials else ""
    if "ှ" in medials:
        first = "sh" if first == "y" or glide else "h" + first
    if glide and first == "kh":
        first, glide = "ch", ""
    sound = _RIMES.get(rime.replace("\u1037", ""), "a")
    if "ွ" in medials:
        # what stands for a in the table is u after w: tun, and not twan
        sound = {"an": "un", "at": "ut"}.get(sound, "w" + sound)
    return first + glide + sound
