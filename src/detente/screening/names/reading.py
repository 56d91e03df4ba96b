"""What a name says, in a form in which two names can be held against each other.

Whatever its script, a name is read as rows of words in plain Latin letters; titles, legal forms
and the prefixes of ships' names are taken off and kept apart. A name that can be Korean or Chinese
has *keys* besides: its syllables in a spelling that does not depend on how they were romanised, so
that two names that share a key are one name in two spellings.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from detente.entities.keys import readings_of
from detente.entities.model import Kind
from detente.entities.scripts import script_of
from detente.screening.names import (
    common,
    korean,
    latin,
    legal_forms,
    numbers,
    particles,
    titles,
    vessels,
)

LONGEST: Final = 1000
"""Characters of a name that are read; what follows is not looked at."""
WORDS: Final = 24
"""Words of a name that are compared."""

_CAMEL: Final = re.compile(
    r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z]{2})|(?<=[A-Za-z]{3})(?=\d+(?![\dA-Za-z]))"
    r"|(?<=\d)(?=[A-Za-z]{4})"
)
"""Where two words stand together without a space: AlisherUsmanov, SiemensAG, PRIDE9."""
_WORD: Final = re.compile(r"[a-z0-9]+")
_BARE: Final = frozenset(("Arab", "Hebr"))
_EAST: Final = frozenset(("Hang", "Hani", "Hira", "Kana"))


class Reading(NamedTuple):
    """One way of reading a name.

    Attributes:
        words: the words that name the party, in order.
        forms: classes of the legal forms that were taken off.
        titles: the words of address that were taken off.
        bare: whether the name comes from a script that leaves vowels out.
    """

    words: tuple[str, ...]
    forms: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    bare: bool = False


class Read(NamedTuple):
    """Everything that is compared of a name.

    Attributes:
        text: the name as written.
        script: the script of most of its letters.
        readings: the ways of reading it in Latin letters, best first; none for a name without
            letters or digits.
        keys: what it shares with the same Korean or Chinese name in another spelling.
        native: the letters of a name in Chinese characters, kana or Hangul, else empty.
    """

    text: str
    script: str
    readings: tuple[Reading, ...]
    keys: frozenset[str] = frozenset()
    native: str = ""


class Ways(NamedTuple):
    """Readings of as many words each, which differ in how single words are spelled.

    Attributes:
        first: the best of them.
        words: the spellings of each word, the best first.
    """

    first: Reading
    words: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=8192)
def ways(readings: tuple[Reading, ...]) -> tuple[Ways, ...]:
    """Return readings with those together that differ only in how words are spelled.

    Ahmad Diya and Ahmed Zia are two readings of one name, and then so is Ahmad Zia.
    """
    alike: dict[int, list[Reading]] = {}
    for reading in readings:
        alike.setdefault(len(reading.words), []).append(reading)
    return tuple(
        Ways(
            same[0],
            tuple(
                tuple(dict.fromkeys(words)) for words in zip(*(r.words for r in same), strict=True)
            ),
        )
        for same in alike.values()
    )


@lru_cache(maxsize=8192)
def read(text: str, kind: Kind | None = None) -> Read:
    """Read a name.

    Args:
        text: the name in full, in any script; only the first ``LONGEST`` characters count.
        kind: what bears it, if known: titles are taken off persons, prefixes off ships.
    """
    short = text[:LONGEST]
    if kind == "person" and short.count(",") == 1:
        short = _given_first(short)
    script = "Latn" if short.isascii() else script_of(short)
    if script == "Latn":
        readings: tuple[str, ...] = (latin.folded(short),)
        plain = short if short.isascii() else _bare(short)
        if _CAMEL.search(plain):
            readings = (latin.folded(_CAMEL.sub(" ", plain)), *readings)
        native = ""
    else:
        readings, native = _other(short, script)
        if kind != "person":
            readings += _in_english(short, script)
    parts = [part for text_ in readings for part in _sides(text_)]
    every = (_reading(part, as_) for part in parts for as_ in _kinds(part, kind))
    found = tuple(dict.fromkeys(every))
    found = tuple(item for item in found if item.words)
    if script in _BARE:
        found = tuple(item._replace(bare=True) for item in found)
    return Read(text, script, found, _keys(short, script, readings, kind), native)


def spellings(text: str) -> tuple[str, ...]:
    """Return a name, or where it has brackets the name without them and what stands in them."""
    if "(" not in text:
        return (text,)
    return tuple(item for item in readings_of(text) if item.strip())


def _bare(text: str) -> str:
    """A text without accents, large letters still large."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _kinds(text: str, kind: Kind | None) -> tuple[Kind | None, ...]:
    """As what to read a name: one that ends in a numeral may be a ship's or a person's."""
    if kind is None and text.rpartition(" ")[2] in numbers.NUMERALS:
        return None, "vessel"
    return (kind,)


