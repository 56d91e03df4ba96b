"""A plan as a page: the choice, quarter by quarter, and what stands round it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.law.regime import Regime
from detente.pressure.planning.results import Plan, Portfolio
from detente.pressure.planning.scenario import REVENUE
from detente.pressure.planning.search import Switch
from detente.report.cited import source_sections
from detente.report.humanitarian import humanitarian_sections, said
from detente.report.levers import ends, law_said
from detente.report.page import Column, Line, Page, Section, Table

_SCENARIOS = {
    "worst": "every range at its worst",
    "best": "every range at its best",
    "central": "every range at its middle",
}


def plan_page(result: Plan, regime: Regime, *, sources: bool) -> Page:
    """Return the page of a plan."""
    title = f"{regime.name}: a plan over {result.asked.quarters} quarters"
    sections = list(_sections(result))
    sections += humanitarian_sections(result.humanitarian)
    sections.append(_bound(result))
    if sources:
        sections += source_sections(result.rows_used, result.sources)
    return Page(title, tuple(_answer(result)), tuple(sections))


def _answer(result: Plan) -> Iterator[Line]:
    asked = result.asked
    scenario = _SCENARIOS.get(asked.scenario.name, f"the quantile {asked.scenario.quantile:g}")
    yield Line("Aim", f"{asked.objective}, with {scenario}; limits: {_limits(result)}")
    if result.conflict is not None:
        names = ", ".join(_limit(name, result) for name in result.conflict.limits)
        proof = "no smaller set conflicts" if result.conflict.smallest else "minimal"
        yield Line("No choice", f"these limits cannot all hold ({proof}): {names}", "bad")
    else:
        drawn = result.portfolio.outlook.value
        proof = "proved the best" if result.status == "optimal" else "not proved the best"
        yield Line("Best", ", ".join(item.lever for item in result.levers) or "no lever")
        if result.without_law:
            yield Line(
                "No law",
                f"{', '.join(result.without_law)}: the law is missing and would have to be made "
                "first, yet its worth is counted; --lawful leaves such levers out",
                "bad",
            )
        yield Line(
            "Worth",
            f"{result.value:,.0f} {result.unit} in all, {proof}; nine draws in ten "
            f"{drawn.low:,.0f} to {drawn.high:,.0f}; bounds {result.portfolio.bounds.low:,.0f} to "
            f"{result.portfolio.bounds.high:,.0f}",
        )
        within = result.portfolio.outlook.within_budget
        if within is not None:
            yield Line("Budget", f"kept in {100 * within:.0f} % of draws of the costs")
    if result.upper_bound.text:
        yield Line("So far", f"{result.upper_bound.text} An upper bound, from one case.", "warn")
    yield Line("Judgement", result.judged, "warn")
    yield Line("Relief", result.relief_rule)


def _limits(result: Plan) -> str:
    asked = result.asked
    said_ = []
    for name, value in (
        ("budget USD m a year", asked.budget), ("harm", asked.humanitarian_max),
        ("escalation", asked.escalation_max), ("at least", asked.at_least),
    ):  # fmt: skip
        if value is not None:
            said_.append(f"{name} {value:g}")
    said_ += [f"{name} {points:g} points" for name, points in asked.floors.items()]
    said_ += [f"with {id_}" for id_ in asked.include] + [f"no {id_}" for id_ in asked.exclude]
    return ", ".join(said_) or "none"


def _limit(name: str, result: Plan) -> str:
    """A limit as a reader knows it, with its number."""
    asked = result.asked
    kind, _, what = name.partition(":")
    words = {
        "budget": f"budget {asked.budget or 0:g}",
        "humanitarian": f"harm at most {asked.humanitarian_max or 0:g}",
        "escalation": f"escalation at most {asked.escalation_max or 0:g}",
        "at_least": f"at least {asked.at_least or 0:g}",
        "coalition": f"what {what} can be asked at once",
        "floor": f"{asked.floors.get(what, 0):g} points for {what}",
        "include": f"with {what}",
        "exclude": f"no {what}",
        "prerequisites": "what levers wait for",
        "conflicts": "levers that cannot run together",
    }
    return words[kind]


def _sections(result: Plan) -> Iterator[Section]:
    if result.conflict is None:
        yield _levers(result)
        yield _quarters(result)
        if result.next_best:
            yield Section("The next best", table=_others(result))
    if result.switches:
        remark = "the value a year at which a lever would enter or leave, found by solving again"
        rows = tuple(_switch(item, result) for item in result.switches)
        columns = (
            Column("lever"), Column("in the plan"), Column("value now", right=True),
            Column("loss if turned", right=True), Column("turns", wrap=True),
        )  # fmt: skip
        yield Section("What would bring each lever in or out", remark, Table(columns, rows))
    reasons: dict[str, list[str]] = {}
    for item in result.left_out:
        reasons.setdefault(item.why, []).append(item.lever)
    if reasons:
        lines = tuple(f"- {why}: {', '.join(ids)}" for why, ids in reasons.items())
        yield Section("Not in the choice", lines=lines)


def _levers(result: Plan) -> Section:
    columns = (
        Column("lever"), Column("what", wrap=True), Column("begins", right=True),
        Column("works from", right=True), Column("cost", right=True), Column("effect", right=True),
        Column("harm", right=True), Column("escal.", right=True), Column("law"),
    )  # fmt: skip
    rows = tuple(
        (
            item.lever, item.name, f"Q{item.begins}",
            f"Q{item.works_from}" if item.works_from else "later",
            ends(item.cost), ends(item.effect), str(item.harm), f"{item.escalation:g}",
            law_said(item.law, has_law=item.has_law),
        )
        for item in result.levers
    )  # fmt: skip
    remark = "cost and effect in USD m a year: the analyst's ranges"
    return Section("The plan", remark, Table(columns, rows))


def _quarters(result: Plan) -> Section:
    columns = (
        Column("quarter"), Column(result.unit, right=True), Column("p05-p95", right=True),
        Column("running cost", right=True), Column("harm", right=True),
        Column("escalation", right=True), Column("asked of", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (
            f"Q{item.quarter}", f"{item.value:,.1f}", f"{drawn.low:,.0f} to {drawn.high:,.0f}",
            f"{item.cost:,.0f}", f"{item.harm:g}", f"{item.escalation:g}",
            ", ".join(f"{party} {count}" for party, count in item.asks.items()),
        )
        for item, drawn in zip(result.quarters, result.portfolio.outlook.by_quarter, strict=True)
    )  # fmt: skip
    return Section("Quarter by quarter", "in the numbers of the scenario", Table(columns, rows))


def _others(result: Plan) -> Table:
    columns = (
        Column("worth", right=True), Column("less by", right=True), Column("p05-p95", right=True),
        Column("has", wrap=True), Column("has not", wrap=True),
    )  # fmt: skip
    return Table(columns, tuple(_other(item) for item in result.next_best))


def _other(item: Portfolio) -> tuple[str, ...]:
    drawn = item.outlook.value
    return (
        f"{item.value:,.0f}", f"{item.loss:,.0f}", f"{drawn.low:,.0f} to {drawn.high:,.0f}",
        ", ".join(item.enters), ", ".join(item.leaves),
    )  # fmt: skip


def _switch(item: Switch, result: Plan) -> tuple[str, ...]:
    money = result.asked.objective == REVENUE
    unit = "USD m a year" if money else "points"
    if item.barred_by:
        turns = "barred by " + ", ".join(_limit(name, result) for name in item.barred_by)
    elif item.loss is not None and item.loss < 0.05:
        turns = "as good either way"
    elif item.at is None:
        turns = "no value of its own would" if not item.chosen else "stays, whatever its own value"
    elif item.chosen and item.at <= 0:
        turns = "stays while it is worth anything"
    elif item.chosen:
        turns = f"leaves below {item.at:,.1f} {unit}"
    else:
        turns = f"enters above {item.at:,.1f} {unit}"
    loss = "" if item.loss is None else f"{item.loss:,.1f}"
    return item.lever, "yes" if item.chosen else "no", f"{item.value:,.1f}", loss, turns


def _bound(result: Plan) -> Section:
    lines = tuple(f"- {said(item)}" for item in result.upper_bound.found)
    return Section("What pressure has bought so far", "the upper bound", lines=lines)
