"""An explanation as a page: the answer, what is missing, and the tree."""

from __future__ import annotations

from collections.abc import Iterator

from detente.law.regime import Regime
from detente.relief.explain import Explanation, Why
from detente.report.page import Line, Page, Section, counted

_MARKS = {"met": "+", "unmet": "-", "unknown": "?"}


def page_of(answer: Why, regime: Regime) -> Page:
    """Return the page of an explanation."""
    measure = regime.measures[answer.measure]
    missing = [" + ".join(keys) for keys in answer.missing]
    return Page(
        title=f"{answer.measure}: {answer.value} as of {answer.as_of}",
        answer=(
            Line("Says", measure.restricts),
            Line("Citation", answer.citation),
            Line("Letter", answer.text.removeprefix(measure.restricts).strip(" ()")),
            *((Line("Dealing", f"of {answer.act_date}"),) if answer.act_date else ()),
            Line("State", f"{answer.state.status}: {answer.state.why}"),
            *((Line("Eased", eased),) if (eased := _eased(answer)) else ()),
            Line("Missing", _first(answer, missing)),
        ),
        sections=tuple(
            item
            for item in (
                Section(
                    "Why",
                    "+ met, - unmet, ? unknown; > marks the nodes on which the answer turns.",
                    lines=tuple(line for child in answer.children for line in tree_lines(child)),
                ),
                Section(
                    "Missing, as minimal sets, smallest first",
                    lines=(
                        *(f"- {text or 'nothing'}" for text in missing),
                        *(("… and more",) if answer.capped else ()),
                    ),
                ),
                Section(
                    "Eases, and ends nothing",
                    "What each path that eases it comes to on the day.",
                    lines=tuple(_easings(answer)),
                ),
                Section("Sources", lines=tuple(_sources(answer, regime))),
            )
            if item.lines
        ),
    )


def _first(answer: Why, missing: list[str]) -> str:
    if answer.act_date is not None or not missing:
        return "nothing that any act could supply"
    return missing[0] or "nothing"


def _eased(answer: Why) -> str:
    """The relief that runs for a measure that binds, with the day on which it lapses."""
    if answer.state.status != "in-force":
        return ""
    return "; ".join(
        f"{item.kind} under {item.path}" + (f" until {item.lapses}" if item.lapses else "")
        for item in answer.eases
        if item.value == "met"
    )


def _easings(answer: Why) -> Iterator[str]:
    for item in answer.eases:
        said = f"blocked by {item.gate}" if item.gate else item.value
        until = f", lapses {item.lapses}" if item.lapses else ""
        reach = "" if item.scope == "measure" else f", for one {item.scope}"
        yield f"{_MARKS.get(item.value, ' ')} {item.path}: {item.kind}, {said}{until}{reach}"
        yield f"    [{item.citation}]"
        sets = [" + ".join(keys) for keys in item.missing or () if keys]
        if sets:
            more = f"; or {counted(len(sets) - 1, 'other set')}" if len(sets) > 1 else ""
            yield f"    {item.letter}, missing: {sets[0]}{more}"
        if item.covers:
            yield f"    covers: {item.covers}"


def tree_lines(node: Explanation, depth: int = 0) -> Iterator[str]:
    """Yield an explanation as lines, each limb indented below what it is part of."""
    pad = "  " * depth
    mark = ">" if node.deciding else " "
    name = f"{node.fact}: " if node.fact else ""
    yield f"{pad}{mark}{_MARKS.get(node.value, ' ')} {name}{node.text}"
    about = [node.citation]
    if node.confidence:
        about.append(node.confidence)
    if node.lapses:
        about.append(f"would lapse {node.lapses}")
    if not node.children or node.node == "path":
        yield f"{pad}     [{'; '.join(about)}]"
    if node.residual:
        yield f"{pad}     still needed: {node.residual}"
    if node.evidence:
        yield f"{pad}     evidence: {node.evidence}"
    if node.note:
        yield f"{pad}     note: {node.note}"
    for child in node.children:
        yield from tree_lines(child, depth + 1)


def _sources(root: Explanation, regime: Regime) -> Iterator[str]:
    seen: dict[str, None] = {}

    def collect(node: Explanation) -> None:
        seen.update(dict.fromkeys(node.sources))
        for child in node.children:
            collect(child)

    collect(root)
    for id_ in seen:
        source = regime.sources.get(id_)
        yield f"- {id_}: {source.title} {source.url or ''}".rstrip() if source else f"- {id_}"
