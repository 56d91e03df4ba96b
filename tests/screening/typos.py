"""Slips of fingers, eyes and scanners: what happens to the letters of a name."""

import unicodedata
from collections.abc import Callable
from random import Random
from typing import Final

Turn = Callable[[str, Random], str | None]
"""How a name is turned; None where it cannot be."""

_KEYS: Final = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        ("wa", "qes", "wrd", "etf", "ryg", "tuh", "yij", "uok", "ipl", "ol", "qsz", "awdx", "sefc",
         "drgv", "fthb", "gyjn", "hukm", "jil", "kop", "asx", "zsdc", "xdfv", "cfgb", "vghn",
         "bhjm", "njk"),
        strict=True,
    )
)  # fmt: skip
_OCR: Final = {"o": "0", "i": "1", "l": "1", "e": "3", "s": "5", "b": "8", "z": "2", "a": "4"}
_MARKS: Final = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ü", "n": "ñ", "c": "ç"}


def _at_word(change: Turn, least: int = 5) -> Turn:
    """Change one word that is long enough, at a place behind its first letter."""

    def turn(name: str, luck: Random) -> str | None:
        words = name.split()
        long = [n for n, word in enumerate(words) if len(word) >= least and word.isalpha()]
        if not long or len("".join(words)) < 8:
            return None
        at = luck.choice(long)
        new = change(words[at], luck)
        if new is None or new == words[at]:
            return None
        return " ".join((*words[:at], new, *words[at + 1 :]))

    return turn


def _place(word: str, luck: Random) -> int:
    return luck.randrange(1, len(word))


def _substituted(word: str, luck: Random) -> str:
    at = _place(word, luck)
    letter = luck.choice("abcdefghijklmnoprstuvwyz")
    return word[:at] + (letter.upper() if word[at].isupper() else letter) + word[at + 1 :]


def _deleted(word: str, luck: Random) -> str:
    at = _place(word, luck)
    return word[:at] + word[at + 1 :]


def _inserted(word: str, luck: Random) -> str:
    at = _place(word, luck)
    letter = luck.choice("abcdefghijklmnoprstuvwyz")
    return word[:at] + (letter.upper() if word[at].isupper() else letter) + word[at:]


def _transposed(word: str, luck: Random) -> str:
    at = luck.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _doubled(word: str, luck: Random) -> str:
    at = _place(word, luck)
    return word[:at] + word[at] + word[at:]


def _neighbour(word: str, luck: Random) -> str | None:
    at = _place(word, luck)
    near = _KEYS.get(word[at].lower())
    if near is None:
        return None
    key = luck.choice(near)
    return word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]


def _misread(word: str, luck: Random) -> str | None:
    places = [n for n, letter in enumerate(word) if letter.lower() in _OCR]
    if not places:
        return None
    at = luck.choice(places)
    return word[:at] + _OCR[word[at].lower()] + word[at + 1 :]


def _split_word(word: str, luck: Random) -> str | None:
    if len(word) < 7:
        return None
    at = luck.randrange(3, len(word) - 2)
    return f"{word[:at]} {word[at:]}"


def joined_words(name: str, luck: Random) -> str | None:
    """Leave out one of the spaces."""
    words = name.split()
    if len(words) < 2:
        return None
    at = luck.randrange(len(words) - 1)
    return " ".join((*words[:at], words[at] + words[at + 1], *words[at + 2 :]))


def marked(name: str, luck: Random) -> str | None:
    """Put a mark on one letter."""
    places = [n for n, letter in enumerate(name) if letter.lower() in _MARKS]
    if not places or not name.isascii():
        return None
    at = luck.choice(places)
    mark = _MARKS[name[at].lower()]
    return name[:at] + (mark.upper() if name[at].isupper() else mark) + name[at + 1 :]


def unmarked(name: str, luck: Random) -> str | None:
    """Take every mark off."""
    held = unicodedata.normalize("NFD", name)
    bare = "".join(letter for letter in held if not unicodedata.combining(letter))
    return bare if bare != name and bare.isascii() else None


TYPOS: Final[dict[str, Turn]] = {
    "substitution": _at_word(_substituted),
    "deletion": _at_word(_deleted),
    "insertion": _at_word(_inserted),
    "transposition": _at_word(_transposed),
    "doubled-letter": _at_word(_doubled),
    "neighbour-key": _at_word(_neighbour),
    "ocr": _at_word(_misread),
}
"""Typing errors, each in one word of five letters or more."""

split_word: Final = _at_word(_split_word)
"""Put a space into a long word."""
