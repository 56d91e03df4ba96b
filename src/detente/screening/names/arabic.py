"""Latin readings of names in Arabic letters: Arabic, Farsi, Urdu, Pashto and their neighbours.

The letters leave short vowels out, so a name is looked up word by word in a table of usual names;
a word that is not there is read letter by letter, with its long vowels only. Such a word has the
skeleton of its usual spelling (``latin.skeleton``) but not its sound; ``is_skeletal`` tells it.

    >>> readings("عثمان عبد القادر")
    ('uthman abdul qadir', 'usman abdul qader', 'osman abdelkader')

A reading keeps to one usage: that of Arab countries, that of the lands to their east, or that of
Egypt and the Maghreb. The article is written ``al-`` before its word but is part of ``abdul``; what
is usually one word in Latin letters is joined: ``abdullah``, ``nuruddin`` where the name joins it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from detente.screening.names.arabic_letters import EASTERN, key, plain, spelled

LONGEST: Final = 40
"""Letters of a word; it is cut into pieces of that length where it has more."""

Usages = tuple[str, str, str]
"""A word as Arab countries, the east and Egypt write it."""

_PARTICLES: Final[dict[str, Usages]] = {
    "عبد": ("abd", "abdul", "abdel"), "ال": ("al", "al", "el"), "بن": ("bin", "bin", "ben"),
    "ابن": ("ibn", "ibn", "ibn"), "بنت": ("bint", "bint", "bint"), "ابو": ("abu", "abu", "abou"),
    "ابي": ("abi", "abi", "abi"), "ابا": ("aba", "aba", "aba"), "ام": ("umm", "um", "om"),
    "بو": ("bu", "bu", "bou"), "ولد": ("walad", "walad", "ould"), "ذو": ("dhu", "zu", "zu"),
    "الله": ("allah", "allah", "allah"), "و": ("wa", "va", "wa"), "دي": ("di", "di", "de"),
    "لا": ("la", "la", "la"), "مك": ("mac", "mac", "mc"), "سي": ("si", "si", "si"),
}  # fmt: skip
_ENDINGS: Final = {
    "الله": "ullah", "اللهي": "ullahi", "الدين": "uddin", "الرحمن": "urrahman",
    "الرحمان": "urrahman", "الحق": "ulhaq", "الاسلام": "ulislam", "زاده": "zadeh",
    "پور": "pour", "نژاد": "nejad", "فر": "far", "نيا": "nia", "خيل": "khel", "زي": "zai",
    "زئي": "zai", "يار": "yar", "ابادي": "abadi", "يان": "ian", "يه": "iya", "ي": "i",
}  # fmt: skip
"""What is added to a name to make another."""
_OTHERS: Final = (
    "abdut abdud abdur abduz abdus abdun abdul abdel abdet abded abder abdez abdes abden din eddin"
)
"""What stands in readings besides, with its vowels."""


def readings(text: str) -> tuple[str, ...]:
    """Return how a name reads in Latin letters, the best reading first; none without letters.

    Args:
        text: a name in Arabic letters; what it has in other scripts is read as well.
    """
    words = _words(_LONG_WORD.sub(r"\g<0> ", plain(text)).split())
    order = (1, 0, 2) if not EASTERN.isdisjoint(text) else (0, 1, 2)
    found = (" ".join(word[usage] for word in words if word[usage]) for usage in order)
    return tuple(dict.fromkeys(row for row in found if row))


_LONG_WORD: Final = re.compile(rf"\S{{{LONGEST}}}(?=\S)")


@lru_cache(maxsize=16384)
def is_skeletal(word: str) -> bool:
    """Return whether a word of a reading was read letter by letter, so that vowels are missing.

    Args:
        word: one word of what ``readings`` returns, with or without ``al-``.
    """
    word, known = word.removeprefix("al-")[:LONGEST], _known()
    return word not in known and not any(
        word[:cut] in known and word[cut:] in known for cut in range(2, len(word))
    )


def _words(tokens: list[str]) -> list[Usages]:
    """Each word in its usages; a servant's name and what ends in God's is joined."""
    found: list[Usages] = []
    at = 0
    while at < len(tokens):
        token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
        at += 1
        if key(token) == "عبد" and after.startswith("ال"):
            found.append(_word("عبد" + after))
            at += 1
        elif key(after) in ("الله", "اللهي") and len(token) > 1:
            found.append(_word(token + after))
            at += 1
        elif key(after) == "الدين" and len(token) > 1:
            name = _word(token)
            found.append((f"{name[0]} al-din", f"{name[1]}uddin", f"{name[2]} eddin"))
            at += 1
        else:
            found.append(_word(token))
    return found


@lru_cache(maxsize=65536)
def _word(token: str) -> Usages:
    """One word in its usages."""
    if not "\u0600" <= token[0] <= "\u08ff":
        return _foreign(token)
    whole = key(token)
    if whole in _PARTICLES:
        return _PARTICLES[whole]
    if whole in _table():
        return _table()[whole]
    if whole.startswith("عبدال") and len(whole) > 6:
        return _servant(_bare(token[5:]))
    for prefix in ("ابو", "ابي", "ابا", "ام"):
        rest = token[len(prefix) :]
        known = len(rest) > 2 and key(rest.removeprefix("ال")) in _table()
        if whole.startswith(prefix) and known and (prefix != "ام" or rest.startswith("ال")):
            return _both(_PARTICLES[prefix], _word(rest))
    if token.startswith("ال") and len(token) > 3:
        name = _bare(token[2:])
        # perhaps it is no article, as in Albert
        third = spelled(token)[0] if is_skeletal(name[0]) else f"al-{name[2]}"
        return f"al-{name[0]}", f"al-{name[1]}", third
    return _bare(token)


def _servant(name: Usages) -> Usages:
    """A servant's name: abdul rahman, abdur rahman, abderrahman."""
    first, second, third = name
    if second[0] in "tdrzsnl":
        return f"abdul {first}", f"abdu{second[0]} {second}", f"abde{third[0]}{third}"
    return f"abdul {first}", f"abdul {second}", f"abdel{third}"


