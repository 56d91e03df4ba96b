"""Numbers in names: digits, Roman numerals, words; and digits that stand for letters.

Only words that mean nothing else in names are read: ``six`` is a number and ``one`` too, ``un``
and ``due`` are not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_ORDINALS: Final = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_TENS: Final = {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
}  # fmt: skip
_ABROAD: Final = {
    "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "deuxieme": 2,
    "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "premiere": 1, "quatre": 4, "uno": 1,
    "cuatro": 4, "cinco": 5, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "primera": 1,
    "segunda": 2, "segundo": 2, "tercera": 3, "tercero": 3, "quattro": 4, "cinque": 5, "sette": 7,
    "dieci": 10, "odin": 1, "dva": 2, "chetyre": 4, "pyat": 5, "shest": 6, "vosem": 8,
    "devyat": 9, "desyat": 10, "pervyy": 1, "pervaya": 1, "vtoroy": 2, "vtoraya": 2, "tretiy": 3,
}  # fmt: skip
_WORDS: Final = {
    **dict(zip(_ONES, range(21), strict=True)), **dict(zip(_ORDINALS, range(21), strict=True)),
    **_TENS, **_ABROAD,
}  # fmt: skip
_NTH: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_ROMAN: Final = re.compile(r"(?=[xvi])(x{0,3})(ix|iv|v?i{0,3})")
_DIGITS: Final = 9
"""Digits of a number at most; longer rows of digits are left as they are."""
_UNITS: Final = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8,
                 "ix": 9}  # fmt: skip


@lru_cache(maxsize=1 << 15)
def value(word: str, roman: bool = False) -> int | None:
    """Return the number that a word is, None for other words.

    Args:
        word: one folded word.
        roman: whether Roman numerals from I to XXXIX are read as well.
    """
    if word.isdigit():
        return int(word) if len(word) <= _DIGITS else None
    if word in _WORDS:
        return _WORDS[word]
    found = _NTH.fullmatch(word)
    if found:
        return int(found[1])
    if roman and (found := _ROMAN.fullmatch(word)):
        return 10 * len(found[1]) + _UNITS[found[2]]
    return None


def counted(words: tuple[str, ...], roman: bool) -> tuple[str, ...]:
    """Return a name's words with all numbers as digits; forty-four is one number.

    Args:
        words: folded words.
        roman: whether Roman numerals are read as well.
    """
    found: list[str] = []
    ten = 0
    for word in words:
        number = value(word, roman)
        if ten and number is not None and 0 < number < 10:
            found[-1] = str(ten + number)
            ten = 0
            continue
        ten = number if number is not None and number in _ROUND and not word.isdigit() else 0
        found.append(word if number is None else str(number))
    return tuple(found)


NUMERALS: Final = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "x", "xi", "xii"))
"""Numerals that end the names of ships and, as II in John Paul II, of persons."""
_ROUND: Final = range(20, 100, 10)
_LEET: Final = 4
_LETTERS: Final = str.maketrans("0134578", "oieastb")


def unleet(word: str) -> str | None:
    """Return a word with its digits read as the letters they look like, None for other words.

    Args:
        word: one folded word of four characters or more: ``sech1n`` is ``sechin``. Digits must
            stand between letters, and be a third of it at most.
    """
    if word.isalpha() or len(word) < _LEET or not (word[0].isalpha() and word[-1].isalpha()):
        return None
    digits = sum(letter.isdigit() for letter in word)
    if not digits or 3 * digits > len(word):
        return None
    found = word.translate(_LETTERS)
    return found if found.isalpha() else None
