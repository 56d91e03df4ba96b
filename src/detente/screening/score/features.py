"""Two names as a row of figures, from which ``weights`` makes the odds that they are one name."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel

from detente.screening.names import common, geography, korean, latin, legal_forms, particles
from detente.screening.names.reading import Reading
from detente.screening.score.align import Alignment, align

NEAR: Final = 0.8
"""How alike near words are."""
FAR: Final = 0.65
"""How alike words are that are somewhat alike."""


class Figures(NamedTuple):
    """What is measured of two names; shares are from 0 to 1.

    Attributes:
        near: share of weight whose words are near (0.8 and more).
        far: share whose words are somewhat alike (0.65 and more) or near.
        apart: share of words that had to be paired and are not alike.
        worst: unlikeness of the pair that is least alike.
        worst_squared: its square.
        extra: share of weight that only one of the names has.
        lone: whether a name is a single word beside initials.
        initial: share of pairs in which one word is an initial.
        turned: whether the words stand in another order, but for the family name, which stands
            first or last by custom.
        letters: likeness of all letters in the first name's order.
        figures: whether the names hold different numbers.
        place: whether they name different places.
        place_extra: whether only one of them names a place.
        forms: whether their legal forms are of different kinds.
        size: weight of all pairs, at most 4.
        patronymic: whether two patronymics are not alike.
        filiation: whether the son in one name is the father in the other: A bin B, B bin A.
        gender: whether a word is the other's feminine: Olga and Oleg, Ivanov and Ivanova.
        bare: whether no words answer to each other but initials.
        last: unlikeness of the last words, where these answer to each other.
        syllables: whether both can be Korean names, and not the same one.
    """

    near: float
    far: float
    apart: float
    worst: float
    worst_squared: float
    extra: float
    lone: float
    initial: float
    turned: float
    letters: float
    figures: float
    place: float
    place_extra: float
    forms: float
    size: float
    patronymic: float
    filiation: float
    gender: float
    bare: float
    last: float
    syllables: float


@lru_cache(maxsize=1 << 15)
def weight(word: str) -> float:
    """Return how much a word tells of a name: little for particles, initials and usual words."""
    if word.isdigit():
        return 0.9
    if word in particles.PARTICLES:
        return 0.25
    if len(word) == 1:
        return 0.35
    long = min(1.0, 0.4 + 0.1 * len(word)) * (0.5 if particles.is_patronymic(word) else 1.0)
    return long * (0.45 if common.is_business(word) else 0.75 + 0.25 * common.rarity(word))


def figures(one: Reading, other: Reading, person: bool) -> tuple[Figures, Alignment]:
    """Measure two readings of names.

    Args:
        one: a reading with at least one word.
        other: another.
        person: whether they name persons, whose names say nothing of places: Jordan, Mena.
    """
    found = align(one.words, other.words, one.bare != other.bare)
    near = far = apart = 0.0
    total = worst = initial = 0.0
    for word, partner, alike, _, _ in found.pairs:
        value = (weight(word) + weight(partner)) / 2
        if (len(word) == 1) != (len(partner) == 1) and alike > 0:
            initial += 1
            continue  # it begins alike: that tells next to nothing
        total += value
        if alike >= FAR:
            far += value
            near += value if alike >= NEAR else 0.0
        else:
            apart += value
        if value > 0.3:
            worst = max(worst, 1 - alike)
    extra = sum(map(weight, found.left)) + sum(map(weight, found.right))
    whole = total + extra or 1.0
    places = (_NO, _NO) if person else (_places(one.words), _places(other.words))
    return Figures(
        near / whole, far / whole, apart / whole, worst, worst * worst, extra / whole,
        float(_lone(one.words) or _lone(other.words)),
        initial / len(found.pairs),
        float(_turned(found)),
        _letters(one.words, found),
        float(_numbers(one.words) != _numbers(other.words)),
        float(bool(places[0] and places[1] and places[0] != places[1])),
        float(bool(places[0]) != bool(places[1])),
        1 - _forms(one.forms, other.forms),
        min(total, 4.0),
        float(any(_fathers(pair.one, pair.other, pair.alike) for pair in found.pairs)),
        float(_filiation(one.words, other.words)),
        float(any(_gender(pair.one, pair.other) for pair in found.pairs if pair.alike < 1.0)),
        float(initial == len(found.pairs)),
        _last(one.words, other.words, found),
        float(person and bool(found.pairs) and one.words != other.words
              and _syllables(one.words, other.words)),
    ), found  # fmt: skip


_NO: Final[frozenset[str]] = frozenset()


def _lone(words: tuple[str, ...]) -> bool:
    return len(words) == 1 or sum(len(word) > 1 for word in words) == 1


def _letters(words: tuple[str, ...], found: Alignment) -> float:
    """How alike all letters are, the second name's words put into the first one's order."""
    partners = "".join([pair.other for pair in found.pairs])
    return Indel.normalized_similarity("".join(words), partners)


def _turned(found: Alignment) -> bool:
    order = [pair.to for pair in found.pairs]
    falls = sum(after < before for before, after in pairwise(order))
    if falls != 1:
        return falls > 1
    return sorted(order) not in ([*order[1:], order[0]], [order[-1], *order[:-1]])


@lru_cache(maxsize=1 << 14)
def _numbers(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lstrip("0") for word in words if word.isdigit())


@lru_cache(maxsize=1 << 14)
def _places(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(place for _, _, place in geography.marked(words))


def _forms(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How far legal forms agree; those of one name alone speak neither for nor against."""
    if not one or not other:
        return 1.0
    return max(legal_forms.agree(first, second) for first in one for second in other)


