"""Re-impositions as a page: what each turns on, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator

from detente.law.regime import Regime
from detente.monitor.snapback import Return, Snapback
from detente.report.explanation import tree_lines
from detente.report.page import Column, Line, Page, Section, Table, counted

_STANDS = {"met": "in effect", "unmet": "not in effect", "unknown": "not known"}


def snapback_page(result: Snapback, regime: Regime) -> Page:
    """Return the page of a regime's re-impositions."""
    answer = tuple(Line(item.id, _said(item)) for item in result.returns)
    if not answer:
        answer = (Line("None", "no re-imposition of this regime is written down"),)
    sections = tuple(section for item in result.returns for section in _sections(item))
    return Page(f"{regime.name}: what comes back, as of {result.as_of}", answer, sections)


def _said(item: Return) -> str:
    waits = [s.on for s in item.steps if s.kind == "time" and s.on and s.value != "met"]
    text = _STANDS[item.value]
    if item.value == "met":
        text += f": {counted(len(item.comes_back), 'measure')} back in force"
        text += f", {counted(len(item.falls), 'measure')} ended in their place" * bool(item.falls)
    elif waits:
        text += f"; its clock runs out on {max(waits)}"
    for name, value in item.beside.items():
        text += f"; as read by {name}: {_STANDS[value]}"
    return text


def _sections(item: Return) -> Iterator[Section]:
    columns = (
        Column("turns on", wrap=True), Column("is"), Column("on"), Column("must"),
    )  # fmt: skip
    rows = tuple(
        (step.fact, step.value, str(step.on or ""), "be so" if step.must else "stay away")
        for step in item.steps
    )
    yield Section(
        f"{item.id}: {item.title}, by {item.decided_by} [{item.citation}]", item.note or "",
        Table(columns, rows),
    )  # fmt: skip
    lines = [
        *_named("comes back", item.comes_back),
        *_named("falls in its place", item.falls),
        *_named("stays ended: out of its reach", item.stays_ended),
        *(f"relief undone: {undone.path}, now {undone.value}" for undone in item.undone),
    ]
    if item.value != "met":
        lines += _named("would come back", tuple(item.not_back))
    else:
        lines += [f"does not bind: {id_} ({why})" for id_, why in item.not_back.items()]
    yield Section("What comes back and what does not", lines=tuple(lines))
    yield Section("Why", lines=tuple(tree_lines(item.tree)))


def _named(label: str, ids: tuple[str, ...]) -> list[str]:
    return [f"{label} ({len(ids)}): {', '.join(ids)}"] if ids else []
