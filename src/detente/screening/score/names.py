"""The odds that two names are names of one party."""

from __future__ import annotations

from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from detente.entities.model import Kind
from detente.screening.names.acronyms import acronym
from detente.screening.names.reading import Read, Reading, Ways, ways
from detente.screening.score.align import Alignment
from detente.screening.score.features import Figures, figures
from detente.screening.score.likeness import likeness
from detente.screening.score.weights import BUSINESS, PERSON

NONE: Final = -9.0
"""Odds of names of which one has no letters."""
SAME_KEY: Final = 3.0
"""Odds of one Korean or Chinese name in two spellings."""
SHORT_KEY: Final = 1.6
"""The same where the name has two syllables, as many people's names have."""
SAME_SOUND: Final = 0.0
"""Odds of two names in Chinese characters or Hangul that sound alike and are written otherwise."""
ACRONYM: Final = 1.2
"""Odds of a name and the first letters of another."""


class Likely(NamedTuple):
    """How likely two names are one.

    Attributes:
        odds: natural logarithm of the odds.
        how: which look at the names decided: their ``words``, an ``acronym``, the Korean or
            Chinese ``syllables`` that they share, or their own ``letters``.
        words: which word answers to which, where the words decided.
    """

    odds: float
    how: str
    words: Alignment | None = None


def likely(one: Read, other: Read, kind: Kind | None) -> Likely:
    """Return how likely two names are one, by whichever readings fit best.

    Args:
        one: the first name.
        other: the second; the order makes no difference.
        kind: what bears the names, where known.
    """
    if one.native and other.native:
        return _by_letters(one, other, kind)
    spelled = _by_words(one, other, kind)
    shared = max(map(same_key, one.keys & other.keys), default=NONE)
    return spelled if spelled.odds > shared else Likely(shared, "syllables")


def same_key(key: str) -> float:
    """Return the odds of two names that share a key."""
    return SAME_KEY if key.count(" ") > _SYLLABLES else SHORT_KEY


_SYLLABLES: Final = 2


def _by_words(one: Read, other: Read, kind: Kind | None) -> Likely:
    return max(
        (any_odds(one.readings, second, kind) for second in other.readings),
        key=_odds, default=Likely(NONE, "words"),
    )  # fmt: skip


def any_odds(readings: tuple[Reading, ...], other: Reading, kind: Kind | None) -> Likely:
    """Return how likely any of some readings of a name is of the same name as another reading."""
    return max(
        (reading_odds(meant(way, other), other, kind) for way in ways(readings)),
        key=_odds, default=Likely(NONE, "words"),
    )  # fmt: skip


def _odds(found: Likely) -> float:
    return found.odds


def meant(way: Ways, other: Reading) -> Reading:
    """The reading with each word in the spelling that is nearest to a word of another name."""
    if all(len(spellings) == 1 for spellings in way.words):
        return way.first
    bare = way.first.bare != other.bare
    return way.first._replace(words=tuple([
        spellings[0] if len(spellings) == 1
        else max(spellings, key=lambda word: max(likeness(word, own, bare) for own in other.words))
        for spellings in way.words
    ]))  # fmt: skip


def _by_letters(one: Read, other: Read, kind: Kind | None) -> Likely:
    """Two names in characters are held against each other as written: few letters, each weighty."""
    if one.native == other.native:
        same = SAME_KEY if len(one.native) > _SYLLABLES else SHORT_KEY
        return Likely(max(_by_words(one, other, kind).odds, same), "letters")
    alike = 1 - OSA.distance(one.native, other.native) / max(len(one.native), len(other.native))
    if one.keys & other.keys:
        return Likely(SAME_SOUND, "syllables")
    return Likely(8 * alike - 7, "letters")


def reading_odds(one: Reading, other: Reading, kind: Kind | None) -> Likely:
    """Return how likely two readings are of one name."""
    business = kind not in (None, "person") or (kind is None and bool(one.forms or other.forms))
    measured, words = figures(one, other, not business)
    odds = weighed(measured, BUSINESS if business else PERSON)
    if kind != "person" and odds < ACRONYM and _short(one, other):
        return Likely(ACRONYM, "acronym")
    return Likely(odds, "words", words)


def weighed(measured: Figures, weights: tuple[float, ...]) -> float:
    """Return the odds that figures make: the first weight, and each figure times its own."""
    return weights[0] + sum(
        [value * weight for value, weight in zip(measured, weights[1:], strict=True)]
    )


def _short(one: Reading, other: Reading) -> bool:
    """Whether one name is the first letters of the other's three words or more."""
    for short, long in ((one.words, other.words), (other.words, one.words)):
        if len(short) == 1 and len(long) > 2 and acronym(long) == short[0]:
            return True
    return False