def _fathers(one: str, other: str, alike: float) -> bool:
    return alike < 0.8 and particles.is_patronymic(one) and particles.is_patronymic(other)


def _filiation(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name calls A the son of B, and the other one B the son of A."""
    if "bin" not in one or "bin" not in other:
        return False
    sons, theirs = _sons(one), _sons(other)
    return any((father, son) in theirs for son, father in sons if son != father)


@lru_cache(maxsize=1 << 12)
def _sons(words: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Sons and fathers by their sound, from the words beside each ``bin``."""
    return frozenset(
        (latin.sound(words[at - 1]), latin.sound(words[at + 1]))
        for at in range(1, len(words) - 1)
        if words[at] == "bin"
    )


@lru_cache(maxsize=1 << 14)
def _gender(one: str, other: str) -> bool:
    """Whether a word is another's feminine form: Ivanova, Michelle, Maria beside Mario."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or short[0] != long[0]:
        return False
    if (long.endswith(_DAUGHTERS) and short.endswith(_SONS)) or (
        short.endswith(_DAUGHTERS) and long.endswith(_SONS)
    ):
        return True
    if len(short) == len(long):
        return short[:-1] == long[:-1] and {short[-1], long[-1]} == {"a", "o"}
    return long.startswith(short) and long[len(short) :] in _FEMININE and short[-1] not in "aeiou"


_DAUGHTERS: Final = ("ova", "eva", "ina", "skaya", "skaia", "ska")
_SONS: Final = ("ov", "ev", "in", "sky", "skiy", "ski", "skii", "off", "eff")
_FEMININE: Final = frozenset(("a", "e", "le", "ne", "te", "ina", "ine", "ova", "skaya"))


def _syllables(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether both can be Korean names of three syllables or more, and not the same one."""
    first, second = _korean(one), _korean(other)
    return bool(first and second) and not first & second


@lru_cache(maxsize=1 << 15)
def _korean(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(row for row in korean.readings(" ".join(words)) if len(row) > _FEW)


_FEW: Final = 2
"""Syllables of names that are too short to be told by them."""


def _last(one: tuple[str, ...], other: tuple[str, ...], found: Alignment) -> float:
    """How unlike the last words are, if they answer to each other."""
    if len(one) < 2 or len(other) < 2 or not found.pairs:
        return 0.0
    pair = found.pairs[-1]
    ends = pair.at == len(one) - 1 and pair.to == len(other) - 1
    return 1.0 - pair.alike if ends else 0.0
