"""What the law is about: the concrete things, what became of them, and earlier deals."""

from __future__ import annotations

from typing import Literal

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


Answer = Literal["yes", "partly", "no", "not-applicable"]


class Coded(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """How an earlier deal was shaped, coded for comparison: an analyst's reading, with hindsight.

    What an episode of ``pressure/episodes.yaml`` says of the same deal is not said twice.

    Attributes:
        scope_defined: whether its text said what was to be done.
        verification_agreed: whether it said how that is verified.
        why: why it is coded so.
        relief_first: whether relief came before conduct was verified.
        snapback: whether relief could be taken back by right.
        ended_by: who ended it; ``nobody`` where it ran its course or still runs.
    """

    scope_defined: Answer
    verification_agreed: Answer
    why: str
    relief_first: Answer | None = None
    snapback: Answer | None = None
    ended_by: Literal["sender", "target", "both", "superseded", "nobody"] | None = None


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
        coded: how it was shaped.
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
    coded: Coded | None = None


class PrecedentEvent(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One dated event of a precedent.

    Attributes:
        kind: ``step``, conduct that was promised; ``relief``; ``refusal`` of verification;
            ``breach`` of what was promised; ``reversal`` of relief; ``exit`` from the deal;
            ``dispute``; ``end``; or ``outside``, what happened for reasons of its own. None where
            it is not coded.
        by: whose act it was.
    """

    date: str
    text: str
    kind: Literal[
        "step", "relief", "refusal", "breach", "reversal", "exit", "dispute", "end", "outside", None
    ] = None
    by: Literal["target", "sender", "both", "third", None] = None
