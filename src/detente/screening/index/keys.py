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


def near_keys(word: str) -> set[int]:
    """Return the keys of a word, such that words worth comparing share one.

    A word has the key of itself; of its sound, whole and with each letter left out; of its
    consonants, whole and, where they are five or more, with each left out; and of itself with each
    letter left out or unknown. Two words that each lost or swapped a letter share one. Keys are
    32-bit checksums: a clash costs a comparison, no hit.
    """
    texts = {word}
    sound, bones = latin.sound(word), latin.skeleton(word)
    if len(word) <= SHORT:
        texts.update(word[:at] + "." + word[at + 1 :] for at in range(len(word)) if len(word) > 2)
        texts.update(_shorter(word, 4))
    texts.update("~" + text for text in _shorter(sound[:_LONGEST], 4))
    if len(word) >= _LONG and word.startswith(_ARTICLES):
        texts.add("~" + latin.sound(word[2:])[:_LONGEST])
    texts.update(_bones(bones))
    return {crc32(text.encode()) for text in texts}


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


def _shorter(text: str, least: int) -> list[str]:
    """A text, and if it has enough letters the texts with one letter less."""
    if len(text) < least:
        return [text]
    return [text, *(text[:at] + text[at + 1 :] for at in range(len(text)))]


def _bones(bones: str) -> list[str]:
    """Keys of a skeleton; one of a single consonant tells nothing."""
    if len(bones) < 2:
        return []
    return ["#" + text for text in _shorter(bones, _BONES)]


def wide(text: str) -> int:
    """Return a 64-bit key, for what is not compared again."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
