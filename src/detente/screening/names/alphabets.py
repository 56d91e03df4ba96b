"""Latin readings of names in all scripts that have no module of their own.

Greek, Hebrew and the scripts of India and their kin are read by rules, since their spelling says
more or less than its letters one by one; all others letter by letter.

    >>> readings("Κυριάκος Μητσοτάκης")[0]
    'kyriakos mitsotakis'
    >>> readings("Սերժ Սարգսյան")
    ('serzh sargsyan',)
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final

from detente.screening.names import greek, hebrew, indic
from detente.screening.names.latin import folded

MOST: Final = 3
"""Readings of a name at most."""

_SCRIPTS: Final = (
    (0x0370, 0x03FF, "greek"), (0x0590, 0x05FF, "hebrew"), (0x0900, 0x0D7F, "indic"),
    (0x0E00, 0x0EFF, "thai"), (0x1000, 0x109F, "indic"), (0x1780, 0x17FF, "indic"),
    (0x1F00, 0x1FFF, "greek"),
)  # fmt: skip
_WORD: Final = re.compile(r"[a-z0-9]+(?:[-']+[a-z0-9]+)*")


def readings(text: str) -> tuple[str, ...]:
    """Return how a name reads in Latin letters, the best reading first; none without letters.

    Args:
        text: a name in any script, or in several.
    """
    columns: list[list[str]] = [[], [], []]
    for script, run in groupby(_prepared(text), _script):
        read = _read(script, "".join(run))
        for column, part in zip(columns, (*read, read[-1], read[-1]), strict=False):
            column.append(part)
    found = (" ".join(_WORD.findall("".join(column))) for column in columns)
    return tuple(dict.fromkeys(row for row in found if row))


def _prepared(text: str) -> str:
    """A text in small letters whose signs are plain; a Hebrew apostrophe is a geresh."""
    return _APOSTROPHE.sub(hebrew.GERESH, folded(text).replace("\u05be", "-"))


_APOSTROPHE: Final = re.compile(r"(?<=[\u05d0-\u05ea])['\"](?=[\u05d0-\u05ea]|\W|$)")


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    code = ord(char)
    return next((name for low, high, name in _SCRIPTS if low <= code <= high), "")


def _read(script: str, run: str) -> tuple[str, ...]:
    """A stretch in one script in its readings."""
    if script == "greek":
        return greek.readings(run)
    if script == "hebrew":
        return hebrew.readings(re.sub("[^\u05d0-\u05ea\u05f3]", "", run))
    if script == "indic":
        return (indic.reading(run),)
    if script == "thai":
        run = _SILENT.sub("", run)
        run = _VOWEL_FIRST.sub(r"\2\1", run)
    return (_plain(run),)


_SILENT: Final = re.compile(
    r"[\u0e01-\u0e2e][\u0e34-\u0e3a]?\u0e4c"
    r"|\u0e2b(?=[\u0e07\u0e0d\u0e19\u0e21\u0e22\u0e23\u0e25\u0e27])"
)
"""Thai letters under the sign that kills them, and the h that only changes the tone."""
_VOWEL_FIRST: Final = re.compile(r"([\u0e40-\u0e44\u0ec0-\u0ec4])([\u0e01-\u0e2e\u0e81-\u0eae])")
"""Thai and Lao vowels that are written before the consonant after which they are spoken."""


def _plain(run: str) -> str:
    """A stretch letter by letter; what is no letter becomes a blank."""
    return run if run.isascii() else "".join(map(_letter, run))


@lru_cache(maxsize=16384)
def _letter(char: str) -> str:
    if char.isascii():
        return char
    from anyascii import anyascii

    if unicodedata.category(char)[0] not in "LMN":
        return " "
    return re.sub("[^a-z0-9]", "", anyascii(char).lower())
