"""Which trade a ban bears on: rows of trade cut into parts that never overlap.

Rows of trade overlap, in codes of the Harmonized System (HS), and so do bans. Here the rows of a
year become parts: each has its codes, its value and the measures that ban all of it, in the order
in which they were adopted. A row that is wider than what any ban names is passed over; one that
lies within another is not counted beside it; one that repeats the sum of others only bounds them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import msgspec
from msgspec.structs import replace

from detente.errors import UsageError
from detente.law.model import Measure, Range
from detente.law.regime import Regime
from detente.pressure.model import Allowance, Flow, Pressure, TradeRow

EXPORT_BAN: Final = "export-ban"
"""How the kinds of measures begin that ban what the target sells; other goods are imports."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Trade that one set of measures bears on.

    Attributes:
        row: id of the row of trade.
        group: the goods or services, in words.
        flow: what the row counts.
        hs: the codes of the row that belong to this part.
        value: of the whole row, in USD million.
        pieces: into how many parts the row is cut; how its value divides between them is not
            known where there are several.
        measures: ids of the measures that ban it, oldest first.
        allowed: the allowance under a measure, by its id.
    """

    row: str
    group: str
    flow: Flow
    hs: tuple[str, ...]
    value: Range
    pieces: int
    measures: tuple[str, ...]
    allowed: dict[str, str]


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """What several parts come to together, as another figure says.

    Attributes:
        row: id of the row of trade that says so.
        value: of all the parts, in USD million.
        parts: their places in the basket.
    """

    row: str
    value: Range
    parts: tuple[int, ...]


class Basket(msgspec.Struct, frozen=True, kw_only=True):
    """All trade of a year that bans bear on, with no overlap.

    Attributes:
        year: the year.
        parts: the parts.
        limits: what some of them come to together.
        allowances: what bans let through, by id.
        order: every measure that bears on a part, oldest first.
        total: all trade of that flow and year, banned or not; None for several flows together.
        total_row: id of the row of trade that says so.
        passed_over: rows that are not counted, and why.
    """

    year: int
    parts: tuple[Part, ...]
    limits: tuple[Limit, ...]
    allowances: dict[str, Allowance]
    order: tuple[str, ...]
    total: Range | None
    total_row: str | None
    passed_over: dict[str, str]


def basket(
    regime: Regime,
    pressure: Pressure,
    year: int,
    flows: Sequence[Flow] = ("export",),
) -> Basket:
    """Return the trade of a year that the measures of a regime bear on.

    Args:
        regime: the regime.
        pressure: its rows of trade and allowances.
        year: the base year.
        flows: what is counted; a total is known for one flow alone.

    Raises:
        UsageError: no such year, or rows that overlap in part.
    """
    rows = [
        row for row in pressure.trade.values()
        if row.year == year and row.flow in flows and row.unit == "USD m" and row.months is None
    ]  # fmt: skip
    totals = [row for row in rows if row.group == "total"]
    if len(flows) == 1 and len(totals) != 1:
        raise UsageError(_no_year(pressure, year, flows[0]))
    passed: dict[str, str] = {}
    banned: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows:
        if row.group.startswith("total"):
            continue
        covers = _covers(regime, row)
        if any(covers.values()):
            banned[row.id] = covers
        else:
            passed[row.id] = "wider than what any measure names" if row.hs else "under no ban"
    mixed = {id_ for id_, covers in banned.items() if len(set(covers.values())) > 1}
    counted, sums = _apart([row for row in rows if row.id in banned], mixed, passed)
    parts = tuple(
        part
        for row in counted
        for part in _parts(pressure, row, {code: banned[row.id][code] for code in row.hs or ("",)})
    )
    used = {id_ for part in parts for id_ in part.allowed.values()}
    return Basket(
        year=year,
        parts=parts,
        limits=tuple(_limits(parts, sums)),
        allowances={id_: pressure.allowances[id_] for id_ in pressure.allowances if id_ in used},
        order=ordered(regime, {id_ for part in parts for id_ in part.measures}),
        total=totals[0].value if len(flows) == 1 else None,
        total_row=totals[0].id if len(flows) == 1 else None,
        passed_over=passed,
    )


def ordered(regime: Regime, measures: Iterable[str]) -> tuple[str, ...]:
    """Return measures oldest first; of one day, in the regime's order."""
    place = {id_: n for n, id_ in enumerate(regime.measures)}

    def key(id_: str) -> tuple[date, int]:
        return regime.measures[id_].effective, place[id_]

    return tuple(sorted(measures, key=key))


def within(code: str, codes: Iterable[str]) -> bool:
    """Whether a code of the HS is one of ``codes`` or a part of one."""
    return any(code.startswith(wider) for wider in codes)


def _no_year(pressure: Pressure, year: int, flow: Flow) -> str:
    known = sorted(
        {row.year for row in pressure.trade.values() if row.flow == flow and row.group == "total"}
    )
    if not known:
        return f"this regime holds no totals of {flow}s; bring an extract with --trade FILE"
    return f"no total of {flow}s is known for {year}; known are {', '.join(map(str, known))}"


