"""A perception gap as a page: every ruler beside the others."""

from __future__ import annotations

from detente.law.regime import Regime
from detente.relief.spirit import Share
from detente.report.page import Column, Line, Page, Section, Table, counted
from detente.talks.gap_results import Gap, Ratio, Scope


def gap_page(result: Gap, regime: Regime) -> Page:
    """Return the page of a perception gap."""
    told = [r for r in result.rulers if r.asked is not None]
    most = max(told, key=lambda r: r.asked.central if r.asked else 0)
    least = min(told, key=lambda r: r.asked.central if r.asked else 0)
    answer = (
        Line("Asked", f"{_share(least.asked)} by {least.ruler}, {_share(most.asked)} by "
             f"{most.ruler}: each side is right by its own ruler"),
        Line("Given", _given(result)),
        Line("Exchange", _exchange(result)),
        Line("Target first", result.order.target or "not said"),
        Line("Sender first", result.order.sender or "not said"),
    )  # fmt: skip
    sections = (
        _rulers(result),
        _areas(result),
        *_visions(result),
        Section(
            "Words that the sides use differently",
            lines=tuple(f"{item.word}: {item.text}" for item in result.definitions),
        ),
        Section("Where the numbers come from", lines=tuple(_origins(result, regime))),
    )
    kept = tuple(item for item in sections if item.lines or (item.table and item.table.rows))
    return Page(
        f"The perception gap: {result.offer_name}, {result.as_of} (ask read: {result.reading})",
        answer,
        kept,
    )


def share_text(share: Share | None) -> str:
    """Return a share as users read it: a number, or a range with its centre and its kind."""
    if share is None:
        return "-"
    if share.low == share.high:
        return f"{100 * share.central:.0f} %"
    kind = "" if share.kind == "bounds" else " p05-p95"
    low, high = f"{100 * share.low:.1f}", f"{100 * share.high:.1f}"
    return f"{low}-{high} % ({100 * share.central:.1f}){kind}"


_share = share_text


def _ratio(ratio: Ratio | None) -> str:
    if ratio is None:
        return "-"
    high = "no end" if ratio.high is None else f"{ratio.high:.1f}"
    kind = "" if ratio.kind == "bounds" else f" {ratio.kind}"
    return f"{ratio.low:.1f} to {high} ({ratio.central:.1f}){kind}"


def _given(result: Gap) -> str:
    parts = [
        f"{_share(item.given)} of {item.name}"
        for item in result.areas
        if item.given is not None and item.given.high > 0
    ]
    nothing = sum(item.given is not None and item.given.high <= 0 for item in result.areas)
    unknown = sum(item.given is None for item in result.areas)
    said = [", ".join(parts)] if parts else []
    said += [f"nothing in {counted(nothing, 'area')}"] if nothing else []
    said += [f"not known in {counted(unknown, 'area')}"] if unknown else []
    return "; ".join(said)


def _exchange(result: Gap) -> str:
    parts = [f"{_ratio(a.ratio)} in {a.name}" for a in result.areas if a.ratio is not None]
    if not parts and any(a.given is None and a.asked and a.asked.high > 0 for a in result.areas):
        return "no ratio: what is given is not known in areas whose measures were asked for"
    if not parts:
        return "no ratio: nothing is given in any area whose measures were asked for"
    return f"relief by {result.exchange_ruler} over conduct: {', '.join(parts)}; none elsewhere"


def _rulers(result: Gap) -> Section:
    columns = (
        Column("ruler"), Column("asked", right=True), Column("given", right=True),
        Column("what it counts", wrap=True),
    )  # fmt: skip
    rows = tuple((r.ruler, _share(r.asked), _share(r.given), r.text) for r in result.rulers)
    remark = "A dash: this ruler measures no conduct. No ruler is the right one."
    return Section("Rulers", remark, Table(columns, rows))


def _areas(result: Gap) -> Section:
    columns = (
        Column("issue area", wrap=True), Column("asked", right=True),
        Column("given, if kept", right=True), Column("exchange ratio", right=True),
        Column("by measures", right=True),
    )  # fmt: skip
    rows = tuple(
        (a.name, _share(a.asked), _share(a.given), _ratio(a.ratio), _ratio(a.ratio_by_measures))
        for a in result.areas
    )
    remark = (
        "Asked: of the area's measures in force. "
        f"Exchange ratio: relief asked, by {result.exchange_ruler}, over the share of the area "
        "reached, and the same by measures; none where nothing is given. Areas are never averaged."
        + (" A dash under given: not known." if any(a.given is None for a in result.areas) else "")
    )
    return Section("Issue areas", remark, Table(columns, rows))


def _visions(result: Gap) -> list[Section]:
    columns = (
        Column("issue area"), Column("touched", right=True), Column("by weight", right=True),
        Column("leaves out, heaviest first", wrap=True),
    )  # fmt: skip
    return [
        Section(
            f"What {vision.party} has in mind ({vision.role})",
            "Touching is not fulfilment. " + "; ".join(vision.text),
            Table(columns, tuple(_scope(scope) for scope in vision.covers if scope.components)),
        )
        for vision in result.visions
    ]


def _scope(scope: Scope) -> tuple[str, ...]:
    return (
        scope.area,
        f"{scope.touched} of {scope.components}",
        f"{100 * scope.weight_share:.1f} %",
        ", ".join(scope.leaves_out[:4]),
    )


def _origins(result: Gap, regime: Regime) -> list[str]:
    lines = [f"{r.ruler}: {r.citation} [{r.confidence}]" for r in result.rulers]
    lines.append("given, by area: weights and fractions of components are an analyst's; their "
                 "sources: detente cite COMPONENT")  # fmt: skip
    if result.receipt is not None:
        told = result.receipt
        lines.append(
            f"{regime.id} edition {told.regime_edition[:12]}, evidence "
            f"{told.evidence_digest[:12]}; {told.command}"
        )
    return lines
