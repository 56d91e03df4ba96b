"""Arabic letters one by one: forms that mean the same letter, and how a word is spelt out."""

# ruff: noqa: RUF001 - its letters look like Latin ones

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from detente.screening.names.latin import folded, skeleton

EASTERN: Final = frozenset("پچژگکیےہۀٹڈڑںټډړږښځڅڼېۍګ")
"""Letters that an Arabic keyboard lacks: who writes them follows the usage of the east."""

_FORMS: Final = {
    "ا": "أإآٱٲٳٵ", "ي": "ىیئےۓېۍێ", "ك": "کڪګڭ", "ه": "ہھةۀۃەۂ", "و": "ؤۆۇۈۋۊ",
    "ت": "ټٹ", "د": "ډڈ", "ر": "ړڑڕ", "ن": "ںڼ", "ل": "ڵ", "": "ء",
}  # fmt: skip
"""By letter: the letters that one language or another writes for it."""
_ONE_FORM: Final = {ord(form): letter for letter, forms in _FORMS.items() for form in forms}

_LETTERS: Final = """
ب=b پ=p ت=t ټ=t ٹ=t ث=th ج=j چ=ch ح=h خ=kh ځ=z څ=s د=d ډ=d ڈ=d ذ=dh ر=r ړ=r ڑ=r ڕ=r ز=z ژ=zh
ږ=zh س=s ش=sh ښ=sh ص=s ض=d ط=t ظ=z غ=gh ف=f ڤ=v ق=q ک=k ك=k ڪ=k گ=g ګ=g ڭ=ng ل=l ڵ=l م=m ن=n
ں=n ڼ=n ه=h ہ=h ھ=h ۀ=h ۂ=h ۋ=v
"""
_CONSONANTS: Final = dict(item.split("=") for item in _LETTERS.split())
_USAGES: Final[tuple[dict[str, str], ...]] = (
    {},
    {"ث": "s", "ذ": "z", "ض": "z"},
    {"ج": "g", "ذ": "z", "ث": "s"},
)
"""What the lands in the east and Egypt pronounce otherwise."""
_ALEFS: Final = "اأإآٱٲٳٵ"
_YEHS: Final = "يیىئےۓېۍێ"
_WAWS: Final = "وؤۆۇۈۊ"
_LONG: Final = frozenset(_ALEFS + _YEHS + _WAWS)
_CLOSED: Final = {"ة": "a", "ۃ": "a", "ە": "a", "ه": "ah", "ہ": "ah", "ھ": "ah", "ۀ": "ah"}
"""What stands at the end of a word for a short a."""


def plain(text: str) -> str:
    """Return a text with each letter in its basic shape, without marks, signs and punctuation."""
    return "".join(map(_letter, folded(text)))


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() or char == "'" else " "
    shape = unicodedata.normalize("NFKC", char)
    if len(shape) > 1:
        return "".join(map(_letter, shape))
    if unicodedata.category(shape) in ("Mn", "Cf") or shape == "ـ":
        return ""
    return shape if shape.isalnum() else " "


def key(word: str) -> str:
    """Return a word with one form for each letter, so that usual variants fall together."""
    return word.translate(_ONE_FORM)


@lru_cache(maxsize=16384)
def spelled(word: str) -> tuple[str, str, str]:
    """Return a word letter by letter, as Arab countries, the east and Egypt pronounce it.

    The third also takes the word for a foreign one: no short vowels beside h, glides as vowels.
    """
    first, second, third = (_sounds(word, usage) for usage in range(3))
    return _joined(first), _joined(second), _joined(third, foreign=True)


def _sounds(word: str, usage: int) -> list[str]:
    """The sounds of a word's letters, in order."""
    found = []
    last = len(word) - 1
    for at, char in enumerate(word):
        before, after = word[at - 1] if at else "", word[at + 1] if at < last else ""
        if char in _WAWS:
            found.append(_waw(word[: at + 1][-3:], after, usage, at + 1 == last))
        elif char in _LONG or char == "ع":
            found.append(_long(char, before, after))
        elif char in _CLOSED and at == last > 0:
            found.append("" if before in _LONG and before not in _WAWS else _CLOSED[char])
        else:
            found.append(_USAGES[usage].get(char) or _CONSONANTS.get(char, ""))
    return found


def _waw(begun: str, after: str, usage: int, ends: bool) -> str:
    """The sound of a waw, w before a vowel and u elsewhere.

    Args:
        begun: up to two letters before it, and itself.
        after: the next letter, or nothing.
        usage: which lands' pronunciation is wanted, as in ``_USAGES``.
        ends: whether the next letter is the last one.
    """
    before = begun[:-1]
    if begun[-1] != "و":
        return "u"
    if before[-1:] == "ب" and after not in _ALEFS and usage != 1:  # Maghreb names in Bou-
        return "u"
    if before and after and after in _YEHS:  # Suwaydan, but also Luiza
        return "u" if usage == 2 else "w"
    if not before or (after and (after in _ALEFS or after in _WAWS)):
        return "w"
    if ends and after in _CLOSED:
        return "w"
    return "w" if usage == 1 and len(before) > 1 and before[1] in _ALEFS else "u"


def _long(char: str, before: str, after: str) -> str:
    """The sound of an alef, a yeh, which may be a consonant, or an ayn."""
    if char in _ALEFS:
        return "i" if char == "إ" and not before else "a"
    if char == "ع":
        return "" if before in _LONG or (before and after in _LONG) else "a"
    if char == "ې":
        return "e"
    return "y" if char in "يی" and (not before or before in _LONG or after in _ALEFS) else "i"


def _joined(sounds: list[str], *, foreign: bool = False) -> str:
    """Sounds in one word; an a parts two consonants that would be taken for one."""
    found: list[str] = []
    last = ""
    for sound in filter(None, sounds):
        if last and _merge(last, sound, foreign and len(found) > 0):
            found.append("a")
        found.append(sound)
        last = sound
    return "".join(found)


@lru_cache(maxsize=2048)
def _merge(first: str, second: str, foreign: bool) -> bool:
    """Whether two sounds side by side have another skeleton than one after the other."""
    if (first, second) == ("t", "sh") or (foreign and (second == "h" or first == "t")):
        return False
    return skeleton(f"a{first}{second}a") != skeleton(f"a{first}a{second}a")
