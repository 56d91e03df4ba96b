"""Names of people in Hangul or in Latin letters, as rows of syllables of one spelling.

The same name is "Pak Chŏng-hŭi" to one writer, "Bak Jeonghui" to the next and "Chung-hee Park" in
the newspaper. Here each becomes ``("pak", "jong", "hi")``: the family name, then the classes of the
syllables (see ``hangul``). A spelling that can be two syllables, as "jung" can be 정 and 중, gives
a name two readings; two names are the same name in different spellings if they share a reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from detente.screening.names import hangul
from detente.screening.names.hangul import Family, Spelled

Row = tuple[str, ...]

READINGS: Final = 6
"""Readings of a name at most."""
LONGEST: Final = 40
"""Letters of a word at most; a text of more than twice as many is no name of a person."""

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'`"))
_PLAIN: Final = (
    dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u02bb\u00b4\u02b9\u2032\uff07"), "'")
    | dict.fromkeys(range(0x2010, 0x2015), "-")
)  # fmt: skip
"""Apostrophes and hyphens of all kinds, as typewriters have them."""
_SPACES: Final = dict.fromkeys(map(ord, ",.·"), " ")
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")
_TIERS: Final = {1: 4.0, 2: 3.0, 3: 1.5, 4: 0.0}
_IN_FRONT: Final = 1.5
"""What speaks for the family name's standing in front, on the scale of how common it is."""
_JOINED: Final = 1.0
"""What speaks against taking apart a word that can be one syllable."""
_YALE: Final = re.compile(r"c(?!h)|[aeou]y|wu|(?<![aoy])e[nlkmp]|y(?:we|e[nlkmp])")
"""What in a name speaks for the Yale system."""
_SELDOM: Final = 3.0
"""What speaks against the Yale system."""
_DISTANCE: Final = 5.0
"""How much less likely than the best a reading may be."""


def canonical(words: Row) -> Row | None:
    """Return the likeliest reading of a name, or None where it cannot be a name of this kind.

    Args:
        words: Latin words in lower case, with or without apostrophes and hyphens, or Hangul.
    """
    found = readings(" ".join(words)) if len(words) <= 5 else ()
    return found[0] if found else None


def readings(text: str) -> tuple[Row, ...]:
    """Return the readings of a name, likeliest first: family name, then syllables.

    Args:
        text: the name in Hangul or in Latin letters of any system, family name first or last.

    Returns:
        At most ``READINGS`` rows; none where the text cannot be a name of this kind.
    """
    return _readings(text) if len(text) <= 2 * LONGEST else ()


@lru_cache(maxsize=8192)
def _readings(text: str) -> tuple[Row, ...]:
    lower = text.lower()
    if not lower.isascii():
        lower = unicodedata.normalize("NFC", lower)
        if any(hangul.FIRST <= ord(letter) <= hangul.LAST for letter in lower):
            return _native(lower.translate(_SPACES).replace("-", " ").split())
        lower = _plain(lower.translate(_PLAIN))
    words = lower.translate(_SPACES).split()
    if not 0 < len(words) <= 5:
        return ()
    latin = hangul.families().latin
    if not _may_be_family(words, latin) and not _may_be_family(words, hangul.families().yale):
        return ()
    words = [word.translate(_APOSTROPHES) for word in words]
    if not all(len(word) <= LONGEST and _WORD.fullmatch(word) for word in words):
        return ()
    found = list(_latin(words, latin, hangul.given()))
    if not found or _YALE.search(lower):
        rows = _latin(words, hangul.families().yale, hangul.given_yale())
        found += [(weight - _SELDOM, row) for weight, row in rows]
    return _best(found)


def _may_be_family(words: list[str], table: dict[str, tuple[Family, ...]]) -> bool:
    """Whether one end of a name can be a family name, looked at fast: most names end here."""
    first, last = words[0], words[-1]
    return first in table or last in table or any(mark in first + last for mark in "'-`")


def _plain(text: str) -> str:
    """Latin letters without accents."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _native(words: list[str]) -> tuple[Row, ...]:
    """Readings of a name in Hangul: family name in front, or at the end and set apart."""
    name = "".join(words)
    if len(name) > 5 or not hangul.is_hangul(name):
        return ()
    known, in_names = hangul.families().hangul, hangul.in_names()
    if len(words) == 2 and words[1] in known and words[0] not in known:
        name, words = words[1] + words[0], [words[1], words[0]]
    found: list[Row] = []
    for length in (2, 1):
        family, given = known.get(name[:length]), name[length:]
        apart = len(words) == 1 or len(words[0]) == length
        if family is None or not apart or not 1 <= len(given) <= 3:
            continue
        if len(given) == 3 and not all(syllable in in_names for syllable in given):
            continue
        found.append((family.key, *map(hangul.class_of, given)))
    return tuple(found)


def _latin(
    words: list[str], families: dict[str, tuple[Family, ...]], given: dict[str, tuple[Spelled, ...]]
) -> Iterator[tuple[float, Row]]:
    """Every reading of Latin words with its weight."""
    for family, rest, weight in _ends(words, families):
        for known in families[family]:
            for more, row in _given(rest, given):
                yield _TIERS[known.tier] + weight + more, (known.key, *row)


def _ends(
    words: list[str], families: dict[str, tuple[Family, ...]]
) -> Iterator[tuple[str, list[str], float]]:
    """The word that can be the family name, the other parts, and what its place speaks for it."""
    parts = [part for word in words for part in word.split("-")]
    if not 2 <= len(parts) <= 4:
        return
    if parts[0] in families and (len(words) == 1 or "-" not in words[0]):
        yield parts[0], parts[1:], _IN_FRONT
    pair = "".join(parts[:2])
    if pair in families and (len(parts) == 4 or (len(parts) == 3 and "-" in words[0])):
        yield pair, parts[2:], _IN_FRONT
    if len(words) > 1 and parts[-1] in families and "-" not in words[-1]:
        yield parts[-1], parts[:-1], 0.0


def _given(parts: list[str], given: dict[str, tuple[Spelled, ...]]) -> Iterable[tuple[float, Row]]:
    """Readings of a given name whose parts are syllables, or one or two words of two syllables."""
    if len(parts) == 1:
        return _split(parts[0], given)
    found: list[tuple[float, Row]] = [(0.0, ())]
    for part in parts:
        known = [(item.weight, (item.key,)) for item in given.get(part, ())]
        found = [(a + b, (*row, *more)) for a, row in found for b, more in known]
    return found


def _split(word: str, given: dict[str, tuple[Spelled, ...]]) -> list[tuple[float, Row]]:
    """Readings of a word as one syllable or as two."""
    found: list[tuple[float, Row]] = [
        (item.weight + 2, (item.key,)) for item in given.get(word, ())
    ]
    cost = _JOINED if found else 0.0
    for cut in range(max(1, len(word) - 7), min(len(word), 8)):
        left, right = given.get(word[:cut], ()), given.get(word[cut:])
        if word[cut - 1 : cut + 1] == "ll":
            left += given.get(word[: cut - 1] + "n", ())
        if left and right:
            found += [(a.weight + b.weight - cost, (a.key, b.key)) for a in left for b in right]
    return found


def _best(found: Iterable[tuple[float, Row]]) -> tuple[Row, ...]:
    """The likeliest readings, each once."""
    ranked = sorted(found, key=lambda item: -item[0])
    if not ranked:
        return ()
    worst = ranked[0][0] - _DISTANCE
    return tuple(dict.fromkeys(row for weight, row in ranked if weight >= worst))[:READINGS]
