"""Names in Chinese characters, kana and Hangul: their Latin readings, keys and letters."""

from __future__ import annotations

import unicodedata
from typing import Final

from detente.screening.names import han, japanese, korean

READINGS: Final = 4
"""Latin readings of a name at most."""


def readings(text: str, script: str) -> tuple[str, ...]:
    """Return Latin readings of a name, best first; none where its keys say all.

    A Korean or Chinese name is found by its syllables. Their Latin letters are so few and so alike
    that words made of them are near the words of many other names.

    Args:
        text: the name.
        script: the script of most of its letters: ``Hang``, ``Hani``, ``Hira`` or ``Kana``.
    """
    found = japanese.readings(text) if script != "Hang" else ()
    if not found and not keys(text, script):
        from detente.screening.names import alphabets

        found = alphabets.readings(text)
    return tuple(found)[:READINGS]


def keys(text: str, script: str) -> frozenset[str]:
    """Return the keys of a name in Chinese characters or Hangul."""
    if script not in ("Hang", "Hani"):
        return frozenset()
    found = _keys(text, script)
    parts = text.split()
    if not found and len(parts) > 1:  # the family name stands last, as in the West
        found = _keys(" ".join((parts[-1], *parts[:-1])), script)
    return found


def _keys(text: str, script: str) -> frozenset[str]:
    if script == "Hang":
        return frozenset(f"ko {' '.join(row)}" for row in korean.readings(text))
    found = {f"ko {' '.join(row)}" for row in han.korean(text)}
    chinese = han.chinese(text)
    pinyin = han.pinyin(chinese) if chinese else None
    return frozenset(found | ({f"zh {' '.join(pinyin)}"} if pinyin else set()))


def native(text: str) -> str:
    """Return the letters alone, composed, so that two spellings in one script can be compared."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if letter.isalnum())
