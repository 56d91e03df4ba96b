"""From a number to its source: the rows that an answer rests on, and what they cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import msgspec

from detente.law.model import Source
from detente.law.regime import Regime
from detente.pressure.model import (
    Allowance,
    CoalitionLimit,
    Estimate,
    Lever,
    Planning,
    Pressure,
    Stream,
    TradeRow,
)

Usable: TypeAlias = TradeRow | Estimate | Allowance | Lever | Planning | Stream | CoalitionLimit


class RowUsed(msgspec.Struct, frozen=True, kw_only=True):
    """A row that a number rests on.

    Attributes:
        row: its id; ``detente cite`` shows all of it.
        text: what it counts or says.
        value: its value, in words, with the unit.
        evidence: how it is known; ``analyst`` is a judgement of the authors.
        confidence: how far it can be relied on; None where the row does not say.
        sources: ids of what it cites.
        where: file and line.
    """

    row: str
    text: str
    value: str
    evidence: str
    confidence: str | None
    sources: tuple[str, ...]
    where: str


def rows_used(pressure: Pressure, ids: Iterable[str]) -> tuple[RowUsed, ...]:
    """Return the rows of these ids, once each, with those that they rest on in turn."""
    found: dict[str, RowUsed] = {}
    waiting = list(dict.fromkeys(ids))
    while waiting:
        id_ = waiting.pop(0)
        if id_ in found:
            continue
        row = _row(pressure, id_)
        if row is None:  # an allowance may rest on figures that an extract took the place of
            continue
        waiting += getattr(row, "rests_on", ()) or getattr(row, "at_stake", ())
        found[id_] = RowUsed(
            row=id_,
            text=_text(row),
            value=_value(row),
            evidence=row.kind if isinstance(row, Estimate) else row.evidence,
            confidence=row.confidence if isinstance(row, Lever | TradeRow) else None,
            sources=row.sources,
            where=pressure.origins.get(id_, ""),
        )
    return tuple(found.values())


def sources_of(regime: Regime, pressure: Pressure, rows: Iterable[RowUsed]) -> dict[str, Source]:
    """Return what rows cite, by id."""
    known = {**regime.sources, **pressure.sources}
    ids = dict.fromkeys(id_ for row in rows for id_ in row.sources)
    return {id_: known[id_] for id_ in ids if id_ in known}


def _row(pressure: Pressure, id_: str) -> Usable | None:
    tables: tuple[Mapping[str, Usable], ...] = (
        pressure.trade, pressure.estimates, pressure.allowances, pressure.levers,
        pressure.planning, pressure.streams, pressure.coalition,
    )  # fmt: skip
    return next((table[id_] for table in tables if id_ in table), None)


def _text(row: Usable) -> str:
    if isinstance(row, TradeRow):
        return f"{row.flow} of {row.group}, {row.months or row.year}"
    if isinstance(row, Lever):
        return row.name
    return row.text if isinstance(row, Estimate | Stream) else row.why


def _value(row: Usable) -> str:
    if isinstance(row, TradeRow):
        return f"{_ends(row.value.low, row.value.central, row.value.high)} {row.unit}"
    if isinstance(row, Allowance):
        item = row.through
        return f"lets through {_ends(item.low, item.central, item.high)} {row.unit}"
    if isinstance(row, Lever):
        return f"effect {row.effect.low:g} to {row.effect.high:g} USD m a year"
    if isinstance(row, Planning):
        return f"escalation {row.escalation}, law {row.law}"
    if isinstance(row, CoalitionLimit):
        return f"{row.at_once} at once"
    if isinstance(row, Stream):
        return ", ".join(f"{100 * step.share:g} % at {step.worth:g}" for step in row.returns)
    if row.value is None:
        return ""
    return f"{_ends(row.value.low, row.value.central, row.value.high)} {row.unit}"


def _ends(low: float, central: float | None, high: float) -> str:
    if low == high:
        return f"{low:g}"
    middle = "" if central is None else f"{central:g} "
    return f"{middle}({low:g} to {high:g})"
