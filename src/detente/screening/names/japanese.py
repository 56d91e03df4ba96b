"""Names of people in kanji and kana: how they read in Latin letters.

Kanji do not say how they are read, and a given name in kanji may be read in five ways; what is
offered is what most bearers of the name say. Readings are in Hepburn without long vowels, as
passports have them; ``fold`` brings other systems and long vowels to the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Final, NamedTuple

READINGS: Final = 3
"""Readings of a name at most."""
LONGEST: Final = 40
"""Characters of a name at most."""

_TRIED: Final = 4
"""Readings of a character and of a given name put together that are looked at."""
_KANJI: Final = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff]")
_NAME: Final = re.compile(r"[\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff\uf900-\ufaff]+")
_KANA: Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
_SPACES: Final = dict.fromkeys(map(ord, "・·,、="), " ")
_FOLDER: Final = Path(__file__).parent

_ROWS: Final = """
アaイiウuエeオo カkaキkiクkuケkeコko ガgaギgiグguゲgeゴgo サsaシshiスsuセseソso
ザzaジjiズzuゼzeゾzo タtaチchiツtsuテteトto ダdaヂjiヅzuデdeドdo ナnaニniヌnuネneノno
ハhaヒhiフfuヘheホho バbaビbiブbuベbeボbo パpaピpiプpuペpeポpo マmaミmiムmuメmeモmo
ヤyaユyuヨyo ラraリriルruレreロro ワwaヰiヱeヲoンn ヴvu ァaィiゥuェeォo ャyaュyuョyo ヮwa ヶgaヵka
"""  # noqa: RUF001
_SMALL_Y: Final = {"ャ": "a", "ュ": "u", "ョ": "o", "ェ": "e"}
_SMALL: Final = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}

_FOLDS: Final = (
    (re.compile(r"oh(?![aeiou])|o[ou](?![aeiou])"), "o"),
    (re.compile(r"([aeiu])\1"), r"\1"),
    (re.compile(r"tch"), "cch"),
    (re.compile(r"s[y](?=[aueo])|s(?=i)"), "sh"),
    (re.compile(r"tt(?=y[aueo])"), "cch"),
    (re.compile(r"tt(?=i)"), "cch"),
    (re.compile(r"t(?=i)|ty(?=[aueo])"), "ch"),
    (re.compile(r"chy(?=[aueo])"), "ch"),
    (re.compile(r"[zdj]y(?=[aueo])|[zd](?=i)"), "j"),
    (re.compile(r"t(?=u)"), "ts"),
    (re.compile(r"dz?(?=u)"), "z"),
    (re.compile(r"(?<![sc])h(?=u)"), "f"),
    (re.compile(r"m(?=[bpm])"), "n"),
    (re.compile(r"uye"), "ue"),
    (re.compile(r"wo"), "o"),
)


class Tables(NamedTuple):
    """What is known of names.

    Attributes:
        families: the readings of family names in kanji.
        given: the readings of whole given names in kanji.
        front: the readings of characters in front or in the middle of given names.
        end: the readings of characters at the end of given names.
    """

    families: dict[str, list[str]]
    given: dict[str, list[str]]
    front: dict[str, list[str]]
    end: dict[str, list[str]]


def readings(text: str) -> tuple[str, ...]:
    """Return Latin readings of a name, likeliest first, family name in front.

    Args:
        text: the name in kanji, kana or both, with or without a space between its parts.

    Returns:
        At most ``READINGS`` readings in lower case; none where the family name or a character of
        the given name is not known.
    """
    if len(text) > LONGEST:
        return ()
    words = unicodedata.normalize("NFKC", text).translate(_SPACES).split()
    if not 1 <= len(words) <= 4 or not all(map(_NAME.fullmatch, words)):
        return ()
    if not any(map(_KANJI.search, words)):
        return (_kana_name(words),)
    words = list(map(_repeated, words))
    found = _whole(words[0]) if len(words) == 1 else _apart(words)
    return tuple(dict.fromkeys(found))[:READINGS]


def fold(word: str) -> str:
    """Return a Latin word in one spelling, whichever system it is written in.

    Long vowels are short, ``si`` is ``shi``, ``tu`` is ``tsu``, ``hu`` is ``fu``, ``zi`` and ``di``
    are ``ji``, ``sya`` is ``sha``, and m before b, p and m is n.

    Args:
        word: lower-case letters, with or without accents and apostrophes.
    """
    word = word[:LONGEST]
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word)
    word = "".join(letter for letter in word if letter.isascii() and letter.isalpha())
    for pattern, into in _FOLDS:
        word = pattern.sub(into, word)
    return word


def kana(text: str) -> str:
    """Return kana in Hepburn with every vowel written (``さとう``: ``satou``)."""
    table = _table()
    found: list[str] = []
    doubled = False
    for letter in map(_katakana, text):
        before = found[-1] if found else ""
        if letter == "ッ":
            doubled = True
            continue
        if letter == "ー":
            found.append(before[-1:])
            continue
        sound = table.get(letter, "")
        if letter in _SMALL_Y and before.endswith("i") and len(before) > 1:
            stem = before[:-1]
            found[-1] = stem + ("" if stem[-1] in "jh" and stem != "h" else "y") + _SMALL_Y[letter]
            continue
        if letter in _SMALL and before[-1:] in ("u", "e", "o") and len(before) > 1:
            found[-1] = before[:-1] + _SMALL[letter]
            continue
        if letter in _SMALL and before == "u":
            found[-1] = "w" + _SMALL[letter]
            continue
        if doubled and sound[:1] not in ("", "a", "i", "u", "e", "o"):
            sound = ("t" if sound.startswith("ch") else sound[0]) + sound
        doubled = False
        found.append(sound)
    return "".join(found)


def _katakana(letter: str) -> str:
    """A letter of hiragana as katakana."""
    return chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """The sound of each letter of katakana."""
    return dict(re.findall(r"([^\sa-z])([a-z]+)", _ROWS))


def _short(word: str) -> str:
    """Kana in Latin letters without long vowels, as passports write them."""
    return re.sub(r"o[ou](?![aeiou])", "o", re.sub(r"uu", "u", word))


def _kana_name(words: list[str]) -> str:
    """A name in kana; one that is not divided is divided after a known family name."""
    if len(words) == 1:
        spelled = _short(kana(words[0]))
        for cut in range(min(len(words[0]) - 1, 6), 1, -1):
            family = _short(kana(words[0][:cut]))
            if family in _family_readings():
                return f"{family} {_short(kana(words[0][cut:]))}"
        return spelled
    return " ".join(_short(kana(word)) for word in words)


def _whole(name: str) -> Iterator[str]:
    """Readings of a name in one word, divided after a family name: the longest that leaves any."""
    for cut in range(min(4, len(name) - 1), 0, -1):
        found = list(_apart([name[:cut], name[cut:]]))
        if found:
            yield from found
            return


def _apart(words: list[str]) -> Iterator[str]:
    """Readings of a name in two words."""
    if len(words) != 2:
        return
    first, last = words
    if first not in tables().families and last in tables().families:
        first, last = last, first
    families = _families(first)
    for family, given in product(families, _given(last)) if families else ():
        yield f"{family} {given}"


def _families(word: str) -> list[str]:
    """Readings of a family name in kanji or kana."""
    if _KANA.fullmatch(word):
        return [_short(kana(word))]
    return tables().families.get(word, [])


def _given(word: str) -> list[str]:
    """Readings of a given name: of the whole where it is known, else put together from parts."""
    if _KANA.fullmatch(word):
        return [_short(kana(word))]
    return tables().given.get(word) or (_composed(word) if len(word) <= 4 else [])


def _composed(word: str) -> list[str]:
    """Readings of a given name put together from those of its characters, likeliest first."""
    parts = list(word)
    if len(word) > 2 and word[-2:] in tables().front:
        parts[-2:] = [word[-2:]]
    if len(parts) == 1:
        rows = [tables().front.get(word, [])]
    else:
        rows = [_part(part, tables().front) for part in parts[:-1]]
        rows.append(_part(parts[-1], tables().end))
    ranked = sorted(product(*(enumerate(row[:_TRIED]) for row in rows)), key=_doubt)
    return ["".join(reading for _, reading in row) for row in ranked[:_TRIED]]


def _part(part: str, table: dict[str, list[str]]) -> list[str]:
    """Readings of a part of a given name."""
    return [_short(kana(part))] if _KANA.fullmatch(part) else table.get(part, [])


def _doubt(row: tuple[tuple[int, str], ...]) -> int:
    """How doubtful a choice of readings is: by their places, and hardly the same one twice."""
    repeated = len(row) > len({reading for _, reading in row})
    return sum(place for place, _ in row) + (_TRIED if repeated else 0)


def _repeated(word: str) -> str:
    """A word with the sign of repetition written out."""
    return re.sub(r"(.)々", r"\1\1", word)


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the tables of names."""
    found = Tables({}, {}, {}, {})
    for reading, *names in _lines("kanji_families.txt"):
        _add(found.families, reading, names)
    for first, *names in _lines("kanji_given.txt"):
        if first == "+":
            stroke = names.index("/")
            found.front[names[0]], found.end[names[0]] = names[1:stroke], names[stroke + 1 :]
        else:
            _add(found.given, first, names)
    return found


@lru_cache(maxsize=1)
def _family_readings() -> frozenset[str]:
    return frozenset(row for rows in tables().families.values() for row in rows)


def _add(table: dict[str, list[str]], reading: str, names: list[str]) -> None:
    """Note a reading of names, behind those that are known."""
    for name in names:
        known = table.setdefault(_repeated(name), [])
        if reading not in known:
            known.append(reading)


def _lines(file: str) -> Iterator[list[str]]:
    """The rows of a table, without its comments."""
    for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()
