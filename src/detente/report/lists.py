"""Pages on lists: what is held, what an import took in, what changed, the life of a party."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from detente.entities.spans import Span
from detente.lists.changes import Amended, FieldChange, Named
from detente.report.page import Column, Line, Page, Section, Table, counted
from detente.store.compare import Compared
from detente.store.life import Life, LifeEvent, Log
from detente.store.stats import Stats
from detente.store.take import Import

_SHOWN = 60
"""Rows of a table at most; JSON and CSV hold them all."""


def update_page(
    taken: Iterable[Import], unchanged: Iterable[str], failed: Mapping[str, str]
) -> Page:
    """Return the page of what was fetched."""
    page = import_page(taken)
    lines = [Line(source, "has not changed") for source in unchanged]
    lines += [Line(source, "failed: what was imported before holds", "bad") for source in failed]
    return Page(page.title, (*page.answer, *lines))


def import_page(results: Iterable[Import]) -> Page:
    """Return the page of one import or several."""
    told = list(results)
    lines = []
    for result in told:
        if result.known:
            text = f"was held already: {counted(result.entries, 'listing')}, nothing changed"
        else:
            text = (
                f"{counted(result.entries, 'listing')} ({_counts(result.kinds)}), "
                f"{counted(result.aliases, 'other name')}, "
                f"{counted(result.addresses, 'address row')} "
                f"({result.addresses_with_content} with content); "
                f"{counted(result.fresh, 'record')} read for the first time, "
                f"{counted(result.unparsed, 'text')} not understood (kept), "
                f"{counted(result.rejected, 'row')} rejected"
            )
        lines.append(Line(f"{result.source} {result.edition_date}", text))
        lines.extend(Line("", warning, "warn") for warning in result.warnings)
    return Page(f"{counted(len(told), 'edition')} imported", tuple(lines))


def stats_page(result: Stats) -> Page:
    """Return the page of what is held."""
    columns = (
        Column("list"), Column("edition"), Column("entries", right=True),
        Column("aliases", right=True), Column("addresses", right=True), Column("kinds", wrap=True),
        Column("held", wrap=True),
    )  # fmt: skip
    rows = tuple(
        (
            source,
            held.edition_date or "not known",
            _number(held.entries),
            _number(held.aliases),
            _number(held.addresses),
            _counts(held.kinds or {}),
            f"{counted(held.editions, 'edition')} from {held.oldest} to {held.newest}",
        )
        for source, held in result.sources.items()
    )
    when = f"as of {result.as_of}" if result.as_of else "newest editions"
    remark = "An edition holds from its day to the next one's; before the oldest nothing is known."
    return Page(f"Lists, {when}", (), (Section("What is held", remark, Table(columns, rows)),))


def changes_page(compared: Mapping[str, Compared]) -> Page:
    """Return the page of what changed on one list or several."""
    answer: list[Line] = []
    sections: list[Section] = []
    for source, result in compared.items():
        found = result.changes
        answer.append(
            Line(
                source,
                f"from {result.before.moment[:10]} to {result.after.moment[:10]}: "
                f"{len(found.listed)} listed, {len(found.delisted)} delisted, "
                f"{len(found.amended)} amended, {len(found.moved)} under another number",
            )
        )
        if result.before.digest == result.after.digest:
            text = "both are one edition: it is compared with itself"
            answer.append(Line("", text, "warn"))
        if result.ignored:
            text = f"not compared, for one edition came without: {', '.join(result.ignored)}"
            answer.append(Line("", text, "warn"))
        if result.before.format != result.after.format:
            text = (
                f"the editions came as {result.before.format} and {result.after.format}: what is "
                "amended may be the format's doing"
            )
            answer.append(Line("", text, "warn"))
        sections += [
            _entries_section(f"{source}: listed", found.listed),
            _entries_section(f"{source}: delisted", found.delisted),
            _amended_section(f"{source}: amended", found.amended),
            Section(
                f"{source}: under another number",
                "",
                Table(
                    (Column("before"), Column("after"), Column("name", wrap=True), Column("how"),
                     Column("by", wrap=True)),
                    tuple((m.before, m.after, m.name, m.how, m.by) for m in found.moved),
                ),
            ),
        ]  # fmt: skip
    shown = tuple(each for each in sections if each.table is None or each.table.rows)
    return Page("What changed", tuple(answer), shown)


def _entries_section(title: str, rows: tuple[Named, ...]) -> Section:
    columns = (
        Column("entry"), Column("name", wrap=True), Column("kind"), Column("programmes", wrap=True)
    )  # fmt: skip
    cells = tuple((r.id, r.name, r.kind, " ".join(r.programmes)) for r in rows[:_SHOWN])
    return Section(f"{title} ({len(rows)})", _more(len(rows)), Table(columns, cells))


def _amended_section(title: str, rows: tuple[Amended, ...]) -> Section:
    columns = (Column("entry"), Column("name", wrap=True), Column("what changed", wrap=True))
    cells = tuple((row.id, row.name, _fields(row.fields)) for row in rows[:_SHOWN])
    return Section(f"{title} ({len(rows)})", _more(len(rows)), Table(columns, cells))


def _more(count: int) -> str:
    return f"The first {_SHOWN} are shown; --format json or csv has all." if count > _SHOWN else ""


def _fields(fields: Mapping[str, FieldChange]) -> str:
    return "; ".join(
        f"{name}: "
        + ", ".join(
            [f"- {_short(item)}" for item in change.removed]
            + [f"+ {_short(item)}" for item in change.added]
        )
        for name, change in fields.items()
    )


def _short(item: object) -> str:
    """A part of a party in a few words."""
    if isinstance(item, Span):
        return str(item)
    if isinstance(item, msgspec.Struct):
        parts = (getattr(item, name) for name in item.__struct_fields__)
        told = [_short(part) for part in parts if part not in (None, "", (), False)]
        return " ".join(told)
    if isinstance(item, tuple):
        return " ".join(map(_short, item))
    text = str(item)
    return text if len(text) <= 160 else text[:157] + "..."


def log_page(result: Log) -> Page:
    """Return the page of a party's life on all lists."""
    found = len(result.parties)
    title = f"{result.query}: {'one entry' if found == 1 else f'{found} entries'} found"
    answer = []
    if not found:
        title = f"{result.query}: no exact match"
        text = "no entry of any edition held has that id, number, identifier or whole name"
        answer.append(Line("Found", text, "warn"))
    if not found and not result.near:
        text = "nor one of whose names holds all these words; a name spelt otherwise is not found"
        answer.append(Line("", text, "warn"))
    sections = [*map(_life_section, result.parties)]
    if result.near:
        near = _entries_section("Other names that hold all these words", result.near)
        sections.append(near)
    return Page(title, tuple(answer), tuple(sections))


