"""What trade each measure blocks: on paper, and in fact.

Bans overlap: a later one names again what an earlier one has stopped. Each measure is therefore
credited with what it added to those before it, in the order in which they were adopted, after
what caps and exceptions let through (``binding``); what it names on paper stands beside it
(``nominal``). Shares are of all trade of the flow in the base year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from detente.errors import UsageError
from detente.law.regime import Regime
from detente.pressure.blocked import Additions, Drawn, added, bounds_in, draw, named, together
from detente.pressure.cited import rows_used, sources_of
from detente.pressure.exposed import ByInstrument, ByMeasure, Exposure, Fall, Side
from detente.pressure.goods import Basket, basket
from detente.pressure.harm import Humanitarian, humanitarian
from detente.pressure.leakage import Net, net_of
from detente.pressure.model import Flow, Pressure
from detente.pressure.release import (
    HardCurrency,
    hard_currency,
    measures_of,
    released_from,
    share_of,
    with_earlier,
)
from detente.pressure.spread import DRAWS, Spread, bounds, percentiles, spread_of

__all__ = ["ByInstrument", "ByMeasure", "Exposure", "Fall", "Side", "base_year_of", "exposure"]


def base_year_of(pressure: Pressure) -> int:
    """Return the year of which most banned exports are on record; of two, the later one.

    Raises:
        UsageError: no export is on record.
    """
    totals = {r.year for r in pressure.trade.values() if r.flow == "export" and r.group == "total"}
    count = Counter(
        row.year for row in pressure.trade.values()
        if row.flow == "export" and row.measures and row.year in totals
    )  # fmt: skip
    if not totals:
        raise UsageError(
            "no export is on record; bring an extract that holds some (--trade FILE), and say "
            "whose trade it is (--country NAME)"
        )
    return max(totals, key=lambda year: (count[year], year))


def exposure(
    regime: Regime,
    pressure: Pressure,
    measures: Iterable[str] = (),
    *,
    base_year: int | None = None,
    remaining: Iterable[str] | None = None,
    in_force: Iterable[str] | None = None,
    draws: int = DRAWS,
) -> Exposure:
    """Return what trade measures block.

    Each measure is credited with what it adds to all of the regime that came before it, those
    asked about or not; a measure asked about brings those along that it took the place of.

    Args:
        regime: the regime.
        pressure: its rows of trade, allowances and estimates.
        measures: ids of measures, or of instruments as a whole; all by default.
        base_year: the year whose trade is taken; by default that of which most is on record.
        remaining: the measures that would still bind once those asked about ended; given, the
            answer says what would be released.
        in_force: the measures that are told of where none is asked about; all by default.
        draws: how many draws make the ranges of kind ``p05-p95``.

    Raises:
        UnknownIdError: an id is neither a measure nor an instrument.
        UsageError: the base year is not in the data.
    """
    asked = tuple(dict.fromkeys(measures))
    every = with_earlier(regime, regime.measures if in_force is None else in_force)
    chosen = with_earlier(regime, measures_of(regime, asked)) if asked else every
    year = base_year_of(pressure) if base_year is None else base_year
    ends = set(measures_of(regime, asked))
    stay = None if remaining is None else set(measures_of(regime, remaining)) - ends
    drawn = draw(basket(regime, pressure, year), draws)
    exports = _side(regime, pressure, drawn, "export", chosen, ends, stay)
    net = net_of(_blocked(drawn, regime.measures), pressure, year)
    known = [r for r in pressure.trade.values() if r.flow == "import" and r.group == "total"]
    imports = None
    if any(row.year == year for row in known):
        goods = draw(basket(regime, pressure, year, ("import",)), draws)
        imports = _side(regime, pressure, goods, "import", chosen, ends, stay)
    currency = None
    if stay is not None:
        currency = hard_currency(regime, pressure, ends, stay, base_year=year, draws=draws)
    sides = [side for side in (exports, imports) if side is not None]
    bearing = {item.measure for side in sides for item in side.by_measure}
    human = humanitarian(regime, pressure, bearing)
    used = rows_used(pressure, _ids(exports, imports, currency, net, human))
    return Exposure(
        **{name: getattr(exports, name) for name in exports.__struct_fields__},
        regime=regime.id, asked=asked, imports=imports, hard_currency=currency, net=net,
        humanitarian=human,
        rows_used=used, sources=sources_of(regime, pressure, used), draws=draws,
    )  # fmt: skip


def _blocked(drawn: Drawn, chosen: Iterable[str]) -> Any:
    return together(drawn, added(drawn, drawn.basket.order), chosen)


def _side(
    regime: Regime,
    pressure: Pressure,
    drawn: Drawn,
    flow: Flow,
    chosen: Sequence[str],
    ends: set[str],
    stay: set[str] | None,
) -> Side:
    found = drawn.basket
    assert found.total is not None
    additions = added(drawn, found.order)
    kept = [id_ for id_ in found.order if id_ in set(chosen)]
    amount = together(drawn, additions, kept)
    groups: dict[str, list[str]] = {}
    for id_ in kept:
        groups.setdefault(regime.measures[id_].instrument, []).append(id_)
    by_instrument, before = [], list[str]()
    for instrument, ids in groups.items():
        before += ids
        running = percentiles(together(drawn, additions, before) / drawn.total)
        parts = _amounts(drawn, additions, ids)
        citation = regime.instruments[instrument].citation
        by_instrument.append(
            ByInstrument(instrument=instrument, measures=tuple(ids), cumulative=running,
                         citation=citation, **parts)
        )  # fmt: skip
    whole = percentiles(amount)
    return Side(
        flow=flow,
        base_year=found.year,
        total=spread_of(found.total),
        total_row=str(found.total_row),
        by_measure=tuple(
            ByMeasure(measure=id_, instrument=regime.measures[id_].instrument,
                      citation=regime.citation_of(id_), **_amounts(drawn, additions, [id_]))
            for id_ in kept
        ),
        by_instrument=tuple(by_instrument),
        nominal=percentiles(named(drawn, kept)),
        binding=whole,
        cumulative=percentiles(amount / drawn.total),
        cumulative_bounds=share_of(bounds_in(found, found.order, kept, whole.central), found),
        observed=tuple(_falls(pressure, found, flow)),
        release=None if stay is None else released_from(regime, drawn, ends, stay),
        passed_over=found.passed_over,
    )  # fmt: skip


def _amounts(drawn: Drawn, additions: Additions, ids: Sequence[str]) -> dict[str, Any]:
    """The fields that measures and instruments have in common."""
    found = drawn.basket
    paper = named(drawn, ids)
    amount = together(drawn, additions, ids)
    binding = percentiles(amount)
    limits = bounds_in(found, found.order, ids, binding.central)
    names = bounds_in(_without_allowances(found), ids, ids, float(paper.mean()))
    limits = bounds(limits.low, limits.central, min(limits.high, names.high))
    names = bounds(max(names.low, limits.low), names.central, names.high)
    hit = [part for part in found.parts if set(ids) & set(part.measures)]
    whole = Counter(part.row for part in hit)
    return {
        "nominal": percentiles(paper),
        "nominal_bounds": names,
        "nominal_share": percentiles(paper / drawn.total),
        "nominal_share_bounds": share_of(names, found),
        "binding": binding,
        "binding_bounds": limits,
        "share": percentiles(amount / drawn.total),
        "share_bounds": share_of(limits, found),
        "rows": tuple(whole),
        "divided": tuple(dict.fromkeys(part.row for part in hit if part.pieces > whole[part.row])),
        "allowances": tuple(
            dict.fromkeys(part.allowed[id_] for part in hit for id_ in ids if id_ in part.allowed)
        ),
    }


def _without_allowances(found: Basket) -> Basket:
    parts = tuple(replace(part, allowed={}) for part in found.parts)
    return replace(found, parts=parts, allowances={})


def _falls(pressure: Pressure, found: Basket, flow: Flow) -> Iterable[Fall]:
    """How trade fell in the years after, the ends taken so that the range cannot be too narrow."""
    assert found.total is not None
    assert found.total_row is not None
    for row in pressure.trade.values():
        if row.flow == flow and row.group == "total" and row.year > found.year:
            yield Fall(
                year=row.year,
                total=spread_of(row.value),
                fall=Spread(
                    low=1 - row.value.high / found.total.low,
                    central=1 - row.value.central / found.total.central,
                    high=1 - row.value.low / found.total.high,
                    kind="bounds",
                ),
                rows=(found.total_row, row.id),
            )


def _ids(
    exports: Side,
    imports: Side | None,
    currency: HardCurrency | None,
    net: Net,
    human: Humanitarian,
) -> Iterable[str]:
    """Every row that a number of the answer rests on."""
    for side in (exports, imports):
        if side is None:
            continue
        yield side.total_row
        for item in side.by_measure:
            yield from (*item.rows, *item.allowances)
        for fall in side.observed:
            yield from fall.rows
        yield from side.passed_over
    yield from () if currency is None else currency.rows
    yield from (leak.row for leak in (*net.leaks, *net.beside))
    yield from (found.row for found in human.record)
