"""The story of an assessment in two pages: asked, needed, missing, lawful instead, how sure, who.

Every line is made of what the assessment and its bridges say, and carries its citation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from detente.law.regime import Regime
from detente.relief.results import Assessment
from detente.report.bridge import nearest
from detente.report.page import Column, Section, Table, counted, percent
from detente.talks.bridge_results import Bridge, Bridges

_KNOWN: Final = {
    "verified-in-text": "read in the text",
    "verified-secondary": "read on a page about it",
    "from-knowledge": "recalled, read nowhere",
    "analyst": "an analyst's reading",
}
_STEPS: Final = 8
"""Steps of a package that the brief names; the bridge has them all."""


def brief_of(result: Assessment, bridges: Bridges | None, regime: Regime) -> Iterator[Section]:
    """Yield the parts of the brief.

    Args:
        result: the assessment.
        bridges: lawful packages near the offer; None where the offer has none to be sought.
        regime: the regime of both.
    """
    yield _asked(result, regime)
    yield _needed(result, regime)
    yield _missing(result, regime)
    yield _lawful(result, bridges, regime)
    yield _sure(result)
    yield _who(result, regime)


def _asked(result: Assessment, regime: Regime) -> Section:
    laws = Counter(regime.measures[item.measure].instrument for item in result.asked)
    cited = ", ".join(f"{regime.instruments[id_].citation.split(';')[0]} {count}"
                      for id_, count in laws.items())  # fmt: skip
    lines = [
        f"{counted(result.counts.asked, 'measure')}, read as {result.reading}: "
        f"{result.reading_text} [{cited}]",
        *(f"In return: {text}" for text in result.gives_short),
    ]
    others = ", ".join(f"{name} {n}" for name, n in result.readings.items()
                       if name != result.reading)  # fmt: skip
    if others:
        lines.append(f"Read otherwise, the ask names: {others}")
    return Section("What was asked", lines=tuple(lines))


def _needed(result: Assessment, regime: Regime) -> Section:
    """Who decides, by which act, and whether the text asks for conduct."""
    ways: dict[tuple[str, ...], int] = {}
    for item in result.asked:
        for path in item.paths:
            key = (
                regime.deciders.get(path.decided_by, path.decided_by),
                path.kind,
                "yes" if path.asks_for_conduct else "no",
                " or ".join(" + ".join(keys) for keys in path.missing) or "nothing",
                path.citation,
            )
            ways[key] = ways.get(key, 0) + 1
    columns = (
        Column("who decides", wrap=True), Column("act"), Column("asks for conduct", wrap=True),
        Column("missing", wrap=True), Column("citation", wrap=True),
        Column("of the asked", right=True),
    )  # fmt: skip
    most = sorted(ways, key=lambda key: -ways[key])
    rows = tuple((*key, f"{ways[key]} of {result.counts.asked}") for key in most[:6])
    more = len(most) - len(rows)
    remark = "" if rows else "No path that can be used on the day ends what is asked for."
    lines = (f"{counted(more, 'further way')} out: see the tables",) if more > 0 else ()
    return Section("What it would need, and who decides", remark, Table(columns, rows), lines)


def _missing(result: Assessment, regime: Regime) -> Section:
    """The acts that are missing, and the conduct that the texts name as a reason."""
    acts = dict.fromkeys(
        key for item in result.asked for path in item.paths for keys in path.missing[:1]
        for key in keys
    )  # fmt: skip
    rows = [
        (id_, row.text, "unmet", "unmet", row.citation)
        for id_ in acts
        if (row := regime.requirements.get(id_.partition("@")[0])) is not None
    ][:6]
    grounds = {
        ground.requirement: (
            ground.requirement, ground.text, ground.value, ground.value_if_kept, ground.citation
        )
        for item in result.asked for ground in item.grounds
    }  # fmt: skip
    rows += [row for row in grounds.values() if row[0] not in acts]
    columns = (
        Column("missing", wrap=True), Column("which is", wrap=True), Column("now"),
        Column("if kept"), Column("citation", wrap=True),
    )  # fmt: skip
    known = [area for area in result.areas if area.if_kept is not None]
    untouched = [area.short for area in known if area.if_kept and area.if_kept.high == 0]
    lines = []
    if untouched:
        lines.append(f"The offer reaches nothing of {len(untouched)} of {len(result.areas)} issue "
                     f"areas: {', '.join(untouched)}")  # fmt: skip
    remark = "The act or finding first, then conduct that the texts name as a reason to decide."
    return Section("What was missing", remark if rows else "", Table(columns, tuple(rows)),
                   tuple(lines))  # fmt: skip


def _lawful(result: Assessment, bridges: Bridges | None, regime: Regime) -> Section:
    lines = [f"{rule.rule}: {rule.answer}; {rule.why}" for rule in result.rules]
    if bridges is not None:
        for rule in bridges.rules:
            lines.append(f"Under {rule}: {nearest(bridges, rule)}")
            best = _least(bridges, rule)
            if best is not None:
                lines += [f"  {text}" for text in _steps(best, regime)]
        if bridges.threshold is not None:
            value = bridges.threshold.value
            spread = f" [{value.low:.2f} to {value.high:.2f}, {value.kind}]" if value else ""
            lines.append(f"Threshold, an analyst's: {bridges.threshold.text}{spread}")
    return Section(
        "What would have been lawful",
        "Three rules judge an ask, none of them this program's opinion; then the nearest package "
        "that each allows, and what it adds to the offer.",
        lines=tuple(lines),
    )


def _least(bridges: Bridges, rule: str) -> Bridge | None:
    """The package that adds least and that the rule allows, where it adds something."""
    fit = [item for item in bridges.packages if item.lawful.get(rule)]
    best = min(fit, key=lambda item: (len(item.conduct), -len(item.relief)), default=None)
    return best if best is not None and best.conduct else None


def _steps(package: Bridge, regime: Regime) -> Iterable[str]:
    for step in package.conduct[:_STEPS]:
        row = regime.requirements.get(step.id)
        cited = f" [{row.citation}]" if row is not None else ""
        yield f"{step.id} to {step.level}: {step.text}{cited}"
    if len(package.conduct) > _STEPS:
        yield f"and {len(package.conduct) - _STEPS} more steps"


def _sure(result: Assessment) -> Section:
    known = Counter(item.confidence for item in result.asked)
    unsure = sum(item.pin == "unsure" for item in result.asked)
    lines = [
        "Of the asked measures, the weakest row that decides was "
        + "; ".join(f"{_KNOWN.get(word, word)}: {count}" for word, count in known.most_common())
        + f"; the number of a paragraph is unsure for {unsure}",
        f"{result.kept_reading[:1].upper()}{result.kept_reading[1:]}",
    ]
    for area in result.areas:
        kept = area.if_kept
        if kept is not None and kept.high > 0:
            kind = "bounds" if kept.kind == "bounds" else "nine draws in ten"
            lines.append(f"{area.name}, if kept: {percent(kept.low, kept.central, kept.high)}, "
                         f"{kind}, of one analyst's weights")  # fmt: skip
    for rule in result.rules:
        lines += [f"{rule.rule}, {name}: {text}" for name, text in rule.beside.items()]
    later = f"recorded by {result.known_on}" if result.known_on else "of any day"
    lines.append(f"Evidence {later}; what is not on record counts as not known, never as no")
    return Section("How sure we are", lines=tuple(lines))


def _who(result: Assessment, regime: Regime) -> Section:
    """The sources of what decides, those on which most rests first."""
    counts = Counter(
        source
        for item in result.asked
        for id_ in (item.measure, *(path.path for path in item.paths))
        for source in (regime.measures.get(id_) or regime.paths[id_]).sources
    )
    lines = [
        f"{regime.sources[id_].title} [{id_}]: {counted(count, 'row')}"
        for id_, count in counts.most_common(5) if id_ in regime.sources
    ]  # fmt: skip
    if len(counts) > len(lines):
        lines.append(f"and {len(counts) - len(lines)} more, in the last tables")
    return Section("Says who", "Sources of the rows that decide.", lines=tuple(lines))
