"""The reports of the commands that have pictures: which pictures, and what each of them says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from detente.law.dates import span
from detente.law.regime import Regime
from detente.report.document import Figure, Report, report_of
from detente.report.page import Column, Page, Section, Table, counted, percent

if TYPE_CHECKING:
    from detente.monitor.watch_results import Watch
    from detente.pressure.exposure import Exposure
    from detente.pressure.model import BargainingGrid
    from detente.pressure.planning.results import Plan
    from detente.relief.results import Assessment
    from detente.talks.bridge_results import Bridges
    from detente.talks.gap_results import Gap


def assessment_report(
    page: Page, result: Assessment, bridges: Bridges | None, regime: Regime
) -> Report:
    """Return the report of an assessment, with the bridges near its offer."""
    from detente.report.brief import brief_of

    whole = replace(page, sections=(*page.sections, *_timeline(regime, result.as_of)))
    return report_of(
        whole, result.receipt.command, regimes=(regime,), receipt=result.receipt,
        brief=brief_of(result, bridges, regime), figures=_assessment_figures(result, regime),
    )  # fmt: skip


def _assessment_figures(result: Assessment, regime: Regime) -> Iterator[Figure]:
    from detente.report.coverage_chart import coverage_chart
    from detente.report.matrix_chart import matrix_chart
    from detente.report.timeline_chart import timeline_chart

    letters = Counter(line.letter for line in result.in_force)
    said = ", ".join(f"{count} {word}" for word, count in letters.most_common())
    yield Figure(
        title="Issue areas by measures, with the letter of each",
        text=f"{counted(len(result.in_force), 'measure')} in force on {result.as_of}: {said}; "
        f"{result.counts.asked} asked for.",
        spec=matrix_chart(result, regime),
    )
    kept = [
        f"{area.short} "
        + ("not known" if area.if_kept is None
           else percent(area.if_kept.low, area.if_kept.central, area.if_kept.high))
        for area in result.areas
    ]  # fmt: skip
    yield Figure(
        title="Coverage of the offer by issue area",
        text=f"The share that would be verifiably met if the offer is kept: {'; '.join(kept)}.",
        spec=coverage_chart(result),
    )
    yield Figure(
        title="Instruments, relief and reversals",
        text=f"Measures in force and recorded events until {result.as_of}; "
        f"{result.regime_counts.in_force} measures on that day. The events stand in a table.",
        spec=timeline_chart(regime, result.as_of),
    )


def _timeline(regime: Regime, until: date) -> Iterator[Section]:
    """The events of the timeline as a table, with what they did and by what act."""
    from detente.report.timeline_chart import done_by

    rows = tuple(
        (event.date, ", ".join(done_by(event)), event.text,
         str(len({id_ for change in event.effects for id_ in change.measures}) or ""),
         event.citation or ", ".join(event.sources), event.confidence)
        for event in regime.history.values()
        if done_by(event) and span(event.date).start <= until
    )  # fmt: skip
    columns = (
        Column("date"), Column("what", wrap=True), Column("event", wrap=True),
        Column("measures", right=True), Column("citation", wrap=True), Column("known", wrap=True),
    )  # fmt: skip
    if rows:
        yield Section(f"Instruments, relief and reversals until {until}", "", Table(columns, rows))


def gap_report(page: Page, result: Gap, regime: Regime, command: str) -> Report:
    """Return the report of a perception gap."""
    from detente.report.gap import share_text
    from detente.report.gap_chart import gap_chart

    told = "; ".join(
        f"{ruler.ruler}: asked {share_text(ruler.asked)}, given {share_text(ruler.given)}"
        for ruler in result.rulers
    )
    figure = Figure(
        title="Asked and given, by every ruler and in every issue area", text=f"{told}.",
        spec=gap_chart(result),
    )  # fmt: skip
    return report_of(page, command, regimes=(regime,), receipt=result.receipt, figures=(figure,))


def bridge_report(
    page: Page, result: Bridges, regime: Regime, grid: BargainingGrid | None, command: str
) -> Report:
    """Return the report of lawful bridges; with a picture where a grid lays the bargain out."""
    figures = _bargain_figures(result, grid) if grid is not None else ()
    return report_of(page, command, regimes=(regime,), receipt=result.receipt, figures=figures)


def _bargain_figures(result: Bridges, grid: BargainingGrid) -> Iterator[Figure]:
    from detente.report.bridge_chart import bridge_chart

    bargain = result.bargain
    said = (
        f"{bargain.packages:,} packages, {bargain.acceptable} better than no deal for both, "
        f"{bargain.acceptable_lawful} of them lawful; {bargain.frontier} on the frontier. "
        if bargain is not None else ""
    )  # fmt: skip
    yield Figure(
        title="Every package by its value to both parties",
        text=f"{said}{result.threshold.text if result.threshold else ''}".strip(),
        spec=bridge_chart(grid),
    )


def exposure_report(page: Page, result: Exposure, regime: Regime, command: str) -> Report:
    """Return the report of an exposure, with the waterfall of what instruments block."""
    from detente.report.exposure import shares
    from detente.report.waterfall import waterfall_chart

    parts = "; ".join(f"{item.instrument} {shares(item.share)} %" for item in result.by_instrument)
    figure = Figure(
        title="What each instrument took off exports",
        text=f"Of all exports of {result.base_year}, beyond those before it: {parts}. Together "
        f"{shares(result.cumulative)} %.",
        spec=waterfall_chart(result, regime),
    )
    return report_of(page, command, regimes=(regime,), figures=(figure,))


def plan_report(page: Page, result: Plan, regime: Regime, command: str) -> Report:
    """Return the report of a plan; with a picture where there is a choice to show."""
    figures = _plan_figures(result) if result.conflict is None and result.levers else ()
    return report_of(page, command, regimes=(regime,), figures=figures)


def _plan_figures(result: Plan) -> Iterator[Figure]:
    from detente.report.plan_chart import plan_chart

    levers = "; ".join(
        f"{item.lever} from Q{item.begins}, at work "
        + (f"from Q{item.works_from}" if item.works_from else "after the plan")
        for item in result.levers
    )
    yield Figure(
        title="Levers and value, quarter by quarter",
        text=f"{levers}. Worth {result.value:,.0f} {result.unit} in all.",
        spec=plan_chart(result),
    )


def watch_report(
    page: Page,
    result: Watch,
    regimes: Sequence[Regime],
    evidence: Iterable[tuple[str, str]],
    command: str,
) -> Report:
    """Return the report of a watch, with how fast names came and went."""
    from detente.report.watch_chart import watch_chart

    counts = Counter(event.event for event in result.events)
    said = ", ".join(f"{number} {what}" for what, number in counts.items()) or "nothing"
    alarms = sum(event.alarm for event in result.events)
    figure = Figure(
        title="Names listed and delisted, and events beside them",
        text=f"Seen: {said}; {counted(alarms, 'alarm')}.", spec=watch_chart(result),
    )  # fmt: skip
    return report_of(page, command, regimes=regimes, evidence=tuple(evidence), figures=(figure,))
