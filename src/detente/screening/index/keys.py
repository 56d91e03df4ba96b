"""The keys under which a word, a name or a number is found: near ones share at least one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final
from zlib import crc32

from detente.screening.names import latin

SHORT: Final = 16
"""Letters of a word up to which every letter counts; beyond, sound is enough."""
MIXED: Final = 5
"""Letters of a word from which their order may be lost."""
_LONGEST: Final = 16
"""Letters of a word's sound that are left out one by one."""
_BONES: Final = 5
"""Consonants of a word from which each is left out; of fewer, too many words share the rest."""
_ARTICLES: Final = ("al", "el")
_LONG: Final = 7
"""Letters of a word that may begin with an article."""
_SOUND, _CONSONANTS = 1, 2
"""Where the checksums of sounds and of consonants begin, so that they are not those of letters."""


def near_keys(word: str) -> set[int]:
    """Return the keys of a word, such that words worth comparing share one.

    A word has the key of itself; of its sound, whole and with each letter left out; of its
    consonants, whole and, where they are five or more, with each left out; and of itself with each
    letter left out or unknown. Two words that each lost or swapped a letter share one. Keys are
    32-bit checksums: a clash costs a comparison, no hit.
    """
    letters, size = word.encode(), len(word)
    heard, bones = latin.sound(word)[:_LONGEST].encode(), latin.skeleton(word).encode()
    found = {crc32(letters), *_shorter(heard, _SOUND, 4)}
    if size <= SHORT:
        found.update(_shorter(letters, 0, 4))
        if size > 2:
            found.update([crc32(letters[:at] + b"." + letters[at + 1 :]) for at in range(size)])
    if size >= _LONG and word.startswith(_ARTICLES):
        found.add(crc32(latin.sound(word[2:])[:_LONGEST].encode(), _SOUND))
    if len(bones) > 1:  # one of a single consonant tells nothing
        found.update(_shorter(bones, _CONSONANTS, _BONES))
    return found


def _shorter(text: bytes, start: int, least: int) -> list[int]:
    """Keys of a text, and if it has enough letters of the texts with one letter less."""
    if len(text) < least:
        return [crc32(text, start)]
    less = [crc32(text[:at] + text[at + 1 :], start) for at in range(len(text))]
    less.append(crc32(text, start))
    return less


def mixed(word: str) -> str:
    """Return what is equal for words of the same letters, whatever their order."""
    return "@" + "".join(sorted(word))


def joined_keys(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield for each two neighbours of a name how they sound as one word, and their consonants."""
    sounds, bones = tuple(map(latin.sound, words)), tuple(map(latin.skeleton, words))
    for at in range(len(words) - 1):
        if len(words[at]) + len(words[at + 1]) >= JOINED:
            yield _once(sounds[at] + sounds[at + 1]), _once(bones[at] + bones[at + 1])


def joined_key(word: str) -> tuple[str, str]:
    """Return how a word sounds, and its consonants, as ``joined_keys`` gives them of two words."""
    return _once(latin.sound(word)), _once(latin.skeleton(word))


JOINED: Final = 6
"""Letters of a word from which it may be two that were joined."""
_TWICE: Final = re.compile(r"(.)\1+")


def _once(text: str) -> str:
    """A text without repeated signs, which come and go where words are joined; nor inner ``A``."""
    return text[:1] + _TWICE.sub(r"\1", text)[1:].replace("A", "")


def wide(text: str) -> int:
    """Return a 64-bit key, for what is not compared again."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
