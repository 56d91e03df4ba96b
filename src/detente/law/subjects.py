"""What the law is about: the concrete things, what became of them, and earlier deals."""

from __future__ import annotations

import msgspec

from detente.law.model import Range, Row


class Location(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Where a component is, in degrees, and how well that is known."""

    place: str
    lat: float | None = None
    lon: float | None = None
    confidence: str | None = None


class Weight(Range, frozen=True):
    """A component's share of its issue area (central values sum to 1), and why."""

    rationale: str


class Component(Row, frozen=True):
    """A concrete thing that an issue area is about: a site, a weapon system, a stock, a practice.

    Attributes:
        area: the issue area it belongs to.
        kind: what sort of thing.
        group: a family within the area.
        end_state: what verified compliance would look like.
        weight: share of the area, as a range.
        location: where it is.
        estimates: quantities, by name with the unit in the name.
        seen: what was read in a source.
    """

    name: str
    area: str
    kind: str
    group: str
    end_state: str
    weight: Weight
    location: Location | None = None
    estimates: dict[str, Range | str] = {}
    seen: str | None = None


class Development(Row, frozen=True):
    """A dated change to components after the regime's reference date.

    Attributes:
        date: when, possibly imprecise.
        areas: issue areas touched.
        text: what happened.
        effect: the analyst's reading of its direction for the requirements.
        components: the components touched.
    """

    date: str
    areas: tuple[str, ...]
    text: str
    effect: str
    components: tuple[str, ...] = ()


class Precedent(Row, frozen=True):
    """An earlier deal, as a case to compare with.

    Attributes:
        dates: start (and end).
        target_gave: what the target offered.
        relief: what it got.
        shape: the shape of the conditions.
        lesson: what it tests in a system like this one.
        events: what happened, by date.
        touched: components it touched, ``yes`` or ``partly``; touching is not fulfilment.
    """

    name: str
    regime: str
    dates: tuple[str, ...]
    target_gave: str
    relief: str
    verification: str
    shape: str
    outcome: str
    lesson: str
    events: tuple[PrecedentEvent, ...]
    touched: dict[str, str] = {}


class PrecedentEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One dated event of a precedent."""

    date: str
    text: str
