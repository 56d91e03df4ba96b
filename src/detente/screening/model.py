"""What is asked of screening and what it answers, as immutable values."""

from __future__ import annotations

from typing import Literal

from detente.entities.model import Identifier, Kind, Party, Value
from detente.entities.spans import Span

Part = Literal["name", "rarity", "kind", "birth", "gender", "country", "place", "identifier"]
"""What a reason is about."""


class Query(Value, frozen=True):
    """Somebody who is to be screened.

    Attributes:
        name: the name in full, in any script and any order.
        aliases: other names.
        family: the family name, where the parts are told apart.
        given: the given names, likewise.
        kind: what it is; None where that is not known.
        births: when a person was, perhaps, born.
        countries: ISO 3166 codes, lower case, of citizenship, residence, registration or flag.
        places: places of birth or cities of residence, as written.
        gender: ``male`` or ``female``.
        identifiers: numbers, kinds as in ``detente.entities.identifiers.KINDS``.
    """

    name: str
    aliases: tuple[str, ...] = ()
    family: str | None = None
    given: str | None = None
    kind: Kind | None = None
    births: tuple[Span, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    gender: str | None = None
    identifiers: tuple[Identifier, ...] = ()


class Reason(Value, frozen=True):
    """One thing that speaks for or against two parties being the same.

    Attributes:
        part: what it is about.
        text: what was held against what, in words for people.
        weight: natural logarithm of the odds that it adds; negative where it speaks against.
    """

    part: Part
    text: str
    weight: float


class Match(Value, frozen=True):
    """A listed party that the one screened may be.

    Attributes:
        score: probability, from 0 to 1, that the two are the same party.
        party: the listed party.
        name: the one of its names that fits best, as the list writes it.
        reasons: what speaks for and against, the weightiest first.
        settles: what else, if it were known, would settle the question.
        cleared: why a strong identifier rules it out; None where none does.
    """

    score: float
    party: Party
    name: str
    reasons: tuple[Reason, ...] = ()
    settles: tuple[str, ...] = ()
    cleared: str | None = None
