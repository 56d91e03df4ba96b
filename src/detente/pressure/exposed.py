"""What an exposure says (``detente.exposure/1``)."""

from __future__ import annotations

from typing import Any

import msgspec

from detente.law.model import Source
from detente.pressure.cited import RowUsed
from detente.pressure.harm import Humanitarian
from detente.pressure.leakage import Net
from detente.pressure.model import Flow
from detente.pressure.release import HardCurrency, Release
from detente.pressure.spread import Spread


class Blocked(msgspec.Struct, frozen=True, kw_only=True):
    """What a measure, or an instrument, blocks.

    Attributes:
        citation: where it is written.
        nominal: what it names on paper, in USD million.
        nominal_bounds: bounds of that; never below those of ``binding``.
        nominal_share: the same as a share of all trade of the flow.
        nominal_share_bounds: bounds of that share.
        binding: what it added to those before it, in USD million.
        binding_bounds: bounds of that.
        share: what it added, as a share.
        share_bounds: bounds of that.
        rows: the rows of trade that it names.
        divided: those of them whose value divides between measures in a way that is not known.
        allowances: what it lets through.
    """

    citation: str
    nominal: Spread
    nominal_bounds: Spread
    nominal_share: Spread
    nominal_share_bounds: Spread
    binding: Spread
    binding_bounds: Spread
    share: Spread
    share_bounds: Spread
    rows: tuple[str, ...]
    divided: tuple[str, ...]
    allowances: tuple[str, ...]


class ByMeasure(Blocked, frozen=True, kw_only=True):
    """What one measure blocks."""

    measure: str
    instrument: str


class ByInstrument(Blocked, frozen=True, kw_only=True):
    """What the measures of one instrument block.

    Attributes:
        instrument: its id.
        measures: those that count.
        cumulative: what it and all counted before it block together, as a share.
    """

    instrument: str
    measures: tuple[str, ...]
    cumulative: Spread


class Fall(msgspec.Struct, frozen=True, kw_only=True):
    """How much lower all trade of the flow was in a later year.

    Attributes:
        year: the later year.
        total: all trade in it, in USD million.
        fall: the share by which it is lower than in the base year; below 0 where it is higher.
        rows: the two rows of trade.
    """

    year: int
    total: Spread
    fall: Spread
    rows: tuple[str, str]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One flow: exports or imports.

    Attributes:
        flow: which.
        base_year: the year whose trade is taken.
        total: all trade of that flow in that year, in USD million.
        total_row: the row of trade that says so.
        by_measure: what each measure blocks, oldest first.
        by_instrument: the same by instrument.
        nominal: what all of them name on paper, in USD million, overlaps counted once.
        binding: what all of them block, in USD million.
        cumulative: the same as a share.
        cumulative_bounds: bounds of that share.
        observed: how trade in fact fell in later years.
        release: what would be released if the measures ended; None where that was not asked.
        passed_over: rows of trade that are not counted, and why.
    """

    flow: Flow
    base_year: int
    total: Spread
    total_row: str
    by_measure: tuple[ByMeasure, ...]
    by_instrument: tuple[ByInstrument, ...]
    nominal: Spread
    binding: Spread
    cumulative: Spread
    cumulative_bounds: Spread
    observed: tuple[Fall, ...]
    release: Release | None
    passed_over: dict[str, str]


class Exposure(Side, frozen=True, kw_only=True):
    """What trade measures block (``detente.exposure/1``): exports, and imports beside them.

    Attributes:
        regime: id of the regime.
        asked: the measures and instruments that were asked about; empty for all.
        imports: the same for imports; None where no total of them is known.
        hard_currency: the share of all blocked hard currency that would flow again; None where
            no release was asked about, or the year holds nothing.
        net: what all measures together block, those asked about or not, net of leakage: no part of
            what leaks can be put down to one of them.
        humanitarian: the humanitarian side.
        rows_used: every row that a number rests on.
        sources: what these rows cite, by id.
        draws: how many draws made the ranges of kind ``p05-p95``.
    """

    regime: str
    asked: tuple[str, ...]
    imports: Side | None
    hard_currency: HardCurrency | None
    net: Net
    humanitarian: Humanitarian
    rows_used: tuple[RowUsed, ...]
    sources: dict[str, Source]
    draws: int
    schema: str = "detente.exposure/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each measure and flow."""
        return [
            {"flow": side.flow, "measure": item.measure, "instrument": item.instrument}
            | _flat("nominal", item.nominal) | _flat("binding", item.binding)
            | _flat("share", item.share)
            for side in (self, self.imports) if side is not None for item in side.by_measure
        ]  # fmt: skip


def _flat(name: str, value: Spread) -> dict[str, float]:
    return {f"{name}_{end}": getattr(value, end) for end in ("low", "central", "high")}
