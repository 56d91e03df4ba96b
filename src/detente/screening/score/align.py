"""Which word of one name answers to which word of another."""

from __future__ import annotations

from typing import Final, NamedTuple

from detente.screening.score.likeness import likeness

JOINED: Final = 0.88
"""How alike two words written as one must be to the one word of the other name."""
INITIALS: Final = 0.85
"""How alike a word is to neighbours of which it is the first letters."""
_LONG: Final = 4
"""Letters of a word that may be several of the other name's."""
_MOST: Final = 3
"""Words that may be one word of the other name."""
_SHORT: Final = 7
"""Letters of a word that is no more read as first letters."""


class Pair(NamedTuple):
    """Words of two names that answer to each other.

    Attributes:
        one: the word of the first name; neighbours written as one where ``other`` joins them.
        other: the word of the second name, likewise.
        alike: how alike they are, from 0 to 1.
        at: the place of ``one`` in its name.
        to: the place of ``other`` in its name.
    """

    one: str
    other: str
    alike: float
    at: int
    to: int


class Alignment(NamedTuple):
    """Two names word by word.

    Attributes:
        pairs: the words that answer to each other, by their place in the first name; also such as
            are not alike, where neither has a better partner.
        left: words of the first name without a partner: the second name has fewer words.
        right: words of the second name without a partner.
    """

    pairs: tuple[Pair, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]


def align(one: tuple[str, ...], other: tuple[str, ...], bare: bool = False) -> Alignment:
    """Pair the words of two names, the most alike first; equal pairs by how near they stand.

    Two or three neighbouring words may answer to one where joined they are as alike as ``JOINED``
    (``Abd al Karim``, ``AlisherUsmanov``), or where it is their first letters (``JC``, ``PLA``).

    Args:
        one: the words of a name.
        other: those of another.
        bare: whether one of them comes from a script that leaves vowels out.
    """
    if one == other:
        return Alignment(
            tuple(Pair(word, word, 1.0, at, at) for at, word in enumerate(one)), (), ()
        )
    free, open_ = [True] * len(one), [True] * len(other)
    pairs: list[Pair] = []
    for word in set(one).intersection(other):  # nothing is nearer to a word than itself
        if one.count(word) == other.count(word) == 1:
            at, to = one.index(word), other.index(word)
            free[at] = open_[to] = False
            pairs.append(Pair(word, word, 1.0, at, to))
    ranked = _single(one, other, bare, free, open_)
    ranked += [(0.99 - alike, 0.0, at, to, stop, to) for at, stop, to, alike in _many(one, other)]
    ranked += [(0.99 - alike, 0.0, at, to, at, stop) for to, stop, at, alike in _many(other, one)]
    ranked.sort()
    for unlike, _, at, to, end, stop in ranked:
        if not (free[at] and open_[to]):
            continue
        if end != at or stop != to:
            if not (all(free[at : end + 1]) and all(open_[to : stop + 1])):
                continue
            free[at : end + 1] = [False] * (end + 1 - at)
            open_[to : stop + 1] = [False] * (stop + 1 - to)
        free[at] = open_[to] = False
        word = one[at] if end == at else "".join(one[at : end + 1])
        partner = other[to] if stop == to else "".join(other[to : stop + 1])
        pairs.append(Pair(word, partner, min(1.0, 1.0 - unlike), at, to))
    pairs.sort(key=_place)
    return Alignment(
        tuple(pairs),
        tuple(word for word, is_free in zip(one, free, strict=True) if is_free),
        tuple(word for word, is_free in zip(other, open_, strict=True) if is_free),
    )


def _place(pair: Pair) -> int:
    return pair.at


_Ranked = list[tuple[float, float, int, int, int, int]]
"""How unlike, how far apart, first word of each, last word of each."""


def _single(
    one: tuple[str, ...], other: tuple[str, ...], bare: bool, free: list[bool], open_: list[bool]
) -> _Ranked:
    size, length = len(one), len(other)
    return [
        (1.0 - likeness(word, partner, bare), abs(at / size - to / length), at, to, at, to)
        for at, word in enumerate(one)
        if free[at]
        for to, partner in enumerate(other)
        if open_[to]
    ]


def _many(several: tuple[str, ...], words: tuple[str, ...]) -> list[tuple[int, int, int, float]]:
    """Where neighbouring words of a name are together a word of the other one, and how much.

    Returns:
        For each the first and the last of the neighbours, the place of the one word, and how alike
        they are.
    """
    found = []
    longest = max(map(len, words)) + 2
    if longest >= _LONG + 2:
        for count in range(2, min(_MOST, len(several)) + 1):
            for at in range(len(several) - count + 1):
                size = sum(map(len, several[at : at + count]))
                if size > longest:
                    continue
                both = "".join(several[at : at + count])
                for to, word in enumerate(words):
                    if len(word) >= _LONG and abs(len(word) - size) < 3:
                        alike = likeness(both, word)
                        if alike >= JOINED:
                            found.append((at, at + count - 1, to, alike))
    letters = "".join([word[0] for word in several])
    for to, word in enumerate(words):
        if 2 <= len(word) <= len(letters) and len(word) < _SHORT:
            at = letters.find(word)
            if at >= 0 and len("".join(several[at : at + len(word)])) > 2 * len(word):
                found.append((at, at + len(word) - 1, to, INITIALS))
    return found
