"""Offers: what each party gives and asks, in which order, and how it may be read."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from detente.law.model import Range
from detente.law.vocabulary import Confidence, Level
from detente.law.ways import Selector


class Part(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Common ground of the parts of an offer: said by somebody, somewhere."""

    text: str
    sources: tuple[str, ...]
    confidence: Confidence
    note: str | None = None


class GivenComponent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A component that a give reaches.

    Attributes:
        component: its id.
        touched: ``yes`` or ``partly``.
        fraction: share of the verified end-state delivered if the give is carried out in full;
            low follows a narrow reading of the give, high a broad one. None where nobody has
            estimated it (a demand, not a give).
    """

    component: str
    touched: str
    fraction: Range | None = None
    note: str | None = None


class GivenRequirement(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A requirement that a give speaks to, and the level it reaches if carried out in full.

    Attributes:
        requirement: its id.
        level: the level reached.
        arguable: a touch that the text leaves open; it counts as unknown.
        whose: whose reading it is.
    """

    requirement: str
    level: Level
    arguable: bool = False
    whose: str | None = None
    note: str | None = None


class Clause(Part, frozen=True):
    """One thing that a party gives or asks for; ``short`` says it in a line."""

    id: str
    short: str | None = None
    requirements: tuple[GivenRequirement, ...] = ()
    components: tuple[GivenComponent, ...] = ()


class Reading(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A named set of measures that an ask may mean.

    Attributes:
        text: what the reading says.
        whose: who reads it so.
        measures: ids by name, added to those of ``select``.
        select: measures by what they are.
        whole_instruments: instruments that fall whole under this reading, with what they had
            superseded within themselves (matters for revival).
        count: how many measures it is expected to name; validation checks it.
    """

    text: str
    whose: str
    count: int
    measures: tuple[str, ...] = ()
    select: tuple[Selector, ...] = ()
    whole_instruments: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: Confidence = "from-knowledge"
    note: str | None = None


class Position(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One party's side of the table.

    Attributes:
        party: short name.
        name: full name.
        role: ``target`` (under sanctions) or ``sender`` (imposes them).
        gives: what it would give.
        asks: what it asks for.
        order: who moves first, as it puts it.
        framing: what it called the offer.
    """

    party: str
    name: str
    role: str
    gives: tuple[Clause, ...] = ()
    asks: tuple[Clause, ...] = ()
    order: str | None = None
    framing: str | None = None


class DatedFact(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Something that happened before, at or after the talks."""

    date: str
    text: str
    sources: tuple[str, ...]
    confidence: Confidence
    measures: tuple[str, ...] = ()


class Terms(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """How an offer was shaped, coded for comparison with other deals; the coding is an analyst's.

    Attributes:
        relief_first: whether relief was to come before conduct was verified.
        snapback: whether relief could be taken back by right.
        observed_share: share of the programme that would be under observation.
        agreed: whether the parties agreed on a text.
        note: why it is coded so.
    """

    relief_first: Literal["yes", "partly", "no"] | None = None
    snapback: Literal["yes", "partly", "no"] | None = None
    observed_share: Range | None = None
    agreed: bool | None = None
    note: str | None = None


class Offer(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A set of positions at one moment of talks.

    Attributes:
        id: short name.
        regime: the regime it is about.
        name: full name.
        as_of: the day on which it is assessed.
        dates: when it lay on the table.
        outcome: what became of it.
        positions: both sides.
        readings: what the target's ask for relief may mean.
        default_reading: the one used where none is named (the asker's own words).
        definitions: words that the sides read differently, by reader.
        counted: the instruments among which the asker counts those that it asks for.
        terms: how the offer was shaped.
    """

    id: str
    regime: str
    name: str
    as_of: date
    dates: tuple[str, ...]
    positions: tuple[Position, ...]
    readings: dict[str, Reading]
    default_reading: str
    sources: tuple[str, ...]
    confidence: Confidence
    outcome: str | None = None
    dispute: str | None = None
    run_up: tuple[DatedFact, ...] = ()
    statements: tuple[Part, ...] = ()
    aftermath: tuple[DatedFact, ...] = ()
    definitions: dict[str, str] = {}
    counted: tuple[str, ...] = ()
    terms: Terms | None = None
    note: str | None = None
