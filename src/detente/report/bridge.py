"""Lawful bridges as a page: the packages, what is owed on them, and where lawful deals begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from detente.law.regime import Regime
from detente.report.gap import share_text
from detente.report.page import Column, Line, Page, Section, Table, counted
from detente.talks.bargain import Point
from detente.talks.bridge_results import Bargain, Bridges

_SHOWN: Final = 12
"""Packages of the grid's Pareto set that the page shows; JSON has them all."""

_PLACES: Final = {"end": "ends", "suspend": "suspends", "ease": "eases"}


def bridge_page(result: Bridges, regime: Regime) -> Page:
    """Return the page of an offer's lawful bridges."""
    answer = [
        Line("Packages", f"{counted(len(result.packages), 'package')} near the offer, search "
             f"{result.proved}"),
        *(Line(rule, nearest(result, rule)) for rule in result.rules),
    ]  # fmt: skip
    if result.threshold is not None:
        value = result.threshold.value
        spread = "" if value is None else f" [{value.low:.2f} to {value.high:.2f}, {value.kind}]"
        answer.append(Line("Threshold", result.threshold.text + spread))
    sections = [
        _packages(result),
        _added(result),
        _owed(result),
        *(_bargain(result.bargain) if result.bargain else ()),
        Section(
            "What each rule asks",
            "None is the tool's opinion.",
            lines=tuple(f"{name}: {text}" for name, text in result.rules.items()),
        ),
    ]
    title = f"{regime.name}: lawful bridges from {result.offer}, {result.as_of}"
    whose = f", best for the {result.side} first" if result.side else ""
    return Page(f"{title} ({result.reading}{whose})", tuple(answer), tuple(sections))


def nearest(result: Bridges, rule: str) -> str:
    """Return the package that adds least to the offer and that a rule allows, in words."""
    fit = [item for item in result.packages if item.lawful.get(rule)]
    if not fit:
        return "no package of those found is lawful under it"
    best = min(fit, key=lambda p: (len(p.conduct), -len(p.relief)))
    whole = [p for p in fit if len(p.relief) == result.asked and p.manner != "ease"]
    added = best.conduct or None
    text = f"nearest adds {'nothing' if added is None else counted(len(best.conduct), 'step')} "
    text += f"for {counted(len(best.relief), 'measure')}"
    if best.manner != "end":
        text += f", {_PLACES[best.manner]} them"
    if whole:
        least = min(whole, key=lambda p: len(p.conduct))
        if least is not best:
            text += f"; all {result.asked} need {counted(len(least.conduct), 'step')}"
    return text


def _packages(result: Bridges) -> Section:
    columns = (
        Column("package", wrap=True), Column("adds", right=True), Column("relieves", right=True),
        Column("pressure kept", right=True), Column("requirements met", right=True),
        Column("lawful under", wrap=True), Column("best"),
    )  # fmt: skip
    rows = tuple(
        (
            item.name,
            str(len(item.conduct)),
            f"{len(item.relief)} of {result.asked}",
            share_text(item.pressure_kept),
            share_text(item.requirements_met),
            ", ".join(rule for rule, ok in item.lawful.items() if ok) or "none",
            "*" if item.undominated else "",
        )
        for item in result.packages
    )
    rulers = dict.fromkeys(item.pressure_ruler for item in result.packages)
    remark = (
        f"Pressure kept is counted by {'; '.join(rulers)}. * no other lawful package here is as "
        "good in cost, pressure kept and requirements met, and better in one. Requirements: of "
        "those that the asked measures are tied to."
    )
    return Section("Packages", remark, Table(columns, rows))


def _added(result: Bridges) -> Section:
    lines = []
    for item in result.packages:
        if item.conduct:
            parts = ", ".join(step.id for step in item.conduct)
            lines.append(f"{item.name}: {parts}")
    return Section("What each package adds to the offer", lines=tuple(lines))


def _owed(result: Bridges) -> Section:
    seen: dict[str, str] = {}
    for item in result.packages:
        for act in item.owed:
            lasts = f"; lasts {act.lasts}" if act.lasts else ""
            seen.setdefault(
                act.path,
                f"{act.path} ({act.kind}): {act.decided_by} [{act.citation}]{lasts}; taken back: "
                f"{act.taken_back}",
            )
    return Section(
        "Owed on compliance, and who could take it back",
        "Credibility is two-sided: a package is worth what both promises are worth.",
        lines=tuple(seen.values()),
    )


def _bargain(bargain: Bargain) -> Iterable[Section]:
    yield Section(
        f"The bargain as {bargain.packages:,} packages ({bargain.grid})",
        f"Every one is valued; weights and values are {bargain.confidence} inputs, elicited from "
        "nobody. They say how an answer hangs on them, not how likely a deal is.",
        Table(
            (Column("side"), Column("weights", wrap=True)),
            tuple(
                (f"{role} ({bargain.parties[role]})",
                 ", ".join(f"{issue} {weight:g}" for issue, weight in table.items()))
                for role, table in bargain.weights.items()
            ),
        ),
        lines=(
            f"on the frontier of both values: {bargain.frontier} packages; better than no deal "
            f"for both: {bargain.acceptable}; and under the ceiling that the law would bear: "
            f"{bargain.acceptable_lawful}",
        ),
    )  # fmt: skip
    yield Section("Offers and fair points", "", _points(bargain))
    yield Section(
        "Where lawful deals begin",
        "The range is what moving every other weight by up to a fifth does.",
        lines=tuple(
            f"{limit.text}"
            + (f" [{limit.value.low:.2f} to {limit.value.high:.2f}, {limit.value.kind}]"
               if limit.value else "")
            + f" The analyst published {limit.published:g}."
            for limit in bargain.limits
        ),
    )  # fmt: skip
    yield _front(bargain)


def _points(bargain: Bargain) -> Table:
    columns = (
        Column("point", wrap=True), Column("sender", right=True), Column("target", right=True),
        Column("beaten by", right=True), Column("lawful"), Column("package", wrap=True),
    )  # fmt: skip
    points = {
        **bargain.offers,
        **{f"{name}, any package": p for name, p in bargain.solutions.items()},
        **{f"{name}, lawful ones": p for name, p in bargain.lawful_solutions.items()},
    }
    return Table(
        columns,
        tuple(
            (name, f"{p.sender:.3f}", f"{p.target:.3f}",
             str(bargain.beaten_by.get(name, "-")), "yes" if p.lawful else "no", _said(p))
            for name, p in points.items()
        ),
    )  # fmt: skip


def _front(bargain: Bargain) -> Section:
    columns = (
        Column("cost", right=True), Column("pressure kept", right=True),
        Column("conduct met", right=True), Column("package", wrap=True),
    )  # fmt: skip
    step = max(1, len(bargain.pareto) // _SHOWN)
    shown = bargain.pareto[::step][:_SHOWN]
    rows = tuple(
        (f"{g.cost:.3f}", f"{100 * g.pressure_kept:.0f} %", f"{100 * g.requirements_met:.0f} %",
         _said(g.point))
        for g in shown
    )  # fmt: skip
    remark = (
        f"{len(bargain.pareto)} packages, lawful and better than no deal for both, that no other "
        f"beats in all three; {len(shown)} shown. Cost: what conduct costs the target, in its own "
        "values."
    )
    return Section("Best packages: cost, pressure kept, conduct met", remark, Table(columns, rows))


def _said(point: Point) -> str:
    return ", ".join(f"{issue} {option}" for issue, option in point.options.items())
