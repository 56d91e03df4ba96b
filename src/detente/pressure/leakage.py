"""What still comes in: goods sold against a ban, labour, theft; and what pressure is net of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from detente.law.model import Range
from detente.pressure.goods import within
from detente.pressure.model import Flow, Pressure, TradeRow
from detente.pressure.spread import Spread, generator, percentiles, spread_of, triangular

if TYPE_CHECKING:
    from detente.pressure.spread import Floats

LEAKING: Final[tuple[Flow, ...]] = ("illicit-export", "service", "illicit")
"""Flows that bring hard currency round a ban, where they are banned at all."""

_SEED: Final = 2017


class Leak(msgspec.Struct, frozen=True, kw_only=True):
    """One income that goes on although it is banned, or that took the place of banned trade.

    Attributes:
        row: id of the row of trade.
        group: what it is.
        year: of the figure, the latest that is known.
        months: the part of that year, where it is no whole one.
        value: for that time, in ``unit``.
        unit: USD m, or a quantity.
        confidence: how far the figure can be relied on.
    """

    row: str
    group: str
    year: int
    months: str | None
    value: Spread
    unit: str
    confidence: str


class Net(msgspec.Struct, frozen=True, kw_only=True):
    """Pressure net of what leaks.

    Attributes:
        leaks: the incomes that are counted.
        leakage: their sum, in USD million; the years differ, so it is an order of magnitude.
        net: what all measures block less the leakage; may be negative.
        beside: goods that came in against or up to a cap, of which only quantities are known, so
            that they are in no sum.
        passed_over: other rows of such income, and why they are not counted.
    """

    leaks: tuple[Leak, ...]
    leakage: Spread
    net: Spread
    beside: tuple[Leak, ...]
    passed_over: dict[str, str]


def leaks(pressure: Pressure, after: int) -> tuple[tuple[TradeRow, ...], dict[str, str]]:
    """Return the latest figure of each leaking income after a year, and what is passed over.

    Of one income the latest whole year counts, or else the latest part of one. A row whose goods
    a later row counts already is passed over: incomes are never added twice.
    """
    passed: dict[str, str] = {}
    found: list[TradeRow] = []
    rows = [
        row for row in pressure.trade.values() if row.flow in LEAKING and row.unit == "USD m"
    ]  # fmt: skip
    for row in sorted(rows, key=lambda row: (row.months is not None, -row.year)):
        if row.year <= after:
            passed[row.id] = f"not after {after}"
        elif row.flow == "service" and not (row.measures or row.instruments):
            passed[row.id] = "under no ban"
        elif any(_same(row, other) for other in found):
            passed[row.id] = "counted with a later or a whole year"
        else:
            found.append(row)
    whole = [row for row in found if not any(_counted(row, other) for other in found)]
    passed |= {row.id: "its goods are counted with a later year" for row in found
               if row not in whole}  # fmt: skip
    return tuple(whole), passed


def _same(row: TradeRow, other: TradeRow) -> bool:
    return (row.flow, row.group) == (other.flow, other.group)


def _counted(row: TradeRow, other: TradeRow) -> bool:
    """Whether goods of a row are those of another one of a later year."""
    if other is row or other.flow != row.flow or other.year <= row.year:
        return False
    return any(within(code, other.hs) for code in row.hs) or any(
        within(code, row.hs) for code in other.hs
    )


def net_of(blocked: Floats, pressure: Pressure, after: int) -> Net:
    """Return what is blocked, shape (draws,), net of what leaks after a year."""
    rows, passed = leaks(pressure, after)
    values: list[Range] = [row.value for row in rows]
    leaking = triangular(values, len(blocked), generator(_SEED)).sum(axis=1)
    return Net(
        leaks=tuple(_leak(row) for row in rows),
        leakage=percentiles(leaking),
        net=percentiles(blocked - leaking),
        beside=tuple(
            _leak(row)
            for row in pressure.trade.values()
            if row.flow == "import" and row.unit != "USD m" and row.year > after and row.measures
        ),
        passed_over=passed,
    )


def _leak(row: TradeRow) -> Leak:
    return Leak(
        row=row.id, group=row.group, year=row.year, months=row.months, value=spread_of(row.value),
        unit=row.unit, confidence=row.confidence,
    )  # fmt: skip