def _life_section(life: Life) -> Section:
    columns = (
        Column("what"), Column("edition"), Column("edition before"),
        Column("the entry says"), Column("programmes", wrap=True), Column("changed", wrap=True),
    )  # fmt: skip
    state = f"listed in the newest edition, {life.newest}"
    if not life.listed:
        state = f"not on the newest edition, {life.newest}"
    title = f"{life.id} {life.name} ({life.kind}): {state}"
    remark = "" if life.matched == "asked for" else f"Perhaps the same party: {life.matched}."
    return Section(title, remark, Table(columns, tuple(map(_life_row, life.events))))


def _life_row(event: LifeEvent) -> tuple[str, ...]:
    return (
        event.event,
        event.date,
        event.after or "-",
        event.says or "-",
        " ".join(event.programmes),
        _fields(event.fields),
    )


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(kinds_of(number, name) for name, number in counts.items())


def kinds_of(number: int, kind: str) -> str:
    """Return a number of parties of a kind in words: ``2 vessels``, ``2 aircraft``."""
    return f"{number} aircraft" if kind == "aircraft" else counted(number, kind)


def _number(value: int | None) -> str:
    return "not known" if value is None else str(value)


def changes_json(
    compared: Mapping[str, Compared], first: str, last: str, unknown: Iterable[str]
) -> dict[str, Any]:
    """Return what changed as ``detente.diff/1``: all lists together, each entry with its list.

    Args:
        compared: what changed, by list.
        first: the first day, as asked for.
        last: the second.
        unknown: lists of which no edition is held by then.
    """
    found = [result.changes for result in compared.values()]
    return {
        "schema": "detente.diff/1",
        "a": first,
        "b": last,
        "sources": {
            source: {
                "before": result.before.moment, "after": result.after.moment,
                "ignored": result.ignored,
                "counts": {
                    "listed": len(result.changes.listed), "delisted": len(result.changes.delisted),
                    "amended": len(result.changes.amended), "moved": len(result.changes.moved),
                },
            }
            for source, result in compared.items()
        }
        | dict.fromkeys(unknown),
        "listed": [item for each in found for item in each.listed],
        "delisted": [item for each in found for item in each.delisted],
        "amended": [item for each in found for item in each.amended],
        "moved": [item for each in found for item in each.moved],
    }  # fmt: skip


def changes_rows(compared: Mapping[str, Compared]) -> list[dict[str, Any]]:
    """Return one flat row for each change."""
    rows: list[dict[str, Any]] = []
    for result in compared.values():
        found = result.changes
        for what, named in (("listed", found.listed), ("delisted", found.delisted)):
            rows += [
                {"change": what, "entry": n.id, "name": n.name, "kind": n.kind,
                 "programmes": " ".join(n.programmes), "detail": ""} for n in named
            ]  # fmt: skip
        rows += [
            {"change": "amended", "entry": a.id, "name": a.name, "kind": "", "programmes": "",
             "detail": _fields(a.fields)} for a in found.amended
        ]  # fmt: skip
        rows += [
            {"change": m.how, "entry": m.before, "name": m.name, "kind": "", "programmes": "",
             "detail": f"{m.after} by {m.by}"} for m in found.moved
        ]  # fmt: skip
    return rows
