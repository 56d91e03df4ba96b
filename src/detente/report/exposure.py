"""Exposure as a page: what each instrument and measure blocks, and what would be released."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from detente.law.regime import Regime
from detente.pressure.exposed import Blocked, Exposure, Side
from detente.pressure.leakage import Leak
from detente.pressure.release import Release
from detente.pressure.spread import Spread
from detente.report.cited import source_sections
from detente.report.humanitarian import humanitarian_sections
from detente.report.page import Column, Line, Page, Section, Table

WORDS = (
    "- names: what it bans on paper, overlaps with others included.",
    "- adds: what it blocks beyond all that came before it, after caps and exceptions.",
    "- 91.2 [90.1-92.0]: the mean and, in brackets, the range of nine draws in ten (p05-p95) from "
    "independent triangular rows; bounds say that nothing lies outside if the rows hold.",
    "- 12.0 [0-30]*: the value divides between measures in a way that is not known; the brackets "
    "are bounds.",
)


def exposure_page(
    result: Exposure,
    regime: Regime,
    *,
    sources: bool,
    offer: str | None = None,
    as_of: date | None = None,
) -> Page:
    """Return the page of an exposure.

    Args:
        result: the exposure.
        regime: its regime.
        sources: whether every row and its sources are shown.
        offer: the offer whose asks were taken, if one was.
        as_of: the day of the law, if one was asked for.
    """
    what = ", ".join(result.asked[:3]) + ", ..." * (len(result.asked) > 3)
    what = f"the {len(result.asked)} measures asked for in {offer}" if offer else what
    every = "all measures" if as_of is None else f"the measures in force on {as_of}"
    title = f"{regime.name}: what {what or every} block, on the trade of "
    sections = [
        Section("Exports by instrument", "% of all exports", _by_instrument(result)),
        Section("Exports by measure", "% of all exports", _by_measure(result)),
    ]
    if result.imports is not None and result.imports.by_measure:
        sections.append(
            Section("Imports by measure", "% of all imports", _by_measure(result.imports))
        )
    sections += [_net(result), *humanitarian_sections(result.humanitarian)]
    sections.append(Section("What the words mean", lines=(*WORDS, *_left(result))))
    if sources:
        sections += source_sections(result.rows_used, result.sources)
    return Page(
        f"{title}{result.base_year}",
        tuple(_answer(result, whole=bool(result.asked or as_of))),
        tuple(sections),
    )


def _answer(result: Exposure, *, whole: bool) -> Iterator[Line]:
    """The first lines; ``whole``: whether what leaks is to be told from what was asked about."""
    total = f"USD {result.total.central:,.0f} m"
    yield Line(
        "Exports blocked",
        f"{shares(result.cumulative)} % of {total}; bounds {_ends(result.cumulative_bounds)} %",
    )
    for fall in result.observed:
        if fall is result.observed[0] or fall.year - result.base_year == 2:
            yield Line("Observed", f"exports were {_fallen(fall.fall)} in {fall.year}")
    if result.release is not None:
        yield from _released("Would be released", result.release)
        if result.release.uncounted:
            yield Line(
                "Not counted",
                "bans of all trade that stay and bind single States: "
                + ", ".join(result.release.uncounted),
                "warn",
            )
    money = result.hard_currency
    if money is not None and result.release is not None:
        yield Line(
            "Hard currency",
            f"{shares(money.share)} % of what is blocked, services and arms included "
            f"(USD {money.blocked.central:,.0f} m); bounds {_ends(money.share_bounds)} %",
        )
    if result.imports is not None and result.imports.by_measure:
        yield Line(
            "Imports blocked",
            f"{shares(result.imports.cumulative)} % of USD {result.imports.total.central:,.0f} m",
        )
        if result.imports.release is not None:
            yield from _released("Imports released", result.imports.release)
    every = " for all measures together" if whole else ""
    yield Line(
        "Net of leakage",
        f"USD {amounts(result.net.net)} m a year{every}: what leaks comes to USD "
        f"{amounts(result.net.leakage)} m",
        "warn",
    )


def _released(label: str, found: Release) -> Iterator[Line]:
    if found.share is None or found.share_bounds is None or found.alone_share is None:
        return
    text = f"{shares(found.share)} %, bounds {_ends(found.share_bounds)} %"
    if found.held:
        text += f"; {shares(found.alone_share)} % but for what other measures hold: "
        text += ", ".join(dict.fromkeys(id_ for ids in found.held.values() for id_ in ids))
    yield Line(label, text)


def _fallen(fall: Spread) -> str:
    if fall.high >= 0:
        return f"{shares(fall)} % lower"
    rise = Spread(low=-fall.high, central=-fall.central, high=-fall.low, kind=fall.kind)
    return f"{shares(rise)} % higher"


def shares(value: Spread) -> str:
    """Return a share in per cent: the mean, and the range in brackets."""
    low, central, high = (100 * getattr(value, end) for end in ("low", "central", "high"))
    if f"{low:.1f}" == f"{high:.1f}":
        return f"{central:.1f}"
    return f"{central:.1f} [{low:.1f}-{high:.1f}]"


def amounts(value: Spread) -> str:
    """Return an amount in whole millions: the mean, and the range in brackets."""
    if f"{value.low:,.0f}" == f"{value.high:,.0f}":
        return f"{value.central:,.0f}"
    return f"{value.central:,.0f} [{value.low:,.0f} to {value.high:,.0f}]"


def _ends(value: Spread) -> str:
    return f"{100 * value.low:.1f}-{100 * value.high:.1f}"


def _named(item: Blocked) -> str:
    """What a measure names, with bounds where its value is not known apart from others'."""
    if not item.divided:
        return shares(item.nominal_share)
    return f"{100 * item.nominal_share.central:.1f} [{_ends(item.nominal_share_bounds)}]*"