def _both(first: Usages, second: Usages) -> Usages:
    return f"{first[0]} {second[0]}", f"{first[1]} {second[1]}", f"{first[2]} {second[2]}"


def _bare(token: str) -> Usages:
    """A word without article in its usages: from the table, made of two that are, or spelt."""
    whole, table = key(token), _table()
    if whole in table:
        return table[whole]
    for ending, read in _ENDINGS.items():
        stem = whole.removesuffix(ending)
        if len(stem) > 2 and stem != whole and (stem in table or len(ending) > 3):
            begun = table.get(stem) or spelled(token[: len(stem)])
            return begun[0] + read, begun[1] + read, begun[2] + read
    for cut in range(3, min(len(whole) - 2, 12)):
        if whole[:cut] in table and whole[cut:] in table:
            one, two = table[whole[:cut]], table[whole[cut:]]
            return one[0] + two[0], one[1] + two[1], one[2] + two[2]
    return spelled(token)


def _foreign(token: str) -> Usages:
    """A word in another script, read in the way of that script."""
    if not token.isascii():
        from detente.screening.names import alphabets

        token = " ".join(alphabets.readings(token)[:1])
    return token, token, token


@lru_cache(maxsize=1)
def _table() -> dict[str, Usages]:
    """Return the words of names by their key.

    Of the readings that the table gives, one that has g for j is Egypt's and the next is the
    east's; where a usage has no reading of its own, the first one holds.
    """
    text = (Path(__file__).parent / "arabic_names.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    found: dict[str, list[str]] = {}
    for entry in re.split(r"[;\n]", lines):
        latin, *words = entry.split() or [""]
        for word in words:
            known = found.setdefault(key(plain(word)), [])
            known.extend([item for item in latin.split("/") if item not in known])
    return {word: _usages(latin) for word, latin in found.items()}


def _usages(latin: list[str]) -> Usages:
    first, *others = latin
    egypt = [item for item in others if "g" in item and "j" in first]
    east = [item for item in others if item not in egypt]
    second = east[0] if east else first
    third = egypt[0] if egypt else east[1] if len(east) > 1 else second
    return first, second, third


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Return every word, in Latin letters, that the tables give with its vowels."""
    tables = (_table().values(), _PARTICLES.values())
    words = {word for table in tables for usages in table for word in usages}
    return frozenset(words | set(_ENDINGS.values()) | set(_OTHERS.split()))
