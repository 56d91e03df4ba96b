"""What pressure has bought so far: the upper bound that stands beside every plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from detente.pressure.model import Band, Pressure

TOPIC: Final = "effect of sanctions"
"""The topic of the estimates that are told here."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One finding on record.

    Attributes:
        row: id of the estimate.
        text: what was found.
        value: the number, in ``unit``; None where the finding has none.
        unit: of the value.
        evidence: how it is known.
        note: doubts.
    """

    row: str
    text: str
    value: Band | None
    unit: str | None
    evidence: str
    note: str | None


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What pressure has bought so far.

    Attributes:
        found: the findings, with and without a number.
        rows: their ids.
        text: all of it in a sentence or two; empty where nothing is on record.
    """

    found: tuple[Found, ...]
    rows: tuple[str, ...]
    text: str


def reach(pressure: Pressure) -> Reach:
    """Return what pressure has bought so far, from the estimates on it."""
    rows = [row for row in pressure.estimates.values() if row.topic == TOPIC]
    said = [
        f"{row.text.rstrip('.')}: {row.value.high:g} {row.unit}."
        for row in rows[:1]
        if row.value is not None
    ]
    said += [row.text for row in rows if row.value is None]
    return Reach(
        found=tuple(found_in(pressure, TOPIC)),
        rows=tuple(row.id for row in rows),
        text=" ".join(said),
    )


def found_in(pressure: Pressure, topic: str) -> Iterator[Found]:
    """Yield the findings of a topic."""
    for row in pressure.estimates.values():
        if row.topic == topic:
            yield Found(
                row=row.id, text=row.text, value=row.value, unit=row.unit, evidence=row.kind,
                note=row.note,
            )  # fmt: skip
