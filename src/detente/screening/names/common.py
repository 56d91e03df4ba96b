"""Words that many names have, and so tell little: mohammed, singh, trading, shipping.

How often a list has a word says how rare it is there. How rare it is outside lists, among the
people and firms that are screened, is known from here alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from detente.screening.names import phrases

RARITY: Final = {"0": 0.0, "1": 0.2, "2": 0.42}
"""The rarity of names by class: that of one name in 25, in 120 and in 650."""
BUSINESS: Final = 0.12
"""The rarity of words of business."""


def rarity(word: str) -> float:
    """Return how rare a folded word is among names in general, from 0 to 1; 1 if not known."""
    return _rarities().get(word, 1.0)


def is_business(word: str) -> bool:
    """Return whether a folded word says what an organisation does, not who it is."""
    return word in _business()


def full(word: str) -> str:
    """Return the word of business that an abbreviation stands for; other words as they are."""
    return _full().get(word, word)


@lru_cache(maxsize=1 << 14)
def parted(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words with those of business whole that a slip of the space bar joined or split.

    ``tradingcorporation`` becomes two words, ``electr onics`` one.
    """
    found: list[str] = []
    known = _business() | _FORMS
    for word in words:
        if found and found[-1] not in known and word not in known and _long(found[-1] + word):
            found[-1] += word
        else:
            found += _two(word, known)
    return tuple(found)


def _long(word: str) -> bool:
    return len(word) >= _JOINED and word in _business()


def _two(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """A word, or the two words of business that it is made of."""
    if len(word) >= _JOINED and word not in known:
        for at in range(2, len(word) - 1):
            if word[at:] in known and word[:at] in known:
                return word[:at], word[at:]
    return (word,)


_JOINED: Final = 6
"""Letters of a word that may be two of business, or that two may be."""
_FORMS: Final = frozenset(
    ("co", "corp", "inc", "ltd", "llc", "plc", "limited", "incorporated", "gmbh", "jsc", "ooo")
)
"""Legal forms that are written onto the word before them."""


@lru_cache(maxsize=1)
def _full() -> dict[str, str]:
    rows = phrases.rows("common_words.txt")
    return {text: row.rest[0] for row in rows if row.label == "short" for text, _ in row.spellings}


@lru_cache(maxsize=1)
def _business() -> frozenset[str]:
    rows = phrases.rows("common_words.txt")
    return frozenset(word for row in rows if row.label == "business" for word, _ in row.spellings)


@lru_cache(maxsize=1)
def _rarities() -> dict[str, float]:
    found = dict.fromkeys(_business(), BUSINESS)
    for row in phrases.rows("common_words.txt"):
        if row.label == "name":
            for word, _ in row.spellings:
                found[word] = min(RARITY[row.rest[0]], found.get(word, 1.0))
    return found
