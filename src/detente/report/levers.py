"""Levers as cards, and as a table of all."""

from __future__ import annotations

from collections.abc import Iterator

from detente.law.regime import Regime
from detente.pressure.cards import Card, Cards
from detente.pressure.model import Bounds
from detente.report.cited import source_sections
from detente.report.humanitarian import humanitarian_sections
from detente.report.page import Column, Line, Page, Section, Table, counted

JUDGED = "Costs and effects are the analyst's orders of magnitude, whatever else was read."
_LAW = {
    "in-hand": "stands", "in-part": "stands in part", "needed": "is needed first",
    "none-needed": "is not needed",
}  # fmt: skip


def levers_page(result: Cards, regime: Regime, *, full: bool, sources: bool) -> Page:
    """Return the page of levers: a card each where few were asked for, else a table."""
    lawless = [card.lever.id for card in result.cards if not card.standing.has_law]
    answer = [
        Line("Levers", counted(len(result.cards), "lever")),
        Line("Without law", ", ".join(lawless) or "none"),
        Line("Judgement", JUDGED, "warn"),
    ]
    if result.upper_bound.text:
        answer.append(Line("So far", result.upper_bound.text, "warn"))
    cards = [_card(card) for card in result.cards] if full else [_table(result)]
    sections = [*cards, *humanitarian_sections(result.humanitarian)]
    if sources:
        sections += source_sections(result.rows_used, result.sources)
    return Page(f"{regime.name}: levers", tuple(answer), tuple(sections))


def ends(value: Bounds, unit: str = "") -> str:
    """Return a range: its ends, or its one value."""
    text = f"{value.low:,g}" if value.low == value.high else f"{value.low:,g}-{value.high:,g}"
    return f"{text} {unit}".strip()


def _table(result: Cards) -> Section:
    columns = (
        Column("lever"), Column("what", wrap=True), Column("cost", right=True),
        Column("effect", right=True), Column("lead", right=True), Column("harm", right=True),
        Column("escal.", right=True), Column("law"), Column("known"),
    )  # fmt: skip
    rows = tuple(
        (
            card.lever.id, card.lever.name, ends(card.lever.cost), ends(card.lever.effect),
            ends(card.lever.lead), str(card.lever.humanitarian_harm),
            str(card.planning.escalation) if card.planning else "",
            law_said(card.standing.law, has_law=card.standing.has_law), card.lever.evidence,
        )
        for card in result.cards
    )  # fmt: skip
    remark = "cost and effect in USD m a year, lead in months, harm and escalation from 0 to 4"
    return Section("All levers", remark, Table(columns, rows))


def law_said(law: str | None, *, has_law: bool) -> str:
    """Return whether the law for a lever stands, in a word or two."""
    if law is not None and has_law:
        return _LAW[law].removeprefix("is ")
    return "stands" if has_law else "missing"


def _card(card: Card) -> Section:
    lever = card.lever
    return Section(f"{lever.id}: {lever.name}", lever.family, lines=tuple(_lines(card)))


def _lines(card: Card) -> Iterator[str]:
    lever, standing, plan = card.lever, card.standing, card.planning
    yield f"- Cost {ends(lever.cost)} USD m a year; effect {ends(lever.effect)} USD m a year"
    yield f"- What the effect is: {lever.effect_is}"
    yield f"- First effect after {ends(lever.lead, 'months')}; undone in: {lever.reversibility}" + (
        f" ({lever.reversal.rstrip('.')})" if lever.reversal else ""
    )
    escalation = f", escalation {plan.escalation} of 4" if plan else ""
    yield f"- Humanitarian harm {lever.humanitarian_harm} of 4{escalation}"
    yield f"- Risk: {lever.risk}"
    yield f"- Authority: {standing.authority}; the law {_whether(card)}"
    if standing.in_force:
        yield f"- In force: {', '.join(standing.in_force)}"
    if standing.not_in_force:
        yield f"- Not in force: {', '.join(standing.not_in_force)}"
    yield f"- Needs: {', '.join(lever.needs)}"
    for label, ids in (
        ("Waits for", card.requires), ("Lets begin", card.unlocks),
        ("Not beside", card.conflicts),
    ):  # fmt: skip
        if ids:
            yield f"- {label}: {', '.join(ids)}"
    if plan is not None:
        serves = ", ".join(f"{name} {points}" for name, points in plan.serves.items())
        yield f"- For plans: {plan.why}" + (f" Serves {serves} (of 4)." if serves else "")
    yield f"- Known: {lever.evidence}, confidence {lever.confidence} [{', '.join(lever.sources)}]"
    if lever.note:
        yield f"- Note: {lever.note}"


def _whether(card: Card) -> str:
    if card.standing.law is None:
        return "stands" if card.standing.has_law else "does not stand"
    if not card.standing.has_law and card.standing.law != "needed":
        return "that it names is not in force"
    return _LAW[card.standing.law]
