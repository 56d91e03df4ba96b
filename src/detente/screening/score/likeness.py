"""How alike two words of names are, by their letters, by their sound and by custom."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from detente.screening.names import latin, nicknames

SOUND: Final = 0.88
"""What equal sound is worth; equal letters add to it."""
LETTERS: Final = 0.1
"""What equal letters add to equal sound."""
SKELETONS: Final = (0.0, 0.0, 0.50, 0.58, 0.64, 0.68)
"""What equal consonants are worth, by how many there are: two tell little, five tell much."""
VOWELS: Final = 0.22
"""What equal sound adds to equal consonants."""
UNWRITTEN: Final = (0.0, 0.0, 0.8, 0.9)
"""What equal consonants are worth where one script writes no vowels, by how many there are."""
GUESSED: Final = 0.1
"""What is taken from that where a vowel was read that the other name does not have."""
STRANGE: Final = 0.3
"""Share of equal letters below which no word sounds like another."""
MIXED: Final = 0.8
"""What the same letters in another order are worth, in a word of ``_MIXED`` letters or more."""
_MIXED: Final = 5


@lru_cache(maxsize=1 << 16)
def likeness(one: str, other: str, bare: bool = False) -> float:
    """Return how alike two folded Latin words are, from 0 to 1; symmetric, 1 only if equal.

    The best of three looks: one minus the share of letters that must be changed (an insertion, a
    deletion, a substitution or a swap of neighbours each); the same on the words' sound; and equal
    consonants. Letters that are only mixed up are worth ``MIXED``. Numbers are alike only where
    they are equal. An initial is somewhat like every word that it begins; forms of one given name
    are as alike as ``nicknames`` says.

    Args:
        one: a word.
        other: another.
        bare: whether one of them comes from a script that leaves vowels out, as Arabic does: equal
            consonants are then worth more, if nothing but vowels is missing.
    """
    if one == other:
        return 1.0
    if one.isdigit() or other.isdigit():
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return 0.7 if one[0] == other[0] else 0.0
    least = MIXED if are_mixed(one, other) else 0.9 * nicknames.same(one, other)
    letters = _same(one, other)
    if letters < STRANGE:
        return max(letters, least)
    found = heard_alike(
        one, other, latin.sound(one), latin.sound(other), latin.skeleton(one),
        latin.skeleton(other), bare,
    )  # fmt: skip
    return max(found, least)


def are_mixed(one: str, other: str) -> bool:
    """Return whether two words have the same letters in another order."""
    return len(one) == len(other) >= _MIXED and sorted(one) == sorted(other)


def heard_alike(
    one: str, other: str, first: str, second: str, bones: str, other_bones: str, bare: bool
) -> float:
    """Return how alike two unequal words are by letters, sound and consonants.

    Args:
        one: a folded word of two letters or more, no number.
        other: another.
        first: the sound of ``one``.
        second: the sound of ``other``.
        bones: the skeleton of ``one``.
        other_bones: the skeleton of ``other``.
        bare: as in ``likeness``.
    """
    letters = _same(one, other)
    heard = _same(first, second)
    best = max(letters, SOUND * heard + LETTERS * letters)
    if bones == other_bones and len(bones) > 1:
        best = max(best, SKELETONS[min(len(bones), _MANY)] + VOWELS * heard)
        if bare:
            best = max(best, _unwritten(first, second, len(bones)) + LETTERS * letters)
    return min(best, 0.98)


_same: Final = OSA.normalized_similarity
_MANY: Final = len(SKELETONS) - 1


def _unwritten(one: str, other: str, bones: int) -> float:
    """What the sounds of two words are worth of which one lacks vowels; some may be guessed.

    A vowel at the end is written: Muhammadi is not Muhammad.
    """
    short, long = (one, other) if len(one) < len(other) else (other, one)
    rest = iter(long)
    missing = short[-1:] == long[-1:] and all(letter in rest for letter in short)
    return UNWRITTEN[min(bones, 3)] - (0.0 if missing else GUESSED)
