"""Pages of screening: who the one asked for may be, why, by what law, and what would end it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from detente.monitor.hits import Ground, Hit, Hits
from detente.parties import Recorded
from detente.report.listed import edition_lines
from detente.report.page import Column, Line, Page, Section, Table, Tone, counted
from detente.screening.bulk.run import Summary
from detente.screening.decisions import Kept, TamperedError

_WAYS = 12
"""Ways out of one authority that are shown."""


def _score(score: float) -> str:
    """A score to three places; nothing is quite certain."""
    return f"{score:.3f}" if score < _NEARLY else f"> {_NEARLY}"


_NEARLY: Final = 0.999


def hits_page(result: Hits, *, explain: bool) -> Page:
    """Return the page of the answer to one query.

    Args:
        result: the answer.
        explain: whether every reason, authority and way out is shown.
    """
    answer = [Line("Asked", _asked(result)), *edition_lines(result.editions)]
    answer += [Line(_score(hit.score), _headline(hit), _tone(hit)) for hit in result.hits]
    if not result.hits:
        held = ", ".join(source for source, moment in result.editions.items() if moment)
        text = f"nobody on {held} scores {result.threshold:g} or more"
        answer.append(Line("No hit", text, "good"))
    answer += [
        Line("Ruled out", f"{hit.name} ({hit.entry}): {hit.cleared}", "quiet")
        for hit in result.cleared
    ]
    sections = [section for hit in result.hits for section in _sections(hit, explain)]
    if explain:
        sections += _all_ways(result.hits)
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
    lines = [f"Would settle it: {'; '.join(hit.settles)}."] if hit.settles else []
    if explain and hit.decision is not None:
        lines.append(f"Decided: {hit.decision.verdict}, since {hit.decision.why}.")
    yield Section(f"{hit.entry}: why", remark, Table(columns, shown), tuple(lines))
    law = _law(hit) if explain else _law_and_ways(hit)
    yield Section(f"{hit.entry}: by what law", _listed(hit, explain), law)


_HOW = {
    "stated": "stated by the tag", "inferred": "inferred from the tag and the day of listing",
    "statute": "a statute that commands the same listing",
    "unmapped": "unmapped, explained by no regime at hand",
}  # fmt: skip


def _listed(hit: Hit, explain: bool) -> str:
    """Where the party stands, since when, and in full how it is known what that rests on."""
    since = f"since {hit.since}" if hit.since else "the list does not say since when"
    listed = f"On {hit.source} under {', '.join(hit.programmes) or 'no tag'}; {since}."
    hows = dict.fromkeys(_HOW[ground.how] for ground in hit.grounds)
    return f"{listed} How: {'; '.join(hows)}." if explain and hows else listed


def _law(hit: Hit) -> Table:
    """On what a listing rests, by which regime, and how well its rows are known."""
    columns = (
        Column("tag"), Column("regime"), Column("authority"), Column("measures", wrap=True),
        Column("how"), Column("citation", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (item.tag, item.regime or "-", item.authority, " ".join(item.measures) or "-", item.how,
         f"{item.citation} [{item.confidence}]" if item.confidence else item.citation)
        for item in hit.grounds
    )  # fmt: skip
    return Table(columns, rows)


def _law_and_ways(hit: Hit) -> Table:
    """On what a listing rests, with the kinds of ways out by who decides."""
    columns = (
        Column("tag"), Column("authority"), Column("measures", wrap=True), Column("how"),
        Column("citation", wrap=True), Column("ways out", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (item.tag, item.authority, " ".join(item.measures) or "-", item.how, item.citation,
         _kinds(item))
        for item in hit.grounds
    )  # fmt: skip
    return Table(columns, rows)


def _kinds(ground: Ground) -> str:
    if not ground.ways:
        return "-" if ground.regime else "not known here"
    kinds: dict[str, dict[str, None]] = {}
    for way in ground.ways:
        kinds.setdefault(way.decided_by, {})[way.kind] = None
    return "; ".join(f"{', '.join(found)} ({who})" for who, found in kinds.items())


def _all_ways(hits: Iterable[Hit]) -> list[Section]:
    """The ways out of everything on which the hits rest, each measure's once."""
    grounds: dict[tuple[str | None, tuple[str, ...]], Ground] = {}
    entries: dict[tuple[str | None, tuple[str, ...]], dict[str, None]] = {}
    for hit in hits:
        for ground in hit.grounds:
            if ground.ways:
                key = ground.regime, ground.measures
                grounds.setdefault(key, ground)
                entries.setdefault(key, {})[hit.entry] = None
    return [_ways(ground, entries[key]) for key, ground in grounds.items()]


