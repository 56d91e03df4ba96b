"""Pages of screening: who the one asked for may be, why, by what law, and what would end it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.monitor.hits import Ground, Hit, Hits
from detente.report.listed import edition_lines
from detente.report.page import Column, Line, Page, Section, Table, Tone, counted
from detente.screening.bulk.run import Summary
from detente.screening.decisions import Decision

_WAYS = 12
"""Ways out of one authority that are shown."""


def hits_page(result: Hits, *, explain: bool) -> Page:
    """Return the page of the answer to one query.

    Args:
        result: the answer.
        explain: whether every reason, authority and way out is shown.
    """
    answer = [Line("Asked", _asked(result)), *edition_lines(result.editions)]
    answer += [Line(f"{hit.score:.3f}", _headline(hit), _tone(hit)) for hit in result.hits]
    if not result.hits:
        held = ", ".join(source for source, moment in result.editions.items() if moment)
        text = f"nobody on {held} scores {result.threshold:g} or more"
        answer.append(Line("No hit", text, "good"))
    answer += [
        Line("Ruled out", f"{hit.name} ({hit.entry}): {hit.cleared}", "quiet")
        for hit in result.cleared
    ]
    sections = [section for hit in result.hits for section in _sections(hit, explain)]
    when = f"as of {result.as_of}" if result.as_of else "newest editions"
    title = f"{counted(len(result.hits), 'hit')} for {result.query.name}, {when}"
    return Page(title, tuple(answer), tuple(sections))


def _asked(result: Hits) -> str:
    query = result.query
    parts = [query.name, *query.aliases]
    parts += [query.kind] if query.kind else []
    parts += [f"born {birth}" for birth in query.births]
    parts += [f"{item.kind} {item.value}" for item in query.identifiers]
    return ", ".join([*parts, *query.countries, *query.places])


def _headline(hit: Hit) -> str:
    also = f", listed as {hit.primary}" if hit.primary != hit.name else ""
    tags = " ".join(hit.programmes)
    since = f", since {hit.since}" if hit.since else ""
    decided = ""
    if hit.decision is not None:
        stands = "" if hit.decision_stands else ", but the entry has changed since"
        decided = f"; {hit.decision.verdict} by {hit.decision.by} on {hit.decision.when}{stands}"
    return f"{hit.name}{also} ({hit.kind}, {hit.entry}, {tags}{since}){decided}"


def _tone(hit: Hit) -> Tone:
    return "quiet" if hit.is_cleared else "warn"


def _sections(hit: Hit, explain: bool) -> Iterator[Section]:
    reasons = tuple((f"{item.weight:+.1f}", item.part, item.text) for item in hit.reasons)
    shown = reasons if explain else reasons[:4]
    columns = Column("weight", right=True), Column("about"), Column("what speaks", wrap=True)
    remark = f"Natural logarithms of odds; together {sum(r.weight for r in hit.reasons):+.1f}."
    settles = f"Would settle it: {'; '.join(hit.settles)}." if hit.settles else ""
    yield Section(f"{hit.entry}: why", remark, Table(columns, shown), (settles,) if settles else ())
    yield Section(f"{hit.entry}: by what law", "", Table(_GROUNDS, tuple(_grounds(hit))))
    if explain:
        yield from (_ways(hit, ground) for ground in hit.grounds if ground.ways)


_GROUNDS = (
    Column("tag"), Column("authority"), Column("measures", wrap=True), Column("how"),
    Column("citation", wrap=True), Column("ways out", wrap=True),
)  # fmt: skip


def _grounds(hit: Hit) -> Iterator[tuple[str, ...]]:
    for ground in hit.grounds:
        kinds = dict.fromkeys(f"{way.kind} ({way.decided_by})" for way in ground.ways)
        ways = "; ".join(kinds) or ("-" if ground.regime else "not known here")
        yield (
            ground.tag, ground.authority, " ".join(ground.measures) or "-", ground.how,
            ground.citation, ways,
        )  # fmt: skip


def _ways(hit: Hit, ground: Ground) -> Section:
    columns = (
        Column("path"), Column("kind"), Column("what it does"), Column("decided by", wrap=True),
        Column("citation", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (way.path, way.kind, _does(way.kind, way.ends), way.decided_by, way.citation)
        for way in ground.ways[:_WAYS]
    )
    more = len(ground.ways) - _WAYS
    remark = f"What must hold for each: detente why {ground.measures[0]} --regime {ground.regime}."
    if more > 0:
        remark += f" {counted(more, 'way')} more in JSON."
    return Section(f"{hit.entry}: ways out of {ground.authority}", remark, Table(columns, rows))


def _does(kind: str, ends: bool) -> str:
    if kind == "delisting" and not ends:
        return "takes one party off"
    return "ends the measure" if ends else "eases it"


def decisions_page(found: Sequence[Decision]) -> Page:
    """Return the page of all decisions, the newest last."""
    columns = (
        Column("on"), Column("verdict"), Column("screened", wrap=True), Column("entry"),
        Column("by"), Column("why", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (item.when.isoformat(), item.verdict, item.name, item.entry, item.by, item.why)
        for item in found
    )
    answer = (Line("Verified", "each line has the digest of the one before it", "good"),)
    title = counted(len(found), "decision")
    return Page(title, answer, (Section("Decisions", "", Table(columns, rows)),) if rows else ())


def summary_line(summary: Summary) -> str:
    """Return what a batch did, in one line."""
    parts = [
        f"{summary.screened} of {counted(summary.rows, 'row')} screened",
        f"{counted(summary.hits, 'hit')} on {counted(summary.hit_rows, 'row')}",
    ]
    if summary.broken:
        parts.append(f"{summary.broken} could not be read (see {summary.errors})")
    if summary.warnings:
        parts.append(f"{counted(summary.warnings, 'cell')} could not be read (see {summary.cells})")
    if summary.ignored:
        parts.append(f"columns not used: {', '.join(summary.ignored[:8])}")
    return f"{'; '.join(parts)}; written to {summary.output}"
