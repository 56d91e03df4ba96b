"""What would flow again if measures ended, and what others would still hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final

import msgspec

from detente.errors import UnknownIdError
from detente.law.regime import Regime
from detente.pressure.blocked import Drawn, added, bounds_in, draw, together
from detente.pressure.goods import Basket, basket, ordered
from detente.pressure.model import Flow, Pressure
from detente.pressure.spread import DRAWS, Spread, bounds, mean_of, percentiles

if TYPE_CHECKING:
    from detente.pressure.spread import Floats


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What would be released if exactly these measures ended.

    Attributes:
        measures: those of the measures lifted that bear on the trade counted.
        remaining: the measures left that bear on it.
        released: what no remaining measure would still block, in USD million.
        share: the same, as a share of all trade of the flow in the base year; None where that
            is not known.
        share_bounds: bounds of that share.
        alone: what the lifted measures block by themselves, as if nothing else stood behind them:
            the naive figure.
        alone_share: the same as a share.
        held: for each row that a lifted measure names and that is not all released, the remaining
            measures that still ban it.
        uncounted: remaining bans of all trade that name no goods, so that no row can be held
            against them; each binds the persons of one State or group of States.
    """

    measures: tuple[str, ...]
    remaining: tuple[str, ...]
    released: Spread
    share: Spread | None
    share_bounds: Spread | None
    alone: Spread
    alone_share: Spread | None
    held: dict[str, tuple[str, ...]]
    uncounted: tuple[str, ...] = ()


class HardCurrency(msgspec.Struct, frozen=True, kw_only=True):
    """Hard currency that measures block: goods sold, labour and other services, arms.

    Attributes:
        base_year: the year of the figures.
        blocked: what all measures of the regime block together, in USD million.
        released: what would flow again, in USD million.
        share: released over blocked.
        share_bounds: bounds of that share.
        rows: the rows of trade that are counted.
        kept: those of them that remaining measures still block.
    """

    base_year: int
    blocked: Spread
    released: Spread
    share: Spread
    share_bounds: Spread
    rows: tuple[str, ...]
    kept: tuple[str, ...]


EMBARGOES: Final = ("trade-embargo", "transposition")
"""Kinds of measures that ban trade without naming goods, or repeat other bans in one law."""

EARNINGS: Final[tuple[Flow, ...]] = ("export", "service", "illicit")
"""What brings hard currency in."""


def measures_of(regime: Regime, names: Iterable[str]) -> tuple[str, ...]:
    """Return the measures that ids of measures and instruments stand for, oldest first.

    Raises:
        UnknownIdError: an id is neither.
    """
    found: set[str] = set()
    for name in names:
        if name in regime.measures:
            found.add(name)
        elif name in regime.instruments:
            found |= {row.id for row in regime.measures.values() if row.instrument == name}
        else:
            known = regime.measures.keys() | regime.instruments.keys()
            raise UnknownIdError("measure or instrument", name, known)
    return ordered(regime, found)


def with_earlier(regime: Regime, measures: Iterable[str]) -> tuple[str, ...]:
    """Return measures with those that they took the place of, oldest first."""
    found = set(measures)
    while True:
        earlier = {row.id for row in regime.measures.values() if row.superseded_by in found}
        if earlier <= found:
            return ordered(regime, found)
        found |= earlier


def share_released(
    regime: Regime,
    pressure: Pressure,
    lifted: Iterable[str],
    remaining: Iterable[str],
    *,
    base_year: int,
    flow: Flow = "export",
    draws: int = DRAWS,
) -> Release:
    """Return what would be released if exactly these measures ended.

    Args:
        regime: the regime.
        pressure: its rows.
        lifted: ids of the measures, or of instruments as a whole, that would end.
        remaining: ids of the measures that would still bind afterwards, older ones that revive
            included. The lifted ones among them do not count.
        base_year: the year whose trade is taken.
        flow: ``export`` or ``import``.
        draws: how many draws make the ranges.

    Raises:
        UnknownIdError: an id is not known.
        UsageError: the base year is not in the data.
    """
    ends = set(measures_of(regime, lifted))
    stay = set(measures_of(regime, remaining)) - ends
    drawn = draw(basket(regime, pressure, base_year, (flow,)), draws)
    return released_from(regime, drawn, ends, stay)


