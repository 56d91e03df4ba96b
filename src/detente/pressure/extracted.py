"""From a checked extract to rows of trade: goods under the same bans become one row.

What is counted are the most detailed codes of the file; the total is the file's own row ``TOTAL``
where there is one, or else the sum over its widest codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from detente.law.model import Range, Source
from detente.law.regime import Regime
from detente.pressure.extract import Extract, nearest_wider
from detente.pressure.goods import signature
from detente.pressure.hs import name_of
from detente.pressure.model import Flow, Pressure, TradeRow


def with_extract(regime: Regime, pressure: Pressure, extract: Extract) -> Pressure:
    """Return pressure whose exports and imports are those of an extract.

    Goods under the same bans become one row, with all their codes. What bans let through stays;
    other rows of exports and imports go.

    Args:
        regime: the regime whose measures are held against the goods.
        pressure: its rows.
        extract: the extract.
    """
    source = f"extract:{extract.name}"
    kept = {id_: row for id_, row in pressure.trade.items()
            if row.flow not in ("export", "import")}  # fmt: skip
    for row in _rows(regime, pressure, extract, source):
        kept[row.id] = row
    side = " as its partners report it" if extract.mirror else ""
    title = f"Extract {extract.name}, {len(extract.lines)} rows{side}"
    sources = {**pressure.sources, source: Source(id=source, title=title, kind="dataset")}
    gone = pressure.trade.keys() - kept.keys()
    origins = {id_: place for id_, place in pressure.origins.items() if id_ not in gone}
    origins |= {id_: extract.name for id_ in kept if id_ not in origins}
    return replace(pressure, trade=kept, sources=sources, origins=origins)


def _rows(regime: Regime, pressure: Pressure, extract: Extract, source: str) -> Iterator[TradeRow]:
    amounts: dict[tuple[int, Flow], dict[str, float]] = {}
    for line in extract.lines:
        table = amounts.setdefault((line.year, line.flow), {})
        table[line.hs] = table.get(line.hs, 0.0) + line.value
    for (year, flow), table in amounts.items():
        codes = table.keys() - {"TOTAL"}
        leaves = codes - {code[:n] for code in codes for n in range(2, len(code))}
        widest = [code for code in codes if nearest_wider(code, codes) is None]
        total = table.get("TOTAL", sum(table[code] for code in widest))
        row = _row(f"{flow}-{year}-total", year, flow, "total", (), total, source)
        yield row if "TOTAL" in table else replace(row, evidence="derived")
        groups: dict[tuple[object, ...], list[str]] = {}
        for code in sorted(leaves):
            groups.setdefault(signature(regime, pressure, code, flow), []).append(code)
        for number, (banned, some) in enumerate(groups.items()):
            if banned[0]:
                value = sum(table[code] for code in some)
                names = dict.fromkeys(name_of(code) for code in some)
                name = ", ".join(list(names)[:3]) + " and others" * (len(names) > 3)
                yield _row(f"{flow}-{year}-{number}", year, flow, name, tuple(some), value, source)


def _row(
    id_: str, year: int, flow: Flow, group: str, hs: tuple[str, ...], value: float, source: str
) -> TradeRow:
    point = Range(low=value, central=value, high=value)
    return TradeRow(
        id=f"extract-{id_}", sources=(source,), year=year, flow=flow, group=group, hs=hs,
        value=point, unit="USD m", evidence="read", confidence="medium",
    )  # fmt: skip
