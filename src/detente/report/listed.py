"""Pages that join lists and law: who is listed under a measure, and who would come off."""

from __future__ import annotations

from collections.abc import Mapping

from detente.law.regime import Regime
from detente.monitor.bases import Apart, Basis
from detente.monitor.listed import Under
from detente.monitor.whatif import Affected, WhatIf
from detente.report.lists import kinds_of
from detente.report.page import Column, Line, Page, Section, Table, counted

_SHOWN = 60
"""Rows of a table at most; JSON and CSV hold them all."""


def under_page(result: Under, regime: Regime) -> Page:
    """Return the page of everybody listed under a measure."""
    answer = [
        Line("Measure", f"{result.citation}: {regime.measures[result.measure].restricts}"),
        *edition_lines(result.editions),
    ]
    for source, number in result.counts.items():
        if number is not None:
            answer.append(Line(source, f"{number} listed under it"))
        elif result.editions[source] is not None:
            answer.append(Line(source, _UNEXPLAINED, "warn"))
    answer.extend(_shared_lines(result.shared_only))
    columns = (
        Column("party"), Column("name", wrap=True), Column("kind"), Column("listed on"),
        Column("tag"), Column("how"), Column("rests on besides", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (p.id, p.name, p.kind, p.listed_on or "-", p.basis.tag, _how(p.basis), " ".join(p.others))
        for p in result.parties[:_SHOWN]
    )
    remark = (
        "How: stated by the tag; inferred from tag and day, perhaps one of several; statute, which "
        "commands the same listing." + _more(len(result.parties))
    )
    when = f"as of {result.as_of}" if result.as_of else "newest editions"
    title = f"{result.measure}: {counted(len(result.parties), 'listing')}, {when}"
    return Page(title, tuple(answer), (Section("Who", remark, Table(columns, rows)),))


def _how(basis: Basis) -> str:
    several = len(basis.measures)
    return f"{basis.how}, one of {several}" if several > 1 else basis.how


def whatif_page(result: WhatIf) -> Page:
    """Return the page of who would come off and who would stay."""
    what = f"{result.offer} ({result.reading})" if result.offer else " ".join(result.lift)
    answer = [
        Line("Lifted", counted(len(result.lift), "measure")),
        *edition_lines(result.editions),
    ]
    for source, number in result.released.items():
        if result.editions[source] is None:
            continue
        if number is None:
            answer.append(Line(source, _UNEXPLAINED, "warn"))
            continue
        inferred = result.inferred[source]
        text = f"{number} would come off, {result.still_total[source]} stay"
        if inferred:
            text += f" (the basis of {inferred} is inferred from the day of their listing)"
        answer.append(Line(source, text))
    answer.extend(_shared_lines(result.shared_only))
    text = (
        "who would come off is not whether the lifting is lawful: see assess. A measure lifted for "
        "some names only counts as lifted whole here"
    )
    answer.append(Line("Letter", text, "quiet"))
    sections = [_readings(result), _authorities(result), _kinds(result), *_parties(result)]
    return Page(
        f"{result.regime}: {what} lifted, lists as of {result.as_of}",
        tuple(answer),
        tuple(each for each in sections if each.table is None or each.table.rows),
    )


_UNEXPLAINED = "not known: this regime explains no tag of this list"


def _number(value: int | None) -> str:
    return "not known" if value is None else str(value)


def _shared_lines(counts: Mapping[str, Apart | None]) -> list[Line]:
    """Say how many entries may belong to the regime, and may not."""
    return [
        Line(
            "",
            f"{source}: {rest.entries} more carry only tags that other regimes use too, and are "
            f"not counted; {rest.tied} of them name the target's country in a nationality, an "
            "address or a paper",
            "warn",
        )
        for source, rest in counts.items()
        if rest is not None and rest.entries
    ]


def edition_lines(editions: Mapping[str, str | None]) -> list[Line]:
    """Return which edition of each list the answer rests on, and of which nothing is known."""
    known = [f"{source} {moment[:10]}" for source, moment in editions.items() if moment]
    lines = [Line("Editions", "; ".join(known) or "none")]
    missing = [source for source, moment in editions.items() if moment is None]
    if missing:
        text = f"no edition by that day is held of {', '.join(missing)}: nothing is known of it"
        lines.append(Line("", text, "warn"))
    return lines


def _readings(result: WhatIf) -> Section:
    sources = tuple(result.released)
    columns = (Column("reading"), *(Column(f"off {source}", right=True) for source in sources))
    rows = tuple(
        (name, *(_number(counts[source]) for source in sources))
        for name, counts in result.readings.items()
    )
    remark = "How many would come off each list, however the ask is read."
    return Section("Under every reading", remark, Table(columns, rows))


def _authorities(result: WhatIf) -> Section:
    columns = (Column("list"), Column("authority that remains"), Column("parties", right=True))
    rows = tuple(
        (source, authority, str(number))
        for source, counts in result.still_listed.items()
        for authority, number in counts.items()
    )
    remark = "A party that rests on several is counted under each."
    return Section("Who stays on, and by what", remark, Table(columns, rows))


def _kinds(result: WhatIf) -> Section:
    columns = (Column("list"), Column("outcome"), Column("kinds", wrap=True))
    rows = tuple(
        (source, outcome, ", ".join(kinds_of(number, kind) for kind, number in counts.items()))
        for source, outcomes in result.kinds.items()
        for outcome, counts in outcomes.items()
    )
    remark = "Held: something of what the listing rests on is lifted, and something stays."
    return Section("By kind", remark, Table(columns, rows))


def _parties(result: WhatIf) -> list[Section]:
    sections = []
    for outcome in ("released", "held"):
        items = [item for item in result.parties if item.outcome == outcome]
        columns = (
            Column("party"), Column("name", wrap=True), Column("kind"),
            Column("rests on", wrap=True), Column("remains", wrap=True),
        )  # fmt: skip
        table = Table(columns, tuple(map(_party, items[:_SHOWN])))
        title = f"{outcome.capitalize()} ({len(items)})"
        sections.append(Section(title, _more(len(items)).strip(), table))
    return sections


def _party(item: Affected) -> tuple[str, ...]:
    rests = "; ".join(f"{basis.authority} ({basis.how})" for basis in item.rests_on)
    remains = "; ".join(f"{basis.authority} ({basis.how})" for basis in item.remaining)
    return item.id, item.name, item.kind, rests, remains or "-"


def _more(count: int) -> str:
    return f" The first {_SHOWN} are shown; --format json or csv has all." if count > _SHOWN else ""
