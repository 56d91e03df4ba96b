"""Names of people in Chinese characters, and Latin names that can be readings of such names.

The same characters are one name in Beijing and another in Seoul: 朴正熙 is Piao Zhengxi and Pak
Chong-hui. Which of the two is meant, the characters do not say, so both are offered.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Final, NamedTuple

from detente.entities.scripts import script_of
from detente.screening.names import hangul
from detente.screening.names import pinyin as latin

Row = tuple[str, ...]

READINGS: Final = 6
"""Readings of a name at most."""
LONGEST: Final = 40
"""Letters of a word at most."""

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'`\u2019\u2018\u02bc\u02bb\u00b4\u02b9\u2032"))
_COMMON: Final = 60
"""How many family names, counted from the commonest, are a family name wherever they stand."""
_FOLDER: Final = Path(__file__).parent


class Families(NamedTuple):
    """Family names as pinyin has them.

    Attributes:
        han: their readings in pinyin, by character.
        ranks: by the classes of their syllables, how common they are; 0 is the commonest.
    """

    han: dict[str, Row]
    ranks: dict[Row, int]


def korean(text: str) -> tuple[Row, ...]:
    """Return the readings of a name in Hanja, likeliest first, as ``korean.readings`` gives them.

    Args:
        text: two to four characters, traditional or simplified, family name first.

    Returns:
        At most ``READINGS`` rows; none where the family name is not one, or a character unknown.
    """
    known, table = hangul.families().han, hanja()
    name = _characters(text, known)
    found: list[Row] = []
    for length in (2, 1):
        family, given = known.get(name[:length], ()), name[length:]
        if not family or not 1 <= len(given) <= 3:
            continue
        rows = islice(product(*(table.get(letter, ()) for letter in given)), READINGS)
        found += [(item.key, *row) for row in rows for item in family]
    return tuple(dict.fromkeys(found))[:READINGS]


def chinese(text: str) -> Row | None:
    """Return a name in Chinese characters in pinyin without tones, one word a syllable.

    Args:
        text: two to four characters, traditional or simplified, family name first.

    Returns:
        The syllables, or None where no known family name stands in front. Names are compared by
        ``pinyin`` of this, which has classes instead of syllables.
    """
    known = families().han
    name = _characters(text, known)
    length = 2 if name[:2] in known and len(name) > 2 else 1
    family, given = known.get(name[:length]), name[length:]
    if family is None or not 1 <= len(given) <= 2:
        return None
    rows = _spoken(given)
    if len(rows) != len(given):
        return None
    return (*family, *(row.replace("v", "u").replace("ü", "u") for row in rows))


def _spoken(given: str) -> list[str]:
    """The syllables of characters, each by itself.

    The library reads this variable once, as it is loaded: its phrases take 40 MB and half a second,
    and names are no phrases.
    """
    held = os.environ.get(_PHRASES)
    os.environ[_PHRASES] = "1"
    try:
        from pypinyin import Style, lazy_pinyin
    finally:
        if held is None:
            del os.environ[_PHRASES]
        else:
            os.environ[_PHRASES] = held
    return lazy_pinyin(list(given), style=Style.NORMAL, errors="ignore")


_PHRASES: Final = "PYPINYIN_NO_PHRASES"


def pinyin(words: Row) -> Row | None:
    """Return a Latin name that can be Chinese as classes of syllables, family name first.

    Args:
        words: Latin words in lower case, in pinyin or Wade-Giles, with or without apostrophes and
            hyphens, the given name in one word or two, the family name first or last; or what
            ``chinese`` returns.

    Returns:
        The classes (see the module ``pinyin``), or None where the words can be no such name.
    """
    if not 2 <= len(words) <= 4 or max(map(len, words)) > LONGEST:
        return None
    parts = [_plain(part) for word in words for part in word.split("-")]
    if not 2 <= len(parts) <= 4:
        return None
    found = sorted(_ends(words, parts), key=lambda item: item[0])
    return found[0][1] if found else None


def _ends(words: Row, parts: list[str]) -> Iterator[tuple[int, Row]]:
    """Readings with the family name in front or at the end, each with how doubtful it is."""
    ranks = families().ranks
    front, back = _syllables(parts[0]), _syllables(parts[-1])
    if front in ranks and ("-" not in words[0] or len(words) == 1):
        surely = ranks[front] < _COMMON or len(words) > 2
        yield from _named(front, parts[1:], 1 if surely else 3)
    if back in ranks and "-" not in words[-1] and len(words) > 1:
        yield from _named(back, parts[:-1], 2 if ranks[back] < _COMMON else 4)
    pair = (front or ()) + (_syllables(parts[1]) or ())
    if len(pair) == 2 and pair in ranks:
        yield from _named(pair, parts[2:], 0)


def _named(family: Row, given: list[str], doubt: int) -> Iterator[tuple[int, Row]]:
    """A reading, where what is left of the words is one or two syllables."""
    rows = [_syllables(part) for part in given]
    row = tuple(syllable for part in rows for syllable in part or ())
    if None not in rows and 1 <= len(row) <= 2:
        yield doubt, family + row


@lru_cache(maxsize=4096)
def _syllables(word: str) -> Row | None:
    """The classes of a word of one syllable or two, or None where it is neither."""
    table = latin.spelled()
    if word in table:
        return (table[word],)
    cuts = [cut for cut in range(1, min(len(word), 8)) if word[:cut] in table]
    cuts = [cut for cut in cuts if word[cut:] in table]
    if not cuts:
        return None
    cut = min(cuts, key=lambda cut: (word[cut] in "aeiou", -cut))
    return table[word[:cut]], table[word[cut:]]


@lru_cache(maxsize=1)
def families() -> Families:
    """Return the family names in use, the commonest first."""
    han: dict[str, Row] = {}
    ranks: dict[Row, int] = {}
    for reading, *names in _rows("han_families.txt"):
        row = tuple(_plain(part) for part in reading.split("-"))
        ranks.setdefault(tuple(latin.spelled()[part] for part in row), len(ranks))
        for name in names:
            for at in range(0, len(name), len(row)):
                han.setdefault(name[at : at + len(row)], row)
    return Families(han, ranks)


@lru_cache(maxsize=1)
def hanja() -> dict[str, Row]:
    """Return the classes of the Korean readings of each character, the usual one first."""
    found: dict[str, list[str]] = {}
    for reading, *characters in _rows("hanja.txt"):
        key = hangul.class_of(reading)
        for letter in "".join(characters):
            known = found.setdefault(letter, [])
            if key not in known:
                known.append(key)
    return {letter: tuple(keys) for letter, keys in found.items()}


def _rows(file: str) -> Iterator[list[str]]:
    """The rows of a table, without its comments."""
    for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def _characters(text: str, known: Container[str]) -> str:
    """The characters of a short name, family name in front; empty where there are others.

    Args:
        text: the name.
        known: family names; one that is set apart at the end is put in front.
    """
    if len(text) > LONGEST:
        return ""
    words = unicodedata.normalize("NFKC", text).split()
    if len(words) == 2 and len(words[0]) <= 2 and words[1] in known and words[0] not in known:
        words.reverse()
    name = "".join(words)
    return name if 2 <= len(name) <= 5 and script_of(name) == "Hani" else ""


def _plain(word: str) -> str:
    """A Latin word without apostrophes and accents."""
    word = word.translate(_APOSTROPHES)
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
