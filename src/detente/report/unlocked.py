"""What would open measures, and how likely that is, as pages."""

from __future__ import annotations

from detente.law.regime import Regime
from detente.relief.chance import Chances
from detente.relief.unlock import Cost, OpeningSet, Unlocked
from detente.report.page import Column, Line, Page, Section, Table, counted

_PROVED = {
    "optimal": "no cheaper set exists (proved)",
    "complete": "these are all the minimal sets (proved)",
    "capped": "there are more sets than are listed",
    "not-proved": "the search was stopped: better sets may exist",
}


def page_of(result: Unlocked, regime: Regime) -> Page:
    """Return the page of an ``unlock`` answer."""
    judged = [f"{regime.deciders.get(w.decided_by, w.decided_by)} ({w.path})"
              for w in result.without_conduct]  # fmt: skip
    answer = [
        Line("Asked", f"{counted(len(result.measures), 'measure')}, as of {result.as_of}"),
        Line("Found", f"{counted(len(result.sets), 'set')}: {_PROVED[result.proved]}"),
        Line("Judgement alone", ", ".join(judged) or "opens none of them"),
    ]
    if result.already_open:
        answer.append(Line("Open already", ", ".join(result.already_open)))
    if result.no_way_out:
        answer.append(Line("No way out", ", ".join(result.no_way_out), "bad"))
    lines: list[str] = []
    for number, item in enumerate(result.sets, 1):
        lines += _set(number, item, regime, len(result.measures))
    sections = [Section("Sets, smallest or cheapest first", lines=tuple(lines) or ("none",))]
    if result.grounds:
        rows = tuple((g.requirement, g.value, g.citation) for g in result.grounds)
        columns = (Column("requirement"), Column("now"), Column("citation", wrap=True))
        title = "Grounds: conduct that the texts name as a reason to decide, not as a trigger"
        sections.append(Section(title, table=Table(columns, rows)))
    return Page("What would open " + ", ".join(result.measures), tuple(answer), tuple(sections))


def _set(number: int, item: OpeningSet, regime: Regime, asked: int) -> list[str]:
    cost = f", cost {_cost(item.cost)}" if item.cost else ""
    lines = [f"{number}. opens {len(item.opens)} of {asked}{cost}"]
    for step in item.conduct:
        row = regime.requirements[step.requirement]
        lines.append(f"   conduct  {step.requirement} at {step.level}: {row.text} [{row.citation}]")
    for id_ in item.findings:
        row = regime.requirements[id_]
        lines.append(f"   finding  {id_}: {row.text} [{row.citation}; {row.determined_by}]")
    for id_ in item.acts:
        path = regime.paths[id_]
        lines.append(f"   act      {id_}: {path.procedure or path.title} [{path.decided_by}]")
    lines += [f"   wait     {text}" for text in item.waits]
    lines += [f"   without  {text}" for text in item.without]
    if item.also_opens:
        lines.append(f"   also opens {len(item.also_opens)}: {', '.join(item.also_opens)}")
    return lines


def _cost(cost: Cost) -> str:
    return f"{cost.low:g}-{cost.high:g} ({cost.central:g})"


def chances_page(result: Chances) -> Page:
    """Return the page of a ``probability`` answer."""
    rows = tuple(
        (
            item.measure,
            item.path or "any path",
            f"{item.low:.4f}" if item.low == item.high else f"{item.low:.4f}-{item.high:.4f}",
            "exact" if item.exact else f"± {item.error:.4f}" if item.error else "bounds",
            item.method,
        )
        for item in result.chances
    )
    columns = (
        Column("measure"), Column("path"), Column("chance open", right=True), Column("how sure"),
        Column("method"),
    )  # fmt: skip
    remark = (
        "Facts without evidence or probability widen the answer to a range. Facts are taken as "
        "independent, apart from the levels of one requirement."
    )
    title = f"The chance that a path is open, as of {result.as_of}"
    return Page(title, (), (Section("Chances", remark, Table(columns, rows)),))