def _added(item: Blocked) -> str:
    """What a measure adds, with bounds where its value is not known apart from others'."""
    if not item.divided:
        return shares(item.share)
    return f"{100 * item.share.central:.1f} [{_ends(item.share_bounds)}]*"


_COLUMNS = (
    Column("names", right=True), Column("adds", right=True), Column("adds, USD m", right=True),
)  # fmt: skip


def _by_instrument(side: Side) -> Table:
    rows = tuple(
        (item.instrument, item.citation.split(";")[0], _named(item), _added(item),
         amounts(item.binding_bounds if item.divided else item.binding), shares(item.cumulative))
        for item in side.by_instrument
    )  # fmt: skip
    head = (Column("instrument"), Column("citation"), *_COLUMNS, Column("together", right=True))
    return Table(head, rows)


def _by_measure(side: Side) -> Table:
    rows = tuple(
        (item.measure, item.citation, _named(item), _added(item),
         amounts(item.binding_bounds if item.divided else item.binding))
        for item in side.by_measure
    )  # fmt: skip
    return Table((Column("measure"), Column("citation"), *_COLUMNS), rows)


def _net(result: Exposure) -> Section:
    rows = tuple(
        (leak.group, leak.months or str(leak.year), amounts(leak.value), leak.confidence, leak.row)
        for leak in result.net.leaks
    )
    columns = (
        Column("income that goes on", wrap=True), Column("in"), Column("USD m", right=True),
        Column("confidence"), Column("row", wrap=True),
    )  # fmt: skip
    lines = tuple(
        f"- Beside it, in no sum: {leak.group}, {leak.months or leak.year}: {_quantity(leak)}"
        for leak in result.net.beside
    )
    remark = "the latest figure of each; the years differ, so the sum is an order of magnitude"
    return Section("Leakage and substitution", remark, Table(columns, rows), lines)


def _quantity(leak: Leak) -> str:
    ends = f"{leak.value.low:g} to {leak.value.high:g}"
    return f"{leak.value.central:g} [{ends}] {leak.unit} [{leak.row}]"


def _left(result: Exposure) -> Iterator[str]:
    """Rows that are not counted, and why."""
    sides = [side for side in (result, result.imports) if side is not None]
    for side in sides:
        for row, why in side.passed_over.items():
            yield f"- not counted by itself: {row}, {why}."
