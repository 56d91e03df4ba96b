"""One listed party held against a query: everything that speaks for or against, and the score."""

from __future__ import annotations

from typing import Final, NamedTuple

from detente.entities.countries import name_of
from detente.entities.model import Party
from detente.screening.compare import probability
from detente.screening.index.index import Index
from detente.screening.model import Match, Query, Reason
from detente.screening.score.align import Alignment
from detente.screening.score.evidence import countries, reasons
from detente.screening.score.identifiers import WORTH, numbers
from detente.screening.score.names import Likely
from detente.screening.score.weights import SCREEN

APART: Final = 0.65
"""Words less alike than this do not fit."""
FIXED: Final = -0.5
"""What chance takes from names whose syllables, letters or first letters fit."""
MOST: Final = 24.0
"""Nats beyond which a name is as rare as can be."""
WEAK: Final = -0.6
"""Odds of an alias that the list itself calls weak."""
_SLIGHT: Final = 0.3
CLEARED: Final = -12.0
"""Odds at most of a match that a number for life rules out."""


class Chance(NamedTuple):
    """How much two names tell, in nats.

    Attributes:
        shared: the words that fit, each taken as much as it is alike.
        asked: the words of the query that do not fit.
        listed: the words of the listed name that do not fit.
    """

    shared: float
    asked: float
    listed: float


def chance(words: Alignment | None, index: Index) -> Chance | None:
    """Return how much the words of two names tell; None where words did not decide."""
    if words is None:
        return None
    shared = asked = listed = 0.0
    for pair in words.pairs:
        first, second = index.telling(pair.one), index.telling(pair.other)
        if pair.alike < APART:
            asked += first
            listed += second
        else:
            shared += pair.alike * min(first, second)
    return Chance(
        shared,
        asked + sum(map(index.telling, words.left)),
        listed + sum(map(index.telling, words.right)),
    )


def match(query: Query, party: Party, place: int, likely: Likely, index: Index) -> Match:
    """Return a match with its score and all reasons.

    Args:
        query: who is screened.
        party: the listed party.
        place: the place of its name that fits best.
        likely: how likely the names are one.
        index: what the rarity of names is taken from.
    """
    name = party.names[place]
    told = chance(likely.words, index)
    found = [Reason(part="name", text=said(query.name, name.text, likely), weight=likely.odds)]
    found += rarity(likely, told, name.weak)
    found += reasons(query, party)
    held = numbers(query.identifiers, party.identifiers)
    found += held.reasons
    odds = sum(reason.weight for reason in found)
    if held.cleared:
        odds = min(odds, CLEARED)
    found.sort(key=lambda reason: -abs(reason.weight))
    rounded = tuple(
        Reason(part=item.part, text=item.text, weight=round(item.weight, 2)) for item in found
    )
    return Match(
        score=round(probability(odds), 4), party=party, name=name.text, reasons=rounded,
        settles=settles(query, party), cleared=held.cleared,
    )  # fmt: skip


def said(asked: str, listed: str, likely: Likely) -> str:
    """Return in words how two names fit."""
    if likely.how == "syllables":
        return f"{asked} and {listed}: the same syllables, romanised otherwise"
    if likely.how == "letters":
        return f"{asked} and {listed}: held against each other character by character"
    if likely.how == "acronym":
        return f"{asked} and {listed}: one is the first letters of the other"
    if likely.words is None:
        return f"{asked} and {listed}: nothing in common"
    parts = [_pair(pair.one, pair.other, pair.alike) for pair in likely.words.pairs]
    if likely.words.left:
        parts.append(f"only asked: {' '.join(likely.words.left)}")
    if likely.words.right:
        parts.append(f"only listed: {' '.join(likely.words.right)}")
    return ", ".join(parts)


def _pair(one: str, other: str, alike: float) -> str:
    if alike == 1.0:
        return f"{one} = {other}"
    if alike >= 0.9:
        return f"{one} ≈ {other}"
    return f"{one} ~ {other} ({alike:.2f})" if alike >= 0.65 else f"{one} ≠ {other}"


def screened(odds: float, told: Chance | None) -> float:
    """Return the odds that the one asked for is listed, from the odds of the names alone.

    Args:
        odds: of two names being one name.
        told: how much the names tell; None where words did not decide.
    """
    if told is None:
        return odds + FIXED
    return (
        SCREEN[0] + SCREEN[1] * odds + SCREEN[2] * min(told.shared, MOST) + SCREEN[3] * told.asked
        + SCREEN[4] * told.listed + SCREEN[5] * min(told.asked, told.listed)
    )  # fmt: skip


def rarity(likely: Likely, told: Chance | None, weak: bool) -> list[Reason]:
    """Return what chance alone would do: a common name is on many lists and many doors."""
    added = screened(likely.odds, told) - likely.odds
    text = "what fits is common" if added < 0 else "what fits is rare"
    if abs(added) < _SLIGHT:
        text = "what fits is neither common nor rare"
    found = [Reason(part="rarity", text=text, weight=added)] if added else []
    if weak:
        found.append(Reason(part="rarity", text="the list calls this alias weak", weight=WEAK))
    return found


def settles(query: Query, party: Party) -> tuple[str, ...]:
    """Return what the entry gives and the query does not: what would settle the question."""
    found = []
    kinds = {item.kind for item in query.identifiers}
    for item in party.identifiers:
        if item.kind in WORTH and item.kind not in kinds and WORTH[item.kind].same >= 6:
            found.append(f"{item.kind} (listed {item.value})")
            kinds.add(item.kind)
    births = [row.date for row in party.births if row.date]
    if births and not query.births:
        found.append(f"date of birth (listed {births[0]})")
    if not query.countries:
        named = sorted(name_of(code) or code for code in countries(party))
        if named:
            found.append(f"country (listed {', '.join(named[:3])})")
    if party.gender and not query.gender:
        found.append(f"gender (listed {party.gender})")
    return tuple(found[:5])