def _given_first(text: str) -> str:
    """A person's name with its one comma, the family name before it, as it is spoken."""
    family, given = (side.strip() for side in text.split(","))
    return f"{given} {family}" if family and given else text


def _sides(text: str) -> tuple[str, ...]:
    """A text, and where a stroke parts two names in it each of them: Al-Qa'ida/Islamic Army."""
    if "/" not in text:
        return (text,)
    sides = [side.strip() for side in text.split("/")]
    return (text, *sides) if min(map(len, sides)) >= _SIDE else (text,)


_SIDE: Final = 6
"""Letters of a name on either side of a stroke; fewer may be M/V or A/S."""


def _other(text: str, script: str) -> tuple[tuple[str, ...], str]:
    """Latin readings of a name in another script, and its own letters where these are compared."""
    if script in _EAST:
        from detente.screening.names import east

        return east.readings(text, script), east.native(text)
    if script == "Arab":
        from detente.screening.names import arabic

        return arabic.readings(text), ""
    if script == "Cyrl":
        from detente.screening.names import cyrillic

        return cyrillic.readings(text), ""
    from detente.screening.names import alphabets

    return alphabets.readings(text), ""


def _in_english(text: str, script: str) -> tuple[str, ...]:
    """A name with what it says of an organisation in English, and the rest as it is read."""
    from detente.screening.names import alphabets, glossary

    found = glossary.translated(text, script)
    if found is None:
        return ()
    read_as = [
        word if word.isascii() else " ".join(alphabets.readings(word)[:1]) for word in found.split()
    ]
    return (" ".join(read_as),)


def _keys(text: str, script: str, readings: tuple[str, ...], kind: Kind | None) -> frozenset[str]:
    """What a person's name shares with the same Korean or Chinese name in another spelling."""
    if kind not in (None, "person"):
        return frozenset()
    if script in _EAST:
        from detente.screening.names import east

        return east.keys(text, script)
    if script != "Latn":
        return frozenset()
    from detente.screening.names import han

    found = {f"ko {' '.join(row)}" for row in korean.readings(readings[0])}
    words = tuple(_PLAIN.findall(_SYLLABLE.sub(" ", readings[0])))
    pinyin = han.pinyin(words) if 2 <= len(words) <= 4 else None
    return frozenset(found | ({f"zh {' '.join(pinyin)}"} if pinyin else set()))


_PLAIN: Final = re.compile(r"[a-z']+")
_SYLLABLE: Final = re.compile(r"(?<=[aeioung])'(?=[aeo])")
"""An apostrophe that parts two syllables of pinyin: Zheng'en."""


def _reading(text: str, kind: Kind | None) -> Reading:
    """One reading's words without titles, forms and prefixes, which are kept apart."""
    words = tuple(_WORD.findall(text.replace("'", "").replace("%", " percent ")))[:WORDS]
    if not words:
        return Reading(())
    if kind != "person":
        words = common.parted(words)
    forms: tuple[str, ...] = ()
    if kind != "person":
        words, forms = _without(words, legal_forms.marked(words))
    business = kind == "organisation" or (
        kind is None and (bool(forms) or any(map(common.is_business, words)))
    )
    called: tuple[str, ...] = ()
    if kind == "vessel" or (kind is None and not business):
        words = vessels.stripped(words)
    if kind == "person" or (kind is None and not business):
        words, called = _without(words, titles.marked(words))
    words = tuple(numbers.unleet(word) or word for word in words)
    if business:
        words = numbers.counted(tuple(map(common.full, _spelled(words))), roman=True)
    elif kind == "vessel":
        words = numbers.counted(words, roman=True)
    elif kind is None:
        words = numbers.counted(words, roman=False)
    return Reading(particles.bound(words), forms, called)


def _without(
    words: tuple[str, ...], marks: tuple[tuple[int, int, str], ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words without the stretches that are marked, and the marks; all of them if none is left."""
    if not marks:
        return words, ()
    kept = tuple(
        word
        for at, word in enumerate(words)
        if not any(start <= at < stop for start, stop, _ in marks)
    )
    return (kept or words), tuple(mark for _, _, mark in marks)


def _spelled(words: tuple[str, ...]) -> tuple[str, ...]:
    """Letters that stand alone in a row, as in A.B.C., become one word."""
    found: list[str] = []
    joined = False
    for at, word in enumerate(words):
        alone = len(word) == 1 and word.isalpha()
        if alone and joined:
            found[-1] += word
        else:
            found.append(word)
        joined = alone and at + 1 < len(words)
    return tuple(found)
