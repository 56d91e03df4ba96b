"""What a perception gap says (``detente.gap/1``): every ruler beside the others."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from detente.relief.frames import Framed
from detente.relief.receipt import Receipt
from detente.relief.spirit import Share


class Ruler(msgspec.Struct, frozen=True, kw_only=True):
    """One way to measure what was asked against what was given.

    Attributes:
        ruler: its name.
        text: what it counts, in a sentence, with the numbers behind the shares.
        asked: the share of relief that was asked for; None where this ruler cannot say.
        given: the share of conduct that was given, on the same ruler; None where it measures no
            conduct.
        citation: where the numbers come from.
        confidence: how they are known.
        unit: always a share.
    """

    ruler: str
    text: str
    asked: Share | None
    given: Share | None
    citation: str
    confidence: str
    unit: Literal["share"] = "share"


class AreaGap(msgspec.Struct, frozen=True, kw_only=True):
    """One issue area: how much of its relief was asked, how much of it was reached.

    Attributes:
        area: its id.
        name: its name.
        asked: the share of the area's measures in force that were asked for.
        given: the share of the area that would be verifiably met if the gives are kept.
        ratio: relief asked, by the gap's ``exchange_ruler``, over conduct reached; None where
            nothing is given, or none of the area's measures was asked for.
        ratio_by_measures: the same with the share of the area's measures that was asked for.
    """

    area: str
    name: str
    asked: Share | None
    given: Share | None
    ratio: Ratio | None
    ratio_by_measures: Ratio | None


class Ratio(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange ratio as a range: shares of relief asked for each share of the area reached.

    Attributes:
        high: None where the least that may be reached is nothing: the ratio has no upper end.
        kind: ``p05-p95`` where either share is one of those, since then no end is a bound.
    """

    low: float
    central: float
    high: float | None
    kind: Literal["bounds", "p05-p95"] = "bounds"


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What one side's idea of the deal covers of an issue area, and what it leaves out.

    Attributes:
        area: the issue area.
        components: how many it has.
        touched: how many are touched.
        count_share: the share by count; a component touched in part counts half.
        weight_share: the same by central weight: touching is not fulfilment.
        leaves_out: the heaviest components that it does not touch.
    """

    area: str
    components: int
    touched: int
    count_share: float
    weight_share: float
    leaves_out: tuple[str, ...]


class Vision(msgspec.Struct, frozen=True, kw_only=True):
    """One side's idea of the deal.

    Attributes:
        party: who.
        role: target or sender.
        text: what it gives (the target) or asks (the sender) in conduct.
        moves: who moves first, as it puts it.
        covers: what its conduct covers, by area.
    """

    party: str
    role: str
    text: tuple[str, ...]
    moves: str | None
    covers: tuple[Scope, ...]


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Who moves first, as each side puts it."""

    target: str | None
    sender: str | None


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """A word that the sides read differently, as one of them put it."""

    word: str
    text: str


class Gap(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The perception gap of an offer.

    Attributes:
        regime: id of the regime.
        offer: id of the offer.
        offer_name: its name.
        reading: how the ask was read.
        as_of: the day.
        rulers: what was asked and given, by every ruler.
        exchange_ratio: for each area, relief asked over conduct reached; None where nothing is
            given.
        exchange_ruler: the ruler that relief is counted by there.
        areas: the same with its parts.
        order: who moves first, as each side puts it.
        definitions: words that the sides read differently.
        visions: what each side's idea of the deal covers and leaves out.
        receipt: what is needed to replay the answer.
    """

    regime: str
    offer: str
    offer_name: str
    reading: str
    as_of: date
    rulers: tuple[Ruler, ...]
    exchange_ratio: dict[str, Ratio | None]
    exchange_ruler: str
    areas: tuple[AreaGap, ...]
    order: Order
    definitions: tuple[Definition, ...]
    visions: tuple[Vision, ...]
    receipt: Receipt | None = None
    schema: str = "detente.gap/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each ruler, those of the areas last."""
        areas = [
            Ruler(ruler=f"area: {a.area}", text=a.name, asked=a.asked, given=a.given,
                  citation="", confidence="")
            for a in self.areas
        ]  # fmt: skip
        return [
            {
                "ruler": item.ruler,
                **_cells("asked", item.asked),
                **_cells("given", item.given),
            }
            for item in (*self.rulers, *areas)
        ]


def _cells(name: str, share: Share | None) -> dict[str, float | None]:
    ends = ("low", "central", "high")
    return {f"{name}_{end}": None if share is None else getattr(share, end) for end in ends}