def released_from(
    regime: Regime, drawn: Drawn, ends: Collection[str], stay: Collection[str]
) -> Release:
    """Return what of a basket would be released; see ``share_released``."""
    found = drawn.basket
    lifted = tuple(id_ for id_ in found.order if id_ in ends)
    kept = tuple(id_ for id_ in found.order if id_ in stay)
    after = (*kept, *lifted)  # what is lifted is credited last: only with what nothing else holds
    strict = together(drawn, added(drawn, after), lifted)
    alone = together(drawn, added(drawn, lifted), lifted)
    sample = percentiles(strict)
    known = drawn.total is not None
    least = bounds_in(found, after, lifted, sample.central)
    return Release(
        measures=lifted,
        remaining=kept,
        released=sample,
        share=percentiles(strict / drawn.total) if known else None,
        share_bounds=share_of(least, found) if known else None,
        alone=percentiles(alone),
        alone_share=percentiles(alone / drawn.total) if known else None,
        held=_held(found, set(lifted), set(kept)),
        uncounted=tuple(
            row.id
            for row in regime.measures.values()
            if row.id in stay and row.kind in EMBARGOES and not row.hs
        ),
    )


def share_of(amount: Spread, found: Basket) -> Spread:
    """Return bounds of an amount as bounds of its share of all trade, from 0 to 1."""
    assert found.total is not None
    total = found.total
    low, high = amount.low / total.high, amount.high / total.low
    central = amount.central / mean_of(total)
    return bounds(min(low, 1.0), min(central, 1.0), min(high, 1.0))


def _held(found: Basket, lifted: set[str], kept: set[str]) -> dict[str, tuple[str, ...]]:
    return {
        part.row: tuple(id_ for id_ in part.measures if id_ in kept)
        for part in found.parts
        if lifted & set(part.measures) and kept & set(part.measures)
    }


def hard_currency(
    regime: Regime,
    pressure: Pressure,
    lifted: Iterable[str],
    remaining: Iterable[str],
    *,
    base_year: int,
    draws: int = DRAWS,
) -> HardCurrency | None:
    """Return the share of all blocked hard currency that would flow again.

    The whole is what the regime's measures block, exports, services and arms together, so that
    the ruler differs from that of exports alone. Services and arms rest on rows of low
    confidence.

    Args:
        regime: the regime.
        pressure: its rows.
        lifted: ids of measures, or instruments as a whole, that would end.
        remaining: ids of the measures that would still bind.
        base_year: the year whose trade is taken.
        draws: how many draws make the ranges.

    Returns:
        The share; None where nothing is blocked in that year.
    """
    found = basket(regime, pressure, base_year, EARNINGS)
    if not found.parts:
        return None
    ends = set(measures_of(regime, lifted))
    stay = set(measures_of(regime, remaining)) - ends
    drawn = draw(found, draws)
    return _currency(drawn, ends, stay)


def _currency(drawn: Drawn, ends: Collection[str], stay: Collection[str]) -> HardCurrency:
    import numpy as np

    found = drawn.basket
    lifted = tuple(id_ for id_ in found.order if id_ in ends)
    order = (*(id_ for id_ in found.order if id_ in stay), *lifted)
    whole = together(drawn, added(drawn, found.order), found.order)
    freed: Floats = np.minimum(together(drawn, added(drawn, order), lifted), whole)
    share = percentiles(freed / np.maximum(whole, 1e-12))
    free = bounds_in(found, order, lifted, float(freed.mean()))
    rest = _rest(found, order, lifted)
    low = free.low / (free.low + rest.high) if free.low else 0.0
    high = free.high / (free.high + rest.low) if free.high else 0.0
    open_rows = {part.row for part in found.parts if set(part.measures) & set(lifted)}
    held = {part.row for part in found.parts if set(part.measures) & set(stay)}
    rows = tuple(dict.fromkeys(part.row for part in found.parts))
    return HardCurrency(
        base_year=found.year,
        blocked=percentiles(whole),
        released=percentiles(freed),
        share=share,
        share_bounds=bounds(low, share.central, high),
        rows=rows,
        kept=tuple(row for row in rows if row in held or row not in open_rows),
    )


def _rest(found: Basket, order: tuple[str, ...], lifted: tuple[str, ...]) -> Spread:
    """Bounds of what stays blocked: all that is blocked, credited in full to the measures left."""
    after = (*lifted, *(id_ for id_ in found.order if id_ not in lifted))
    staying = [id_ for id_ in found.order if id_ not in lifted]
    held = bounds_in(found, after, staying, 0.0)
    behind = bounds_in(found, order, [id_ for id_ in order if id_ not in lifted], 0.0)
    return bounds(min(held.low, behind.low), 0.0, max(held.high, behind.high))
