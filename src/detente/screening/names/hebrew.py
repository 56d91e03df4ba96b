"""Latin readings of names in Hebrew letters, which leave most vowels out."""

# ruff: noqa: RUF001 - its letters look like Latin ones

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

GERESH: Final = "\u05f3"
"""The sign, like an apostrophe, that gives a letter a sound of another language."""

_LETTERS: Final = """
א=a ב=v ג=g ד=d ה=h ו=o ז=z ח=h ט=t י=i כ=kh ך=kh ל=l מ=m ם=m נ=n ן=n ס=s ע=a פ=f ף=f צ=tz ץ=tz ק=k
ר=r ש=sh ת=t
"""
_SOUNDS: Final = dict(item.split("=") for item in _LETTERS.split())
_HARD: Final = {"ב": "b", "כ": "k", "פ": "p"}
_MARKED: Final = {"ג": "j", "ז": "zh", "צ": "ch", "ץ": "ch", "ת": "th", "ח": "kh"}
"""Letters with a geresh, for sounds of other languages."""


def readings(word: str) -> tuple[str, str, str]:
    """Return how a word reads: as usual, with hard consonants, and with soft ones.

    Args:
        word: Hebrew letters without points; a geresh is kept.
    """
    known = _table().get(word.replace(GERESH, ""))
    if known:
        return known
    return _spelled(word, "first"), _spelled(word, "always"), _spelled(word, "never")


def _spelled(word: str, hard: str) -> str:
    """A word letter by letter; b, k and p are hard at its beginning, always or never."""
    word = word.replace("\u05d5\u05d5", "W").replace("\u05d9\u05d9", "Y")
    found, last = [], len(word.rstrip(GERESH)) - 1
    for at, char in enumerate(word):
        if char == GERESH:
            continue
        if word[at + 1 : at + 2] == GERESH and char in _MARKED:
            found.append(_MARKED[char])
        elif char in _HARD and (hard == "always" or (hard == "first" and at == 0)):
            found.append(_HARD[char])
        elif char in "והיאWY":
            found.append(_weak(char, at, last, hard))
        else:
            found.append(_SOUNDS.get(char, ""))
    return "".join(found)


def _weak(char: str, at: int, last: int, hard: str) -> str:
    """The sound of a letter that stands for a vowel or for a consonant."""
    if char == "ו":
        return "v" if at == 0 or (hard == "never" and at == last) else "o"
    if char in "WY":
        return {"W": "w", "Y": "y" if at == 0 else "ay"}[char]
    if char == "ה":
        return "a" if at == last > 0 else "h"
    if char == "י":
        return "y" if at == 0 else "i"
    return "a"


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, str, str]]:
    """Return the names by their letters."""
    found: dict[str, tuple[str, str, str]] = {}
    text = (Path(__file__).parent / "hebrew_names.txt").read_text(encoding="utf-8")
    lines = ";".join(line for line in text.splitlines() if not line.startswith("#"))
    for entry in lines.split(";"):
        latin, *words = entry.split() or [""]
        first, second = latin.split("/")[0], latin.split("/")[-1]
        for word in words:
            found.setdefault(word, (first, second, first))
    return found