def _ways(ground: Ground, entries: Iterable[str]) -> Section:
    columns = (
        Column("path"), Column("what it does"), Column("decided by", wrap=True),
        Column("citation", wrap=True),
    )  # fmt: skip
    ways = sorted(ground.ways, key=lambda way: (not way.ends, way.kind != "delisting"))
    rows = tuple(
        (way.path, f"{way.kind}: {_does(way.kind, way.ends)}", way.decided_by, way.citation)
        for way in ways[:_WAYS]
    )
    remark = (
        f"For {', '.join(entries)}. What must hold for each way: "
        f"detente why {ground.measures[0]} --regime {ground.regime}."
    )
    more = len(ground.ways) - _WAYS
    if more > 0:
        remark += f" {counted(more, 'way')} more in JSON."
    title = f"Ways out of {' or '.join(ground.measures)} ({ground.authority})"
    return Section(title, remark, Table(columns, rows))


def _does(kind: str, ends: bool) -> str:
    if kind == "delisting" and not ends:
        return "takes one party off"
    if kind == "suspension" and ends:
        return "ends it for a time"
    return "ends it" if ends else "eases it"


def decision_json(line: Recorded) -> dict[str, Any]:
    """Return a decision that was recorded as ``detente.decision/1``."""
    return {"schema": "detente.decision/1", "decision": line.decision, "hash": line.hash}


def decisions_json(kept: Kept) -> dict[str, Any]:
    """Return a file of decisions as ``detente.decisions/1``."""
    return {"schema": "detente.decisions/1", "decisions": kept.decisions, "head": kept.head,
            "problems": []}  # fmt: skip


def tampered_json(error: TamperedError) -> dict[str, Any]:
    """Return what is wrong with a file of decisions as ``detente.decisions/1``."""
    problem = {"file": error.file, "line": error.line, "id": None, "problem": error.problem,
               "suggestion": error.remedy}  # fmt: skip
    return {"schema": "detente.decisions/1", "decisions": [], "problems": [problem]}


def decisions_page(kept: Kept) -> Page:
    """Return the page of all decisions, the newest last."""
    columns = (
        Column("on"), Column("verdict"), Column("screened", wrap=True), Column("entry"),
        Column("by"), Column("why", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (item.when.isoformat(), item.verdict, item.name, item.entry, item.by, item.why)
        for item in kept.decisions
    )
    answer = (
        Line("Verified", "each line has the digest of the one before it", "good"),
        Line("Head", kept.head),
    )
    title = counted(len(kept.decisions), "decision")
    return Page(title, answer, (Section("Decisions", "", Table(columns, rows)),) if rows else ())


def summary_line(summary: Summary) -> str:
    """Return what a batch did, in one line."""
    parts = [
        f"{summary.screened} of {counted(summary.rows, 'row')} screened",
        f"{counted(summary.hits, 'hit')} on {counted(summary.hit_rows, 'row')}",
    ]
    if summary.ruled_out:
        parties = "party" if summary.ruled_out == 1 else "parties"
        parts.append(f"{summary.ruled_out} {parties} ruled out by number")
    if summary.broken:
        parts.append(f"{summary.broken} could not be read (see {summary.errors})")
    if summary.warnings:
        parts.append(f"{counted(summary.warnings, 'cell')} could not be read (see {summary.cells})")
    if summary.ignored:
        parts.append(f"columns not used: {', '.join(summary.ignored[:8])}")
    if summary.anew:
        parts.append(f"begun anew, since {summary.anew} changed after an earlier run was stopped")
    return f"{'; '.join(parts)}; written to {summary.output}"