def signature(
    regime: Regime, pressure: Pressure, code: str, flow: Flow
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the measures that ban goods by their code, oldest first, and what each lets through.

    Args:
        regime: the regime.
        pressure: its allowances.
        code: a code of the HS.
        flow: ``export`` or ``import``.
    """
    return _signed(pressure, code, ordered(regime, _banning(code, _by_code(regime, flow))))


def _signed(
    pressure: Pressure, code: str, measures: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    allowed = tuple(
        (item.measure, item.id) for item in pressure.allowances.values()
        if item.measure in measures and (not item.hs or within(code, item.hs))
    )  # fmt: skip
    return measures, allowed


def _by_code(regime: Regime, flow: Flow) -> list[Measure]:
    """The measures that name goods of a flow by their codes."""
    return [
        measure for measure in regime.measures.values()
        if measure.hs and flow in ("export", "import")
        and (flow == "export") == measure.kind.startswith(EXPORT_BAN)
    ]  # fmt: skip


def _covers(regime: Regime, row: TradeRow) -> dict[str, tuple[str, ...]]:
    """The measures that ban each code of a row; a row without codes names its measures itself."""
    named = [id_ for id_ in row.measures if not regime.measures[id_].hs]
    by_code = _by_code(regime, row.flow)
    return {code: ordered(regime, {*named, *_banning(code, by_code)}) for code in row.hs or ("",)}


def _banning(code: str, measures: Iterable[Measure]) -> Iterator[str]:
    return (measure.id for measure in measures if code and within(code, measure.hs))


def _apart(
    rows: Sequence[TradeRow], mixed: Collection[str], passed: dict[str, str]
) -> tuple[list[TradeRow], dict[str, tuple[TradeRow, set[str]]]]:
    """Return rows that do not overlap, and the sums over some of them.

    A row under several bans (``mixed``) of which other rows count a part keeps only the rest.
    """
    sums: dict[str, tuple[TradeRow, set[str]]] = {}
    less: dict[str, TradeRow] = {}
    for row in rows:
        inner = [other for other in rows if other is not row and _inside(other, row)]
        codes = [code for other in inner for code in other.hs]
        if inner and all(within(code, codes) for code in row.hs):
            sums[row.id] = (row, {other.id for other in inner})
            passed[row.id] = "bounds the sum of the rows within it"
        elif inner and row.id in mixed:
            sums[row.id] = (row, {row.id, *(other.id for other in inner)})
            less[row.id] = _rest(row, inner)
    kept: list[TradeRow] = []
    whole = [row for row in rows if row.id not in sums or row.id in less]
    for row in whole:
        around = [other for other in whole if other is not row and _inside(row, other)]
        wider = next((other for other in around if other.id not in less), None)
        if wider is not None:
            passed[row.id] = f"counted in {wider.id}"
        else:
            kept.append(less.get(row.id, row))
    for n, row in enumerate(kept):
        for other in kept[n + 1 :]:
            if _touch(row, other):
                raise UsageError(
                    f"{row.id} and {other.id} overlap in their HS codes and neither contains the "
                    "other; give them codes that are apart"
                )
    return kept, sums


def _rest(row: TradeRow, inner: Sequence[TradeRow]) -> TradeRow:
    """What a row counts beside the rows within it."""
    low, central, high = (
        max(mine - sum(getattr(other.value, end) for other in inner), 0.0)
        for mine, end in (
            (row.value.low, "high"), (row.value.central, "central"), (row.value.high, "low"),
        )
    )  # fmt: skip
    codes = [code for other in inner for code in other.hs]
    return replace(
        row,
        value=Range(low=low, central=min(max(central, low), high), high=max(low, high)),
        hs=tuple(code for code in row.hs if not within(code, codes)),
    )


def _inside(row: TradeRow, other: TradeRow) -> bool:
    """Whether a row counts goods of another one only, and not the same goods."""
    if row.flow != other.flow or not row.hs or not other.hs:
        return False
    return all(within(code, other.hs) for code in row.hs) and not all(
        within(code, row.hs) for code in other.hs
    )


def _touch(row: TradeRow, other: TradeRow) -> bool:
    return row.flow == other.flow and (
        any(within(code, other.hs) for code in row.hs)
        or any(within(code, row.hs) for code in other.hs)
    )


def _parts(pressure: Pressure, row: TradeRow, covers: dict[str, tuple[str, ...]]) -> Iterator[Part]:
    """Cut a row by the measures that ban its codes and by what these let through."""
    cut: dict[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], list[str]] = {}
    for code, measures in covers.items():
        cut.setdefault(_signed(pressure, code, measures), []).append(code)
    for (measures, allowed), codes in cut.items():
        yield Part(
            row=row.id, group=row.group, flow=row.flow, hs=tuple(filter(None, codes)),
            value=row.value, pieces=len(cut), measures=measures, allowed=dict(allowed),
        )  # fmt: skip


def _limits(parts: Sequence[Part], sums: dict[str, tuple[TradeRow, set[str]]]) -> Iterator[Limit]:
    """What parts of one row, and rows that another one sums up, come to together."""
    for row in dict.fromkeys(part.row for part in parts if part.pieces > 1):
        places = tuple(n for n, part in enumerate(parts) if part.row == row)
        yield Limit(row=row, value=parts[places[0]].value, parts=places)
    for wider, inner in sums.values():
        places = tuple(n for n, part in enumerate(parts) if part.row in inner)
        if places:
            yield Limit(row=wider.id, value=wider.value, parts=places)
