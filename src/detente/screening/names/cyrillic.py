"""Latin readings of names in Cyrillic letters, in every language that is written with them.

The first reading is that of passports and newspapers in the language that the letters tell; where
they tell none, in the commonest one. The others are what the same name may be elsewhere: in another
of these languages, or before it was respelt in Cyrillic letters.

    >>> readings("Дмитрий Джонсон")
    ('dmitry dzhonson', 'dmitri jonson')
    >>> readings("Александар Вучић")
    ('aleksandar vucic', 'aleksandar vuchich')
"""

# ruff: noqa: RUF001 - its letters look like Latin ones

from __future__ import annotations

import re
from typing import Final

from detente.screening.names.latin import folded

MOST: Final = 3
"""Readings of a name at most."""


def _pairs(text: str) -> dict[str, str]:
    """Read a table of letters and what they are in Latin letters."""
    return dict(item.split("=") for item in text.split())


_LETTERS: Final = _pairs(
    """
    а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh
    ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=yi є=ye ґ=g ў=u
    ј=y љ=ly њ=ny ђ=dj ћ=ch џ=j ѓ=gj ќ=kj ѕ=dz ѐ=e ѝ=i
    ә=a ғ=gh қ=q ҡ=q ҝ=g ң=ng ҥ=ng ө=o ӧ=o ұ=u ү=u ӱ=u ӯ=u һ=h ҳ=h ҷ=j ҹ=j җ=j ӝ=j ӣ=i ӥ=i ӑ=a ӓ=a
    ӗ=e ӳ=u ҫ=s ҙ=z ӟ=z ӏ= ԛ=q ԝ=w ѣ=e ѳ=f ѵ=i ѫ=a ѧ=ya ӹ=y ҟ=k ҧ=p ҭ=t
    """
)


def _table(changes: str = "") -> dict[int, str]:
    """The table of letters with some of them read otherwise."""
    return {ord(letter): latin for letter, latin in (_LETTERS | _pairs(changes)).items()}


_USUAL: Final = _table()
_BREATHED: Final = _table("г=h и=y")
_BALKAN: Final = _table("ј=j љ=lj њ=nj ћ=c џ=dz ж=z ц=c ч=c ш=s х=h")
_SHORT: Final = _table("ъ=a щ=sht х=h")
_WESTERN: Final = _table("ё=e ы=i")
_TURKIC: Final = _table("х=h ж=j")

_RULES: Final = tuple(
    (re.compile(written), read)
    for written, read in (
        (r"[иы]й(?![^\W_])", "ы"), (r"(?<![^\W_])е|(?<=[ьъ'])е", "йе"), (r"ь(?=[иоі])", "й"),
    )
)  # fmt: skip
"""What more than one letter decides, in the usual reading, as Cyrillic letters."""
_RESTORED: Final = tuple(
    (re.compile(written), read)
    for written, read in (
        (r"дж|дз(?=[ию])|цз", "j"), (r"дз", "z"), (r"кс", "x"), (r"кв", "qu"),
        (r"(?<![^\W_])х|(?<=[бгджкпст])х", "h"), (r"(?<![^\W_])у(?=[аеиоэ])", "w"),
        (r"(?<![^\W_])ю", "ju"), (r"(?<![^\W_])я", "ja"), (r"(?<![^\W_])йо", "jo"),
        (r"(?<=[^\W_])ц(?![^\W_])|(?<![^\W_])ц", "z"),
        (r"(?<=[аоуэеи])г(?=[аоуэеи])|(?<![^\W_])г(?=[аоуэеи])", "h"),
    )
)  # fmt: skip
"""How Western and Muslim names were respelt, undone; the last is doubtful."""

_MARKED: Final = {"и\u0306": "й", "е\u0308": "ё", "і\u0308": "ї", "у\u0306": "ў"}


def readings(text: str) -> tuple[str, ...]:
    """Return how a name reads in Latin letters, the best reading first; none without letters.

    Args:
        text: a name in Cyrillic letters; what it has in other scripts is read as well.
    """
    text = text.lower()
    for marked, letter in _MARKED.items():
        text = text.replace(marked, letter)
    text = folded(text)
    rows = dict.fromkeys(_native(text))
    if not _BALKAN_TELLS.search(text):
        rows |= dict.fromkeys((_restored(text, -1), _restored(text, None)))
    found = dict.fromkeys(filter(None, map(_cleaned, rows)))
    return tuple(found)[:MOST]


def _native(text: str) -> list[str]:
    """A name as the language reads it that its letters tell, and as the usual one does."""
    usual = text
    for written, read in _RULES:
        usual = written.sub(read, usual)
    found = [usual.translate(_USUAL)]
    if _BALKAN_TELLS.search(text):
        found.insert(0, text.translate(_BALKAN))
        if "ђ" in text:  # dj and, where a list leaves strokes off, d
            found.insert(1, text.replace("ђ", "д").translate(_BALKAN))
    elif _BREATHED_TELLS.search(text):
        found.insert(0, usual.translate(_BREATHED))
    elif _SHORT_TELLS.search(text):
        found.insert(0, usual.translate(_SHORT))
    elif _TURKIC_TELLS.search(text):
        found.append(usual.translate(_TURKIC))
    return found


_BALKAN_TELLS: Final = re.compile("[јљњђћџѓќѕ]")
_BREATHED_TELLS: Final = re.compile("[іїєґў]|ськ|цьк")
_SHORT_TELLS: Final = re.compile(r"ъ[^\Wеёюя]|щ(?=[аоу])|ьо")
_TURKIC_TELLS: Final = re.compile("[әғқңөұүһҳҷӣӯҹҝҗ]")


def _restored(text: str, last: int | None) -> str:
    """A name as it was before it was respelt, by the rules up to one."""
    for written, read in _RESTORED[:last]:
        text = written.sub(read, text)
    for written, read in _RULES:
        text = written.sub(read, text)
    return text.translate(_WESTERN)


def _cleaned(text: str) -> str:
    """A reading in plain letters, whatever else stood in the name."""
    if not text.isascii():
        from detente.screening.names import alphabets

        return " ".join(alphabets.readings(text)[:1])
    return " ".join(_WORD.findall(text))


_WORD: Final = re.compile(r"[a-z0-9]+(?:['-]+[a-z0-9]+)*")
