"""Forms of address and ranks beside persons' names, and words that tell little of a name.

A title says who somebody is to others and not what he is called: it is marked so that it can be
taken off. Some titles are names too, so that King and Sultan are *weak*. Few are found with a
letter wrong, since Sherman is no Shriman, nor Mousavi a Moulavi.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from detente.screening.names import phrases
from detente.screening.names.phrases import Found

NAME: Final = 2
"""Words that a name keeps where a weak title may be one of them."""
_FORGIVEN: Final = frozenset(
    ("ambassador", "ayatollah", "brigadier", "colonel", "commander", "director", "engineer",
     "excellency", "general", "governor", "highness", "honourable", "lieutenant", "majesty",
     "polkovnik", "president", "professor", "secretary", "superintendent")
)  # fmt: skip
"""Titles with which no family name is mistaken for one letter."""
_LAST: Final = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "engineer", "president", "general", "colonel", "retired")
)
"""Titles that may also stand last, where others are family names: Haibatullah Akhundzada."""


@lru_cache(maxsize=1 << 14)
def marked(words: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Return the stretches of a name that are titles, from left to right.

    A name that would have no other word left has none, and a weak title is one only where two
    other words are left, since King is a family name too.

    Args:
        words: folded words, split at all but letters and digits.

    Returns:
        For each the first word, the word after the last, and the class, as ``is_weak`` takes it.
    """
    found = phrases.find(words, _table())
    return _left(words, _standing(words, found)) if found else ()


def _left(words: tuple[str, ...], found: list[Found]) -> tuple[tuple[int, int, str], ...]:
    """The titles without which enough words are left for a name."""
    left = len(words) - sum(title.stop - title.start for title in found)
    if left < NAME:
        weak = [title for title in found if is_weak(title.label)]
        left += sum(title.stop - title.start for title in weak)
        found = [title for title in found if title not in weak]
    return tuple((title.start, title.stop, title.label) for title in found) if left else ()


def is_weak(title: str) -> bool:
    """Return whether the words of a class of titles are names as well, as King and Sultan are."""
    return title in _weak()


_BORN: Final = frozenset(("zada", "zade", "zadah", "zadeh", "zadi"))
"""Born of: with it a title is a family name, as Akhund Zada is."""


def _standing(words: tuple[str, ...], found: list[Found]) -> list[Found]:
    """Those that stand where they count: many only in the row that begins a name."""
    kept: list[Found] = []
    begun = 0
    for title in found:
        if title.stop < len(words) and words[title.stop] in _BORN:
            continue
        front, last = title.start == begun, title.stop == len(words)
        if title.where == "edge":
            stands = front
        elif title.where == "end" or title.label.startswith("suffix"):
            stands = title.start > 0 and (last or title.where == "after")
        else:
            stands = front or not last or title.label in _LAST
        if stands:
            kept.append(title)
            begun = title.stop if front else begun
    return kept


@lru_cache(maxsize=1)
def _table() -> phrases.Table:
    return phrases.table(phrases.rows("titles.txt"), forgiven=_FORGIVEN)


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    return frozenset(row.label for row in phrases.rows("titles.txt") if row.rest == ("weak",))
